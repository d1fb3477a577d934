"""The policies that follow the date of a row, and the rate that each gives for it.

A candidate that is one step off (the month before, the fixing after) explains slips: it is named
in words, because ``convert`` has no such policy.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .series import Floats, Ints, Pair, month_starts, months_of

DAY, MONTH, YEAR = 0, 1, 2  # how well a date is known


class Candidate(NamedTuple):
    """A policy as a rule: its name, how many steps off, and what it costs to believe, in bits."""

    rule: str
    step: int = 0
    cost: float = 0.0

    @property
    def name(self) -> str:
        """In the syntax of policies when it has one, in words when it is a step off."""
        if not self.step:
            return self.rule
        if self.rule == "spot-month":
            return f"spot one month {'earlier' if self.step < 0 else 'later'}"
        unit = _UNITS[self.rule]
        return f"{self.rule} of the {unit} {'before' if self.step < 0 else 'after'}"


_UNITS = {
    "spot": "fixing",
    "month-avg": "month",
    "month-end": "month",
    "inforeuro": "month",
    "year-avg": "year",
}

# Bits of doubt before looking at a row: the usual policies nothing, rarer ones one or two, a
# policy that nobody would choose (a step off) so much that it needs several rows to win.
CANDIDATES = (
    Candidate("spot"),
    Candidate("month-avg"),
    Candidate("year-avg"),
    Candidate("month-end", 0, 1),
    Candidate("inforeuro", 0, 1),
    Candidate("spot", -1, 4),  # a morning's table knows yesterday's fixing
    Candidate("spot", 1, 6),
    Candidate("month-avg", -1, 4),
    Candidate("month-avg", 1, 5),
    Candidate("month-end", -1, 4),
    Candidate("month-end", 1, 6),
    Candidate("inforeuro", -1, 6),
    Candidate("inforeuro", 1, 6),
    Candidate("year-avg", -1, 4),
    Candidate("year-avg", 1, 6),
    Candidate("spot-month", -1, 6),
    Candidate("spot-month", 1, 6),
)


def usable(precisions: frozenset[int]) -> tuple[Candidate, ...]:
    """The candidates that differ for dates known so well: without a day, spot is an average."""
    if DAY in precisions or not precisions:
        return CANDIDATES
    if MONTH in precisions:
        return tuple(one for one in CANDIDATES if not one.rule.startswith("spot"))
    return tuple(one for one in CANDIDATES if one.rule == "year-avg")


def rates_of(one: Candidate, pair: Pair, day: Ints, precision: Ints) -> Floats:
    """The rate that a candidate gives for each date; NaN where it gives none.

    A date known to the month or year gets averages, as in ``rates.policies.for_precision``.
    """
    month = months_of(day)
    year = month // 12
    if one.rule == "year-avg":
        return _year_mean(pair, year + one.step)
    found = _RULES[one.rule](pair, day, month, one.step)
    if one.rule in ("spot", "spot-month"):
        by_month = _month_mean(pair, month + (one.step if one.rule == "spot-month" else 0))
        found = np.where(precision == MONTH, by_month, found)
    averaged = one.rule in ("spot", "month-avg") and not one.step
    by_year = _year_mean(pair, year) if averaged else np.full(len(day), np.nan)
    return np.where(precision == YEAR, by_year, found)


def _month_mean(pair: Pair, month: Ints) -> Floats:
    return pair.mean(month_starts(month), month_starts(month + 1) - 1)


def _year_mean(pair: Pair, year: Ints) -> Floats:
    return pair.mean(month_starts(12 * year), month_starts(12 * year + 12) - 1)


def _spot(pair: Pair, day: Ints, month: Ints, step: int) -> Floats:  # noqa: ARG001
    place = pair.spot_place(day)
    return pair.at(np.where(place >= 0, place + step, -1))


def _spot_month(pair: Pair, day: Ints, month: Ints, step: int) -> Floats:
    other = month + step
    length = month_starts(other + 1) - month_starts(other)
    moved = month_starts(other) + np.minimum(day - month_starts(month), length - 1)
    return pair.at(pair.spot_place(moved))


def _month_end(pair: Pair, day: Ints, month: Ints, step: int) -> Floats:  # noqa: ARG001
    start = month_starts(month + step)
    place = np.searchsorted(pair.days, month_starts(month + step + 1), side="left") - 1
    place = np.where(place >= 0, pair.latest[np.maximum(place, 0)], -1)
    inside = (place >= 0) & (pair.days[np.maximum(place, 0)] >= start)
    return pair.at(np.where(inside, place, -1))


def _inforeuro(pair: Pair, day: Ints, month: Ints, step: int) -> Floats:  # noqa: ARG001
    place = np.searchsorted(pair.days, month_starts(month + step), side="left") - 2
    inside = (place >= 0) & (pair.days[np.maximum(place, 0)] >= month_starts(month + step - 1))
    return pair.at(np.where(inside, place, -1))


_RULES = {
    "spot": _spot,
    "spot-month": _spot_month,
    "month-avg": lambda pair, day, month, step: _month_mean(pair, month + step),  # noqa: ARG005
    "month-end": _month_end,
    "inforeuro": _inforeuro,
}
