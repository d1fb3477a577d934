"""One thing for a person to decide, with the ways to decide it."""

from __future__ import annotations

from typing import NamedTuple

from ..links.bits import Piece
from ..links.rows import Claim


class WayToDecide(NamedTuple):
    """One way to decide: the kind of decision, its claims, its value and a reason to start from."""

    kind: str
    claims: tuple[str, ...]
    value: str | None
    why: str


class Call(NamedTuple):
    """One thing to decide.

    ``chance`` is how likely the call made now is wrong; ``effect`` by how much the safe sum would
    move, in the currency of the reconciliation (None: it cannot be valued, 0: it is in no sum);
    ``bits`` the evidence for what is held now, where it was weighed.
    """

    kind: str
    question: str
    claims: tuple[Claim, ...]
    chance: float
    effect: float | None
    bits: float | None
    evidence: tuple[Piece, ...]
    answers: tuple[WayToDecide, ...]

    @property
    def at_stake(self) -> float:
        """The money that is probably misplaced: what the list is ordered by."""
        return self.chance * (self.effect or 0.0)
