"""Sums told "respectively", each to its own giver or receiver; parts and what they come to."""

from __future__ import annotations

import pytest

import pledgecalc as pc

THREE = [("5 million", "Norway"), ("7 million", "Sweden"), ("9 million euros", "Denmark")]


@pytest.mark.parametrize(
    ("text", "side", "dealt"),
    [
        (
            "Norway, Sweden and Denmark gave Kenya 5 million, 7 million and 9 million euros "
            "respectively.",
            "donor",
            THREE,
        ),
        (
            "Norway gave Kenya, Uganda and Chad 5 million euros, 7 million euros and 9 million "
            "euros respectively.",
            "recipient",
            [
                ("5 million euros", "Kenya"),
                ("7 million euros", "Uganda"),
                ("9 million euros", "Chad"),
            ],
        ),
        (
            "Germany and France gave €5 million and €7 million, respectively, to Mali.",
            "donor",
            [("€5 million", "Germany"), ("€7 million", "France")],
        ),
        (
            "Kenya and Chad will get 5 million euros and 7 million euros respectively from Norway.",
            "recipient",
            [("5 million euros", "Kenya"), ("7 million euros", "Chad")],
        ),
    ],
)
def test_each_sum_has_its_own_party(text: str, side: str, dealt: list[tuple[str, str]]) -> None:
    claims = pc.read_text(text, published="2024-01-10")
    assert list(zip(claims["text"], claims[side], strict=True)) == dealt


@pytest.mark.parametrize(
    ("told", "verdict", "words"),
    [
        (
            ": 30 million euros for schools, 40 million euros for roads and 20 million euros for "
            "water",
            "adds-up",
            "yes: the 3 parts come to 90 million EUR",
        ),
        (
            ", of which 30 million euros is for schools",
            "missing",
            "the one part named is '30 million euros'; 60 million EUR of '90 million euros' are in",
        ),
        (
            ": 50 million euros for schools and 60 million euros for roads",
            "too-much",
            "a part is counted twice, is no part of it, or a number is wrong",
        ),
    ],
)
def test_what_parts_come_to_is_said(told: str, verdict: str, words: str) -> None:
    said = f"Norway will give Kenya 90 million euros{told}."
    found = pc.parts(pc.reconcile(pc.read_text(said, published="2024-01-10")))
    assert found["verdict"].tolist() == [verdict]
    assert words in found["answer"][0]


def test_a_part_for_each_of_several_is_counted_for_each() -> None:
    said = "Norway, Sweden and Denmark will give Kenya 90 million euros, 30 million euros each."
    found = pc.parts(pc.reconcile(pc.read_text(said, published="2024-01-10")))
    assert found["answer"][0].startswith("yes: '30 million euros' for each of 3 makes 90 million")
