"""PDF and word processor files: their text page by page, and the tables of the latter.

A page number is that of the file: the first page is 1, whatever is printed on it.
"""

from __future__ import annotations

import importlib
import io
import logging
import re
import zipfile
from typing import Any, NamedTuple

from rates.errors import UnreadableInputError

from .grids import TextTable

MOST_PAGES = 5_000
MOST_TEXT = 20_000_000  # characters
MAX_UNPACKED_BYTES = 100_000_000  # of words, without pictures
FULL_LINE = 45  # characters; a heading or a cell is shorter
_HYPHEN = re.compile(r"(?<=[a-zà-öø-ÿ])-\n(?=[a-zà-öø-ÿ])")
_FOLIO = re.compile(r"(?:page\s*)?[-–—| ]*\d{1,4}[-–—| ]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

logging.getLogger("pypdf").addHandler(logging.NullHandler())
logging.getLogger("pypdf").propagate = False


class Paper(NamedTuple):
    """The text of a file, where each of its pages begins in it, and its tables.

    ``pages`` is empty where the file does not say its pages.
    """

    text: str
    pages: tuple[int, ...]
    title: str | None = None
    grids: tuple[TextTable, ...] = ()


def paper_of(data: bytes, name: str) -> Paper:
    """Read a PDF or a DOCX file; UnreadableInputError says what to do where it has no text."""
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return _of_pdf(data, name)
    if data.startswith(b"PK"):
        return _of_docx(data, name)
    raise UnreadableInputError(
        f"{name}: neither a PDF nor a DOCX file by its content; save its text as .txt (UTF-8)", name
    )


def _library(module: str, package: str, name: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UnreadableInputError(
            f"{name}: reading this file needs {package}; install it with: pip install "
            f'"pledgecalc[papers]", or save its text as .txt (UTF-8)',
            name,
        ) from error


def _of_pdf(data: bytes, name: str) -> Paper:
    pypdf = _library("pypdf", "pypdf", name)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableInputError(f"{name}: locked with a password; save it without one", name)
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableInputError(
                f"{name}: {len(reader.pages):,} pages; split it into parts of {MOST_PAGES:,}", name
            )
        texts = _texts(reader)
        title = reader.metadata.title if reader.metadata is not None else None
    except UnreadableInputError:
        raise
    except Exception as error:  # the reader of a damaged file raises whatever it stumbles over
        raise UnreadableInputError(
            f"{name}: not a readable PDF file ({str(error)[:100]}); save its text as .txt (UTF-8)",
            name,
        ) from error
    if not any(text.strip() for text in texts):
        raise UnreadableInputError(
            f"{name}: a PDF file without text, such as a scan; "
            "recognise its text first (OCR), or save it as .txt (UTF-8)",
            name,
        )
    text, pages = _joined([_page(one) for one in texts])
    return Paper(text, pages, _title(title, text))


def _texts(reader: Any) -> list[str]:
    texts: list[str] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text() or ""
        size += len(text)
        if size > MOST_TEXT:
            break
        texts.append(text)
    return texts


def _page(text: str) -> str:
    """A page without its own number above or below, its cut words joined."""
    lines = [line.rstrip() for line in text.replace("\x00", "").replace("\r", "\n").split("\n")]
    while lines and (not lines[-1] or _FOLIO.fullmatch(lines[-1].strip())):
        lines.pop()
    while lines and (not lines[0] or _FOLIO.fullmatch(lines[0].strip())):
        lines.pop(0)
    return _HYPHEN.sub("", _unwrapped(lines))


def _unwrapped(lines: list[str]) -> str:
    """Lines of a page, where a sentence runs on joined by a space; rows of a table stay apart."""
    parts: list[str] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        parts += [line, " " if _runs_on(line, after) else "\n"]
    return "".join(parts[:-1])


def _runs_on(line: str, after: str) -> bool:
    whole = len(line) >= FULL_LINE and (line[-1:].isalpha() or line[-1:] == ",")
    rows = "  " in line.strip() or "  " in after.strip()
    return whole and not rows and after[:1].isalnum() and not after[:1].isspace()


def _joined(pages: list[str]) -> tuple[str, tuple[int, ...]]:
    """All pages as one text, and where each begins; a sentence may run on over the break."""
    starts: list[int] = []
    parts: list[str] = []
    size = 0
    for page in pages:
        last = parts[-1].rpartition("\n")[2] if parts else ""
        between = " " if _runs_on(last, page) else "\n\n" if parts else ""
        starts.append(size + len(between))
        parts += [between, page] if between else [page]
        size += len(between) + len(page)
    return "".join(parts) + "\n", tuple(starts)


def _title(title: str | None, text: str) -> str | None:
    """The title that a file gives itself, where its text knows it: many keep that of a template."""
    words = " ".join((title or "").split())
    return (
        words if len(words) > 8 and words.casefold() in " ".join(text.split()).casefold() else None
    )


def _of_docx(data: bytes, name: str) -> Paper:
    docx = _library("docx", "python-docx", name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [one for one in archive.infolist() if one.filename.endswith(".xml")]
            if sum(one.file_size for one in parts) > MAX_UNPACKED_BYTES:
                raise UnreadableInputError(
                    f"{name}: unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB", name
                )
        body = docx.Document(io.BytesIO(data)).element.body
        return _of_body(body, name)
    except UnreadableInputError:
        raise
    except Exception as error:  # as for PDF
        raise UnreadableInputError(
            f"{name}: not a readable DOCX file ({str(error)[:100]}); save it again, or as .txt",
            name,
        ) from error


def _of_body(body: Any, name: str) -> Paper:
    rendered = body.find(f".//{_W}lastRenderedPageBreak") is not None
    starts = [0]
    parts: list[str] = []
    grids: list[TextTable] = []
    size = 0
    for element in body:
        if element.tag == f"{_W}p":
            text, breaks = _paragraph(element, rendered)
            starts += [size + place for place in breaks]
            parts.append(f"{text}\n\n")
        elif element.tag == f"{_W}tbl":
            rows = [_row(row) for row in element.iter(f"{_W}tr")]
            lines = "\n".join(f"| {' | '.join(cell or '' for cell in row)} |" for row in rows)
            width = max(map(len, rows), default=0)
            even = tuple((*row, *(None,) * (width - len(row))) for row in rows)
            grids.append(TextTable(even, _caption(parts), size, size + len(lines)))
            parts.append(f"{lines}\n\n")
        else:
            continue
        size += len(parts[-1])
    text = "".join(parts)
    if not text.strip():
        raise UnreadableInputError(
            f"{name}: a DOCX file without text; recognise the text of its pictures first", name
        )
    return Paper(text, tuple(starts) if len(starts) > 1 else (), None, tuple(grids))


def _paragraph(element: Any, rendered: bool) -> tuple[str, list[int]]:
    """The words of a paragraph, and the places in them where a page ends."""
    words: list[str] = []
    breaks: list[int] = []
    size = 0
    for one in element.iter():
        text = ""
        if one.tag == f"{_W}t":
            text = one.text or ""
        elif one.tag in (f"{_W}tab", f"{_W}cr"):
            text = " "
        elif one.tag == f"{_W}br" and one.get(f"{_W}type") == "page":
            breaks += [] if rendered else [size]
        elif one.tag == f"{_W}br":
            text = "\n"
        elif one.tag == f"{_W}lastRenderedPageBreak":
            breaks.append(size)
        words.append(text)
        size += len(text)
    return "".join(words), breaks


def _row(row: Any) -> tuple[str | None, ...]:
    cells: list[str | None] = []
    for cell in row.iter(f"{_W}tc"):
        words = " ".join(
            " ".join(_paragraph(one, rendered=True)[0].split()) for one in cell.iter(f"{_W}p")
        )
        cells.append(words.strip() or None)
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        width = (span.get(f"{_W}val") or "1") if span is not None else "1"
        cells += [None] * (min(int(width[:4]), 20) - 1 if width.isdigit() else 0)
    return tuple(cells)


def _caption(parts: list[str]) -> str | None:
    """The line above a table, where it is short enough for its title."""
    line = parts[-1].strip() if parts else ""
    return line if 0 < len(line) <= 200 else None
