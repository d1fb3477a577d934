"""What a result consists of: named grids of cells for programs to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from .results import SummedTables, is_reconciliation, is_record, is_sum, is_table, unknown

if TYPE_CHECKING:
    import pandas as pd


class Grid(NamedTuple):
    """One table: its name, its columns, its rows of raw cells."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[tuple[object, ...]]


def of_frame(name: str, frame: pd.DataFrame) -> Grid:
    """Return a DataFrame as a grid; the index is not part of a result."""
    columns = tuple(str(column) for column in frame.columns)
    return Grid(name, columns, frame.itertuples(index=False, name=None))


def of_record(name: str, record: Mapping[str, object]) -> Grid:
    """Return one record as a grid of one row."""
    return Grid(name, tuple(record), [tuple(record.values())])


def _of_sum(result: SummedTables) -> dict[str, object]:
    return {
        "low": result.low,
        "high": result.high,
        "likely": result.likely,
        "currency": result.currency,
        "open_end": result.open_end,
        "question": "; ".join(result.questions) or None,
        "note": result.note,
    }


def grids(result: object) -> list[Grid]:
    """Return the grids of any result of ours.

    A reconciliation has pledges, totals and findings; a safe sum has itself, what it includes and
    what it left out; a conversion is one record; a list of records and a DataFrame are themselves.

    >>> import pandas as pd
    >>> [(g.name, g.columns) for g in grids(pd.DataFrame({"amount": [1.0]}))]
    [('rows', ('amount',))]
    """
    if isinstance(result, tuple) and result and isinstance(result[0], Grid):
        return list(result)
    if is_table(result):
        return [of_frame("rows", result)]
    if is_reconciliation(result):
        return [
            of_frame("pledge", result.pledges),
            of_frame("total", result.totals),
            of_frame("finding", result.findings),
        ]
    if is_sum(result):
        return [
            of_record("sum", _of_sum(result)),
            of_frame("included", result.included),
            of_frame("excluded", result.excluded),
        ]
    if is_record(result):
        return [of_record("conversion", result.to_dict())]
    if isinstance(result, list):  # records with the same keys
        columns = tuple(str(name) for name in result[0]) if result else ()
        return [Grid("rows", columns, [tuple(record.values()) for record in result])]
    if isinstance(result, tuple):  # windows of fixing days
        return [Grid("windows", ("start", "end", "days"), [tuple(item) for item in result])]
    raise unknown(result)
