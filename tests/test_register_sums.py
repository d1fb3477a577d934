"""Sums of registers at their edges: stages, corrections, equal rows, several registers."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import Any

import pandas as pd
import pytest

from calc.decisions import Decision, Decisions
from calc.reconcile import reconcile
from calc.sums.safe_sum import SafeSum
from calc.tables import read_table

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
    assert summed(row("X", 2, 0), row("Y", 2, 0.5)).note == "2 entries of a ledger"


def test_rows_that_are_equal_count_once_in_the_low_end() -> None:
    found = summed(row("X", 3, 10), row("X", 3, 10), row("X", 3, 10), row("X", 3, 7))
    assert ends(found) == (17, 37)
    assert "2 are equal to others in every cell, in the upper end only" in found.note
    minus = summed(row("X", 3, 50), row("X", 3, -10, day="11"), row("X", 3, -10, day="11"))
    assert ends(minus) == (30, 40)
    assert "1 is equal to others in every cell, in the lower end only" in minus.note
    nothing = summed(row("X", 3, 0), row("X", 3, 0), row("X", 3, 5))
    assert nothing.note.endswith("1 is equal to others in every cell, in the upper end only")
    (why,) = minus.included.loc[minus.included["high_usd"] == 0, "reason"]
    assert why.startswith("only in the lower end: equal in every cell to ")


def test_a_correction_together_with_others_may_be_less_alone() -> None:
    found = summed(row("X", 3, 50), row("X", 3, -10, "Norway|Sweden", "11"), donor="Norway")
    assert ends(found) == (40, 50)
    assert "1 is together with others, in the lower end only" in found.note
    assert found.included["reason"].iloc[0].startswith("only in the lower end: together with")


def test_money_of_several_is_nobodys_alone() -> None:
    rows = [row("X", 3, 10), row("Y", 3, 7, "Norway|Sweden"), row("Z", 3, 5, "Sweden")]
    assert ends(summed(*rows)) == (22, 22)
    found = summed(*rows, donor="norway")
    assert ends(found) == (10, 17)
    assert "1 is together with others, in the upper end only" in found.note
    assert found.note.startswith("2 entries of a ledger: ")
    assert math.isnan(summed(*rows, donor="Iceland").low)
    assert summed(*rows, donor="Iceland").nobody


GRANTS = "Grant ID,donor,recipient,amount,currency,date,purpose,place,what"


def grants(*amounts: tuple[str, float]) -> pd.DataFrame:
    """Another register; of one name and amount the rows are equal in every cell."""
    rows = (f"{name},Norway,Kenya,{amount},USD,2024-03-10,a,b,c" for name, amount in amounts)
    return register(*rows, head=GRANTS, name="grants.csv")


def test_of_several_registers_the_low_end_has_the_largest() -> None:
    tables = [
        register(row("X", 3, 10), row("Y", 3, 7)),
        grants(("G0", 12), ("G1", 13)),
    ]
    for order in (tables, tables[::-1]):
        found = reconcile(pd.concat(order, ignore_index=True), "USD").total()
        assert ends(found) == (25, 42)
        assert "2 are of another register, in the upper end only" in found.note


@pytest.mark.parametrize(
    ("more", "expected", "told"),
    [
        ((("G1", 0.5),), (17, 17.5), "1 is of another register, in the upper end only"),
        ((("G1", -0.5),), (16.5, 17), "1 is of another register, in the lower end only"),
        # of two equal corrections one is sure: -5 to -10
        ((("G1", 4.5), ("G2", -5), ("G2", -5)), (11.5, 17), "2 are of another register, in the l"),
        # 0.5 more in the high end, 4.5 less in the low one: in both as it is
        ((("G1", 5.5), ("G2", -5), ("G2", -5)), (12.5, 17.5), None),
        ((("G1", 5), ("G2", -5), ("G2", -5)), (12, 17), None),
    ],
)
def test_another_register_widens_the_sum_either_way(
    more: tuple[tuple[str, float], ...], expected: tuple[float, float], told: str | None
) -> None:
    both = [register(row("X", 3, 10), row("Y", 3, 7)), grants(*more)]
    found = reconcile(pd.concat(both, ignore_index=True), "USD").total()
    assert ends(found) == expected
    assert told in found.note if told else "another register" not in found.note
    rows = found.included
    assert (rows["low_usd"].sum(), rows["high_usd"].sum()) == expected
    lower = rows["reason"].str.startswith("only in the lower end")
    assert (rows["high_usd"][lower] == 0).all()


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
    unpriced = summed(row("X", 3, 10), row("Y", 3, 5).replace("USD", "KPW"))
    assert "KPW" in unpriced.excluded["reason"].iloc[0]
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


def test_a_person_says_of_equal_rows_that_they_are_two_or_one() -> None:
    rows = register(row("A", 3, 100), row("A", 3, 100), row("B", 3, 7))
    first, second, _ = rows["claim_id"]
    who: dict[str, Any] = {"who": "Ada", "when": dt.date(2025, 3, 2), "why": "seen"}

    def decided(table: pd.DataFrame, *told: Decision) -> tuple[float, float]:
        return ends(reconcile(table, "USD", decisions=Decisions(told)).total())

    assert decided(rows) == (107, 207)
    assert decided(rows, Decision("different", (first, second), **who)) == (207, 207)
    assert decided(rows, Decision("same", (first, second), **who)) == (107, 207)
    other = register(row("C", 3, 5), row("C", 3, 5), name="other.csv")
    both = pd.concat([rows, other], ignore_index=True)
    named = Decision("different", (first, other["claim_id"].iloc[0]), **who)
    assert decided(both, named)[1] == 217


def test_reports_beside_a_register_are_compared_and_never_added() -> None:
    told = {"donor": "Norway", "recipient": "Kenya", "currency": "USD", "published": "2024-02-01"}
    reports = [
        {"claim_id": "p1", "amount": 100.0},
        {"claim_id": "p2", "amount": 55.0, "currency": "KPW"},
        {"claim_id": "p3", "amount": 7.0, "published": None},
    ]
    beside = pd.DataFrame([told | {"source": one["claim_id"]} | one for one in reports])
    head = "date,donor,recipient,amount,currency,grant id"
    lines = ("2024-01-10,Norway,Kenya,100,USD,G1", "2024-01-11,Norway,Kenya,7,USD,G1")
    entries = read_table(io.StringIO("\n".join([head, *lines])), "register.csv", entry="ledger")
    found = reconcile(pd.concat([entries, beside], ignore_index=True), "USD").total()
    assert ends(found) == (107, 107)
    assert "2 pledges of reports are not added: the ledger has 2 of them" in found.note
