"""What a reconciliation stands on where some rows are entries of a register."""

from __future__ import annotations

import pandas as pd

from .. import schema
from ..entries import Entries
from ..entries.as_tables import claims_table, pledges_table
from ..entries.beside import beside
from ..findings.finding import Finding
from ..findings.of_entries import findings_beside, findings_of_entries
from ..ledger.ledger import Ledger
from ..telling.explain import Explanation, Subject, one_id
from ..telling.of_entries import entry_of, explain_entry, explain_finding
from .grounds import Grounds, Shown
from .order import findings_in_order

_MOST = 12  # pledges that a register lacks, in words; the findings have all


class WithEntries:
    """Reports as they are reconciled by themselves (``told``), and the entries beside them.

    ``prepared`` has the rows of both in their order.
    """

    def __init__(self, told: Grounds, entries: Entries, prepared: pd.DataFrame) -> None:
        self.told = told
        self.entries = entries
        self.prepared = prepared
        self.terms = told.terms
        self.ruled = told.ruled
        self.decision_notes = told.decision_notes
        self.beside = beside(told.ledger, entries) if len(told.prepared) else ()
        self.own = findings_of_entries(entries)
        own = [*self.own, *findings_beside(self.beside)]
        self.found: list[Finding] = sorted([*told.found, *own], key=_order)
        shown = told.shown
        made = schema.frame([one.record() for one in own], schema.FINDINGS)
        findings = pd.concat([shown.findings, made], ignore_index=True) if own else shown.findings
        claims = pd.concat([shown.claims, claims_table(entries)]).loc[prepared.index]
        claims.attrs = dict(prepared.attrs)
        self.shown = Shown(
            claims,
            shown.checks,
            self._pledges(shown.pledges),
            shown.totals,
            findings_in_order(findings),
        )

    def _pledges(self, told: pd.DataFrame) -> pd.DataFrame:
        """Pledges that were told, each with what the register has for it, then the entries."""
        words = {one.pledge.id: one.words for one in self.beside if one.known}
        told = told.copy()
        notes = [words.get(name) for name in told["pledge_id"]]
        told["explanation"] = [
            text if note is None else f"{text}. {note[:1].upper()}{note[1:]}"
            for text, note in zip(told["explanation"].tolist(), notes, strict=True)
        ]
        both = [told, pledges_table(self.entries)]
        return pd.concat([one for one in both if len(one)] or both, ignore_index=True)

    def meeting(self) -> list[str]:
        """How reports and the register meet, in words."""
        known = [one for one in self.beside if one.known]
        if not known:
            return []
        lacking = [one for one in known if not one.rows]
        many = f"{len(known)} pledge{'s' * (len(known) != 1)}"
        told = [
            f"Reports have {many} of donors and recipients of the ledger, which has "
            f"{len(known) - len(lacking)} of them. They are never added to it."
        ]
        for one in lacking[:_MOST]:
            teller = one.pledge.teller
            told.append(f"{teller.text!r} ({teller.source}): {one.words}.")
        return told

    @property
    def ledger(self) -> Ledger:
        """The ledger of what was told."""
        return self.told.ledger

    def concerning(self, donor: str | None, recipient: str | None) -> Ledger:
        """What was told of a sum."""
        return self.told.concerning(donor, recipient)

    def explained(self, identifier: str) -> Explanation | None:
        """What explains an entry or a finding about entries; None for what was told."""
        shown = self.shown
        known = [
            *shown.claims["claim_id"],
            *shown.pledges["pledge_id"],
            *shown.totals["series_id"].unique(),
            *shown.findings["finding_id"],
        ]
        name = one_id(identifier, known)
        for one in self.own:
            if one.id == name:
                return explain_finding(one, self.entries)
        row = entry_of(name, self.entries)
        return None if row is None else explain_entry(row, self.entries)

    def subject(self, identifier: str) -> Subject:
        """What was told."""
        return self.told.subject(identifier)

    def grown(self, prepared: pd.DataFrame, jobs: int) -> None:  # noqa: ARG002
        """Entries are counted anew."""
        return


def _order(one: Finding) -> tuple[int, str, str]:
    return (schema.WORST_FIRST[one.severity], one.cause, one.id)
