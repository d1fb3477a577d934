"""An aligned table and wrapped paragraphs for a terminal, 80 columns unless told otherwise.

When a table is too wide, the columns that may wrap give way, widest first; their text goes on in
the lines below. The others never do: an amount on two lines is misread, one past the edge is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .cells import clean, width

WIDTH = 80
_GAP = 2
_NARROWEST = 12  # below this a wrapped column reads like a list of syllables


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
) -> list[str]:
    r"""Return the heading and then each row as text; no line is wider than ``total``.

    >>> table = aligned([Column("who"), Column("sum", right=True)], [["Lithuania", "10 M EUR"]])
    >>> print("\n".join(table))
    who             sum
    Lithuania  10 M EUR
    """
    body = [[clean(cell) for cell in row] for row in rows]
    heading = [column.name for column in columns]
    widths = _widths([heading, *body], [column.wrap for column in columns], total - indent)
    return [_text(row, columns, widths, indent) for row in (heading, *body)]


def paragraph(text: object, total: int = WIDTH, indent: int = 0, hang: int = 0) -> str:
    """Wrap one paragraph; the lines after the first stand ``hang`` further in.

    >>> print(paragraph("one two three", total=9, indent=1, hang=1))
     one two
      three
    """
    first = wrapped(clean(text), total - indent - hang)
    return "\n".join(
        " " * (indent + (hang if number else 0)) + line for number, line in enumerate(first)
    )


def wrapped(text: str, room: int) -> list[str]:
    """Break ``text`` at spaces into lines of at most ``room`` columns; a longer word is cut.

    >>> wrapped("683 million euros", 11)
    ['683 million', 'euros']
    """
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
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _widths(rows: list[list[str]], may_wrap: list[bool], total: int) -> list[int]:
    cells = list(zip(*rows, strict=True))
    widths = [max(map(width, column)) for column in cells]
    spare = total - _GAP * (len(widths) - 1)
    words = [max(width(word) for cell in column for word in cell.split(" ")) for column in cells]
    # First down to the longest word, so that no file name is broken; then, if it must be, further.
    for floors in (words, [_NARROWEST] * len(widths)):
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


def _text(cells: Sequence[str], columns: Sequence[Column], widths: list[int], indent: int) -> str:
    parts = [wrapped(cell, room) for cell, room in zip(cells, widths, strict=True)]
    lines = []
    for number in range(max(map(len, parts))):
        line = " " * indent
        for part, column, room in zip(parts, columns, widths, strict=True):
            text = part[number] if number < len(part) else ""
            pad = " " * (room - width(text))
            line += (pad + text if column.right else text + pad) + " " * _GAP
        lines.append(line.rstrip())
    return "\n".join(lines)
