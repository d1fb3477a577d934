"""What looks like an amount of money and is none: rates, years, weights, code, accounts.

Each rule is general and cheap; a refusal costs one missed figure, a wrong value costs trust.
"""

from __future__ import annotations

import re

from rates.amounts import SPACES

from .lexicon import SPACE, Cue
from .numerals import Number

# "$1.09 per euro", "41.22 hryvnias to the dollar", "€1 = $1.09", "1.09 dollars a euro"
_RATE_AFTER = re.compile(
    rf"{SPACE}{{0,2}}(?:=|≈{SPACE}?[$€£¥]1\b|/{SPACE}?(?:[$€£¥]|[A-Z]{{3}}\b)(?!{SPACE}?\d)"
    rf"|(?:per|to the|against the|for (?:one|1|a|each)|a|an|за)[ \u00a0]"
    r"(?:US |U\.S\. |American )?(?:euro|dollar|pound|yen|krona|krone|franc|zloty|hryvnia|долар|"
    r"EUR|USD|GBP|CHF|PLN|SEK|UAH)"
    r"(?![\w-]))"
)
_RATE_BEFORE = re.compile(
    r"(?:=|≈|(?i:(?:exchange|reference|official|conversion) rate (?:of|was|is|at|to)))"
    rf"{SPACE}{{0,2}}\Z"
)
# the euro as a system: "In 2025 euro area growth", "20 euro countries"
_EURO_SYSTEM = re.compile(
    r"[ \u00a0-](?i:area|zone|bloc|group|countr|nation|member|econom|state|currenc|adopt|notes?\b|"
    r"coins?\b|accession|entry|summit|championship|cup\b|tournament|20\d\d)"
)
_WEIGHT = re.compile(
    r"[ \u00a0-](?i:bombs?|warheads?|shells?|weights?|explosives?|payloads?|munitions?|of (?:"
    r"explosives|tnt|food|rice|aid|cargo|equipment|supplies|ammunition))\b"
)
_MONTH = re.compile(
    r"(?i:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?[ \u00a0]\Z"
)
_DIGITS_BEFORE = re.compile(rf"(\d+)[{SPACES}]\Z")
_CODE_CHARACTERS = frozenset("\\{}|_=<>`@^~")
_LONGER_ROW = re.compile(rf"[{SPACES}]\d")


def number(text: str, found: Number) -> bool:
    """Whether digits before ``found`` make it part of a card, phone, date or account number.

    >>> from decimal import Decimal
    >>> number("5169 3351 USD", Number(5, 9, "3351", Decimal(3351), Decimal(1)))
    True
    """
    before = text[found.start - 1 : found.start] if found.start else ""
    if before and before in SPACES:
        match = _DIGITS_BEFORE.search(text, max(0, found.start - 8), found.start)
        if match is not None:
            year = match.group(1)
            if len(year) != 4 or year[:2] not in ("19", "20"):
                return True
    if " " in found.digits and found.digits[0].isdigit() and found.digits.index(" ") < 3:
        # "Nov. 4 500 million": the day of a date is no group of thousands
        return _MONTH.search(text, max(0, found.start - 12), found.start) is not None
    return False


def rate(text: str, start: int, end: int, found: Number) -> bool:
    """Whether the amount is one side of an exchange rate; a rate has no scale word."""
    if found.scale != 1:
        return False
    return (
        _RATE_AFTER.match(text, end) is not None
        or _RATE_BEFORE.search(text, max(0, start - 30), start) is not None
    )


def minus(text: str, start: int) -> bool:
    """Whether a minus stands before: a change or a deficit, no amount that someone gives."""
    before = text[start - 1] if start else ""
    if before == "−":
        return True
    return before == "-" and start > 1 and text[start - 2] in " (\u00a0"


def placeholder(text: str, start: int, found: Number) -> bool:
    """Whether a bare "$1" is a variable of a program: code characters stand beside it."""
    if found.scale != 1 or len(found.digits) > 2:
        return False
    before, after = text[max(0, start - 1) : start], text[found.end : found.end + 1]
    if before in _CODE_CHARACTERS or after in _CODE_CHARACTERS or before == ",":
        return True
    return (before == after and before in ("'", '"')) or text[found.end : found.end + 2] == ",$"


def row_of_digits(text: str, found: Number) -> bool:
    """Whether more digits follow after a space: an account, card or phone number."""
    return found.scale == 1 and _LONGER_ROW.match(text, found.end) is not None


def slashed(text: str, start: int, end: int) -> bool:
    """Whether a code is half of a pair such as EUR/USD, where the number is a rate."""
    before = text[max(0, start - 4) : start]
    after = text[end : end + 4]
    return (before[-1:] == "/" and before[:3].isupper()) or (
        after[:1] in ("/", "-") and len(after) == 4 and after[1:].isalpha() and after.isupper()
    )


def unit(text: str, cue: Cue, end: int, found: Number, *, adjective: bool, joined: bool) -> bool:
    """Whether the word after a number is no currency there: a weight, a verb, the euro area."""
    word = cue.word
    scaled = found.scale != 1 or found.low is not None
    if cue.needs == "scale" and not scaled:
        return True
    if cue.needs == "scale-or-adjective" and not (scaled or adjective):
        return text[end : end + 9].lower() != " sterling"
    if cue.needs == "adjective" and not adjective:
        return True
    if cue.needs == "plural-or-hyphen" and not (scaled or joined or found.digits == "one"):
        return True
    if word in ("pound", "pounds"):
        return _WEIGHT.match(text, end) is not None
    if word == "euro":
        if found.yearlike and not joined:
            return True
        return not scaled and not joined and _EURO_SYSTEM.match(text, end) is not None
    return False


def big(cue: Cue, found: Number) -> bool:
    """Whether a cue that needs an amount of money beside it has one: a scale or thousands."""
    if cue.needs != "big":
        return True
    return found.scale >= 1000 or found.value >= 1000
