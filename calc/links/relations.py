"""What two pledges are to each other where they may hold the same money: one typed thing.

Found once from the clusters of claims, and asked by sums, findings, explanations and reviews alike.
"""

from __future__ import annotations

from typing import NamedTuple, Self

from .bits import Piece, total

SAME = "same"
PART = "part-of"
STAGE = "stage-of"
CONVERSION = "conversion-of"
EARLIER = "earlier-announcement-of"
REVISION = "revision-of"
INSTALMENT = "instalment-of"
DIFFERENT = "different"
# Of these neither side is the larger whole: one money, told twice.
ONE_MONEY = frozenset({SAME, CONVERSION, EARLIER})
# Of these the inner one takes room in the outer one.
INSIDE = frozenset({PART, STAGE, INSTALMENT})
_CAUSES = {REVISION: "revision"}
# Words that leave no doubt on what an amount is a part of, and parties that are left open.
_SURE = frozenset(
    {
        "part-before",
        "part-named",
        "part-said",
        "part-listed",
        "parts-make-whole",
        "party-missing",
        "party-open",
        "headline-body",
        "exact-conversion",
        "other-words",
    }
)


class Relation(NamedTuple):
    """Two pledges that may hold the same money: ``inner`` would be counted twice.

    Numbers are positions in the tuple of clusters. ``different`` ones hold no money of each other.

    >>> Relation("instalment-of", 1, 0, 2.0, ()).cause
    'part-of'
    """

    kind: str
    inner: int
    outer: int
    bits: float
    pieces: tuple[Piece, ...]

    @classmethod
    def by(cls, kind: str, inner: int, outer: int, *pieces: Piece) -> Self:
        """The relation that so much evidence comes to.

        >>> Relation.by("same", 1, 0, Piece("again", 2.0, ""), Piece("crowd", -0.5, "")).bits
        1.5
        """
        return cls(kind, inner, outer, total(pieces), pieces)

    @property
    def cause(self) -> str:
        """The cause that findings name: part-of, revision or double-count."""
        if self.kind in INSIDE:
            return "part-of"
        return _CAUSES.get(self.kind, "double-count")

    @property
    def sure(self) -> bool:
        """Whether there is little doubt: the words say it, or only a party is left open."""
        return not _SURE.isdisjoint(piece.evidence for piece in self.pieces)

    @property
    def made_of_parts(self) -> bool:
        """Whether the inner one is a part of which, with others, the outer one is made."""
        return any(piece.evidence == "parts-make-whole" for piece in self.pieces)


def best_of_each(relations: tuple[Relation, ...]) -> list[Relation]:
    """Of each inner pledge its best relation alone: what is told to people, each thing once."""
    best: dict[int, Relation] = {}
    for one in sorted(relations, key=lambda one: (-one.bits, one.inner, one.outer)):
        if one.inner not in best and not _leads(one.outer, one.inner, best):
            best[one.inner] = one
    return [best[inner] for inner in sorted(best)]


def _leads(start: int, end: int, best: dict[int, Relation]) -> bool:
    """Whether going from inner to outer arrives at ``end``: nothing is its own part."""
    place = start
    while place != end:
        if place not in best:
            return False
        place = best[place].outer
    return True
