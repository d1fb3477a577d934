"""``pledgecalc convert TABLE``: what the command line asks, and what it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rates.errors import UsageError

from .added import Count
from .table import copy
from .wishes import wishes

MOST_REASONS = 6  # told one by one


class Told(NamedTuple):
    """Notes for a person, and how many rows with an amount have no result."""

    notes: tuple[str, ...]
    missing: int


def convert_file(options: Mapping[str, Any]) -> Told:
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
    named = {key: options.get(key) for key in ("amount", "currency", "decimal", "unit", "rates")}
    asked = wishes(",".join(wanted), policy=options["policy"], date=options.get("on"), **named)
    done = copy(
        path,
        options.get("output"),
        asked,
        form=None if form == "table" else form,
        sheet=options.get("sheet"),
        encoding=options.get("encoding"),
        progress=options.get("progress"),
    )
    return Told((*done.notes, *told(done.count, asked.to)), done.count.missing)


def told(count: Count, codes: Sequence[str]) -> tuple[str, ...]:
    """How many rows were converted, and why the others were not, the most frequent reason first.

    >>> told(Count(9, 0, (("the date is missing", 2),)), ("USD",))
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
