"""Parquet and Feather files as tables."""

from __future__ import annotations

import io
from typing import Any

import pandas as pd

from rates.errors import UnreadableInputError

from .json_rows import plain
from .raw import Raw, engine

MOST_CELLS = 300_000_000  # a few kilobytes of either may unpack to more than any memory


def parquet(data: bytes, name: str) -> Raw:
    """Read a Parquet file; UnreadableInputError when it is damaged or too large."""
    reader = engine("pyarrow.parquet", "parquet", name)
    try:
        file = reader.ParquetFile(io.BytesIO(data))
        _bounded(file.metadata.num_rows, file.metadata.num_columns, name)
        return _raw(file.read())
    except UnreadableInputError:
        raise
    except Exception as error:  # the reader of a damaged file raises whatever it stumbles over
        raise UnreadableInputError(
            f"{name}: not a readable Parquet file ({str(error)[:200]})", name
        ) from error


def feather(data: bytes, name: str) -> Raw:
    """Read a Feather (Arrow) file; UnreadableInputError when it is damaged or too large."""
    reader = engine("pyarrow.feather", "parquet", name)
    try:
        table = reader.read_table(io.BytesIO(data))
        _bounded(table.num_rows, table.num_columns, name)
        return _raw(table)
    except UnreadableInputError:
        raise
    except Exception as error:  # as above
        raise UnreadableInputError(
            f"{name}: not a readable Feather file ({str(error)[:200]})", name
        ) from error


def _bounded(rows: int, columns: int, name: str) -> None:
    if rows * columns > MOST_CELLS:
        raise UnreadableInputError(
            f"{name}: {rows:,} rows of {columns} columns are more than are read at once; "
            "split it into smaller files",
            name,
        )


def _raw(table: Any) -> Raw:
    table.validate(full=True)  # texts that are no UTF-8, places out of range: it is damaged
    cells = {
        place: [plain(cell) for cell in table.column(place).to_pylist()]
        for place, field in enumerate(table.schema)
        if field.type.num_fields  # a list, a map or a record, which compares cell by cell
    }
    frame = table.to_pandas()
    for place, texts in cells.items():
        frame.isetitem(place, pd.Series(texts, index=frame.index, dtype="str"))
    frame.columns = [str(column) for column in frame.columns]
    return Raw(frame.reset_index(drop=True), 1, [], frozenset())
