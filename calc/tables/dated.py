"""The dates of the rows of a table: of publication, of the money, of a running total."""

from __future__ import annotations

import datetime
from functools import partial

from . import cells
from .days import FORMS, Day
from .rows import TableRows, distinct
from .told import Told

_NO_DAY = Day()


def fill_dates(table: TableRows, told: Told, given: datetime.date | None) -> None:
    """Publication, value date and as-of date; the value date falls back on publication."""
    data = table.data
    published, value, as_of = (_days(table, c) for c in ("published", "value_date", "as_of"))
    fixed = {key: cells.read_day(told.fixed[key]) for key in _SETTABLE if key in told.fixed}
    now = fixed.get("as_of", _NO_DAY).date
    data["as_of"] = [day.date if day else now for day in as_of]
    instead = fixed.get("published") or (_NO_DAY if given is None else Day(given, "day"))
    days: list[Day] = []
    bases: list[str | None] = []
    brings = "value_date" in table.names
    own_bases, precisions = data["value_date_basis"], data["value_date_precision"]
    data["published"] = []
    for own, day, own_basis in zip(published, value, own_bases, strict=True):
        basis = "published"
        if own is None or own.date is None:
            own, basis = (instead, "given") if instead.date is not None else (own, basis)
        data["published"].append(own.date if own else None)
        if day is not None and day.date is not None:
            basis = "stated"
        elif day is None and not (brings and own_basis):
            day = own
        if (day is None or day.date is None) and "date" in fixed:
            day, basis = fixed["date"], "given"
        days.append(day or _NO_DAY)
        bases.append(basis)
    data["value_date"] = [day.date for day in days]
    data["value_date_precision"] = [
        (said or day.precision) if day.date is not None else said
        for said, day in zip(precisions, days, strict=True)
    ]
    data["value_date_basis"] = [
        (said or basis) if day.date is not None else said
        for said, basis, day in zip(own_bases, bases, days, strict=True)
    ]


_SETTABLE = ("date", "published", "as_of")


def _days(table: TableRows, column: str) -> list[Day | None]:
    """The dates of a column; one that settles the order of day and month settles it for all."""
    if column not in table.names:
        return [None] * table.count
    found = _with_months(table, column)
    different = distinct(found)
    order = cells.day_order(different)
    if order is not None:
        table.notes.append(f"{column}: dates such as {order.example} show the order {order.shown}")
    read = partial(cells.read_day, day_first=None if order is None else order.day_first)
    days = table.each_of(found, column, read, lambda day: day.problem)
    odd = {day.form: cell for cell in reversed(different) if (day := read(cell)).form}
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
