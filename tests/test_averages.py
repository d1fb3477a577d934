"""Policies of periods: which fixings they take, and what is said when a period is not whole."""

from datetime import date
from decimal import Decimal

import pytest

from rates import ecb
from rates.conversion import rate
from rates.errors import NoRateError, UsageError
from rates.fixings import Average, Fixings
from rates.policies import parse_policy

ECB = ecb.fixings()
OCTOBER = ["2024-10-29", "2024-10-30", "2024-10-31"]


def mean(code: str, start: date, end: date) -> Decimal:
    values = [one.value for one in ECB.between(code, start, end)]
    return sum(values, Decimal(0)) / len(values)


@pytest.mark.parametrize(
    ("on", "day", "text"),
    [
        ("2024-03-02", "2024-03-28", "1.0811"),  # Good Friday was the 29th
        ("2024-11-04", "2024-11-29", "1.0562"),
        ("2024-11", "2024-11-29", "1.0562"),
    ],
)
def test_month_end_is_the_last_fixing_of_the_month(on: str, day: str, text: str) -> None:
    found = rate("EUR", "USD", on, "month-end")
    assert (str(found.rate_date), str(found.rate)) == (day, text)
    assert (found.quality, found.policy, found.warnings) == ("official", "month-end", ())


def test_inforeuro_is_the_second_last_fixing_of_the_month_before() -> None:
    found = rate("EUR", "USD", "2024-11-20", "inforeuro")
    assert found.rate_date == date(2024, 10, 30)
    assert found.rate == rate("EUR", "USD", "2024-10-30").rate
    assert rate("EUR", "USD", "2024-04", "inforeuro").rate_date == date(2024, 3, 27)


def test_inforeuro_of_a_currency_that_joined_is_the_irrevocable_rate() -> None:
    assert rate("EUR", "HRK", "2022-12-05", "inforeuro").quality == "official"
    assert rate("EUR", "HRK", "2023-01-05", "inforeuro").quality == "irrevocable"


def test_inforeuro_needs_the_month_before_to_its_end() -> None:
    table = Fixings("Test", "v", OCTOBER[:2], {"USD": "1,2"})
    with pytest.raises(NoRateError, match="run to 2024-10-30"):
        rate("EUR", "USD", "2024-11-04", "inforeuro", table)
    with pytest.raises(NoRateError, match="1998-12"):
        rate("EUR", "USD", "1999-01-04", "inforeuro", "ecb")
    whole = Fixings("Test", "v", OCTOBER, {"USD": "1,2,3"})
    assert rate("EUR", "USD", "2024-11-04", "inforeuro", whole).rate == 2


def test_an_unfinished_month_ends_with_its_newest_rate_and_says_so() -> None:
    table = Fixings("Test", "v", OCTOBER[:2], {"USD": "1,2"})
    found = rate("EUR", "USD", "2024-10-01", "month-end", table)
    assert found.rate == 2
    assert found.warnings == ("2024-10 is partial: its newest rate here is of 2024-10-30",)
    with pytest.raises(NoRateError, match="newest here is of 2024-10-30"):
        rate("EUR", "USD", "2024-11-01", "month-end", table)


def test_month_end_does_not_reach_over_a_suspension() -> None:
    with pytest.raises(NoRateError, match="2022-03-01"):
        rate("EUR", "RUB", "2022-03-01", "month-end", "ecb")


@pytest.mark.parametrize(
    ("window", "start", "end"),
    [
        ("2022-01-10..2022-02-08", date(2022, 1, 10), date(2022, 2, 8)),
        ("2022-02..2022-04", date(2022, 2, 1), date(2022, 4, 30)),
        ("2022..2023", date(2022, 1, 1), date(2023, 12, 31)),
        ("2022-02-24..2023", date(2022, 2, 24), date(2023, 12, 31)),
    ],
)
def test_a_window_of_days_months_or_years_includes_both_ends(
    window: str, start: date, end: date
) -> None:
    found = rate("EUR", "USD", "2015-01-01", f"window-avg:{window}")
    assert abs(found.rate - mean("USD", start, end)) < Decimal("1e-20")
    assert (found.quality, found.policy, found.warnings) == ("average", f"window-avg:{window}", ())
    (leg,) = found.legs
    assert isinstance(leg, Average)
    assert start <= leg.start <= leg.end <= end


def test_a_window_needs_no_date() -> None:
    policy = "window-avg:2022..2023"
    assert rate("EUR", "USD", policy=policy).rate == rate("EUR", "USD", "2024", policy).rate


def test_a_window_that_the_rates_do_not_fill_is_flagged() -> None:
    found = rate("EUR", "USD", policy="window-avg:1998-06..1999-06")
    assert "1998-06..1999-06 is partial" in found.warnings[0]
    rouble = rate("EUR", "RUB", policy="window-avg:2022-02..2022-04", rates="ecb")
    assert "partial" in rouble.warnings[0]
    with pytest.raises(NoRateError, match=r"2024\.\.2025"):
        rate("EUR", "RUB", policy="window-avg:2024..2025", rates="ecb")


@pytest.mark.parametrize(
    "text", ["window-avg", "window-avg:", "window-avg:2022", "window-avg:2022..", "window-avg:b..c"]
)
def test_a_window_without_two_ends_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_policy(text)


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match="ends before it begins"):
        parse_policy("window-avg:2023..2022-12")
    assert str(parse_policy("Window-Avg: 2023-01 .. 2023")) == "window-avg:2023-01..2023"


@pytest.mark.parametrize("policy", ["spot", "month-avg", "month-end", "inforeuro"])
def test_a_date_known_to_the_year_picks_the_average_of_the_year_and_says_so(policy: str) -> None:
    found = rate("EUR", "USD", date(2023, 5, 5), policy, precision="year")
    assert found.policy == "year-avg"
    assert found.rate == rate("EUR", "USD", "2023-07-01", "year-avg").rate
    assert found.warnings == (
        f"the date is known only to the year: year-avg of 2023 in place of {policy}",
    )


@pytest.mark.parametrize("policy", ["month-end", "inforeuro"])
def test_a_policy_of_the_month_needs_a_date(policy: str) -> None:
    with pytest.raises(UsageError, match="needs a date"):
        rate("EUR", "USD", policy=policy)
