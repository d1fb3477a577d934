"""The picture beside a stated conversion on the page: how far back it goes, where it is none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pledgecalc as pc


def page(folder: Path, stated: dict[str, Any]) -> str:
    """The page of a document that gives 683 million euros in dollars."""
    base = {"source": "a.txt", "published": "2024-11-04", "donor": "Norway", "recipient": "Chad"}
    euros = {"claim_id": "a", "amount": 683e6, "currency": "EUR", "text": "683 million euros"}
    dollars = {"claim_id": "b", "conversion_of": "a", "currency": "USD", **stated}
    rows = [{**base, "published": stated.get("published", "2024-11-04"), **euros}]
    rows.append({**base, **dollars})
    path = folder / "page.html"
    pc.reconcile(pd.DataFrame(rows)).to_html(path)
    return path.read_text(encoding="utf-8")


def first_years(text: str) -> list[int]:
    """The years that stand below the pictures."""
    return sorted({int(year) for year in re.findall(r">(20\d\d|19\d\d)<", text)})


OTHER_DATE = {"amount": 763e6, "text": "$763 million"}
FITS = {"amount": 745e6, "text": "$745 million"}
OLD = {"amount": 975.3e6, "text": "$975.3 million"}
NEVER = {"amount": 9e9, "text": "$9 billion"}


def test_a_picture_shows_the_days_whose_rate_fits(tmp_path: Path) -> None:
    text = page(tmp_path, OTHER_DATE)
    assert "USD for 1 EUR until 4 November 2024" in text
    assert 'class="fits"' in text
    assert 'class="implied"' in text


def test_rates_that_no_day_had_are_no_box_in_the_picture(tmp_path: Path) -> None:
    text = page(tmp_path, NEVER)
    assert "USD for 1 EUR until 4 November 2024" in text
    assert 'class="fits"' not in text


@pytest.mark.parametrize(
    "more",
    [
        {**OTHER_DATE, "published": "1990-01-01"},
        {"amount": None, "amount_low": 7e8, "amount_high": 8e8, "text": "$700 to 800 million"},
    ],
)
def test_what_cannot_be_tested_has_no_picture(tmp_path: Path, more: dict[str, Any]) -> None:
    text = page(tmp_path, more)
    assert "until" not in re.findall(r"USD for 1 EUR (\w+)", text)
    assert "683 million euros" in text


def test_a_picture_goes_back_to_the_last_day_that_fits(tmp_path: Path) -> None:
    assert min(first_years(page(tmp_path, OLD))) < 2020
    assert min(first_years(page(tmp_path, FITS))) >= 2020


def test_a_picture_begins_with_the_rates(tmp_path: Path) -> None:
    text = page(tmp_path, {"amount": 805e6, "text": "$805 million", "published": "1999-01-05"})
    assert "until 5 January 1999" in text
