"""Every fact that has points is explained, holds in its example and not in its counter-example."""

from __future__ import annotations

import pytest

from calc.claims import read_text
from calc.claims.candidates import TABLE, asked_of
from calc.claims.choice import AHEAD_OF_NEXT, AHEAD_OF_NOBODY, NOBODY, points
from calc.claims.choice import choose as with_parties
from calc.claims.mentioned import FACETS, names_in
from calc.claims.reading import first_look
from calc.claims.rules import named
from calc.claims.settled import SettledSums
from calc.claims.signs import choose, signs_in
from calc.documents import CONTENT, document_from_text
from calc.text.data_tables import table

FACTS = table("party_facts")
KINDS = {row["fact"].removeprefix("kind-") for row in FACTS if row["fact"].startswith("kind-")}


def facts_in(text: str) -> set[str]:
    """The facts of all candidates for the figures of a text, and those for naming nobody."""
    document = document_from_text(text.replace("¶", "\n\n"), published="2025-04-04")
    readings, context = first_look(document)
    assert context is not None
    found: set[str] = set()
    chosen = with_parties(readings, context)
    asked = list(asked_of(readings, context, CONTENT))
    for facet in FACETS:
        told = SettledSums([frozenset(names_in(getattr(chosen[at], facet))) for at, _ in asked])
        for place, (_, candidates) in enumerate(asked):
            found.update(NOBODY + fact for fact in candidates.nobody_for(facet))
            found.update(NOBODY + fact for fact in told.nobody(place))
            for names in candidates.names:
                found.update(candidates.facts(names), candidates.facts_for(facet, names))
                found.update(told.facts(place, frozenset(names), here=True))
    return {part for fact in found for part in (fact, *fact.split("&"))}


@pytest.mark.parametrize("row", FACTS, ids=[row["fact"] for row in FACTS])
def test_a_fact_holds_in_its_example_and_not_in_its_counter_example(row: dict[str, str]) -> None:
    assert row["fact"] in facts_in(row["example"])
    assert row["fact"] not in facts_in(row["counter"])


def test_every_fact_with_points_is_explained() -> None:
    known = {row["fact"] for row in FACTS} | set(named("party_signs"))
    for row in table(TABLE):
        first, *others = row["fact"].split("&")
        assert first in {*known, AHEAD_OF_NOBODY, AHEAD_OF_NEXT}, row
        for other in others:
            assert other in {*known, "here"} or any(kind in other for kind in KINDS), row


def test_the_best_must_be_ahead_of_nobody_and_of_the_next_one() -> None:
    for facet in FACETS:
        assert points()[facet][AHEAD_OF_NOBODY] > 0
        assert points()[facet][AHEAD_OF_NEXT] > 0


def test_a_host_or_a_speaker_is_no_giver() -> None:
    text = "At the summit in Paris some 40 countries pledged 5 million euros for Sudan, Oslo said."
    assert read_text(text)["donor"].isna().all()


def test_the_signs_of_a_choice_come_to_it_and_those_of_an_open_side_to_none() -> None:
    for text in (
        "Norway gave Kenya 5 million euros.",
        "The World Bank and Kenya met. Some 5 million euros was agreed.",
        "Paris and Berlin spoke of 5 million euros for Mali.",
    ):
        claims = read_text(text)
        for facet in FACETS:
            named_party = claims[facet].tolist()[0]
            chosen = choose(signs_in(claims["signs"].tolist()[0]), facet).value
            assert chosen == (named_party.split("|")[0] if isinstance(named_party, str) else None)
