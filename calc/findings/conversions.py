"""Stated conversions against each other: of one amount, and of one outlet."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .. import checks as checking
from ..checks.market import slack
from ..ledger.ledger import Ledger
from ..links.rows import Claim
from ..schema import CONSISTENT
from ..text.days import day_words
from .finding import Finding, finding

# Of honest conversions at market rates at most this share is flagged: benchmarks/checking.py.
HONEST_FLAGGED = 0.003
_SURE = 0.001  # how unlikely so many flags must be for honest conversions
_FEWEST = 3  # flags: two may be one carried-over sentence
_SAME_DAY = 1  # days: the fixings of the test reach as far
_NEAR = 2 * slack("USD")


def compared(ledger: Ledger, checks: list[Mapping[str, Any]]) -> Iterable[Finding]:
    """Honest conversions of one amount that print different results: other days or sources."""
    verdicts = {row["claim_id"]: row["verdict"] for row in checks}
    by_id = {claim.id: claim for claim in ledger.claims}
    for pledge in ledger.pledges:
        found: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        for claim in pledge.claims:
            base = by_id.get(claim.base or "")
            if base is None or verdicts.get(claim.id) not in CONSISTENT or not claim.usual:
                continue
            if claim.published and claim.amount:
                found[base.amount, base.currency, claim.currency].append(claim)
        for claims in found.values():
            low = min(claims, key=lambda one: (one.amount or 0.0, one.id))
            high = max(claims, key=lambda one: (one.amount or 0.0, one.id))
            assert low.usual is not None
            assert high.usual is not None
            if low.usual[1] < high.usual[0]:
                yield _two_rates(low, high)


def _two_rates(low: Claim, high: Claim) -> Finding:
    assert low.published is not None
    assert high.published is not None
    same = abs((low.published - high.published).days) <= _SAME_DAY
    cause, why = (
        ("rate-source", "their rates are of one day and two sources")
        if same
        else ("rate-date", "each is right at the rate of its own day")
    )
    return finding(
        cause,
        (low, high),
        f"The same amount is converted as {low.text!r} ({low.source}, {day_words(low.published)}) "
        f"and as {high.text!r} ({high.source}, {day_words(high.published)}): {why}",
        alternatives=("rate-date" if same else "rate-source",),
    )


def by_way_of(ledger: Ledger, checks: list[Mapping[str, Any]]) -> Iterable[Finding]:
    """Conversions that do not fit their base, but fit its other, rounded conversion."""
    by_id = {claim.id: claim for claim in ledger.claims}
    good: dict[str, list[Claim]] = defaultdict(list)
    for row in checks:
        if row["verdict"] in CONSISTENT and row["claim_id"] in by_id:
            good[row["base_id"]].append(by_id[row["claim_id"]])
    for row in checks:
        claim, base = by_id.get(row["claim_id"]), by_id.get(row["base_id"])
        if claim is None or base is None or row["verdict"] not in ("other-date", "inconsistent"):
            continue
        if "noise" in (claim.role, base.role) or not claim.usual or not claim.currency:
            continue
        for way in good.get(row["base_id"], ()):
            rate = ledger.valuation.unit(way.currency, claim.currency, claim.published).rate
            if rate is None or not way.amount or way.currency == claim.currency:
                continue
            result = way.amount * rate
            if claim.usual[0] <= result * (1 + _NEAR) and result * (1 - _NEAR) <= claim.usual[1]:
                yield finding(
                    "target-currency",
                    (base, way, claim),
                    f"{claim.text!r} ({claim.source}) does not fit {base.text!r}. It fits "
                    f"{way.text!r} beside it: converted by way of {way.currency}, from the "
                    "rounded number",
                    alternatives=("stale-rate", "unresolved"),
                )
                break


class Converter(NamedTuple):
    """A claim as far as conversions of its outlet are counted."""

    id: str
    publisher: str | None
    role: str


def converters(claims: Iterable[Claim]) -> list[Converter]:
    """Claims, as ``outlets`` takes them."""
    return [Converter(claim.id, claim.publisher, claim.role) for claim in claims]


def outlets(claims: Iterable[Converter], checks: Iterable[Mapping[str, Any]]) -> Iterable[Finding]:
    """Outlets with more conversions flagged than honest ones would have."""
    by_id = {claim.id: claim for claim in claims}
    tested: dict[str, dict[tuple[object, ...], tuple[bool, Converter]]] = defaultdict(dict)
    for row in checks:
        claim, power = by_id.get(row["claim_id"]), row["power"]
        if claim is None or not claim.publisher or power is None:
            continue
        if power >= checking.WEAK_POWER and claim.role != "noise":
            # One conversion that an outlet repeats is one: its second sentence is no new witness.
            key = (row["base_text"], row["text"])
            flag = checking.flagged(row["verdict"], power)
            tested[claim.publisher].setdefault(key, (flag, claim))
    for publisher, found in sorted(tested.items()):
        flagged = [claim for flag, claim in found.values() if flag]
        if len(flagged) >= _FEWEST and at_least(len(flagged), len(found)) <= _SURE:
            yield finding(
                "stale-rate",
                flagged,
                f"{publisher}: {len(flagged)} of the {len(found)} conversions that can be tested "
                f"are flagged; fewer than {HONEST_FLAGGED * 1000:.0f} in 1,000 honest ones are. "
                "This outlet probably converts at old rates, or carelessly",
                bits=round(-math.log2(at_least(len(flagged), len(found)) or 1e-300), 1),
                alternatives=("rate-source", "currency-mix-up"),
            )


def at_least(flagged: int, tested: int, share: float = HONEST_FLAGGED) -> float:
    """How likely so many flags or more are among honest conversions.

    >>> round(at_least(1, 10), 4), at_least(3, 10) < 1e-5
    (0.0296, True)
    """
    found = (
        math.lgamma(tested + 1)
        - math.lgamma(count + 1)
        - math.lgamma(tested - count + 1)
        + count * math.log(share)
        + (tested - count) * math.log1p(-share)
        for count in range(flagged, min(tested, flagged + 500) + 1)
    )
    return min(math.fsum(map(math.exp, found)), 1.0)
