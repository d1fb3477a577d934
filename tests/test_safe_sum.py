"""The safe sum: nothing counted twice, nothing left out without its reason."""

from __future__ import annotations

import json
import math
from typing import Any

import pandas as pd
import pytest
from dispatches import table

from calc.claims import read_text
from calc.reconcile import Reconciliation, reconcile
from calc.report.render import render
from calc.telling.summary import sentences
from rates.errors import UsageError


@pytest.fixture(scope="module")
def lithuania() -> Reconciliation:
    return reconcile(table())


def of(*claims: dict[str, Any], currency: str = "EUR") -> Reconciliation:
    rows = [
        {
            "claim_id": f"c{number}",
            "source": f"s{number}",
            "donor": "Estonia",
            "recipient": "Ukraine",
            "currency": "EUR",
            "published": "2024-11-04",
        }
        | claim
        for number, claim in enumerate(claims)
    ]
    return reconcile(pd.DataFrame(rows), currency)


def test_a_part_counts_only_in_the_upper_end(lithuania: Reconciliation) -> None:
    total = lithuania.total(donor="Lithuania", recipient="Ukraine")
    assert (total.low, total.high, total.currency) == (20e6, 30e6, "EUR")


def test_each_pledge_is_converted_at_its_own_date(lithuania: Reconciliation) -> None:
    total = lithuania.total(donor="Lithuania", currency="usd")
    assert total.low == pytest.approx(20e6 * 1.0411)
    assert total.high - total.low == pytest.approx(10e6 * 1.1106, rel=1e-4)


@pytest.mark.parametrize("donor", ["lithuania", "LITHUANIA", "LT", "Republic of Lithuania"])
def test_names_are_understood_as_people_write_them(lithuania: Reconciliation, donor: str) -> None:
    assert lithuania.total(donor=donor).high == 30e6


def test_every_claim_left_out_has_a_reason(lithuania: Reconciliation) -> None:
    excluded = lithuania.total(donor="Lithuania", recipient="Ukraine").excluded
    reasons = excluded.set_index("claim_id")["reason"]
    assert reasons.notna().all()
    assert "running total" in reasons["n1"]
    assert "own conversion" in reasons["m2"]
    assert "repeats" in reasons["m3"]
    assert "target" in reasons["m4"]
    assert "a share" in reasons["m7"]
    assert "teaser" in reasons["m8"]
    assert "a2" not in reasons  # another donor's


def test_an_ambiguous_currency_gives_the_whole_range(lithuania: Reconciliation) -> None:
    total = lithuania.total(donor="Canada")
    assert total.low == pytest.approx(618.39e6, rel=1e-4)
    assert total.high == pytest.approx(854.92e6, rel=1e-4)


def test_an_empty_selection_is_zero_and_says_so(lithuania: Reconciliation) -> None:
    total = lithuania.total(donor="Lithuania", status="allocated")
    assert (total.low, total.high) == (0.0, 0.0)
    assert "no pledge found" in str(total)


def test_of_a_party_that_no_claim_names_nothing_is_known(lithuania: Reconciliation) -> None:
    total = lithuania.total(donor="Iceland")
    assert math.isnan(total.low)
    assert math.isnan(total.high)
    assert total.nobody


def test_each_of_two_donors_gives_the_whole_amount() -> None:
    told = {
        "text": "5 million euros",
        "amount": 5e6,
        "donor": "Germany|France",
        "sentence": "Germany and France each pledged 5 million euros to Ukraine.",
    }
    result = of(told)
    assert (result.total().low, result.total().high) == (10e6, 10e6)
    alone = result.total(donor="France")
    assert (alone.low, alone.high) == (5e6, 5e6)
    assert "each of" in alone.included["reason"].tolist()[0]


def test_amounts_without_a_rate_are_left_out_with_the_reason() -> None:
    total = of({"amount": 5e6}, {"amount": 7e6, "currency": "KPW", "donor": "Latvia"}).total()
    assert (total.low, total.high) == (5e6, 5e6)
    assert "KPW" in total.excluded["reason"].tolist()[0]


def test_nothing_that_can_be_converted_is_unknown_not_zero() -> None:
    total = of({"amount": 7e6, "currency": "USD", "published": None}).total()
    assert math.isnan(total.low)
    assert math.isnan(total.high)
    assert "no date" in str(total)


def test_a_lower_bound_leaves_the_sum_open() -> None:
    total = of({"amount": 5e6, "amount_low": 5e6, "amount_high": None}, {"amount": 90e6}).total()
    assert total.low == 95e6
    assert total.high == pytest.approx(95.5e6)  # such words seldom reach further than a tenth
    assert total.open_end
    assert str(total).startswith("at least 95 million EUR")


