"""Which party a sum of a sentence belongs to, as grammar alone says: ties of giver and receiver.

A tie is found in the bones of the sentence (``calc.claims.skeleton``), in what stands before a sum
up to the sum before it, and behind it up to the next one: "P V S" ("Norway gave 5 million"), "S
from P", "and P S" ("and Sweden 7 million"). Each kind is a fact of the candidate that is tied, and
speaks against all others; what it is worth stands in ``calc/data/party_points.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..text.lazy import cached_property
from .acts import Act
from .skeleton import AGAIN, CROWD, UNKNOWN, Skeleton
from .spots import Spot, kind_of
from .standings import Standing

GIVER, RECEIVER = "donor", "recipient"

_W = r"[a-z0-9][^\s]* "  # a word
_STOP = r"(?:that|which|who|said|says|told|while|whereas|but|because|when|after|if|whose|where) "
_AWAY = r"(?:from|by|than|against|to|for|into|as) "
_NEAR = _STOP + "|" + _AWAY
_GOODS = r"(?:what|made|equipment|arms|weapons|goods|own|it|from|by|to|for|as|than|way|\d+) "


def _gap(most: int, no: str = _STOP) -> str:
    return rf"(?:(?!{no}){_W}){{0,{most}}}"


_SHORT = r"(?:\( [^()S]{1,30} \) )?"
_ONE = rf"(?:the |its |an? )?(?:{_gap(3)})?[PQACUD] {_SHORT}"
_AND = r"(?:, )?(?:and|&|as well as|along with|together with|jointly with) "
_MORE = rf"(?:(?:, {_ONE}){{0,9}}{_AND}{_ONE})?"
_GROUP = rf"(?:[PQACUD] {_SHORT}{_MORE})"
_BODIES = rf"(?:[PQCUD] {_SHORT}{_MORE})"
_ABLE = rf"(?:[PCUD] {_SHORT}{_MORE}|Q {_SHORT})"
_ASIDE = r"(?:, [^;:SVWI,]{3,90}, )?"
_WHICH = r"(?:, )?(?:which |who |that )?"
_PREPOSITIONS = "to for from by in of with at than into on about as".split()
# the letter is looked for first: there are few of them, and a dozen words that may not stand before
_NOT_OBJECT = "(?=[PQCUD] )" + "".join(
    rf"(?<!\b{word} )(?<!\b{word} the )" for word in _PREPOSITIONS
)
_IT = r"(?:that )?(?:D|we|i|my country) "
_TELLS = r"(?:said|says|told C|confirmed|stated|added|wrote|tweeted|declared|disclosed|V) "
_SAYING = rf"(?:{_gap(3)}{_TELLS}{_gap(4)}{_IT})?"
_VERBS = rf"V (?:{_gap(5)}V )?(?:that )?{_gap(7, _NEAR)}"
_SUBJECT = rf"{_NOT_OBJECT}(?P<g>{_ABLE}){_ASIDE}{_WHICH}{_SAYING}{_gap(7)}"
_BEGINS = r"^(?:\) )?(?:, )?(?:and )?"
_CONVERTED = r"\)? ?(?:\( [^()]* \) )?(?!and )"
_GIFT = r"pledge|contribution|donation|gift|commitment|share|offer|promise"
_BEFORE = {
    # "will lend Kosovo 5 million"
    "object": rf"(?:{_SUBJECT})?V {_gap(2, _NEAR)}(?P<r>{_BODIES}){_gap(4, _NEAR)}$",
    # "Norway, which has paid 5 million", "Norway said it would give 5 million"
    "subject": rf"{_SUBJECT}{_VERBS}$",
    # "New Zealand, which paid 5 million"
    "relative": rf"(?P<g>[PQU] {_SHORT}), (?:which|who) {_gap(5)}V {_gap(6, _NEAR)}$",
    # "among them gifts of the Tata Trust ("
    "gift-of": rf"(?:pledges?|contributions?|donations?|gifts?|grants?|loans?|V) (?:of|from|by) "
    rf"{_gap(3, _NEAR)}(?P<g>{_GROUP})(?:\( |: |– |of |worth ){_gap(2)}$",
    "gets": rf"{_NOT_OBJECT}(?P<r>{_ABLE}){_ASIDE}{_WHICH}{_gap(6)}I {_gap(5, _NEAR)}$",
    # "Kenya was given 5 million"
    "is-given": rf"{_NOT_OBJECT}(?P<r>{_ABLE}){_ASIDE}{_gap(5)}W {_gap(3, _NEAR)}$",
    # "from Norway came 5 million"
    "from-ahead": rf"{_BEGINS}from {_gap(4, _NEAR)}(?P<g>{_GROUP}){_gap(5)}(?:[VW] )?{_gap(3)}$",
    "to-ahead": rf"{_BEGINS}(?:to|for) {_gap(2, _GOODS)}(?P<r>{_BODIES}){_gap(4)}(?:[VW] )?"
    rf"{_gap(3)}$",
    # "Norway's contribution of 5 million"
    "its-gift": rf"(?P<g>[AD] ){_gap(3)}(?:{_GIFT}) {_gap(4, _NEAR)}$",
}
# the verb without which a construction stands nowhere
_VERB_OF = {"object": "V", "subject": "V", "relative": "V", "gets": "I", "is-given": "W"}
_BEHIND = {
    # "5 million that the Norwegian government gives"
    "that-it-gave": rf"\)? ?{_gap(4, _NEAR)}(?:, )?(?:that|which) {_gap(2)}(?P<g>{_ABLE})"
    rf"{_gap(4)}V ",
    # "5 million is what Norway gave"
    "is-what": rf"\)? ?(?:is|was|are|were) (?:what|how much) {_gap(2)}(?P<g>{_ABLE}){_gap(5)}V ",
    # "5 million came from Norway"
    "from": rf"{_CONVERTED}{_gap(8, _NEAR)}(?:[VWI] )?(?:as {_gap(4)})?from {_gap(5, _NEAR)}"
    rf"(?P<g>{_GROUP})",
    # "5 million was promised to Kenya by Norway"
    "by": rf"{_CONVERTED}(?:{_gap(8, _NEAR)}|, {_gap(4, _NEAR)}(?=W ))(?:[VW] {_gap(5)})?"
    rf"(?:to {_gap(2)}[PQCUD] )?by {_gap(6, _GOODS)}(?P<g>{_GROUP})",
    # "5 million to Kenya", "5 million from Norway was sent to Kenya"
    "to": rf"{_CONVERTED}(?:{_gap(8, _NEAR)}|{_gap(3, _NEAR)}from [PQ] )(?:[VW] {_gap(4)})?"
    rf"(?:to|for|into|towards) {_gap(4, _GOODS)}(?P<r>{_BODIES})",
}
_AHEAD_OF = {how: (_VERB_OF.get(how, ""), re.compile(words)) for how, words in _BEFORE.items()}
_BEHIND_IT = {how: re.compile(words) for how, words in _BEHIND.items()}
_COUNTING = r"(?:, and |, |; and |; |and |, while |while |, with |with )"
_GOES_ON = re.compile(
    rf"^(?:\) )?(?:{_gap(9)}|\( [^()SPQ]* \) )?{_COUNTING}(?:the |its |an? )?{_gap(2)}"
    rf"(?P<g>{_GROUP}){_ASIDE}{_gap(3)}$"
)
_LIKE_FROM = re.compile(rf"{_BEGINS}(?:from|by) {_gap(2)}(?P<g>{_GROUP}){_gap(2)}$")
_LIKE_TO = re.compile(rf"{_BEGINS}(?:to|for) {_gap(2)}(?P<g>{_GROUP}){_gap(2)}$")
_ITEM = re.compile(rf"(?P<g>{_GROUP})(?:\( |: |– |- |— |, )?(?:with |at )?{_gap(3)}$")
_SAME = re.compile(
    rf"^(?:[^SVWI;:.]){{0,140}}?(?:, |and |as well as |plus |along with ){_gap(3, _NEAR)}$"
)
_LAST = re.compile(rf"[PQACUD] {_SHORT}$")
_TOGETHER = re.compile(r"\)? ?(?:each|together|jointly|combined|in total|respectively)\b")
_RESPECTIVELY = re.compile(r"[^;.]{0,90}?\brespectively\b")
_ITS_VERB = re.compile(rf"{_gap(3)}[VI] ")
_ITS_CROWD = re.compile(rf"{_gap(3)}C ")
_FROM_CUE = (
    r"from|by|such as|donors?|contributors?|lenders|led|pledges|promises|contributions?|including"
)
_TO_CUE = r"to|for|among|between|favour|recipients?|beneficiaries|countries"
_CUE = re.compile(rf"\b(?:(?P<from>{_FROM_CUE})|(?P<to>{_TO_CUE})) ")
# how the facts name the constructions
WAYS = {
    **dict.fromkeys(("subject", "relative", "is-what", "that-it-gave", "same-subject"), "subject"),
    **dict.fromkeys(("goes-on", "item"), "in-list"),
    **dict.fromkeys(("its-gift", "gift-of"), "gift"),
    **dict.fromkeys(("gets", "is-given"), "gets"),
    **dict.fromkeys(("from", "from-ahead"), "from"),
    **dict.fromkeys(("to", "to-ahead"), "to"),
    "by": "by",
    "object": "object",
}
PRONOUNS = ("it", "its")
_RECEIVING = ("object", "gets", "is-given", "to-ahead")


class PartyTie(NamedTuple):
    """Who gives or receives a sum, as one construction of the sentence says."""

    facet: str
    how: str
    names: frozenset[str]
    known: bool  # False: a crowd or a name that no table has is among them
    again: str = ""  # what one told of before is called: "bank", "state", "it"
    start: int = -1  # where it is called that


Found = dict[str, list[PartyTie]]  # the ties of a sum, by the construction that was found


class Ties:
    """The ties of the sums of a sentence, by the place of the sum."""

    def __init__(
        self,
        sentence: str,
        spots: Sequence[Spot],
        sums: Sequence[tuple[int, int]],
        acts: Sequence[Act],
    ) -> None:
        self._spots = spots
        self.bones = Skeleton(sentence, spots, sums, acts)
        self._found: dict[int, list[PartyTie]] = {}
        self._giver: PartyTie | None = None  # of the sum before, as the subject of its verb
        self._claimed: set[int] = set()  # parties that stand behind their own sum
        text = self.bones.text
        places = list(self.bones.sums())
        mode = ""
        for at, (index, place) in enumerate(places):
            low = places[at - 1][1] + 2 if at else 0
            high = places[at + 1][1] if at + 1 < len(places) else len(text)
            ties = dict(self._ahead(text[low:place], low, mode))
            behind = dict(self._behind(text[place + 2 : high], place + 2))
            mode = self._mode(ties, behind, mode)
            ahead = [tie for told in ties.values() for tie in told if tie.facet == GIVER]
            self._giver = ahead[0] if ahead and mode else None
            told = _first(
                {**behind, **ties} if "same-subject" in _ways(ties) else {**ties, **behind}
            )
            self._found[index] = told
        self._list(places)

    def of(self, index: int) -> list[PartyTie]:
        """The ties of a sum, by its place among the sums of the sentence."""
        return self._found.get(index, [])

    @cached_property
    def _tied(self) -> dict[tuple[str, str], set[int]]:
        """For each side and party the sums that it is tied to."""
        found: dict[tuple[str, str], set[int]] = {}
        for index, ties in self._found.items():
            for tie in ties:
                for name in tie.names:
                    found.setdefault((tie.facet, name), set()).add(index)
        return found

    def to_another(self, index: int, facet: str, names: Iterable[str]) -> bool:
        """Whether one of the parties is tied to another sum of the sentence."""
        return any(self._tied.get((facet, name), {index}) != {index} for name in names)

    def _tie(
        self, facet: str, how: str, low: int, found: re.Match[str], group: str
    ) -> PartyTie | None:
        """The tie to the parties of a group of a match in the stretch that begins at ``low``."""
        bones = self.bones.between(*self._span(how, low, found, group))
        behind = found.string[found.end(group) :]
        if len(bones) > 1 and _RESPECTIVELY.match(self.bones.text, low + len(found.string) + 2):
            return None  # dealt out in order elsewhere
        own = {one.which for one in bones if one.which >= 0}
        if not bones or own & self._claimed:
            return None
        if len(bones) == 1 and bones[0].letter == AGAIN:
            return PartyTie(facet, how, frozenset(), False, bones[0].what, bones[0].start)
        names = frozenset(self._spots[index].name for index in own)
        known = all(one.letter not in (CROWD, UNKNOWN, AGAIN) for one in bones)
        if how in _BEHIND:
            self._claimed |= own
            known = known and _ITS_CROWD.match(behind) is None
        return PartyTie(facet, how, names, known)

    def _span(self, how: str, low: int, found: re.Match[str], group: str) -> tuple[int, int]:
        """Where a group stands, without a last party that belongs to other words."""
        start, end = found.span(group)
        last = _LAST.search(found.group(group))
        if last is not None and last.start() > 0:
            if how in _BEHIND and _ITS_VERB.match(found.string[end:]):
                end = start + last.start()  # "by Japan, and the fund welcomes it"
            elif how == "item" and not self._shared(low, found):
                start += last.start()
        return low + start, low + end

    def _shared(self, low: int, found: re.Match[str]) -> bool:
        """Whether several stand before one sum that is for each of them, or of all."""
        behind = low + len(found.string) + 2
        return _TOGETHER.match(self.bones.text, behind) is not None

    def _ahead(self, text: str, low: int, mode: str) -> Iterator[tuple[str, list[PartyTie]]]:
        facet = RECEIVER if mode in (*_RECEIVING, "to") else GIVER
        like = {"from": _LIKE_FROM, "by": _LIKE_FROM, "to": _LIKE_TO}.get(mode, _GOES_ON)
        found = like.match(text) if mode else None
        tie = self._tie(facet, "goes-on", low, found, "g") if found else None
        if tie:
            yield "goes-on", [tie]
            return
        if self._giver and mode in ("subject", "object", "relative") and _SAME.match(text):
            yield "goes-on", [self._giver._replace(how="same-subject")]
            return
        for how, (verb, pattern) in _AHEAD_OF.items():
            match = pattern.search(text) if verb in text else None
            if match is None or (low and how in ("from-ahead", "to-ahead") and text[0] in "ft"):
                continue
            ties = [
                self._tie(facet, how, low, match, group)
                for group, facet in (("g", GIVER), ("r", RECEIVER))
                if group in match.re.groupindex and match.group(group)
            ]
            kept = [one for one in ties if one]
            if kept:
                yield how, kept
                return

    def _behind(self, text: str, low: int) -> Iterator[tuple[str, list[PartyTie]]]:
        for how, pattern in _BEHIND_IT.items():
            match = pattern.match(text)
            if match is None:
                continue
            group, facet = ("r", RECEIVER) if how == "to" else ("g", GIVER)
            tie = self._tie(facet, how, low, match, group)
            if tie:
                yield how, [tie]

    @staticmethod
    def _mode(
        ahead: dict[str, list[PartyTie]], behind: dict[str, list[PartyTie]], before: str
    ) -> str:
        for how in ahead:
            return before if how == "goes-on" else how if how != "its-gift" else ""
        return next(iter(behind), "")

    def _list(self, places: Sequence[tuple[int, int]]) -> None:
        """Parties that stand each at its sum, two or more alike: all give or all receive."""
        text = self.bones.text
        items: list[tuple[int, PartyTie, int]] = []
        for at, (index, place) in enumerate(places):
            low = places[at - 1][1] + 2 if at else 0
            found = _ITEM.search(text[low:place])
            tie = self._tie(GIVER, "item", low, found, "g") if found else None
            if found and tie:
                items.append((index, tie, low + found.start()))
        if len(items) < 2:
            return
        facet = self._side([tie for _, tie, _ in items], text[: items[0][2]])
        for index, tie, _ in items:
            if facet and not any(one.facet == facet for one in self._found[index]):
                self._found[index].append(tie._replace(facet=facet))

    @staticmethod
    def _side(ties: Sequence[PartyTie], ahead: str) -> str | None:
        """Whether those of a list give or receive: by the word before it, else by what they are."""
        kinds = [kind_of(name) for tie in ties for name in tie.names]
        poor = sum(kind in ("poor", "receiving-body") for kind in kinds)
        rich = sum(kind in ("rich", "giving-body") for kind in kinds)
        cues = list(_CUE.finditer(ahead[-80:]))
        if cues and cues[-1].group("from") and poor <= rich:
            return GIVER
        if cues and cues[-1].group("to") and rich <= poor:
            return RECEIVER
        if (poor == 0 and rich) or (rich > poor and "V " in ahead):
            return GIVER
        return RECEIVER if rich == 0 and poor else None


_BANK, _FUND = re.compile(r"\bBank\b|Monetary Fund"), re.compile(r"Fund|Facility|Mechanism")
_STATES = ("rich", "poor", "also-gives")


@lru_cache(maxsize=4096)
def called(name: str) -> str:
    """What a party is called when it is told of again.

    >>> called("Norway"), called("World Bank"), called("European Union"), called("Allianz")
    ('state', 'bank', 'union', 'firm')
    """
    if kind_of(name) in _STATES:
        return "state"
    if name == "European Union":
        return "union"
    return "bank" if _BANK.search(name) else "fund" if _FUND.search(name) else "firm"


def told_again(tie: PartyTie, parties: Sequence[Standing]) -> str | None:
    """Whom of the parties of a sentence "the bank", "the country" or "it" means in a later one."""
    any_ = tie.again in PRONOUNS
    fit = [one.name for one in parties if any_ or called(one.name) == tie.again]
    if tie.facet == RECEIVER:
        return next((name for name in fit if kind_of(name) != "rich"), None)
    able = [one.name for one in parties if one.name in fit and one.may_be_subject]
    return next((name for name in able if kind_of(name) != "poor"), None)


def _ways(found: Found) -> set[str]:
    return {tie.how for ties in found.values() for tie in ties}


def _first(found: Found) -> list[PartyTie]:
    """Of each side the first tie that was found."""
    kept: dict[str, PartyTie] = {}
    for ties in found.values():
        for tie in ties:
            kept.setdefault(tie.facet, tie)
    return list(kept.values())
