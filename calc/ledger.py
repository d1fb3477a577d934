"""Everything that linking found, in one place: what findings, sums and explanations read."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from .links.contraction import Link, groups_of, link
from .links.overlaps import Overlap, overlaps
from .links.rows import Claim, read_rows
from .pledges import Pledge, pledge
from .totals import Series, series_of
from .valuation import Valuation


class Ledger(NamedTuple):
    """Claims, the pledges and series made of them, the links weighed and possible overlaps.

    ``overlaps`` refer to ``pledges`` by position.
    """

    claims: tuple[Claim, ...]
    pledges: tuple[Pledge, ...]
    series: tuple[Series, ...]
    overlaps: tuple[Overlap, ...]
    links: tuple[Link, ...]
    currency: str
    valuation: Valuation

    def claim(self, claim_id: str) -> Claim:
        """The claim with that id."""
        return next(claim for claim in self.claims if claim.id == claim_id)

    def home(self) -> dict[str, str]:
        """Pledge or series id by claim id."""
        found = {claim.id: one.id for one in self.pledges for claim in one.claims}
        for series in self.series:
            found |= {claim.id: series.id for point in series.points for claim in point.claims}
        return found


def open_ledger(prepared: pd.DataFrame, currency: str, valuation: Valuation) -> Ledger:
    """Link the claims of a prepared table to pledges and series."""
    claims = read_rows(prepared)
    roles = _roles(claims)
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
    )


def _roles(claims: list[Claim]) -> dict[str, str]:
    """A stated conversion has the role of the figure that it converts, whatever its words say."""
    by_id = {claim.id: claim for claim in claims}
    roles = {}
    for claim in claims:
        base = by_id.get(claim.base or "")
        roles[claim.id] = base.role if base is not None else claim.role
    return roles
