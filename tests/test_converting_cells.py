"""What a currency cell and the sign beside an amount say together; dates in two columns."""

from __future__ import annotations

import importlib.util

import pandas as pd
import pytest

import pledgecalc as pc
from calc.converting.cells import plain_numbers


@pytest.mark.parametrize(
    ("currency", "amount", "euros"),
    [
        ("dollars", "C$5", 3.30),  # a dollar, and it says which
        ("kr", "SEK 5", 0.43),
        ("USD", "$5", 4.59),
        ("INR", "5 crore", 545149.26),
    ],
)
def test_a_sign_says_which_of_several_is_meant(currency: str, amount: str, euros: float) -> None:
    frame = pd.DataFrame({"Date": ["2024-11-04"], "Amount": [amount], "Currency": [currency]})
    assert pc.convert_table(frame, "EUR")["amount_eur"].round(2).tolist() == [euros]


@pytest.mark.parametrize(
    ("currency", "amount", "note"),
    [
        ("$", "€5", "the amount says EUR, the currency of its row is USD"),
        ("kr", "$5", "the amount says USD, the currency of its row is SEK"),
        ("kronor", "kr 5", "the currency may be SEK or NOK or DKK or ISK"),
        ("kroner", "5", "the currency may be NOK or DKK"),
        ("XQX", "$5", "XQX is not a currency"),
        ("EUR", "5 crore", "the amount counts in crore or lakh, which EUR does not"),
    ],
)
def test_what_does_not_go_together_gives_no_amount(currency: str, amount: str, note: str) -> None:
    frame = pd.DataFrame({"Date": ["2024-11-04"], "Amount": [amount], "Currency": [currency]})
    found = pc.convert_table(frame, "EUR")
    assert found["amount_eur"].isna().all()
    assert note in found["rate_note"][0]


def test_the_header_settles_a_word_and_contradicts_a_code() -> None:
    rows = {"Date": ["2024-11-04"] * 2, "Amount (USD)": ["5", "6"], "Currency": ["dollars", "SEK"]}
    found = pc.convert_table(pd.DataFrame(rows), "EUR")
    assert found["amount_eur"].round(2)[0] == 4.59
    assert found["rate_note"][1] == "the header says USD, the currency of the row is SEK"


def test_a_month_beside_a_year_is_a_name_or_a_number() -> None:
    rows = {
        "Year": ["2024", "2024", ""],
        "Month": ["November", "5", "x"],
        "Amount": ["5", "6", "7"],
        "Currency": ["USD"] * 3,
    }
    found = pc.convert_table(pd.DataFrame(rows), "EUR", policy="month-end")
    assert found["rate_date"].astype(str).tolist()[:2] == ["2024-11-29", "2024-05-31"]
    assert found["rate_note"][2] == "the date is missing"


@pytest.mark.parametrize("decimal", [None, ".", ","])
def test_numbers_are_the_same_without_pyarrow(
    monkeypatch: pytest.MonkeyPatch, decimal: str | None
) -> None:
    cells = ["1,250.5", "7", "$5", "1.250", "-3", "1,2,3", ""]
    pytest.importorskip("pyarrow")
    quick = [str(one) for one in plain_numbers(cells, decimal, False)]
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert [str(one) for one in plain_numbers(cells, decimal, False)] == quick
    assert quick[1::3] == ["7.0", "-3.0"]
