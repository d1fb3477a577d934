"""What stands around a sum, as plain facts: words of a class, its verb, its neighbours, its page.

By these facts role and status are weighed (``calc.claims.sum_choice``). A fact has a name; what the
parts of the name mean stands in ``calc/data/sum_facts.tsv`` and ``word_classes.tsv``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ..text.words import lowered
from .acts import Act
from .context import Context, Sentence
from .record import Reading
from .sentences import Span
from .signs import Sign, signs_in, top
from .spots import Fact, kind_of
from .word_classes import Found, kind, words_in

_A_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]*\d)")
ALWAYS = "any-sum"  # a fact of every sum: how usual each role and stage is
_MANY_OTHERS = 3  # that are all of one role or stage tell more
NOWHERE = (-1, -1)
Place = tuple[int, int]
_NEAR_BEFORE, _NEAR_BEHIND = 3, 4  # words right at a sum
_SUBJECT = 4  # words before a verb among which its subject stands
_FAR = 18  # words on either side that are asked for
_REACH = 140  # characters in which as many words stand
_ANYWHERE = ("just-before", "just-behind", "before", "behind", "in-opening")
_CROSSED = (
    *("many", "conference", "people", "fund", "drive", "raising", "promising", "pledge-noun"),
    *("donation", "receiving", "level", "total", "so-far", "now", "qualifier", "aid", "years"),
    *("past-time", "a-year", "package", "tranche", "new", "need", "rise", "comparing"),
)
_NAME_AND_RANK = {
    f"{name}-{place}": (name, rank) for name in _CROSSED for rank, place in enumerate(_ANYWHERE)
}
_MARKS = {
    ":": "colon",
    "(": "bracket",
    ",": "comma",
    ";": "semicolon",
    "–": "dash",
    "—": "dash",
    "-": "dash",
    "•": "bullet",
    "*": "bullet",
    "=": "colon",
    "|": "cell",
}


class ASum(NamedTuple):
    """An amount with its conversions, and where it stands in its sentence."""

    at: tuple[int, ...]  # the places of its readings among all of the document
    one: Reading  # the first of them that is no conversion
    sentence: Sentence
    start: int
    end: int
    after: int  # where the amount before it ends; 0 for the first
    until: int  # where the next one begins
    first: int  # where the first one of the sentence begins
    others: int  # amounts beside it in the sentence


class SumsTold:
    """The amounts of a document, with what it says of all of them."""

    def __init__(
        self, readings: Sequence[Reading], context: Context, zones: Collection[str]
    ) -> None:
        self.context = context
        self.told = list(_told(readings, context, zones))
        self.money = [one for one in self.told if one.one.role != "noise"]
        self._places = {told.at[0]: number for number, told in enumerate(self.money)}
        self._same: dict[tuple[float | None, str | None], Counter[tuple[str, str]]] = {}
        for told in self.money:
            same = self._same.setdefault((told.one.amount, told.one.currency), Counter())
            same[told.one.role, told.one.status] += 1
        self._stands: dict[int, int] = {}
        self._parts = {told.one.part_of: told for told in self.money if told.one.part_of}
        self._by_id = {told.one.claim_id or "": told for told in self.money}

    @cached_property
    def facts(self) -> list[Fact]:
        """What holds for every sum of the document."""
        context = self.context
        title = lowered(context.document.title or "")
        found = {
            f"{name}-in-title" for word in words_in(title, 0, len(title)) for name in word.telling
        }
        lead = context.article[0].first_act if context.article else None
        told = [f"page-begins-with-{lead.status}"] if lead is not None else []
        return [*sorted(found), *told, *(["only-sum"] if len(self.money) == 1 else [])]

    def place(self, sentence: Sentence) -> int:
        """Where a sentence stands in the article, looked up once for all of its sums."""
        start = sentence.span.start
        if start not in self._stands:
            self._stands[start] = self.context.place(sentence)
        return self._stands[start]

    def beside(self, told: ASum) -> tuple[ASum | None, ASum | None]:
        """The sums of money before and behind it."""
        at = self._places.get(told.at[0])
        if at is None:
            return None, None
        before = self.money[at - 1] if at else None
        return before, self.money[at + 1] if at + 1 < len(self.money) else None

    def elsewhere(self, told: ASum) -> list[tuple[str, str]]:
        """The roles and stages of the same amount where the document tells of it again."""
        one = told.one
        same: Mapping[tuple[str, str], int] = self._same.get((one.amount, one.currency), {})
        own = (one.role, one.status) if told.at[0] in self._places else None
        return [kind for kind, count in same.items() if count > (kind == own)]

    def whole_and_part(self, told: ASum) -> Iterator[tuple[str, Reading]]:
        """The sum of which it is a part, and one that is a part of it."""
        whole = self._by_id.get(told.one.part_of) if told.one.part_of else None
        if whole is not None:
            yield "whole", whole.one
        part = self._parts.get(told.one.claim_id or "")
        if part is not None:
            yield "part", part.one


def _told(readings: Sequence[Reading], context: Context, zones: Collection[str]) -> Iterator[ASum]:
    """The amounts of the article, in order."""
    sentences = {one.span.start: one for one in context.sentences}
    rows: dict[int, dict[str | None, list[int]]] = {}
    for at, one in enumerate(readings):
        if one.zone in zones and one.role != "relative":
            beside = rows.setdefault(one.sentence_start, {})
            beside.setdefault(one.conversion_of or one.claim_id, []).append(at)
    for begin, amounts in rows.items():
        sentence = sentences.get(begin)
        if sentence is None:
            continue
        spans = [
            (readings[own[0]].start - begin, max(readings[k].end for k in own) - begin)
            for own in amounts.values()
        ]
        for number, own in enumerate(amounts.values()):
            members = [readings[k] for k in own]
            one = next((member for member in members if not member.conversion_of), members[0])
            start, end = spans[number]
            after = spans[number - 1][1] if number else 0
            until = spans[number + 1][0] if number + 1 < len(spans) else len(sentence.text)
            stretch = start, end, min(after, start), max(until, end)
            yield ASum(tuple(own), one, sentence, *stretch, spans[0][0], len(spans) - 1)


def facts_of(told: ASum, page: SumsTold, signs: Sequence[Sign] | None = None) -> dict[Fact, Place]:
    """The facts of a sum, each with its place in the sentence where it has one.

    ``signs`` are those of the first look; else those that the reading keeps.
    """
    found: dict[Fact, Place] = {}
    lower = told.sentence.lower
    for fact, place in _of_words(told, lower):
        found.setdefault(fact, place)
    clause, act = told.sentence.governed(told.start, told.end)
    if act is not None:
        for fact, place in _around_verb(told, act, lower):
            found.setdefault(fact, place)
    at_verb = NOWHERE if act is None else (act.end - len(act.text), act.end)
    for fact in _of_verb(told, act, clause):
        found.setdefault(fact, at_verb)
    for fact, place in list(_crossed(told, act, found)):
        found.setdefault(fact, place)
    signs = signs_in(told.one.signs) if signs is None else signs
    for part in (
        _of_signs(signs),
        _of_neighbours(told, page),
        _of_one(told),
        _of_place(told, page),
    ):
        found.update(dict.fromkeys(part, NOWHERE))
    found.update(dict.fromkeys(page.facts, NOWHERE))
    return found


def _of_words(told: ASum, lower: str) -> Iterator[tuple[Fact, Place]]:
    """Which words stand before the sum and behind it, as far as the sums beside it."""
    before = list(words_in(lower, max(told.after, told.start - _REACH), told.start))[-_FAR:]
    behind = list(words_in(lower, told.end, min(told.until, told.end + _REACH)))[:_FAR]
    yield from _near("just-before", before[-_NEAR_BEFORE:])
    yield from _near("just-behind", behind[:_NEAR_BEHIND])
    yield from _far("before", before[:-_NEAR_BEFORE])
    yield from _far("behind", behind[_NEAR_BEHIND:])
    yield from _nearest("nearest-before", before[::-1])
    yield from _nearest("nearest-behind", behind)
    if told.after:
        opening = list(words_in(lower, max(0, told.first - _REACH), told.first))
        yield from _far("in-opening", opening[-_FAR:])
    mark = lower[told.after : told.start].rstrip()[-1:]
    if not mark:
        yield "begins-sentence" if not told.after else "right-behind-a-sum", NOWHERE
    elif mark in _MARKS:
        yield f"{_MARKS[mark]}-before-it", NOWHERE


def _near(place: str, words: Sequence[Found]) -> Iterator[tuple[Fact, Place]]:
    for word in words:
        for name in word.classes:
            yield f"{name}-{place}", (word.start, word.end)


def _far(place: str, words: Sequence[Found]) -> Iterator[tuple[Fact, Place]]:
    for word in words:
        for name in word.telling:
            yield f"{name}-{place}", (word.start, word.end)


def _nearest(place: str, words: Sequence[Found]) -> Iterator[tuple[Fact, Place]]:
    """The first word that is a verb or a noun of its kind, and is none that says when or who."""
    for word in words:
        names = [name for name in word.classes if kind(name) == "verb"]
        if names:
            yield from ((f"{name}-{place}", (word.start, word.end)) for name in names)
            return
    yield f"no-verb-{place}", NOWHERE


def _crossed(
    told: ASum, act: Act | None, found: Mapping[Fact, Place]
) -> Iterator[tuple[Fact, Place]]:
    """Words that say more beside another fact: of many where no giver is named, of a long time."""
    first: dict[str, tuple[int, Place]] = {}  # of each name the place that is asked first
    for fact in found.keys() & _NAME_AND_RANK.keys():
        name, rank = _NAME_AND_RANK[fact]
        if name not in first or rank < first[name][0]:
            first[name] = rank, found[fact]
    if not first:
        return
    leads = ["open-giver"] if told.one.donor is None else ["a-giver"]
    leads += [f"verb-{_tense(act)}"] if act is not None else ["no-verb"]
    for name in sorted(first, key=_CROSSED.index):
        yield from ((f"{lead}-and-{name}", first[name][1]) for lead in leads)


def _around_verb(told: ASum, act: Act, lower: str) -> Iterator[tuple[Fact, Place]]:
    """Who stands before its verb, as its subject; behind a verb that follows it, as who did it."""
    begin = max(0, act.end - len(act.phrase))
    subject = list(words_in(lower, max(0, begin - _REACH // 2), begin))[-_SUBJECT:]
    yield from _far("before-verb", subject)
    if act.start >= told.end:
        doer = list(words_in(lower, act.end, act.end + _REACH // 2))[:_SUBJECT]
        yield from _far("behind-verb", doer)


def _tense(act: Act) -> str:
    if act.planned:
        return "planned"
    if act.perfect:
        return "perfect"
    if act.text.endswith("ing"):
        return "going-on"
    return "present" if act.text.split(" ")[0].endswith("s") else "past"


def _of_verb(told: ASum, act: Act | None, clause: Span) -> Iterator[Fact]:
    if act is None:
        yield "no-verb"
        return
    tense = _tense(act)
    yield f"verb-{tense}"
    yield f"verb-says-{act.status}"
    yield f"verb-says-{act.status}-{tense}"
    yield f"verb-{'gives' if act.direction == 'out' else 'gets'}"
    if act.passive:
        yield "verb-passive"
    if act.denied:
        yield "verb-denied"
    if act.end <= told.start:
        yield "verb-ahead"
        if told.start - act.end <= 2:
            yield "verb-at-it"
        elif told.start - act.end > 40:
            yield "verb-far"
        if act.end <= told.after:
            yield "verb-of-another-sum"
    else:
        yield "verb-follows"
    if not clause.start <= act.start < clause.end:
        yield "verb-of-another-clause"


def _of_signs(signs: Sequence[Sign]) -> Iterator[Fact]:
    """What the first look came to, by which sign, and how clearly."""
    for facet, none in (("role", "noise"), ("status", "unknown")):
        own = [sign for sign in signs if sign.facet == facet and sign.points > 0]
        first = top(own) if own else None
        value = first.value if first is not None else none
        yield f"looks-{value}"
        if first is not None:
            yield f"by-{first.name}"
    if any(sign.facet == "role" and not sign.points for sign in signs):
        yield "one-sum-by-its-words"


def _of_neighbours(told: ASum, page: SumsTold) -> Iterator[Fact]:
    """What the other sums of the document are at first look."""
    for side, other in zip(("before", "behind"), page.beside(told), strict=True):
        if other is not None:
            here = "-here" if other.sentence is told.sentence else ""
            yield f"sum-{side}{here}-{other.one.role}"
            yield f"sum-{side}{here}-{other.one.status}"
    for role, status in page.elsewhere(told):
        yield f"elsewhere-{role}"
        yield f"elsewhere-{status}"
    for which, one in page.whole_and_part(told):
        yield f"its-{which}-{one.role}"
        yield f"its-{which}-{one.status}"


def _of_one(told: ASum) -> Iterator[Fact]:
    """What was read of the sum itself: who, how much, over what time."""
    one = told.one
    for side in ("donor", "recipient"):
        names = (getattr(one, side) or "").split("|")
        yield f"{side}-{kind_of(names[0]) if names[0] else 'open'}"
        if len(names) > 1:
            yield f"several-{side}s"
    for word in (one.said or "").split("|"):
        if word:
            yield f"said-{word}"
    if one.qualifier:
        yield "qualified"
    if one.period:
        yield "over-a-period"
    if one.modality:
        yield f"as-{one.modality}"


def _of_place(told: ASum, page: SumsTold) -> Iterator[Fact]:
    """Where the sum stands: title, lead, list; and what the sentence before tells."""
    text, context = told.sentence.text, page.context
    at = page.place(told.sentence)
    yield f"in-{told.one.zone}"
    yield f"sentence-{at + 1}" if at < 3 else "further-down"
    yield ("one-sum-here", "two-sums-here", "three-sums-here")[min(2, told.others)]
    if not text.rstrip().endswith((".", "!", "?", '"', "”", "’", ":")):
        yield "line-without-end"
    if at > 0 and at <= len(context.article):
        before = context.article[at - 1].first_act
        if before is not None:
            yield f"sentence-before-says-{before.status}"
    published = context.document.published
    if published is None:
        return
    low, high = max(told.after, told.start - _REACH), min(told.until, told.end + _REACH)
    years = [int(found.group()) for found in _A_YEAR.finditer(text, low, high)]
    if years and max(years) < published.year:
        yield "only-years-past"
    elif years and max(years) > published.year:
        yield "a-year-to-come"


class OtherSums:
    """What the sums of a row came to when they were weighed: facts of each about the others."""

    def __init__(self, weighed: Sequence[tuple[str, str]]) -> None:
        self._weighed = weighed  # role and stage of each
        self._counts = [Counter(one[facet] for one in weighed) for facet in (0, 1)]

    def facts(self, at: int) -> Iterator[Fact]:
        """The roles and stages of the others, and of the sums before and behind.

        >>> list(OtherSums([("pledge", "pledged"), ("total", "unknown")]).facts(0))
        ['all-others-total', 'behind-it-total', 'all-others-unknown', 'behind-it-unknown']
        """
        others = len(self._weighed) - 1
        if others < 1:
            return
        for facet, counts in enumerate(self._counts):
            own = self._weighed[at][facet]
            value, most = max(
                ((value, count - (value == own)) for value, count in counts.items()),
                key=lambda pair: pair[1],
            )
            if most == others:
                yield f"all-others-{value}"
                if others >= _MANY_OTHERS:
                    yield f"all-of-many-others-{value}"
            elif most * 2 > others:
                yield f"most-others-{value}"
            if at:
                yield f"before-it-{self._weighed[at - 1][facet]}"
            if at < others:
                yield f"behind-it-{self._weighed[at + 1][facet]}"
