"""Columns of three capital letters each, told apart without looking into a dictionary.

Ten million codes as text take longer to encode than to convert. Where every value is three bytes
from A to Z, and that is checked, three times five bits name it exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .coded import Coded

_BLOCK = 65536  # values whose temporaries stay in the cache
_NEW = -2  # in the table of places: not met so far


def three_letters(chunks: list[Any]) -> Coded | None:
    """Places in the distinct codes of Arrow string arrays; None where one is anything else.

    >>> import pyarrow as pa
    >>> found = three_letters([pa.array(["SEK", "EUR", "SEK"])])
    >>> found.places.tolist(), found.labels
    ([0, 1, 0], ['SEK', 'EUR'])
    >>> three_letters([pa.array(["SEK", "eur"])]) is None
    True
    """
    import pyarrow as pa

    places = np.empty(sum(map(len, chunks)), np.int16)
    table = np.full(1 << 15, _NEW, np.int16)
    labels: list[str] = []
    done = 0
    for chunk in chunks:
        kinds = (pa.string(), pa.large_string())
        if chunk.type not in kinds or chunk.null_count:
            return None
        if not len(chunk):
            continue
        words = _words(chunk, np.dtype("<i4" if chunk.type == kinds[0] else "<i8"))
        if words is None:
            return None
        _encode(words, table, labels, places[done : done + len(chunk)])
        done += len(chunk)
    return Coded(places.astype(np.int8) if len(labels) < 128 else places, labels)


def _words(chunk: Any, kind: np.dtype[Any]) -> NDArray[np.uint32] | None:
    """The bytes of each value with one byte of what follows, if all are capital letters."""
    _, ends, data = chunk.buffers()
    offsets = np.frombuffer(ends, kind, len(chunk) + 1, chunk.offset * kind.itemsize)
    for left in range(0, len(chunk), _BLOCK):
        steps = np.diff(offsets[left : left + _BLOCK + 1])
        if steps.min() != 3 or steps.max() != 3:
            return None
    first, size = int(offsets[0]), 3 * len(chunk)
    letters = np.frombuffer(data, np.uint8, size, first)
    if letters.min() < ord("A") or letters.max() > ord("Z"):
        return None
    # Four bytes are read where three are meant: the last value must not read past the end.
    held, start = (
        (data, first) if data.size > first + size else (np.append(letters, np.uint8(0)), 0)
    )
    return np.ndarray((len(chunk),), "<u4", buffer=held, offset=start, strides=(3,))


def _encode(
    words: NDArray[np.uint32],
    table: NDArray[np.int16],
    labels: list[str],
    places: NDArray[np.int16],
) -> None:
    word = np.empty(_BLOCK, np.uint32)
    five = np.empty(_BLOCK, np.uint32)
    for left in range(0, len(words), _BLOCK):
        right = min(left + _BLOCK, len(words))
        bits, part, out = word[: right - left], five[: right - left], places[left:right]
        np.copyto(bits, words[left:right])
        np.right_shift(bits, 6, out=part)
        np.bitwise_and(part, 0x7C00, out=part)
        key = np.bitwise_and(bits, 0x1F)
        np.bitwise_or(key, part, out=key)
        np.right_shift(bits, 3, out=part)
        np.bitwise_and(part, 0x3E0, out=part)
        np.bitwise_or(key, part, out=key)
        table.take(key, out=out, mode="clip")
        if out.min() == _NEW:
            _name(key, table, labels)
            table.take(key, out=out, mode="clip")


def _name(key: NDArray[np.uint32], table: NDArray[np.int16], labels: list[str]) -> None:
    """Give the new codes of a block their places, in the order of the alphabet."""
    for code in np.unique(key).tolist():
        if table[code] == _NEW:
            table[code] = len(labels)
            letters = (code & 31, code >> 5 & 31, code >> 10 & 31)
            labels.append("".join(chr(64 + letter) for letter in letters))
