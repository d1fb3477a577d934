"""Reports beside a register: which entry is what they tell of, and what the register lacks.

A register and reports meet in this and in nothing else: they are never added.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..ledger.ledger import Ledger
from ..pledges.pledge import Pledge, worth
from ..text.amount_words import amount_words
from .entries import Entries

_DAYS = 200  # from the act that a report tells of to the day of an entry
_OTHER_RATE = 0.03  # as a share: registers convert at rates of their own


class Beside(NamedTuple):
    """A pledge that reports tell of, and what the register has for it.

    ``rows`` are the entries by position, none where the register lacks it. ``known`` says whether
    the register has any entry of its donor and recipient.
    """

    pledge: Pledge
    rows: tuple[int, ...]
    known: bool
    words: str


class _Sum(NamedTuple):
    """One entry, or the entries of an activity at one stage."""

    rows: tuple[int, ...]
    own: float  # in the currency of the entries
    home: float | None  # as printed, where all are in one currency
    currency: str | None
    day: dt.date | None
    words: str


def beside(ledger: Ledger, entries: Entries) -> tuple[Beside, ...]:
    """What the entries have of each pledge, in the order of the pledges."""
    by_donor: dict[str, list[_Sum]] = defaultdict(list)
    for one in _sums(entries):
        for name in entries.parties["donor"][one.rows[0]] or ("",):
            by_donor[name].append(one)
    return tuple(_of(one, by_donor, ledger, entries) for one in ledger.pledges)


def _of(one: Pledge, by_donor: dict[str, list[_Sum]], ledger: Ledger, entries: Entries) -> Beside:
    near = [
        entry
        for name in one.donor or ("",)
        for entry in by_donor.get(name, ())
        if _meets(one.recipient, entries.parties["recipient"][entry.rows[0]])
    ]
    fits = [
        entry for entry in near if _is_amount(one, entry, ledger) and _days(one, entry) <= _DAYS
    ]
    if not fits:
        words = "it is not in the ledger" if near else "the ledger has nothing of these parties"
        return Beside(one, (), bool(near), words)
    best = min(fits, key=lambda entry: (_days(one, entry), len(entry.rows), entry.rows))
    day = f", {best.day}" if best.day else ""
    return Beside(one, best.rows, True, f"the ledger has it as {best.words}{day}")


def _meets(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether the recipients may be the same: one of them, or one is not named."""
    mine, own = set(one), set(other)
    return not mine or not own or bool(mine & own)


def _is_amount(one: Pledge, entry: _Sum, ledger: Ledger) -> bool:
    figure = one.figure
    if figure.currency == entry.currency and entry.home is not None and figure.low is not None:
        high = figure.low * (1 + 2 * _OTHER_RATE) if figure.high is None else figure.high
        return figure.low <= entry.home <= high
    counted = worth(one, ledger.currency, ledger.valuation).counted
    if counted is None:
        return False
    low, high = counted[0], counted[0] if counted[1] is None else counted[1]
    return low * (1 - _OTHER_RATE) <= entry.own <= high * (1 + _OTHER_RATE)


def _days(one: Pledge, entry: _Sum) -> int:
    """How far the days are apart; a day that is not known is no objection."""
    if one.value_date is None or entry.day is None:
        return 0
    return abs((one.value_date - entry.day).days)


def _sums(entries: Entries) -> list[_Sum]:
    """Every entry, and the entries of each activity at each stage together."""
    frame = entries.frame
    rows = np.flatnonzero(entries.is_counted)
    days = [None if day is pd.NaT else day.date() for day in entries.days.iloc[rows]]
    amounts = entries.worth()["amount"].fillna(entries.worth()["low"]).to_numpy()[rows].tolist()
    home = frame["amount"].to_numpy()[rows].tolist()
    told = zip(
        rows.tolist(),
        amounts,
        home,
        frame["currency"].to_numpy()[rows].tolist(),
        days,
        frame["text"].to_numpy()[rows].tolist(),
        frame["status"].to_numpy()[rows].tolist(),
        frame["activity"].to_numpy()[rows].tolist(),
        strict=True,
    )
    found: list[_Sum] = []
    groups: dict[tuple[str, str], list[_Sum]] = defaultdict(list)
    for row, own, amount, currency, day, text, status, activity in told:
        one = _Sum((row,), own, amount, currency, day, f"{text} ({status})")
        found.append(one)
        if isinstance(activity, str):
            groups[activity, status].append(one)
    for (activity, status), members in groups.items():
        if len(members) > 1:
            found.append(_together(activity, status, members, entries.currency))
    return found


def _together(activity: str, status: str, members: list[_Sum], currency: str) -> _Sum:
    own = sum(one.own for one in members)
    of_one = len({one.currency for one in members}) == 1
    home = sum(one.home or 0.0 for one in members) if of_one else None
    words = (
        f"{len(members)} entries of activity {activity} ({status}), "
        f"{amount_words(own)} {currency} together"
    )
    first = min((one.day for one in members if one.day), default=None)
    rows = tuple(row for one in members for row in one.rows)
    return _Sum(rows, own, home, members[0].currency if of_one else None, first, words)
