"""One rate for all rows: which day, month, year or window of the history has that mean.

All periods of the history are tried. Simpler ones cost fewer bits, and periods near the dates of
the table fewer than distant ones: a window is claimed only when nothing simpler explains the rows.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .candidates import AFTER_BITS, SLACK
from .series import Floats, Ints, Legs, Pair, iso, month_starts, months_of

# Bits for choosing the kind of a period; choosing one of its kind costs log2 of their number as
# near to the table's dates as this one. A period that holds every row is no choice at all.
KIND_BITS = {"year": 2.0, "month": 2.0, "day": 4.5, "months": 5.0, "window": 8.0}
OWN_PERIOD_BITS = 1.0
CLOSING_BITS = 2.0
MOST_MONTHS = 120  # the longest window of whole months that is tried
_BLOCK = 256  # starts of windows looked at together: keeps the arrays small


class Periods(NamedTuple):
    """Periods as places in the history (``end`` is exclusive), with names and costs in bits."""

    start: Ints
    end: Ints
    kind: tuple[str, ...]
    cost: Floats

    def mean(self, pair: Pair) -> Floats:
        """The mean of each period for a pair of currencies."""
        return pair.between(self.start, self.end)

    def joined(self, other: Periods) -> Periods:
        """These periods and the others."""
        return Periods(
            np.concatenate([self.start, other.start]),
            np.concatenate([self.end, other.end]),
            self.kind + other.kind,
            np.concatenate([self.cost, other.cost]),
        )


class Range(NamedTuple):
    """The first and last day of the table's rows; an outlying date does not widen it."""

    first: int
    last: int


def simple(legs: Legs, table: Range, *, runs: bool = True) -> Periods:
    """Every day, month and year of the history, and with ``runs`` every run of whole months."""
    days = legs.days
    month = months_of(days)
    kinds: list[Periods] = []
    places = np.arange(len(days), dtype=np.int64)
    kinds.append(_costed(legs, table, "day", places, places + 1))
    for kind, label in (("month", month), ("year", month // 12)):
        starts = np.flatnonzero(np.r_[True, label[1:] != label[:-1]]).astype(np.int64)
        ends = np.append(starts[1:], len(days))
        kinds.append(_costed(legs, table, kind, starts, ends))
        if runs and kind == "month":
            first, last = np.triu_indices(len(starts), 1)
            near = (last - first < MOST_MONTHS) & ~(
                (month[starts[first]] % 12 == 0) & (last - first == 11)  # that is a year
            )
            kinds.append(_costed(legs, table, "months", starts[first[near]], ends[last[near]]))
    found = kinds[0]
    for one in kinds[1:]:
        found = found.joined(one)
    return found


def _costed(legs: Legs, table: Range, kind: str, start: Ints, end: Ints) -> Periods:
    days = legs.days
    first, last = days[start], days[end - 1]
    span = table.last - table.first + 1
    if kind in ("months", "window"):
        off = np.maximum(0, table.first - first) + np.maximum(0, last - table.last)
    else:
        off = np.maximum(0, np.maximum(table.first - last, first - table.last))
    unit = {"year": 365.25, "month": 30.44, "months": 30.44}.get(kind, 1.4)
    near = (span + 2.0 * off) / unit + 1
    choices = np.maximum(1.0, near * near / 2 if kind in ("months", "window") else near)
    cost = KIND_BITS[kind] + np.log2(choices)
    if kind in ("day", "month", "year"):
        opens, closes = first, last
        if kind != "day":
            month = months_of(first)
            opens = month_starts(month if kind == "month" else month // 12 * 12)
            closes = month_starts(month + 1 if kind == "month" else month // 12 * 12 + 12) - 1
        else:  # a weekend belongs to the fixing before it
            closes = np.append(days, days[-1] + 8)[end] - 1
        cost = np.where((opens <= table.first) & (closes >= table.last), OWN_PERIOD_BITS, cost)
        if kind == "day":
            cost = np.where(start == len(days) - 1, CLOSING_BITS, cost)
    newest = (kind == "day") & (start == len(days) - 1)  # known as such
    cost = cost + np.where(_unknown(kind, first, last, table) & ~newest, AFTER_BITS, 0.0)
    return Periods(start, end, (kind,) * len(start), cost)


def _unknown(kind: str, first: Ints, last: Ints, table: Range) -> NDArray[np.bool_]:
    """Which periods lie after the table, or in a year that has not ended when it ends."""
    if kind == "year":
        return month_starts(months_of(first) // 12 * 12 + 12) - 1 > table.last + SLACK
    if kind == "window":
        return last > table.last + SLACK
    return first > table.last


def windows(legs: Legs, table: Range, pair: Pair, low: float, high: float) -> Periods:
    """Every run of fixing days whose mean for a pair lies from ``low`` to ``high``."""
    count = len(legs.days)
    found_starts, found_ends = [], []
    valid = np.flatnonzero(~np.isnan(pair.rate))
    for block in range(0, len(valid), _BLOCK):
        starts = valid[block : block + _BLOCK]
        ends = np.arange(starts[0] + 1, count + 1)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = (pair.quote[ends][None, :] - pair.quote[starts][:, None]) / (
                pair.base[ends][None, :] - pair.base[starts][:, None]
            )
            inside = (mean >= low) & (mean <= high) & (ends[None, :] > starts[:, None])
        row, column = np.nonzero(inside)
        end = ends[column]
        published = ~np.isnan(pair.rate[end - 1])  # each set of fixings once
        found_starts.append(starts[row][published])
        found_ends.append(end[published])
    start = np.concatenate([*found_starts, np.zeros(0, dtype=np.int64)])
    end = np.concatenate([*found_ends, np.zeros(0, dtype=np.int64)])
    return _costed(legs, table, "window", start.astype(np.int64), end.astype(np.int64))


def lies_after(legs: Legs, periods: Periods, at: int, table: Range) -> bool:
    """Whether nobody could know a period when the table ended; the newest rate is known as such."""
    start, end, kind = int(periods.start[at]), int(periods.end[at]), periods.kind[at]
    if kind == "day" and start == len(legs.days) - 1:
        return False
    first, last = legs.days[start : start + 1], legs.days[end - 1 : end]
    return bool(_unknown(kind, first, last, table)[0])


def name(legs: Legs, periods: Periods, at: int) -> str:
    """The policy that uses a period for all rows, in the syntax of policies.

    >>> from rates import ecb
    >>> legs = Legs(ecb.fixings())
    >>> every = simple(legs, Range(18_000, 19_000))
    >>> name(legs, every, every.kind.index("month"))
    'fixed:1999-01'
    """
    start, end, kind = int(periods.start[at]), int(periods.end[at]), periods.kind[at]
    first, last = legs.days[start], legs.days[end - 1]
    if kind == "day":
        return "closing" if start == len(legs.days) - 1 else f"fixed:{iso(first)}"
    if kind in ("month", "year"):
        return f"fixed:{iso(first)[: 7 if kind == 'month' else 4]}"
    month_first = months_of(legs.days[start : start + 1])
    month_last = months_of(legs.days[end - 1 : end])
    opens, closes = month_starts(month_first)[0], month_starts(month_last + 1)[0] - 1
    whole = start == 0 or legs.days[start - 1] < opens
    if whole and end < len(legs.days) and legs.days[end] > closes:  # whole months
        first, last = opens, closes
    return f"window-avg:{iso(first)}..{iso(last)}"
