"""Signs: named pieces of evidence for one facet of a figure, each with its place and its points.

A facet (``role``, ``donor``, ``recipient``, ``status``, ``currency``, ``said``) is read from its
signs, and the claim keeps them, so that ``explain`` can print why. The column ``signs`` of a claim
holds one sign after another, joined by ``|``: facet, name, points, place in the sentence, value.
A sign that stands in no words of the sentence (the document's own giver, a list above) has the
place ``-``.

One rule decides everywhere: the value with the most points. A veto is a sign that takes a value's
points away (``receives-more``: a party at both ends of a gift does not give it), and a later step
that changes a value adds its sign of one point and sets aside whoever had as many (``settled``).
So the signs of a claim always add up to what the claim says; of parties that give together, which
have the same points, ``choose`` names the first.

>>> signs = [Sign("donor", "subject", "Norway", 5, 0, 6), Sign("donor", "document", "Spain", 1)]
>>> written(signs)
'donor subject 5 0-6 Norway|donor document 1 - Spain'
>>> signs_in(written(signs)) == tuple(signs)
True
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

_new = tuple.__new__  # by way of its name a record costs twice as much, and there are many
FACETS = ("role", "donor", "recipient", "status", "currency", "said")
# Facets whose strongest sign decides: two weak words for a total are no strong one.
BY_STRONGEST = ("role", "status", "currency")


class Sign(NamedTuple):
    """One named piece of evidence: what it speaks for, how strongly, and where it stands.

    ``start`` and ``end`` count from the start of the figure's sentence; both are -1 for a sign
    that stands elsewhere in the document.
    """

    facet: str
    name: str
    value: str
    points: int
    start: int = -1
    end: int = -1

    def words(self, sentence: str) -> str | None:
        """The words of the sentence that it stands on."""
        return sentence[self.start : self.end] if self.start >= 0 else None


class Chosen(NamedTuple):
    """What the signs of one facet come to: a value, the next best one, and how far it is behind."""

    value: str | None
    points: int
    runner_up: str | None = None
    behind: int = 0

    @property
    def margin(self) -> int:
        """Points between the value and the runner-up; all of its points without one."""
        return self.points - self.behind


def written(signs: Iterable[Sign]) -> str | None:
    """Signs as one cell of a table; None where there are none."""
    return "|".join(map(cell_of, signs)) or None


def cell_of(sign: Sign) -> str:
    """One sign as it stands in a cell."""
    facet, name, value, points, start, end = sign
    if start < 0:
        return f"{facet} {name} {points} - {value}"
    return f"{facet} {name} {points} {start}-{end} {value}"


def added(cell: str | None, signs: Iterable[Sign]) -> str | None:
    """A cell with signs more."""
    cells = [cell] if cell else []
    cells += map(cell_of, signs)
    return "|".join(cells) or None


@lru_cache(maxsize=1 << 13)  # what is weighed of a claim, its role, its parties, asks for its signs
def signs_in(cell: str | None) -> tuple[Sign, ...]:
    """The signs of a cell, in their order."""
    return tuple(map(_sign, cell.split("|"))) if cell else ()


def _sign(words: str) -> Sign:
    facet, name, points, place, value = words.split(" ", 4)
    start, _, end = place.partition("-")
    return _new(Sign, (facet, name, value, int(points), int(start or -1), int(end or -1)))


def only(cell: str | None, facet: str) -> str | None:
    """The signs of one facet in a cell.

    >>> only("role verb 8 0-4 pledge|currency code 9 5-12 EUR", "currency")
    'currency code 9 5-12 EUR'
    """
    kept = [one for one in (cell or "").split("|") if one.startswith(f"{facet} ")]
    return "|".join(kept) or None


def weighed(signs: Sequence[Sign], facet: str) -> dict[str, int]:
    """The points of each value of a facet, in the order in which values first stand.

    >>> weighed([Sign("donor", "subject", "Norway", 5), Sign("donor", "by", "Norway", 6)], "donor")
    {'Norway': 11}
    """
    points: dict[str, int] = {}
    for sign in signs:
        if sign.facet == facet:
            points[sign.value] = points.get(sign.value, 0) + sign.points
    return points


def settled(signs: Sequence[Sign], facet: str, values: str | None, name: str) -> tuple[Sign, ...]:
    """The signs that make ``values`` (joined by ``|``) the choice, found by the step ``name``.

    >>> settled([Sign("donor", "subject", "Spain", 5)], "donor", "Norway", "respectively")[1]
    Sign(facet='donor', name='set-aside', value='Spain', points=-5, start=-1, end=-1)
    """
    chosen = values.split("|") if values else []
    points = weighed(signs, facet)
    least = min((points.get(one, 0) + 1 for one in chosen), default=1)
    return (
        *(Sign(facet, name, one, 1) for one in chosen),
        *(
            Sign(facet, "set-aside", other, -score)
            for other, score in points.items()
            if other not in chosen and score >= least
        ),
    )


def changed(
    signs: Sequence[Sign],
    before: tuple[str | None, str | None],
    after: tuple[str | None, str | None],
    name: str,
) -> list[Sign]:
    """The signs with which the step ``name`` changes donor and recipient."""
    added: list[Sign] = []
    for facet, was, now in zip(("donor", "recipient"), before, after, strict=True):
        if was != now:
            added += settled(signs, facet, now, name)
    return added


def choose(signs: Sequence[Sign], facet: str) -> Chosen:
    """The value of a facet with the most points, and the one behind it; none without points.

    >>> choose([Sign("donor", "subject", "Norway", 5), Sign("donor", "near", "Spain", 2)], "donor")
    Chosen(value='Norway', points=5, runner_up='Spain', behind=2)
    """
    found = weighed(signs, facet).items()
    ranked = sorted((item for item in found if item[1] > 0), key=lambda item: -item[1])
    if not ranked:
        return Chosen(None, 0)
    (value, points), *others = ranked
    runner_up, behind = others[0] if others else (None, 0)
    return Chosen(value, points, runner_up, behind)


def top(signs: Sequence[Sign]) -> Sign:
    """The strongest of signs that are all of one facet; of equals the one that stands first."""
    return max(signs, key=attrgetter("points"))


def strongest(signs: Sequence[Sign], facet: str) -> Chosen:
    """The value of the strongest sign of a facet, and that of the strongest one for another value.

    Of signs with equal points the first one counts. A sign of 0 points speaks for nothing: it
    tells why a stronger one was set aside.

    >>> found = [Sign("role", "verb", "pledge", 8), Sign("role", "to-date", "total", 40)]
    >>> strongest([*found, Sign("role", "noun", "pledge", 4)], "role")
    Chosen(value='total', points=40, runner_up='pledge', behind=8)
    """
    ranked = sorted(
        (one for one in signs if one.facet == facet and one.points > 0), key=lambda one: -one.points
    )
    if not ranked:
        return Chosen(None, 0)
    first = ranked[0]
    other = next((one for one in ranked if one.value != first.value), None)
    if other is None:
        return Chosen(first.value, first.points)
    return Chosen(first.value, first.points, other.value, other.points)


def decided(signs: Sequence[Sign], facet: str) -> Chosen:
    """What the signs of a facet come to, in the way in which that facet is decided."""
    return (strongest if facet in BY_STRONGEST else choose)(signs, facet)
