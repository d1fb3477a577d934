"""Hostile input, small: what is said of it. `make hostile` reads it at full size, within bounds."""

from __future__ import annotations

import io
import json
import os
import re
import socket
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, cast

import pytest
from hostile_inputs import HOSTILE, TEXTS

import cli
from calc.claims import read, read_text, reading
from calc.decisions import read_decisions
from calc.documents import archives, pages, sources
from calc.figures import figures
from calc.report.delimited import neutral
from calc.report.render import render
from calc.tables import raw
from rates.errors import PledgecalcError, UnreadableInputError

SMALL = 20_000
KNOWN_TAGS = {"mark", "details", "summary", "ul", "li", "b", "em", "strong", "ol", "svg", "title"}
IATI = (
    b'<iati-activities version="2.03"><iati-activity default-currency="EUR">'
    b"<iati-identifier>NO-1</iati-identifier><transaction>"
    b'<transaction-type code="2"/><transaction-date iso-date="2024-11-04"/>'
    b'<value value-date="2024-11-04">5000000</value></transaction>'
    b"</iati-activity></iati-activities>"
)
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


class Elements(HTMLParser):
    """The elements of a page as a browser finds them: tags, attributes, what scripts say."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] in ("script", "style"):
            self.scripts.append(data)


def page_of(capsys: Output, folder: Path) -> Elements:
    page = folder.parent / f"{folder.name}.html"
    words = ["reconcile", str(folder), "--published", "2024-11-04", "--html", str(page)]
    command(capsys, *words, "--fail-on", "never")
    return Elements(page.read_text(encoding="utf-8"))


def test_a_source_that_imitates_our_page_adds_nothing_to_it(tmp_path: Path, capsys: Output) -> None:
    """No element, attribute, identifier or script of a page comes from what a source wrote."""
    said = "Norway gave Ukraine 5 million euros ($9 million) for {0}."
    (tmp_path / "fair").mkdir()
    (tmp_path / "fair" / "a.txt").write_text(said.format("schools"))
    fair = page_of(capsys, tmp_path / "fair")
    ours = (tmp_path / "fair.html").read_text(encoding="utf-8")
    body = ours[ours.index("<body") :]
    (tmp_path / "forged").mkdir()
    spells = [*SPELLS, body[:2_000], '</style></script><h1 id="sum">999 bn</h1>', '" onclick="x()']
    for number, spell in enumerate(spells):
        name = re.sub(r"[^\w<>\"'=() -]", "", spell)[:40]
        text = said.format(f"{spell} schools")
        path = tmp_path / "forged" / f"{number}{name}.txt"
        path.write_text(text, encoding="utf-8", newline="")
    forged = page_of(capsys, tmp_path / "forged")
    assert {tag for tag, _ in forged.found} <= {tag for tag, _ in fair.found} | KNOWN_TAGS
    attributes = {name for _, found in forged.found for name in found}
    assert not [name for name in attributes if name.startswith("on")]
    assert set(forged.scripts) == set(fair.scripts)
    links = [found.get(name) or "" for _, found in forged.found for name in ("href", "src")]
    assert not [one for one in links if "script:" in one.lower() or one.startswith(("http", "//"))]
    ids = [found["id"] for _, found in forged.found if "id" in found]
    assert len(ids) == len(set(ids))
    once = [tag for tag, _ in forged.found if tag in ("html", "head", "body", "main", "h1")]
    assert once == [tag for tag, _ in fair.found if tag in ("html", "head", "body", "main", "h1")]
    policies = [found for tag, found in forged.found if tag == "meta" and "http-equiv" in found]
    assert policies == [found for tag, found in fair.found if found in policies]
    assert "default-src 'none'" in str(policies)


def test_our_own_page_is_a_source_like_any_other(tmp_path: Path, capsys: Output) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.txt").write_text("Norway gave Ukraine 5 million euros.")
    page_of(capsys, tmp_path / "a")
    (tmp_path / "a.html").rename(tmp_path / "a" / "b.html")
    code, out, _ = command(capsys, "total", str(tmp_path / "a"), "--published", "2024-11-04")
    assert code == 0
    assert "5 M EUR" in out


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


# Files that are not what they were when they were opened, and streams without an end.


def growing(monkeypatch: pytest.MonkeyPatch, path: Path, more: bytes) -> list[int]:
    """Let the file grow before each piece of it that is read; what it has grown by each time."""
    grown: list[int] = []
    plain = archives.AsOpened.readinto

    def readinto(self: archives.AsOpened, buffer: Any) -> int | None:
        assert len(grown) < 100, "it is read for ever"
        with path.open("ab") as file:
            grown.append(file.write(more))
        return plain(self, buffer)

    monkeypatch.setattr(archives.AsOpened, "readinto", readinto)
    return grown


@pytest.mark.parametrize("words", [["read"], ["total"], ["convert"], ["audit"]])
@pytest.mark.parametrize("name", ["a.csv", "a.txt", "a.json", "a.xml", "a.parquet"])
def test_a_file_that_grows_is_read_as_it_was_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output, name: str, words: list[str]
) -> None:
    path = tmp_path / name
    rows = b"donor,amount,currency,published\n" + b"Norway,5,EUR,2024-11-04\n" * 3
    contents = {
        "a.csv": (rows, b"Norway,5,EUR,2024-11-04\n" * 50),
        "a.txt": (b"Norway gave Ukraine 5 million euros.\n", b"It gave 6 million.\n" * 50),
        "a.json": (b'[{"donor": "Norway", "amount": 5, "currency": "EUR"}]', b" " * 2_000),
        "a.xml": (IATI, b"<!-- more -->" * 1_000),
        "a.parquet": (b"PAR1" * 4, b"PAR1" * 500),
    }
    content, more = contents[name]
    if words[0] in ("convert", "audit") and name in ("a.txt", "a.xml"):
        pytest.skip("no table")
    path.write_bytes(content)
    grown = growing(monkeypatch, path, more)
    asked = [*words, str(path)]
    asked += ["--to", "USD"] if words[0] in ("convert", "audit") else []
    code, out, _ = command(capsys, *asked)
    assert code in (0, 1, 2, 3)
    assert grown or words == ["audit"]
    assert path.stat().st_size == len(content) + sum(grown)
    if (words[0], name) == ("convert", "a.csv"):
        assert out.count("5.452") == 3


def test_a_growing_file_gives_what_it_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    content = b"Norway gave Ukraine 5 million euros.\n"
    path.write_bytes(content)
    growing(monkeypatch, path, b"Sweden gave Ukraine 6 million euros.\n" * 1_000)
    with archives.as_opened(path) as stream:
        assert stream.read() == content
        assert stream.read(10) == b""
        assert stream.seek(-7, io.SEEK_END) == len(content) - 7
        assert stream.read() == b"euros.\n"
    assert path.stat().st_size > 10 * len(content)


class Endless(io.RawIOBase):
    """A stream that always has more."""

    name = "endless.txt"
    count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        assert 0 <= size <= 1 << 24, "all of it is asked for"
        self.count += size
        return b"word " * (size // 5) + b"word "[: size % 5]


def test_a_stream_without_an_end_is_read_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MAX_TEXT_BYTES", 1_000_000)
    stream = Endless()
    with pytest.raises(UnreadableInputError, match="larger than 1 MB"):
        read(cast("IO[bytes]", stream))
    assert stream.count <= 1_000_001


@pytest.mark.parametrize("verb", ["read", "convert", "share"])
def test_a_device_without_an_end_is_read_to_the_limit(
    monkeypatch: pytest.MonkeyPatch, capsys: Output, verb: str
) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("needs /dev/zero")
    monkeypatch.setattr(sources, "MAX_TEXT_BYTES", 1_000_000)
    monkeypatch.setattr(sources, "MAX_TABLE_BYTES", 1_000_000)
    monkeypatch.setattr("calc.questions.gdp.MAX_BYTES", 1_000_000)
    more = {
        "read": ["/dev/zero"],
        "convert": ["/dev/zero", "--to", "USD"],
        "share": ["0.25%", "Lithuania", "2024", "--gdp", "/dev/zero"],
    }
    code, _, err = command(capsys, verb, *more[verb])
    assert code == 2
    assert err
