"""CSV that a spreadsheet opens without running anything that a source wrote."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping

from .grids import Grid
from .json_lines import value_of

# A spreadsheet takes text that starts with one of these for a formula (tab and carriage return
# are skipped before it looks; the wide forms count in East Asian editions).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_OBEYED = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def neutral(text: str) -> str:
    r"""Return ``text`` with an apostrophe before a sign that would start a formula.

    What a terminal obeys, or turns the direction of text, is a mark in its place.

    >>> neutral("=1+1"), neutral("10 million euros"), neutral("\x1b[31m")
    ("'=1+1", '10 million euros', '\ufffd[31m')
    """
    if not text.isprintable():
        text = _OBEYED.sub("\N{REPLACEMENT CHARACTER}", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def delimited(grids: Iterable[Grid]) -> str:
    r"""Return one grid as CSV; several are stacked, with a first column ``table``.

    Numbers are plain digits, dates ISO, missing cells empty, flags ``true`` and ``false``.

    >>> delimited([Grid("claims", ("amount", "text"), [(-5.0, "-5")])])
    "amount,text\r\n-5,'-5\r\n"
    """
    named = list(grids)
    columns = dict.fromkeys(["table"] if len(named) > 1 else [])
    for grid in named:
        columns |= dict.fromkeys(grid.columns)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([neutral(name) for name in columns])
    for grid in named:
        for row in grid.rows:
            record = {"table": grid.name, **dict(zip(grid.columns, row, strict=True))}
            writer.writerow([_cell(name, record.get(name)) for name in columns])
    return stream.getvalue()


def _cell(column: str, value: object) -> str:
    if isinstance(value, Mapping):
        return neutral(" ".join(_cell(column, item) for item in value.values()))
    if isinstance(value, list | tuple):
        return neutral("|".join(_cell(column, item) for item in value))
    plain = value_of(column, value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    # A number of ours may start with a minus sign; the text of a source may not.
    return neutral(value) if isinstance(value, str) else str(plain)
