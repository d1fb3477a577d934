"""When was this conversion made? The runs of fixing days whose rate gives the second number.

A printed pair such as 683 million euros and 763 million dollars implies an interval of rates. The
days whose own fixing lies inside it, without slack, are the days on which the conversion could
have been made. Light on purpose: the command line prints from here without loading pandas.
"""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, SupportsIndex, overload

from rates import notebook, sources
from rates.currencies import currency
from rates.errors import NoRateError, UsageError
from rates.fixings import ARITHMETIC, Fixings
from rates.legs import JOINED_THE_EURO
from rates.policies import parse_date
from rates.sources import Rates

from .intervals import Interval, Printed, printed_number, reading

Leg = tuple[Decimal | None, ...]  # a cell for each day of a table


MOST_PAIRS = 128  # that are remembered: each may take half a megabyte, and keeps its table of rates
_FEW, _SHOWN = 3, 12  # windows of a line, of a table in a notebook


class Window(NamedTuple):
    """A run of consecutive fixing days, both ends included; ``days`` counts its fixings."""

    start: dt.date
    end: dt.date
    days: int

    def __str__(self) -> str:
        """``2024-09-27`` for one day, ``2024-09-19..2024-09-20`` for a run."""
        if self.start == self.end:
            return self.start.isoformat()
        return f"{self.start.isoformat()}..{self.end.isoformat()}"


class Windows(tuple[Window, ...]):
    """Windows, newest first; the text form joins them with ``;``, a slice is windows too."""

    __slots__ = ()

    @overload
    def __getitem__(self, place: SupportsIndex) -> Window: ...
    @overload
    def __getitem__(self, place: slice) -> Windows: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Window | Windows:
        if isinstance(place, slice):
            return Windows(super().__getitem__(place))
        return super().__getitem__(place)

    def __repr__(self) -> str:
        """``<Windows: 2024-09-27; 2024-09-19..2024-09-20; and 61 more>``, the newest three."""
        first = [str(window) for window in self[:_FEW]]
        rest = [f"and {len(self) - _FEW} more"] if len(self) > _FEW else []
        return f"<Windows: {'; '.join([*first, *rest]) or 'no fixing day fits'}>"

    def _repr_html_(self) -> str:
        if not self:
            return notebook.shown(notebook.head("No fixing day fits."))
        days = sum(window.days for window in self)
        told = f"{len(self):,} window{'s' * (len(self) > 1)}, {days:,} fixing day{'s' * (days > 1)}"
        rows = [[str(one.start), str(one.end), f"{one.days:,}"] for one in self[:_SHOWN]]
        table = notebook.table(("from", "to", "fixings"), rows, ("whole", "whole", "right"))
        more = len(self) - _SHOWN
        rest = f"and {more:,} more, back to {self[-1].start}; str(…) has all" if more > 0 else ""
        return notebook.shown(notebook.head(told, "newest first"), table, notebook.note(rest))

    def __str__(self) -> str:
        """``2024-09-27;2024-09-19..2024-09-20``, the empty string for none."""
        return ";".join(
            [
                a.isoformat() if days == 1 else f"{a.isoformat()}..{b.isoformat()}"
                for a, b, days in self
            ]
        )


class Crossed(Sequence[Decimal]):
    """The rates of a pair, each divided exactly when it is asked for.

    Of most pairs a few rates are asked for out of thousands. ``positions`` are the places in the
    two legs that have both.
    """

    def __init__(self, above: Leg, below: Leg, positions: Sequence[int]) -> None:
        self._above, self._below, self._positions = above, below, positions

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, place: int) -> Decimal: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Decimal, ...]: ...
    def __getitem__(self, place: int | slice) -> Decimal | tuple[Decimal, ...]:
        if isinstance(place, slice):
            return tuple(map(self._at, self._positions[place]))
        return self._at(self._positions[place])

    def __iter__(self) -> Iterator[Decimal]:
        return map(self._at, self._positions)

    def _at(self, position: int) -> Decimal:
        above, below = self._above[position], self._below[position]
        assert above is not None
        assert below is not None
        return ARITHMETIC.divide(above, below)


