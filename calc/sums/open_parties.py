"""Pledges that leave a party open and may be those of the asked one, as their words name it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..claims.wording import item_of
from ..ledger.ledger import Ledger
from ..links.rows import Claim
from ..parties import find_parties
from ..pledges.pledge import Pledge
from .selection import Selection


def may_be_meant(ledger: Ledger, selection: Selection) -> dict[str, str]:
    """Why a pledge that leaves a party open may be the asked one's, by its id.

    "Oslo sent 5 million euros, Stockholm 6 million": whoever asks for a receiver that the document
    names elsewhere is shown what it may have got. A giver must be named by the sentence itself. A
    document that tells of a gift of the one to the other leaves no sum open for them: every sum
    would else be everybody's.
    """
    if selection.donor is None and selection.recipient is None:
        return {}
    named = _Named(ledger)
    found = {one.id: _why(one, selection, named) for one in ledger.pledges}
    return {name: why for name, why in found.items() if why is not None}


def _why(one: Pledge, selection: Selection, named: _Named) -> str | None:
    donor, recipient = selection.donor or (), selection.recipient or ()
    if not selection.takes(one.donor or donor, one.recipient or recipient):
        return None
    missing, asked = [], list[str]()
    if donor and not one.donor:
        if not named.as_giver(one, donor):
            return None
        missing, asked = ["donor"], [*donor]
    if recipient and not one.recipient:
        if not named.as_receiver(one, recipient):
            return None
        missing, asked = [*missing, "recipient"], [*asked, *recipient]
    if not missing:
        return None
    return f"names no {' and '.join(missing)}, but its text mentions {' and '.join(asked)}"


class _Named:
    """Which parties the words of pledges and of their documents name."""

    def __init__(self, ledger: Ledger) -> None:
        self._claims: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        for claim in ledger.claims:
            self._claims[claim.document].append(claim)

    def as_giver(self, one: Pledge, names: tuple[str, ...]) -> bool:
        """Whether the sentences of a pledge name one that is known to give nothing else there."""
        gives = any(
            set(names) & set(other.donor) and other.role == "pledge"
            for claim in one.claims
            for other in self._claims[claim.document]
        )
        return not gives and _speak_of(
            {item_of(claim.sentence, claim.text) for claim in one.claims}, names
        )

    def as_receiver(self, one: Pledge, names: tuple[str, ...]) -> bool:
        """Whether a document of the pledge speaks of one of whom it tells no other gift of it."""
        claims = [
            other
            for document in dict.fromkeys(claim.document for claim in one.claims)
            for other in self._claims[document]
        ]
        own = [claim for claim in claims if set(claim.recipient) & set(names)]
        if any(claim.role == "pledge" and set(claim.donor) & set(one.donor) for claim in own):
            return False
        texts = {text for claim in claims for text in (claim.sentence, claim.title)}
        return any(claim.sentence for claim in own) or _speak_of(texts, names)


def _speak_of(texts: Iterable[str | None], names: tuple[str, ...]) -> bool:
    small = [name.casefold() for name in names]
    return any(
        any(name in text.casefold() for name in small)
        or any(found.name in names for found in find_parties(text) if found.form != "currency")
        for text in texts
        if text
    )
