"""A table as written: its cells, where they stand, and what was wrong with them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from rates.errors import UnreadableInputError

HEADER_ROWS = 20  # titles and notes above the header
MOST_COLUMNS = 5_000
MOST_ROWS = 5_000_000  # some 2 kB of memory each
MISSING = ("", "NaN", "nan", "NaT", "<NA>", "null", "None")


class Raw(NamedTuple):
    """A table as written: ``first_row`` is the number that a person sees at the first data row.

    ``unsafe`` holds the positions of rows whose cells do not match the header; ``continental``
    says that the file uses semicolons, hence usually decimal commas. ``above`` holds the lines
    over the header, ``notes`` what a reader should know of how the table was found; ``parents``
    are those of activities that only another row names. ``known`` says that the reader knew what
    the file holds: columns with our names are meant, and no other means anything.
    """

    frame: pd.DataFrame
    first_row: int
    problems: list[str]
    unsafe: frozenset[int]
    continental: bool = False
    above: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    parents: Mapping[str, str] | None = None
    known: bool = False


def refuse_wide(columns: int, name: str) -> None:
    """Raise UnreadableInputError for a table of more columns than anybody fills with claims."""
    if columns > MOST_COLUMNS:
        raise UnreadableInputError(
            f"{name}: {columns:,} columns, more than the {MOST_COLUMNS:,} that are read; "
            "keep those of donor, recipient, amount, currency and date",
            name,
        )


def refuse_long(rows: int, name: str) -> None:
    """Raise UnreadableInputError for a table of more rows than one reading has memory for."""
    if rows > MOST_ROWS:
        raise UnreadableInputError(
            f"{name}: {rows:,} rows, more than the {MOST_ROWS:,} that are read; "
            "split it into smaller files",
            name,
        )


def engine(module: str, extra: str, name: str) -> Any:
    """Import what reads a kind of file, or say which extra has it."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UnreadableInputError(
            f"{name}: reading this file needs {module.partition('.')[0]}; "
            f'install it with: pip install "pledgecalc[{extra}]"',
            name,
        ) from error
