"""What a reconciliation stands on, and that of few claims: one ledger of all of them."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import pandas as pd

from .. import schema
from ..findings.all_of import and_across, findings_within, stale_claims
from ..findings.finding import Finding
from ..ledger.as_tables import claims_table, pledges_table, totals_table
from ..ledger.ledger import Ledger
from ..telling.explain import Subject
from .phases import Terms


class Shown(NamedTuple):
    """The tables that a person sees: ``claims`` with their pledge or series and their amount."""

    claims: pd.DataFrame
    checks: pd.DataFrame
    pledges: pd.DataFrame
    totals: pd.DataFrame
    findings: pd.DataFrame


class Grounds(Protocol):
    """The tables of a reconciliation, and what stands behind any of their rows.

    ``prepared`` are the claims without what was found of them. ``ruled`` says that a person's
    decisions were applied; ``decision_notes`` say which of them did nothing, and why.
    """

    terms: Terms
    prepared: pd.DataFrame
    ruled: bool
    decision_notes: tuple[str, ...]

    @property
    def shown(self) -> Shown:
        """The tables."""

    @property
    def found(self) -> list[Finding]:
        """The findings as records, the worst first."""

    @property
    def ledger(self) -> Ledger:
        """The ledger of all claims."""

    def concerning(self, donor: str | None, recipient: str | None) -> Ledger:
        """A ledger with all that a sum for a donor and recipient takes, or lists as left out."""

    def subject(self, identifier: str) -> Subject:
        """What the explanation of an id, or of what an id begins with, is taken from."""

    def grown(self, prepared: pd.DataFrame, jobs: int) -> Grounds | None:
        """The evidence of ``prepared``, whose first rows are those of this one.

        None when it is better found anew.
        """


class Whole:
    """The evidence of claims that were linked all together."""

    def __init__(
        self, prepared: pd.DataFrame, ledger: Ledger, checks: pd.DataFrame, terms: Terms
    ) -> None:
        self.prepared = prepared
        self.terms = terms
        self.ledger = ledger
        self.ruled = ledger.ruling is not None
        self.decision_notes = ledger.decision_notes
        self._checks = schema.records(checks)
        within = findings_within(ledger, self._checks)
        self.found = and_across(within, ledger, self._checks)
        self.shown = Shown(
            claims_table(prepared, ledger),
            checks,
            pledges_table(ledger),
            totals_table(ledger, stale_claims(within)),
            schema.frame([one.record() for one in self.found], schema.FINDINGS),
        )

    def concerning(self, donor: str | None, recipient: str | None) -> Ledger:  # noqa: ARG002
        """The ledger of all claims."""
        return self.ledger

    def subject(self, identifier: str) -> Subject:  # noqa: ARG002
        """Everything."""
        policy, rates = self.terms.policy, self.terms.rates
        return Subject(self.ledger, self.shown.claims, self._checks, self.found, policy, rates)

    def grown(self, prepared: pd.DataFrame, jobs: int) -> None:  # noqa: ARG002
        """Few claims are linked anew: any of them may change any other."""
        return
