"""The cells of some rows of a table, by column, whatever holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rates.frames import arrow_columns, pandas_columns
from rates.frames.coded import Coded, Dates

from ..tables.arrow_cells import texts_of_column
from ..tables.texts import text_of, texts_of


class Block(Protocol):
    """Some rows: a column as numbers or days where it holds them, and always as text."""

    @property
    def count(self) -> int:
        """How many rows there are."""

    def numbers(self, place: int) -> NDArray[np.number[Any]] | None:
        """The column as numbers; None where it is text."""

    def days(self, place: int) -> Dates | None:
        """The column as days; None where it is text."""

    def text(self, place: int) -> Coded:
        """Places in the distinct cells, as a person reads them; -1 for none."""


class ArrowBlock:
    """Columns of an Arrow table or batch; ``names`` where it holds only some of the columns."""

    def __init__(self, table: Any, names: dict[int, str] | None = None) -> None:
        self._table, self._names = table, names

    @property
    def count(self) -> int:
        """How many rows there are."""
        rows: int = self._table.num_rows
        return rows

    def _column(self, place: int) -> Any:
        return self._table.column(place if self._names is None else self._names[place])

    def numbers(self, place: int) -> NDArray[np.number[Any]] | None:
        """The column as numbers; None where it is text."""
        column = self._column(place)
        if not arrow_columns.held_as_number(column):
            return None
        return arrow_columns.amounts(column, "amount")

    def days(self, place: int) -> Dates | None:
        """The column as days; None where it is text."""
        found = arrow_columns.ticks(self._column(place))
        return None if found is None else Dates(*found)

    def text(self, place: int) -> Coded:
        """Places in the distinct cells, as a person reads them; -1 for none."""
        column = self._column(place)
        try:
            coded = arrow_columns.codes(column)
        except Exception:  # lists and maps, days that Python has no date for
            return _coded(texts_of_column(column))
        return Coded(np.asarray(coded.places), [text_of(one) for one in coded.labels])


class FrameBlock:
    """Columns of a pandas frame."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._frame)

    def numbers(self, place: int) -> NDArray[np.number[Any]] | None:
        """The column as numbers; None where it is text."""
        column = self._frame.iloc[:, place]
        kind = column.dtype
        if not pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_bool_dtype(kind):
            return None
        return pandas_columns.amounts(column, str(column.name))

    def days(self, place: int) -> Dates | None:
        """The column as days; None where it is text."""
        column = self._frame.iloc[:, place]
        if not pd.api.types.is_datetime64_any_dtype(column):
            return None
        return pandas_columns.dates(column, str(column.name))

    def text(self, place: int) -> Coded:
        """Places in the distinct cells, as a person reads them; -1 for none."""
        column = self._frame.iloc[:, place]
        if isinstance(column.dtype, pd.CategoricalDtype | pd.PeriodDtype):
            column = column.astype("object")
        try:
            places, distinct = pd.factorize(column, use_na_sentinel=True)
        except TypeError:  # lists
            return _coded(texts_of(column))
        return Coded(np.asarray(places), [text_of(one) for one in distinct])


class RowBlock:
    """Rows of cells of text, some shorter than others."""

    def __init__(self, rows: Sequence[Sequence[str | None]]) -> None:
        self._rows = rows

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._rows)

    def numbers(self, place: int) -> None:  # noqa: ARG002
        """No column is of numbers."""
        return

    def days(self, place: int) -> None:  # noqa: ARG002
        """No column is of days."""
        return

    def text(self, place: int) -> Coded:
        """Places in the distinct cells; -1 for none."""
        return _coded(row[place] if place < len(row) else None for row in self._rows)


def _coded(cells: Iterable[str | None]) -> Coded:
    labels: dict[str, int] = {}
    places = [-1 if cell is None else labels.setdefault(cell, len(labels)) for cell in cells]
    return Coded(np.array(places, np.int32), list(labels))
