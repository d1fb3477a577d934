"""Excel workbooks as tables: which sheet, which row is the header, what merged cells say."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from rates.errors import UnreadableInputError

from .raw import HEADER_ROWS, Raw, engine
from .units import with_units

MAX_UNPACKED_BYTES = 1_000_000_000  # a workbook that unpacks to more is no table of claims
MAX_MERGED_BYTES = 20_000_000  # of a workbook in which merged cells are looked for


def workbook(data: bytes, name: str, is_header: Callable[[Iterable[str]], bool]) -> Raw:
    sheets = _sheets(data, name)
    filled = {title: rows for title, rows in sheets.items() if _filled(rows)}
    if not filled:
        raise UnreadableInputError(f"{name}: the workbook is empty", name)
    heads = {title: _header_row(rows, is_header) for title, rows in filled.items()}
    fitting = [title for title, at in heads.items() if at is not None]
    title = fitting[0] if fitting else next(iter(filled))
    notes: tuple[str, ...] = ()
    if len(filled) > 1:
        more = f"; {', '.join(fitting[1:])} could be read too" if len(fitting) > 1 else ""
        notes = (
            f"only the sheet {title!r} was read, of {', '.join(filled)}{more} "
            "(save another sheet as a file of its own)",
        )
    return _of_sheet(filled[title], heads[title], notes)


def _sheets(data: bytes, name: str) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each sheet of a workbook."""
    openpyxl = engine("openpyxl", "excel", name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise UnreadableInputError(
                f"{name}: unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB", name
            )
        large = unpacked > MAX_MERGED_BYTES
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=large, data_only=True)
        return {
            sheet.title: _unmerged(sheet, list(sheet.iter_rows(values_only=True)))
            for sheet in book.worksheets
        }
    except UnreadableInputError:
        raise
    except Exception as error:  # the reader of a damaged file raises whatever it stumbles over
        raise UnreadableInputError(
            f"{name}: not a readable Excel file ({error}); save it again as .xlsx or .csv", name
        ) from error


def _of_sheet(rows: list[tuple[Any, ...]], header: int | None, notes: tuple[str, ...]) -> Raw:
    """The table of a sheet; where no row looks like a header, the first filled one is it."""
    first = next(i for i, row in enumerate(rows) if any(cell is not None for cell in row))
    start = first if header is None else header
    above = tuple(str(cell) for row in rows[:start] for cell in row if cell is not None)
    names = _names(rows[start])
    frame = pd.DataFrame([list(row) for row in rows[start + 1 :]], columns=names, dtype=object)
    blank = frame.isna().all(axis=1)
    if bool(blank.any()):
        frame = frame[~blank]  # keeps the row labels: row numbers stay those of the sheet
    return Raw(frame, start + 2, [], frozenset(), above=above, notes=notes)


def _header_row(
    rows: list[tuple[Any, ...]], is_header: Callable[[Iterable[str]], bool]
) -> int | None:
    """Return the row that is the header, alone or with the units in the row below it."""
    most = 0
    for index, row in enumerate(rows[:HEADER_ROWS]):
        filled = sum(cell is not None for cell in row)
        if filled <= most:
            continue  # a row of data has as many cells as the header above it
        most = filled
        names = _names(row)
        below = ["" if cell is None else str(cell).strip() for cell in _cells(rows, index + 1)]
        if is_header(names) or is_header(with_units(names, below) or ()):
            return index
    return None


def _cells(rows: list[tuple[Any, ...]], index: int) -> tuple[Any, ...]:
    return rows[index] if index < len(rows) else ()


def _unmerged(sheet: Any, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Repeat the words of cells that are merged over several rows; a number counts only once."""
    merged = getattr(getattr(sheet, "merged_cells", None), "ranges", ())
    if not merged:
        return rows
    cells = [list(row) for row in rows]
    for area in sorted(merged, key=str):
        if area.min_col != area.max_col or area.max_row > len(cells):
            continue
        value = cells[area.min_row - 1][area.min_col - 1]
        if isinstance(value, str):
            for row in range(area.min_row, area.max_row):
                cells[row][area.min_col - 1] = value
    return [tuple(row) for row in cells]


def _filled(rows: list[tuple[Any, ...]]) -> bool:
    return any(cell is not None for row in rows for cell in row)


def _names(row: tuple[Any, ...]) -> list[str]:
    return [
        str(cell).strip() if cell is not None else f"column {position}"
        for position, cell in enumerate(row, start=1)
    ]
