"""The parties of a sentence of another language than English, each with what stands beside it.

What is beside a name is told by the rules of ``tongue_signs.tsv``; its case by ``name_cases.tsv``.
Who gives and who receives is chosen elsewhere (``tongue_candidates``), by points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from ..parties import Mention, find_parties, party
from ..parties.tongues import nominatives, parties_abroad
from ..text import data_tables
from .incomes import may_receive, mostly_gives, mostly_receives
from .named_givers import KIND
from .signs import Sign
from .spots import kind_of
from .tongue_names import BODY, named_abroad
from .tongue_rules import TongueRule, of_facets

_NEAR = 40  # characters beside a name in which its words stand
_LONG_NAME = 4  # letters of a name that no word of another language is
# between two parties that share a verb
_AND = r"und|sowie|et|ainsi que|і|й|та|и|а также|i|oraz|ir|bei|ja|un|och|samt|og|en|y|e|ed"
JOINED = re.compile(rf"\s?(?:,|(?:,\s)?(?:{_AND}))\s(?:\w{{1,3}}['’]?\s?)?")
_NO_GIVERS = frozenset(["Russia", "Belarus", "Iran", "North Korea", "Syria"])
_MONEY_BEHIND = re.compile(r"[-\s]?(?:dol[lł]ar|долар|доллар|dólar)|\$", re.IGNORECASE)


class Stand(NamedTuple):
    """A party where it stands in a sentence."""

    start: int
    end: int
    name: str
    kind: str  # rich, poor, giving-body …
    form: str  # name, metonym, adjective, people, own-name
    case: str  # subject, receiver, other; none where the language does not tell
    code: str | None  # of a country
    hits: tuple[Sign, ...]  # the rules whose words stand beside it

    def has(self, *facets: str) -> bool:
        """Whether words beside it speak for one of these."""
        return any(hit.facet in facets for hit in self.hits)

    @property
    def may_give(self) -> bool:
        """Whether it is known for giving and is neither a mere place nor the one it goes to."""
        gives = self.kind in ("rich", "also-gives", "own-name") or is_giver(self.name)
        return gives and not self.has("place") and (self.has("donor") or not self.has("recipient"))

    @property
    def may_receive(self) -> bool:
        """Whether it is known for receiving, or words beside it say that it does."""
        if self.code is not None and not may_receive(self.code):
            return False
        return self.kind in ("poor", "receiving-body") or self.has("recipient")


def stands(
    text: str, lower: str, language: str, taken: Sequence[tuple[int, int]], acts: Sequence[Sign]
) -> list[Stand]:
    """The parties of a sentence in order; ``taken`` are its figures, ``acts`` its verbs."""
    found = []
    for mention in _mentions(text, lower, language, acts):
        if any(low < mention.end and mention.start < high for low, high in taken):
            continue
        if _MONEY_BEHIND.match(text, mention.end):
            continue
        stand = _stand(mention, lower, language)
        if stand is not None:
            found.append(stand)
    return found


def _mentions(text: str, lower: str, language: str, acts: Sequence[Sign]) -> list[Mention]:
    """The parties by the names of the language, organisations by English ones, and other givers."""
    own = parties_abroad(text, language)
    others = [
        one
        for one in find_parties(text)
        if one.kind == "organisation"
        and one.form == "name"
        and len(one.text) >= _LONG_NAME
        and not _meets(one, own)
    ]
    known = sorted([*own, *others])
    named = [
        one
        for one in named_abroad(text, lower, language, acts)
        if not _meets(one, known) or _begins_with_country(one, known, language)
    ]
    if not named:
        return known
    return sorted([*(one for one in known if not _meets(one, named)), *named])


def _begins_with_country(one: Mention, known: Sequence[Mention], language: str) -> bool:
    """Whether a longer name takes in a country's: "Eesti Energia annetas"; German has no such."""
    within = [other for other in known if _meets(one, (other,))]
    alone = len(within) == 1 and within[0].form == "name" and within[0].kind == "country"
    return alone and language != "de" and within[0].end < one.end


def _meets(one: Mention, others: Iterable[Mention]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _beside(rule: TongueRule, lower: str, mention: Mention) -> bool:
    """Whether the words before or behind a name are those of the rule."""
    side = rule.where.partition("-")[0]
    before = lower[max(0, mention.start - _NEAR) : mention.start].rstrip('„“"«')
    behind = lower[mention.end : mention.end + _NEAR]
    return any(
        rule.pattern.search(words) is not None
        for words, sides in ((before, ("before", "beside")), (behind, ("behind", "beside")))
        if side in sides
    )


def _stand(mention: Mention, lower: str, language: str) -> Stand | None:
    """A mention with its words; none for an adjective beside no office, or for who gives no aid."""
    adjective = mention.form == "adjective"
    kind = "adjective" if adjective else "party"
    hits = tuple(
        rule.sign(mention.start, mention.end, value=mention.name, points=0)
        for rule in of_facets(language, "donor", "recipient", "place")
        if rule.where.endswith(kind)
        and (mention.kind == KIND or not rule.name.endswith(BODY))
        and _beside(rule, lower, mention)
    )
    receiver = mostly_receives(mention.name)
    if (adjective and not hits) or (mention.name in _NO_GIVERS and not receiver):
        return None
    form = "own-name" if mention.kind == KIND else mention.form
    return Stand(
        mention.start,
        mention.end,
        mention.name,
        kind_of(mention.name),
        form,
        _case(mention, language),
        mention.code,
        hits,
    )


@cache
def _cases(language: str) -> tuple[bool, re.Pattern[str] | None]:
    """Whether the subject's case can be told, and how the receiver's ends."""
    rows = [row for row in data_tables.table("name_cases") if row["language"] == language]
    ends = next((row["ending"] for row in rows if row["kind"] == "receiver"), None)
    told = any(row["kind"] == "subject" for row in rows)
    return told, re.compile(rf"{ends}$") if ends else None


def _case(mention: Mention, language: str) -> str:
    """The case of a country's own name: subject, receiver, other, or none."""
    told, receives = _cases(language)
    if receives is None or mention.form != "name" or mention.code is None:
        return "none"
    if mention.text.isupper():
        return "none"  # an abbreviation
    if mention.text in nominatives(language):
        return "subject" if told else "none"
    return "receiver" if receives.search(mention.text) else "other"


def units(found: Sequence[Stand], text: str) -> list[tuple[Stand, ...]]:
    """The parties one by one, and those that "and" or a comma joins, as they stand."""
    joined: list[list[Stand]] = []
    for one in found:
        last = joined[-1][-1] if joined else None
        if last is not None and JOINED.fullmatch(text, last.end, one.start):
            joined[-1].append(one)
        else:
            joined.append([one])
    alone = [(one,) for one in found]
    return [*alone, *(tuple(group) for group in joined if len({one.name for one in group}) > 1)]


@cache
def is_giver(name: str) -> bool:
    """Whether a party is a state or a body that is known for giving."""
    who = party(name)
    if who is None or mostly_receives(name):
        return False
    return who.kind == "country" or (who.group != "alliance" and mostly_gives(name))
