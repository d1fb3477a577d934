"""Results as an Excel workbook: a sheet for each table, numbers as numbers, days as days.

What a source wrote is text there, whatever it begins with: no cell is a formula. The same result
gives the same bytes, so the times that a workbook carries are those of its epoch.
"""

from __future__ import annotations

import datetime as dt
import importlib
import io
import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from rates.errors import UsageError

from .cells import clean, is_exact, missing, width
from .grids import Grid

MOST_ROWS = 1_048_575  # of a sheet, below its heading
_LONGEST = 32_767  # characters of a cell
_WIDEST = 60  # columns of a terminal, about
_EPOCH = (1980, 1, 1, 0, 0, 0)
_TIMES = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_MEASURED = 200  # rows by which the width of a column is chosen


class _Timeless(zipfile.ZipFile):
    """An archive whose members all have one time."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        content = data.encode() if isinstance(data, str) else data
        if str(zinfo_or_arcname).endswith("core.xml"):
            content = _TIMES.sub(b"1980-01-01T00:00:00Z", content)
        member = zipfile.ZipInfo(str(zinfo_or_arcname), _EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        super().writestr(member, content)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        with open(filename, "rb") as file:  # noqa: PTH123
            self.writestr(arcname or filename, file.read())


def spreadsheet(grids: Iterable[Grid]) -> bytes:
    """The grids as the bytes of an .xlsx file.

    Raises UsageError where openpyxl is not installed, and for more rows than a sheet can hold.

    >>> spreadsheet([Grid("rows", ("amount", "text"), [(-5.0, "=1+1")])])[:2]
    b'PK'
    """
    excel, writer = _engine()
    book = excel.Workbook(write_only=True)
    for number, grid in enumerate(grids, start=1):
        rows = [tuple(row) for row in grid.rows]
        if len(rows) > MOST_ROWS:
            raise UsageError(
                f"{len(rows):,} rows are more than a sheet holds ({MOST_ROWS:,}); choose .csv"
            )
        _sheet(book.create_sheet(_name(grid.name, number)), grid.columns, rows)
    held = io.BytesIO()
    writer(book, _Timeless(held, "w", zipfile.ZIP_DEFLATED)).save()
    return held.getvalue()


def _engine() -> tuple[Any, Any]:
    try:
        excel = importlib.import_module("openpyxl")
        writer = importlib.import_module("openpyxl.writer.excel").ExcelWriter
    except ImportError as error:
        raise UsageError(
            "a workbook needs openpyxl: pip install 'pledgecalc[excel]', or choose .csv"
        ) from error
    return excel, writer


def _name(name: str, number: int) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31] or f"table {number}"


def _sheet(sheet: Any, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A heading that stays in sight, then the rows."""
    values = [[_value(name, cell) for name, cell in zip(columns, row, strict=True)] for row in rows]
    letters = importlib.import_module("openpyxl.utils").get_column_letter
    for at, name in enumerate(columns):
        longest = max([width(name), *(width(_shown(row[at])) for row in values[:_MEASURED])])
        sheet.column_dimensions[letters(at + 1)].width = min(longest, _WIDEST) + 2
    sheet.freeze_panes = "A2"
    heading = [_cell(sheet, name) for name in columns]
    bold = importlib.import_module("openpyxl.styles").Font(bold=True)
    for cell in heading:
        cell.font = bold
    sheet.append(heading)
    for row in values:
        sheet.append([_cell(sheet, value) for value in row])
    if columns:
        sheet.auto_filter.ref = f"A1:{letters(len(columns))}{len(rows) + 1}"


def _cell(sheet: Any, value: object) -> Any:
    cell = importlib.import_module("openpyxl.cell").WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # not "f", whatever it begins with
        cell.quotePrefix = value[:1] in tuple("=+-@")  # nor when someone edits it
    elif isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, float | int) and not isinstance(value, bool):
        whole = "#,##0" if value == int(value) else "#,##0.00"
        cell.number_format = whole if abs(value) >= 1000 else "General"
    return cell


def _shown(value: object) -> str:
    return f"{value:,.2f}" if isinstance(value, float) else str("" if value is None else value)


def _value(column: str, value: object) -> object:
    """What a cell of a sheet holds: a number, a day, a truth, a text, nothing.

    >>> _value("amount", "744743200"), _value("as_of", dt.datetime(2024, 11, 4)), _value("a", [1])
    (744743200.0, datetime.date(2024, 11, 4), '1')
    """
    if isinstance(value, Mapping):
        return _text(" ".join(str(_value(column, one) or "") for one in value.values()))
    if isinstance(value, list | tuple):
        return _text("|".join(str(_value(column, one) or "") for one in value))
    if missing(value):
        return None
    if type(value).__name__ in ("bool", "bool_"):  # numpy's own is no bool
        return bool(value)
    if isinstance(value, dt.date):
        return dt.date(value.year, value.month, value.day)
    if isinstance(value, str):
        return _number(value) if is_exact(column) else _text(value)
    return _number(value)


def _number(value: object) -> object:
    try:
        found = float(value) if isinstance(value, Decimal | str) else value
        number = int(found) if isinstance(found, int) else float(found)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return _text(str(value))
    return number if math.isfinite(number) else None


def _text(value: str) -> str:
    return clean(value)[:_LONGEST]
