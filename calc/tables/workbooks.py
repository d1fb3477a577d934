"""Workbooks as tables: which sheet, which row is the header, what merged cells say.

Excel (.xlsx, .xlsm, .xls, .xlsb) and OpenDocument (.ods) files are read by calamine; openpyxl is
asked for what only the format of a cell says, which is its currency, and stands in for .xlsx.
"""

from __future__ import annotations

import contextlib
import datetime
import importlib
import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from rates.errors import UnreadableInputError

from ..documents.archives import DAMAGED, FEWEST_SUSPECT, MOST_TIMES
from ..documents.kinds import suffix_of
from .formats import currencies_of_sheet
from .raw import HEADER_ROWS, Raw, engine
from .units import with_units
from .workbook_cells import contents, contents_elsewhere

MAX_UNPACKED_BYTES = 1_000_000_000  # a workbook that unpacks to more is no table of claims
MAX_MERGED_BYTES = 20_000_000  # of a workbook in which merged cells and formats are looked for
OLD = b"\xd0\xcf\x11\xe0"  # the first bytes of an .xls file
MOST_COLUMNS = 1_000  # a cell further right is a slip of the hand
MOST_EMPTY_ROWS = 10_000  # below these, the same
_FAR_RIGHT = re.compile(rb'<c r="[A-Z]{3}')
_LAST_CELL = 11  # kinds of records of a binary sheet: 0 begins a row, 1 to 11 are its cells
_REPEATED = re.compile(
    rb'columns-repeated="\d{4,}"[^>]{0,400}office:value'
    rb'|office:value[^>]{0,400}columns-repeated="\d{4,}"'
)
_REPEATED_ROW = re.compile(
    rb'<table:table-row[^>]{0,300}rows-repeated="\d{4,}"[^>]{0,300}>(.{0,4000}?)</table:table-row>',
    re.DOTALL,
)

Cells = list[tuple[Any, ...]]
IsHeader = Callable[[Iterable[str]], bool]


class Sheet(NamedTuple):
    """The cells of one sheet from its first row and column on, and where its header stands."""

    title: str
    rows: Cells
    header: int | None


def workbook(
    data: bytes,
    name: str,
    is_header: IsHeader,
    sheet: str | None = None,
    named: Collection[str] = (),
) -> Raw:
    """Read the sheet that holds the table: the one asked for, that has the columns ``named``.

    Raises UnreadableInputError for a damaged, empty or locked workbook, and for a sheet that it
    does not have.
    """
    cells = _sheets(data, name)
    filled = [title for title, rows in cells.items() if _filled(rows)]
    if not filled:
        raise UnreadableInputError(f"{name}: the workbook is empty", name)
    sheets = [Sheet(t, cells[t], _header_row(cells[t], is_header, named)) for t in filled]
    chosen, fitting = _chosen(sheets, [*cells], name, sheet, named)
    notes: tuple[str, ...] = ()
    if sheet is None and len(filled) > 1:
        others = [title for title in fitting if title != chosen.title]
        more = f"; {', '.join(others)} could be read too" if others else ""
        notes = (
            f"only the sheet {chosen.title!r} was read, of {', '.join(filled)}{more} "
            f"(--sheet {_word(others[0] if others else filled[-1])} reads another)",
        )
    raw = _of_sheet(chosen, notes)
    if len(data) <= MAX_MERGED_BYTES and data.startswith(b"PK"):
        found = currencies_of_sheet(data, chosen.title, raw.first_row, list(raw.frame.columns))
        raw = _with_currencies(raw, found)
    return raw


def _with_currencies(raw: Raw, found: Mapping[str, Mapping[int, str]]) -> Raw:
    """A column of currencies beside the amounts whose number format says them."""
    frame = raw.frame.copy()
    taken = {name.casefold() for name in frame.columns}
    notes = []
    for amounts, codes in found.items():
        name = "currency" if len(found) == 1 else f"currency of {amounts}"
        if name not in taken:
            frame[name] = [codes.get(int(label)) for label in frame.index]
            shown = ", ".join(dict.fromkeys(codes.values()))
            notes.append(f"{amounts}: the number format of its cells says {shown}")
    return raw._replace(frame=frame, notes=(*raw.notes, *notes))


def _word(title: str) -> str:
    return f'"{title}"' if " " in title else title


def _chosen(
    sheets: list[Sheet], all_titles: list[str], name: str, asked: str | None, named: Collection[str]
) -> tuple[Sheet, list[str]]:
    """The sheet to read, and the titles of those that could be: by name, columns, or header."""
    fitting = [one for one in sheets if one.header is not None]
    if asked is not None:
        wanted = asked.strip().casefold()
        found = next((one for one in sheets if one.title.casefold() == wanted), None)
        if found is None and wanted.isdigit() and 0 < int(wanted) <= len(all_titles):
            title = all_titles[int(wanted) - 1]
            found = next((one for one in sheets if one.title == title), None)
        if found is None:
            raise UnreadableInputError(
                f"{name}: no filled sheet {asked!r}; it has {', '.join(s.title for s in sheets)}",
                name,
            )
        return found, []
    if named:
        has = [one for one in fitting if {*named} <= {*_names(one.rows[one.header or 0])}]
        fitting = has or fitting
    return (fitting or sheets)[0], [one.title for one in fitting]


