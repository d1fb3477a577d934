"""Values that no table of ours has often: in JSON, in a sheet, in a cell, in a picture's data."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cli
import pledgecalc as pc
from calc.report import grids, json_lines, spreadsheet
from calc.report.cells import short
from calc.report.grids import Grid
from calc.report.render import render
from calc.verbs import completion
from calc.verbs.screen import SUBSTITUTED
from rates.errors import UsageError

Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        ("gap_pct", float("inf"), None),
        ("high", Decimal("-Infinity"), None),
        ("gap_pct", Decimal("1.50"), "1.5"),
        ("amount", np.float64(5e6), "5000000"),
        ("rows", np.int64(7), 7),
        ("rows", 7.0, 7),
        ("share", np.float64(0.25), 0.25),
        ("text", Path("a/b"), "a/b"),
        ("text", Fraction(1, 3), "1/3"),
        ("told", dt.datetime(2024, 11, 4, 10, 30), "2024-11-04T10:30:00"),
        ("told", dt.datetime(2024, 11, 4), "2024-11-04"),
    ],
)
def test_a_value_of_any_type_has_a_place_in_json(column: str, value: Any, shown: Any) -> None:
    assert json_lines.value_of(column, value) == shown
    assert json.loads(json_lines.line({column: value})) == {column: shown}


def test_a_sheet_that_would_be_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openpyxl", reason="no openpyxl (extra: excel)")
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 2)
    rows = [(1.0,)] * 3
    with pytest.raises(UsageError, match=r"3 rows are more than a sheet holds \(2\)"):
        spreadsheet.spreadsheet([Grid("rows", ("amount",), rows)])
    assert spreadsheet.spreadsheet([Grid("rows", ("amount",), rows[:2])])


def test_sheets_hold_records_and_may_be_empty(tmp_path: Path) -> None:
    pytest.importorskip("openpyxl", reason="no openpyxl (extra: excel)")
    book = tmp_path / "a.xlsx"
    told = {"name": "Norway", "amount": None}
    book.write_bytes(
        spreadsheet.spreadsheet([Grid("none", (), []), Grid("rows", ("a", "b"), [(told, 1)])])
    )
    sheets = pd.read_excel(book, sheet_name=None, engine="openpyxl")
    assert list(sheets) == ["none", "rows"]
    assert sheets["rows"]["a"].str.strip().tolist() == ["Norway"]


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), Decimal("-Infinity")])
def test_what_is_no_number_is_an_empty_cell(value: Any) -> None:
    assert short(value, "EUR") == ""


def test_a_conversion_can_be_shown_in_every_format() -> None:
    found = pc.convert("683m", "EUR", "USD", on="2024-11-04")
    (grid,) = grids.grids(found)
    assert grid.name == "conversion"
    record = dict(zip(grid.columns, *grid.rows, strict=True))
    assert record == found.to_dict()
    assert str(found).split()[0] in render(found, "table")
    with pytest.raises(TypeError, match="no report for"):
        grids.grids(object())


def test_a_shell_that_the_library_lacks_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    shtab = pytest.importorskip("shtab", reason="no shtab (extra: completion)")
    monkeypatch.setattr(shtab, "SUPPORTED_SHELLS", ("bash",))
    with pytest.raises(UsageError, match="writes nothing for fish"):
        completion.script("fish")


def test_only_what_cannot_be_printed_is_substituted() -> None:
    assert "a → b".encode("ascii", SUBSTITUTED) == b"a -> b"
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", SUBSTITUTED)


def test_constants_without_a_value_are_refused(capsys: Output, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("donor,amount\nNorway,5\n", encoding="utf-8")
    assert cli.main(["read", str(path), "--set", "currency="]) == 2
    assert "write it as currency=USD,unit=million" in capsys.readouterr().err


def test_of_many_notes_on_inputs_the_first_are_shown(capsys: Output, tmp_path: Path) -> None:
    for at in range(14):
        table = f"Geber,value,currency,value-date,recipient\nNorway,{at}5,EUR,2024-01-02,Chad\n"
        (tmp_path / f"{at:02}.csv").write_text(table, encoding="utf-8")
    cli.main(["read", str(tmp_path)])
    err = capsys.readouterr().err
    assert "more notes on inputs are in attrs['documents'] of the claims" in err
    assert err.count("columns read as") == 10


def test_only_the_claims_that_a_person_should_look_at(capsys: Output, tmp_path: Path) -> None:
    table = (
        "donor,recipient,amount,currency,published\nNorway,Chad,5,EUR,2024-01-02\n"
        ",Chad,6,EUR,2024-01-02\nNorway,Chad,7,,2024-01-02\n"
    )
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    (tmp_path / "b.csv").write_text("\n".join(table.splitlines()[:2]) + "\n", encoding="utf-8")
    cli.main(["read", str(tmp_path), "--only", "problems", "--json", "--quiet"])
    found = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert {one["amount"] for one in found if one.get("claim_id")} == {"6"}
    cli.main(["read", str(tmp_path), "--only", "problems", "--quiet"])
    assert "b.csv" not in capsys.readouterr().out
