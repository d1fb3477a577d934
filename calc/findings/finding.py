"""One finding: what a person should look at, with cause, severity and evidence.

``bits`` is the evidence for the named cause: how far it is ahead of leaving the difference
unresolved, or the sum of the evidence where two pledges were weighed against each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from ..links.bits import CAUSES, advantage


class HasId(Protocol):
    """What a finding is about: a claim, or what is known of one."""

    @property
    def id(self) -> str:
        """The id of the claim."""


class Finding(NamedTuple):
    """One row of ``Reconciliation.findings``."""

    cause: str
    severity: str
    claim_ids: tuple[str, ...]
    message: str
    bits: float
    alternatives: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same cause and claims, in every run."""
        key = "|".join((self.cause, *sorted(self.claim_ids)))
        return "f-" + hashlib.sha256(key.encode("utf-8")).hexdigest()[:10]

    def record(self) -> dict[str, Any]:
        """The row of the table."""
        return {
            "finding_id": self.id,
            "severity": self.severity,
            "cause": self.cause,
            "claim_ids": "|".join(self.claim_ids),
            "message": self.message,
            "bits": self.bits,
            "alternatives": "|".join(self.alternatives) or None,
        }


def finding(
    cause: str,
    claims: Iterable[HasId],
    message: str,
    *,
    bits: float | None = None,
    severity: str | None = None,
    alternatives: Iterable[str] = (),
) -> Finding:
    """Make a finding; severity and bits come from the table of causes unless given."""
    entry = CAUSES[cause]
    ids = tuple(dict.fromkeys(claim.id for claim in claims))
    worth_bits = advantage(cause) if bits is None else bits
    return Finding(cause, severity or entry.severity, ids, message, worth_bits, tuple(alternatives))
