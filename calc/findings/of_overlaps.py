"""What pledges find that may hold the same money."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator

from ..ledger.ledger import Ledger
from ..links.relations import ONE_MONEY, Relation, best_of_each
from ..links.rows import Claim, kinds_of
from ..text.amount_words import amount_words
from .finding import Finding, finding

_ROUNDED = 0.02  # whole and parts are rounded, each by itself
_QUESTIONS = frozenset(
    {
        "same-document",
        "part-below",
        "date-later",
        "channel-place",
        "headline-body",
        "exact-conversion",
        "other-words",
    }
    | {"revised-later", "news-near", "part-retold", "scale-near"}
)


def of_overlaps(ledger: Ledger) -> list[Finding]:
    """Of each pledge that may be counted twice its best relation, where evidence speaks for it.

    What one document leaves open is a question for ``review``, no finding.
    """
    told = tuple(
        one
        for one in ledger.overlaps
        if (one.bits > 0 or one.kind in ONE_MONEY) and not _only_asked(one)
    )
    return [of_overlap(one, ledger) for one in best_of_each(told)]


def of_parts(ledger: Ledger) -> Iterator[Finding]:
    """Parts that a sentence lists behind their whole, and that do not make it.

    "85 million: 50 million for arms, 20 million for the budget and 10 million for energy" leaves 5.
    """
    parts: dict[int, list[int]] = defaultdict(list)
    for one in ledger.overlaps:
        if any(piece.evidence == "part-listed" for piece in one.pieces):
            parts[one.outer].append(one.inner)
    for outer, inner in sorted(parts.items()):
        whole = ledger.pledges[outer].teller
        told = [ledger.pledges[number].teller for number in inner]
        if len(told) < 2 or not whole.amount or any(c.currency != whole.currency for c in told):
            continue
        made = math.fsum(claim.amount or 0.0 for claim in told)
        if abs(made / whole.amount - 1) <= _ROUNDED:
            continue
        shown = f"{amount_words(made)} {whole.currency}"
        yield finding(
            "part-of",
            (whole, *told),
            f"The parts that {whole.source} lists of {whole.text!r} come to {shown}: one is "
            "missing, or a number is wrong",
            severity="info",
        )


def _only_asked(one: Relation) -> bool:
    return any(piece.evidence in _QUESTIONS for piece in one.pieces)


def of_overlap(one: Relation, ledger: Ledger) -> Finding:
    inner, outer = ledger.pledges[one.inner], ledger.pledges[one.outer]
    small, large = inner.teller, outer.teller
    evidence = _joined([piece.words for piece in one.pieces if piece.bits > 0])
    if one.cause == "part-of" and one.sure:
        return finding(
            "part-of",
            (small, large),
            f"{large.text!r} ({large.source}) contains {small.text!r} ({small.source}): "
            f"{evidence}. Sums count the larger alone",
            bits=one.bits,
            severity="info" if small.document == large.document else None,
        )
    if one.cause == "part-of":
        message = (
            f"{large.text!r} ({large.source}) may include {small.text!r} ({small.source}): "
            f"{evidence}. Sums run from the larger alone to both together"
        )
        return finding(
            "part-of",
            (small, large),
            message,
            bits=one.bits,
            alternatives=("revision", "equal-amount-coincidence"),
        )
    if one.cause == "revision":
        message = (
            f"{large.text!r} and {small.text!r} ({large.source}) are one amount that was changed. "
            "Sums run from the larger alone to both together"
        )
        return finding(
            "revision", (small, large), message, bits=one.bits, alternatives=("part-of",)
        )
    kinds = [kinds_of(tuple(p.purpose)) for p in (inner, outer)]
    cause = "double-count"
    retold = any(piece.evidence == "again" for piece in one.pieces)
    when = "and the later text recalls an old promise" if retold else _days_between(small, large)
    if kinds[0] and kinds[1] and not kinds[0] & kinds[1]:
        cause = "equal-amount-coincidence"
    message = (
        f"{large.text!r} ({large.source}) and {small.text!r} ({small.source}) are "
        f"{_alike(small, large)} of one donor for one recipient {when}. "
        "Nothing shows whether they are one pledge. Sums run from one to both"
    )
    other = "equal-amount-coincidence" if cause == "double-count" else "double-count"
    return finding(cause, (small, large), message, bits=one.bits, alternatives=(other,))


_SAYS = "the text says "


def _joined(words: list[str]) -> str:
    """The evidence in one line, what the text says said once.

    >>> _joined(["both are military aid", "the text says 'already'", "the text says 'part of'"])
    "both are military aid, the text says 'already' and 'part of'"
    """
    others = [one for one in words if not one.startswith(_SAYS)]
    said = [one.removeprefix(_SAYS) for one in words if one.startswith(_SAYS)]
    return ", ".join([*others, *([_SAYS + " and ".join(said)] if said else [])])


def differ_by(one: Claim, other: Claim) -> str | None:
    """How far two amounts in one currency are apart; None where they are equal or open."""
    if one.currency != other.currency or not one.amount or not other.amount:
        return None
    share = abs(one.amount / other.amount - 1)
    return f"{100 * share:.2g} %" if share > _SAME else None


_SAME = 1e-9


def _alike(one: Claim, other: Claim) -> str:
    apart = differ_by(one, other)
    if apart is not None:
        return f"amounts that differ by {apart}"
    return "the same amount" if one.currency == other.currency else "alike amounts"


def _days_between(one: Claim, other: Claim) -> str:
    """When they were told or done, as far apart as their days say."""
    days = [claim.value_date or claim.published for claim in (one, other)]
    if days[0] is None or days[1] is None:
        return "without dates that tell them apart"
    gap = abs((days[0] - days[1]).days)
    return "on one day" if not gap else f"{gap} day{'s' * (gap != 1)} apart"
