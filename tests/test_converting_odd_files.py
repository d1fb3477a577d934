"""JSON and text as it comes: blank lines, other lists first, nothing in it, one record too long."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import pledgecalc as pc
from calc.converting import delimited, json_rows
from rates.errors import UnreadableInputError, UsageError

ROW = '{"amount": 5, "currency": "USD", "date": "2024-11-04"}'


def converted(tmp_path: Path, name: str, text: str) -> str:
    path, output = tmp_path / name, tmp_path / f"out_{name}"
    path.write_text(text, encoding="utf-8")
    pc.convert_table(path, "EUR", output=output)
    return output.read_text(encoding="utf-8")


def test_blank_lines_before_and_between_objects_stay(tmp_path: Path) -> None:
    found = converted(tmp_path, "a.jsonl", f"\n \n{ROW}\n\n{ROW}\n")
    lines = found.splitlines()
    assert [bool(line.strip()) for line in lines[-3:]] == [True, False, True]
    assert json.loads(lines[-1])["amount_eur"] == json.loads(lines[-3])["amount_eur"]


def test_the_list_of_objects_may_stand_behind_another(tmp_path: Path) -> None:
    text = f'{{"years": [1, 2],\n"rows": [{ROW}, {ROW}]}}'
    found = json.loads(converted(tmp_path, "a.json", text))
    assert found["years"] == [1, 2]
    assert ["amount_eur" in row for row in found["rows"]] == [True, True]


def test_more_rows_than_a_block_are_all_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_rows, "ROWS", 2)
    for count in (4, 5):  # the last block is full, or not
        found = json.loads(converted(tmp_path, "a.json", f"[{', '.join([ROW] * count)}]"))
        assert [round(float(row["amount_eur"]), 4) for row in found] == [4.5855] * count


def test_objects_within_are_columns_of_their_own(tmp_path: Path) -> None:
    row = '{"value": {"amount": 5, "currency": "USD"}, "date": "2024-11-04"}'
    path = tmp_path / "a.json"
    path.write_text(f"[{row}]", encoding="utf-8")
    output = tmp_path / "out.json"
    pc.convert_table(
        path, "EUR", output=output, amount="value.amount", currency="value.currency", date="date"
    )
    (found,) = json.loads(output.read_text(encoding="utf-8"))
    assert found["value"] == {"amount": 5, "currency": "USD"}
    assert found["rate_date"] == "2024-11-04"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.json", "5", "not valid JSON; a JSON table is a list of objects"),
        ("a.json", '{"a": 1, "b": 2,\n"c": [1]}', "holds no rows"),
        ("a.json", '[1, "{"]', "holds no list of objects"),
        ("a.jsonl", "\n\n", "not valid JSON; a JSON table is a list"),
        ("a.json", "[]", "holds no rows"),
        ("a.csv", "\n \n", "the file is empty"),
    ],
)
def test_a_file_without_rows_is_refused(tmp_path: Path, name: str, text: str, words: str) -> None:
    with pytest.raises(UnreadableInputError, match=words):
        converted(tmp_path, name, text)


def test_a_quote_that_is_never_closed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "MOST_LINES", 5)
    text = 'amount,currency,date\n5,USD,2024-11-04\n6,USD,"2024-11-04\n' + "7,USD,2024-11-04\n" * 9
    with pytest.raises(UnreadableInputError, match="quote"):
        converted(tmp_path, "a.csv", text)


def test_a_page_that_is_named_as_no_table_is_read_as_a_sheet(tmp_path: Path) -> None:
    cells = "<tr><td>5</td><td>USD</td><td>2024-11-04</td></tr>"
    head = "<tr><th>amount</th><th>currency</th><th>date</th></tr>"
    path = tmp_path / "download"
    path.write_text(f"<html><table>{head}{cells}</table></html>", encoding="utf-8")
    output = tmp_path / "out.csv"
    pc.convert_table(path, "EUR", output=output)
    assert output.read_text(encoding="utf-8").splitlines()[1].startswith("5,USD,2024-11-04,4.5854")
    with pytest.raises(UsageError, match=r"old spreadsheets are not written"):
        pc.convert_table(path, "EUR", output=tmp_path / "out.xls")
