"""The figure that the claims of one pledge support together: a printed number and a range."""

from __future__ import annotations

import math
from typing import NamedTuple

from . import parties
from .links.evidence import Group, rate_of, shingles, truncates
from .links.rows import Claim, place
from .valuation import Valuation

_HOME = 1.0  # a figure printed in the donor's currency is a voice of full weight
_CONVERTED = 0.6  # one that somebody converted carries their rate and their rounding
_RIVAL = 0.5  # another range with this share of the best support makes the figure contested
_MARKET = 0.01  # outlets convert at market rates
_SHORT = 0.05  # dropping a digit moves a number further than this only where it leaves one


class Vote(NamedTuple):
    """One independent voice: the claim that speaks, its range in the home currency, its weight."""

    claim: Claim
    low: float
    high: float
    weight: float


class Figure(NamedTuple):
    """A reconciled figure, amounts in ``currency``; an open end is None.

    ``counted`` is what a sum may count at least and at most: the printed number when the
    sources agree on one, else the range.
    """

    currency: str | None
    amount: float | None
    low: float | None
    high: float | None
    contested: bool
    counted: tuple[float, float | None] | None
    supporters: tuple[Claim, ...]
    dissenters: tuple[Claim, ...]
    independent: int
    words: str


def figure(cluster: tuple[Group, ...], valuation: Valuation) -> Figure:
    """Reconcile the claims of one pledge in the donor's home currency, converting nothing.

    A stated conversion never votes beside the figure that it was made from; copies of one
    sentence, and the same figure of one publisher, are one voice.
    """
    every = [claim for one in cluster for claim in one.claims]
    independent = _independent(every)
    claims = [c for c in every if c.band is not None and c.currency is not None]
    if not claims:
        words = "no amount with a currency is printed"
        return Figure(None, None, None, None, False, None, (), (), independent, words)
    home = _home(cluster, claims)
    votes = _explained(_votes(claims, home, valuation))
    low, high, support = _most_supported(votes)
    supporters = [v for v in votes if (v.low < high and v.high > low) or v.low == low == high]
    against = [vote for vote in votes if vote not in supporters]
    chosen = _printed(supporters, home, low, high)
    for vote in against:
        if vote.weight >= _RIVAL * support:
            low, high = min(low, vote.low), max(high, vote.high)
    bounds = [vote.claim.low for vote in supporters if vote.claim.currency == home]
    if math.isinf(high):
        # "Over 683" starts at 683, whatever its digits would allow if they stood alone.
        low = max([low, *(bound for bound in bounds if bound)])
    point = chosen is not None and chosen.low == chosen.high and not against
    return Figure(
        currency=home,
        amount=chosen.amount if chosen else None,
        low=low or None,
        high=None if math.isinf(high) else high,
        contested=bool(against),
        counted=_counted(chosen if point else None, low, high),
        supporters=tuple(vote.claim for vote in supporters),
        dissenters=tuple(vote.claim for vote in against),
        independent=independent,
        words=_words(chosen, supporters, against, home),
    )


def _counted(point: Claim | None, low: float, high: float) -> tuple[float, float | None]:
    if point is not None and point.amount is not None:
        return point.amount, point.amount
    return low, None if math.isinf(high) else high


def _independent(claims: list[Claim]) -> int:
    """Voices that say something of their own: neither an outlet again nor another's sentence."""
    voices: set[tuple[str, str]] = set()
    sentences: dict[object, tuple[str, str]] = {}
    for claim in sorted(claims, key=place):
        said = shingles(claim.sentence)
        if not said or sentences.setdefault(said, _voice(claim)) == _voice(claim):
            voices.add(_voice(claim))
    return max(len(voices), 1)


def _home(cluster: tuple[Group, ...], claims: list[Claim]) -> str:
    printed = {claim.currency for claim in claims}
    for donor in next((one.donor for one in cluster if one.donor), ()):
        for code in parties.currencies_of(donor):
            if code in printed:
                return code
    counts: dict[str, float] = {}
    for claim in sorted(claims, key=place):
        weight = _CONVERTED if claim.base else _HOME
        counts[claim.currency or ""] = counts.get(claim.currency or "", 0) + weight
    return min(counts, key=lambda code: (-counts[code], code))


def _voice(claim: Claim) -> tuple[str, str]:
    # One outlet is one voice however often it writes; without a publisher the source speaks.
    return ("publisher", claim.publisher) if claim.publisher else ("source", claim.source)


