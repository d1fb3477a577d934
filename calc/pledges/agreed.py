"""The figure that the claims of one pledge support together: a printed number and a range."""

from __future__ import annotations

import datetime as dt
import math
from typing import NamedTuple

from .. import parties
from ..claims.wording import shingles
from ..links.amounts import is_power, rate_of
from ..links.group import Group
from ..links.revisions import is_newer, is_older
from ..links.rows import Claim, place
from ..links.shortened import shortens
from ..values.slack import MARKET, WITHIN_MONTHS
from ..values.valuation import Valuation

_HOME = 1.0  # a figure printed in the donor's currency is a voice of full weight
_CONVERTED = 0.6  # one that somebody converted carries their rate and their rounding
_RIVAL = 0.5  # another number with this share of the best support makes the range hold both
_OLD_RATE = 0.06  # and now and then at an older one: for a figure known by conversions alone
_DIGITS = 3  # a number printed to more is no better told than one with three
_USUAL_EUROS = 3e7  # pledges are most often of some tens of millions


class Vote(NamedTuple):
    """One independent voice: the claim that speaks, its range in the home currency, its weight.

    ``near_low`` and ``near_high`` close an open end softly. ``number`` is the amount it prints
    in the home currency, None when it prints none.
    """

    claim: Claim
    low: float
    high: float
    near_low: float
    near_high: float
    weight: float
    number: float | None


class Agreed(NamedTuple):
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


def agreed(cluster: tuple[Group, ...], valuation: Valuation) -> Agreed:
    """Reconcile the claims of one pledge in the donor's home currency, converting nothing.

    A stated conversion never votes beside the figure that it was made from; copies of one
    sentence, and the same figure of one publisher, are one voice. What explains a difference
    (digits dropped, an amount changed later) is applied before the voices are counted.
    """
    every = [claim for one in cluster for claim in one.claims]
    independent = _independent(every)
    printed = [claim for claim in every if _is_printed(claim)]
    if not printed:
        words = "no amount with a currency is printed"
        return Agreed(None, None, None, None, False, None, (), (), independent, words)
    home = _home(cluster, printed)
    claims = [_at_home(claim, home) for claim in printed]
    votes, before = _in_force(_votes(claims, home, valuation), _told_at_home(claims, home))
    best = _best(votes, home, valuation)
    for_it = _supporters(votes, best)
    against = [vote for vote in votes if vote not in for_it]
    low, high = _calibrated(*_range(for_it, best), for_it, best, every)
    least, most = _ends(for_it, best) or (low, high)
    for rival in _rivals(for_it, against, best):
        low, high = min(low, rival.low), max(high, rival.high)
        least = min(least, rival.number or rival.low)
        most = max(most, rival.number or rival.high)
    if not _is_bare(best) and _only_converted(cluster, home, valuation):
        low, high = low * (1 - _OLD_RATE), high * (1 + _OLD_RATE)
    return Agreed(
        currency=home,
        amount=best.number if best else None,
        low=low or None,
        high=_closed(high),
        contested=bool(against),
        counted=(least, _closed(most)),
        supporters=tuple(vote.claim for vote in for_it),
        dissenters=tuple(vote.claim for vote in against),
        independent=independent,
        words=_words(best.claim if best else None, for_it, against, before, home),
    )


def _is_printed(claim: Claim) -> bool:
    """Whether a claim prints an amount in a currency."""
    return claim.band is not None and claim.currency is not None


def _supporters(votes: list[Vote], best: Vote | None) -> list[Vote]:
    """The voices that back the number, else those that share a range."""
    return _shared(votes) if best is None else [vote for vote in votes if _backs(vote, best)]


def _rivals(for_it: list[Vote], against: list[Vote], best: Vote | None) -> list[Vote]:
    """The voices for another number that have enough support for the range to hold both."""
    least = _RIVAL * math.fsum(vote.weight for vote in for_it)
    return [vote for vote in against if _support(vote, against) >= least and not _slip(vote, best)]


def _is_bare(best: Vote | None) -> bool:
    """Whether the number is printed with a sign that leaves its currency open."""
    return best is not None and best.claim.currency_basis == "ambiguous"


def _closed(end: float) -> float | None:
    """An end of a range, None when it is open."""
    return None if math.isinf(end) else end


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
    # givers whose own money is not printed, or not on record, mostly announce in dollars
    return min(counts, key=lambda code: (-counts[code], code != "USD", code))


