"""Amounts in the prices of another year: no rate of a day turns them into money."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from one_text import reconciled

import cli
import pledgecalc as pc

CONSTANT = "Norway gave Kenya $5 billion in constant 2021 dollars, the ministry said."


@pytest.mark.parametrize(
    "words",
    [
        "$5 billion in constant 2021 dollars",
        "$5 billion (constant 2021 US dollars)",
        "$5 billion in 2021 prices",
        "5 billion dollars in real terms",
        "an inflation-adjusted $5 billion",
        "5 billion 2021 dollars",
        "5 billion constant 2021 US dollars",
        "about 5 billion in 2010 US$",
    ],
)
def test_an_amount_in_constant_prices_is_never_converted_at_the_rate_of_a_day(words: str) -> None:
    result = reconciled(f"Norway gave Kenya {words}, the ministry said.")
    assert result.pledges["amount"].tolist() == [5e9]
    assert result.pledges["amount_eur"].isna().all()
    assert result.claims["amount_eur"].isna().all()
    assert "constant prices" in result.pledges["explanation"][0]
    assert not len(result.total().included)


@pytest.mark.parametrize(
    "words",
    [
        "$5 billion in 2021",
        "$5 billion, 7% less in real terms than before",
        "$5 billion in today's dollars",
    ],
)
def test_what_is_no_amount_in_constant_prices_is_converted(words: str) -> None:
    result = reconciled(f"Norway gave Kenya {words}, the ministry said.", published="2024-04-04")
    assert result.pledges["amount_eur"].notna().all()


def test_the_year_of_the_prices_is_no_day_of_the_money() -> None:
    first = pc.read_text("In 2021 prices, the United Kingdom gave Ukraine 5 billion pounds.")
    assert first["value_date"].isna().all()
    both = pc.read_text("The United States gave Kenya 12 million 2010 US dollars in 2012.")
    assert both["value_date"].dt.year.tolist() == [2012]
    assert both["text"].tolist() == ["12 million"]
    act = pc.read_text("In 2015 USD 5 million were given to Kenya by Norway.")
    assert act["value_date"].dt.year.tolist() == [2015]


def test_constant_prices_of_one_sum_leave_the_next_one_alone() -> None:
    result = reconciled(
        "Norway gave Kenya 5 million euros at 2015 prices and Haiti 3 million euros."
    )
    by_amount = dict(zip(result.pledges["amount"], result.pledges["amount_eur"], strict=True))
    assert pd.isna(by_amount[5e6])
    assert by_amount[3e6] == 3e6


def test_a_table_whose_header_says_constant_prices_is_not_converted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "oda.csv"
    path.write_text(
        "Donor,Recipient,Date,Amount (constant 2021 USD million)\nNorway,Kenya,2023-05-01,12.5\n",
        encoding="utf-8",
    )
    for entry in ("report", "ledger"):
        result = pc.reconcile(pc.read(path, entry=entry))
        assert result.claims["said"].tolist() == ["constant-prices"]
        assert result.pledges["amount_eur"].isna().all()
        assert not result.total().high > 0
    cli.main(["convert", str(path), "--to", "EUR"])
    assert "prices of another year" in capsys.readouterr().err


def test_a_stated_conversion_of_constant_prices_is_untestable() -> None:
    text = "Norway gave Kenya 5 billion kroner ($500 million), the ministry said."
    claims = pc.read_text(text, published="2025-04-04")
    claims.loc[claims["currency"] == "NOK", "said"] = "constant-prices"
    checks = pc.check(claims)
    assert checks["verdict"].tolist() == ["untestable"]
    assert "constant prices" in checks["explanation"][0]


def test_the_hand_over_has_the_shape_that_pydeflate_takes() -> None:
    text = "Norway pledged 90 million kroner to Chad. " + CONSTANT
    table = pc.to_pydeflate(reconciled(text, "USD"))
    assert table[["iso_code", "year", "currency"]].values.tolist() == [["NOR", 2025, "USD"]]
    assert table["year"].dtype == "int64"
    assert table["value"].dtype == "float64"
    (left,) = table.attrs["left_out"]
    assert "prices of 2021 already" in left["why"]


def test_what_has_no_one_country_is_not_handed_over() -> None:
    table = pc.to_pydeflate(reconciled("The European Union will give Chad 9 million euros.", "USD"))
    assert not len(table)
    assert "the donor is European Union" in table.attrs["left_out"][0]["why"]
