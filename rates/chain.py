"""Several tables of rates in a stated order: the first that has a rate answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

from .errors import NoRateError
from .fixings import ARITHMETIC, MAX_DAYS_BACK, Fixing, Fixings


class Chain(Fixings):
    """Tables asked one after the other; which one answered is said by the conversion.

    Under ``spot`` the first table with a rate on the day or at most 7 days before answers, for
    a mean the first with any rate in the period: tables are never mixed within one leg.
    ``beyond`` makes the tables that are asked for both legs of a pair where these lack one of
    them: a source that states both against a currency of its own.

    >>> own = Fixings("own", "v1", ["2024-11-04"], {"UAH": "45.1"}, quality="user")
    >>> other = Fixings("ECB", "v2", ["2024-11-04"], {"USD": "1.0904"})
    >>> Chain(own, other).currencies()
    ('UAH', 'USD')
    """

    def __init__(self, *tables: Fixings, beyond: Callable[[], Fixings] | None = None) -> None:
        self._parts = tuple(dict.fromkeys(part for table in tables for part in table.tables))
        super().__init__(" + ".join(dict.fromkeys(part.source for part in self._parts)), "", (), {})
        self._version = self._versions
        self._serving: dict[tuple[Fixings, ...], Fixings] = {}
        self._make_beyond = beyond
        self._beyond: Fixings | None = None

    def _versions(self) -> str:
        return "; ".join(part.version for part in self._every())

    def _every(self) -> list[Fixings]:
        """Its tables, and those beyond them."""
        return [*self._parts, *([self.beyond] if self.beyond else [])]

    @cached_property
    def digest(self) -> str:
        """The digests of its tables."""
        return " ".join(part.digest for part in self._every())

    @property
    def beyond(self) -> Fixings | None:
        """The tables that are asked for both currencies where these lack one."""
        if self._beyond is None and self._make_beyond is not None:
            self._beyond = self._make_beyond()
        return self._beyond

    @property
    def tables(self) -> tuple[Fixings, ...]:
        """The tables in their order."""
        return self._parts

    def serving(self, *codes: str) -> Fixings:
        """The tables that have any of ``codes``, EUR aside; all of them when none has."""
        asked = [code for code in codes if code != "EUR"]
        parts = tuple(part for part in self._parts if any(part.has(code) for code in asked))
        if not parts or parts == self._parts:
            return self
        if parts not in self._serving:  # made once: what is known of its pairs is kept with it
            alone = len(parts) == 1 and self._make_beyond is None
            self._serving[parts] = parts[0] if alone else Chain(*parts, beyond=self._make_beyond)
        return self._serving[parts]

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of any table, ascending."""
        if self._days is None:
            self._days = tuple(sorted({day for part in self._parts for day in part.days}))
        return self._days

    @property
    def iso_days(self) -> Sequence[str]:
        """``days`` as ISO text."""
        return [day.isoformat() for day in self.days]

    @property
    def first(self) -> date:
        """The first day of any table."""
        return min(part.first for part in self._parts)

    @property
    def last(self) -> date:
        """The newest day of any table."""
        return max(part.last for part in self._parts)

    def currencies(self) -> tuple[str, ...]:
        """The codes that any table has."""
        parts = [*self._parts, *([self.beyond] if self.beyond else [])]
        return tuple(sorted({code for part in parts for code in part.currencies()}))

    def has(self, currency: str) -> bool:
        """Whether any table has ``currency``."""
        return any(part.has(currency) for part in self._parts) or (
            self.beyond is not None and self.beyond.has(currency)
        )

    def span(self, currency: str) -> tuple[date, date]:
        """The days of the first and the last rate of ``currency`` in any table."""
        spans = [part.span(currency) for part in self._in_order(currency)]
        return min(first for first, _ in spans), max(last for _, last in spans)

    def on(self, currency: str, day: date) -> Fixing | None:
        """The rate of exactly ``day`` in the first table that has one."""
        found = (part.on(currency, day) for part in self._in_order(currency))
        return next((fixing for fixing in found if fixing), None)

    def as_of(self, currency: str, day: date, max_days_back: int = MAX_DAYS_BACK) -> Fixing:
        """The rate as of ``day`` in the first table that has one."""
        errors = []
        for part in self._in_order(currency):
            try:
                return part.as_of(currency, day, max_days_back)
            except NoRateError as error:
                errors.append(str(error))
        raise NoRateError("; ".join(errors))

    def between(self, currency: str, start: date, end: date) -> list[Fixing]:
        """The rates from ``start`` to ``end`` in the first table that has any."""
        for part in self._in_order(currency):
            if found := part.between(currency, start, end):
                return found
        return []

    def published(self, currency: str, start: date, end: date) -> tuple[int, date | None]:
        """The same of the first table that has any."""
        found = (part.published(currency, start, end) for part in self._in_order(currency))
        return next((one for one in found if one[0]), (0, None))

    def cross_series(self, base: str, quote: str) -> tuple[tuple[date, ...], tuple[Decimal, ...]]:
        """``quote`` per 1 ``base`` on every day on which both have a rate in some table; cached."""
        key = (base, quote)
        if key not in self._series:
            below, above = self.by_day(base), self.by_day(quote)
            days = sorted(below.keys() & above.keys())
            values = (ARITHMETIC.divide(above[day], below[day]) for day in days)
            self._series[key] = tuple(days), tuple(values)
        return self._series[key]

    def ended(self, currency: str) -> bool:
        """Whether every table that has ``currency`` ends without it."""
        return all(part.ended(currency) for part in self._in_order(currency))

    def count(self, start: date, end: date) -> int:
        """How many days from ``start`` to ``end`` any table has."""
        return len(self.days_between(start, end))

    def days_between(self, start: date, end: date) -> tuple[date, ...]:
        """The days of any table from ``start`` to ``end``, both included."""
        found = {day for part in self._parts for day in part.days_between(start, end)}
        return tuple(sorted(found))

    def no_column(self, currency: str) -> str:
        """The words of the first table for a currency that it never had."""
        return self._parts[0].no_column(currency)

    def absence(self, currency: str, day: date, asked: str | None = None) -> str:
        """The words of the first table that has ``currency`` at all."""
        return next(self._in_order(currency)).absence(currency, day, asked)

    def _in_order(self, currency: str) -> Iterator[Fixings]:
        """The tables that have ``currency``; what is beyond them is looked at last."""
        found = [part for part in self._parts if part.has(currency)]
        yield from found
        if currency != "EUR" and self.beyond is not None and self.beyond.has(currency):
            yield self.beyond
        elif not found:
            codes = ", ".join(self.currencies())
            raise NoRateError(f"{self.no_column(currency)}; there are EUR, {codes}")

    def by_day(self, currency: str) -> dict[date, Decimal]:
        """Units per 1 EUR on each day, the first table that has one winning."""
        found: dict[date, Decimal] = {}
        for part in reversed([part for part in self._parts if part.has(currency)]):
            found |= part.by_day(currency)
        return found

    def half_units(self, currency: str) -> dict[date, float]:
        """The same of the tables that have ``currency``."""
        found: dict[date, float] = {}
        for part in reversed([part for part in self._parts if part.has(currency)]):
            if found:
                own = {iso for iso, text in part.texts(currency).items() if text}
                found = {day: one for day, one in found.items() if day.isoformat() not in own}
            found |= part.half_units(currency)
        return found
