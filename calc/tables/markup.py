"""The tables of pages and texts, as tables that people bring."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pandas as pd

from rates.errors import UnreadableInputError

from ..documents.grids import TextTable, page_grids
from ..documents.pages import tree_of_page
from ..schema import TEXT
from .raw import HEADER_ROWS, MISSING, Raw
from .units import with_units

FEWEST_ROWS = 2  # a header and one row below it
_DIGIT = re.compile(r"\d")

IsHeader = Callable[[Iterable[str]], bool]


def header_of(grid: TextTable, is_header: IsHeader) -> int | None:
    """The row of a grid that is its header; None when it is no table of amounts.

    >>> table = TextTable((("Donor", "Amount"), ("Norway", "5")))
    >>> header_of(table, lambda names: "Amount" in names)
    0
    """
    most = 0
    for place, row in enumerate(grid.rows[:HEADER_ROWS]):
        names = [cell or "" for cell in row]
        filled = len({name for name in names if name})  # a title over all columns is one cell
        if filled <= most:
            continue
        most = filled
        below = [cell or "" for cell in grid.rows[place + 1]] if place + 1 < len(grid.rows) else []
        if is_header(names) or is_header(with_units(names, below) or ()):
            rest = grid.rows[place + 1 :]
            return place if any(_DIGIT.search(c or "") for row in rest for c in row) else None
    return None


def of_grid(grid: TextTable, is_header: IsHeader, first_row: int = 2) -> Raw:
    """A grid as a table; its caption is the line above, where a unit may stand."""
    start = header_of(grid, is_header) or 0
    width = max((len(row) for row in grid.rows), default=0)
    header = (*grid.rows[start], *(None,) * (width - len(grid.rows[start])))
    names = [cell or f"column {place}" for place, cell in enumerate(header, start=1)]
    cells = [[None if cell in MISSING else cell for cell in row] for row in grid.rows[start + 1 :]]
    frame = pd.DataFrame(cells, columns=names, dtype=TEXT)
    frame = frame[~frame.isna().all(axis=1)]
    above = [cell for row in grid.rows[:start] for cell in row if cell]
    if grid.caption:
        above.insert(0, grid.caption)
    return Raw(frame, first_row + start, [], frozenset(), above=tuple(above))


def table_of_page(data: bytes, name: str, is_header: IsHeader) -> Raw:
    """The table of a page that is brought as a table: the first that fits, else the largest."""
    grids = [grid for grid, _ in page_grids(tree_of_page(data, name))]
    if not grids:
        raise UnreadableInputError(f"{name}: a web page without a table; give it as .html", name)
    fitting = [grid for grid in grids if header_of(grid, is_header) is not None]
    chosen = fitting[0] if fitting else max(grids, key=lambda grid: len(grid.rows))
    raw = of_grid(chosen, is_header)
    if len(grids) > 1:
        raw = raw._replace(notes=(f"one table was read, of {len(grids)} in the page",))
    return raw
