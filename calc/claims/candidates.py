"""Who may give or receive a figure: every party that its document names, with the facts for each.

Those of the figure's sentence come with their places (``calc.claims.spots``); those of the
sentences before, of the title, of the other figures and of the publisher with what the document
says of them.
The choice among them, and "nobody", is made in ``calc.claims.choice``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ..parties import currencies_of
from .acts import governing_act
from .agents import Agents
from .context import Context, Sentence
from .crowds import all_together, many_give, pledges_of_many, to_many
from .places import Stretch
from .publishers import home_of
from .record import Reading
from .sentences import clause_around
from .served import countries_of_regions
from .signs import Sign, signs_in
from .spots import Fact, Spot, Spots, Sum, kind_of

Names = tuple[str, ...]
FACETS = ("donor", "recipient")
FIRST_LOOK = "first-look"  # whom the signs of the sentence and the document come to by themselves
BACK = 3  # sentences before the figure's own whose parties may be meant
NEAREST = 6  # parties to either side of a figure that are asked for
_MOST = 4  # mentions from which on a party is named often
_GIVES = ("rich", "also-gives", "giving-body")
_RECEIVES = ("poor", "receiving-body")
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
_PRONOUN = re.compile(r"\W*(?:It|He|She|They|Its|Their|The (?:country|government|ministry))\b")
# facts that say something else of a giver than of a fund, of a rich state than of a poor one
_BY_KIND = ("able", "not-here", "in-title", "document-donor", "document-recipient", "gives-next")
_MORE_BY_KIND = ("says", "possessive", "behind-to", "behind-for", "behind-from", "behind-in")
_AND_BY_KIND = ("behind-with", "behind-of", "form-adjective", "own-sum-before", "office-not-named")
_WITH_KIND = frozenset((*_BY_KIND, *_MORE_BY_KIND, *_AND_BY_KIND))


def names_in(cell: str | None) -> Names:
    """The parties of a donor or recipient.

    >>> names_in("Norway|Sweden"), names_in(None)
    (('Norway', 'Sweden'), ())
    """
    return tuple(cell.split("|")) if cell else ()


class Question(NamedTuple):
    """A figure for which givers and receivers are asked, and what was read of it."""

    reading: Reading
    sentence: Sentence
    sum: Sum
    signs: tuple[Sign, ...]


class Mentioned:
    """What a document as a whole says of the parties that it names."""

    def __init__(self, context: Context, readings: Sequence[Reading]) -> None:
        self.context = context
        self.article = context.article
        self.money = [one for one in readings if one.is_money_given]
        self._named: dict[Names, tuple[Fact, ...]] = {}
        self.spots: dict[int, Spots] = {}
        self._sums: dict[int, list[Reading]] = {}
        for one in readings:
            self._sums.setdefault(one.sentence_start, []).append(one)
        self.given = {facet: self._given(facet) for facet in FACETS}

    def _given(self, facet: str) -> Counter[frozenset[str]]:
        """How many amounts of the document have which giver (or receiver)."""
        found: dict[str | None, frozenset[str]] = {}
        for one in self.money:
            found.setdefault(
                one.conversion_of or one.claim_id, frozenset(names_in(getattr(one, facet)))
            )
        return Counter(found.values())

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each party is named in the article, a place or a currency aside."""
        return Counter(
            one.name
            for sentence in self.article
            for one in sentence.mentions
            if one.form not in ("place", "currency")
        )

    @cached_property
    def title(self) -> list[str]:
        """The parties of the title, in order."""
        return list(dict.fromkeys(self.context.title_parties))

    @cached_property
    def publisher(self) -> str | None:
        """Whose office the publisher is, or where it is at home."""
        home = home_of(self.context.document.publisher)
        return home.name if home else None

    @cached_property
    def agents(self) -> Agents:
        """The giver and receiver on which the sentences of the article agree."""
        return self.context.agents

    @cached_property
    def dateline(self) -> str | None:
        """The country in which the report was written, as far as its head says."""
        places = (
            one.name
            for sentence in self.article[:2]
            for one in sentence.mentions
            if one.form == "place" and one.start < 60
        )
        return next(places, None)

    @cached_property
    def by_kind(self) -> dict[str, list[str]]:
        """The parties of the article that mostly give, and those that mostly receive."""
        found: dict[str, list[str]] = {"giver": [], "receiver": [], "rich": [], "poor": []}
        for name in self.counts:
            kind = kind_of(name)
            found["giver"] += [name] if kind in _GIVES else []
            found["receiver"] += [name] if kind in _RECEIVES else []
            found["rich"] += [name] if kind == "rich" else []
            found["poor"] += [name] if kind == "poor" else []
        return found

    def most_named(self, side: str) -> list[str]:
        """Those of one kind that the article names most often."""
        names = self.by_kind[side]
        most = max((self.counts[name] for name in names), default=0)
        return [name for name in names if self.counts[name] == most]

    def named(self, names: Names) -> tuple[Fact, ...]:
        """The facts that the document has of a party, whatever the figure."""
        found = self._named.get(names)
        if found is None:
            found = self._named[names] = tuple(self._of(names))
        return found

    def _of(self, names: Names) -> Iterator[Fact]:
        kinds = {kind_of(name) for name in names}
        yield from (f"kind-{kind}" for kind in kinds)
        if len(names) > 1:
            yield "joint"
        if set(names) & set(self.title):
            yield "in-title"
            if self.title[0] in names:
                yield "first-in-title"
        for facet, value in zip(FACETS, self.agents[:2], strict=True):
            if value and set(names) == set(names_in(value)):
                yield f"document-{facet}"
        if self.publisher in names:
            yield "publisher"
        if max(self.counts[name] for name in names) >= _MOST:
            yield "named-often"
        if len(names) == 1:
            yield from self._of_one(names[0])

    def _of_one(self, name: str) -> Iterator[Fact]:
        for side, kinds in (("giver", _GIVES), ("receiver", _RECEIVES)):
            if self.by_kind[side] == [name]:
                yield f"only-{side}-named"
            elif name in self.most_named(side):
                yield f"most-named-{side}"
            if [one for one in self.title if kind_of(one) in kinds] == [name]:
                yield f"only-{side}-of-title"
        for side in ("rich", "poor"):
            if self.by_kind[side] == [name]:
                yield f"only-{side}-named"
        if name == self.dateline:
            yield "dateline"

    def asked(self, one: Reading, sentence: Sentence) -> Question:
        """A figure with its stretch, clause and verb, as the sentence is read."""
        begin = one.sentence_start
        amount = one.conversion_of or one.claim_id
        beside = self._sums[begin]
        own = [other for other in beside if (other.conversion_of or other.claim_id) == amount]
        start = min(other.start for other in own) - begin
        end = max(other.end for other in own) - begin
        sums = sorted(
            (other.start - begin, other.end - begin) for other in beside if other not in own
        )
        after = max((high for _, high in sums if high <= start), default=0)
        until = min((low for low, _ in sums if low >= end), default=len(sentence.text))
        clause = clause_around(sentence.text, start, end)
        act = governing_act(sentence.acts, sentence.text, start, end, clause)
        stretch = Stretch(start, end, after, until)
        return Question(one, sentence, Sum(stretch, clause, act, sums), signs_in(one.signs))

    def spots_of(self, sentence: Sentence) -> Spots:
        """The parties of a sentence where they stand."""
        begin = sentence.span.start
        found = self.spots.get(begin)
        if found is None:
            sums = [(one.start - begin, one.end - begin) for one in self._sums[begin]]
            found = Spots(sentence.text, sentence.parties, sentence.acts, sums)
            self.spots[begin] = found
        return found


