"""The sum of a ledger is a plain group-by of its file, in the shape of every publisher."""

import csv
import warnings
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import pledgecalc as pc
from rates.errors import NoRateError

FILES = sorted((Path(__file__).parent / "publishers").glob("*.csv"))


def read(path: Path) -> pd.DataFrame:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pc.read(path, entry="ledger")


def by_hand(claims: pd.DataFrame) -> dict[tuple[str, str], Decimal]:
    """Gifts by donor and status in dollars, each converted by itself."""
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in claims.to_dict("records"):
        day = row["value_date"] if row["value_date"] == row["value_date"] else row["published"]
        if row["role"] != "pledge" or row["amount"] != row["amount"] or day != day:
            continue
        if not isinstance(row["currency"], str) or not isinstance(row["donor"], str):
            continue
        precision = row["value_date_precision"]
        on = str(day)[: {"month": 7, "year": 4}.get(precision, 10)]
        try:
            worth = pc.convert(str(row["amount"]), row["currency"], "USD", on=on).amount
        except NoRateError:
            continue
        sums[row["donor"], row["status"]] += worth
    return sums


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_total_of_each_donor_and_stage_is_that_of_a_group_by(path: Path) -> None:
    claims = read(path)
    found = pc.reconcile(claims, "USD")
    for (donor, status), expected in by_hand(claims).items():
        if "|" in donor:
            continue  # of several, without shares: nobody's alone
        total = found.total(donor, status=status)
        assert total.low == pytest.approx(total.high, abs=0.005), (donor, status)
        assert total.low == pytest.approx(float(expected), abs=0.01, rel=1e-12), (donor, status)


def test_most_tables_of_the_trade_are_told_as_ledgers_unaided() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        kinds = {path.stem: set(pc.read(path)["entry"]) for path in FILES}
    reports = {name for name, kind in kinds.items() if kind != {"ledger"}}
    assert reports <= {"donor_tracker", "gha", "fts_plans"}


def test_the_files_are_tables() -> None:
    assert len(FILES) > 25
    for path in FILES:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            assert next(csv.reader(file))
