"""The ten things to say of five documents, read and reconciled from their text."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from five_documents import ABSENT, FIVES, Five, real, stand_ins

from calc.claims import read
from calc.reconcile import Reconciliation, reconcile


@pytest.fixture(scope="module", params=FIVES, ids=str)
def result(request: pytest.FixtureRequest) -> Reconciliation:
    five: Five = request.param
    return reconcile(read(*(page.path for page in five.pages)))


def runs(five: Five, words: int = 6) -> set[tuple[str, ...]]:
    """All that stands in ``words`` words in a row."""
    texts = [re.findall(r"\w+", page.text.lower()) for page in five.pages]
    return {tuple(text[at : at + words]) for text in texts for at in range(len(text) - words + 1)}


def test_the_stand_ins_copy_nothing_from_the_real_pages() -> None:
    if not real().pages:
        pytest.skip(ABSENT)
    assert runs(stand_ins()) & runs(real()) == set()


def of_cause(result: Reconciliation, cause: str) -> pd.DataFrame:
    return result.findings[result.findings["cause"] == cause]


def lithuanian(result: Reconciliation, amount: float) -> pd.DataFrame:
    pledges = result.pledges
    return pledges[(pledges["donor"] == "Lithuania") & (pledges["amount"] == amount)]


def test_one_pledge_of_ten_million_from_two_documents(result: Reconciliation) -> None:
    found = lithuanian(result, 10e6)
    assert len(found) == 1
    assert found.iloc[0]["n_sources"] == 2
    assert found.iloc[0]["recipient"] == "Ukraine"
    assert found.iloc[0]["currency"] == "EUR"


def test_one_pledge_of_twenty_million_that_may_contain_it(result: Reconciliation) -> None:
    found = lithuanian(result, 20e6)
    assert found["n_claims"].tolist() == [4]
    assert len(of_cause(result, "part-of")) == 1
    total = result.total(donor="Lithuania", recipient="Ukraine")
    assert (total.low, total.high) == (20e6, 30e6)
    dollars = result.total(donor="Lithuania", recipient="Ukraine", currency="USD")
    assert dollars.low == pytest.approx(20e6 * 1.0411)


def test_a_series_of_totals_with_its_flow(result: Reconciliation) -> None:
    found = result.totals
    assert found["amount"].tolist() == [683e6, 910e6]
    assert found["series_id"].nunique() == 1
    assert found["flow_low"].tolist()[1] == pytest.approx(221.5e6)
    assert found["flow_high"].tolist()[1] == pytest.approx(232.5e6)
    assert found["as_of"].tolist() == [pd.Timestamp("2024-11-04"), pd.Timestamp("2025-03-02")]


def test_the_stale_conversion(result: Reconciliation) -> None:
    found = of_cause(result, "stale-rate")
    assert found["severity"].tolist() == ["warning"]
    assert "763" in found.iloc[0]["message"]


def test_the_rounded_conversion(result: Reconciliation) -> None:
    found = of_cause(result, "rounding")
    assert found["severity"].tolist() == ["info"]
    assert "940" in found.iloc[0]["message"]


def test_relative_claims(result: Reconciliation) -> None:
    assert result.relative["donor"].tolist() == ["Lithuania", "Lithuania"]
    assert result.relative["amount"].isna().all()


def test_a_target_without_a_donor(result: Reconciliation) -> None:
    assert result.targets["donor"].isna().all()
    assert of_cause(result, "call-not-pledge")["severity"].tolist() == ["info"]


def test_the_ambiguous_dollar(result: Reconciliation) -> None:
    found = of_cause(result, "ambiguous-currency")
    assert found["severity"].tolist() == ["warning"]
    assert "1 billion USD" in found.iloc[0]["alternatives"]
    assert "1 billion CAD" in found.iloc[0]["alternatives"]


def test_what_was_ignored_and_why(result: Reconciliation) -> None:
    assert len(result.ignored) == 3
    assert result.ignored["noise_reason"].notna().all()


def test_the_document_without_money_claims_is_named(result: Reconciliation) -> None:
    line = result.sentences()[-1]
    assert line.startswith("No money claim in 002_")


def test_nothing_else_is_warned_of(result: Reconciliation) -> None:
    loud = result.findings[result.findings["severity"] != "info"]
    assert sorted(loud["cause"]) == ["ambiguous-currency", "part-of", "stale-rate"]
