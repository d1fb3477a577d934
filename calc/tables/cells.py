"""The cells of a claim table: amounts, currencies and dates as people write them.

Each reader returns what a cell says or a sentence on why it cannot be used; none guesses.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from rates.amounts import parse_amount, read_number
from rates.currencies import currency as iso_currency
from rates.errors import PledgecalcError, UnknownCurrencyError

from ..documents.dates import dates
from ..figures import figures
from ..parties import canonical
from ..text.months import ANY_LANGUAGE as MONTHS

LONGEST_CELL = 200  # characters of an amount, a currency or a date
_PLAIN = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?")
_SHORT_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?")
_MONTH_YEAR = re.compile(r"([^\W\d_]{3,12})\.?,?\s+(\d{4})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ]\d{2}:)")
# marks alone first: "Trinidad and Tobago, Norway" are two
_BETWEEN = (re.compile(r"[,;/]"), re.compile(r"\s*[,;/]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+"))
_YEARS = range(1900, 2101)


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


class Day(NamedTuple):
    """What a date cell says; a month or year stands at its first day."""

    date: datetime.date | None = None
    precision: str | None = None
    problem: str | None = None


@lru_cache(maxsize=100_000)
def read_amount(cell: str, *, continental: bool = False) -> AmountCell:
    """Read an amount cell: a plain number, or an amount as it is printed.

    >>> read_amount("over €1.5bn").amount, read_amount("over €1.5bn").high
    (Decimal('1500000000'), None)
    >>> read_amount("41.220.00").problem
    "'41.220.00' is not an amount"
    """
    text = cell.strip()
    refused = AmountCell(text=text, problem=f"{_shown(text)} is not an amount")
    if not text or len(text) > LONGEST_CELL:
        return refused
    if _PLAIN.fullmatch(text) and not (continental and "." in text):
        return _exact(Decimal(text), text)
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
    sign = -1 if text.startswith("-") else 1
    bare = text.lstrip("+-").strip()
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
    return _exact(sign * number.value, text)


def _exact(value: Decimal, text: str) -> AmountCell:
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
    try:
        return Money(iso_currency(text).code, "code")
    except UnknownCurrencyError as error:
        for amount in (f"10 million {text}", f"{text}10 million"):
            found = figures(amount)
            if len(found) == 1 and len(found[0].text) == len(amount):
                figure = found[0]
                return Money(figure.currency, figure.currency_basis, figure.currency_candidates)
        return Money(problem=str(error))


@lru_cache(maxsize=100_000)
def read_parties(cell: str) -> str | None:
    """Read the parties of a cell under their usual names, joined by ``|``.

    ``|`` always parts them; a comma, semicolon, slash, "and" or "&" only when what stands on both
    sides is known. A name that is not known is kept as it is written.

    >>> read_parties("USA, Norway and Denmark"), read_parties("Korea, South")
    ('United States|Norway|Denmark', 'South Korea')
    >>> read_parties("Acme, Norway")
    'Acme, Norway'
    """
    found = [name for part in cell.split("|") if part.strip() for name in _named(part.strip())]
    return "|".join(dict.fromkeys(found)) or None


def _named(cell: str) -> list[str]:
    whole = canonical(cell)
    if whole is not None:
        return [whole]
    for between in _BETWEEN:
        parts = [part.strip() for part in between.split(cell) if part.strip()]
        known = [name for part in parts if (name := canonical(part)) is not None]
        if len(parts) > 1 and len(known) == len(parts):
            return known
    first, comma, rest = cell.partition(",")
    inverted = canonical(f"{rest.strip()} {first.strip()}") if comma else None
    return [inverted or cell]


class Order(NamedTuple):
    """The order of day and month in a column, and the cell that shows it."""

    day_first: bool
    example: str

    @property
    def shown(self) -> str:
        return "day, month, year" if self.day_first else "month, day, year"


def day_order(column: Iterable[str]) -> Order | None:
    """Return the order of day and month in a column of dates, when its cells settle it.

    Only needed, and only given, when some cell leaves it open.

    >>> day_order(["03/04/2025", "25/04/2025"]).shown, day_order(["03/04/2025"]) is None
    ('day, month, year', True)
    """
    examples: dict[bool, str] = {}
    is_open = False
    for cell in column:
        match = _SLASHED.match(cell.strip())
        if match is None:
            continue
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            examples.setdefault(True, cell.strip())
        elif second > 12 >= first:
            examples.setdefault(False, cell.strip())
        else:
            is_open = is_open or first != second
    if not is_open or len(examples) != 1:
        return None
    return Order(*next(iter(examples.items())))


@lru_cache(maxsize=100_000)
def read_day(cell: str, *, day_first: bool | None = None) -> Day:
    """Read a date cell: a day, a month or a year. ``day_first`` settles dates such as 03/04/2025.

    >>> read_day("4 November 2024").date, read_day("2024-11").precision
    (datetime.date(2024, 11, 4), 'month')
    >>> read_day("March 2024").date, read_day("03/04/2025", day_first=True).date
    (datetime.date(2024, 3, 1), datetime.date(2025, 4, 3))
    >>> read_day("03/04/2025").problem
    "'03/04/2025' leaves day and month open; write YYYY-MM-DD"
    """
    text = cell.strip().removesuffix(".0")
    refused = Day(problem=f"{_shown(text)} is not a date; write YYYY-MM-DD")
    if len(text) > LONGEST_CELL:
        return refused
    short = _SHORT_DATE.fullmatch(text)
    iso = _ISO.match(text)
    try:
        if short is not None:
            year, month = int(short[1]), int(short[2] or 1)
            if year not in _YEARS:
                return refused
            return Day(datetime.date(year, month, 1), "month" if short[2] else "year")
        if iso is not None:
            return Day(datetime.date.fromisoformat(iso[0]), "day")
    except ValueError:
        return refused
    named = _MONTH_YEAR.fullmatch(text)
    if named is not None and named[1].lower() in MONTHS and int(named[2]) in _YEARS:
        return Day(datetime.date(int(named[2]), MONTHS[named[1].lower()], 1), "month")
    found = dates(text)
    if len(found) != 1:
        return refused
    slashed = _SLASHED.match(text)
    if found[0].date is None and slashed is not None and day_first is not None:
        first, second, year = (int(slashed[place]) for place in (1, 2, 3))
        day, number = (first, second) if day_first else (second, first)
        return Day(datetime.date(year, number, day), "day")
    if found[0].date is None:
        return Day(problem=f"{_shown(text)} leaves day and month open; write YYYY-MM-DD")
    return Day(found[0].date, "day")


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
