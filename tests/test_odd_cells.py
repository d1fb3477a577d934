"""Cells that no amount of money has: they cost themselves alone, and say why."""

from __future__ import annotations

import io
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from odd_columns import ODD

import cli
from calc.checks import check
from calc.claims import read
from calc.converting import convert_table
from calc.reconcile import reconcile
from calc.report.page.written import page
from calc.report.render import render
from calc.tables import read_table
from calc.tables.texts import texts_of
from calc.values.intervals import printed_number
from rates.errors import UnreadableInputError, UsageError

HEADER = "donor,recipient,amount,currency,published\n"


def table(rows: str, header: str = HEADER) -> pd.DataFrame:
    return read_table(io.StringIO(header + rows), "a.csv")


def told(claims: pd.DataFrame) -> list[str]:
    return [problem["message"] for problem in claims.attrs["problems"]]


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("90000000000000000000000000000", "24 digits"),
        ("-90000000000000000000000000000", "24 digits"),
        ("1e29", "24 digits"),
        ("1e400", "24 digits"),
        ("1e999", "24 digits"),
        ("1e-400", "nearer to nothing"),
    ],
)
def test_an_amount_of_no_size_that_money_has_is_open_and_the_rest_is_summed(
    cell: str, why: str
) -> None:
    claims = table(f"Norway,Ukraine,{cell},EUR,2024-11-04\nSweden,Ukraine,5000000,EUR,2024-11-04\n")
    assert claims["amount"].isna().tolist() == [True, False]
    (problem,) = told(claims)
    assert "row 2" in problem
    assert cell in problem
    assert why in problem
    total = reconcile(claims, "EUR").total()
    assert (total.low, total.high) == (5e6, 5e6)


def test_a_unit_that_makes_an_amount_too_large_opens_it() -> None:
    claims = read_table(io.StringIO(f"donor,amount (EUR million)\nNorway,{'9' * 20}\n"), "a.csv")
    assert math.isnan(claims["amount"][0])
    assert "24 digits" in told(claims)[0]


@pytest.mark.parametrize("size", [1e25, 1e300, math.inf, 1e-13, 5e-324])
def test_a_frame_of_the_caller_with_such_an_amount_reconciles(size: float) -> None:
    frame = pd.DataFrame(
        {
            "donor": ["Norway", "Sweden"],
            "recipient": ["Ukraine", "Ukraine"],
            "published": ["2024-11-04", "2024-11-04"],
            "amount": [size, 5e6],
            "currency": ["EUR", "EUR"],
        }
    )
    total = reconcile(frame, "EUR").total()
    assert (total.low, total.high) == (5e6, 5e6)


@pytest.mark.parametrize("size", [math.inf, 1e308])
def test_a_stated_conversion_of_such_an_amount_is_no_error(size: float) -> None:
    rows = {"claim_id": ["a", "b"], "amount": [size, 5e6], "currency": ["EUR", "USD"]}
    frame = pd.DataFrame({**rows, "conversion_of": [None, "a"], "published": ["2024-11-04"] * 2})
    assert len(check(frame)) <= 1


def test_numbers_that_are_not_printed_are_taken_as_they_are() -> None:
    assert printed_number(1e27).amount == Decimal(10) ** 27
    assert printed_number(Decimal("1E-20")).ulp == Decimal("1E-20")
    for size in (math.inf, math.nan, 1e300):
        with pytest.raises(UsageError, match="not an amount"):
            printed_number(size)


@pytest.mark.parametrize(
    ("more", "cells", "why"),
    [
        ("amount_low", "5000000,9000000", "less than amount_low 9000000"),
        ("amount_high", "5000000,4000000", "less than amount 5000000"),
    ],
)
def test_a_row_that_contradicts_itself_is_open(more: str, cells: str, why: str) -> None:
    header = f"donor,recipient,amount,{more},currency,published\n"
    claims = table(f"Norway,Ukraine,{cells},EUR,2024-11-04\n", header)
    assert why in told(claims)[0]
    assert math.isnan(claims["amount"][0])
    total = reconcile(claims, "EUR").total()
    assert math.isnan(total.low) or total.low == 0
    assert len(total.excluded) == 1


def test_low_and_high_bounds_that_cross_are_open() -> None:
    rows = "donor,recipient,amount,low,high,currency\nNorway,Ukraine,,9000000,4000000,EUR\n"
    own = {"amount_low": "low", "amount_high": "high"}
    claims = read_table(io.StringIO(rows), "a.csv", columns=own)
    assert "less than amount_low" in told(claims)[0]
    assert math.isnan(claims["amount_low"][0])


