"""Where sentences and clauses begin and end, as spans of the text that was read.

Paragraphs come from ``calc.documents.paragraphs``, which joins hard-wrapped lines; a heading
without a full stop is a sentence of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

# Abbreviations after which a full stop does not end a sentence when a capital or digit follows.
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen col lt maj sgt capt adm sen rep gov st no nos vs etc approx ca cf inc "
    "ltd co corp jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun "
    "e.g i.e u.s u.k u.n e.u mrd mio mln bln mld mlrd proc tys bzw млн млрд тис дол руб "
    "app appr rd mind inkl ggf ok ca tyś śr dol долл тыс млрд мил прибл бл eq env ung omkr".split()
)
_LONGEST = max(map(len, _ABBREVIATIONS))
# Nobody writes a longer sentence: what goes on without a full stop is a list or an attack. It is
# cut at a mark between its items, so that the time to read it grows with its length alone.
LONGEST_SENTENCE = 1_500
_CUTS = ("; ", ", ", " ")
_END = re.compile(r"[.!?…][\"”’»')\]]*(?=\s+[\"“‘«(\[]?[A-Z0-9€$£À-ÞА-ЯІЇЄҐ]|\s*$)")
_WORD_BEFORE = re.compile(r"(?<![\w.])([\w.]+)$")


class Span(NamedTuple):
    """A stretch ``text[start:end]``."""

    start: int
    end: int


def _is_abbreviation(text: str, dot: int) -> bool:
    if text[dot] != ".":
        return False
    if dot > _LONGEST and text[dot - _LONGEST - 1 : dot].isalpha():
        return False  # most words at the end of a sentence
    word = _WORD_BEFORE.search(text[max(0, dot - 12) : dot])
    if word is None:
        return False
    last = word.group(1).lower()
    single = len(last) == 1 and last.isalpha() and text[dot - 1].isupper()
    # "the US." ends a sentence, "the U.S. Army" does not; a lone capital is an initial.
    return last in _ABBREVIATIONS or single


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    r"""Spans of the sentences of the paragraph ``text[start:end]``, without white space around.

    >>> text = "It gave 5 million on Nov. 4. Then\nnothing."
    >>> [text[s.start:s.end] for s in sentences(text)]
    ['It gave 5 million on Nov. 4.', 'Then\nnothing.']
    """
    stop_at = len(text) if end is None else end
    found = []
    begin = start
    for stop in _END.finditer(text, start, stop_at):
        if not _is_abbreviation(text, stop.start()):
            found.append((begin, stop.end()))
            begin = stop.end()
    found.append((begin, stop_at))
    trimmed = []
    for first, last in found:
        piece = text[first:last].lstrip()
        if piece:
            left = last - len(piece)
            trimmed += _cut_short(text, left, left + len(piece.rstrip()))
    return trimmed


def _cut_short(text: str, start: int, end: int) -> list[Span]:
    """The span, or the pieces of one that is too long to be a sentence.

    >>> [one.end - one.start for one in _cut_short("5 euros, " * 400, 0, 3599)]
    [1493, 1493, 611]
    """
    pieces = []
    while end - start > LONGEST_SENTENCE:
        limit = start + LONGEST_SENTENCE
        cuts = (text.rfind(mark, start + LONGEST_SENTENCE // 2, limit) for mark in _CUTS)
        cut = next((place for place in cuts if place > 0), limit - 1) + 1
        pieces.append(Span(start, cut))
        start = cut + len(text[cut:limit]) - len(text[cut:limit].lstrip())
    pieces.append(Span(start, end))
    return pieces


_MARK = r"[;:]\s|,\s(?=\w+ing\s)|\s[–—]\s|\s-\s|,?\s(?:but|while|whereas|although)\s"
_COMMA_WORD = r",\s(?:and|which|of\swhich|who|after|as|with|including|where)\s"
_AUXILIARY = r"has|have|had|will|would|also|is|are|was|were|plans"
_VERB = r"agreed|pledged|promised|committed|announced|said|gave|sent"
_CLAUSE = re.compile(rf"{_MARK}|{_COMMA_WORD}|\sand\s(?=(?:{_AUXILIARY}|{_VERB})\b)")


def clause_around(sentence: str, start: int, end: int) -> Span:
    """The clause of ``sentence`` that holds the figure at ``start:end`` (offsets in the sentence).

    >>> s = "It gave 5 million euros and pledged to add 0.25% of its GDP."
    >>> c = clause_around(s, s.index("5"), s.index("5") + 15)
    >>> s[c.start:c.end]
    'It gave 5 million euros'
    """
    low, high = 0, len(sentence)
    for cut, resumed, colon in _cuts(sentence):
        if resumed <= start:
            # what a colon introduces belongs to its label: "Support to date: 5 million"
            if colon and not sentence[resumed:start].strip():
                continue
            low = resumed
        elif cut >= end:
            high = cut
            break
    return Span(low, high)


@lru_cache(maxsize=8)  # the figures of one sentence ask one after the other
def _cuts(sentence: str) -> list[tuple[int, int, bool]]:
    """Where clauses end and the next begin, and whether a colon stands between them."""
    return [
        (cut.start(), cut.end(), cut.group().startswith(":")) for cut in _CLAUSE.finditer(sentence)
    ]
