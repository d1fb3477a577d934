"""A column as places in its distinct values, and what the rows of a conversion are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from ..fixings import Fixings
from ..policies import Policy
from .daily import NEVER
from .gather import Gathered, Rows, gather
from .grid import build, code_of, place_date, span_days

_MOST_LABELS = 256  # more kinds of text than currencies: gathered by code, not as they are


class Coded(NamedTuple):
    """``places`` in ``labels``, one per row, -1 for a missing value."""

    places: NDArray[np.integer[Any]]
    labels: Sequence[Any]


class Dates(NamedTuple):
    """Days as ``ticks`` since 1970, ``per_day`` to a day, or as places in distinct values."""

    ticks: NDArray[np.integer[Any]] | None = None
    per_day: int = 1
    coded: Coded | None = None


class Converted(NamedTuple):
    """The results of all rows, and the texts that their notes are places in."""

    rows: Gathered
    texts: tuple[str, ...]


def one_code(code: str, count: int) -> Coded:
    """The same currency for every row, without a row of memory."""
    return Coded(np.broadcast_to(np.zeros(1, np.int8), (count,)), [code])


def convert_rows(
    amounts: NDArray[np.number[Any]],
    currencies: Coded,
    dates: Dates | None,
    quote: str,
    policy: Policy,
    table: Fixings,
    *,
    unit: str | None,
) -> Converted:
    """Convert the rows; days of publication come in ``unit`` ("D", "us"), None: no provenance."""
    currencies = _few(currencies, table)
    first, days = span_days(policy, table)
    ticks, per_day, rows_of = None, 1, None
    extra: list[Any] = []
    if policy.dated:
        if dates is None:
            raise UsageError(
                f"the policy {policy} needs dates; name their column with date=, "
                "or use a policy without dates such as closing"
            )
        ticks, per_day = dates.ticks, dates.per_day
        if dates.coded is not None:
            ticks, rows_of, extra = _by_row(dates.coded, first, days)
    grid = build(currencies.labels, quote, policy, table, extra)
    seen = None
    if unit is not None:
        seen = grid.observed
        if unit != "D":
            # NEVER is no day that a finer unit can hold: numpy 2.5 refuses to convert it
            never = seen == NEVER
            at = np.where(never, 0, seen).astype("datetime64[D]").astype(f"datetime64[{unit}]")
            at[never] = np.array("NaT", at.dtype)
            seen = at.view(np.int64)
    rows = Rows(amounts, currencies.places, ticks, per_day, rows_of)
    return Converted(gather(rows, grid, seen), grid.texts)


def _few(currencies: Coded, table: Fixings) -> Coded:
    """The column itself, or what its many spellings come down to."""
    if len(currencies.labels) <= _MOST_LABELS:
        return currencies
    columns: dict[Any, int] = {}
    shift = []
    for label in currencies.labels:
        code = code_of(label, table)
        key = code if isinstance(code, str) else str(code)
        shift.append(columns.setdefault(key, len(columns)))
    firsts = [-1] * len(columns)
    for place, column in enumerate(shift):
        if firsts[column] < 0:
            firsts[column] = place
    labels = [currencies.labels[place] for place in firsts]
    return Coded(np.array([*shift, -1])[currencies.places], labels)


def _by_row(
    coded: Coded, first: int, days: int
) -> tuple[NDArray[np.integer[Any]], NDArray[np.int64], list[Any]]:
    """Places, the grid's row of each distinct date (missing last), and those with own rows."""
    rows_of: list[int] = []
    extra: list[Any] = []
    for label in coded.labels:
        row = place_date(label, first, days)
        if row is None:
            row = days + 5 + len(extra)
            extra.append(label)
        rows_of.append(row)
    return coded.places, np.array([*rows_of, days + 4], np.int64), extra
