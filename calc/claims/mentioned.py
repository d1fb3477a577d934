"""What a document as a whole says of the parties that it names: its title, how often, whose sums.

Each thing that holds is a fact of the party, whatever the figure (``calc.claims.candidates``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ..text import data_tables
from ..text.lazy import cached_property
from .agents import Agents
from .context import Context, Sentence
from .headings import Lists
from .places import Stretch
from .publishers import home_of
from .record import Reading
from .signs import Sign, signs_in
from .spots import Fact, Spots, Sum, kind_of
from .ties import Ties

Names = tuple[str, ...]
FACETS = ("donor", "recipient")
FIRST_LOOK = "first-look"  # whom the signs of the sentence and the document come to by themselves
_MOST = 4  # mentions from which on a party is named often
_GIVES = ("rich", "also-gives", "giving-body")
_RECEIVES = ("poor", "receiving-body")


def names_in(cell: str | None) -> Names:
    """The parties of a donor or recipient.

    >>> names_in("Norway|Sweden"), names_in(None)
    (('Norway', 'Sweden'), ())
    """
    return tuple(cell.split("|")) if cell else ()


@cache
def _givers() -> dict[str, str]:
    return {row["name"]: row["giver"] for row in data_tables.table("instruments")}


@lru_cache(maxsize=4096)
def named_for(facet: str, names: Names) -> Names:
    """Whom a candidate stands for: a giver's instrument for the giver.

    >>> named_for("donor", ("European Peace Facility",))
    ('European Union',)
    >>> named_for("recipient", ("European Peace Facility",))
    ('European Peace Facility',)
    """
    if facet != "donor":
        return names
    return tuple(dict.fromkeys(_givers().get(name, name) for name in names))


class Question(NamedTuple):
    """A figure for which givers and receivers are asked, and what was read of it."""

    reading: Reading
    sentence: Sentence
    sum: Sum
    signs: tuple[Sign, ...]


class Signed:
    """The signs of a party for one side: what they are called, their points, where they stand."""

    __slots__ = ("_most", "names", "places", "points")

    def __init__(self) -> None:
        self.names: list[Fact] = []
        self.points = self._most = 0
        self.places: dict[Fact, tuple[int, int]] = {}

    def add(self, sign: Sign) -> None:
        """Count a sign more; the strongest that has a place stands for the first look."""
        _, name, _, points, start, end = sign
        self.names.append(name)
        self.points += points
        if start >= 0:
            self.places[name] = start, end
            if points > self._most:
                self._most, self.places[FIRST_LOOK] = points, (start, end)


def signed(signs: Iterable[Sign]) -> dict[str, dict[str, Signed]]:
    """For each side the parties that signs speak for.

    >>> told = signed([Sign("donor", "subject", "Norway", 5, 0, 6)])
    >>> told["donor"]["Norway"].places
    {'subject': (0, 6), 'first-look': (0, 6)}
    """
    found: dict[str, dict[str, Signed]] = {facet: defaultdict(Signed) for facet in FACETS}
    for sign in signs:
        if sign.facet in found:
            found[sign.facet][sign.value].add(sign)
    return found


class Mentioned:
    """What a document as a whole says of the parties that it names."""

    def __init__(self, context: Context, readings: Sequence[Reading]) -> None:
        self.context = context
        self.article = context.article
        self.money = [one for one in readings if one.is_money_given]
        self._named: dict[Names, tuple[Fact, ...]] = {}
        self.spots: dict[int, Spots] = {}
        self._ties: dict[int, tuple[list[tuple[int, int]], Ties]] = {}
        self._sums: dict[int, list[Reading]] = {}
        for one in readings:
            self._sums.setdefault(one.sentence_start, []).append(one)
        self.given = {facet: self._given(facet) for facet in FACETS}
        self.amounts = self.given["donor"].total()
        self._on_side: dict[str, frozenset[str]] = {}
        self._most_named: dict[str, list[str]] = {}

    def _given(self, facet: str) -> Counter[frozenset[str]]:
        """How many amounts of the document have which giver (or receiver)."""
        found: dict[str | None, frozenset[str]] = {}
        for one in self.money:
            found.setdefault(
                one.conversion_of or one.claim_id, frozenset(names_in(getattr(one, facet)))
            )
        return Counter(found.values())

    def on_side(self, facet: str) -> frozenset[str]:
        """All who give (or receive) one of the amounts."""
        found = self._on_side.get(facet)
        if found is None:
            found = self._on_side[facet] = frozenset().union(*self.given[facet])
        return found

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
    def first_named(self) -> dict[str, int]:
        """In which sentence of the article each party is named first; -1 for those of the title."""
        found = dict.fromkeys(self.title, -1)
        for number, sentence in enumerate(self.article):
            for one in sentence.mentions:
                found.setdefault(one.name, number)
        return found

    @cached_property
    def title(self) -> list[str]:
        """The parties of the title, in order."""
        return list(dict.fromkeys(self.context.title_parties))

    @cached_property
    def lead(self) -> set[str]:
        """The parties of the first sentence."""
        return {
            one.name
            for sentence in self.article[:1]
            for one in sentence.mentions
            if one.form not in ("place", "currency")
        }

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
        found = self._most_named.get(side)
        if found is None:
            names = self.by_kind[side]
            most = max((self.counts[name] for name in names), default=0)
            found = [name for name in names if self.counts[name] == most]
            self._most_named[side] = found
        return found

    def named(self, names: Names) -> tuple[Fact, ...]:
        """The facts that the document has of a party, whatever the figure."""
        found = self._named.get(names)
        if found is None:
            found = self._named[names] = tuple(self._of(names))
        return found

    def _of(self, names: Names) -> Iterator[Fact]:
        kinds = dict.fromkeys(map(kind_of, names))
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
        if set(names) & self.lead:
            yield "in-lead"
        if max(self.counts.get(name, 0) for name in names) >= _MOST:
            yield "named-often"
        if len(names) == 1:
            yield from self._of_one(names[0])

    def _of_one(self, name: str) -> Iterator[Fact]:
        for side, kinds in (("giver", _GIVES), ("receiver", _RECEIVES)):
            if self.by_kind[side] == [name]:
                yield f"only-{side}-named"
            elif name in self.most_named(side):
                yield f"most-named-{side}"
            if self.by_kind[side][1:] and self.by_kind[side][0] == name:
                yield f"first-named-{side}"
            if [one for one in self.title if kind_of(one) in kinds] == [name]:
                yield f"only-{side}-of-title"
                if self.by_kind[side] == [name]:
                    yield f"only-{side}-of-all"
        for side in ("rich", "poor"):
            if self.by_kind[side] == [name]:
                yield f"only-{side}-named"
        if name == self.dateline:
            yield "dateline"

    @cached_property
    def lists(self) -> Lists:
        """The lists of the article, a party and a sum a line."""
        title = [name for name in self.title if kind_of(name) in ("rich", "giving-body")]
        also = [name for name in self.title if kind_of(name) == "also-gives"]
        giver = next(iter([*title, *also, *filter(None, [self.agents.donor])]), None)
        return Lists(self.context.document.text, self.article, set(self._sums), giver)

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
        clause, act = sentence.governed(start, end)
        stretch = Stretch(start, end, after, until)
        return Question(one, sentence, Sum(stretch, clause, act, sums), signs_in(one.signs))

    def spots_of(self, sentence: Sentence) -> Spots:
        """The parties of a sentence where they stand."""
        begin = sentence.span.start
        found = self.spots.get(begin)
        if found is None:
            sums = [(one.start - begin, one.end - begin) for one in self._sums[begin]]
            found = Spots(sentence.text, sentence.everybody, sentence.acts, sums)
            self.spots[begin] = found
        return found

    def ties_of(self, asked: Question) -> tuple[Ties, int]:
        """The ties of the sentence of a figure, and which of its sums the figure is."""
        sentence = asked.sentence
        begin = sentence.span.start
        found = self._ties.get(begin)
        if found is None:
            sums = _amounts(self._sums[begin], begin)
            spots = self.spots_of(sentence).every
            found = self._ties[begin] = sums, Ties(sentence.text, spots, sums, sentence.acts)
        sums, ties = found
        return ties, bisect_right(sums, (asked.sum.stretch.start, len(sentence.text))) - 1


def _amounts(readings: Sequence[Reading], begin: int) -> list[tuple[int, int]]:
    """Where the amounts of a sentence stand, each with its conversions, in order."""
    spans: dict[str | None, tuple[int, int]] = {}
    for one in readings:
        amount = one.conversion_of or one.claim_id
        start, end = spans.get(amount, (one.start - begin, one.end - begin))
        spans[amount] = min(start, one.start - begin), max(end, one.end - begin)
    return sorted(spans.values())
