"""Exchange rates, which look like amounts of money and are none: "$1.09 per euro"."""

from __future__ import annotations

import re

from .lexicon import SPACE
from .numerals import Number

# "€1 = $1.09", "≈$1", "/ EUR"
_EQUALS = rf"=|≈{SPACE}?[$€£¥]1\b|/{SPACE}?(?:[$€£¥]|[A-Z]{{3}}\b)(?!{SPACE}?\d)"
# "$1.09 per euro", "41.22 hryvnias to the dollar", "1.09 dollars a euro"
_EACH = r"per|to the|against the|for (?:one|1|a|each)|a|an|за"
_UNIT = r"euro|dollar|pound|yen|krona|krone|franc|zloty|hryvnia|долар"
_CODE = r"EUR|USD|GBP|CHF|PLN|SEK|UAH"
_RATE_AFTER = re.compile(
    rf"{SPACE}{{0,2}}(?:{_EQUALS}|(?:{_EACH})[ \u00a0]"
    rf"(?:US |U\.S\. |American )?(?:{_UNIT}|{_CODE})(?![\w-]))"
)
_RATE_BEFORE = re.compile(
    r"(?:\d[^=≈\n]{0,16}[=≈]"
    r"|(?i:(?:exchange|reference|official|conversion) rate (?:of|was|is|at|to)))"
    rf"{SPACE}{{0,2}}\Z"
)
# "the euro at 1.08 dollars", "a pound bought $1.27": the price of a currency
_MONEY_OF = (
    r"euro|dollar|greenback|pound|sterling|yen|yuan|franc|krona|krone",
    r"zloty|hryvnia|rouble|ruble|lira|rupee|peso|rand|real|currency|EUR|USD|GBP",
)
_STANDS = (
    r"at|to|buys|bought|worth|fetche[sd]|for|against|below|above|past",
    r"near|hit|equal\w*|costs?|is|was",
)
_HARDLY = r"about |around |nearly |just |over |under "
_RATE_SUBJECT = re.compile(
    rf"(?i:(?:[€$£¥] ?1\b|\b(?:{'|'.join(_MONEY_OF)})\b(?!s\b))"
    rf"[^.;!?\n]{{0,32}}?[ \u00a0](?:{'|'.join(_STANDS)})[ \u00a0](?:{_HARDLY})?)\Z"
)
_RATE_VERB = re.compile(
    r"[ \u00a0](?:buys|bought|equal(?:s|led|ed)|fetche[sd]|is worth|was worth|traded|trades|"
    r"costs?)\b"
)
_RATE_WORDS = frozenset(
    "of was is at to for buys bought worth fetches fetched against below above past near hit "
    "equals equalled equaled costs cost about around nearly just over under".split()
)


def rate(text: str, start: int, end: int, found: Number) -> bool:
    """Whether the amount is one side of an exchange rate; a rate has no scale word."""
    if found.scale != 1 or found.low is not None:
        return False
    if _RATE_AFTER.match(text, end) is not None:
        return True
    if found.value == 1 and _RATE_VERB.match(text, end) is not None:
        return True
    before = text[max(0, start - 14) : start].rstrip()
    if before[-1:] in ("=", "≈"):
        return _RATE_BEFORE.search(text, max(0, start - 30), start) is not None
    if not before[-1:].isalpha() or before[before.rfind(" ") + 1 :].lower() not in _RATE_WORDS:
        return False
    return _RATE_BEFORE.search(text, max(0, start - 30), start) is not None or (
        found.value < 1000 and _RATE_SUBJECT.search(text, max(0, start - 60), start) is not None
    )
