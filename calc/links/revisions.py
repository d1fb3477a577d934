"""Two amounts of one sentence that are one pledge: what it was, and what it was changed to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from .rows import Claim


def versions(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims of one sentence that changes the first to the second.

    "Raised from 20 to 25 million", "25 million instead of 20": one pledge, whose amount in force
    is the newer one. A difference ("raised by 5 million") is no version of it.
    """
    sentences: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.base is None and "changed" in claim.said.values:
            sentences[*claim.document, claim.sentence].append(claim)
    for members in sentences.values():
        older = [claim for claim in members if is_older(claim)]
        newer = [claim for claim in members if is_newer(claim)]
        if len(older) == len(newer) == 1 and _one_money(older[0], newer[0]):
            yield older[0], newer[0]


def is_older(claim: Claim) -> bool:
    """Whether the sentence tells of a change, and the amount is what it was until then."""
    return "older" in claim.said.values


def is_newer(claim: Claim) -> bool:
    """Whether the sentence tells of a change, and the amount is what holds from then on."""
    return "changed" in claim.said.values and not claim.said.values & {"older", "difference"}


def _one_money(a: Claim, b: Claim) -> bool:
    if not a.amount or not b.amount or a.amount == b.amount:
        return False
    alike = all(
        not x or not y or bool(set(x) & set(y))
        for x, y in ((a.donor, b.donor), (a.recipient, b.recipient))
    )
    return alike and a.currency == b.currency
