"""What the documents support, by donor and receiver: the sentence at the top and its rows."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any, NamedTuple

from ...text.amount_words import amount_words
from ..cells import clean, missing, span
from ..sections import records
from .anchors import anchor, clipped, listed, plural
from .shown import MOST_PAIRS, ForPage, PairSum

_IN_SENTENCE = 3  # sums; of more the table has the rest
_LEFT_OUT = 8  # reasons
_ENDS = ("amount", "high", "low")


class InSum(NamedTuple):
    """A pledge in a sum: its words, its anchor, what it counts for, and why."""

    words: str
    at: str
    low: str
    high: str
    why: str


class SumOfTwo(NamedTuple):
    """The sum of one donor for one receiver; ``between`` says who they are in words."""

    between: str
    donor: str
    recipient: str
    reach: str
    low: str
    likely: str
    high: str
    order: float
    note: str
    pledges: int
    counted: tuple[InSum, ...]
    left_out: tuple[tuple[str, int], ...]


class Sums(NamedTuple):
    """The sums, the largest first; ``first`` are those of the sentence, ``more`` the rest."""

    pairs: tuple[SumOfTwo, ...]
    first: tuple[SumOfTwo, ...]
    more: int
    unknown: int  # pairs beyond those that are summed


def sums(result: ForPage) -> Sums:
    """Sum the pledges of each donor for each receiver, the pairs with most money first."""
    code = result.currency.lower()
    sizes: dict[tuple[str | None, str | None], float] = {}
    parties = ["donor", "recipient"]
    for row in records(result.pledges[[*parties, *(f"{end}_{code}" for end in _ENDS)]]):
        key = (row["donor"] or None, row["recipient"] or None)
        size = next((row[f"{end}_{code}"] for end in _ENDS if row[f"{end}_{code}"]), 0.0)
        sizes[key] = sizes.get(key, 0.0) + size
    order = sorted(sizes, key=lambda key: (-sizes[key], str(key[0]), str(key[1])))
    made = [_pair(key, result) for key in order[:MOST_PAIRS]]
    pairs = sorted(made, key=lambda one: (-one.order, one.between))
    first = tuple(pairs[:_IN_SENTENCE])
    return Sums(tuple(pairs), first, len(order) - len(first), len(order) - len(made))


def _pair(key: tuple[str | None, str | None], result: ForPage) -> SumOfTwo:
    donor, recipient = key
    found = result.total(donor, recipient)
    who = clipped(listed(donor), 90) or "all donors together"
    whom = clipped(listed(recipient), 90) or "all receivers together"
    amounts = (found.low, found.likely, found.plausible_high)
    low, likely, high = ("" if missing(one) else amount_words(one) for one in amounts)
    inside = found.low < found.likely < found.plausible_high
    return SumOfTwo(
        f"{who} to {whom}",
        who,
        whom,
        _reach(found),
        low or "unknown",
        likely if inside else "",
        high or "unknown",
        0.0 if math.isnan(found.low) else max(found.plausible_high, found.low),
        clean(found.note),
        len(found.included),
        tuple(_counted(found)),
        tuple(Counter(map(_reason, records(found.excluded))).most_common(_LEFT_OUT)),
    )


def _reach(found: PairSum) -> str:
    if missing(found.low):
        return "an amount that cannot be told"
    return clean(found.range_text).replace("a question, no number", "an amount that is a question")


def _counted(found: PairSum) -> list[InSum]:
    code = found.currency.lower()
    rows: list[dict[str, Any]] = records(found.included)
    return [
        InSum(
            clipped(row["text"]),
            anchor("p", row["pledge_id"]),
            span(row[f"low_{code}"], row[f"low_{code}"]),
            span(row[f"high_{code}"], row[f"high_{code}"]),
            clipped(row["reason"], 600),
        )
        for row in rows[:200]
    ]


def _reason(row: dict[str, Any]) -> str:
    return clipped(row["reason"], 200).partition(" ('")[0]


def told(found: Sums, documents: int) -> str:
    """The sentence without its marks, for the head of the file.

    >>> told(Sums((), (), 0, 0), 2)
    'No pledge was found in 2 documents.'
    """
    if not found.pairs:
        return f"No pledge was found in {plural(documents, 'document')}."
    sums = "; ".join(f"{one.reach} from {one.between}" for one in found.first)
    return f"{plural(documents, 'document')}: {sums}."
