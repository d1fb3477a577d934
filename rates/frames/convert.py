"""Convert a column of amounts in a frame of any kind."""

from __future__ import annotations

from typing import Any, TypeVar

from ..errors import UsageError
from ..fixings import Fixings
from ..online import Online
from ..policies import Policy, parse_policy
from ..sources import Rates, tables
from .eager import convert_arrow, convert_pandas, convert_polars
from .lazy import convert_duckdb, convert_polars_lazy, convert_spark
from .wanted import wanted

Frame = TypeVar("Frame")

_KINDS = {
    ("pandas", "DataFrame"): convert_pandas,
    ("polars", "DataFrame"): convert_polars,
    ("polars", "LazyFrame"): convert_polars_lazy,
    ("pyarrow", "Table"): convert_arrow,
    ("duckdb", "DuckDBPyRelation"): convert_duckdb,
    ("_duckdb", "DuckDBPyRelation"): convert_duckdb,
    ("pyspark", "DataFrame"): convert_spark,
}


def convert_frame(
    frame: Frame,
    *,
    amount: str,
    currency: str,
    date: str | None = None,
    to: str,
    policy: str | Policy = "spot",
    rates: Rates = None,
    provenance: bool = True,
) -> Frame:
    """Add ``amount_<to>`` (lower case) to a frame: ``amount`` at the rate of each row's date.

    The frame is pandas, polars (eager or lazy), PyArrow, DuckDB or PySpark; the same kind comes
    back, with all rows in their order and, in pandas, the index. ``currency`` is a column of ISO
    codes or, when there is no column of that name, a code for all rows. ``date`` is a column of
    dates, times or ISO text ("2024-11" is converted at the month's average, as in ``convert``); of
    a time with a zone it is the day on that zone's own clock, in DuckDB and Spark on the clock of
    the session. Policies that look at no date (``closing``, ``fixed:…``) need none.

    ``provenance`` adds ``rate`` (``to`` per 1 unit), ``rate_date`` (the day of publication, of a
    mean the last one) and ``rate_note``: why a row has no result, or what to know about its rate.
    A row without a result stays, with null (NaN in pandas). Results are float64, Decimals
    included. Lazy engines read the currency column once, for its distinct values.

    Raises UsageError for columns, policies and currencies that cannot be understood.

    >>> import pandas as pd
    >>> frame = pd.DataFrame({"given": [109.04], "unit": ["USD"], "day": ["2024-11-04"]})
    >>> found = convert_frame(frame, amount="given", currency="unit", date="day", to="EUR")
    >>> found["amount_eur"].round(2).item()
    100.0
    """
    table = _table(rates)
    convert = _KINDS.get(_kind(frame))
    if convert is None:
        raise UsageError(
            f"{type(frame).__module__}.{type(frame).__name__} is no frame known here; "
            "pass a pandas, polars, PyArrow, DuckDB or PySpark frame"
        )
    native: Any = frame
    names = native.column_names if _kind(frame)[0] == "pyarrow" else _names(native)
    asked = wanted(
        names,
        amount=amount,
        currency=currency,
        date=date,
        to=to,
        provenance=provenance,
        table=table,
    )
    converted: Frame = convert(native, asked, parse_policy(policy), table)
    return converted


def _table(rates: Rates) -> Fixings:
    table = tables(rates)
    if any(isinstance(one, Online) for one in table.tables):
        raise UsageError(
            "the online source answers for one day at a time; a frame needs a table of rates: "
            "leave rates= out, or name a file"
        )
    return table


def _kind(frame: object) -> tuple[str, str]:
    """The package and the name of a frame's class or of the first known one above it."""
    kinds = [(one.__module__.partition(".")[0], one.__name__) for one in type(frame).__mro__]
    return next((kind for kind in kinds if kind in _KINDS), kinds[0])


def _names(frame: Any) -> list[str]:
    if hasattr(frame, "collect_schema"):
        return list(frame.collect_schema().names())
    return list(frame.columns)
