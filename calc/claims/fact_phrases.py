"""The plain phrase of a fact by which role and status are weighed, for people who ask why.

A fact that no line of ``calc/data/sum_facts.tsv`` has by its whole name is one with a star there.
"""

from __future__ import annotations

import re
from functools import cache

from ..text import data_tables
from .rules import reasons

_MARKS = ("colon", "bracket", "comma", "semicolon", "dash", "bullet", "cell")


@cache
def _lines() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str, str]]]:
    """The facts without a star, and those with one by pattern, the longest names first."""
    whole: dict[str, str] = {}
    starred = []
    for row in sorted(data_tables.table("sum_facts"), key=lambda row: -len(row["fact"])):
        if "*" not in row["fact"]:
            whole[row["fact"]] = row["meaning"]
            continue
        before, _, behind = row["fact"].partition("*")
        pattern = re.compile(f"{re.escape(before)}(?P<star>.+){re.escape(behind)}")
        starred.append((pattern, row["fact"], row["meaning"]))
    return whole, starred


@cache
def _meanings() -> dict[str, str]:
    """What may stand for a star: the classes of words, and the kinds of parties."""
    found = {row["class"]: row["meaning"] for row in data_tables.table("word_classes")}
    found["a-year"] = "a year"
    return found


@cache
def phrase_of(fact: str) -> str | None:
    """What a fact says in plain words; None where it is none.

    >>> phrase_of("need-just-before"), phrase_of("sum-before-here-total"), phrase_of("subject")
    ('a word of need right before it', 'the sum before it in its sentence looks like total', None)
    """
    whole, starred = _lines()
    if fact in whole:
        return whole[fact]
    for pattern, name, meaning in starred:
        found = pattern.fullmatch(fact)
        star = _star(name, found["star"]) if found else None
        if star is not None:
            return meaning.replace("*", star)
    return None


_PLACES = "just-before just-behind before behind nearest-before nearest-behind in-opening in-title"
_BESIDE = (
    "open-giver a-giver no-verb verb-past verb-perfect verb-present verb-going-on verb-planned"
)
_OF_WORDS = frozenset(
    [
        *(f"*-{place}" for place in [*_PLACES.split(), "before-verb", "behind-verb"]),
        *(f"{beside}-and-*" for beside in _BESIDE.split()),
    ]
)


def _star(name: str, star: str) -> str | None:
    """The words for a star in the fact ``name``; None where that cannot be."""
    if name in _OF_WORDS:
        return _meanings().get(star)
    if name == "*-before-it":
        return f"a {star}" if star in _MARKS else None
    if name == "by-*":
        return star.replace("-", " ") if star in reasons() else None
    if name in ("donor-*", "recipient-*"):
        return reasons().get(f"kind-{star}", star.replace("-", " "))
    return star.replace("-", " ")
