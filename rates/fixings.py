"""A table of published rates (days by currencies, units per 1 EUR), and as-of lookup in it.

Cells stay the published text until they are asked for: a conversion touches two of them, and
splitting all columns of 27 years would cost more than everything else it does.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Context, Decimal
from functools import cached_property
from typing import NamedTuple

from .errors import NoRateError

MAX_DAYS_BACK = 7  # the longest pause of the ECB since 1999 is 5 days (Easter, Christmas)
ARITHMETIC = Context(prec=28)  # our own: a caller's decimal context must not change results


_FAR = "9999-12-31"

Day = date  # inside a class with a field of that name


class Fixing(NamedTuple):
    """One published reference rate of one day: units of ``currency`` per 1 EUR."""

    currency: str
    date: date
    value: Decimal
    text: str  # as published
    stated: str = ""  # what was published instead, where ``value`` was computed from it
    bridged: Day | None = None  # … and the day of the euro rate that it was computed with
    # Where both the currency and the euro were published against a third one:
    price: Decimal | None = None  # units of that one per 1 ``currency``, as printed
    units: Decimal | None = None  # or, as published, units of ``currency`` per 1 of that one
    rounding: float = 0.0  # half a unit of the last digit printed for the currency, as a share
    unit_rounding: float = 0.0  # … and for the euro


class Average(NamedTuple):
    """The mean of the published rates of a currency over ``days`` fixing days."""

    currency: str
    start: date  # the first and the last fixing day in the mean
    end: date
    days: int
    value: Decimal


class Fixings:
    """An immutable table of the published rates of one source, base EUR.

    ``days`` are ISO days, ascending; ``columns`` gives for each currency one cell per day, as a
    list or as comma-joined text, empty where nothing was published. ``version`` names the data:
    their last day and sha256, or is a function that finds that out when it is first asked for.
    ``quality`` is what its rates are worth: "official", "user", …. EUR is a column of ones
    everywhere below.

    >>> table = Fixings("ECB", "test", ["2024-11-01", "2024-11-04"], {"USD": "1.0885,1.0904"})
    >>> table.as_of("USD", date(2024, 11, 3)).text
    '1.0885'
    >>> table.on("USD", date(2024, 11, 3)) is None
    True
    """

    whole = True  # False: the source is asked for single days, and has no list of them

    def __init__(
        self,
        source: str,
        version: str | Callable[[], str],
        days: Sequence[str],
        columns: Mapping[str, str | Sequence[str]],
        *,
        quality: str = "official",
    ) -> None:
        self.source = source
        self.quality = quality
        self._version = version
        self._iso = days
        self._columns = columns
        self._split: dict[str, Sequence[str]] = {}
        self._days: tuple[date, ...] | None = None
        self._spans: dict[str, tuple[date, date]] = {}
        self._series: dict[tuple[str, str], tuple[tuple[date, ...], tuple[Decimal, ...]]] = {}

    @property
    def version(self) -> str:
        """What the data are: their last day and sha256."""
        if callable(self._version):
            self._version = self._version()
        return self._version

    @cached_property
    def digest(self) -> str:
        """The sha256 of the very days and cells, whatever the version says that they are."""
        import hashlib  # 2 ms that few conversions need

        found = hashlib.sha256(f"{self.version}\n{','.join(self._iso)}".encode())
        for code in sorted(self._columns):
            cells = self._columns[code]
            found.update(f"\n{code} {cells}".encode())
        return found.hexdigest()

    def serving(self, *codes: str) -> Fixings:  # noqa: ARG002
        """The part of a chain that has any of ``codes``: of one table, itself."""
        return self

    @property
    def tables(self) -> tuple[Fixings, ...]:
        """The tables that a leg is looked up in, in this order: itself, unless it is a chain."""
        return (self,)

    @property
    def beyond(self) -> Fixings | None:
        """The tables that are asked for both currencies where these lack one; mostly none."""
        return None

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of the table, ascending."""
        if self._days is None:
            self._days = tuple(map(date.fromisoformat, self._iso))
        return self._days

    @property
    def iso_days(self) -> Sequence[str]:
        """``days`` as ISO text."""
        return self._iso

    @property
    def first(self) -> date:
        """The first day of the table."""
        return date.fromisoformat(self._iso[0])

    @property
    def last(self) -> date:
        """The newest day of the table."""
        return date.fromisoformat(self._iso[-1])

    def currencies(self) -> tuple[str, ...]:
        """The codes that the table has, EUR not among them, sorted."""
        return tuple(sorted(self._columns))

    def has(self, currency: str) -> bool:
        """Whether the table has a column for ``currency`` (EUR always)."""
        return currency == "EUR" or currency in self._columns

    def span(self, currency: str) -> tuple[date, date]:
        """The days of the first and the last rate of ``currency``.

        >>> Fixings("x", "", ["2024-01-02", "2024-01-03"], {"ISK": ",150"}).span("ISK")
        (datetime.date(2024, 1, 3), datetime.date(2024, 1, 3))
        """
        if currency not in self._spans:
            cells = self._cells(currency)
            places = range(len(cells))
            first = next(place for place in places if cells[place])
            last = next(place for place in reversed(places) if cells[place])
            self._spans[currency] = self._day(first), self._day(last)
        return self._spans[currency]

    def on(self, currency: str, day: date) -> Fixing | None:
        """The rate published for exactly ``day``, or None."""
        iso = _iso(day)
        place = bisect_left(self._iso, iso)
        if place == len(self._iso) or self._iso[place] != iso:
            return None
        return self._fixing(currency, place) if self._cells(currency)[place] else None

    def as_of(self, currency: str, day: date, max_days_back: int = MAX_DAYS_BACK) -> Fixing:
        """The last rate on or before ``day``, at most ``max_days_back`` days old.

        Never a later one, never interpolated. Days on which the source published other
        currencies and not this one are a hole when they last longer than ``max_days_back``: a
        suspended rate (RUB after 2022-03-01) is not carried into its suspension. Raises
        NoRateError naming what is available.
        """
        cells = self._cells(currency)
        iso = _iso(day)
        end = bisect_right(self._iso, iso)
        place = _last_there(cells, end)
        if place is not None:
            found = self._day(place)
            asked = date.fromisoformat(iso)
            suspended = self._hole_after(cells, place, max_days_back) and (
                self.expected(currency, found, asked) > 1 or self.replaced_on(currency) <= iso
            )
            if (asked - found).days <= max_days_back and not suspended:
                return self._fixing(currency, place)
        raise NoRateError(self.absence(currency, day))

    def between(self, currency: str, start: date, end: date) -> list[Fixing]:
        """The rates published from ``start`` to ``end``, both included, ascending."""
        cells = self._cells(currency)
        places = range(bisect_left(self._iso, _iso(start)), bisect_right(self._iso, _iso(end)))
        return [self._fixing(currency, place) for place in places if cells[place]]

    def published(self, currency: str, start: date, end: date) -> tuple[int, date | None]:
        """How many rates there are from ``start`` to ``end``, both included, and the last day."""
        cells = self._cells(currency)
        places = range(bisect_left(self._iso, _iso(start)), bisect_right(self._iso, _iso(end)))
        there = [place for place in places if cells[place]]
        return len(there), self._day(there[-1]) if there else None

    def cross_series(self, base: str, quote: str) -> tuple[tuple[date, ...], tuple[Decimal, ...]]:
        """Days on which both have a rate, ascending, and ``quote`` per 1 ``base`` on each; cached.

        >>> table = Fixings("x", "", ["2024-11-01"], {"USD": "1.25", "SEK": "10"})
        >>> table.cross_series("USD", "SEK")[1]
        (Decimal('8'),)
        """
        key = (base, quote)
        if key not in self._series:
            below, above = self._cells(base), self._cells(quote)
            places = [place for place in range(len(self._iso)) if below[place] and above[place]]
            days = self.days
            divide = ARITHMETIC.divide
            self._series[key] = (
                tuple(days[place] for place in places),
                tuple(divide(Decimal(above[place]), Decimal(below[place])) for place in places),
            )
        return self._series[key]

    def by_day(self, currency: str) -> dict[date, Decimal]:
        """Units per 1 EUR on each day with a rate.

        >>> Fixings("x", "", ["2024-01-02", "2024-01-03"], {"ISK": "150,"}).by_day("ISK")
        {datetime.date(2024, 1, 2): Decimal('150')}
        """
        cells = zip(self.days, self._cells(currency), strict=True)
        return {day: Decimal(cell) for day, cell in cells if cell}

    def half_units(self, currency: str) -> dict[date, float]:  # noqa: ARG002
        """Half a unit of the last printed digit as a share, of rates that are coarse; else none."""
        return {}

    def texts(self, currency: str) -> dict[str, str]:
        """The published texts of ``currency`` by ISO day, empty where there is none."""
        return dict(zip(self._iso, self._cells(currency), strict=True))

    def floats(self, currency: str) -> list[float]:
        """Units per 1 EUR on each day, NaN where nothing was published.

        >>> Fixings("x", "", ["2024-01-02", "2024-01-03"], {"ISK": "150,"}).floats("ISK")
        [150.0, nan]
        """
        return [float(cell) if cell else math.nan for cell in self._cells(currency)]

    def ended(self, currency: str) -> bool:
        """Whether the newest day of the table has no rate of ``currency``."""
        return not self._cells(currency)[-1]

    def count(self, start: date, end: date) -> int:
        """How many days from ``start`` to ``end``, both included, the table has."""
        return bisect_right(self._iso, _iso(end)) - bisect_left(self._iso, _iso(start))

    def expected(self, currency: str, start: date, end: date) -> int:
        """How many days from ``start`` to ``end`` a rate of ``currency`` may be published on."""
        days = self.cadence(currency)
        return bisect_right(days, _iso(end)) - bisect_left(days, _iso(start))

    def cadence(self, currency: str) -> Sequence[str]:  # noqa: ARG002
        """The days on which a rate of ``currency`` may be published, as ISO text."""
        return self._iso

    def replaced_on(self, currency: str) -> str:  # noqa: ARG002
        """The day from which its last rate stands for nothing any more; far away for most."""
        return _FAR

    def days_between(self, start: date, end: date) -> tuple[date, ...]:
        """The days of the table from ``start`` to ``end``, both included."""
        first, last = bisect_left(self._iso, _iso(start)), bisect_right(self._iso, _iso(end))
        return tuple(map(date.fromisoformat, self._iso[first:last]))

    def no_column(self, currency: str) -> str:
        """The words for a currency that the table never had."""
        return f"the {self.source} publishes no rate for {currency}"

    def _fixing(self, currency: str, place: int) -> Fixing:
        iso, text = self._iso[place], self._cells(currency)[place]
        day = date.fromisoformat(iso)
        return Fixing(currency, day, Decimal(text), text)

    def _day(self, place: int) -> date:
        return date.fromisoformat(self._iso[place])

    def _cells(self, currency: str) -> Sequence[str]:
        cells = self._split.get(currency)
        if cells is None:
            if currency == "EUR":
                cells = ["1"] * len(self._iso)
            elif currency in self._columns:
                column = self._columns[currency]
                cells = column.split(",") if isinstance(column, str) else column
            else:
                raise NoRateError(
                    f"{self.no_column(currency)}; it has EUR, {', '.join(self.currencies())}"
                )
            self._split[currency] = cells
        return cells

    def _hole_after(self, cells: Sequence[str], place: int, max_days_back: int) -> bool:
        following = _next_there(cells, place + 1)
        return following is None or (self._day(following) - self._day(place)).days > max_days_back

    def absence(self, currency: str, day: date, asked: str | None = None) -> str:
        """The words for a rate of ``currency`` that is not there: what is missing, what there is.

        ``asked`` replaces the day in the message (a month, say).
        """
        cells = self._cells(currency)
        first, last = self.span(currency)
        end = bisect_right(self._iso, _iso(day))
        missing = f"no {self.source} rate of {currency} for {asked or _iso(day)}"
        before = _last_there(cells, end)
        after = _next_there(cells, end)
        if before is None:
            return f"{missing}: the first is of {first}, the last of {last}"
        if after is not None:
            return (
                f"{missing}: the last before it is of {self._day(before)}, "
                f"the next of {self._day(after)}"
            )
        if before == len(self._iso) - 1:
            return f"{missing}: the newest here is of {last}, the first of {first}"
        others = f"; other currencies run to {self.last}" if len(self._columns) > 1 else ""
        return f"{missing}: the last is of {last}, none follows (the first is of {first}{others})"


def _iso(day: date) -> str:
    return (day.date() if isinstance(day, datetime) else day).isoformat()


def _last_there(cells: Sequence[str], end: int) -> int | None:
    return next((place for place in range(end - 1, -1, -1) if cells[place]), None)


def _next_there(cells: Sequence[str], start: int) -> int | None:
    return next((place for place in range(start, len(cells)) if cells[place]), None)
