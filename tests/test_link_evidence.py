"""What two tellings of a sum say of their being one pledge: by days, by amounts, by their words."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd
import pytest

from calc.claims import read_text
from calc.links.amounts import by_amounts, is_power
from calc.links.contraction import Joint, groups_of, link
from calc.links.days import by_days, distance, too_far
from calc.links.group import Group
from calc.links.overlaps import near, overlaps
from calc.links.rarity import Rarity
from calc.links.relations import PART, SAME, Relation, best_of_each
from calc.links.rows import read_rows
from calc.reconcile import prepared_and_read, reading_by
from calc.values.valuation import Valuation

_DEFAULTS = {
    "donor": "Norway",
    "recipient": "Ukraine",
    "currency": "NOK",
    "amount": 135e6,
    "published": "2024-01-01",
    "role": "pledge",
}
_SAID = {"text": "135 million kroner", "sentence": "Norway gave Ukraine 135 million kroner."}
VALUATION = Valuation()


def groups(*claims: dict[str, Any]) -> list[Group]:
    rows = [
        _DEFAULTS | {"claim_id": f"c{number}", "source": f"s{number}"} | claim
        for number, claim in enumerate(claims)
    ]
    return groups_of(read_rows(prepared_and_read(pd.DataFrame(rows), reading_by(1))))


def told_on(day: str, words: str = "", **more: Any) -> dict[str, Any]:
    return _SAID | {"published": day, "said": words or None} | more


def act(day: str, precision: str = "day") -> dict[str, str]:
    return {"value_date": day, "value_date_precision": precision, "value_date_basis": "stated"}


def later(days: int, start: str = "2024-01-01") -> str:
    return str(dt.date.fromisoformat(start) + dt.timedelta(days=days))


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
        ("5 million", "5 billion", "amount-scale-1"),
        ("5 million", "50 million", "amount-different"),
    ],
)
def test_two_amounts_of_one_currency(one: str, other: str, evidence: str) -> None:
    for first, second in ((one, other), (other, one)):
        assert of_amounts(kroner(first), kroner(second)) == [evidence]


_SIZES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


def kroner(words: str, currency: str = "NOK", **more: Any) -> dict[str, Any]:
    number, scale = words.split()
    amount = round(float(number) * _SIZES[scale], 2)
    return {"text": words, "amount": amount, "currency": currency, "published": "2024-11-04"} | more


def of_amounts(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    both = groups(one, other)
    return [piece.evidence for piece in by_amounts(*both, Rarity.of(both), VALUATION)]


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
        ("135 million", "20 million", "amount-different"),
    ],
)
def test_two_amounts_of_two_currencies(one: str, dollars: str, evidence: str) -> None:
    assert of_amounts(kroner(one), kroner(dollars, "USD")) == [evidence]
    assert of_amounts(kroner(dollars, "USD"), kroner(one)) == [evidence]


def test_a_rate_is_of_the_day_that_one_of_them_gives() -> None:
    undated = {"published": None}
    met = of_amounts(kroner("135 million"), kroner("12.3 million", "USD", **undated))
    assert met == ["amount-fx-3"]
    none = of_amounts(kroner("135 million", **undated), kroner("12.3 million", "USD", **undated))
    assert none == []


def test_words_of_a_change_stand_between_two_amounts() -> None:
    changed = {"said": "changed"}
    for one, other in (({}, changed), (changed, {})):
        found = of_amounts(kroner("135 million", **one), kroner("200 million", **other))
        assert found == ["amount-revised"]


def test_a_slip_of_scale_is_a_thousand_a_million_or_a_billion() -> None:
    assert [is_power(10.0**step) for step in range(1, 10)] == [
        step in (3, 6, 9) for step in range(1, 10)
    ]


# What joins, and what may hold the same money


def test_links_taken_together_are_nearer_to_the_best_and_ask_more_of_many() -> None:
    assert Joint(2.0, 1, 2.0).bits == 2.0
    assert Joint(2.0, 2, 2.0).bits == round(1.0 + 0.4 - 0.15, 4)
    assert Joint(8.0, 4, 2.0).bits == round(2.0 - 0.3, 4)
    assert Joint(-math.inf, 2, 2.0).bits == -math.inf
    assert Joint(2.0, 2, 2.0).with_(Joint(3.0, 1, 3.0)) == Joint(5.0, 3, 3.0)


def of_each_inner(*relations: tuple[int, int, float]) -> list[tuple[int, int]]:
    made = tuple(Relation(PART, inner, outer, bits, ()) for inner, outer, bits in relations)
    return [(one.inner, one.outer) for one in best_of_each(made)]


def test_of_each_pledge_its_best_relation_is_told_and_nothing_is_its_own_part() -> None:
    assert of_each_inner((1, 0, 2.0), (1, 2, 3.0)) == [(1, 2)]
    assert of_each_inner((1, 0, 2.0), (1, 2, 2.0)) == [(1, 0)]
    assert of_each_inner((0, 1, 3.0), (1, 0, 2.0)) == [(0, 1)]
    assert of_each_inner((0, 1, 3.0), (1, 2, 2.0), (2, 0, 1.0)) == [(0, 1), (1, 2)]
    assert of_each_inner((2, 0, 1.0), (0, 1, 3.0)) == [(0, 1), (2, 0)]


Found = list[tuple[str, str, str, str]]


def related(prepared: pd.DataFrame) -> Found:
    """Kind, inner and outer amount, and the last evidence of each relation."""
    linked = link(
        groups_of([claim for claim in read_rows(prepared) if claim.role == "pledge"]), VALUATION
    )
    clusters = linked.clusters
    return [
        (
            one.kind,
            clusters[one.inner][0].first.text,
            clusters[one.outer][0].first.text,
            one.pieces[-1].evidence,
        )
        for one in overlaps(clusters, VALUATION)
    ]


def in_text(text: str) -> Found:
    found = read_text(text, published="2025-04-04", source="page")
    return related(prepared_and_read(found, reading_by(1)))


def euros(inner: int, outer: int, evidence: str, kind: str = "part-of") -> tuple[str, ...]:
    return (kind, f"{inner} million euros", f"{outer} million euros", evidence)


@pytest.mark.parametrize(
    ("paid", "given", "is_part"),
    [
        # paid long after a pledge: it may be a part; two payments of two days are none
        ("paid Ukraine 20 million euros on 3 March", "pledged Ukraine {} on 10 January", True),
        ("paid Ukraine 20 million euros on 3 March", "paid Ukraine {} on 10 January", False),
        ("paid Ukraine 20 million euros on 3 January", "paid Ukraine {} on 10 March", False),
        ("paid Ukraine 20 million euros on 3 January", "paid Ukraine {} on 10 January", True),
        ("paid Ukraine 20 million euros on 24 January", "paid Ukraine {} on 10 January", True),
        ("paid Ukraine 20 million euros on 25 January", "paid Ukraine {} on 10 January", False),
        # paid before it was pledged
        ("paid Ukraine 20 million euros on 3 January", "pledged Ukraine {} on 10 March", False),
        ("paid Ukraine 20 million euros on 3 January", "pledged Ukraine {} on 17 January", True),
        ("paid Ukraine 20 million euros on 3 January", "pledged Ukraine {} on 18 January", False),
    ],
)
def test_a_payment_is_part_of_what_was_given_by_its_day(
    paid: str, given: str, is_part: bool
) -> None:
    whole = given.format("100 million euros")
    found = in_text(f"Norway {paid} 2025. It {whole} 2025.")
    assert found == ([euros(20, 100, "part-below")] if is_part else [])


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (
            "Norway paid Ukraine 100 million euros in 2022. Norway will give Ukraine 20 million "
            "euros.",
            [],
        ),
        (
            "Norway will give Ukraine 100 million euros. Norway gave Ukraine another 20 million "
            "euros.",
            [],
        ),
        (
            "Norway will give Ukraine 100 million euros. It includes 20 million euros for drones.",
            [euros(20, 100, "part-said")],
        ),
        (
            "Norway will give Ukraine 100 million euros (20 million euros in grants).",
            [euros(20, 100, "part-below")],
        ),
        (
            "Norway gave Ukraine 60 million euros: 25 million euros for schools and 35 million "
            "euros for hospitals.",
            [euros(25, 60, "part-listed"), euros(35, 60, "part-listed")],
        ),
        (
            "Norway will provide Ukraine with 25 million euros for schools and 35 million euros "
            "for hospitals, 60 million euros in total.",
            [euros(25, 60, "parts-make-whole"), euros(35, 60, "parts-make-whole")],
        ),
        (
            "Norway increased its aid to Ukraine by 40 million euros to 140 million euros.",
            [euros(40, 140, "part-said")],
        ),
        (
            "Norway committed 300 million euros to Ukraine over two years; in 2024 it paid 170 "
            "million euros.",
            [euros(170, 300, "stage-listed", "stage-of")],
        ),
        (
            "Norway gave Ukraine 198 million euros. The sum of almost 200 million euros is for "
            "arms.",
            [euros(200, 198, "same-document", "same")],
        ),
        (
            "Norway, Sweden and Denmark will give Ukraine 30 million euros, 10 million euros each.",
            [euros(10, 30, "parts-make-whole")],
        ),
        (
            "Norway, Sweden and Denmark will give Ukraine 30 million euros, 9 million euros each.",
            [],
        ),
        (
            "Norway will give Moldova and Georgia 70 million euros. Moldova gets 40 million euros "
            "from Norway, Georgia gets 30 million euros from Norway.",
            [euros(40, 70, "parts-make-whole"), euros(30, 70, "parts-make-whole")],
        ),
        (
            "Sweden, Norway and Denmark will give Ukraine 500 million euros. Sweden gives Ukraine "
            "275 million euros.",
            [euros(275, 500, "part-below")],
        ),
        (
            "Sweden and Denmark will give Ukraine 500 million euros. Sweden gives Ukraine 275 "
            "million euros. Denmark gives Ukraine 225 million euros.",
            [euros(275, 500, "parts-make-whole"), euros(225, 500, "parts-make-whole")],
        ),
    ],
)
def test_what_amounts_of_one_document_are_to_each_other(text: str, relations: Found) -> None:
    assert in_text(text) == relations


def billions(inner: int, outer: int, evidence: str) -> tuple[str, ...]:
    return ("part-of", f"{inner} billion euros", f"{outer} billion euros", evidence)


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (
            "Norway will give Ukraine 90 billion euros. Of this, 30 billion euros is for the "
            "budget and 60 billion euros is for arms.",
            [
                billions(30, 90, "parts-make-whole"),
                billions(30, 60, "part-below"),
                billions(60, 90, "parts-make-whole"),
            ],
        ),
        # of few digits that they come to the whole is too little before it
        (
            "Norway will give Ukraine 30 million euros for the budget and 60 million euros for "
            "arms. In all Norway will give Ukraine 90 million euros.",
            [euros(30, 90, "part-below"), euros(60, 90, "part-below")],
        ),
        (
            "Norway will give Ukraine 30 million euros. Norway will give Ukraine 61 million euros "
            "for arms. In all Norway will give Ukraine 91 million euros.",
            [
                euros(30, 61, "part-below"),
                euros(30, 91, "parts-make-whole"),
                euros(61, 91, "parts-make-whole"),
            ],
        ),
        # alike: rounded, in other words; two numbers of as many digits are two
        (
            "Norway gave Ukraine 100 million euros on 3 January 2025. Norway gave Ukraine 104 "
            "million euros.",
            [euros(104, 100, "same-document", "same")],
        ),
        (
            "Norway gave Ukraine 100 million euros on 3 January 2025. Norway gave Ukraine 106 "
            "million euros.",
            [euros(100, 106, "part-below")],
        ),
        (
            "Norway gave Ukraine 9 million euros. Norway gave Ukraine 10 million euros.",
            [euros(9, 10, "part-below")],
        ),
        (
            "Norway gave Ukraine 198 million euros or 200 million euros.",
            [euros(200, 198, "other-words", "same")],
        ),
        # converted
        (
            "Norway gave Ukraine 40 million euros. Norway gave Ukraine 43.5 million dollars.",
            [("conversion-of", "43.5 million dollars", "40 million euros", "same-document")],
        ),
        (
            "Norway gave Ukraine 40 million euros. Norway gave Ukraine 48 million dollars.",
            [("part-of", "40 million euros", "48 million dollars", "part-below")],
        ),
        (
            "Norway gave Ukraine 100 million euros (1.17 billion kroner). Norway will give Ukraine "
            "1.2 billion kroner.",
            [("conversion-of", "1.2 billion kroner", "100 million euros", "same-document")],
        ),
        # words that add, or that take out
        (
            "Norway gave Ukraine 100 million euros. Norway also gave Ukraine 20 million euros.",
            [],
        ),
        (
            "Norway gave Ukraine 100 million euros. Norway will give 20 million euros of this to "
            "schools.",
            [euros(20, 100, "part-said")],
        ),
        (
            "Norway gave Ukraine 100 million euros, including 20 million euros for schools.",
            [euros(20, 100, "part-cue-part")],
        ),
        (
            "Norway will give Ukraine 20 million euros from a 100 million euros fund.",
            [euros(20, 100, "part-said")],
        ),
        (
            "Norway gave Ukraine 145 million euros. It has given Ukraine 72 million euros, 50 "
            "million euros for arms and 22 million euros for schools.",
            [
                euros(72, 145, "part-below"),
                euros(50, 145, "part-below"),
                euros(50, 72, "parts-make-whole"),
                euros(22, 145, "part-below"),
                euros(22, 72, "parts-make-whole"),
            ],
        ),
    ],
)
def test_what_stands_beside_an_amount_in_its_document(text: str, relations: Found) -> None:
    assert in_text(text) == relations


def told_before_and_after(first: str, second: str, text: str) -> list[tuple[str, float, str]]:
    """Kind, bits and evidence: 100 million for energy told on one day, ``text`` on the other."""
    whole = "Norway will give Ukraine 100 million euros for energy, the government said."
    read = [
        read_text(words, published=day, source=day)
        for day, words in ((first, whole), (second, text))
    ]
    prepared = prepared_and_read(pd.concat(read, ignore_index=True), reading_by(1))
    clusters = link(groups_of(read_rows(prepared)), VALUATION).clusters
    return [
        (one.kind, one.bits, " ".join(piece.evidence for piece in one.pieces))
        for one in overlaps(clusters, VALUATION)
    ]


_TRANCHE = "Norway paid Ukraine the first tranche of 20 million euros for energy."
_PACKAGE = "Norway gives Ukraine 20 million euros for {} as part of its package."


@pytest.mark.parametrize(
    ("first", "second", "text", "kind", "bits", "evidence"),
    [
        (
            "2024-01-10",
            "2024-03-10",
            "Norway paid Ukraine 20 million euros of its 100 million euro pledge, the bank said.",
            "part-of",
            8.5,
            "part-prior part-said part-named",
        ),
        (
            "2024-01-10",
            "2024-03-10",
            _TRANCHE,
            "instalment-of",
            4.5,
            "part-prior part-line part-before part-cue-part",
        ),
        (
            "2024-01-10",
            "2025-09-10",
            _TRANCHE,
            "instalment-of",
            2.5,
            "part-prior part-line part-before part-cue-part part-far",
        ),
        (
            "2024-03-10",
            "2024-01-10",
            _PACKAGE.format("energy"),
            "instalment-of",
            1.5,
            "part-prior part-line part-later-larger part-cue-part",
        ),
        (
            "2024-01-10",
            "2024-03-10",
            _PACKAGE.format("drones"),
            "instalment-of",
            -2.0,
            "part-prior part-other-line part-before part-cue-part",
        ),
        (
            "2024-01-10",
            "2024-02-12",
            "Norway will give Ukraine another 100 million euros.",
            "different",
            -3.0,
            "additional",
        ),
    ],
)
def test_what_a_later_paper_tells_of_a_pledge(
    first: str, second: str, text: str, kind: str, bits: float, evidence: str
) -> None:
    ((found, total, pieces),) = told_before_and_after(first, second, text)
    assert (found, pieces) == (kind, evidence)
    assert total == pytest.approx(bits)


def test_without_a_word_a_smaller_amount_of_another_paper_is_no_part() -> None:
    for text in (
        "Norway gives Ukraine 20 million euros for energy.",
        "Norway will give Ukraine 109 million dollars for arms.",
    ):
        assert told_before_and_after("2024-01-10", "2024-03-10", text) == []


def told_twice(days: int, **more: Any) -> Found:
    """Two papers tell an equal round amount, so many days apart."""
    words = {"amount": 1e8, "text": "100 million kroner"} | more
    one = {"sentence": "Norway will give Ukraine 100 million kroner."} if more else {}
    other = {"sentence": "Oslo sends Kyiv 100 million kroner."} if more else {}
    rows = [
        _DEFAULTS | {"claim_id": "a", "source": "a"} | words | one,
        _DEFAULTS | {"claim_id": "b", "source": "b", "published": later(days)} | words | other,
    ]
    return related(prepared_and_read(pd.DataFrame(rows), reading_by(1)))


def test_an_equal_amount_of_a_table_may_be_told_twice_within_a_month() -> None:
    same = (SAME, "100 million kroner", "100 million kroner", "twice-amount")
    assert told_twice(30) == [same]
    assert told_twice(31) == []


def test_an_equal_amount_of_papers_may_be_told_twice_within_two_hundred_and_thirty_days() -> None:
    in_words = {"status": "pledged"}
    assert [one[3] for one in told_twice(200, **in_words)] == ["twice-later"]
    assert [one[3] for one in told_twice(230, **in_words)] == ["twice-later"]
    assert told_twice(231, **in_words) == []


def nearly(*claims: dict[str, Any]) -> list[tuple[str, int, int]]:
    linked = link(groups(*claims), VALUATION)
    return [(one.kind, one.inner, one.outer) for one in near(linked.clusters, linked.links)]


def test_pledges_that_links_nearly_join_may_be_told_twice() -> None:
    assert nearly({}, {"published": later(31)}) == [(SAME, 1, 0)]
    assert nearly({}, {"published": later(31), "amount": 3e8}) == []
    assert nearly({}, {"published": later(31), "recipient": "Moldova"}) == []
