"""Donor and recipient are what their signs add up to; words that let or block a sign do so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calc.claims import read_text
from calc.claims.rules import Condition, conditions
from calc.claims.signs import choose, signs_in

HERE = Path(__file__).parent
CONDITIONS = conditions("party_conditions").values()
FACETS = ("donor", "recipient")


def names_of_signs(text: str) -> set[str]:
    claims = read_text(text, published="2025-04-04")
    return {sign.name for cell in claims["signs"].dropna() for sign in signs_in(cell)}


@pytest.mark.parametrize("condition", CONDITIONS, ids=[one.name for one in CONDITIONS])
def test_a_condition_lets_its_sign_be_given_or_blocks_it(condition: Condition) -> None:
    given = condition.sign in names_of_signs(condition.example)
    otherwise = condition.sign in names_of_signs(condition.counter)
    assert (given, otherwise) == {"lets": (True, False), "blocks": (False, True)}[condition.effect]


def claims_of_tests() -> Iterator[dict[str, Any]]:
    """The claims of the sentences of the corpora and of the pages, as rows."""
    texts = [
        json.loads(line)["text"]
        for name in ("claims", "claims_known_failures")
        for line in (HERE / f"corpus/{name}.jsonl").read_text("utf-8").splitlines()
    ]
    texts += [path.read_text("utf-8") for path in sorted((HERE / "pages").iterdir())]
    for text in texts:
        claims = read_text(text, published="2025-04-04")
        found = claims.astype(object).where(claims.notna(), None)
        yield from ({str(k): cell for k, cell in row.items()} for row in found.to_dict("records"))


def test_every_party_of_a_claim_is_signed_and_has_the_most_points() -> None:
    asked = 0
    for claim in claims_of_tests():
        signs = signs_in(claim["signs"])
        for facet in FACETS:
            parties = set(filter(None, (claim[facet] or "").split("|")))
            named = {sign.value for sign in signs if sign.facet == facet}
            chosen = choose(signs, facet).value
            assert parties <= named, (facet, claim)
            assert (chosen in parties) if parties else (chosen is None), (facet, claim)
            asked += len(parties)
    assert asked > 1500, asked


def test_signs_of_parties_stand_on_words_without_space_around() -> None:
    for claim in claims_of_tests():
        for sign in signs_in(claim["signs"]):
            words = sign.words(claim["sentence"])
            assert words is None or (words and words == words.strip()), (sign, claim)
