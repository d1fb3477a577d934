"""What the names of columns say: the vocabulary of the trade, and units before or behind a name."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from ..text import data_tables
from .units import LONGEST_UNIT, Unit, unit_at_end, unit_of

PLACE = "place"  # a country that gives or receives
UNIT = "unit"  # a column whose cells all say one unit
_MARKS = re.compile(r"[\W_]+")
# amountUSD, originalCurrency, but USDMillion and not EURm
_HUMP = re.compile(
    r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z](?!(?:m|mn|mln|mio|bn|mrd|k)\b)[a-z]{2})"
)
_REPEATED = re.compile(r"\s*\((\d{1,2})\)$|(?<=[A-Za-z\])])\.(\d{1,2})$")  # as readers mark twins
# Codes that are words: "aid for all" names no lek.
_WORDS = frozenset("all try top mad cup pen gel bam sos lak mop fim ron mur".split())
# What a name with one of these holds is no amount of aid, whatever its unit.
_NO_AMOUNT = frozenset(
    """rate rates per gdp gni share capita price prices deflator population percent percentage pct
    number count fee code id year date type exchange interest repaid repayment score index rank
    satz prozent taux procent stopa odsetki kod nr""".split()
)
_KINDS = {
    "constant": frozenset("constant defl deflated real const".split()),
    "asked": frozenset(
        """requested applied required requirement requirements needs needed target appeal gap unmet
        sought ask""".split()
    ),
    "paid": frozenset(
        """paid disbursed disbursement disbursements delivered received spent expenditure payment
        payments ausgezahlt ausgezahlter gezahlte""".split()
    ),
    "whole": frozenset("cost costs budget eligible gesamtkosten gesamtausgaben".split()),
}
_AMOUNT_WORDS = frozenset(
    """amount amounts value sum commitment commitments committed pledge pledges pledged contribution
    contributions financing funding grant grants allocation allocations allocated awarded disbursed
    disbursement disbursements paid expenditure loan loans aid assistance support budget cost
    betrag beträge summe fördersumme zuwendung montant kwota importe importo beløb belopp bedrag
    wartość financement dofinansowanie finansiering financiering ayuda subvención fundo""".split()
)
_OF_ORIGIN = ("original", "source", "reporting", "local", "currency of", "commitment", "pledge")
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,60})[)\]]")
# "(constant 2021 USD)", "USD_Commitment_Defl"
_OLD_PRICES = re.compile(
    r"\b(?:constant|deflated|defl|real|prices|(?:19|20)\d{2})\b", re.IGNORECASE
)
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")  # value_EUR_redistr
_YEAR_BEHIND = re.compile(r"\s(?:19|20)\d{2}$")
_LONGEST_NAME = 200  # characters
_FEWEST_LETTERS = 6  # of a name of one word that may begin a longer one


class Term(NamedTuple):
    """What the vocabulary says of a name; ``order`` is its place in the table."""

    column: str
    name: str
    kind: str
    status: str | None
    gives: str | None
    order: int


class AmountName(NamedTuple):
    """What the name of a column says of the amounts below it.

    ``level``: 0 a name of the vocabulary, 1 one that begins or ends so, 2 a unit alone, 3 a word
    for amounts.
    """

    name: str
    level: int
    kind: str
    order: int
    unit: Unit | None
    entry: Term | None
    stem: str


@cache
def _entries() -> dict[str, dict[str, Term]]:
    """Column -> folded name -> its entry."""
    found: dict[str, dict[str, Term]] = {}
    for order, row in enumerate(data_tables.table("column_names")):
        entry = Term(
            row["column"],
            row["name"],
            row["kind"],
            row["status"] or None,
            row["gives"] or None,
            order,
        )
        found.setdefault(row["column"], {}).setdefault(row["name"], entry)
    return found


def names_of(column: str) -> dict[str, Term]:
    """The names of the vocabulary for a column, in order."""
    return _entries().get(column, {})


@lru_cache(maxsize=10_000)
def fold(name: str) -> str:
    """Return a column name in small letters, its marks as spaces.

    >>> fold("amountUSD"), fold("USD_Commitment"), fold("transaction_value_value-date")
    ('amount usd', 'usd commitment', 'transaction value value date')
    """
    return " ".join(_MARKS.sub(" ", _HUMP.sub(" ", name)).casefold().split())


@lru_cache(maxsize=10_000)
def entry_of(name: str, column: str) -> Term | None:
    """The entry of a name for a column: exact, else one that begins or ends the name.

    >>> entry_of("Donor country (English)", "donor").name, entry_of("Donor type", "donor") is None
    ('donor country', True)
    """
    folded = fold(_REPEATED.sub("", name[:_LONGEST_NAME]))
    names = names_of(column)
    if folded in names:
        return names[folded]
    bare = fold(_BRACKETS.sub(" ", name[:_LONGEST_NAME]))
    if bare in names:
        return names[bare]
    return None


@lru_cache(maxsize=10_000)
def entry_within(name: str, column: str) -> Term | None:
    """The longest entry for a column that begins or ends a longer name.

    >>> entry_within("Name des Begünstigten / beneficiary name", "recipient").name
    'name des begünstigten'
    """
    folded = fold(_BRACKETS.sub(" ", name[:_LONGEST_NAME]))
    return _within(folded, column)


def _within(folded: str, column: str) -> Term | None:
    names = names_of(column)
    words = folded.split()
    while words and words[0].isdigit():
        words = words[1:]  # "6. Gesamtbetrag …"
    for count in range(min(len(words), 8), 0, -1):
        for part in (words[:count], words[-count:]):
            entry = names.get(" ".join(part))
            if entry is not None and (count > 1 or len(entry.name) >= _FEWEST_LETTERS):
                return entry
    return None


@lru_cache(maxsize=10_000)
def without_unit(name: str) -> tuple[str, Unit | None]:
    """Part a name from the unit before it, behind it or in brackets.

    >>> without_unit("USD_Commitment")[0], without_unit("Value (million EUR)")[1].currency
    ('commitment', 'EUR')
    >>> without_unit("Amount (Nominal USD)")[1].currency, without_unit("Aid for all")[1] is None
    ('USD', True)
    """
    name = name[:_LONGEST_NAME]
    for match in _BRACKETS.finditer(name):
        unit = unit_of(_OLD_PRICES.sub(" ", _signs_as_codes(match[1])))
        if unit is not None:
            return fold(name[: match.start()] + " " + name[match.end() :]), unit
    for part in name.split("/")[:-1]:  # "förderfähige Ausgaben in € / total eligible expenditure"
        unit = unit_at_end(_signs_as_codes(part))
        if unit is not None and unit.currency not in (None, "$"):
            return fold(name), unit
    words = fold(_signs_as_codes(name)).split()
    while words and _OLD_PRICES.fullmatch(words[-1]):
        words.pop()
    tail = _longest_unit(name, [words[-count:] for count in range(1, _most(words))])
    if tail:
        return " ".join(words[: -len(tail)]), unit_of(" ".join(tail))
    front = _longest_unit(name, [words[:count] for count in range(1, _most(words))])
    if front:
        return " ".join(words[len(front) :]), unit_of(" ".join(front))
    inside = [word for word in _CAPITALS.findall(name) if unit_of(word) is not None]
    return fold(name), unit_of(inside[0]) if len(set(inside)) == 1 else None


def _most(words: list[str]) -> int:
    return min(LONGEST_UNIT + 1, len(words))


def _longest_unit(name: str, parts: list[list[str]]) -> list[str]:
    """The longest of ``parts`` that is a unit with a currency, or a scale of several words."""
    for part in reversed(parts):
        unit = unit_of(" ".join(part))
        if unit is None or any(w in _WORDS and w.upper() not in name for w in part):
            continue
        named = unit.currency not in (None, "$")
        if named or (len(part) > 1 and (unit.scale != 1 or {"$", "dollar", "dollars"} & set(part))):
            return part
    return []


def _signs_as_codes(column: str) -> str:
    return (
        column.replace("US$", " USD ")
        .replace("€", " EUR ")
        .replace("£", " GBP ")
        .replace("zł", " PLN ")
    )


@lru_cache(maxsize=10_000)
def amount_name(name: str) -> AmountName | None:
    """What a name says of amounts; None when it speaks of something else.

    >>> amount_name("USD_Commitment").kind, amount_name("USD_Commitment_Defl").kind
    ('', 'constant')
    >>> amount_name("Amount Applied For").kind, amount_name("Exchange rate (USD)") is None
    ('asked', True)
    """
    names = names_of("amount")
    clean = _REPEATED.sub("", name)
    alone = unit_of(_signs_as_codes(_BRACKETS.sub(" ", clean)))
    if alone is not None:  # the corner of a table, if its cells are no numbers
        kind = _kind_by_words(fold(clean))
        return AmountName(name, 2, kind, len(names), alone, None, "")
    folded = fold(clean[:_LONGEST_NAME])
    if folded in names:
        entry = names[folded]
        return AmountName(name, 0, entry.kind, entry.order, without_unit(clean)[1], entry, folded)
    stem, unit = without_unit(clean)
    entry_ = names.get(stem) or names.get(fold(_BRACKETS.sub(" ", stem)))
    if entry_ is not None:
        kind = entry_.kind or _kind_by_words(folded)
        return AmountName(name, 0, kind, entry_.order, unit, entry_, stem)
    words = folded.split()
    within = _within(fold(_BRACKETS.sub(" ", stem)), "amount")
    is_phrase = within is not None and len(within.name.split()) > 2
    other = _NO_AMOUNT & set(words) or _YEAR_BEHIND.search(f" {folded}")
    if not stem or (other and not is_phrase):
        return None
    kind = _kind_by_words(folded)
    if within is not None and len(within.name.split()) > 1:
        return AmountName(name, 1, within.kind or kind, within.order, unit, within, stem)
    if unit is not None:
        return AmountName(name, 2, kind, len(names), unit, within, stem)
    if _AMOUNT_WORDS & set(words):
        return AmountName(name, 3, kind, len(names), None, within, stem)
    return None


def _kind_by_words(folded: str) -> str:
    words = set(folded.split())
    return next((kind for kind, marks in _KINDS.items() if marks & words), "")


def header_unit(name: str) -> Unit | None:
    """The unit that the name of an amount column says, whichever way.

    >>> header_unit("amountUSD").currency, header_unit("Amount Paid") is None
    ('USD', True)
    """
    unit = without_unit(name)[1]
    return unit if unit is not None and (unit.currency or unit.scale != Decimal(1)) else None


def speaks_of_origin(column: str) -> bool:
    """Tell whether a column of currencies is not about an amount that says its own.

    >>> speaks_of_origin("originalCurrency"), speaks_of_origin("Currency")
    (True, False)
    """
    return fold(column).startswith(_OF_ORIGIN)
