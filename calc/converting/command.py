"""``pledgecalc convert TABLE``: what the command line asks, and what it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from rates.errors import UsageError
from rates.fixings import Fixings

from .added import Count
from .table import copy
from .wishes import wishes

MOST_REASONS = 4  # told one by one


class Answer(NamedTuple):
    """Notes for a person, and how many rows with an amount have no result."""

    notes: tuple[str, ...]
    missing: int


def convert_file(
    words: Sequence[str],
    *,
    to: Sequence[str],
    amount: str | None = None,
    currency: str | None = None,
    date: str | None = None,
    policy: str = "spot",
    rates: Fixings | None = None,
    output: str | None = None,
    form: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    decimal: str | None = None,
    unit: Decimal | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Answer:
    """Convert the one table that ``words`` names into ``output`` or to stdout.

    Raises UsageError and UnreadableInputError; rows without a rate are counted, not raised.
    """
    path, *more = words
    wanted = [*more, *to]
    if not wanted:
        raise UsageError(f"convert needs the currency wanted: pledgecalc convert {path} --to USD")
    if form == "markdown":
        raise UsageError("a converted table is written as csv or json, or as -o says by its ending")
    asked = wishes(
        ",".join(wanted),
        policy=policy,
        rates=rates,
        amount=amount,
        currency=currency,
        date=date,
        decimal=decimal,
        unit=unit,
    )
    done = copy(
        path,
        output,
        asked,
        form=None if form == "table" else form,
        sheet=sheet,
        encoding=encoding,
        progress=progress,
    )
    return Answer((*done.notes, *told(done.count, asked.to)), done.count.missing)


def told(count: Count, codes: Sequence[str]) -> tuple[str, ...]:
    """How many rows were converted, and why the others were not.

    >>> told(Count(10, 1, (("the date is missing", 2),)), ("USD",))
    ('7 of 10 rows converted to USD; no rate for 2: the date is missing; 1 without an amount',)
    """
    left = count.rows - count.missing - count.blank
    parts = [f"{left:,} of {count.rows:,} rows converted to {' and '.join(codes)}"]
    ordered = sorted(count.reasons, key=lambda one: (-one[1], one[0]))
    if len(ordered) == 1:
        parts.append(f"no rate for {ordered[0][1]:,}: {ordered[0][0]}")
    elif ordered:
        shown = [f"{number:,} × {reason}" for reason, number in ordered[:MOST_REASONS]]
        if len(ordered) > MOST_REASONS:
            shown.append(f"{len(ordered) - MOST_REASONS} other reasons")
        parts.append(f"no result for {count.missing:,} ({'; '.join(shown)})")
    if count.blank:
        parts.append(f"{count.blank:,} without an amount")
    return ("; ".join(parts),)
