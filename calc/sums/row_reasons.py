"""The rows of a safe sum: what counts in which end, what was left out, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..ledger.ledger import Ledger
from ..links.relations import (
    CONVERSION,
    EARLIER,
    INSTALMENT,
    PART,
    REVISION,
    SAME,
    STAGE,
    Relation,
)
from ..links.rows import Claim
from ..pledges.pledge import Pledge, Worth
from .chances import EVEN, doubt
from .ends import Share
from .selection import Selection

_SURE = 0.9  # chance from which on a pledge needs no word on whether it is money of its own
ONLY_UPPER = "only in the upper end"
EXCLUDED = {
    "claim_id": "text",
    "source": "text",
    "text": "text",
    "role": "text",
    "donor": "text",
    "recipient": "text",
    "reason": "text",
}
_LEFT_OUT = {
    "total": "a running total: never added to pledges",
    "target": "a target or an appeal, not a pledge",
    "relative": "a share, such as of a GDP: no amount of its own",
}
_MAY_BE = {
    SAME: "may be the same money as",
    CONVERSION: "may be the same money, in another currency, as",
    EARLIER: "may be the same money, reported again, as",
    PART: "may be a part of",
    INSTALMENT: "may be an instalment of",
    STAGE: "may be a later stage of",
    REVISION: "may be another version of",
}
_IS = {
    SAME: "the same money as",
    CONVERSION: "the same money, in another currency, as",
    EARLIER: "the same money, reported again, as",
    PART: "a part of",
    INSTALMENT: "an instalment of",
    STAGE: "a later stage of",
    REVISION: "another version of",
}


def included_columns(currency: str) -> dict[str, str]:
    code = currency.lower()
    return {
        "pledge_id": "text",
        "text": "text",
        "donor": "text",
        "recipient": "text",
        "status": "text",
        "currency": "text",
        "amount": "number",
        f"low_{code}": "number",
        f"high_{code}": "number",
        "in_low": "flag",
        "chance": "number",
        "reason": "text",
    }


class PlaceInSum(NamedTuple):
    """How a pledge stands in a sum: its chance, who of its givers count, why not in the low end."""

    own: float | None
    givers: int
    why: str | None


def included_row(
    one: Pledge, value: Worth, currency: str, share: Share, standing: PlaceInSum, ledger: Ledger
) -> dict[str, Any]:
    """The row of a pledge: what it counts for in each end, and why."""
    code = currency.lower()
    return {
        "pledge_id": one.id,
        "text": one.teller.text,
        "donor": "|".join(one.donor) or None,
        "recipient": "|".join(one.recipient) or None,
        "status": one.status,
        "currency": one.figure.currency,
        "amount": one.figure.amount,
        f"low_{code}": share.low,
        f"high_{code}": share.high,
        "in_low": share.low > 0 and not standing.why,
        "chance": standing.own,
        "reason": "; ".join(
            [*_reasons(one, share, standing, ledger), *_width(one, value, share), value.note]
        ),
    }


def _width(one: Pledge, value: Worth, share: Share) -> Iterator[str]:
    """Why the amount itself is a range."""
    low, high = value.counted or (0.0, 0.0)
    if share.inside or high == low:
        return
    if high is None:
        yield "a lower bound, so the upper end takes a tenth more"
    elif one.figure.contested:
        yield "the sources disagree on the amount"
    elif len(one.readings) < 2:
        yield "an upper bound, so the lower end takes nothing" if not low else "given as a range"


def _reasons(one: Pledge, share: Share, standing: PlaceInSum, ledger: Ledger) -> Iterator[str]:
    if share.inside and share.relation is not None:
        yield f"in neither end: {told_of(share.relation, ledger, surely=True)}"
    elif share.relation is not None:
        yield f"{ONLY_UPPER}: {told_of(share.relation, ledger)}"
    elif standing.why:
        yield f"{ONLY_UPPER}: {standing.why}"
    elif standing.own is not None and standing.own < _SURE:
        word = f"{ONLY_UPPER}: " if standing.own < EVEN else ""
        yield f"{word}{100 * standing.own:.0f} % likely a separate pledge: {doubt(one)}"
    if standing.givers:
        many = len(one.donor) > 1
        *rest, last = one.donor if many else one.recipient
        names = f"{', '.join(rest)} and {last}"
        yield f"each of {names} {'gives' if many else 'gets'} it"
    if len(one.readings) > 1:
        yield f"as {' or '.join(one.readings)}"


def told_of(one: Relation, ledger: Ledger, surely: bool = False) -> str:
    """What a pledge is to another one, in the words of people, with what says so."""
    outer = ledger.pledges[one.outer].teller
    words = _IS[one.kind] if surely else _MAY_BE[one.kind]
    told = [piece.words for piece in one.pieces if piece.bits > 0]
    why = f" ({told[-1]})" if told else ""
    return f"{words} {outer.text!r}{why}"


def excluded_rows(
    ledger: Ledger,
    selection: Selection,
    chosen: list[Pledge],
    counted: list[Pledge],
    values: Mapping[str, Worth],
) -> list[dict[str, Any]]:
    teller = {one.id: one.teller.id for one in counted}
    pledge_of = {claim.id: one for one in ledger.pledges for claim in one.claims}
    ids = {one.id for one in chosen}
    reasons = []
    for claim in ledger.claims:
        one = pledge_of.get(claim.id)
        if one is None:
            reason = _left_out(claim) if selection.may_take(claim) else None
        elif one.id in ids:
            reason = None if claim.id == teller.get(one.id) else _again(claim, one, values)
        else:
            reason = _other(one, selection)
        if reason:
            reasons.append(
                {
                    "claim_id": claim.id,
                    "source": claim.source,
                    "text": claim.text,
                    "role": claim.role,
                    "donor": "|".join(claim.donor) or None,
                    "recipient": "|".join(claim.recipient) or None,
                    "reason": reason,
                }
            )
    return reasons


def _left_out(claim: Claim) -> str:
    if claim.role == "noise":
        return f"no pledge: {claim.noise_reason or 'noise'}"
    return _LEFT_OUT.get(claim.role, f"not a pledge but {claim.role}")


def _again(claim: Claim, one: Pledge, values: Mapping[str, Worth]) -> str:
    if values[one.id].counted is None:
        return f"no amount to count: {values[one.id].note}"
    if claim.base:
        return "the source's own conversion of a counted figure"
    if claim.echo:
        return "repeats a figure of its document"
    return f"same pledge as {one.teller.text!r}, counted there"


def _other(one: Pledge, selection: Selection) -> str | None:
    if selection.takes(one.donor, one.recipient):
        if one.status == "unknown":
            return f"its status is unknown, and only {selection.status} was asked for"
        return f"its status is {one.status}, not {selection.status}"
    open_donor = selection.donor is not None and not one.donor
    open_recipient = selection.recipient is not None and not one.recipient
    if not open_donor and not open_recipient:
        return None
    known = selection.takes(
        one.donor or selection.donor or (), one.recipient or selection.recipient or ()
    )
    missing = " and ".join(
        word for word, gone in (("donor", open_donor), ("recipient", open_recipient)) if gone
    )
    return f"names no {missing}" if known else None
