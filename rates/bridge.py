"""Rates that were stated against another currency than the euro, as units per 1 EUR.

29.2549 UAH per 1 USD becomes units per 1 EUR with the dollar rate of the day, as published by
the ECB. A conversion between the two (UAH to USD) then gives the stated rate back.
"""

from __future__ import annotations

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
    """A table of rates against any base; a column is worked out when it is first asked for.

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
        self._stated: dict[tuple[str, str], tuple[str, date]] = {}

    def _cells(self, currency: str) -> Sequence[str]:
        if currency in self._quotes and currency not in self._split:
            self._split[currency] = self._bridged(currency)
        return super()._cells(currency)

    def _bridged(self, currency: str) -> list[str]:
        cells = [""] * len(self._iso)
        for quote in self._quotes[currency]:
            first, last = bisect_left(self._iso, quote.first), bisect_right(self._iso, quote.last)
            for place in range(first, last):
                if quote.base == "EUR":
                    cells[place] = quote.text
                    continue
                iso = self._iso[place]
                leg = self._through.as_of(quote.base, date.fromisoformat(iso))
                value = ARITHMETIC.multiply(Decimal(quote.text), leg.value)
                cells[place] = format(value, "f")
                self._stated[currency, iso] = (
                    f"1 {quote.base} = {quote.text} {currency}, "
                    f"1 EUR = {leg.text} {quote.base} ({self._through.source} {leg.date})",
                    leg.date,
                )
        return cells

    def _fixing(self, currency: str, place: int) -> Fixing:
        plain = super()._fixing(currency, place)
        stated, bridged = self._stated.get((currency, self._iso[place]), ("", None))
        return plain._replace(stated=stated, bridged=bridged)
