"""Numbers in digits and in words, with the scale word that follows them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from rates.amounts import APOSTROPHES, SPACES, NumberReading, read_number
from rates.errors import UsageError

from .lexicon import BREAK, GAP, GLUED_SCALES, HYPHEN, LETTER, SCALE, SCALES

# Groups divided by spaces, else digits with any marks between them: the reader judges the marks.
NUMBER = (
    rf"(?:\d{{1,3}}(?:[{SPACES}]\d{{3}}(?!\d))++(?:[.,]\d++)?+(?![.,{APOSTROPHES}]\d)"
    rf"|\d++(?:[.,{APOSTROPHES}]\d++)*+)"
)
# number (1), scale (2) with its full stop when the scale is an abbreviation
ELEMENT = rf"({NUMBER})(?:(?:{GAP}|{HYPHEN})({SCALE})\.?+)?+"
# A number in running text does not begin inside a word, a date, a version or another number.
NOT_INSIDE = (
    rf"(?<![\w#½¼¾])(?<!\d[.,:/{APOSTROPHES}])(?<!{LETTER}{HYPHEN})(?<!{LETTER}\.)(?<!−)(?<!\+)"
)
LONGEST = 24


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


def number_of(match: re.Match[str], first: int = 1, *, continental: bool = False) -> Number | None:
    """The number that groups ``first`` and ``first + 1`` of ``match`` hold; None = refused."""
    digits, word = match.group(first), match.group(first + 1)
    start, end = match.span(first)
    if len(digits) > LONGEST:
        return None
    scale = Decimal(1)
    if word is not None:
        scale = SCALES[word]
        if not scale:
            return None
        if word in GLUED_SCALES and match.start(first + 1) != end:
            return None
        end = match.end(first + 1)
        if not word.isascii() or word.lower() in ("mrd", "mio", "mld", "mlrd"):
            continental = True
    try:
        reading = read_number(digits, continental=continental)
    except UsageError:
        return None
    if digits[0] == "0" and reading.decimals == 0 and digits != "0":
        return None
    return _number(start, end, digits, scale, reading)


def _number(start: int, end: int, digits: str, scale: Decimal, reading: NumberReading) -> Number:
    value, other = reading.value, reading.other
    if other is not None and scale == 1 and "." in digits and reading.decimals:
        # Money is not printed with three decimals, so a point before three digits divides groups.
        value, other = other, value
    if other is not None and scale == 1 and digits.endswith("000"):
        other = None  # 500,000: nobody prints three zeros as decimals of money
    return Number(start, end, digits, value, scale, other)


_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: value for value, word in enumerate(_UNITS)}
_SMALL |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_BIG = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
}
# "several million" is 2 to 9 of them, "tens of millions" 20 to 99, "millions" 2 to 999 of them.
_VAGUE = {
    "several": (2, 9),
    "few": (2, 9),
    "couple": (2, 9),
    "tens": (20, 99),
    "dozens": (24, 99),
    "hundreds": (200, 999),
    "thousands": (2000, 999000),
    "millions": (2 * 10**6, 999 * 10**6),
    "billions": (2 * 10**9, 999 * 10**9),
    "trillions": (2 * 10**12, 999 * 10**12),
}
_FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")}
_WORDS = [*_SMALL, *_BIG, *_VAGUE, *_FRACTIONS, "a", "an", "and", "of", "point"]
_WORD = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?!{LETTER})"
# a run of number words at the end of the window; (?i:) because headlines print capitals
WORDS = re.compile(
    rf"(?<![\w.,/{APOSTROPHES}])(?<![\w]{HYPHEN})(?i:{_WORD}(?:(?:{BREAK}|{HYPHEN}){_WORD}){{0,9}}+)"
)
_TOKEN = re.compile(r"[A-Za-z]+")
# Only these may end a number in words: cheap test before the run is looked for.
LAST_WORDS = frozenset(word for word in _WORDS if word not in ("a", "an", "and", "point", "zero"))


def number_in_words(text: str, start: int, end: int, *, hyphen: bool) -> Number | None:
    """Read the number words ``text[start:end]``; ``hyphen``: a hyphen joins them to the currency.

    >>> str(number_in_words("one and a half billion", 0, 22, hyphen=False).value)
    '1.5'
    >>> number_in_words("tens of millions", 0, 16, hyphen=False).high
    Decimal('99000000')
    """
    tokens = [(m.group().lower(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, end)]
    while tokens and tokens[-1][0] == "of":
        tokens.pop()
    while tokens and tokens[0][0] in ("and", "of", "point"):
        return None  # the rest of a number that is not wholly in words
    if not tokens:
        return None
    if hyphen and tokens[0][0] in ("a", "an") and len(tokens) > 1:
        tokens = tokens[1:]  # "a half-billion-dollar grant": the article belongs to the grant
    words = [token[0] for token in tokens]
    span = (tokens[0][1], tokens[-1][2])
    vague = _vague(words)
    if vague is not None:
        low, high = vague
        return Number(*span, text[span[0] : span[1]], low, Decimal(1), None, low, high)
    scale = Decimal(1)
    cut = len(words)
    tail = 0
    if words[-4:-3] and words[-4] in _BIG and words[-3:] == ["and", "a", "half"]:
        tail, cut = 3, cut - 3  # "a billion and a half"
    while cut and words[cut - 1] in _BIG and words[cut - 1] != "hundred":
        cut -= 1
        scale *= _BIG[words[cut]]
    value = _cardinal(words[:cut], alone=hyphen and scale > 1)
    if value is None or not value or (scale == 1 and value < 1):
        return None
    if tail:
        value += _FRACTIONS["half"]
    digits_end = tokens[cut - 1][2] if cut else span[0]
    digits = text[span[0] : digits_end] or "1"
    return Number(*span, digits, value, scale)


def _vague(words: list[str]) -> tuple[Decimal, Decimal] | None:
    """Bounds of "several hundred million", "tens of millions", "millions"."""
    rest = [word for word in words if word not in ("a", "of")]
    if not rest or rest[0] not in _VAGUE:
        return None
    low, high = _VAGUE[rest[0]]
    rest = rest[1:]
    if rest[:1] == ["hundred"] and high == 9:
        low, high, rest = 200, 999, rest[1:]
    scale = Decimal(1)
    for word in rest:
        single = word.removesuffix("s")
        if single not in _BIG:
            return None
        scale *= _BIG[single]
    return low * scale, high * scale


def _cardinal(words: list[str], *, alone: bool) -> Decimal | None:
    """The value of number words without their scale; None when they make no number."""
    if not words:
        return Decimal(1) if alone else None
    if words in (["a"], ["an"]):
        return Decimal(1)
    for size in (3, 2):  # and a half, half
        if len(words) > size and words[-size:] == ["and", "a", "half"][-size:] and size == 3:
            whole = _cardinal(words[:-3], alone=False)
            return None if whole is None else whole + _FRACTIONS["half"]
    if any(word in _FRACTIONS for word in words):
        return _fraction([word for word in words if word not in ("a", "of")])
    if "point" in words:
        at = words.index("point")
        whole = _cardinal(words[:at], alone=False)
        decimals = [_SMALL.get(word, 99) for word in words[at + 1 :]]
        if whole is None or not decimals or max(decimals) > 9:
            return None
        return whole + Decimal("0." + "".join(map(str, decimals)))
    return _whole(words)


def _fraction(words: list[str]) -> Decimal | None:
    """half, quarter, three quarters."""
    if len(words) == 1 and words[0] in ("half", "quarter"):
        return _FRACTIONS[words[0]]
    if words == ["one", "quarter"]:
        return _FRACTIONS["quarter"]
    return 3 * _FRACTIONS["quarter"] if words == ["three", "quarters"] else None


def _whole(words: list[str]) -> Decimal | None:
    """One hundred and fifty, two thousand five hundred, twenty-five."""
    total, current, last = Decimal(0), 0, 1000
    for at, word in enumerate(words):
        if word in _SMALL:
            small = _SMALL[word]
            # twenty five, but neither five twenty nor ten five
            if small >= last or (last < 100 and (last < 20 or small > 9)):
                return None
            current += small
            last = small
        elif word == "hundred":
            if not 1 <= current <= 9 and not (current == 0 and words[:at] in (["a"], ["an"])):
                return None
            current = max(current, 1) * 100
            last = 100
        elif word == "thousand":
            total, current, last = total + 1000 * (current or 1), 0, 1000
        elif word == "and":
            if at == 0 or words[at - 1] not in ("hundred", "thousand"):
                return None
        elif word not in ("a", "an") or at:
            return None
    return (total + current) or None
