"""The giver and receiver of a whole document: what its sentences say, each with its weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..parties import party as known_party
from .agents import Agents
from .signs import Sign, settled


class Voice(NamedTuple):
    """What one sentence says of who gives to whom, for the document as a whole."""

    agents: Agents
    weight: float
    title: bool  # it is the headline, or the title that came with the text


def document_agents(voices: Sequence[Voice], crowd: bool = False) -> Agents:
    """The giver and receiver that stand for the whole document, when its sentences agree.

    A name needs six tenths of all weight (the headline counts most): a document about several
    donors has no default. A giver that no headline names needs all of it, and no ``crowd`` of
    donors beside it, for a thin sign is worse than none.
    """
    donor, donor_signs = _winner(voices, "donor", "giver", alone=True)
    if crowd and donor_signs and donor_signs[0].name == "document-giver":
        donor, donor_signs = None, ()
    recipient, recipient_signs = _winner(voices, "recipient", "receiver")
    if recipient == "United Nations":
        recipient, recipient_signs = None, ()  # it is named wherever aid is spoken of
    return Agents(donor, recipient, donor_signs + recipient_signs)


def _winner(
    voices: Sequence[Voice], facet: str, called: str, *, alone: bool = False
) -> tuple[str | None, tuple[Sign, ...]]:
    """Whom most of the voices name, and the sign that says where: in the title, or only below.

    With ``alone`` who stands only below must have no rival.
    """
    votes: dict[str, float] = {}
    in_title: set[str] = set()
    for voice in voices:
        name = voice.agents.donor if facet == "donor" else voice.agents.recipient
        if name:
            votes[name] = votes.get(name, 0.0) + voice.weight
            in_title.update([name] if voice.title else [])
    if not votes:
        return None, ()
    name, weight = min(votes.items(), key=lambda item: (-item[1], item[0]))
    if weight < 0.6 * sum(votes.values()):
        return None, ()
    if alone and name not in in_title and (len(votes) > 1 or known_party(name) is None):
        return None, ()  # several, or one that only this text calls a giver
    sign = f"title-{called}" if name in in_title else f"document-{called}"
    return name, settled((), facet, name, sign)
