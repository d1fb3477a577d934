"""Excel workbooks: the sheet as it is, formats and formulas too, with our columns behind."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

import pandas as pd

from rates.errors import UnreadableInputError
from rates.frames.daily import EPOCH, NEVER

from ..report.delimited import neutral
from ..tables.formats import currencies_of_sheet
from ..tables.raw import engine
from ..tables.shapes import is_header
from ..tables.texts import text_of
from . import texts
from .added import Added, Count, add, counted
from .blocks import FrameBlock
from .plan import plan
from .wishes import Wishes, names

HEADER_ROWS = 20  # titles and notes above the header
_SHAPES = ("#,##0.00", "0.000000", "yyyy-mm-dd", "General")


def convert(
    data: bytes, target: BinaryIO, asked: Wishes, name: str
) -> tuple[Count, tuple[str, ...]]:
    """Copy a workbook with the added columns in one of its sheets; the count and the notes."""
    openpyxl = engine("openpyxl", "excel", name)
    try:
        seen = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        book = openpyxl.load_workbook(io.BytesIO(data))
    except Exception as error:  # the reader of a damaged file raises whatever it stumbles over
        raise UnreadableInputError(
            f"{name}: not a readable Excel file ({error}); save it again as .xlsx or .csv", name
        ) from error
    title, top, fitting = _sheet(seen, asked, name)
    rows = list(seen[title].iter_rows(values_only=True))
    columns = _titles(rows[top])
    below = [list(row[: len(columns)]) for row in rows[top + 1 :]]
    filled = [at for at, row in enumerate(below) if any(cell is not None for cell in row)]
    table = pd.DataFrame([below[at] for at in filled], columns=columns, dtype="object")
    said = currencies_of_sheet(data, title, top + 2, columns)  # by their number format alone
    for amounts, codes in said.items():
        name = "currency" if len(said) == 1 else f"currency of {amounts}"
        if name.casefold() not in map(str.casefold, columns):
            table[name] = [codes.get(at) for at in filled]
    head = table.head(1000).itertuples(index=False, name=None)
    sample = [[None if cell is None else text_of(cell) for cell in row] for row in head]
    chosen = plan([str(one) for one in table.columns], sample, asked, name)
    found = add(FrameBlock(table), chosen, asked)
    added = names(asked.to, columns)
    place = len(columns)
    for code, one in zip(asked.to, found, strict=True):
        _write(book[title], added[code], one, [top + 2 + at for at in filled], (top + 1, place + 1))
        place += len(added[code])
    book.save(target)
    notes = chosen.notes
    if len(fitting) > 1:
        others = ", ".join(one for one in fitting if one != title)
        notes = (*notes, f"only the sheet {title!r} was converted; {others} could be, with --sheet")
    return counted(found), notes


def _write(
    sheet: Any, titles: Sequence[str], one: Added, rows: Sequence[int], corner: tuple[int, int]
) -> None:
    """Put the columns of one currency into a sheet, the first title at ``corner``."""
    top, left = corner
    for step, title in enumerate(titles):
        sheet.cell(top, left + step, title)
    amounts, rates = texts.rounded(one.amounts).tolist(), texts.rounded(one.rates).tolist()
    days, notes = one.observed.tolist(), one.notes.tolist()
    for row, amount, rate, day, note in zip(rows, amounts, rates, days, notes, strict=True):
        cells = (
            None if amount != amount else amount,
            None if rate != rate else rate,
            None if day == NEVER else date.fromordinal(day + EPOCH),
            None if note < 0 else neutral(one.texts[note]),
        )
        for step, (value, shape) in enumerate(zip(cells, _SHAPES, strict=True)):
            if value is not None:
                sheet.cell(row, left + step, value).number_format = shape


def _sheet(book: Any, asked: Wishes, name: str) -> tuple[str, int, list[str]]:
    """The sheet to convert, the row of its header, and all sheets that could be."""
    heads: dict[str, int] = {}
    wanted = asked.told.sheet
    for sheet in book.worksheets:
        head = _header(sheet, asked.named)
        if head is not None:
            heads[sheet.title] = head
    if wanted is not None and wanted not in book.sheetnames:
        raise UnreadableInputError(
            f"{name}: no sheet {wanted!r}; it has {', '.join(book.sheetnames)}", name
        )
    fitting = [one for one in heads if wanted in (None, one)]
    if not fitting:
        raise UnreadableInputError(
            f"{name}: no sheet has a column of amounts ({', '.join(book.sheetnames)}); "
            "name it with --amount COLUMN",
            name,
        )
    return fitting[0], heads[fitting[0]], fitting


def _header(sheet: Any, wanted: frozenset[str]) -> int | None:
    most = 0
    for at, row in enumerate(sheet.iter_rows(max_row=HEADER_ROWS, values_only=True)):
        filled = sum(cell is not None for cell in row)
        if filled <= most:
            continue  # a row of data has as many cells as the header above it
        most = filled
        titles = _titles(row)
        if is_header(titles) or bool(wanted & {*titles}):
            return at
    return None


def _titles(row: tuple[Any, ...]) -> list[str]:
    """The names of the columns, up to the last that has one."""
    last = max((at for at, cell in enumerate(row) if cell is not None), default=-1)
    return [
        str(cell).strip() if cell is not None else f"column {at}"
        for at, cell in enumerate(row[: last + 1], start=1)
    ]
