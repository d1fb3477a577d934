"""Has this pledge been announced before? One pledge as it was told, day by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import pandas as pd

from rates.errors import UsageError

from .. import schema
from ..ledger.ledger import Ledger
from ..links.rows import Claim, place
from ..pledges.pledge import Pledge
from ..reconcile import Reconciliation
from ..telling.explain import one_id
from ..text.months import NAMES

COLUMNS = {
    "pledge_id": "text",
    "claim_id": "text",
    "published": "date",
    "source": "text",
    "publisher": "text",
    "text": "text",
    "amount": "number",
    "currency": "text",
    "status": "text",
    "status_text": "text",
    "value_date": "date",
    "value_date_precision": "text",
    "new_money": "text",
    "relation": "text",
    "answer": "text",
}
_REPEAT_DAYS = 3  # papers that report one announcement print it within this time
_NEW = ("additional", "new")


def timeline(result: Reconciliation, pledge: str | None = None) -> pd.DataFrame:
    """Every mention of a pledge by day, with what the source says of its stage and of new money.

    ``pledge`` is the id of one, or the start of it, or that of a claim of it; without it all
    pledges are shown that more than one document tells. ``new_money`` is ``first`` (the first
    mention here), ``same news`` (within three days of it), ``again`` (later), ``said to be new``
    (later, and the words call it new or additional: worth a look) or ``stage`` (later, and further
    on: committed, allocated, disbursed). Pledges that may hold the same money stand below with
    their ``relation``. The first mention in these documents need not be the first in the world.
    ``UsageError`` for an id that is unknown.
    """
    ledger = result.ledger
    chosen = _chosen(ledger, pledge)
    rows = [row for one in chosen for row in _of(one, ledger, alone=pledge is not None)]
    return schema.frame(rows, COLUMNS)


def _chosen(ledger: Ledger, wanted: str | None) -> list[Pledge]:
    if wanted is None:
        return [one for one in ledger.pledges if len({c.document for c in one.claims}) > 1]
    home = {claim.id: one.id for one in ledger.pledges for claim in one.claims}
    name = one_id(wanted, [*(one.id for one in ledger.pledges), *home])
    found = [one for one in ledger.pledges if one.id == home.get(name, name)]
    if not found:
        raise UsageError(f"{wanted!r} belongs to no pledge; see the ids that reconcile shows")
    return found


def _of(one: Pledge, ledger: Ledger, *, alone: bool) -> Iterator[dict[str, object]]:
    told = _mentions(one)
    first = next((claim for claim in told if claim.published), None)
    answer = _answer(one, told)
    stage = 0
    for claim in told:
        at = schema.STAGES.index(claim.status)
        yield _row(one, claim, _new_money(claim, first, at > stage > 0), None, answer)
        stage = max(stage, at)
    if not alone:
        return
    number = ledger.pledges.index(one)
    for relation in ledger.overlaps:
        if number in (relation.inner, relation.outer):
            inner = relation.inner == number
            other = ledger.pledges[relation.outer if inner else relation.inner]
            kind = f"{'' if inner else 'holds: '}{relation.kind}"
            for claim in _mentions(other):
                yield _row(other, claim, None, kind, None)


def _mentions(one: Pledge) -> list[Claim]:
    """The claims that tell of it: conversions and repeats of a document belong to one of them."""
    ids = {claim.id for claim in one.claims}
    own = [claim for claim in one.claims if claim.base not in ids and claim.echo not in ids]
    return sorted(own or one.claims, key=place)


def _new_money(claim: Claim, first: Claim | None, further: bool) -> str:
    if first is None or claim.published is None:
        return "unknown, because no date is known"
    if claim.id == first.id:
        return "first"
    assert first.published is not None
    if (claim.published - first.published).days <= _REPEAT_DAYS:
        return "same news"
    if any(word in claim.said.values for word in _NEW):
        return "said to be new"
    return "stage" if further else "again"


def _answer(one: Pledge, told: Iterable[Claim]) -> str:
    """Whether it was announced before, in one sentence."""
    days = sorted({claim.published for claim in told if claim.published})
    if not days:
        return "unknown, because no document has a date"
    since = _since(one, days[0])
    if (days[-1] - days[0]).days <= _REPEAT_DAYS:
        return f"no earlier mention here: first told on {_said(days[0])}{since}"
    later = sum((day - days[0]).days > _REPEAT_DAYS for day in days)
    again = f"reported again on {later} later day{'s' * (later != 1)}"
    return f"yes: first told on {_said(days[0])}{since}; {again}"


def _since(one: Pledge, first: dt.date) -> str:
    """The day of the act, where the words put it before the first mention."""
    if one.value_date is None or one.value_date >= first:
        return ""
    return f", about {_said(one.value_date, one.precision)}"


def _said(day: dt.date, precision: str | None = None) -> str:
    """A day as people say it, no closer than it is known.

    >>> _said(dt.date(2024, 9, 1), "month"), _said(dt.date(2024, 11, 4))
    ('September 2024', '4 November 2024')
    """
    parts = [str(day.day), NAMES[day.month - 1], str(day.year)]
    return " ".join(parts[{"year": 2, "month": 1}.get(precision or "day", 0) :])


def _row(
    one: Pledge, claim: Claim, new_money: str | None, relation: str | None, answer: str | None
) -> dict[str, object]:
    return {
        "pledge_id": one.id,
        "claim_id": claim.id,
        "published": claim.published,
        "source": claim.source,
        "publisher": claim.publisher,
        "text": f"{claim.qualifier} {claim.text}" if claim.qualifier else claim.text,
        "amount": claim.amount,
        "currency": claim.currency,
        "status": claim.status,
        "status_text": claim.status_text,
        "value_date": claim.value_date,
        "value_date_precision": claim.precision,
        "new_money": new_money,
        "relation": relation,
        "answer": answer,
    }
