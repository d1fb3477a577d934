"""What the words of a sentence say of one of its amounts, read once: told before, a part, one more.

The rules stand in ``calc/data/said_signs.tsv``. A sentence may hold news and a recap: "It gave 1
million, a day after it had promised 5 million". So words between two amounts belong to one of them.
Every mark keeps its place, and of two equal amounts in one sentence each has its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from ..text.guarded import Sieve
from ..text.lazy import cached_property
from ..text.words import lowered
from .rules import Rule, rules
from .signs import Sign, signs_in

# A sum of money in words as printed; loose, for its place alone counts.
_SCALE = r"(?:\w*illion|thousand|bn|mn|mln)\b"
_MONEY = (
    r"(?:[A-Z][a-z]+ )?(?:euros?|dollars?|pounds?|kron\w+|crowns?|yen|francs?|zlot\w+|hryvn\w+)\b"
)
_WITH_SIGN = (
    r"(?:[A-Z]{0,3}[€$£¥₴]|\b[A-Z]{3}[ \u00a0])[ \u00a0]?\d[\d.,]*"
    rf"(?:[\s-]?(?:{_SCALE}|[mk]\b))?"
)
_AMOUNT = re.compile(
    rf"{_WITH_SIGN}|\b(?:\d[\d.,]*|[a-z]+|[Hh]alf an?)[\s-]{_SCALE}(?:[\s-]{_MONEY})?"
    rf"|\b\d[\d.,]*[\s-]{_MONEY}"
)
# The same where no number is spelled out: the other pattern looks at every word.
_IN_DIGITS = re.compile(
    rf"{_WITH_SIGN}|\b\d[\d.,]*[\s-]{_SCALE}(?:[\s-]{_MONEY})?|\b\d[\d.,]*[\s-]{_MONEY}"
)
_SPELLED = re.compile(rf"[a-z][\s-]{_SCALE}")
# Where the words on the amount before end and those on the next one begin.
_TURN = re.compile(
    r"[,;:(]|\s(?=(?:and|while|but|after|of which|as part of|part of|of|out of|from|under|plus)\s)"
)
_THE = re.compile(r"\bthe \W?$")
_FAR = 200  # characters beside an amount, more than any words of a rule that look there take
_MOST = 8  # amounts before one of which it may be given as a part; a row of thousands stays cheap
_NEAR = 80  # characters before an amount, more than words such as "also" and what follows them take
_HERE = " ~ "  # stands for the amount among the words around it
# Where rules look for which the amounts beside it must be known.
_BESIDE = frozenset(
    "own before behind behind-the since until first lead-first between between-changed".split()
)
_OF_SENTENCE = "near-"  # marks of the sentence, not of the amount: no words of the column "said"


Spans = tuple[tuple[int, int], ...]


class Mark(NamedTuple):
    """One thing that the words say of an amount: what, the rule, and where in the sentence."""

    value: str
    rule: str
    start: int
    end: int


class Said(NamedTuple):
    """All that the words of its sentence say of an amount, and where the amount stands in it.

    >>> said = said_of("It paid 3 million euros of the 18 million euros for Chad.", 8, 23)
    >>> said.of_amount, said.words("part", "It paid 3 million euros of the 18 million euros")
    (['part'], 'of the')
    """

    values: frozenset[str] = frozenset()
    marks: tuple[Mark, ...] = ()
    start: int = -1
    end: int = -1

    @property
    def of_amount(self) -> list[str]:
        """What is said of the amount itself: the words of the column ``said``, each once."""
        named = [mark.value for mark in self.marks if not mark.value.startswith(_OF_SENTENCE)]
        return list(dict.fromkeys(named))

    def words(self, value: str, sentence: str | None) -> str | None:
        """The first words of the sentence that say ``value``; the value itself without a place."""
        for mark in self.marks:
            if mark.value == value:
                return (sentence or "")[mark.start : mark.end] if mark.start >= 0 else value
        return None

    def all_words(self, value: str, sentence: str | None) -> list[str]:
        """All words that say ``value``, in their order."""
        return [(sentence or "")[m.start : m.end] for m in self.marks if m.value == value]

    def within(self, value: str, start: int, end: int, sentence: str | None) -> str | None:
        """The words between two places of the sentence that say ``value``."""
        for mark in self.marks:
            if mark.value == value and start <= mark.start and mark.end <= end:
                return (sentence or "")[mark.start : mark.end]
        return None

    def signs(self) -> Iterator[Sign]:
        """The marks as signs of the facet ``said``."""
        for value, rule, start, end in self.marks:
            yield Sign("said", rule, value, 0, start, end)


NOTHING_SAID = Said()


@cache
def _rules() -> Sieve[Rule]:
    """The rules, each behind the words that it needs."""
    return Sieve((rule.pattern.needs, rule) for rule in rules("said_signs"))


@lru_cache(maxsize=16384)  # most sentences lack what many others lack
def _by_place(tried: tuple[Rule, ...]) -> Mapping[str, list[Rule]]:
    """The rules that a sentence may meet, by where they look: in most sentences few."""
    found: dict[str, list[Rule]] = {}
    for rule in tried:
        found.setdefault(rule.where, []).append(rule)
    return found


class _Sentence:
    """A sentence as the rules meet it: small letters, its amounts, what it says of all of them.

    ``wanted`` are the rules whose words it has, by where they look: in most sentences none.
    """

    def __init__(self, sentence: str, spans: Spans | None = None) -> None:
        self._spans = spans
        self.sentence, self.lower = sentence, lowered(sentence)
        self.wanted = _by_place(_rules().of_text(self.lower))
        self.marks = self.found("sentence", (0, len(self.lower))) if self.wanted else []
        self.changed = any(mark.value == "changed" for mark in self.marks)
        self.beside = not _BESIDE.isdisjoint(self.wanted)

    @cached_property
    def of_all(self) -> tuple[Mark, ...]:
        """What it says of some amount or other, which links ask: a part, a whole, a number."""
        found = self.found("anywhere", (0, len(self.lower)))
        for rule in self.wanted.get("numbers", ()):
            places = islice(rule.pattern.compiled.finditer(self.lower), _MOST)
            found += [Mark(rule.value, rule.name, *match.span(1)) for match in places]
        return tuple(found)

    @cached_property
    def spans(self) -> Spans:
        """Where its amounts stand: as figures were read, or else roughly."""
        return amounts_in(self.sentence) if self._spans is None else self._spans

    @cached_property
    def starts(self) -> list[int]:
        """Where its amounts start."""
        return [start for start, _ in self.spans]

    @cached_property
    def ends(self) -> list[int]:
        """Where its amounts end."""
        return [end for _, end in self.spans]

    @cached_property
    def of_first(self) -> list[Mark]:
        """What the words before its first amount say of the later ones."""
        return self.found("first", (0, self.starts[0] if self.starts else 0))

    def mark(self, rule: Rule, start: int, end: int) -> Mark:
        """What a rule says by the words at a place, without the spaces around them."""
        words = self.lower[start:end]
        kept = words.strip()
        start += words.find(kept)
        return Mark(rule.value, rule.name, start, start + len(kept))

    def found(self, where: str, *stretches: tuple[int, int]) -> list[Mark]:
        """What the rules that look there find in the stretches, in each the first of its words."""
        found: list[Mark] = []
        tried = self.wanted.get(where)
        if tried is None:
            return found
        words = [(low, self.lower[low:high]) for low, high in stretches]
        for rule in tried:
            search = rule.pattern.compiled.search
            for low, told in words:
                match = search(told)
                if match is not None:
                    found.append(self.mark(rule, low + match.start(), low + match.end()))
        return found


@lru_cache(maxsize=4096)  # the amounts of a sentence ask one after the other
def _taken_apart(sentence: str, spans: Spans | None) -> _Sentence:
    return _Sentence(sentence, spans)


class _Asked:
    """An amount in its sentence, and the stretches of words that the rules look at.

    An amount that its sentence does not hold stands at its end, with no other one beside it.
    """

    def __init__(self, inside: _Sentence, start: int, end: int) -> None:
        self.inside, self.lower = inside, inside.lower
        self.known = start >= 0
        self.start, self.end = (start, end) if self.known else (len(self.lower),) * 2
        self.earlier = bisect_right(inside.ends, self.start) if self.known else 0
        later = bisect_left(inside.starts, self.end) if self.known else len(inside.starts)
        self.last = inside.ends[self.earlier - 1] if self.earlier else 0
        self.following = inside.starts[later] if later < len(inside.starts) else None
        turn = _TURN.search(self.lower[self.last : self.start]) if self.last else None
        self.before = self.last + (turn.start() if turn else 0)
        self.until = self._until()

    def _until(self) -> int:
        """Where the words behind it that are on it alone end."""
        if self.following is None:
            return len(self.lower)
        turn = _TURN.search(self.lower[self.end : self.following])
        return self.end + (turn.start() if turn else 0)

    def of_own(self) -> list[Mark]:
        """What the words on it alone say, before it and behind it."""
        wanted = self.inside.wanted.get("own")
        if not wanted:
            return []
        before, behind = self.lower[self.before : self.start], self.lower[self.end : self.until]
        found = []
        around = f"{before}{_HERE}{behind}"
        for rule in wanted:
            match = rule.pattern.compiled.search(around)
            if match is not None:
                low, high = (self._at(place - len(before)) for place in match.span())
                found.append(self.inside.mark(rule, low, high))
        return found

    def _at(self, place: int) -> int:
        """A place in the words around it, counted from its start, as one in the sentence."""
        return self.start + place if place <= 0 else self.end + max(place - len(_HERE), 0)

    def of_whole(self) -> list[Mark]:
        """Whether it is told as the whole of which a smaller sum is told."""
        if self.last:
            return self.inside.found("since", (self.last, self.start))
        return self.inside.found("lead-first", (0, self.start))

    def of_part(self) -> list[Mark]:
        """Whether it is given as a part, or as told before."""
        look, behind = self.inside.found, (self.end, self.until)
        found = [*self.of_own(), *look("before", (self.before, self.start))]
        found += look("behind", behind)
        if self.following is not None:
            found += look("until", (self.end, self.following))
        if self.last:
            found += self.inside.of_first
        if _THE.search(self.lower[self.before : self.start]):
            found += look("behind-the", behind)
        return found

    def between(self) -> list[Mark]:
        """What the words between it and the amounts before it say."""
        if not (self.known and self.earlier):
            return []
        gaps = self._gaps()
        found = self.inside.found("between", *gaps)
        return found + self.inside.found("between-changed", *gaps) if self.inside.changed else found

    def _gaps(self) -> list[tuple[int, int]]:
        """The stretches between the amounts up to it, of the last few."""
        first = max(0, self.earlier - _MOST)
        begins = [*self.inside.starts[first + 1 : self.earlier], self.start]
        return list(zip(self.inside.ends[first : self.earlier], begins, strict=True))


def _along(inside: _Sentence, start: int, end: int) -> list[Mark]:
    """What the words before and behind an amount say, whatever amounts stand between."""
    if start < 0:
        return []
    look, lead = inside.found, (max(0, start - _FAR), start)
    found = [
        *look("lead", lead),
        *look("near-lead", (max(0, start - _NEAR), start)),
        *look("trail", (end, end + _FAR)),
    ]
    return found + look("lead-changed", lead) if inside.changed else found


@lru_cache(maxsize=65536)
def amounts_in(sentence: str) -> Spans:
    """Where sums of money stand in a sentence, roughly.

    >>> amounts_in("Oslo gives 5 million euros and $3m.")
    ((11, 26), (31, 34))
    """
    pattern = _AMOUNT if _SPELLED.search(sentence) else _IN_DIGITS
    return tuple([found.span() for found in pattern.finditer(sentence)])


def said_of(sentence: str | None, start: int, end: int, spans: Spans | None = None) -> Said:
    """What ``sentence`` says of its amount at ``start``..``end`` (-1 where it has it not).

    ``spans`` are the places of all its amounts in order, where they are known.

    >>> words = "It paid 3 million euros of the 18 million euros for Chad."
    >>> said_of(words, 8, 23).of_amount, said_of(words, 31, 47).of_amount
    (['part'], ['whole', 'again'])
    """
    if not sentence:
        return NOTHING_SAID
    inside = _taken_apart(sentence, spans)
    if not inside.wanted:
        return Said(start=start, end=end)
    marks: list[Mark] = []
    if inside.beside:
        asked = _Asked(inside, start, end)
        marks += asked.of_whole()
        marks += [mark._replace(value="again") for mark in marks[:1]] or asked.of_part()
        marks += asked.between()
    marks += _along(inside, start, end)
    marks += inside.marks
    return Said(frozenset([mark.value for mark in marks]), tuple(marks), start, end)


def said_in_signs(cell: str | None, start: int = -1, end: int = -1) -> Said:
    """What was said, from the signs that a claim keeps."""
    if cell is None or "said " not in cell:
        return Said(start=start, end=end)
    marks = tuple(
        Mark(sign.value, sign.name, sign.start, sign.end)
        for sign in signs_in(cell)
        if sign.facet == "said"
    )
    return Said(frozenset([mark.value for mark in marks]), marks, start, end)


def place_in_sentence(
    sentence: str, sentence_start: float | None, text: str | None, start: float | None
) -> int:
    """Where the amount of a row stands in its sentence: as the row says, else its words; or -1.

    >>> place_in_sentence("Oslo gives 5 million euros.", None, "5 million euros", None)
    11
    """
    place = -1 if start is None or sentence_start is None else int(start - sentence_start)
    if place < 0 or not sentence.startswith(text or "", place):
        place = sentence.find(text) if text else -1
    return place


def said_in_row(
    sentence: str | None,
    sentence_start: float | None,
    text: str | None,
    start: float | None,
    values: str | None,
    signs: str | None,
) -> Said:
    """What was read in the words of a claim; of a table that has only words, read now.

    A column ``said`` that somebody brings goes before the words, without their place.
    """
    if not sentence and not values:
        return NOTHING_SAID
    sentence = sentence or ""
    place = place_in_sentence(sentence, sentence_start, text, start)
    end = place + len(text or "") if place >= 0 else -1
    if signs is not None:
        return _with_sentence(said_in_signs(signs, place, end), sentence)
    if values is not None:
        named = [value for value in values.split("|") if value]
        marks = tuple(Mark(value, value, -1, -1) for value in named)
        return Said(frozenset(named), marks, place, end)
    return _said_in_words(sentence, place, end)


@lru_cache(maxsize=65536)  # papers copy sentences
def _said_in_words(sentence: str, place: int, end: int) -> Said:
    return _with_sentence(said_of(sentence, place, end), sentence)


def _with_sentence(said: Said, sentence: str) -> Said:
    """With what its sentence says of some amount or other, which is no sign of one claim."""
    more = _taken_apart(sentence, None).of_all
    if not more:
        return said
    values = said.values.union([mark.value for mark in more])
    return said._replace(values=values, marks=(*said.marks, *more))


def forget_sentences() -> None:
    """Let go of what was remembered of sentences."""
    amounts_in.cache_clear()
    _taken_apart.cache_clear()
    _said_in_words.cache_clear()


def wholes_among(said: Sequence[Said]) -> list[int | None]:
    """Of the amounts of one sentence, in order: the place of the one that each is a part of.

    >>> words = "It gave 9 million euros, including 5 million euros for schools."
    >>> wholes_among([said_of(words, 8, 23), said_of(words, 35, 50)])
    [None, 0]
    """
    found: list[int | None] = []
    ends = [one.end for one in said]
    for place, one in enumerate(said):
        included = [m.start for m in one.marks if m.value == "included" and m.end <= one.start]
        rules_met = {mark.rule for mark in one.marks}
        whole: int | None = None
        if included:
            whole = bisect_right(ends, included[-1], 0, place) - 1
        elif "whole-comes-next" in rules_met:
            whole = place + 1
        elif "part-of-first" in rules_met:
            whole = 0
        found.append(whole if whole is not None and 0 <= whole < len(said) else None)
    return found
