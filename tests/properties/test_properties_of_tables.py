"""Tables: what is written is read again with every value, in every kind of file."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import cell_texts, claims, news, tries

from calc import schema
from calc.claims import read, read_text
from calc.report.render import render
from calc.tables import read_table
from calc.tables.raw import MISSING

KINDS = ("csv", "jsonl", "json", "parquet", "xlsx")


def written(table: pd.DataFrame, kind: str) -> io.BytesIO:
    """The table as pandas writes it."""
    packed = io.BytesIO()
    if kind == "parquet":
        pytest.importorskip("pyarrow")
        table.to_parquet(packed)
    elif kind == "xlsx":
        pytest.importorskip("openpyxl")
        table.to_excel(packed, index=False)
    elif kind == "csv":
        packed.write(table.to_csv(index=False).encode())
    else:
        packed.write(
            table.to_json(
                orient="records", lines=kind == "jsonl", date_format="iso", double_precision=15
            ).encode()
        )
    packed.seek(0)
    return packed


VALUES = ("donor", "recipient", "amount", "currency", "role", "purpose", "source", "claim_id")


@pytest.mark.parametrize("kind", KINDS)
@tries(15)
@given(table=claims())
def test_a_table_keeps_every_value_in_every_kind_of_file(kind: str, table: pd.DataFrame) -> None:
    table = table.assign(published=pd.to_datetime(table["published"]))
    table["amount"] = table["amount"].fillna(5.0)
    again = read_table(written(table, kind), f"a.{kind}")
    assert again.attrs["problems"] == []
    for name in VALUES:
        got = [None if pd.isna(cell) else cell for cell in again[name]]
        want = [None if pd.isna(cell) else cell for cell in table[name]]
        assert got == want, name
    assert again["published"].equals(table["published"].astype(again["published"].dtype))


@pytest.mark.parametrize("form", ["csv", "json"])
@tries(15)
@given(text=news())
def test_claims_that_were_written_are_read_again(form: str, text: str) -> None:
    """What ``read`` prints is a table that ``read`` reads, to the same claims."""
    first = read_text(text, published="2024-11-04")
    content = render(first, form).encode()
    again = read_table(io.BytesIO(content), "claims.csv" if form == "csv" else "claims.jsonl")
    assert again.attrs["problems"] == []
    for name in schema.CLAIMS:
        if name in ("entry", "signs"):
            continue
        got, want = (
            [None if pd.isna(cell) else cell for cell in one[name]] for one in (again, first)
        )
        assert got == want, name


@pytest.mark.parametrize("kind", KINDS)
@tries(12)
@given(cells=st.lists(cell_texts, min_size=1, max_size=5))
def test_a_note_is_kept_letter_by_letter(kind: str, cells: list[str]) -> None:
    # In Excel what begins with "=" is a formula, and "#N/A" is none of the letters in it.
    assume(kind != "xlsx" or not any(cell.startswith(("=", "#")) for cell in cells))
    table = pd.DataFrame({"donor": "Norway", "amount": 5.5, "currency": "EUR", "note": cells})
    again = read_table(written(table, kind), f"a.{kind}")
    assert len(again) == len(cells)
    assert [_said(one) for one in again["note"]] == [_said(one) for one in cells]


def _said(cell: Any) -> str:
    """A cell as a reader of tables sees it: space around it says nothing.

    Nor does what programs write for a cell without a value ("None", "nan").
    """
    return "" if pd.isna(cell) or cell in MISSING else " ".join(str(cell).split())


@tries(20)
@given(
    st.lists(st.decimals("-999999999999", "999999999999", places=2), min_size=1, max_size=6),
    st.sampled_from(KINDS),
)
def test_amounts_are_kept_to_the_cent(amounts: list[Any], kind: str) -> None:
    told = [float(one) for one in amounts]
    table = pd.DataFrame(
        {"donor": "Norway", "recipient": "Ukraine", "amount": told, "currency": "EUR"}
    )
    with_notes = read(written(table, kind), entry="ledger") if kind == "xlsx" else None
    again = read_table(written(table, kind), f"a.{kind}") if with_notes is None else with_notes
    assert again["amount"].tolist() == told
