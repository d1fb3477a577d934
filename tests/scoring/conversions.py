"""Stated conversions as the press prints them, read and checked: who is paired, what is said."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pandas as pd

from calc.checks import check
from calc.claims import read_text
from scoring import TESTS
from scoring.floors import Count


@cache
def verdicts() -> list[tuple[dict[str, Any], str | None]]:
    """Each conversion of the corpus with the verdict on it, None where it was not paired."""
    text = (TESTS / "corpus" / "conversions.json").read_text(encoding="utf-8")
    cases = json.loads(text)["conversions"]
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


def counts() -> dict[str, Count]:
    """Conversions whose two figures are paired, and those with a verdict that is fair."""
    return {
        "paired": Count.of((one["text"], verdict is not None) for one, verdict in verdicts()),
        "verdict": Count.of(
            (f"{one['text']} ({verdict})", verdict in one["verdicts"])
            for one, verdict in verdicts()
        ),
    }