def test_a_printed_range_stays_a_range() -> None:
    ranged = {"amount": None, "amount_low": 5e9, "amount_high": 6e9, "text": "5–6 billion euros"}
    total = of(ranged).total()
    assert (total.low, total.high) == (5e9, 6e9)


def test_equal_amounts_of_one_month_may_be_one() -> None:
    result = of(
        {"amount": 2e6, "purpose": "energy"},
        {"amount": 2e6, "purpose": "training", "published": "2024-11-20"},
        {"amount": 90e6, "published": "2023-01-04"},
    )
    total = result.total()
    assert (total.low, total.high) == (92e6, 94e6)
    causes = set(result.findings["cause"])
    assert causes & {"double-count", "equal-amount-coincidence"}


def test_a_status_takes_only_that_stage_and_names_the_unknown() -> None:
    result = of(
        {"amount": 5e6, "status": "disbursed"},
        {"amount": 61e6},
        {"amount": 90e6, "status": "pledged"},
    )
    total = result.total(status="Disbursed")
    assert (total.low, total.high) == (5e6, 5e6)
    assert any("unknown" in reason for reason in total.excluded["reason"])


def test_an_unknown_status_or_currency_is_an_error(lithuania: Reconciliation) -> None:
    with pytest.raises(UsageError, match="choose one of"):
        lithuania.total(status="given")
    with pytest.raises(UsageError, match="XXL"):
        lithuania.total(currency="XXL")


def test_parts_never_exceed_what_their_whole_can_hold() -> None:
    result = of(
        {
            "amount": 10e6,
            "purpose": "drones",
            "sentence": "A first tranche of it goes to drones now.",
            "published": "2024-09-04",
        },
        {
            "amount": 13e6,
            "purpose": "drones",
            "sentence": "Tallinn pays the next tranche for unmanned aircraft.",
            "published": "2024-10-24",
        },
        {
            "amount": 15e6,
            "purpose": "drones",
            "sentence": "It has already given 15 million euros for drones.",
            "published": "2025-01-04",
        },
    )
    total = result.total()
    assert total.high == 38e6
    assert total.low in (25e6, 28e6)


def test_an_amount_and_its_earlier_version_are_not_added() -> None:
    sentence = "Tallinn raised its aid for drones to 50 million euros from 42 million euros."
    both = {"source": "a", "sentence": sentence, "purpose": "drones"}
    result = of(
        {"amount": 50e6, "text": "50 million euros", "start": 35, **both},
        {"amount": 42e6, "text": "42 million euros", "start": 57, **both},
    )
    total = result.total(donor="Estonia")
    assert (total.low, total.high) == (50e6, 50e6)
    assert "revision" in set(result.findings["cause"])


def test_a_joint_pledge_may_be_any_share_of_one_donor() -> None:
    result = of({"amount": 50e6, "donor": "Estonia|Latvia"}, {"amount": 7e6})
    total = result.total(donor="Estonia")
    assert (total.low, total.high) == (7e6, 57e6)
    assert "given together with Latvia" in str(total)


def test_a_sum_shows_as_a_table(lithuania: Reconciliation) -> None:
    assert "20 to 30 million EUR" in lithuania.total(donor="Lithuania")._repr_html_()


def test_a_pledge_without_donor_may_be_the_sum_of_the_named_ones() -> None:
    total = of(
        {"text": "€21 billion", "amount": 21e9, "donor": None},
        {"text": "€11 billion", "amount": 11e9, "donor": "Germany"},
        {"text": "€5 billion", "amount": 5e9, "donor": "France"},
    ).total(recipient="Ukraine")
    assert (total.low, total.high) == (21e9, 37e9)
    unnamed = total.included.set_index("amount").loc[21e9]
    assert not unnamed["in_low"]
    assert "names no donor" in unnamed["reason"]


def test_a_table_without_any_donor_is_simply_added() -> None:
    total = of({"amount": 20e6, "donor": None}, {"amount": 90e6, "donor": None}).total()
    assert (total.low, total.high) == (110e6, 110e6)


def test_an_instalment_of_a_pledge_told_before_counts_in_neither_end() -> None:
    result = of(
        {"amount": 40e6, "purpose": "energy", "published": "2024-09-04"},
        {
            "amount": 11e6,
            "purpose": "energy",
            "sentence": "Tallinn has paid a second tranche of 11 million euros for generators.",
        },
    )
    total = result.total(donor="Estonia")
    assert (total.low, total.high) == (40e6, 40e6)
    assert any("in neither end" in reason for reason in total.included["reason"])


