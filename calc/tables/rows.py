"""The rows of a table while they are read: raw cells, results, and problems by kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeVar

import pandas as pd

from . import layouts
from .columns import Mapped
from .contents import Contents
from .texts import BLANKS

# What people write into a cell that they have nothing for.
PLACEHOLDERS = (
    BLANKS
    | frozenset(
        "- – — . .. ... … n/a n.a. na nd n.d. none nil unknown tbd tba k.a. n.v.t. s.o.".split()
    )
    | {
        "not given",
        "not available",
        "not applicable",
        "not disclosed",
        "undisclosed",
    }
)
MOST_PROBLEMS = 5  # rows named for one kind of problem; the others are counted

_T = TypeVar("_T")


class TableRows:
    """The rows while they are read: raw cells by claims column, results, problems by kind."""

    def __init__(
        self, raw: layouts.Raw, contents: Contents, mapped: Mapped, name: str, years: bool = False
    ) -> None:
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
        self._contents = contents

    def cells(self, column: str) -> list[str | None]:
        """The cells of a claims column as text, missing ones None; blanks from its further ones."""
        if column not in self.names:
            return [None] * self.count
        found = list(self.own(self.names[column]))
        for more in self.mapped.fills.get(column, ()):
            pairs = zip(found, self.own(more), strict=True)
            found = [other if cell is None else cell for cell, other in pairs]
        return found

    def own(self, name: str) -> list[str | None]:
        """The cells of a column by the table's own name."""
        return self._contents.cells(name)

    def report(self, row: int, message: str) -> None:
        self.problems.setdefault(message, []).append(self.numbers[row])

    def excuse(self, rows: list[int]) -> None:
        """Take back what was reported of rows that hold no claim."""
        if rows:
            gone = set(rows)
            left = {m: [n for n in found if n not in gone] for m, found in self.problems.items()}
            self.problems = {message: found for message, found in left.items() if found}

    def each(
        self, column: str, read: Callable[[str], _T], problem: Callable[[_T], str | None]
    ) -> list[_T | None]:
        """Read every cell of a column; a cell with a problem is reported."""
        return self.each_of(self.cells(column), column, read, problem)

    def each_of(
        self,
        cells: list[str | None],
        column: str,
        read: Callable[[str], _T],
        problem: Callable[[_T], str | None],
    ) -> list[_T | None]:
        """Read each different cell once."""
        known: dict[str | None, _T | None] = {None: None}
        faults: dict[str | None, str] = {}
        for cell in distinct(cells):
            if not cell[:1].isdigit() and cell.strip().casefold() in PLACEHOLDERS:
                known[cell] = None
                continue
            known[cell] = result = read(cell)
            if message := problem(result):
                faults[cell] = f"{column}: {message}"
        if faults:
            for row, said in enumerate(cells):
                if (fault := faults.get(said)) is not None:
                    self.report(row, fault)
        return [known[cell] for cell in cells]


def told_apart(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with a number behind the names that several of its columns have.

    >>> list(told_apart(pd.DataFrame([[1, 2]], columns=["Amount", "Amount"])).columns)
    ['Amount', 'Amount (2)']
    """
    columns = [str(column) for column in frame.columns]
    if len(set(columns)) == len(columns):
        return frame
    seen: dict[str, int] = {}
    names: list[str] = []
    for column in columns:
        seen[column] = seen.get(column, 0) + 1
        names.append(column if seen[column] == 1 else f"{column} ({seen[column]})")
    return frame.set_axis(names, axis=1)


def distinct(cells: Iterable[str | None]) -> list[str]:
    """The different cells in their order."""
    return [cell for cell in dict.fromkeys(cells) if cell is not None]


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
