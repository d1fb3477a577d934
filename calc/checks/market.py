"""The rates of a pair as a test sees them: the fixings of a date, their slack, their history."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rates.conversion import rate as policy_rate
from rates.errors import NoRateError
from rates.fixings import Fixings
from rates.legs import JOINED_THE_EURO

from ..text import data_tables
from ..text.days import day_words
from ..values.intervals import Interval
from ..values.windows import PairSeries, Window, Windows, changeover, joined, leg, series

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
POWER_YEARS = 3  # how far back the test's power looks
_PEGGED = 0.015  # the crown of Denmark, the dollar of Hong Kong and the like move less in years
OLDEST_DAYS = 7  # a fixing older than this does not stand for a date (as the policy spot)
_new = tuple.__new__  # by way of its name a record costs twice as much, and there are many


class FixingBand(NamedTuple):
    """The fixings that an honest writer may have used for one date.

    ``first`` and ``last`` are indexes into the series, ``anchor`` that of the last fixing on or
    before the date; ``low`` and ``high`` the extreme fixings, before slack; ``rate`` what the
    policy gives for the date; ``name`` how a sentence calls it.
    """

    first: int
    last: int
    anchor: int
    low: Decimal
    high: Decimal
    rate: Decimal
    name: str


class Market(NamedTuple):
    """A pair of currencies with its series, that as arrays, and its slack (a share).

    ``coarse`` has what half a unit of the last printed digit adds to the slack on each day, and
    ``beyond`` whether the rate of a day is of the tables beyond; None where no day needs it.
    """

    rates: Fixings
    base: str
    quote: str
    series: PairSeries
    values: Floats
    positions: npt.NDArray[np.int64]
    slack: float
    early: bool = True  # with the days before the euro
    coarse: Floats | None = None
    beyond: npt.NDArray[np.bool_] | None = None

    def source(self, place: int) -> str:
        """The tables that the rate of a day is of."""
        if self.beyond is None or not self.beyond[place] or self.rates.beyond is None:
            return self.rates.source
        day, tables = self.series.days[place], self.rates.beyond.tables
        first = (
            next((one.source for one in tables if one.has(code) and one.on(code, day)), "")
            for code in (self.base, self.quote)
            if code != "EUR"
        )
        return " + ".join(dict.fromkeys(filter(None, first)))

    def slacks(self, places: slice) -> Floats | float:
        """The slack of each of some days."""
        return self.slack if self.coarse is None else self.slack + self.coarse[places]

    def widest(self, band: FixingBand) -> float:
        """The greatest slack of the days of a band."""
        return float(np.max(self.slacks(slice(band.first, band.last + 1))))

    def fits(self, interval: Interval, band: FixingBand) -> bool:
        """Whether the interval meets the fixings of the band widened by the slack."""
        low, high = bounds(interval)
        slack = self.widest(band)
        return low <= float(band.high) * (1 + slack) and high >= float(band.low) * (1 - slack)

    def inside(self, interval: Interval, end: int) -> Places:
        """Return the indexes up to and including ``end`` whose fixing lies in the interval.

        Floats find the days, exact decimals decide those on the edge.
        """
        low, high = bounds(interval)
        values = self.values[: end + 1]
        places = ((values >= low * (1 - 1e-12)) & (values <= high * (1 + 1e-12))).nonzero()[0]
        found = values[places]
        edge = ((found < low * (1 + 1e-12)) | (found > high * (1 - 1e-12))).nonzero()[0]
        if not len(edge):
            return places
        exact = self.series.values
        outside = [at for at in edge.tolist() if not interval.contains(exact[int(places[at])])]
        return np.delete(places, outside)

    def near(self, interval: Interval, end: int) -> Places:
        """Return the indexes up to ``end`` whose fixing, widened by the slack, fits."""
        low, high = bounds(interval)
        values = self.values[: end + 1]
        slack = self.slacks(slice(0, end + 1))
        fitting = (values * (1 + slack) >= low) & (values * (1 - slack) <= high)
        return fitting.nonzero()[0]

    def windows(self, interval: Interval, end: int) -> Windows:
        """Return the windows up to and including the index ``end``, newest first."""
        places = self.inside(interval, end)
        if not len(places):
            return Windows()
        positions = self.positions[places]
        breaks = (positions[1:] != positions[:-1] + 1).nonzero()[0]
        firsts = np.concatenate(([0], breaks + 1))[::-1]
        lasts = np.concatenate((breaks, [len(places) - 1]))[::-1]
        days = self.series.days
        runs = zip(
            [days[start] for start in places[firsts].tolist()],
            [days[stop] for stop in places[lasts].tolist()],
            (lasts - firsts + 1).tolist(),
            strict=True,
        )
        return Windows([_new(Window, run) for run in runs])

    def power(self, interval: Interval, anchor: int) -> float:
        """Return the share of the fixings of the years up to ``anchor`` that would not pass."""
        last = self.series.days[anchor]
        first = bisect_right(self.series.days, _years_before(last, POWER_YEARS))
        low, high = bounds(interval)
        values = self.values[first : anchor + 1]
        slack = self.slacks(slice(first, anchor + 1))
        passing = (values >= low * (1 - slack)) & (values <= high * (1 + slack))
        return 1 - float(np.count_nonzero(passing)) / len(values)

    def pegged(self, anchor: int) -> bool:
        """Whether the rate hardly moved in the years up to ``anchor``: it then tells no date."""
        last = self.series.days[anchor]
        values = self.values[bisect_right(self.series.days, _years_before(last, POWER_YEARS)) :]
        values = values[: len(values) - (len(self.values) - 1 - anchor)]
        return bool(values.max() <= values.min() * (1 + _PEGGED))

    def at(self, day: dt.date) -> int:
        """Return the index of the last fixing on or before ``day``, -1 when there is none."""
        return bisect_right(self.series.days, day) - 1

    def spot(self, day: dt.date, known: dt.date | None) -> FixingBand:
        """Return the fixings of ``day`` ± 1 business day (a day without one: of the last)."""
        anchor = self.at(day)
        legs = [code for code in (self.base, self.quote) if code != "EUR"]
        published = [code for code in legs if not _replaced(code, day)]
        if legs and not published:
            since = max(joined[0] for code in legs if (joined := changeover(code)))
            anchor = max(anchor, min(self.at(since - dt.timedelta(days=1)) + 1, self._last))
            fixed = self.series.values[anchor]
            return FixingBand(anchor, anchor, anchor, fixed, fixed, fixed, "irrevocable euro rate")
        for code in published:
            self.rates.as_of(code, day)  # raises, naming what is available
        if anchor < 0 or (day - self.series.days[anchor]).days > OLDEST_DAYS:
            raise NoRateError(
                f"{self.rates.source} has no rate between {self.base} and {self.quote} "
                f"in the week up to {day.isoformat()}"
            )
        first, last = max(anchor - 1, 0), self._latest(anchor + 1, known)
        name = f"{self.source(anchor)} rate of {day_words(self.series.days[anchor])}"
        return self._band(first, last, anchor, self.series.values[anchor], name)

    def period(
        self, start: dt.date, end: dt.date, name: str, published: dt.date | None
    ) -> FixingBand:
        """Return all fixings of a month or year, none later than a writer could know."""
        first = bisect_left(self.series.days, start)
        last = self._latest(self.at(end), published)
        if last < first:
            raise NoRateError(
                f"{self.rates.source} has no rate between {self.base} and {self.quote} in {name}; "
                f"its rates run from {self.series.days[0]} to {self.series.days[-1]}"
            )
        anchor = last
        if published is not None and first <= self.at(published) < last:
            anchor = self.at(published)
        known = self.series.values[first : anchor + 1]
        mean = sum(known, Decimal(0)) / len(known)
        return self._band(first, last, anchor, mean, f"{self.source(anchor)} average of {name}")

    def under(self, policy: str, day: dt.date, precision: str) -> FixingBand:
        """Return the one rate that a policy other than ``spot`` gives for the date."""
        found = policy_rate(
            self.base, self.quote, on=day, policy=policy, rates=self.rates, precision=precision
        )
        anchor = max(self.at(found.rate_date or day), 0)
        value = Decimal(found.rate)
        name = f"{found.source} rate under the policy {policy}"
        return FixingBand(anchor, anchor, anchor, value, value, value, name)

    def _latest(self, index: int, published: dt.date | None) -> int:
        """No writer knew a fixing later than the business day after publication."""
        if published is not None:
            index = min(index, self.at(published) + 1)
        return min(index, self._last)

    @property
    def _last(self) -> int:
        return len(self.series.days) - 1

    def _band(self, first: int, last: int, anchor: int, value: Decimal, name: str) -> FixingBand:
        used = self.series.values[first : last + 1]
        return FixingBand(first, last, anchor, min(used), max(used), value, name)


def _replaced(code: str, day: dt.date) -> bool:
    """Whether the euro had replaced the currency by that day: its rate is then a law's."""
    joined = changeover(code)
    return joined is not None and day >= joined[0]