def test_of_many_possible_repeats_not_all_are_counted() -> None:
    uncertain = [
        {"amount": number * 1e6, "purpose": kind, "published": f"2024-0{month}-{day}"}
        for month, number in ((1, 21), (4, 33), (8, 57))
        for day, kind in (("04", "energy"), ("22", "training"))
    ]
    total = of(*uncertain).total()
    assert 111e6 <= total.low < total.high <= 222e6


def test_a_slip_of_scale_widens_no_sum() -> None:
    result = of(
        {"amount": 24e6, "purpose": "Nansen", "text": "24 million euros"},
        {"amount": 24e9, "purpose": "Nansen", "text": "24 billion euros"},
    )
    assert len(result.pledges) == 1
    assert result.total().high == 24e6


def test_an_implausible_amount_is_a_question_and_no_number() -> None:
    claims = pd.DataFrame(
        {
            "source": ["a", "b"],
            "published": ["2024-11-04", "2023-11-04"],
            "donor": "Norway",
            "recipient": "Ukraine",
            "amount": [5e6, 900e9],
            "currency": "EUR",
        }
    )
    found = reconcile(claims).total("Norway")
    assert (found.low, found.plausible_high, found.high) == (5e6, 5e6, 900_005e6)
    assert found.range_text == "5 million EUR, but for a question"
    assert "perhaps a slip of scale" in found.questions[0]
    for text in (str(found), found._repr_html_(), render(found), render(found, "json")):
        assert "perhaps a slip of scale" in text
    alone = reconcile(claims[1:]).total("Norway")
    assert alone.range_text == "a question, no number"
    assert "Safe sum: a question, no number" in render(alone)


def test_where_a_sum_likely_lies_is_told_in_every_form() -> None:
    claims = read_text(
        "Norway will give Ukraine 9 billion euros. In 2024 Norway pays Ukraine 2 billion euros.",
        published="2024-11-04",
        source="a",
    )
    result = reconcile(claims)
    found = result.total("Norway")
    assert found.low < found.likely < found.high
    assert "likely about" in str(found)
    assert "likely about" in found._repr_html_()
    assert "\n  likely " in render(found)
    told = json.loads(render(found, "json").splitlines()[0])
    assert float(told["likely"]) == pytest.approx(found.likely)
    assert any("likely about" in one for one in sentences(result))


def test_without_a_rate_the_equivalent_that_the_source_gives_counts() -> None:
    claims = read_text(
        "Taiwan gives Kenya US$1 million (NT$28.67 million).", published="2022-04-01", source="a"
    )
    claims["conversion_of"] = [claims["claim_id"][1], None]
    found = reconcile(claims, rates="ecb").total("Taiwan", currency="USD")
    assert (found.low, found.high) == (1e6, 1e6)
    assert "as a gives it ('US$1 million'), for want of a rate of TWD" in str(found)
    in_euros = reconcile(claims, rates="ecb").total("Taiwan", currency="EUR")
    assert in_euros.low == pytest.approx(0.9055e6, rel=0.01)


def test_an_undated_sign_counts_as_printed_in_its_first_currency_alone() -> None:
    claims = read_text("Canada gives Haiti $130 million.", source="a")
    result = reconcile(claims)
    assert (result.total("Canada", currency="USD").low) == 130e6
    assert math.isnan(result.total("Canada", currency="EUR").low)


def test_a_sum_of_many_pledges_is_one_page_that_begins_with_it() -> None:
    claims = pd.DataFrame(
        {
            "source": [f"s{number}" for number in range(60)],
            "published": [f"20{10 + number % 15}-0{1 + number % 9}-04" for number in range(60)],
            "donor": "Norway",
            "recipient": "Ukraine",
            "amount": [1e6 * (101 + 7 * number) for number in range(60)],
            "currency": "EUR",
        }
    )
    found = reconcile(claims).total("Norway")
    page = render(found)
    assert page.startswith("Safe sum: ")
    assert "more come to" in page
    assert len(page.splitlines()) < 80
    assert len(render(found, "csv").splitlines()) > len(found.included)


@pytest.mark.parametrize("before", ["100", "100 million", "90 million"])
def test_the_row_of_a_raised_amount_shows_the_new_one(before: str) -> None:
    """A round number before a change is near the new one, but does not speak for it."""
    sentence = f"Norway raised its aid to Ukraine from {before} to 120 million euros."
    result = reconcile(read_text(sentence, published="2024-11-04"), "EUR")
    assert result.pledges["amount"].tolist() == [120e6]
    assert result.total().included["text"].tolist() == ["120 million euros"]
