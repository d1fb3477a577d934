"""Nobody is accused by our own misreading: what one document alone shows is a question.

A finding that blames a source rests on what was read. Where two documents differ, one of them did
say something else; inside one document the reading may be wrong, unless its signs are strong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..links.rows import Claim
from .finding import Finding

BLAMING = ("scope", "call-not-pledge", "currency-mix-up", "each-dropped")
# how a figure names its currency so that no evidence around it was needed
_PRINTED = ("code", "name", "prefix", "sign", "decision", "column")


def fair(found: Iterable[Finding], claims: Mapping[str, Claim]) -> list[Finding]:
    """The findings, those that blame on the word of one document made questions (``info``)."""
    return [
        one._replace(severity="info") if one.cause in BLAMING and not _surely(one, claims) else one
        for one in found
    ]


def _surely(one: Finding, claims: Mapping[str, Claim]) -> bool:
    """Whether two documents differ, or one names both of two currencies beyond doubt."""
    involved = [claims[name] for name in one.claim_ids if name in claims]
    if len({claim.document for claim in involved}) > 1:
        return True
    named = all(claim.currency_basis in _PRINTED for claim in involved)
    return one.cause == "currency-mix-up" and named
