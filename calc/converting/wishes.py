"""What a person asks of a table: the currencies wanted, and what stands in for its own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rates.errors import UsageError
from rates.fixings import Fixings
from rates.frames.grid import quote_code
from rates.online import Online
from rates.policies import Policy, parse_policy
from rates.sources import Rates, tables

from ..tables.told import Told

NOTHING = Told()


class Wishes(NamedTuple):
    """The currencies, the policy and the rates; columns by name where a person named them.

    ``currency`` and ``date`` are a column, or else a code and a day for all rows. ``told`` is what
    else was said of the table.
    """

    to: tuple[str, ...]
    policy: Policy
    rates: Fixings
    amount: str | None = None
    currency: str | None = None
    date: str | None = None
    told: Told = NOTHING

    @property
    def named(self) -> frozenset[str]:
        """The names that may be columns: a header that has them is one."""
        given = (self.amount, self.currency, self.date, *self.told.columns.values())
        return frozenset(name for name in given if name)

    @property
    def columns(self) -> frozenset[str]:
        """The names that must be columns."""
        given = (self.amount, *self.told.columns.values())
        return frozenset(name for name in given if name)


def wishes(
    to: str | Sequence[str],
    *,
    policy: str | Policy = "spot",
    rates: Rates = None,
    amount: str | None = None,
    currency: str | None = None,
    date: str | None = None,
    told: Told = NOTHING,
) -> Wishes:
    """Check what is asked before the table is opened. Raises UsageError.

    >>> wishes("usd,eur").to
    ('USD', 'EUR')
    """
    words = to.replace(",", " ").split() if isinstance(to, str) else list(to)
    table = tables(rates)
    if any(isinstance(one, Online) for one in table.tables):
        raise UsageError(
            "the online source answers for one day at a time; a table needs rates that are here: "
            "leave --online out, or name a file with --rates"
        )
    codes = tuple(dict.fromkeys(quote_code(word, table) for word in words))
    return Wishes(codes, parse_policy(policy), table, amount, currency, date, told)


def names(codes: Sequence[str], taken: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What the added columns are called: amount, rate, day and note for each currency.

    One currency has ``rate``, several have ``rate_usd``; a name that the table has already gets a
    number.

    >>> names(["USD"], ["rate"])["USD"]
    ('amount_usd', 'rate_usd', 'rate_date_usd', 'rate_note_usd')
    >>> names(["EUR"], ["amount_eur"])["EUR"]
    ('amount_eur_2', 'rate', 'rate_date', 'rate_note')
    """
    plain = ("rate", "rate_date", "rate_note")
    alone = len(codes) == 1 and not {*plain} & {*taken}
    used = {*taken}
    found: dict[str, tuple[str, ...]] = {}
    for code in codes:
        ending = code.lower()
        wanted = (f"amount_{ending}", *(plain if alone else (f"{one}_{ending}" for one in plain)))
        found[code] = tuple(_free(name, used) for name in wanted)
        used.update(found[code])
    return found


def _free(name: str, used: set[str]) -> str:
    number = 2
    free = name
    while free in used:
        free = f"{name}_{number}"
        number += 1
    return free