class PairSeries(NamedTuple):
    """The rates of one pair (quote per 1 base), ascending, as published or crossed exactly.

    ``positions`` are the places of the days in the whole table: two days are consecutive when
    their positions are, so a run never jumps over a hole in one currency's history.
    """

    days: tuple[dt.date, ...]
    values: Sequence[Decimal]
    positions: Sequence[int]


@lru_cache(maxsize=MOST_PAIRS)
def series(rates: Fixings, base: str, quote: str, early: bool = True) -> PairSeries:
    """Return the rates of the pair; ``NoRateError`` when the table lacks one of the two.

    ``early`` asks for the days before the euro too, which only the tables beyond have.
    A currency that the euro replaced has its irrevocable rate on every day from the changeover.
    """
    chosen = joined(rates, base, quote, early)
    below, above, days = chosen.below, chosen.above, chosen.days
    both = enumerate(zip(below, above, strict=True))
    positions: Sequence[int] = array(
        "l", [place for place, (a, b) in both if a is not None and b is not None]
    )
    if len(positions) == len(days):
        positions = range(len(days))  # no hole: nothing of its own to remember
    else:
        days = tuple(days[place] for place in positions)
    if not days:
        raise NoRateError(
            f"the {rates.serving(base, quote).source} has no day with a rate for both {base} and "
            f"{quote}; bring a table that does (--rates FILE)"
        )
    return PairSeries(days, Crossed(above, below, positions), positions)


class PairLegs(NamedTuple):
    """Both legs of a pair on each day of its tables; ``beyond``: those of the tables beyond."""

    days: tuple[dt.date, ...]
    below: Leg
    above: Leg
    beyond: tuple[bool, ...] = ()  # empty: none


@lru_cache(maxsize=MOST_PAIRS)
def joined(rates: Fixings, base: str, quote: str, early: bool = True) -> PairLegs:
    """The legs of a pair; where the tables have none for a week, those of the tables beyond.

    A pair never has one leg of each. ``NoRateError`` when nothing has one of the two.
    """
    rates = rates.serving(base, quote)
    for code in (base, quote):
        if not rates.has(code) and changeover(code) is None:
            raise NoRateError(
                f"{rates.no_column(code)}; bring a table that does (--rates FILE), "
                f"or give the amount in another currency"
            )
    found = PairLegs(rates.days, leg(rates, base), leg(rates, quote))
    if rates.beyond is None:
        return found
    cells = zip(found.days, found.below, found.above, strict=True)
    there = [day for day, one, two in cells if one is not None and two is not None]
    ends = [dt.date.min, *there, dt.date.max]
    gaps = [(a, b) for a, b in pairwise(ends) if (b - a).days > _A_WEEK]
    if not early or "EUR" in (base, quote):  # there was no euro before: nobody wrote of it
        gaps = [(max(a, _NO_EURO), b) for a, b in gaps if b > _EURO_BEGAN]
    if there and all(b < _OLDEST or a >= rates.last for a, b in gaps):
        return found
    return _filled(found, rates.beyond, base, quote, gaps)


_A_WEEK = 7  # the longest pause of the ECB has 5 days
_EURO_BEGAN = dt.date(1999, 1, 4)
_NO_EURO = dt.date(1998, 12, 31)
_OLDEST = dt.date(1984, 1, 2)  # nothing here is older


def _filled(
    found: PairLegs, beyond: Fixings, base: str, quote: str, gaps: list[tuple[dt.date, dt.date]]
) -> PairLegs:
    legs = leg(beyond, base), leg(beyond, quote)
    rows = [
        (day, one, two, False)
        for day, one, two in zip(found.days, found.below, found.above, strict=True)
        if not _inside(day, gaps)
    ]
    for day, one, two in zip(beyond.days, *legs, strict=True):
        if one is not None and two is not None and _inside(day, gaps):
            rows.append((day, one, two, True))
    rows.sort(key=lambda row: row[0])
    if not rows:
        return found
    days, below, above, marks = zip(*rows, strict=True)
    return PairLegs(days, below, above, marks)


def _inside(day: dt.date, gaps: list[tuple[dt.date, dt.date]]) -> bool:
    place = bisect_right(gaps, (day, dt.date.max)) - 1
    return place >= 0 and gaps[place][0] < day < gaps[place][1]


