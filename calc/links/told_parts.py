"""Amounts that their words make a part of one told before them, and what stands right before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .bits import piece
from .group import Cluster, Parties
from .relations import PART, Relation
from .rows import Claim
from .seen import ALIKE, Seen

_MOST_BACK = 6  # amounts told before one among which the whole is looked for
_OF_IT = frozenset({"near-of-it", "of-it"})
_OF_WHAT = frozenset({"included-in-before"})


class ToldOrder(NamedTuple):
    """The amounts of each document as one donor's they are told: pledge, claim and place.

    ``place`` is that of a claim in ``told``, by the id of the claim.
    """

    told: tuple[tuple[tuple[int, Claim], ...], ...]
    place: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, clusters: Sequence[Cluster], parties: Sequence[Parties]) -> ToldOrder:
        """The order in which pledges of known donors are told in sentences, headlines apart."""
        found: dict[object, list[tuple[int, Claim]]] = defaultdict(list)
        for number, cluster in enumerate(clusters):
            for one in cluster if parties[number][0] else ():
                for claim in one.claims:
                    told = claim.sentence and claim.amount and claim.base is None
                    if told and claim.zone != "headline":
                        found[parties[number][0], claim.document].append((number, claim))
        ordered = [
            tuple(sorted(every, key=lambda one: (one[1].start, one[0])))
            for every in found.values()
            if len(every) > 1
        ]
        place = {
            claim.id: (row, column)
            for row, every in enumerate(ordered)
            for column, (_, claim) in enumerate(every)
        }
        return cls(tuple(ordered), place)

    def right_before(self, claim: Claim, other: Claim) -> bool:
        """Whether no sentence of the donor's tells another amount between ``other`` and ``claim``.

        "16 million in all. 4 million are for boats. Another 7 million …": one more than the 4, and
        of the 16 it may be a part. What is not known counts as told right before.
        """
        known = self.place.get(claim.id)
        if known is None or other.id not in self.place:
            return True
        row, column = known
        if not column or claim.sentence == other.sentence:
            return True
        return other.sentence == self.told[row][column - 1][1].sentence

    def parts(self, seen: Sequence[Seen]) -> Iterator[Relation]:
        """The relations that words such as "of it" and "the sum is part of" make."""
        for every in self.told:
            for column, (number, claim) in enumerate(every):
                before = every[max(0, column - _MOST_BACK) : column][::-1]
                if "near-holds-it" in claim.said.values:
                    yield from _inside(number, claim, before, seen)
                elif "difference" in claim.said.values:
                    yield from _raised_to(number, every[column + 1 : column + 3], seen)
                elif _said_of_it(claim):
                    yield from _outside(number, claim, before, seen)


def named_parts(clusters: Sequence[Cluster], seen: Sequence[Seen]) -> Iterator[Relation]:
    """The relations of claims that name their whole: by their sentence, or as a person decided."""
    home = {
        claim.id: number
        for number, cluster in enumerate(clusters)
        for one in cluster
        for claim in one.claims
    }
    for number, cluster in enumerate(clusters):
        for one in cluster:
            for claim in one.claims:
                whole = home.get(claim.part_of or "", number)
                if whole != number and seen[number].size <= seen[whole].size * ALIKE:
                    why = piece("part-said", "given as a part of it")
                    yield Relation.by(PART, number, whole, why)


def _said_of_it(claim: Claim) -> bool:
    rules = {mark.rule for mark in claim.said.marks}
    return bool(_OF_IT & claim.said.values or _OF_WHAT & rules)


def _inside(
    number: int, claim: Claim, before: Sequence[tuple[int, Claim]], seen: Sequence[Seen]
) -> Iterator[Relation]:
    """What was told right before is a part of this one: "The sum is part of 1.9 billion"."""
    for other, small in before[:1]:
        if other != number and seen[other].size < seen[number].size:
            words = f"its document makes {small.text!r} a part of {claim.text!r}"
            why = piece("part-said", words)
            yield Relation.by(PART, other, number, why)


def _raised_to(
    number: int, behind: Sequence[tuple[int, Claim]], seen: Sequence[Seen]
) -> Iterator[Relation]:
    """The amount that it was raised by is a part of that which it was raised to, told behind it."""
    for other, large in behind:
        risen = large.said.values & {"changed"} and not large.said.values & {"older", "difference"}
        if other != number and risen and seen[other].size > seen[number].size:
            words = f"the amount by which it was raised to {large.text!r}"
            why = piece("part-said", words)
            yield Relation.by(PART, number, other, why)
            return


def _outside(
    number: int, claim: Claim, before: Sequence[tuple[int, Claim]], seen: Sequence[Seen]
) -> Iterator[Relation]:
    """A part of the nearest larger amount: "500 million of that", "of which"."""
    if any(one.sentence == claim.sentence for _, one in before):
        return  # its own sentence says of which
    for other, large in before:
        if other != number and seen[other].size > seen[number].size:
            words = f"given as a part of {large.text!r}"
            why = piece("part-said", words)
            yield Relation.by(PART, number, other, why)
            return
