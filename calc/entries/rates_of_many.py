"""What one unit was worth on each of many days, at once: the frames' gather for what the ECB has.

A register asks for thousands of days. Where the frames find a fixing without a word on it, the
note is made here in the words of ``Valuation``; every other key is looked up there, one by one.
Few keys go the same way, so that a rate has the same bits whatever stands beside it.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from rates import ecb, sources
from rates.frames import convert_frame

from ..values.valuation import Valuation, Value

_BY_DAY = ("spot",)  # policies that a day's own fixing answers


def values_of(keys: list[tuple[Any, Any, Any]], currency: str, valuation: Valuation) -> list[Value]:
    """The value of one unit by key: currency, day and how exactly the day is known.

    >>> import datetime
    >>> day = datetime.date(2024, 11, 4)
    >>> values_of([("USD", day, "day"), (None, day, "day")], "EUR", Valuation())
    [Value(rate=0.917094644167278, note='1 USD = 0.917095 EUR (ECB 2024-11-04, spot)'), \
Value(rate=None, note='no currency is known')]
    """
    many = _at_once(keys, currency, valuation)
    return [
        many[key] if key in many else valuation.unit(key[0], currency, *key[1:]) for key in keys
    ]


def _at_once(
    keys: list[tuple[Any, Any, Any]], currency: str, valuation: Valuation
) -> dict[tuple[Any, Any, Any], Value]:
    """The keys that the embedded fixings answer without more to be said."""
    built_in = sources.tables(None)
    if valuation.policy not in _BY_DAY or sources.tables(valuation.rates) is not built_in:
        return {}
    if not ecb.fixings().has(currency):
        return {}
    asked = [
        key
        for key in keys
        if key[0] and key[0] != currency and key[1] is not None and key[2] in (None, "day")
    ]
    if not asked:
        return {}
    frame = pd.DataFrame(asked, columns=["currency", "on", "precision"])
    frame["on"] = pd.to_datetime(frame["on"])
    found = convert_frame(
        frame.assign(amount=1.0),
        amount="amount",
        currency="currency",
        date="on",
        to=currency,
        policy=valuation.policy,
        rates=["ecb"],  # the first of the chain: what it has, nothing else is asked for
    )
    plain = found["rate"].notna() & found["rate_note"].isna()
    rows = zip(
        asked,
        plain.tolist(),
        found["rate"].tolist(),
        pd.to_datetime(found["rate_date"]).dt.strftime("%Y-%m-%d").tolist(),
        strict=True,
    )
    return {
        key: Value(rate, f"1 {key[0]} = {rate:.6g} {currency} (ECB {day}, {valuation.policy})")
        for key, is_plain, rate, day in rows
        if is_plain
    }
