"""Who gives and receives in other languages: each fact that has points is explained, and holds."""

from __future__ import annotations

import pytest

from calc.claims import read_text
from calc.claims.choice import AHEAD_OF_NEXT, AHEAD_OF_NOBODY, NOBODY, points
from calc.claims.mentioned import FACETS
from calc.claims.signs import choose, signs_in
from calc.claims.tongue_candidates import TABLE
from calc.claims.tongues import asked_abroad
from calc.documents import document_from_text
from calc.text.data_tables import table

FACTS = table("tongue_facts")
KINDS = {
    row["fact"].removeprefix("kind-")
    for row in table("party_facts")
    if row["fact"].startswith("kind-")
} | {"other-body"}
PLACES = {"here", "not-here", "same-sentence", "sentence-before"}


def facts_in(text: str, language: str) -> set[str]:
    """The facts of all candidates for the figures of a text, and those for naming nobody."""
    document = document_from_text(text.replace("¶", "\n\n"), published="2025-04-04")
    found: set[str] = set()
    for _, _, candidates in asked_abroad(document, language):
        for facet in FACETS:
            found.update(NOBODY + fact for fact in candidates.nobody_for(facet))
        for names in candidates.names:
            found.update(candidates.facts(names))
    return {part for fact in found for part in fact.split("&")}


@pytest.mark.parametrize("row", FACTS, ids=[row["fact"] for row in FACTS])
def test_a_fact_holds_in_its_example_and_not_in_its_counter_example(row: dict[str, str]) -> None:
    assert row["fact"] in facts_in(row["example"], row["language"])
    assert row["fact"] not in facts_in(row["counter"], row["language"])


def test_every_fact_with_points_is_explained() -> None:
    known = {row["fact"] for row in FACTS} | {f"kind-{kind}" for kind in KINDS}
    for row in table(TABLE):
        first, *others = row["fact"].split("&")
        assert first in {*known, AHEAD_OF_NOBODY, AHEAD_OF_NEXT}, row
        for other in others:
            plain = other.removesuffix("-not-here").removesuffix("-here").removeprefix("not-here-")
            assert (
                plain in KINDS | known | PLACES
                or other in KINDS | PLACES
                or any(kind in other for kind in KINDS)
            ), row


def test_the_best_must_be_ahead_of_nobody_and_of_the_next_one() -> None:
    for facet in FACETS:
        assert points(TABLE)[facet][AHEAD_OF_NOBODY] > 0
        assert points(TABLE)[facet][AHEAD_OF_NEXT] > 0


@pytest.mark.parametrize(
    "text",
    [
        "Dänemark stellt der Ukraine 140 Millionen Euro bereit, sagte der Minister am Montag.",
        "Die Lage ist ernst, sagte der Minister, und es geht um 5 Millionen Euro für die Schulen.",
        "Данія виділить Україні 140 мільйонів євро на дрони, сказав міністр у понеділок.",
    ],
)
def test_the_signs_of_a_choice_come_to_it_and_those_of_an_open_side_to_none(text: str) -> None:
    claims = read_text(text)
    for facet in FACETS:
        named_party = claims[facet].tolist()[0]
        chosen = choose(signs_in(claims["signs"].tolist()[0]), facet).value
        assert chosen == (named_party.split("|")[0] if isinstance(named_party, str) else None)
