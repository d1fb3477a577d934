"""Running totals: series, flows, and totals that should not be where they are."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from calc.reconcile import Reconciliation, reconcile


def totals(*claims: dict[str, Any]) -> Reconciliation:
    """Reconcile totals of Estonia for Ukraine, one document each."""
    rows = [
        {
            "claim_id": f"c{number}",
            "source": f"s{number}",
            "donor": "Estonia",
            "recipient": "Ukraine",
            "currency": "EUR",
            "role": "total",
            "purpose": "military",
        }
        | claim
        for number, claim in enumerate(claims)
    ]
    return reconcile(pd.DataFrame(rows))


def million(number: int, published: str, **more: Any) -> dict[str, Any]:
    """A total as printed."""
    text = f"{number} million euros"
    return {"text": text, "amount": number * 1e6, "published": published, **more}


def test_the_flow_between_two_points_comes_from_the_usual_readings() -> None:
    found = totals(million(683, "2024-11-04"), million(910, "2025-03-02")).totals
    assert found["flow_low"].tolist()[1] == pytest.approx(221.5e6)
    assert found["flow_high"].tolist()[1] == pytest.approx(232.5e6)
    assert found["series_id"].nunique() == 1


def test_a_lower_bound_keeps_its_upper_end_open() -> None:
    bound = {"amount_low": 683e6, "amount_high": None}
    row = totals(million(683, "2024-11-04", **bound)).totals.iloc[0]
    assert row["low"] == 683e6
    assert pd.isna(row["high"])


def test_totals_are_never_added() -> None:
    result = totals(million(683, "2024-11-04"), million(910, "2025-03-02"))
    total = result.total(donor="Estonia")
    assert (total.low, total.high) == (0.0, 0.0)
    assert set(total.excluded["role"]) == {"total"}


def test_scopes_are_kept_apart() -> None:
    found = totals(
        million(500, "2024-11-04"), million(40, "2025-03-02", purpose="humanitarian")
    ).totals
    assert sorted(found["scope"]) == ["humanitarian", "military"]
    assert found["flow_low"].isna().all()


def test_an_unsaid_scope_joins_the_only_series_there_is() -> None:
    found = totals(million(500, "2024-11-04"), million(600, "2025-03-02", purpose=None)).totals
    assert found["scope"].tolist() == ["military", "military"]


def test_an_unsaid_scope_stays_apart_from_two() -> None:
    found = totals(
        million(500, "2024-11-04"),
        million(40, "2024-11-04", purpose="humanitarian"),
        million(600, "2025-03-02", purpose=None),
    ).totals
    assert sorted(found["scope"]) == ["humanitarian", "military", "unknown"]


def test_two_scopes_of_one_document_are_never_one_series() -> None:
    both = {"source": "a"}
    found = totals(
        million(500, "2024-11-04", **both), million(900, "2024-11-04", purpose=None, **both)
    ).totals
    assert found["series_id"].nunique() == 2


def test_one_total_in_two_currencies_is_one_point() -> None:
    dollars = {"text": "$745 million", "amount": 745e6, "currency": "USD"}
    found = totals(million(683, "2024-11-04"), {**dollars, "published": "2024-11-05"}).totals
    assert found["claim_ids"].tolist() == ["c0|c1"]
    assert found["amount"].tolist() == [683e6]


def test_two_totals_of_one_day_have_no_flow_but_a_finding() -> None:
    result = totals(million(500, "2024-11-04"), million(900, "2024-11-04"))
    assert result.totals["flow_low"].isna().all()
    assert "scope" in set(result.findings["cause"])


def test_a_bare_dollar_total_of_a_dollar_country_is_ambiguous() -> None:
    bare = {"currency": "USD", "currency_basis": "ambiguous", "currency_candidates": "USD|CAD"}
    result = totals(
        {"text": "$22 billion", "amount": 22e9, "donor": "Canada", "published": "2025-08-25"} | bare
    )
    row = result.findings.set_index("cause").loc["ambiguous-currency"]
    assert "22 billion CAD" in row["alternatives"]


def test_totals_of_unnamed_donors_make_no_series() -> None:
    found = totals(
        million(500, "2024-11-04", donor=None), million(600, "2025-03-02", donor=None)
    ).totals
    assert found["series_id"].nunique() == 2


def test_one_total_in_two_outlets_on_close_days_is_one_point() -> None:
    found = totals(million(683, "2024-11-04"), million(680, "2024-11-06")).totals
    assert found["claim_ids"].tolist() == ["c0|c1"]


def test_a_falling_total_is_a_finding_with_its_alternatives() -> None:
    result = totals(million(910, "2024-11-04"), million(683, "2025-03-02"))
    row = result.findings.set_index("cause").loc["revision"]
    assert row["severity"] == "warning"
    assert {"scope", "basis-change"} <= set(row["alternatives"].split("|"))


def test_an_old_total_printed_again_is_stale() -> None:
    result = totals(
        million(683, "2024-09-10"), million(705, "2024-10-31"), million(683, "2024-11-20")
    )
    row = result.findings.set_index("cause").loc["stale-figure"]
    assert row["severity"] == "warning"
    assert "revision" not in set(result.findings["cause"])


def test_a_total_without_a_date_has_no_flow() -> None:
    found = totals(million(683, "2024-11-04"), million(910, None)).totals  # type: ignore[arg-type]
    assert found["flow_low"].isna().all()


def test_as_of_goes_before_publication() -> None:
    found = totals(million(683, "2024-11-04", as_of="2024-09-30")).totals
    assert found["as_of"].tolist() == [pd.Timestamp("2024-09-30")]


def test_points_in_two_currencies_are_compared_at_a_rate_that_is_named() -> None:
    dollars = {"text": "$1,000 million", "amount": 1e9, "currency": "USD"}
    found = totals(million(683, "2024-11-04"), {**dollars, "published": "2025-03-02"}).totals
    assert "EUR = 1.0411 USD" in found["explanation"].tolist()[1]


def test_pledges_beyond_the_flow_are_a_difference_of_scope() -> None:
    result = totals(
        million(683, "2024-11-04"),
        million(700, "2025-03-02"),
        million(45, "2025-01-10", role="pledge"),
    )
    assert "scope" in set(result.findings["cause"])


def test_a_purpose_in_a_tables_own_words_says_the_kind_of_aid() -> None:
    found = totals(
        million(500, "2024-11-04", purpose="military aid"),
        million(510, "2024-12-04", purpose="humanitarian help"),
    ).totals
    assert sorted(found["scope"]) == ["humanitarian", "military"]


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("Tallinn has given 90 million euros in humanitarian terms so far.", "humanitarian"),
        ("So far Ukraine has got arms worth 90 million euros from Tallinn.", "military"),
        ("Estonia's overall support has passed 90 million euros, its army said.", "all"),
    ],
)
def test_without_a_purpose_the_words_on_the_aid_say_its_kind(sentence: str, scope: str) -> None:
    told = million(90, "2024-11-04", purpose=None, sentence=sentence)
    assert totals(told).totals["scope"].tolist() == [scope]


def test_an_unsaid_scope_joins_the_series_of_all_aid_before_a_kind_of_it() -> None:
    found = totals(
        million(300, "2024-11-04"),
        million(500, "2024-11-05", purpose=None, sentence="All aid so far: 500 million euros."),
        million(520, "2024-12-05", purpose=None, sentence="It has given 520 million euros so far."),
    ).totals
    of_scope = {scope: sorted(rows["amount"]) for scope, rows in found.groupby("scope")}
    assert of_scope == {"military": [300e6], "all": [500e6, 520e6]}


def test_an_unsaid_scope_that_leaps_from_a_kind_of_aid_stays_apart() -> None:
    found = totals(million(300, "2024-11-04"), million(700, "2025-01-04", purpose=None)).totals
    assert sorted(found["scope"]) == ["military", "unknown"]


def test_a_total_without_an_amount_continues_no_series_by_its_size() -> None:
    bounds = {"amount": None, "amount_low": 500e6, "amount_high": 700e6}
    found = totals(
        million(683, "2024-11-04"),
        million(0, "2025-03-02", purpose=None, text="500 to 700 million euros") | bounds,
    ).totals
    assert found["series_id"].nunique() == 1
    last = found.iloc[-1]
    assert (last["low"], last["high"]) == (500e6, 700e6)


def test_a_total_in_a_currency_without_rates_is_compared_with_none() -> None:
    found = totals(
        million(683, "2024-11-04"),
        million(700, "2025-03-02", currency="KPW", text="700 million won"),
        million(900, "2025-06-02", purpose=None),
    ).totals
    assert found["flow_low"].isna().tolist()[:2] == [True, True]
    assert sorted(found["currency"]) == ["EUR", "EUR", "KPW"]


def test_a_total_without_a_currency_makes_a_point_of_its_own() -> None:
    found = totals(
        million(683, "2024-11-04"),
        {"text": "683 million", "amount": 683e6, "published": "2024-11-04"} | {"currency": None},
    ).totals
    assert sorted(found["claim_ids"]) in (["c0", "c1"], ["c0"])


def test_the_day_that_the_words_give_is_the_day_of_a_total() -> None:
    stated = {"value_date": "2024-09-30", "value_date_precision": "day"}
    found = totals(million(683, "2024-11-04", value_date_basis="stated", **stated)).totals
    assert found["as_of"].dt.strftime("%Y-%m-%d").tolist() == ["2024-09-30"]


def test_undated_totals_are_one_point_where_they_are_equal() -> None:
    undated = {"published": None}
    found = totals(
        million(683, "x") | undated, million(683, "x") | undated, million(700, "x") | undated
    ).totals
    assert sorted(found["claim_ids"]) == ["c0|c1", "c2"]
    assert found["flow_low"].isna().all()
