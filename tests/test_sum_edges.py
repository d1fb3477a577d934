"""Sums at their edges: what the words of a range say, chances, doubts, rows of registers."""

from __future__ import annotations

import io
import math
from typing import Any

import pandas as pd
import pytest

from calc.claims import read_text
from calc.links.relations import PART, SAME, Relation
from calc.reconcile import Reconciliation, reconcile
from calc.sums.chances import spread
from calc.sums.least import EXACT, ROUNDED, Tie, least
from calc.sums.safe_sum import SafeSum, safe_sum, undecided
from calc.sums.selection import Selection
from calc.tables import read_table


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


def test_from_eight_pledges_on_each_has_a_chance() -> None:
    seven, many = total(*eight()[1:]), total(*eight())
    assert seven.included["chance"].isna().all()
    assert many.included["chance"].between(0.94, 0.96).all()
    assert many.likely == many.low == many.high  # nothing is rather another's money
    more = total(*eight(), *(give(number + 0.7, f"2023-{number:02d}-04") for number in range(1, 9)))
    assert more.included["chance"].max() < many.included["chance"].min()


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


# Chances


def test_a_sum_of_what_is_sure_is_a_point_and_one_of_doubt_a_range() -> None:
    assert spread([10.0], [0.5]) == (0.0, 10.0)
    assert spread([5.0, 7.0], [1.0, 0.1]) == (5.0, 5.0)
    assert spread([5.0, 7.0], [1.0, 0.9]) == (12.0, 12.0)
    assert spread([10.0] * 4, [0.6] * 4) == (10.0, 30.0)
    assert spread([100.0] * 8, [0.5] * 8) == (300.0, 500.0)
    assert spread([0.0], [0.5]) == (0.0, 0.0)
    assert spread([], []) == (0.0, 0.0)
    low, high = spread([10.0, 20.0, 30.0], [0.9, 0.5, 0.2])
    assert [low, high] == pytest.approx([10, 50], abs=0.1)


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


# Registers

HEAD = "iati-identifier,transaction type,donor,recipient,amount,currency,value date"


def register(*rows: str, name: str = "register.csv", head: str = HEAD) -> pd.DataFrame:
    return read_table(io.StringIO("\n".join([head, *rows])), name)


def row(activity: str, kind: int, amount: float, donor: str = "Norway", day: str = "10") -> str:
    return f"{activity},{kind},{donor},Kenya,{amount},USD,2024-01-{day}"


def summed(*rows: str, **asked: str) -> SafeSum:
    return reconcile(register(*rows), "USD").total(**asked)


def ends(found: SafeSum) -> tuple[float, float]:
    return found.low, found.high


def test_of_an_activity_the_stage_that_comes_to_most_counts() -> None:
    found = summed(row("X", 2, 100), row("X", 3, 60), row("X", 3, 70, day="11"), row("Y", 3, 5))
    assert ends(found) == (135, 135)
    assert "1 is at another stage of an activity, counted there" in found.note
    equal = summed(row("X", 2, 100), row("X", 3, 100))
    assert ends(equal) == (100, 100)
    assert "disbursed money of the same activity" in equal.included["reason"].iloc[1]
    paid = summed(row("X", 2, 100), row("X", 3, 60), status="disbursed")
    assert ends(paid) == (60, 60)


def test_a_correction_is_subtracted_and_counted() -> None:
    found = summed(row("X", 2, 100), row("X", 2, -30, day="11"), row("X", 2, -10, day="12"))
    assert ends(found) == (60, 60)
    assert "2 corrections are subtracted (40)" in found.note
    assert "3 entries of a ledger" in found.note
    one = summed(row("X", 2, 100))
    assert one.note == "1 entry of a ledger"


def test_rows_that_are_equal_count_once_in_the_low_end() -> None:
    found = summed(row("X", 3, 10), row("X", 3, 10), row("X", 3, 10), row("X", 3, 7))
    assert ends(found) == (17, 37)
    assert "2 are equal to others in every cell, in the upper end only" in found.note
    minus = summed(row("X", 3, 50), row("X", 3, -10, day="11"), row("X", 3, -10, day="11"))
    assert ends(minus) == (30, 40)


def test_money_of_several_is_nobodys_alone() -> None:
    rows = [row("X", 3, 10), row("Y", 3, 7, "Norway|Sweden"), row("Z", 3, 5, "Sweden")]
    assert ends(summed(*rows)) == (22, 22)
    found = summed(*rows, donor="norway")
    assert ends(found) == (10, 17)
    assert "1 is together with others, in the upper end only" in found.note
    assert found.note.startswith("2 entries of a ledger: ")
    assert math.isnan(summed(*rows, donor="Iceland").low)
    assert summed(*rows, donor="Iceland").nobody


def test_of_several_registers_the_low_end_has_the_largest() -> None:
    tables = [
        register(row("X", 3, 10), row("Y", 3, 7)),
        register(
            *(f"G{number},Norway,Kenya,{12 + number},USD,2024-03-10,a,b,c" for number in range(2)),
            head="Grant ID,donor,recipient,amount,currency,date,purpose,place,what",
            name="grants.csv",
        ),
    ]
    for order in (tables, tables[::-1]):
        found = reconcile(pd.concat(order, ignore_index=True), "USD").total()
        assert ends(found) == (25, 42)
        assert "2 are of another register, in the upper end only" in found.note


def test_a_row_above_the_aid_of_the_world_is_a_question() -> None:
    found = summed(row("X", 3, 10), row("Y", 3, 9e11))
    assert ends(found) == (10, 9e11 + 10)
    assert found.plausible_high == 10
    (asked,) = found.questions
    assert "is more than the aid of the whole world in a year" in asked


def test_rows_are_in_the_order_of_what_they_leave_open_then_of_size() -> None:
    found = summed(row("X", 3, 10), row("Y", 3, -70), row("Z", 3, 50), row("Z", 3, 50))
    assert found.included["amount"].tolist() == [50, -70, 50, 10]
    assert found.included["in_low"].tolist() == [False, True, True, True]


def test_rows_that_do_not_count_say_why() -> None:
    found = summed(row("X", 3, 10), row("Y", 2, 5), row("Z", 1, 9), status="disbursed")
    assert ends(found) == (10, 10)
    told = sorted(words.split(":")[0] for words in found.excluded["reason"])
    assert told == ["its status is committed, not disbursed", "no gift"]
    empty = summed(row("X", 3, 10), status="pledged")
    assert (ends(empty), empty.note[:14]) == ((0, 0), "no entry found")


def test_reports_are_never_added_to_a_register() -> None:
    told = pd.DataFrame(
        [
            {"claim_id": f"r{number}", "source": "news", "donor": "Norway", "recipient": "Kenya"}
            | {"amount": amount, "currency": "USD", "published": "2024-02-01"}
            for number, amount in enumerate((10.0, 555.0))
        ]
    )
    both = pd.concat([register(row("X", 3, 10), row("Y", 3, 7)), told], ignore_index=True)
    found = reconcile(both, "USD").total()
    assert ends(found) == (17, 17)
    assert found.note.endswith("; 2 pledges of reports are not added: the ledger has 1 of them")
    assert found.excluded["reason"].str.startswith("a report beside a ledger").sum() == 2


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
        assert found == [("open-amount", pytest.approx(effect))]
