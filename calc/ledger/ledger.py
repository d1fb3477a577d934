"""Everything that linking found, in one place: what findings, sums and explanations read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from ..decisions import Decision, Ruling
from ..decisions.accepting import accept_pledges, accept_totals
from ..decisions.settling import settle, settle_totals
from ..links.contraction import Link, Linked, groups_of, link
from ..links.group import Group
from ..links.overlaps import near, overlaps
from ..links.rarity import Rarity
from ..links.relations import DIFFERENT, Relation
from ..links.rows import Claim, read_rows
from ..pledges.pledge import Pledge, pledge
from ..pledges.totals import Differ, Series, series_of
from ..values.valuation import Valuation


class Ledger(NamedTuple):
    """Claims, the pledges and series made of them, the links weighed and possible overlaps.

    ``overlaps`` refer to ``pledges`` by position. ``told`` gives, by claim, the decisions that its
    pledge or total shows; ``decision_notes`` say which decisions did nothing, and why. ``near`` are
    the pledges that the links nearly join, ``apart`` those that look alike and are told apart.
    """

    claims: tuple[Claim, ...]
    pledges: tuple[Pledge, ...]
    series: tuple[Series, ...]
    overlaps: tuple[Relation, ...]
    links: tuple[Link, ...]
    currency: str
    valuation: Valuation
    ruling: Ruling | None = None
    told: Mapping[str, tuple[Decision, ...]] = MappingProxyType({})
    decision_notes: tuple[str, ...] = ()
    near: tuple[Relation, ...] = ()
    apart: tuple[Relation, ...] = ()

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
    ruling: Ruling | None = None,
) -> Ledger:
    """Link the claims of a prepared table to pledges and series, then settle what was decided."""
    if ruling is not None:
        return _decided(prepared, currency, valuation, ruling)
    claims = read_rows(prepared)
    linked = link(groups_of(of_role(claims, "pledge")), valuation)
    return opened(claims, linked, currency, valuation)


def opened(
    claims: list[Claim],
    linked: Linked,
    currency: str,
    valuation: Valuation,
    *,
    rarity: Rarity | None = None,
    close: tuple[Relation, ...] | None = None,
    totals: list[Group] | None = None,
    differ: Differ | None = None,
    with_overlaps: bool = True,
) -> Ledger:
    """The ledger of ``claims`` whose pledges were ``linked``: every ledger is opened here.

    Where the claims are a part of more, ``rarity`` counts the words and amounts of all pledges.
    ``close`` are the pledges that nearly join, when only some links are left to find them by.
    ``totals`` are the groups of totals where a person joined some, who said by ``differ`` which
    never are one. Rows of pledges and totals ask for no overlaps, whose search takes time.
    """
    clusters = linked.clusters
    if totals is None:
        totals = groups_of(of_role(claims, "total"))
    if close is None:
        close = near(clusters, linked.links) if with_overlaps else ()
    found = overlaps(clusters, valuation, rarity, differ) if with_overlaps else []
    return Ledger(
        claims=tuple(claims),
        pledges=tuple(pledge(cluster, valuation) for cluster in clusters),
        series=tuple(series_of(totals, valuation, differ)),
        overlaps=tuple(one for one in found if one.kind != DIFFERENT),
        apart=tuple(one for one in found if one.kind == DIFFERENT),
        links=linked.links,
        currency=currency,
        valuation=valuation,
        near=close,
    )


def _decided(prepared: pd.DataFrame, currency: str, valuation: Valuation, ruling: Ruling) -> Ledger:
    """The same, with decisions: linked as if there were none, then what they name made anew."""
    claims = read_rows(ruling.claims)
    found = link(groups_of(of_role(read_rows(prepared), "pledge")), valuation)
    settled = settle(found, of_role(claims, "pledge"), ruling, valuation)
    clusters = settled.linked.clusters
    ledger = opened(
        claims,
        settled.linked,
        currency,
        valuation,
        rarity=Rarity.of([cluster[0] for cluster in found.clusters]),
        totals=settle_totals(groups_of(of_role(claims, "total")), ruling),
        differ=ruling.differ_groups,
    )
    return ledger._replace(
        pledges=accept_pledges(ledger.pledges, ruling),
        series=accept_totals(ledger.series, ruling, valuation),
        ruling=ruling,
        told={**ruling.of_claim, **settled.told},
        decision_notes=(*ruling.notes, *settled.notes),
        near=tuple(
            one
            for one in ledger.near
            if not ruling.differ_groups(clusters[one.inner], clusters[one.outer])
        ),
    )


def of_role(claims: list[Claim], role: str) -> list[Claim]:
    """The claims of a role; a stated conversion has that of the figure which it converts."""
    by_id = {claim.id: claim for claim in claims}
    return [claim for claim in claims if by_id.get(claim.base or "", claim).role == role]
