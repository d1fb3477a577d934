"""Which columns of a table hold amount, currency and date, and how its cells are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

import pandas as pd

from rates.errors import UnreadableInputError, UsageError
from rates.frames.grid import code_of
from rates.policies import Asked, parse_iso

from ..tables.cells import day_order, read_day
from ..tables.columns import Mapped, match_columns
from ..tables.contents import Contents
from ..tables.days import FORMS, Order
from ..tables.numbers import decimal_mark
from ..tables.rows import told_apart
from ..tables.told import Told
from ..tables.vocabulary import entry_of, fold
from .wishes import Wishes

_SCALES = {Decimal(1000): "thousand", Decimal(10**6): "million", Decimal(10**9): "billion"}
_OURS = re.compile(r"(?:amount_[a-z]{3}|rate|rate_date|rate_note)(?:_[a-z]{3})?(?:_\d+)?")
_OF_ORIGIN = ("original", "source", "reporting")  # a currency that the amount was in once


class Plan(NamedTuple):
    """The columns to read by their places, and what their cells need to be understood.

    ``currency`` and ``date`` are columns, each for the blanks of those before it; ``code`` and
    ``day`` count where none says anything. ``header`` is the currency that the amount's own name
    says. ``decimal`` is the decimal mark, None where no cell shows it. ``notes`` tell a person
    what was guessed.
    """

    amount: int
    currency: tuple[int, ...]
    code: str | None
    header: str | None
    date: tuple[int, ...]
    month: int | None
    day: str | None
    power: int | None
    scale: Decimal
    decimal: str | None
    continental: bool
    day_first: bool | None
    notes: tuple[str, ...]

    @property
    def used(self) -> tuple[int, ...]:
        """The places of the columns that are read, each once."""
        places = (self.amount, *self.currency, *self.date, self.month, self.power)
        return tuple(dict.fromkeys(place for place in places if place is not None))


def plan(
    columns: Sequence[str],
    sample: Sequence[Sequence[str | None]],
    asked: Wishes,
    source: str,
    *,
    continental: bool = False,
) -> Plan:
    """Choose the columns by the header and the cells of the first rows, as ``read`` does.

    ``continental`` says that the file suggests decimal commas, where no cell decides. Raises
    UsageError or UnreadableInputError, with the columns that there are.
    """
    frame = _framed(columns, sample)
    own = [str(column) for column in frame.columns]
    said, code, day = _said(own, asked)
    mapped = _by_name_alone(match_columns(Contents(frame), said, source), own, said)
    if "amount" not in mapped.names:
        raise UnreadableInputError(
            f"{source}: no column of single amounts; name it with --amount COLUMN", source
        )
    amount = mapped.names["amount"]
    currency = () if code else _currency(mapped, asked)
    date, day = _dates(mapped, said, asked, day)
    if asked.policy.dated and not date and day is None:
        raise UsageError(_which_date(own, source))
    scale = said.scale if said.scale is not None and mapped.scale == 1 else mapped.scale
    unit = _code(mapped)
    set_code = unit or said.fixed.get("currency")
    decimal = decimal_mark(_cells(frame, amount)).decimal
    days = [cell for name in date for cell in _cells(frame, name)]
    order = day_order(days)
    return Plan(
        own.index(amount),
        tuple(map(own.index, currency)),
        code or set_code,
        unit if code is None and asked.currency is None else None,
        tuple(map(own.index, date)),
        _place(own, mapped.month) if date else None,
        _as_day(day),
        _place(own, mapped.power),
        scale,
        said.decimal or decimal,
        continental and decimal is None,
        order and order.day_first,
        (
            *_guessed(asked, amount, currency, set_code, date),
            *_of_scale(asked, amount, mapped, scale),
            *_of_days(days, order),
        ),
    )


def _place(columns: Sequence[str], name: str | None) -> int | None:
    return None if name is None else columns.index(name)


def _framed(columns: Sequence[str], sample: Sequence[Sequence[str | None]]) -> pd.DataFrame:
    """The first rows as a frame whose columns have names of their own."""
    width = len(columns)
    rows = [[*row, *[None] * width][:width] for row in sample]
    return told_apart(pd.DataFrame(rows, columns=list(columns), dtype="object"))


def _which_date(columns: Sequence[str], source: str) -> str:
    return (
        f"{source}: no column of dates among {', '.join(columns[:30])}; say --date COLUMN, "
        "one date for all rows (--date 2024-11-04), or a policy without dates (--policy closing)"
    )


def _said(columns: Sequence[str], asked: Wishes) -> tuple[Told, str | None, str | None]:
    """What was said of the columns, and a code or a day given in place of one."""
    given = dict(asked.told.columns)
    code = day = None
    if asked.amount is not None:
        given["amount"] = _own(columns, asked.amount, "amount")
    if asked.currency is not None and asked.currency in columns:
        given["currency"] = asked.currency
    elif asked.currency is not None:
        found = code_of(asked.currency, asked.rates)
        if isinstance(found, UsageError):
            raise UsageError(
                f"{asked.currency!r} is neither a column nor a currency ({found}); {_has(columns)}"
            )
        code = found
    if asked.date is not None and asked.date in columns:
        given["value_date"] = asked.date
    elif asked.date is not None:
        day = _as_day(asked.date)
        if day is None:
            near = get_close_matches(asked.date, columns, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise UsageError(
                f"{asked.date!r} is neither a column nor a date{hint}; {_has(columns)}"
            )
    alone = (*asked.told.alone, *(name for name in _ours(columns) if name not in given.values()))
    return asked.told._replace(columns=given, alone=alone), code, day


def _ours(columns: Sequence[str]) -> list[str]:
    """The columns that an earlier conversion added."""
    if not any(name.startswith("rate_date") for name in columns):
        return []
    return [name for name in columns if _OURS.fullmatch(name)]


def _by_name_alone(mapped: Mapped, columns: Sequence[str], said: Told) -> Mapped:
    """A column named "Currency" or "Date" is one, however few of its cells can be read."""
    names = dict(mapped.names)
    for column in ("currency", "value_date"):
        free = [one for one in columns if one not in (*names.values(), *said.alone)]
        found = [(term.order, one) for one in free if (term := entry_of(one, column)) is not None]
        if column not in names and found:
            names[column] = min(found)[1]
    return mapped._replace(names=names)


def _as_day(text: str | None) -> str | None:
    """A date for all rows as ISO text of its precision."""
    if text is None:
        return None
    try:
        return str(parse_iso(text))
    except UsageError:
        found = read_day(text)
    return None if found.date is None else str(Asked(found.date, found.precision or "day"))


def _own(columns: Sequence[str], name: str, role: str) -> str:
    if name not in columns:
        near = get_close_matches(name, columns, 1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise UsageError(f"there is no column {name!r} for the {role}; {hint}{_has(columns)}")
    return name


def _has(columns: Sequence[str]) -> str:
    return f"the table has {', '.join(columns[:30]) or 'no columns'}"


def _currency(mapped: Mapped, asked: Wishes) -> tuple[str, ...]:
    """The columns of currencies; one that speaks of an origin says nothing of named amounts."""
    own = mapped.names.get("currency")
    if own is None:
        return ()
    if mapped.currency and asked.currency is None and fold(own).startswith(_OF_ORIGIN):
        return ()
    return (own, *mapped.fills.get("currency", ()))


def _dates(
    mapped: Mapped, said: Told, asked: Wishes, day: str | None
) -> tuple[tuple[str, ...], str | None]:
    """The columns of dates, of the money before what was published, and a day for the rest."""
    if day is not None or not asked.policy.dated:
        return (), day
    found = [
        name
        for column in ("value_date", "published")
        if (own := mapped.names.get(column)) is not None
        for name in (own, *mapped.fills.get(column, ()))
    ]
    return tuple(dict.fromkeys(found)), said.fixed.get("date") or said.fixed.get("published")


def _cells(frame: pd.DataFrame, name: str) -> list[str]:
    return [str(cell) for cell in frame[name].tolist() if isinstance(cell, str) and cell]


def _code(mapped: Mapped) -> str | None:
    return "USD" if mapped.currency == "$" else mapped.currency


def _guessed(
    asked: Wishes,
    amount: str,
    currency: Sequence[str],
    code: str | None,
    date: Sequence[str],
) -> list[str]:
    """What was guessed, in one line."""
    guessed = []
    named = asked.told.columns
    if asked.amount is None and "amount" not in named:
        guessed.append(f"amount = {amount!r}")
    if asked.currency is None and "currency" not in named:
        told = f"{code} throughout" if code else "the sign beside each amount"
        guessed.append(f"currency = {_listed(currency) if currency else told}")
    if date and asked.date is None and "value_date" not in named:
        guessed.append(f"date = {_listed(date)}")
    return [f"columns: {', '.join(guessed)}"] if guessed else []


def _listed(names: Iterable[str]) -> str:
    return ", else ".join(map(repr, names))


def _of_scale(asked: Wishes, amount: str, mapped: Mapped, scale: Decimal) -> list[str]:
    if mapped.amount.kind == "constant":
        return [
            f"{amount!r} is in the prices of another year: what it is converted to is no amount of "
            "its day; see pledgecalc constant"
        ]
    if mapped.power is not None:
        return [f"{amount!r} counts in powers of ten: those of {mapped.power!r}"]
    if scale == 1:
        return []
    word = _SCALES.get(scale, f"unit of {scale:f}")
    targets = " and ".join(f"amount_{one.lower()}" for one in asked.to)
    return [f"{amount!r} is in {word}s: {targets} counts single units"]


def _of_days(days: Sequence[str], order: Order | None) -> list[str]:
    """The order of day and month; spreadsheet days, fiscal years, quarters: an example of each."""
    notes = [] if order is None else [f"dates such as {order.example} show: {order.shown}"]
    found: dict[str, str] = {}
    for cell in dict.fromkeys(days):
        form = read_day(cell, day_first=None if order is None else order.day_first).form
        if form is not None:
            found.setdefault(form, cell)
    return [*notes, *(FORMS[form].format(cell) for form, cell in found.items())]
