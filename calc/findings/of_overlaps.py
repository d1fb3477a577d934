"""What pledges find that may hold the same money."""

from __future__ import annotations

from ..ledger.ledger import Ledger
from ..links.relations import ONE_MONEY, Relation, best_of_each
from ..links.rows import kinds_of
from .finding import Finding, finding

_QUESTIONS = frozenset(
    {"same-document", "part-below", "date-later", "headline-body", "other-words"}
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


def _only_asked(one: Relation) -> bool:
    return any(piece.evidence in _QUESTIONS for piece in one.pieces)


def of_overlap(one: Relation, ledger: Ledger) -> Finding:
    inner, outer = ledger.pledges[one.inner], ledger.pledges[one.outer]
    small, large = inner.teller, outer.teller
    evidence = ", ".join(piece.words for piece in one.pieces if piece.bits > 0)
    if one.cause == "part-of":
        message = (
            f"{large.text!r} ({large.source}) may contain {small.text!r} ({small.source}): "
            f"{evidence}. Sums take both and the larger alone as their ends"
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
            f"{large.text!r} and {small.text!r} ({large.source}) are told as one amount that was "
            "changed. Sums take both and the larger alone as their ends"
        )
        return finding(
            "revision", (small, large), message, bits=one.bits, alternatives=("part-of",)
        )
    kinds = [kinds_of(tuple(p.purpose)) for p in (inner, outer)]
    cause = "double-count"
    retold = any(piece.evidence == "again" for piece in one.pieces)
    when = "and the later one tells of money told before" if retold else "within a month"
    if kinds[0] and kinds[1] and not kinds[0] & kinds[1]:
        cause = "equal-amount-coincidence"
    message = (
        f"{large.text!r} ({large.source}) and {small.text!r} ({small.source}) are the same amount "
        f"of one donor for one recipient {when}, without enough evidence that they are one "
        "pledge. Sums take one and both as their ends"
    )
    other = "equal-amount-coincidence" if cause == "double-count" else "double-count"
    return finding(cause, (small, large), message, bits=one.bits, alternatives=(other,))
