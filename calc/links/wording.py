"""What the words on two groups say of their being one pledge, in bits."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from .bits import Piece, piece
from .group import Group
from .rarity import Rarity
from .rows import BROAD, SCOPES, kinds_of

_LEAST = 0.02  # a share of a word's worth below which it is not told


def by_words(a: Group, b: Group, rarity: Rarity) -> list[Piece]:
    found = []
    donor = a.donor or b.donor
    shared_names = sorted(set(a.names) & set(b.names)) if a.names and b.names else []
    if shared_names:
        worth = max(rarity.of_name(name, donor) for name in shared_names)
        found.append(piece("name-same", f"both name {', '.join(shared_names)}", share=worth))
    elif a.names and b.names:
        found.append(piece("name-different", f"{', '.join(a.names)} and {', '.join(b.names)}"))
    elif a.names or b.names:
        found.append(piece("name-one", "only one names a programme"))
    worth = rarity.of_tokens(a.tokens & b.tokens, donor)
    if worth >= _LEAST:
        found.append(piece("tokens-same", "rare words of the sentences are shared", share=worth))
    worth = rarity.of_capitals(a.capitals & b.capitals, donor)
    if worth >= _LEAST:
        found.append(piece("capitals-same", "rare names are shared", share=worth))
    found += _aims(a, b, rarity, donor)
    return found + _payments(a, b)


def _payments(a: Group, b: Group) -> list[Piece]:
    """What the words say of one being a payment of several, or of part of something."""
    if a.nth and b.nth and a.nth.isdisjoint(b.nth):
        return [piece("nth-different", f"the {_and(sorted(a.nth), sorted(b.nth))} payment")]
    if a.instalment != b.instalment:
        return [piece("instalment-one", "only one is a payment of several")]
    if _is_part(a) != _is_part(b):
        return [piece("part-one", "only one mentions a part")]
    return []


def _is_part(one: Group) -> bool:
    return one.part and not one.whole


def _aims(a: Group, b: Group, rarity: Rarity, donor: tuple[str, ...]) -> list[Piece]:
    """What the money is for: the larger of what shared topics and shared words are worth."""
    shared = sorted(set(a.words) & set(b.words)) if a.words and b.words else []
    stems = sorted(a.aims & b.aims)
    found = []
    if stems:
        words = f"both are for {', '.join(stems)}…"
        found.append(piece("aim-same", words, share=rarity.of_aims(stems, donor)))
    if shared:
        words = f"both mention {', '.join(shared)}"
        found.append(piece("word-same", words, share=rarity.of_words(shared, donor)))
    if len(found) > 1:
        return [max(found, key=attrgetter("bits"))]
    against = _other_aims(a, b, shared, stems)
    return found if against is None else [*found, against]


def _other_aims(a: Group, b: Group, shared: list[str], stems: list[str]) -> Piece | None:
    """What says that the money is for different things, beside shared topics and stems."""
    mine, other = kinds_of(a.words), kinds_of(b.words)
    if mine and other and mine.isdisjoint(other):
        return piece("scope-different", _and(a.words, b.words))
    if not stems:
        if _other_lines(a, b):
            return piece("line-different", _and(a.words, b.words))
        if a.aims and b.aims and all(word in BROAD for word in shared):
            return piece("aim-different", _and(sorted(a.aims), sorted(b.aims)))
    if a.words and b.words and not shared and set(a.names).isdisjoint(b.names):
        of_one_kind = not mine.isdisjoint(other)
        if not (of_one_kind and _names_broad_kind(a.words, b.words)):
            return piece("words-different", _and(a.words, b.words))
    return None


def _other_lines(a: Group, b: Group) -> bool:
    """Whether both groups name lines of purchase, and none in common."""
    mine, other = _lines_of(a.words), _lines_of(b.words)
    return bool(mine and other) and mine.isdisjoint(other)


def _names_broad_kind(mine: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether one of two groups names a whole kind of aid, which the line of the other is in."""
    return any(word in BROAD for word in (*mine, *other))


def _and(mine: Iterable[str], other: Iterable[str]) -> str:
    return f"{', '.join(mine)} and {', '.join(other)}"


def _lines_of(words: tuple[str, ...]) -> frozenset[str]:
    """The lines of purchase among purpose words: drones, ammunition."""
    return frozenset(word for word in words if word in SCOPES and word not in BROAD)
