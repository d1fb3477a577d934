"""How much a file of Arrow or Parquet unpacks to, before it does: a kilobyte may mean any size.

A dictionary writes a text once and counts to it a million times; a run says how often; a prefix is
shared. What is counted here costs no more memory than the file itself.
"""

from __future__ import annotations

import math
from typing import Any

from rates.errors import UnreadableInputError

from ..documents.archives import FEWEST_SUSPECT, MAX_UNPACKED_BYTES, MOST_TIMES
from .raw import refuse_long

MOST_CELLS = 100_000_000
FEWEST_SUSPECT_ROWS = 100_000  # before they are compared with the size of the file
OF_AN_OBJECT = 64  # bytes that a value within a list or struct takes at least
_DICTIONARIES = {"RLE_DICTIONARY", "PLAIN_DICTIONARY"}
_SHARED = "DELTA_BYTE_ARRAY"
_AT_ONCE = 100_000_000  # bytes of texts that share their beginnings, looked at together


def refuse_rows(rows: int, columns: int, packed: int, name: str) -> None:
    """Raise UnreadableInputError for more rows or cells than are read, or than the file can mean.

    >>> refuse_rows(50_000_000, 1, 342_000, "a.parquet")
    Traceback (most recent call last):
    rates.errors.UnreadableInputError: a.parquet: 50,000,000 rows, more than the 5,000,000 that ...
    """
    refuse_long(rows, name)
    if rows * columns > MOST_CELLS:
        raise UnreadableInputError(
            f"{name}: {rows:,} rows of {columns} columns are more than are read at once; "
            "split it into smaller files",
            name,
        )
    if rows > max(FEWEST_SUSPECT_ROWS, packed):
        raise UnreadableInputError(
            f"{name}: {rows:,} rows in {packed:,} bytes, more than one for each byte, as in a file "
            "that is made to stop a reader; save it again as .csv",
            name,
        )


def refuse_unpacked(table: Any, packed: int, name: str) -> None:
    """Raise UnreadableInputError for a table whose texts unpack to more than its file can mean."""
    refuse_size(sum(unpacked_bytes(column) for column in table.columns), packed, name)


def refuse_size(unpacked: float, packed: int, name: str) -> None:
    """Raise UnreadableInputError for more bytes than are read, or than the file can mean."""
    if unpacked > MAX_UNPACKED_BYTES:
        raise UnreadableInputError(
            f"{name}: unpacks to more than {MAX_UNPACKED_BYTES // 1_000_000} MB; "
            "split it into smaller files",
            name,
        )
    if unpacked > FEWEST_SUSPECT and unpacked > MOST_TIMES * packed:
        raise UnreadableInputError(
            f"{name}: unpacks to more than {MOST_TIMES} times its size, as a file does that is "
            "made to stop a reader; save it again as .csv",
            name,
        )


def unpacked_bytes(column: Any, each: int = 8) -> float:
    """About how many bytes the cells of a column take once each stands for itself.

    ``each`` is what a cell takes besides its text.

    >>> import pyarrow as pa
    >>> unpacked_bytes(pa.array(["a" * 100] * 10).dictionary_encode())
    1080
    """
    return sum(_bytes_of(one, each) for one in getattr(column, "chunks", [column]))


def _bytes_of(array: Any, each: int) -> float:
    import pyarrow as pa
    from pyarrow import compute

    kind, types, count = array.type, pa.types, len(array)
    found: float = max(array.nbytes, each * count)
    if isinstance(kind, pa.BaseExtensionType):
        found = _bytes_of(array.storage, each)
    elif types.is_dictionary(kind):
        found = _of_dictionary(array.dictionary, array.indices, each)
    elif types.is_run_end_encoded(kind):
        longest = max(
            (_bytes_of(array.values.slice(at, 1), each) for at in range(len(array.values))),
            default=0,
        )
        found = longest * count
    elif _is_text(kind):
        found = each * count + (compute.sum(_lengths(array)).as_py() or 0)
    elif types.is_struct(kind):
        found = sum(_bytes_of(array.field(at), OF_AN_OBJECT) for at in range(kind.num_fields))
    elif types.is_union(kind):
        parts = [array.field(at) for at in range(kind.num_fields)]
        is_again = count > max(sum(map(len, parts)), 0)
        found = math.inf if is_again else sum(_bytes_of(one, OF_AN_OBJECT) for one in parts)
    elif "list_view" in str(kind):
        is_again = (compute.sum(array.sizes).as_py() or 0) > len(array.values)
        found = math.inf if is_again else _bytes_of(array.values, OF_AN_OBJECT)
    elif types.is_map(kind):
        parts = [array.keys, array.items]
        found = each * count + sum(_bytes_of(one, OF_AN_OBJECT) for one in parts)
    elif types.is_nested(kind):
        found = each * count + _bytes_of(array.flatten(), OF_AN_OBJECT)
    return found


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    names = "string large_string string_view binary large_binary binary_view"
    return any(getattr(pa.types, f"is_{name}")(kind) for name in names.split())


