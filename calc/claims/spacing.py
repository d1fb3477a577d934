"""Spaces between words: a text that was justified or typed with two of them reads as with one.

The words of rules have one space between them. So a document with runs of spaces is read as a copy
in which each run is one space, and what was read is moved to its places in the document itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from ..documents import Document
from .record import Reading
from .signs import signs_in, written

_ODD = "\t\u00a0\u2007\u2009\u202f"
_SPACE = f"[ {_ODD}]"
_RUN = re.compile(rf"(?<=\S){_SPACE}{{2,}}(?=\S)")


class Spacing(NamedTuple):
    """Where spaces were taken out of a text: ``starts`` in the text as it is, ``taken`` up to each.

    ``kept`` are the places in the copy behind which characters are missing.
    """

    starts: tuple[int, ...]
    taken: tuple[int, ...]
    kept: tuple[int, ...]

    def within(self, place: int) -> int:
        """The place in the copy of a place in the text.

        >>> closed_up("5  million   euros")[1].within(13)
        10
        """
        before = bisect_left(self.starts, place)
        if not before:
            return place
        return max(place - self.taken[before - 1], self.kept[before - 1])

    def start(self, place: int) -> int:
        """The place in the text of a character of the copy.

        >>> closed_up("5  million   euros")[1].start(10)
        13
        """
        before = bisect_right(self.kept, place)
        return place + (self.taken[before - 1] if before else 0)

    def end(self, place: int) -> int:
        """The end in the text of what ends at ``place`` in the copy."""
        return self.start(place - 1) + 1 if place else 0


def closed_up(text: str) -> tuple[str, Spacing | None]:
    """The text with one space for each run of spaces between words; None when it has no runs.

    >>> closed_up("5  million   euros")[0]
    '5 million euros'
    """
    if "  " not in text and not any(mark in text for mark in _ODD):  # most texts, at once
        return text, None
    runs = [found.span() for found in _RUN.finditer(text)]
    if not runs:
        return text, None
    taken = tuple(accumulate(end - start - 1 for start, end in runs))
    starts = tuple(start + 1 for start, _ in runs)
    kept = tuple(start - before for start, before in zip(starts, (0, *taken[:-1]), strict=True))
    return _RUN.sub(" ", text), Spacing(starts, taken, kept)


def document_closed_up(document: Document) -> tuple[Document, Spacing | None]:
    """The document with the copy for its text, and its zones and pages moved with it."""
    text, spacing = closed_up(document.text)
    if spacing is None:
        return document, None
    within = spacing.within
    zones = tuple(
        one._replace(start=within(one.start), end=within(one.end)) for one in document.zones
    )
    pages = tuple(map(within, document.pages))
    return document._replace(text=text, zones=zones, pages=pages, tables=()), spacing


def moved_back(readings: Iterable[Reading], text: str, spacing: Spacing) -> list[Reading]:
    """The readings of the copy at their places in ``text``, in its own words."""
    return [_moved(one, text, spacing) for one in readings]


def _moved(one: Reading, text: str, spacing: Spacing) -> Reading:
    offset = one.sentence_start
    first = spacing.start(offset)
    start, end = spacing.start(one.start), spacing.end(one.end)
    signs = [
        sign
        if sign.start < 0
        else sign._replace(
            start=spacing.start(offset + sign.start) - first,
            end=spacing.end(offset + sign.end) - first,
        )
        for sign in signs_in(one.signs)
    ]
    return one._replace(
        sentence=text[first : spacing.end(offset + len(one.sentence))],
        sentence_start=first,
        text=text[start:end],
        start=start,
        end=end,
        signs=written(signs),
    )
