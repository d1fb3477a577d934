"""Every rule that gives a sign has an example that has it and a counter-example that has not."""

from __future__ import annotations

import pytest

from calc.claims import read_text
from calc.claims.rules import TABLES, Rule, rules
from calc.claims.signs import signs_in
from calc.text.data_tables import DATA

RULES = [rule for table in TABLES if (DATA / f"{table}.tsv").exists() for rule in rules(table)]


def names_of_signs(text: str) -> set[str]:
    """The names of all signs of the claims in ``text``."""
    claims = read_text(text, published="2025-04-04")
    return {sign.name for cell in claims["signs"].dropna() for sign in signs_in(cell)}


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_example_has_the_sign_and_the_counter_example_has_it_not(rule: Rule) -> None:
    assert rule.name in names_of_signs(rule.example)
    assert rule.name not in names_of_signs(rule.counter)


def test_no_two_rules_have_one_name() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(names) == sorted(set(names))
