"""The dates of the rows of a table: of publication, of the money, of a running total."""

from __future__ import annotations

import datetime
from functools import partial
from typing import NamedTuple

from . import cells
from .days import FORMS, Day
from .rows import TableRows, distinct
from .told import Told

_NO_DAY = Day()


class _Dated(NamedTuple):
    """The days of a row: of publication, and of the money with what it is known by."""

    published: datetime.date | None
    day: Day
    precision: str | None
    basis: str | None


def fill_dates(table: TableRows, told: Told, given: datetime.date | None) -> None:
    """Publication, value date and as-of date; the value date falls back on publication."""
    data = table.data
    published, value, as_of = (_days(table, c) for c in ("published", "value_date", "as_of"))
    fixed = {key: cells.read_day(told.fixed[key]) for key in _SETTABLE if key in told.fixed}
    now = fixed.get("as_of", _NO_DAY).date
    data["as_of"] = [day.date if day else now for day in as_of]
    instead = fixed.get("published") or (_NO_DAY if given is None else Day(given, "day"))
    last = fixed.get("date", _NO_DAY)
    kept = data["value_date_basis"] if "value_date" in table.names else [None] * table.count
    plain = instead.date is None and last.date is None and kept.count(None) == len(kept)
    rows = (
        [_as_said(own, day) for own, day in zip(published, value, strict=True)]
        if plain
        else _with_given(published, value, kept, instead, last)
    )
    data["published"] = [row[0] for row in rows]
    data["value_date"] = [row[1].date for row in rows]
    for at, column in ((2, "value_date_precision"), (3, "value_date_basis")):
        said = data[column]
        if said.count(None) == len(said):
            data[column] = [row[at] for row in rows]
        else:
            pairs = zip(said, rows, strict=True)
            data[column] = [own or row[at] for own, row in pairs]


def _with_given(
    published: list[Day | None],
    value: list[Day | None],
    kept: list[str | None],
    instead: Day,
    last: Day,
) -> list[_Dated]:
    """The days of rows whose blanks are filled with what was set; equal rows are made once."""
    known: dict[tuple[int, int, bool], _Dated] = {}
    rows: list[_Dated] = []
    for own, day, basis in zip(published, value, kept, strict=True):
        key = id(own), id(day), bool(basis)  # equal cells are read as the same object
        if key not in known:
            known[key] = _dated(own, day, key[2], instead, last)
        rows.append(known[key])
    return rows


def _as_said(own: Day | None, day: Day | None) -> _Dated:
    """The days of a row that nothing was set for."""
    published = None if own is None else own.date
    if day is None:
        basis = None if published is None else "published"
        return _Dated(published, own or _NO_DAY, own.precision if own and basis else None, basis)
    if day.date is None:
        return _Dated(published, _NO_DAY, None, None)
    return _Dated(published, day, day.precision, "stated")


def _dated(own: Day | None, day: Day | None, kept: bool, instead: Day, last: Day) -> _Dated:
    """The days of rows that say the same; ``kept``: a basis without a day stays as it is."""
    basis = "published"
    if (own is None or own.date is None) and instead.date is not None:
        own, basis = instead, "given"
    published = own.date if own else None
    if day is not None and day.date is not None:
        basis = "stated"
    elif day is None and not kept:
        day = own
    if (day is None or day.date is None) and last.date is not None:
        day, basis = last, "given"
    if day is None or day.date is None:
        return _Dated(published, _NO_DAY, None, None)
    return _Dated(published, day, day.precision, basis)


_SETTABLE = ("date", "published", "as_of")


def _days(table: TableRows, column: str) -> list[Day | None]:
    """The dates of a column; one that settles the order of day and month settles it for all."""
    if column not in table.names:
        return [None] * table.count
    found = _with_months(table, column)
    different = distinct(found)
    order = cells.day_order(cell for cell in different if "/" in cell or "-" in cell[1:3])
    if order is not None:
        table.notes.append(f"{column}: dates such as {order.example} show the order {order.shown}")
    read = partial(cells.read_day, day_first=None if order is None else order.day_first)
    days = table.each_of(found, column, read, lambda day: day.problem)
    rest = (cell for cell in reversed(different) if len(cell) != len("2024-11-04"))
    odd = {day.form: cell for cell in rest if (day := read(cell)).form}
    table.notes += [f"{column}: {FORMS[form].format(odd[form])}" for form in FORMS if form in odd]
    return days


def _with_months(table: TableRows, column: str) -> list[str | None]:
    """The cells of a column, a year joined to the month in the column beside it."""
    found = table.cells(column)
    month = table.mapped.month
    if month is None or column != next(c for c in ("value_date", "published") if c in table.names):
        return found
    return [_joined(year, cell) for year, cell in zip(found, table.own(month), strict=True)]


def _joined(year: str | None, month: str | None) -> str | None:
    if year is None or month is None:
        return year
    month, year = month.strip().removesuffix(".0"), year.strip().removesuffix(".0")
    if month.isdigit():
        return f"{year}-{int(month):02}" if 1 <= int(month) <= 12 else year
    return f"{month} {year}"
