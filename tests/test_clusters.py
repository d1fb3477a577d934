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
LINKED, KEPT_APART = 27, 19


@pytest.fixture(scope="module")
def corpus() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CORPUS.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def pledges_of(corpus: dict[str, Any]) -> dict[str, set[str]]:
    """The pledges and series in which the figures of each report stand."""
    claims = pd.concat(
        [
            read_text(one["text"], published=one["published"], source=one["id"])
            for one in corpus["reports"]
        ],
        ignore_index=True,
    )
    found = reconcile(claims).claims
    return {
        str(source): set(rows["pledge_id"].dropna()) | set(rows["series_id"].dropna())
        for source, rows in found.groupby("source")
    }


def pairs(groups: list[list[str]]) -> list[tuple[str, str]]:
    return [pair for group in groups for pair in combinations(group, 2)]


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
