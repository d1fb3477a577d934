"""The prices of evidence and of causes, read once from the data tables."""

from __future__ import annotations

from typing import NamedTuple

from ..text import data_tables

LINK = {row["evidence"]: float(row["bits"]) for row in data_tables.table("link_bits")}
_ROUNDED = {evidence: round(bits, 2) for evidence, bits in LINK.items()}
REASON = {row["evidence"]: row["reason"] for row in data_tables.table("link_bits")}


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


def piece(evidence: str, words: str, bits: float | None = None) -> Piece:
    """A piece of evidence at the price of the table, or at ``bits`` when it was weighted.

    >>> piece("date-0", "both on one day")
    Piece(evidence='date-0', bits=5.1, words='both on one day')
    """
    return _new(Piece, (evidence, _ROUNDED[evidence] if bits is None else round(bits, 2), words))


def total(pieces: tuple[Piece, ...]) -> float:
    """The sum of the evidence in bits."""
    return round(sum([bits for _evidence, bits, _words in pieces]), 2)


def advantage(cause: str) -> float:
    """How many bits a cause is ahead of leaving the difference unresolved."""
    return round(CAUSES["unresolved"].bits - CAUSES[cause].bits, 1)
