"""Numerals of other languages with their scale: "zwei Millionen", "un demi-milliard", "півтора".

English numbers in words are read by ``spelled``; elsewhere only what the press prints in words is
read, a numeral before a scale word of its own language. The words are in ``calc/data``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ..text import data_tables
from .connectors import JOINING_WORDS
from .lexicon import BREAK, HYPHEN, LETTER, SCALES, one_of
from .numerals import Number

_LONGEST = 5  # words before the scale: "en och en halv"
_HALF = Decimal("0.5")


class _Tables(NamedTuple):
    """Values of a numeral by language, languages of a scale word, and which need none or a one."""

    values: dict[str, dict[str, Decimal]]
    languages: dict[str, frozenset[str]]
    bare: frozenset[str]
    singular: frozenset[str]


def _tables() -> _Tables:
    values: dict[str, dict[str, Decimal]] = {}
    for row in data_tables.table("numerals"):
        for language in row["languages"].split("|"):
            values.setdefault(row["word"], {})[language] = Decimal(row["value"])
    languages: dict[str, frozenset[str]] = {}
    bare: set[str] = set()
    singular: set[str] = set()
    for row in data_tables.table("scale_languages"):
        for word in row["words"].split():
            languages[word] = languages.get(word, frozenset()) | {row["language"]}
        bare.update(row["bare"].split())
        singular.update(row["singular"].split())
    return _Tables(values, languages, frozenset(bare), frozenset(singular))


_VALUES, _LANGUAGES, _BARE, _SINGULAR = _tables()
# words between a numeral and a half or a unit: "två och en halv", "treinta y cinco"
_LINKS = frozenset("och og et y e".split())
# before a bare scale word: each one, not one of it
_EACH = frozenset("кожен каждый каждый każdy kiekvienas".split())
_ELIDED, _ELIDING = re.compile(r"(?:d|qu)'"), "fr"
_TAILS = ("et demi", "y medio", "e mezzo")
COUNTED_WORDS = frozenset(word.lower() for word in _LANGUAGES) | {"demi", "medio", "mezzo"}
COUNTED = re.compile(
    rf"(?<!{LETTER})({one_of(_LANGUAGES)})(?!{LETTER})({BREAK}(?:{'|'.join(_TAILS)}))?"
)
_BEFORE = re.compile(
    rf"(?<![\w'\u2019\u02bc])({LETTER}+(?:['\u2019\u02bc]{LETTER}+)*)(?:{BREAK}|{HYPHEN})\Z"
)


def counted(text: str, low: int, match: re.Match[str]) -> Number | None:
    """The number that ends with the scale word of a match of ``COUNTED``.

    >>> text = "eine halbe Million Euro"
    >>> number = counted(text, 0, COUNTED.search(text))
    >>> number.digits, str(number.value), str(number.scale)
    ('eine halbe', '0.5', '1000000')
    """
    word, tail = match.group(1), match.group(2)
    words, at, before = _numerals_before(text, low, match.start(), _LANGUAGES[word])
    if words and words[0].value is None:  # "und zwei Millionen": the link belongs to the sentence
        before, words = "", words[1:]
        at = words[0].start
        if _BEFORE.search(text, max(low, at - 32), at) and _ranged(text, low, at):
            return None
    elif before in JOINING_WORDS and _ranged(text, low, at):
        return None
    if text[max(0, at - 2) : at].strip().isdecimal():
        return None
    value = _composed([numeral.value for numeral in words])
    if value is None and not words and word in _BARE and before not in _EACH:
        value = Decimal(1)
    if value is None or (value >= 2 and word in _SINGULAR):
        return None
    digits = text[words[0].start : words[-1].end] if words else "1"
    if tail is not None:
        value += _HALF
    return Number(at, match.end(), digits, value, SCALES[word])


class _Numeral(NamedTuple):
    """The value of a word, ``None`` of a link, and where the word stands."""

    value: Decimal | None
    start: int
    end: int


def _numerals_before(
    text: str, low: int, at: int, languages: frozenset[str]
) -> tuple[list[_Numeral], int, str]:
    """The numerals of one language that end at ``at``, where they begin, and the word before."""
    words: list[_Numeral] = []
    while len(words) < _LONGEST:
        step = _BEFORE.search(text, max(low, at - 32), at)
        if step is None:
            break
        before = _folded(step.group(1))
        if (elided := _ELIDED.match(before)) is not None:  # "plus d'un milliard"
            begins = step.start(1) + elided.end()
            value = _VALUES.get(before[elided.end() :], {}).get(_ELIDING)
            if value is not None and _ELIDING in languages:
                words.insert(0, _Numeral(value, begins, step.end(1)))
                return words, begins, ""
        if before in _LINKS and words:
            words.insert(0, _Numeral(None, *step.span(1)))
        else:
            known = languages.intersection(_VALUES.get(before, ()))
            if not known:
                return words, at, before
            languages = known
            words.insert(0, _Numeral(_VALUES[before][min(known)], *step.span(1)))
        at = step.start()
    return words, at, ""


def _folded(word: str) -> str:
    return word.lower().replace("\u2019", "'").replace("\u02bc", "'")


def _ranged(text: str, low: int, at: int) -> bool:
    """Whether a numeral and a joining word end at ``at``: "zwei bis | drei Millionen"."""
    join = _BEFORE.search(text, max(low, at - 32), at)
    if join is None:
        return False
    first = _BEFORE.search(text, max(low, join.start() - 32), join.start())
    return first is not None and _folded(first.group(1)) in _VALUES


def _composed(values: list[Decimal | None]) -> Decimal | None:
    """The value of numerals in a row; None when they make no number.

    >>> _composed([Decimal(20), Decimal(5)]), _composed([Decimal(2), None, Decimal(1), _HALF])
    (Decimal('25'), Decimal('2.5'))
    """
    last = values[-1] if values else None
    if last is None:
        return None
    if last % 1:
        rest = values[:-1]
        if rest and rest[-1] == 1:
            rest = rest[:-1]  # its article
        if not rest:
            return last
        whole = _composed(rest[:-1]) if rest[-1] is None and last == _HALF else None
        return None if whole is None or whole % 1 else whole + last
    total = Decimal(0)
    floor = Decimal(1000)
    for value in values:
        if value is None:
            continue
        if value % 1 or value >= floor:
            return None
        total += value
        floor = Decimal(100 if value >= 100 else 10 if value >= 20 else 1)
    return total
