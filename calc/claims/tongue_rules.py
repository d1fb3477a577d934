"""The signs of ``calc/data/tongue_signs.tsv``: role, status and parties in other languages.

Each language has the same few kinds of rules; what differs is their words. A language that the
table has not is not read: its figures keep their amounts and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..text import data_tables
from .signs import Sign

TABLE = "tongue_signs"


class TongueRule(NamedTuple):
    """One line of the table, its pattern ready to meet text in lower case."""

    name: str
    language: str
    facet: str
    value: str
    where: str
    pattern: re.Pattern[str]
    points: int
    example: str
    counter: str
    reason: str

    def sign(
        self,
        start: int = -1,
        end: int = -1,
        *,
        facet: str | None = None,
        value: str | None = None,
        points: int | None = None,
    ) -> Sign:
        """The sign that the rule gives at a place of the sentence."""
        return Sign(
            facet or self.facet,
            self.name,
            self.value if value is None else value,
            self.points if points is None else points,
            start,
            end,
        )


@cache
def tongue_rules(language: str | None = None) -> tuple[TongueRule, ...]:
    """The rules of a language, or of all: strongest first, then by name."""
    found = [
        TongueRule(
            row["name"],
            row["language"],
            row["facet"],
            row["value"],
            row["where"],
            re.compile(row["pattern"]),
            int(row["points"]),
            row["example"].replace("¶", "\n\n"),
            row["counter"].replace("¶", "\n\n"),
            row["reason"],
        )
        for row in data_tables.table(TABLE)
        if language in (None, row["language"])
    ]
    return tuple(sorted(found, key=lambda rule: (-rule.points, rule.name)))


@cache
def of_facets(language: str, *facets: str) -> tuple[TongueRule, ...]:
    """The rules of a language for some facets."""
    return tuple(rule for rule in tongue_rules(language) if rule.facet in facets)


@cache
def by_code() -> dict[str, TongueRule]:
    """The rules that no pattern can say, by name: they hold in every language."""
    return {rule.name: rule for rule in tongue_rules("any")}


@cache
def read_languages() -> frozenset[str]:
    """The languages whose words are understood."""
    return frozenset(row["language"] for row in data_tables.table(TABLE)) - {"any"}


class Stretches(NamedTuple):
    """The sentence in lower case, and which of its characters belong to one figure.

    ``own``: the figure's stretch; ``spare``: what belongs to no figure's stretch.
    """

    lower: str
    own: tuple[int, int]
    spare: tuple[tuple[int, int], ...]

    def found(self, rule: TongueRule) -> Iterator[Sign]:
        """The sign of a rule that fits, at most one."""
        places = [(self.own, 0)]
        if rule.where in ("near", "sentence"):
            places += [(one, 2 if rule.where == "near" else 0) for one in self.spare]
        for (low, high), less in places:
            fit = rule.pattern.search(self.lower, low, high)
            if fit is not None and fit.group().strip():
                words = fit.group()
                start = fit.start() + len(words) - len(words.lstrip())
                end = fit.start() + len(words.rstrip())
                yield rule.sign(start, end, points=rule.points - less)
                return
