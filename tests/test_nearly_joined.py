"""Links between pledges that stay apart: taken together, adopted, or nearly one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tellings import VALUATION, groups, later

from calc.links.bits import LINK, piece, set_prices
from calc.links.contraction import Link, link
from calc.links.overlaps import near, overlaps

FIVE = groups(*({"amount": number * 1.01e8} for number in range(1, 6)))


def linked(a: int, b: int, bits: float, refused: str | None = None) -> Link:
    return Link(f"c{a}", f"c{b}", bits, (piece("additional", f"{a}-{b}"),), False, refused)


def near_of(pledges: list[list[int]], *links: Link) -> list[tuple[int, int, float, str]]:
    """Inner and outer pledge, bits and the words on the best link; pledges by their claims."""
    clusters = tuple(tuple(FIVE[number] for number in one) for one in pledges)
    return [(one.inner, one.outer, one.bits, one.pieces[0].words) for one in near(clusters, links)]


def test_of_several_links_between_two_pledges_the_mean_counts_nearer_to_the_best() -> None:
    # the mean of -0.5 and -1.5 is -1; 0.4 of the way to the best, less 0.15 for two
    both = linked(0, 2, -1.5), linked(1, 2, -0.5)
    for links in (both, both[::-1]):
        assert near_of([[0, 1], [2]], *links) == [(1, 0, -0.95, "1-2")]
    assert near_of([[0, 1], [2]], both[0], linked(1, 2, 0.5, "never")) == []
    assert near_of([[0, 1], [2]], linked(0, 1, -0.5)) == []  # of one pledge


def test_what_nearly_joins_lies_above_its_limit_and_the_smaller_one_is_inside() -> None:
    limit = LINK["may-be-one"]
    assert near_of([[0], [1]], linked(0, 1, limit)) == []
    assert near_of([[0], [1]], linked(0, 1, limit + 0.01)) == [(1, 0, limit + 0.01, "0-1")]
    assert near_of([[0], [1, 2]], linked(0, 1, 0)) == [(0, 1, 0, "0-1")]
    assert near_of([[0, 1], [2]], linked(0, 2, 0)) == [(1, 0, 0, "0-2")]
    # of two that one may be the money of, the better; of equal ones the first
    links = linked(0, 2, -2), linked(1, 2, -1)
    assert near_of([[0], [1], [2]], *links) == [(2, 1, -1, "1-2")]
    assert near_of([[1], [0], [2]], *links) == [(2, 0, -1, "1-2")]
    equal = linked(0, 2, -1), linked(1, 2, -1)
    assert near_of([[0], [1], [2]], *equal) == [(2, 0, -1, "0-2")]


@pytest.mark.parametrize(
    "claims",
    [
        [{}, {"published": later(31)}],
        [{}, {"published": later(31), "amount": 3e8}],
        [{"amount": 1e8}, {"amount": 1e8, "published": later(8), "donor": None}],
        [{"amount": 1e8}, {"amount": 1e8, "published": later(31)}],
        [{}, {"published": later(2)}, {"published": later(40)}, {"published": later(45)}],
    ],
)
def test_in_brief_the_same_is_joined_and_nearly_joined(claims: list[dict[str, Any]]) -> None:
    whole, brief = (link(groups(*claims), VALUATION, brief=brief) for brief in (False, True))
    assert whole.clusters == brief.clusters
    assert near(whole.clusters, whole.links) == near(brief.clusters, brief.links)
    assert set(brief.links) <= set(whole.links)


def pledges(*claims: dict[str, Any]) -> list[list[str]]:
    """The claims of each pledge of Norway or of nobody."""
    clusters = link(groups(*claims), VALUATION).clusters
    return [[one.id for one in each] for each in clusters if each[0].donor != ("Sweden",)]


def of_others(count: int) -> list[dict[str, Any]]:
    """So many pledges of another donor, each of an amount of its own."""
    return [
        {"donor": "Sweden", "amount": (number + 1) * 1.0137e9, "published": later(number)}
        for number in range(count)
    ]


@pytest.mark.parametrize("party", ["donor", "recipient"])
def test_among_more_than_fifty_a_claim_that_leaves_a_party_open_finds_its_pledge(
    party: str,
) -> None:
    open_one = {"published": later(8), party: None}
    assert pledges({}, open_one, *of_others(48)) == [["c0"], ["c1"]]
    assert pledges({}, open_one, *of_others(49)) == [["c0", "c1"]]
    # two pledges come into question, and neither is clearly nearer
    both: list[dict[str, Any]] = [{}, {"published": later(31)}]
    between = {"published": later(16), party: None}
    assert ["c2"] in pledges(*both, between, *of_others(49))


def test_a_claim_that_recalls_a_promise_finds_it_with_a_little_less() -> None:
    def recalls(days: int, amount: float) -> list[list[str]]:
        again = {"amount": amount, "published": later(days), "said": "again"}
        return pledges({"amount": amount}, again)

    assert recalls(231, 1.2e8) == [["c0", "c1"]]  # 0.13 bits against it, and 0.3 for recalling
    assert recalls(61, 1e8) == [["c0"], ["c1"]]  # 0.59 against it
    # of two pledges that it may recall neither is clearly nearer
    twice: list[dict[str, Any]] = [{"amount": 1.2e8}, {"amount": 1.2e8, "published": later(462)}]
    again = {"amount": 1.2e8, "published": later(231), "said": "again"}
    assert sorted(map(len, pledges(*twice, again))) == [1, 1, 1]


@pytest.fixture
def usual_prices() -> Iterator[None]:
    """The prices of the table again when a test has changed them."""
    usual = dict(LINK)
    yield
    set_prices(usual)


@pytest.mark.usefixtures("usual_prices")
@pytest.mark.parametrize(("more", "joined"), [(0.12, 2), (0.13, 2), (0.14, 1)])
def test_only_bits_above_nought_join(more: float, joined: int) -> None:
    set_prices({"prior": LINK["prior"] + more})
    linked_ones = link(groups({}, {"published": later(31)}), VALUATION)
    assert linked_ones.links[0].bits == pytest.approx(more - 0.13, abs=1e-9)
    assert len(linked_ones.clusters) == joined


def test_a_link_says_whether_it_joined() -> None:
    found = link(groups({}, {"published": later(2)}, {"published": later(60)}), VALUATION)
    assert [[one.id for one in each] for each in found.clusters] == [["c0", "c1"], ["c2"]]
    joined = {(one.a, one.b): one.joined for one in found.links}
    assert joined.pop(("c0", "c1")) is True
    assert joined
    assert not any(joined.values())


@pytest.mark.parametrize(
    "parties",
    [{"donor": None}, {"donor": None, "recipient": None}, {"amount": None, "text": "some kroner"}],
)
def test_only_amounts_of_a_known_donor_may_be_told_twice(parties: dict[str, Any]) -> None:
    told: list[dict[str, Any]] = [{"amount": 1e8}, {"amount": 1e8, "published": later(20)}]
    of_norway = link(groups(*told), VALUATION).clusters
    assert [(one.inner, one.outer) for one in overlaps(of_norway, VALUATION)] == [(1, 0)]
    clusters = link(groups(*(one | parties for one in told)), VALUATION).clusters
    assert len(clusters) == 2
    assert overlaps(clusters, VALUATION) == []
