"""Lists as pages lay them out: a party and its sum a line, below a heading that says what they do.

"Donors:" and "Recipients:" above bullets, the name of a country above its sums, a table copied as
text. Of each line it is said whether its party gives or receives, and which party stands above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..parties import find_parties
from .context import Sentence
from .spots import kind_of, kinds_of

_BULLET = r"(?:[-–—•*·▪►]\s*|\(?\d{1,3}[.)]\s*)?"
# "2. Austria, 12 April 2023: €160 million", "Germany   $100 million"
_ITEM = re.compile(rf"\s*{_BULLET}(?:the\s)?", re.IGNORECASE)
_RECEIVERS = r"recipients?|receivers?|beneficiar\w+|who (?:gets|got|receives?)"
_GOES_TO = r"(?:go|goes|went|given|allocated|distributed) to|used (?:by|for)"
_DIVIDED = r"divided|split|shared (?:out|among)|among"
_WHO_RECEIVES = re.compile(
    rf"\b(?:{_RECEIVERS}|{_GOES_TO}|{_DIVIDED})\b|\b(?:to|for|into):?\s*$", re.IGNORECASE
)
_DONORS = r"donors?|contributors?|lenders?|givers?|who (?:gave|gives?|pays?|paid)"
_PLEDGES = r"contributions|pledges|pledged|promised|promises"
_WHO_GIVES = re.compile(rf"\b(?:{_DONORS}|{_PLEDGES})\b|\b(?:from|by):?\s*$", re.IGNORECASE)
_LONGEST_HEADING = 90
_LONGEST_ITEM = 160
_FEWEST = 2  # lines that make a list
_LETTER = re.compile(r"[^\W\d_]")
_GIVING = ("rich", "also-gives", "giving-body")
_POOR = ("poor", "receiving-body")


class Line(NamedTuple):
    """A line of a list: its first party, which side it is on, and the party above the list."""

    name: str | None
    side: str | None  # donor or recipient
    by_heading: bool  # the heading says so, not only what its parties are
    above: str | None

    def facts(self, facet: str, names: tuple[str, ...]) -> Iterator[str]:
        """What is true of a candidate for one side: whether it is the party of the line."""
        how = "by-heading" if self.by_heading else "by-kind"
        if self.side is not None and names == (self.name,):
            yield f"item-{how}" if self.side == facet else f"item-of-the-other-side-{how}"
        elif self.side == facet:
            yield f"another-item-{how}"
        if names == (self.above,):
            yield from ("heads-its-list", f"heads-its-list&{kinds_of(names)}")


NO_LINE = Line(None, None, False, None)


class Lists:
    """The lists of an article: for each line with a sum what its heading says."""

    def __init__(
        self, text: str, article: Sequence[Sentence], with_sums: set[int], giver: str | None
    ) -> None:
        self._text = text
        self._lines: dict[int, Line] = {}
        run: list[Sentence] = []
        for sentence in article:
            if not _LETTER.search(sentence.text):
                continue  # "2.", the number of a line
            if sentence.span.start not in with_sums or not _is_item(sentence):
                self._close(run, giver)
                run = []
            elif run and self._told_between(run[-1], sentence):
                self._close(run, giver)
                run = [sentence]
            else:
                run.append(sentence)
        self._close(run, giver)

    def of(self, sentence: Sentence) -> Line:
        """What is said of a line."""
        return self._lines.get(sentence.span.start, NO_LINE)

    def _told_between(self, one: Sentence, other: Sentence) -> bool:
        """Whether another line stands between two lines: a heading."""
        return bool(self._text[one.span.end : other.span.start].strip(" \n\t|-–•*.()0123456789"))

    def _above(self, start: int) -> list[str]:
        """The two lines above a list, the nearest first."""
        lines = self._text[max(0, start - 2 * _LONGEST_HEADING) : start].split("\n")
        return [line.strip() for line in reversed(lines) if _LETTER.search(line)][:2]

    def _close(self, run: Sequence[Sentence], giver: str | None) -> None:
        if not run:
            return
        above = [line for line in self._above(run[0].span.start) if len(line) < _LONGEST_HEADING]
        names = [_first_party(one) for one in run]
        told = [name for name in names if name is not None]
        by_heading, giver = _of_headings(above, giver)
        side = by_heading or (_by_kind(told, giver) if len(told) >= _FEWEST else None)
        alone = _alone(above[0]) if above and not told else None
        for sentence, name in zip(run, names, strict=True):
            own = side if name else None
            self._lines[sentence.span.start] = Line(name, own, by_heading is not None, alone)


def _of_headings(above: Sequence[str], giver: str | None) -> tuple[str | None, str | None]:
    """The side that the nearest heading names, and who gives as the headings have it."""
    named = [[one.name for one in find_parties(line)] for line in above]
    giver = next((name for found in named for name in found if kind_of(name) in _GIVING), giver)
    side = _said_by(above[0]) if above else None
    if side == "donor" and giver in named[0]:
        side = None  # "Norway's contributions:"
    return side, giver


def _alone(line: str) -> str | None:
    """The party of a line that holds nothing else: "Norway", "2. Norway:"."""
    found = find_parties(line)
    rest = line if len(found) != 1 else line[: found[0].start] + line[found[0].end :]
    return None if _LETTER.search(rest) else found[0].name


def _said_by(heading: str) -> str | None:
    """The side of which a heading speaks, where it is one alone."""
    receives, gives = _WHO_RECEIVES.search(heading), _WHO_GIVES.search(heading)
    if bool(receives) == bool(gives):
        return None
    return "recipient" if receives else "donor"


def _by_kind(names: Sequence[str], giver: str | None) -> str | None:
    """Whether the parties of a list give or receive, by what they are and who gives above them."""
    poor = sum(kind_of(name) in _POOR for name in names)
    if giver is not None and giver not in names and 2 * poor > len(names):
        return "recipient"
    rich = sum(kind_of(name) in ("rich", "giving-body") for name in names)
    return "donor" if 2 * rich > len(names) else None


def _is_item(sentence: Sentence) -> bool:
    """Whether a sentence is a line of a list: short, without a verb of giving or a full stop."""
    text = sentence.text.strip()
    if len(text) > _LONGEST_ITEM or text.endswith(":"):
        return False
    return not sentence.acts and not text.endswith((".", "!", "?"))


def _first_party(sentence: Sentence) -> str | None:
    """The party with which a line begins, behind its bullet or number."""
    start = _ITEM.match(sentence.text)
    begin = start.end() if start else 0
    first = next((one for one in sentence.everybody if one.form != "currency"), None)
    return first.name if first is not None and first.start <= begin + 2 else None
