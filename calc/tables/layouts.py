"""Table files as plain frames: CSV, TSV, JSON, Excel and Parquet, every cell as it was written.

Nothing is interpreted here. A row that does not fit its table is kept and reported, for a cell
that slipped into the next column would be a wrong amount.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
import warnings
import zipfile
from collections.abc import Callable, Collection, Iterable
from typing import Any, NamedTuple

import pandas as pd

from rates.errors import UnreadableInputError

from ..documents import decode
from .units import with_units

MAX_UNPACKED_BYTES = 1_000_000_000  # an Excel file that unpacks to more is no table of claims
MAX_MERGED_BYTES = 20_000_000  # of an Excel file in which merged cells are looked for
DEEPEST_ROWS = 3  # objects around the rows of a JSON file
LONGEST_HEADER = 20_000  # characters
HEADER_ROWS = 20  # titles and notes above the header of a spreadsheet
SEPARATORS = (",", ";", "\t", "|")
MISSING = ("", "NaN", "nan", "NaT", "<NA>", "null", "None")


class Raw(NamedTuple):
    """A table as written: ``first_row`` is the number that a person sees at the first data row.

    ``unsafe`` holds the positions of rows whose cells do not match the header; ``continental``
    says that the file uses semicolons, hence usually decimal commas. ``above`` holds the lines
    over the header, ``notes`` what a reader should know of how the table was found.
    """

    frame: pd.DataFrame
    first_row: int
    problems: list[str]
    unsafe: frozenset[int]
    continental: bool = False
    above: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def load(
    data: bytes,
    name: str,
    is_header: Callable[[Iterable[str]], bool],
    *,
    sheet: str | None = None,
    named: Collection[str] = (),
) -> Raw:
    """Read the bytes of a table by the ending of its ``name``, or by what they look like.

    ``is_header`` recognises the header of a spreadsheet that has notes above it. Raises
    UnreadableInputError for files that are damaged, too large or need an extra.
    """
    suffix = name.lower().rpartition(".")[2]
    if suffix == "parquet" or data.startswith(b"PAR1"):
        return _parquet(data, name)
    if suffix == "xlsx" or data.startswith(b"PK\x03\x04"):
        return _excel(data, name, is_header)
    text = decode(data, name)
    head = text.lstrip()[:2]
    if suffix in ("json", "jsonl", "ndjson") or head[:1] == "{" or head in ("[{", "[\n"):
        return _json(text, name)
    return _delimited(text, name, "\t" if suffix == "tsv" else None, is_header)


def _delimited(
    text: str, name: str, separator: str | None, is_header: Callable[[Iterable[str]], bool]
) -> Raw:
    sep, start = find_header(text, separator, is_header)
    lines = text.split("\n", start) if start else [text]
    above = tuple(line.strip(' \t\r"' + sep) for line in lines[:start])
    text = lines[-1]
    problems: list[str] = []
    unsafe: set[int] = set()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                io.StringIO(text),
                sep=sep,
                dtype=str,
                index_col=False,
                keep_default_na=False,
                na_values=list(MISSING),
                skipinitialspace=True,
                skip_blank_lines=False,
            )
            frame = frame[~frame.isna().all(axis=1)]  # the labels stay: rows keep their numbers
    except (pd.errors.ParserError, pd.errors.ParserWarning, ValueError):
        frame, problems, unsafe = _row_by_row(text, name, sep)
    frame.columns = [str(column).strip() for column in frame.columns]
    notes = (f"line {start + 1} read as the header; what stands above it is left out",)
    return Raw(
        frame,
        start + 2,
        [_moved(problem, start) for problem in problems],
        frozenset(unsafe),
        continental=sep == ";",
        above=tuple(line for line in above if line),
        notes=notes if any(above) else (),
    )


def find_header(
    text: str, separator: str | None, is_header: Callable[[Iterable[str]], bool]
) -> tuple[str, int]:
    """Return the separator and the line of the header: the first line, unless a later one fits."""
    lines = text.split("\n", HEADER_ROWS)[:HEADER_ROWS]
    blank = next((number for number, line in enumerate(lines) if line.strip()), 0)
    first = lines[blank]
    most = 0
    usual = separator or max(SEPARATORS, key=lambda mark: (first.count(mark), mark == ","))
    for number, line in enumerate(lines):
        if line.count('"') % 2:
            break  # a cell of several lines: its parts are no rows
        sep = separator or max(SEPARATORS, key=lambda mark: (line.count(mark), mark == ","))
        if len(line) < LONGEST_HEADER and sep in line:
            cells = next(csv.reader([line.strip("\r")], delimiter=sep, skipinitialspace=True), [])
            filled = sum(bool(cell.strip()) for cell in cells)
            # A title has fewer cells than the header below it; a row of data has as many.
            if filled > most and is_header([cell.strip() for cell in cells]):
                return sep, number
            most = max(most, filled)
        elif line.strip():
            most = max(most, 1)
    return usual, blank


def _moved(problem: str, lines: int) -> str:
    """A problem's row as a person counts it, with the lines above the header."""
    if not lines:
        return problem
    return re.sub(r"^row (\d+)", lambda match: f"row {int(match[1]) + lines}", problem)


