"""Which currency an ambiguous sign means, by the evidence of the document around it.

Evidence that decides: a stated conversion whose implied rate only one candidate explains, the
same sign printed with its country elsewhere in the document, the giver's own crown, franc or
pound. A giver alone never decides a bare ``$``: Canadians quoted in dollars mean either.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from rates import ecb
from rates.errors import PledgecalcError

from ..figures import Figure

# A conversion is told by the rate it implies: stale and rounded conversions stay within this
# share of the rate of the day, while other dollars, crowns and pounds differ by more.
PAIR_TOLERANCE = Decimal("0.12")


class Decision(NamedTuple):
    """The currency that stands, and what decided it (``ambiguous`` when nothing did)."""

    currency: str | None
    basis: str


def _distance(base: Figure, quote: Figure, codes: tuple[str, str], day: datetime.date) -> Decimal:
    """How far the pair's implied rate is from the rate of ``day``, as a share; huge if unknown."""
    table = ecb.fixings()
    legs = []
    for code in codes:
        if code == "EUR":
            legs.append(Decimal(1))
            continue
        try:
            legs.append(table.as_of(code, day).value)
        except PledgecalcError:
            return Decimal(10**6)
    if not base.amount or not quote.amount:
        return Decimal(10**6)
    return abs(quote.amount / base.amount / (legs[1] / legs[0]) - 1)


def from_pair(
    base: Figure, quote: Figure, published: datetime.date | None
) -> tuple[Decision, Decision]:
    """Decide both sides of a stated conversion by the rate that it implies.

    Only when exactly one pair of candidates lies within the tolerance; else both stay as read.
    """
    as_read = (
        Decision(base.currency, base.currency_basis),
        Decision(quote.currency, quote.currency_basis),
    )
    day = published or ecb.fixings().last
    fitting = []
    for first in base.currency_candidates or (base.currency,):
        for second in quote.currency_candidates or (quote.currency,):
            if first is None or second is None or first == second:
                continue
            if _distance(base, quote, (first, second), day) <= PAIR_TOLERANCE:
                fitting.append((first, second))
    decisions = list(as_read)
    for side in (0, 1):
        codes = {pair[side] for pair in fitting}
        if as_read[side].basis == "ambiguous" and len(codes) == 1:
            decisions[side] = Decision(codes.pop(), "pair")
    return decisions[0], decisions[1]


def from_document(figure: Figure, everywhere: Sequence[Figure]) -> Decision:
    """Decide a bare sign by the currencies that the same document prints in full.

    Only when all of the document's explicit figures among the candidates agree on one.
    """
    explicit = {
        other.currency
        for other in everywhere
        if other.currency_basis not in ("ambiguous", "sign")
        and other.currency in figure.currency_candidates
    }
    if len(explicit) == 1:
        return Decision(explicit.pop(), "document")
    return Decision(figure.currency, figure.currency_basis)


def from_giver(figure: Figure, own: Sequence[str]) -> Decision:
    """Decide crowns, francs and pounds by the giver's own money; never a dollar sign."""
    mine = [code for code in figure.currency_candidates if code in own]
    dollar = "$" in figure.text or "dollar" in figure.text.lower()
    if len(mine) == 1 and not dollar:
        return Decision(mine[0], "donor")
    return Decision(figure.currency, figure.currency_basis)
