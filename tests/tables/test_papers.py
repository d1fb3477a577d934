"""PDF and DOCX statements: their text, the page of every claim, and the tables of the latter."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from made_papers import pdf

import cli
from calc.claims import read
from calc.documents import papers, read_source, source_of
from rates.errors import UnreadableInputError

Output = pytest.CaptureFixture[str]


STATEMENT = [
    [
        "Statement on support for Ukraine",
        "4 November 2024",
        "Norway gave Ukraine 7 million euros in October, the minister said",
        "in Oslo. The contri-",
        "bution is meant for schools. In a second step, Norway will give Ukraine",
        "1",
    ],
    ["12 million euros for hospitals next year.", "2"],
    ["Sweden gave Moldova 3 million euros.", "Page 3 of 3"],
]


def test_a_pdf_statement_with_the_page_of_every_claim(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(pdf(STATEMENT))
    claims = read(tmp_path / "a.pdf")
    told = claims[["text", "donor", "recipient", "page"]].values.tolist()
    assert told == [
        ["7 million euros", "Norway", "Ukraine", "1"],
        ["12 million euros", "Norway", "Ukraine", "2"],
        ["3 million euros", "Sweden", "Moldova", "3"],
    ]
    assert str(claims["published"].tolist()[0].date()) == "2024-11-04"


def test_the_text_of_a_pdf_is_that_of_the_positions(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    document = read_source(source_of("a.pdf", pdf(STATEMENT)))
    assert "contribution" in document.text
    assert "Page 3" not in document.text
    (tmp_path / "a.pdf").write_bytes(pdf(STATEMENT))
    for claim in read(tmp_path / "a.pdf").to_dict("records"):
        assert document.text[int(claim["start"]) : int(claim["end"])] == claim["text"]
    assert [document.page_at(place) for place in document.pages] == [1, 2, 3]


def test_the_page_is_shown_in_the_terminal(tmp_path: Path, capsys: Output) -> None:
    pytest.importorskip("pypdf")
    (tmp_path / "a.pdf").write_bytes(pdf(STATEMENT))
    assert cli.main(["read", str(tmp_path / "a.pdf")]) == 0
    assert "12 million euros (page 2)" in capsys.readouterr().out


def test_rows_of_a_pdf_are_lines(tmp_path: Path) -> None:
    pytest.importorskip("pypdf")
    rows = ["Beneficiary   Amount", "Norway gave Ukraine   EUR 5,000,000", "Total   EUR 5,000,000"]
    (tmp_path / "a.pdf").write_bytes(pdf([rows]))
    claims = read(tmp_path / "a.pdf", published="2024-11-04")
    assert claims["amount"].tolist() == [5e6, 5e6]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (pdf([[]]), "without text, such as a scan"),
        (b"%PDF-1.4 damaged", "not a readable PDF file"),
        (b"PK\x03\x04 damaged", "not a readable DOCX file"),
        (b"plain text", "neither a PDF nor a DOCX file"),
    ],
)
def test_papers_without_text_are_refused(tmp_path: Path, data: bytes, told: str) -> None:
    pytest.importorskip("pypdf")
    pytest.importorskip("docx")
    (tmp_path / "a.pdf").write_bytes(data)
    with pytest.raises(UnreadableInputError, match=told):
        read(tmp_path / "a.pdf")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def refuse(module: str) -> object:
        raise ImportError(module)

    monkeypatch.setattr("calc.documents.papers.importlib.import_module", refuse)
    (tmp_path / name).write_bytes(b"%PDF-1.4" if name == "a.pdf" else b"PK\x03\x04")
    with pytest.raises(UnreadableInputError, match=r'pip install "pledgecalc\[papers\]"'):
        read(tmp_path / name)


def docx_file(path: Path) -> Path:
    docx = pytest.importorskip("docx")
    made = docx.Document()
    made.add_heading("Statement on support for Ukraine", 1)
    made.add_paragraph("4 November 2024")
    made.add_paragraph("Norway gave Ukraine 7 million euros in October, the minister said.")
    made.add_paragraph("Pledges of the day (EUR million)")
    table = made.add_table(rows=3, cols=3)
    cells = ["Donor", "Recipient", "Amount", "Sweden", "Moldova", "5", "Denmark", "Ukraine", "6.5"]
    for cell, words in zip((c for row in table.rows for c in row.cells), cells, strict=True):
        cell.text = words
    made.add_page_break()
    made.add_paragraph("Norway will give Moldova 12 million euros next year.")
    made.save(path)
    return path


def test_a_docx_statement_with_a_table(tmp_path: Path) -> None:
    claims = read(docx_file(tmp_path / "a.docx"))
    told = claims[["amount", "currency", "donor", "recipient", "zone", "page"]].values.tolist()
    assert told == [
        [7e6, "EUR", "Norway", "Ukraine", "body", "1"],
        [12e6, "EUR", "Norway", "Moldova", "body", "2"],
        [5e6, "EUR", "Sweden", "Moldova", "table", "1"],
        [6.5e6, "EUR", "Denmark", "Ukraine", "table", "1"],
    ]
    assert set(claims["published"].astype(str)) == {"2024-11-04"}
    assert set(claims["source"]) == {"a.docx"}


def test_a_docx_file_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("docx")
    monkeypatch.setattr(papers, "MAX_UNPACKED_BYTES", 1000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 100_000)
    (tmp_path / "a.docx").write_bytes(packed.getvalue())
    with pytest.raises(UnreadableInputError, match="unpacks to more"):
        read(tmp_path / "a.docx")
