"""Parquet and Feather files as tables."""

from __future__ import annotations

import io
from typing import Any

from rates.errors import UnreadableInputError

from .arrow_bounds import refuse_rows, refuse_shared, refuse_size, refuse_unpacked, text_columns
from .arrow_cells import frame_of
from .arrow_messages import OF_FILES, unpacked_size
from .raw import Raw, engine

_FIRST_FEATHER = b"FEA1"  # the first version of the format, which packs nothing


def parquet(data: bytes, name: str) -> Raw:
    """Read a Parquet file; UnreadableInputError when it is damaged or too large."""
    reader = engine("pyarrow.parquet", "parquet", name)
    try:
        file = reader.ParquetFile(io.BytesIO(data))
        metadata = file.metadata
        refuse_rows(metadata.num_rows, metadata.num_columns, len(data), name)
        once, shared = text_columns(metadata)
        refuse_shared(file, shared, len(data), name)
        file = reader.ParquetFile(io.BytesIO(data), read_dictionary=once)
        return _raw(file.read(), len(data), name)
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
        if not data.startswith(_FIRST_FEATHER):
            refuse_size(unpacked_size(data), len(data), name)
        if data.startswith((_FIRST_FEATHER, OF_FILES)):
            table = reader.read_table(io.BytesIO(data))
        else:  # the same batches without a list of them at the end
            table = engine("pyarrow.ipc", "parquet", name).open_stream(data).read_all()
        return _raw(table, len(data), name)
    except UnreadableInputError:
        raise
    except Exception as error:  # as above
        raise UnreadableInputError(
            f"{name}: not a readable Feather file ({str(error)[:200]})", name
        ) from error


def _raw(table: Any, packed: int, name: str) -> Raw:
    refuse_rows(table.num_rows, table.num_columns, packed, name)
    refuse_unpacked(table, packed, name)
    frame, problems = frame_of(table)
    return Raw(frame, 1, problems, frozenset())