def _votes(claims: list[Claim], home: str, valuation: Valuation) -> list[Vote]:
    based = {claim.base for claim in claims if claim.base}
    own = [claim for claim in claims if claim.currency == home and not claim.base]
    sources_at_home = {claim.source for claim in claims if claim.currency == home}
    others = [
        claim
        for claim in claims
        if claim.currency != home
        and not claim.base
        and claim.id not in based
        and claim.source not in sources_at_home
    ]
    if not own:
        own = [claim for claim in claims if claim.currency == home]
    votes: list[Vote] = []
    for claim in sorted(own, key=place):
        weight = _CONVERTED if claim.base else _HOME
        _cast(votes, claim, 1.0, 0.0, weight)
    for claim in sorted(others, key=place):
        rate = rate_of(claim.currency, home, claim, valuation).rate
        if rate:
            _cast(votes, claim, rate, _MARKET, _CONVERTED)
    return votes


def _explained(votes: list[Vote]) -> list[Vote]:
    """A number with fewer digits that rounding or cutting off a longer one gives supports it.

    Its range then takes in the longer one's: 50 beside 48 says nothing against 48.
    """
    found = []
    for vote in votes:
        low, high = vote.low, vote.high
        for other in votes:
            if _shortens(other.claim, vote.claim):
                low, high = min(low, other.low), max(high, other.high)
        found.append(vote._replace(low=low, high=high))
    return found


def _shortens(long: Claim, short: Claim) -> bool:
    if not long.amount or not short.amount or long.currency != short.currency:
        return False
    digits = len(short.digits)
    if digits >= len(long.digits) or abs(short.amount / long.amount - 1) > _SHORT:
        return False
    rounded = float(f"{long.amount:.{max(digits - 1, 0)}e}")
    return math.isclose(rounded, short.amount, rel_tol=1e-9) or truncates(long, short)


def _cast(votes: list[Vote], claim: Claim, rate: float, slack: float, weight: float) -> None:
    assert claim.band is not None
    low, high = claim.band.low * rate * (1 - slack), claim.band.high * rate * (1 + slack)
    said = shingles(claim.sentence)
    for vote in votes:
        if _voice(vote.claim) == _voice(claim) and (vote.low, vote.high) == (low, high):
            return
        copied = said and said == shingles(vote.claim.sentence)
        if copied and (vote.low, vote.high) == (low, high):
            return
    votes.append(Vote(claim, low, high, weight))


def _most_supported(votes: list[Vote]) -> tuple[float, float, float]:
    """The range that most votes share, and their weight: ties go to what was told first."""
    best: tuple[float, int] | None = None
    found = (0.0, math.inf, 0.0)
    for start in votes:
        # Ranges that only touch, as 30 and 31 do, share no number: that is no agreement.
        low = start.low
        inside = [v for v in votes if v is start or v.low <= low < v.high]
        support = math.fsum([vote.weight for vote in inside])
        rank = (-round(support, 6), votes.index(inside[0]))
        if best is None or rank < best:
            best = rank
            full = [vote for vote in inside if vote.weight == max(one.weight for one in inside)]
            found = (max(vote.low for vote in full), min(vote.high for vote in full), support)
    return found


def _printed(supporters: list[Vote], home: str, low: float, high: float) -> Claim | None:
    inside = [
        vote.claim
        for vote in supporters
        if vote.claim.currency == home
        and vote.claim.amount is not None
        and low <= vote.claim.amount <= high
    ]
    counts = {claim.amount: 0 for claim in inside}
    for claim in inside:
        counts[claim.amount] += 1
    order = sorted(inside, key=lambda c: (-counts[c.amount], -len(c.digits), place(c)))
    return order[0] if order else None


def _words(chosen: Claim | None, supporters: list[Vote], against: list[Vote], home: str) -> str:
    if chosen is None:
        said = f"no single number in {home} is printed inside the range"
    else:
        said = f"{chosen.text!r} as printed in {chosen.source}"
    others = sorted({v.claim.text for v in supporters} - {chosen.text if chosen else ""})
    if others:
        said += "; agrees with " + ", ".join(map(repr, others))
    if against:
        voices = (f"{vote.claim.text!r} ({vote.claim.source})" for vote in against)
        said += "; not with " + ", ".join(voices)
    return said