def _sheets(data: bytes, name: str) -> dict[str, Cells]:
    """The rows of each sheet of a workbook."""
    calamine, openpyxl = _readers(name)
    sparse = _bounded(data, name)
    try:
        if calamine is not None and not sparse:
            return _by_calamine(data)
        return _by_openpyxl(openpyxl or engine("openpyxl", "excel", name), data, sparse)
    except UnreadableInputError:
        raise
    except Exception as error:  # the reader of a damaged file raises whatever it stumbles over
        if "assword" in str(error) or "ncrypt" in str(error):
            told = f"{name}: locked with a password; save it without one"
        else:
            told = f"{name}: not a readable Excel file ({error}); save it again as .xlsx or .csv"
        raise UnreadableInputError(told, name) from error


def _readers(name: str) -> tuple[Any, Any]:
    """What reads workbooks; openpyxl alone reads Excel's own files, .xlsx and .xlsm."""
    found: dict[str, Any] = {"python_calamine": None, "openpyxl": None}
    for module in found:
        with contextlib.suppress(ImportError):
            found[module] = importlib.import_module(module)
    calamine = found["python_calamine"]
    is_other = suffix_of(name) in (".xls", ".xlsb", ".ods")
    if calamine is None and (is_other or found["openpyxl"] is None):
        engine("python_calamine", "excel", name)
    return calamine, found["openpyxl"]


def _refuse_bombs(entries: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableInputError(
            f"{name}: unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB", name
        )
    if unpacked > FEWEST_SUSPECT and unpacked > MOST_TIMES * packed:
        raise UnreadableInputError(
            f"{name}: unpacks to more than {MOST_TIMES} times its size, as a workbook does that is "
            "made to stop a reader; save it again as .xlsx or .csv",
            name,
        )


def _bounded(data: bytes, name: str) -> bool:
    """Refuse what unpacks without end; tell whether stray cells make a sheet larger than it is."""
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _refuse_bombs(entries, len(data), name)
            parts = {e.filename for e in entries}
            if not any(part.startswith(("xl/", "content.xml")) for part in parts):
                raise UnreadableInputError(
                    f"{name}: a zip archive or an office file that is no workbook; give its name "
                    "the ending that it has by right (.zip, .docx, …)",
                    name,
                )
            if "content.xml" in parts:
                _refuse_repeats(archive.read("content.xml"), name)
                return False
            pages = sorted(part for part in parts if part.startswith("xl/worksheets/sheet"))
            for page in (one for one in pages if one.endswith(".bin")):
                if _is_sparse_binary(archive.read(page)):
                    raise UnreadableInputError(
                        f"{name}: a cell far away from all others makes its sheet too large; "
                        "delete it, or save the table as .xlsx",
                        name,
                    )
            return any(_is_sparse(archive.read(p)) for p in pages if p.endswith(".xml"))
    except UnreadableInputError:
        raise
    except (*DAMAGED, KeyError) as error:
        raise UnreadableInputError(
            f"{name}: not a readable Excel file ({error}); save it again as .xlsx or .csv", name
        ) from error


def _is_sparse(sheet: bytes) -> bool:
    """A cell far to the right or below makes a reader lay out millions that are empty."""
    last = re.match(rb'<row [^>]{0,200}?\br="(\d{1,9})"', sheet[max(sheet.rfind(b"<row "), 0) :])
    far_down = last is not None and int(last[1]) > MOST_EMPTY_ROWS + 20 * sheet.count(b"<row ")
    return far_down or _FAR_RIGHT.search(sheet) is not None


def _is_sparse_binary(sheet: bytes) -> bool:
    """The same of a binary sheet: records of a kind, a size and a body, rows before their cells."""
    place = rows = last = 0
    while place + 2 < len(sheet):
        kind = sheet[place]
        place += 1
        if kind & 0x80:
            kind = kind & 0x7F | sheet[place] << 7
            place += 1
        size = shift = 0
        while place < len(sheet):
            part = sheet[place]
            place += 1
            size |= (part & 0x7F) << shift
            shift += 7
            if part < 0x80 or shift > 21:
                break
        if kind <= _LAST_CELL:
            number = int.from_bytes(sheet[place : place + 4], "little")
            if kind == 0:
                rows, last = rows + 1, max(last, number)
            elif number > MOST_COLUMNS:
                return True
        place += size
    return last > MOST_EMPTY_ROWS + 20 * rows


def _refuse_repeats(content: bytes, name: str) -> None:
    """A cell of an OpenDocument sheet that says that it stands there thousands of times."""
    rows = (match[1] for match in _REPEATED_ROW.finditer(content))
    if _REPEATED.search(content) or any(b"office:value" in row for row in rows):
        raise UnreadableInputError(
            f"{name}: repeats a filled cell thousands of times; save the table as .csv", name
        )


def _by_calamine(data: bytes) -> dict[str, Cells]:
    """Read with calamine; what it panics at is no Exception, and may not end the program."""
    try:
        found = contents_elsewhere(data) if data.startswith(OLD) else contents(data)
    except (Exception, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as panic:
        raise ValueError(str(panic)) from panic
    return {
        title: _unmerged(areas, [tuple(None if one == "" else one for one in row) for row in rows])
        for title, rows, areas in found
    }


def _by_openpyxl(openpyxl: Any, data: bytes, sparse: bool) -> dict[str, Cells]:
    large = sparse or len(data) > MAX_MERGED_BYTES
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=large, data_only=True)
    found: dict[str, Cells] = {}
    for sheet in book.worksheets:
        if large:
            sheet.reset_dimensions()
            found[sheet.title] = _near(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS))
            continue
        ranges = sorted(sheet.merged_cells.ranges, key=str)
        areas = [(a.min_row - 1, a.min_col - 1, a.max_row - 1, a.max_col - 1) for a in ranges]
        found[sheet.title] = _unmerged(areas, list(sheet.iter_rows(values_only=True)))
    return found


