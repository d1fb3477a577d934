"""The words around a sum by what they tell of it: a need, a payment, a time past.

The classes and their words stand in ``calc/data/word_classes.tsv``. Where a word of a class stands
is a fact of the sum (``calc.claims.sum_facts``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..text import data_tables

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)|\d[\d.,]*")
_YEAR = re.compile(r"(?:19|20)\d\d")
YEAR = "a-year"


class Found(NamedTuple):
    """A word or two with the classes that they are of."""

    classes: tuple[str, ...]
    start: int
    end: int
    telling: tuple[str, ...]  # those classes that are not of small words


NO_CLASS = Found((), -1, -1, ())  # most words; where they stand nobody asks
_new = tuple.__new__  # by way of its name a record costs twice as much, and there are many


class _Classes(NamedTuple):
    of_word: dict[str, tuple[str, ...]]
    of_two: dict[str, dict[str, tuple[str, ...]]]  # by the first word, then by the second
    kinds: dict[str, str]
    known: frozenset[str]  # all words of the table, those of two words each by itself


@cache
def _telling(classes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in classes if kind(name) != "small")


@cache
def _classes() -> _Classes:
    of_word: dict[str, tuple[str, ...]] = {}
    of_two: dict[str, dict[str, tuple[str, ...]]] = {}
    kinds = {YEAR: "other"}
    for row in data_tables.table("word_classes"):
        kinds[row["class"]] = row["kind"]
        for words in row["words"].split("|"):
            first, _, second = words.partition(" ")
            known = of_two.setdefault(first, {}) if second else of_word
            key = second or first
            known[key] = (*known.get(key, ()), row["class"])
    seconds = (second for known in of_two.values() for second in known)
    return _Classes(of_word, of_two, kinds, frozenset((*of_word, *of_two, *seconds)))


def kind(name: str) -> str:
    """Whether a class is of small words, of verbs or of others.

    >>> kind("need"), kind("the"), kind("aid")
    ('verb', 'small', 'other')
    """
    return _classes().kinds[name]


def words_in(lower: str, start: int, end: int) -> Iterator[Found]:
    """The words of a stretch of a sentence in lower case, in order, each with its classes.

    >>> [one.classes for one in words_in("it needs so far 5", 0, 17)]
    [(), ('need',), (), ('so-far',), ()]
    """
    of_word, of_two, _, known = _classes()
    last, last_start = "", start
    for match in _WORD.finditer(lower, start, end):
        word = match.group()
        if word not in known and word > ":":  # no number
            yield NO_CLASS
            last = ""
            continue
        begin = match.start()
        found = of_word.get(word, ())
        pair = of_two[last].get(word) if last in of_two else None
        if pair is not None:
            found, begin = (*pair, *found), last_start
        elif word[0].isdigit() and _YEAR.fullmatch(word):
            found = (YEAR,)
        yield _new(Found, (found, begin, match.end(), _telling(found) if found else ()))
        last, last_start = word, match.start()
