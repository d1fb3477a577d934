"""What each pledge counts for in the two ends of a sum, and by which relation it counts less."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from ..ledger.ledger import Ledger
from ..links.relations import INSIDE, ONE_MONEY, Relation, best_of_each
from ..pledges.pledge import Pledge, Worth
from ..values.slack import BEYOND_A_BOUND
from .least import Tie, least


class Share(NamedTuple):
    """What a pledge counts for in the low and the high end.

    ``relation`` is the one for which the low end counts it less, ``inside`` says that neither end
    counts it: it is surely the money of another one.
    """

    low: float
    high: float
    relation: Relation | None = None
    inside: bool = False


def shares(
    counted: Sequence[Pledge],
    values: Mapping[str, Worth],
    ledger: Ledger,
    waiting: set[str],
    joint: Collection[str] = (),
) -> dict[str, Share]:
    """The shares of pledges in a sum, by their ids; those ``waiting`` count in the high end alone.

    ``joint`` are those of them of which only a share may be asked for.

    The high end holds every pledge that is not surely the money of another one; the low end is
    ``least``. Where a person joined or parted two there is no relation any more.
    """
    place = {one.id: number for number, one in enumerate(counted) if one.id not in waiting}
    relations = _among(set(place), ledger)
    # a part of what waits for a receiver waits in it; what is joint may be others' altogether
    told = _among({one.id for one in counted}, ledger)
    within = _surely_within([r for r in told if ledger.pledges[r.outer].id not in joint], ledger)
    lows = [(values[one.id].counted or (0.0, None))[0] for one in counted]
    for number, one in enumerate(counted):
        if one.id in within or one.id in waiting:
            lows[number] = 0.0
    shared = _shared(counted, ledger, joint)
    ties = _ties(relations, within, ledger, place)
    found = least(lows, ties)
    why = _reasons(relations, ledger, found, place)
    return {
        one.id: Share(
            found[number],
            0.0 if one.id in within or one.id in shared else most(values[one.id]),
            within.get(one.id) or (why.get(one.id) if found[number] < lows[number] else None),
            one.id in within,
        )
        for number, one in enumerate(counted)
    }


def _among(ids: set[str], ledger: Ledger) -> list[Relation]:
    """The relations of which both pledges are among ``ids``."""
    return [
        one
        for one in (*ledger.overlaps, *ledger.near)
        if {ledger.pledges[one.inner].id, ledger.pledges[one.outer].id} <= ids
    ]


def _shared(counted: Sequence[Pledge], ledger: Ledger, joint: Collection[str]) -> set[str]:
    """The joint pledges whose shares are known and counted: their own sum adds nothing to them."""
    ids = {one.id for one in counted}.difference(joint)
    return {
        ledger.pledges[one.outer].id
        for one in ledger.overlaps
        if one.sure and ledger.pledges[one.inner].id in ids
    }.intersection(joint)


def most(value: Worth) -> float:
    """The most that a pledge counts for: a lower bound reaches a tenth further."""
    low, high = value.counted or (0.0, 0.0)
    return low * (1 + BEYOND_A_BOUND) if high is None else high


def _surely_within(relations: Sequence[Relation], ledger: Ledger) -> dict[str, Relation]:
    """The pledges that are surely the money of another one, each with its relation."""
    sure = best_of_each(tuple(one for one in relations if one.sure))
    return {ledger.pledges[one.inner].id: one for one in sure}


def _ties(
    relations: Sequence[Relation],
    within: Mapping[str, Relation],
    ledger: Ledger,
    place: Mapping[str, int],
) -> list[Tie]:
    """The relations as ties; what may be the money of one that is within another is the other's."""

    def home(number: int) -> str:
        name = ledger.pledges[number].id
        return home(within[name].outer) if name in within else name

    ties = []
    for one in relations:
        if ledger.pledges[one.inner].id in within:
            continue
        inner, outer = place[ledger.pledges[one.inner].id], place.get(home(one.outer))
        if outer is None or inner == outer:
            continue
        moved = ledger.pledges[one.outer].id in within
        kind = "same" if one.kind in ONE_MONEY and not moved else "version"
        if one.kind in INSIDE or (moved and one.kind in ONE_MONEY):
            kind = "inside"
        ties.append(Tie(kind, inner, outer))
    return ties


def _reasons(
    relations: Sequence[Relation], ledger: Ledger, found: Sequence[float], place: Mapping[str, int]
) -> dict[str, Relation]:
    """For each pledge the relation that says best whose money it may be, counted ones first."""
    best: dict[str, tuple[tuple[bool, float, int], Relation]] = {}
    for one in relations:
        ends = [(one.inner, one.outer)]
        if one.kind in ONE_MONEY:
            ends.append((one.outer, one.inner))
        for inner, outer in ends:
            name, other = ledger.pledges[inner].id, ledger.pledges[outer].id
            rank = (found[place[other]] > 0, one.bits, -outer)
            if name not in best or rank > best[name][0]:
                best[name] = rank, one._replace(inner=inner, outer=outer)
    return {name: one for name, (_, one) in best.items()}
