"""Where the parties of a sentence stand, as facts that speak for or against their giving.

A fact is a plain word for a place: "begins-sentence", "ahead-3" (at most three words before the
figure), "subject-out" (the subject of a verb of giving). What each is worth for a giver and for a
receiver stands in ``calc/data/party_points.tsv``; ``calc.claims.choice`` adds up. A spot holds what
is true whatever the figure, so that the figures of a sentence ask once.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ..parties import party as known_party
from ..text.words import lowered
from .acts import Act
from .incomes import may_receive, mostly_receives
from .nameless import ends_a_name
from .places import Stretch
from .sentences import Span
from .standings import INSTITUTION, INSTITUTION_NEAR, Standing

Fact = str

_WORD_BEFORE = re.compile(r"([a-z]+)\s(?:(?:the|its|their|an?)\s)?$")
_PLACES = {
    "from": "from", "by": "by", "to": "to", "into": "to", "towards": "to", "toward": "to",
    "for": "for", "in": "in", "at": "in", "near": "in", "of": "of", "with": "with",
    "between": "between", "on": "on", "than": "than", "as": "as", "including": "such-as",
    "through": "through", "via": "through", "under": "through", "and": "and", "against": "against",
}  # fmt: skip
_SAYS = re.compile(
    r"(?:['’]s)?(?:\s\([^)]*\))?,?\s(?:[\w-]+\s){0,4}?"
    r"(?:said|says|told|tweeted|wrote|stated|confirmed|reported)\b"
)
_ACCORDING = re.compile(r"\b(?:according to|said|told|says)\s(?:the\s)?(?:[\w-]+\s)?$")
_HELPING = r"has|have|had|will|would|is|are|also|already|each|both|both have|\w+ly"
_MEANT = r"pledg|promis|commit|announc|approv|offer|earmark|sign|unveil|agree|plan"
_GIVES = r"giv|gave|donat|contribut|provid|allocat|sen[dt]\b|len[dt]\b|paid|pays?\b|grant|fund"
_MORE = r"financ|deliver|put|add|set aside|disburs|transfer|releas|extend|mak(?:e|ing)|made|chip"
_GIVES_NEXT = re.compile(rf",?\s(?:(?:{_HELPING})\s){{0,3}}(?:{_MEANT}|{_GIVES}|{_MORE})")
_GETS = r"welcom|thank|receiv|got|gets?\b|secur|obtain|appreciat|needs?\b|appeal|borrow|seek|sought"
_WELCOMES = re.compile(rf"(?:\s\([^()]{{2,12}}\))?,?\s(?:(?:{_HELPING})\s){{0,3}}(?:{_GETS})")
_MEETING = r"conference|summit|meeting|talks|forum|event|gather\w*|visit\w*|host\w*|held|hold\w*"
_HOST = re.compile(rf"\b(?:{_MEETING})\s(?:\w+\s)?(?:in|by|to|at|of)\s(?:the\s)?$")
_HOSTS_NEXT = re.compile(r"(?:,\s(?:the|which)\s|\s)(?:\w+\s)?host(?:s|ed|ing|\b)")
_GOODS = r"equipment|weapons?|weaponry|arms|goods|ammunition|aircraft|jets|systems|companies|firms"
_BOUGHT_FROM = re.compile(
    rf"\b(?:(?:{_GOODS}|bought|purchase[ds]?|buy|made|produced|sourced)\s(?:\w+\s)?(?:from|in|by)"
    r"|manufacturers in)\s(?:the\s)?$"
)
_CLAUSE = r",\s(?:and|but|while|which|who|after|as)\s"
_CONJUNCTION = r"\s(?:while|whereas|but|although|because|after|when|since)\s"
_AND_VERB = r"\sand\s(?=\w+\s(?:has|will|is|gave|pledged|promised)\b)"
_CUT = re.compile(rf"[;:]\s|{_CLAUSE}|{_CONJUNCTION}|{_AND_VERB}")
_BEHIND_FIRST = r"(?:['’]s?)?(?:\s[a-z]+){0,2}(?:\s\([^()]{1,30}\))?"
_AND = r"(?:,|,?\s(?:and|&|as well as|together with|along with|jointly with))"
_BEFORE_NEXT = r"(?:(?:the|to|for|from|by|its)\s)*(?:[a-zA-Z]+\s){0,3}"
_ONLY_COMMA = re.compile(r"^(?!.*\b(?:and|as well as|with)\b)(?!.*&)")
_JOINED = re.compile(rf"{_BEHIND_FIRST}{_AND}\s{_BEFORE_NEXT}")
_AT_SUM = (
    ("at-bracket", re.compile(r"(?:\s\([^()]{2,12}\))?\s[(\[](?:[a-z]+\s){0,2}")),
    ("at-colon", re.compile(r"(?:\s\([^()]{2,12}\))?\s?[:–—-]\s?(?:[a-z]+\s){0,2}")),
    ("at-possessive", re.compile(r"['’]s?\s(?:[a-z-]+\s){0,2}")),
    ("at-with", re.compile(r",?\s(?:with|at)\s(?:[a-z]+\s){0,2}")),
    ("at-line", re.compile(r"\s*\n\s*(?:[a-z]+\s){0,3}", re.IGNORECASE)),
    ("at-side", re.compile(r",?\s+(?:(?:about|some|over|nearly|up to|another|an?)\s)?")),
)
_MEMBERS = r"donors|members|partners|countries|nations|states|allies|governments|others|lenders"
_ALONG = r"(?:['’]s)?,?\s(?:and|along with|together with|as well as)"
_WITH_OTHERS = re.compile(rf"{_ALONG}\s(?:[\w-]+\s){{0,3}}(?:{_MEMBERS})\b")
# "US maker of baby food Abbott", "U.S. Chamber of Commerce": somebody of that country
_ANOTHER_NAME = re.compile(r"(?:['’]s)?(?:\s[a-z-]+){0,4}\s[A-Z][\w’'-]*[a-z]")
_GIVEN = r"given|donated|pledged|promised|provided|contributed|committed|offered|granted|lent|paid"
_OR_GIVEN = r"approved|announced|allocated|extended|disbursed|sent|put up|financed|funded|invested"
_BY = r"by\s(?:(?:the|an?|its|our)\s)?(?:[\w-]+\s){0,3}?(?:[\w-]+,\s)?(?:the\s)?"
# "80 million pledged on Thursday by Canada", "200 million was promised by a rival, the Emirates"
_GIVEN_BY = re.compile(
    rf"\)?(?:\s\([^()]*\))?(?:\s[\w-]+){{0,3}}?\s(?:{_GIVEN}|{_OR_GIVEN})(?:\s\w+){{0,4}}?\s{_BY}"
)
# "South Sudan's refugees in Uganda": whose they are, not who receives
_EXILES = r"refugees?|exiles|migrants?|displaced|returnees|asylum|diaspora|expatriates"
_ITS_REFUGEES = re.compile(rf"(?:['’]s?)?\s(?:\w+\s){{0,2}}?(?:{_EXILES}|exodus)\b")
_FARTHEST = 60  # characters between a party and its own sum
_DISTANCES = (3, 8, 16)
_GAPS = (2, 6, 14)


@cache
def kind_of(name: str) -> str:
    """What a party is when money is given.

    >>> [kind_of(name) for name in ("Norway", "Kenya", "India", "UNICEF", "Allianz")]
    ['rich', 'poor', 'also-gives', 'receiving-body', 'own-name']
    """
    found = known_party(name)
    if found is None:
        return "own-name"
    if found.kind == "country":
        if mostly_receives(name):
            return "poor"
        return "also-gives" if may_receive(found.code) else "rich"
    mostly = found.acts[0] if found.acts else ""
    return {"donor": "giving-body", "recipient": "receiving-body"}.get(mostly, "other-body")


@cache
def kinds_of(names: tuple[str, ...]) -> str:
    """The kinds of parties that stand together, as one word.

    >>> kinds_of(("UNICEF", "Norway")), kinds_of(("Norway", "Sweden"))
    ('receiving-body-rich', 'rich')
    """
    return "-".join(sorted({kind_of(name) for name in names}))


def _bucket(count: int, limits: Sequence[int]) -> str:
    return next((str(limit) for limit in limits if count <= limit), "far")


class Spot:
    """A party where it stands, with the facts that hold for every figure of its sentence."""

    __slots__ = (
        "end",
        "facts",
        "joined",
        "kind",
        "lead",
        "name",
        "own_sum",
        "party",
        "place",
        "start",
    )

    def __init__(self, sentence: str, lower: str, party: Standing) -> None:
        self.party = party
        self.start, self.end, self.lead = party.start, party.end, party.lead
        self.name, self.kind = party.name, kind_of(party.name)
        word = _WORD_BEFORE.search(party.before)
        if party.start <= 4:
            self.place = "begins"
        else:
            self.place = _PLACES.get(word.group(1), "plain") if word else "mark"
        self.own_sum: tuple[str, int] | None = None  # how it stands at which sum
        self.joined = 1  # how many stand together with it, joined by "and"
        self.facts = tuple(self._facts(sentence, lower, party))

    def _facts(self, sentence: str, lower: str, party: Standing) -> Iterator[Fact]:
        yield f"behind-{self.place}"
        yield f"form-{party.form}"
        yield from self._beside(lower, party)
        if party.possessive:
            yield "possessive"
        if party.receives:
            yield "said-to-receive"
        if _BOUGHT_FROM.search(party.before):
            yield "seller"
        if party.may_be_subject:
            yield "able"
        if _WITH_OTHERS.match(lower, party.end):
            yield "with-others"
        if party.form == "name" and ends_a_name(sentence, party.start):
            yield "end-of-a-name"
        if party.adjectival or party.possessive:
            behind = INSTITUTION.match(lower, party.end, party.end + INSTITUTION_NEAR)
            if behind:
                yield "of-its-institution"
            elif _ITS_REFUGEES.match(lower, party.end, party.end + 40):
                yield "its-refugees"
            elif _ANOTHER_NAME.match(sentence, party.end):
                yield "of-another-name"

    @staticmethod
    def _beside(lower: str, party: Standing) -> Iterator[Fact]:
        """Whether it is a host, a speaker or a source, or a verb of giving stands behind it."""
        if party.form == "place" or _HOST.search(party.before):
            yield "host-place"
        if _HOSTS_NEXT.match(lower, party.end):
            yield "hosts"
        if _ACCORDING.search(party.before):
            yield "according-to"
        if _SAYS.match(lower, party.end, party.end + 80):
            yield "says"
        if _GIVES_NEXT.match(lower, party.end, party.end + 60):
            yield "gives-next"
        if _WELCOMES.match(lower, party.end, party.end + 60):
            yield "welcomes"


def _start(spot: Spot) -> int:
    return spot.start


class Sum(NamedTuple):
    """The figure that is asked for, with what the sentence has around it."""

    stretch: Stretch
    clause: Span
    act: Act | None
    others: Sequence[tuple[int, int]]  # the other sums of the sentence


class Spots:
    """The parties of a sentence with their facts, and those that stand together in a list."""

    def __init__(
        self,
        text: str,
        parties: Sequence[Standing],
        acts: Sequence[Act],
        sums: Sequence[tuple[int, int]],
    ) -> None:
        self.text = text
        self.acts = acts
        lower = lowered(text)
        self.every = [Spot(text, lower, one) for one in parties if one.form != "currency"]
        self._words = [found.start() for found in re.finditer(r"\S+", text)]
        self._cuts = [found.start() for found in _CUT.finditer(text)]
        self._lower = lower
        for start, _ in sums:
            self._own_sum(start)
        self.with_sums = sum(spot.own_sum is not None for spot in self.every)
        self.units = self._units()
        self.named = {spot.name for spot in self.every}
        self.able = {spot.name for spot in self.every if spot.party.may_be_subject}

    def _own_sum(self, start: int) -> None:
        """Mark the party right before a sum: "Spain (5 million)", "Spain's 5 million"."""
        near = [spot for spot in self.every if spot.end <= start <= spot.end + _FARTHEST]
        if near:
            spot = near[-1]
            for name, pattern in _AT_SUM:
                if pattern.fullmatch(self._lower, spot.end, start):
                    spot.own_sum = name, start
                    return

    def _units(self) -> dict[tuple[str, ...], list[Spot]]:
        """Each party with its spots, and those joined by "and" or commas as one."""
        units: dict[tuple[str, ...], list[Spot]] = {}
        for spot in self.every:
            units.setdefault((spot.name,), []).append(spot)
        for run in self._runs():
            names = tuple(dict.fromkeys(spot.name for spot in run))
            for spot in run:
                spot.joined = len(names)
            joined = dict.fromkeys((names, names[:2], names[-2:])) if len(names) > 1 else ()
            for joint in joined:  # in one order, whatever the hashes of their names
                units.setdefault(joint, [spot for spot in run if spot.name in joint])
        return units

    def _runs(self) -> Iterator[list[Spot]]:
        run: list[Spot] = []
        ended = False  # behind an "and" a comma begins something else: "to A and B, C gives"
        for one, other in pairwise(self.every):
            places = "place" in (one.party.form, other.party.form)
            between = None if places else _JOINED.fullmatch(self.text, one.end, other.start)
            comma = between is not None and _ONLY_COMMA.search(between.group()) is not None
            if between is not None and not (comma and ended):
                run = [*(run or [one]), other]
                ended = not comma
                continue
            if run:
                yield run
            run, ended = [], False
        if run:
            yield run

    def _words_between(self, low: int, high: int) -> int:
        return max(0, bisect_left(self._words, high) - bisect_left(self._words, low))

    def _is_cut(self, low: int, high: int) -> bool:
        at = bisect_left(self._cuts, low)
        return at < len(self._cuts) and self._cuts[at] < high

    def nearest(self, spots: Sequence[Spot], asked: Sum) -> Spot:
        """Of several mentions the one that counts: in the figure's own stretch, before, near."""
        after, until, start = asked.stretch.after, asked.stretch.until, asked.stretch.start
        return min(
            spots,
            key=lambda spot: (
                not after <= spot.start < until,
                spot.end > start,
                abs(spot.start - start),
            ),
        )

    def facts(self, spot: Spot, asked: Sum) -> list[Fact]:
        """The facts of a spot for the figure that is asked for."""
        found = list(spot.facts)
        found += self._around(spot, asked)
        if asked.act is not None:
            found += self._at_verb(spot, asked, asked.act)
        return found

    def _around(self, spot: Spot, asked: Sum) -> Iterator[Fact]:
        figure = asked.stretch
        ahead = spot.end <= figure.start
        side = "ahead" if ahead else "behind"
        low, high = (spot.end, figure.start) if ahead else (figure.end, spot.start)
        yield f"{side}-{_bucket(self._words_between(low, high), _DISTANCES)}"
        own = figure.after <= spot.start < figure.until
        if own and not ahead and _GIVEN_BY.fullmatch(self._lower, figure.end, spot.start):
            yield "given-by-behind-sum"
        place = f"{'own' if own else 'beyond'}-{side}"
        yield place
        yield f"{place}&{spot.kind}"
        yield f"behind-{spot.place}&{place}"
        if not own:
            count = sum(low <= start and end <= high for start, end in asked.others)
            yield "one-sum-between" if count <= 1 else "sums-between"
        yield f"parties-between-{self._between(spot, low, high)}-{side}"
        if self._is_cut(low, high):
            yield f"cut-between-{side}"
        if asked.clause.start <= spot.start < asked.clause.end:
            yield f"in-clause-{side}"
        if spot.own_sum is not None:
            how, at = spot.own_sum
            if figure.start <= at <= figure.end:
                yield how
                yield f"{how}&{spot.kind}"
                if self.with_sums > 1:
                    yield "at-its-sum-in-list"
            else:
                yield "at-another-sum"

    def _between(self, spot: Spot, low: int, high: int) -> int:
        """How many others stand between a spot and the figure: none, one, or two and more."""
        leads: set[int] = set()
        for other in self.every[bisect_left(self.every, low, key=_start) :]:
            if other.end > high or len(leads) > 1:
                break
            if other.lead != spot.lead and other.name != spot.name:
                leads.add(other.lead)
        return len(leads)

    def _at_verb(self, spot: Spot, asked: Sum, act: Act) -> Iterator[Fact]:
        passive = "-passive" if act.passive else ""
        if spot.start >= act.end:
            yield f"behind-verb{passive}"
            yield f"behind-verb{passive}&{spot.kind}"
            if act.passive and spot.place == "by":
                yield "by-behind-verb"
        if spot.end > act.start:
            return
        if spot.party.may_be_subject and self._next_to(spot, act):
            yield f"subject-{act.direction}{passive}"
            yield f"subject-{act.direction}{passive}&{spot.kind}"
            yield from self._of_verb(asked, act)
        yield f"verb-{_bucket(self._words_between(spot.end, act.start), _GAPS)}"
        if self._is_cut(spot.end, act.start):
            yield "cut-before-verb"

    def _next_to(self, spot: Spot, act: Act) -> bool:
        """Whether no other party that may be a subject stands between a spot and the verb."""
        return not any(
            spot.end <= other.start < act.start
            and other.name != spot.name
            and other.lead != spot.lead
            and other.party.may_be_subject
            for other in self.every
        )

    def _of_verb(self, asked: Sum, act: Act) -> Iterator[Fact]:
        figure = asked.stretch
        if act.end > figure.start:
            yield "verb-behind-sum"
            return
        yield "verb-in-clause" if act.start >= asked.clause.start else "verb-elsewhere"
        if any(start > act.end and end < figure.start for start, end in asked.others):
            yield "verb-of-another-sum"
        if any(act.end < other.start and other.end < figure.start for other in self.acts):
            yield "other-verb-between"
