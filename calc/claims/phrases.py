"""Find the words and phrases of a table in a text: one pass over its words, longest phrase first.

The time does not grow with the number of phrases, as it does with one long alternation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..text.guarded import Guarded, Sieve
from ..text.words import lowered, words_of

_WORD = re.compile(r"[A-Za-z]+")
_GAP = " … "  # in a phrase: its object stands here ("make … available")
_LONGEST_GAP = 80  # characters of that object


class PhraseFound(NamedTuple):
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
        self._by_first: dict[str, list[tuple[str, str, str]]] = {}
        for phrase in sorted(phrases, key=lambda one: (-len(one), one)):
            first = _WORD.match(phrase)
            assert first is not None, f"a phrase begins with a letter: {phrase!r}"
            head, _, tail = phrase.partition(_GAP)
            self._by_first.setdefault(first.group(), []).append((phrase, head, tail))
        self._first = frozenset(self._by_first)

    def may_be_in(self, text: str) -> bool:
        """Whether ``text`` has a word that a phrase begins with."""
        return not words_of(text).isdisjoint(self._first)

    def find(self, text: str) -> Iterator[PhraseFound]:
        """The phrases in ``text``, in order, none overlapping another."""
        first_words = words_of(text) & self._first
        if not first_words:
            return  # most sentences
        lower = lowered(text)
        done = 0
        for start, word in sorted(_whole_words(first_words, lower)):
            if start < done:
                continue
            for phrase, head, tail in self._by_first[word]:
                if lower.startswith(head, start) and _ends(lower, start + len(head), tail):
                    done = start + len(head)
                    yield PhraseFound(start, done, phrase)
                    break


def _whole_words(words: Iterable[str], text: str) -> list[tuple[int, str]]:
    """Where ``words`` stand in ``text``, all in lower case, as words of their own."""
    found = []
    for word in words:
        size = len(word)
        at = text.find(word)
        while at >= 0:
            before = text[at - 1 : at]
            after = text[at + size : at + size + 1]
            if not ("a" <= after <= "z" or before.isalnum() or before == "_"):
                found.append((at, word))
            at = text.find(word, at + size)
    return found


def _ends(text: str, end: int, tail: str) -> bool:
    """Whether a phrase whose words end at ``end`` is whole; ``tail`` stands behind its object."""
    after = text[end : end + 1]
    if after.isalnum() or (after == "-" and text[end + 1 : end + 2].isalpha()):
        return False  # "support-ready" is another word
    if not tail:
        return True
    window = re.split(r"\.(?!\d)|;(?![^()]*\))", text[end : end + _LONGEST_GAP + len(tail)])[0]
    return re.search(rf"\b{re.escape(tail)}\b", window) is not None


class Topics:
    """Topics told by patterns of whole words, in lower case.

    >>> Topics([("energy", "gas (?:imports?|purchases?)|power grid"), ("food", "meals?")]).find(
    ...     "Meals, a power plant and gas imports"
    ... )
    ['energy', 'food']
    """

    def __init__(self, patterns: Iterable[tuple[str, str]]) -> None:
        known = [(topic, Guarded(rf"\b(?:{pattern})\b")) for topic, pattern in patterns]
        self._topics = Sieve((pattern.needs, (topic, pattern)) for topic, pattern in known)

    def find(self, text: str) -> list[str]:
        """The topics that ``text`` speaks of, in the order of the table; case does not count."""
        lower = lowered(text)
        return [
            topic for topic, pattern in self._topics.of_text(text) if pattern.compiled.search(lower)
        ]
