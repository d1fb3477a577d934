"""Tables within documents: the cells of a table in Markdown, in a page, in a word processor file.

Which of them hold claims is for others to say; here only cells are found, as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

MOST_COLUMNS = 200
MOST_CELLS = 2_000_000  # of one table: a cell may say that it is as wide as two hundred
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*")
_ESCAPED = re.compile(r"(?<!\\)\|")
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_]|[*_](?!\w)")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\n]{0,1000}\)")
_ASIDE = ("sup", "script", "style", "button", "svg")

IsTable = Callable[["TextTable"], bool]


class TextTable(NamedTuple):
    """The cells of a table, its caption or the heading above, and where it stands in a text."""

    rows: tuple[tuple[str | None, ...], ...]
    caption: str | None = None
    start: int = 0
    end: int = 0


def markdown_grids(text: str) -> list[TextTable]:
    r"""The tables of a Markdown text: a header, a line of dashes, rows.

    >>> text = "| Donor | Aid |\n|---|---|\n| Norway | 5 |\n"
    >>> markdown_grids(text)[0].rows
    (('Donor', 'Aid'), ('Norway', '5'))
    """
    if "|" not in text or "--" not in text:
        return []
    found: list[TextTable] = []
    lines = list(_lines(text))
    place = 1
    while place < len(lines):
        start, header = lines[place - 1]
        rule = lines[place][1]
        if "|" not in header or "|" not in rule or not _RULE.fullmatch(rule):
            place += 1
            continue
        rows = [_cells(header)]
        place += 1
        while place < len(lines) and "|" in lines[place][1] and lines[place][1].strip():
            rows.append(_cells(lines[place][1]))
            place += 1
        end = lines[place - 1][0] + len(lines[place - 1][1])
        width = len(rows[0])
        even = tuple((*row, *(None,) * (width - len(row)))[:width] for row in rows)
        found.append(TextTable(even, None, start, end))
        place += 1
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _cells(line: str) -> tuple[str | None, ...]:
    bare = line.strip()
    bare = bare[1:] if bare.startswith("|") else bare
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return tuple(_plain(cell) for cell in _ESCAPED.split(bare)[:MOST_COLUMNS])


def _plain(cell: str) -> str | None:
    """A cell without emphasis, links and escapes."""
    words = _MARKS.sub("", _LINK.sub(r"\1", cell)).replace("\\|", "|")
    return " ".join(words.replace("<br>", " ").split()) or None


def page_grids(tree: Any) -> list[tuple[TextTable, Any]]:
    """The tables of a parsed page, each with its element; one that holds others is layout."""
    found: list[tuple[TextTable, Any]] = []
    for table in tree.iter("table"):
        if table.find(".//table") is None:
            rows = _page_rows(table)
            if rows:
                found.append((TextTable(tuple(rows), _caption(table)), table))
    return found


def _caption(table: Any) -> str | None:
    caption = table.find("caption")
    if caption is not None and (words := _words(caption)):
        return words
    before = table.getprevious()
    heading = before is not None and before.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
    return _words(before) if heading else None


def _page_rows(table: Any) -> list[tuple[str | None, ...]]:
    """The rows of a table; words of a cell over several rows stand in each, a number in the first.

    A cell over several columns stands in the first of them.
    """
    rows: list[tuple[str | None, ...]] = []
    held: dict[int, tuple[int, str | None]] = {}  # column: rows left, words
    count = 0
    for line in table.iter("tr"):
        row: list[str | None] = []
        for cell in (one for one in line if one.tag in ("td", "th")):
            _hold(row, held)
            words = _words(cell)
            over, down = _span(cell, "colspan"), _span(cell, "rowspan")
            number = words is not None and any(map(str.isdigit, words))
            for step in range(min(over, MOST_COLUMNS - len(row))):
                shown = words if step == 0 or cell.tag == "th" else None
                if down > 1:
                    held[len(row)] = (down - 1, None if number else shown)
                row.append(shown)
        _hold(row, held)
        if any(row):
            rows.append(tuple(row))
        count += len(row)
        if count >= MOST_CELLS:
            break
    width = max(map(len, rows), default=0)
    return [(*row, *(None,) * (width - len(row))) for row in rows]


def _hold(row: list[str | None], held: dict[int, tuple[int, str | None]]) -> None:
    """Put the words of cells that reach down from rows above where this row has come to."""
    while len(row) in held:
        left, words = held.pop(len(row))
        if left > 1:
            held[len(row)] = (left - 1, words)
        row.append(words)


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(int(text), MOST_COLUMNS) if text.isdigit() and len(text) < 6 and int(text) else 1


def _words(element: Any) -> str | None:
    """The words that a cell shows, without notes in small above the line."""
    parts: list[str] = []
    skipping: Any = None
    for event, one in _walk(element):
        if event == "start" and skipping is None and one.tag in _ASIDE and one is not element:
            skipping = one
        elif event == "end" and one is skipping:
            skipping = None
            parts.append(one.tail or "")
        elif skipping is None and event == "start":
            parts.append(one.text or "" if isinstance(one.tag, str) else "")
        elif skipping is None and one is not element:
            parts.append(" " if one.tag in ("br", "p", "div", "li") else "")
            parts.append(one.tail or "")
    return " ".join("".join(parts).split()) or None


def _walk(element: Any) -> Iterator[tuple[str, Any]]:
    """The elements below one, as they begin and end, without recursion."""
    stack = [(element, iter(element))]
    yield "start", element
    while stack:
        parent, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "end", parent
        else:
            yield "start", child
            stack.append((child, iter(child)))
