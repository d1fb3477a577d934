"""The words beside an amount that make it a bound or an estimate: "over", "up to", "about"."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..text import data_tables
from .lexicon import HYPHEN, one_of

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


def _tables() -> tuple[dict[str, tuple[str, str]], dict[str, int], dict[str, tuple[str, str]]]:
    """Phrases before an amount; the most words of a phrase by its last one; phrases after."""
    before: dict[str, tuple[str, str]] = {}
    longest: dict[str, int] = {}
    after: dict[str, tuple[str, str]] = {}
    for row in data_tables.table("qualifiers"):
        phrase = row["phrase"]
        if row["where"] == "after":
            after[phrase] = (row["qualifier"], row["bound"])
        else:
            words = phrase.split(" ")
            before[phrase] = (row["qualifier"], row["bound"])
            longest[words[-1]] = max(longest.get(words[-1], 0), len(words))
    return before, longest, after


_BEFORE, _LONGEST, _AFTER = _tables()
_OPENING = '(["“‘«—–'
# "rooms from €40" is a bound, "raised prices from €40" is a change
_RAISED = r"rais|rose|ris|cut|lift|hik|increas|reduc|lower|slash|fell|fall|drop"
_WENT = r"went|go(?:es|ing)|up\b|down\b|chang|mov|climb|jump|doubl|trim|bump"
_MOVED = re.compile(rf"(?i:\b(?:{_RAISED}|{_WENT}))")
# what may follow the only amount of a text such as "From €25 a night"
_PRICE_ENDS = re.compile(r"[ \u00a0]?(?:/|per|a|an|each|pp)?[ \u00a0]?\w{0,10}[.!]?\s*\Z")
_SPACES = str.maketrans("\n\r\t\u00a0\u202f\u2009", "      ")
_AFTER_PATTERN = re.compile(
    rf"(?:(?:\+|\s\+(?!\s?\w))(?!\d)"  # "$50+", but "$50 + tax"
    rf"|(?:\s|{HYPHEN})({one_of(p for p in _AFTER if p != '+')})(?![\w]))"
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
    line = cut.lower()
    if len(line) != len(cut):
        return None  # a letter whose lower case is two: no word of ours
    if not line.isprintable() or not line.isascii():  # translate is slow, and seldom needed
        line = line.translate(_SPACES)
    end = start - (len(window) - len(cut))
    last = line[line.rfind(" ") + 1 :].lstrip(_OPENING)
    if last[-1:] in _SIGNS:
        if last[-1] == ">" and "<" in line:
            return None  # the end of a mark-up tag
        word, bound = _SIGNS[last[-1]]
        return Qualifier(word, bound, end - 1, end)
    found: Qualifier | None = None
    at = len(line)
    for _ in range(_LONGEST.get(last, 0)):
        at = line.rfind(" ", 0, at)
        if at < 0 and start > _WINDOW:
            break  # the window cuts a word
        phrase = line[at + 1 :].lstrip(_OPENING)
        meaning = _BEFORE.get(phrase)
        if meaning is not None:
            found = Qualifier(*meaning, end - len(phrase), end)
        if at < 0:
            break
    if found is None or found.bound == "none":
        return None
    if line.endswith(" from") and _MOVED.search(text, max(0, start - 90), found.start):
        return None
    return found


def alone(text: str, start: int, end: int) -> Qualifier | None:
    """The "from" of a text that is one price and nothing else.

    >>> alone("From €25 per night", 5, 8).word
    'at least'
    """
    before_it = text[:start].rstrip()
    if before_it.lower() != "from" or _PRICE_ENDS.match(text, end) is None:
        return None
    return Qualifier("at least", "low", len(before_it) - 4, len(before_it))


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
