"""What each row says about its rate: an interval, and how many bits that interval is worth.

The printed digits of both columns bound the rate that made a row. Many rows of one currency and
date repeat one fact, so they share one vote, and the best few of them speak for all.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import numpy as np

from .own import round_number
from .series import Floats, Ints

SPREAD = 0.05  # how far apart, relatively, the rates of different policies lie at most
MOST_BITS = 12.0  # of one row: no single row decides
ROWS_PER_DATE = 3  # of one currency and date that speak for the others
DATES_PER_CURRENCY = 3000  # that speak for the others; evenly spread over the dates
_HALF = 0.500001  # a rate exactly between two multiples may go to either
EXACT = 2e-11  # relative width that arithmetic in floats needs
_LATTICE_SHARE = 0.6  # of the dates whose interval holds a rate of so many decimals
_LATTICE_CHANCE = 1e-3  # of that by accident, all rows together
_LATTICE_MOST = 0.3  # of that by accident, one row: above it a row is too coarse to show it
_COPIED = 1e-3  # relative width of bounds that hold the rate 1 by more than accident
_OWN_SHARE = 0.8  # of the rows that must agree on a rate of one's own
_SAME_LATTICE = 2  # currencies whose rounding is taken to be that of the others
_LATTICE_SHARP = 0.1  # of the rows must show it
_LATTICE_COARSEST = 0.02  # relative step of a rounded rate


class Rows(NamedTuple):
    """The usable rows, arrays of one length: currency, printed numbers, group of equal dates.

    ``group`` numbers pairs of currency and date; ``implied`` is converted ÷ amount, without sign.
    """

    place: Ints  # the row of the table
    code: Ints
    amount: Floats
    converted: Floats
    amount_ulp: Floats
    converted_ulp: Floats
    group: Ints
    implied: Floats

    def take(self, chosen: Ints) -> Rows:
        """Some of the rows."""
        fields: list[Any] = [field[chosen] for field in self]
        return Rows(*fields)


class Tier(NamedTuple):
    """How many units of the last printed digit each number may be off by."""

    amount: float
    converted: float
    text: str


# In this order: the next one is tried only when the one before explains too few rows.
TIERS = (
    Tier(0.0, 0.5, "the amounts as printed, the converted column rounded"),
    Tier(0.5, 0.5, "both columns rounded"),
    Tier(0.0, 1.0, "the converted column cut off or rounded up"),
)


class Lattice(NamedTuple):
    """Rates were rounded to multiples of ``step``, or their inverses were."""

    inverse: bool
    step: float

    def widen(self, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Bounds that allow every rate which rounds to a multiple within them."""
        bottom, top = (1 / high, 1 / low) if self.inverse else (low, high)
        first, last = np.ceil(bottom / self.step), np.floor(top / self.step)
        holds = first <= last
        bottom = np.where(holds, np.minimum(bottom, (first - _HALF) * self.step), bottom)
        top = np.where(holds, np.maximum(top, (last + _HALF) * self.step), top)
        return (1 / top, 1 / bottom) if self.inverse else (bottom, top)


class Evidence(NamedTuple):
    """The rows that speak: the bounds of the rate, and the bits lost when it lies outside."""

    rows: Ints  # places in Rows
    code: Ints
    group: Ints
    low: Floats
    high: Floats
    bits: Floats
    currencies: int  # how many there are
    lattices: tuple[Lattice | None, ...]  # by currency

    def by_currency(self, values: Floats) -> Floats:
        """Sums of ``values`` for each currency."""
        total: Floats = np.bincount(self.code, weights=values, minlength=self.currencies).astype(
            np.float64
        )
        return total

    def flipped(self) -> Evidence:
        """The same for amounts that were divided where they should have been multiplied."""
        return self._replace(low=1 / self.high, high=1 / self.low)


def bounds(rows: Rows, tier: Tier) -> tuple[Floats, Floats]:
    """The lowest and highest rate that each row's printed numbers allow."""
    amount, converted = np.abs(rows.amount), np.abs(rows.converted)
    slack_a, slack_c = tier.amount * rows.amount_ulp, tier.converted * rows.converted_ulp
    low = np.maximum(converted - slack_c, converted * 1e-3) / (amount + slack_a)
    high = (converted + slack_c) / np.maximum(amount - slack_a, amount * 1e-3)
    return low * (1 - EXACT), high * (1 + EXACT)


