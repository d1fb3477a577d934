"""The rules that give signs, from the data tables: a pattern, where it must stand, its points.

A table of signs has one line per rule: ``name``, ``facet`` and ``value`` of the sign that it gives,
``where`` the pattern must stand, the ``pattern`` (in lower case, as the text that it meets),
``points``, ``unless`` (conditions named in the code, under which it does not count), an
``example`` that has the sign and a ``counter`` example that looks like it and has it not (``¶``
begins a new paragraph), and the ``reason``. A rule with ``code`` for its place is a condition of
the code; where its value is empty too, the code finds that as well.
``tests/test_reading_signs.py`` reads every example and counter-example.

Of a party two tables tell. In ``party_signs`` the value is left empty, for it is the party itself;
where no pattern can say the condition, ``where`` is ``code``: a named function gives the sign, the
table its points. ``party_conditions`` has the words that let a sign be given or block it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from ..text.data_tables import DATA
from ..text.data_tables import table as table_of
from ..text.guarded import Guarded
from .signs import Sign

_new = tuple.__new__  # by way of its name a record costs twice as much, and there are many
TABLES = ("role_signs", "status_signs", "party_signs", "said_signs")


class Rule(NamedTuple):
    """One line of a table of signs."""

    name: str
    facet: str
    value: str
    where: str
    pattern: Guarded
    points: int
    unless: str
    example: str
    counter: str
    reason: str
    noise_reason: str = ""  # with the value noise: why it is no money that was given

    def sign(self, start: int = -1, end: int = -1, value: str | None = None) -> Sign:
        """The sign that the rule gives at a place of the sentence; ``value`` where it has none."""
        cells = self.facet, self.name, value or self.value, self.points, start, end
        return _new(Sign, cells)

    def on(self, found: re.Match[str], value: str, shift: int = 0) -> Sign:
        """The sign on the words that a pattern found ``shift`` characters into the sentence."""
        words = found.group()
        start, end = found.end() - len(words.lstrip()), found.start() + len(words.rstrip())
        return self.sign(start + shift, end + shift, value)


class Condition(NamedTuple):
    """One line of a table of conditions: words that let a sign be given or block it."""

    name: str
    where: str
    pattern: Guarded
    effect: str  # "lets" or "blocks"
    sign: str
    only: str  # a condition named in the code, without which it does not count
    example: str
    counter: str
    reason: str


@cache
def rules(table: str) -> tuple[Rule, ...]:
    """The rules of a table, in its order."""
    return tuple(
        Rule(
            name=row["name"],
            facet=row["facet"],
            value=row["value"],
            where=row["where"],
            pattern=Guarded(row["pattern"]),
            points=int(row["points"]),
            unless=row["unless"],
            example=row["example"].replace("¶", "\n\n"),
            counter=row["counter"].replace("¶", "\n\n"),
            reason=row["reason"],
            noise_reason=row.get("noise_reason", ""),
        )
        for row in table_of(table)
    )


@cache
def reasons() -> Mapping[str, str]:
    """Why there is each rule of all the tables, by its name, and what a fact of a party means."""
    tables = (name for name in TABLES if (DATA / f"{name}.tsv").exists())
    facts = {row["fact"]: row["meaning"] for row in table_of("party_facts")}
    facts |= {row["name"]: row["reason"] for row in table_of("tongue_signs")}
    return facts | {rule.name: rule.reason for name in tables for rule in rules(name)}


@cache
def named(table: str) -> Mapping[str, Rule]:
    """The rules of a table by their names.

    >>> named("party_signs")["thanked"].sign(5, 12, "Norway")
    Sign(facet='donor', name='thanked', value='Norway', points=5, start=5, end=12)
    """
    return {rule.name: rule for rule in rules(table)}


@cache
def conditions(table: str) -> Mapping[str, Condition]:
    """The conditions of a table by their names."""
    return {
        row["name"]: Condition(
            name=row["name"],
            where=row["where"],
            pattern=Guarded(row["pattern"]),
            effect=row["effect"],
            sign=row["sign"],
            only=row["only"],
            example=row["example"].replace("¶", "\n\n"),
            counter=row["counter"].replace("¶", "\n\n"),
            reason=row["reason"],
        )
        for row in table_of(table)
    }