def _only_converted(cluster: tuple[Group, ...], home: str, valuation: Valuation) -> bool:
    """Whether the giver has a currency of its own with known rates, and nobody printed it.

    Givers whose money has no rates announce in dollars.
    """
    donor = next((one.donor for one in cluster if one.donor), ())
    codes = [code for name in donor for code in parties.currencies_of(name)]
    if not codes or home in codes:
        return False
    day = next((dt.date.fromordinal(day) for one in cluster for day in one.published), None)
    return home != "USD" or any(valuation.unit(code, "EUR", day).rate for code in codes)


def _voice(claim: Claim) -> tuple[str, str]:
    # One outlet is one voice however often it writes; without a publisher the source speaks.
    return ("publisher", claim.publisher) if claim.publisher else ("source", claim.source)


def _at_home(claim: Claim, home: str) -> Claim:
    """The claim with its bare sign read as the home currency, which others print in full."""
    if claim.currency_basis == "ambiguous" and home in claim.candidates:
        return claim._replace(currency=home)
    return claim


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
        _cast(votes, claim, 1.0, 0.0, _CONVERTED if claim.base else _HOME)
    for claim in sorted(others, key=place):
        rate = rate_of(claim.currency, home, claim, valuation).rate
        if rate:
            _cast(votes, claim, rate, MARKET, _CONVERTED)
    return votes


def _cast(votes: list[Vote], claim: Claim, rate: float, slack: float, weight: float) -> None:
    assert claim.band is not None
    band = claim.band
    low, high = band.low * rate * (1 - slack), band.high * rate * (1 + slack)
    said = shingles(claim.sentence)
    for vote in votes:
        if _voice(vote.claim) == _voice(claim) and (vote.low, vote.high) == (low, high):
            return
        copied = said and said == shingles(vote.claim.sentence)
        if copied and (vote.low, vote.high) == (low, high):
            return
    soft = WITHIN_MONTHS if slack else 0.0
    near = band.near_low * rate * (1 - soft), band.near_high * rate * (1 + soft)
    votes.append(Vote(claim, low, high, *near, weight, None if slack else claim.amount))


def _told_at_home(claims: list[Claim], home: str) -> list[Claim]:
    """The claims that print a number in the home currency and convert nothing."""
    return [c for c in claims if c.currency == home and c.base is None and c.amount is not None]


def _in_force(votes: list[Vote], told: list[Claim]) -> tuple[list[Vote], list[Vote]]:
    """The voices on the amount that is in force, and those on what it was before a change.

    "Raised to 50 million" is no dissent from the 42 million that were told until then. ``told``
    are all claims that may speak of a change, also those of an outlet that is a voice already.
    """
    changes = [claim for claim in told if claim.text and is_newer(claim)]
    gone = {claim.amount for claim in told if is_older(claim)}
    if changes:
        before = _before(max(changes, key=place), votes, gone)
    else:
        before = [vote for vote in votes if vote.number in gone]
    still = [vote for vote in votes if vote not in before]
    return (still, before) if any(vote.number for vote in still) else (votes, [])


def _before(change: Claim, votes: list[Vote], gone: set[float | None]) -> list[Vote]:
    """The voices on what an amount was before its last ``change``, which back another one.

    A number that is ``gone``, or was told until then, is the old one whenever it is told.
    """
    last = _plain_vote(change)
    # "from 100 to 120 million": a round number before the change does not back the new one
    others = [
        vote
        for vote in votes
        if not _backs(vote, last) or (is_older(vote.claim) and vote.number != last.number)
    ]
    until = [_day(vote) <= _day(last) for vote in others]
    gone = gone | {vote.number for vote, old in zip(others, until, strict=True) if old}
    return [
        vote
        for vote, old in zip(others, until, strict=True)
        if (vote.number in gone if vote.number else old)
    ]


def _day(vote: Vote) -> str:
    return str(vote.claim.published or "")


def _plain_vote(claim: Claim) -> Vote:
    assert claim.band is not None
    band = claim.band
    return Vote(claim, band.low, band.high, band.near_low, band.near_high, _HOME, claim.amount)


def _backs(vote: Vote, best: Vote) -> bool:
    """Whether a voice says the number of ``best``, or what dropped digits or a rate make of it."""
    number = best.number
    if number is None or vote.number == number:
        return vote.number == number
    if vote.number is not None and shortens(best.claim, vote.claim):
        return True
    return vote.near_low <= number <= vote.near_high


def _support(one: Vote, votes: list[Vote]) -> float:
    return round(math.fsum(vote.weight for vote in votes if vote is one or _backs(vote, one)), 6)


