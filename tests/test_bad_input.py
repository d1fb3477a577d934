"""Sources that cannot be read: a clear message each, and never another kind of error."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from calc.claims import read, read_text
from calc.documents import find_sources, read_source, sources
from calc.reconcile import reconcile
from calc.tables import read_table
from rates.errors import UnreadableInputError


def refusal(path: Path | io.BytesIO) -> str:
    (source,) = find_sources(path)
    with pytest.raises(UnreadableInputError) as caught:
        read_table(source) if source.kind == "table" else read_source(source)
    assert caught.value.source == source.name
    assert source.name in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \r\n\t\n", "empty"),
        ("mark.txt", b"\xff\xfe", "empty"),
        ("no_break.txt", "\u00a0\u2003".encode(), "empty"),
        ("paper.txt", b"%PDF-1.7 ...", "PDF file"),
        ("office.txt", b"PK\x03\x04....", "Excel file"),
        ("old.txt", b"\xd0\xcf\x11\xe0....", "Excel file"),
        ("bytes.txt", b"text\x00\x01\x02 text", "binary"),
        ("wide.txt", "Lithuania pays".encode("utf-16-le"), "UTF-16 without its byte order mark"),
        ("west.txt", "Ein\nMinister für Äußeres".encode("cp1252"), "(line 2, byte 0xFC)"),
        ("east.txt", "Литва виділить гроші".encode("cp1251"), "save it as UTF-8"),
        ("odd.txt", b"\xff\xfea", "UTF-16"),
        ("page.html", b"<html>", "web page"),
        ("sheet.xls", b"x", "no table"),
        ("empty.csv", b"", "empty"),
        ("table.csv", b"donor,money\nNorway,5\n", "no amount column among donor, money"),
        ("table.json", b"{broken", "not valid JSON"),
        ("list.json", b"[1, 2]", "holds no rows"),
        ("deep.json", b"[" * 200_000, "JSON"),
        ("table.xlsx", b"PK\x03\x04 damaged", "Excel"),
        ("table.parquet", b"PAR1 damaged", "Parquet"),
    ],
)
def test_refused_files(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert told in refusal(tmp_path / name)


def test_missing_file_names_the_path(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "gone.txt")


def test_folder_without_documents(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert "holds no document" in refusal(tmp_path)


def test_the_web_is_not_fetched() -> None:
    (source,) = find_sources("https://news.example/a")
    with pytest.raises(UnreadableInputError, match="nothing is fetched"):
        read_source(source)


def test_too_large_a_text_states_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * 2_000_001)
    monkeypatch.setattr(sources, "MAX_TEXT_BYTES", 2_000_000)
    assert "larger than 2 MB" in refusal(tmp_path / "a.txt")


def test_an_excel_file_that_unpacks_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openpyxl")
    monkeypatch.setattr("calc.tables.workbooks.MAX_UNPACKED_BYTES", 1000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 100_000)
    with pytest.raises(UnreadableInputError, match="unpacks to more"):
        read_table(io.BytesIO(packed.getvalue()), "a.xlsx")


def test_control_characters_are_tolerated() -> None:
    (source,) = find_sources(io.BytesIO(b"Vilnius\x07 pays\x1b[31m 5 million euros.\n"))
    document = read_source(source)
    assert document.text == "Vilnius\x07 pays\x1b[31m 5 million euros.\n"


def test_what_is_no_source_is_a_problem_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Vilnius pays.")
    found = find_sources(5, "bad\x00name", tmp_path / "a.txt")  # type: ignore[arg-type]
    assert [source.problem is None for source in found] == [False, False, True]
    for source in found[:2]:
        with pytest.raises(UnreadableInputError):
            read_source(source)


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Vilnius pays.")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [source.name for source in find_sources(tmp_path)] == ["a.txt"]


def test_a_file_that_meets_a_fault_of_ours_is_named_and_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Norway gave Ukraine 5 million euros.", encoding="utf-8")
    (tmp_path / "m.csv").write_text("donor,amount\nNorway,5 EUR\n", encoding="utf-8")

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no such thing")

    monkeypatch.setattr("calc.claims.sources.read_table", broken)
    with pytest.warns(UserWarning, match=r"m\.csv: not read, by a fault of pledgecalc"):
        claims = read(tmp_path, published="2024-11-04")
    assert claims["source"].tolist() == ["a.txt"]
    assert [problem["source"] for problem in claims.attrs["problems"]] == ["m.csv"]


HALF = "\ud800"  # half of a character, as cut-off texts leave it
SAID = "Norway gave Ukraine 5 million euros."


@pytest.mark.parametrize("named", ["text", "title", "publisher", "source"])
def test_half_a_character_of_a_script_is_marked_and_places_stay(named: str) -> None:
    given = {"text": SAID, "published": "2024-11-04", named: f"Nor{HALF}way. {SAID}"}
    claims = read_text(**given)
    start, end = map(int, claims.loc[0, ["start", "end"]])
    assert given["text"][start:end] == claims["text"][0]
    claims.to_csv().encode()
    assert len(reconcile(claims).pledges) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("m.json", '[{"amount": 5, "currency": "EUR", "donor": "Nor\\ud800way"}]'),
        ("m.jsonl", '{"amount": 5, "currency": "EUR", "Nor\\udc00way": ["\\ud800"]}\n'),
        (
            "m.html",
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A \\ud83d",'
            f' "publisher": {{"name": "P \\ud83d"}}}}</script><p>{SAID}</p><p>{SAID}</p>',
        ),
        ("m.eml", f"From: a@b.c\nDate: 4 Nov 2024 10:00 -{'9' * 20}\nSubject: x\n\n{SAID}\n"),
        ("m.eml", f"From: a@b.c\nDate: 31 Dec 9999 23:00 -2400\nSubject: x\n\n{SAID}\n"),
    ],
)
def test_half_a_character_or_a_day_of_no_calendar_costs_no_file(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    claims = read(tmp_path, published="2024-11-04")
    assert not claims.attrs["problems"]
    assert len(claims)
    for name in map(str, claims.select_dtypes("str").columns):
        "".join(claims[name].dropna()).encode()
