"""Hostile input, small: what is said of it. `make hostile` reads it at full size, within bounds."""

from __future__ import annotations

import json
import os
import re
import socket
from itertools import pairwise
from pathlib import Path

import pytest
from hostile_inputs import HOSTILE, TEXTS

import cli
from calc.claims import read, read_text, reading
from calc.decisions import read_decisions
from calc.documents import pages
from calc.figures import figures
from calc.report.delimited import neutral
from calc.report.render import render
from calc.tables import raw
from rates.errors import PledgecalcError, UnreadableInputError

SMALL = 20_000
Output = pytest.CaptureFixture[str]
FORMATS = ("table", "json", "csv", "markdown")
# What a terminal obeys, or turns the direction of text.
_RANGES = (range(9), range(11, 32), range(127, 160), range(0x202A, 0x202F), range(0x2066, 0x206A))
OBEYED = {chr(code) for codes in _RANGES for code in codes} - {"\r"}


def command(capsys: Output, *words: str) -> tuple[int, str, str]:
    code = cli.main(words)
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert "fault of pledgecalc" not in told.err
    assert "a bug in" not in told.err
    return code, told.out, told.err


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_in_words(
    tmp_path: Path, capsys: Output, name: str
) -> None:
    hostile = HOSTILE[name]
    path = tmp_path / hostile.name
    path.write_bytes(hostile.made(min(hostile.full, SMALL)))
    code, out, err = command(capsys, "read", str(path), "--json")
    assert code in (0, 2)
    assert not OBEYED.intersection(out + err)
    assert all(len(line) < 1_500 for line in err.splitlines())
    if code == 2:
        assert hostile.name in err


def test_more_amounts_than_a_text_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_FIGURES", 100)
    with pytest.raises(UnreadableInputError, match="101 amounts in one text, more than 100"):
        read_text("$1 million " * 101)


def test_more_tags_than_a_page_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_TAGS", 100)
    (tmp_path / "a.html").write_text("<html>" + "<p>" * 100)
    with pytest.raises(UnreadableInputError, match="101 tags"):
        read(tmp_path / "a.html")


@pytest.mark.parametrize("name", ["a.csv", "a.json", "a.parquet"])
def test_more_columns_than_a_table_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(raw, "MOST_COLUMNS", 10)
    row = {"donor": "Norway", "amount": "5 EUR", **{f"c{number}": "x" for number in range(9)}}
    path = tmp_path / name
    if name == "a.csv":
        path.write_text(",".join(row) + "\n" + ",".join(row.values()) + "\n")
    elif name == "a.json":
        path.write_text(json.dumps([row]))
    else:
        pyarrow = pytest.importorskip("pyarrow")
        table = pyarrow.Table.from_pylist([row])
        pytest.importorskip("pyarrow.parquet").write_table(table, path)
    with pytest.raises(UnreadableInputError, match="11 columns, more than the 10 that are read"):
        read(path)


def test_blank_columns_far_to_the_right_are_left_out(tmp_path: Path) -> None:
    commas = "," * 6_000
    rows = f"donor,amount{commas}\r\nNorway,5 EUR{commas}\r\nSweden,6 EUR\r\n"
    (tmp_path / "a.csv").write_text(rows, newline="")
    claims = read(tmp_path / "a.csv")
    assert claims["amount"].tolist() == [5, 6]
    assert len(claims.columns) < 60