@lru_cache(maxsize=1024)
def market(rates: Fixings, base: str, quote: str, early: bool = True) -> Market:
    """Return the pair's market; ``NoRateError`` when the table lacks one of the currencies.

    ``early`` asks for the days before the euro: no writer of later years used their rates, and to
    look them all up costs more than all the rest.
    """
    rates = rates.serving(base, quote)
    found = series(rates, base, quote, early)
    positions = np.array(found.positions, dtype=np.int64)
    share = round(math.hypot(slack(base), slack(quote)), 6)
    both = joined(rates, base, quote, early)
    if not both.beyond:  # the days of the table itself
        values = _floats(rates, quote)[positions] / _floats(rates, base)[positions]
        return Market(rates, base, quote, found, values, positions, share, early)
    values = np.array([float(value) for value in found.values])
    if not any(both.beyond):  # days were left out, none is of the tables beyond
        return Market(rates, base, quote, found, values, positions, share, early)
    beyond = np.array(both.beyond)[positions]
    coarse = _coarse(rates, base, found.days) + _coarse(rates, quote, found.days)
    coarse = np.where(beyond, coarse, 0.0)
    return Market(rates, base, quote, found, values, positions, share, early, coarse, beyond)


def _coarse(rates: Fixings, code: str, days: Sequence[dt.date]) -> Floats:
    """Half a unit of the last digit that the tables beyond print for a currency, as a share."""
    found = _half_units(rates, code)
    return np.array([found.get(day, 0.0) for day in days])


