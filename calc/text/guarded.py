"""The words that a pattern cannot do without, derived from the pattern itself.

Most patterns of this project fit almost nowhere, and a regular expression walks through a text to
find that out. So each pattern is asked once which words (or parts of words) every fit of it holds,
and a text is asked once which of all these words it has: a number with a bit for each. Where a
needed word is missing the pattern is not tried. Nothing is kept by hand: who changes a pattern
changes what it needs.

A text is cut into words of the letters a to z, in lower case. A needed part says where a word
begins (``<``) and ends (``>``): ``<provid`` begins a word, ``<gave>`` is one, ``illion`` stands
in one.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache, reduce
from importlib import import_module
from operator import or_
from typing import Any, Generic, TypeVar

from .lazy import cached_property
from .words import words_of

sre: Any
sre_parser: Any
try:  # private parts of re: where a Python has them elsewhere, every pattern is tried
    sre, sre_parser = import_module("re._constants"), import_module("re._parser")
except ImportError:  # pragma: no cover
    sre = sre_parser = None

_EDGE = "|"  # in the strings that a part of a pattern can be: no letter stands here
_MOST = 400  # strings that a part of a pattern may be; where it may be more they are not followed
_MOST_CLAUSES = 3
_REMEMBERED = 60_000  # words
_BEGIN = 3  # characters by which the parts of a word are looked up

# Poor clues: with one of these a pattern is tried nearly always.
_EVERYWHERE = frozenset("the a an of to in and for is are was has have with on by at as it".split())

_NO_LETTERS = () if sre is None else (sre.CATEGORY_SPACE, sre.CATEGORY_DIGIT)

Clause = frozenset[str]  # of these parts one is in every fit


def _strings_and_clauses(parsed: Sequence[Any]) -> tuple[set[str] | None, list[Clause]]:
    """The strings that a sequence can be (``None``: too many to tell), and what it needs."""
    clauses: list[Clause] = []
    current = {""}
    whole = True
    for op, value in parsed:
        strings, inner = _node(op, value)
        clauses += inner
        if strings is not None and len(strings) * len(current) <= _MOST:
            current = {one + other for one in current for other in strings}
            continue
        whole = False
        clauses += _clauses_of(current)
        current = {""}
        if strings is not None:
            current = strings
            if len(strings) > _MOST:
                clauses += _clauses_of(strings)
                current = {""}
    if whole:
        return current, clauses
    return None, clauses + _clauses_of(current)


def _node(op: Any, value: Any) -> tuple[set[str] | None, list[Clause]]:
    if op is sre.LITERAL:
        return {_letter(value)}, []
    if op is sre.IN:
        return _of_set(value), []
    if op is sre.AT:
        return ({""} if value is sre.AT_NON_BOUNDARY else {_EDGE}), []
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return {""}, []
    if op is sre.SUBPATTERN:
        return _strings_and_clauses(value[3])
    if op is sre.ATOMIC_GROUP:
        return _strings_and_clauses(value)
    if op is sre.BRANCH:
        return _branches([_strings_and_clauses(branch) for branch in value[1]])
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _repeated(*value)
    return None, []


def _repeated(least: int, most: int, item: Sequence[Any]) -> tuple[set[str] | None, list[Clause]]:
    strings, clauses = _strings_and_clauses(item)
    if least == 0:
        if strings is not None and (most == 1 or strings == {_EDGE}):
            return strings | {""}, []
        return None, []
    if strings is None or least == most == 1 or strings == {_EDGE}:
        return strings, clauses
    return None, clauses + _clauses_of(strings)


def _branches(
    branches: list[tuple[set[str] | None, list[Clause]]],
) -> tuple[set[str] | None, list[Clause]]:
    every: set[str] = set()
    for strings, clauses in branches:
        if strings is None or clauses:
            break
        every |= strings
    else:
        if len(every) <= _MOST:
            return every, []
    parts: set[str] = set()
    for strings, clauses in branches:
        own: list[Clause] = [*clauses, *(_clauses_of(strings) if strings is not None else [])]
        if not own:
            return None, []
        parts |= _rarest(own)
    return None, [frozenset(parts)]


def _rarest(clauses: list[Clause]) -> Clause:
    return min(clauses, key=_cost)


def _letter(code: int) -> str:
    letter = chr(code).lower()
    return letter if letter in string.ascii_lowercase else _EDGE


def _ascii(first: int, last: int) -> range:
    return range(first, min(last, 127) + 1)


def _of_set(items: Sequence[Any]) -> set[str] | None:
    r"""The letters of a set such as ``[sz]`` or ``[\s-]``; ``None`` where it holds many."""
    letters: set[str] = set()
    for op, value in items:
        if op is sre.LITERAL:
            letters.add(_letter(value))
        elif (op is sre.CATEGORY and value in _NO_LETTERS) or (
            op is sre.RANGE
            and "".join({_letter(code) for code in _ascii(*value)} or _EDGE) == _EDGE
        ):
            letters.add(_EDGE)
        else:
            return None
    return letters if len(letters) <= 4 else None


def _clauses_of(strings: set[str]) -> list[Clause]:
    """That one of ``strings`` is there, said by the best part of each."""
    parts = set()
    for one in strings:
        own = _parts(one)
        if not own:
            return []
        parts.add(min(own, key=_part_cost))
    # of two parts the shorter one is enough where the longer one holds it
    return [frozenset(p for p in parts if not any(o != p and o in p for o in parts))]


def _parts(text: str) -> list[str]:
    pieces = text.split(_EDGE)
    found = []
    for at, piece in enumerate(pieces):
        if piece:
            found.append(("<" if at else "") + piece + (">" if at < len(pieces) - 1 else ""))
    return [part for part in found if len(part) > 1]


def _part_cost(part: str) -> float:
    bare = part.strip("<>")
    if bare in _EVERYWHERE:
        return 50.0
    return 30.0 / len(part) ** 2


def _cost(clause: Clause) -> float:
    return sum(map(_part_cost, clause))


@cache  # once for each pattern of the code and its tables
def needed(pattern: str, flags: int = 0) -> tuple[Clause, ...]:
    r"""What every fit of ``pattern`` holds: one part of each set, the rarest sets first.

    >>> [sorted(one) for one in needed(r"\b(?:loans?|grants?)\swith\s(?:the\s)?$")]
    [['<grant>', '<grants>', '<loan>', '<loans>']]
    >>> needed(r"\d+ ?%")
    ()
    """
    if sre_parser is None:
        return ()
    parsed = sre_parser.parse(pattern, flags)
    strings, clauses = _strings_and_clauses(list(parsed))
    if strings is not None:
        clauses += _clauses_of(strings)
    kept = sorted({one for one in clauses if one}, key=lambda one: (_cost(one), sorted(one)))
    return tuple(kept[:_MOST_CLAUSES])


class _Met(dict[str, int]):
    """Word -> the bits that it meets, found for each word once."""

    def __init__(self, meet: Callable[[str], int]) -> None:
        super().__init__()
        self._meet = meet

    def __missing__(self, word: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        bits = self[word] = self._meet(word)
        return bits


class _Bits:
    """A bit for each set of parts that a pattern needs, and which of them a word meets."""

    def __init__(self) -> None:
        self.every = 0
        self._bit_of: dict[Clause, int] = {}
        self._by_begin: dict[str, dict[str, int]] = {}  # first characters -> part -> bits
        self._short: dict[str, int] = {}  # parts of two characters
        self._met = _Met(self._meet)

    def of(self, clauses: Sequence[Clause]) -> int:
        """The bits of ``clauses``, new ones for those that are new."""
        return reduce(or_, (self._bit_of.get(one) or self._add(one) for one in clauses), 0)

    def _add(self, clause: Clause) -> int:
        bit = self._bit_of[clause] = 1 << len(self._bit_of)
        self.every |= bit
        for part in clause:
            short = len(part) < _BEGIN
            known = self._short if short else self._by_begin.setdefault(part[:_BEGIN], {})
            known[part] = known.get(part, 0) | bit
        self._met.clear()
        lacks.cache_clear()  # a text asked before would seem to have the new parts
        return bit

    def met(self, words: Iterable[str]) -> int:
        """The bits that one of ``words`` meets."""
        return reduce(or_, map(self._met.__getitem__, words), 0)

    def _meet(self, word: str) -> int:
        shown = f"<{word}>"
        bits = 0
        begins, known = shown.startswith, self._by_begin
        for part, own in self._short.items():
            if part in shown:
                bits |= own
        for at in range(len(shown) - _BEGIN + 1):
            parts = known.get(shown[at : at + _BEGIN])
            if parts is not None:
                for part, own in parts.items():
                    if begins(part, at):
                        bits |= own
        return bits


_BITS = _Bits()


@lru_cache(maxsize=256)  # the patterns ask one after the other about the same few texts
def lacks(text: str) -> int:
    """The bits of all sets of parts, known by now, of which ``text`` has no word."""
    lower = text.lower()
    if lower != text:
        return lacks(lower)  # which is asked as well
    return _BITS.every & ~_BITS.met(words_of(text))


Sifted = TypeVar("Sifted")


class Sieve(Generic[Sifted]):
    """Many things, each behind the parts that it needs: those that a text may meet, in order.

    Texts that lack the same of them are given one answer.

    >>> need = Guarded(r"loans?").needs
    >>> sieve = Sieve([(need, "loan"), (0, "any")])
    >>> sieve.of_text("a loan of 5"), sieve.of_text("a gift of 5")
    (('loan', 'any'), ('any',))
    """

    def __init__(self, things: Iterable[tuple[int, Sifted]]) -> None:
        self._things = tuple(things)
        self._every = reduce(or_, (needs for needs, _ in self._things), 0)
        self._known: dict[int, tuple[Sifted, ...]] = {}

    def of_text(self, text: str) -> tuple[Sifted, ...]:
        """The things that need nothing that ``text`` lacks."""
        own = lacks(text) & self._every
        found = self._known.get(own)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            found = tuple([thing for needs, thing in self._things if not own & needs])
            self._known[own] = found
        return found


class Guarded:
    r"""A pattern that is tried only in texts that have the words it needs.

    For short texts that are asked many things: a sentence, the words around a party.

    >>> paid = Guarded(r"\bpaid (?:by|to)\b")
    >>> paid.search("It was paid by all").start(), paid.search("He pays to all")
    (7, None)
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self._flags = pattern, flags
        self.needs = _BITS.of(needed(pattern, flags))

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself, made for the first text that has its words: most are never met."""
        return re.compile(self.pattern, self._flags)

    def search(self, text: str, *where: int) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return None if lacks(text) & self.needs else self.compiled.search(text, *where)

    def match(self, text: str, *where: int) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return None if lacks(text) & self.needs else self.compiled.match(text, *where)

    def fullmatch(self, text: str, *where: int) -> re.Match[str] | None:
        """As of a compiled pattern."""
        return None if lacks(text) & self.needs else self.compiled.fullmatch(text, *where)
