"""Which column of a table is the amount, when several could be.

The fuller goes before the emptier, what was given before what was paid, asked for or costs in all,
an item before the package that it belongs to, prices of the day before those of another year. Two
of equal right are left open: a wrong amount is worse than a question.
"""

from __future__ import annotations

from typing import NamedTuple

from .contents import Contents, is_currency, is_number
from .units import Unit
from .vocabulary import AmountName, Term, amount_name, entry_of, fold, names_of

_RANKS = {"": 0, "paid": 1, "package": 2, "whole": 2, "constant": 3, "asked": 4}
_LOOSE = 3  # the level of names that hold no more than a word for amounts
_NUMBERS = 0.6  # the share of cells that are amounts, from which a column may be one
_FULL = 0.9  # of the fill of the fullest, from which a column is not the emptier one
_AS_FULL = 0.99  # the same of amounts in their own currency beside converted ones
_PACKAGE, _ITEM, _FEWEST = 0.9, 0.6, 2  # shares of packages told by one value, and how many
_WITH_BOUNDS = frozenset(map(fold, ("amount", "amount_low", "amount_high")))


class AmountColumn(NamedTuple):
    """The amount column and what its name says; ``rivals`` are columns of equal right."""

    name: str | None
    unit: Unit | None = None
    entry: Term | None = None
    kind: str = ""
    rivals: tuple[str, ...] = ()


def choose_amount(free: list[str], contents: Contents) -> AmountColumn:
    """Choose the amount among the columns ``free``."""
    named = {fold(name): name for name in free}
    if named.keys() >= _WITH_BOUNDS:  # it may be empty: of ranges there is no one amount
        return AmountColumn(named["amount"])
    found = _candidates(free, contents)
    if not found:
        return AmountColumn(None)
    if all(one.level == _LOOSE for one in found) and len({_RANKS[one.kind] for one in found}) == 1:
        return _of(found)
    money = [name for name in free if _may_be_currency(name, contents)]
    found = _without_packages(_fullest(found, money, contents), contents)
    own = bool(money) and any(_is_own(one) for one in found)

    def place(one: AmountName) -> tuple[int, bool, int, int]:
        """What was promised first, in its own currency before a converted one."""
        return _RANKS[one.kind], own and not _is_own(one), one.level, one.order

    first = min(found, key=place)
    return _of([one for one in found if place(one) == place(first)])


def _candidates(free: list[str], contents: Contents) -> list[AmountName]:
    """The columns whose names and cells are those of amounts, else the first by name alone."""
    found = [one for name in free if (one := amount_name(name)) is not None]
    held = [one for one in found if _holds_amounts(one, contents)]
    return held or [one for one in found if one.level == 0][:1]


def _of(rivals: list[AmountName]) -> AmountColumn:
    """The only one, or the only total of several kinds; else it is left open."""
    totals = [one for one in rivals if fold(one.name).startswith("total ")]
    chosen = rivals if len(rivals) == 1 else totals
    if len(chosen) != 1:
        return AmountColumn(None, rivals=tuple(one.name for one in rivals))
    return AmountColumn(chosen[0].name, chosen[0].unit, chosen[0].entry, chosen[0].kind)


def _is_own(one: AmountName) -> bool:
    """A name without a currency: the column of currencies says it for each row."""
    return one.level == 0 and (one.unit is None or one.unit.currency is None)


def _holds_amounts(one: AmountName, contents: Contents) -> bool:
    if not contents.sample(one.name):
        return one.level < _LOOSE
    if contents.share(one.name, is_number) < _NUMBERS:
        return False
    return one.level < _LOOSE or not contents.are_years(one.name)


def _fullest(found: list[AmountName], money: list[str], contents: Contents) -> list[AmountName]:
    """Those that are about as full as the fullest of those that hold gifts at today's prices."""
    if len(found) < 2:
        return found
    converted = any(one.unit is not None and one.unit.currency for one in found)

    def fill(one: AmountName) -> float:
        full = contents.fill(one.name)
        if converted and money and _is_own(one):
            return min(full, contents.fill(*money))  # an amount without its currency says little
        return full

    def enough(one: AmountName) -> float:
        return _AS_FULL if converted and _is_own(one) else _FULL

    gifts = [one for one in found if _RANKS[one.kind] < _RANKS["constant"] and fill(one) > 0]
    kept = gifts or found
    most = max(fill(one) for one in kept)
    return [one for one in kept if fill(one) >= most * enough(one)]


def _may_be_currency(name: str, contents: Contents) -> bool:
    named = entry_of(name, "currency") is not None and contents.fill(name) > 0
    return named and contents.share(name, is_currency) >= _NUMBERS


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
