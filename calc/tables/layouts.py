"""Table files as plain frames: CSV, TSV, JSON, Excel and Parquet, every cell as it was written.

Nothing is interpreted here. A row that does not fit its table is kept and reported, for a cell
that slipped into the next column would be a wrong amount.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import warnings
import zipfile
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pandas as pd

from rates.errors import UnreadableInputError

from ..documents import decode

MAX_UNPACKED_BYTES = 1_000_000_000  # an Excel file that unpacks to more is no table of claims
HEADER_ROWS = 20  # titles and notes above the header of a spreadsheet
SEPARATORS = (",", ";", "\t", "|")
MISSING = ("", "NaN", "nan", "NaT", "<NA>", "null", "None")


class Raw(NamedTuple):
    """A table as written: ``first_row`` is the number that a person sees at the first data row.

    ``unsafe`` holds the positions of rows whose cells do not match the header; ``continental``
    says that the file uses semicolons, hence usually decimal commas.
    """

    frame: pd.DataFrame
    first_row: int
    problems: list[str]
    unsafe: frozenset[int]
    continental: bool = False


def load(data: bytes, name: str, is_header: Callable[[Iterable[str]], bool]) -> Raw:
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
    return _delimited(text, name, "\t" if suffix == "tsv" else None)


def _delimited(text: str, name: str, separator: str | None) -> Raw:
    first = text.lstrip("\n").split("\n", 1)[0]
    sep = separator or max(SEPARATORS, key=lambda mark: (first.count(mark), mark == ","))
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
            )
    except (pd.errors.ParserError, pd.errors.ParserWarning, ValueError):
        frame, problems, unsafe = _row_by_row(text, name, sep)
    frame.columns = [str(column).strip() for column in frame.columns]
    return Raw(frame, 2, problems, frozenset(unsafe), continental=sep == ";")


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
                    lists = [v for v in found.values() if isinstance(v, list)] if found else []
                    records = lists[0] if len(lists) == 1 else [found]
                    break
                problems.append(f"line {number}: not valid JSON; the line is left out")
    good = [record for record in records if isinstance(record, dict)]
    if len(good) < len(records):
        problems.append(f"{len(records) - len(good)} entries are not objects and are left out")
    if not good:
        raise UnreadableInputError(
            f"{name}: holds no rows; a JSON table is a list of objects, or one object a line", name
        )
    columns = list(dict.fromkeys(str(key) for record in good for key in record))
    cells = {c: [_plain(record.get(c)) for record in good] for c in columns}
    return Raw(pd.DataFrame(cells, columns=columns, dtype="str"), 1, problems, frozenset())


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
    openpyxl = _engine("openpyxl", "excel", name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MAX_UNPACKED_BYTES:
            raise UnreadableInputError(
                f"{name}: unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB", name
            )
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    except UnreadableInputError:
        raise
    except Exception as error:  # the reader of a damaged file raises whatever it stumbles over
        raise UnreadableInputError(
            f"{name}: not a readable Excel file ({error}); save it again as .xlsx or .csv", name
        ) from error
    filled = {title: rows for title, rows in sheets.items() if _filled(rows)}
    if not filled:
        raise UnreadableInputError(f"{name}: the workbook is empty", name)
    title, rows = next(iter(filled.items()))
    problems = (
        [f"only the first sheet ({title}) was read, of {', '.join(filled)}"]
        if len(filled) > 1
        else []
    )
    start = next(
        (i for i, row in enumerate(rows[:HEADER_ROWS]) if is_header(_names(row))),
        next(i for i, row in enumerate(rows) if any(cell is not None for cell in row)),
    )
    names = _names(rows[start])
    frame = pd.DataFrame([list(row) for row in rows[start + 1 :]], columns=names, dtype=object)
    blank = frame.isna().all(axis=1)
    if bool(blank.any()):
        frame = frame[~blank]  # keeps the row labels: row numbers stay those of the sheet
    return Raw(frame, start + 2, problems, frozenset())


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