def _lengths(texts: Any) -> Any:
    """The bytes of each text; views into shared ones are unpacked some at a time."""
    import pyarrow as pa
    from pyarrow import compute

    if "view" not in str(texts.type):
        return compute.binary_length(texts)
    longest = max((one.size for one in texts.buffers()[2:] if one is not None), default=0)
    some = rows_at_once(longest)
    parts = (texts.slice(at, some) for at in range(0, len(texts), some))
    plain = (compute.binary_length(one.cast(pa.large_binary())) for one in parts)
    return pa.chunked_array(plain, pa.int64())


def _of_dictionary(words: Any, places: Any, each: int) -> float:
    from pyarrow import compute

    if _is_text(words.type):
        total: int = compute.sum(compute.take(_lengths(words), places)).as_py() or 0
        return each * len(places) + total
    if words.type.num_fields:
        return _bytes_of(words, each) * len(places)
    wide: int = words.type.bit_width // 8
    return max(each, wide) * len(places)


def text_columns(metadata: Any) -> tuple[list[str], list[str]]:
    """The columns of a Parquet file whose texts stand once, and those that share beginnings."""
    once: dict[str, None] = {}
    shared: dict[str, None] = {}
    for group in range(metadata.num_row_groups):
        for place in range(metadata.num_columns):
            one = metadata.row_group(group).column(place)
            if one.physical_type == "BYTE_ARRAY":
                if _SHARED in one.encodings:
                    shared[one.path_in_schema] = None
                elif _DICTIONARIES & {*one.encodings}:
                    once[one.path_in_schema] = None
    return [path for path in once if path not in shared], [*shared]


def refuse_shared(file: Any, columns: list[str], packed: int, name: str) -> None:
    """The same as ``refuse_unpacked`` for texts that share their beginnings, a few at a time."""
    metadata, unpacked = file.metadata, 0.0
    most = min(MAX_UNPACKED_BYTES, max(FEWEST_SUSPECT, MOST_TIMES * packed))
    for group in range(metadata.num_row_groups if columns else 0):
        rows = rows_at_once(_largest(metadata, group, columns))
        for batch in file.iter_batches(rows, row_groups=[group], columns=columns):
            unpacked += sum(map(unpacked_bytes, batch.columns))
            if unpacked > most:
                raise UnreadableInputError(
                    f"{name}: its texts unpack to more than {most // 1_000_000} MB, as in a file "
                    "that is made to stop a reader; save it again as .csv",
                    name,
                )


def _largest(metadata: Any, group: int, columns: list[str]) -> int:
    """The bytes of the largest of these columns in a group of rows, 0 where it has none."""
    parts = (metadata.row_group(group).column(at) for at in range(metadata.num_columns))
    sizes = (one.total_uncompressed_size for one in parts if one.path_in_schema in columns)
    return max(sizes, default=0)


def rows_at_once(widest: int, most: int = 1 << 16) -> int:
    """How many rows may be unpacked together where one cell has up to ``widest`` bytes.

    >>> rows_at_once(20), rows_at_once(1_000_000)
    (65536, 100)
    """
    return max(1, min(most, _AT_ONCE // max(widest, 1)))


def rows_of_batch(reader: Any, source: Any, most: int) -> int:
    """How many rows of a Parquet file, at most ``most``, unpack together to a bounded size."""
    file = reader.ParquetFile(source)
    metadata = file.metadata
    once, shared = text_columns(metadata)
    widest = 0
    for group in range(metadata.num_row_groups):
        widest = max(widest, _largest(metadata, group, shared))
    if once:
        words = reader.ParquetFile(source, read_dictionary=once)
        for group in range(metadata.num_row_groups):
            batch = next(words.iter_batches(1, row_groups=[group], columns=once), None)
            widest = max(widest, *map(_widest_word, batch.columns if batch is not None else ()), 0)
    return rows_at_once(widest, most)


def _widest_word(array: Any) -> int:
    """The most bytes of a text in the dictionaries of a column, or within its lists and structs."""
    import pyarrow as pa
    from pyarrow import compute

    kind, types = array.type, pa.types
    parts: list[Any] = []
    if types.is_dictionary(kind):
        words = array.dictionary
        return compute.max(_lengths(words)).as_py() or 0 if _is_text(words.type) else 0
    if types.is_struct(kind):
        parts = [array.field(at) for at in range(kind.num_fields)]
    elif types.is_map(kind):
        parts = [array.keys, array.items]
    elif types.is_nested(kind):
        parts = [array.values]
    return max(map(_widest_word, parts), default=0)
