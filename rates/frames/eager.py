"""Frames whose rows are in memory: pandas, polars, PyArrow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ..errors import UsageError
from ..fixings import Fixings
from ..policies import Policy
from . import arrow_columns, pandas_columns
from .coded import Converted, Dates, convert_rows, one_code
from .wanted import Wanted

_UNIT = "us"  # of rate_date in pandas, as fine as its own default


def convert_pandas(frame: Any, asked: Wanted, policy: Policy, table: Fixings) -> Any:
    """A new DataFrame with the index of ``frame`` and, after its columns, ours."""
    dates = None
    if policy.dated and asked.date is not None:
        dates = pandas_columns.dates(frame[asked.date], asked.date)
    codes = (
        pandas_columns.codes(frame[asked.currency])
        if asked.code is None
        else one_code(asked.code, len(frame))
    )
    amounts = pandas_columns.amounts(frame[asked.amount], asked.amount)
    done = convert_rows(
        amounts, codes, dates, asked.quote, policy, table, unit=_UNIT if asked.provenance else None
    )
    columns: list[Any] = [done.rows.amounts]
    if asked.provenance:
        rates, observed, _ = provenance(done)
        places, texts = used(done)
        kind = pd.CategoricalDtype(pd.Index(texts, dtype="str"))
        notes = pd.Categorical.from_codes(places, dtype=kind, validate=False)
        columns += [rates, observed.view(f"datetime64[{_UNIT}]"), notes]
    # Series, because assign copies a bare array
    ours = {
        name: pd.Series(column, index=frame.index, copy=False)
        for name, column in zip(asked.added, columns, strict=True)
    }
    return frame.assign(**ours)


def convert_polars(frame: Any, asked: Wanted, policy: Policy, table: Fixings) -> Any:
    """The same for a polars DataFrame; notes are strings."""
    import polars

    held = {
        name: frame.get_column(name).to_arrow()
        for name in (asked.amount, asked.currency, asked.date)
        if name is not None
    }
    columns = _convert_arrow(held, frame.height, asked, policy, table)
    if asked.provenance:
        columns[-1] = columns[-1].cast("large_string")
    ours = zip(asked.added, columns, strict=True)
    return frame.with_columns(
        [polars.from_arrow(column).alias(name) for name, column in ours]  # type: ignore[union-attr]
    )


def convert_arrow(frame: Any, asked: Wanted, policy: Policy, table: Fixings) -> Any:
    """The same for a PyArrow table; notes are a dictionary column."""
    held = {
        name: frame.column(name)
        for name in (asked.amount, asked.currency, asked.date)
        if name is not None
    }
    columns = _convert_arrow(held, frame.num_rows, asked, policy, table)
    for name, column in zip(asked.added, columns, strict=True):
        frame = frame.append_column(name, column)
    return frame


def _convert_arrow(
    held: dict[str, Any], count: int, asked: Wanted, policy: Policy, table: Fixings
) -> list[Any]:
    dates = None
    if policy.dated and asked.date is not None:
        dates = _arrow_dates(held[asked.date], asked.date)
    codes = (
        arrow_columns.codes(held[asked.currency])
        if asked.currency is not None
        else one_code(asked.code or "", count)
    )
    amounts = arrow_columns.amounts(held[asked.amount], asked.amount)
    done = convert_rows(
        amounts, codes, dates, asked.quote, policy, table, unit="D" if asked.provenance else None
    )
    columns = [arrow_columns.numbers(done.rows.amounts)]
    if asked.provenance:
        rates, observed, _ = provenance(done)
        columns.append(arrow_columns.numbers(rates))
        columns.append(arrow_columns.days(observed))
        columns.append(arrow_columns.words(*used(done)))
    return columns


def _arrow_dates(column: Any, name: str) -> Dates:
    found = arrow_columns.ticks(column)
    if found is not None:
        return Dates(*found)
    if arrow_columns.held_as_number(column):
        raise UsageError(
            f"the column {name!r} holds {column.type}, not dates; turn it into dates or into "
            "text such as 2024-11-04, 2024-11 or 2024"
        )
    return Dates(coded=arrow_columns.codes(column))


def provenance(done: Converted) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Rates, days of publication and notes of a conversion that was asked for them."""
    rates, observed, notes = done.rows.rates, done.rows.observed, done.rows.notes
    if rates is None or observed is None or notes is None:
        raise TypeError("this conversion was made without provenance")
    return rates, observed, notes


def used(done: Converted) -> tuple[NDArray[Any], list[str]]:
    """The notes as places in the texts that occur at all."""
    places = provenance(done)[2]
    if not len(places) or places.max() < 0:
        return np.full(len(places), -1, np.int8), []
    there = np.flatnonzero(np.bincount(places.astype(np.intp) + 1, minlength=2)[1:])
    narrow = np.full(int(there[-1]) + 2, -1, np.int8 if len(there) < 128 else np.int32)
    narrow[there] = np.arange(len(there), dtype=narrow.dtype)
    return narrow[places], [done.texts[place] for place in there.tolist()]
