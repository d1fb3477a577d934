"""The cells that the rows of a frame gather from: by date, then by currency.

A currency of the frame has a column, in the frame's own order of categories, so that its codes are
used as they are. The dates are rows: a calendar without gaps, then what is no day of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..currencies import abbreviated, currency
from ..errors import UsageError
from ..fixings import Fixings
from ..policies import Asked, Policy, parse_date
from .daily import EPOCH, NEVER, span
from .pairs import known_to, pair

NO_CURRENCY = "the currency is missing"
NO_DATE = "the date is missing"
NO_AMOUNT = "the amount is missing"
NOT_FINITE = "the amount is infinite"
TOO_LARGE = "the result is too large for a number of 64 bits"
# The last texts of every grid, in this order: what only the row itself can tell.
ROW_TEXTS = (NO_AMOUNT, NOT_FINITE, TOO_LARGE)

_PERIOD = re.compile(r" for \d{4}(-\d\d)?:")


class Grid(NamedTuple):
    """Cells of ``width`` columns to a row; the last column is for rows without a currency.

    Rows: one without values; the ``days`` of the calendar from ``first`` (days since 1970); one
    without values; before the calendar; after it; no date; then one for each of ``extra`` dates.
    The rows without values catch what is clipped: who meets a NaN looks again with care.
    """

    values: NDArray[np.float64]
    observed: NDArray[np.int32]
    notes: NDArray[np.int32]
    texts: tuple[str, ...]
    first: int
    days: int
    width: int

    @property
    def before(self) -> int:
        """The row of dates before the calendar; those after it follow, then those missing."""
        return self.days + 2


class _Texts(dict[str, int]):
    """Texts in the order in which they came."""

    def place(self, text: str | None) -> int:
        return -1 if text is None else self.setdefault(text, len(self))


def build(
    labels: Sequence[Any], quote: str, policy: Policy, table: Fixings, extra: Sequence[Any] = ()
) -> Grid:
    """The grid of the currencies ``labels`` (as the frame has them) against ``quote``.

    ``extra`` are dates as the frame has them that are no days of the calendar; each has a row.
    """
    width = len(labels) + 1
    if policy.dated:
        first, days = span(table).first, span(table).days
    else:
        first, days = 0, 1
    rows = days + 5 + len(extra)
    values = np.full((rows, width), np.nan)
    observed = np.full((rows, width), NEVER, np.int32)
    notes = np.full((rows, width), -1, np.int32)
    texts = _Texts()
    asked = [read_date(one) for one in extra]
    for column, label in enumerate(labels):
        code = code_of(label, table)
        if isinstance(code, UsageError):
            notes[:, column] = texts.place(str(code))
            continue
        found = pair(policy, code, quote, table)
        shift = np.array([texts.place(text) for text in found.texts] + [-1], np.int32)
        inside = slice(1, days + 1)
        values[inside, column] = found.values
        observed[inside, column] = found.observed
        notes[inside, column] = shift[found.notes]
        for row, place in ((days + 2, 0), (days + 3, -1)):
            values[row, column] = found.values[place]
            observed[row, column] = found.observed[place]
            note = found.texts[found.notes[place]] if found.notes[place] >= 0 else None
            notes[row, column] = texts.place(_outside(note, code, policy, table))
        if code == quote or not policy.dated:
            values[days + 4 :, column] = found.values[0]
            observed[days + 4 :, column] = found.observed[0]
            notes[days + 4 :, column] = shift[found.notes[0]]
            continue
        notes[days + 4, column] = texts.place(NO_DATE)
        for row, when in enumerate(asked, days + 5):
            one = _one(policy, code, quote, when, table)
            values[row, column], observed[row, column] = one[:2]
            notes[row, column] = texts.place(one[2])
    notes[:, -1] = texts.place(NO_CURRENCY)
    return Grid(values, observed, notes, (*texts, *ROW_TEXTS), first, days, width)


def code_of(label: Any, table: Fixings) -> str | UsageError:
    """The ISO code that a cell of the frame means, or the error that says why there is none."""
    try:
        if not isinstance(label, str):
            raise UsageError(f"{label!r} is not a currency; use a code such as EUR")
        code = label.strip().upper()
        if table.has(code):
            return code
        return abbreviated(label) or currency(label).code
    except UsageError as error:
        return error


def read_date(value: Any) -> Asked | UsageError:
    """The date that a cell of the frame means, or the error that says why there is none."""
    try:
        found = parse_date(value)
    except UsageError as error:
        return error
    return found if found is not None else UsageError(NO_DATE)


def place_date(value: Any, first: int, days: int) -> int | None:
    """The row of a date known to the day or outside the calendar; None: it needs one of its own."""
    asked = read_date(value)
    if isinstance(asked, UsageError):
        return None
    if asked.end.toordinal() - EPOCH < first:
        return days + 2
    day = asked.day.toordinal() - EPOCH
    if day >= first + days:
        return days + 3
    return day - first + 1 if asked.precision == "day" else None


def _one(
    policy: Policy, code: str, quote: str, when: Asked | UsageError, table: Fixings
) -> tuple[float, int, str | None]:
    if isinstance(when, UsageError):
        return float("nan"), NEVER, str(when)
    return known_to(policy, code, quote, when, table)


def _outside(note: str | None, code: str, policy: Policy, table: Fixings) -> str | None:
    """The note of the calendar's end, without the period that it names: it stands for all."""
    if note is None:
        return None
    if _PERIOD.search(note) or not (policy.averages or policy.name == "inforeuro"):
        return _PERIOD.sub(" for this day:", note)
    if "publishes no rate" in note or "prints no rate" in note or note.startswith(code):
        return note
    return (
        f"no {policy} for this day: the {table.source} rates run from {table.first} to {table.last}"
    )


def span_days(policy: Policy, table: Fixings) -> tuple[int, int]:
    """First day and number of days of the calendar under a policy."""
    if not policy.dated:
        return 0, 1
    return span(table).first, span(table).days


def quote_code(to: object, table: Fixings) -> str:
    """The code of the currency wanted; raises UsageError, or NoRateError where none can be."""
    code = code_of(to, table)
    if isinstance(code, UsageError):
        raise code
    return code
