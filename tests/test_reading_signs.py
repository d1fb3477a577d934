"""Every rule that gives a sign has an example that has it and a counter-example that has not."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from calc.claims import read_text, roles, signs, statuses
from calc.claims.reading import first_look
from calc.claims.rules import TABLES, Rule, named, rules
from calc.claims.said import said_in_row
from calc.claims.signs import Sign, signs_in, strongest, top
from calc.documents import document_from_text
from calc.schema import CLAIMS
from calc.text.data_tables import DATA

RULES = [rule for table in TABLES if (DATA / f"{table}.tsv").exists() for rule in rules(table)]


def names_of_signs(text: str) -> set[str]:
    """The names of all signs of the claims in ``text``, and of what is said in their sentences."""
    claims = read_text(text, published="2025-04-04")
    looked, _ = first_look(
        document_from_text(text, published="2025-04-04")
    )  # parties: before all compete
    cells = [*claims["signs"].dropna(), *(one.signs for one in looked)]
    signs = {sign.name for cell in cells for sign in signs_in(cell)}
    rows = claims[["sentence", "sentence_start", "text", "start", "said", "signs"]].dropna(
        subset="signs"
    )
    for row in rows.astype(object).where(rows.notna(), None).itertuples(index=False, name=None):
        signs |= {mark.rule for mark in said_in_row(*row).marks}
    return signs


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_example_has_the_sign_and_the_counter_example_has_it_not(rule: Rule) -> None:
    assert rule.name in names_of_signs(rule.example)
    assert rule.name not in names_of_signs(rule.counter)


BY_STRONGEST = [rule for rule in RULES if rule.facet in signs.BY_STRONGEST]


@pytest.mark.parametrize("rule", BY_STRONGEST, ids=[rule.name for rule in BY_STRONGEST])
def test_the_example_is_decided_by_the_sign_of_its_rule(rule: Rule) -> None:
    claims = read_text(rule.example, published="2025-04-04")
    cells = [signs_in(cell) for cell in claims["signs"]]
    found = [[sign for sign in cell if sign.facet == rule.facet] for cell in cells]
    having = [cell for cell in found if rule.name in {sign.name for sign in cell}]
    if rule.points == 0:  # it sets a sign aside, so the claim is something else
        assert all(top(cell).value != rule.value for cell in having)
        return
    deciding = [cell for cell in having if top(cell).name == rule.name]
    assert deciding
    if rule.where != "code":  # and without it the figure would be something else
        for cell in deciding:
            others = [sign for sign in cell if sign.name != rule.name and sign.points]
            assert not others or said(top(others), rule) != (rule.value, rule.noise_reason)


def said(sign: Sign, rule: Rule) -> tuple[str, str]:
    """The value of a sign and the reason of noise, by the table in which ``rule`` stands."""
    return sign.value, named(f"{rule.facet}_signs")[sign.name].noise_reason


def test_no_two_rules_have_one_name() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(names) == sorted(set(names))


ROOT = Path(__file__).parent
CORPORA = ("claims.jsonl", "claims_known_failures.jsonl", "lithuania_claims.jsonl")


def read_corpora(*, pages: bool = True) -> list[dict[str, Any]]:
    """The claims of every passage of the corpora, and of every page of the tests."""
    frames = []
    for name in CORPORA:
        for line in (ROOT / "corpus" / name).read_text("utf-8").splitlines():
            row = json.loads(line)
            text = row.get("text") or row.get("sentence") or ""
            frames.append(read_text(text, published=row.get("published", "2024-11-04")))
    if pages:
        found = sorted((ROOT / "pages").glob("*"))
        frames += [read_text(path.read_text("utf-8")) for path in found]
    every = pd.concat([frame for frame in frames if len(frame)], ignore_index=True)
    every = every.loc[every["zone"] != "table", list(CLAIMS)]  # rows of tables have no signs
    return [
        {str(name): cell for name, cell in row.items()}
        for row in every.astype(object).where(every.notna(), None).to_dict("records")
    ]


@pytest.fixture(scope="module")
def claims() -> list[dict[str, Any]]:
    return read_corpora()


@pytest.mark.parametrize(
    ("facet", "without"), [("role", None), ("status", "unknown"), ("currency", None)]
)
def test_every_claim_is_what_its_strongest_sign_says(
    claims: list[dict[str, Any]], facet: str, without: str | None
) -> None:
    assert len(claims) > 1000
    for claim in claims:
        found = strongest(signs_in(claim["signs"]), facet)
        assert claim[facet] == (found.value or without), claim


def test_the_reason_of_noise_is_that_of_its_strongest_sign(claims: list[dict[str, Any]]) -> None:
    rule = named("role_signs")
    for claim in claims:
        first = top([one for one in signs_in(claim["signs"]) if one.facet == "role"])
        if first.name in rule and rule[first.name].noise_reason:
            assert claim["noise_reason"] == rule[first.name].noise_reason, claim


def test_signs_stand_on_words_of_their_sentence(claims: list[dict[str, Any]]) -> None:
    for claim in claims:
        for sign in signs_in(claim["signs"]):
            words = sign.words(claim["sentence"])
            assert words is None or (words and words == words.strip()), (sign, claim)


def test_the_order_of_the_lines_does_not_matter(
    claims: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shuffled = {name: list(rules(name)) for name in (roles.TABLE, statuses.TABLE)}
    for lines in shuffled.values():
        random.Random(5).shuffle(lines)
    for module in (roles, statuses):
        monkeypatch.setattr(module, "rules", shuffled.__getitem__)
    roles._cues.cache_clear()
    statuses._patterns.cache_clear()
    assert list(shuffled["role_signs"]) != list(rules("role_signs"))
    try:
        again = read_corpora(pages=False)
        assert again == claims[: len(again)]
    finally:
        monkeypatch.undo()
        roles._cues.cache_clear()
        statuses._patterns.cache_clear()


@pytest.mark.parametrize(
    ("text", "role", "plain", "otherwise"),
    [
        (  # given to somebody
            "Norway gave Kyiv orders worth 5 million euros.",
            "pledge",
            "The company won orders worth 5 million euros.",
            "noise",
        ),
        (  # told behind
            "Hungary blocks the 5 billion euros that Berlin promised Kyiv.",
            "pledge",
            "Hungary blocks the 5 billion euros.",
            "noise",
        ),
        (  # planned
            "Norway will give Kyiv 5 billion euros in total.",
            "pledge",
            "Norway gave Kyiv 5 billion euros in total.",
            "total",
        ),
        (  # one sum in its clause
            "Since 2022 Norway has given Kyiv a new package of 5 billion euros.",
            "pledge",
            "Since 2022 Norway has given Kyiv a package of 5 billion euros.",
            "total",
        ),
        (  # one sum anywhere in the sentence
            "Norway gave Kyiv 5 billion euros, its largest gift so far.",
            "pledge",
            "Norway gave Kyiv 5 billion euros, a gift so far.",
            "total",
        ),
    ],
)
def test_a_sign_is_set_aside_under_its_condition(
    text: str, role: str, plain: str, otherwise: str
) -> None:
    assert read_text(text)["role"].tolist() == [role]
    assert read_text(plain)["role"].tolist() == [otherwise]


def test_every_condition_of_the_table_is_known() -> None:
    conditions = {name for rule in rules(roles.TABLE) for name in rule.unless.split()}
    assert conditions == set(roles._UNLESS)
