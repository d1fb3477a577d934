"""Who may give or receive a figure: every party that its document names, with the facts for each.

Those of the figure's sentence come with their places (``calc.claims.spots``); those of the
sentences before, of the title, of the other figures and of the publisher with what the document
says of them.
The choice among them, and "nobody", is made in ``calc.claims.choice``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..parties import currencies_of
from ..text.lazy import cached_property
from .context import Context, Sentence
from .crowds import all_together, many_give, pledges_of_many, to_many
from .fact_pairs import pairs_of
from .headings import NO_LINE, Line
from .mentioned import FACETS, FIRST_LOOK, Mentioned, Names, Question, Signed, names_in, signed
from .nameless import all_aid, in_many_places, name_at_sum, to_a_region
from .record import Reading
from .served import countries_of_regions
from .spots import Fact, Spot, Spots, kind_of, kinds_of
from .ties import PRONOUNS, WAYS, PartyTie, Ties, called, told_again

TABLE = "party_points"
BACK = 3  # sentences before the figure's own whose parties may be meant
NEAREST = 6  # parties to either side of a figure that are asked for
_STATE = r"government|cabinet|parliament|president|prime minister|premier|minister|ministry"
_MORE = r"administration|country|kingdom|chancellor|department|state|lawmakers|authorities"
_UNNAMED = re.compile(
    rf"\b(?:the|its|our|his|her)\s(?:\w+\s){{0,2}}?(?:{_STATE}|{_MORE})\b|\b(?:we|our)\b",
    re.IGNORECASE,
)
_WORDS = r"(?:[a-z’'-]+\s){0,3}"
_NAME = r"(?P<who>[A-ZÀ-Þ][\w’'.&-]*(?:\s(?:of\s|for\s)?[A-ZÀ-Þ][\w’'.&-]*){0,5})"
_TO_ANOTHER = re.compile(rf"\)?\s(?:{_WORDS})?(?:to|for|into)\s{_WORDS}{_NAME}")
_FROM_ANOTHER = re.compile(rf"\)?\s(?:{_WORDS})?(?:from|by)\s{_WORDS}{_NAME}")
_ANOTHER_SUBJECT = re.compile(rf"{_NAME}(?:,[^,;.]{{3,60}},)?(?:\s[a-z’']+){{0,4}}\s?$")
_RAISES = r"rais(?:e[sd]?|ing)|gather\w*|mobili[sz]\w+|collect\w*|brought (?:together|in)"
_COMES = r"(?:came|come|coming) (?:together|in)|found|add(?:s|ed)? up|received"
_GATHERED = re.compile(rf"\b(?:{_RAISES}|{_COMES})\b")
_COMBINED = re.compile(
    r"\b(?:combined|together|altogether|in all|in total|collectively|joint(?:ly)?)\b"
)
# "part of a $115 billion package", "the fund now holds 19 million": nobody's own
_PART_OF = re.compile(r"\bpart of (?:an?|the|its)\s(?:[\w’'-]+\s){0,7}?(?:of\s)?(?:\w+\s)?$")
_POT_IS = r"stands?|stood|holds?|reached|reaches|passed|has|had|amounts?|totals?|came|is"
_POT = re.compile(rf"\b(?:fund|appeal|pot|account|drive|kitty)\b[^,;.]{{0,50}}\b(?:{_POT_IS})\b")
_POT_BEHIND = re.compile(r"\s(?:is|was) (?:what|how much) the (?:fund|appeal|pot|account)\b")
_PRONOUN = re.compile(r"\W*(?:It|He|She|They|Its|Their|The (?:country|government|ministry))\b")
_OTHER = dict(zip(FACETS, reversed(FACETS), strict=True))  # each side and the one across


def _start(one: Reading) -> int:
    return one.start


class _Side(NamedTuple):
    """What holds for every candidate for giver (or receiver) of one figure."""

    sums: list[tuple[Fact, frozenset[str]]]  # whose the sums before and behind it are
    own: frozenset[str]  # whose it is at first look
    signs: dict[str, Signed]  # of each party


@lru_cache(maxsize=4096)
def _money_facts(name: str, currency: str, codes: str) -> tuple[Fact, ...]:
    """Whether a party's own money is that of the figure, or may be among its candidates."""
    own = frozenset(currencies_of(name))
    if not own or kind_of(name) == "own-name":
        return ()  # a bank or an agency has no money of its own
    candidates = set(codes.split("|"))
    if not own & candidates:
        return ("foreign-money" if not candidates & {"USD", "EUR"} else "not-own-money",)
    if len(candidates) > 1:
        return ("may-be-own-money",)
    return (f"own-money-{currency}" if currency in ("USD", "EUR") else "own-money",)


