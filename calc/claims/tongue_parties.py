"""Who gives and who receives in a sentence of another language than English.

What a country is known for tells most ("Denmark and Ukraine"); words beside a name tell the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..parties import Mention, find_parties, party
from ..parties.tongues import parties_abroad
from .incomes import may_receive, mostly_gives, mostly_receives
from .signs import Sign
from .tongue_rules import TongueRule, by_code, of_facets

_NEAR = 40  # characters beside a name in which its signs stand
_LONG_NAME = 4  # letters of a name that no word of another language is
_VERB_NEAR = 30  # characters between a name and its verb
_JOINED = re.compile(
    r"\s?(?:,|und|et|і|й|та|и|i|oraz|ir|ja|un|och|og|en|y|e)\s(?:\w{1,3}['’]?\s?)?"
)
_NO_GIVERS = frozenset(["Russia", "Belarus", "Iran", "North Korea", "Syria"])
_MONEY_BEHIND = re.compile(r"[-\s]?(?:dol[lł]ar|долар|доллар|dólar)|\$", re.IGNORECASE)


class Stand(NamedTuple):
    """A party where it stands in a sentence, with the signs that it gives or receives."""

    start: int
    end: int
    name: str
    gives: tuple[Sign, ...]
    receives: tuple[Sign, ...]
    places: tuple[Sign, ...]  # of no points: it only says where
    code: str | None  # of a country

    @property
    def is_place(self) -> bool:
        """Whether it is only where something is held or said, or whose members give."""
        return bool(self.places)

    @property
    def may_give(self) -> bool:
        """Whether more speaks for giving than for receiving, and it is no mere place."""
        return self.giving > self.receiving and not self.places

    @property
    def giving(self) -> int:
        """The points for giving."""
        return sum(sign.points for sign in self.gives)

    @property
    def receiving(self) -> int:
        """The points for receiving."""
        return sum(sign.points for sign in self.receives)


def stands(
    text: str, lower: str, language: str, taken: Sequence[tuple[int, int]], acts: Sequence[Sign]
) -> list[Stand]:
    """The parties of a sentence in order; ``taken`` are its figures, ``acts`` its verbs."""
    found = []
    for mention in _mentions(text, language):
        if any(low < mention.end and mention.start < high for low, high in taken):
            continue
        if _MONEY_BEHIND.match(text, mention.end):
            continue
        stand = _stand(mention, lower, language, acts)
        if stand is not None:
            found.append(stand)
    return found


def _mentions(text: str, language: str) -> list[Mention]:
    """The parties by the names of the language, and organisations by their English ones."""
    own = parties_abroad(text, language)
    others = [
        one
        for one in find_parties(text)
        if one.kind == "organisation"
        and one.form == "name"
        and len(one.text) >= _LONG_NAME
        and not any(one.start < other.end and other.start < one.end for other in own)
    ]
    return sorted([*own, *others])


def _beside(rule: TongueRule, lower: str, mention: Mention) -> bool:
    """Whether the words before or behind a name are those of the rule."""
    side = rule.where.partition("-")[0]
    before = lower[max(0, mention.start - _NEAR) : mention.start]
    behind = lower[mention.end : mention.end + _NEAR]
    return any(
        rule.pattern.search(words) is not None
        for words, sides in ((before, ("before", "beside")), (behind, ("behind", "beside")))
        if side in sides
    )


def _stand(mention: Mention, lower: str, language: str, acts: Sequence[Sign]) -> Stand | None:
    """A mention with its signs; none for an adjective beside no office, or for who gives no aid."""
    adjective = mention.form == "adjective"
    kind = "adjective" if adjective else "party"
    fits = [
        rule
        for rule in of_facets(language, "donor", "recipient", "place")
        if rule.where.endswith(kind) and _beside(rule, lower, mention)
    ]
    receiver = mostly_receives(mention.name)
    if (adjective and not fits) or (mention.name in _NO_GIVERS and not receiver):
        return None
    gives = _signs_of(mention, fits, "donor")
    receives = _signs_of(mention, fits, "recipient")
    places = [sign._replace(facet="donor") for sign in _signs_of(mention, fits, "place")]
    known = by_code()
    span = mention.start, mention.end
    if receiver:
        gives = []
        if mention.code or receives:
            receives.append(
                known["known-receiver"].sign(*span, facet="recipient", value=mention.name)
            )
    elif _may_give(mention):
        if mention.code and not may_receive(mention.code):
            receives = []  # "the package of aid Denmark sends"
        gives.append(known["known-giver"].sign(*span, facet="donor", value=mention.name))
        if any(_is_verb_of(act, mention) for act in acts):
            gives.append(known["beside-verb"].sign(*span, facet="donor", value=mention.name))
    return Stand(*span, mention.name, tuple(gives), tuple(receives), tuple(places), mention.code)


def _signs_of(mention: Mention, fits: Iterable[TongueRule], facet: str) -> list[Sign]:
    return [
        rule.sign(mention.start, mention.end, value=mention.name)
        for rule in fits
        if rule.facet == facet
    ]


def _may_give(mention: Mention) -> bool:
    if mention.kind == "country":
        return True
    who = party(mention.name)
    return who is not None and who.group != "alliance" and mostly_gives(mention.name)


def _is_verb_of(act: Sign, mention: Mention) -> bool:
    return 0 <= act.start - mention.end <= _VERB_NEAR or 0 <= mention.start - act.end <= _VERB_NEAR


def givers(among: Iterable[Stand], at: int, text: str) -> tuple[str | None, tuple[Sign, ...]]:
    """Who gives the amount at ``at``, with the signs: who has the most points, else the nearest."""
    return _first([one for one in among if one.may_give], at, text, "giving")


def receivers(among: Iterable[Stand], at: int, text: str) -> tuple[str | None, tuple[Sign, ...]]:
    """Who receives the amount at ``at``, with the signs."""
    may = [one for one in among if one.receiving > one.giving]
    found = _first([one for one in may if not one.is_place], at, text, "receiving")
    return found if found[0] is not None else _first(may, at, text, "receiving")


def _first(
    may: Sequence[Stand], at: int, text: str, end: str
) -> tuple[str | None, tuple[Sign, ...]]:
    if not may:
        return None, ()
    most = max(getattr(one, end) for one in may)
    best = [one for one in may if getattr(one, end) == most]
    names = {one.name for one in best}
    chosen = min(best, key=lambda one: min(abs(one.start - at), abs(one.end - at)))
    joint = _joint(may, chosen, text)
    if end == "receiving" and len(names - {one.name for one in joint}):
        return None, ()  # two may receive
    signs = [sign for one in joint for sign in (one.gives if end == "giving" else one.receives)]
    return "|".join(dict.fromkeys(one.name for one in joint)), tuple(signs)


def _joint(may: Sequence[Stand], chosen: Stand, text: str) -> list[Stand]:
    """The chosen party with those that "and" or a comma joins to it."""
    place = may.index(chosen)
    low = high = place
    while low > 0 and _JOINED.fullmatch(text, may[low - 1].end, may[low].start):
        low -= 1
    while high + 1 < len(may) and _JOINED.fullmatch(text, may[high].end, may[high + 1].start):
        high += 1
    return list(may[low : high + 1])
