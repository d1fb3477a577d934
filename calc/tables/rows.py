"""The rows of a table while they are read: raw cells, results, and problems by kind."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

import pandas as pd

from . import layouts
from .columns import Mapped

# What people write into a cell that they have nothing for.
PLACEHOLDERS = frozenset(
    "- – — . .. ... … n/a n.a. na nd n.d. none nil unknown tbd tba".split()
) | {
    "not given",
    "not available",
    "not applicable",
    "not disclosed",
    "undisclosed",
}
MOST_PROBLEMS = 5  # rows named for one kind of problem; the others are counted

_T = TypeVar("_T")


class TableRows:
    """The rows while they are read: raw cells by claims column, results, problems by kind."""

    def __init__(self, raw: layouts.Raw, mapped: Mapped, name: str, years: bool = False) -> None:
        self.frame = raw.frame
        self.raw = raw
        self.names = mapped.names
        self.mapped = mapped
        self.name = name
        self.years = years
        self.notes: list[str] = []
        self.count = len(raw.frame)
        self.data: dict[str, list[Any]] = {}
        self.problems: dict[str, list[int]] = {}
        self.numbers = [raw.first_row + int(label) for label in raw.frame.index]

    def cells(self, column: str) -> list[str | None]:
        """The cells of a claims column as text, missing ones None."""
        if column not in self.names:
            return [None] * self.count
        return self.own(self.names[column])

    def own(self, name: str) -> list[str | None]:
        """The cells of a column by the table's own name."""
        series = self.frame[name]
        if isinstance(series, pd.DataFrame):  # two columns of one name: the first
            series = series.iloc[:, 0]
        missing = series.isna().tolist()
        return [None if no else text_of(v) for v, no in zip(series.tolist(), missing, strict=True)]

    def report(self, row: int, message: str) -> None:
        self.problems.setdefault(message, []).append(self.numbers[row])

    def excuse(self, rows: list[int]) -> None:
        """Take back what was reported of rows that hold no claim."""
        if rows:
            left = {m: [n for n in found if n not in rows] for m, found in self.problems.items()}
            self.problems = {message: found for message, found in left.items() if found}

    def each(
        self, column: str, read: Callable[[str], _T], problem: Callable[[_T], str | None]
    ) -> list[_T | None]:
        """Read every cell of a column; a cell with a problem is reported."""
        found: list[_T | None] = []
        for row, cell in enumerate(self.cells(column)):
            if cell is not None and cell.strip().casefold() in PLACEHOLDERS:
                cell = None
            result = None if cell is None else read(cell)
            if result is not None and (message := problem(result)):
                self.report(row, f"{column}: {message}")
            found.append(result)
        return found


def text_of(value: Any) -> str:
    if isinstance(value, str):
        # Our own CSV puts an apostrophe before text that a spreadsheet would run.
        return value[1:] if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@") else value
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e17:
        return str(int(value))
    return str(value)


def float_of(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def problems_of(table: TableRows) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"source": table.name, "message": f"{table.name}: {m}"} for m in table.raw.problems
    ]
    for message, rows in table.problems.items():
        named = ", ".join(str(row) for row in rows[:MOST_PROBLEMS])
        more = f" and {len(rows) - MOST_PROBLEMS} more" if len(rows) > MOST_PROBLEMS else ""
        label = "row" if len(rows) == 1 else "rows"
        shown = f"{table.name}, {label} {named}{more}: {message}"
        found.append({"source": table.name, "message": shown, "rows": list(rows)})
    return found
