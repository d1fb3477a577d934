"""Which figures are stated conversions of another one, and which only stand beside it."""

from __future__ import annotations

import pytest

from pledgecalc import check, read_text


def _pairs(text: str, title: str | None = None) -> list[tuple[str, str]]:
    claims = read_text(text, published="2025-04-04", title=title)
    words = dict(zip(claims["claim_id"], claims["text"], strict=True))
    found = claims[claims["conversion_of"].notna()]
    return [
        (words[base], text)
        for base, text in zip(found["conversion_of"], found["text"], strict=True)
    ]


def test_a_headline_converts_what_the_body_converts() -> None:
    text = (
        "Denmark to send Ukraine $217 million\n\n"
        "Denmark will give Ukraine 1.5 billion kroner ($217 million), the ministry said."
    )
    assert _pairs(text) == [("1.5 billion kroner", "$217 million")] * 2
    assert len(check(read_text(text, published="2025-04-04"))) == 1  # told once, judged once


def test_a_headline_may_round_the_conversion_of_the_body() -> None:
    text = (
        "Denmark to send Ukraine almost $220 million\n\n"
        "Denmark will give Ukraine 1.5 billion kroner ($217 million), the ministry said."
    )
    assert _pairs(text) == [("1.5 billion kroner", f"${size} million") for size in (220, 217)]


def test_another_amount_in_the_headline_converts_nothing() -> None:
    text = (
        "Denmark to send Ukraine $250 million\n\n"
        "Denmark will give Ukraine 1.5 billion kroner ($217 million), the ministry said."
    )
    assert _pairs(text) == [("1.5 billion kroner", "$217 million")]


@pytest.mark.parametrize(
    "bracket",
    [
        "about $687,000 today",
        "roughly $1 million in today's money",
        "some $1 million in 2024 dollars",
        "about $1 million at 2024 prices",
        "$1 million adjusted for inflation",
        "$1 million in real terms",
    ],
)
def test_what_it_would_be_today_is_no_conversion(bracket: str) -> None:
    assert _pairs(f"In 2006 Italy gave Kenya 630,000 euros ({bracket}).") == []


@pytest.mark.parametrize(
    "bracket",
    [
        "about $700,000",
        "$700,000 at the time",
        "about $700,000 at today's exchange rate",
        "$700,000; £540,000",
    ],
)
def test_what_stands_in_brackets_is_one(bracket: str) -> None:
    assert _pairs(f"Italy gave Kenya 630,000 euros ({bracket}).")
