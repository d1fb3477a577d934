"""PDF and DOCX files that are long, locked, empty in places, or broken within a paragraph."""

from __future__ import annotations

import io
from typing import Any

import pytest
from made_papers import pdf

from calc.documents import papers, read_source, source_of
from rates.errors import UnreadableInputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SAID = "Norway gave Ukraine 7 million euros."


def document(data: bytes, name: str = "a.pdf") -> Any:
    return read_source(source_of(name, data))


def docx(*paragraphs: list[tuple[str, str, dict[str, str]]]) -> bytes:
    """A DOCX file of paragraphs, each made of elements: their tag, their text, their attributes."""
    library = pytest.importorskip("docx")
    made = library.Document()
    for elements in paragraphs:
        run = made.add_paragraph().add_run()._element
        for tag, text, attributes in elements:
            one = run.makeelement(f"{W}{tag}", {f"{W}{k}": v for k, v in attributes.items()})
            one.text = text or None
            run.append(one)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def text(words: str) -> tuple[str, str, dict[str, str]]:
    return "t", words, {}


def test_breaks_and_tabs_within_a_paragraph_are_white_space() -> None:
    data = docx([text("Norway"), ("tab", "", {}), text("gave"), ("br", "", {}), text("5 euros")])
    assert document(data, "a.docx").text.startswith("Norway gave\n5 euros")


@pytest.mark.parametrize("rendered", [False, True])
def test_pages_of_a_docx_are_those_that_were_laid_out(rendered: bool) -> None:
    page: tuple[str, str, dict[str, str]] = ("br", "", {"type": "page"})
    laid_out: tuple[str, str, dict[str, str]] = ("lastRenderedPageBreak", "", {})
    data = docx([text("One."), page], [text("Two."), *([laid_out] if rendered else [])])
    found = document(data, "a.docx")
    assert [found.text[place:].split()[:1] for place in found.pages] == (
        [["One."], []] if rendered else [["One."], ["Two."]]
    )


def test_a_docx_without_words_is_refused() -> None:
    with pytest.raises(UnreadableInputError, match="a DOCX file without text"):
        document(docx([text(" ")]), "a.docx")


def test_a_locked_pdf_is_refused() -> None:
    library = pytest.importorskip("pypdf")
    writer = library.PdfWriter(clone_from=io.BytesIO(pdf([[SAID]])))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(UnreadableInputError, match="locked with a password; save it without one"):
        document(stream.getvalue())


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdf")
    monkeypatch.setattr(papers, "MOST_PAGES", 2)
    assert document(pdf([[SAID]] * 2)).text.count("Norway") == 2
    with pytest.raises(UnreadableInputError, match="3 pages; split it into parts of 2"):
        document(pdf([[SAID]] * 3))


def test_no_more_text_is_taken_than_a_paper_has(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdf")
    monkeypatch.setattr(papers, "MOST_TEXT", 2 * len(SAID) + 5)
    assert document(pdf([[SAID]] * 4)).text.count("Norway") == 2


def test_a_page_number_above_and_an_empty_page_are_no_text() -> None:
    pytest.importorskip("pypdf")
    found = document(pdf([["Page 1 of 3", SAID], ["2"], ["3", "Sweden gave Moldova 5 euros."]]))
    assert found.text.split("\n") == [SAID, "", "", "", "Sweden gave Moldova 5 euros.", ""]