def speakers(rows: Rows, low: Floats, high: Floats, group_code: Ints) -> tuple[Ints, Floats]:
    """The rows that speak and their shares in the vote of their date."""
    width = (high - low) / rows.implied
    order = np.lexsort((rows.place, width, rows.group))
    group = rows.group[order]
    first = np.r_[True, group[1:] != group[:-1]] if len(group) else np.zeros(0, dtype=bool)
    starts = np.flatnonzero(first)
    rank = np.arange(len(group)) - np.repeat(starts, np.diff(np.append(starts, len(group))))
    keep = rank < ROWS_PER_DATE
    per_code = np.bincount(group_code)
    step = np.maximum(1, -(-per_code // DATES_PER_CURRENCY))
    within = _rank_within(group_code)
    keep &= (within % step[group_code] == 0)[group]
    chosen = order[keep]
    size = np.bincount(rows.group[chosen], minlength=len(group_code))
    return chosen, 1.0 / size[rows.group[chosen]]


def _rank_within(labels: Ints) -> Ints:
    order = np.argsort(labels, kind="stable")
    ordered = labels[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    rank = np.arange(len(labels)) - np.repeat(starts, np.diff(np.append(starts, len(labels))))
    found = np.empty(len(labels), dtype=np.int64)
    found[order] = rank
    return found


def gather(rows: Rows, tier: Tier, group_code: Ints, spread: Floats) -> Evidence:
    """The evidence of all rows under one tier.

    ``spread`` is for each currency how far apart, relatively, the rates of policies lie: of a
    pegged currency close together, so that a miss says little.
    """
    count = len(spread)
    low, high = bounds(rows, tier)
    chosen, share = speakers(rows, low, high, group_code)
    low, high, code = low[chosen], high[chosen], rows.code[chosen]
    lattices = [lattice(low[code == one], high[code == one]) for one in range(count)]
    # Who rounds most rates to four decimals rounds the others so too, where rows show it less.
    usual = Counter(one for one in lattices if one is not None).most_common(1)
    for one in range(count):
        if lattices[one] is None and usual and usual[0][1] >= _SAME_LATTICE:
            lattices[one] = usual[0][0]
        found, mine = lattices[one], code == one
        if found is not None and mine.any() and _is_own(low[mine], high[mine], share[mine]):
            lattices[one] = None  # one round number, and no published rate that was rounded
        elif found is not None and mine.any():
            low[mine], high[mine] = found.widen(low[mine], high[mine])
    with np.errstate(divide="ignore"):
        bits = np.log2(spread[code] / ((high - low) / rows.implied[chosen]))
    bits = np.clip(bits, 0, MOST_BITS) * share
    group = rows.group[chosen]
    return Evidence(chosen, code, group, low, high, bits, count, tuple(lattices))


def _is_own(low: Floats, high: Floats, weight: Floats) -> bool:
    """Whether nearly all rows agree on one rate, and that is a round number."""
    bottom, top, depth = deepest(low, high, weight)
    agrees = depth >= _OWN_SHARE * float(weight.sum())
    return agrees and round_number(bottom, top) is not None


def lattice(low: Floats, high: Floats) -> Lattice | None:
    """The rounding of the rates themselves, where the rows show it; the coarsest that does.

    A rate of four decimals stands for everything that rounds to it, however finely the amounts
    are printed. Rounding shows when far more intervals hold such a number than accident explains.

    >>> lattice(np.array([1.0868 - 1e-9]), np.array([1.0868 + 1e-9]))
    Lattice(inverse=False, step=0.0001)
    """
    best, coarsest = None, 0.0
    plain = (low <= 1) & (high >= 1) & (high - low < _COPIED)  # not converted: no rate at all
    low, high = low[~plain], high[~plain]
    if not len(low):
        return None
    for inverse in (False, True):
        bottom, top = (1 / high, 1 / low) if inverse else (low, high)
        size = float(np.median((bottom + top) / 2))
        for decimals in range(-3, 11):
            step = 10.0**-decimals
            if 1e-8 < step / size < _LATTICE_COARSEST and _evident(bottom, top, step):
                if step / size > coarsest * 1.001:
                    best, coarsest = Lattice(inverse, step), step / size
                break
    return best


def _evident(low: Floats, high: Floats, step: float) -> bool:
    """Whether multiples of ``step`` are seen far more often than by accident.

    Equal rates in several rows are one observation, so the distinct multiples count.
    """
    each = (high - low) / step
    sharp = each <= _LATTICE_MOST
    if float(sharp.mean()) < _LATTICE_SHARP:
        return False
    low, high, each = low[sharp], high[sharp], each[sharp]
    multiple = np.round((low + high) / 2 / step)
    holds = (multiple * step >= low) & (multiple * step <= high)
    if float(holds.mean()) < _LATTICE_SHARE:
        return False
    chance = np.maximum(each[holds], 1e-12)
    order = np.lexsort((chance, multiple[holds]))
    seen = multiple[holds][order]
    best = chance[order][np.r_[True, seen[1:] != seen[:-1]]]  # the sharpest row of each rate
    return bool(np.log(best).sum() < np.log(_LATTICE_CHANCE))


def deepest(low: Floats, high: Floats, weight: Floats) -> tuple[float, float, float]:
    """The interval that the most weight agrees on, and that weight.

    >>> deepest(np.array([1.0, 1.1, 5.0]), np.array([2.0, 1.9, 6.0]), np.ones(3))
    (1.1, 1.9, 2.0)
    """
    ends = np.concatenate([low, high])
    change = np.concatenate([weight, -weight])
    order = np.lexsort((np.r_[np.zeros(len(low)), np.ones(len(high))], ends))
    depth = np.cumsum(change[order])
    at = int(np.argmax(depth))
    return float(ends[order][at]), float(ends[order][min(at + 1, len(ends) - 1)]), float(depth[at])


def scale_of(implied: Floats, expected: Floats) -> int:
    """The power of ten between the two columns, when all rows share one ("in millions"); else 0.

    >>> scale_of(np.full(9, 1.09e-6), np.full(9, 1.08))
    -6
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = np.log10(implied / expected)
    gap = gap[np.isfinite(gap)]
    if not len(gap):
        return 0
    middle = float(np.median(gap))
    power = round(middle)
    near = float((np.abs(gap - power) < 0.1).mean())
    return power if abs(power) >= 2 and near >= 0.6 else 0
