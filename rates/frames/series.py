"""The conversion of single amounts and of pandas Series under one name, for notebooks."""

from __future__ import annotations

import warnings
from typing import Any, overload

import pandas as pd

from .. import conversion
from ..conversion import Conversion
from ..errors import UsageError
from ..policies import Policy, parse_policy
from ..sources import Rates
from .convert import convert_frame


@overload
def convert(
    amount: pd.Series[Any],
    base: Any,
    quote: str,
    on: Any = None,
    policy: str | Policy = "spot",
    rates: Rates = None,
    *,
    precision: str | None = None,
) -> pd.Series[float]: ...


@overload
def convert(
    amount: Any,
    base: str,
    quote: str,
    on: Any = None,
    policy: str | Policy = "spot",
    rates: Rates = None,
    *,
    precision: str | None = None,
) -> Conversion: ...


def convert(
    amount: Any,
    base: Any,
    quote: str,
    on: Any = None,
    policy: str | Policy = "spot",
    rates: Rates = None,
    *,
    precision: str | None = None,
) -> Any:
    """Convert one amount (``rates.conversion.convert``), or whole Series (``convert_series``).

    >>> frame = pd.DataFrame({"amount": [683.0, 100.0], "currency": ["USD", "EUR"]}, index=[4, 2])
    >>> convert(frame["amount"], frame["currency"], "EUR", on="2024-11-04").round(2).to_dict()
    {4: 626.38, 2: 100.0}
    >>> print(convert("683m", "EUR", "USD", on="2024-11-04"))
    683,000,000 EUR = 744,743,200 USD (ECB 2024-11-04, spot, 1.0904)
    """
    if not any(isinstance(one, pd.Series) for one in (amount, base, on)):
        return conversion.convert(amount, base, quote, on, policy, rates, precision=precision)
    if precision is not None:
        raise UsageError(
            "precision= is for single amounts; in a Series write 2024-11 or 2024 for a date "
            "known to the month or year"
        )
    return convert_series(amount, base, quote, on, policy, rates)


def convert_series(
    amount: Any,
    base: Any,
    quote: str,
    on: Any = None,
    policy: str | Policy = "spot",
    rates: Rates = None,
) -> Any:
    """The Series form of ``convert``: at least one of amount, base and date is a pandas Series.

    The result is a Series ``amount_<quote>`` with their index; what is no Series counts for every
    row. No date at all means the newest rates, as for a single amount. Rows without a result are
    NaN, and a warning says how many and why; ``convert_frame`` gives the reason of each.

    >>> import pandas as pd
    >>> convert_series(pd.Series([10.0, 20.0]), "USD", "EUR", "2024-11-04").round(2).tolist()
    [9.17, 18.34]
    """
    given = {"amount": amount, "currency": base, "date": on}
    series = {name: one for name, one in given.items() if isinstance(one, pd.Series)}
    if not series:
        raise UsageError("convert_series needs a pandas Series of amounts, currencies or dates")
    index = next(iter(series.values())).index
    for name, one in series.items():
        if not one.index.equals(index):
            raise UsageError(f"the {name} Series has another index than the {next(iter(series))}")
    columns = {
        name: one if name in series else pd.Series([one] * len(index), index=index)
        for name, one in given.items()
        if one is not None or name != "date"
    }
    if "currency" not in series:
        columns["currency"] = columns["currency"].astype("category")
    rule = parse_policy(policy)
    if on is None and rule.name == "spot":
        rule = Policy("closing")
    names: dict[str, Any] = {"amount": "amount", "currency": "currency", "to": quote}
    names |= {"date": "date" if "date" in columns else None, "policy": rule, "rates": rates}
    frame = pd.DataFrame(columns, copy=False)
    done = convert_frame(frame, provenance=False, **names)
    result = done.iloc[:, -1]
    missing = result.isna()
    if missing.any():
        reasons = convert_frame(frame[missing], **names)["rate_note"]
        first = reasons.value_counts().index[0]
        warnings.warn(
            f"{len(reasons)} of {len(frame)} rows have no result, most because: {first}",
            stacklevel=2,
        )
    return result