def changeover(code: str) -> tuple[dt.date, Decimal] | None:
    """The first day of the irrevocable euro rate of a currency, and that rate.

    >>> changeover("HRK"), changeover("USD")
    ((datetime.date(2023, 1, 1), Decimal('7.53450')), None)
    """
    if code not in JOINED_THE_EURO:
        return None
    known = currency(code)
    if known.euro_rate is None or known.last is None:
        return None
    return known.last + dt.timedelta(days=1), known.euro_rate


@lru_cache(maxsize=256)
def leg(rates: Fixings, code: str) -> Leg:
    """Units of a currency per euro on each day of the table: as published, then by statute."""
    if code == "EUR":
        return (Decimal(1),) * len(rates.days)
    joined = changeover(code)
    found: dict[dt.date, Decimal] = {}
    if joined is None:
        found = rates.by_day(code) if rates.has(code) else {}
    else:
        for table in reversed(rates.tables):
            if table.has(code):
                found |= table.by_day(code)
        since = max([joined[0], *found])  # a table may state rates of its own after that day
        found |= {day: joined[1] for day in rates.days if day >= since and day not in found}
    return tuple(map(found.get, rates.days))


def implied(a: Printed, b: Printed, name: str = "usual") -> Interval:
    """Return the rates (units of ``b`` per unit of ``a``) that the two printed numbers allow.

    ``name`` is the reading of the digits: ``core``, ``usual`` or ``extreme``. Qualifiers do not
    count: whoever converted, converted the printed number.

    >>> found = implied(printed_number("683m"), printed_number("763m"))
    >>> round(found.low, 4), round(found.high, 4)
    (Decimal('1.1156'), Decimal('1.1187'))
    """
    return reading(b, name).divided_by(reading(a, name))


def runs(chosen: PairSeries, inside: Iterable[int]) -> Windows:
    """Group the indexes ``inside`` (ascending, into ``chosen``) into windows, newest first."""
    places = list(inside)
    positions, days = chosen.positions, chosen.days
    ends = [
        number for number, (a, b) in enumerate(pairwise(places)) if positions[b] != positions[a] + 1
    ]
    firsts = [0, *(number + 1 for number in ends)] if places else []
    lasts = [*ends, len(places) - 1]
    return Windows(
        Window(days[places[first]], days[places[last]], places[last] - places[first] + 1)
        for first, last in zip(reversed(firsts), reversed(lasts), strict=False)
    )


def when(
    a: float | Decimal | str,
    base: str,
    b: float | Decimal | str,
    quote: str,
    before: object = None,
    rates: Rates = None,
) -> Windows:
    """Return the windows of days whose fixing turns ``a`` of ``base`` into ``b`` of ``quote``.

    Amounts are numbers or text (``"683m"``, ``"763 million"``); trailing zeros count as rounding
    (the usual reading), and no slack is added. ``before`` is the last day looked at, itself
    included: a date, ISO text (a month or year counts to its end), a Timestamp, or ``None`` for
    the whole history. An empty answer
    means that no published rate fits. Raises ``UnknownCurrencyError`` for a code that does not
    exist, ``NoRateError`` for a currency without a series, ``UsageError`` for the rest.

    >>> print(when(683e6, "EUR", 763e6, "USD", before="2024-11-04")[:3])
    2024-09-27;2024-09-19..2024-09-20;2024-08-26..2024-08-27
    """
    base, quote = currency(base).code, currency(quote).code
    if base == quote:
        raise UsageError(
            f"both amounts are in {base}: a date shows only in two different currencies"
        )
    interval = implied(_positive(a), _positive(b))
    chosen = series(sources.tables(rates), base, quote)
    asked = parse_date(before)
    end = len(chosen.days) if asked is None else bisect_right(chosen.days, asked.end)
    return runs(chosen, inside(chosen.values[:end], interval))


def inside(values: Sequence[Decimal], interval: Interval) -> list[int]:
    """Return the indexes of the values that lie in the interval, its ends included."""
    return [index for index, value in enumerate(values) if interval.contains(value)]


def _positive(amount: float | Decimal | str) -> Printed:
    printed = printed_number(amount)
    if printed.amount <= 0:
        raise UsageError(f"{amount} is not a positive amount: a conversion has no date without one")
    return printed
