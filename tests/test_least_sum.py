"""The ends are the true extremes: compared with every consistent choice, tried one by one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product
from random import Random
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.links.bits import piece
from calc.links.relations import (
    CONVERSION,
    EARLIER,
    INSIDE,
    INSTALMENT,
    ONE_MONEY,
    PART,
    REVISION,
    SAME,
    STAGE,
    Relation,
    best_of_each,
)
from calc.sums.ends import shares
from calc.sums.least import EXACT, ROUNDED, Tie, least

kinds = st.sampled_from(["same", "inside", "version"])


@st.composite
def instances(draw: st.DrawFn) -> tuple[list[float], list[Tie]]:
    """A few pledges with relations among some of them."""
    amounts = draw(st.lists(st.integers(1, 30).map(float), min_size=1, max_size=5))
    pairs = [(a, b) for a in range(len(amounts)) for b in range(len(amounts)) if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=9, unique=True)) if pairs else []
    ties: dict[tuple[int, int], Tie] = {}
    for a, b in chosen:
        if (b, a) not in ties:
            ties[a, b] = Tie(draw(kinds), a, b)
    return amounts, list(ties.values())


def groupings(items: list[int]) -> Iterator[list[list[int]]]:
    """All partitions."""
    if not items:
        yield []
        return
    first, rest = items[0], items[1:]
    for found in groupings(rest):
        yield [[first], *found]
        for place in range(len(found)):
            yield [*found[:place], [first, *found[place]], *found[place + 1 :]]


def every_sum(amounts: list[float], ties: list[Tie]) -> Iterator[float]:
    """The sums of all consistent choices, by the words at the top of ``least`` alone."""
    same = {frozenset((tie.inner, tie.outer)) for tie in ties if tie.kind == "same"}
    for classes in groupings(list(range(len(amounts)))):
        if any(frozenset((a, b)) not in same for one in classes for a in one for b in one if a < b):
            continue
        numbers = range(len(classes))
        for above in product([None, *numbers], repeat=len(classes)):
            if _consistent(amounts, ties, classes, list(above)):
                yield math.fsum(
                    min(amounts[place] for place in one)
                    for one, holder in zip(classes, above, strict=True)
                    if holder is None
                )


def _consistent(
    amounts: list[float], ties: list[Tie], classes: list[list[int]], above: list[int | None]
) -> bool:
    taken = [0.0] * len(classes)
    for number, holder in enumerate(above):
        if holder is None:
            continue
        between = {
            tie.kind
            for tie in ties
            if tie.kind != "same" and tie.inner in classes[number] and tie.outer in classes[holder]
        }
        if holder == number or not between:
            return False
        if "version" not in between:
            taken[holder] += min(amounts[place] for place in classes[number])
        step: int | None = holder
        for _ in classes:
            step = above[step] if step is not None else None
        if step is not None:
            return False
    room = [max(amounts[place] for place in one) * (1 + ROUNDED) for one in classes]
    return all(used <= most + 1e-9 for used, most in zip(taken, room, strict=True))


@settings(max_examples=200, deadline=None)
@given(instances())
def test_no_consistent_choice_comes_to_less_or_the_least_to_more(
    instance: tuple[list[float], list[Tie]],
) -> None:
    amounts, ties = instance
    assert math.fsum(least(amounts, ties)) == pytest.approx(min(every_sum(amounts, ties)))


@settings(max_examples=100, deadline=None)
@given(instances(), st.randoms(use_true_random=False))
def test_the_order_of_pledges_and_relations_does_not_matter(
    instance: tuple[list[float], list[Tie]], rng: Random
) -> None:
    amounts, ties = instance
    places = list(range(len(amounts)))
    rng.shuffle(places)
    moved = [amounts[place] for place in places]
    other = [Tie(t.kind, places.index(t.inner), places.index(t.outer)) for t in ties[::-1]]
    assert math.fsum(least(moved, other)) == pytest.approx(math.fsum(least(amounts, ties)))


@settings(max_examples=60, deadline=None)
@given(instances())
def test_the_bound_of_large_components_is_never_higher(
    instance: tuple[list[float], list[Tie]],
) -> None:
    amounts, ties = instance
    # one pledge that all others may be: more than are searched completely
    many = [*amounts, *[1.0] * EXACT]
    hub = len(amounts)
    more = [*ties, *(Tie("same", place, hub) for place in range(hub + 1, len(many)))]
    more += [Tie("inside", hub, place) for place in range(hub)]
    assert math.fsum(least(many, more)) <= math.fsum(least(amounts, ties)) + EXACT


def test_a_donor_with_five_hundred_pledges_is_bounded_at_once() -> None:
    amounts = [float(100 + place % 7) for place in range(500)]
    ties = [
        Tie("same", a, b)
        for a in range(500)
        for b in range(a + 1, min(a + 40, 500))
        if amounts[a] == amounts[b]
    ]
    shares = least(amounts, ties)
    assert 0 < math.fsum(shares) < math.fsum(amounts)
    assert all(share in (0.0, amount) for share, amount in zip(shares, amounts, strict=True))


class Told(NamedTuple):
    """A pledge as far as the ends of a sum ask."""

    id: str


RELATIONS = [SAME, CONVERSION, EARLIER, PART, INSTALMENT, STAGE, REVISION]


@st.composite
def told_ledgers(draw: st.DrawFn) -> tuple[list[float], list[Relation]]:
    """Pledges with relations of every kind; sure ones lead from later pledges to earlier ones."""
    amounts = draw(st.lists(st.integers(1, 30).map(float), min_size=1, max_size=5))
    pairs = [(a, b) for a in range(len(amounts)) for b in range(a)]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=7, unique=True)) if pairs else []
    found = []
    for later, earlier in chosen:
        sure = draw(st.sampled_from([True, False, False]))
        ends = draw(st.sampled_from([(later, earlier), (earlier, later)]))
        inner, outer = (later, earlier) if sure else ends
        pieces = (piece("part-said" if sure else "part-below", "told so"),)
        found.append(Relation(draw(st.sampled_from(RELATIONS)), inner, outer, 1.0, pieces))
    return amounts, found


def ends_of(amounts: list[float], relations: list[Relation]) -> tuple[float, float]:
    """The two ends that ``shares`` gives."""
    counted = [Told(f"p{number}") for number in range(len(amounts))]
    values = {
        one.id: SimpleNamespace(counted=(amount, amount))
        for one, amount in zip(counted, amounts, strict=True)
    }
    ledger = SimpleNamespace(pledges=counted, overlaps=relations, near=())
    found = shares(counted, values, ledger, set())  # type: ignore[arg-type]
    return math.fsum(one.low for one in found.values()), math.fsum(
        one.high for one in found.values()
    )


def every_choice(amounts: list[float], relations: list[Relation]) -> Iterator[float]:
    """The sums of all choices in which every sure relation holds, the others hold or not.

    What surely lies in another one is gone, and what may be its money is then that of the other:
    inside it, or another version of it. A sure part leaves the room of its whole as it was.
    """
    sure = {one.inner: one.outer for one in best_of_each(tuple(r for r in relations if r.sure))}

    def home(number: int) -> int:
        return home(sure[number]) if number in sure else number

    kept = [number for number in range(len(amounts)) if number not in sure]
    ties = []
    for one in relations:
        if one.inner in sure or home(one.outer) == one.inner:
            continue
        moved = one.outer in sure
        inside = one.kind in INSIDE or (moved and one.kind in ONE_MONEY)
        kind = "inside" if inside else "same" if one.kind in ONE_MONEY else "version"
        ties.append(Tie(kind, kept.index(one.inner), kept.index(home(one.outer))))
    yield from every_sum([amounts[number] for number in kept], ties)


@settings(max_examples=200, deadline=None)
@given(told_ledgers())
def test_both_ends_are_the_extremes_of_all_choices_with_relations_of_every_kind(
    instance: tuple[list[float], list[Relation]],
) -> None:
    amounts, relations = instance
    sums = list(every_choice(amounts, relations))
    assert ends_of(amounts, relations) == pytest.approx((min(sums), max(sums)))
