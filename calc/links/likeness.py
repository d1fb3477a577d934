"""How much the sentences of two claims are alike: copies, near copies."""

from __future__ import annotations

from ..claims.wording import shingles
from .bits import Piece, piece


def likeness(mine: tuple[str, ...], others: tuple[str, ...]) -> list[Piece]:
    """The evidence of the two sentences that are most alike: a copy, a near copy, or none."""
    best = 0.0
    for sentence in mine:
        a = shingles(sentence)
        for other in others:
            b = shingles(other)
            if a and b and len(a) <= 2 * len(b) <= 4 * len(a):  # else less than half is shared
                shared = len(a & b)
                best = max(best, shared / (len(a) + len(b) - shared))
    if best == 1.0:
        return [piece("sentence-same", "the same sentence")]
    if best >= 0.5:
        return [piece("sentence-alike", "nearly the same sentence")]
    return []
