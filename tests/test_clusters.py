"""Reports of real pledges, read and reconciled: what is one pledge, and what only looks the same.

The counts are what is reached today: they may rise, and a fall has to be explained.
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from calc.claims import read_text
from calc.reconcile import reconcile

CORPUS = Path(__file__).parent / "corpus" / "clusters.json"
LINKED, KEPT_APART = 30, 18  # reports
SAME, DIFFERENT = 57, 94  # amounts

Amount = list[str]  # the report, and the words of the amount in it


@pytest.fixture(scope="module")
def corpus() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CORPUS.read_text(encoding="utf-8"))
    return found


def reconciled(reports: list[dict[str, Any]]) -> pd.DataFrame:
    """The claims of ``reports``, read and reconciled together."""
    claims = [
        read_text(
            one["text"],
            published=one["published"],
            publisher=one.get("publisher"),
            source=one["id"],
        )
        for one in reports
    ]
    return reconcile(pd.concat(claims, ignore_index=True)).claims


@pytest.fixture(scope="module")
def pledges_of(corpus: dict[str, Any]) -> dict[str, set[str]]:
    """The pledges and series in which the figures of each report stand."""
    found = reconciled([one for one in corpus["reports"] if "publisher" not in one])
    return {
        str(source): set(rows["pledge_id"].dropna()) | set(rows["series_id"].dropna())
        for source, rows in found.groupby("source")
    }


@pytest.fixture(scope="module")
def published_claims(corpus: dict[str, Any]) -> pd.DataFrame:
    """The claims of the reports that tell their publisher, of which single amounts are known."""
    return reconciled([one for one in corpus["reports"] if "publisher" in one])


def pairs(groups: list[list[str]]) -> list[tuple[str, str]]:
    return [pair for group in groups for pair in combinations(group, 2)]


def pledge_of(claims: pd.DataFrame, amount: Amount) -> str | None:
    """The pledge or series of an amount, by the report and its words."""
    source, words = amount
    for row in claims[claims["source"] == source].to_dict("records"):
        if row["text"] in words or words in row["text"]:
            found = [row[name] for name in ("pledge_id", "series_id") if not pd.isna(row[name])]
            return str(found[0]) if found else None
    return None


def together(claims: pd.DataFrame, pair: list[Amount]) -> bool:
    """Whether two amounts stand in one pledge or series."""
    first, second = (pledge_of(claims, amount) for amount in pair)
    return first is not None and first == second


def test_reports_of_one_pledge_are_linked(
    corpus: dict[str, Any], pledges_of: dict[str, set[str]]
) -> None:
    linked = [1 for a, b in pairs(corpus["same"]) if pledges_of[a] & pledges_of[b]]
    assert len(linked) >= LINKED


def test_reports_that_only_look_the_same_are_kept_apart(
    corpus: dict[str, Any], pledges_of: dict[str, set[str]]
) -> None:
    apart = [1 for a, b in pairs(corpus["different"]) if not pledges_of[a] & pledges_of[b]]
    assert len(apart) >= KEPT_APART


def test_amounts_of_one_pledge_are_linked(
    corpus: dict[str, Any], published_claims: pd.DataFrame
) -> None:
    linked = [pair for pair in corpus["same_amounts"] if together(published_claims, pair)]
    assert len(linked) >= SAME


def test_amounts_that_only_look_the_same_are_kept_apart(
    corpus: dict[str, Any], published_claims: pd.DataFrame
) -> None:
    apart = [pair for pair in corpus["different_amounts"] if not together(published_claims, pair)]
    assert len(apart) >= DIFFERENT
