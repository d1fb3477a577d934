"""Stated conversions as the press prints them, read and checked: who is paired, what is said.

The counts are what is reached today: they may rise, and a fall has to be explained.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from calc.checks import check
from calc.claims import read_text

CORPUS = Path(__file__).parent / "corpus" / "conversions.json"
PAIRED, RIGHT = 98, 97


@pytest.fixture(scope="module")
def verdicts() -> list[tuple[dict[str, Any], str | None]]:
    """Each conversion of the corpus with the verdict on it, None where it was not paired."""
    cases = json.loads(CORPUS.read_text(encoding="utf-8"))["conversions"]
    claims = pd.concat(
        [read_text(one["text"], published=one["published"], source=one["id"]) for one in cases],
        ignore_index=True,
    )
    texts = claims.set_index("claim_id")["text"]
    found = check(claims)
    pairs = {
        (source, frozenset({texts[stated], texts[base]})): str(verdict)
        for source, stated, base, verdict in zip(
            found["source"], found["claim_id"], found["base_id"], found["verdict"], strict=True
        )
    }
    return [(one, _of(pairs, one)) for one in cases]


def _of(pairs: dict[tuple[str, frozenset[str]], str], one: dict[str, Any]) -> str | None:
    """The verdict on the two figures, whichever of them was taken for the original."""
    for (source, both), verdict in pairs.items():
        said = all(any(text in told or told in text for told in both) for text in _figures(one))
        if source == one["id"] and said:
            return verdict
    return None


def _figures(one: dict[str, Any]) -> tuple[str, str]:
    return one["base"], one["stated"]


def test_the_figures_of_a_conversion_are_paired(
    verdicts: list[tuple[dict[str, Any], str | None]],
) -> None:
    missed = [one["text"] for one, verdict in verdicts if verdict is None]
    assert len(verdicts) - len(missed) >= PAIRED, missed


def test_the_verdict_is_one_that_is_fair(
    verdicts: list[tuple[dict[str, Any], str | None]],
) -> None:
    wrong = [(one["text"], verdict) for one, verdict in verdicts if verdict not in one["verdicts"]]
    assert len(verdicts) - len(wrong) >= RIGHT, wrong


def test_no_honest_conversion_is_flagged(
    verdicts: list[tuple[dict[str, Any], str | None]],
) -> None:
    fair = {"consistent", "consistent-if-rounded", "consistent-if-truncated", "untestable", None}
    flagged = [
        (one["text"], verdict)
        for one, verdict in verdicts
        if one["verdicts"][0].startswith("consistent") and verdict not in fair
    ]
    assert flagged == []
