"""An aligned table and wrapped paragraphs for a terminal, 80 columns unless told otherwise.

When a table is too wide, the columns that may wrap give way, widest first; their text goes on in
the lines below. The others never do, and no number is cut or parted from its unit: an amount on
two lines is misread. A table that is too wide even so is told row by row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .cells import clean, width

WIDTH = 80
_GAP = 2
_NARROWEST = 12  # below this a wrapped column reads like a list of syllables
_READABLE = 100  # columns of running text; longer lines are hard to follow
# A space between a number and its unit, or a sign and its number, where no line may end.
_UNIT = r"(?:[kKMm]|[bt]n|thousand|(?:m|b|tr)illion)"
_MONTH = r"(?:Janu|Febru|March|April|May|June|July|August|Sept|Octo|Nov|Dec)"
_CODE = r"[A-Z]{3}\b"
_TIED = re.compile(
    rf"(?<=\d) (?=(?:{_UNIT}|per cent)\b|{_CODE}|{_MONTH}|%)"
    rf"|(?<=\b[Mk]) (?={_CODE})|(?<=\b[bt]n) (?={_CODE})|(?<=illion) (?={_CODE})"
    rf"|(?<=\b[A-Z]{{3}}) (?=\d)"
)
_TIE = "\x00"  # stands for such a space while lines are broken
_NUMBER = re.compile(r"[^\w\s]{0,3}\d[\d.,–−-]*\S{0,4}")
Tint = Callable[
    [str, str], str
]  # a column's name and a cell's text on a line -> the same in colour


class Column(NamedTuple):
    """A heading, whether its cells stand to the right, and whether they may wrap."""

    name: str
    right: bool = False
    wrap: bool = False


def aligned(
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    total: int = WIDTH,
    indent: int = 0,
    tint: Tint | None = None,
) -> list[str]:
    r"""Return the heading and then each row as text; no line is wider than ``total``.

    A table that cannot be made so narrow has no heading: each cell names its column.

    >>> table = aligned([Column("who"), Column("sum", right=True)], [["Lithuania", "10 M EUR"]])
    >>> print("\n".join(table))
    who             sum
    Lithuania  10 M EUR
    """
    body = [[clean(cell) for cell in row] for row in rows]
    heading = [column.name for column in columns]
    widths = _widths([heading, *body], [column.wrap for column in columns], total - indent)
    if sum(widths) + _GAP * (len(widths) - 1) > total - indent:
        return ["", *(_told(row, columns, total, indent, tint) for row in body)]
    return [
        _text(heading, columns, widths, indent),
        *(_text(row, columns, widths, indent, tint) for row in body),
    ]


def paragraph(text: object, total: int = WIDTH, indent: int = 0, hang: int = 0) -> str:
    """Wrap one paragraph; the lines after the first stand ``hang`` further in.

    >>> print(paragraph("one two three", total=9, indent=1, hang=1))
     one two
      three
    """
    first = wrapped(clean(text), min(total, _READABLE) - indent - hang)
    return "\n".join(
        " " * (indent + (hang if number else 0)) + line for number, line in enumerate(first)
    )


def wrapped(text: str, room: int) -> list[str]:
    """Break ``text`` at spaces into lines of at most ``room`` columns; a longer word is cut.

    A number stays whole and with its unit, though the line be longer.

    >>> wrapped("683 million euros", 11), wrapped("over 683 million", 9)
    (['683 million', 'euros'], ['over', '683 million'])
    """
    return [line.replace(_TIE, " ") for line in _broken(_TIED.sub(_TIE, text), room)]


def _broken(text: str, room: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width(joined) <= room:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        pieces = _pieces(word, room)
        lines[-1] = pieces[0]
        lines += pieces[1:]
    return lines


def _pieces(word: str, room: int) -> list[str]:
    if _whole(word):
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _whole(word: str) -> bool:
    return _TIE in word or "://" in word or _NUMBER.fullmatch(word) is not None


def _longest(cell: str, words: Callable[[str], bool] = bool) -> int:
    """How wide the longest of its words is that cannot be parted."""
    return max((width(one) for one in _TIED.sub(_TIE, cell).split(" ") if words(one)), default=0)


def _widths(rows: list[list[str]], may_wrap: list[bool], total: int) -> list[int]:
    cells = list(zip(*rows, strict=True))
    widths = [max(map(width, column)) for column in cells]
    spare = total - _GAP * (len(widths) - 1)
    words = [max(_longest(cell) for cell in column) for column in cells]
    numbers = [max(_longest(cell, _whole) for cell in column) for column in cells]
    # First down to the longest word, so that no file name is broken; then, if it must be, to the
    # longest number.
    for floors in (words, numbers):
        able = [at for at, may in enumerate(may_wrap) if may]
        while (over := sum(widths) - spare) > 0:
            wide = [at for at in able if widths[at] > max(floors[at], _NARROWEST)]
            if not wide:
                break
            widest = max(wide, key=lambda at: widths[at])
            rivals = [widths[at] for at in wide if widths[at] < widths[widest]]
            floor = max([floors[widest], _NARROWEST, *rivals])
            widths[widest] -= min(over, widths[widest] - floor)
    return widths


def _told(
    cells: Sequence[str], columns: Sequence[Column], total: int, indent: int, tint: Tint | None
) -> str:
    """A row without a table: each cell behind the name of its column, as many on a line as fit."""
    parts = [(column, text.strip()) for column, text in zip(columns, cells, strict=True)]
    lines: list[str] = []
    at = total  # columns in use on the last line
    for column, text in parts:
        if not text:
            continue
        named = f"{column.name}: {text}" if column.name else text
        room = total - indent - 2
        if at + 3 + width(named) <= room:
            pieces = [named]
            lines[-1] += " · "
            at += 3
        else:
            pieces = wrapped(named, room)
            lines.append(" " * (indent + 2 if lines else indent))
            at = 0
        for number, piece in enumerate(pieces):
            if number:
                lines.append(" " * (indent + 2))
                at = 0
            lines[-1] += tint(column.name, piece) if tint else piece
            at += width(piece)
    return "\n".join(lines)


def _text(
    cells: Sequence[str],
    columns: Sequence[Column],
    widths: list[int],
    indent: int,
    tint: Tint | None = None,
) -> str:
    parts = [wrapped(cell, room) for cell, room in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(map(len, parts))):
        line = " " * indent
        for part, column, room in zip(parts, columns, widths, strict=True):
            text = part[number] if number < len(part) else ""
            pad = " " * (room - width(text))
            text = tint(column.name, text) if tint and text else text
            line += (pad + text if column.right else text + pad) + " " * _GAP
        lines.append(line.rstrip())
    return "\n".join(lines)
