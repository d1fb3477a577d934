"""``pledgecalc convert TABLE``: what the command line asks, and what it is told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rates.errors import UsageError

from ..tables.told import ALONE, told
from .added import Count
from .table import copy
from .wishes import wishes

_NEXT_PAIR = re.compile(r",(?=\s*\w+\s*=)")  # other commas belong to a value
MOST_REASONS = 6  # told one by one


class Done(NamedTuple):
    """Notes for a person, and how many rows with an amount have no result."""

    notes: tuple[str, ...]
    missing: int


def convert_file(options: Mapping[str, Any]) -> Done:
    """Convert the one table that ``words`` names; ``options`` are those of the command line.

    Raises UsageError and UnreadableInputError; rows without a rate are counted, not raised.
    """
    path, *more = options["words"]
    form = options.get("format") or "table"
    wanted = [*more, *options["into"]]
    if not wanted:
        raise UsageError(f"convert needs the currency wanted: pledgecalc convert {path} --to USD")
    if form == "markdown":
        raise UsageError("a converted table is csv or json, or what the ending after -o says")
    said = told(
        columns_by_name(pairs(options.get("columns"))),
        dict(pairs(options.get("set"))),
        options.get("decimal"),
        options.get("sheet"),
    )
    named = {key: options.get(key) for key in ("amount", "currency", "rates")}
    policy, date = options["policy"], options.get("on")
    asked = wishes(",".join(wanted), policy=policy, date=date, told=said, **named)
    done = copy(
        path,
        options.get("output"),
        asked,
        form=None if form == "table" else form,
        encoding=options.get("encoding"),
        progress=options.get("progress"),
    )
    return Done((*done.notes, *in_words(done.rows, asked.to)), done.rows.missing)


def pairs(text: str | None) -> list[tuple[str, str]]:
    """Pairs as in ``amount=Value, in EUR,currency=Cur``: a value may hold commas.

    >>> pairs("amount=Value, in EUR,currency=Cur")
    [('amount', 'Value, in EUR'), ('currency', 'Cur')]
    """
    found = []
    for part in _NEXT_PAIR.split(text) if text else ():
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value:
            raise UsageError(f"{text!r}: write it as amount=Value,currency=Cur")
        found.append((key, value))
    return found


def columns_by_name(pairs: Sequence[tuple[str, str]]) -> dict[str, str | list[str]]:
    """The columns that were named; several may be left alone: none=ID,none=Total.

    >>> columns_by_name([("amount", "Value"), ("none", "ID")])
    {'amount': 'Value', 'none': ['ID']}
    """
    found: dict[str, str | list[str]] = dict(pairs)
    alone = [own for column, own in pairs if column == ALONE]
    return {**found, ALONE: alone} if alone else found


def in_words(count: Count, codes: Sequence[str]) -> tuple[str, ...]:
    """How many rows were converted, and why the others were not, the most frequent reason first.

    >>> in_words(Count(9, 0, (("the date is missing", 2),)), ("USD",))
    ('7 of 9 rows converted to USD', '2 rows without a rate: the date is missing')
    """
    left = count.rows - count.missing - count.blank
    first = f"{left:,} of {count.rows:,} rows converted to {' and '.join(codes)}"
    blank = f", {count.blank:,} without an amount" if count.blank else ""
    ordered = sorted(count.reasons, key=lambda one: (-one[1], one[0]))
    notes = [
        f"{number:,} row{'s' if number > 1 else ''} without a rate: {reason}"
        for reason, number in ordered[:MOST_REASONS]
    ]
    rest = sum(number for _, number in ordered[MOST_REASONS:])
    if rest:
        notes.append(f"{rest:,} more rows without a rate, each with its reason in rate_note")
    return (first + blank, *notes)
