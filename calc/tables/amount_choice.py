"""Which column of a table is the amount, when several could be.

The fuller goes before the emptier, what was given before what was paid, asked for or costs in all,
an item before the package that it belongs to, prices of the day before those of another year. Two
of equal right are left open: a wrong amount is worse than a question.
"""

from __future__ import annotations

from typing import NamedTuple

from .contents import Contents, is_number
from .units import Unit
from .vocabulary import AmountName, Term, amount_name, entry_of, fold, names_of

_RANKS = {"": 0, "paid": 1, "package": 2, "whole": 2, "constant": 3, "asked": 4}
_NUMBERS = 0.6  # the share of cells that are amounts, from which a column may be one
_FULL = 0.9  # of the fill of the fullest, from which a column is not the emptier one
_PACKAGE, _ITEM, _FEWEST = 0.9, 0.6, 2  # shares of packages told by one value, and how many


class AmountColumn(NamedTuple):
    """The amount column and what its name says; ``rivals`` are columns of equal right."""

    name: str | None
    unit: Unit | None = None
    entry: Term | None = None
    kind: str = ""
    rivals: tuple[str, ...] = ()


def choose_amount(free: list[str], contents: Contents) -> AmountColumn:
    """Choose the amount among the columns ``free``."""
    found = [one for name in free if (one := amount_name(name)) is not None]
    named = [one for one in found if one.level == 0]
    found = [one for one in found if _holds_amounts(one, contents)] or named[:1]
    if not found:
        return AmountColumn(None)
    best = min(one.level for one in found)
    if best == 3 and len(found) > 1 and len({_RANKS[one.kind] for one in found}) == 1:
        return AmountColumn(None, rivals=tuple(one.name for one in found))
    found = _without_packages(_fullest(found, free, contents), contents)
    first = min(found, key=_place)
    rivals = [one for one in found if _place(one) == _place(first)]
    if len(rivals) > 1:
        totals = [one for one in rivals if fold(one.name).startswith("total ")]
        if len(totals) != 1:
            return AmountColumn(None, rivals=tuple(one.name for one in rivals))
        first = totals[0]
    return AmountColumn(first.name, first.unit, first.entry, first.kind)


def _place(one: AmountName) -> tuple[int, int, int]:
    return _RANKS[one.kind], one.level, one.order


def _holds_amounts(one: AmountName, contents: Contents) -> bool:
    if contents.fill(one.name) == 0 and not contents.sample(one.name):
        return one.level < 3
    if contents.share(one.name, is_number) < _NUMBERS:
        return False
    return one.level < 3 or not contents.are_years(one.name)


def _fullest(found: list[AmountName], free: list[str], contents: Contents) -> list[AmountName]:
    """Those that are about as full as the fullest of those that hold gifts at today's prices."""
    money = [name for name in free if _may_be_currency(name, contents)]
    units = any(one.unit is not None and one.unit.currency for one in found)

    def fill(one: AmountName) -> float:
        full = contents.fill(one.name)
        if units and money and (one.unit is None or one.unit.currency is None):
            return min(full, contents.fill(*money))  # an amount without its currency says little
        return full

    gifts = [one for one in found if _RANKS[one.kind] < _RANKS["constant"] and fill(one) > 0]
    kept = gifts or found
    most = max(fill(one) for one in kept)
    exact = any(one.unit is None for one in kept) and units
    return [one for one in kept if fill(one) >= most * (0.99 if exact and not one.unit else _FULL)]


def _may_be_currency(name: str, contents: Contents) -> bool:
    return entry_of(name, "currency") is not None and contents.fill(name) > 0


def _without_packages(found: list[AmountName], contents: Contents) -> list[AmountName]:
    """Leave out what stands on every item of a package, where another column tells them apart."""
    if len(found) < 2:
        return found
    ids = [
        str(name)
        for name in contents.frame.columns
        if fold(str(name)) in {*names_of("activity"), *names_of("claim_id")}
    ]
    for groups in ids:
        told = {one.name: contents.is_repeated_in(one.name, groups) for one in found}
        packages = {n for n, (many, one) in told.items() if many >= _FEWEST and one >= _PACKAGE}
        items = [n for n, (many, one) in told.items() if many >= _FEWEST and one <= _ITEM]
        if packages and items:
            return [one for one in found if one.name not in packages]
    return found
