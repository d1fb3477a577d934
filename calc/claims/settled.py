"""Whom the other sums of a document are put down to, as facts for a second look at each sum.

A first look at all candidates names those that are clear. What it named for the sums before and
behind, and for all of the others, then speaks for and against the candidates of a sum: a page whose
other sums are all Norway's has rarely one more giver without saying so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from .spots import Fact

Named = frozenset[str]
_MANY = 3  # sums that are settled from which on they tell more
_NOBODY: Named = frozenset()


class SettledSums:
    """Who gives (or receives) each sum of a document, as far as a first look settled it."""

    def __init__(self, named: Sequence[Named]) -> None:
        self._named = named
        self._counts = Counter(one for one in named if one)
        self._before = _last_before(named)
        self._behind = _last_before(named[::-1])[::-1]

    def known(self, names: Iterable[str]) -> Named:
        """The candidate where one of the sums is put down to it; all others are alike: nobody.

        >>> SettledSums([frozenset(("Kenya",))]).known(("Mali",))
        frozenset()
        """
        named = frozenset(names)
        return named if named in self._counts else _NOBODY

    def facts(self, at: int, names: Named, *, here: bool) -> Iterator[Fact]:
        """What the other sums say of a candidate for the sum at a place in the order of the text.

        >>> kenya, mali = frozenset(("Kenya",)), frozenset(("Mali",))
        >>> list(SettledSums([kenya, frozenset(), mali]).facts(1, kenya, here=True))[:2]
        ['settled-for-some', 'settled-for-some&here']
        """
        for fact in self._of(at, names):
            yield fact
            yield f"{fact}&{'here' if here else 'not-here'}"

    def _of(self, at: int, names: Named) -> Iterator[Fact]:
        yield from self._of_all(self._named[at], names)
        beside = (("before", self._before[at], at - 1), ("behind", self._behind[at], at + 1))
        for side, named, place in beside:
            if named:
                whose = "" if names == named else "another-"
                yield f"{whose}settled-{side}"
                if self._next(place):
                    yield f"{whose}settled-next-{side}"
        if self._before[at] and self._before[at] == self._behind[at]:
            yield "settled-around" if names == self._before[at] else "another-settled-around"

    def _of_all(self, own: Named, names: Named) -> Iterator[Fact]:
        """Of how many of the other sums a candidate is the giver (or receiver)."""
        named = self._counts.total() - bool(own)
        different = len(self._counts) - (bool(own) and self._counts[own] == 1)
        count = self._counts[names] - (bool(own) and own == names)
        if different == 0:
            yield "none-settled"
        elif different == 1:
            whose = "all" if count else "another"
            yield f"settled-for-{whose}"
            if named >= _MANY:
                yield f"settled-for-{whose}-of-many"
        elif count:
            yield "settled-for-most" if count * 2 > named else "settled-for-some"
        else:
            yield "settled-for-others"

    def _next(self, at: int) -> Named | None:
        """Whose a sum beside another one is; None where there is no such sum."""
        return self._named[at] if 0 <= at < len(self._named) else None

    def nobody(self, at: int) -> Iterator[Fact]:
        """What the other sums say for naming nobody."""
        others = len(self._named) - 1
        named = self._counts.total() - bool(self._named[at])
        if others:
            yield "all-open" if not named else "some-open" if named < others else "none-open"
        if self._next(at - 1) == _NOBODY:
            yield "open-before"
        if self._next(at + 1) == _NOBODY:
            yield "open-behind"


def _last_before(named: Sequence[Named]) -> list[Named]:
    """For each place whom the last sum before it that is settled is put down to."""
    found, last = [], _NOBODY
    for one in named:
        found.append(last)
        last = one or last
    return found
