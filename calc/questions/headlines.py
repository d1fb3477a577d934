"""Does the headline say what the body says? Pairs of figures of one document, with the cause."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from .. import schema
from ..findings.of_pledges import difference
from ..ledger.ledger import Ledger
from ..links.bits import CAUSES
from ..links.rows import Claim
from ..reconcile import Reconciliation
from ..text.amount_words import amount_words
from ..values.slack import MARKET

COLUMNS = {
    "source": "text",
    "headline_id": "text",
    "headline": "text",
    "body_id": "text",
    "body": "text",
    "same": "text",
    "cause": "text",
    "answer": "text",
}
OTHER_CURRENCY, EACH = "other-currency", "each"
_MEANS = {
    "rounding": "the headline rounds",
    "truncation": "the headline cuts digits off without rounding",
    "qualifier-dropped": "one of the two leaves out a bound such as 'over'",
}


def headlines(result: Reconciliation) -> pd.DataFrame:
    r"""Each figure of a headline beside the figure of its body, and why they differ.

    ``same`` is ``yes`` (one number), ``yes, but`` (one sum: rounded, cut, in another currency, a
    bound dropped), ``no`` or ``unknown``; ``cause`` is of the closed list of causes, besides
    ``other-currency`` where the headline converts what the body gives, and ``each`` where it adds
    up what the body gives for each of several. ``answer`` says it in words.
    Documents without a figure in their headline have no row.

    >>> from calc.claims import read_text
    >>> from calc.reconcile import reconcile
    >>> text = "Denmark to send Chad €13m\n\nDenmark will give Chad 12.7 million euros, it said."
    >>> table = headlines(reconcile(read_text(text, published="2025-04-04")))
    >>> table[["headline", "body", "same", "cause"]].values.tolist()
    [['€13m', '12.7 million euros', 'yes, but', 'rounding']]
    """
    ledger = result.ledger
    by_id = {claim.id: claim for claim in ledger.claims}
    by_document: dict[object, list[Claim]] = {}
    for claim in ledger.claims:
        by_document.setdefault(claim.document, []).append(claim)
    rows = [
        _row(claim, told, by_id, ledger)
        for told in by_document.values()
        for claim in told
        if claim.zone == "headline" and claim.role not in ("noise", "relative")
    ]
    return schema.frame(rows, COLUMNS)


def _row(
    head: Claim, told: Sequence[Claim], by_id: Mapping[str, Claim], ledger: Ledger
) -> dict[str, object]:
    body = _body_of(head, told, by_id, ledger)
    row: dict[str, object] = {
        "source": head.source,
        "headline_id": head.id,
        "headline": _printed(head),
        "body_id": body.id if body else None,
        "body": _printed(body) if body else None,
    }
    if body is None:
        others = sorted({_printed(one) for one in _in_body(told)})
        why = f"names {', '.join(map(repr, others[:4]))}" if others else "names no sum"
        answer = f"unknown, because no figure of the body is surely this one: it {why}"
        return row | {"same": "unknown", "cause": None, "answer": answer}
    return row | _compared(head, body, ledger)


def _in_body(told: Iterable[Claim]) -> list[Claim]:
    return [
        one for one in told if one.zone != "headline" and one.role in ("pledge", "total", "target")
    ]


def _body_of(
    head: Claim, told: Sequence[Claim], by_id: Mapping[str, Claim], ledger: Ledger
) -> Claim | None:
    """The figure of the body that a headline tells: what it repeats, or another of its pledge."""
    found = by_id.get(head.echo or "")
    if found is not None and found.zone != "headline":
        return found
    home = ledger.home()
    body = _in_body(told)
    mine = [one for one in body if home.get(one.id) and home.get(one.id) == home.get(head.id)]
    for currency in (head.currency, None):
        near = [one for one in mine if currency is None or one.currency == currency]
        if near:
            return min(near, key=lambda one: (one.base is not None, one.start))
    alone = [one for one in body if one.role == head.role and one.base is None]
    return alone[0] if len(alone) == 1 else None


def _compared(head: Claim, body: Claim, ledger: Ledger) -> dict[str, object]:
    if head.amount is None or body.amount is None or not head.currency or not body.currency:
        answer = "unknown, because one of the two is a range or has no known currency"
        return {"same": "unknown", "cause": None, "answer": answer}
    if head.currency != body.currency:
        return _across(head, body, ledger)
    many = _each(body)
    if many > 1 and math.isclose(head.amount, body.amount * many):
        answer = f"one sum: the headline adds up what the body gives for each of {many}"
        return {"same": "yes, but", "cause": EACH, "answer": answer}
    cause = difference(head, body)
    if cause is None:
        return {"same": "yes", "cause": None, "answer": "the same number"}
    if cause in _MEANS:
        answer = f"one sum: {_MEANS[cause]}"
        return {"same": "yes, but", "cause": cause, "answer": answer}
    ratio = head.amount / body.amount
    apart = f"{ratio:.3g} times" if not 0.5 < ratio < 2 else f"{100 * (ratio - 1):+.2g} % off"
    answer = f"the headline is {apart} the body: {CAUSES[cause].meaning}"
    return {"same": "no", "cause": cause, "answer": answer}


def _each(body: Claim) -> int:
    """How many givers or receivers the body gives its sum for each of."""
    said = "each" in body.said.values or "each" in (body.period or "").split("|")
    return max(len(body.donor), len(body.recipient)) if said else 1


def _across(head: Claim, body: Claim, ledger: Ledger) -> dict[str, object]:
    """A headline in another currency: whether the rate of the day makes it of the body's sum."""
    day: dt.date | None = body.value_date or body.published
    unit = ledger.valuation.unit(body.currency, head.currency or "", day, body.precision)
    if unit.rate is None or body.amount is None or head.usual is None or body.usual is None:
        answer = f"unknown, because {unit.note}"
        return {"same": "unknown", "cause": None, "answer": answer}
    worth = f"{amount_words(body.amount * unit.rate)} {head.currency} ({unit.note})"
    low, high = (end * unit.rate for end in body.usual)
    if head.usual[0] <= high * (1 + MARKET) and low * (1 - MARKET) <= head.usual[1]:
        answer = f"one sum: the headline converts the body's, which was {worth}"
        return {"same": "yes, but", "cause": OTHER_CURRENCY, "answer": answer}
    answer = f"the body's sum was {worth}: the headline's fits no rounding of it"
    return {"same": "no", "cause": "rate-date", "answer": answer}


def _printed(claim: Claim) -> str:
    return f"{claim.qualifier} {claim.text}" if claim.qualifier else claim.text
