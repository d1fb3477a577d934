"""Claims of a few donors, and a decision of every kind about them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd

from calc.decisions import Decision
from calc.decisions.blocks import Accepted


def row(claim_id: str, donor: str, amount: float, day: str, **more: Any) -> dict[str, Any]:
    """One claim of a table, in euros for Ukraine unless said otherwise."""
    told = {"source": claim_id, "currency": "EUR", "recipient": "Ukraine", "purpose": "drones"}
    base = {"claim_id": claim_id, "donor": donor, "amount": amount, "published": day}
    return {**base, **told, **more}


def world() -> pd.DataFrame:
    """Pledges of three donors, told by several sources; a series of totals; a bare sign."""
    return pd.DataFrame(
        [
            row("a1", "Lithuania", 10e6, "2024-09-02"),
            row("a2", "Lithuania", 10e6, "2024-09-03"),
            row("a3", "Lithuania", 10.4e6, "2024-09-03", purpose="ambulances"),
            row("a4", "Lithuania", 25e6, "2024-10-20", purpose="radars"),
            row("n1", "Norway", 135e6, "2024-11-04", currency="NOK"),
            row("n2", "Norway", 135e6, "2024-11-05", currency="NOK"),
            row("n3", "Norway", 12e6, "2024-11-04", currency="USD", conversion_of="n1",
                source="n1"),
            row("c1", "Canada", 1e9, "2025-08-25", currency="USD", currency_basis="ambiguous",
                currency_candidates="USD|CAD", text="$1 billion"),
            row("t1", "Lithuania", 683e6, "2024-11-04", role="total"),
            row("t2", "Lithuania", 910e6, "2025-03-02", role="total"),
        ]
    )  # fmt: skip


def accepted(amount: str, low: str | None = None, high: str | None = None) -> Accepted:
    return Accepted(Decimal(amount), Decimal(low or amount), Decimal(high or amount), None)


WHO: Any = {"who": "Ada", "when": dt.date(2025, 3, 2), "why": "seen in the archive"}
SAME = Decision("same", ("a1", "a4"), **WHO)
DIFFERENT = Decision("different", ("a1", "a2"), **WHO)
EVERY_KIND = (
    SAME,
    DIFFERENT,
    Decision("currency", ("c1",), "CAD", **WHO),
    Decision("amount", ("a4",), Decimal(24_000_000), **WHO),
    Decision("as_of", ("t1",), dt.date(2024, 9, 30), **WHO),
    Decision("role", ("a4",), "total", **WHO),
    Decision("reject", ("n1",), **WHO),
    Decision("accept", ("a1",), accepted("10200000", "10000000", "10400000"), **WHO),
    Decision("donor", ("a3",), "Norway", **WHO),
    Decision("recipient", ("a3",), "Moldova", **WHO),
    Decision("status", ("a4",), "disbursed", **WHO),
    Decision("date", ("a4",), "2023-11", **WHO),
    Decision("part_of", ("a3",), "a4", **WHO),
)
