"""Do the parts add up to the whole? Sums of printed numbers as ranges, the missing part by size."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pandas as pd

from .. import schema
from ..ledger.ledger import Ledger
from ..links.relations import INSIDE
from ..links.rows import Claim
from ..pledges.pledge import Pledge
from ..reconcile import Reconciliation
from ..text.amount_words import amount_words, range_words

COLUMNS = {
    "pledge_id": "text",
    "source": "text",
    "donor": "text",
    "recipient": "text",
    "text": "text",
    "currency": "text",
    "amount": "number",
    "low": "number",
    "high": "number",
    "parts": "text",
    "part_ids": "text",
    "sum_low": "number",
    "sum_high": "number",
    "missing_low": "number",
    "missing_high": "number",
    "verdict": "text",
    "answer": "text",
}
_MOST_EACH = 40  # givers or receivers of one sum


class _Part(NamedTuple):
    """One part: its words, its range in the currency of the whole, how many get or give it."""

    id: str
    words: str
    low: float
    high: float
    times: int


def parts(result: Reconciliation) -> pd.DataFrame:
    """Each pledge of which parts are told, against what its parts add up to.

    ``low``..``high`` is what the printed digits of the whole leave open, ``sum_low``..``sum_high``
    what those of its parts do; all in ``currency``. ``verdict`` is ``adds-up``, ``missing`` (with
    the missing part in ``missing_low``..``missing_high``), ``too-much`` or ``unknown``; ``answer``
    says it in words, with a hint where one part is for each of several. Only parts that the
    sources tell as such are taken.

    >>> from calc.claims import read_text
    >>> from calc.reconcile import reconcile
    >>> text = "Norway will give Chad 90 million euros, including 30 million euros for schools."
    >>> table = parts(reconcile(read_text(text, published="2025-04-04")))
    >>> table[["verdict", "missing_low", "missing_high"]].values.tolist()
    [['missing', 59000000.0, 61000000.0]]
    """
    ledger = result.ledger
    inside: dict[int, list[int]] = defaultdict(list)
    for one in ledger.overlaps:
        if one.kind in INSIDE and one.sure and one.inner not in inside[one.outer]:
            inside[one.outer].append(one.inner)
    nested = _nested(inside)
    rows = [
        _row(result, outer, [n for n in inner if n not in nested.get(outer, ())])
        for outer, inner in sorted(inside.items())
        if inner
    ]
    return schema.frame(rows, COLUMNS)


def _nested(inside: dict[int, list[int]]) -> dict[int, set[int]]:
    """Of each whole the parts that are parts of another part of it: they would count twice."""
    return {
        outer: {deep for one in inner for deep in inside.get(one, ()) if deep in inner}
        for outer, inner in inside.items()
    }


def _row(result: Reconciliation, outer: int, inner: Sequence[int]) -> dict[str, object]:
    ledger = result.ledger
    whole = ledger.pledges[outer]
    currency = whole.figure.currency
    ends = _range(result, whole)
    told = [ledger.pledges[number] for number in inner]
    found = [_part(result, one, whole) for one in told]
    row: dict[str, object] = {
        "pledge_id": whole.id,
        "source": whole.teller.source,
        "donor": "|".join(whole.donor) or None,
        "recipient": "|".join(whole.recipient) or None,
        "text": _printed(whole.teller),
        "currency": currency,
        "amount": whole.figure.amount,
        "parts": "|".join(_printed(one.teller) for one in told),
        "part_ids": "|".join(one.id for one in told),
    }
    known = [one for one in found if one is not None]
    if ends is None or len(known) < len(found) or currency is None:
        return row | {
            "verdict": "unknown",
            "answer": "unknown, because the whole or a part is no closed range of one currency",
        }
    low = math.fsum(one.low * one.times for one in known)
    high = math.fsum(one.high * one.times for one in known)
    row |= {"low": ends[0], "high": ends[1], "sum_low": low, "sum_high": high}
    return row | _verdict(ends, (low, high), known, whole, list(_unread(ledger, whole, told)))


def _verdict(
    whole: tuple[float, float],
    made: tuple[float, float],
    known: Sequence[_Part],
    of: Pledge,
    unread: Sequence[Claim],
) -> dict[str, object]:
    currency = of.figure.currency
    point = of.figure.amount
    told = _sum_words(known, currency)
    if made[0] <= whole[1] and whole[0] <= made[1]:
        return {"verdict": "adds-up", "answer": f"yes: {told}, as {_printed(of.teller)!r} says"}
    if made[0] > whole[1]:
        much = range_words(made[0] - whole[1], made[1] - whole[0])
        answer = (
            f"no: {told}, {much} {currency} more than {_printed(of.teller)!r}; "
            "a part is given twice, is no part of it, or a number is wrong"
        )
        return {"verdict": "too-much", "answer": answer}
    low, high = whole[0] - made[1], whole[1] - made[0]
    middle = None if point is None else point - sum((p.low + p.high) / 2 * p.times for p in known)
    much = amount_words(middle, 3) if middle is not None and middle > 0 else range_words(low, high)
    answer = f"no: {told}; {much} {currency} of {_printed(of.teller)!r} are in no part"
    hint = _each(known, of, whole)
    if hint:
        answer += f". {hint}"
    elif unread:
        answer += f". {_also(unread, middle, currency)}"
    return {"verdict": "missing", "missing_low": low, "missing_high": high, "answer": answer}


def _sum_words(known: Sequence[_Part], currency: str | None) -> str:
    """What the parts come to: one, several, or one for each of several."""
    middle = math.fsum((one.low + one.high) / 2 * one.times for one in known)
    total = f"{amount_words(middle)} {currency}"
    if len(known) == 1 and known[0].times > 1:
        return f"{known[0].words!r} for each of {known[0].times} makes {total}"
    if len(known) == 1:
        return f"the one part told is {known[0].words!r}"
    return f"the {len(known)} parts come to {total}"


def _each(known: Sequence[_Part], of: Pledge, whole: tuple[float, float]) -> str | None:
    """Whether one part may be for each of several: so many times it is the whole."""
    if len(known) != 1 or known[0].times > 1:
        return None
    part = known[0]
    for count in range(2, _MOST_EACH):
        if part.low * count <= whole[1] and whole[0] <= part.high * count:
            named = count in (len(of.donor), len(of.recipient))
            why = f", and {count} are named" if named else ""
            return f"Each? {count} times {part.words!r} would make it{why}" if named else None
    return None


def _part(result: Reconciliation, one: Pledge, whole: Pledge) -> _Part | None:
    ends = _range(result, one)
    if ends is None or one.figure.currency is None or whole.figure.currency is None:
        return None
    unit = result.ledger.valuation.unit(
        one.figure.currency, whole.figure.currency, one.value_date, one.precision
    )
    if unit.rate is None:
        return None
    words = one.teller.said.values
    each = "each" in words or "each" in (one.teller.period or "").split("|")
    many = max(len(one.donor), len(one.recipient)) if each else 1
    low, high = (end * unit.rate for end in ends)
    return _Part(one.id, _printed(one.teller), low, high, max(many, 1))


def _range(result: Reconciliation, one: Pledge) -> tuple[float, float] | None:
    """What the printed digits leave open; without a printed number the closed range."""
    printed = result.printed_ranges.get(one.id)
    if printed is not None:
        return printed
    low, high = one.figure.low, one.figure.high
    return None if low is None or high is None else (low, high)


def _unread(ledger: Ledger, whole: Pledge, told: Sequence[Pledge]) -> Iterator[Claim]:
    """Other amounts of the sentences of the parts, of the same currency, that are no part here."""
    taken = {claim.id for one in (whole, *told) for claim in one.claims}
    sentences = {one.teller.sentence for one in told}
    for claim in ledger.claims:
        same = claim.sentence in sentences and claim.currency == whole.figure.currency
        if same and claim.id not in taken and claim.base is None and claim.amount is not None:
            yield claim


def _also(unread: Sequence[Claim], missing: float | None, currency: str | None) -> str:
    """What the sentence names besides, which would make the missing part smaller."""
    names = [
        f"{one.text!r}{'' if one.role == 'pledge' else f', read as a {one.role}'}" for one in unread
    ]
    told = f"The same sentence also names {' and '.join(names)}"
    left = None if missing is None else missing - math.fsum(one.amount or 0.0 for one in unread)
    if left is None or left < 0:
        return told
    return f"{told}: with it {amount_words(left, 3)} {currency} would be missing"


def _printed(claim: Claim) -> str:
    return f"{claim.qualifier} {claim.text}" if claim.qualifier else claim.text
