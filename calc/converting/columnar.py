"""Arrow tables and Parquet files: the columns as they are, ours behind, row group by row group."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, BinaryIO

from rates.errors import UnreadableInputError
from rates.frames import arrow_columns

from ..tables.arrow_bounds import rows_of_batch
from ..tables.arrow_cells import texts_of_column
from ..tables.raw import engine
from ..tables.texts import text_of
from . import texts
from .added import Added, Count, add, counted
from .blocks import ArrowBlock
from .plan import plan
from .wishes import Wishes, names

ROWS = 1 << 18  # at a time
SAMPLE = 5_000


def convert(
    source: BinaryIO,
    target: BinaryIO,
    asked: Wishes,
    name: str,
    progress: Callable[[int], None] | None = None,
) -> tuple[Count, tuple[str, ...]]:
    """Copy a Parquet file with the added columns; return the count of rows and the notes."""
    parquet = engine("pyarrow.parquet", "parquet", name)
    import pyarrow as pa

    try:
        rows = rows_of_batch(parquet, source, ROWS)
        file = parquet.ParquetFile(source)
        columns = [str(one) for one in file.schema_arrow.names]
        first = next(file.iter_batches(min(rows, SAMPLE)), None)
    except pa.ArrowException as error:
        raise UnreadableInputError(
            f"{name}: not a readable Parquet file ({error})", name
        ) from error
    chosen = plan(columns, sample_of(first, columns), asked, name)
    added = names(asked.to, columns)
    schema = file.schema_arrow
    for code in asked.to:
        for field in zip(added[code], _types(), strict=True):
            schema = schema.append(pa.field(*field))
    total = Count()
    # the index and its like are kept; what describes our columns is not there yet
    with parquet.ParquetWriter(target, schema) as writer:
        for batch in file.iter_batches(rows):
            found = add(ArrowBlock(batch), chosen, asked)
            arrays = [*batch.columns, *(column for one in found for column in typed(one))]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
            total = total.with_block(counted(found))
            if progress is not None:
                progress(batch.num_rows)
    return total, chosen.notes


def of_table(table: Any, asked: Wishes) -> tuple[Any, Count, tuple[str, ...]]:
    """A PyArrow table with the added columns; the count of rows and the notes."""
    columns = [str(one) for one in table.column_names]
    chosen = plan(columns, sample_of(table.slice(0, SAMPLE), columns), asked, "the table")
    added = names(asked.to, columns)
    found = add(ArrowBlock(table), chosen, asked)
    for code, one in zip(asked.to, found, strict=True):
        for name, column in zip(added[code], typed(one), strict=True):
            table = table.append_column(name, column)
    return table, counted(found), chosen.notes


def _types() -> tuple[Any, ...]:
    import pyarrow as pa

    return pa.float64(), pa.float64(), pa.date32(), pa.string()


def typed(one: Added) -> list[Any]:
    """The four columns of one currency as Arrow arrays."""
    return [
        arrow_columns.numbers(one.amounts),
        arrow_columns.numbers(one.rates),
        arrow_columns.days(one.observed),
        texts.arrow_words(one.notes, one.texts),
    ]


def sample_of(batch: Any, columns: Sequence[str]) -> list[list[str | None]]:
    """The first rows as text."""
    if batch is None or not batch.num_rows:
        return []
    cells = [_texts(batch.column(place)) for place in range(len(columns))]
    return [list(row) for row in zip(*cells, strict=True)]


def _texts(column: Any) -> list[str | None]:
    try:
        return [None if one is None else text_of(one) for one in column.to_pylist()]
    except Exception:  # days that Python has no date for, bytes that are no text, zones unknown
        return texts_of_column(column)
