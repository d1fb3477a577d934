"""The first and the last day of the calendar, and numbers without end: a message, no traceback."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from rates.conversion import convert, rate
from rates.errors import PledgecalcError, UsageError
from rates.policies import parse_policy

DAYS = ["0001-01-01", "0001-01", "0001", "9999-12-31", "9999-12", "9999"]
POLICIES = [
    *("spot", "month-avg", "year-avg", "month-end", "inforeuro", "hmrc-month", "hmrc-year"),
    *("hmrc-spot", "closing", "window-avg:0001..9999", "window-avg:0001..0001", "fixed:0001-01-01"),
    *("fixed:9999-12-31", "fixed:9999"),
]


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("pair", [("EUR", "USD"), ("KES", "XOF"), ("DEM", "UAH"), ("TRY", "ROL")])
def test_no_day_and_no_policy_leave_the_calendar(
    day: str, policy: str, pair: tuple[str, str]
) -> None:
    try:
        found = rate(*pair, on=day, policy=policy)
    except PledgecalcError:
        return
    assert found.amount > 0


def test_the_first_month_has_none_before_it() -> None:
    with pytest.raises(PledgecalcError, match="needs the month before; the rates begin on 1999"):
        rate("EUR", "USD", on="0001-01-01", policy="inforeuro")


@pytest.mark.parametrize("number", ["1e999999", "1e-999999", "1" * 5_000, "1e25"])
def test_a_fixed_rate_without_end_is_refused_in_one_line(number: str) -> None:
    with pytest.raises(UsageError, match="is not a fixed rate") as caught:
        parse_policy(f"fixed:USD={number}")
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("amount", [Decimal("1e999999"), Decimal("1e-999999"), 10**500, 1e308])
def test_an_amount_without_end_is_refused_in_one_line(amount: object) -> None:
    with pytest.raises(UsageError, match="is not an amount") as caught:
        convert(amount, "EUR", "USD")  # type: ignore[arg-type]
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("missing", [pd.NA, pd.NaT, float("nan")])
def test_a_missing_day_is_said_to_be_missing(missing: object) -> None:
    with pytest.raises(UsageError, match="the date is missing"):
        convert(1, "EUR", "USD", on=missing)
