"""The same money, told twice: the kinds, each with its neighbours, read from words and tables."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from calc.claims import read_text
from calc.decisions import Decision, Decisions
from calc.reconcile import Reconciliation, reconcile
from calc.sums.safe_sum import SafeSum
from calc.telling.review import review


def total(
    text: str, donor: str | None, title: str | None = None, published: str | None = "2025-04-04"
) -> SafeSum:
    whole = f"{title}\n\n{text}" if title else text
    claims = read_text(whole, published=published, title=title, source="page")
    return reconcile(claims).total(donor=donor)


ONE_SUM = [
    ("Denmark to send Ukraine EUR 200 million",
     "Denmark will give Ukraine 1.5 billion Danish kroner (about €201 million), the ministry said.",
     "Denmark", 201e6),
    ("Denmark sends Ukraine over EUR 200 million",
     "Denmark will give Ukraine 204 million euros for air defence, the ministry said.",
     "Denmark", 204e6),
    ("1 billion euros for Moldova from the EU",
     "The EU will lend Moldova 980 million euros.", "EU", 980e6),
    ("Canada plans $35 million for Haiti", "Canada will give Haiti €35 million.", "Canada", 35e6),
    (None, "Germany will give Ukraine 198 million euros, or almost 200 million euros, the minister "
     "said.", "Germany", 198e6),
    (None, "Norway will give Ukraine 85 million euros this year: 50 million euros for arms, 20 "
     "million euros for the budget and 10 million euros for energy.", "Norway", 85e6),
    (None, "Norway gave Ukraine 100 million euros, of which 30 million euros are grants and 70 "
     "million euros loans.", "Norway", 100e6),
    (None, "Germany has disbursed 70 million euros of its 100 million euros commitment to Ukraine "
     "for air defence.", "Germany", 100e6),
    (None, "In 2006 the EU gave Kenya 630,000 euros (about $687,000 today).", "EU", 630e3),
    (None, "In 2006 Italy gave Kenya 630,000 euros (roughly $1 million in today's money).",
     "Italy", 630e3),
    (None, "Germany raised its aid for Ukraine from 20 million euros to 25 million euros.",
     "Germany", 25e6),
    (None, "Norway pledged Ukraine 23 million euros, 12 million euros of it this year.",
     "Norway", 23e6),
    (None, "Germany and France pledged 5 million euros each year to Ukraine.", None, 5e6),
    (None, "The EU will pay Moldova 200 million euros in April. The sum is part of a package of "
     "1.9 billion euros.", "EU", 1.9e9),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "donor", "amount"), ONE_SUM)
def test_one_sum_told_twice_is_counted_once_in_both_ends(
    title: str | None, text: str, donor: str | None, amount: float
) -> None:
    found = total(text, donor, title)
    assert found.low == pytest.approx(amount, rel=0.001)
    assert found.high == pytest.approx(amount, rel=0.001)


TWO_SUMS = [
    ("Norway gave Ukraine 5 million euros in May. On Monday Norway announced another 5 million "
     "euro package for Ukraine.", "Norway", 10e6),
    ("Oslo paid Ukraine a first tranche of 3 million euros and later pledged a fresh 3 million "
     "euros to Ukraine.", "Norway", 6e6),
    ("Norway gave Ukraine 50 million euros for boats. It also gave Ukraine 40 million euros for "
     "schools.", "Norway", 90e6),
]  # fmt: skip


@pytest.mark.parametrize(("text", "donor", "amount"), TWO_SUMS)
def test_words_that_tell_of_new_money_raise_the_low_end(
    text: str, donor: str, amount: float
) -> None:
    found = total(text, donor)
    assert (found.low, found.high) == (amount, amount)


MAY_BE = [
    ("Norway will give Ukraine 9 billion euros in 2024-2027. In 2024 Norway will pay Ukraine 2 "
     "billion euros.", "Norway", 9e9, 11e9),
]  # fmt: skip


@pytest.mark.parametrize(("text", "donor", "low", "high"), MAY_BE)
def test_what_may_be_a_part_separates_the_ends_and_says_why(
    text: str, donor: str, low: float, high: float
) -> None:
    found = total(text, donor)
    assert (found.low, found.high) == (low, high)
    assert "only in the upper end: may be" in found.included["reason"].tolist()[0]


def test_shares_of_a_joint_sum_are_counted_once() -> None:
    text = (
        "Sweden, Norway and Denmark will give Ukraine 500 million euros. Sweden gives 275 million "
        "euros, Norway 146 million euros and Denmark 79 million euros."
    )
    every = total(text, None)
    assert (every.low, every.high) == (500e6, 500e6)
    alone = total(text, "Sweden")
    assert (alone.low, alone.high) == (275e6, 275e6)


def table(*rows: dict[str, Any]) -> Reconciliation:
    told = {"source": "t.csv", "donor": "Germany", "recipient": "Ukraine", "currency": "EUR"}
    frame = pd.DataFrame(
        [
            {"claim_id": f"r{number}", "published": "2024-11-04"} | told | row
            for number, row in enumerate(rows)
        ]
    )
    return reconcile(frame)


def test_a_commitment_and_its_disbursement_are_never_added_in_the_low_end() -> None:
    found = table(
        {"amount": 100e6, "status": "committed", "purpose": "DE-1-2022: air defence"},
        {"amount": 70e6, "status": "disbursed", "purpose": "DE-1-2022: air defence"},
    ).total("Germany")
    assert found.low == 100e6
    assert "later stage" in str(found)


def test_one_pledge_in_two_currencies_of_one_day_is_one() -> None:
    found = table({"amount": 683e6}, {"amount": 744_743_200.0, "currency": "USD"}).total("Germany")
    assert found.low == found.high == pytest.approx(683e6, rel=1e-6)


def test_amounts_that_only_round_to_each_other_may_be_one() -> None:
    found = table({"amount": 683e6}, {"amount": 745e6, "currency": "USD"}).total("Germany")
    assert found.low == pytest.approx(683e6, rel=0.01)
    assert found.high > 1.3e9


def test_equal_rows_that_differ_in_nothing_are_a_question() -> None:
    result = table({"amount": 5e6}, {"amount": 5e6}, {"amount": 90e6})
    found = result.total("Germany")
    assert (found.low, found.high) == (95e6, 100e6)


def test_rows_add_up_to_both_ends_the_widest_apart_first() -> None:
    claims = read_text(
        "Norway will give Ukraine 9 billion euros in 2024-2027. In 2024 Norway will pay Ukraine "
        "2.1 billion euros. In 2025 Norway will pay Ukraine 1.3 billion euros.",
        published="2025-04-04",
    )
    found = reconcile(claims, "USD").total("Norway")
    rows = found.included
    assert math.fsum(rows["low_usd"]) == found.low
    assert math.fsum(rows["high_usd"]) == found.high
    apart = (rows["high_usd"] - rows["low_usd"]).tolist()
    assert apart == sorted(apart, reverse=True)
    assert found.low <= found.likely <= found.high


@pytest.mark.parametrize("amount", [300e9, 24e12])
def test_more_than_the_world_gives_is_a_question_and_not_in_the_low_end(amount: float) -> None:
    result = table({"amount": 20e6}, {"amount": amount, "published": "2023-01-04"})
    found = result.total("Germany")
    assert found.low == 20e6
    assert found.high == amount + 20e6
    assert "slip of scale" in found.included["reason"].tolist()[0]


def test_a_thousand_times_all_others_of_the_donor_is_a_question() -> None:
    result = table({"amount": 20e6}, {"amount": 24e9, "published": "2023-01-04"})
    assert result.total("Germany").low == 20e6


@pytest.mark.parametrize(
    "text",
    [text for text, *_ in MAY_BE]
    + [
        "Norway gave Ukraine 5 million euros for boats. Allies gave Ukraine 20 million euros.",
        "Norway gave Ukraine 5 million euros for boats. On Tuesday Norway will pay Ukraine 5 "
        "million euros.",
    ],
)
def test_while_the_ends_differ_there_is_something_to_settle(text: str) -> None:
    result = reconcile(read_text(text, published="2025-04-04", source="page"))
    found = result.total()
    if found.low < found.high:
        assert review(result.ledger)


def test_one_decision_settles_a_row_that_separates_the_ends() -> None:
    claims = read_text(MAY_BE[0][0], published="2025-04-04", source="page")
    before = reconcile(claims)
    call = next(one for one in review(before.ledger) if one.kind == "part-of")
    assert call.effect == before.total().high - before.total().low
    ends = set()
    for way in call.answers:
        decided = Decisions([Decision(way.kind, way.claims, way.value)])
        after = reconcile(claims, decisions=decided).total()
        assert after.low == after.high
        ends.add(after.low)
    assert ends == {before.total().low, before.total().high}


def test_parts_that_do_not_make_their_whole_are_a_finding() -> None:
    result = reconcile(read_text(ONE_SUM[5][1], published="2025-04-04", source="page"))
    told = result.findings.set_index("cause")["message"]
    assert any("come to 80 million EUR" in message for message in told.loc[["part-of"]])


def test_parts_that_make_their_whole_are_none() -> None:
    text = ONE_SUM[5][1].replace("10 million", "15 million")
    result = reconcile(read_text(text, published="2025-04-04", source="page"))
    assert not any("come to" in message for message in result.findings["message"])


def test_a_channel_and_the_place_of_its_work_may_be_one_payment() -> None:
    result = table(
        {"amount": 10e6, "recipient": "UNRWA", "source": "a"},
        {"amount": 10e6, "recipient": "Palestine", "source": "b", "published": "2024-11-09"},
        {"amount": 10e6, "recipient": "Kenya", "source": "c"},
    )
    found = result.total("Germany")
    assert (found.low, found.high) == (20e6, 30e6)
    assert "through UNRWA" in str(found)
    assert result.total("Germany", "Kenya").low == 10e6
