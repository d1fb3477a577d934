"""A text in lower case, and the words in it."""

from __future__ import annotations

import re
import string
from functools import lru_cache
from itertools import filterfalse


def _only(letters: str) -> bytes:
    """A table for ``bytes.translate``: a space for every byte that is none of ``letters``."""
    kept = set(letters.encode())
    return bytes(byte if byte in kept else 32 for byte in range(256))


_SMALL_LETTERS = _only(string.ascii_lowercase)
_MARKS = "’‘“”–—…€£\u00a0"  # what English text has beside ASCII and is no letter
_BYTES_OF_LETTERS = bytes(b if b > 127 or chr(b).isalpha() else 32 for b in range(256))


def lowered(text: str) -> str:
    """``text`` in lower case, letter for letter: a position in one is the same in the other.

    Patterns in lower case meet this text two or three times faster than ``text`` with
    ``re.IGNORECASE``.
    """
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow in lower case; positions must not move
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower


@lru_cache(maxsize=256)  # one sentence is asked for its words again and again
def words_of(text: str) -> frozenset[str]:
    """The words of ``text`` in lower case, cut at whatever is no letter from a to z.

    >>> sorted(words_of("In mid-May, they'll"))
    ['in', 'll', 'may', 'mid', 'they']
    """
    lower = text.lower()
    if lower != text:
        return words_of(lower)  # which is asked as well
    # bytes are cut into words in half the time that a pattern takes
    letters = text.encode("utf-8", "replace").translate(_SMALL_LETTERS)
    return frozenset(letters.decode("ascii").split())


def letter_runs(text: str, run: re.Pattern[str]) -> list[str]:
    r"""All that ``run``, a pattern of runs of letters, finds in ``text``, in any order.

    Words of ASCII are cut as bytes, in half the time that a pattern takes.

    >>> sorted(letter_runs("Zoë’s 5 euros", re.compile(r"[^\W\d_]+")))
    ['Zoë', 'euros', 's']
    """
    for mark in _MARKS:
        if mark in text:
            text = text.replace(mark, " ")
    pieces = text.encode("utf-8", "replace").translate(_BYTES_OF_LETTERS).decode().split()
    if text.isascii():
        return pieces
    odd = " ".join(filterfalse(str.isascii, pieces))  # other letters, other signs
    return [*filter(str.isascii, pieces), *run.findall(odd)]
