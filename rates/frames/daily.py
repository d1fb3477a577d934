"""The EUR leg of a currency for every calendar day, as arrays.

The values of ``spot`` are found for all days at once; those of other policies, and the reasons
where there is no rate, come from ``rates.calendar``. A test holds both to ``rates.legs``.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..calendar import DailyRates, daily_rates, ends_of_data, reasons, statutory
from ..currencies import currencies
from ..fixings import MAX_DAYS_BACK, Fixings
from ..legs import irrevocable
from ..policies import Asked, Policy
from . import stored

EPOCH = date(1970, 1, 1).toordinal()
NEVER = -(2**31)  # in ``observed``: no day of publication
_FAR = 2**30


class Leg(NamedTuple):
    """One value per calendar day: float64 (NaN: none), day since 1970, place in ``texts`` (-1)."""

    values: NDArray[np.float64]
    observed: NDArray[np.int32]
    notes: NDArray[np.int32]
    texts: tuple[str, ...]


class Span(NamedTuple):
    """The calendar days of a table of rates, as days since 1970, both included."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days there are."""
        return self.last - self.first + 1


@lru_cache(maxsize=16)
def span(table: Fixings) -> Span:
    """From the year before a table and the euro begin to the year after their last change.

    Whole years, so that no month or year of a mean is cut; before and after them nothing changes.

    >>> from rates import ecb
    >>> span(ecb.fixings())
    Span(first=10227, last=21183)
    """
    turns = [one.last for one in currencies() if one.euro_rate and one.last]
    parts = [table, *([table.beyond] if table.beyond else [])]
    first = min(date(1999, 1, 1), *(part.first for part in parts)).year - 1
    last = max(*turns, *(part.last for part in parts)).year + 1
    return Span(date(first, 1, 1).toordinal() - EPOCH, date(last, 12, 31).toordinal() - EPOCH)


@lru_cache(maxsize=512)
def leg(policy: Policy, code: str, table: Fixings) -> Leg:
    """The EUR leg of ``code``, kept for the next frame, on disk too for the embedded history."""
    if code == "EUR":
        days = span(table).days
        nothing = np.full(days, -1, np.int32)
        return Leg(np.ones(days), np.full(days, NEVER, np.int32), nothing, ())
    kept = stored.load(table, str(policy), code)
    if kept is not None:
        return Leg(*kept)
    if policy.name == "spot":
        found = _spot(code, table)
    else:
        first, last = span(table)
        start, end = date.fromordinal(first + EPOCH), date.fromordinal(last + EPOCH)
        daily = daily_rates(policy, code, table, start, end)
        seen = [NEVER if day is None else day.toordinal() - EPOCH for day in daily.observed]
        found = _leg(daily, np.array(daily.values, np.float64), np.array(seen, np.int32))
    stored.save(table, str(policy), code, found)
    return found


def _leg(daily: DailyRates, values: NDArray[np.float64], observed: NDArray[np.int32]) -> Leg:
    places: dict[str, int] = {}
    notes = [-1 if note is None else places.setdefault(note, len(places)) for note in daily.notes]
    return Leg(values, observed, np.array(notes, np.int32), tuple(places))


def _spot(code: str, table: Fixings) -> Leg:
    """The last rate on or before each day, the first table that has a day winning."""
    first, last = span(table)
    start, end = date.fromordinal(first + EPOCH), date.fromordinal(last + EPOCH)
    calendar = np.arange(first, last + 1)
    values = np.full(len(calendar), np.nan)
    observed = np.full(len(calendar), NEVER, np.int32)
    law = irrevocable(code, Policy("spot"), Asked(end, "day"), table)
    since = law.date.toordinal() - EPOCH if law else _FAR
    daily = DailyRates(len(calendar), [], [], [None] * len(calendar))
    for home in table.tables:
        if not home.has(code):
            continue
        days, ends, rates = _published(code, home)
        at = np.searchsorted(days, calendar, side="right") - 1
        near = np.maximum(at, 0)
        there = (at >= 0) & (calendar <= ends[near]) & np.isnan(values)
        there &= ~((days[near] < since) & (calendar >= since))
        values[there], observed[there] = rates[near[there]], days[near[there]]
        for place in np.flatnonzero(there & (calendar > home.last.toordinal() - EPOCH)).tolist():
            day = date.fromordinal(int(calendar[place]) + EPOCH)
            daily.notes[place] = ends_of_data(code, day, home)
    if law:
        there = np.isnan(values) & (calendar >= since)
        values[there], observed[there] = float(law.value), since
        for place in np.flatnonzero(there).tolist():
            daily.notes[place] = statutory(law)
    lacking = np.flatnonzero(np.isnan(values)).tolist()
    reasons(code, table, start, lacking, daily.notes)
    return _leg(daily, values, observed)


def _published(
    code: str, home: Fixings
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Days with a rate, the last day for which each may stand, and the rates."""
    all_days = _ordinals(home)
    rates = np.array(home.floats(code))
    there = ~np.isnan(rates)
    days = all_days[there]
    following = np.append(days[1:], _FAR)[: len(days)]
    may = home.cadence(code)
    places = all_days if may is home.iso_days else all_days[np.isin(home.iso_days, may)]
    after = np.append(places, _FAR)[np.searchsorted(places, days, side="right")]
    ends = np.minimum(days + MAX_DAYS_BACK, following - 1)
    hole = following - days > MAX_DAYS_BACK
    ends = np.where(hole, np.minimum(ends, after - 1), ends)
    turn = home.replaced_on(code)
    if len(days) and turn < "9999":
        ends[-1] = min(ends[-1], date.fromisoformat(turn).toordinal() - EPOCH - 1)
    return days, ends, rates[there]


@lru_cache(maxsize=128)
def _ordinals(home: Fixings) -> NDArray[np.int64]:
    if not home.iso_days:
        return np.empty(0, np.int64)
    return np.array(home.iso_days, "datetime64[D]").astype(np.int64)