def _row_by_row(text: str, name: str, sep: str) -> tuple[pd.DataFrame, list[str], set[int]]:
    """Read a file some of whose rows have other numbers of cells than the header."""
    problems: list[str] = []
    unsafe: set[int] = set()
    records: list[list[str | None]] = []
    try:
        reader = csv.reader(io.StringIO(text), delimiter=sep, skipinitialspace=True)
        rows = [row for row in reader if row]
    except csv.Error as error:
        raise UnreadableInputError(f"{name}: not a readable CSV file ({error})", name) from error
    header = rows[0] if rows else []
    for index, row in enumerate(rows[1:]):
        if len(row) > len(header):
            unsafe.add(index)
            problems.append(
                f"row {index + 2}: {len(row)} cells where the header has {len(header)}; "
                "its amount is left out (put quotes around cells that hold the separator)"
            )
        padded: list[str | None] = [*row, *[None] * len(header)][: len(header)]
        records.append([None if cell in MISSING else cell for cell in padded])
    return pd.DataFrame(records, columns=header, dtype="str"), problems, unsafe


def _json(text: str, name: str) -> Raw:
    problems: list[str] = []
    records: list[Any] = []
    if text.lstrip().startswith("["):
        found = _parsed(text, name)
        records = found if isinstance(found, list) else [found]
    else:
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            try:
                records.append(_loads(line))
            except (ValueError, RecursionError):
                if not records:  # one object over several lines, or no JSON at all
                    found = _parsed(text, name)
                    records = [found]
                    break
                problems.append(f"line {number}: not valid JSON; the line is left out")
    if len(records) == 1 and (inner := _rows_within(records[0])):
        records = inner
    good = [record for record in records if isinstance(record, dict)]
    if len(good) < len(records):
        problems.append(f"{len(records) - len(good)} entries are not objects and are left out")
    if not good:
        raise UnreadableInputError(
            f"{name}: holds no rows; a JSON table is a list of objects, or one object a line", name
        )
    good = [_flat(record) for record in good]
    columns = list(dict.fromkeys(str(key) for record in good for key in record))
    cells = {c: [_plain(record.get(c)) for record in good] for c in columns}
    return Raw(pd.DataFrame(cells, columns=columns, dtype="str"), 1, problems, frozenset())


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """Small objects within a row as columns of their own: amount.value, amount.currency."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict) and not any(isinstance(v, dict | list) for v in value.values()):
            flat.update({f"{key}.{name}": inner for name, inner in value.items()})
        else:
            flat[key] = value
    return flat


def _rows_within(record: Any, depth: int = 0) -> list[Any]:
    """Return the only list of objects within an object: {"meta": …, "data": {"flows": […]}}."""
    if not isinstance(record, dict) or depth > DEEPEST_ROWS:
        return []
    values = list(record.values())
    lists = [v for v in values if isinstance(v, list) and v and isinstance(v[0], dict)]
    if lists:
        return lists[0] if len(lists) == 1 else []
    inner = [rows for value in values if (rows := _rows_within(value, depth + 1))]
    return inner[0] if len(inner) == 1 else []


def _loads(text: str) -> Any:
    # Numbers stay as they are written: digits decide how exact an amount is.
    return json.loads(text, parse_float=str, parse_int=str, parse_constant=lambda _: None)


def _parsed(text: str, name: str) -> Any:
    try:
        return _loads(text)
    except RecursionError as error:
        raise UnreadableInputError(f"{name}: JSON nested too deeply for a table", name) from error
    except ValueError as error:
        raise UnreadableInputError(f"{name}: not valid JSON ({error})", name) from error


def _plain(value: Any) -> str | None:
    if value is None or value in MISSING:
        return None
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "|".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _engine(module: str, extra: str, name: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UnreadableInputError(
            f"{name}: reading this file needs {module.partition('.')[0]}; "
            f'install it with: pip install "pledgecalc[{extra}]"',
            name,
        ) from error


def _excel(data: bytes, name: str, is_header: Callable[[Iterable[str]], bool]) -> Raw:
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
    openpyxl = _engine("openpyxl", "excel", name)
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


def _parquet(data: bytes, name: str) -> Raw:
    parquet = _engine("pyarrow.parquet", "parquet", name)
    try:
        frame = parquet.read_table(io.BytesIO(data)).to_pandas()
    except Exception as error:  # as for Excel
        raise UnreadableInputError(
            f"{name}: not a readable Parquet file ({str(error)[:200]})", name
        ) from error
    frame.columns = [str(column) for column in frame.columns]
    return Raw(frame.reset_index(drop=True), 1, [], frozenset())
