"""Sums at their edges: what the words of a range say, chances, doubts, what is left open."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from calc.claims import read_text
from calc.links.relations import PART, SAME, Relation
from calc.reconcile import Reconciliation, reconcile
from calc.sums.least import EXACT, ROUNDED, Tie, least
from calc.sums.safe_sum import SafeSum, safe_sum, undecided
from calc.sums.selection import Selection


def of(*claims: dict[str, Any]) -> Reconciliation:
    rows = [
        {"claim_id": f"c{number}", "source": f"s{number}", "donor": "Estonia"}
        | {"recipient": "Ukraine", "currency": "EUR", "published": "2024-11-04"}
        | claim
        for number, claim in enumerate(claims)
    ]
    return reconcile(pd.DataFrame(rows), "EUR")


def give(millions: float, day: str = "2024-11-04", **more: Any) -> dict[str, Any]:
    return {"amount": millions * 1e6, "published": day} | more


def total(*claims: dict[str, Any], **asked: str) -> SafeSum:
    return of(*claims).total(**({"donor": "Estonia"} | asked))


def millions(found: SafeSum) -> tuple[float, float]:
    return found.low / 1e6, found.high / 1e6


def reasons(found: SafeSum) -> list[str]:
    return [words.partition("; ")[0] for words in found.included["reason"]]


# What a sum says


def made(low: float, high: float, **more: Any) -> SafeSum:
    rows = pd.DataFrame({"text": [], "reason": []})
    return SafeSum(low, high, "EUR", rows, rows.assign(source=[]), "a note", **more)


def test_a_range_says_what_is_known() -> None:
    assert made(20e6, 30e6).range_text == "20 to 30 million EUR"
    assert made(20e6, 20e6).range_text == "20 million EUR"
    assert made(math.nan, math.nan).range_text == "unknown, in EUR"
    assert made(20e6, 22e6, open_end=True).range_text == (
        "at least 20 million EUR, probably to 22 million"
    )
    asked = made(20e6, 5020e6, questions={"'5 billion' is large": 5e9})
    assert (asked.plausible_high, asked.questions) == (20e6, ("'5 billion' is large",))
    assert asked.range_text == "20 million EUR, but for a question"
    assert made(20e6, 5030e6, questions={"it": 5e9}).plausible_high == 30e6
    assert made(20e6, 5000e6, questions={"it": 5e9}).plausible_high == 20e6
    assert made(0, 5e9, questions={"it": 5e9}).range_text == "a question, no number"
    assert made(0, 0).range_text == "0 EUR"


def test_what_is_likely_is_said_only_between_the_ends() -> None:
    likely = made(20e6, 30e6, likely=25e6)
    assert likely.likely_text == "20 to 30 million EUR, likely about 25 million"
    for outside in (20e6, 30e6, math.nan):
        assert made(20e6, 30e6, likely=outside).likely_text == "20 to 30 million EUR"


def test_a_sum_is_printed_with_every_row_and_reason() -> None:
    found = total(give(5), give(7, donor="Estonia|Latvia"), give(9, role="target"))
    lines = str(found).splitlines()
    assert lines[0].startswith("5 to 12 million EUR (2 pledges by Estonia")
    assert [line.split(":")[0] for line in lines[1:]] == [
        "  counted   7,000,000 EUR",
        "  counted   5,000,000 EUR",
        "  left out  9,000,000 EUR (s2)",
    ]


def test_a_notebook_shows_fifteen_rows_and_counts_the_rest() -> None:
    few, many = (
        total(*(give(3 + 2 * number, f"{2000 + number}-05-04") for number in range(count)))
        for count in (15, 16)
    )
    assert " more in .included" not in few._repr_html_()
    assert "1 more in .included" in many._repr_html_()
    assert "Estonia → Ukraine" in many._repr_html_()
    assert "Left out" not in many._repr_html_()
    left = total(give(5), *(give(7 + number, role="target") for number in range(16)))
    assert "1 more in .excluded" in left._repr_html_()


# Ends and doubts


def test_an_equal_amount_of_the_same_weeks_counts_in_the_upper_end_alone() -> None:
    twice = total(give(5), give(5, "2024-12-01"))
    assert millions(twice) == (5, 10)
    assert "1 possible repeat" in twice.note
    assert millions(total(give(5), give(5, "2024-12-20"))) == (10, 10)


def test_a_joint_pledge_counts_once_each_gives_or_in_the_upper_end() -> None:
    joint = give(7, donor="Estonia|Latvia")
    found = total(give(5), joint)
    assert millions(found) == (5, 12)
    assert reasons(found)[0] == "only in the upper end: given together with Latvia, without shares"
    assert "1 joint pledge without shares" in found.note
    each = give(7, donor="Estonia|Latvia", said="each")
    assert millions(total(give(5), each)) == (12, 12)
    both = of(give(5), each).total()
    assert millions(both) == (19, 19)  # seven of each of the two
    assert millions(of(give(5), joint).total()) == (12, 12)
    for_each = give(7, recipient="Moldova|Georgia", said="each")
    assert millions(total(for_each)) == (14, 14)
    assert millions(total(for_each, recipient="Moldova")) == (7, 7)
    assert millions(total(give(7, recipient="Moldova|Georgia"), recipient="Moldova")) == (0, 7)


@pytest.mark.parametrize(
    ("sweden", "donor", "expected"),
    [
        # shares that come to the joint sum: it adds nothing to them, nor they to it
        (12, None, (30, 30)),
        (12, "Norway", (18, 18)),
        (12, "Sweden", (12, 12)),
        # shares that do not: the rest may be anybody's
        (9, None, (30, 57)),
        (9, "Norway", (18, 48)),
        (9, "Sweden", (9, 39)),
    ],
)
def test_a_joint_sum_and_its_shares(
    sweden: int, donor: str | None, expected: tuple[float, float]
) -> None:
    text = (
        "Norway and Sweden will give Ukraine 30 million euros. Norway gives Ukraine 18 million "
        f"euros and Sweden gives Ukraine {sweden} million euros."
    )
    told = reconcile(read_text(text, published="2025-04-04"), "EUR")
    assert millions(told.total(donor=donor)) == expected


def test_a_thousandfold_amount_is_a_question_until_another_comes_near() -> None:
    slip = total(give(5), give(5005.5))
    assert millions(slip)[0] == 5
    assert (slip.plausible_high, len(slip.questions)) == (5e6, 1)
    assert "a thousand times as large as any other of this donor" in slip.questions[0]
    assert total(give(5), give(4995)).questions == ()
    alone = total(give(5005))
    assert (alone.questions, millions(alone)) == ((), (5005, 5005))


def test_more_than_the_aid_of_the_world_is_a_question_whoever_gives_it() -> None:
    found = total(give(250_001))
    assert "more than the aid of the whole world in a year (250 billion EUR)" in found.questions[0]
    assert (found.range_text, found.low) == ("a question, no number", 0)
    assert total(give(250_000)).questions == ()


def eight() -> list[dict[str, Any]]:
    return [give(number + number / 100, f"2024-{number:02d}-04") for number in range(1, 9)]


def test_of_many_pledges_one_that_leaps_above_all_is_a_question() -> None:
    # of nine the fifth is 5.05 million: two hundred and fifty times that is the bound
    leap = total(*eight(), give(1263, "2024-10-04"))
    assert "in few sources and far larger than any other" in leap.questions[0]
    assert total(*eight(), give(240, "2024-10-04")).questions == ()  # not thirty times the next
    assert total(*eight(), give(245, "2024-10-04")).questions != ()
    assert total(*eight()[1:], give(245, "2024-10-04")).questions == ()  # seven are too few


def test_of_many_pledges_those_that_leap_are_asked_from_the_largest_down() -> None:
    def asked(*leaps: float) -> list[str]:
        days = [f"2024-{month}-04" for month in (10, 12)]
        more = [give(one, day) for one, day in zip(leaps, days, strict=False)]
        return [words.partition(" ")[0] for words in total(*eight(), *more).questions]

    assert asked(242.4) == ["'242,400,000"]  # thirty times 8.08 million, to the cent
    assert asked(242.3) == []
    assert asked(7595, 245) == ["'7,595,000,000", "'245,000,000"]
    # 1,200 is no thirty times 245, nor 250 times the middle one: beside it 245 is usual
    assert asked(1200, 245) == []
    # what enough voices tell is believed, and the next one asked all the same
    believed = total(*eight(), *told_by(3, 7595), give(245, "2024-12-04")).questions
    assert [words.partition(" ")[0] for words in believed] == ["'245,000,000"]


def test_the_bounds_of_a_leap_are_met_exactly() -> None:
    middle = [bool(total(*eight(), *told_by(2, one)).questions) for one in (1262.5, 1262)]
    assert middle == [True, False]  # 250 times 5.05 million
    first = give(5.05, "2020-01-04")
    assert [len(total(first, give(one)).questions) for one in (5050, 5051)] == [0, 1]


_VOICES = ("Estonia gave Ukraine", "Tallinn will send Kyiv", "The Estonian cabinet voted Ukraine")


def told_by(voices: int, millions: float) -> list[dict[str, Any]]:
    """One pledge of 4 October 2024 that so many papers tell, each in words of its own."""
    words = f"{millions} million euros"
    return [
        give(millions, "2024-10-04", publisher=lead, sentence=f"{lead} {words}.", text=words)
        for lead in _VOICES[:voices]
    ]


@pytest.mark.parametrize(
    ("millions", "voices", "asked"),
    [
        (245, 1, True),
        (245, 2, False),
        (1263, 2, True),  # two hundred and fifty times the middle one: two voices are few
        (1263, 3, False),
    ],
)
def test_a_leap_is_believed_when_enough_voices_tell_it(
    millions: int, voices: int, asked: bool
) -> None:
    found = total(*eight(), *told_by(voices, millions))
    assert bool(found.questions) is asked
    assert len(found.included) == 9


def yearly(count: int, **more: Any) -> list[dict[str, Any]]:
    return [give(3 + 2 * number, f"{2000 + number}-05-04", **more) for number in range(count)]


def test_from_eight_pledges_on_each_has_a_chance() -> None:
    seven, many = total(*yearly(7)), total(*yearly(8))
    assert seven.included["chance"].isna().all()
    assert seven.note == "7 pledges by Estonia"
    assert many.note == "8 pledges by Estonia; both ends are likely, not certain"
    # the prior and three doublings of the others: 9.3 bits less 1.64 for each
    assert many.included["chance"].tolist() == pytest.approx([1 / (1 + 2 ** (3 * 1.64 - 9.3))] * 8)
    assert many.likely == many.low == many.high  # nothing is rather another's money


def test_a_chance_falls_with_the_pledges_beside_it_up_to_sixteen() -> None:
    chances = {
        count: set(total(*yearly(count)).included["chance"].round(9)) for count in (8, 15, 16, 20)
    }
    assert all(len(found) == 1 for found in chances.values())
    eight_, fifteen, sixteen, twenty = (max(found) for found in chances.values())
    assert eight_ > fifteen > sixteen == twenty
    elsewhere = yearly(8, recipient="Moldova")
    assert max(total(*yearly(8), *elsewhere).included["chance"].round(9)) == eight_


def test_a_chance_rises_with_voices_and_falls_for_what_is_told_again() -> None:
    def chance(*more: dict[str, Any]) -> float:
        found = total(*yearly(8), *more).included
        return float(found.loc[found["amount"] == 50e6, "chance"].iloc[0])

    one, two, three = (chance(*told_by(voices, 50)) for voices in (1, 2, 3))
    again = chance(give(50, "2024-10-04", said="again"))
    assert again < chance(give(50, "2024-10-04")) < two < three
    assert one < two
    repeat = total(*yearly(8), give(17, "2007-05-20")).included
    assert repeat["chance"].iloc[0] < repeat["chance"].iloc[1] == repeat["chance"].iloc[8]


def test_the_likely_sum_lies_where_the_doubts_leave_it() -> None:
    assert total(give(5), give(5, "2024-12-01")).likely == pytest.approx(5.5e6)
    assert total(give(5), give(7)).likely == pytest.approx(5.7e6)
    text = "Norway gave Ukraine 100 million euros. Norway gave Ukraine a new 20 million euros."
    part = reconcile(read_text(text, published="2025-04-04"), "EUR").total(donor="Norway")
    assert [part.low, part.high, part.likely] == pytest.approx([100e6, 120e6, 102e6])
    doubtful = total(*yearly(8), give(17, "2007-05-20"))
    assert doubtful.low < doubtful.likely < doubtful.high
    assert doubtful.likely == pytest.approx(
        float((doubtful.included["high_eur"] * doubtful.included["chance"]).sum())
    )


def test_what_links_nearly_join_is_one_more_by_the_bits_between_them() -> None:
    twice = of(give(135), give(135, "2024-12-15"))
    (near,) = twice.ledger.near
    # an amount of three digits, 41 days apart, in rows without words; at zero bits it is one of
    # eight to one, and each bit halves that
    assert near.bits == pytest.approx(0.25 + 4.62 - 2 - 3)
    found = twice.total(donor="Estonia")
    assert millions(found) == (135, 270)
    assert found.likely == pytest.approx(135e6 * (1 + 1 / (1 + 8 * 2**near.bits)))


def test_a_pledge_that_is_rather_anothers_money_counts_in_the_upper_end_alone() -> None:
    ledger = of(*yearly(16), give(50, "2024-10-04", said="again")).ledger
    found = safe_sum(ledger, Selection(("Estonia",), None, None), "EUR", 6)
    usual = -9.3 + 0.84 * math.log2(6) + 1.64 * 4  # of sixteen others four doublings
    chance = [1 / (1 + 2 ** (usual + 1.5)), *[1 / (1 + 2**usual)] * 16]
    assert found.included["chance"].tolist() == pytest.approx(chance)
    assert found.included["low_eur"].tolist()[0] == 0  # the least sure comes first
    assert millions(found) == (16 * 18, 16 * 18 + 50)
    assert reasons(found)[0].startswith("only in the upper end: 34 % likely a separate pledge")
    told = found.included["reason"].iloc[0]
    assert "one source only, recalling an old promise" in told


def test_a_note_counts_what_is_in_doubt() -> None:
    joint = {"donor": "Estonia|Latvia"}
    assert total(give(5)).note == "1 pledge by Estonia"
    assert total(give(5), give(7, **joint), give(9, "2020-01-01", **joint)).note == (
        "3 pledges by Estonia; only in the upper end: 2 joint pledges without shares"
    )
    assert total(give(5), give(5, "2024-12-01")).note == (
        "2 pledges by Estonia; only in the upper end: 1 possible repeat"
    )
    assert of(give(5), give(7, "2020-01-01", donor=None)).total().note == (
        "2 pledges; only in the upper end: 1 without a donor or recipient"
    )
    assert total(give(5), status="allocated").note.startswith("no pledge found: ")


def test_the_more_claims_a_pledge_has_on_average_the_likelier_one_is_anothers_money() -> None:
    ledger = of(*eight()).ledger

    def chance(claims: float) -> float:
        found = safe_sum(ledger, Selection(("Estonia",), None, None), "EUR", claims)
        return float(found.included["chance"].iloc[0])

    assert chance(0.5) == chance(1) > chance(2) > chance(4) > chance(6) == chance(9)
    assert chance(2) < chance(1.5)


def test_an_amount_before_a_change_counts_in_the_upper_end_alone() -> None:
    older = total(give(5, said="older"), give(5, "2024-12-01"))
    assert millions(older) == (5, 10)
    assert reasons(older)[0] == "only in the upper end: the amount before a change"
    text = "Norway will raise its pledge of 100 million euros to Ukraine to 120 million euros."
    told = reconcile(read_text(text, published="2025-04-04"), "EUR").total(donor="Norway")
    assert millions(told) == (120, 220)
    assert "may be another version of '120 million euros'" in reasons(told)[0]


def test_a_party_that_is_left_open_may_be_any_of_those_that_are_named() -> None:
    found = of(give(5), give(7, donor=None)).total()
    assert millions(found) == (7, 12)  # the larger was given by somebody
    assert millions(of(give(7), give(5, donor=None)).total()) == (7, 12)
    cents = of({"amount": 5.0}, {"amount": 6.0, "donor": None, "published": "2020-01-04"})
    assert (cents.total().low, cents.total().high) == (6, 11)
    bare = of(give(7, "2020-01-04", recipient=None), give(5, recipient=None)).total()
    assert millions(bare) == (12, 12)  # a table without recipients lacks none


def test_what_is_not_known_is_no_number() -> None:
    nobody = total(give(5), donor="Iceland")
    assert nobody.nobody
    assert math.isnan(nobody.low)
    nothing = total(give(5), status="allocated")
    assert (nothing.low, nothing.high, nothing.nobody) == (0, 0, False)
    unpriced = total(give(5, currency="KPW"))
    assert math.isnan(unpriced.low)
    assert not unpriced.nobody
    assert math.isnan(unpriced.likely)


# The least sum


@pytest.mark.parametrize(
    ("amounts", "ties", "expected"),
    [
        ([10.0, 10.2], [Tie("same", 1, 0)], [10, 0]),
        ([10.0, 3.0], [Tie("inside", 1, 0)], [10, 0]),
        ([10.0, 3.0], [Tie("inside", 0, 1)], [10, 3]),  # ten do not fit into three
        ([10.0, 10.0 * (1 + ROUNDED)], [Tie("inside", 1, 0)], [10, 0]),
        ([10.0, 10.6], [Tie("inside", 1, 0)], [10, 10.6]),
        ([10.0, 10.6], [Tie("version", 1, 0)], [10, 0]),  # an earlier version takes no room
        ([10.0, 6.0, 5.0], [Tie("inside", 1, 0), Tie("inside", 2, 0)], [10, 0, 5]),
        ([10.0, 6.0, 4.5], [Tie("inside", 1, 0), Tie("inside", 2, 0)], [10, 0, 0]),
        ([9.0, 8.0, 7.0], [Tie("same", 0, 1), Tie("same", 1, 2)], [0, 8, 7]),
        (
            [9.0, 8.0, 7.0],
            [Tie("same", 0, 1), Tie("same", 1, 2), Tie("same", 0, 2)],
            [0, 0, 7],
        ),
        ([5.0, 5.0], [Tie("version", 0, 1), Tie("version", 1, 0)], [0, 5]),
        ([5.0, 0.0, 5.0], [Tie("same", 0, 1), Tie("same", 1, 2)], [5, 0, 5]),
    ],
)
def test_the_least_of_a_few(amounts: list[float], ties: list[Tie], expected: list[float]) -> None:
    assert math.fsum(least(amounts, ties)) == math.fsum(expected)
    assert least(amounts, ties) in (expected, expected[::-1])


def test_a_large_component_is_bounded_from_below() -> None:
    chain = [Tie("same", number, number + 1) for number in range(EXACT)]
    exact = least([10.0] * EXACT, chain[: EXACT - 1])
    bounded = least([10.0] * (EXACT + 1), chain)
    assert math.fsum(exact) == 50  # pairs of nine: four, and one more
    assert 0 < math.fsum(bounded) <= 50
    parts = [Tie("inside", number, 0) for number in range(1, EXACT + 1)]
    assert least([100.0] + [1.0] * EXACT, parts) == [100] + [0] * EXACT


# Relations


def test_a_relation_has_its_cause() -> None:
    assert Relation(SAME, 1, 0, 1.0, ()).cause == "double-count"
    assert Relation(PART, 1, 0, 1.0, ()).cause == "part-of"
    assert Relation("revision-of", 1, 0, 1.0, ()).cause == "revision"


# What is left to a person


def open_ones(*claims: dict[str, Any], donor: str | None = "Estonia") -> list[tuple[str, float]]:
    ledger = of(*claims).ledger
    found = undecided(ledger, None if donor is None else (donor,), "EUR")
    return [(one.kind, one.effect / 1e6) for one in found]


def test_only_what_separates_the_ends_without_another_pledge_is_undecided() -> None:
    assert open_ones(give(5)) == []
    assert open_ones(give(5), give(5, "2024-12-01")) == []  # the other pledge says why
    assert open_ones(give(5, donor="Estonia|Latvia")) == []
    assert open_ones(give(5), give(7, recipient=None)) == [("open-party", 7)]
    assert open_ones(give(5), give(7, donor=None), donor=None) == [("open-party", 7)]
    assert open_ones(give(5), give(5005.5)) == [("implausible", 5005.5)]
    assert open_ones(give(5, said="older")) == [("former", 5)]
    for low, high, effect in ((5e6, None, 0.5), (5e6, 7e6, 2)):
        words = "over 5 million euros" if high is None else "5 to 7 million euros"
        bound = {"amount_low": low, "amount_high": high, "text": words}
        told = {"sentence": f"Estonia gave Ukraine {words}.", "qualifier": "over"}
        found = open_ones(bound | (told if high is None else {}))
        assert [kind for kind, _ in found] == ["open-amount"]
        assert found[0][1] == pytest.approx(effect)
