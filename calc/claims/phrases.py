"""Find the words and phrases of a table in a text: one pass over its words, longest phrase first.

The time does not grow with the number of phrases, as it does with one long alternation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[A-Za-z]+")
_GAP = " … "  # in a phrase: its object stands here ("make … available")
_LONGEST_GAP = 80  # characters of that object


def lowered(text: str) -> str:
    """``text`` in lower case, letter for letter: a position in one is the same in the other.

    Patterns in lower case meet this text two or three times faster than ``text`` with
    ``re.IGNORECASE``.
    """
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow in lower case; positions must not move
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lower


@lru_cache(maxsize=16)  # one sentence is asked for its words again and again
def words_of(text: str) -> frozenset[str]:
    """The words of ``text`` in lower case, cut at whatever is no letter from a to z.

    >>> sorted(words_of("In mid-May, they'll"))
    ['in', 'll', 'may', 'mid', 'they']
    """
    return frozenset(_WORD.findall(lowered(text)))


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
        first_words = words_of(text) & self._by_first.keys()
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


# The letters that a pattern surely begins with: not the last one when it may be left out.
_FIRST_LETTERS = re.compile(r"[^\W_]+(?![?*{])")


class Topics:
    """Topics told by patterns that begin with a word: only those are tried whose letters are met.

    >>> Topics([("energy", "gas (?:imports?|purchases?)|power grid"), ("food", "meals?")]).find(
    ...     "Meals, a power plant and gas imports"
    ... )
    ['energy', 'food']
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        self._topics: list[tuple[str, list[tuple[str, re.Pattern[str]]]]] = []
        for topic, pattern in patterns:
            those = []
            for one in _alternatives(pattern):
                letters = _FIRST_LETTERS.match(one.removeprefix(r"\b"))
                assert letters is not None, f"a pattern begins with a word: {one!r}"
                those.append((letters.group(), re.compile(rf"\b(?:{one})\b")))
            self._topics.append((topic, those))

    def find(self, text: str) -> list[str]:
        """The topics that ``text`` speaks of, in the order of the table; case does not count."""
        lower = lowered(text)
        found = []
        for topic, those in self._topics:
            for letters, pattern in those:
                if letters in lower and pattern.search(lower):
                    found.append(topic)
                    break
        return found


def _alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern: cut at each ``|`` that stands in no bracket."""
    found = [""]
    depth = 0
    for character in pattern:
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            found.append("")
        else:
            found[-1] += character
    return found
