"""The amounts of a sentence: a figure alone, or an original with the figures that convert it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from ..figures import Figure
from .evidence import CurrencyChoice, Setting, from_document, from_giver, from_pair, rate_agrees
from .pairs import base_of, conversion_groups

_PART_OF = re.compile(r"\sof\s(?:the|its|their|a|an|that|this)\s(?:\w+\s)?")


class StatedAmount(NamedTuple):
    """Figures that state one amount, with the stretch of the sentence that is theirs alone.

    ``start`` and ``end`` take in the qualifier and a closing bracket; ``after`` is where the last
    amount before this one ended (0 for the first), ``until`` where the next one starts.
    """

    members: list[Figure]
    start: int
    end: int
    after: int
    until: int
    first: int  # where the first amount of the sentence starts


def amounts_of(
    sentence: str, inside: Sequence[Figure], published: datetime.date | None = None
) -> list[StatedAmount]:
    """The amounts of ``sentence``, in order; positions count from its start."""
    if len(inside) == 1:
        start = _start(inside[0])
        return [StatedAmount(list(inside), start, inside[0].end, 0, len(sentence), start)]
    grouped = conversion_groups(sentence, inside, partial(rate_agrees, published=published))
    alone = set(range(len(inside))) - {index for group in grouped for index in group}
    members = [[inside[k] for k in group] for group in sorted(grouped + [[k] for k in alone])]
    starts = [_start(group[0]) for group in members]
    ends = [_end(sentence, group) for group in members]
    until = [*starts[1:], len(sentence)]
    for k in range(len(members) - 1):
        # "20 of the 50 billion from Washington": what follows speaks of the part
        if _PART_OF.fullmatch(sentence, ends[k], starts[k + 1]):
            until[k] = starts[k + 2] if k + 2 < len(starts) else len(sentence)
    return [
        StatedAmount(group, start, end, after, until, starts[0])
        for group, start, end, after, until in zip(
            members, starts, ends, [0, *ends[:-1]], until, strict=True
        )
    ]


def _start(figure: Figure) -> int:
    """Where a figure begins with a qualifier before it; "or more" stands behind."""
    span = figure.qualifier_span
    return min(figure.start, span[0]) if span else figure.start


def _end(sentence: str, group: Sequence[Figure]) -> int:
    end = group[-1].end
    return end + 1 if len(group) > 1 and sentence[end : end + 1] in (")", "]") else end


def decide_currencies(
    members: Sequence[Figure], setting: Setting
) -> tuple[list[CurrencyChoice], int]:
    """The currency of each member with what decided it, and the index of the original."""
    decisions = [CurrencyChoice(figure.currency, figure.currency_basis) for figure in members]
    if len(members) == 1 and decisions[0].basis != "ambiguous":
        return decisions, 0
    for k in range(1, len(members)):
        first, decisions[k] = from_pair(members[0], members[k], setting)
        if decisions[0].basis == "ambiguous":
            decisions[0] = first
    for k, figure in enumerate(members):
        ways = (from_document(figure, setting.everywhere), from_giver(figure, setting.own))
        if decisions[k].basis == "ambiguous":
            decisions[k] = next((way for way in ways if way.basis != "ambiguous"), decisions[k])
        if setting.doubts(decisions[k], figure):
            decisions[k] = CurrencyChoice(figure.currency, figure.currency_basis)
    resolved = [
        figure._replace(currency=found.currency or figure.currency, currency_basis=found.basis)
        for figure, found in zip(members, decisions, strict=True)
    ]
    return decisions, base_of(resolved, setting.own) if len(members) > 1 else 0
