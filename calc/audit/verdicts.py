"""The policy of each currency: the table's, its own, or why it cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from . import periods
from .candidates import Candidate, known_by, rates_of, usable
from .choice import CLAIM_BITS, CLEAR_BITS, SWITCH_BITS, Choice, Offers, Option, choose
from .evidence import SPREAD, TIERS, Evidence, Rows, Tier, bounds, gather
from .own import in_words as own_words
from .own import policy_of, round_number
from .series import PARITIES, Floats, Ints, Legs, Pair
from .tables import Table

ENOUGH = 0.5  # of a currency's rows within rounding; below it the next tier is tried
_NEAR_BP = 150.0  # median error of rows that follow a policy, but at another source's rates
_NEAR_DATES = 10  # dates that such a likeness takes
_NEAR_SIGMA = 4.0  # how surely it must be nearer than every other policy
_FEWEST = 3  # dates (of a currency each) below which nothing is claimed
_OWN_DATES = 3  # dates over which one rate of no publication must have stayed the same
_OWN_SHARE = 0.8
_NEAR_DAYS = 183  # around the table's dates that show how much a rate moves
_COARSE = 0.1  # of the spread of the policies: rows with wider bounds tell few of them apart
_FEW_ROWS = 10
_STILL = 5e-4  # relative movement below which a rate cannot tell dates apart


class Verdict(NamedTuple):
    """What holds for one currency; ``option`` gives the rates that its rows are held against."""

    currency: str
    option: Option | None
    policy: str | None
    tied: tuple[str, ...] = ()
    follows: bool = True  # the policy of the table
    note: str = ""


class Judged(NamedTuple):
    """Verdicts for all currencies, with the evidence that led to them."""

    policy: str | None  # of the whole table
    tied: tuple[str, ...]
    verdicts: tuple[Verdict, ...]
    evidence: Evidence
    tier: Tier
    near: bool  # the policy is followed, but not within rounding
    flipped: bool
    dated: tuple[Candidate, ...]
    dated_rates: tuple[Floats, ...]


def judge(table: Table, legs: Legs) -> Judged:
    """Find the policies of a table that has foreign rows."""
    precisions = frozenset(int(one) for one in np.unique(table.group_precision[table.dated]))
    dated = usable(precisions) if table.dated.any() else ()
    dated = tuple(known_by(one, table.span.last) for one in dated)
    dated, rates = _different(dated, [_dated(one, table) for one in dated])
    simple = periods.simple(legs, table.span)
    tier, evidence, choice, flipped = _best_tier(table, dated, rates, simple, legs)
    claimed = choice.claimed if len(table.group_code) >= _FEWEST else None
    judged = Judged(None, (), (), evidence, tier, False, flipped, dated, rates)
    if claimed is None and not _explains(choice, evidence):
        near = _nearest(table, judged, legs)
        if near is not None:
            verdicts = tuple(Verdict(code, near, near.name) for code in table.codes)
            return judged._replace(policy=near.name, verdicts=verdicts, near=True)
    same = _same_period(claimed, table, judged, simple, legs)
    if (claimed is None and choice.common) or same is not None:
        tied = _names(choice.tied, choice.more) + (() if same is None else (same,))
        verdicts = tuple(_tied(table, choice, one, tied) for one in range(len(table.codes)))
        return judged._replace(tied=tied, verdicts=verdicts)
    verdicts = tuple(
        _verdict(table, choice, judged, claimed, one) for one in range(len(table.codes))
    )
    policy = claimed.name if claimed and any(one.follows for one in verdicts) else None
    return judged._replace(policy=policy, verdicts=verdicts)


def _different(
    dated: tuple[Candidate, ...], rates: list[Floats]
) -> tuple[tuple[Candidate, ...], tuple[Floats, ...]]:
    """The candidates without those that give the rates of a simpler one on every date."""
    kept: list[int] = []
    for at, rate in enumerate(rates):
        if not any(np.array_equal(rate, rates[one], equal_nan=True) for one in kept):
            kept.append(at)
    return tuple(dated[at] for at in kept), tuple(rates[at] for at in kept)


def _best_tier(
    table: Table,
    dated: tuple[Candidate, ...],
    rates: tuple[Floats, ...],
    simple: periods.Periods,
    legs: Legs,
) -> tuple[Tier, Evidence, Choice, bool]:
    """The strictest reading of the digits under which enough is explained, else the best one."""
    spread = np.array([_spread(table, pair) for pair in table.pairs])
    best: tuple[float, Tier, Evidence, Choice, bool] | None = None
    for tier in TIERS:
        evidence = gather(table.rows, tier, table.group_code, spread)
        choice, flipped = _both_ways(evidence, table, dated, rates, simple, legs)
        worth = float(evidence.bits.sum())
        explained = 1 - min(choice.total, choice.nothing) / worth if worth else 0.0
        if best is None or explained > best[0] + 0.2:
            best = (explained, tier, evidence, choice, flipped)
        if explained >= ENOUGH:
            break
    assert best is not None
    _, tier, evidence, choice, flipped = best
    return tier, evidence.flipped() if flipped else evidence, choice, flipped


def _spread(table: Table, pair: Pair | None) -> float:
    """How far apart the rates that policies could give a currency lie, relatively."""
    if pair is None:
        return SPREAD
    near = (pair.days >= table.span.first - _NEAR_DAYS) & (
        pair.days <= table.span.last + _NEAR_DAYS
    )
    rates = pair.rate[near & ~np.isnan(pair.rate)]
    moved = 4 * float(rates.std() / rates.mean()) if len(rates) else SPREAD
    return min(max(moved, 1e-6), SPREAD)


def _same_period(
    claimed: Option | None, table: Table, judged: Judged, simple: periods.Periods, legs: Legs
) -> str | None:
    """The fixed policy that gives the very rates of a policy of dates, when all rows share one.

    Rows that are all of one day, month or year cannot tell the two apart.
    """
    if claimed is None or claimed.candidate is None:
        return None
    rates = judged.dated_rates[judged.dated.index(claimed.candidate)]
    same = np.ones(len(simple.start), dtype=bool)
    for one, pair in enumerate(table.pairs):
        found = rates[(table.group_code == one) & table.dated]
        found = found[~np.isnan(found)]
        if pair is None or not len(found):
            continue
        if float(np.ptp(found)) > 0:
            return None
        same &= np.isclose(simple.mean(pair), found[0], rtol=1e-10, atol=0)
    if not same.any():
        return None
    cheapest = np.flatnonzero(same)[int(np.argmin(simple.cost[same]))]
    return periods.name(legs, simple, int(cheapest))


def _explains(choice: Choice, evidence: Evidence) -> bool:
    """Whether some policy or number explains half of what the rows say."""
    worth = float(evidence.bits.sum())
    return worth > 0 and min(choice.total, choice.nothing) <= worth * (1 - ENOUGH)


def _dated(one: Candidate, table: Table) -> Floats:
    found = np.full(len(table.group_code), np.nan)
    for code in range(len(table.pairs)):
        mine = (table.group_code == code) & table.dated
        if not mine.any():
            continue
        day, precision = table.group_day[mine], table.group_precision[mine]
        rate = np.full(len(day), np.nan)
        for pair in _sources(one, table, code):
            rate = np.where(np.isnan(rate), rates_of(one, pair, day, precision), rate)
        found[mine] = rate
    return found


def _sources(one: Candidate, table: Table, code: int) -> list[Pair]:
    """The rates of a currency that a candidate takes, in order.

    Where the table of rates lacks it, they are those of the chain, whatever the candidate.
    """
    if one.source == "hmrc":
        found = [table.elsewhere[one.name][code]] if table.elsewhere else []
    elif table.elsewhere and not table.is_own[code]:
        found = [table.elsewhere[name][code] for name in (PARITIES, "nbp")]
    elif one.source:
        found = [table.elsewhere[one.source][code]] if table.elsewhere else []
    else:
        found = [table.pairs[code]]
    return [pair for pair in found if pair is not None]


def _both_ways(
    evidence: Evidence,
    table: Table,
    dated: tuple[Candidate, ...],
    rates: tuple[Floats, ...],
    simple: periods.Periods,
    legs: Legs,
) -> tuple[Choice, bool]:
    """The best choice, and whether it takes the rates upside down."""
    columns = {
        key: np.clip(evidence_middle(evidence), one.low[evidence.rows], one.high[evidence.rows])
        for key, one in table.stated.items()
    }
    offers = Offers(dated, rates, columns, simple, table.pairs)
    straight = choose(evidence, offers, legs, table.span)
    if straight.common:
        return straight, False
    turned = choose(evidence.flipped(), offers._replace(columns={}), legs, table.span)
    if turned.claimed is not None and turned.total + SWITCH_BITS + CLAIM_BITS < min(
        straight.total, straight.nothing
    ):
        return turned, True
    return straight, False


def evidence_middle(evidence: Evidence) -> Floats:
    """The middle of each row's bounds: a stated rate with bounds is taken as near to it."""
    middle: Floats = (evidence.low + evidence.high) / 2
    return middle


