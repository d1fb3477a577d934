"""An amount: a number with its currency, and the figure that it makes."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from . import qualifiers
from .currencies import Meaning
from .figure import Figure
from .lexicon import CUES
from .numerals import Number

# Currencies of a thousand small units (ISO 4217): their prices have three decimals.
_THOUSANDTHS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_KR = CUES["kr"].candidates


class Amount(NamedTuple):
    """A number with its currency: the span of the figure and what it says."""

    number: Number
    meaning: Meaning
    start: int
    end: int


def _thousandths(meaning: Meaning, number: Number) -> bool:
    """Whether the currency has a thousand small units and "12.500" was read in thousands."""
    return number.value == number.value.to_integral_value() and all(
        code in _THOUSANDTHS for code in meaning.candidates
    )


def _by_habit(text: str, meaning: Meaning, number: Number) -> Meaning:
    """The krone first whose country prints it so: "5.990 kr", "kr. 500,-", "249,- kr" in Denmark,
    "kr 1 299,-" in Norway; Swedes print "5 990 kr" and "249:-". It decides nothing.
    """
    if meaning.candidates != _KR or number.scale != 1:
        return meaning
    tail = text[number.end : number.end + 2]
    pointed = "." in number.digits and number.digits[-3:-2] != "." and tail != ":-"
    if not pointed and tail not in (",-", ",–"):
        return meaning
    first = "DKK"
    if not pointed and text[meaning.start : meaning.end].lower() == "kr":
        before = meaning.end <= number.start and text[meaning.end] != "."
        first = "NOK" if before else "DKK"
    return meaning._replace(candidates=(first, *(code for code in _KR if code != first)))


def figure_of(text: str, amount: Amount) -> Figure:
    """The figure of one amount, with its qualifier and bounds."""
    number, meaning, start, end = amount
    if number.other is not None and "." in number.digits and _thousandths(meaning, number):
        number = number._replace(value=number.other, other=number.value)
    meaning = _by_habit(text, meaning, number)
    qualifier = qualifiers.before(text, start) or qualifiers.after(text, end)
    if qualifier is None and 4 < start < 8:
        qualifier = qualifiers.alone(text, start, end)
    word = qualifier.word if qualifier else None
    if qualifier is None and "+" in text[number.start : number.end + 1]:
        word = "at least"  # "50+ dollars", "$5+ million"
    low: Decimal | None
    high: Decimal | None
    value: Decimal | None = units(number.value * number.scale)
    low = high = value
    if number.low is not None:
        value, low, high, word = None, number.low, number.high, "vague"
    if word == "at least" or (qualifier is not None and qualifier.bound == "low"):
        high = None
    elif qualifier is not None and qualifier.bound == "high":
        low = None
    return Figure(
        text[start:end],
        start,
        end,
        low,
        high,
        value,
        meaning.candidates[0],
        meaning.candidates,
        meaning.basis,
        word,
        number.scale,
        number.digits,
        (qualifier.start, qualifier.end) if qualifier else None,
        None if number.other is None else units(number.other * number.scale),
    )


def units(value: Decimal) -> Decimal:
    """The same value without decimals that are zero: 1.5 billion is 1500000000."""
    whole = value.to_integral_value()
    return whole if whole == value else value
