"""Workbooks converted in place: currencies in number formats, several sheets, odd cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pledgecalc as pc
from calc.tables import read_table
from rates.errors import UnreadableInputError, UsageError

openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
EUROS, CROWNS = "[$€-407] #,##0.00", '#,##0 "SEK"'
DAY = dt.date(2024, 11, 4)


def book(path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]], formats: dict[str, str]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for cell, code in formats.items():
        made.worksheets[0][cell].number_format = code
    made.save(path)
    return path


def column(path: Path, sheet: str, name: str) -> list[Any]:
    rows = list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))
    place = rows[0].index(name)
    return [row[place] for row in rows[1:]]


def test_the_currency_of_the_number_format_is_converted(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Date", "Amount"], [DAY, 5], [DAY, 6.5], [None, None], [DAY, 7]]
    path = book(tmp_path / "a.xlsx", ("Aid", rows), formats={"B2": EUROS, "B3": CROWNS})
    pc.convert_table(path, "EUR", output=tmp_path / "b.xlsx")
    found = column(tmp_path / "b.xlsx", "Aid", "amount_eur")
    assert found[0] == 5
    assert 0.5 < found[1] < 0.6
    assert found[2:] == [None, None]  # a blank row, and a number without a currency


def test_a_column_of_currencies_wins_over_the_number_format(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Date", "Amount", "Currency"], [DAY, 5, "USD"], [DAY, 6.5, "USD"]]
    path = book(tmp_path / "a.xlsx", ("Aid", rows), formats={"B2": EUROS, "B3": EUROS})
    pc.convert_table(path, "USD", output=tmp_path / "b.xlsx")
    assert column(tmp_path / "b.xlsx", "Aid", "amount_usd") == [5, 6.5]
    assert read_table(path)["currency"].tolist() == ["USD", "USD"]


def test_of_several_sheets_one_is_converted_and_the_others_are_named(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Date", "Amount", "Currency"], [DAY, 5, "USD"]]
    path = book(tmp_path / "a.xlsx", ("Aid", rows), ("Loans", rows), formats={})
    out = tmp_path / "b.xlsx"
    pc.convert_table(path, "USD", output=out)
    assert column(out, "Aid", "amount_usd") == [5]
    assert openpyxl.load_workbook(out)["Loans"].max_column == 3
    pc.convert_table(path, "USD", output=out, sheet="Loans")
    assert column(out, "Loans", "amount_usd") == [5]
    with pytest.raises(UnreadableInputError, match=r"no sheet 'Grants'; it has Aid, Loans"):
        pc.convert_table(path, "USD", output=out, sheet="Grants")


def test_a_sheet_without_amounts_says_what_would_do(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("Aid", [["Date", "Donor"], [DAY, "Norway"]]), formats={})
    with pytest.raises((UnreadableInputError, UsageError), match="amount"):
        pc.convert_table(path, "USD", output=tmp_path / "b.xlsx")


def test_times_and_durations_are_kept_as_words_and_blank_rows_left_out(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Donor", "Amount", "Currency", "Length"],
        ["Norway", 5, "USD", dt.timedelta(hours=30)],
        [None, None, None, None],
        ["Sweden", 6, "USD", dt.time(12, 30)],
    ]
    claims = read_table(book(tmp_path / "a.xlsx", ("Aid", rows), formats={}))
    assert claims["amount"].tolist() == [5, 6]
    assert claims["Length"].map(type).tolist() == [str, str]


def test_the_ending_says_the_format(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("date,amount,currency\n2024-11-04,5,USD\n,,\n", encoding="utf-8")
    for name in ("b.tsv", "b.xlsx", "b.parquet", "b.jsonl"):
        pc.convert_table(path, "USD", output=tmp_path / name)
    assert (tmp_path / "b.tsv").read_text(encoding="utf-8").splitlines()[1].split("\t")[3] == "5"
    assert column(tmp_path / "b.xlsx", "Sheet1", "amount_usd")[0] == 5
    assert pd.read_parquet(tmp_path / "b.parquet")["amount_usd"].tolist()[0] == 5


def test_a_frame_of_numbers_and_days_is_converted_as_it_is() -> None:
    frame = pd.DataFrame(
        {
            "date": pd.Series(["2024-11-04", None]).astype("datetime64[ns]"),
            "amount": [5, 6],
            "currency": ["USD", "USD"],
            "flag": [True, False],
        }
    )
    found = pc.convert_table(frame, "USD")
    assert found["amount_usd"].tolist()[0] == 5
    assert frame.columns.tolist() == ["date", "amount", "currency", "flag"]
