"""Which claims speak of one pledge: what joins them, what never may, what stays open."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from calc.reconcile import Reconciliation, reconcile
from rates.errors import UsageError

_DEFAULTS = {
    "donor": "Norway",
    "recipient": "Ukraine",
    "currency": "NOK",
    "amount": 135e6,
    "published": "2024-11-04",
}


def told(*claims: dict[str, Any]) -> Reconciliation:
    """Reconcile claims of one document each, Norwegian unless they say otherwise."""
    rows = [
        _DEFAULTS | {"claim_id": f"c{number}", "source": f"s{number}"} | claim
        for number, claim in enumerate(claims)
    ]
    return reconcile(pd.DataFrame(rows))


def grouped(result: Reconciliation) -> list[str]:
    """The claims of each pledge."""
    return sorted(result.pledges["claim_ids"])


def test_one_amount_told_by_two_outlets_on_close_days_is_one_pledge() -> None:
    assert grouped(told({}, {"published": "2024-11-06"})) == ["c0|c1"]


def test_an_equal_round_amount_alone_is_too_little() -> None:
    result = told({"amount": 1e8}, {"amount": 1e8, "published": "2024-11-29"})
    assert grouped(result) == ["c0", "c1"]


def test_different_donors_never_join_whatever_else_agrees() -> None:
    words = {"purpose": "Firtash|drones", "sentence": "The Firtash drones cost 135 million kroner."}
    assert grouped(told(words, {"donor": "Denmark", **words})) == ["c0", "c1"]


def test_different_recipients_never_join() -> None:
    assert grouped(told({}, {"recipient": "Moldova"})) == ["c0", "c1"]


def test_an_unnamed_donor_joins_only_on_strong_evidence() -> None:
    later = {"donor": None, "amount": 1e8, "published": "2024-11-14"}
    assert grouped(told({"amount": 1e8}, later)) == ["c0", "c1"]
    named = {"purpose": "Nansen"}
    assert grouped(told(named, {"donor": None, **named})) == ["c0|c1"]


def test_an_unnamed_donor_never_bridges_two_known_ones() -> None:
    named = {"purpose": "Nansen"}
    result = told(named, {"donor": None, **named}, {"donor": "Sweden", **named})
    assert all("c0" not in ids or "c2" not in ids for ids in grouped(result))


def test_a_named_programme_joins_claims_months_apart() -> None:
    named = {"purpose": "Nansen|energy", "amount": 1e8}
    assert grouped(told(named, {**named, "published": "2025-01-20"})) == ["c0|c1"]


def test_aid_of_different_kinds_stays_apart() -> None:
    result = told(
        {"amount": 1e8, "purpose": "military"},
        {"amount": 1e8, "purpose": "humanitarian", "published": "2024-11-05"},
    )
    assert grouped(result) == ["c0", "c1"]


def test_amounts_in_two_currencies_join_at_the_rate_of_their_dates() -> None:
    dollars = {"amount": 12.3e6, "currency": "USD", "published": "2024-11-05"}
    assert grouped(told({}, dollars)) == ["c0|c1"]
    assert grouped(told({}, {**dollars, "amount": 15.3e6})) == ["c0", "c1"]


def test_separate_amounts_of_one_document_stay_apart() -> None:
    result = told({"source": "a"}, {"source": "a", "amount": 137e6, "purpose": "Nansen"})
    assert grouped(result) == ["c0", "c1"]


def test_two_equal_amounts_of_two_days_in_a_year_stay_two() -> None:
    assert grouped(told({}, {"published": "2025-11-04"})) == ["c0", "c1"]


def test_a_total_never_joins_a_pledge() -> None:
    result = told({}, {"role": "total"})
    assert grouped(result) == ["c0"]
    assert result.totals["claim_ids"].tolist() == ["c1"]


def test_a_stated_conversion_and_a_repeat_are_the_same_sum() -> None:
    result = told(
        {"source": "a", "text": "135 million kroner"},
        {"source": "a", "amount": 12e6, "currency": "USD", "conversion_of": "c0"},
        {"source": "a", "amount": 12e6, "currency": "USD", "repeats": "c1"},
    )
    assert grouped(result) == ["c0|c1|c2"]
    assert result.pledges["amount"].tolist() == [135e6]


def test_a_repeat_that_names_another_donor_is_not_believed() -> None:
    result = told({"source": "a"}, {"source": "a", "donor": "Sweden", "repeats": "c0"})
    assert grouped(result) == ["c0", "c1"]


def test_references_to_claims_that_are_not_there_or_run_in_circles_do_no_harm() -> None:
    result = told({"conversion_of": "gone", "repeats": "c1"}, {"repeats": "c0"})
    assert grouped(result) == ["c0|c1"]


def test_a_chain_of_weak_links_does_not_become_one_pledge() -> None:
    days = [{"amount": 1e8, "published": f"2024-{month:02d}-10"} for month in range(1, 10)]
    assert len(grouped(told(*days))) == len(days)


def test_a_slip_of_scale_is_found_inside_one_pledge() -> None:
    named = {"purpose": "Nansen|energy", "sentence": "The Nansen money for energy is settled now."}
    result = told(named, {**named, "amount": 135e9})
    assert grouped(result) == ["c0|c1"]
    assert result.findings.set_index("cause").loc["scale-slip", "severity"] == "error"
    assert bool(result.pledges.loc[0, "contested"])


def test_copies_of_one_sentence_are_one_voice() -> None:
    copy = {"sentence": "Oslo said on Monday that it will send 135 million kroner to Kyiv."}
    own = {"sentence": "The Norwegian cabinet gives Kyiv NOK 135 million for the winter."}
    result = told({"publisher": "A", **copy}, {"publisher": "B", **copy}, {"publisher": "C", **own})
    row = result.pledges.iloc[0]
    assert (row["n_claims"], row["n_sources"], row["n_independent"]) == (3, 3, 2)


def test_a_row_read_twice_is_one_claim() -> None:
    table = pd.DataFrame([_DEFAULTS | {"claim_id": "c", "source": "a"}] * 2)
    assert reconcile(table).pledges["n_claims"].tolist() == [1]


def test_equal_rows_without_an_id_are_two_claims() -> None:
    table = pd.DataFrame([_DEFAULTS | {"source": "a", "role": "total"}] * 2)
    assert reconcile(table).claims["claim_id"].nunique() == 2


def test_one_id_on_two_different_rows_is_an_error() -> None:
    rows = [_DEFAULTS | {"claim_id": "c", "source": source} for source in "ab"]
    with pytest.raises(UsageError, match="'c' stands on two rows"):
        reconcile(pd.DataFrame(rows))


def test_a_bare_dollar_is_read_as_the_donors_own_where_the_rate_says_so() -> None:
    bare = {
        "donor": "Canada",
        "amount": 65e6,
        "currency": "USD",
        "currency_basis": "ambiguous",
        "currency_candidates": "USD|CAD|AUD",
    }
    in_euros = {"donor": "Canada", "amount": 43e6, "currency": "EUR", "published": "2024-11-05"}
    in_dollars = in_euros | {"amount": 46.8e6, "currency": "USD", "currency_basis": "code"}
    assert grouped(told(bare, in_euros)) == ["c0|c1"]
    assert grouped(told(bare, in_dollars)) == ["c0|c1"]
    printed = bare | {"currency_basis": "code"}
    assert grouped(told(printed, in_euros)) == ["c0", "c1"]
    assert grouped(told(printed, in_dollars)) == ["c0", "c1"]
    own = {"donor": "Canada", "amount": 65e6, "currency": "CAD", "published": "2024-11-05"}
    bare_american = bare | {"amount": 46.8e6}
    assert grouped(told(bare_american, own)) == ["c0|c1"]
    american = {"donor": "United States"}
    assert grouped(told(bare | american, in_euros | american)) == ["c0", "c1"]


def test_a_party_that_neither_names_weighs_less_than_one_that_one_names() -> None:
    crowd = {"donor": None, "amount": 7e9, "currency": "EUR"}
    assert grouped(told(crowd, {**crowd, "published": "2024-11-05"})) == ["c0|c1"]
    later = {**crowd, "published": "2024-11-14"}
    assert grouped(told(crowd, {**later, "donor": "Norway"})) == ["c0", "c1"]


def test_a_date_of_the_news_itself_is_no_recap() -> None:
    dated = {"value_date_precision": "day", "value_date_basis": "stated", "amount": 1e8}
    first = {**dated, "value_date": "2024-11-04"}
    news = {**dated, "published": "2024-12-10", "value_date": "2024-12-10"}
    recap = {**dated, "published": "2024-12-10", "value_date": "2024-11-04"}
    assert grouped(told(first, news)) == ["c0", "c1"]
    assert grouped(told(first, recap)) == ["c0|c1"]


CHANGES = [
    "Oslo raised its support for Ukraine from 120 million kroner to 135 million kroner.",
    "Instead of 120 million kroner, Ukraine will now get 135 million kroner from Norway.",
    "Norway changed its pledge to Ukraine: 135 million kroner, not 120 million kroner.",
    "The Norwegian package, originally 120 million kroner, is now worth 135 million kroner.",
]


@pytest.mark.parametrize("sentence", CHANGES)
def test_an_amount_and_what_it_is_changed_to_are_one_pledge(sentence: str) -> None:
    both = {"source": "later", "published": "2025-01-20", "sentence": sentence}
    result = told(
        {"amount": 120e6, "text": "120 million kroner"},
        {"amount": 120e6, "text": "120 million kroner", "start": sentence.find("120"), **both},
        {"amount": 135e6, "text": "135 million kroner", "start": sentence.find("135"), **both},
    )
    row = result.pledges[result.pledges["claim_ids"].str.contains("c1")].iloc[0]
    assert {"c1", "c2"} <= set(row["claim_ids"].split("|"))
    assert row["amount"] == 135e6


def test_a_difference_is_no_earlier_version() -> None:
    sentence = "Oslo raised its support for Ukraine by 20 million kroner to 135 million kroner."
    both = {"source": "s", "sentence": sentence}
    result = told(
        {"amount": 20e6, "text": "20 million kroner", **both},
        {"amount": 135e6, "text": "135 million kroner", **both},
    )
    assert grouped(result) == ["c0", "c1"]


def test_a_programme_in_the_sentence_counts_where_the_purpose_leaves_it_out() -> None:
    result = told(
        {"sentence": "Oslo gives 135 million kroner via the Poplar Line package, it said."},
        {
            "published": "2025-07-20",
            "sentence": "The 135 million kroner pledged under Poplar Line are on their way.",
        },
    )
    assert grouped(result) == ["c0|c1"]
