"""Passages of real pages, reworded, with what a careful reader says of every figure in them.

``passages.jsonl`` was read while rules were made. ``passages_kept.jsonl`` is only scored: nobody
who writes a rule reads it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from calc.claims import read_text
from scoring import TESTS
from scoring.floors import Count

Figure = dict[str, Any]
Row = dict[Any, Any]
FACETS = ("found", "money", "role", "donor", "recipient", "status", "pair", "all_right")
_PARTS = {"donor", "recipient"}


def counts(name: str) -> dict[str, Count]:
    """How many figures of a file of passages are found, and read right in each facet."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    path = TESTS / "corpus" / f"{name}.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        for facet, good in _judged(json.loads(line)):
            asked[facet] += 1
            right[facet] += good
    return {facet: Count(right[facet], asked[facet], []) for facet in FACETS}


def _judged(passage: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Each facet of each figure of money given, and whether it is read as a reader would."""
    day = passage.get("published", "")
    claims = read_text(
        passage["text"],
        published=day if len(day) == len("2024-11-04") else None,
        title=passage.get("title"),
        source=passage["id"],
    )
    rows: list[Row] = claims.astype(object).where(claims.notna(), None).to_dict("records")
    texts = {row["claim_id"]: row["text"] for row in rows}
    for figure in passage["figures"]:
        if figure["role"] in ("noise", "relative"):
            continue
        row = next((row for row in rows if _meets(row, figure)), None)
        yield "found", row is not None
        verdicts = {facet: _right(row, figure, facet) for facet in FACETS[1:6]}
        yield from verdicts.items()
        base = figure.get("stated_conversion_of")
        if base:
            yield "pair", row is not None and base in _other_of_pair(row, rows, texts)
        yield "all_right", row is not None and all(verdicts.values())


def _meets(row: Row, figure: Figure) -> bool:
    """Whether they share more than half of the shorter one."""
    shared = min(row["end"], figure["end"]) - max(row["start"], figure["start"])
    shorter = min(row["end"] - row["start"], figure["end"] - figure["start"])
    return bool(2 * shared > shorter)


def _right(row: Row | None, figure: Figure, facet: str) -> bool:
    """Whether a facet is read as the label says, or as another that could be defended."""
    if row is None:
        return False
    if facet == "money":
        return _money_right(row, figure)
    labels = [figure.get(facet), *figure.get("also", {}).get(facet, [])]
    if facet in _PARTS:
        return _parties(row[facet], "|") in [_parties(label, "+") for label in labels]
    return row[facet] in labels


def _money_right(row: Row, figure: Figure) -> bool:
    """Whether the amount is read, and the currency, or left open among some with the right one."""
    printed = [row[name] for name in ("amount", "amount_low", "amount_high")]
    also = figure.get("also", {})
    labels = [figure["amount"], *also.get("amount", [])]
    near = any(abs((one or 0) - label) <= 1e-6 * label for one in printed for label in labels)
    money = {figure["currency"], *also.get("currency", [])}
    named = {row["currency"]}
    if row["currency_basis"] == "ambiguous":
        named |= set((row["currency_candidates"] or "").split("|"))
    return near and not money.isdisjoint(named)


def _parties(names: str | None, between: str) -> frozenset[str]:
    return frozenset(name.strip() for name in (names or "").split(between) if name.strip())


def _other_of_pair(row: Row, rows: list[Row], texts: dict[str, str]) -> set[str | None]:
    """The words of the figures that this one converts, or that convert it."""
    back = {one["text"] for one in rows if one["conversion_of"] == row["claim_id"]}
    return {texts.get(row["conversion_of"]), *back}
