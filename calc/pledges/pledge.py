"""Pledges as records: a cluster of claims with its figure, stage, dates and converted value."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any, NamedTuple

from .. import parties
from ..links.group import Group
from ..links.overlaps import parties_of
from ..links.rows import Claim, place, span_of
from ..schema import STAGES
from ..text.days import day_words
from ..values.valuation import CONSTANT, CONSTANT_NOTE, Valuation, Value
from .agreed import Agreed, agreed


class Pledge(NamedTuple):
    """What claims are about: never one true number, but a figure that they support together."""

    id: str
    cluster: tuple[Group, ...]
    donor: tuple[str, ...]
    recipient: tuple[str, ...]
    purpose: tuple[str, ...]
    figure: Agreed
    stage: int
    value_date: dt.date | None
    precision: str | None
    first_published: dt.date | None
    readings: tuple[str, ...]  # currencies that the printed sign may mean; one when decided
    claims: tuple[Claim, ...]  # all of the cluster, in the order of publication and place

    @property
    def status(self) -> str:
        """The furthest stage that any claim tells."""
        return STAGES[self.stage]

    @property
    def teller(self) -> Claim:
        """The claim that stands for it: the first that supports its figure."""
        return (self.figure.supporters or self.claims)[0]


class Worth(NamedTuple):
    """A pledge in another currency: its figure, its range, and what a sum may count."""

    amount: float | None
    low: float | None
    high: float | None
    counted: tuple[float, float | None] | None
    note: str


def pledge(cluster: tuple[Group, ...], valuation: Valuation) -> Pledge:
    """Make the record of one pledge. Its id is made from the claim that told of it first."""
    claims = sorted((claim for one in cluster for claim in one.claims), key=place)
    donor, recipient = parties_of(cluster)
    value_date, precision = _value_date(claims)
    found = agreed(cluster, valuation)
    names = sorted({name for one in cluster for name in one.names})
    words = sorted({word for one in cluster for word in one.words})
    return Pledge(
        id=f"p-{cluster[0].first.id}",
        cluster=cluster,
        donor=donor,
        recipient=recipient,
        purpose=(*names, *words),
        figure=found,
        stage=max(one.stage for one in cluster),
        value_date=value_date,
        precision=precision,
        first_published=min((c.published for c in claims if c.published), default=None),
        readings=readings(claims, found.currency, donor, recipient),
        claims=tuple(claims),
    )


def _value_date(claims: list[Claim]) -> tuple[dt.date | None, str | None]:
    """The first known day of the act; a day inside the first known month is better than it."""
    known = [claim for claim in claims if claim.value_date is not None]
    if not known:
        return min((c.published for c in claims if c.published), default=None), "day"
    first = min(known, key=lambda c: (str(c.value_date), c.precision or "day", place(c)))
    assert first.value_date is not None
    start, end = span_of(first.value_date, first.precision)
    inside = [
        claim.value_date
        for claim in known
        if claim.value_date is not None
        and claim.precision in (None, "day")
        and claim.date_basis == "stated"
        and start <= claim.value_date <= end
    ]
    if inside:
        return min(inside), "day"
    return first.value_date, first.precision or "day"


def readings(
    claims: list[Claim], currency: str | None, donor: tuple[str, ...], recipient: tuple[str, ...]
) -> tuple[str, ...]:
    """The currencies that a printed sign may mean, when nothing in the claims decides.

    Besides the first candidate, those that are money of the donor or the recipient. A figure
    that a source pairs with another currency is decided by the pair.
    """
    if currency is None:
        return ()
    own = [claim for claim in claims if claim.currency == currency]
    undecided = [claim for claim in own if claim.currency_basis == "ambiguous"]
    paired = any(claim.base for claim in claims)
    if len(undecided) < len(own) or paired:
        return (currency,)
    candidates = list(dict.fromkeys(code for claim in undecided for code in claim.candidates))
    at_home = {code for party in (*donor, *recipient) for code in parties.currencies_of(party)}
    if currency in {code for party in donor for code in parties.currencies_of(party)}:
        return (currency,)
    return (currency, *(code for code in candidates if code in at_home and code != currency))


def assumed(one: Pledge) -> bool:
    """Whether the currency is only the first that its sign may mean, and not the donor's own."""
    own = [claim for claim in one.claims if claim.currency == one.figure.currency]
    decided = any(claim.currency_basis != "ambiguous" for claim in own)
    at_home = any(one.figure.currency in parties.currencies_of(name) for name in one.donor)
    paired = any(claim.base for claim in one.claims)
    return bool(own) and not (decided or at_home or paired)


