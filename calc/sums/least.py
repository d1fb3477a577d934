"""The least that pledges come to when everything that may be the same money is the same.

A choice is consistent when

- pledges that are taken for one (a class) may each be the same money as every other of them,
- a class lies in one other class at most, by a relation of a member to a member, without circles,
- the classes inside another one, but for its earlier versions, fit into its largest member and
  ``ROUNDED`` more, as each is rounded by itself.

Its sum counts every class that lies in none with its smallest member. ``least`` finds the
smallest sum of all consistent choices: pledges are split into components that no relation joins,
and up to ``EXACT`` pledges of a component are searched completely. Of a larger component a bound is
taken that no consistent choice undercuts: pledges of which no two may be one, each with the least
that may stand for it, and none that may lie in another one. So it is exact, or lower than it need
be, never higher.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

EXACT = 9  # pledges of a component that are searched completely: some 20,000 ways to group them
ROUNDED = 0.05


class Tie(NamedTuple):
    """Two pledges, by their places, that may hold the same money.

    ``kind`` is ``same`` (either way round), ``inside`` (inner takes room in outer) or ``version``
    (inner is what outer was before a change).
    """

    kind: str
    inner: int
    outer: int


def least(amounts: Sequence[float], ties: Iterable[Tie]) -> list[float]:
    """What each pledge counts for in the least sum; together they are that sum.

    >>> least([10.0, 10.2, 3.0], [Tie("same", 0, 1), Tie("inside", 2, 1)])
    [10.0, 0.0, 0.0]
    """
    shares = list(amounts)
    known = sorted({tie for tie in ties if amounts[tie.inner] > 0 and amounts[tie.outer] > 0})
    for members in _components(len(amounts), known):
        if len(members) == 1:
            continue
        own = set(members)
        part = _Part(members, amounts, [tie for tie in known if tie.inner in own])
        found = part.searched() if len(members) <= EXACT else part.bounded()
        for place in members:
            shares[place] = found.get(place, 0.0)
    return shares


def _components(count: int, ties: Sequence[Tie]) -> list[list[int]]:
    head = list(range(count))

    def top(place: int) -> int:
        while head[place] != place:
            head[place] = head[head[place]]
            place = head[place]
        return place

    for tie in ties:
        a, b = sorted((top(tie.inner), top(tie.outer)))
        head[b] = a
    found: dict[int, list[int]] = defaultdict(list)
    for place in range(count):
        found[top(place)].append(place)
    return list(found.values())


class _Part:
    """Pledges that relations join, largest first, so that a whole stands before its parts."""

    def __init__(
        self, members: Sequence[int], amounts: Sequence[float], ties: Sequence[Tie]
    ) -> None:
        self.amounts = amounts
        self.best: dict[int, float] = {}
        self.least_sum = math.inf
        self.members = sorted(members, key=lambda place: (-amounts[place], place))
        self.same: dict[int, set[int]] = {place: set() for place in members}
        self.into: dict[int, dict[int, str]] = {place: {} for place in members}
        for tie in ties:
            if tie.kind == "same":
                self.same[tie.inner].add(tie.outer)
                self.same[tie.outer].add(tie.inner)
            else:
                self.into[tie.inner][tie.outer] = tie.kind

    def bounded(self) -> dict[int, float]:
        """A sum that no consistent choice undercuts, by the pledges that it is made of."""
        found: dict[int, float] = {}
        taken: set[int] = set()
        for place in self.members:
            near = {place, *self.same[place]}
            if near & taken or any(self.into[one] for one in near):
                continue
            found[place] = min(self.amounts[one] for one in near)
            taken.add(place)
        return found

    def searched(self) -> dict[int, float]:
        """The least sum of all consistent choices, by the pledges that stand for it."""
        floor = math.fsum(self.bounded().values())
        for classes in self._grouped([], 0):
            for tops in self._nested(classes):
                found = {place: self.amounts[place] for place in map(self._smallest, tops)}
                total = math.fsum(found.values())
                if total < self.least_sum:
                    self.best, self.least_sum = found, total
                if self.least_sum <= floor:
                    return self.best
        return self.best

    def _smallest(self, members: Sequence[int]) -> int:
        return min(members, key=lambda place: (self.amounts[place], place))

    def _grouped(self, classes: list[list[int]], at: int) -> Iterator[list[list[int]]]:
        """Every way to group the pledges into classes whose members may all be one."""
        if at == len(self.members):
            yield classes
            return
        place = self.members[at]
        for one in classes:
            if self.same[place].issuperset(one):
                one.append(place)
                yield from self._grouped(classes, at + 1)
                one.pop()
        classes.append([place])
        yield from self._grouped(classes, at + 1)
        classes.pop()

    def _nested(self, classes: list[list[int]]) -> Iterator[list[list[int]]]:
        """The classes that lie in no other one, for every way to put them into each other."""
        sizes = [self.amounts[self._smallest(one)] for one in classes]
        room = [max(self.amounts[place] for place in one) * (1 + ROUNDED) for one in classes]
        into = [self._holders(one, classes) for one in classes]
        yield from self._placed(classes, _Nest(sizes, room, into, [None] * len(classes)), 0, 0.0)

    def _holders(self, one: list[int], classes: list[list[int]]) -> dict[int, bool]:
        """The classes that may hold a class, and whether it takes room there."""
        found: dict[int, bool] = {}
        for number, other in enumerate(classes):
            kinds = {
                self.into[place][outer]
                for place in one
                for outer in other
                if other is not one and outer in self.into[place]
            }
            if kinds:
                found[number] = "version" not in kinds
        return found

    def _placed(
        self, classes: list[list[int]], nest: _Nest, at: int, so_far: float
    ) -> Iterator[list[list[int]]]:
        if so_far >= self.least_sum:
            return  # as much as the best of all before
        if at == len(classes):
            yield [one for one, above in zip(classes, nest.above, strict=True) if above is None]
            return
        for holder, takes_room in nest.into[at].items():
            size = nest.sizes[at] if takes_room else 0.0
            if size > nest.room[holder] or nest.leads(holder, at):
                continue
            nest.room[holder] -= size
            nest.above[at] = holder
            yield from self._placed(classes, nest, at + 1, so_far)
            nest.room[holder] += size
            nest.above[at] = None
        yield from self._placed(classes, nest, at + 1, so_far + nest.sizes[at])


class _Nest(NamedTuple):
    """How classes lie in each other: sizes, the room left, where each may lie and where it does."""

    sizes: Sequence[float]
    room: list[float]
    into: Sequence[Mapping[int, bool]]
    above: list[int | None]

    def leads(self, start: int, end: int) -> bool:
        """Whether what ``start`` lies in lies in ``end`` at last: nothing holds itself."""
        place: int | None = start
        while place is not None and place != end:
            place = self.above[place]
        return place is not None
