"""Records of d-portal that are not as most are: shares, days, values within values."""

from __future__ import annotations

import json
from collections.abc import Hashable
from pathlib import Path
from typing import Any

import pytest

from calc.claims import read

ACTIVITY = {
    "aid": "XI-1",
    "reporting": "Norway",
    "title": "Boats",
    "country_code": "UA",
    "commitment": 1000,
    "day_start": 19_000,
}


def rows(tmp_path: Path, *records: dict[str, Any]) -> list[dict[Hashable, Any]]:
    path = tmp_path / "query.json"
    path.write_text(json.dumps({"rows": list(records)}), encoding="utf-8")
    return read(path).to_dict("records")


@pytest.mark.parametrize(
    ("shares", "amount"),
    [
        ({}, 1000),
        ({"country_percent": 25}, 250),
        ({"country_percent": 25, "sector_percent": 50}, 125),
        ({"country_percent": 25, "trans_sector": "720"}, 1000),  # split already
        ({"country_percent": 100, "sector_percent": "all"}, 1000),
    ],
)
def test_a_row_stands_for_its_share(tmp_path: Path, shares: dict[str, Any], amount: float) -> None:
    (row,) = rows(tmp_path, ACTIVITY | shares)
    assert row["amount"] == amount
    assert str(row["value_date"])[:10] == "2022-01-08"


@pytest.mark.parametrize(
    ("day", "shown"), [("2022-01-08T00:00", "2022-01-08"), (99_000_000, "NaT"), (None, "NaT")]
)
def test_a_day_is_a_number_or_a_text(tmp_path: Path, day: Any, shown: str) -> None:
    (row,) = rows(tmp_path, ACTIVITY | {"day_start": day})
    assert str(row["value_date"])[:10] == shown


def test_amounts_of_nothing_are_no_rows(tmp_path: Path) -> None:
    found = rows(tmp_path, ACTIVITY, ACTIVITY | {"commitment": 0, "spend": "300"})
    assert [row["amount"] for row in found] == [1000, 300]