def test_figures_of_hostile_texts_are_in_place_and_apart() -> None:
    for unit in TEXTS.values():
        text = unit * (2_000 // len(unit) or 1) + " $8B$2 $3T$4T US$1B€2m "
        found = figures(text)
        assert all(text[one.start : one.end] == one.text for one in found)
        assert all(a.end <= b.start for a, b in pairwise(found))


# Nothing of a source is run, fetched, or printed raw.

SPELLS = [
    "\x1b]0;owned\x07\x1b[31mred\x1b[2J",
    "\u202e5 million euros\u202c",
    "\u2066hidden\u2069",
    "\x9b31m",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "](javascript:alert(1))",
    "`|$(rm -rf ~)`",
]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("verb", ["read", "check", "reconcile", "total"])
def test_nothing_of_a_source_is_printed_raw(
    tmp_path: Path, capsys: Output, form: str, verb: str
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    header = "donor,recipient,amount,currency,published,purpose,publisher\n"
    quoted = ['"' + spell.replace('"', '""') + '"' for spell in SPELLS]
    rows = "".join(f"{q},{q},5000000,EUR,2024-11-04,{q},{q}\n" for q in quoted)
    (folder / "a\x1b[31m\u202eb.csv").write_text(header + rows, encoding="utf-8", newline="")
    for number, spell in enumerate(SPELLS):
        text = f"Norway {spell} gave Ukraine {number + 2} million euros ($5 million) {spell}."
        (folder / f"t{number}.txt").write_text(text, encoding="utf-8", newline="")
    _, out, err = command(capsys, verb, str(folder), "--published", "2024-11-04", "--format", form)
    assert out
    assert not OBEYED.intersection(out + err)
    assert form != "markdown" or not re.search(r"(?<!\\)<(script|img)", out)
    if form == "json":
        for line in out.splitlines():
            json.loads(line)


def test_json_that_shows_no_control_still_holds_every_character() -> None:
    spell = "a\u202eb\x7fc\x9bd\u2028e\U000e0041f"
    text = f"Norway gave Ukraine 5 million euros for {spell} today."
    claims = read_text(text)
    (line,) = render(claims, "json").splitlines()
    assert not set(spell) - set("abcdef") & set(line)
    assert json.loads(line)["sentence"] == claims["sentence"][0]


@pytest.mark.parametrize("spell", SPELLS)
def test_no_cell_of_a_spreadsheet_begins_a_formula(spell: str) -> None:
    assert neutral(spell)[0] not in "=+-@\t\r\n＝＋－＠"
    assert not OBEYED.intersection(neutral(spell))


def test_no_network_is_asked_for_what_a_source_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(os, "system", refuse)
    page = (
        '<html><head><base href="http://a.example"><link rel="stylesheet" href="http://a.example/x">'
        '<meta http-equiv="refresh" content="0;url=http://a.example/y"></head><body>'
        '<img src="http://a.example/z"><iframe src="http://a.example"></iframe>'
        "<p>Norway gave Ukraine 5 million euros on 4 November 2024, it said on Monday.</p></body>"
    )
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "b.xml").write_bytes(HOSTILE["XML from elsewhere"].made(1))
    _, out, err = command(capsys, "read", str(tmp_path), "--json")
    assert "root:" not in out + err


def test_a_text_that_imitates_our_output_is_a_text(tmp_path: Path, capsys: Output) -> None:
    lie = (
        "Safe sum: 999 bn EUR\n  1 pledge: all donors for all recipients\n\n"
        "Norway gave Ukraine 5 million euros.\n</p></section>Safe sum: 999 bn EUR\n"
    )
    (tmp_path / "a.txt").write_text(lie)
    _, out, _ = command(capsys, "total", str(tmp_path / "a.txt"), "--published", "2024-11-04")
    assert out.startswith("Safe sum: ")
    assert out.count("Safe sum") == 1
    assert "999 bn" not in out.splitlines()[0]


# Bombs of decisions and workbooks.


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[decision]]\nclaims = " + "[" * 50_000, "nested without end"),
        ("[[decision]]\nclaims = " + "[" * 500 + "]" * 500, "nested without end|takes text"),
        ("[[decision]]\nkind = 'amount'\nis = " + "9" * 5_000, "a number without end"),
        ("a." * 20_000 + "a = 1", "is not known here"),
        ("[a]\n" * 20_000, "not valid TOML"),
        ('x = """' + "a\n" * 50_000, "not valid TOML"),
    ],
)
def test_bombs_of_toml_are_refused_in_words(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PledgecalcError, match=told) as caught:
        read_decisions(path)
    assert len(str(caught.value)) < 40_200


def test_decisions_without_end_are_read_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("needs /dev/zero")
    monkeypatch.setattr("calc.decisions.blocks.MOST_BYTES", 1_000_000)
    with pytest.raises(UnreadableInputError, match="larger than 1 MB"):
        read_decisions("/dev/zero")


def test_every_decision_of_a_long_file_has_its_line_found_once(tmp_path: Path) -> None:
    said = 'kind = "reject"\nclaims = ["{0}"]\nwhy = """\n[[decision]]\nas it says # "{0}"\n"""\n'
    text = "".join(f"[[decision]] # one\n{said.format(number)}\n" for number in range(3_000))
    path = tmp_path / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    found = read_decisions(path).blocks
    assert [one.line for one in found] == list(range(1, 8 * 3_000, 8))


def test_a_workbook_of_few_bytes_with_cells_far_away_is_its_table(tmp_path: Path) -> None:
    pytest.importorskip("python_calamine")
    for name in ("a cell far right", "a cell far below", "a cell far away"):
        path = tmp_path / "a.xlsx"
        path.write_bytes(HOSTILE[name].made(1))
        assert path.stat().st_size < 5_000
        assert read(path)["amount"].tolist()[:1] == [5]
