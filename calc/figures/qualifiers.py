"""The words beside an amount that make it a bound or an estimate: "over", "up to", "about"."""

from __future__ import annotations

import re
from typing import NamedTuple

from rates.tsv import rows

from .lexicon import DATA, HYPHEN, one_of

# "approximately an additional": two qualifiers may stand in a row, more do not occur.
_IN_A_ROW = 3
_WINDOW = 36
# signs that mathematicians and tables put before an amount
_SIGNS = {
    "~": ("about", "point"),
    "≈": ("about", "point"),
    ">": ("over", "low"),
    "≥": ("at least", "low"),
    "<": ("less than", "high"),
    "≤": ("up to", "high"),
}


class Qualifier(NamedTuple):
    """A normalised word with its bound (low, high, point) and its span."""

    word: str
    bound: str
    start: int
    end: int


def _tables() -> tuple[dict[str, list[tuple[str, str, str]]], dict[str, tuple[str, str]]]:
    before: dict[str, list[tuple[str, str, str]]] = {}
    after: dict[str, tuple[str, str]] = {}
    for row in rows(DATA / "qualifiers.tsv"):
        phrase = row["phrase"]
        if row["where"] == "after":
            after[phrase] = (row["qualifier"], row["bound"])
        else:
            before.setdefault(phrase.split(" ")[-1], []).append(
                (phrase, row["qualifier"], row["bound"])
            )
    for phrases in before.values():
        phrases.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    return before, after


_BEFORE, _AFTER = _tables()
_AFTER_PATTERN = re.compile(
    rf"(?:\s?\+(?!\d)|(?:\s|{HYPHEN})({one_of(p for p in _AFTER if p != '+')})(?![\w]))"
)


def before(text: str, start: int) -> Qualifier | None:
    """The qualifier that ends right before ``start``; a bound wins over a mere estimate.

    >>> before("worth over ", 11)
    Qualifier(word='over', bound='low', start=6, end=10)
    """
    found: Qualifier | None = None
    for _ in range(_IN_A_ROW):
        step = _one(text, start)
        if step is None:
            break
        if (
            found is None
            or found.word == "additional"
            or (found.bound == "point" and step.bound != "point")
        ):
            found = step
        start = step.start
    return found


def _one(text: str, start: int) -> Qualifier | None:
    window = text[max(0, start - _WINDOW) : start]
    cut = window.rstrip(" \t\u00a0\u202f\u2009\r\n")
    if not cut or "\n\n" in window[len(cut) :]:
        return None
    line = " ".join(cut.lower().split()) if "\n" in cut or "\u00a0" in cut else cut.lower()
    last = line[line.rfind(" ") + 1 :].lstrip("([\"'“‘«—–-")
    if last[-1:] == ">" and "<" in line:
        return None  # the end of a mark-up tag
    if last[-1:] in _SIGNS:
        word, bound = _SIGNS[last[-1]]
        end = start - (len(window) - len(cut))
        return Qualifier(word, bound, end - 1, end)
    phrases = _BEFORE.get(last)
    if not phrases:
        return None
    for phrase, word, bound in phrases:
        if line.endswith(phrase):
            head = len(line) - len(phrase)
            if head == 0 or not (line[head - 1].isalnum() or line[head - 1] in "-'’"):
                end = start - (len(window) - len(cut))
                return None if bound == "none" else Qualifier(word, bound, end - len(phrase), end)
    return None


def after(text: str, end: int) -> Qualifier | None:
    """The qualifier that follows right after ``end``: "or more", "-plus", "+".

    >>> after("$5bn or more", 4).word
    'at least'
    """
    match = _AFTER_PATTERN.match(text, end)
    if match is None:
        return None
    phrase = match.group(1) or "+"
    word, bound = _AFTER[phrase]
    return Qualifier(word, bound, match.end() - len(phrase), match.end())
