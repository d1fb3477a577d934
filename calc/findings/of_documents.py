"""What one document says twice and not alike: headline and body, shares and their sum.

A document alone may be misread, so these are questions (``info``) and accuse nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ..ledger.ledger import Ledger
from ..links.rows import Claim
from ..pledges.pledge import Pledge, worth
from ..text.amount_words import amount_words
from .finding import Finding, finding

_ROUNDED = 0.05  # how far rounding and rates leave a headline from its body
_FAR = 2.0  # further apart they are two amounts
_MADE = 0.05  # what rounding and rates leave between shares and their sum
_MOST = 200  # pledges of one document that are looked at


def of_documents(ledger: Ledger) -> Iterator[Finding]:
    """Headlines that differ from their text by more than rounding, and shares from their sum."""
    told: dict[tuple[str, str, str], list[Pledge]] = defaultdict(list)
    for one in ledger.pledges:
        for document in dict.fromkeys(claim.document for claim in one.claims):
            told[document].append(one)
    for document, pledges in told.items():
        if 1 < len(pledges) <= _MOST:
            yield from _headlines(document, pledges, ledger)
            yield from _shares(pledges, ledger)


def _headlines(
    document: tuple[str, str, str], pledges: list[Pledge], ledger: Ledger
) -> Iterator[Finding]:
    own = {one.id: [c for c in one.claims if c.document == document] for one in pledges}
    bodies = [one for one in pledges if any(c.zone != "headline" for c in own[one.id])]
    bodies.sort(key=lambda one: min(c.start for c in own[one.id] if c.zone != "headline"))
    for head in pledges:
        if head in bodies:
            continue
        alike = [one for one in bodies if _of_one(head, one)]
        if alike:
            yield from _headline(own[head.id][0], alike, ledger)


def _of_one(a: Pledge, b: Pledge) -> bool:
    return bool(set(a.donor) & set(b.donor)) and (
        not a.recipient or not b.recipient or bool(set(a.recipient) & set(b.recipient))
    )


def _headline(claim: Claim, bodies: list[Pledge], ledger: Ledger) -> Iterator[Finding]:
    for one in bodies:
        other = one.teller
        if claim.amount == other.amount and claim.currency != other.currency:
            yield finding(
                "currency-mix-up",
                (claim, other),
                f"the headline of {claim.source} has {claim.text!r} and its text {other.text!r}: "
                "the same number with another sign",
                severity="info",
            )
            return
    apart = [(_apart(claim, one, ledger), one) for one in bodies]
    known = [(ratio, one) for ratio, one in apart if ratio is not None]
    if not known or any(1 / (1 + _ROUNDED) <= ratio <= 1 + _ROUNDED for ratio, _ in known):
        return
    ratio, body = known[0]  # the first amount that the text tells
    if 1 / _FAR <= ratio <= _FAR and not _rounds(claim, body):
        amounts = dict.fromkeys(c.text for c in body.claims if c.document == claim.document)
        yield finding(
            "unresolved",
            (claim, body.teller),
            f"the headline of {claim.source} has {claim.text!r} and its text "
            f"{' or '.join(map(repr, list(amounts)[:2]))}, {abs(1 / ratio - 1):.0%} "
            f"{'less' if ratio > 1 else 'more'}: more than rounding",
            severity="info",
        )


def _rounds(claim: Claim, body: Pledge) -> bool:
    """Whether the headline is an amount of the text to fewer digits: 1 billion for 1.4 billion."""
    return any(
        other.currency == claim.currency
        and claim.amount
        and other.amount
        and float(f"{other.amount:.{max(len(claim.digits) - 1, 0)}e}") == claim.amount
        for other in body.claims
    )


def _apart(claim: Claim, body: Pledge, ledger: Ledger) -> float | None:
    """The headline's amount by that of the text: in its own currency where the text prints it."""
    for other in body.claims:
        if other.currency == claim.currency and claim.amount and other.amount:
            return claim.amount / other.amount
    on = claim.value_date or claim.published
    rate = ledger.valuation.unit(claim.currency, ledger.currency, on, claim.precision).rate
    value = worth(body, ledger.currency, ledger.valuation).amount
    return claim.amount * rate / value if claim.amount and rate and value else None


def _shares(pledges: list[Pledge], ledger: Ledger) -> Iterator[Finding]:
    """What every giver of a joint sum gives by itself, and that does not make the sum."""
    values = {one.id: worth(one, ledger.currency, ledger.valuation).amount for one in pledges}
    for joint in pledges:
        if len(joint.donor) < 2 or any("each" in claim.said.values for claim in joint.claims):
            continue
        own = [
            [one for one in pledges if one.donor == (name,) and one.recipient == joint.recipient]
            for name in joint.donor
        ]
        whole = values[joint.id]
        if not whole or any(len(found) != 1 for found in own):
            continue
        shares = [found[0] for found in own]
        made = sum(values[one.id] or 0.0 for one in shares)
        if abs(made / whole - 1) > _MADE:
            yield finding(
                "part-of",
                (joint.teller, *(one.teller for one in shares)),
                f"{joint.teller.text!r} ({joint.teller.source}) is given together, and what each "
                f"gives comes to {amount_words(made)} {ledger.currency}, not "
                f"{amount_words(whole)}: a share is missing, or they give more besides",
                severity="info",
            )
