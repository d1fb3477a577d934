"""What the documents support, by donor and receiver: the sentence at the top and its rows."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any, NamedTuple

from ...text.amount_words import amount_words
from ..cells import clean, missing, span
from ..sections import records
from .anchors import anchor, clipped, listed, plural
from .shown import MOST_PAIRS, ForPage, PairSum

_IN_SENTENCE = 3  # sums; of more the table has the rest
_LEFT_OUT = 8  # reasons
_ROWS = 40  # of one sum
_TOGETHER = 8  # donors of one pledge that get a sum each
_ARTICLE = re.compile(
    r"^United |(?:Union|Nations|Netherlands|Philippines|Fund|Bank|Alliance|Commission|Partnership)$"
)
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
    uncounted: int
    left_out: tuple[tuple[str, int], ...]


class Sums(NamedTuple):
    """The sums, the largest first; ``first`` are those of the sentence, ``more`` the rest."""

    pairs: tuple[SumOfTwo, ...]
    first: tuple[SumOfTwo, ...]
    more: int
    unknown: int  # pairs beyond those that are summed
    open: int = 0  # pairs of which one side is not named, in no sum of their own


def sums(result: ForPage) -> Sums:
    """Sum the pledges of each donor for each receiver, the pairs with most money first."""
    sizes = _sizes(result)
    order = sorted(sizes, key=lambda key: (-sizes[key], str(key[0]), str(key[1])))
    apart = [key for key in order if not _stands(key, sizes)]
    order = [key for key in order if _stands(key, sizes)]
    made = [_pair(key, result) for key in order[:MOST_PAIRS]]
    pairs = sorted(made, key=lambda one: (-one.order, one.between))
    first = tuple(pairs[:_IN_SENTENCE])
    unknown = len(order) - len(made)
    return Sums(tuple(pairs), first, len(order) - len(first), unknown, len(apart))


_Key = tuple[str | None, str | None]


def _sizes(result: ForPage) -> dict[_Key, float]:
    """How much money each donor and receiver have between them, roughly, to put them in order.

    What several gave together counts in the sum of each.
    """
    code = result.currency.lower()
    sizes: dict[_Key, float] = {}
    columns = ["donor", "recipient", *(f"{end}_{code}" for end in _ENDS)]
    for row in records(result.pledges[columns]):
        size = next((row[f"{end}_{code}"] for end in _ENDS if row[f"{end}_{code}"]), 0.0)
        for donor in _parties(row["donor"]):
            for recipient in _parties(row["recipient"]):
                key = (donor, recipient)
                sizes[key] = sizes.get(key, 0.0) + size
    return sizes


def _parties(cell: str | None) -> list[str | None]:
    return [*str(cell).split("|")[:_TOGETHER]] if cell else [None]


def _stands(key: _Key, sizes: dict[_Key, float]) -> bool:
    """Whether a pair has a sum of its own: both are named, or one is and nothing else of it.

    A sum of all receivers would hold the sums of those that are named once more.
    """
    donor, recipient = key
    if donor and recipient:
        return True
    if donor or recipient:
        return not any(
            a and b and (donor or a, recipient or b) == (a, b) for a, b in sizes if (a, b) != key
        )
    return len(sizes) == 1


def _pair(key: tuple[str | None, str | None], result: ForPage) -> SumOfTwo:
    donor, recipient = key
    found = result.total(donor, recipient)
    who = clipped(_named(donor), 90) or "donors not named"
    whom = clipped(_named(recipient), 90) or "receivers not named"
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
        max(len(found.included) - _ROWS, 0),
        tuple(Counter(map(_reason, records(found.excluded))).most_common(_LEFT_OUT)),
    )


def _named(cell: str | None) -> str:
    """Names as they stand in a sentence: ``the European Union``."""
    names = [f"the {one}" if _ARTICLE.search(one) else one for one in str(cell or "").split("|")]
    return listed("|".join(names))


def _reach(found: PairSum) -> str:
    if missing(found.low):
        return "an amount that cannot be told"
    text = clean(found.range_text)
    if text.startswith("a question"):
        return "an amount that is a question"
    return text.replace(", but for a question", " (one amount is a question)")


def _counted(found: PairSum) -> list[InSum]:
    code = found.currency.lower()
    rows: list[dict[str, Any]] = records(found.included.head(_ROWS))
    return [
        InSum(
            clipped(row["text"]),
            anchor("p", row["pledge_id"]),
            span(row[f"low_{code}"], row[f"low_{code}"]),
            span(row[f"high_{code}"], row[f"high_{code}"]),
            clipped(row["reason"], 600),
        )
        for row in rows
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
