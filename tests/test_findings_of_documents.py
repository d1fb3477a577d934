"""What one document says twice and not alike: headline and body, parts and shares, signs."""

from __future__ import annotations

import pytest

from calc.claims import read_text
from calc.reconcile import reconcile


def found(text: str, title: str | None = None) -> dict[str, tuple[str, str]]:
    """The severities and messages of the findings, by cause; of one cause all messages."""
    whole = f"{title}\n\n{text}" if title else text
    claims = read_text(whole, published="2025-04-04", title=title, source="page")
    rows = reconcile(claims).findings.to_dict("records")
    told: dict[str, tuple[str, str]] = {}
    for row in rows:
        before = told.get(row["cause"], ("", ""))[1]
        told[row["cause"]] = (row["severity"], f"{before}\n{row['message']}")
    return told


APART = [
    ("Denmark to send Ukraine EUR 250 million",
     "Denmark will give Ukraine 1.5 billion Danish kroner (about €201 million), the ministry said.",
     "20% less"),
    ("Denmark to send Ukraine 2.5 billion Danish kroner",
     "Denmark will give Ukraine 1.5 billion Danish kroner (about €201 million), the ministry said.",
     "40% less"),
    ("Norway to give Kenya 60 million euros",
     "Norway will give Kenya 80 million euros for schools.", "33% more"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "much"), APART)
def test_a_headline_apart_from_its_text_in_either_currency_is_a_question(
    title: str, text: str, much: str
) -> None:
    severity, message = found(text, title)["unresolved"]
    assert severity == "info"
    assert f"{much}: more than rounding" in message


ALIKE = [
    ("EU to give Kenya €1.2 billion", "The EU will give Kenya 1.25 billion euros."),
    ("EU to give Kenya €1 billion", "The EU will give Kenya 1.25 billion euros."),
    ("Denmark to send Ukraine EUR 200 million",
     "Denmark will give Ukraine 1.5 billion Danish kroner (about €201 million)."),
    ("Norway to give Kenya 80 million euros", "Norway will give Chad 60 million euros."),
    ("Norway to give Kenya 80 million euros", "Norway will give Kenya 5 million euros."),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text"), ALIKE)
def test_a_headline_that_rounds_or_tells_of_something_else_is_none(title: str, text: str) -> None:
    assert "unresolved" not in found(text, title)


def test_a_number_with_another_sign_in_the_headline_is_a_question() -> None:
    told = found("Canada will give Haiti €35 million.", "Canada plans $35 million for Haiti")
    severity, message = told["currency-mix-up"]
    assert severity == "info"
    assert "'$35 million' and its text '€35 million'" in message


def test_the_same_sign_is_none() -> None:
    told = found("Canada will give Haiti €35 million.", "Canada plans €35 million for Haiti")
    assert "currency-mix-up" not in told


JOINT = "Norway and Sweden will give Kenya 80 million euros. Norway gives Kenya 30 million euros. "


def test_shares_that_do_not_make_the_joint_sum_are_a_question() -> None:
    severity, message = found(JOINT + "Sweden gives Kenya 35 million euros.")["part-of"]
    assert severity == "info"
    assert "comes to 65 million EUR, not 80 million" in message


@pytest.mark.parametrize("rest", ["Sweden gives Kenya 50 million euros.", ""])
def test_shares_that_make_it_or_are_not_all_told_are_none(rest: str) -> None:
    assert not any("what each gives" in message for _, message in found(JOINT + rest).values())


def test_parts_listed_behind_their_whole_that_do_not_make_it_are_told() -> None:
    told = found(
        "Norway will give Ukraine 85 million euros this year: 50 million euros for arms, 20 "
        "million euros for the budget and 10 million euros for energy."
    )
    assert "come to 80 million EUR" in " ".join(message for _, message in told.values())


def test_a_sure_part_is_told_as_counted_with_its_whole() -> None:
    told = found("Norway will give Kenya 60 million euros, of which 20 million euros are roads.")
    severity, message = told["part-of"]
    assert severity == "info"
    assert "Sums count the larger alone" in message
