"""Parts against their whole and headlines against their bodies, where the answer is no or open."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from one_text import reconciled

import pledgecalc as pc


def parts(text: str, published: str = "2025-04-04") -> pd.Series[Any]:
    table = pc.parts(reconciled(text, published=published))
    assert len(table) == 1
    return table.iloc[0]


@pytest.mark.parametrize(
    "whole_and_part",
    [
        "over 90 million euros, including 30 million euros",
        "90 million euros, including more than 30 million euros",
        "90 million euros, including up to 30 million euros",
    ],
)
def test_an_open_range_has_no_answer(whole_and_part: str) -> None:
    row = parts(f"Norway will give Chad {whole_and_part} for schools.")
    assert row["verdict"] == "unknown"
    assert "no closed range" in str(row["answer"])
    assert pd.isna(row["sum_low"])


def test_a_part_that_no_rate_brings_into_the_currency_of_the_whole_has_no_answer() -> None:
    text = "Norway gave Chad 900 million kroner, including 30 million euros for schools."
    assert parts(text, "1901-04-04")["verdict"] == "unknown"
    assert parts(text)["verdict"] == "missing"


def test_parts_that_come_to_more_than_the_whole_say_by_how_much() -> None:
    text = (
        "Norway will give Chad 90 million euros, including 70 million euros for schools and "
        "60 million euros for roads."
    )
    row = parts(text)
    assert row["verdict"] == "too-much"
    assert "38.5 to 41.5 million EUR more than '90 million euros'" in str(row["answer"])


@pytest.mark.parametrize(
    ("givers", "receivers", "asked"),
    [
        ("Denmark, Norway and Sweden", "Chad", True),
        ("Norway", "Chad, Mali and Kenya", True),
        ("Norway", "Chad", False),
        ("Denmark and Norway", "Chad", False),
    ],
)
def test_a_part_that_may_be_for_each_is_asked_about_where_so_many_are_named(
    givers: str, receivers: str, asked: bool
) -> None:
    row = parts(
        f"{givers} will give {receivers} 90 million euros, including 30 million euros for arms."
    )
    assert row["verdict"] == "missing"
    hint = "Each? 3 times '30 million euros' would make it, and 3 are named"
    assert (hint in str(row["answer"])) == asked


def test_no_number_of_times_makes_the_whole() -> None:
    row = parts(
        "Denmark, Norway and Sweden will give Chad 97 million euros, including 40 million euros "
        "for arms."
    )
    assert row["verdict"] == "missing"
    assert "Each?" not in str(row["answer"])


@pytest.mark.parametrize(
    ("besides", "words"),
    [
        ("it has given 200 million euros since 2020", "'200 million euros', read as a total"),
        ("it has given 20 million euros since 2020", "40 million EUR would be missing"),
    ],
)
def test_another_sum_of_the_sentence_is_named_beside_a_missing_part(
    besides: str, words: str
) -> None:
    row = parts(
        "Norway will give Chad 90 million euros, including 30 million euros for schools; "
        f"{besides}."
    )
    assert row["verdict"] == "missing"
    assert words in str(row["answer"])
    assert ("would be missing" in str(row["answer"])) == ("would be missing" in words)


@pytest.mark.parametrize(
    ("head", "body", "same", "words"),
    [
        (
            "€5 billion",
            "give Ukraine 201 million euros, and Sweden 300 million euros",
            "unknown",
            "it names '201 million euros', '300 million euros'",
        ),
        ("€201 million", "help Ukraine", "unknown", "it names no sum"),
        (
            "€201 million",
            "give Ukraine between 190 and 210 million euros",
            "unknown",
            "one of the two is a range",
        ),
        ("€250 million", "give Ukraine 201 million euros", "no", "+24 % off the body"),
        ("€2 million", "give Ukraine 201 million euros", "no", "0.00995 times the body"),
        ("$400 million", "give Ukraine 201 million euros", "no", "was 222.2 million USD"),
        (
            "€201 million",
            "give Ukraine 201 million Zimbabwe dollars",
            "unknown",
            "no NBP rate of ZWL",
        ),
    ],
)
def test_a_headline_that_is_not_its_body_says_why(
    head: str, body: str, same: str, words: str
) -> None:
    text = f"Denmark to send Ukraine {head}\n\nDenmark will {body}, it said."
    row = pc.headlines(reconciled(text)).iloc[0]
    assert row["same"] == same
    assert words in row["answer"]
