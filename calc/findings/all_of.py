"""Findings of a reconciliation: of its checks, pledges, overlaps, totals and targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..ledger.ledger import Ledger
from ..schema import WORST_FIRST
from .conversions import by_way_of, compared, converters, outlets
from .fairness import fair
from .finding import Finding
from .of_checks import of_checks
from .of_documents import of_documents
from .of_overlaps import of_overlaps, of_parts
from .of_pledges import of_pledge, of_targets
from .of_totals import ambiguous_totals, of_series, of_series_against_pledges
from .slips import misattributed, slips, told_sums


def and_across(
    within: Iterable[Finding], ledger: Ledger, checks: list[Mapping[str, Any]]
) -> list[Finding]:
    """The findings of ``findings_within`` and those that compare donors and outlets."""
    across = [*outlets(converters(ledger.claims), checks), *misattributed(told_sums(ledger))]
    unique = {one.id: one for one in reversed([*within, *across])}
    return in_order(unique.values())


def stale_claims(found: Iterable[Finding]) -> set[str]:
    """The claims whose stated conversion was found to fit only older rates."""
    return {name for one in found if one.cause == "stale-rate" for name in one.claim_ids}


def in_order(found: Iterable[Finding]) -> list[Finding]:
    """Findings, the worst first."""
    return sorted(found, key=lambda one: (WORST_FIRST[one.severity], one.cause, one.id))


def findings_within(ledger: Ledger, checks: list[Mapping[str, Any]]) -> list[Finding]:
    """The findings of single pledges, totals and pairs of a donor and a recipient."""
    via = list(by_way_of(ledger, checks))
    explained = {one.claim_ids[-1] for one in via}
    found = [
        *of_checks(ledger, [row for row in checks if row["claim_id"] not in explained]),
        *via,
        *compared(ledger, checks),
        *slips(ledger),
        *(one for pledge in ledger.pledges for one in of_pledge(pledge, ledger)),
        *of_overlaps(ledger),
        *of_parts(ledger),
        *of_documents(ledger),
        *(one for series in ledger.series for one in of_series(series)),
        *(one for series in ledger.series for one in ambiguous_totals(series, ledger)),
        *of_series_against_pledges(ledger),
        *of_targets(ledger),
    ]
    by_id = {claim.id: claim for claim in ledger.claims}
    unique = {one.id: one for one in reversed(fair(found, by_id))}
    return in_order(unique.values())
