"""The prices of evidence and of causes, read once from the data tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..text import data_tables

LINK = {row["evidence"]: float(row["bits"]) for row in data_tables.table("link_bits")}
_ROUNDED = {evidence: round(bits, 2) for evidence, bits in LINK.items()}
REASON = {row["evidence"]: row["reason"] for row in data_tables.table("link_bits")}


def set_prices(prices: Mapping[str, float]) -> None:
    """Weigh evidence at other prices from now on: for those who fit the table."""
    LINK.update(prices)
    _ROUNDED.update({evidence: round(bits, 2) for evidence, bits in prices.items()})


class Cause(NamedTuple):
    """One entry of the closed list of causes: its price, its severity, and its meaning."""

    name: str
    bits: float
    severity: str
    meaning: str


CAUSES = {
    row["cause"]: Cause(row["cause"], float(row["bits"]), row["severity"], row["meaning"])
    for row in data_tables.table("cause_bits")
}


class Piece(NamedTuple):
    """One piece of evidence for (positive) or against (negative) a link, in bits."""

    evidence: str
    bits: float
    words: str


_new = tuple.__new__  # by way of its name a record costs twice as much, and there are millions


def piece(evidence: str, words: str, share: float | None = None) -> Piece:
    """A piece of evidence at the price of the table, or at so many times the price.

    >>> piece("additional", "one more", share=0.5).bits == round(LINK["additional"] / 2, 2)
    True
    """
    bits = _ROUNDED[evidence] if share is None else round(LINK[evidence] * share, 2)
    return _new(Piece, (evidence, bits, words))


def total(pieces: tuple[Piece, ...]) -> float:
    """The sum of the evidence in bits."""
    return round(sum([bits for _evidence, bits, _words in pieces]), 2)


def advantage(cause: str) -> float:
    """How many bits a cause is ahead of leaving the difference unresolved."""
    return round(CAUSES["unresolved"].bits - CAUSES[cause].bits, 1)
