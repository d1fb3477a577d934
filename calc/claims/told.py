"""What a sentence says of one of its amounts: a part, a whole that was told before, a recap.

A sentence may hold news and a recap: "It gave 1 million, a day after it had promised 5 million".
So words between two amounts belong to one of them only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .cues import cue

# A sum of money in words as printed; loose, for its place alone counts.
_SCALE = r"(?:\w*illion|thousand|bn|mn|mln)\b"
_MONEY = (
    r"(?:[A-Z][a-z]+ )?(?:euros?|dollars?|pounds?|kron\w+|crowns?|yen|francs?|zlot\w+|hryvn\w+)\b"
)
_AMOUNT = re.compile(
    r"(?:[A-Z]{0,3}[€$£¥₴]|\b[A-Z]{3}[ \u00a0])[ \u00a0]?\d[\d.,]*"
    rf"(?:[\s-]?(?:{_SCALE}|[mk]\b))?"
    rf"|\b(?:\d[\d.,]*|[a-z]+|[Hh]alf an?)[\s-]{_SCALE}(?:[\s-]{_MONEY})?"
    rf"|\b\d[\d.,]*[\s-]{_MONEY}"
)
# Where the words on the amount before end and those on the next one begin.
_TURN = re.compile(
    r"[,;:(]|\s(?=(?:and|while|but|after|of which|as part of|part of|of|out of|from|under|plus)\s)"
)


_THE = re.compile(r"\b[Tt]he \W?$")


class Told(NamedTuple):
    """How an amount stands in its sentence."""

    again: bool  # told before
    part: bool  # a part of something
    whole: bool  # the whole of which a smaller sum is told


_NOTHING = Told(False, False, False)


@lru_cache(maxsize=65536)
def told(sentence: str | None, text: str) -> Told:
    """What ``sentence`` says of its amount ``text``.

    >>> words = "It paid 3 million euros of the 18 million euros for Chad."
    >>> told(words, "3 million euros"), told(words, "18 million euros")
    (Told(again=False, part=True, whole=False), Told(again=True, part=False, whole=True))
    """
    if not sentence:
        return _NOTHING
    around = _around(sentence, text)
    before, after = around.before, around.behind
    named = cue("whole-of", around.since) if around.later else cue("whole-part", before)
    if named:
        return Told(True, False, True)
    own = f"{before} ~ {after}"
    part = bool(
        cue("part", own)
        or cue("part-behind", before)
        or cue("whole-of", around.until_next)
        or (around.later and cue("whole-part", around.first))  # "of the 2 billion, 500 million"
    )
    known = cue("definite", before) or (_THE.search(before) and cue("known", after))
    again = bool(cue("again", own) or cue("again-before", before) or cue("again-behind", after))
    return Told(again or bool(known), part, False)


class _Around(NamedTuple):
    before: str  # the words before an amount that are on it
    behind: str
    since: str  # all words since the amount before
    until_next: str
    first: str  # the words before the first amount of the sentence
    later: bool  # an amount stands before it


@lru_cache(maxsize=65536)
def _spans(sentence: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in _AMOUNT.finditer(sentence))


def _around(sentence: str, text: str) -> _Around:
    at = sentence.find(text) if text else -1
    if at < 0:
        return _Around(sentence, "", sentence, "", "", False)
    end = at + len(text)
    spans = _spans(sentence)
    last = max((b for a, b in spans if b <= at), default=0)
    following = min((a for a, b in spans if a >= end), default=None)
    since = before = sentence[last:at]
    first = sentence[: spans[0][0]] if spans else ""
    if last:
        turn = _TURN.search(since)
        before = since[turn.start() :] if turn else since
    if following is None:
        return _Around(before, sentence[end:], since, "", first, last > 0)
    until_next = sentence[end:following]
    turn = _TURN.search(until_next)
    behind = until_next[: turn.start()] if turn else ""
    return _Around(before, behind, since, until_next, first, last > 0)
