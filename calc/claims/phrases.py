"""Find the words and phrases of a table in a text: one pass over its words, longest phrase first.

The time does not grow with the number of phrases, as it does with one long alternation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..needed import Guarded, lacks
from ..words import lowered, words_of

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
        self._first = frozenset(self._by_first)

    def may_be_in(self, text: str) -> bool:
        """Whether ``text`` has a word that a phrase begins with."""
        return not words_of(text).isdisjoint(self._first)

    def find(self, text: str) -> Iterator[Found]:
        """The phrases in ``text``, in order, none overlapping another."""
        first_words = words_of(text) & self._first
        if not first_words:
            return  # most sentences
        lower = lowered(text)
        done = 0
        for start, word in sorted(
            (at, first) for first in first_words for at in _whole_words(first, lower)
        ):
            if start < done:
                continue
            for phrase in self._by_first[word]:
                end = _end(lower, start, phrase)
                if end is not None:
                    done = end
                    yield Found(start, end, phrase)
                    break


def _whole_words(word: str, text: str) -> Iterator[int]:
    """Where ``word`` stands in ``text``, both in lower case, as a word of its own."""
    at = text.find(word)
    while at >= 0:
        before = text[at - 1 : at]
        after = text[at + len(word) : at + len(word) + 1]
        if not (before.isalnum() or before == "_") and not "a" <= after <= "z":
            yield at
        at = text.find(word, at + len(word))


def _end(text: str, start: int, phrase: str) -> int | None:
    """Where ``phrase`` ends when it stands at ``start`` of ``text``, else ``None``."""
    head, gap, tail = phrase.partition(_GAP)
    end = start + len(head)
    if not text.startswith(head, start) or text[end : end + 1].isalnum():
        return None
    if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
        return None  # "support-ready" is another word
    if gap:
        window = re.split(r"\.(?!\d)|;(?![^()]*\))", text[end : end + _LONGEST_GAP + len(tail)])[0]
        if not re.search(rf"\b{re.escape(tail)}\b", window):
            return None
    return end


class Topics:
    """Topics told by patterns of whole words, in lower case.

    >>> Topics([("energy", "gas (?:imports?|purchases?)|power grid"), ("food", "meals?")]).find(
    ...     "Meals, a power plant and gas imports"
    ... )
    ['energy', 'food']
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        self._topics = [(topic, Guarded(rf"\b(?:{pattern})\b")) for topic, pattern in patterns]

    def find(self, text: str) -> list[str]:
        """The topics that ``text`` speaks of, in the order of the table; case does not count."""
        lower, missing = lowered(text), lacks(text)
        return [
            topic
            for topic, pattern in self._topics
            if not missing & pattern.needs and pattern.compiled.search(lower)
        ]
