"""The rates that a test of a conversion sees: the days of a date, their slack, their history."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from calc.checks.market import market, slack
from calc.values.intervals import Interval
from rates import sources
from rates.errors import NoRateError
from rates.fixings import Fixings

DAY = dt.date
# Monday to Friday, and Monday to Wednesday
DAYS = [f"2024-01-{day:02d}" for day in (1, 2, 3, 4, 5, 8, 9, 10)]
RATES = "1.00 1.10 1.20 1.30 1.40 1.50 1.60 1.70".split()
TOY = Fixings("toy", "v1", DAYS, {"USD": ",".join(RATES), "SEK": ",".join(["10"] * 8)})
SEEN = market(TOY, "EUR", "USD")


def between(low: str | None, high: str | None) -> Interval:
    return Interval(*(None if end is None else Decimal(end) for end in (low, high)))


# The fixings of a date


@pytest.mark.parametrize(
    ("day", "known", "first", "anchor", "last"),
    [
        (3, None, 1, 2, 3),  # the day and its neighbours
        (3, 2, 1, 2, 2),  # printed on the 2nd: nothing later than the business day after
        (3, 1, 1, 2, 1),
        (6, None, 3, 4, 5),  # a Saturday: of the Friday
        (1, None, 0, 0, 1),  # nothing before
        (10, None, 6, 7, 7),  # nothing behind
        (17, None, 6, 7, 7),  # a week later still
    ],
)
def test_the_fixings_of_a_day(
    day: int, known: int | None, first: int, anchor: int, last: int
) -> None:
    band = SEEN.spot(DAY(2024, 1, day), None if known is None else DAY(2024, 1, known))
    assert (band.first, band.anchor) == (first, anchor)
    if last >= first:
        assert band.last == last
        used = sorted(map(Decimal, RATES[first : last + 1]))
        assert (band.low, band.high) == (used[0], used[-1])
    assert band.rate == Decimal(RATES[anchor])


def test_a_fixing_older_than_a_week_stands_for_no_day() -> None:
    with pytest.raises(NoRateError, match="no toy rate of USD for 2024-01-18"):
        SEEN.spot(DAY(2024, 1, 18), None)
    apart = Fixings("toy", "v1", ["2024-01-01", "2024-01-12"], {"USD": "1,", "SEK": "10,10"})
    with pytest.raises(NoRateError):
        market(apart, "SEK", "USD").spot(DAY(2024, 1, 12), None)


@pytest.mark.parametrize(
    ("start", "end", "known", "first", "anchor", "last"),
    [
        (2, 4, None, 1, 3, 3),
        (2, 8, 3, 1, 2, 3),  # told within it: the mean of what was known, and the next day
        (2, 8, 1, 1, 1, 1),
        (2, 8, 8, 1, 5, 5),
        (2, 8, 20, 1, 5, 5),
        (6, 8, None, 5, 5, 5),
    ],
)
def test_the_fixings_of_a_period(
    start: int, end: int, known: int | None, first: int, anchor: int, last: int
) -> None:
    told = None if known is None else DAY(2024, 1, known)
    band = SEEN.period(DAY(2024, 1, start), DAY(2024, 1, end), "a week", told)
    assert (band.first, band.anchor, band.last) == (first, anchor, last)
    used = [Decimal(rate) for rate in RATES[first : last + 1]]
    assert (band.low, band.high) == (used[0], used[-1])
    known_then = used[: anchor - first + 1]
    assert band.rate == sum(known_then) / len(known_then)
    assert band.name == "toy average of a week"


@pytest.mark.parametrize(("start", "end"), [(6, 7), (11, 20)])
def test_a_period_without_fixings_names_what_there_is(start: int, end: int) -> None:
    with pytest.raises(NoRateError, match="in a week; its rates run from 2024-01-01 to 2024-01"):
        SEEN.period(DAY(2024, 1, start), DAY(2024, 1, end), "a week", None)


def test_the_slack_of_a_pair_is_that_of_both_legs() -> None:
    assert (slack("EUR"), slack("DEM")) == (0.0, 0.0)
    assert slack("USD") == SEEN.slack > slack("DKK") > 0
    both = market(TOY, "SEK", "USD").slack
    assert both == pytest.approx((slack("SEK") ** 2 + slack("USD") ** 2) ** 0.5, abs=1e-6)


def test_rates_fit_within_the_slack_and_not_beyond() -> None:
    band = SEEN.spot(DAY(2024, 1, 3), None)  # 1.10 to 1.30, and a slack of 0.3 %
    assert SEEN.widest(band) == SEEN.slack == 0.003
    assert SEEN.fits(between("1.15", "1.25"), band)
    assert SEEN.fits(between("1.0", "1.0968"), band)
    assert not SEEN.fits(between("1.0", "1.0966"), band)
    assert SEEN.fits(between("1.3038", "2"), band)
    assert not SEEN.fits(between("1.3040", "2"), band)
    assert SEEN.fits(between(None, "1.2"), band)
    assert SEEN.fits(between("1.2", None), band)
    assert not SEEN.fits(between("1.4", None), band)


def test_a_rate_at_the_very_end_of_the_slack_fits() -> None:
    band = SEEN.spot(DAY(2024, 1, 3), None)
    top, bottom = Decimal(1.30 * (1 + SEEN.slack)), Decimal(1.10 * (1 - SEEN.slack))
    least = Decimal("1e-12")
    assert SEEN.fits(Interval(top, Decimal(2)), band)
    assert not SEEN.fits(Interval(top + least, Decimal(2)), band)
    assert SEEN.fits(Interval(Decimal(1), bottom), band)
    assert not SEEN.fits(Interval(Decimal(1), bottom - least), band)


def test_days_whose_rate_lies_within_or_near() -> None:
    assert SEEN.inside(between("1.10", "1.30"), 7).tolist() == [1, 2, 3]
    assert SEEN.inside(between("1.11", "1.29"), 7).tolist() == [2]
    assert SEEN.inside(between("1.10", "1.30"), 2).tolist() == [1, 2]
    assert SEEN.inside(between(None, "1.10"), 7).tolist() == [0, 1]
    assert SEEN.inside(between("1.60", None), 7).tolist() == [6, 7]
    assert SEEN.inside(between("1.1000000000001", "1.2999999999999"), 7).tolist() == [2]
    assert SEEN.near(between("1.1032", "1.1032"), 7).tolist() == [1]
    assert SEEN.near(between("1.1034", "1.1034"), 7).tolist() == []
    assert SEEN.near(between("1.0968", "1.0968"), 7).tolist() == [1]
    assert SEEN.near(between("1.0966", "1.0966"), 7).tolist() == []
    assert SEEN.near(between("1.0", "2.0"), 3).tolist() == [0, 1, 2, 3]


def test_windows_of_a_market_are_runs_of_days_newest_first() -> None:
    assert str(SEEN.windows(between("1.10", "1.30"), 7)) == "2024-01-02..2024-01-04"
    assert str(SEEN.windows(between("1.10", "1.30"), 1)) == "2024-01-02"
    assert str(SEEN.windows(between("3", "4"), 7)) == ""
    turning = market(Fixings("toy", "v1", DAYS, {"USD": "1,1,2,2,1,1,1,2"}), "EUR", "USD")
    found = turning.windows(between("1", "1"), 7)
    assert str(found) == "2024-01-05..2024-01-09;2024-01-01..2024-01-02"
    assert [one.days for one in found] == [3, 2]


def test_the_power_of_a_test_is_the_share_of_the_last_rates_that_would_not_pass() -> None:
    assert SEEN.power(between("1.10", "1.30"), 7) == pytest.approx(5 / 8)
    assert SEEN.power(between("1.10", "1.30"), 3) == pytest.approx(1 / 4)
    assert SEEN.power(between("1.3035", "1.3035"), 3) == pytest.approx(3 / 4)  # within the slack
    assert SEEN.power(between(None, None), 7) == 0
    long = [str(DAY(2020, 1, 1) + dt.timedelta(days=step)) for step in range(1462)]
    old = Fixings(
        "toy", "v1", long, {"USD": ",".join("1" if day < "2021" else "2" for day in long)}
    )
    seen = market(old, "EUR", "USD")
    assert seen.power(between("2", "2"), len(long) - 1) == 0  # of three years, not of four
    assert seen.power(between("2", "2"), long.index("2021-12-31")) == pytest.approx(0.5, abs=0.01)
    assert seen.pegged(len(long) - 1)
    assert not seen.pegged(long.index("2021-12-31"))
    leap = long.index("2024-01-01") - 1
    assert seen.pegged(leap)


def test_a_rate_that_moves_by_less_than_one_and_a_half_per_cent_is_pegged() -> None:
    for top, pegged in (("1.015", True), ("1.016", False)):
        seen = market(Fixings("toy", "v1", DAYS[:3], {"USD": f"1,{top},1"}), "EUR", "USD")
        assert seen.pegged(2) is pegged
        assert seen.pegged(0)


def test_the_last_fixing_on_or_before_a_day() -> None:
    assert [SEEN.at(DAY(2024, 1, day)) for day in (1, 3, 6, 7, 8, 31)] == [0, 2, 4, 4, 5, 7]
    assert SEEN.at(DAY(2023, 12, 31)) == -1


def test_an_irrevocable_rate_is_one_rate_whatever_the_day() -> None:
    days = ["2014-12-30", "2014-12-31", "2015-01-02", "2015-01-05"]
    table = Fixings("toy", "v1", days, {"LTL": "3.4528,3.4528,,", "USD": "1,1,1,1"})
    seen = market(table, "EUR", "LTL")
    band = seen.spot(DAY(2015, 1, 5), None)
    assert band.first == band.last == band.anchor == 3
    assert (band.low, band.high, band.name) == (band.rate, band.rate, "irrevocable euro rate")
    assert band.rate == Decimal("3.45280")
    assert seen.spot(DAY(2014, 12, 31), None).name == "toy rate of 31 December 2014"
    assert seen.spot(DAY(2015, 1, 1), None).anchor == 2  # the first day of the law in the table


def test_the_rate_of_another_policy_is_one_rate() -> None:
    band = SEEN.under("month-avg", DAY(2024, 1, 3), "day")
    assert band.first == band.last == band.anchor == 7
    assert band.low == band.high == band.rate == Decimal("1.35")
    assert band.name == "toy rate under the policy month-avg"


def test_a_day_of_the_tables_beyond_has_their_name_and_its_own_slack() -> None:
    krona = market(sources.tables(None), "EUR", "ISK")
    own, beyond = krona.at(DAY(2019, 6, 3)), krona.at(DAY(2012, 6, 1))  # the ECB paused to 2018
    assert (krona.source(own), krona.source(beyond)) == ("ECB", "NBP")
    slacks = krona.slacks(slice(0, len(krona.series.days)))
    assert not isinstance(slacks, float)
    assert slacks[own] == krona.slack < slacks[beyond]
    assert SEEN.slacks(slice(0, 3)) == SEEN.slack
    # the last day of the ECB before its pause, known before the day after
    last = krona.spot(DAY(2008, 12, 9), DAY(2008, 12, 8))
    assert krona.source(last.last) == "ECB"
    assert krona.source(last.last + 1) == "NBP"
    assert krona.widest(last) == krona.slack
    assert krona.widest(krona.spot(DAY(2008, 12, 9), None)) > krona.slack
    assert krona.spot(DAY(2012, 6, 1), None).name == "NBP rate of 1 June 2012"
