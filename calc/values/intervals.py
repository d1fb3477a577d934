"""Printed numbers as intervals: what a figure may stand for, with open bounds and safe rounding.

A printed number is not a point: "910 million" may be any amount that a writer shortens to it.
Bounds are exact decimals; where a quotient has no end it is rounded outward, so an interval never
loses a value that belongs to it.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from rates.amounts import MOST_PLACES, parse_amount
from rates.errors import UsageError

READINGS = ("core", "usual", "extreme")
# Half an ulp of a one-digit number is up to half the number; a writer means less than that.
ONE_DIGIT_CAP = Decimal("0.10")
# 28 digits are far more than any source prints; rounding goes down for lows and up for highs.
_DOWN = Context(prec=28, rounding=ROUND_FLOOR)
_UP = Context(prec=28, rounding=ROUND_CEILING)
_EXACT = Context(prec=200)


class Printed(NamedTuple):
    """A number as printed: ``amount`` in units, ``ulp`` = last printed digit times the scale."""

    amount: Decimal
    ulp: Decimal


class Interval(NamedTuple):
    """Positive amounts from ``low`` to ``high``, both included; None is an open bound.

    >>> Interval(Decimal(5), Decimal(6)).overlaps(Interval(Decimal(6), None))
    True
    """

    low: Decimal | None
    high: Decimal | None

    def contains(self, amount: Decimal) -> bool:
        """Whether ``amount`` lies between the bounds."""
        return (self.low is None or self.low <= amount) and (
            self.high is None or amount <= self.high
        )

    def overlaps(self, other: Interval) -> bool:
        """Whether the two have an amount in common."""
        return self.intersect(other) is not None

    def intersect(self, other: Interval) -> Interval | None:
        """The amounts in both, or None when there are none.

        >>> Interval(Decimal(1), Decimal(2)).intersect(Interval(Decimal(3), None)) is None
        True
        """
        lows = [low for low in (self.low, other.low) if low is not None]
        highs = [high for high in (self.high, other.high) if high is not None]
        low, high = max(lows, default=None), min(highs, default=None)
        if low is not None and high is not None and low > high:
            return None
        return Interval(low, high)

    def hull(self, other: Interval) -> Interval:
        """The smallest interval that holds both.

        >>> Interval(Decimal(1), Decimal(2)).hull(Interval(Decimal(5), None))
        Interval(low=Decimal('1'), high=None)
        """
        low = None if self.low is None or other.low is None else min(self.low, other.low)
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Interval(low, high)

    def times(self, other: Interval) -> Interval:
        """Every product of an amount here and a positive one there, rounded outward.

        >>> Interval(Decimal(2), Decimal(3)).times(Interval(Decimal(10), None))
        Interval(low=Decimal('20'), high=None)
        """
        low = None if self.low is None or other.low is None else _DOWN.multiply(self.low, other.low)
        high = (
            None if self.high is None or other.high is None else _UP.multiply(self.high, other.high)
        )
        return Interval(low, high)

    def divided_by(self, other: Interval) -> Interval:
        """Every quotient of an amount here and a positive one there, rounded outward.

        A divisor that may come close to zero leaves the high bound open.

        >>> Interval(Decimal(10), Decimal(10)).divided_by(Interval(Decimal(2), Decimal(5)))
        Interval(low=Decimal('2'), high=Decimal('5'))
        """
        low = (
            None
            if self.low is None or other.high is None or other.high <= 0
            else _DOWN.divide(self.low, other.high)
        )
        high = (
            None
            if self.high is None or other.low is None or other.low <= 0
            else _UP.divide(self.high, other.low)
        )
        return Interval(low, high)

    def widened(self, share: Decimal) -> Interval:
        """The interval with its low bound ``share`` lower and its high bound ``share`` higher.

        >>> Interval(Decimal(100), Decimal(200)).widened(Decimal("0.01"))
        Interval(low=Decimal('99.00'), high=Decimal('202.00'))
        """
        low = None if self.low is None else _DOWN.multiply(self.low, max(1 - share, Decimal(0)))
        high = None if self.high is None else _UP.multiply(self.high, 1 + share)
        return Interval(low, high)


def printed(digits: str, scale: Decimal = Decimal(1)) -> Printed:
    """The printed number ``digits`` (plain, point as decimal mark) times ``scale``.

    >>> printed("1.50", Decimal("1e9"))
    Printed(amount=Decimal('1500000000'), ulp=Decimal('10000000'))
    """
    number = Decimal(digits)
    _, _, exponent = number.as_tuple()
    step = Decimal(1).scaleb(int(exponent)) if isinstance(exponent, int) else Decimal(1)
    return Printed(_plain(number * scale), _plain(step * scale))


def printed_number(value: int | float | Decimal | str) -> Printed:
    """The printed number that a caller gives: 683e6, "683m", "910 million", Decimal("1.5").

    Plain numbers count as printed with their zeros: 683e6 is 683000000, to the unit. Raises
    ``UsageError`` for text that is no amount.

    >>> printed_number("910 million") == printed_number("910m")
    True
    >>> printed_number(683e6)
    Printed(amount=Decimal('683000000'), ulp=Decimal('1'))
    """
    if not isinstance(value, str):
        return _of_number(Decimal(repr(value)) if isinstance(value, float) else Decimal(value))
    if "e" in value or "E" in value or "inf" in value or "nan" in value:
        try:
            value = format(Decimal(value), "f")
        except ArithmeticError:
            value = str(value)
    typed = parse_amount(value)
    number = printed(typed.digits, typed.scale)
    return number._replace(amount=-number.amount) if typed.amount < 0 else number


def _of_number(value: Decimal) -> Printed:
    """A number that no text prints, with the digits that it has."""
    if not value.is_finite() or abs(value.adjusted()) > MOST_PLACES:
        raise UsageError(f"{value} is not an amount of money; give one such as 683000000")
    return printed(format(_plain(value), "f"))


def _plain(number: Decimal) -> Decimal:
    """The same number without a positive exponent and without decimal zeros."""
    shown = format(number, "f")
    return Decimal(shown.rstrip("0").rstrip(".") if "." in shown else shown)


@lru_cache(maxsize=1 << 14)
def reading(number: Printed, name: str) -> Interval:
    """What ``number`` may stand for under the reading ``name`` (core, usual or extreme).

    core: ± half an ulp. usual: trailing zeros are rounding, at least two significant figures
    stay. One significant digit never has a half-width above 10 % in either. extreme: ± a whole
    unit of the usual reading, for numbers cut off or rounded up. core lies in usual, usual in
    extreme. A negative number is read by its size; zero is a point.

    >>> reading(printed("910", Decimal("1e6")), "usual")
    Interval(low=Decimal('905000000'), high=Decimal('915000000'))
    >>> reading(printed("1", Decimal("1e9")), "core")
    Interval(low=Decimal('900000000'), high=Decimal('1100000000'))
    """
    if name not in READINGS:
        raise ValueError(f"{name!r} is not a reading; one of {', '.join(READINGS)}")
    amount, ulp = abs(number.amount), number.ulp
    if not amount:
        return Interval(Decimal(0), Decimal(0))
    units = int(_EXACT.divide_int(amount, ulp))
    significant = str(units).rstrip("0")
    zeros = len(str(units)) - len(significant)
    # Two significant figures stay, so a number like 910 loses one zero and 900 one of two.
    rounded = min(zeros, max(len(str(units)) - 2, 0))
    unit = ulp if name == "core" else ulp.scaleb(rounded)
    width = unit / 2
    if len(significant) == 1:
        width = min(width, amount * ONE_DIGIT_CAP)
    if name == "extreme":
        # A whole unit, but the low bound must stay an amount of money: half of "1" at the least.
        return Interval(_plain(max(amount - unit, amount / 2)), _plain(amount + unit))
    return Interval(_plain(amount - width), _plain(amount + width))
