"""Printed numbers as intervals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.values.intervals import READINGS, Interval, Printed, printed, printed_number, reading

MILLION = Decimal(10) ** 6


@pytest.mark.parametrize(
    ("digits", "scale", "name", "half"),
    [
        ("910", 6, "core", "0.5e6"),
        ("910", 6, "usual", "5e6"),
        ("683", 6, "usual", "0.5e6"),
        ("20", 6, "core", "0.5e6"),
        ("20", 6, "usual", "0.5e6"),
        ("1", 9, "core", "1e8"),
        ("1", 9, "usual", "1e8"),
        ("683", 6, "extreme", "1e6"),
    ],
)
def test_the_width_of_a_reading(digits: str, scale: int, name: str, half: str) -> None:
    number = printed(digits, Decimal(10) ** scale)
    around = reading(number, name)
    assert around == Interval(number.amount - Decimal(half), number.amount + Decimal(half))


def test_zero_stays_a_point() -> None:
    assert reading(Printed(Decimal(0), Decimal(1)), "usual") == Interval(Decimal(0), Decimal(0))


@pytest.mark.parametrize("value", ["683m", "683 million", "€683m"])
def test_a_typed_number_keeps_its_last_digit(value: str) -> None:
    assert printed_number(value) == Printed(683 * MILLION, MILLION)


@pytest.mark.parametrize("value", [683e6, 683000000, Decimal("683e6")])
def test_a_plain_number_counts_with_its_zeros(value: float | Decimal) -> None:
    assert printed_number(value) == Printed(683 * MILLION, Decimal(1))


_numbers = st.builds(
    lambda whole, places, power: printed(
        f"{Decimal(whole).scaleb(-places):f}", Decimal(10) ** power
    ),
    st.integers(1, 10**9),
    st.integers(0, 3),
    st.sampled_from([0, 3, 6, 9, 12]),
)


@given(_numbers)
def test_readings_nest_and_stay_positive(number: Printed) -> None:
    core, usual, extreme = (reading(number, name) for name in READINGS)
    lows = [interval.low for interval in (extreme, usual, core)]
    highs = [interval.high for interval in (core, usual, extreme)]
    assert lows == sorted(lows, key=lambda low: low or Decimal(0))
    assert highs == sorted(highs, key=lambda high: high or Decimal(0))
    assert lows[0] is not None
    assert lows[0] > 0
    assert core.contains(number.amount)


_bounds = st.decimals(min_value="0.001", max_value="1e12", places=3)
_intervals = st.tuples(_bounds, _bounds).map(lambda pair: Interval(min(pair), max(pair)))


@given(_intervals, _intervals)
def test_a_quotient_is_rounded_outward(top: Interval, bottom: Interval) -> None:
    quotient = top.divided_by(bottom)
    assert top.low is not None
    assert top.high is not None
    assert bottom.low is not None
    assert bottom.high is not None
    assert quotient.low is not None
    assert quotient.high is not None
    assert Fraction(quotient.low) <= Fraction(top.low) / Fraction(bottom.high)
    assert Fraction(quotient.high) >= Fraction(top.high) / Fraction(bottom.low)


@given(_intervals, _intervals)
def test_the_common_part_lies_in_both_and_both_in_the_hull(a: Interval, b: Interval) -> None:
    common, hull = a.intersect(b), a.hull(b)
    assert a.overlaps(b) == (common is not None)
    assert hull.intersect(a) == a
    assert common is None or (common.intersect(a) == common and common.intersect(b) == common)


def test_an_open_bound_stays_open() -> None:
    over = Interval(Decimal(683), None)
    assert over.contains(Decimal(10**9))
    assert over.times(Interval(Decimal(2), Decimal(3))) == Interval(Decimal(1366), None)
    assert over.widened(Decimal("0.1")).high is None
