"""The rules that give signs, from the data tables: a pattern, where it must stand, its points.

A table of signs has one line per rule: ``name``, ``facet`` and ``value`` of the sign that it gives,
``where`` the pattern must stand, the ``pattern`` (in lower case, as the text that it meets),
``points``, ``unless`` (a condition named in the code, under which it does not count), an
``example`` that has the sign and a ``counter`` example that looks like it and has it not, and the
``reason``. ``tests/test_reading_signs.py`` reads every example and counter-example.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ..text.data_tables import table as table_of
from ..text.guarded import Guarded

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
            example=row["example"],
            counter=row["counter"],
            reason=row["reason"],
        )
        for row in table_of(table)
    )