class Candidates:
    """The parties that may give or receive a figure, each with its facts."""

    def __init__(self, page: Mentioned, asked: Question) -> None:
        self.page = page
        self.asked = asked
        self.spots = page.spots_of(asked.sentence)
        self._here = {
            tuple(names): spots for names, spots in self.spots.units.items() if self._near(spots)
        }
        at = page.context.place(asked.sentence)
        self._earlier = page.article[max(0, at - BACK) : at]
        self._unnamed = _UNNAMED.search(asked.sentence.text, 0, asked.sum.stretch.start) is not None
        amount = asked.reading.conversion_of or asked.reading.claim_id
        self.before = self._beside(reversed(page.money), amount, before=True)
        self.behind = self._beside(page.money, amount, before=False)

    def _near(self, spots: Sequence[Spot]) -> bool:
        """Whether one of the spots is among the nearest of the figure, or the first of all."""
        every = self.spots.every
        if len(every) <= 2 * NEAREST:
            return True
        start = self.asked.sum.stretch.start
        ahead = sum(spot.start < start for spot in every)
        near = [*every[:2], *every[max(0, ahead - NEAREST) : ahead + NEAREST]]
        return any(spot in near for spot in spots)

    def _beside(
        self, money: Iterable[Reading], amount: str | None, *, before: bool
    ) -> Reading | None:
        """The amount told before (or behind) the figure."""
        start = self.asked.reading.start
        return next(
            (
                one
                for one in money
                if (one.conversion_of or one.claim_id) != amount and (one.start < start) is before
            ),
            None,
        )

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
        return set(countries_of_regions(self.asked.sentence.text))

    @cached_property
    def names(self) -> list[Names]:
        """All candidates, those of the sentence first."""
        page, reading = self.page, self.asked.reading
        found = [*self._here, *((name,) for name in self._elsewhere)]
        found += [(name,) for name in (*page.title, *sorted(self._of_regions))]
        found += [(name,) for name in (page.publisher, page.dateline) if name]
        for side in ("giver", "receiver", "rich", "poor"):
            found += [(name,) for name in page.most_named(side)[:1]]
        for one in (page.agents, reading, self.before, self.behind):
            if one is not None:
                found += filter(None, (names_in(one.donor), names_in(one.recipient)))
        kept: dict[frozenset[str], Names] = {}
        for names in found:
            kept.setdefault(frozenset(names), names)
        return [names for names in kept.values() if self._is_whole(names)]

    def _is_whole(self, names: Names) -> bool:
        """Whether of several that give together all are named here, or none."""
        here = sum((name,) in self._here for name in names)
        reading = self.asked.reading
        chosen = names in (names_in(reading.donor), names_in(reading.recipient))
        return len(names) == 1 or chosen or here in (0, len(names))

    def place_of(self, name: str) -> tuple[int, int]:
        """Where a candidate stands in the sentence; -1 and -1 where it does not."""
        spots = self._here.get((name,))
        if not spots:
            return -1, -1
        spot = self.spots.nearest(spots, self.asked.sum)
        return spot.start, spot.end

    def facts(self, names: Names) -> list[Fact]:
        """What is true of a candidate, whichever side is asked for."""
        spots = self._here.get(names) or [
            spot for name in names for spot in self._here.get((name,), ())
        ]
        found = list(self.page.named(names))
        found += self._here_facts(names, spots) if spots else self._far_facts(names)
        found += self._money_facts(names)
        here = "here" if spots else "not-here"
        found += [f"{fact}&{here}" for fact in self._others]
        kinds = "-".join(sorted({kind_of(name) for name in names}))
        found += [f"{fact}&{kinds}" for fact in found if fact in _WITH_KIND]
        return found

    def _here_facts(self, names: Names, spots: Sequence[Spot]) -> Iterator[Fact]:
        yield from self.spots.facts(self.spots.nearest(spots, self.asked.sum), self.asked.sum)
        near = [self.spots.nearest(spots, self.asked.sum)]
        if len(names) == 1 and near[0].joined > 1:
            yield "one-of-joined"
            if near[0].own_sum is None:
                yield "one-of-joined-without-sum"
        if len(names) > 1:
            yield "all-of-joined" if near[0].joined == len(names) else "some-of-joined"
            if sum(spot.own_sum is not None for spot in spots) > 1:
                yield "joined-with-own-sums"
        if len(spots) > len(names):
            yield "named-again-here"
        if all(spot.name in names for spot in self.spots.every):
            yield "only-party-here"
        if self.spots.able and self.spots.able <= set(names):
            yield "only-able-here"

    def _far_facts(self, names: Names) -> Iterator[Fact]:
        yield "not-here"
        back = min((self._elsewhere.get(name, 99) for name in names), default=99)
        if back <= BACK:
            yield f"sentences-back-{back}"
        if not self.spots.every:
            yield "nobody-else-here"
        if self._earlier:
            subject = next((p for p in self._earlier[-1].parties if p.may_be_subject), None)
            if subject is not None and subject.name in names:
                yield "subject-before"
                if _PRONOUN.match(self.asked.sentence.text):
                    yield "subject-before-pronoun"
        if len(names) > 1:
            yield "joint-not-here"
        if names[0] in self._of_regions:
            yield "its-region-here"
        if names[0] in self._of_regions:
            yield "its-region-here"
        if self._unnamed and names[0] in self.page.most_named("giver"):
            yield "office-not-named"

    def _money_facts(self, names: Names) -> Iterator[Fact]:
        reading = self.asked.reading
        codes = reading.currency_candidates
        if reading.currency is None or len(names) > 1 or kind_of(names[0]) == "own-name":
            return
        own = set(currencies_of(names[0]))
        candidates = set(codes.split("|")) if codes else {reading.currency}
        if not own & candidates:
            yield "foreign-money" if not candidates & {"USD", "EUR"} else "not-own-money"
        elif len(candidates) > 1:
            yield "may-be-own-money"
        else:
            yield (
                f"own-money-{reading.currency}"
                if reading.currency in ("USD", "EUR")
                else ("own-money")
            )

    def facts_for(self, facet: str, names: Names) -> list[Fact]:
        """What is true of a candidate for one side: which signs it has, whose the others are."""
        other = FACETS[1 - FACETS.index(facet)]
        found: list[Fact] = []
        wanted = frozenset(names)
        for one, where in ((self.before, "before"), (self.behind, "behind")):
            if one is not None and wanted == frozenset(names_in(getattr(one, facet))):
                here = one.sentence_start == self.asked.reading.sentence_start
                found.append(f"of-sum-{where}{'-here' if here else ''}")
        found += self._of_others(facet, wanted)
        if wanted and wanted == frozenset(names_in(getattr(self.asked.reading, facet))):
            found.append(FIRST_LOOK)
        if wanted & set(names_in(getattr(self.asked.reading, other))):
            found.append("on-the-other-side")
        signs = [sign for sign in self.asked.signs if sign.value in wanted]
        found += dict.fromkeys(sign.name for sign in signs if sign.facet == facet)
        against = sum(sign.points for sign in signs if sign.facet == other)
        if against > 0:
            found.append("strong-on-the-other-side" if against >= 5 else "weak-on-the-other-side")
        return found

    def _of_others(self, facet: str, wanted: frozenset[str]) -> Iterator[Fact]:
        """Of how many of the other amounts it is the giver (or receiver), or on the other side."""
        own = frozenset(names_in(getattr(self.asked.reading, facet)))
        given = self.page.given[facet]
        rest = given.total() - 1
        if rest <= 0:
            return
        share = (given[wanted] - (wanted == own)) / rest
        if share > 0:
            yield "all-others" if share >= 1 else "most-others" if share >= 0.5 else "some-others"
        other = FACETS[1 - FACETS.index(facet)]
        against = sum(count for who, count in self.page.given[other].items() if who & wanted)
        if against:
            yield "others-receive" if facet == "donor" else "others-give"

    @cached_property
    def _others(self) -> list[Fact]:
        """What stands at the figure that no table knows: "to Team Rubicon", "from Allianz"."""
        text, figure, act = self.asked.sentence.text, self.asked.sum.stretch, self.asked.sum.act
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
        return found

    def nobody_for(self, facet: str) -> list[Fact]:
        """What speaks for naming nobody on one side."""
        open_ = getattr(self.asked.reading, facet) is None
        return [*self._nobody, FIRST_LOOK] if open_ else self._nobody

    @cached_property
    def _nobody(self) -> list[Fact]:
        text, asked = self.asked.sentence.text, self.asked.sum
        figure, act = asked.stretch, asked.act
        found = [f"role-{self.asked.reading.role}"]
        if act is None:
            found.append("no-verb")
        else:
            found.append(f"verb-{act.direction}{'-passive' if act.passive else ''}")
            found += ["many-give"] if many_give(text, act) else []
        found += ["pledges-of-many"] if pledges_of_many(text, figure.start, figure.end) else []
        found += ["given-by-all"] if all_together(text[figure.after : figure.start]) else []
        found += ["to-many"] if to_many(text[figure.after : figure.until]) else []
        found += [] if self.spots.every else ["no-party-here"]
        found += ["gathered"] if _GATHERED.search(text) else []
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
            yield at, Candidates(page, page.asked(one, sentence))
