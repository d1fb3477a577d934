"""Donor and recipient are what their signs add up to; words that let or block a sign do so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from calc.claims import read_text
from calc.claims.choice import MADE_UP, points
from calc.claims.reading import first_look
from calc.claims.rules import Condition, conditions, named
from calc.claims.signs import Chosen, Sign, choose, signs_in
from calc.claims.tongue_candidates import TABLE as ABROAD
from calc.claims.tongue_rules import tongue_rules
from calc.documents import document_from_text

HERE = Path(__file__).parent
CONDITIONS = conditions("party_conditions").values()
FACETS = ("donor", "recipient")


def names_of_signs(text: str) -> set[str]:
    """The names of the signs that the first look at a text gives, before all candidates compete."""
    readings, _ = first_look(document_from_text(text, published="2025-04-04"))
    return {sign.name for one in readings for sign in signs_in(one.signs)}


@pytest.mark.parametrize("condition", CONDITIONS, ids=[one.name for one in CONDITIONS])
def test_a_condition_lets_its_sign_be_given_or_blocks_it(condition: Condition) -> None:
    given = condition.sign in names_of_signs(condition.example)
    otherwise = condition.sign in names_of_signs(condition.counter)
    assert (given, otherwise) == {"lets": (True, False), "blocks": (False, True)}[condition.effect]


@pytest.fixture(scope="module")
def claims() -> list[dict[str, Any]]:
    """The claims of the sentences of the corpora and of the pages, as rows."""
    texts = [
        json.loads(line)["text"]
        for name in ("claims", "claims_known_failures")
        for line in (HERE / f"corpus/{name}.jsonl").read_text("utf-8").splitlines()
    ]
    texts += [path.read_text("utf-8") for path in sorted((HERE / "pages").iterdir())]
    read = [read_text(text, published="2025-04-04") for text in texts]
    every = pd.concat([one for one in read if len(one)], ignore_index=True)
    rows = every.astype(object).where(every.notna(), None).to_dict("records")
    return [{str(name): cell for name, cell in row.items()} for row in rows]


def test_every_party_of_a_claim_is_signed_and_has_the_most_points(
    claims: list[dict[str, Any]],
) -> None:
    asked = 0
    for claim in claims:
        signs = signs_in(claim["signs"])
        for facet in FACETS:
            parties = set(filter(None, (claim[facet] or "").split("|")))
            signed = {sign.value for sign in signs if sign.facet == facet}
            chosen = choose(signs, facet).value
            assert parties <= signed, (facet, claim)
            assert (chosen in parties) if parties else (chosen is None), (facet, claim)
            asked += len(parties)
    assert asked > 1500


def test_every_sign_of_a_party_has_its_line_in_a_table(claims: list[dict[str, Any]]) -> None:
    fitted, table = points(), named("party_signs")
    abroad = points(ABROAD)
    other = {rule.name for rule in tongue_rules()}  # of other languages: test_tongues
    for claim in claims:
        for sign in signs_in(claim["signs"]):
            if sign.facet not in FACETS or sign.name in MADE_UP or sign.name in other:
                continue
            if sign.points in (
                fitted[sign.facet].get(sign.name),
                abroad[sign.facet].get(sign.name),
            ):
                continue  # of the choice among all candidates
            line = table[sign.name]
            assert sign.facet in line.facet.split("|"), (sign, claim)
            # a line without points takes away all that a party has
            assert sign.points == line.points if line.points else sign.points < 0, sign


def test_signs_of_parties_stand_on_words_without_space_around(
    claims: list[dict[str, Any]],
) -> None:
    for claim in claims:
        for sign in signs_in(claim["signs"]):
            words = sign.words(claim["sentence"])
            assert words is None or (words and words == words.strip()), (sign, claim)


def test_a_giver_dealt_out_in_order_goes_before_one_with_more_points() -> None:
    text = "Money came from France and Germany, 1 and 2 million euros respectively, for Mali."
    readings, _ = first_look(document_from_text(text))
    first = signs_in(readings[0].signs)
    assert Sign("donor", "set-aside", "Germany", -7) in first
    assert choose(first, "donor") == Chosen("France", 7)
    assert read_text(text)["donor"].tolist() == ["France", "Germany"]


def test_a_party_at_both_ends_keeps_the_stronger_place() -> None:
    text = "Ukraine allocated 5 million euros for Ukraine's hospitals."
    readings, _ = first_look(document_from_text(text))
    signs = signs_in(readings[0].signs)
    assert sum(sign.points for sign in signs if sign.facet == "donor") == 0
    assert read_text(text)["recipient"].tolist() == ["Ukraine"]
