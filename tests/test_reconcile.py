"""What reconciling says of five dispatches, and that the order of claims never matters."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd
import pytest
from dispatches import table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calc import schema
from calc.reconcile import Reconciliation, reconcile
from rates.errors import UnknownCurrencyError, UsageError


@pytest.fixture(scope="module")
def result() -> Reconciliation:
    return reconcile(table())


def of_cause(result: Reconciliation, cause: str) -> pd.DataFrame:
    return result.findings[result.findings["cause"] == cause]


def test_one_pledge_of_ten_million_from_two_documents(result: Reconciliation) -> None:
    row = result.pledges[result.pledges["claim_ids"].str.contains("n3")].iloc[0]
    assert row["claim_ids"] == "n3|n4|t1"
    assert (row["amount"], row["currency"], row["n_sources"]) == (10e6, "EUR", 2)
    assert row["status"] == "committed"
    assert row["value_date"] == pd.Timestamp("2024-09-01")


def test_one_pledge_of_twenty_million_with_its_repeats(result: Reconciliation) -> None:
    row = result.pledges[result.pledges["claim_ids"].str.contains("m1")].iloc[0]
    assert set(row["claim_ids"].split("|")) == {"m0", "m1", "m2", "m3"}
    assert (row["amount"], row["low"], row["high"]) == (20e6, 19.5e6, 20.5e6)


def test_the_larger_pledge_may_contain_the_smaller(result: Reconciliation) -> None:
    finding = of_cause(result, "part-of").iloc[0]
    assert set(finding["claim_ids"].split("|")) == {"n3", "m1"}
    assert finding["bits"] > 0


def test_totals_are_a_series_with_a_flow(result: Reconciliation) -> None:
    assert result.totals["amount"].tolist() == [683e6, 910e6]
    assert result.totals["flow_low"].tolist()[1] == pytest.approx(221.5e6)
    assert result.totals["flow_high"].tolist()[1] == pytest.approx(232.5e6)
    assert pd.isna(result.totals["high"].tolist()[0])


def test_a_stale_rate_is_a_warning(result: Reconciliation) -> None:
    finding = of_cause(result, "stale-rate").iloc[0]
    assert (finding["severity"], finding["claim_ids"]) == ("warning", "n1|n2")
    assert "older" in result.totals["explanation"].tolist()[0]


def test_a_conversion_that_fits_only_when_rounded_is_a_note(result: Reconciliation) -> None:
    finding = of_cause(result, "rounding").iloc[0]
    assert (finding["severity"], finding["claim_ids"]) == ("info", "m5|m6")


def test_relative_claims_have_no_amount(result: Reconciliation) -> None:
    assert result.relative["claim_id"].tolist() == ["m7", "a1"]
    assert any("0.25%" in line and "a share, not an amount" in line for line in result.sentences())


def test_a_target_is_no_pledge(result: Reconciliation) -> None:
    assert result.targets["claim_id"].tolist() == ["m4"]
    finding = of_cause(result, "call-not-pledge").iloc[0]
    assert finding["severity"] == "info"
    assert "names no donor" in finding["message"]


def test_an_ambiguous_dollar_shows_both_values(result: Reconciliation) -> None:
    finding = of_cause(result, "ambiguous-currency").iloc[0]
    assert (finding["severity"], finding["claim_ids"]) == ("warning", "a2")
    assert finding["alternatives"] == (
        "1 billion USD = 854.9 million EUR|1 billion CAD = 618.4 million EUR"
    )


def test_what_was_ignored_is_listed_with_its_reason(result: Reconciliation) -> None:
    assert result.ignored["noise_reason"].tolist() == ["teaser", "teaser"]
    assert any("2 figures were ignored" in line and "teaser" in line for line in result.sentences())


def test_a_document_without_money_claims_is_named(result: Reconciliation) -> None:
    assert "No money claim in visit.txt." in str(result)


def test_tables_have_the_columns_of_the_schema(result: Reconciliation) -> None:
    assert list(result.pledges.columns) == list(schema.pledges("EUR"))
    assert list(result.totals.columns) == list(schema.TOTALS)
    assert list(result.findings.columns) == list(schema.FINDINGS)
    assert list(result.checks.columns) == list(schema.CHECKS)
    claims = result.claims.set_index("claim_id")
    assert len(claims) == len(table())
    pledge_of, series_of = claims["pledge_id"].to_dict(), claims["series_id"].to_dict()
    assert pledge_of["n3"] == pledge_of["t1"]
    assert claims["pledge_id"].isna()["n1"]
    assert series_of["n1"] == series_of["m5"]
    assert claims.loc["n2", "amount_eur"] == pytest.approx(763e6 / 1.0904)


def test_causes_are_of_the_closed_list_and_ids_are_unique(result: Reconciliation) -> None:
    from_list = {"part-of", "stale-rate", "rounding", "call-not-pledge", "ambiguous-currency"}
    assert from_list <= set(result.findings["cause"])
    assert result.findings["finding_id"].is_unique
    assert result.pledges["pledge_id"].is_unique


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False))
def test_any_order_of_claims_gives_the_same_tables(order: random.Random) -> None:
    base, shuffled = table(), list(range(len(table())))
    order.shuffle(shuffled)
    first, second = reconcile(base), reconcile(base.iloc[shuffled])
    for name in ("pledges", "totals", "findings"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
    assert first.sentences()[:-1] == second.sentences()[:-1]


_CLAIM = st.fixed_dictionaries(
    {
        "donor": st.sampled_from(["Norway", "Sweden", "Norway|Sweden", None]),
        "recipient": st.sampled_from(["Ukraine", None]),
        "amount": st.sampled_from([1e6, 10e6, 10.4e6, 12e6, 12.7e6, 12e9, None]),
        "currency": st.sampled_from(["EUR", "NOK", "UAH", None]),
        "published": st.sampled_from(["2024-11-04", "2024-11-20", "2025-03-02", None]),
        "role": st.sampled_from(["pledge", "pledge", "total", "target", "noise"]),
        "purpose": st.sampled_from(["military", "Nansen|energy", None]),
        "source": st.sampled_from(["a", "b", "c"]),
    }
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_CLAIM, max_size=9), st.randoms(use_true_random=False))
def test_any_claims_reconcile_in_any_order(claims: list[dict[str, Any]], order: Any) -> None:
    numbered = [claim | {"claim_id": f"c{number}"} for number, claim in enumerate(claims)]
    shuffled = numbered.copy()
    order.shuffle(shuffled)
    columns = ["claim_id", *_CLAIM_KEYS]
    first = reconcile(pd.DataFrame(numbered, columns=columns))
    second = reconcile(pd.DataFrame(shuffled, columns=columns))
    for name in ("pledges", "totals", "findings"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
    assert sorted(first.sentences()) == sorted(second.sentences())
    total = first.total(donor="Norway")
    assert not total.low > total.high
    for name in first.claims["claim_id"]:
        assert str(first.explain(name))
    told = [ids for row in first.pledges["claim_ids"] for ids in row.split("|")]
    assert len(told) == len(set(told))  # no claim in two pledges


_CLAIM_KEYS = ["donor", "recipient", "amount", "currency", "published", "role", "purpose", "source"]


def test_no_claims_at_all_say_so() -> None:
    empty = reconcile(schema.frame([], schema.CLAIMS))
    assert str(empty) == "No money claim was found."
    assert empty.pledges.empty
    assert empty.total().low == 0.0


def test_a_claim_without_a_date_stays_unconverted_and_says_why() -> None:
    frame = pd.DataFrame(
        {"source": ["a"], "donor": ["Norway"], "amount": [1e6], "currency": ["NOK"]}
    )
    row = reconcile(frame).pledges.iloc[0]
    assert row["amount"] == 1e6
    assert pd.isna(row["amount_eur"])
    assert "no date is known" in row["explanation"].lower()


def test_a_currency_without_a_rate_stays_unconverted_and_says_why() -> None:
    frame = pd.DataFrame(
        {
            "source": ["a"],
            "donor": ["Norway"],
            "amount": [1e6],
            "currency": ["KPW"],
            "published": ["2024-11-04"],
        }
    )
    row = reconcile(frame, "USD").pledges.iloc[0]
    assert pd.isna(row["amount_usd"])
    assert "KPW" in row["explanation"]


def test_an_unknown_currency_or_policy_is_an_error() -> None:
    with pytest.raises(UnknownCurrencyError):
        reconcile(table(), "XXL")
    with pytest.raises(UsageError):
        reconcile(table(), policy="noon")


def test_the_claims_given_are_left_as_they_were() -> None:
    given_claims = table()
    before = given_claims.copy()
    reconcile(given_claims)
    pd.testing.assert_frame_equal(given_claims, before)


def test_the_page_and_the_cell_hold_the_summary(result: Reconciliation, tmp_path: Any) -> None:
    page = tmp_path / "page.html"
    result.to_html(page)
    assert "may include" in page.read_text(encoding="utf-8")
    assert "may include" in result._repr_html_()


def test_a_fixed_policy_values_every_pledge_at_one_rate() -> None:
    total = reconcile(table(), "USD", policy="fixed:2024-09-20").total(donor="Lithuania")
    assert total.low * 1.5 == pytest.approx(total.high)
