"""Where money may stand in a text: its signs, codes and words of currencies, in order.

Nearly every word of a text is no word of money, so all its words are looked up at once, and only
where one may begin a name of money is the pattern of all names tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge

from ..text.words import letter_runs
from .lexicon import ANCHOR_AT_START, CUES, LETTER, SIGNS

_LETTER_SIGNS = "".join(sign for sign in SIGNS if sign.isalpha())  # 円
_RUN = re.compile(rf"[^\W\d_{_LETTER_SIGNS}]+")
_RUN_STARTS = re.compile(rf"(?<![^\W\d_{_LETTER_SIGNS}])(?={LETTER})")
_RUN_ENDS = re.compile(rf"(?!{LETTER})")


def _by_first_run() -> dict[str, tuple[str, ...]]:
    """The letters that names of money begin with -> the names, none where they are one alone.

    "Swiss" is none: money is named only where "Swiss franc" stands in the text.
    """
    found: dict[str, list[str]] = {}
    for word, cue in CUES.items():
        run = None if cue.kind.endswith("sign") else _RUN.match(word)
        if run is not None:
            found.setdefault(run.group(), []).append(word)
    return {run: () if run in names else tuple(names) for run, names in found.items()}


_NAMES = _by_first_run()
_FIRST_RUNS = frozenset(_NAMES)
_MANY = 25  # different words of money
_LONG = 200_000  # characters
_ASCII_SIGNS = tuple(sign for sign in SIGNS if sign.isascii())


def anchors(text: str) -> Iterator[tuple[int, int]]:
    """The spans of signs, codes and words of currencies in ``text``, none within another.

    >>> text = "US$5 or 5 million Swiss francs, not in dollarised economies"
    >>> [text[start:end] for start, end in anchors(text)]
    ['$', 'Swiss francs']
    """
    done = 0
    signs = (_places(sign, text) for sign in (_ASCII_SIGNS if text.isascii() else SIGNS))
    for start in merge(*signs, *_words(text)):
        if start < done:
            continue
        found = ANCHOR_AT_START.match(text, start)
        if found is not None:
            done = found.end()
            yield start, done


def _words(text: str) -> Iterator[Iterator[int]]:
    """The places where a word of money may begin, in order for each of some words."""
    present = _FIRST_RUNS
    if len(text) <= _LONG:
        present = _FIRST_RUNS.intersection(letter_runs(text, _RUN))
    if len(present) > _MANY:  # a list of currencies, or a book: word after word
        yield (run.start() for run in _RUN.finditer(text) if run.group() in present)
        return
    for run in present:
        names = _NAMES[run]
        if not names or any(name in text for name in names):
            yield _whole(run, text)


def _whole(run: str, text: str) -> Iterator[int]:
    for at in _places(run, text):
        if _RUN_STARTS.match(text, at) and _RUN_ENDS.match(text, at + len(run)):
            yield at


def _places(letters: str, text: str) -> Iterator[int]:
    at = text.find(letters)
    while at >= 0:
        yield at
        at = text.find(letters, at + len(letters))
