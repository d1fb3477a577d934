"""What stands between and around the numbers of a range or a list, in the languages read."""

from __future__ import annotations

import re

from .lexicon import BREAK, DASH, GAP, HYPHEN, SCALE, SIGNS, SPACE
from .numerals import ELEMENT, NOT_GLUED, NOT_INSIDE
from .spelled import WORDS

# connectors between two numbers of one range or list
_DASH = DASH[:-1] + "~\uff5e]"  # Asian shops print "$5~$10"
DASHED = rf"{SPACE}?{_DASH}{SPACE}?"
TO = rf"{BREAK}(?:up to|to|до|bis|à|till|do|iki|al|til|till|tot|kuni)(?={SPACE}|\n){BREAK}"
AND = (
    rf",?{BREAK}(?:and|or|та|и|і|й|или|або|und|oder|et|ou|e|y|o|en|of|och|eller|og|i|ir|ar|ja|või)"
    rf"(?={SPACE}|\n){BREAK}"
)
# the last words of these, in lower case: a cheap test before a number is looked for on the left
JOINING_WORDS = frozenset(
    "to до bis à till do iki al til tot kuni and or та и і й или або und oder et ou e y o en of "
    "och eller og i ir ar ja või".split()
)
OR = frozenset("or или або oder ou o of eller ar või".split())
DUTCH = re.compile(r"miljoen|miljard|duizend|\d[ \u00a0]euro\b(?!s)")
LAST_TOKEN = re.compile(rf"(?:{_DASH}|,|[^\W\d_]+)\Z")
LEFT_WORDS = re.compile(rf"({WORDS.pattern})(?:({DASHED})|({TO})|({AND}))\Z")
RUN = re.compile(rf"({WORDS.pattern})\Z")
LEFT = re.compile(rf"{NOT_INSIDE}{ELEMENT}(?:({DASHED})|({TO})|({AND})|(,{BREAK}))\Z")
IN_ROW = re.compile(r"\d[-\u2010-\u2013]\Z")  # before the "4" of "3-4-5 million euros"
RIGHT = re.compile(rf"(?:({DASHED})|({TO})|({AND}))")
# ", $10 and $20 million" after "$5": one scale at the end that may be meant for all
_SIGNED = (
    rf"(?:[A-Z]{{0,2}}[{re.escape(SIGNS)}]|[A-Z]{{3}}|[Kk]r\.?){SPACE}{{0,2}}\d++(?:[.,]\d++)*+"
)
SPREAD = re.compile(rf"(?:,{BREAK}{_SIGNED}){{0,5}}+{AND}{_SIGNED}(?:{GAP}|{HYPHEN}){SCALE}")
RIGHT_LIST = re.compile(rf"(?:(,{BREAK})|({AND})){ELEMENT}{NOT_GLUED}")
BARE = re.compile(ELEMENT)
PREFIXED = re.compile(r"[A-Z]{1,3}(?=\$)")
BETWEEN = re.compile(
    r"(?i:between|від|между|між|zwischen|entre|tra|fra|tussen(?: de)?|mellan|mellom|mellem|między)"
    rf"{BREAK}\Z"
)
FROM = re.compile(rf"(?i:from|з|від|от|с|von|de|da|van|från|fra|od|nuo){BREAK}\Z")
# what shows that a bare second number is the upper end of a range and counts nothing itself
_PER = r"per|a year|a month|a week|a day|an hour|each|annually|apiece|in 20\d\d"
_GOES_ON = r"and|or|was|were|is|are|will|would|could"
CLOSED = re.compile(rf"\Z|\s*[.,;:)\]!?/|\"”’»](?!\d)|\s+(?:{_PER}|{_GOES_ON})\b")
RESPECTIVELY = re.compile(r"[^.;\n]{0,40}\brespectively\b")
# plural words of giving before amounts that share one currency: "grants of 1 million and 2 million"
_GIVEN = r"grants|loans|tranches|packages|payments|contributions|donations|pledges"
_COUNTED_MONEY = (
    r"amounts|sums|instal?lments|credits|projects|deals|contracts|shares|transfers|disbursements"
)
SEVERAL = re.compile(
    rf"(?i:\b(?:{_GIVEN}|{_COUNTED_MONEY}) (?:of|worth|for)|(?:respectively|both))[ \u00a0]\Z"
)
# "rose from €5 million to €7 million" is two amounts, not a range
_UPWARDS = r"ris|rose|rais|increas|grew|grow|jump|climb|soar|up\b(?! to)|boost|doubl|trip|expand"
_DOWNWARDS = r"fell|fall|drop|declin|decreas|cut|reduc|lower|slash|shrank|shrink|down\b"
_EITHER_WAY = r"went|go(?:es|ing)\b|chang|revis|upgrad|downgrad|widen|narrow|surg|bump|hik|top"
CHANGE = re.compile(rf"(?i:\b(?:{_UPWARDS}|lift|by\b|add|{_DOWNWARDS}|{_EITHER_WAY}))")
# "lost $1.25 to $40.50": by the first amount, to the second
_WON_OR_LOST = (
    r"lost|gained|rose|fell|slid|slipped|jumped|dropped|climbed|eased|added|shed|surged|tumbled"
)
_OF_MARKETS = r"declined|soared|sank|plunged|advanced|up|down"
CHANGED_BY = re.compile(rf"(?i:\b(?:{_WON_OR_LOST}|{_OF_MARKETS})\s(?:by\s|another\s)?)\Z")
# things that are counted: "gave €5 to 6 million people" is no range
_PEOPLE = (
    r"people|persons|households|families|refugees|children|women|men|Ukrainians",
    r"soldiers|patients|students|pupils|users|homes|residents|recipients|pensioners|citizens",
)
_THINGS = r"tons|tonnes|shells|rounds|drones|vehicles|countries|years|months|days"
COUNTED = re.compile(rf"{BREAK}(?:{'|'.join(_PEOPLE)}|{_THINGS})\b")
ROW = 6  # a list of amounts longer than this is a table
# "€10 million for missiles and 25 million for drones": the second shares the currency
SHARED_GIFT = re.compile(
    rf" (for|to) [^.;:,!?()\d\n]{{2,50}}?,?(?: and|, but) {ELEMENT}(?= \1 )", re.DOTALL
)
