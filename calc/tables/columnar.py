"""Parquet as a table."""

from __future__ import annotations

import io

from rates.errors import UnreadableInputError

from .raw import Raw, engine


def parquet(data: bytes, name: str) -> Raw:
    reader = engine("pyarrow.parquet", "parquet", name)
    try:
        frame = reader.read_table(io.BytesIO(data)).to_pandas()
    except Exception as error:  # as for Excel
        raise UnreadableInputError(
            f"{name}: not a readable Parquet file ({str(error)[:200]})", name
        ) from error
    frame.columns = [str(column) for column in frame.columns]
    return Raw(frame.reset_index(drop=True), 1, [], frozenset())
