"""What amounts were worth on their dates: exchange rates for links, pledges and sums.

A rate that is missing is never an error here: it is a ``Value`` without an amount and the reason.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, NamedTuple

from rates import conversion
from rates.errors import NoRateError, UnknownCurrencyError

# What the column "said" has of an amount in the prices of another year, and what that means.
CONSTANT = "constant-prices"
CONSTANT_NOTE = (
    "in constant prices, so no exchange rate of a day applies: "
    "pledgecalc constant hands it over for deflating"
)
UNCONVERTED_NOTE = "in constant prices as printed: no rate applies"


class Value(NamedTuple):
    """One unit of ``base`` in ``currency`` on a date, or the reason why there is none.

    ``day`` is that of the rate, where one was looked up.
    """

    rate: float | None
    note: str
    day: dt.date | None = None


class Valuation:
    """Rates under one policy, looked up once per currency pair and date."""

    def __init__(self, policy: str = "spot", rates: Any = None) -> None:
        self.policy = policy
        self.rates = rates
        self._known: dict[tuple[str, str, dt.date | None, str | None], Value] = {}
        self._crossed: dict[tuple[str, str, dt.date | None, str | None], Value] = {}

    def unit(
        self, base: str | None, currency: str, on: dt.date | None, precision: str | None = None
    ) -> Value:
        """What one unit of ``base`` was worth in ``currency``.

        A date known to the month or year takes the average of that time. Without a date or a
        rate the value is missing, and the note says why.
        """
        if base is None:
            return Value(None, "no currency is known")
        if base == currency:
            return Value(1.0, f"already in {currency}")
        if on is None:
            return Value(None, f"not converted to {currency}: no date is known")
        key = (base, currency, on, precision)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._look_up(*key)
        return known

    def crossed(self, base: str, quote: str, on: dt.date | None, precision: str | None) -> Value:
        """What one unit of ``base`` was worth in ``quote``, by way of the euro."""
        key = (base, quote, on, precision)
        known = self._crossed.get(key)
        if known is None:
            first = self.unit(base, "EUR", on, precision)
            second = self.unit(quote, "EUR", on, precision)
            if first.rate and second.rate:
                notes = f"{first.note}; {second.note}"
                known = Value(first.rate / second.rate, notes, first.day)
            else:
                known = second if first.rate else first
            self._crossed[key] = known
        return known

    def _look_up(
        self, base: str, currency: str, on: dt.date | None, precision: str | None
    ) -> Value:
        try:
            found = conversion.convert(
                Decimal(1),
                base,
                currency,
                on=on,
                policy=self.policy,
                rates=self.rates,
                precision=precision or "day",
            )
        except (NoRateError, UnknownCurrencyError) as error:
            return Value(None, f"not converted to {currency}: {error}")
        when = f"{found.source} {found.rate_date}, {found.policy}"
        rate = float(found.rate)
        return Value(rate, f"1 {base} = {rate:.6g} {currency} ({when})", found.rate_date)
