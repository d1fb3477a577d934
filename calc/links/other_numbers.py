"""Pledges that may be one though their numbers differ: changed, slipped, cut off, or part-paid."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

from .bits import piece
from .group import Cluster, later_told
from .relations import PART, REVISION, SAME, Relation
from .revisions import is_newer
from .seen import ALIKE, Seen

Differ = Callable[[Cluster, Cluster], bool]

_CHANGED_WITHIN = 400  # days from the first telling to the one of a change
_CHANGED_BY = 4.0  # times: a change is seldom larger
_NEWS_DAYS = 3  # one act is news this long
_NEWS_APART = 1.5  # times, of two numbers of one act: a digit that slipped or was cut off
_SLIP = 1000.0  # "billion" for "million"
_SLIP_DAYS = 60
_WIDEST = 400  # pledges of one donor and recipient that are weighed with each


def other_numbers(
    blocks: Iterable[Sequence[int]],
    clusters: Sequence[Cluster],
    seen: Sequence[Seen],
    differ: Differ | None = None,
) -> Iterator[Relation]:
    """The relations among pledges of one donor and recipient, of different documents."""
    for block in blocks:
        order = sorted(block, key=lambda one: (seen[one].told, one))
        for position, later in enumerate(order):
            before = [
                earlier
                for earlier in order[max(0, position - _WIDEST) : position]
                if _may_be_one(seen[earlier], seen[later])
                and not (differ and differ(clusters[earlier], clusters[later]))
            ]
            for one in (
                _revised(before, later, clusters, seen),
                _in_the_news(before, later, clusters, seen),
                _paid_of_it(before, later, clusters, seen),
                _slipped(before, later, seen),
            ):
                if one is not None:
                    yield one


def _may_be_one(a: Seen, b: Seen) -> bool:
    """Whether neither their documents nor their kinds and programmes tell two pledges apart."""
    if not a.documents.isdisjoint(b.documents) or not math.isfinite(b.told - a.told):
        return False
    if a.kinds and b.kinds and a.kinds.isdisjoint(b.kinds):
        return False
    return not (a.names and b.names and a.names.isdisjoint(b.names))


def _shared(a: Seen, b: Seen) -> int:
    return 2 * len(a.names & b.names) + len(a.words & b.words)


def _ratio(a: Seen, b: Seen) -> float:
    one_money = a.currency == b.currency
    return a.amount / b.amount if one_money else a.size / b.size


def _revised(
    before: Sequence[int], later: int, clusters: Sequence[Cluster], seen: Sequence[Seen]
) -> Relation | None:
    """The pledge that a later one tells to be changed: "raised its support to 337 million"."""
    new = seen[later]
    if not any(is_newer(claim) for one in clusters[later] for claim in one.claims):
        return None
    fitting = [
        one
        for one in before
        if new.told - seen[one].told <= _CHANGED_WITHIN
        and 1 / _CHANGED_BY <= _ratio(seen[one], new) <= _CHANGED_BY
    ]
    if not fitting or any(1 / ALIKE <= _ratio(seen[one], new) <= ALIKE for one in fitting):
        return None  # the change itself was told before
    best = max(fitting, key=lambda one: (_shared(seen[one], new), seen[one].told, -one))
    why = piece("revised-later", "the later one reports a change")
    return Relation.by(REVISION, best, later, why)


def _in_the_news(
    before: Sequence[int], later: int, clusters: Sequence[Cluster], seen: Sequence[Seen]
) -> Relation | None:
    """What was news of the same days, in a number that a slip or a cut makes of the other."""
    new = seen[later]
    if all(one.additional for one in clusters[later]):
        return None
    fitting = [
        one
        for one in before
        if new.told - seen[one].told <= _NEWS_DAYS
        and 1 / _NEWS_APART <= _ratio(seen[one], new) <= _NEWS_APART
        and (_shared(seen[one], new) or not (seen[one].topics and new.topics))
    ]
    if not fitting:
        return None
    best = max(fitting, key=lambda one: (_shared(seen[one], new), -one))
    why = piece("news-near", "news of the same days, and a number near it")
    return Relation.by(SAME, later, best, why)


def _paid_of_it(
    before: Sequence[int], later: int, clusters: Sequence[Cluster], seen: Sequence[Seen]
) -> Relation | None:
    """The larger pledge of which a later one, told as money told before, may be a payment."""
    new = seen[later]
    if not all(map(later_told, clusters[later])):
        return None
    fitting = [
        one
        for one in before
        if new.told - seen[one].told <= _CHANGED_WITHIN and _ratio(new, seen[one]) < 1 / ALIKE
    ]
    if not fitting:
        return None
    best = max(fitting, key=lambda one: (_shared(seen[one], new), seen[one].told, -one))
    why = piece("part-retold", "the smaller one recalls an old promise")
    return Relation.by(PART, later, best, why)


def _slipped(before: Sequence[int], later: int, seen: Sequence[Seen]) -> Relation | None:
    """The same digits a thousand times apart: "billion" for "million"."""
    new = seen[later]
    for one in reversed(before):
        gap, ratio = new.told - seen[one].told, _ratio(seen[one], new)
        slip = max(ratio, 1 / ratio) / _SLIP
        near = _NEWS_APART if gap <= _NEWS_DAYS else ALIKE
        if gap <= _SLIP_DAYS and 1 / near <= slip <= near:
            small, large = (one, later) if ratio < 1 else (later, one)
            why = piece("scale-near", "the same digits, a thousand times apart")
            return Relation.by(SAME, large, small, why)
    return None
