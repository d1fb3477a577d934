"""Whether two tables tell one pledge: the reasons for yes, no and maybe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pledgecalc as pc
from calc.decisions import Decision, Decisions

WORDS = "Norway will give Chad 5 million euros for wells."


def side(*rows: dict[str, Any], source: str = "x.txt") -> pd.DataFrame:
    base = {"source": source, "published": "2024-11-04", "donor": "Norway", "recipient": "Chad"}
    return pd.DataFrame([{**base, "amount": 5e6, "currency": "EUR", **row} for row in rows])


def one(a: dict[str, Any], b: dict[str, Any]) -> pc.SamePledge:
    return pc.same_pledge(side(a), side(b))


def test_one_sentence_in_both_is_one_pledge() -> None:
    told = {"sentence": WORDS, "text": "5 million euros"}
    found = one(told, told)
    assert found.answer == "yes"
    assert found.reasons[0].endswith("the same sentence stands in both")
    assert str(found).startswith("Yes: both report '5 million euros', Norway → Chad")


def test_ids_that_both_have_are_told_apart() -> None:
    found = one({"claim_id": "q1"}, {"claim_id": "q1"})
    assert found.answer == "yes"
    assert found.pairs[["a_id", "b_id"]].values.tolist() == [["q1", "q1b"]]
    tied = [{"claim_id": "q1"}, {"claim_id": "q2", "conversion_of": "q1", "currency": "USD"}]
    copied = pc.same_pledge(side(*tied), side(*tied))
    assert copied.answer == "yes"


def test_a_decision_says_that_two_are_one() -> None:
    a, b = side({"claim_id": "q1"}, source="a"), side({"claim_id": "q2", "amount": 9e6}, source="b")
    assert pc.same_pledge(a, b).answer == "no"
    decisions = Decisions([Decision("same", ("q1", "q2"), why="one grant, raised")])
    found = pc.same_pledge(a, b, decisions=decisions)
    assert found.answer == "yes"
    assert "'5,000,000 EUR' and '9,000,000 EUR' are one pledge, Norway → Chad" in found.reasons[0]
    assert "one grant, raised" in found.reasons[0]
    assert found.pairs["confidence"].tolist() == [0.99]


@pytest.mark.parametrize(
    ("other", "answer", "words"),
    [
        ({"amount": 9e6}, "no", "the amounts differ: '5,000,000 EUR' and '9,000,000 EUR'"),
        ({"amount": None}, "maybe", "nothing tells '5,000,000 EUR' and '' apart"),
        ({"donor": None}, "no", "two rows of one table"),
        (
            {"published": "2025-06-04", "status": "disbursed"},
            "maybe",
            "the later one recalls an old promise",
        ),
        ({"source": "y.txt", "published": "2025-03-10"}, "no", "126 days apart"),
    ],
)
def test_what_speaks_against_one_pledge_is_named(
    other: dict[str, Any], answer: str, words: str
) -> None:
    found = one({}, other)
    assert found.answer == answer
    assert words in found.reasons[0]


def test_amounts_without_a_rate_are_not_compared() -> None:
    found = one({}, {"currency": "NOK", "published": "1901-01-01", "amount": 90e6})
    assert found.answer in ("maybe", "no")
    assert "the amounts differ" not in " ".join(found.reasons)


def files(folder: Path, *texts: str) -> list[Path]:
    found = []
    for number, text in enumerate(texts):
        found.append(folder / f"{number}.txt")
        found[-1].write_text(text, encoding="utf-8")
    return found


def test_a_later_version_of_a_pledge_is_a_maybe(tmp_path: Path) -> None:
    later = "Norway cut its pledge to Chad for wells to 3 million euros."
    found = pc.same_pledge(*files(tmp_path, WORDS, later), published="2024-11-04")
    assert found.answer == "maybe"
    assert found.pairs["relation"].tolist() == ["revision-of"]
    assert "may be one pledge that was changed: the later one reports a change" in found.reasons[0]


def test_a_part_in_one_file_is_no_pair_of_the_two(tmp_path: Path) -> None:
    whole = "Sweden will give Mali 90 million euros, including 30 million euros for schools."
    found = pc.same_pledge(*files(tmp_path, whole, WORDS), published="2024-11-04")
    assert found.answer == "no"
    assert set(found.pairs["relation"]) == {"different"}
    assert found.pairs["a"].str.contains("0.txt").all()
    assert found.pairs["b"].str.contains("1.txt").all()


def test_what_one_file_tells_twice_says_nothing_of_the_other() -> None:
    twice = [
        {"claim_id": "p1", "amount": 40e6, "recipient": "Mali", "purpose": "boats"},
        {"claim_id": "p2", "amount": 40e6, "recipient": "Mali", "published": "2024-12-24"},
    ]
    a = pd.concat([side(twice[0], source="a"), side(twice[1], source="b")], ignore_index=True)
    found = pc.same_pledge(a, side({}, source="c"))
    assert found.answer == "no"
    assert not set(found.pairs["b_id"]) & {"p1", "p2"}