def _names(options: tuple[Option, ...], more: int = 0) -> tuple[str, ...]:
    names = tuple(one.name for one in options)
    return (*names, f"{more} more") if more else names


def _tied(table: Table, choice: Choice, one: int, tied: tuple[str, ...]) -> Verdict:
    first = choice.tied[0]
    return Verdict(table.codes[one], first, None, tied, True, why_undecided(table, one))


def why_undecided(table: Table, one: int) -> str:
    """What keeps the rows of a currency from telling policies apart."""
    mine = table.rows.code == one
    groups = (table.group_code == one) & table.dated
    pair = table.pairs[one]
    if pair is None:
        return "there are no rates of this currency to compare with"
    if int(mine.sum()) < 3:
        return "too few rows"
    if len(np.unique(table.group_day[groups])) == 1:
        return "all rows bear one date"
    near = (pair.days >= table.span.first - 31) & (pair.days <= table.span.last + 31)
    moved = pair.rate[near & ~np.isnan(pair.rate)]
    if len(moved) and float(moved.std() / moved.mean()) < _STILL:
        return "the rate hardly moved"
    low, high = bounds(table.rows.take(np.flatnonzero(mine)), TIERS[0])
    width = float(np.median((high - low) / table.rows.implied[mine]))
    if width > _COARSE * _spread(table, pair):
        return "the numbers are printed too coarsely"
    if int(mine.sum()) < _FEW_ROWS:
        return "the rows are too few"
    return "on these dates they give the same rates, or rates too close to tell"


