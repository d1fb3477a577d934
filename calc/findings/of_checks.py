"""What the checks of stated conversions find."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .. import checks as checking
from ..ledger.ledger import Ledger
from .finding import Finding, finding

# Cause of each verdict on a stated conversion, its severity, and the causes that compete.
_VERDICTS = {
    "other-date": ("stale-rate", "warning", ("stale-figure", "rate-source", "unresolved")),
    "consistent-if-rounded": ("rounding", "info", ("stale-rate", "truncation")),
    "consistent-if-truncated": ("truncation", "info", ("stale-rate", "rounding")),
    "other-currency": ("currency-mix-up", "error", ("target-currency", "typo", "unresolved")),
    "scale": ("scale-slip", "error", ("typo", "unresolved")),
    "copied": ("currency-mix-up", "error", ("typo", "unresolved")),
    "inverted": ("unresolved", "error", ("currency-mix-up", "typo")),
    "compound": ("unresolved", "error", ("scale-slip", "stale-rate", "currency-mix-up")),
    "inconsistent": ("unresolved", "error", ("typo", "rate-source", "stale-rate")),
}


def of_checks(ledger: Ledger, checks: list[Mapping[str, Any]]) -> Iterable[Finding]:
    by_id = {claim.id: claim for claim in ledger.claims}
    for row in checks:
        entry = _VERDICTS.get(row["verdict"])
        stated, base = by_id.get(row["claim_id"]), by_id.get(row["base_id"])
        if entry is None or stated is None or base is None or "noise" in (stated.role, base.role):
            continue
        cause, severity, alternatives = entry
        power = row["power"] or 0.0
        # A weak test is never a flag: what it says is worth a note at most.
        if severity != "info" and not checking.flagged(row["verdict"], power):
            continue
        if stated.published is None:  # on an undated page nothing is asserted from a pair
            severity = "info"
        yield finding(
            cause,
            (base, stated),
            str(row["explanation"]),
            severity=severity,
            alternatives=alternatives,
        )