def test_bounds_that_count_in_the_unit_of_their_amount_hold_it() -> None:
    header = "donor,recipient,amount (EUR million),amount_low,amount_high,published\n"
    claims = table("Norway,Ukraine,5,4,6,2024-11-04\n", header)
    assert not told(claims)
    assert claims[["amount_low", "amount", "amount_high"]].to_numpy().tolist() == [[4e6, 5e6, 6e6]]


def test_a_frame_whose_bounds_contradict_the_amount_counts_nothing_of_it() -> None:
    frame = pd.DataFrame(
        {
            "donor": ["Norway"],
            "recipient": ["Ukraine"],
            "published": ["2024-11-04"],
            "amount": [5e6],
            "amount_low": [9e6],
            "currency": ["EUR"],
        }
    )
    total = reconcile(frame, "EUR").total()
    assert math.isnan(total.low) or total.low == 0


def test_one_such_cell_costs_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway gave Ukraine 5 million euros.", encoding="utf-8")
    rows = "X,Y,1e400,EUR,2024-11-04\n"
    (tmp_path / "m.csv").write_text(HEADER + rows, encoding="utf-8")
    with pytest.warns(UserWarning, match=r"m\.csv, row 2"):
        claims = read(tmp_path, published="2024-11-04")
    assert reconcile(claims, "EUR").total(donor="Norway").low == pytest.approx(5e6)


# Columns that no sheet of paper has: each is read, or left out in words.


def written(path: Path, columns: dict[str, Any]) -> Path | None:
    """The columns as a file of the kind that its ending names, None where it has no such kind."""
    pa = pytest.importorskip("pyarrow")
    table = pa.table(columns)
    try:
        if path.suffix == ".parquet":
            pytest.importorskip("pyarrow.parquet").write_table(table, path)
        else:
            kind = pa.ipc.new_stream if path.name == "stream.arrow" else pa.ipc.new_file
            with kind(str(path), table.schema) as file:
                file.write_table(table)
    except (pa.ArrowException, NotImplementedError):
        return None
    return path


def good_columns(pa: Any) -> dict[str, Any]:
    return {
        "donor": pa.array(["Norway", "Sweden", "Finland"]),
        "amount": pa.array([5, 6, 7]),
        "currency": pa.array(["EUR"] * 3),
        "published": pa.array(["2024-11-04"] * 3),
    }


@pytest.mark.parametrize("name", ["a.parquet", "a.arrow", "stream.arrow"])
@pytest.mark.parametrize("kind", ODD)
def test_every_kind_of_column_is_read_or_left_out_in_words(
    tmp_path: Path, kind: str, name: str
) -> None:
    pa = pytest.importorskip("pyarrow")
    odd = ODD[kind]
    path = written(tmp_path / name, {**good_columns(pa), "odd": odd.made(pa)})
    if path is None:
        pytest.skip("Parquet has no such kind")
    claims = read_table(path)
    assert claims["amount"].tolist() == [5, 6, 7]
    if odd.texts is None:
        assert "odd" not in claims
    else:
        assert texts_of(claims[odd.within]) == odd.texts
    assert all(name in one and "column 'odd'" in one and odd.told in one for one in told(claims))
    assert len(told(claims)) == bool(odd.told)
    for form in ("json", "csv", "markdown", "table"):
        assert render(claims, form)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("own", ["amount", "donor", "published", "currency"])
def test_no_kind_of_column_stops_a_folder(tmp_path: Path, own: str) -> None:
    pa = pytest.importorskip("pyarrow")
    (tmp_path / "a.txt").write_text("Norway gave Ukraine 5 million euros.", encoding="utf-8")
    for number, odd in enumerate(ODD.values()):
        columns = {**good_columns(pa), own: odd.made(pa)}
        for suffix in ("parquet", "arrow"):
            written(tmp_path / f"{number}.{suffix}", columns)
    claims = read(tmp_path, published="2024-11-04")
    assert "a.txt" in set(claims["source"])
    assert not [one for one in told(claims) if "fault of pledgecalc" in one]
    reconcile(claims, "EUR").total()