def _verdict(
    table: Table, choice: Choice, judged: Judged, claimed: Option | None, one: int
) -> Verdict:
    own = _own_rate(table, choice, judged, one)
    stated = claimed is not None and claimed.column is not None
    if table.pairs[one] is None and not stated:
        note = "" if own else "there are no rates of this currency"
        return Verdict(table.codes[one], None, own, (), False, note)
    if claimed is not None:
        return _beside(table, choice, claimed, own, one)
    return _alone(table, choice, own, one)


def _is_clear(table: Table, choice: Choice, one: int) -> bool:
    """Whether a currency has rows enough and one policy that explains them."""
    enough = int((table.group_code == one).sum()) >= _FEWEST
    explained = float(choice.alone_cost[one]) <= float(choice.without[one]) - CLAIM_BITS
    return enough and explained and len(choice.alone[one]) == 1


def _beside(table: Table, choice: Choice, claimed: Option, own: str | None, one: int) -> Verdict:
    """The verdict on a currency of a table that has a policy."""
    code = table.codes[one]
    alone_cost, cost = float(choice.alone_cost[one]), float(choice.costs[one])
    if cost <= min(alone_cost, float(choice.without[one])) + SWITCH_BITS:
        return Verdict(code, claimed, claimed.name)
    if alone_cost + CLEAR_BITS < cost and _is_clear(table, choice, one):
        option = choice.alone[one][0]
        return Verdict(code, option, option.name, (), False, "unlike the other currencies")
    constant = choice.constants[one]
    is_round = constant is not None and round_number(constant.low, constant.high) is not None
    nearest = min(alone_cost, cost)
    if own is not None and is_round and float(choice.without[one]) + CLEAR_BITS < nearest:
        note = f"unlike the other currencies: one rate of one's own, {own_words(own)}"
        return Verdict(code, None, own, (), False, note)
    note = "off the table's policy"
    note += f"; its rows use a rate of their own: {own_words(own)}" if own else ""
    return Verdict(code, claimed, claimed.name, (), False, note)


def _alone(table: Table, choice: Choice, own: str | None, one: int) -> Verdict:
    """The verdict on a currency of a table without a policy."""
    code = table.codes[one]
    options = choice.alone[one]
    bits, alone_cost = float(choice.without[one]), float(choice.alone_cost[one])
    if _is_clear(table, choice, one):
        return Verdict(code, options[0], options[0].name, (), False)
    if options and alone_cost <= bits - CLAIM_BITS:
        names = _names(options)
        return Verdict(code, options[0], None, names, False, why_undecided(table, one))
    if own is not None:
        near = bool(options) and alone_cost <= bits + CLEAR_BITS
        names = (*_names(options), own) if near else ()
        note = why_undecided(table, one) if near else ""
        return Verdict(code, None, None if near else own, names, False, note)
    if options and alone_cost < bits + CLEAR_BITS:
        return Verdict(code, None, None, _names(options), False, why_undecided(table, one))
    return Verdict(code, None, None, (), False, "no known policy gives these numbers")


