"""Which countries mostly receive aid, for what a document leaves open.

The table has the countries that receive none; some others are known as givers too.
"""

from __future__ import annotations

from functools import cache

from ..parties import party
from ..text import data_tables


@cache
def _codes(kind: str) -> frozenset[str]:
    return frozenset(
        code
        for row in data_tables.table("high_income")
        if row["kind"] == kind
        for code in row["codes"].split("|")
    )


def may_receive(code: str | None) -> bool:
    """Whether a country (its ISO code) may receive official aid.

    >>> may_receive("UA"), may_receive("DE")
    (True, False)
    """
    return code is not None and code not in _codes("never receives")


@cache
def mostly_receives(name: str) -> bool:
    """Whether a party is known for receiving aid, not for giving it.

    >>> mostly_receives("Ethiopia"), mostly_receives("China"), mostly_receives("Green Climate Fund")
    (True, False, True)
    """
    found = party(name)
    if found is None:
        return False
    if found.kind == "country":
        return may_receive(found.code) and found.code not in _codes("also gives")
    return found.acts[:1] == ("recipient",)


@cache
def mostly_gives(name: str) -> bool:
    """Whether a party is an organisation that is known for giving.

    >>> mostly_gives("European Union"), mostly_gives("UNICEF")
    (True, False)
    """
    found = party(name)
    return found is not None and found.acts[:1] == ("donor",)
