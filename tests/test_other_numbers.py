"""Pledges of different numbers that may still be one: for the low end of a sum, and asked."""

from __future__ import annotations

import pandas as pd
import pytest

from calc.claims import read_text
from calc.reconcile import Reconciliation, reconcile


def told(*reports: tuple[str, str]) -> Reconciliation:
    """Reports of a day and a text each, reconciled."""
    read = [
        read_text(text, published=day, source=f"s{number}")
        for number, (day, text) in enumerate(reports)
    ]
    return reconcile(pd.concat(read, ignore_index=True))


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        (
            ("2024-01-10", "Norway pledged Kenya 50 million kroner for schools."),
            ("2024-05-10", "Norway has raised its support for Kenya to 80 million kroner."),
            80e6,
            130e6,
        ),
        (
            ("2024-01-10", "Norway will give Kenya 52 million kroner."),
            ("2024-01-11", "Norway will give Kenya 70 million kroner, agencies said."),
            52e6,
            122e6,
        ),
    ],
    ids=["raised-later", "news-of-the-same-days"],
)
def test_numbers_that_may_be_one_pledge_lie_once_in_the_low_end(
    first: tuple[str, str], second: tuple[str, str], low: float, high: float
) -> None:
    found = told(first, second).total("Norway", "Kenya", currency="NOK")
    assert [found.low, found.high] == pytest.approx([low, high], rel=1e-6)


def test_a_slip_of_scale_does_not_swell_the_low_end() -> None:
    found = told(
        ("2024-01-10", "Norway gives Kenya 53 million kroner for schools."),
        ("2024-01-20", "Norway gives Kenya 53 billion kroner for schools."),
    ).total("Norway", "Kenya", currency="NOK")
    assert found.low == pytest.approx(53e6, rel=1e-6)


def test_numbers_of_two_programmes_are_two_pledges() -> None:
    found = told(
        ("2024-01-10", "Norway will give Kenya 52 million kroner under the Poplar Line programme."),
        ("2024-01-11", "Norway will give Kenya 57 million kroner under the Grey Wall programme."),
    ).total("Norway", "Kenya", currency="NOK")
    assert found.low == pytest.approx(109e6, rel=1e-6)