def test_a_table_without_the_column_that_was_left_out_says_so(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    columns = {**good_columns(pa), "amount": pa.array([b"\xff", b"\xfe", None])}
    path = written(tmp_path / "a.parquet", columns)
    with pytest.raises(UnreadableInputError, match=r"(?s)a\.parquet.*column 'amount': bytes"):
        read(path or "")


@pytest.mark.parametrize("kind", ODD)
def test_every_kind_of_column_is_copied_beside_converted_amounts(tmp_path: Path, kind: str) -> None:
    pa = pytest.importorskip("pyarrow")
    odd = ODD[kind].made(pa)
    path = written(tmp_path / "a.parquet", {**good_columns(pa), "odd": odd})
    if path is None:
        pytest.skip("Parquet has no such kind")
    out = tmp_path / "out.parquet"
    assert cli.main(["convert", str(path), "--to", "USD", "-o", str(out)]) == 0
    parquet = pytest.importorskip("pyarrow.parquet")
    before, after = (parquet.read_table(one) for one in (path, out))
    assert str(after.column("odd")) == str(before.column("odd"))
    assert after.column("amount_usd").null_count == 0
    for name in ("out.csv", "out.jsonl"):
        out = tmp_path / name
        assert cli.main(["convert", str(path), "--to", "USD", "-o", str(out)]) == 0
        assert "5.45" in out.read_text(encoding="utf-8")
    assert len(convert_table(path, "USD")) == 3


@pytest.mark.parametrize("own", ["amount", "currency", "published"])
@pytest.mark.parametrize("kind", ODD)
def test_no_kind_of_column_is_a_fault_where_it_is_converted(
    tmp_path: Path, kind: str, own: str
) -> None:
    pa = pytest.importorskip("pyarrow")
    path = written(tmp_path / "a.parquet", {**good_columns(pa), own: ODD[kind].made(pa)})
    if path is None:
        pytest.skip("Parquet has no such kind")
    words = ["convert", str(path), "--to", "USD", "--columns", "amount=amount,date=published"]
    assert cli.main([*words, "-o", str(tmp_path / "out.parquet")]) in (0, 2, 3)
    assert cli.main([*words, "-o", str(tmp_path / "out.csv")]) in (0, 2, 3)


def test_nested_rows_read_alike_from_json_and_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    rows = [
        {"donor": "Norway", "pledge": {"amount": 5.0, "currency": "EUR"}, "tags": ["a", "b"]},
        {"donor": "Sweden", "pledge": {"amount": 6.0, "currency": "SEK"}, "tags": []},
    ]
    (tmp_path / "a.json").write_text(json.dumps(rows), encoding="utf-8")
    table = pa.Table.from_pylist(rows)
    pytest.importorskip("pyarrow.parquet").write_table(table, tmp_path / "a.parquet")
    first, second = (read_table(tmp_path / f"a.{one}") for one in ("json", "parquet"))
    shown = ["donor", "amount", "currency"]
    assert first[shown].to_numpy().tolist() == second[shown].to_numpy().tolist()
    assert second["currency"].tolist() == ["EUR", "SEK"]


def test_the_labels_of_a_frame_are_a_column_where_they_have_a_name(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"donor": ["Norway"], "amount": [5], "currency": ["EUR"]})
    frame.set_index("donor").to_parquet(tmp_path / "a.parquet")
    frame[frame["amount"] > 4].iloc[::-1].to_parquet(tmp_path / "b.parquet")
    for name in ("a.parquet", "b.parquet"):
        claims = read_table(tmp_path / name)
        assert claims["donor"].tolist() == ["Norway"]
        assert not [one for one in claims.columns if "index" in str(one)]


def test_a_list_in_a_cell_is_its_text() -> None:
    """A list compares cell by cell: asked whether it is missing, it cannot say."""
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame({"donor": ["Norway", "Sweden"], "amount": [5.0, 7.0], "currency": "EUR"})
    packed = io.BytesIO()
    tags: Any = [[], ["a", "b"]]
    frame.assign(tags=tags).to_parquet(packed)
    packed.seek(0)
    claims = read_table(packed, "a.parquet")
    assert claims["amount"].tolist() == [5.0, 7.0]
    assert claims["tags"].tolist()[1] == "a|b"


def test_the_page_of_a_register_without_pledges_is_written() -> None:
    """Of no pledges a list of truths is empty, and chose no column."""
    claims = read_table(io.StringIO("donor,amount,role\nNorway,-10,target\n"), "a.csv")
    assert "<html" in page(reconcile(claims.assign(entry="ledger")))
