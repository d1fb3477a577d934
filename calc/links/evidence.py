"""What speaks for and against two groups of claims being about one pledge, in bits."""

from __future__ import annotations

from ..values.valuation import Valuation
from .amounts import by_amounts
from .bits import Piece, piece
from .days import by_days, distance, too_far
from .group import Group
from .likeness import likeness
from .one_document import items_apart
from .rarity import Rarity
from .wording import by_words

# How a headline may tell the number of its body: as it is, rounded, cut off, or converted.
_ALIKE = tuple(
    f"amount-{how}" for how in ("same", "overlap", "bound", "truncation", "shortened", "near", "fx")
)


def forbidden(a: Group, b: Group) -> str | None:
    """Why two groups can never be one pledge, or None.

    Parties that are both known and share nobody; separate amounts of one document; acts that
    lie too far apart without a shared name.
    """
    for word, mine, other in (
        ("donors", a.donor, b.donor),
        ("recipients", a.recipient, b.recipient),
    ):
        if mine and other and mine != other and not set(mine) & set(other):
            return f"different {word}: {', '.join(mine)} and {', '.join(other)}"
    if not a.documents.isdisjoint(b.documents) and a.headline == b.headline:
        if not _one_number(a, b):
            return "listed as separate amounts in one document"
        if not (a.sentences or b.sentences):
            return "two rows of one table"
        found = items_apart(a, b)
        if found:
            return found
    if too_far(a, b):
        return f"{distance(a, b)} days apart, with no programme named in both"
    return None


def _one_number(a: Group, b: Group) -> bool:
    return any(
        x.currency == y.currency and x.amount == y.amount and x.amount is not None
        for x in a.amounts
        for y in b.amounts
    )


def compare(a: Group, b: Group, rarity: Rarity, valuation: Valuation) -> tuple[Piece, ...]:
    """All evidence on whether ``a`` and ``b`` are one pledge; the sum decides."""
    pieces = [piece("prior", "any two pledges of a donor")]
    crowd = rarity.crowd(a, b)
    if crowd:
        pieces.append(piece("crowd", "many claims of one donor and recipient", share=crowd))
    pieces += _parties(a, b)
    pieces += by_amounts(a, b, rarity, valuation)
    pieces += by_words(a, b, rarity)
    pieces += by_days(a, b)
    pieces += likeness(a.sentences, b.sentences)
    if a.headline != b.headline and not a.documents.isdisjoint(b.documents):
        near = any(one.evidence.startswith(_ALIKE) for one in pieces)
        name = "headline-near" if near else "headline-other"
        pieces.append(piece(name, "the headline of the same document"))
    return tuple(pieces)


def _parties(a: Group, b: Group) -> list[Piece]:
    found: list[Piece] = []
    if a.donor and a.donor == b.donor and a.recipient and a.recipient == b.recipient:
        return found
    for word, mine, other in (("donor", a.donor, b.donor), ("recipient", a.recipient, b.recipient)):
        if not mine and not other:
            found.append(piece("party-open", f"neither names the {word}"))
        elif not mine or not other:
            found.append(piece("party-missing", f"the {word} is not named in both"))
        elif mine != other:
            found.append(piece("party-partial", f"the {word}s are the same only in part"))
    return found
