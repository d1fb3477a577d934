"""Rates that were stated against another currency than the euro, as units per 1 EUR.

29.2549 UAH per 1 USD becomes units per 1 EUR with the dollar rate of the day, as published by
the ECB. A conversion between the two (UAH to USD) then gives the stated rate back.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .fixings import ARITHMETIC, Fixing, Fixings


class Quote(NamedTuple):
    """A rate as its source states it: ``text`` units of a currency per 1 ``base``.

    It holds from ``first`` to ``last`` (ISO days, both included).
    """

    first: str
    last: str
    text: str
    base: str


class Bridged(Fixings):
    """A table of rates against any base; a rate against the euro is worked out when asked for.

    ``days`` are the ISO days on which rates count as published, ``through`` the table that has
    the bases, as of each day.

    >>> ecb = Fixings("ECB", "", ["2023-01-02"], {"USD": "1.0683"})
    >>> quotes = {"UAH": [Quote("2022-07-21", "2023-10-02", "36.5686", "USD")]}
    >>> Bridged("Bank", "", ["2023-01-02"], quotes, ecb).on("UAH", date(2023, 1, 2)).stated
    '1 USD = 36.5686 UAH, 1 EUR = 1.0683 USD (ECB 2023-01-02)'
    """

    def __init__(
        self,
        source: str,
        version: str | Callable[[], str],
        days: Sequence[str],
        quotes: Mapping[str, Sequence[Quote]],
        through: Fixings,
        *,
        quality: str = "user",
    ) -> None:
        super().__init__(source, version, days, dict.fromkeys(quotes, ""), quality=quality)
        self._quotes = quotes
        self._through = through
        self._made: dict[tuple[str, int], Fixing] = {}

    def _cells(self, currency: str) -> Sequence[str]:
        """What was stated for each day; ``_fixing`` has it against the euro."""
        if currency in self._quotes and currency not in self._split:
            self._split[currency] = self._stated_on(currency)
        return super()._cells(currency)

    def _stated_on(self, currency: str) -> list[str]:
        cells = [""] * len(self._iso)
        for number, quote in enumerate(self._quotes[currency]):
            first, last = bisect_left(self._iso, quote.first), bisect_right(self._iso, quote.last)
            places: Sequence[int] = range(first, last)
            if quote.base != "EUR" and self._iso is self._through.iso_days:
                if not self._through.has(quote.base):
                    continue
                there = self._through.texts(quote.base)
                places = [place for place in places if there[self._iso[place]]]
            for place in places:
                cells[place] = str(number)
        return cells

    def _fixing(self, currency: str, place: int) -> Fixing:
        if currency == "EUR":
            return super()._fixing(currency, place)
        key = (currency, place)
        if key not in self._made:
            quote = self._quotes[currency][int(self._cells(currency)[place])]
            self._made[key] = self._against_the_euro(currency, self._iso[place], quote)
        return self._made[key]

    def _against_the_euro(self, currency: str, iso: str, quote: Quote) -> Fixing:
        day = date.fromisoformat(iso)
        units, slash, of = quote.text.partition("/")
        value = Decimal(units)
        said = f"1 {quote.base} = {quote.text} {currency}"
        if slash:  # the law has it the other way round: 1000 XPF are 8.38 EUR
            value = ARITHMETIC.divide(value, Decimal(of))
            shown = format(value.quantize(Decimal("0.000001"), context=ARITHMETIC), "f")
            said = f"1 {quote.base} = {shown} {currency} ({units} {currency} = {of} {quote.base})"
        if quote.base == "EUR":
            own = "" if self.quality == "user" else said
            return Fixing(currency, day, value, format(value, "f"), stated=own)
        leg = self._through.as_of(quote.base, day)
        value = ARITHMETIC.multiply(value, leg.value)
        euro = leg.stated or f"1 EUR = {leg.text} {quote.base} ({self._through.source} {leg.date})"
        return Fixing(
            currency,
            day,
            value,
            format(value, "f"),
            stated=f"{said}, {euro}",
            bridged=leg.date,
            rounding=leg.rounding,
            unit_rounding=leg.unit_rounding,
        )

    def floats(self, currency: str) -> list[float]:
        """Units per 1 EUR on each day, NaN where nothing was stated."""
        if currency not in self._quotes or self._iso is not self._through.iso_days:
            cells = self._cells(currency)
            return [
                float(self._fixing(currency, place).value) if cell else math.nan
                for place, cell in enumerate(cells)
            ]
        bases = {quote.base for quote in self._quotes[currency] if self._through.has(quote.base)}
        euro = {base: self._through.floats(base) for base in bases}
        units = []
        for quote in self._quotes[currency]:
            above, slash, of = quote.text.partition("/")
            units.append((float(above) / float(of) if slash else float(above), quote.base))
        found = []
        for place, cell in enumerate(self._cells(currency)):
            if not cell:
                found.append(math.nan)
                continue
            value, base = units[int(cell)]
            found.append(value if base == "EUR" else value * euro[base][place])
        return found

    def by_day(self, currency: str) -> dict[date, Decimal]:
        """Units per 1 EUR on each day with a rate."""
        return {one.date: one.value for one in self.between(currency, self.first, self.last)}

    def half_units(self, currency: str) -> dict[date, float]:
        """Half a unit of the last printed digit of the base, as a share."""
        if currency not in self._quotes:
            return {}
        bases = {quote.base for quote in self._quotes[currency] if self._through.has(quote.base)}
        shares = {base: self._through.half_units(base) for base in bases - {"EUR"}}
        if not any(shares.values()):
            return {}
        rows = zip(self.days, self._cells(currency), strict=True)
        known = ((day, self._quotes[currency][int(cell)].base) for day, cell in rows if cell)
        found = {day: shares.get(base, {}).get(day, 0.0) for day, base in known}
        return {day: share for day, share in found.items() if share}

    def cross_series(self, base: str, quote: str) -> tuple[tuple[date, ...], tuple[Decimal, ...]]:
        """Days on which both have a rate, ascending, and ``quote`` per 1 ``base`` on each."""
        key = (base, quote)
        if key not in self._series:
            legs = [self.by_day(code) for code in key]
            days = sorted(legs[0].keys() & legs[1].keys())
            values = (ARITHMETIC.divide(legs[1][day], legs[0][day]) for day in days)
            self._series[key] = tuple(days), tuple(values)
        return self._series[key]
