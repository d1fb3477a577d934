"""Tables that are not UTF-8: read and written in their own encoding, letter by letter."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from typing import Any, BinaryIO

from rates.errors import UnreadableInputError, UsageError

from ..documents.decoding import BOMS

_PLAIN = ("utf-8", "utf8", "utf-8-sig", "ascii")


class _Recoded(io.RawIOBase):
    """Bytes in another encoding, read as UTF-8."""

    def __init__(self, source: BinaryIO, encoding: str, start: bytes, name: str) -> None:
        self._source, self._name = source, name
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._start = start

    def read(self, size: int = -1) -> bytes:
        """The next bytes; about as many as are asked for."""
        while True:
            data = self._start + self._source.read(size)
            self._start = b""
            try:
                text = self._decoder.decode(data, not data)
            except UnicodeDecodeError as error:
                raise UnreadableInputError(
                    f"{self._name}: not valid {error.encoding}; say the right one with --encoding",
                    self._name,
                ) from error
            if text or not data:
                return text.encode("utf-8", "surrogatepass")


def as_utf8(
    source: Any, target: BinaryIO, encoding: str | None, name: str
) -> tuple[Any, Callable[[Any], object]]:
    """A stream to read as UTF-8, and where to write what goes out in the encoding of the file.

    Without ``encoding`` a mark at the beginning tells; else the bytes stay as they are.
    """
    start = source.read(4)
    if encoding is None:
        marked = next((one for mark, one in BOMS if start.startswith(mark)), "utf-8")
    else:
        marked = _known(encoding)
    if marked in _PLAIN:
        return _Ahead(source, start), target.write
    encoder = codecs.getincrementalencoder(marked)(errors="replace")

    def write(data: Any) -> None:
        target.write(encoder.encode(bytes(data).decode("utf-8", "surrogatepass")))

    return _Recoded(source, marked, start, name), write


class _Ahead:
    """A stream whose first bytes were read already."""

    def __init__(self, source: Any, start: bytes) -> None:
        self._source, self._start = source, start

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        start, self._start = self._start, b""
        data: bytes = self._source.read(size)
        return start + data if start else data


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise UsageError(
            f"{encoding!r} is no encoding; use utf-8, windows-1252, windows-1251 or utf-16"
        ) from None
