"""Pairs worth weighing in a crowded block, where weighing all that share a key takes too long.

Each group is weighed against the likeliest few of those near it by key and date. How likely is
judged by arrays from the table of bits: amounts, days, names and words, without the sentences.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from ..values.slack import VERSIONS
from ..values.valuation import Valuation
from .amounts import rate_of
from .bits import LINK
from .days import FAR_DAYS, LIMITS, PRINTED, TOLD
from .group import Group
from .rows import Claim

CROWDED = 2_000  # groups of one donor and recipient from which on only the likeliest are weighed
_FEW = 10  # a pledge has a handful of independent voices, and each needs only some of the others
_CHUNK = 2_000_000
_UNDATED = -(10**6)

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def likeliest(
    groups: Sequence[Group],
    of_key: Mapping[tuple[str, ...], Sequence[int]],
    window: int,
    valuation: Valuation,
) -> list[tuple[int, int]]:
    """Pairs of places in ``groups``: for each the likeliest of those near it under any key."""
    pairs = _near(of_key.values(), window, len(groups))
    seen = _Arrays(groups, valuation)
    scores = [
        seen.likelihood(*np.divmod(pairs[start : start + _CHUNK], len(groups)))
        for start in range(0, len(pairs), _CHUNK)
    ]
    a, b = np.divmod(pairs, len(groups))
    chosen = _best(a, b, np.concatenate(scores) if scores else np.empty(0))
    return list(zip(a[chosen].tolist(), b[chosen].tolist(), strict=True))


def _near(blocks: Iterable[Sequence[int]], window: int, count: int) -> Ints:
    """Every pair of places at most ``window`` apart in a block, as one number each."""
    found: list[Ints] = []
    for block in blocks:
        places = np.asarray(block, dtype=np.int64)
        steps = range(1, min(window, len(places) - 1) + 1)
        found += [places[:-step] * count + places[step:] for step in steps]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)


def _best(a: Ints, b: Ints, scores: Floats) -> Ints:
    """The pairs that are among the likeliest few of either side."""
    found = []
    number = np.arange(len(a))
    for side in (a, b):
        order = np.lexsort((number, -scores, side))
        sides = side[order]
        starts = np.r_[True, sides[1:] != sides[:-1]] if len(sides) else np.empty(0, dtype=bool)
        first = np.maximum.accumulate(np.where(starts, np.arange(len(sides)), 0))
        found.append(order[np.arange(len(sides)) - first < _FEW])
    chosen = np.unique(np.concatenate(found))
    return chosen[scores[chosen] > -np.inf]


class _Arrays:
    """What of the groups is judged, as arrays."""

    def __init__(self, groups: Sequence[Group], valuation: Valuation) -> None:
        self.day = np.array([one.published[0] if one.published else _UNDATED for one in groups])
        stated = [one.stated[0] if one.stated else (_UNDATED, _UNDATED) for one in groups]
        self.first = np.array([first for first, _last in stated])
        self.last = np.array([last for _first, last in stated])
        self.names = _bit_sets([one.names for one in groups])
        self.words = _bit_sets([one.words for one in groups])
        claims = [one.amounts[0] if one.amounts else None for one in groups]
        self.amount = np.array([_amount(claim) for claim in claims])
        self.size = self.amount * np.array([_euros(claim, valuation) for claim in claims])
        codes: dict[str, int] = {}
        currencies = [(claim.currency if claim else None) or "" for claim in claims]
        self.currency = np.array([codes.setdefault(code, len(codes)) for code in currencies])

    def likelihood(self, a: Ints, b: Ints) -> Floats:
        """Bits for each pair, as far as arrays can tell."""
        with np.errstate(invalid="ignore"):
            ratio = np.where(
                self.currency[a] == self.currency[b],
                self.amount[a] / self.amount[b],
                self.size[a] / self.size[b],
            )
            apart = np.maximum(ratio, 1 / ratio)
        score = np.full(len(a), float(LINK["amount-different"]))
        score[np.isnan(apart)] = 0.0
        score[apart < 1 + VERSIONS] = LINK["amount-near"]
        score[apart < 1.03] = LINK["amount-overlap"]
        score[(apart == 1) & (self.currency[a] == self.currency[b])] = LINK["amount-same-2"]
        score += self._days(a, b)
        for sets, same, other in (
            (self.names, LINK["name-same"], LINK["name-different"]),
            (self.words, LINK["word-same"], LINK["words-different"]),
        ):
            shared = (sets[a] & sets[b]) != 0
            both = (sets[a] != 0) & (sets[b] != 0)
            score += np.where(shared, same, np.where(both, other, 0.0))
        named = (self.names[a] & self.names[b]) != 0
        dated = (self.day[a] != _UNDATED) & (self.day[b] != _UNDATED)
        far = dated & (np.abs(self.day[a] - self.day[b]) > FAR_DAYS)
        told = (self.first[a] != _UNDATED) | (self.first[b] != _UNDATED)
        score[far & ~named & ~told] = -np.inf
        return score

    def _days(self, a: Ints, b: Ints) -> Floats:
        days = np.abs(self.day[a] - self.day[b])
        limits = np.array(LIMITS)
        printed = np.array([LINK[name] for name in PRINTED])[np.searchsorted(limits, days)]
        said = np.zeros(len(a), dtype=bool)
        gap = np.full(len(a), 10**6)
        for x, y in ((a, b), (b, a)):
            stated = self.first[x] != _UNDATED
            first = np.where(self.first[y] != _UNDATED, self.first[y], self.day[y])
            last = np.where(self.first[y] != _UNDATED, self.last[y], self.day[y])
            between = np.maximum(np.maximum(first - self.last[x], self.first[x] - last), 0)
            gap = np.where(stated, np.minimum(gap, between), gap)
            said |= stated
        told = np.array([LINK[name] for name in TOLD])[np.searchsorted(limits, gap)]
        dated = (self.day[a] != _UNDATED) & (self.day[b] != _UNDATED)
        found: Floats = np.where(said, told, np.where(dated, printed, 0.0))
        return found


def _amount(claim: Claim | None) -> float:
    return claim.amount if claim and claim.amount else math.nan


def _euros(claim: Claim | None, valuation: Valuation) -> float:
    """The euros for one unit of a claim's currency, where they are known."""
    rate = rate_of(claim.currency, "EUR", claim, valuation).rate if claim else None
    return rate or math.nan


def _bit_sets(items: Sequence[Sequence[str]]) -> npt.NDArray[np.uint64]:
    """Words as bits of one number; the commonest have their own, others share."""
    counts: dict[str, int] = defaultdict(int)
    for words in items:
        for word in words:
            counts[word] += 1
    order = sorted(counts, key=lambda word: (-counts[word], word))
    bit = {word: np.uint64(1) << np.uint64(number % 64) for number, word in enumerate(order)}
    found = np.zeros(len(items), dtype=np.uint64)
    for place, words in enumerate(items):
        for word in words:
            found[place] |= bit[word]
    return found
