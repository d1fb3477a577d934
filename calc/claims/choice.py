"""Who gives and who receives: the choice among all candidates and "nobody", by fitted points.

Every candidate adds up the points of its facts (``calc/data/party_points.tsv``), less what speaks
for naming nobody. The best one is named when it is ahead of "nobody" and of the next one; else the
side stays open, for a wrong party is worse than none. Then each sum is looked at again, knowing
whom the others are put down to (``calc.claims.settled``). The points are fitted to labelled
sentences (``scripts/fit_party_points.py``): ten of them make a choice about three times as likely.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice
from operator import attrgetter
from typing import NamedTuple, Protocol

from ..documents import CONTENT
from ..text import data_tables
from .candidates import TABLE, Candidates, asked_of
from .context import Context
from .mentioned import FACETS, Names, named_for
from .record import Reading
from .settled import SettledSums
from .spots import Fact

AHEAD_OF_NOBODY, AHEAD_OF_NEXT = "ahead-of-nobody", "ahead-of-next"  # the margins in the table
NOBODY = "nobody:"  # before a fact that speaks for naming nobody
NEEDED, TOO_CLOSE, SMALL = "needed", "too-close", "small-facts"
MADE_UP = (NEEDED, TOO_CLOSE, SMALL)  # signs whose points make up what the others leave
SHOWN = 3  # points from which on a fact is a sign of its own
AT_ONCE = 500  # sums that are settled together: a document of many thousands takes no more memory


class Contest(Protocol):
    """The candidates for a figure, and the table that has the points of their facts."""

    table: str

    @property
    def names(self) -> list[Names]:
        """All candidates, those of the sentence first."""

    def facts(self, names: Names) -> list[Fact]:
        """What speaks for or against a candidate."""

    def facts_for(self, facet: str, names: Names) -> list[Fact]:
        """What does so for one side alone."""

    def nobody_for(self, facet: str) -> list[Fact]:
        """What speaks for naming nobody."""

    def place_of(self, name: str) -> tuple[int, int]:
        """Where a candidate stands in the sentence."""

    def places(self, facet: str, name: str) -> dict[Fact, tuple[int, int]]:
        """Where those of its facts stand that have a place of their own."""


@cache
def points(table: str = TABLE) -> dict[str, dict[Fact, int]]:
    """The points of each fact for a giver and for a receiver, where it has any."""
    rows = data_tables.table(table)
    return {
        facet: {row["fact"]: int(row[facet]) for row in rows if int(row[facet] or 0)}
        for facet in FACETS
    }


@cache
def _shown(table: str, facet: str) -> dict[Fact, str]:
    """The facts that are signs of their own, each with its cell as far as that is always so."""
    worth = points(table)[facet].items()
    return {fact: f"{facet} {fact} {count}" for fact, count in worth if abs(count) >= SHOWN}


@cache
def _with_points(table: str) -> frozenset[Fact]:
    """The facts that have points in a table, for one side or the other."""
    return frozenset(fact for facet in FACETS for fact in points(table)[facet])


class Weighed(NamedTuple):
    """A candidate with its facts that have points, and what they come to."""

    names: Names
    found: Names  # as named: of a giver its instrument may be
    facts: Sequence[Fact]
    total: int  # above zero: ahead of nobody by what is needed
    here: bool  # whether it stands in the sentence of the sum


Ranked = dict[str, list[Weighed]]  # the candidates for each side, the best first


def choose(readings: Sequence[Reading], context: Context) -> list[Reading]:
    """The readings of a document with the giver and the receiver that the points name."""
    found = list(readings)
    first: dict[tuple[int, str | None], int] = {}  # where each amount is stated first
    asked = asked_of(readings, context, CONTENT)
    while sums := list(islice(_amounts(readings, asked, first), AT_ONCE)):
        ranked = [(at, candidates, _weighed(candidates)) for at, candidates in sums]
        settled = {
            facet: SettledSums([frozenset(_named(sides[facet], facet)) for _, _, sides in ranked])
            for facet in FACETS
        }
        for place, (at, candidates, sides) in enumerate(ranked):
            again = {facet: _again(facet, sides[facet], settled[facet], place) for facet in FACETS}
            found[at] = _with_choice(readings[at], candidates, again)
    for at, one in enumerate(readings):  # a sum and its conversions have the same parties
        said = first.get((one.sentence_start, one.conversion_of or one.claim_id), at)
        if said != at and one.is_money_given and one.zone in CONTENT:
            stated = found[said]
            found[at] = one._replace(
                donor=stated.donor, recipient=stated.recipient, signs=_with_parties(one, stated)
            )
    return found


def _amounts(
    readings: Sequence[Reading],
    asked: Iterator[tuple[int, Candidates]],
    first: dict[tuple[int, str | None], int],
) -> Iterator[tuple[int, Candidates]]:
    """The sums without their conversions, whose places are noted in ``first``."""
    for at, candidates in asked:
        one = readings[at]
        amount = one.sentence_start, one.conversion_of or one.claim_id
        if first.setdefault(amount, at) == at:
            yield at, candidates


def _again(facet: str, ranked: list[Weighed], settled: SettledSums, place: int) -> list[Weighed]:
    """The candidates for one side, knowing whom the other sums are put down to."""
    worth = points()[facet]
    nobody = sum(worth.get(NOBODY + fact, 0) for fact in settled.nobody(place))
    told: dict[tuple[frozenset[str], bool], list[Fact]] = {}  # most have no sum: asked once for all
    found = []
    for names, as_named, facts, total, here in ranked:
        who = settled.known(names), here
        more = told.get(who)
        if more is None:
            every = settled.facts(place, who[0], here=here)
            more = told[who] = list(filter(worth.__contains__, every))
        total += sum(map(worth.__getitem__, more)) - nobody
        found.append(Weighed(names, as_named, [*facts, *more], total, here))
    return sorted(found, key=attrgetter("total"), reverse=True)


def _is_of_party(cell: str) -> bool:
    return cell.startswith(("donor ", "recipient "))


def _cells(signs: str | None, *, of_parties: bool) -> list[str]:
    """The signs of giver and receiver, or all others, as they stand in their column."""
    every = signs.split("|") if signs else []
    return [cell for cell in every if _is_of_party(cell) is of_parties]


def _with_parties(one: Reading, first: Reading) -> str | None:
    """The signs of a reading, with those of giver and receiver from another one of its amount."""
    own = _cells(one.signs, of_parties=False)
    return "|".join([*own, *_cells(first.signs, of_parties=True)]) or None


def by_points(candidates: Contest) -> tuple[dict[str, Names], list[str]]:
    """Giver and receiver as the points name them, with the signs of the choice as cells."""
    return _chosen(candidates, _weighed(candidates))


def _chosen(candidates: Contest, every: Ranked) -> tuple[dict[str, Names], list[str]]:
    chosen: dict[str, Names] = {}
    signs: list[str] = []
    for facet, ranked in every.items():
        chosen[facet] = _named(ranked, facet, candidates.table)
        if ranked:
            best = ranked[0]
            for one in filter(None, (best, _rival(best, ranked))):
                signs += _signs(facet, one, candidates, named=bool(chosen[facet]))
    return chosen, signs


def _weighed(candidates: Contest) -> Ranked:
    """All candidates with their points for either side."""
    known = _with_points(candidates.table)
    facts: dict[Names, tuple[list[Fact], bool]] = {}
    for each in candidates.names:
        every = candidates.facts(each)
        facts[each] = list(filter(known.__contains__, every)), "not-here" not in every
    return {facet: _ranked(facet, facts, candidates) for facet in FACETS}


def _with_choice(one: Reading, candidates: Contest, every: Ranked) -> Reading:
    chosen, signs = _chosen(candidates, every)
    if chosen["donor"] and chosen["donor"] == chosen["recipient"]:
        return one
    kept = _cells(one.signs, of_parties=False)
    return one._replace(
        donor="|".join(chosen["donor"]) or None,
        recipient="|".join(chosen["recipient"]) or None,
        signs="|".join([*kept, *signs]) or None,
    )


def _ranked(
    facet: str, facts: dict[Names, tuple[list[Fact], bool]], candidates: Contest
) -> list[Weighed]:
    """The candidates for one side, the best first."""
    worth = points(candidates.table)[facet]
    nobody = sum(worth.get(NOBODY + fact, 0) for fact in candidates.nobody_for(facet))
    need = nobody + worth.get(AHEAD_OF_NOBODY, 0)
    found = []
    for names, (own, here) in facts.items():
        told = dict.fromkeys(chain(own, candidates.facts_for(facet, names)))  # each once
        counted = list(filter(worth.__contains__, told))
        total = sum(map(worth.__getitem__, counted)) - need
        found.append(Weighed(named_for(facet, names), names, counted, total, here))
    return sorted(found, key=attrgetter("total"), reverse=True)


def _rival(best: Weighed, ranked: Sequence[Weighed]) -> Weighed | None:
    """The next best that is somebody else altogether."""
    return next((one for one in ranked[1:] if not set(one.names) & set(best.names)), None)


def _named(ranked: Sequence[Weighed], facet: str, table: str = TABLE) -> Names:
    """The best candidate where it is ahead of nobody and of the next one by enough."""
    worth = points(table)[facet]
    if not ranked or ranked[0].total <= 0:
        return ()
    first = ranked[0]
    behind = next((one.total for one in ranked[1:] if one.names != first.names), 0)
    return first.names if first.total - behind >= worth.get(AHEAD_OF_NEXT, 0) else ()


def _place(span: tuple[int, int]) -> str:
    """A place as it stands in a cell of signs."""
    return "-" if span[0] < 0 else f"{span[0]}-{span[1]}"


def _signs(facet: str, one: Weighed, candidates: Contest, *, named: bool) -> list[str]:
    """The signs for the best candidate or its rival, which add up to the choice, as cells."""
    worth = points(candidates.table)[facet]
    begins = _shown(candidates.table, facet)
    shown = list(filter(begins.__contains__, one.facts))
    every = sum(map(worth.__getitem__, one.facts))
    made_up = (
        (SMALL, every - sum(map(worth.__getitem__, shown))),
        (NEEDED, one.total - every),
        (TOO_CLOSE, -one.total if not named and one.total > 0 else 0),
    )
    cells: list[str] = []
    for name in one.names:
        found = name if name in one.found else one.found[0]
        here = _place(candidates.place_of(found))
        own = {fact: _place(span) for fact, span in candidates.places(facet, found).items()}
        cells += [f"{begins[fact]} {own.get(fact, here)} {name}" for fact in shown]
        cells += [f"{facet} {rest} {count} - {name}" for rest, count in made_up if count]
    return cells
