"""Reports of real pledges, reconciled: what is one pledge, and what only looks the same."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pandas as pd

from calc.claims import read_text
from calc.reconcile import reconcile
from scoring import TESTS
from scoring.floors import Count

Amount = list[str]  # the report, and the words of the amount in it


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


def pledges_of(claims: pd.DataFrame) -> dict[str, set[str]]:
    """The pledges and series in which the figures of each report stand."""
    return {
        str(source): set(rows["pledge_id"].dropna()) | set(rows["series_id"].dropna())
        for source, rows in claims.groupby("source")
    }


def pairs(groups: list[list[str]]) -> list[tuple[str, str]]:
    return [pair for group in groups for pair in combinations(group, 2)]


def row_of(claims: pd.DataFrame, amount: Amount) -> dict[Any, Any] | None:
    """The claim of an amount, by the report and its words."""
    source, words = amount
    for row in claims[claims["source"] == source].to_dict("records"):
        if row["text"] in words or words in row["text"]:
            return row
    return None


def claim_of(claims: pd.DataFrame, amount: Amount) -> str | None:
    """The id of the claim of an amount."""
    row = row_of(claims, amount)
    return str(row["claim_id"]) if row else None


def pledge_of(claims: pd.DataFrame, amount: Amount) -> str | None:
    """The pledge or series of an amount."""
    row = row_of(claims, amount) or {}
    found = [row[name] for name in ("pledge_id", "series_id") if not pd.isna(row.get(name))]
    return str(found[0]) if found else None


def together(claims: pd.DataFrame, pair: list[Amount]) -> bool:
    """Whether two amounts stand in one pledge or series."""
    first, second = (pledge_of(claims, amount) for amount in pair)
    return first is not None and first == second


def counts() -> dict[str, Count]:
    """Reports and amounts of one pledge that are linked, and others that are kept apart."""
    corpus = json.loads((TESTS / "corpus" / "clusters.json").read_text(encoding="utf-8"))
    of = pledges_of(reconciled([one for one in corpus["reports"] if "publisher" not in one]))
    # of the reports that tell their publisher single amounts are known
    told = reconciled([one for one in corpus["reports"] if "publisher" in one])
    return {
        "reports_linked": Count.of(((a, b), of[a] & of[b]) for a, b in pairs(corpus["same"])),
        "reports_apart": Count.of(
            ((a, b), not of[a] & of[b]) for a, b in pairs(corpus["different"])
        ),
        "amounts_linked": Count.of((pair, together(told, pair)) for pair in corpus["same_amounts"]),
        "amounts_apart": Count.of(
            (pair, not together(told, pair)) for pair in corpus["different_amounts"]
        ),
    }


def counts_of_amounts(name: str) -> dict[str, Count]:
    """Amounts of one pledge that are linked, and others that are kept apart, of a file of pairs.

    ``clusters_read.json`` was read while links were made, ``clusters_kept.json`` is only scored.
    """
    corpus = json.loads((TESTS / "corpus" / f"{name}.json").read_text(encoding="utf-8"))
    told = reconciled(corpus["reports"])
    linked = sum(together(told, pair) for pair in corpus["same_amounts"])
    apart = sum(not together(told, pair) for pair in corpus["different_amounts"])
    return {
        "amounts_linked": Count(linked, len(corpus["same_amounts"]), []),
        "amounts_apart": Count(apart, len(corpus["different_amounts"]), []),
    }
