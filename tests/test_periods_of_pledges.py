"""How long a period is, as tables and sentences give it, and what that makes of a sum a year."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import pledgecalc as pc


def row_of(period: str) -> pd.Series[Any]:
    claims = pc.read_text(
        "Norway will give Kenya 90 million euros.", published="2024-01-10", source="a"
    )
    claims["period"] = period
    return pc.per_year(pc.reconcile(claims)).iloc[0]


@pytest.mark.parametrize(
    ("period", "years", "answer"),
    [
        ("2025", 1, "the whole is for 2025"),
        ("2026-2024", None, "unknown, because 2026 to 2024 is no period"),
        ("over the decade", 10, "about 9 million EUR a year if spread evenly over ten years"),
        ("over several years", None, "the source says only 'over several years'"),
        ("over 18 months", 1.5, "about 60 million EUR a year if spread evenly over 18 months"),
        ("in 0 years", None, "the source says only 'in 0 years'"),
        ("until 2027", None, "the source says until when (2027), not from when"),
        ("some day", None, "the source names no first and last year"),
        ("monthly", None, "the sum is monthly: for how much of a year is not said"),
        ("annual|2024-2026", 3, "90 million EUR a year, as the source says; 270 million EUR"),
        ("annual", None, "in all unknown, because the source names no first and last year"),
    ],
)
def test_a_period_is_as_long_as_it_says(period: str, years: float | None, answer: str) -> None:
    row = row_of(period)
    assert (None if pd.isna(row["years"]) else row["years"]) == years
    assert answer in row["answer"]


def test_a_range_has_no_amount_a_year() -> None:
    claims = pc.read_text(
        "Norway will give Kenya between 80 and 90 million euros over three years.",
        published="2024-01-10",
    )
    found = pc.per_year(pc.reconcile(claims))
    assert found["answer"].tolist() == [
        "unknown, because the source prints a range or a bound, no amount"
    ]
