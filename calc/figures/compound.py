"""Numbers in two parts: "1 million 200 thousand euros", "EUR 10 (ten) million"."""

from __future__ import annotations

import re
from decimal import Decimal

from .lexicon import BREAK, SCALE, SCALES, SPACE
from .numerals import ELEMENT, NOT_INSIDE, Number, number_of
from .spelled import number_in_words

_GREATER = re.compile(rf"{NOT_INSIDE}{ELEMENT}{BREAK}\Z")
_SMALLER = re.compile(rf"{BREAK}{ELEMENT}")
# "10 (ten) million": the number again in words, then the scale of both
_REPEATED = re.compile(rf"{SPACE}?\(([^\W\d_][^()\d]{{1,40}})\){SPACE}({SCALE})")
_LEFT = 30  # characters in which the greater part stands


def with_greater(text: str, low: int, number: Number) -> Number:
    """``number`` with the greater part before it, if there is one.

    >>> text = "1 million 200 thousand euros"
    >>> whole = with_greater(text, 0, Number(10, 22, "200", Decimal(200), Decimal(1000)))
    >>> str(whole.value), whole.start
    ('1200000', 0)
    """
    before = text[max(low, number.start - _LEFT) : number.start].rstrip()
    if before[before.rfind(" ") + 1 :].lstrip("0123456789.,") not in SCALES:
        return number
    match = _GREATER.search(text, max(low, number.start - _LEFT), number.start)
    greater = number_of(match) if match is not None else None
    return number if greater is None else _sum(greater, number) or number


def with_smaller(text: str, number: Number) -> Number:
    """``number`` with the smaller part after it, if there is one: "€1 million 200 thousand"."""
    match = _SMALLER.match(text, number.end) if number.scale >= 10**6 else None
    smaller = number_of(match) if match is not None else None
    if smaller is None or smaller.scale == 1:
        return number
    return _sum(number, smaller) or number


def _sum(greater: Number, smaller: Number) -> Number | None:
    """Both parts as one number; None when they are no parts of one."""
    low = smaller.value * smaller.scale
    whole = greater.value == greater.value.to_integral_value()
    if greater.scale < 10**6 or not whole or not 1000 <= low < greater.scale:
        return None
    if smaller.scale == 1 and (smaller.digits.isdecimal() or smaller.other is not None):
        return None  # "5 million 2024 dollars": a year or a price
    value = greater.value * greater.scale + low
    return Number(greater.start, smaller.end, format(value, "f"), value, Decimal(1))


def with_scale_after_words(text: str, number: Number) -> Number:
    """``number`` with a scale that follows its repetition in words: "10 (ten) million"."""
    match = _REPEATED.match(text, number.end) if number.scale == 1 else None
    if match is None:
        return number
    words = number_in_words(text, *match.span(1), hyphen=False)
    scale = SCALES[match.group(2)]
    if words is None or words.value * words.scale != number.value or not scale:
        return number
    return number._replace(scale=scale, end=match.end())