def _best(votes: list[Vote], home: str, valuation: Valuation) -> Vote | None:
    """The printed number that most voices back; of equals, the one told first.

    But one with more digits that the first told may be rounded from goes before it. Of two that
    are a slip of scale apart and equally backed, the one nearer to a usual size.
    """
    printed = [vote for vote in votes if vote.number is not None]
    if not printed:
        return None
    order = sorted(
        printed,
        key=lambda vote: (-_support(vote, votes), -vote.weight, place(vote.claim)),
    )
    first = order[0]
    finer = [
        vote
        for vote in order
        if (_support(vote, votes), vote.weight) == (_support(first, votes), first.weight)
        and _digits(vote) > _digits(first)
        and _backs(first, vote)
    ]
    first = max(finer, key=_digits, default=first)
    equal = [
        vote
        for vote in order
        if _slip(vote, first) and _support(vote, votes) == _support(first, votes)
    ]
    if equal in ([], [first]):
        return first
    usual = _usual_size(home, votes, valuation)
    return min([first, *equal], key=lambda vote: abs(math.log((vote.number or usual) / usual)))


def _digits(vote: Vote) -> int:
    return min(len(vote.claim.digits), _DIGITS)


def _slip(vote: Vote, best: Vote | None) -> bool:
    """Whether a number is another one a thousand or a million times: "billion" for "million"."""
    if best is None or not vote.number or not best.number:
        return False
    return is_power(max(vote.number / best.number, best.number / vote.number))


def _usual_size(home: str, votes: list[Vote], valuation: Valuation) -> float:
    """The usual size of a pledge in the home currency."""
    day = next((vote.claim.published for vote in votes if vote.claim.published), None)
    return _USUAL_EUROS / (valuation.unit(home, "EUR", day).rate or 1.0)


def _range(for_it: list[Vote], best: Vote | None) -> tuple[float, float]:
    """What the digits of those allow who print the number; others only close an open end."""
    printers = [vote for vote in for_it if best is None or vote.number == best.number]
    full = max((vote.weight for vote in printers), default=0.0)
    printers = [vote for vote in printers if vote.weight == full]
    low = max((vote.low for vote in printers), default=0.0)
    high = min((vote.high for vote in printers), default=math.inf)
    if math.isinf(high):
        high = min((vote.high for vote in for_it), default=high)
    return low, high


def _calibrated(
    low: float, high: float, for_it: list[Vote], best: Vote | None, every: list[Claim]
) -> tuple[float, float]:
    """The range as wide as such numbers were found to be off, by the voices that print it.

    Voices of their own do not all round to one number: the more print it, the nearer its range.
    A single digit that one voice prints, and no conversion with more, may be any number that
    rounds to it.
    """
    if best is None or not best.number:
        return low, high
    number, claim = best.number, best.claim
    voices = sum(vote.number == number for vote in for_it)
    if voices > 2 or (voices == 2 and len(claim.digits) > 1):
        return number - (number - low) / voices, number + (high - number) / voices
    finer = any(one.base == claim.id and len(one.digits) > 1 for one in every)
    if voices > 1 or len(claim.digits) > 1 or finer:
        return low, high
    half = 10 ** math.floor(math.log10(number)) / 2
    below = half / 10 if claim.digits == "1" else half
    return (min(low, number - below) if low < number else low), max(high, number + half)


def _ends(for_it: list[Vote], best: Vote | None) -> tuple[float, float] | None:
    """What a sum may count: the number, but no end that all who print it leave open."""
    if best is None or best.number is None:
        return None
    printers = [vote.claim for vote in for_it if vote.number == best.number]
    low = best.number if any(claim.low for claim in printers) else 0.0
    closed = any(claim.high for claim in printers) or any(
        not math.isinf(vote.high) for vote in for_it
    )
    return low, best.number if closed else math.inf


def _shared(votes: list[Vote]) -> list[Vote]:
    """The voices, none of which prints one number, whose ranges most of them share."""
    return max(
        ([v for v in votes if v is one or v.low <= one.low < v.high] for one in votes),
        key=lambda found: (round(math.fsum(v.weight for v in found), 6), -votes.index(found[0])),
    )


def _words(
    chosen: Claim | None, supporters: list[Vote], against: list[Vote], before: list[Vote], home: str
) -> str:
    if chosen is None:
        said = f"no single number in {home} is printed inside the range"
    else:
        said = f"{chosen.text!r} as printed in {chosen.source}"
    others = sorted({v.claim.text for v in supporters} - {chosen.text if chosen else ""})
    if others:
        said += "; agrees with " + ", ".join(map(repr, others))
    if before:
        said += "; changed from " + ", ".join(
            repr(t) for t in sorted({v.claim.text for v in before})
        )
    if against:
        voices = (f"{vote.claim.text!r} ({vote.claim.source})" for vote in against)
        said += "; not with " + ", ".join(voices)
    return said
