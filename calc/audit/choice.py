"""Which policy explains the evidence at the lowest cost, and whether anything else comes close.

Costs are bits: what it takes to name the policy, plus what the rows that it misses would need to
be written down. One policy for the table is paid for once, a policy per currency each time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from . import periods
from .candidates import Candidate
from .evidence import Evidence, deepest
from .own import OWN_BITS, OWN_SPREAD, round_number
from .periods import Periods, Range
from .series import Floats, Legs, Pair

CLEAR_BITS = 4.0  # a rival within this is a tie: 16 times likelier is no proof
CLAIM_BITS = 4.0  # what a policy must save over having none
SWITCH_BITS = 4.0  # for a currency that does not follow the table
_COARSE = 2e-3  # a rate known no better fits some day of any year: it is no evidence for one
_PIVOTS = 3  # currencies whose windows are looked up; one of them may be the odd one out
_MOST_WINDOWS = 300_000  # that fit one currency and are tried on the others
_FITS = 0.5  # of a currency's evidence that a policy may miss and still be listed as a tie
_CONSTANT = 0.5  # of a currency's evidence that one rate explains


class Option(NamedTuple):
    """One explanation: a candidate, a stated column, or a period of the history."""

    name: str
    candidate: Candidate | None = None
    column: tuple[str, bool] | None = None  # its name; whether the rate is the inverse of it
    period: tuple[int, int] | None = None  # places in the history, end exclusive


class Constant(NamedTuple):
    """The one rate that most rows of a currency agree on."""

    low: float
    high: float
    cost: float
    share: float  # of the evidence


class Choice(NamedTuple):
    """The cheapest options with their costs per currency, and what no policy would cost.

    ``tied`` holds all options within ``CLEAR_BITS``, cheapest first; ``apart`` the same for each
    currency by itself.
    """

    total: float
    nothing: float
    tied: tuple[Option, ...]
    more: int  # ties that are not listed
    costs: Floats  # of the first of ``tied``, per currency
    alone: tuple[tuple[Option, ...], ...]
    alone_cost: Floats
    without: Floats  # the cost per currency without any policy
    constants: tuple[Constant | None, ...]

    @property
    def common(self) -> bool:
        """Whether the cheapest option explains at least half of the currencies."""
        follows = self.costs <= np.minimum(self.alone_cost, self.without) + SWITCH_BITS
        follows &= self.costs < self.without + SWITCH_BITS
        return self.total <= self.nothing - CLAIM_BITS and 2 * int(follows.sum()) >= len(follows)

    @property
    def claimed(self) -> Option | None:
        """The one option that explains the table; None when that cannot be said."""
        clear = len(self.tied) == 1 and self.more == 0
        return self.tied[0] if clear and self.common else None


class Offers(NamedTuple):
    """Everything that could explain the table, as columns of one cost matrix."""

    dated: tuple[Candidate, ...]
    dated_rates: tuple[Floats, ...]  # by group
    columns: Mapping[tuple[str, bool], Floats]  # by speaking row
    simple: Periods
    pairs: tuple[Pair | None, ...]  # by currency; None without rates


def choose(evidence: Evidence, offers: Offers, legs: Legs, table: Range) -> Choice:
    """Weigh all offers against the evidence."""
    nothing = evidence.by_currency(evidence.bits)
    constants = tuple(_constant(evidence, one, nothing[one]) for one in range(evidence.currencies))
    own = np.array([one.cost if one else np.inf for one in constants])
    without = np.minimum(nothing, own)
    sorted_bounds = [_Bounds(evidence, one) for one in range(evidence.currencies)]
    dated = [
        nothing - evidence.by_currency(_within(evidence, rate[evidence.group]))
        for rate in offers.dated_rates
    ]
    stated = [
        nothing - evidence.by_currency(_within(evidence, rate)) for rate in offers.columns.values()
    ]
    options = [Option(one.name, candidate=one) for one in offers.dated]
    options += [Option(f"column:{key[0]}", column=key) for key in offers.columns]
    prior = np.array([one.cost for one in offers.dated] + [0.0] * len(stated))
    head = np.array([*dated, *stated]).reshape(len(options), evidence.currencies)
    scored = _Scored(
        options, prior, head, offers.simple, sorted_bounds, nothing, offers.pairs, legs, table
    )
    alone = scored.total_alone().min(axis=0)
    joint = scored.joint(np.minimum(alone, without))
    if _unexplained(scored, joint, constants, without):
        for pivot in _pivots(constants, offers.pairs):
            pair, constant = offers.pairs[pivot], constants[pivot]
            if pair is None or constant is None:
                continue
            found = periods.windows(legs, table, pair, constant.low, constant.high)
            cheapest = np.argsort(found.cost, kind="stable")[:_MOST_WINDOWS]
            scored.add(
                Periods(
                    found.start[cheapest],
                    found.end[cheapest],
                    ("window",) * len(cheapest),
                    found.cost[cheapest],
                )
            )
        alone = scored.total_alone().min(axis=0)
        joint = scored.joint(np.minimum(alone, without))
    return _chosen(scored, joint, alone, without, constants)


def _chosen(
    scored: _Scored,
    joint: Floats,
    alone: Floats,
    without: Floats,
    constants: tuple[Constant | None, ...],
) -> Choice:
    best = int(np.argmin(joint))
    follows = scored.matrix <= np.minimum(alone, without) + SWITCH_BITS
    common = 2 * follows.sum(axis=1) >= len(without)
    tied, more = scored.ties(np.where(common, joint, np.inf) if common[best] else joint)
    totals = scored.total_alone()
    fits = scored.matrix <= _FITS * scored.nothing
    apart = tuple(
        scored.ties(np.where(fits[:, one], totals[:, one], np.inf))[0]
        for one in range(len(without))
    )
    return Choice(
        float(joint[best]),
        float(without.sum()),
        tied,
        more,
        scored.matrix[best],
        apart,
        alone,
        without,
        constants,
    )


class _Bounds:
    """The bounds of one currency, sorted, to ask for any rate what it leaves unexplained."""

    def __init__(self, evidence: Evidence, code: int) -> None:
        mine = evidence.code == code
        bits = evidence.bits[mine]
        by_low, by_high = np.argsort(evidence.low[mine]), np.argsort(evidence.high[mine])
        self.low, self.high = evidence.low[mine][by_low], evidence.high[mine][by_high]
        self.entered = np.r_[0.0, np.cumsum(bits[by_low])]
        self.left = np.r_[0.0, np.cumsum(bits[by_high])]

    def cost(self, rates: Floats) -> Floats:
        """The bits of the rows that each rate does not explain."""
        entered = self.entered[np.searchsorted(self.low, rates, side="right")]
        left = self.left[np.searchsorted(self.high, rates, side="left")]
        inside = np.where(np.isnan(rates), 0.0, entered - left)
        missed: Floats = np.maximum(0.0, self.entered[-1] - inside)
        return missed


class _Scored:
    """All options with their prior bits and their cost per currency."""

    def __init__(
        self,
        options: list[Option],
        prior: Floats,
        head: Floats,
        simple: Periods,
        bounds: list[_Bounds],
        nothing: Floats,
        pairs: tuple[Pair | None, ...],
        legs: Legs,
        table: Range,
    ) -> None:
        self.options, self.legs, self.pairs, self.table = options, legs, pairs, table
        self.bounds, self.nothing = bounds, nothing
        self.prior, self.matrix = prior, head
        self.periods = simple._replace(
            start=simple.start[:0], end=simple.end[:0], kind=(), cost=simple.cost[:0]
        )
        self.add(simple)

    def add(self, found: Periods) -> None:
        columns = []
        for bound, pair, nothing in zip(self.bounds, self.pairs, self.nothing, strict=True):
            if pair is None:
                columns.append(np.full(len(found.start), nothing))
            else:
                columns.append(bound.cost(found.mean(pair)))
        block = np.array(columns).reshape(len(self.bounds), len(found.start)).T
        self.matrix = np.vstack([self.matrix, block])
        self.prior = np.concatenate([self.prior, found.cost])
        self.periods = self.periods.joined(found)

    def total_alone(self) -> Floats:
        """What each option costs each currency by itself.

        Among 25 million windows one fits any single rate: one of several currencies proves none.
        """
        total: Floats = self.matrix + self.prior[:, None]
        if len(self.bounds) > 1:
            searched = np.array([kind == "window" for kind in self.periods.kind], dtype=bool)
            total[len(self.options) :][searched] = np.inf
        return total

    def joint(self, instead: Floats) -> Floats:
        total: Floats = self.prior + np.minimum(self.matrix, SWITCH_BITS + instead).sum(axis=1)
        return total

    def option(self, at: int) -> Option:
        if at < len(self.options):
            return self.options[at]
        place = at - len(self.options)
        span = (int(self.periods.start[place]), int(self.periods.end[place]))
        return Option(periods.name(self.legs, self.periods, place), period=span)

    def _lies_after(self, at: int) -> bool:
        place = at - len(self.options)
        return place >= 0 and periods.lies_after(self.legs, self.periods, place, self.table)

    def ties(self, cost: Floats) -> tuple[tuple[Option, ...], int]:
        """The options within CLEAR_BITS of the cheapest, each name once, and how many more."""
        near = np.flatnonzero((cost <= cost.min() + CLEAR_BITS) & np.isfinite(cost))
        near = near[np.argsort(cost[near], kind="stable")]
        # A column that states the rates explains them best, whatever made the column.
        for at in near:
            if at < len(self.options) and self.options[at].column is not None:
                return (self.options[at],), 0
        known = np.array([not self._lies_after(int(at)) for at in near], dtype=bool)
        near = near[known] if known.any() else near
        named: dict[str, Option] = {}
        for at in near[:60]:
            found = self.option(int(at))
            named.setdefault(found.name, found)
        listed = tuple(named.values())[:8]
        return listed, len(named) - len(listed) + max(0, len(near) - 60)


def _within(evidence: Evidence, rate: Floats) -> Floats:
    inside: NDArray[np.bool_] = (rate >= evidence.low) & (rate <= evidence.high)
    return np.where(inside, evidence.bits, 0.0)


def _constant(evidence: Evidence, code: int, nothing: float) -> Constant | None:
    mine = evidence.code == code
    if not mine.any() or nothing <= 0:
        return None
    low, high, depth = deepest(evidence.low[mine], evidence.high[mine], evidence.bits[mine])
    width = max((high - low) / high, 1e-10)
    digits = OWN_BITS + max(0.0, float(np.log2(OWN_SPREAD / width)))
    own = round_number(low, high)
    digits = digits if own is None else min(digits, own.bits)
    cost = nothing - depth + (0.0 if width > _COARSE else digits)
    return Constant(low, high, float(cost), depth / nothing)


def _unexplained(
    scored: _Scored,
    joint: Floats,
    constants: tuple[Constant | None, ...],
    without: Floats,
) -> bool:
    """Whether most currencies have one rate each that the cheapest option does not explain."""
    costs = scored.matrix[int(np.argmin(joint))]
    steady = [at for at, one in enumerate(constants) if one is not None and one.share >= _CONSTANT]
    missed = [at for at in steady if costs[at] > without[at]]
    return bool(steady) and 2 * len(missed) >= len(steady)


def _pivots(constants: tuple[Constant | None, ...], pairs: tuple[Pair | None, ...]) -> list[int]:
    """The currencies whose one rate says most: narrow against how much the rate ever moved."""
    found = []
    for at, (constant, pair) in enumerate(zip(constants, pairs, strict=True)):
        if constant is None or pair is None or constant.share < _CONSTANT:
            continue
        moved = float(np.nanstd(pair.rate) / np.nanmean(pair.rate))
        width = max((constant.high - constant.low) / constant.high, 1e-10)
        if moved > 0.01:
            found.append((width / moved, at))
    return [at for _, at in sorted(found)[:_PIVOTS]]
