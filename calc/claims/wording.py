"""The wording of a sentence, for telling copies, lines of tables and kinds of aid apart."""

from __future__ import annotations

import re
import sys
from functools import lru_cache

from ..text.months import ENGLISH as MONTHS
from .dates import WEEKDAYS

_DATES = frozenset((*MONTHS, *WEEKDAYS))
_WORD = re.compile(r"[^\W\d_]{4,}")
_PROSE = re.compile(
    r"\b(?:a|an|the|to|in|on|of|by|from|for|with|it|its|that|which"
    r"|has|have|had|is|are|was|were|be|been|will|would)\b"
)
# "Norway gives Kenya 5 million." has none of these words, and no sign of a list either.
_SENTENCE = re.compile(r"\w[^;|→•\n]*[.!?][\"”’']?")


@lru_cache(maxsize=65536)
def tokens(sentence: str | None) -> frozenset[str]:
    """The longer words of a sentence, in small letters.

    >>> sorted(tokens("It sends drones and tanks."))
    ['drone', 'send', 'tank']
    """
    words = _WORD.findall((sentence or "").lower())
    return frozenset([sys.intern(word.removesuffix("s")) for word in words])


@lru_cache(maxsize=65536)
def is_prose(sentence: str | None) -> bool:
    """Whether the words are a sentence, and not a line of a table or a bulletin.

    >>> is_prose("Norway gives 5 million kroner to Ukraine"), is_prose("Norway: NOK 5m, demining")
    (True, False)
    >>> is_prose("Norway gives Kenya 5 million.")
    True
    """
    text = sentence or ""
    return _PROSE.search(text) is not None or _SENTENCE.fullmatch(text) is not None


@lru_cache(maxsize=65536)
def shingles(sentence: str | None) -> frozenset[tuple[str, ...]]:
    """The word triples of a sentence; none when it is too short to tell a copy.

    >>> len(shingles("Five words are not enough")), len(shingles("one two three four five six"))
    (0, 4)
    """
    words = re.findall(r"\w+", (sentence or "").lower())
    if len(words) < 6:
        return frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def is_heading(sentence: str | None) -> bool:
    """Whether a line has no end of a sentence: a heading, an item, a cell.

    >>> is_heading("France adds 2 billion euros"), is_heading('"We give 2 billion euros."')
    (True, False)
    """
    return (sentence or "").rstrip(" \n\"”’')»")[-1:] not in (".", "!", "?", "…")


_CAPITAL = re.compile(r"(?<![\w.])[A-ZÀ-Þ][^\W\d_]{3,}")
# Where a capital letter says nothing: at the start of a sentence, of a quotation.
_STARTS = re.compile(r"(?:^|[.!?:]\s|[\"“„])\W*$")


@lru_cache(maxsize=65536)
def capitals(sentence: str | None) -> frozenset[str]:
    """The words that a sentence writes with a capital letter within it, months and days aside.

    In a line of a list or a table every word counts. Parties are among them: how rare a word is
    with its donor tells whether it is a name that is worth something.

    >>> sorted(capitals("Norway pays 5 million under Nansen in May, and Granite Furrow."))
    ['Furrow', 'Granite', 'Nansen']
    """
    text = sentence or ""
    prose = is_prose(text)
    found = []
    for match in _CAPITAL.finditer(text):
        before = text[max(match.start() - 4, 0) : match.start()]
        if prose and (match.start() == 0 or _STARTS.search(before)):
            continue
        if match.group().lower() not in _DATES:
            found.append(sys.intern(match.group()))
    return frozenset(found)


def item_of(sentence: str | None, amount: str) -> str | None:
    """The words on an amount: of a list in one sentence its own item.

    >>> item_of("Pledges: Norway, 5 million euros; Spain, 6 million euros", "6 million euros")
    ' Spain, 6 million euros'
    """
    place = sentence.find(amount) if sentence is not None else -1
    if sentence is None or place < 0:
        return sentence
    begin, end = sentence.rfind(";", 0, place) + 1, sentence.find(";", place)
    return sentence[begin : end if end >= 0 else None]