@lru_cache(maxsize=256)  # a currency meets many others, and each day of it is looked at
def _half_units(rates: Fixings, code: str) -> dict[dt.date, float]:
    assert rates.beyond is not None
    return rates.beyond.half_units(code if rates.beyond.has(code) else "EUR")


@lru_cache(maxsize=256)
def _floats(rates: Fixings, code: str) -> Floats:
    """A leg as floats, not a number on days without a rate."""
    return np.array([math.nan if cell is None else float(cell) for cell in leg(rates, code)])


def slack(currency: str) -> float:
    """Return the market slack of a currency against the euro, as a share.

    >>> slack("EUR"), slack("DKK") < slack("USD")
    (0.0, True)
    """
    table = _slacks()
    # What joined the euro before there were fixings has had no market since.
    return table.get(currency, 0.0 if currency in JOINED_THE_EURO else table["default"])


@lru_cache(maxsize=1)
def _slacks() -> dict[str, float]:
    return {row["currency"]: float(row["slack"]) for row in data_tables.table("slack")}


def bounds(interval: Interval) -> tuple[float, float]:
    """The ends of an interval of rates as floats; an open end is 0 or infinite."""
    low = 0.0 if interval.low is None else float(interval.low)
    return low, math.inf if interval.high is None else float(interval.high)


def _years_before(day: dt.date, years: int) -> dt.date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
