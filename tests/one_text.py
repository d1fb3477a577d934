"""One text, read and reconciled, for tests of what is answered about it."""

from __future__ import annotations

import pledgecalc as pc


def reconciled(
    text: str, currency: str = "EUR", published: str = "2025-04-04"
) -> pc.Reconciliation:
    return pc.reconcile(pc.read_text(text, published=published), currency)
