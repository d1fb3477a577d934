"""Series of pandas and single amounts through one name: what counts for every row, what is said."""

from __future__ import annotations

import pandas as pd
import pytest

import pledgecalc as pc
from rates.frames.series import convert_series

AMOUNTS = pd.Series([10.0, 20.0], index=[4, 2])


def test_a_single_amount_stays_one() -> None:
    assert str(pc.convert("10", "USD", "EUR", on="2024-11-04")).startswith("10 USD = 9.17")


def test_one_currency_and_one_day_count_for_every_row() -> None:
    found = pc.convert(AMOUNTS, "USD", "EUR", on="2024-11-04")
    assert found.name == "amount_eur"
    assert found.round(2).to_dict() == {4: 9.17, 2: 18.34}


def test_one_amount_has_a_currency_in_every_row() -> None:
    found = convert_series(10, pd.Series(["USD", "EUR"]), "EUR", on="2024-11-04")
    assert found.round(2).tolist() == [9.17, 10.0]


def test_without_a_day_the_newest_rates_count() -> None:
    newest = pc.convert(10, "USD", "EUR")
    assert pc.convert(AMOUNTS, "USD", "EUR")[4] == pytest.approx(float(newest.amount))


def test_rows_without_a_result_are_told() -> None:
    with pytest.warns(UserWarning, match=r"1 of 2 rows have no result, most because: "):
        found = pc.convert(AMOUNTS, pd.Series(["USD", "XXL"], index=[4, 2]), "EUR", "2024-11-04")
    assert found.isna().tolist() == [False, True]


def test_what_does_not_belong_together_is_refused() -> None:
    with pytest.raises(pc.UsageError, match="the currency Series has another index"):
        pc.convert(AMOUNTS, pd.Series(["USD", "USD"]), "EUR", on="2024-11-04")
    with pytest.raises(pc.UsageError, match="precision= is for single amounts"):
        pc.convert(AMOUNTS, "USD", "EUR", on="2024-11-04", precision="month")
    with pytest.raises(pc.UsageError, match="needs a pandas Series"):
        convert_series(10, "USD", "EUR")
