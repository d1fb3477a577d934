"""Slips between claims that linking keeps apart, or that only the digits or the words show."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from .. import parties
from ..ledger.ledger import Ledger
from ..links.amounts import is_power
from ..links.rows import Claim
from ..pledges.pledge import Pledge
from ..text.amount_words import amount_words
from .finding import Finding, finding

_SAME_NEWS = 7  # days: one act is told within a week
_SAME_MONTH = 30
_MOST = 50  # of one key: round amounts of a great donor fill a key without meaning anything


class Teller(NamedTuple):
    """The claim that stands for a pledge."""

    id: str
    text: str
    source: str


class SumTold(NamedTuple):
    """A pledge as far as other donors' pledges are compared with it."""

    donor: tuple[str, ...]
    recipient: tuple[str, ...]
    currency: str | None
    amount: float | None
    first_published: dt.date | None
    teller: Teller


Dated = TypeVar("Dated", SumTold, Pledge)


def one_digit_apart(a: Claim, b: Claim) -> bool:
    """Whether one wrong or two swapped digits make the number of ``a`` that of ``b``.

    Only with three digits or more, or with a swap: most pairs of short numbers differ by one digit.
    """
    x, y = a.digits, b.digits
    if len(x) != len(y) or not a.amount or not b.amount or not 0.1 < a.amount / b.amount < 10:
        return False
    apart = [place for place in range(len(x)) if x[place] != y[place]]
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        return x[apart[0]] == y[apart[1]] and x[apart[1]] == y[apart[0]]
    return len(apart) == 1 and len(x) >= 3


def slips(ledger: Ledger) -> Iterable[Finding]:
    """An "each" that was lost, pledges a thousand times apart."""
    yield from _each_dropped(ledger)
    yield from _scales(ledger)


def told_sums(ledger: Ledger) -> list[SumTold]:
    """The pledges of a ledger, as ``misattributed`` takes them."""
    found = []
    for one in ledger.pledges:
        claim = one.teller
        teller = Teller(claim.id, claim.text, claim.source)
        figure = one.figure
        parties = (one.donor, one.recipient)
        found.append(SumTold(*parties, figure.currency, figure.amount, one.first_published, teller))
    return found


def misattributed(pledges: Iterable[SumTold]) -> Iterator[Finding]:
    """One sum put down to two donors within a week, in the money of one of them."""
    keyed: dict[tuple[object, ...], list[SumTold]] = defaultdict(list)
    for one in pledges:
        if len(one.donor) == 1 and one.recipient and one.amount and one.first_published:
            keyed[one.recipient, one.currency, one.amount].append(one)
    for found in keyed.values():
        for a, b in _pairs(found, _SAME_NEWS):
            if a.donor == b.donor:
                continue
            own = [_is_own(a), _is_own(b)]
            if own == [True, True] or own == [False, False]:
                continue
            right, wrong = (a, b) if own[0] else (b, a)
            x, y = right.teller, wrong.teller
            yield finding(
                "donor-misattributed",
                (x, y),
                f"{x.text!r} of {right.donor[0]} ({x.source}) and {y.text!r} of {wrong.donor[0]} "
                f"({y.source}) within a week: {right.currency} is the money of "
                f"{right.donor[0]}, so one source may have put it down to the wrong donor",
                # of one document: more likely we misread who gives
                severity="info" if x.source == y.source else None,
                alternatives=("equal-amount-coincidence", "currency-mix-up"),
            )


def _is_own(one: SumTold) -> bool:
    on = one.first_published
    return one.currency in parties.currencies_of(one.donor[0], on)


def _each_dropped(ledger: Ledger) -> Iterator[Finding]:
    """One amount of several donors, which one source gives for each of them and another for all."""
    keyed: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        told = claim.role == "pledge" and claim.base is None and claim.amount and claim.published
        if told and len(claim.donor) > 1:
            key = (frozenset(claim.donor), claim.recipient, claim.currency, claim.amount)
            keyed[key].append(claim)
    for claims in keyed.values():
        each = [claim for claim in claims if "near-each" in claim.said.values]
        whole = [
            claim
            for claim in claims
            if "near-each" not in claim.said.values
            and any(claim.source != other.source and _near(claim, other) for other in each)
        ]
        if whole:
            a, b = each[0], whole[0]
            yield finding(
                "each-dropped",
                (*each, *whole),
                f"{a.text!r} ({a.source}) is the amount of each of {len(a.donor)} donors, "
                f"{b.text!r} ({b.source}) reads as if it was that of all together",
                alternatives=("equal-amount-coincidence",),
            )


def _near(a: Claim, b: Claim) -> bool:
    assert a.published is not None
    assert b.published is not None
    return abs((a.published - b.published).days) <= _SAME_MONTH


def _scales(ledger: Ledger) -> Iterator[Finding]:
    """Two pledges of one donor with the same digits, a thousand times apart, within a month."""
    keyed: dict[tuple[object, ...], list[Pledge]] = defaultdict(list)
    for one in ledger.pledges:
        digits = one.teller.digits
        known = one.donor and one.recipient and one.figure.amount and one.first_published
        if known and len(digits) > 1:  # 3 million and 3 billion are just two round amounts
            keyed[one.donor, one.recipient, one.figure.currency, digits].append(one)
    for found in keyed.values():
        for a, b in _pairs(found, _SAME_MONTH):
            assert a.figure.amount is not None
            assert b.figure.amount is not None
            large, small = (a, b) if a.figure.amount > b.figure.amount else (b, a)
            ratio = max(a.figure.amount, b.figure.amount) / min(a.figure.amount, b.figure.amount)
            if not is_power(ratio):
                continue
            x, y = large.teller, small.teller
            yield finding(
                "scale-slip",
                (x, y),
                f"{x.text!r} ({x.source}) and {y.text!r} ({y.source}) of one donor have the same "
                f"digits, {amount_words(ratio)} times apart, within a month: one may be a slip of "
                "scale, with its conversion too",
                severity="warning",
                alternatives=("equal-amount-coincidence",),
            )


def _pairs(found: list[Dated], days: int) -> Iterator[tuple[Dated, Dated]]:
    if len(found) > _MOST:
        return
    for place, a in enumerate(found):
        for b in found[place + 1 :]:
            assert a.first_published is not None
            assert b.first_published is not None
            if abs((a.first_published - b.first_published).days) <= days:
                yield a, b
