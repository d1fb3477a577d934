"""What the messages of an Arrow file unpack to, by the sizes that stand before its packed buffers.

A batch may be packed (lz4, zstd): a megabyte then means twenty gigabytes, which are asked for in
one piece when it is read. Here the sizes are added up from the bytes alone. A message is a
flatbuffer: tables whose fields are found by their number.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

OF_FILES = b"ARROW1"
# Numbers of fields and of kinds of messages, as Message.fbs of the format has them.
_HEADER_TYPE, _HEADER = 1, 2
_DICTIONARY_BATCH, _RECORD_BATCH = 2, 3
_DATA_OF_DICTIONARY = 1
_BUFFERS, _COMPRESSION = 2, 3
_LISTS = (2, 3)  # of a file: its batches of dictionaries, and of rows
_BLOCK = struct.Struct("<qiiq")  # where a message begins, the length of its head, and of its body
_BUFFER = struct.Struct("<qq")  # where it begins in the body, and its length
_LONG = struct.Struct("<q")


def unpacked_size(data: bytes) -> int:
    """How many bytes the batches of an Arrow file or stream take when they are unpacked.

    >>> import pyarrow as pa
    >>> sink = pa.BufferOutputStream()
    >>> table = pa.table({"a": ["x" * 100_000]})
    >>> options = pa.ipc.IpcWriteOptions(compression="zstd")
    >>> with pa.ipc.new_stream(sink, table.schema, options=options) as file:
    ...     file.write_table(table)
    >>> packed = sink.getvalue().to_pybytes()
    >>> len(packed) < 1_000, unpacked_size(packed) > 100_000
    (True, True)
    """
    messages = _of_file(data) if data.startswith(OF_FILES) else _of_stream(data)
    return sum(_of_message(memoryview(one.metadata), one.body) for one in messages)


def _of_stream(data: bytes) -> Iterator[Any]:
    import pyarrow as pa

    reader = pa.ipc.MessageReader.open_stream(pa.py_buffer(data))
    with suppress(StopIteration):
        while True:
            yield reader.read_next_message()


def _of_file(data: bytes) -> Iterator[Any]:
    """The messages that the list at the end of a file names: a reader goes to no others."""
    import pyarrow as pa

    end = len(data) - len(OF_FILES) - 4
    length = struct.unpack_from("<i", data, end)[0]
    told = memoryview(data)[end - length : end]
    root = struct.unpack_from("<I", told, 0)[0]
    for number in _LISTS:
        place = _field(told, root, number)
        vector = None if place is None else _table(told, place)
        count = 0 if vector is None else struct.unpack_from("<I", told, vector)[0]
        for at in range(count):
            start = _BLOCK.unpack_from(told, (vector or 0) + 4 + at * _BLOCK.size)[0]
            yield pa.ipc.read_message(pa.py_buffer(memoryview(data)[start:]))


def _of_message(told: memoryview, body: Any) -> int:
    root = struct.unpack_from("<I", told, 0)[0]
    kind = _field(told, root, _HEADER_TYPE)
    header = _field(told, root, _HEADER)
    if kind is None or header is None or body is None:
        return 0
    batch = _table(told, header)
    if told[kind] == _DICTIONARY_BATCH:
        place = _field(told, batch, _DATA_OF_DICTIONARY)
        batch = _table(told, place) if place is not None else batch
    elif told[kind] != _RECORD_BATCH:
        return 0
    buffers = _field(told, batch, _BUFFERS)
    if buffers is None:
        return 0
    is_packed = _field(told, batch, _COMPRESSION) is not None
    content = memoryview(body)
    vector = _table(told, buffers)
    count = struct.unpack_from("<I", told, vector)[0]
    total = 0
    for number in range(count):
        place, length = _BUFFER.unpack_from(told, vector + 4 + number * _BUFFER.size)
        size = _LONG.unpack_from(content, place)[0] if is_packed and length >= 8 else -1
        total += length if size < 0 else size  # -1: this one is not packed
    return total


def _field(told: memoryview, table: int, number: int) -> int | None:
    """Where a field of a table stands, None where it has none."""
    names = table - struct.unpack_from("<i", told, table)[0]
    size = struct.unpack_from("<H", told, names)[0]
    at = 4 + 2 * number
    offset = struct.unpack_from("<H", told, names + at)[0] if at < size else 0
    return table + offset if offset else None


def _table(told: memoryview, place: int) -> int:
    """Where a table or vector that is referred to begins."""
    return place + int(struct.unpack_from("<I", told, place)[0])
