"""Ids that count the rows of one file name other rows in the next file."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from calc.claims import read
from calc.reconcile import reconcile

HEADER = "id,donor,recipient,amount,currency,published\n"


def test_tables_that_count_their_rows_are_summed_together(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{HEADER}1,Norway,Ukraine,5000000,EUR,2024-11-04\n")
    (tmp_path / "b.csv").write_text(f"{HEADER}1,Sweden,Ukraine,7000000,EUR,2024-11-04\n")
    claims = read(tmp_path)
    assert claims["claim_id"].tolist() == ["1@a.csv", "1@b.csv"]
    (note,) = [one for one in claims.attrs["notes"] if one.startswith("claim_id")]
    assert "a.csv, b.csv" in note
    total = reconcile(claims, "EUR").total()
    assert (total.low, total.high) == (12e6, 12e6)


def test_the_order_of_the_files_changes_no_id(tmp_path: Path) -> None:
    names = []
    for donor in ("Norway", "Sweden", "Denmark"):
        names.append(tmp_path / f"{donor}.csv")
        names[-1].write_text(f"{HEADER}1,{donor},Ukraine,5,EUR,2024-11-04\n")
    first = set(read(*names)["claim_id"])
    random.Random(4).shuffle(names)
    assert set(read(*names)["claim_id"]) == first


def test_a_conversion_keeps_the_row_of_its_own_file(tmp_path: Path) -> None:
    header = "claim_id,donor,recipient,amount,currency,published,conversion_of\n"
    rows = "1,{0},Ukraine,5000000,EUR,2024-11-04,\n2,{0},Ukraine,5450000,USD,2024-11-04,1\n"
    for name, donor in (("a", "Norway"), ("b", "Sweden")):
        (tmp_path / f"{name}.csv").write_text(header + rows.format(donor))
    claims = read(tmp_path)
    assert claims["conversion_of"].dropna().tolist() == ["1@a.csv", "1@b.csv"]


def test_claims_written_and_read_again_twice_stay_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Norway gave Ukraine 5 million euros on 4 November 2024.")
    claims = read(tmp_path / "a.txt")
    for name in ("one.csv", "two.csv"):
        claims.to_csv(tmp_path / name, index=False)
    again = read(tmp_path / "one.csv", tmp_path / "two.csv")
    assert set(again["claim_id"]) == set(claims["claim_id"])
    assert reconcile(again, "EUR").total().high == pytest.approx(5e6, rel=0.2)
