"""Readings of printed numbers to the last unit, intervals with open ends, windows at their ends."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from calc.values.intervals import READINGS, Interval, Printed, printed, printed_number, reading
from calc.values.windows import (
    PairSeries,
    Window,
    Windows,
    changeover,
    implied,
    inside,
    joined,
    leg,
    runs,
    series,
    when,
)
from rates import ecb, sources
from rates.errors import NoRateError, UsageError
from rates.fixings import Fixings

DAY = dt.date
ONE, TWO, THREE, FIVE = (Decimal(number) for number in (1, 2, 3, 5))
TABLES = sources.tables(None)


def days_of(first: int, count: int) -> list[dt.date]:
    return [DAY(2024, 1, first) + dt.timedelta(days=step) for step in range(count)]


@pytest.mark.parametrize(
    ("digits", "core", "usual", "extreme"),
    [
        ("1", "0.9 1.1", "0.9 1.1", "0.5 2"),
        ("9", "8.5 9.5", "8.5 9.5", "8 10"),
        ("15", "14.5 15.5", "14.5 15.5", "14 16"),
        ("90", "89.5 90.5", "89.5 90.5", "89 91"),  # two figures stay
        ("100", "99.5 100.5", "95 105", "90 110"),
        ("101", "100.5 101.5", "100.5 101.5", "100 102"),
        ("110", "109.5 110.5", "105 115", "100 120"),
        ("900", "899.5 900.5", "895 905", "890 910"),
        ("910", "909.5 910.5", "905 915", "900 920"),
        ("1000", "999.5 1000.5", "950 1050", "900 1100"),
        ("1200", "1199.5 1200.5", "1150 1250", "1100 1300"),
        ("1230", "1229.5 1230.5", "1225 1235", "1220 1240"),
        ("1234", "1233.5 1234.5", "1233.5 1234.5", "1233 1235"),
        ("1.05", "1.045 1.055", "1.045 1.055", "1.04 1.06"),
        ("1.50", "1.495 1.505", "1.45 1.55", "1.4 1.6"),
        ("0.5", "0.45 0.55", "0.45 0.55", "0.4 0.6"),
    ],
)
def test_the_readings_of_a_number(digits: str, core: str, usual: str, extreme: str) -> None:
    for name, expected in zip(READINGS, (core, usual, extreme), strict=True):
        around = reading(printed(digits), name)
        assert f"{around.low} {around.high}" == expected
        minus = Printed(-printed(digits).amount, printed(digits).ulp)
        assert reading(minus, name) == around  # a negative number is read by its size


def test_a_reading_has_one_of_three_names() -> None:
    with pytest.raises(ValueError, match="'wide' is not a reading; one of core, usual, extreme"):
        reading(printed("5"), "wide")


@pytest.mark.parametrize(
    ("value", "amount", "ulp"),
    [
        ("1.5e3", "1500", "1"),
        ("1E2", "100", "1"),
        ("1.50", "1.5", "0.01"),
        ("-683m", "-683000000", "1000000"),
        ("0", "0", "1"),
        (0.1, "0.1", "0.1"),
        (1e22, "10000000000000000000000", "1"),
        (Decimal("1e60"), "1" + 60 * "0", "1"),
        (Decimal("-2.50"), "-2.5", "0.1"),
        (7, "7", "1"),
    ],
)
def test_a_number_that_is_given_has_a_last_digit(value: object, amount: str, ulp: str) -> None:
    found = printed_number(value)  # type: ignore[arg-type]
    assert (format(found.amount, "f"), format(found.ulp, "f")) == (amount, ulp)


@pytest.mark.parametrize(
    "value", ["inf", "nan", "1_000", float("nan"), Decimal("1e61"), Decimal("1e-61")], ids=repr
)
def test_what_is_no_amount_is_refused(value: object) -> None:
    with pytest.raises(UsageError, match="is not an amount"):
        printed_number(value)  # type: ignore[arg-type]


def test_the_bounds_belong_to_an_interval() -> None:
    assert Interval(TWO, THREE).contains(TWO)
    assert Interval(TWO, THREE).contains(THREE)
    assert not Interval(TWO, THREE).contains(ONE)
    assert not Interval(TWO, THREE).contains(FIVE)
    assert Interval(None, None).contains(ONE)
    assert Interval(None, TWO).contains(ONE)
    assert not Interval(None, TWO).contains(THREE)
    assert not Interval(TWO, None).contains(ONE)
    assert Interval(ONE, TWO).intersect(Interval(TWO, THREE)) == Interval(TWO, TWO)
    assert inside([ONE, TWO, THREE, FIVE], Interval(TWO, THREE)) == [1, 2]


def test_an_open_bound_on_either_side() -> None:
    low, high, both = Interval(None, TWO), Interval(THREE, None), Interval(ONE, FIVE)
    assert low.intersect(both) == Interval(ONE, TWO)
    assert high.intersect(both) == Interval(THREE, FIVE)
    assert low.intersect(high) is None
    assert both.hull(low) == low.hull(both) == Interval(None, FIVE)
    assert both.hull(high) == high.hull(both) == Interval(ONE, None)
    assert both.hull(Interval(TWO, THREE)) == both
    assert both.times(low) == Interval(None, Decimal(10))
    assert low.times(both) == Interval(None, Decimal(10))
    assert high.times(both) == Interval(THREE, None)
    assert both.divided_by(low) == Interval(Decimal("0.5"), None)
    assert both.divided_by(high) == Interval(None, Decimal("1.666666666666666666666666667"))
    assert both.divided_by(Interval(Decimal(0), Decimal(0))) == Interval(None, None)
    assert both.divided_by(Interval(Decimal(-2), Decimal(-1))) == Interval(None, None)
    assert both.divided_by(Interval(Decimal(0), TWO)) == Interval(Decimal("0.5"), None)
    assert low.divided_by(both) == Interval(None, TWO)
    assert low.widened(Decimal("0.5")) == Interval(None, THREE)
    assert high.widened(Decimal("0.5")) == Interval(Decimal("1.5"), None)
    assert both.widened(TWO) == Interval(Decimal(0), Decimal(15))


def test_what_has_no_end_is_rounded_outward() -> None:
    third = Interval(ONE, ONE).divided_by(Interval(THREE, THREE))
    assert (str(third.low), str(third.high)) == ("0." + 28 * "3", "0." + 27 * "3" + "4")
    digits = Decimal("1" + 27 * "0" + "1")
    squared = Interval(digits, digits).times(Interval(digits, digits))
    assert squared.low is not None
    assert squared.high is not None
    assert squared.low < squared.high
    assert int(squared.low) <= int(digits) ** 2 <= int(squared.high)


# Windows


def test_windows_are_told_in_short_and_in_full() -> None:
    some = [Window(day, day, 1) for day in reversed(days_of(1, 13))]
    pair = Window(DAY(2024, 1, 15), DAY(2024, 1, 16), 2)
    assert str(Windows([pair, *some[:2]])) == "2024-01-15..2024-01-16;2024-01-13;2024-01-12"
    assert str(pair) == "2024-01-15..2024-01-16"
    assert repr(Windows(some[:3])) == "<Windows: 2024-01-13; 2024-01-12; 2024-01-11>"
    assert repr(Windows(some[:4])) == "<Windows: 2024-01-13; 2024-01-12; 2024-01-11; and 1 more>"
    assert repr(Windows()) == "<Windows: no fixing day fits>"
    assert isinstance(Windows(some)[:2], Windows)
    assert Windows(some)[0] == some[0]


def test_windows_in_a_notebook_count_themselves_and_name_the_oldest() -> None:
    some = [Window(day, day, 1) for day in reversed(days_of(1, 13))]
    pair = Window(DAY(2024, 1, 15), DAY(2024, 1, 16), 2)
    assert "No fixing day fits." in Windows()._repr_html_()
    assert "1 window, 1 fixing day <" in Windows(some[:1])._repr_html_()
    assert "1 window, 2 fixing days <" in Windows([pair])._repr_html_()
    assert "2 windows, 3 fixing days <" in Windows([pair, some[0]])._repr_html_()
    twelve, thirteen = (Windows(some[:count])._repr_html_() for count in (12, 13))
    assert " more" not in twelve
    assert "and 1 more, back to 2024-01-01; str(…) has all" in thirteen
    assert twelve.count("<tr><td") == thirteen.count("<tr><td") == 12


def test_runs_begin_anew_where_the_table_has_a_day_between() -> None:
    chosen = PairSeries(tuple(days_of(1, 5)), (ONE,) * 5, (0, 1, 3, 4, 5))
    assert runs(chosen, [0, 1, 2, 4]) == (
        Window(DAY(2024, 1, 5), DAY(2024, 1, 5), 1),
        Window(DAY(2024, 1, 3), DAY(2024, 1, 3), 1),
        Window(DAY(2024, 1, 1), DAY(2024, 1, 2), 2),
    )
    assert runs(chosen, range(2, 5)) == (Window(DAY(2024, 1, 3), DAY(2024, 1, 5), 3),)


def test_the_rates_of_a_pair_are_quote_per_base_wherever_they_are_asked_for() -> None:
    days = [str(day) for day in days_of(2, 3)]
    toy = Fixings("toy", "v1", days, {"USD": "2,,4", "SEK": "10,10,10"})
    chosen = series(toy, "USD", "SEK")
    assert chosen.days == (DAY(2024, 1, 2), DAY(2024, 1, 4))
    assert (*chosen.positions,) == (0, 2)
    assert (*chosen.values,) == chosen.values[:] == (Decimal(5), Decimal("2.5"))
    assert (chosen.values[0], chosen.values[-1], len(chosen.values)) == (FIVE, Decimal("2.5"), 2)
    assert chosen.values[:1] == (Decimal(5),)
    assert (*series(toy, "EUR", "SEK").positions,) == (0, 1, 2)


def test_the_year_before_the_euro_is_asked_of_the_tables_beyond_only_when_wanted() -> None:
    early, late = (series(TABLES, "USD", "PLN", wanted) for wanted in (True, False))
    assert early.days[0].year < 1999
    assert late.days[0] == DAY(1999, 1, 4)
    assert early.days[-1] == late.days[-1]
    assert set(late.days) < set(early.days)
    there = series(TABLES, "EUR", "PLN")
    assert there.days[0] == DAY(1999, 1, 4)  # nobody wrote of euros before
    hryvnia = series(TABLES, "EUR", "UAH")
    assert DAY(1999, 1, 4) <= hryvnia.days[0] <= DAY(1999, 1, 8)


def test_a_hole_of_more_than_a_week_is_filled_from_the_tables_beyond_and_marked() -> None:
    krona = joined(TABLES, "EUR", "ISK")
    marked = [day for day, beyond in zip(krona.days, krona.beyond, strict=True) if beyond]
    own = ecb.fixings()
    assert marked[0] == DAY(2008, 12, 10)  # the ECB stopped on the 9th
    assert marked[-1] == DAY(2018, 1, 31)  # and began again on 1 February
    assert all(own.on("ISK", day) is None for day in marked[:: len(marked) // 20])
    assert list(krona.days) == sorted(set(krona.days))
    assert joined(TABLES, "EUR", "USD").beyond == ()


def test_a_currency_without_any_rate_names_the_next_step() -> None:
    with pytest.raises(NoRateError, match=r"KPW.*or give the amount in another currency"):
        joined(TABLES, "KPW", "EUR")
    with pytest.raises(NoRateError, match=r"KPW"):
        joined(TABLES, "EUR", "KPW")


def test_the_statute_takes_over_on_the_day_the_euro_came() -> None:
    assert changeover("LTL") == (DAY(2015, 1, 1), Decimal("3.45280"))
    assert changeover("EUR") is None
    days = ["2014-12-31", "2015-01-01", "2015-01-02", "2015-01-05"]
    bare = Fixings("toy", "v1", days, {"USD": "1,1,1,1"})
    law = Decimal("3.45280")
    assert leg(bare, "LTL") == (None, law, law, law)
    own = Fixings("toy", "v1", days, {"LTL": "3,,3.1,"})  # a table with rates of its own after it
    assert leg(own, "LTL") == (THREE, None, Decimal("3.1"), law)
    assert leg(bare, "EUR") == (ONE,) * 4
    assert leg(bare, "SEK") == (None,) * 4


def test_a_conversion_needs_two_positive_amounts_and_two_currencies() -> None:
    for one, other in (("0", "5m"), ("5m", "0"), ("-1", "5m")):
        with pytest.raises(UsageError, match="is not a positive amount"):
            when(one, "EUR", other, "USD")
    assert when("0.01", "EUR", "0.01", "USD")
    with pytest.raises(UsageError, match="both amounts are in EUR"):
        when("5m", "EUR", "6m", "EUR")


def test_the_rates_that_two_numbers_allow_are_those_of_their_readings() -> None:
    a, b = printed_number("100"), printed_number("250")
    assert implied(a, b) == Interval(Decimal(245), Decimal(255)).divided_by(
        Interval(Decimal(95), Decimal(105))
    )
    core = implied(a, b, "core")
    assert core == Interval(Decimal("249.5"), Decimal("250.5")).divided_by(
        Interval(Decimal("99.5"), Decimal("100.5"))
    )
