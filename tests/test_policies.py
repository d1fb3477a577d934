"""Policies and dates as people write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rates.errors import UsageError
from rates.policies import POLICIES, Asked, explain, parse_date, parse_iso, parse_policy


@pytest.mark.parametrize("text", list(POLICIES))
def test_every_policy_that_is_advertised_is_understood_and_explained(text: str) -> None:
    assert str(parse_policy(text)) == text
    assert explain(text).startswith(text)


def test_spaces_and_capitals_do_not_matter() -> None:
    assert parse_policy(" Spot ").name == "spot"
    assert str(parse_policy("fixed: usd = 1.0868 , sek=11.370")) == "fixed:USD=1.0868,SEK=11.370"


@pytest.mark.parametrize("text", ["", "foo", "spot:2024", "fixed", "fixed:", "average", "month"])
def test_an_unknown_policy_lists_those_known(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_policy(text)
    for known in POLICIES:
        assert known in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "fixed:USD=",
        "fixed:USD=0",
        "fixed:USD=-1",
        "fixed:USD=NaN",
        "fixed:USD=Infinity",
        "fixed:US=1.1",
        "fixed:USD=1.1,",
        "fixed:USD=1.1,USD=1.2",
        "fixed:EUR=2",
        "fixed:2024-02-30",
        "fixed:yesterday",
    ],
)
def test_a_fixed_rate_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse_policy(text)


def test_a_fixed_number_is_taken_digit_by_digit() -> None:
    (given_rate,) = parse_policy("fixed:USD=1.10").given
    assert (given_rate.currency, given_rate.text, given_rate.value) == (
        "USD",
        "1.10",
        Decimal("1.1"),
    )


@pytest.mark.parametrize(
    "on",
    [
        date(2024, 11, 4),
        datetime(2024, 11, 4, 23, 59, tzinfo=UTC),
        pd.Timestamp("2024-11-04 10:00"),
        np.datetime64("2024-11-04"),
        np.datetime64("2024-11-04T10:00:00", "ns"),
        "2024-11-04",
        " 2024-11-04 ",
        "2024-11-04T10:00:00Z",
        "2024-11-04 10:00",
    ],
)
def test_a_day_comes_in_many_types(on: object) -> None:
    assert parse_date(on) == Asked(date(2024, 11, 4), "day")


def test_months_and_years_stand_at_their_first_day() -> None:
    assert parse_date("2024-11") == Asked(date(2024, 11, 1), "month")
    assert parse_date("2024") == Asked(date(2024, 1, 1), "year")
    assert parse_date(date(2024, 11, 4), "year") == Asked(date(2024, 1, 1), "year")
    assert parse_date(None) is None


@pytest.mark.parametrize(
    "on",
    [
        *("", "04.11.2024", "2024-13", "2024-02-30", "24-11-04", "2024-1-4", "20241104"),
        *("2024-W45-1", "2024-11-04T99", "２０２４", "yesterday", 2024, 20241104.0, True),
    ],
)
def test_anything_else_is_no_date(on: object) -> None:
    with pytest.raises(UsageError, match="2024-11-04, 2024-11 or 2024"):
        parse_date(on)


@pytest.mark.parametrize("on", [pd.NaT, np.datetime64("NaT"), float("nan")])
def test_a_missing_time_is_not_a_missing_argument(on: object) -> None:
    with pytest.raises(UsageError):
        parse_date(on)


def test_a_month_cannot_be_known_to_the_day() -> None:
    with pytest.raises(UsageError, match="known to the month"):
        parse_date("2024-11", "day")
    with pytest.raises(UsageError, match="day, month or year"):
        parse_date("2024-11", "week")


@given(st.dates())
def test_iso_text_is_read_back(day: date) -> None:
    asked = parse_iso(day.isoformat())
    assert (asked.day, str(asked), asked.end) == (day, day.isoformat(), day)
    month = asked.known_to("month")
    assert month.day <= day <= month.end
    assert parse_iso(str(month)) == month
    assert parse_iso(str(asked.known_to("year"))) == asked.known_to("year")
