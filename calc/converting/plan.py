"""Which columns of a table hold amount, currency and date, and how its cells are written."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from rates.errors import UnreadableInputError, UsageError
from rates.frames.grid import code_of
from rates.policies import Asked, parse_iso

from ..tables.cells import day_order, read_day
from ..tables.columns import Mapped, match_columns
from .cells import number_style
from .wishes import Wishes

_SCALES = {Decimal(1000): "thousand", Decimal(10**6): "million", Decimal(10**9): "billion"}


class Plan(NamedTuple):
    """The columns to read by their places, and what their cells need to be understood.

    ``currency`` is a column, else ``code`` is the currency of every row that names none; ``date``
    is a column, else ``day`` is the date of all rows. ``continental`` says that a comma begins the
    decimals, None that no cell shows it. ``notes`` tell a person what was guessed.
    """

    amount: int
    currency: int | None
    code: str | None
    date: int | None
    day: str | None
    scale: Decimal
    continental: bool | None
    day_first: bool | None
    notes: tuple[str, ...]

    @property
    def used(self) -> tuple[int, ...]:
        """The places of the columns that are read, each once."""
        places = (self.amount, self.currency, self.date)
        return tuple(dict.fromkeys(place for place in places if place is not None))


def plan(
    columns: Sequence[str],
    sample: Sequence[Sequence[str | None]],
    asked: Wishes,
    source: str,
    *,
    continental: bool | None = None,
) -> Plan:
    """Choose the columns of a table by its header and the cells of its first rows.

    ``continental`` is what the file as a whole suggests, where no cell decides. Raises UsageError
    or UnreadableInputError, with the columns that there are.
    """
    given, code, day = _given(columns, asked)
    mapped = match_columns(list(columns), given, source)
    if "amount" not in mapped.names:
        raise UnreadableInputError(
            f"{source}: no column of single amounts; name it with --amount COLUMN", source
        )
    currency = None if code else mapped.names.get("currency")
    date = None
    if asked.policy.dated and day is None:
        date = mapped.names.get("value_date") or mapped.names.get("published")
        if date is None:
            raise UsageError(
                f"{source}: no column of dates among {', '.join(columns[:30])}; say --date COLUMN, "
                "one date for all rows (--date 2024-11-04), or a policy without dates "
                "(--policy closing)"
            )
    amount = mapped.names["amount"]
    cells = {
        name: _column(columns, sample, name)
        for name in (amount, currency, date)
        if name is not None
    }
    style = number_style(cells[amount])
    order = day_order(cells[date]) if date is not None else None
    scale = mapped.scale if asked.unit is None else asked.unit
    return Plan(
        columns.index(amount),
        None if currency is None else columns.index(currency),
        code or _header_code(mapped),
        None if date is None else columns.index(date),
        day,
        scale,
        _decimal(asked.decimal, style, continental),
        None if order is None else order.day_first,
        _notes(mapped, asked, amount, currency, date, scale),
    )


def _given(columns: Sequence[str], asked: Wishes) -> tuple[dict[str, str], str | None, str | None]:
    """The columns that a person named, and a code or a day given in their place."""
    given: dict[str, str] = {}
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
        day = _day(columns, asked.date)
    return given, code, day


def _day(columns: Sequence[str], text: str) -> str:
    """A date for all rows, as ISO text of its precision."""
    try:
        return str(parse_iso(text))
    except UsageError:
        found = read_day(text)
    if found.date is None:
        near = get_close_matches(text, columns, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise UsageError(f"{text!r} is neither a column nor a date{hint}; {_has(columns)}")
    return str(Asked(found.date, found.precision or "day"))


def _own(columns: Sequence[str], name: str, role: str) -> str:
    if name not in columns:
        near = get_close_matches(name, columns, 1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise UsageError(f"there is no column {name!r} for the {role}; {hint}{_has(columns)}")
    return name


def _has(columns: Sequence[str]) -> str:
    return f"the table has {', '.join(columns[:30]) or 'no columns'}"


def _column(columns: Sequence[str], sample: Sequence[Sequence[str | None]], name: str) -> list[str]:
    place = columns.index(name)
    return [cell for row in sample if place < len(row) and (cell := row[place])]


def _header_code(mapped: Mapped) -> str | None:
    return "USD" if mapped.currency == "$" else mapped.currency


def _decimal(mark: str | None, style: bool | None, whole: bool | None) -> bool | None:
    if mark is not None:
        return mark == ","
    return style if style is not None else whole


def _notes(
    mapped: Mapped,
    asked: Wishes,
    amount: str,
    currency: str | None,
    date: str | None,
    scale: Decimal,
) -> tuple[str, ...]:
    """What was guessed, in one line, and what the numbers are counted in."""
    guessed = []
    if asked.amount is None:
        guessed.append(f"amount = {amount!r}")
    if asked.currency is None:
        unit = _header_code(mapped)
        told = f"{unit}, as the header says" if unit else "the sign beside each amount"
        guessed.append(f"currency = {currency!r}" if currency else f"currency = {told}")
    if date is not None and asked.date is None:
        guessed.append(f"date = {date!r}")
    notes = [f"columns: {', '.join(guessed)}"] if guessed else []
    if scale != 1:
        word = _SCALES.get(scale, f"units of {scale:f}")
        targets = " and ".join(f"amount_{one.lower()}" for one in asked.to)
        notes.append(f"{amount!r} is in {word}s: {targets} counts single units")
    return tuple(notes)
