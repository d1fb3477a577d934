"""Numbers in words: "twenty-five million", "half a billion", "tens of millions"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from rates.amounts import APOSTROPHES

from .lexicon import BREAK, HYPHEN, LETTER
from .numerals import Number

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
    "couple": (2, 9),  # loosely two: a writer who knows says "two"
    "tens": (20, 99),
    "dozens": (24, 99),
    "hundreds": (200, 999),
    "thousands": (2000, 999000),
    "millions": (2 * 10**6, 999 * 10**6),
    "billions": (2 * 10**9, 999 * 10**9),
    "trillions": (2 * 10**12, 999 * 10**12),
}
_FRACTIONS = {"half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25")}
# parts that no decimal number says exactly, or that are written in another way
_PARTS = tuple(
    part + ending
    for part in ("third", "fifth", "sixth", "eighth", "tenth", "hundredth")
    for ending in ("", "s")
)
_WORDS = [*_SMALL, *_BIG, *_VAGUE, *_FRACTIONS, "dozen", "a", "an", "and", "of", "point"]
_WORD = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?!{LETTER})"
# a run of number words at the end of the window; (?i:) because headlines print capitals
WORDS = re.compile(
    rf"(?<![\w.,/{APOSTROPHES}])(?<![\w]{HYPHEN})"
    rf"(?i:{_WORD}(?:(?:(?:(?<=illion)|(?<=thousand)),?)?+(?:{BREAK}|{HYPHEN}){_WORD}){{0,15}}+)"
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
    tokens = _tokens(text, start, end)
    if hyphen and len(tokens) > 1 and tokens[0].word in ("a", "an"):
        tokens = tokens[1:]  # "a half-billion-dollar grant": the article belongs to the grant
    if not tokens:
        return None
    words = [token.word for token in tokens]
    span = (tokens[0].start, tokens[-1].end)
    vague = _vague(words)
    if vague is not None:
        low, high = vague
        return Number(*span, text[span[0] : span[1]], low, Decimal(1), None, low, high)
    scaled = _scaled(words, joined=hyphen)
    if scaled is None:
        return None
    value, scale, cut = scaled
    digits_end = tokens[cut - 1].end if cut else span[0]
    digits = text[span[0] : digits_end] or "1"
    return Number(*span, digits, value, scale)


class _Token(NamedTuple):
    """A word in lower case and where it stands."""

    word: str
    start: int
    end: int


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    """The words of a number; none where they are the rest of another one."""
    tokens = [_Token(m.group().lower(), *m.span()) for m in _TOKEN.finditer(text, start, end)]
    while tokens and tokens[-1].word == "of":
        tokens.pop()
    while tokens and tokens[0].word in ("and", "of", "point"):
        word, begin, _ = tokens.pop(0)
        if _goes_on_from(text[max(0, begin - 12) : begin].rstrip(), word):
            return []
    return tokens


def _goes_on_from(before: str, word: str) -> bool:
    """Whether "and", "of" or "point" joins the words after it to a number before it."""
    if word == "of":
        return before.endswith(_PARTS)  # "a third of a billion"
    # not wholly in words: "2 and a half million"
    return word == "point" or before[-1:].isdigit()


def _scaled(words: list[str], *, joined: bool) -> tuple[Decimal, Decimal, int] | None:
    """The value of number words, its scale, and how many of the words say the value.

    >>> _scaled(["five", "hundred", "million"], joined=False)
    (Decimal('500'), Decimal('1000000'), 2)
    """
    tail = _tail(words)
    cut = len(words) - (3 if tail else 0)
    scale = Decimal(1)
    while cut and words[cut - 1] in _BIG and words[cut - 1] != "hundred":
        cut -= 1
        scale *= _BIG[words[cut]]
    value = _cardinal(words[:cut], alone=joined and scale > 1)
    if value is None and any(_BIG.get(word, 0) > 1000 for word in words[:-1]):
        value, scale, cut = _long(words), Decimal(1), len(words)
    if not value or (scale == 1 and value < 1):
        return None
    return value + tail, scale, cut


def _tail(words: list[str]) -> Decimal:
    """What stands behind the scale: "a billion and a half"."""
    if words[-4:-3] and words[-4] in _BIG and words[-3:-1] == ["and", "a"]:
        return _FRACTIONS.get(words[-1], Decimal(0))
    return Decimal(0)


def _vague(words: list[str]) -> tuple[Decimal, Decimal] | None:
    """Bounds of "several hundred million", "tens of millions", "millions"."""
    rest = [word for word in words if word not in ("a", "of")]
    if not rest or rest[0] not in _VAGUE:
        return None
    low, high = _VAGUE[rest[0]]
    rest = rest[1:]
    if rest[:1] == ["hundred"] and high == 9:
        low, high, rest = 200, 999, rest[1:]
    elif rest[:1] == ["dozen"] and high == 9:
        low, high, rest = 24, 99, rest[1:]
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
    if words[-1] == "dozen":
        return _dozens(words[:-1])
    if "and" in words and words[-1] in _FRACTIONS:
        at = len(words) - 1 - words[::-1].index("and")
        whole = _cardinal(words[:at], alone=False)
        part = _fraction([word for word in words[at + 1 :] if word != "a"])
        return None if whole is None or part is None else whole + part
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


def _dozens(words: list[str]) -> Decimal | None:
    """The value of "a dozen", "two dozen", "half a dozen", given what stands before "dozen"."""
    if words in ([], ["a"]):
        return Decimal(12)
    if words in (["half", "a"], ["a", "half"]):
        return Decimal(6)
    count = _whole(words)
    return None if count is None or count > 99 else 12 * count


def _long(words: list[str]) -> Decimal | None:
    """One million two hundred thousand: a number whose greatest scale is not its last."""
    total = Decimal(0)
    for name in ("trillion", "billion", "million"):
        if name not in words:
            continue
        at = words.index(name)
        count = _cardinal(words[:at], alone=False)
        if count is None or count >= 1000:
            return None
        total += count * _BIG[name]
        words = words[at + 1 :]
        if words[:1] == ["and"]:
            words = words[1:]
    rest = _whole(words) if words else Decimal(0)
    return None if rest is None else total + rest


def _fraction(words: list[str]) -> Decimal | None:
    """half, quarter, three quarters."""
    if len(words) == 1 and words[0] in ("half", "quarter"):
        return _FRACTIONS[words[0]]
    if words == ["one", "quarter"]:
        return _FRACTIONS["quarter"]
    if words in (["three", "quarters"], ["three", "quarter"]):
        return 3 * _FRACTIONS["quarter"]
    return None


def _whole(words: list[str]) -> Decimal | None:
    """One hundred and fifty, two thousand five hundred, twenty-five."""
    total, current, last = Decimal(0), 0, 1000
    for at, word in enumerate(words):
        if word in _SMALL:
            small = _SMALL[word]
            if not _follows(small, last):
                return None
            current += small
            last = small
        elif word == "hundred":
            if not _counts_hundreds(current, words[:at]):
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


def _follows(small: int, last: int) -> bool:
    """Whether a numeral may follow: "twenty five", but neither "five twenty" nor "ten five"."""
    return small < last and (last >= 100 or (last >= 20 and small <= 9))


def _counts_hundreds(count: int, before: list[str]) -> bool:
    """Whether "hundred" may follow: "five hundred", "nineteen hundred", "a hundred", "hundred"."""
    if count == 0:
        return before in ([], ["a"], ["an"])
    return count <= 9 or (10 < count < 100 and count % 10 > 0)
