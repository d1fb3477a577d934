"""The facts of the example folder told in quite other words and layouts: the same ten points."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from calc.claims import read
from calc.reconcile import Reconciliation, reconcile


@pytest.fixture(scope="module")
def retold() -> Reconciliation:
    return reconcile(read(Path(__file__).parent / "retold"))


def lithuanian(result: Reconciliation) -> pd.DataFrame:
    pledges = result.pledges
    return pledges[pledges["donor"] == "Lithuania"].sort_values("amount")


def test_two_pledges_of_ten_and_twenty_million(retold: Reconciliation) -> None:
    pledges = lithuanian(retold)
    assert pledges["amount"].tolist() == [10e6, 20e6]
    assert pledges["n_sources"].tolist() == [2, 1]
    assert pledges["n_claims"].tolist() == [3, 4]
    assert pledges["recipient"].tolist() == ["Ukraine", "Ukraine"]


def test_the_safe_sum_is_twenty_to_thirty_million(retold: Reconciliation) -> None:
    total = retold.total(donor="Lithuania", recipient="Ukraine")
    assert (total.low, total.high) == (20e6, 30e6)


def test_totals_are_one_series_with_its_flow(retold: Reconciliation) -> None:
    totals = retold.totals
    assert totals["amount"].tolist() == [683e6, 910e6]
    assert totals["series_id"].nunique() == 1
    assert totals["flow_low"].tolist()[1] == pytest.approx(221.5e6)
    assert totals["flow_high"].tolist()[1] == pytest.approx(232.5e6)


def test_findings_name_the_old_rate_the_rounding_the_target_and_the_dollar(
    retold: Reconciliation,
) -> None:
    causes = dict(zip(retold.findings["cause"], retold.findings["severity"], strict=True))
    assert causes["stale-rate"] == "warning"
    assert causes["rounding"] == "info"
    assert causes["call-not-pledge"] == "info"
    assert causes["ambiguous-currency"] == "warning"
    assert causes["part-of"] == "warning"


def test_shares_of_gdp_have_no_amount(retold: Reconciliation) -> None:
    shares = retold.relative
    assert shares["donor"].tolist() == ["Lithuania", "Lithuania"]
    assert shares["amount"].isna().all()


def test_furniture_and_silent_documents_are_named(retold: Reconciliation) -> None:
    assert retold.ignored["text"].tolist() == ["$5 billion"]
    assert "No money claim in talks.txt." in str(retold)
