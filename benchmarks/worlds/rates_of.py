"""Rates for a made world: the published fixings as arrays by day."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np

from rates import ecb


@cache
def _series(currency: str) -> tuple[np.ndarray, np.ndarray]:
    if currency == "EUR":
        days = np.array([day.toordinal() for day in ecb.fixings().days])
        return days, np.ones(len(days))
    dates, values = ecb.fixings().cross_series("EUR", currency)
    return np.array([day.toordinal() for day in dates]), np.array([float(v) for v in values])


def rate(base: str, quote: str, day: int, back: int = 0) -> tuple[float, int]:
    """Units of ``quote`` for one ``base`` by the fixing ``back`` fixing days before ``day``.

    Days are ordinals; the second value is the day of the fixing itself.
    """
    days, _values = _series(quote if quote != "EUR" else base)
    place = max(int(np.searchsorted(days, day, side="right")) - 1 - back, 0)
    on = int(days[place])
    return _leg(quote, on) / _leg(base, on), on


def _leg(currency: str, day: int) -> float:
    days, values = _series(currency)
    return float(values[max(int(np.searchsorted(days, day, side="right")) - 1, 0)])


def has(currency: str, first: dt.date, last: dt.date) -> bool:
    """Whether the fixings of a currency span the time."""
    if currency not in ecb.fixings().currencies() and currency != "EUR":
        return False
    days, _ = _series(currency)
    return bool(days[0] <= first.toordinal() and days[-1] >= last.toordinal())
