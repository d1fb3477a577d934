"""What two tellings of a sum say of their being one pledge: by days and by amounts."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from tellings import VALUATION, act, groups, kroner, later, told_on

from calc.claims import read_text
from calc.claims.completed import prepared_and_read
from calc.links.amounts import by_amounts, is_power
from calc.links.contraction import groups_of
from calc.links.days import by_days, distance, too_far
from calc.links.group import Group
from calc.links.rarity import Rarity
from calc.links.rows import read_rows


def of_days(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    found = [[piece.evidence for piece in by_days(*pair)] for pair in _both_ways(one, other)]
    assert found[0] == found[1]  # the order does not matter
    return found[0]


def _both_ways(one: dict[str, Any], other: dict[str, Any]) -> list[tuple[Group, Group]]:
    a, b = groups(one, other)
    return [(a, b), (b, a)]


# Days


@pytest.mark.parametrize(
    ("days", "limit"),
    [
        *((0, "0"), (1, "3"), (3, "3"), (4, "7"), (7, "7"), (8, "30"), (30, "30"), (31, "60")),
        *((60, "60"), (61, "120"), (120, "120"), (121, "230"), (230, "230"), (231, "400")),
        *((400, "400"), (401, "later")),
    ],
)
def test_days_between_publications_have_their_price(days: int, limit: str) -> None:
    rows = of_days({}, {"published": later(days)})
    assert rows == [f"date-{limit}", *(["rows-apart"] if days > 7 else [])]
    steps = of_days(
        told_on("2024-01-01", status="committed"), told_on(later(days), status="disbursed")
    )
    assert steps == [f"step-{limit}", *(["stage-on"] if days > 7 else [])]
    if days:
        again = of_days(told_on("2024-01-01"), told_on(later(days), "again"))
        assert again[0] == f"again-{limit}"


@pytest.mark.parametrize(
    ("one", "other", "evidence"),
    [
        # the words of one, of both, give the day
        (told_on("2024-06-01", **act("2024-01-01")), told_on("2024-01-01"), ["told-day"]),
        (told_on("2024-06-01", **act("2024-01-01")), told_on("2024-01-03"), ["told-3"]),
        (
            told_on("2024-06-01", **act("2024-01-01")),
            told_on("2024-07-03", **act("2024-01-01")),
            ["both-day"],
        ),
        (
            told_on("2024-06-01", **act("2024-01-01")),
            told_on("2024-07-03", **act("2024-01-05")),
            ["both-7"],
        ),
        (
            told_on("2024-06-01", **act("2024-01-01", "month")),
            told_on("2024-07-03", **act("2024-01-01", "month")),
            ["both-0"],
        ),
        (
            told_on("2024-06-01", status="committed", **act("2024-01-01")),
            told_on("2024-07-03", status="disbursed", **act("2024-03-05")),
            ["both-steps-120", "stage-on"],
        ),
        (
            told_on("2024-06-01", status="committed", **act("2024-01-01")),
            told_on("2024-01-20", status="disbursed"),
            ["told-step-30", "stage-back"],
        ),
        # steps on and back; a status that nobody gives is no step
        (
            told_on("2024-01-01", status="committed"),
            told_on("2024-01-20", status="pledged"),
            ["step-30", "stage-back"],
        ),
        (
            told_on("2024-01-01", status="committed"),
            told_on("2024-01-01", status="pledged"),
            ["step-0"],
        ),
        (
            told_on("2024-01-01", "again"),
            told_on("2024-01-20", "again", status="unknown", sentence="135 million kroner came."),
            ["again-30", "again"],
        ),
        # news of one step, for longer than it is news
        (told_on("2024-01-01"), told_on("2024-01-15"), ["date-30"]),
        (told_on("2024-01-01"), told_on("2024-01-16"), ["date-30", "news-apart"]),
        (
            told_on("2024-01-01", status="pledged"),
            told_on("2024-01-16", status="pledged"),
            ["date-30"],
        ),
        # a sum of every year
        (told_on("2024-01-01", "per-year"), told_on(later(180)), ["date-230", "news-apart"]),
        (
            told_on("2024-01-01", "per-year"),
            told_on(later(181)),
            ["date-230", "yearly-apart", "news-apart"],
        ),
        # one more: only of the later one, and not where the first says so too
        (
            told_on("2024-01-01"),
            told_on("2024-01-20", "additional"),
            ["date-30", "additional", "news-apart"],
        ),
        (told_on("2024-01-01"), told_on("2024-01-08", "additional"), ["date-7"]),
        (
            told_on("2024-01-01", "additional"),
            told_on("2024-01-20", "additional"),
            ["date-30", "news-apart"],
        ),
        (
            told_on("2024-01-01", "additional"),
            told_on("2024-01-20"),
            ["date-30", "news-apart"],
        ),
        # a row without words beside a sentence
        ({"published": "2024-01-01"}, told_on("2024-01-09"), ["date-30", "rows-apart"]),
        # lines of a bulletin
        (
            told_on("2024-01-01", sentence="Norway: 135 million kroner"),
            told_on("2024-01-20", sentence="Norway: 135 million kroner"),
            ["listed-30", "news-apart"],
        ),
    ],
)
def test_what_the_days_of_two_tellings_say(
    one: dict[str, Any], other: dict[str, Any], evidence: list[str]
) -> None:
    status = {"status": "disbursed"}
    assert of_days(status | one, status | other) == evidence


def test_days_apart_are_told_in_words() -> None:
    for days, words in ((0, "0 days apart"), (1, "a day apart"), (2, "2 days apart")):
        a, b = groups(told_on("2024-01-01"), told_on(later(days)))
        assert by_days(a, b)[0][2] == words


def test_the_distance_is_the_shorter_of_acts_and_of_publication() -> None:
    assert [distance(*pair) for pair in _both_ways({}, {"published": later(4)})] == [4, 4]
    far = {"published": "2024-06-01", **act("2024-01-11")}
    assert distance(*groups({}, far)) == 10
    old = {"published": "2024-01-01", **act("2023-01-01")}
    assert distance(*groups(old, far)) == 152
    assert distance(*groups(old, far | {"published": "2024-01-03"})) == 2
    month = {"published": "2024-06-01", **act("2024-01-01", "month")}
    assert distance(*groups({"published": "2024-02-03"}, month)) == 3
    assert distance(*groups({"published": "2024-01-20"}, month)) == 0
    assert distance(*groups({"published": None}, far)) is None


def told_in(text: str, day: str) -> list[Group]:
    found = read_text(text, published=day, source=day)
    return groups_of(read_rows(prepared_and_read(found)))


@pytest.mark.parametrize(
    ("day", "days", "evidence"),
    [("25 March", 5, "both-7"), ("1 February", 22, "both-30"), ("15 January", 5, "both-7")],
)
def test_of_a_sum_of_two_days_the_nearer_one_counts(day: str, days: int, evidence: str) -> None:
    (two,) = told_in(
        "Norway paid Ukraine 100 million euros on 10 January 2025. Norway paid the 100 million "
        "euros to Ukraine on 20 March 2025.",
        "2025-04-04",
    )
    (one,) = told_in(f"Norway paid Ukraine 100 million euros on {day} 2025.", "2025-04-30")
    for pair in ((two, one), (one, two)):
        assert distance(*pair) == days
        assert by_days(*pair)[0].evidence == evidence


def test_only_a_name_bridges_more_than_eight_hundred_days() -> None:
    assert not too_far(*groups({}, {"published": later(800)}))
    assert too_far(*groups({}, {"published": later(801)}))
    named = {"purpose": "Nansen"}
    assert not too_far(*groups(named, named | {"published": later(801)}))
    assert too_far(*groups(named, {"published": later(801), "purpose": "Firtash"}))
    assert not too_far(*groups({"published": None}, {}))


# Amounts


@pytest.mark.parametrize(
    ("one", "other", "evidence"),
    [
        ("100 million", "100 million", "amount-same-1"),
        ("12 million", "12 million", "amount-same-2"),
        ("135 million", "135 million", "amount-same-3"),
        ("1355 million", "1355 million", "amount-same-3"),
        ("8.4 million", "8 million", "amount-overlap-1"),
        ("136 million", "140 million", "amount-overlap"),
        ("9 million", "10 million", "amount-different"),
        ("12.7 million", "12 million", "amount-truncation"),
        ("12.9 million", "12 million", "amount-truncation"),
        ("1.19 million", "1.1 million", "amount-truncation"),
        ("1.19 million", "1 million", "amount-different"),
        ("1.4 million", "1 million", "amount-shortened"),
        ("1.6 million", "1 million", "amount-different"),
        ("1.6 million", "2 million", "amount-shortened"),
        ("127 million", "124 million", "amount-near"),
        ("135 million", "200 million", "amount-different"),
        ("135 million", "135 billion", "amount-scale"),
        ("13 million", "13 billion", "amount-scale"),
        ("5 million", "5 billion", "amount-scale-1"),
        ("5 million", "50 million", "amount-different"),
    ],
)
def test_two_amounts_of_one_currency(one: str, other: str, evidence: str) -> None:
    for first, second in ((one, other), (other, one)):
        assert of_amounts(kroner(first), kroner(second)) == [evidence]


def of_amounts(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    a, b = groups(one, other)
    return [piece.evidence for piece in by_amounts(a, b, Rarity.of([a, b]), VALUATION)]


@pytest.mark.parametrize(
    ("one", "dollars", "evidence"),
    [
        # 1 USD = 10.97 NOK on 2024-11-04
        ("135 million", "12.3 million", "amount-fx-3"),
        ("135 million", "12 million", "amount-fx"),
        ("130 million", "12 million", "amount-fx"),
        ("100 million", "9 million", "amount-fx-1"),
        ("135 million", "12.6 million", "amount-fx-near"),
        ("135 million", "11.9 million", "amount-fx-near"),
        ("135 million", "13.3 million", "amount-fx-far"),
        ("135 million", "13.7 million", "amount-fx-far"),
        ("135 million", "13.9 million", "amount-different"),
        ("135 million", "11.1 million", "amount-fx-far"),
        ("135 million", "10.9 million", "amount-different"),
        ("135 million", "12.3 billion", "amount-scale-1"),
        ("135 million", "12.3 thousand", "amount-scale-1"),
        ("135 million", "135 million", "amount-relabelled"),
        ("5 million", "5 million", "amount-different"),
        ("9 billion", "800 thousand", "amount-different"),  # of one digit no slip shows
        ("135 million", "20 million", "amount-different"),
    ],
)
def test_two_amounts_of_two_currencies(one: str, dollars: str, evidence: str) -> None:
    assert of_amounts(kroner(one), kroner(dollars, "USD")) == [evidence]
    assert of_amounts(kroner(dollars, "USD"), kroner(one)) == [evidence]


def test_a_rate_is_of_the_day_that_one_of_them_gives() -> None:
    undated: dict[str, Any] = {"published": None}
    met = of_amounts(kroner("135 million"), kroner("12.3 million", "USD", **undated))
    assert met == ["amount-fx-3"]
    none = of_amounts(kroner("135 million", **undated), kroner("12.3 million", "USD", **undated))
    assert none == []


def test_words_of_a_change_stand_between_two_amounts() -> None:
    changed = {"said": "changed"}
    for one, other in (({}, changed), (changed, {})):
        found = of_amounts(kroner("135 million", **one), kroner("200 million", **other))
        assert found == ["amount-revised"]


def told_in_words(*amounts: str) -> list[str]:
    """The evidence of amounts that two papers of two days print."""
    read = [
        read_text(f"Norway gave Ukraine {words}.", published=f"2024-11-0{day}", source=f"s{day}")
        for day, words in enumerate(amounts, 4)
    ]
    a, b = groups_of(read_rows(prepared_and_read(pd.concat(read, ignore_index=True))))
    rarity = Rarity.of([a, b])
    found = [[piece.evidence for piece in by_amounts(*pair, rarity, VALUATION)] for pair in
             ((a, b), (b, a))]  # fmt: skip
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    ("one", "other", "evidence"),
    [
        ("over 100 million kroner", "105 million kroner", "amount-bound"),
        ("over 100 million kroner", "115 million kroner", "amount-different"),
        ("over 100 million kroner", "95 million kroner", "amount-shortened"),
        ("over 100 million kroner", "over 110 million kroner", "amount-bound"),
        ("up to 100 million kroner", "95 million kroner", "amount-bound"),
        ("up to 100 million kroner", "50 million kroner", "amount-different"),
        ("nearly 100 million kroner", "98 million kroner", "amount-overlap-1"),
        ("nearly 100 million kroner", "80 million kroner", "amount-different"),
        ("between 100 and 150 million kroner", "120 million kroner", "amount-overlap-1"),
        ("between 100 and 150 million kroner", "160 million kroner", "amount-different"),
        ("between 100 and 150 million kroner", "over 140 million kroner", "amount-bound"),
        ("about 100 million kroner", "103 million kroner", "amount-overlap-1"),
        ("over 100 million kroner", "9.5 million dollars", "amount-fx-1"),
        ("several million kroner", "5 million kroner", "amount-overlap-1"),
        # a conversion says less than the sum that it was made from
        ("135 million kroner (12.3 million dollars)", "12.3 million dollars", "amount-same-3"),
        ("135 million kroner (12.3 million dollars)", "12.4 million dollars", "amount-fx-3"),
        ("135 million kroner (12.3 million dollars)", "11.3 million euros", "amount-fx-3"),
        # … and two sums that each were made from meet, whatever their conversions say
        (
            "11.3 million euros (11 million dollars)",
            "12.3 million dollars (10 million euros)",
            "amount-fx-3",
        ),
        (
            "135 million kroner (12.3 million dollars)",
            "136 million kroner (12.3 million dollars)",
            "amount-near",
        ),
        ("$12 million", "12 million kroner", "amount-relabelled"),
    ],
)
def test_bounds_ranges_and_conversions_in_words(one: str, other: str, evidence: str) -> None:
    assert told_in_words(one, other) == [evidence]


@pytest.mark.parametrize(("sums", "bits"), [(1, None), (2, -0.5), (3, -0.79), (4, -1.0)])
def test_a_number_that_a_donor_often_gives_earns_less(sums: int, bits: float | None) -> None:
    usual = groups(*({"amount": 1e8, "published": later(400 * one)} for one in range(sums)))
    a, b = groups({"amount": 1e8}, {"amount": 1e8, "published": later(3)})
    found = by_amounts(a, b, Rarity.of(usual), VALUATION)
    told = {one.evidence: one.bits for one in found}
    assert told.pop("amount-same-1") > 0
    assert told == ({} if bits is None else {"usual-number": bits})  # half a bit a doubling


@pytest.mark.parametrize(
    ("sign", "other", "evidence"),
    [
        # 1.39 dollars of Canada to one of the United States, 1.51 to the euro
        ("$16.2 million", "11.65 million US dollars", "amount-fx-3"),
        ("$16.2 million", "16.2 million US dollars", "amount-same-3"),
        ("$16.2 million", "C$16.2 million", "amount-same-3"),
        ("$16.2 million", "C$22.5 million", "amount-fx-3"),
        ("$16.2 million", "10.7 million euros", "amount-fx-3"),
        ("$16.2 million", "12 million euros", "amount-different"),
        ("$16.2 million", "30 million US dollars", "amount-different"),
    ],
)
def test_a_bare_sign_may_be_the_money_of_its_donor(sign: str, other: str, evidence: str) -> None:
    a, b = (
        told_in(f"Canada gave Ukraine {words}.", day)[0]
        for words, day in ((sign, "2024-11-04"), (other, "2024-11-05"))
    )
    for pair in ((a, b), (b, a)):
        found = by_amounts(*pair, Rarity.of([a, b]), VALUATION)
        assert [one.evidence for one in found] == [evidence]


def test_a_slip_of_scale_is_a_thousand_a_million_or_a_billion() -> None:
    assert [is_power(10.0**step) for step in range(1, 10)] == [
        step in (3, 6, 9) for step in range(1, 10)
    ]
