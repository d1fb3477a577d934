"""What one unit was worth on each of many days, at once: the frames' gather for what the ECB has.

A table asks for thousands of days. Where the frames find a fixing without a word on it, the
note is made here in the words of ``Valuation``; every other key is looked up there, one by one.
Few keys go the same way, so that a rate has the same bits whatever stands beside it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from rates import ecb, sources
from rates.frames import convert_frame

from .. import schema
from .valuation import CONSTANT, CONSTANT_NOTE, UNCONVERTED_NOTE, Valuation, Value

_BY_DAY = ("spot",)  # policies that a day's own fixing answers


def values_of(keys: list[tuple[Any, Any, Any]], currency: str, valuation: Valuation) -> list[Value]:
    """The value of one unit by key: currency, day and how exactly the day is known.

    >>> import datetime
    >>> day = datetime.date(2024, 11, 4)
    >>> keys = [("USD", day, "day"), (None, day, "day")]
    >>> [one.note for one in values_of(keys, "EUR", Valuation())]
    ['1 USD = 0.917095 EUR (ECB 2024-11-04, spot)', 'no currency is known']
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
        pd.to_datetime(found["rate_date"]).dt.date.tolist(),
        strict=True,
    )
    return {
        key: Value(rate, f"1 {key[0]} = {rate:.6g} {currency} (ECB {day}, {valuation.policy})", day)
        for key, is_plain, rate, day in rows
        if is_plain
    }


def keyed(keys: pd.DataFrame) -> tuple[npt.NDArray[np.integer[Any]], list[Any]]:
    """The number of each row's key, and the keys: rows that are equal share one.

    >>> keyed(pd.DataFrame({"base": ["EUR", "USD", "EUR"]}))
    (array([0, 1, 0]), [('EUR',), ('USD',)])
    """
    columns = list(keys.columns)
    numbers = keys.groupby(columns, dropna=False, sort=False).ngroup().to_numpy()
    _known, first = np.unique(numbers, return_index=True)
    rows = keys.iloc[first]
    cells = [schema.cells(rows[name]) for name in columns]
    return numbers, list(zip(*cells, strict=True))


def rates_of(claims: pd.DataFrame, currency: str, valuation: Valuation) -> pd.DataFrame:
    """``rate``, ``rate_date`` and ``rate_note`` of each claim, at the day of its act.

    Without such a day that of publication counts; the note says why there is no rate.
    """
    keys = pd.DataFrame(
        {
            "base": claims["currency"],
            "on": claims["value_date"].fillna(claims["published"]),
            "precision": claims["value_date_precision"],
        }
    )
    codes, units = keyed(keys)
    found = values_of(units, currency, valuation)
    table = pd.DataFrame(
        {
            "rate": np.array([np.nan if one.rate is None else one.rate for one in found]),
            "rate_date": pd.to_datetime(pd.Series([one.day for one in found])).astype(
                "datetime64[us]"
            ),
            "rate_note": pd.Series([one.note for one in found], dtype=schema.TEXT),
        }
    )
    table = table.take(codes).set_index(claims.index)
    constant = _in_constant_prices(claims)
    if constant.any():
        # a table of nothing else adds up in its own currency, of which no rate is asked
        own = constant & bool(constant.all()) & (claims["currency"] == currency)
        table.loc[own, "rate_note"] = UNCONVERTED_NOTE
        table.loc[constant & ~own, ["rate", "rate_date"]] = None
        table.loc[constant & ~own, "rate_note"] = CONSTANT_NOTE
    return table


def _in_constant_prices(claims: pd.DataFrame) -> pd.Series:
    """Which claims are in the prices of another year, which no rate of a day converts."""
    if "said" not in claims.columns:
        return pd.Series(False, index=claims.index)
    told = claims["said"].astype(schema.TEXT).str
    return told.contains(rf"(?:^|\|){CONSTANT}(?:\||$)", regex=True, na=False).astype(bool)


def converted(claims: pd.DataFrame, currency: str, valuation: Valuation) -> pd.DataFrame:
    """The claims with ``amount_<currency>`` and the rate that it is at; nothing is linked."""
    found = rates_of(claims, currency, valuation)
    found.insert(0, f"amount_{currency.lower()}", claims["amount"] * found["rate"])
    whole = pd.concat([claims, found], axis=1)
    whole.attrs = dict(claims.attrs)
    return whole