def worth(one: Pledge, currency: str, valuation: Valuation) -> Worth:
    """The pledge in ``currency`` at the rate of its value date; missing parts with the reason.

    When the printed sign may mean several currencies, the range holds them all.
    """
    found = one.figure
    why = _no_worth(one)
    if why is not None or found.currency is None or found.counted is None:
        return Worth(None, None, None, None, why or found.words)
    units = [
        (code, valuation.unit(code, currency, one.value_date, one.precision))
        for code in one.readings
    ]
    missing = [value for _code, value in units if value.rate is None]
    if missing and currency in one.readings:
        # "$130 million" without a date: in dollars it is as printed, whatever Canadian ones were
        units = sorted(
            ((code, value) for code, value in units if value.rate is not None),
            key=lambda unit: unit[0] != currency,
        )
    elif missing:
        unknown = Worth(None, None, None, None, missing[0].note)
        return _as_stated(one, currency, valuation) or unknown
    rates = [value.rate for _code, value in units if value.rate is not None]
    first: Value = units[0][1]
    assert first.rate is not None
    low, high = min(rates), max(rates)
    counted_low, counted_high = found.counted
    notes = [value.note for _code, value in units]
    return Worth(
        amount=None if found.amount is None else found.amount * first.rate,
        low=None if found.low is None else found.low * low,
        high=None if found.high is None else found.high * high,
        counted=(counted_low * low, None if counted_high is None else counted_high * high),
        note="; or ".join(notes),
    )


def _no_worth(one: Pledge) -> str | None:
    """Why no rate turns a pledge into money of another currency, or even of its day."""
    constant = any(CONSTANT in claim.said.values for claim in one.claims)
    return CONSTANT_NOTE if constant else None


def _as_stated(one: Pledge, currency: str, valuation: Valuation) -> Worth | None:
    """What its sources give as its equivalent, in ``currency`` if they do, for want of a rate."""
    told = [claim for claim in one.claims if claim.amount is not None and claim.currency]
    told.sort(key=lambda claim: claim.currency != currency)
    for claim in told:
        value = valuation.unit(claim.currency, currency, one.value_date, one.precision)
        if value.rate is None or claim.amount is None:
            continue
        amount = claim.amount * value.rate
        band = claim.band
        return Worth(
            amount=amount,
            low=band.near_low * value.rate if band else amount,
            high=band.near_high * value.rate if band else amount,
            counted=(amount, amount),
            note=f"as {claim.source} gives it ({claim.text!r}), for want of a rate of "
            f"{one.figure.currency}; {value.note}",
        )
    return None


def record(one: Pledge, currency: str, valuation: Valuation) -> dict[str, Any]:
    """The row of ``Reconciliation.pledges``."""
    found = one.figure
    value = worth(one, currency, valuation)
    code = currency.lower()
    claims = one.claims
    return {
        "pledge_id": one.id,
        "donor": "|".join(one.donor) or None,
        "recipient": "|".join(one.recipient) or None,
        "purpose": "|".join(one.purpose) or None,
        "status": one.status,
        "currency": found.currency,
        "amount": found.amount,
        "low": found.low,
        "high": found.high,
        "contested": found.contested,
        "n_claims": len(claims),
        "n_sources": len({claim.source for claim in claims}),
        "n_independent": found.independent,
        "first_published": one.first_published,
        "value_date": one.value_date,
        "claim_ids": "|".join(claim.id for claim in claims),
        f"amount_{code}": value.amount,
        f"low_{code}": value.low,
        f"high_{code}": value.high,
        "explanation": explanation(one, value),
    }


def explanation(one: Pledge, value: Worth) -> str:
    """One paragraph: the figure, its bound, what other readings say, stage, date and rate."""
    parts = [one.figure.words]
    if one.figure.currency and one.figure.high is None and one.figure.low is not None:
        parts.append("a lower bound: the upper end is open")
    if one.figure.contested:
        parts.append("the sources disagree")
    if len(one.readings) > 1:
        parts.append(f"the currency sign may mean {' or '.join(one.readings)}")
    elif assumed(one):
        parts.append(f"read as {one.figure.currency}: the text does not name the currency")
    periods = sorted({claim.period for claim in one.claims if claim.period})
    if periods:
        parts.append(f"period as printed: {', '.join(periods)}; the amount is counted once")
    if one.value_date is None:
        parts.append("no date is known")
    elif value.counted is not None and math.isfinite(value.counted[0]):
        parts.append(f"value date {day_words(one.value_date, one.precision)}")
    parts.append(value.note)
    return ". ".join(part[:1].upper() + part[1:] if part[:1].islower() else part for part in parts)
