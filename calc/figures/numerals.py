"""Numbers in digits, with fractions and the scale word that follows them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from rates.amounts import APOSTROPHES, SPACES, NumberReading, read_number
from rates.errors import UsageError

from .lexicon import COUNTRY, GAP, GLUED_SCALES, HYPHEN, LETTER, PREFIXED_SIGN, SCALE, SCALES, SPACE

_VULGAR = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "1/2": Decimal("0.5"),
    "1/4": Decimal("0.25"),
    "3/4": Decimal("0.75"),
    "and a half": Decimal("0.5"),
    "and a quarter": Decimal("0.25"),
    "and three quarters": Decimal("0.75"),
    "-1/2": Decimal("0.5"),
    "-1/4": Decimal("0.25"),
    "-3/4": Decimal("0.75"),
}
# "2½", "2 1/2", "2 and a half": a fraction after whole digits
_FRACTION = (
    rf"(?:[½¼¾]|-(?:1/[24]|3/4)(?![\d/])|[{SPACES}](?:[½¼¾]|1/[24](?![\d/])|3/4(?![\d/])"
    rf"|and[{SPACES}](?:a[{SPACES}](?:half|quarter)|three[{SPACES}]quarters)(?!{LETTER})))"
)
# Groups divided by spaces, else digits with any marks between them: the reader judges the marks.
NUMBER = (
    rf"(?:(?:1/[24]|3/4)(?={SPACE}{SCALE})|(?:\d{{1,3}}(?:[{SPACES}]\d{{3}}(?!\d))++(?:[.,]\d++)?+(?![.,{APOSTROPHES}]\d)"
    rf"|\d++(?:[.,{APOSTROPHES}]\d++)*+){_FRACTION}?+|[½¼¾])"
)
# number (1), scale (2) with its full stop when the scale is an abbreviation
ELEMENT = rf"({NUMBER})(?:\+?+(?:{GAP}|{SPACE}?{HYPHEN})({SCALE})\.?+)?+"
# A number in running text does not begin inside a word, a date, a version or another number.
NOT_INSIDE = (
    rf"(?<![\w#½¼¾^])(?<!\d[.,:/{APOSTROPHES}])(?<!{LETTER}\.)(?<!−)(?<!\+)(?<!\^-)(?<!\d\*\*)"
    # "COVID-19" is a name, "900 million-1.2 billion" and "5m-7m" are ranges
    rf"(?:(?<!{LETTER}{HYPHEN})|(?<=illion{HYPHEN})|(?<=\d[mkMK]{HYPHEN})|(?<=\d[bm]n{HYPHEN}))"
)
# What may not follow a number directly: it would be part of a word, a percentage, a fraction, of
# a power ("2.5 × 10^9") or of a row that is no range ("3-4-5").
_POWER = rf"{SPACE}?[×x*·⋅]{SPACE}?10(?:\^|\*\*|[⁰¹²³⁴⁵⁶⁷⁸⁹⁻])"
_ROW = r"[-\u2010-\u2013]\d++(?:[.,]\d++)*+[-\u2010-\u2013]\d"
NOT_GLUED = (
    rf"(?!(?!{COUNTRY}(?![\w$])|{PREFIXED_SIGN})[^\W_]|[%‰°²³])(?!{SPACE}?(?:%|percent|per cent))"
    rf"(?!{_POWER}|{_ROW}|\^|\*\*\d)"
)
LONGEST = 24
_ONE = Decimal(1)
# a short scale that also begins English words: "a $40 bi-weekly fee"
_PREFIX = "bi"
_HYPHENS = ("-", "\u2010", "\u2011")
# "$32 mil. for", "$1.2 bil. in": headlines abbreviate so; the words alone are undecided
_SHORTENED = {"mil": Decimal(10) ** 6, "bil": Decimal(10) ** 9}
_GOES_ON = re.compile(r"\.\s+[a-z(]")
# scale words that English prints too; beside any other a comma begins the decimals
_ENGLISH = (
    "k K thousand thousands thsd hundred m M mn Mn MN mln Mln mm MM million millions bn Bn BN bln "
    "Bln b B billion billions tn Tn TN trn trln T trillion trillions lakh lakhs crore crores cr "
    "arab kharab mil bil"
).split()
_ENGLISH_SCALES = frozenset(
    form
    for word in SCALES
    if word.split(" ")[0].lower() in _ENGLISH or word in _ENGLISH
    for form in (word, word.capitalize(), word.upper())
    if form != "Million"  # German
)


class Number(NamedTuple):
    """A number in the text: its span with the scale, the span of the bare number, its value."""

    start: int
    end: int
    digits: str
    value: Decimal
    scale: Decimal
    other: Decimal | None = None
    low: Decimal | None = None  # bounds of a vague number in words, in units
    high: Decimal | None = None

    @property
    def yearlike(self) -> bool:
        """Whether it looks like a year: four bare digits from 1900 to 2099 without a scale."""
        return self.scale == 1 and len(self.digits) == 4 and self.digits[:2] in ("19", "20")

    @property
    def priced(self) -> bool:
        """Whether it is printed with two decimals, as prices are."""
        return self.digits[-3:-2] in (".", ",") and self.digits[-2:].isdecimal()


def number_of(match: re.Match[str], first: int = 1, *, continental: bool = False) -> Number | None:
    """The number that groups ``first`` and ``first + 1`` of ``match`` hold; None = refused."""
    digits, word = match.group(first), match.group(first + 1)
    start, end = match.span(first)
    if len(digits) > LONGEST:
        return None
    scale = _ONE
    if word == _PREFIX and match.string.startswith(_HYPHENS, match.end(first + 1)):
        word = None
    if word is not None:
        scale = SCALES[word] or _shortened(match, word, start, match.end(first + 1))
        if not scale:
            return None
        if word in GLUED_SCALES and match.start(first + 1) != end:
            return None
        end = match.end(first + 1)
        if word not in _ENGLISH_SCALES:
            continental = True
    if digits.isdecimal():
        if digits[0] == "0" and digits != "0":
            return None
        return Number(start, end, digits, Decimal(digits), scale)
    if not digits[-1].isdecimal() or "/" in digits:
        return _mixed(start, end, digits, scale)
    try:
        reading = read_number(digits, continental=continental)
    except UsageError:
        return None
    if _is_misprinted(digits, reading):
        return None
    return _number(start, end, digits, scale, reading)


def _is_misprinted(digits: str, reading: NumberReading) -> bool:
    """Whether a number is "$17.800,000", millions or thousands, or begins with an idle zero."""
    if digits[0] == "0" and reading.decimals == 0 and digits != "0":
        return True
    both = "." in digits and "," in digits
    return both and reading.decimals == 3 and digits.endswith("000")


def _shortened(match: re.Match[str], word: str, start: int, end: int) -> Decimal:
    """The scale of "$32 mil. for": a sign before, a full stop that ends no sentence; else 0.

    Glued to the number behind a currency it is English too: "RM10mil".
    """
    text = match.string
    named = text[start - 1 : start].isalpha() or text[max(0, start - 3) : start] == "US$"
    if named and text[end - len(word) - 1].isdigit():
        return _SHORTENED.get(word.lower(), Decimal(0))
    if text[start - 1 : start] in tuple("$€£¥") and _GOES_ON.match(text, end):
        return _SHORTENED.get(word.lower(), Decimal(0))
    return Decimal(0)


def _mixed(start: int, end: int, digits: str, scale: Decimal) -> Number | None:
    """Whole digits with a fraction: "2½", "2 1/2", "2 and a half"; or the fraction alone."""
    whole = re.match(r"\d*(?!/)", digits) if digits not in _VULGAR else None
    count = whole.group() if whole is not None else ""
    fraction = _VULGAR.get(" ".join(digits[len(count) :].split()))
    if fraction is None or len(count) > 3 or (not count and scale == 1):
        return None
    return Number(start, end, digits, Decimal(count or 0) + fraction, scale)


def _number(
    start: int, end: int, digits: str, scale: Decimal, reading: NumberReading
) -> Number | None:
    value, other = reading.value, reading.other
    if scale == 1 and reading.decimals > 3:
        return None  # a rate, or a slip: no price has four decimals
    if other is not None and scale == 1 and reading.decimals:
        # Money is not printed with three decimals, so a mark before three digits divides groups.
        value, other = other, value
    if other is not None and scale == 1 and digits.endswith("000"):
        other = None  # 500,000: nobody prints three zeros as decimals of money
    return Number(start, end, digits, value, scale, other)