class Candidates:
    """The parties that may give or receive a figure, each with its facts; found when asked."""

    table = TABLE

    def __init__(self, page: Mentioned, reading: Reading, sentence: Sentence) -> None:
        self.page = page
        self.reading = reading
        self.sentence = sentence

    @cached_property
    def asked(self) -> Question:
        """The figure with its stretch, its clause and its verb."""
        return self.page.asked(self.reading, self.sentence)

    @cached_property
    def spots(self) -> Spots:
        """The parties of the sentence where they stand."""
        return self.page.spots_of(self.sentence)

    @cached_property
    def _here(self) -> dict[Names, list[Spot]]:
        return {names: spots for names, spots in self.spots.units.items() if self._near(spots)}

    @cached_property
    def _at(self) -> int:
        return self.page.context.place(self.sentence)

    @cached_property
    def _earlier(self) -> Sequence[Sentence]:
        return self.page.article[max(0, self._at - BACK) : self._at]

    @cached_property
    def _subject_before(self) -> str | None:
        """The party that may be the subject of the sentence before."""
        before = self._earlier[-1].parties if self._earlier else ()
        return next((party.name for party in before if party.may_be_subject), None)

    @cached_property
    def _unnamed(self) -> bool:
        """Whether an office without a name stands before the figure: "the government"."""
        return _UNNAMED.search(self.sentence.text, 0, self.asked.sum.stretch.start) is not None

    @cached_property
    def before(self) -> Reading | None:
        """The amount told before the figure."""
        money = self.page.money
        at = bisect_left(money, self.reading.start, key=_start)
        return self._other(money[place] for place in range(at - 1, -1, -1))

    @cached_property
    def behind(self) -> Reading | None:
        """The amount told behind the figure."""
        money = self.page.money
        at = bisect_left(money, self.reading.start, key=_start)
        return self._other(money[place] for place in range(at, len(money)))

    def _near(self, spots: Sequence[Spot]) -> bool:
        """Whether one of the spots is among the nearest of the figure, or the first of all."""
        every = self.spots.every
        if len(every) <= 2 * NEAREST:
            return True
        start = self.asked.sum.stretch.start
        ahead = sum(spot.start < start for spot in every)
        near = [*every[:2], *every[max(0, ahead - NEAREST) : ahead + NEAREST]]
        return any(spot in near for spot in spots)

    def _other(self, money: Iterable[Reading]) -> Reading | None:
        """The first of the amounts that is no conversion of the figure."""
        amount = self.reading.conversion_of or self.reading.claim_id
        return next((one for one in money if (one.conversion_of or one.claim_id) != amount), None)

    @cached_property
    def _elsewhere(self) -> dict[str, int]:
        """The parties of the sentences before, each with how many sentences back it stands."""
        found: dict[str, int] = {}
        for back, sentence in enumerate(reversed(self._earlier), 1):
            for one in sentence.mentions:
                if one.form not in ("place", "currency"):
                    found.setdefault(one.name, back)
        return found

    @cached_property
    def _of_regions(self) -> set[str]:
        """The countries of the regions that the sentence names: "schools in Idlib"."""
        return set(countries_of_regions(self.sentence.text))

    @cached_property
    def names(self) -> list[Names]:
        """All candidates, those of the sentence first."""
        page, reading = self.page, self.reading
        found = [*self._here, *((name,) for name in self._elsewhere)]
        found += [(name,) for name in (*page.title, *sorted(self._of_regions))]
        above = self._line.above
        found += [(name,) for name in (page.publisher, page.dateline, above) if name]
        for side in ("giver", "receiver", "rich", "poor"):
            found += [(name,) for name in page.most_named(side)[:1]]
        for one in (page.agents, reading, self.before, self.behind):
            if one is not None:
                found += filter(None, (names_in(one.donor), names_in(one.recipient)))
        kept: dict[frozenset[str], Names] = {}
        for names in found:
            kept.setdefault(frozenset(names), names)
        told = {frozenset(names): names for names in kept.values() if self._is_whole(names)}
        for tie in self.ties.values():
            if tie.known:
                told.setdefault(tie.names, kept.get(tie.names, tuple(sorted(tie.names))))
        return list(told.values())

    @cached_property
    def ties(self) -> dict[str, PartyTie]:
        """For each side the party to which the words around the figure tie it, where they do."""
        ties, at = self._ties_here
        found: dict[str, PartyTie] = {}
        for tie in ties.of(at):
            told = self._meant(tie) if tie.again else tie
            if told is not None:
                found.setdefault(tie.facet, told)
        return found

    def _meant(self, tie: PartyTie) -> PartyTie | None:
        """The tie to the party told of before that "the bank" or "it" means, where one is."""
        here = [spot.party for spot in self.spots.every if spot.end <= tie.start]
        known = getattr(self.page.agents, tie.facet)
        if told_again(tie, here) is None and known and called(known) == tie.again:
            return tie._replace(names=frozenset((known,)), known=True)
        for parties in (here, *(one.parties for one in reversed(self._earlier))):
            name = told_again(tie, parties)
            if name is not None:
                return tie._replace(names=frozenset((name,)), known=True)
        return None

    @cached_property
    def _ties_here(self) -> tuple[Ties, int]:
        return self.page.ties_of(self.asked)

    def _tied(self, facet: str, wanted: frozenset[str]) -> Iterator[Fact]:
        """How a candidate is tied to the figure, or another one in its place."""
        tie = self.ties.get(facet)
        across = self.ties.get(_OTHER[facet])
        if tie is None:
            ties, at = self._ties_here
            if ties.to_another(at, facet, wanted):
                yield "tied-to-another-sum"
        elif not tie.known:
            yield "tied-with-unknown" if wanted & tie.names else "unknown-tied"
        elif wanted == tie.names:
            if tie.again:
                yield "told-again-as-it" if tie.again in PRONOUNS else "told-again"
            else:
                yield from ("tied", f"tied-{WAYS[tie.how]}", f"tied&{kinds_of(tuple(wanted))}")
        elif wanted & tie.names:
            yield "tied-in-part"
        else:
            yield "another-told-again" if tie.again else "another-tied"
        if across is not None and wanted & across.names:
            yield "tied-on-the-other-side"

    def _is_whole(self, names: Names) -> bool:
        """Whether of several that give together all are named here, or none."""
        if len(names) == 1:
            return True
        if self._have_own_sums(names):
            return False
        here = sum((name,) in self._here for name in names)
        reading = self.reading
        chosen = names in (names_in(reading.donor), names_in(reading.recipient))
        return chosen or here in (0, len(names))

    def _have_own_sums(self, names: Names) -> bool:
        """Whether one of several stands at this sum and another one at a sum of its own."""
        figure = self.asked.sum.stretch
        sums = {
            spot.own_sum[1]
            for name in names
            for spot in self._here.get((name,), ())
            if spot.own_sum is not None
        }
        return len(sums) > 1 and any(figure.start <= start <= figure.end for start in sums)

    def place_of(self, name: str) -> tuple[int, int]:
        """Where a candidate stands in the sentence; -1 and -1 where it does not."""
        spots = self._here.get((name,))
        if not spots:
            return -1, -1
        spot = self.spots.nearest(spots, self.asked.sum)
        return spot.start, spot.end

    def places(self, facet: str, name: str) -> dict[Fact, tuple[int, int]]:
        """Where the signs of a candidate stand, and the strongest of them for the first look."""
        signed = self._sides[facet].signs.get(name)
        return signed.places if signed else {}

    def facts(self, names: Names) -> list[Fact]:
        """What is true of a candidate, whichever side is asked for."""
        spots = self._here.get(names) or [
            spot for name in names for spot in self._here.get((name,), ())
        ]
        found = list(self.page.named(names))
        if spots:
            near = self.spots.nearest(spots, self.asked.sum)
            found += self.spots.facts(near, self.asked.sum)
            found += self._here_facts(names, spots, near)
        else:
            found += self._far_facts(names)
        if len(names) == 1 and self.reading.currency is not None:
            codes = self.reading.currency_candidates or self.reading.currency
            found += _money_facts(names[0], self.reading.currency, codes)
        found += list(pairs_of(found, self._others, kinds_of(names), here=bool(spots)))
        return found

    def _here_facts(self, names: Names, spots: Sequence[Spot], near: Spot) -> Iterator[Fact]:
        figure = self.asked.sum.stretch
        at_sum = near.own_sum is None and figure.after <= near.start < figure.until
        if len(names) == 1 and near.joined > 1:
            yield "one-of-joined-at-sum" if at_sum else "one-of-joined"
            if near.own_sum is None:
                yield "one-of-joined-without-sum"
        if len(names) > 1:
            whole = near.joined == len(names)
            yield "all-of-joined" if whole else "some-of-joined"
            if whole and at_sum:
                yield "all-of-joined-at-sum"
            if sum(spot.own_sum is not None for spot in spots) > 1:
                yield "joined-with-own-sums"
        if len(spots) > len(names):
            yield "named-again-here"
        if self.spots.named.issubset(names):
            yield "only-party-here"
        if self.spots.able and self.spots.able.issubset(names):
            yield "only-able-here"

    def _far_facts(self, names: Names) -> Iterator[Fact]:
        yield "not-here"
        back = min((self._elsewhere.get(name, 99) for name in names), default=99)
        if back <= BACK:
            yield f"sentences-back-{back}"
        if not self.spots.every:
            yield "nobody-else-here"
        yield from self._rivals
        if self._subject_before in names:
            yield "subject-before"
            if _PRONOUN.match(self.sentence.text):
                yield "subject-before-pronoun"
        if len(names) > 1:
            yield "joint-not-here"
        if names[0] in self._of_regions:
            yield "its-region-here"
        at = self._at
        if all(self.page.first_named.get(name, at + 1) > at for name in names):
            yield "not-yet-named"
        if names[0] in self.page.most_named("giver") and self._unnamed:
            yield "office-not-named"

    @cached_property
    def _sides(self) -> dict[str, _Side]:
        """What holds for all candidates of each side."""
        signs = signed(self.asked.signs)
        return {facet: self._side(facet, signs[facet]) for facet in FACETS}

    def _side(self, facet: str, signs: dict[str, Signed]) -> _Side:
        begin = self.reading.sentence_start
        sums = [
            (
                f"of-sum-{where}{'-here' if one.sentence_start == begin else ''}",
                frozenset(names_in(getattr(one, facet))),
            )
            for one, where in ((self.before, "before"), (self.behind, "behind"))
            if one is not None
        ]
        own = frozenset(names_in(getattr(self.reading, facet)))
        return _Side([*sums, (FIRST_LOOK, own)], own, signs)

    def facts_for(self, facet: str, names: Names) -> list[Fact]:
        """What is true of a candidate for one side: which signs it has, whose the others are."""
        own, other = self._sides[facet], self._sides[_OTHER[facet]]
        wanted = frozenset(names)
        found = [fact for fact, who in own.sums if who == wanted]
        if self.page.amounts > 1:
            found += self._of_others(facet, wanted, wanted == own.own)
        found += self._tied(facet, wanted)
        if self._line is not NO_LINE:
            found += self._line.facts(facet, names)
        if not wanted.isdisjoint(other.own):
            found.append("on-the-other-side")
        if names[0] in own.signs:
            found += [
                sign
                for sign in own.signs[names[0]].names
                if all(name in own.signs and sign in own.signs[name].names for name in names[1:])
            ]
        points = sum([other.signs[name].points for name in names if name in other.signs])
        if points > 0:
            found.append("strong-on-the-other-side" if points >= 5 else "weak-on-the-other-side")
        return found

    @cached_property
    def _line(self) -> Line:
        """The line of a list that the figure stands in."""
        return self.page.lists.of(self.sentence)

    def _of_others(self, facet: str, wanted: frozenset[str], own: bool) -> Iterator[Fact]:
        """Of how many of the other amounts it is the giver (or receiver), or on the other side.

        ``own`` says whether it is so at first look of this one.
        """
        rest = self.page.amounts - 1
        count = self.page.given[facet].get(wanted, 0) - own
        if count > 0:
            most = "most-others" if 2 * count >= rest else "some-others"
            yield "all-others" if count >= rest else most
        if not self.page.on_side(_OTHER[facet]).isdisjoint(wanted):
            yield "others-receive" if facet == "donor" else "others-give"

    @cached_property
    def _rivals(self) -> list[Fact]:
        """Whether the sentence itself has at this sum who may receive, or give."""
        figure = self.asked.sum.stretch
        found: list[Fact] = []
        for spot in self.spots.every:
            if figure.after <= spot.start < figure.until and spot.party.form != "place":
                receives = spot.party.receives or spot.kind in ("poor", "receiving-body")
                found += ["receiver-here"] if receives else []
                found += ["giver-here"] if not receives and spot.party.may_be_subject else []
        return list(dict.fromkeys(found))

    @cached_property
    def _others(self) -> list[Fact]:
        """What stands at the figure that no table knows: "to Team Rubicon", "from Allianz"."""
        text, figure, act = self.sentence.text, self.asked.sum.stretch, self.asked.sum.act
        found = []
        known = {spot.start for spot in self.spots.every}
        for fact, pattern in (("other-receiver", _TO_ANOTHER), ("other-giver", _FROM_ANOTHER)):
            behind = pattern.match(text, figure.end, figure.until)
            if behind is not None and not any(
                behind.start("who") <= start < behind.end("who") for start in known
            ):
                found.append(fact)
        if act is not None and act.direction == "out" and not act.passive:
            verb = act.end - len(act.text)
            ahead = _ANOTHER_SUBJECT.search(text, max(0, verb - 90), verb)
            if ahead is not None and not any(ahead.start("who") <= start < verb for start in known):
                found.append("other-subject")
        at = name_at_sum(text, figure.after, figure.start)
        found += ["other-at-sum"] if at is not None and at not in known else []
        found += ["to-a-region"] if to_a_region(text[figure.after : figure.until]) else []
        return found

    def nobody_for(self, facet: str) -> list[Fact]:
        """What speaks for naming nobody on one side."""
        found = (
            [*self._nobody, FIRST_LOOK] if getattr(self.reading, facet) is None else self._nobody
        )
        tie = self.ties.get(facet)
        return [*found, "unknown-tied"] if tie is not None and not tie.known else found

    @cached_property
    def _nobody(self) -> list[Fact]:
        text, asked = self.sentence.text, self.asked.sum
        figure, act = asked.stretch, asked.act
        found = [f"role-{self.reading.role}"]
        if act is None:
            found.append("no-verb")
        else:
            found.append(f"verb-{act.direction}{'-passive' if act.passive else ''}")
            found += ["many-give"] if many_give(text, act) else []
        found += ["pledges-of-many"] if pledges_of_many(text, figure.start, figure.end) else []
        found += ["given-by-all"] if all_together(text[figure.after : figure.start]) else []
        found += ["to-many"] if to_many(text[figure.after : figure.until]) else []
        found += ["to-a-region"] if "to-a-region" in self._others else []
        found += ["other-at-sum"] if "other-at-sum" in self._others else []
        found += ["in-many-places"] if in_many_places(text[figure.after : figure.until]) else []
        found += ["all-aid"] if all_aid(text[figure.after : figure.until]) else []
        found += [] if self.spots.every else ["no-party-here"]
        found += ["gathered"] if _GATHERED.search(text) else []
        ahead = text[max(figure.after, figure.start - 90) : figure.start]
        found += ["part-of-it"] if _PART_OF.search(ahead) else []
        pot = _POT.search(ahead) or _POT_BEHIND.match(text, figure.end, figure.until)
        found += ["pot-holds"] if pot else []
        found += ["combined"] if _COMBINED.search(text[figure.after : figure.until]) else []
        return found


def asked_of(
    readings: Sequence[Reading], context: Context, zones: Collection[str]
) -> Iterator[tuple[int, Candidates]]:
    """The figures of money that is given, by their place, with their candidates."""
    page = Mentioned(context, readings)
    sentences = {one.span.start: one for one in context.sentences}
    for at, one in enumerate(readings):
        sentence = sentences.get(one.sentence_start)
        if one.is_money_given and one.zone in zones and sentence is not None:
            yield at, Candidates(page, one, sentence)
