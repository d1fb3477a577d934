"""The cells of a claim table: amounts, currencies and dates as people write them.

Each reader returns what a cell says or a sentence on why it cannot be used; none guesses.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from rates.amounts import parse_amount, read_number
from rates.currencies import currency as iso_currency
from rates.errors import PledgecalcError, UnknownCurrencyError

from ..figures import figures
from .days import LONGEST_CELL, Day, Order, day_order, read_day
from .numbers import MOST_DIGITS, contradicts, is_money, plain, unsigned
from .parties import read_parties

__all__ = [
    "AmountCell",
    "Day",
    "Money",
    "Order",
    "day_order",
    "read_amount",
    "read_currency",
    "read_day",
    "read_parties",
]

_PLAIN = re.compile(r"[+-]?\d{1,80}(?:\.\d{1,80})?(?:[eE][+-]?\d{1,3})?")
# Hundredths of a unit, as exchanges write them: pence, agorot, cents.
_MINOR = {"GBp": "GBP", "GBX": "GBP", "GBx": "GBP", "ZAc": "ZAR", "ZAC": "ZAR", "ILA": "ILS"}
_MINOR |= {"ILa": "ILS", "USc": "USD", "EUc": "EUR"}


class AmountCell(NamedTuple):
    """What an amount cell says; ``text`` is its printed form without currency when it has none."""

    amount: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    currency: str | None = None
    basis: str | None = None
    candidates: tuple[str, ...] = ()
    qualifier: str | None = None
    text: str = ""
    problem: str | None = None


class Money(NamedTuple):
    """What a currency cell says."""

    code: str | None = None
    basis: str | None = None
    candidates: tuple[str, ...] = ()
    problem: str | None = None
    is_minor: bool = False  # pence: a hundredth of the unit


@lru_cache(maxsize=100_000)
def read_amount(cell: str, *, decimal: str | None = None, continental: bool = False) -> AmountCell:
    """Read an amount cell: a plain number, or an amount as it is printed; negative in brackets.

    ``decimal`` is the decimal mark of the column where that is known; ``continental`` says that
    it is a comma unless a cell shows something else.

    >>> read_amount("over €1.5bn").amount, read_amount("over €1.5bn").high
    (Decimal('1500000000'), None)
    >>> read_amount("41.220.00").problem
    "'41.220.00' is not an amount"
    >>> read_amount("107.097", decimal=",").amount, read_amount("(€100)").amount
    (Decimal('107097'), Decimal('-100'))
    """
    text = cell.strip()
    continental = decimal == "," or (decimal is None and continental)
    if _PLAIN.fullmatch(text) and not (continental and "." in text):
        return _exact(Decimal(text), text)
    refused = AmountCell(text=text, problem=f"{_shown(text)} is not an amount")
    if not text or len(text) > LONGEST_CELL:
        return refused
    bare, is_negative = unsigned(text)
    number = bare if decimal is None else plain(bare, decimal)
    if decimal is not None and number == bare and contradicts(bare, decimal):
        return refused
    if decimal is not None and _PLAIN.fullmatch(number):
        found: AmountCell = _exact(Decimal(number), number)
    else:
        found = _printed(number, continental and decimal is None, refused)
    if found.problem is None and found.text != text and (is_negative or found.basis):
        found = found._replace(text=text)
    return _negated(found) if is_negative else found


def _negated(cell: AmountCell) -> AmountCell:
    low, high = (None if bound is None else -bound for bound in (cell.high, cell.low))
    amount = None if cell.amount is None else -cell.amount
    return cell._replace(amount=amount, low=low, high=high)


def _printed(text: str, continental: bool, refused: AmountCell) -> AmountCell:
    """An amount with its words, sign or code: "over €1.5bn"."""
    found = figures(text)
    if len(found) > 1:
        return refused._replace(problem=f"{_shown(text)} holds {len(found)} amounts; keep one")
    if found:
        figure = found[0]
        if figure.other_amount is not None:
            return refused._replace(problem=f"{_shown(text)} can be read as two amounts")
        return AmountCell(
            figure.amount,
            figure.low,
            figure.high,
            figure.currency,
            figure.currency_basis,
            figure.currency_candidates,
            figure.qualifier,
            figure.text,
        )
    return _typed(text, continental) or refused


def _typed(text: str, continental: bool) -> AmountCell | None:
    bare = text.lstrip("+").strip()
    try:
        number = read_number(bare, continental=True if continental else None)
    except PledgecalcError:
        try:
            typed = parse_amount(text)
        except PledgecalcError:
            return None
        return _exact(typed.amount, text)._replace(
            currency=typed.currency, basis="sign" if typed.currency else None
        )
    if number.other is not None and not continental:
        return AmountCell(
            text=text,
            problem=f"{_shown(text)} can be read as {number.value} or {number.other}; "
            "write it without separators",
        )
    return _exact(number.value, text)


def _exact(value: Decimal, text: str) -> AmountCell:
    if not is_money(value):
        return AmountCell(text=_cut(text), problem=f"{_shown(text)} {outsized(value)}")
    try:
        shown = f"{Decimal(text):,f}"
    except InvalidOperation:
        shown = text
    shown = shown.removesuffix(".0")
    return AmountCell(value, value, value, text=shown)


@lru_cache(maxsize=10_000)
def read_currency(cell: str) -> Money:
    """Read a currency cell: an ISO code, a sign or a word.

    >>> read_currency("eur").code, read_currency("euros").code
    ('EUR', 'EUR')
    >>> read_currency("XXQ").problem.startswith("XXQ is not a currency")
    True
    """
    text = cell.strip()
    if len(text) > LONGEST_CELL:
        return Money(problem=f"{_shown(text)} is not a currency")
    if text in _MINOR:
        return Money(_MINOR[text], "code", is_minor=True)
    try:
        return Money(iso_currency(text).code, "code")
    except UnknownCurrencyError as error:
        for amount in (f"10 million {text}", f"{text}10 million"):
            found = figures(amount)
            if len(found) == 1 and len(found[0].text) == len(amount):
                figure = found[0]
                return Money(figure.currency, figure.currency_basis, figure.currency_candidates)
        return Money(problem=str(error))


def outsized(value: Decimal) -> str:
    """What is wrong with a number of a size that no amount of money has."""
    if abs(value) < 1:
        return "is nearer to nothing than any amount of money; the amount is left open"
    return f"has more than the {MOST_DIGITS} digits of any amount of money; it is left open"


def _shown(text: str) -> str:
    return repr(_cut(text))


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
