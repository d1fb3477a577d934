"""Arrow columns as the arrays that ``gather`` takes, and its results as Arrow columns."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from .coded import Coded
from .daily import NEVER
from .gather import MISSING
from .letters import three_letters

_PER_DAY = {"s": 86_400, "ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def amounts(column: Any, name: str) -> NDArray[np.number[Any]]:
    """Numbers, with NaN for nulls; Decimals become float64. Raises UsageError for the rest."""
    import pyarrow as pa

    kind = pa.types
    held = column.type
    if kind.is_dictionary(held):
        column = column.cast(held.value_type)
        held = column.type
    if kind.is_null(held):
        return np.full(len(column), np.nan)
    if kind.is_decimal(held):
        column = column.cast(pa.float64())
    elif not (kind.is_integer(held) or kind.is_floating(held)):
        raise UsageError(
            f"the column {name!r} holds {held}, not numbers; turn it into numbers first"
        )
    if column.null_count:
        column = column.cast(pa.float64()).fill_null(float("nan"))
    return np.asarray(_whole(column))


def codes(column: Any) -> Coded:
    """Places in the distinct values of a column, -1 for null; text or anything else."""
    import pyarrow as pa

    kind = pa.types
    if kind.is_dictionary(column.type):
        if isinstance(column, pa.ChunkedArray):
            column = column.unify_dictionaries()
        array = _whole(column)
    else:
        if getattr(kind, "is_string_view", lambda _: False)(column.type):
            column = column.cast(pa.large_string())
        chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
        if chunks and (found := three_letters(chunks)) is not None:
            return found
        array = _whole(column.dictionary_encode())
    places = array.indices
    if places.null_count:
        places = places.cast(pa.int64()).fill_null(-1)
    at = np.asarray(places)
    labels = array.dictionary.to_pylist()
    if None in labels:  # a null among the categories is a missing value too
        at = np.array([-1 if one is None else place for place, one in enumerate(labels)] + [-1])[at]
    return Coded(at, labels)


def ticks(column: Any) -> tuple[NDArray[np.integer[Any]], int] | None:
    """Ticks since 1970 and how many make a day; None for a column that is no date or time.

    A time with a zone counts as the day of that zone's own clock.
    """
    import pyarrow as pa
    from pyarrow import compute

    kind = pa.types
    held = column.type
    if kind.is_date32(held):
        per_day, whole = 1, pa.int32()
    elif kind.is_date64(held):
        per_day, whole = _PER_DAY["ms"], pa.int64()
    elif kind.is_timestamp(held):
        if held.tz is not None:
            column = compute.local_timestamp(column)
        per_day, whole = _PER_DAY[held.unit], pa.int64()
    else:
        return None
    column = column.cast(whole).cast(pa.int64()) if per_day == 1 else column.cast(whole)
    if column.null_count:
        column = column.fill_null(MISSING)
    return np.asarray(_whole(column)), per_day


def held_as_number(column: Any) -> bool:
    """Whether the values are numbers: as dates they would be guesswork."""
    import pyarrow as pa

    kind = pa.types
    held = column.type.value_type if kind.is_dictionary(column.type) else column.type
    return bool(
        kind.is_integer(held)
        or kind.is_floating(held)
        or kind.is_decimal(held)
        or kind.is_boolean(held)
    )


def numbers(values: NDArray[np.float64]) -> Any:
    """A float64 column with null for NaN."""
    import pyarrow as pa

    return pa.array(values, from_pandas=True)


def days(observed: NDArray[np.integer[Any]]) -> Any:
    """A column of dates, null where nothing was observed."""
    import pyarrow as pa

    return pa.array(observed.astype(np.int32), mask=observed == NEVER).cast(pa.date32())


def words(places: NDArray[np.integer[Any]], texts: list[str]) -> Any:
    """A dictionary column of texts, null for -1."""
    import pyarrow as pa

    indices = pa.array(places.astype(np.int32, copy=False), mask=places < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(texts, pa.string()))


def _whole(column: Any) -> Any:
    """One array from a column in chunks."""
    import pyarrow as pa

    if not isinstance(column, pa.ChunkedArray):
        return column
    kind = column.type
    if not column.num_chunks and pa.types.is_dictionary(kind):  # pyarrow 19 combines no such column
        empty = (pa.array([], kind.index_type), pa.array([], kind.value_type))
        return pa.DictionaryArray.from_arrays(*empty)
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