def _near(rows: Iterable[tuple[Any, ...]]) -> Cells:
    """The rows of a sheet with stray cells, without what lies beyond thousands of empty ones."""
    found: Cells = []
    empty = 0
    for row in rows:
        filled = [place for place, cell in enumerate(row) if cell is not None]
        empty = 0 if filled else empty + 1
        if empty > MOST_EMPTY_ROWS:
            break
        found.append(tuple(row[: filled[-1] + 1]) if filled else ())
    while found and not found[-1]:
        found.pop()
    width = max(map(len, found), default=0)
    return [(*row, *(None,) * (width - len(row))) for row in found]


def _of_sheet(sheet: Sheet, notes: tuple[str, ...]) -> Raw:
    """The table of a sheet; where no row looks like a header, the first filled one is it."""
    rows = sheet.rows
    first = next(i for i, row in enumerate(rows) if any(cell is not None for cell in row))
    start = first if sheet.header is None else sheet.header
    above = tuple(str(cell) for row in rows[:start] for cell in row if cell is not None)
    width = _width(rows)
    names = _names(rows[start][:width])
    cells = [[_plain(cell) for cell in row[:width]] for row in rows[start + 1 :]]
    frame = pd.DataFrame(cells, columns=names, dtype=object)
    blank = frame.isna().all(axis=1)
    if bool(blank.any()):
        frame = frame[~blank]  # keeps the row labels: row numbers stay those of the sheet
    return Raw(frame, start + 2, [], frozenset(), above=above, notes=notes)


def _width(rows: Cells) -> int:
    """How many columns are filled at all: a fill colour far right is no cell of the table."""
    return max(
        (place for row in rows for place in range(len(row), 0, -1) if row[place - 1] is not None),
        default=0,
    )


def _plain(cell: Any) -> Any:
    """A date with the time 00:00 as a date; a duration as its text."""
    if isinstance(cell, datetime.timedelta | datetime.time):
        return str(cell)
    return cell


def _header_row(rows: Cells, is_header: IsHeader, named: Collection[str] = ()) -> int | None:
    """Return the row that is the header, alone or with the units in the row below it."""
    most = 0
    for index, row in enumerate(rows[:HEADER_ROWS]):
        if named and {*named} <= {*_names(row)}:
            return index
        filled = sum(cell is not None for cell in row)
        if filled <= most:
            continue  # a row of data has as many cells as the header above it
        most = filled
        names = _names(row)
        below = ["" if cell is None else str(cell).strip() for cell in _cells(rows, index + 1)]
        if is_header(names) or is_header(with_units(names, below) or ()):
            return index
    return None


def _cells(rows: Cells, index: int) -> tuple[Any, ...]:
    return rows[index] if index < len(rows) else ()


def _unmerged(areas: Iterable[tuple[int, int, int, int]], rows: Cells) -> Cells:
    """Repeat the words of cells that are merged over several rows; a number counts only once.

    An area is the first row and column and the last row and column, from 0.
    """
    areas = [area for area in areas if area[1] == area[3] and area[0] < area[2] < len(rows)]
    if not areas:
        return rows
    cells = [list(row) for row in rows]
    for top, column, bottom, _ in areas:
        value = cells[top][column] if column < len(cells[top]) else None
        if isinstance(value, str):
            for row in range(top + 1, bottom + 1):
                cells[row][column] = value
    return [tuple(row) for row in cells]


def _filled(rows: Cells) -> bool:
    return any(cell is not None for row in rows for cell in row)


def _names(row: tuple[Any, ...]) -> list[str]:
    return [
        str(_whole(cell)).strip() if cell is not None else f"column {position}"
        for position, cell in enumerate(row, start=1)
    ]


def _whole(cell: Any) -> Any:
    """A year in a header is a number without a fraction."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
