"""Amounts of one document that come to a larger one: surely, perhaps, or by accident."""

from __future__ import annotations

import pytest
from tellings import VALUATION

from calc.claims import read_text
from calc.claims.completed import prepared_and_read
from calc.links.contraction import groups_of, link
from calc.links.overlaps import overlaps
from calc.links.rows import read_rows

SURELY, PERHAPS = "parts-make-whole", "part-below"


def parts(text: str) -> dict[str, str]:
    """The evidence of each amount for its being a part of a larger one, in millions of euros."""
    found = read_text(text, published="2025-04-04", source="page")
    clusters = link(groups_of(read_rows(prepared_and_read(found))), VALUATION).clusters
    relations = overlaps(clusters, VALUATION)
    assert {one.kind for one in relations} <= {"part-of"}
    size = [(cluster[0].first.amount or 0) / 1e6 for cluster in clusters]
    return {
        f"{size[one.inner]:g} of {size[one.outer]:g}": one.pieces[-1].evidence for one in relations
    }


def gave(*millions: int) -> str:
    return " ".join(f"Norway gave Ukraine {one} million euros." for one in millions)


def in_total(*millions: int) -> str:
    """Three things in a sentence that ends with what they come to."""
    schools, roads, hospitals, whole = millions
    return (
        f"Norway will provide Ukraine with {schools} million euros for schools, {roads} million "
        f"euros for roads and {hospitals} million euros for hospitals, {whole} million euros in "
        "total."
    )


def test_parts_and_their_total_in_one_sentence() -> None:
    for last, evidence in ((25, SURELY), (26, PERHAPS), (29, PERHAPS)):
        assert parts(in_total(20, 15, last, 60)) == {
            f"{one} of 60": evidence for one in (20, 15, last)
        }


@pytest.mark.parametrize(
    ("told", "sure"),
    [
        ((31, 42, 73), True),  # the whole behind its parts, or before them
        ((31, 43, 73), False),  # one more than it: only a whole told first may be rounded so
        ((31, 45, 73), False),
        ((73, 31, 42), True),
        ((73, 31, 43), True),
        ((73, 31, 48), False),
        ((8, 5, 3), False),  # three digits may come to it by accident
        ((12, 5, 7), True),
        ((73, 12, 31, 42), True),  # up to two others told between
        ((73, 12, 13, 31, 42), True),
        ((73, 12, 13, 14, 31, 42), False),
    ],
)
def test_amounts_of_several_sentences_that_come_to_one(told: tuple[int, ...], sure: bool) -> None:
    whole = max(told)
    found = parts(gave(*told))
    made = [name for name, evidence in found.items() if evidence == SURELY]
    others = [one for one in told if one != whole][-2:]
    assert made == ([f"{one} of {whole}" for one in others] if sure else [])


def test_two_equal_halves_may_be_two_halves_of_anything() -> None:
    assert parts(gave(10, 5, 5)) == {"5 of 10": PERHAPS}


def test_parts_of_one_sentence_need_fewer_digits_than_those_of_several() -> None:
    whole = "Norway gave Ukraine 90 million euros. "
    one = "It gave Ukraine 30 million euros for the budget and 60 million euros for arms."
    found = parts(whole + one)
    assert {found["30 of 90"], found["60 of 90"]} == {SURELY}


@pytest.mark.parametrize(
    ("whole", "first", "second", "evidence"),
    [(120, 50, 70, PERHAPS), (1217, 513, 704, SURELY)],
)
def test_of_many_digits_they_are_parts_though_the_words_say_more(
    whole: int, first: int, second: int, evidence: str
) -> None:
    text = (
        f"{gave(whole)} Norway gave Ukraine another {first} million euros for arms and another "
        f"{second} million euros for schools."
    )
    assert parts(text) == {f"{one} of {whole}": evidence for one in (first, second)}


@pytest.mark.parametrize(
    ("norway", "sweden", "evidence"), [(18, 12, SURELY), (18, 11, SURELY), (18, 9, PERHAPS)]
)
def test_shares_of_what_two_give_together(norway: int, sweden: int, evidence: str) -> None:
    text = (
        "Norway and Sweden will give Ukraine 30 million euros. Norway gives Ukraine "
        f"{norway} million euros and Sweden gives Ukraine {sweden} million euros."
    )
    assert parts(text) == {f"{one} of 30": evidence for one in (norway, sweden)}


@pytest.mark.parametrize(
    ("moldova", "georgia", "sure"), [(18, 12, True), (18, 11, True), (18, 10, False)]
)
def test_shares_of_what_two_receive_together(moldova: int, georgia: int, sure: bool) -> None:
    text = (
        f"Norway will give Moldova and Georgia 30 million euros. Norway gives Moldova {moldova} "
        f"million euros. Norway gives Georgia {georgia} million euros."
    )
    expected = {f"{one} of 30": SURELY for one in (moldova, georgia)}
    assert parts(text) == (expected if sure else {})


def test_nothing_larger_than_the_joint_sum_is_a_share_of_it_nor_of_what_each_gives() -> None:
    joint = "Norway and Sweden will give Ukraine {}. Norway gives Ukraine {} million euros."
    assert parts(joint.format("30 million euros", 31)) == {}
    assert parts(joint.format("30 million euros", 29)) == {"29 of 30": PERHAPS}
    assert parts(joint.format("15 million euros each", 12)) == {}


def test_what_each_gives_makes_the_joint_sum_to_a_half_per_cent() -> None:
    each = "Norway and Sweden will give Ukraine 30 million euros, {} million euros each."
    assert parts(each.format("15")) == {"15 of 30": SURELY}
    assert parts(each.format("15.1")) == {}
    three = "Norway, Sweden and Denmark will give Ukraine 30 million euros, {} million euros each."
    assert parts(three.format("10")) == {"10 of 30": SURELY}
    assert parts(three.format("15")) == {}


@pytest.mark.parametrize(
    ("shares", "evidence"),
    [
        # of four donors to a twentieth, as rates leave them; of five to what rounding leaves
        ((40, 30, 15, 11), SURELY),
        ((40, 30, 15, 9), PERHAPS),
        ((40, 25, 15, 9, 7), PERHAPS),
        ((40, 25, 15, 11, 9), SURELY),
    ],
)
def test_shares_of_what_many_give_together(shares: tuple[int, ...], evidence: str) -> None:
    donors = ["Norway", "Sweden", "Denmark", "Finland", "Iceland"][: len(shares)]
    each = [
        f"{donor} gives Ukraine {one} million euros."
        for donor, one in zip(donors, shares, strict=True)
    ]
    text = f"{', '.join(donors[:-1])} and {donors[-1]} will give Ukraine 100 million euros."
    assert parts(" ".join([text, *each])) == {f"{one} of 100": evidence for one in shares}
