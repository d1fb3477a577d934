"""Sums in a currency without a rate, and lines of one table: what tells them apart."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from tellings import DEFAULTS, act, kroner, related

from calc.claims.completed import prepared_and_read
from calc.reconcile import reconcile

LINE = {"source": "table", "published": "2024-02-01"}
DOLLARS = {"currency": "USD"}


def rows(*claims: dict[str, Any]) -> pd.DataFrame:
    told = [
        DEFAULTS | {"claim_id": f"c{number}", "source": f"s{number}"} | claim
        for number, claim in enumerate(claims)
    ]
    return pd.DataFrame(told)


def pledges(*claims: dict[str, Any]) -> list[str]:
    return sorted(reconcile(rows(*claims)).pledges["claim_ids"])


def won(words: str, **more: Any) -> dict[str, Any]:
    return kroner(words, currency="KPW", **more)


def test_sums_without_a_rate_between_them_stay_apart() -> None:
    later = kroner("52 million", published="2024-11-06")
    assert pledges(won("500 million"), later) == ["c0", "c1"]
    assert related(prepared_and_read(rows(won("500 million"), later))) == []


def test_what_both_print_in_one_currency_is_compared_where_no_rate_is_known() -> None:
    both = [
        won("500 million", source="a"),
        kroner("5 million", source="a", conversion_of="c0", **DOLLARS),
    ]
    soon = {"source": "b", "published": "2024-11-06", **DOLLARS}
    assert pledges(*both, kroner("5.1 million", **soon)) == ["c0|c1|c2"]
    assert pledges(*both, kroner("15 million", **soon)) == ["c0|c1", "c2"]


@pytest.mark.parametrize(
    ("one", "other", "kind", "evidence"),
    [
        ({}, kroner("100 million") | act("2023-06-10"), "different", "listed-later"),
        ({"purpose": "drones"}, kroner("100 million", purpose="schools"), "different",
         "line-different"),
        # of two currencies: what the lines are for, and their days
        ({"purpose": "drones"}, kroner("10 million", purpose="schools", **DOLLARS), "different",
         "scope-different"),
        ({"purpose": "Firtash"}, kroner("10 million", purpose="Nansen", **DOLLARS), "different",
         "name-different"),
        (act("2023-01-10"), kroner("10 million", **DOLLARS) | act("2023-09-10"), "different",
         "told-later"),
        # a later stage of a line is of the earlier one, where it is not larger
        ({"status": "disbursed", "purpose": "drones"},
         kroner("300 million", status="committed", purpose="drones"), "stage-of", "stage-listed"),
    ],
)  # fmt: skip
def test_lines_of_one_table(
    one: dict[str, Any], other: dict[str, Any], kind: str, evidence: str
) -> None:
    told = [kroner("104 million") | one | LINE, other | LINE]
    found = related(prepared_and_read(rows(*told)))
    assert [(relation[0], relation[3]) for relation in found] == [(kind, evidence)]
    assert pledges(*told) == ["c0", "c1"]
