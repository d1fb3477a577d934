"""Pledges after decisions: only those whose claims a decision names are made anew.

Linking runs as if nobody had decided anything; then the pledges that a decision touches are taken
apart and put together as it says, and all others stay as they are. So a decision never changes a
pledge that it does not name, however its claims had weighed in the links of others.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from ..claims.wording import shingles
from ..links.bits import Piece, total
from ..links.contraction import Link, Linked, groups_of
from ..links.evidence import compare, forbidden
from ..links.group import Cluster, Group, group
from ..links.overlaps import overlaps
from ..links.rarity import Rarity
from ..links.relations import DIFFERENT
from ..links.rows import Claim, place
from ..values.valuation import Valuation
from .blocks import Decision
from .ruling import Ruling


class Settled(NamedTuple):
    """The pledges and links after decisions, and notes on those that changed nothing.

    ``told`` gives, by claim, the decisions on any claim that is or was of the same pledge.
    """

    linked: Linked
    notes: tuple[str, ...]
    told: Mapping[str, tuple[Decision, ...]]


def settle(base: Linked, claims: list[Claim], ruling: Ruling, valuation: Valuation) -> Settled:
    """Apply what ``ruling`` says to linked pledges; ``claims`` are those of pledges after it."""
    return _Settling(base, claims, ruling, valuation).settle()


class _Settling:
    def __init__(
        self, base: Linked, claims: list[Claim], ruling: Ruling, valuation: Valuation
    ) -> None:
        self.base = base
        self.ruling = ruling
        self.valuation = valuation
        self.claims = {claim.id: claim for claim in claims}
        self.before = {
            claim.id: claim for cluster in base.clusters for one in cluster for claim in one.claims
        }
        self.links = {(one.a, one.b): one for one in base.links}
        self.weighed: dict[tuple[str, str], tuple[tuple[Piece, ...], str | None]] = {}
        self.fresh: set[str] = set()

    @cached_property
    def base_rarity(self) -> Rarity:
        """How common words and amounts are, before decisions: they change no evidence."""
        return Rarity.of([cluster[0] for cluster in self.base.clusters])

    def settle(self) -> Settled:
        units, movers = self._taken_apart()
        homes = self._placed(units, movers)
        clusters = self._joined(homes)
        ordered = tuple(sorted(clusters, key=lambda cluster: place(cluster[0].first)))
        linked = Linked(ordered, self._links(ordered))
        return Settled(linked, self._notes(ordered), self._told(ordered))

    def _taken_apart(self) -> tuple[list[list[Group]], list[Group]]:
        """What is left of the clusters, and the groups that have to find a place."""
        touched = self._touched()
        home = _homes(self.base.clusters)
        broken = {
            one.id
            for cluster in self.base.clusters
            for one in cluster
            if any(claim.id in touched for claim in one.claims)
        }
        units = [[one for one in cluster if one.id not in broken] for cluster in self.base.clusters]
        movers = []
        for one in groups_of(self._loose(broken, touched)):
            self.fresh.add(one.id)
            old = {home[claim.id] for claim in one.claims if claim.id in home}
            if len(old) == 1 and not any(self._reads_otherwise(claim) for claim in one.claims):
                units[old.pop()].append(one)
            else:
                movers.append(one)
        return [unit for unit in units if unit], movers

    def _touched(self) -> set[str]:
        """The claims that are no longer as they were linked, or have a new claim tied to them."""
        touched = {
            name
            for name in {*self.ruling.of_claim, *self._untied()}
            if self.before.get(name) != self.claims.get(name)
        }
        for name in sorted(touched):  # what a new claim converts or repeats is touched with it
            claim = self.claims.get(name)
            if claim is not None and name not in self.before:
                touched |= {tie for tie in (claim.base, claim.echo) if tie in self.before}
        return touched

    def _loose(self, broken: set[str], touched: set[str]) -> list[Claim]:
        """The claims, as they are now, of ``broken`` groups, and those that had no group."""
        inside = [
            claim.id
            for cluster in self.base.clusters
            for one in cluster
            if one.id in broken
            for claim in one.claims
        ]
        names = [*inside, *sorted(touched - self.before.keys())]
        return [self.claims[name] for name in names if name in self.claims]

    def _untied(self) -> list[str]:
        """Claims that may have lost a tie to a repeat or a conversion."""
        return [name for name in self.claims if self.ruling.apart and name in self.before]

    def _reads_otherwise(self, claim: Claim) -> bool:
        old = self.before.get(claim.id)
        if old is None:
            return True
        return _what_is_linked(old) != _what_is_linked(claim)

    def _placed(self, units: list[list[Group]], movers: list[Group]) -> list[list[Group]]:
        """Put each group with the pledge that its evidence speaks for most, else alone."""
        named = set(self.ruling.head)
        for one in sorted(movers, key=lambda found: place(found.first)):
            best, choice = 0.0, None
            if not {claim.id for claim in one.claims} & named:  # else a person placed it
                for unit in units:
                    if forbidden(one, unit[0]) or self._apart((one,), unit):
                        continue
                    bits = sum(self._bits(one, other) for other in _voices(unit))
                    if bits > best:
                        best, choice = bits, unit
            if choice is None:
                units.append([one])
            else:
                choice.append(one)
        return units

    def _apart(self, a: Iterable[Group], b: Iterable[Group]) -> bool:
        return self.ruling.differ(_ids(a), _ids(b))

    def _joined(self, units: list[list[Group]]) -> list[Cluster]:
        """Join the units that a person said are the same, and part what is different."""
        ruled = {name for one in self.ruling.links for name in one.claims}
        gathered: dict[str, list[list[Group]]] = defaultdict(list)
        found: list[Cluster] = []
        root: dict[str, str] = {}

        def find(name: str) -> str:
            while root.get(name, name) != name:
                name = root[name]
            return name

        touched = []
        for unit in units:
            heads = sorted({self.ruling.head.get(i, i) for i in _ids(unit) if i in ruled})
            if not heads:
                found.append(_ordered(unit))
                continue
            touched.append((heads[0], unit))
            # a claim that was only said to be different ties nothing but its own unit
            for other in heads[1:]:
                first, second = sorted((find(heads[0]), find(other)))
                root[second] = first
        for head, unit in touched:
            gathered[find(head)].append(unit)
        for head in sorted(gathered):
            members = [one for unit in gathered[head] for one in unit]
            ids = {self.ruling.head.get(i, i) for i in _ids(members)}
            if any(a in ids and b in ids for a, b in self.ruling.apart):
                found += self._parted(members)
            else:
                found.append(_ordered(members))
        return found

    def _parted(self, members: list[Group]) -> list[Cluster]:
        """Contract groups by their evidence, best first, never across what a person set apart."""
        nodes: dict[str, list[Group]] = defaultdict(list)
        for one in sorted(members, key=lambda found: place(found.first)):
            ids = sorted(claim.id for claim in one.claims if claim.id in self.ruling.head)
            nodes[self.ruling.head[ids[0]] if ids else f"\0{one.id}"].append(one)
        parts = list(nodes.values())
        bits = {
            (i, j): self._joint(parts[i], parts[j])
            for i in range(len(parts))
            for j in range(i + 1, len(parts))
        }
        alive = list(range(len(parts)))
        while True:
            best = max(
                ((bits[i, j], -i, -j) for i in alive for j in alive if i < j), default=(0.0, 0, 0)
            )
            if best[0] <= 0:
                return self._kept_together([parts[i] for i in alive])
            i, j = -best[1], -best[2]
            parts[i] += parts[j]
            alive.remove(j)
            for k in alive:
                if k != i:
                    pair = (min(i, k), max(i, k))
                    bits[pair] = round(bits[pair] + bits[min(j, k), max(j, k)], 4)

    def _kept_together(self, parts: list[list[Group]]) -> list[Cluster]:
        """Give what no decision names to the part that it fits best: it was of one of them."""
        named = {name for one in self.ruling.links for name in one.claims}
        firm = [part for part in parts if _ids(part) & named]
        for part in parts:
            if part in firm:
                continue
            fits = [max(self._bits(x, y) for x in part for y in other) for other in firm]
            best = max(fits, default=-math.inf)
            if best > -math.inf:
                firm[fits.index(best)] += part
            else:
                firm.append(part)
        return [_ordered(part) for part in firm]

    def _joint(self, a: list[Group], b: list[Group]) -> float:
        if self._apart(a, b):
            return -math.inf
        return round(sum(self._bits(x, y) for x in a for y in b), 4)

    def _bits(self, a: Group, b: Group) -> float:
        pieces, refused = self._weigh(a, b)
        return -math.inf if refused else total(pieces)

    def _weigh(self, a: Group, b: Group) -> tuple[tuple[Piece, ...], str | None]:
        x, y = (a, b) if a.id < b.id else (b, a)
        known = self.links.get((x.id, y.id))
        if known is not None and x.id not in self.fresh and y.id not in self.fresh:
            return known.pieces, known.refused
        if (x.id, y.id) not in self.weighed:
            refused = forbidden(x, y)
            pieces = () if refused else compare(x, y, self.base_rarity, self.valuation)
            self.weighed[x.id, y.id] = (pieces, refused)
        return self.weighed[x.id, y.id]

    def _links(self, clusters: tuple[Cluster, ...]) -> tuple[Link, ...]:
        """The links as they stand now: those of changed groups anew, those of lost ones gone."""
        groups = {
            one.id: (number, one) for number, cluster in enumerate(clusters) for one in cluster
        }
        found = {}
        for a, b in {*self.links, *self.weighed}:
            if a not in groups or b not in groups:
                continue
            (x, first), (y, second) = groups[a], groups[b]
            known = self.links.get((a, b))
            if known is not None and known.joined == (x == y) and not self._new(first, second):
                found[a, b] = known
                continue
            pieces, refused = self._weigh(first, second)
            if self._apart((first,), (second,)):
                refused = self._why(first, second)
            elif x == y:
                refused = None
            found[a, b] = Link(a, b, total(pieces), pieces, x == y, refused)
        return tuple(found[pair] for pair in sorted(found))

    def _new(self, a: Group, b: Group) -> bool:
        return a.id in self.fresh or b.id in self.fresh or self._apart((a,), (b,))

    def _why(self, a: Group, b: Group) -> str:
        for one in self.ruling.links:
            if one.kind == "different" and {*one.claims} & _ids((a, b)):
                return one.said
        return "by decision"  # through others that are the same

    def _told(self, clusters: tuple[Cluster, ...]) -> dict[str, tuple[Decision, ...]]:
        found: dict[str, tuple[Decision, ...]] = defaultdict(tuple)
        for cluster in (*clusters, *self.base.clusters):
            ids = _ids(cluster) & set(self.ruling.of_claim)
            decisions = tuple(one for name in sorted(ids) for one in self.ruling.of_claim[name])
            if decisions:
                for name in sorted(_ids(cluster)):
                    found[name] += decisions
        return dict(found)

    def _notes(self, ordered: tuple[Cluster, ...]) -> tuple[str, ...]:
        now = _homes(ordered)
        old = _homes(self.base.clusters)
        notes = []
        for one in self.ruling.links:
            if any(name not in now or name not in old for name in one.claims):
                continue
            clusters = [self.base.clusters[old[name]] for name in one.claims]
            if one.kind == "same" and len(set(clusters)) == 1:
                notes.append(f"{one.place}: {one.shown} changed nothing: they are one anyway")
            elif one.kind == "different" and len(set(clusters)) == len(clusters):
                pair = tuple(sorted(clusters, key=lambda found: place(found[0].first)))
                found = overlaps(pair, self.valuation, self.base_rarity)
                if all(relation.kind == DIFFERENT for relation in found):
                    notes.append(f"{one.place}: {one.shown} changed nothing: nothing joined them")
        return tuple(notes)


def _what_is_linked(claim: Claim) -> tuple[object, ...]:
    return (claim.amount, claim.low, claim.high, claim.currency, claim.donor, claim.recipient)


def _homes(clusters: Iterable[Cluster]) -> dict[str, int]:
    return {
        claim.id: number
        for number, cluster in enumerate(clusters)
        for one in cluster
        for claim in one.claims
    }


def _ids(groups: Iterable[Group]) -> set[str]:
    return {claim.id for one in groups for claim in one.claims}


def _ordered(groups: list[Group]) -> Cluster:
    return tuple(sorted(groups, key=lambda one: place(one.first)))


def _voices(unit: list[Group]) -> list[Group]:
    """The groups of a pledge, copies of one sentence once."""
    seen: set[object] = set()
    found = []
    for one in _ordered(unit):
        said = shingles(one.first.sentence)
        key = (said, one.first.text) if said else one.id
        if key not in seen:
            seen.add(key)
            found.append(one)
    return found


def settle_totals(groups: list[Group], ruling: Ruling) -> list[Group]:
    """Groups of totals, those that a person said are the same made one."""
    gathered: dict[str, list[Group]] = defaultdict(list)
    for one in groups:
        heads = sorted({ruling.head[i] for i in _ids((one,)) if i in ruling.head})
        gathered[heads[0] if heads else f"\0{one.id}"].append(one)
    return [
        found[0] if len(found) == 1 else group([claim for one in found for claim in one.claims])
        for found in gathered.values()
    ]
