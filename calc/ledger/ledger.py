"""Everything that linking found, in one place: what findings, sums and explanations read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from ..decisions import Decision, Decisions, Ruling
from ..decisions.accepting import accept_pledges, accept_totals
from ..decisions.settling import settle, settle_totals
from ..links.contraction import Link, groups_of, link
from ..links.overlaps import Overlap, near, overlaps
from ..links.rarity import Rarity
from ..links.rows import Claim, read_rows
from ..pledges.pledge import Pledge, pledge
from ..pledges.totals import Series, series_of
from ..values.valuation import Valuation


class Ledger(NamedTuple):
    """Claims, the pledges and series made of them, the links weighed and possible overlaps.

    ``overlaps`` refer to ``pledges`` by position. ``told`` gives, by claim, the decisions that its
    pledge or total shows; ``decision_notes`` say which decisions did nothing, and why. ``near`` are
    the pledges that the links nearly join.
    """

    claims: tuple[Claim, ...]
    pledges: tuple[Pledge, ...]
    series: tuple[Series, ...]
    overlaps: tuple[Overlap, ...]
    links: tuple[Link, ...]
    currency: str
    valuation: Valuation
    ruling: Ruling | None = None
    told: Mapping[str, tuple[Decision, ...]] = MappingProxyType({})
    decision_notes: tuple[str, ...] = ()
    near: tuple[Overlap, ...] = ()

    def claim(self, claim_id: str) -> Claim:
        """The claim with that id."""
        return next(claim for claim in self.claims if claim.id == claim_id)

    def home(self) -> dict[str, str]:
        """Pledge or series id by claim id."""
        found = {claim.id: one.id for one in self.pledges for claim in one.claims}
        for series in self.series:
            found |= {claim.id: series.id for point in series.points for claim in point.claims}
        return found

    def decided(self, claims: Iterable[Claim]) -> list[str]:
        """What a person decided of a pledge or total of ``claims``, each in one line."""
        found = {one for claim in claims for one in self.told.get(claim.id, ())}
        ordered = sorted(found, key=lambda one: (str(one.when), one.path, one.line, one.shown))
        return list(dict.fromkeys(f"{one.shown}, {one.said}" for one in ordered))


def open_ledger(
    prepared: pd.DataFrame,
    currency: str,
    valuation: Valuation,
    decisions: Decisions | None = None,
) -> Ledger:
    """Link the claims of a prepared table to pledges and series, then settle what was decided."""
    if decisions is not None:
        return _decided(prepared, currency, valuation, decisions.rule(prepared))
    claims = read_rows(prepared)
    roles = roles_of(claims)
    found = link(groups_of([c for c in claims if roles[c.id] == "pledge"]), valuation)
    pledges = tuple(pledge(cluster, valuation) for cluster in found.clusters)
    totals = groups_of([claim for claim in claims if roles[claim.id] == "total"])
    return Ledger(
        claims=tuple(claims),
        pledges=pledges,
        series=tuple(series_of(totals, valuation)),
        overlaps=tuple(overlaps(found.clusters, valuation)),
        links=found.links,
        currency=currency,
        valuation=valuation,
        near=near(found.clusters, found.links),
    )


def _decided(prepared: pd.DataFrame, currency: str, valuation: Valuation, ruling: Ruling) -> Ledger:
    """The same, with decisions: linked as if there were none, then what they name made anew."""
    before, claims = read_rows(prepared), read_rows(ruling.claims)
    old, new = roles_of(before), roles_of(claims)
    found = link(groups_of([c for c in before if old[c.id] == "pledge"]), valuation)
    settled = settle(found, [c for c in claims if new[c.id] == "pledge"], ruling, valuation)
    clusters = settled.linked.clusters
    rarity = Rarity.of([cluster[0] for cluster in found.clusters])
    pledges = tuple(pledge(cluster, valuation) for cluster in clusters)
    totals = groups_of([claim for claim in claims if new[claim.id] == "total"])
    series = series_of(settle_totals(totals, ruling), valuation, ruling.differ_groups)
    return Ledger(
        claims=tuple(claims),
        pledges=accept_pledges(pledges, ruling),
        series=accept_totals(tuple(series), ruling, valuation),
        overlaps=tuple(overlaps(clusters, valuation, rarity, ruling.differ_groups)),
        links=settled.linked.links,
        currency=currency,
        valuation=valuation,
        ruling=ruling,
        told={**ruling.of_claim, **settled.told},
        decision_notes=(*ruling.notes, *settled.notes),
        near=tuple(
            one
            for one in near(clusters, settled.linked.links)
            if not ruling.differ_groups(clusters[one.inner], clusters[one.outer])
        ),
    )


def roles_of(claims: list[Claim]) -> dict[str, str]:
    """A stated conversion has the role of the figure that it converts, whatever its words say."""
    by_id = {claim.id: claim for claim in claims}
    roles = {}
    for claim in claims:
        base = by_id.get(claim.base or "")
        roles[claim.id] = base.role if base is not None else claim.role
    return roles
