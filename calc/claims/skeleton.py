"""A sentence cut down to its bones: parties, sums, verbs of giving, and the small words between.

``calc.claims.ties`` asks it which party a sum belongs to. Every party, sum and verb is one capital
letter, all else is in lower case, one space behind each word: "In May Norway, which gave Kenya 5
million euros, …" is "in may P , which V Q S , ".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .acts import Act
from .nameless import no_names
from .spots import Spot

# what a letter stands for: a party that may be a subject, one that a word before it makes an
# object, one that only says whose something is; many without names; a name that no table has;
# one told of before ("the bank", "it")
ABLE, OBJECT, WHOSE, CROWD, UNKNOWN, AGAIN = "P", "Q", "A", "C", "U", "D"
# a sum; a verb whose subject gives, one whose subject is given, one whose subject receives
SUM, GIVES, GIVEN, GETS = "S", "V", "W", "I"

_TOKEN = re.compile(r"[^\W_]+(?:['’.&/-]+[^\W_]+)*|[,;:()–—]|-(?=\s)")
_OFFICES = r"[Gg]overnment|[Mm]inistry|[Mm]inisters?|[Pp]resident|[Pp]remier|[Pp]arliament"
_MORE_OFFICES = r"[Cc]hancellor|[Kk]ing|[Ss]ecretary|[Cc]ongress|[Ss]enate|[Aa]dministration"
_AND_OFFICES = r"[Aa]mbassador|[Ee]mbassy|[Pp]eople|[Tt]axpayers|[Ll]awmakers|[Aa]uthorities"
_LAST_OFFICES = r"[Ee]nvoy|[Cc]ommission(?:er)?|[Cc]ouncil|[Tt]reasury|[Dd]epartment|[Cc]abinet"
_OFFICE = rf"(?:{_OFFICES}|{_MORE_OFFICES}|{_AND_OFFICES}|{_LAST_OFFICES}|Prime Minister)"
_NAMES = r"(?:\s[A-ZÀ-Þ][\w’'.-]+){0,3}"
_OF_FIELD = (
    r"(?:\s(?:of|for)\s(?:[A-Z]\w+|foreign|finance|defen[cs]e)(?:\s(?:and\s)?[A-Z]?\w+ffairs)?)?"
)
# "Norway's government", "the Danish prime minister Mette Frederiksen"
_ITS_OFFICE = re.compile(rf"(?:['’]s?)?\s(?:[\w-]+\s){{0,2}}?{_OFFICE}\b{_OF_FIELD}{_NAMES}")
_SHORT = re.compile(r"\s\([A-ZÀ-Þ][\w.:-]{1,11}\)")
_CROWDS = r"donors|countries|nations|states|governments|partners|allies|members|lenders|others"
_MORE_CROWDS = r"companies|firms|institutions|creditors|contributors|organi[sz]ations|agencies"
_CROWD = re.compile(rf"\b(?:{_CROWDS}|{_MORE_CROWDS})\b")
_RAISES = re.compile(r"rais|mobili[sz]|gather|collect|secur", re.IGNORECASE)
# one who was told of before, by what it is: "the bank", "its ministry", "it"
_STATE = r"country|government|kingdom|ministry|minister|president|premier|chancellor|nation|emirate"
_MORE_STATE = r"republic|administration|cabinet|king|emir|crown prince|department|finance minister"
_FIRM = r"company|firm|group|foundation|charity|organi[sz]ation|agency|network|church|family|couple"
_ITS = r"\b(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s(?:\w+\s)?"
_STATES = rf"(?P<state>(?:[Pp]rime\s|[Ff]oreign\s|[Ff]inance\s)?(?i:{_STATE}|{_MORE_STATE}))"
_MONEY = r"(?P<bank>(?i:bank|lender))|(?P<fund>(?i:fund|facility))"
_BODY = rf"(?P<union>(?i:bloc|commission|union))|(?P<firm>(?i:{_FIRM}))"
_PRONOUN = r"\b(?:(?P<it>[Ii]t|[Tt]hey|[Hh]e|[Ss]he)|(?P<its>[Ii]ts|[Hh]is|[Hh]er|[Tt]heir))\b"
_AGAIN = re.compile(rf"{_ITS}(?:{_STATES}|{_MONEY}|{_BODY})\b(?!['’]s|\sof\b)|{_PRONOUN}")
_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_NAME = re.compile(
    rf"{_CAPITAL}[\w’'&.-]*\w(?:\s(?:of\s|for\s|and\s|&\s)?{_CAPITAL}[\w’'&.-]*\w){{0,6}}"
)


class Bone(NamedTuple):
    """A stretch of a sentence that one letter stands for, and which party or sum it is."""

    start: int
    end: int
    letter: str
    which: int = -1
    what: str = ""  # of one told of before: what it is called


class Skeleton:
    """The bones of a sentence, and what the letters in them stand for."""

    def __init__(
        self,
        sentence: str,
        spots: Sequence[Spot],
        sums: Sequence[tuple[int, int]],
        acts: Sequence[Act],
    ) -> None:
        self.marks = _without_overlaps(_marks(sentence, spots, sums, acts))
        parts: list[str] = []
        self._places: list[int] = []  # of each mark in ``text``
        at = size = 0
        for mark in self.marks:
            words = _small_words(sentence, at, mark.start)
            parts += (words, mark.letter, " ")
            self._places.append(size + len(words))
            size += len(words) + len(mark.letter) + 1
            at = mark.end
        self.text = "".join([*parts, _small_words(sentence, at, len(sentence))])

    def between(self, low: int, high: int) -> list[Bone]:
        """The marks of a stretch of ``text``."""
        first = bisect_left(self._places, low)
        return self.marks[first : bisect_left(self._places, high)]

    def sums(self) -> Iterator[tuple[int, int]]:
        """Each sum: which one it is, and where its letter stands in ``text``."""
        for mark, place in zip(self.marks, self._places, strict=True):
            if mark.letter == SUM:
                yield mark.which, place


def _small_words(sentence: str, start: int, end: int) -> str:
    """The words of a stretch without marks, with a space behind each."""
    return " ".join([*_TOKEN.findall(sentence, start, end), ""]).lower()


def _marks(
    sentence: str,
    spots: Sequence[Spot],
    sums: Sequence[tuple[int, int]],
    acts: Sequence[Act],
) -> Iterator[Bone]:
    yield from (Bone(start, end, SUM, at) for at, (start, end) in enumerate(sums))
    for at, spot in enumerate(spots):
        if spot.party.form != "place":
            yield _party(sentence, spot, at)
    for act in acts:
        if _RAISES.match(act.text):
            continue  # who raises money does not give it
        letter = GETS if act.direction == "in" else GIVEN if act.passive else GIVES
        yield Bone(act.start, act.end, letter)
    for found in _AGAIN.finditer(sentence):
        what = next(group for group, words in found.groupdict().items() if words)
        yield Bone(*found.span(), AGAIN, what=what)
    for found in _CROWD.finditer(sentence):
        yield Bone(*found.span(), CROWD)
    for found in _NAME.finditer(sentence):
        if _may_be_a_name(found.group(), first=found.start() < 3):
            yield Bone(*found.span(), UNKNOWN)


def _party(sentence: str, spot: Spot, at: int) -> Bone:
    """A party with its office and its short form: "Norway's government", "(IFAD)"."""
    end = spot.end
    office = _ITS_OFFICE.match(sentence, end) if _is_whose(spot) else None
    if office:
        end = office.end()
    short = _SHORT.match(sentence, end)
    if short:
        end = short.end()
    if spot.party.may_be_subject:
        return Bone(spot.start, end, ABLE, at)
    return Bone(spot.start, end, WHOSE if _is_whose(spot) and not office else OBJECT, at)


def _is_whose(spot: Spot) -> bool:
    return spot.party.possessive or spot.party.adjectival


def _may_be_a_name(words: str, *, first: bool) -> bool:
    every = words.split()
    if re.search(_OFFICE, words) or not no_names().isdisjoint(word.lower() for word in every):
        return False
    return len(every) > 1 or (not first and len(words) > 2)


def _without_overlaps(found: Iterator[Bone]) -> list[Bone]:
    """The marks in order; of two that overlap the one that was found first."""
    kept: list[Bone] = []
    for mark in found:
        at = bisect_left(kept, mark)
        ahead = at == 0 or kept[at - 1].end <= mark.start
        if ahead and (at == len(kept) or mark.end <= kept[at].start):
            kept.insert(at, mark)
    return kept
