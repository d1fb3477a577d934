"""Delimited text as a table: commas, semicolons, tabs and bars, notes above the header."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Callable, Iterable

import pandas as pd

from rates.errors import UnreadableInputError

from ..schema import TEXT
from .fast_csv import fast_frame
from .raw import HEADER_ROWS, MISSING, Raw, refuse_long, refuse_wide

LONGEST_HEADER = 20_000  # characters
MANY_BLANK = 50  # columns at the right, without a name
SEPARATORS = (",", ";", "\t", "|")


def delimited(
    text: str, name: str, separator: str | None, is_header: Callable[[Iterable[str]], bool]
) -> Raw:
    sep, start = find_header(text, separator, is_header)
    lines = text.split("\n", start) if start else [text]
    above = tuple(line.strip(' \t\r"' + sep) for line in lines[:start])
    text = _narrowed(lines[-1], sep, name)
    problems: list[str] = []
    unsafe: set[int] = set()
    frame = fast_frame(text, sep, MISSING)
    if frame is None:
        frame, problems, unsafe = _any_frame(text, name, sep)
    blank = frame.isna().all(axis=1)
    if bool(blank.any()):
        frame = frame[~blank]  # the labels stay: rows keep their numbers
    frame.columns = [str(column).strip() for column in frame.columns]
    notes = [f"line {start + 1} read as the header; what stands above it is left out"]
    notes = [*(notes if any(above) else ()), *(["no rows below the header"] if frame.empty else ())]
    return Raw(
        frame,
        start + 2,
        [_moved(problem, start) for problem in problems],
        frozenset(unsafe),
        continental=sep == ";",
        above=tuple(line for line in above if line),
        notes=tuple(notes),
    )


def _narrowed(text: str, sep: str, name: str) -> str:
    """The table without the many blank columns that a stray cell far to the right leaves."""
    header = text.partition("\n")[0].rstrip("\r ")
    named = header.rstrip(sep + " ")
    refuse_wide(named.count(sep) + 1, name)
    refuse_long(text.count("\n"), name)
    if len(header) - len(named) < MANY_BLANK:
        return text
    lines = []
    for line in text.split("\n"):
        cells = line.rstrip("\r").rstrip(sep)
        lines.append(cells if len(line) - len(cells) >= MANY_BLANK else line)
    return "\n".join(lines)


def _any_frame(text: str, name: str, sep: str) -> tuple[pd.DataFrame, list[str], set[int]]:
    """The table with what is wrong with it: blank lines, rows of other lengths."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                io.StringIO(text),
                sep=sep,
                dtype=TEXT,
                index_col=False,
                keep_default_na=False,
                na_values=list(MISSING),
                skipinitialspace=True,
                skip_blank_lines=False,
            )
            return frame, [], set()
    except (pd.errors.ParserError, pd.errors.ParserWarning, ValueError):
        return _row_by_row(text, name, sep)


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
    return pd.DataFrame(records, columns=header, dtype=TEXT), problems, unsafe
