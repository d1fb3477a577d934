"""pandas columns as the arrays that ``gather`` takes."""

from __future__ import annotations

import importlib.util
from numbers import Number
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import UsageError
from . import arrow_columns
from .coded import Coded, Dates

_PER_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def amounts(column: pd.Series[Any], name: str) -> NDArray[np.number[Any]]:
    """Numbers, with NaN for what is missing; Decimals become float64."""
    held: Any = column.dtype
    if isinstance(held, np.dtype) and held.kind in "fiu":
        found: NDArray[np.number[Any]] = column.to_numpy()
        return found
    if isinstance(held, pd.ArrowDtype):
        return arrow_columns.amounts(_arrow(column), name)
    if pd.api.types.is_numeric_dtype(held) and not pd.api.types.is_bool_dtype(held):
        return column.to_numpy(dtype=np.float64, na_value=np.nan)
    if pd.api.types.is_object_dtype(held) and all(map(_is_number, column)):
        return np.array([np.nan if pd.isna(one) else float(one) for one in column], np.float64)
    raise UsageError(
        f"the column {name!r} holds {_kind(column)}, not numbers; turn it into numbers first"
    )


def codes(column: pd.Series[Any]) -> Coded:
    """Places in the distinct values, -1 for what is missing."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return Coded(column.array.codes, column.cat.categories.tolist())
    if _is_arrow(column):
        return arrow_columns.codes(_arrow(column))
    places, distinct = pd.factorize(column, use_na_sentinel=True)
    return Coded(places, list(distinct))


def dates(column: pd.Series[Any], name: str) -> Dates:
    """Days of a column of times, dates or text; a zone's own clock says which day it is."""
    held: Any = column.dtype
    if isinstance(held, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None)
        held = column.dtype
    if isinstance(held, np.dtype) and held.kind == "M":
        times = np.ascontiguousarray(column.to_numpy())
        unit = np.datetime_data(times.dtype)[0]
        return Dates(times.view(np.int64), _PER_DAY[unit])
    if isinstance(held, pd.ArrowDtype):
        arrow = _arrow(column)
        found = arrow_columns.ticks(arrow)
        if found is not None:
            return Dates(*found)
    if isinstance(held, pd.PeriodDtype):
        places, distinct = pd.factorize(column, use_na_sentinel=True)
        return Dates(coded=Coded(places, [str(one) for one in distinct]))
    values: Any = column.cat.categories if isinstance(held, pd.CategoricalDtype) else column
    if pd.api.types.is_numeric_dtype(values.dtype):
        raise UsageError(
            f"the column {name!r} holds {_kind(column)}, not dates; turn it into dates or into "
            "text such as 2024-11-04, 2024-11 or 2024"
        )
    return Dates(coded=codes(column))


def _is_number(value: Any) -> bool:
    if value is None or value is pd.NA:
        return True
    return isinstance(value, Number) and not isinstance(value, bool)


def _is_arrow(column: pd.Series[Any]) -> bool:
    held: Any = column.dtype
    if isinstance(held, pd.ArrowDtype):
        return True
    return isinstance(held, pd.StringDtype) and held.storage == "pyarrow" and _has_arrow()


def _has_arrow() -> bool:
    return importlib.util.find_spec("pyarrow") is not None


def _arrow(column: pd.Series[Any]) -> Any:
    import pyarrow as pa

    return pa.chunked_array(pa.array(column.array))


def _kind(column: pd.Series[Any]) -> str:
    if column.dtype == object:
        return pd.api.types.infer_dtype(column, skipna=True)
    return str(column.dtype)