def _own_rate(table: Table, choice: Choice, judged: Judged, one: int) -> str | None:
    """The one rate that a currency's rows agree on over several dates, as a policy if it can be."""
    constant = choice.constants[one]
    mine = (table.group_code == one) & table.dated
    if constant is None or constant.share < _OWN_SHARE or constant.high > 1.01 * constant.low:
        return None
    dates = len(np.unique(table.group_day[mine])) if mine.any() else _OWN_DATES
    rows = int((table.rows.code == one).sum())
    if rows < _OWN_DATES or (dates < _OWN_DATES and table.pairs[one] is not None):
        return None
    base = table.codes[one]
    number = round_number(constant.low, constant.high)
    if number is not None:
        return policy_of(base, table.to, number)
    middle = (constant.low + constant.high) / 2
    lattice = judged.evidence.lattices[one]
    if lattice is not None:
        turned = 1 / middle if lattice.inverse else middle
        middle = round(turned / lattice.step) * lattice.step
        middle = 1 / middle if lattice.inverse else middle
    return own_text(base, table.to, middle)


def own_text(base: str, quote: str, rate: float) -> str:
    """A rate of one currency as a policy."""
    if quote == "EUR":
        return f"fixed:{base}={1 / rate:.7g}"
    if base == "EUR":
        return f"fixed:{quote}={rate:.7g}"
    return f"fixed:{quote}={rate:.7g},{base}=1"


def _nearest(table: Table, judged: Judged, legs: Legs) -> Option | None:
    """The policy that rows follow at rates of another source: surely nearer than any other."""
    evidence = judged.evidence
    group = evidence.group
    options: list[Option] = [Option(one.name, candidate=one) for one in judged.dated]
    rates = [rate[group] for rate in judged.dated_rates]
    for option, value in _months_and_years(table, legs):
        options.append(option)
        rates.append(value[evidence.code])
    first = np.r_[True, group[1:] != group[:-1]] if len(group) else np.zeros(0, dtype=bool)
    implied = table.rows.implied[evidence.rows][first]
    if len(implied) < _NEAR_DATES:
        return None
    gaps = [np.abs(np.log(implied / rate[first])) for rate in rates]
    gaps = [np.where(np.isnan(gap), 9.0, gap) for gap in gaps]
    best = int(np.argmin([float(np.median(gap)) for gap in gaps]))
    if float(np.median(gaps[best])) > _NEAR_BP / 1e4:
        return None
    others = (gap for at, gap in enumerate(gaps) if at != best)
    return options[best] if all(_nearer(gaps[best], gap) for gap in others) else None


def _months_and_years(table: Table, legs: Legs) -> Iterator[tuple[Option, Floats]]:
    """The mean rates of each month and year, for each currency of the table."""
    simple = periods.simple(legs, table.span)
    fixed = [at for at, kind in enumerate(simple.kind) if kind in ("month", "year")]
    cut = simple._replace(
        start=simple.start[fixed],
        end=simple.end[fixed],
        kind=tuple(simple.kind[at] for at in fixed),
        cost=simple.cost[fixed],
    )
    means = [None if pair is None else cut.mean(pair) for pair in table.pairs]
    for at in range(len(fixed)):
        value = np.array([np.nan if mean is None else mean[at] for mean in means])
        period = (int(cut.start[at]), int(cut.end[at]))
        yield Option(periods.name(legs, cut, at), period=period), value


def _nearer(best: Floats, other: Floats) -> bool:
    """Whether the gaps of a policy are surely smaller than those of another one."""
    differs = np.abs(other - best) > 1e-12
    nearer = float((best[differs] < other[differs]).mean()) if differs.any() else 0.0
    return bool((2 * nearer - 1) * np.sqrt(max(1, int(differs.sum()))) >= _NEAR_SIGMA)


def rates_for(option: Option, table: Table, judged: Judged, mine: Ints, one: int) -> Floats:
    """The rate that an option gives for the rows ``mine`` of a currency."""
    pair = table.pairs[one]
    if option.column is not None:
        return table.stated[option.column].middle[mine]
    if option.candidate is not None:
        at = judged.dated.index(option.candidate)
        rate = judged.dated_rates[at][table.rows.group[mine]]
    elif option.period is not None and pair is not None:
        start, end = (np.array([one], dtype=np.int64) for one in option.period)
        rate = np.full(len(mine), pair.between(start, end)[0])
    else:
        return np.full(len(mine), np.nan)
    return 1 / rate if judged.flipped else rate


def allowed(rows: Rows, judged: Judged, mine: Ints, one: int) -> tuple[Floats, Floats]:
    """The bounds of rows, the rounding of the rates themselves included."""
    low, high = bounds(rows.take(mine), judged.tier)
    lattice = judged.evidence.lattices[one]
    return (low, high) if lattice is None else lattice.widen(low, high)
