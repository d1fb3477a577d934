"""What one of several donors gives, beside what they give together, in one document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from .bits import piece, total
from .group import Group
from .one_document import made_of_parts
from .relations import PART, Relation
from .seen import Seen

Cluster = tuple[Group, ...]
Parties = tuple[tuple[str, ...], tuple[str, ...]]

_MOST = 200  # joint pledges of the same donors whose shares are looked for


def shares_of_joint(
    blocks: Mapping[Parties, list[int]],
    clusters: Sequence[Cluster],
    seen: Sequence[Seen],
    differ: Callable[[Cluster, Cluster], bool] | None,
) -> list[Relation]:
    """The pledges of single donors that may be shares of a joint one.

    "Sweden, Norway and Denmark will give 500 million dollars. Sweden gives 275 million." Shares
    that come to the whole surely are it; of "5 million each" nothing is a share.
    """
    found: dict[tuple[int, int], Relation] = {}
    for (donors, recipient), block in blocks.items():
        if len(donors) < 2 or len(block) > _MOST:
            continue
        single = [
            number
            for (others, same), members in blocks.items()
            if same == recipient and len(others) < len(donors) and set(others) <= set(donors)
            for number in members
        ]
        for outer in block:
            if _each(clusters[outer]):
                continue
            inner = [
                number
                for number in single
                if not seen[number].documents.isdisjoint(seen[outer].documents)
                and seen[number].size < seen[outer].size
                and not (differ is not None and differ(clusters[number], clusters[outer]))
            ]
            for one in _shares(outer, inner, donors, clusters):
                found[one.inner, one.outer] = one
    return [found[pair] for pair in sorted(found)]


def _shares(
    outer: int, inner: list[int], donors: tuple[str, ...], clusters: Sequence[Cluster]
) -> list[Relation]:
    pieces = (piece("part-below", f"what {', '.join(donors)} give together may hold it"),)
    found = [Relation(PART, number, outer, total(pieces), pieces) for number in inner]
    members = [(number, clusters[number]) for number in (outer, *inner)]
    return [*found, *(one for one in parts_of_whole(members) if one.outer == outer)]


def parts_of_whole(members: Sequence[tuple[int, Cluster]]) -> list[Relation]:
    """The pledges that come to a larger one of their document: surely its parts."""
    pieces = (piece("parts-make-whole", "the parts that the document tells of make the whole"),)
    return [
        Relation(PART, part, whole, total(pieces), pieces) for part, whole in made_of_parts(members)
    ]


def _each(cluster: Cluster) -> bool:
    return any("each" in claim.said.values for one in cluster for claim in one.claims)
