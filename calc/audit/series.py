"""Published rates as arrays: the rates of a pair of currencies, their means and prefix sums.

Same definitions as ``rates.legs``: a cross rate is made of both EUR legs of the same days, a mean
is the ratio of the means of the legs, irrevocable euro rates follow after the last fixing.
Days are counted from 1970-01-01.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rates import ecb, hmrc, world
from rates.currencies import currency, known
from rates.fixings import MAX_DAYS_BACK, Fixings
from rates.sources import tables

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PARITIES = "official"  # and pegs, the source of that name
EPOCH = date(1970, 1, 1).toordinal()


class Pair(NamedTuple):
    """One pair of currencies: ``rate`` is quote per 1 base on each of ``days``, NaN in holes.

    ``base`` and ``quote`` are prefix sums of the legs over the days that have both, ``fixings``
    how many those are; ``latest`` is the place of the last such day up to each, -1 for none.
    """

    days: Ints
    rate: Floats
    base: Floats
    quote: Floats
    fixings: Ints
    latest: Ints

    def at(self, place: Ints) -> Floats:
        """The rate at places of ``days``; NaN outside and in holes."""
        inside = (place >= 0) & (place < len(self.days))
        return np.where(inside, self.rate[np.clip(place, 0, len(self.days) - 1)], np.nan)

    def spot_place(self, day: Ints) -> Ints:
        """Where the last fixing on or before each day stands, -1 when it is too old.

        A day after the newest fixing of the table has one only for a week, as everywhere.
        """
        last = np.searchsorted(self.days, day, side="right") - 1
        place = np.where(last >= 0, self.latest[np.maximum(last, 0)], -1)
        age = day - self.days[np.maximum(place, 0)]
        return np.where((place >= 0) & (age <= MAX_DAYS_BACK), place, -1)

    def mean(self, first: Ints, last: Ints) -> Floats:
        """The mean over the fixings from ``first`` to ``last``, both included, NaN without any."""
        start = np.searchsorted(self.days, first, side="left")
        end = np.searchsorted(self.days, last, side="right")
        return self.between(start, np.maximum(start, end))

    def between(self, start: Ints, end: Ints) -> Floats:
        """The mean over the places from ``start`` up to, without, ``end``."""
        with np.errstate(invalid="ignore", divide="ignore"):
            mean: Floats = (self.quote[end] - self.quote[start]) / (
                self.base[end] - self.base[start]
            )
        return np.where(self.fixings[end] > self.fixings[start], mean, np.nan)


class Legs:
    """The columns of a table of fixings as arrays, read when they are asked for.

    ``beyond`` are asked, in order and for both currencies of a pair, where the table lacks one:
    all of them on the days of the table.
    """

    def __init__(self, table: Fixings, *beyond: Fixings) -> None:
        self.table = table
        self._beyond = beyond
        self.days: Ints = np.array([day.toordinal() - EPOCH for day in table.days], dtype=np.int64)
        self._legs: dict[str, Floats] = {}
        self._pairs: dict[tuple[str, str], Pair] = {}

    def has(self, code: str) -> bool:
        """Whether there is any rate of the currency, its statutory euro rate included."""
        return self._has_own(code) or any(table.has(code) for table in self._beyond)

    def has_both(self, base: str, quote: str) -> bool:
        """Whether the table of rates itself has both currencies of a pair."""
        return self._has_own(base) and self._has_own(quote)

    def _has_own(self, code: str) -> bool:
        ended = known(code) and currency(code).euro_rate is not None
        return code == "EUR" or self.table.has(code) or ended

    def leg(self, code: str) -> Floats:
        """Units per 1 EUR on each day, NaN where nothing was published."""
        if code not in self._legs:
            self._legs[code] = self._read(code)
        return self._legs[code]

    def _read(self, code: str) -> Floats:
        if code == "EUR":
            return np.ones(len(self.days))
        values = self._published(code, self.table)
        if not known(code) or (self.table.has(code) and not self.table.ended(code)):
            return values
        ended = currency(code)
        if ended.euro_rate is not None and ended.last is not None:
            values[self.days > ended.last.toordinal() - EPOCH] = float(ended.euro_rate)
        return values

    def pair(self, base: str, quote: str) -> Pair:
        """The arrays of one pair."""
        key = (base, quote)
        if key not in self._pairs:
            below, above = self._pair(base, quote)
            both = ~(np.isnan(below) | np.isnan(above))
            places = np.where(both, np.arange(len(both)), -1)
            self._pairs[key] = Pair(
                self.days,
                np.where(both, above / below, np.nan),
                _prefix(np.where(both, below, 0.0)),
                _prefix(np.where(both, above, 0.0)),
                _prefix(both.astype(np.int64)),
                np.maximum.accumulate(places) if len(places) else places,
            )
        return self._pairs[key]

    def _published(self, code: str, table: Fixings) -> Floats:
        """What a table printed of a currency on the days of ours."""
        values = np.full(len(self.days), np.nan)
        if not table.has(code):
            return values
        fixings = table.between(code, table.first, table.last)
        day = np.array([one.date.toordinal() - EPOCH for one in fixings], dtype=np.int64)
        at = np.minimum(np.searchsorted(self.days, day), len(self.days) - 1)
        same = self.days[at] == day
        found = np.array([float(one.value) for one in fixings])
        values[at[same]] = found[same]
        return values

    def _pair(self, base: str, quote: str) -> tuple[Floats, Floats]:
        """Both legs of a pair: on each day those of the first source that has them."""
        if self.has_both(base, quote):
            return self.leg(base), self.leg(quote)
        below, above = (np.full(len(self.days), np.nan) for _ in range(2))
        for table in self._beyond:
            legs = []
            for code in (base, quote):
                own = self._has_own(code) and not table.has(code)
                legs.append(self.leg(code) if own else self._published(code, table))
            take = np.isnan(below) & ~np.isnan(legs[0]) & ~np.isnan(legs[1])
            below[take], above[take] = legs[0][take], legs[1][take]
        return below, above


def _prefix(values: NDArray[Any]) -> NDArray[Any]:
    return np.concatenate([np.zeros(1, dtype=values.dtype), np.cumsum(values)])


def months_of(day: Ints) -> Ints:
    """The month of each day, counted from 1970-01.

    >>> months_of(np.array([0, 31, 365])).tolist()
    [0, 1, 12]
    """
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def month_starts(month: Ints) -> Ints:
    """The first day of each month.

    >>> month_starts(np.array([0, 1])).tolist()
    [0, 31]
    """
    return month.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def iso(day: int) -> str:
    """A day as ISO text.

    >>> iso(19_000)
    '2022-01-08'
    """
    return date.fromordinal(int(day) + EPOCH).isoformat()


def beyond() -> tuple[Fixings, ...]:
    """What is asked where the ECB has no rate: parities and pegs, then the world table."""
    return tables(["official"]), world.fixings()


def elsewhere() -> dict[str, Legs]:
    """Sources that tables are converted at beside the ECB's."""
    customs = {name: hmrc.of_policy(name) for name in ("hmrc-month", "hmrc-year")}
    return {
        "nbp": Legs(world.fixings()),
        PARITIES: Legs(ecb.fixings(), tables(["official"])),
        **{name: Legs(table) for name, table in customs.items() if table is not None},
    }
