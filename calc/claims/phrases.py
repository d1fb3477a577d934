"""Find the words and phrases of a table in a text: one pass over its words, longest phrase first.

The time does not grow with the number of phrases, as it does with one long alternation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_WORD = re.compile(r"[A-Za-z]+")
_GAP = " … "  # in a phrase: its object stands here ("make … available")
_LONGEST_GAP = 80  # characters of that object


class Found(NamedTuple):
    """A phrase of the table in a text: its span, and the phrase as the table has it."""

    start: int
    end: int
    phrase: str


class Phrases:
    """The phrases of a table, all in lower case, ready to be found in any case.

    >>> [(f.start, f.phrase) for f in Phrases(["set aside", "set"]).find("They Set aside a set.")]
    [(5, 'set aside'), (17, 'set')]
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        for phrase in sorted(phrases, key=lambda one: (-len(one), one)):
            first = _WORD.match(phrase)
            assert first is not None, f"a phrase begins with a letter: {phrase!r}"
            self._by_first.setdefault(first.group(), []).append(phrase)

    def find(self, text: str) -> Iterator[Found]:
        """The phrases in ``text``, in order, none overlapping another."""
        lower = text.lower()
        if len(lower) != len(text):  # a few letters grow in lower case; positions must not move
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        done = 0
        for word in _WORD.finditer(lower):
            start = word.start()
            if start < done or not self._begins(lower, start):
                continue
            for phrase in self._by_first.get(word.group(), ()):
                end = _end(lower, start, phrase)
                if end is not None:
                    done = end
                    yield Found(start, end, phrase)
                    break

    @staticmethod
    def _begins(text: str, start: int) -> bool:
        before = text[start - 1 : start]
        return not (before.isalnum() or before == "_")


def _end(text: str, start: int, phrase: str) -> int | None:
    """Where ``phrase`` ends when it stands at ``start`` of ``text``, else ``None``."""
    head, gap, tail = phrase.partition(_GAP)
    end = start + len(head)
    if not text.startswith(head, start) or text[end : end + 1].isalnum():
        return None
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return None  # "support-ready" is another word
    if gap:
        window = re.split(r"[.;](?!\d)", text[end : end + _LONGEST_GAP + len(tail)])[0]
        if not re.search(rf"\b{re.escape(tail)}\b", window):
            return None
    return end
