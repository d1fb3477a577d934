"""Collections of texts in a table: articles or press releases, a row each, as scrapers save them.

A row becomes a document of its own, named by the file and its row: ``news.csv#12``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple

import pandas as pd

from rates.errors import UnreadableInputError

from ..documents import Document, Source, document_from_text, read_bytes
from ..tables.cells import day_order, read_day
from ..tables.layouts import Raw, load

# Names in small letters, marks as spaces; earlier ones go first.
TEXTS = (
    """
content|text|body|full text|fulltext|article text|article|article body|body text|main text|maintext
main content|article content|content text|raw text|plain text|story|transcript|news|press release
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
DATES = (
    """
date|published|publish date|published at|date published|publication date|published date|pub date
pubdate|published on|date publish|datetime|release date|created at|time|day|datum
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
TITLES = "title|headline|subject|heading|titel|header".split("|")
PUBLISHERS = "publisher|outlet|site name|source name|newspaper|publication|site|source".split("|")
ADDRESSES = "url|link|address|permalink|canonical url|web url".split("|")
FEWEST_LETTERS = 120  # in the middle cell of a column of texts; a note or a title is shorter
FEWEST_WORDS = 15
LONGEST_TEXT = 2_000_000  # characters of one text
_MARKUP = re.compile(r"</?(?:p|div|br|span|li|strong|em|a|h[1-6])\b[^<>]{0,1000}>", re.IGNORECASE)
_FOLD = re.compile(r"[\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BLOCKS = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 tr table blockquote section".split())


class Texts(NamedTuple):
    """The columns of a collection: of the texts, their dates and their titles."""

    text: str | None = None
    date: str | None = None
    title: str | None = None


NO_TEXTS = Texts()


class Collection(NamedTuple):
    """The documents of a collection, and what a reader should know of it."""

    documents: list[Document]
    notes: list[str]
    problems: list[dict[str, Any]]


def collection_of(
    source: Source,
    asked: Texts,
    published: datetime.date | str | None,
    publisher: str | None,
    sheet: str | None = None,
) -> Collection | None:
    """Read a table as a collection of texts; None when it is none.

    Without ``asked.text`` a column must have the name and the length of texts. Raises
    UnreadableInputError for columns that the table does not have.
    """
    named = [name for name in asked if name is not None]
    raw = load(
        read_bytes(source),
        source.name,
        _is_header,
        sheet=sheet,
        encoding=source.encoding,
        named=named,
    )
    names = [str(name) for name in raw.frame.columns]
    if asked.text is None and (guess := _guessed(raw.frame, names)) is None:
        return None
    for name in named:
        if name not in names:
            raise UnreadableInputError(
                f"{source.name}: no column {name!r}; it has {', '.join(names[:30])}", source.name
            )
    text = asked.text or str(guess)
    columns = {
        "text": text,
        "date": asked.date or _first(names, DATES, {text}),
        "title": asked.title or _first(names, TITLES, {text}),
        "publisher": _first(names, PUBLISHERS, {text}),
        "url": _first(names, ADDRESSES, {text}),
    }
    problems: list[dict[str, Any]] = []
    rows = _rows(raw, columns, source.name, problems)
    documents = [_document(row, source.name, published, publisher) for row in rows]
    shown = ", ".join(f"{kind}={own}" for kind, own in columns.items() if own)
    note = f"{source.name}: read as {len(documents):,} texts ({shown}); --text, --date and --title"
    return Collection(documents, [f"{note} say otherwise"], problems)


class _Text(NamedTuple):
    """One text, with the row it stands in."""

    row: int
    text: str
    date: datetime.date | None
    title: str | None
    publisher: str | None
    url: str | None


def _rows(
    raw: Raw, columns: dict[str, str | None], name: str, problems: list[dict[str, Any]]
) -> Iterator[_Text]:
    cells = {kind: _cells(raw.frame, own) for kind, own in columns.items()}
    order = day_order(cell for cell in cells["date"] if cell)
    empty: list[int] = []
    undated: list[int] = []
    for at, label in enumerate(raw.frame.index):
        row = raw.first_row + int(label)
        text = plain(cells["text"][at] or "")[:LONGEST_TEXT]
        if not text.strip():
            empty.append(row)
            continue
        told = cells["date"][at]
        day = read_day(told, day_first=None if order is None else order.day_first) if told else None
        if told and (day is None or day.date is None or day.precision != "day"):
            undated.append(row)
        known = day.date if day is not None and day.precision == "day" else None
        title, publisher, url = (cells[kind][at] for kind in ("title", "publisher", "url"))
        yield _Text(row, text, known, plain(title) if title else None, publisher, url)
    for rows, what in ((empty, "no text"), (undated, "a date that cannot be read")):
        if rows:
            shown = ", ".join(map(str, rows[:5])) + (" …" if len(rows) > 5 else "")
            message = f"{name}, row {shown}: {what}"
            problems.append({"source": name, "message": message, "rows": rows})


def _document(
    row: _Text, name: str, published: datetime.date | str | None, publisher: str | None
) -> Document:
    document = document_from_text(
        row.text,
        source=f"{name}#{row.row}",
        published=published or row.date,
        publisher=publisher or row.publisher,
        title=row.title,
    )
    return document._replace(url=row.url or document.url)


def _cells(frame: pd.DataFrame, name: str | None) -> list[str | None]:
    if name is None:
        return [None] * len(frame)
    column = frame[name]
    column = column.iloc[:, 0] if isinstance(column, pd.DataFrame) else column
    missing = column.isna().tolist()
    return [None if no else str(cell) for cell, no in zip(column.tolist(), missing, strict=True)]


def _is_header(names: Iterable[str]) -> bool:
    folded = {_folded(name) for name in names}
    return bool(folded & {*TEXTS}) and bool(folded & {*DATES, *TITLES, *ADDRESSES})


def _guessed(frame: pd.DataFrame, names: list[str]) -> str | None:
    """The column that has the name of texts and holds some."""
    for wanted in TEXTS:
        for name in names:
            if _folded(name) != wanted:
                continue
            filled = sorted((cell for cell in _cells(frame, name) if cell), key=len)
            middle = filled[len(filled) // 2] if filled else ""
            if len(middle) >= FEWEST_LETTERS and len(middle.split()) >= FEWEST_WORDS:
                return name
    return None


def _first(names: list[str], wanted: list[str], taken: set[str]) -> str | None:
    folded = {_folded(name): name for name in reversed(names) if name not in taken}
    return next((folded[one] for one in wanted if one in folded), None)


def _folded(name: str) -> str:
    return _FOLD.sub(" ", _HUMP.sub(" ", name)).strip().casefold()


def plain(text: str) -> str:
    r"""A text without the markup that it was saved with.

    >>> plain("<p>Norway pays.</p><p>So &amp; so.</p>"), plain("if a < b")
    ('Norway pays.\n\nSo & so.', 'if a < b')
    """
    text = text.replace("\r\n", "\n")
    if not _MARKUP.search(text):
        return text
    parser = _Plain()
    parser.feed(text)
    parser.close()
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", "".join(parser.parts)).strip()


class _Plain(HTMLParser):
    """The words of a piece of markup, its blocks as paragraphs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._hidden += tag in ("script", "style")
        if tag in _BLOCKS:
            self.parts.append("\n\n" if tag != "br" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= bool(self._hidden) and tag in ("script", "style")
        if tag in _BLOCKS:
            self.parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
