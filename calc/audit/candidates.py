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
    source: str = ""  # at the rates of another source than the table of rates

    @property
    def name(self) -> str:
        """In the syntax of policies when it has one, in words when it is a step off."""
        if not self.step:
            return f"{self.source}-{self.rule}" if self.source else self.rule
        if self.rule == "spot-month":
            return f"spot one month {'earlier' if self.step < 0 else 'later'}"
        unit = _UNITS[self.rule]
        rule = f"{self.source}-{self.rule}" if self.source else self.rule
        return f"{rule} of the {unit} {'before' if self.step < 0 else 'after'}"


_UNITS = {
    "spot": "fixing",
    "month-avg": "month",
    "month-end": "month",
    "inforeuro": "month",
    "year-avg": "year",
}
# The months that fiscal years and quarters mostly begin with cost less to believe than others.
_FISCAL = {4: 2.0, 7: 2.0, 10: 2.0}
_UNUSUAL = 4.0

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
    Candidate("spot-month", -1, 6),
    Candidate("spot-month", 1, 6),
    Candidate("spot", 0, 2, "nbp"),
    Candidate("spot", -1, 3, "nbp"),  # as Polish accounts have it: of the day before
    Candidate("month-avg", 0, 3, "nbp"),
    Candidate("year-avg", 0, 4, "nbp"),
    Candidate("month-end", 0, 4, "nbp"),
    Candidate("month", 0, 2, "hmrc"),
    Candidate("year", 0, 3, "hmrc"),
    Candidate("month-start", 0, 1),
    Candidate("month-first", 0, 2),
    Candidate("year-start", 0, 2),
    Candidate("year-first", 0, 3),
    Candidate("year-end", 0, 2),
    Candidate("quarter-avg", 0, 1.5),
    Candidate("quarter-start", 0, 3),
    Candidate("quarter-end", 0, 3),
    Candidate("quarter-avg:02", 0, _UNUSUAL),  # quarters that begin in February, May …
    Candidate("quarter-avg:03", 0, _UNUSUAL),
    *(
        Candidate(f"fiscal-avg:{month:02}", 0, _FISCAL.get(month, _UNUSUAL))
        for month in range(2, 13)
    ),
)


def usable(precisions: frozenset[int]) -> tuple[Candidate, ...]:
    """The candidates that differ for dates known so well: without a day, spot is an average."""
    if DAY in precisions or not precisions:
        return CANDIDATES
    if MONTH in precisions:
        return tuple(one for one in CANDIDATES if not one.rule.startswith("spot"))
    return tuple(one for one in CANDIDATES if one.rule in _OF_YEARS and not one.step)


_OF_YEARS = ("year-avg", "year-start", "year-first", "year-end")
AFTER_BITS = 6.0  # for a rate that nobody could know when the table ends


def known_by(one: Candidate, last: int) -> Candidate:
    """A candidate whose period has not ended on the ``last`` day of a table costs more.

    >>> known_by(Candidate("year-avg"), 19_000).cost  # 2022-01-08
    6.0
    >>> known_by(Candidate("fiscal-avg:01"), 18_992).cost  # 2021-12-31
    0.0
    """
    rule, _, begins = one.rule.partition(":")
    length = 12 if rule in ("year-avg", "year-end", "fiscal-avg") else _LENGTHS.get(rule, 0)
    if one.step < 0 or length < 2 or rule.endswith("-start"):
        return one
    month = int(months_of(np.array([last]))[0])
    first = month - (month - (int(begins or 1) - 1)) % length
    ends = int(month_starts(np.array([first + length]))[0]) - 1
    return one._replace(cost=one.cost + AFTER_BITS) if ends > last + SLACK else one


SLACK = 7  # days: the last row of a year is seldom of its last day


def rates_of(one: Candidate, pair: Pair, day: Ints, precision: Ints) -> Floats:
    """The rate that a candidate gives for each date; NaN where it gives none.

    A date known to the month or year gets averages, as in ``rates.policies.for_precision``.
    """
    month = months_of(day)
    year = month // 12
    if one.rule == "year-avg":
        return _year_mean(pair, year + one.step)
    if one.rule in ("year-start", "year-first", "year-end"):
        return _at(pair, 12 * year, 12, one.rule)
    if one.source == "hmrc":
        return _held(pair, month_starts(month) if one.rule == "month" else _year_ends(year))
    rule, _, begins = one.rule.partition(":")
    if rule in _LENGTHS:
        found = _of_period(pair, month, rule, int(begins or 1))
    else:
        found = _RULES[one.rule](pair, day, month, one.step)
    if one.rule in ("spot", "spot-month"):
        by_month = _month_mean(pair, month + (one.step if one.rule == "spot-month" else 0))
        found = np.where(precision == MONTH, by_month, found)
    averaged = one.rule in ("spot", "month-avg") and not one.step
    by_year = _year_mean(pair, year) if averaged else np.full(len(day), np.nan)
    return np.where(precision == YEAR, by_year, found)


# Months in the periods that rows are put into, beside calendar years.
_LENGTHS = {
    "quarter-avg": 3,
    "quarter-start": 3,
    "quarter-end": 3,
    "month-start": 1,
    "month-first": 1,
}
_LENGTHS["fiscal-avg"] = 12


def _of_period(pair: Pair, month: Ints, rule: str, begins: int) -> Floats:
    """The mean, the first or the last rate of the period of each month."""
    length = _LENGTHS[rule]
    first = month - (month - (begins - 1)) % length
    if rule.endswith("-avg"):
        return pair.mean(month_starts(first), month_starts(first + length) - 1)
    return _at(pair, first, length, rule)


def _at(pair: Pair, first: Ints, length: int, rule: str) -> Floats:
    """The rate of the first day of a period, the first one published in it, or the last."""
    starts = month_starts(first)
    if rule.endswith("-first"):
        place = np.searchsorted(pair.days, starts, side="left")
        return pair.at(np.where(pair.fixings[place] < pair.fixings[-1], _next(pair, place), -1))
    day = starts if rule.endswith("-start") else month_starts(first + length) - 1
    return pair.at(pair.spot_place(day))


def _next(pair: Pair, place: Ints) -> Ints:
    """The place of the first rate at or after each place."""
    return np.searchsorted(pair.fixings[1:], pair.fixings[place] + 1, side="left")


def _held(pair: Pair, day: Ints) -> Floats:
    """The rate that is published under exactly these days, and holds for a month or a year."""
    place = np.minimum(np.searchsorted(pair.days, day), len(pair.days) - 1)
    return pair.at(np.where(pair.days[place] == day, place, -1))


def _year_ends(year: Ints) -> Ints:
    return month_starts(12 * year + 12) - 1


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
