"""What one of several donors gives, beside what they give together, in one document."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from .bits import piece
from .group import Cluster, Parties
from .made_of import runs
from .relations import PART, Relation
from .seen import Seen

_MOST_SHARES = 4  # of a joint pledge that are put together
_MOST_EACH = 4  # pledges of each of them that are tried
_ALL_OF_IT = 0.05  # what rounding and rates leave between a joint pledge and its shares
_MOST = 200  # joint pledges of the same donors whose shares are looked for


def shares_of_joint(
    blocks: Mapping[Parties, list[int]],
    clusters: Sequence[Cluster],
    seen: Sequence[Seen],
    differ: Callable[[Cluster, Cluster], bool] | None,
    givers: Sequence[Parties],
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
            for one in _shares(outer, inner, donors, clusters, seen, givers):
                found[one.inner, one.outer] = one
    for one in _shares_of_receivers(blocks, seen, givers):
        found[one.inner, one.outer] = one
    return [found[pair] for pair in sorted(found)]


def _shares_of_receivers(
    blocks: Mapping[Parties, list[int]], seen: Sequence[Seen], givers: Sequence[Parties]
) -> Iterator[Relation]:
    """What each receiver of a joint sum gets: "70 million for Moldova and Georgia: 40 and 30"."""
    for (donors, receivers), block in blocks.items():
        if len(receivers) < 2 or len(receivers) > _MOST_SHARES or len(block) > _MOST:
            continue
        single = [number for name in receivers for number in blocks.get((donors, (name,)), ())]
        for outer in block:
            inner = [
                number
                for number in single
                if not seen[number].documents.isdisjoint(seen[outer].documents)
            ]
            each: list[Parties] = [(donors, (name,)) for name in receivers]
            chosen = _one_of_each(outer, inner, each, seen, givers)
            words = f"what {', '.join(receivers)} get makes what they get together"
            sure = piece("parts-make-whole", words)
            yield from (Relation.by(PART, number, outer, sure) for number in chosen)


def _shares(
    outer: int,
    inner: list[int],
    donors: tuple[str, ...],
    clusters: Sequence[Cluster],
    seen: Sequence[Seen],
    givers: Sequence[Parties],
) -> list[Relation]:
    why = piece("part-below", f"what {', '.join(donors)} give together may hold it")
    found = [Relation.by(PART, number, outer, why) for number in inner]
    members = [(number, clusters[number]) for number in (outer, *inner)]
    made = parts_of_whole(members)
    recipient = givers[outer][1]
    each = [((name,), recipient) for name in donors]
    by_donor = _one_of_each(outer, inner, each, seen, givers)
    if by_donor:
        words = f"what {', '.join(donors)} give makes what they give together"
        sure = piece("parts-make-whole", words)
        made += [Relation.by(PART, number, outer, sure) for number in by_donor]
    return [*found, *(one for one in made if one.outer == outer)]


def _one_of_each(
    outer: int,
    inner: list[int],
    parties: Sequence[Parties],
    seen: Sequence[Seen],
    givers: Sequence[Parties],
) -> tuple[int, ...]:
    """One pledge of all who share a joint one, which come to it at the rates of the day.

    "About 500 million dollars: Denmark 90, Norway 1.5 billion kroner, Sweden 275 million dollars."
    """
    own = [[number for number in inner if givers[number] == one] for one in parties]
    if not all(own) or len(own) > _MOST_SHARES:
        return ()
    for chosen in product(*(one[:_MOST_EACH] for one in own)):
        made = math.fsum(seen[number].size for number in chosen)
        if abs(made / seen[outer].size - 1) <= _ALL_OF_IT:
            return chosen
    return ()


def parts_of_whole(
    members: Sequence[tuple[int, Cluster]], holds: Callable[[int, int], bool] | None = None
) -> list[Relation]:
    """The pledges that come to a larger one of their document: surely its parts, or perhaps.

    A whole of which all parts are parts of a larger one lies in that one itself.
    """
    words = "the parts that the document gives make the whole"
    sure = piece("parts-make-whole", words)
    perhaps = piece("part-below", words)
    inside: dict[int, set[int]] = {}
    found: dict[tuple[int, int], Relation] = {}
    for run in runs(members, holds):
        if run.sure:
            inside.setdefault(run.whole, set()).update(run.parts)
        why = sure if run.sure else perhaps
        for part in run.parts:
            if run.sure or (part, run.whole) not in found:
                found[part, run.whole] = Relation.by(PART, part, run.whole, why)
    for small, parts in inside.items():
        for large, others in inside.items():
            if small != large and parts < others and large not in parts:
                found[small, large] = Relation.by(PART, small, large, sure)
    return list(found.values())


def _each(cluster: Cluster) -> bool:
    return any("each" in claim.said.values for one in cluster for claim in one.claims)
