"""Policies beside those of ``convert``, rates of one's own, and rows that follow nothing."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from audit_tables import Made, made, random_policy

import pledgecalc as pc
from calc.audit import audit
from calc.audit.own import given, rate_of, round_number
from rates.policies import parse_policy

COLUMNS: dict[str, Any] = {one: one for one in ("amount", "currency", "date", "converted")}


def audited(table: Made) -> Any:
    return audit(table.frame, to=table.to, **COLUMNS)


@pytest.mark.parametrize(
    "policy",
    [
        *("month-start", "month-first", "quarter-avg", "quarter-avg:02", "quarter-start"),
        *("quarter-end", "year-start", "year-end", "fiscal-avg:04", "fiscal-avg:07"),
        *("fiscal-avg:10", "fiscal-avg:03"),
    ],
)
@pytest.mark.parametrize("options", [{}, {"decimals": 0}, {"rate_decimals": 4}, {"spoil": 10}])
def test_policies_of_periods_are_named(policy: str, options: dict[str, Any]) -> None:
    found = audited(made(policy, start="2020-02-03", end="2022-12-28", seed=5, **options))
    assert found.policy == policy
    assert set(found.policies["policy"]) == {policy}


def test_the_sentence_says_when_a_fiscal_year_begins() -> None:
    found = audited(made("fiscal-avg:07", start="2020-02-03", end="2022-12-28"))
    assert "the row's fiscal year, which begins in July (fiscal-avg:07)" in found.summary
    quarter = audited(made("quarter-avg:02", start="2020-02-03", end="2022-12-28"))
    assert "the row's quarter, which begins in February" in quarter.summary


@pytest.mark.parametrize(
    ("policy", "codes", "to", "words"),
    [
        ("fixed:USD=1.08", ("USD",), "EUR", "1.08 (USD per EUR)"),
        ("fixed:GBP=0.86", ("GBP",), "EUR", "0.86 (GBP per EUR)"),
        ("fixed:SEK=11.5", ("SEK",), "EUR", "11.5 (SEK per EUR)"),
        ("fixed:USD=1.25,GBP=1", ("GBP",), "USD", "1.25 (USD per GBP)"),
        ("fixed:USD=0.75,GBP=1", ("GBP",), "USD", "0.75 (USD per GBP)"),
        ("fixed:SEK=9,USD=1", ("SEK",), "USD", "9 (SEK per USD)"),
        ("fixed:USD=1.11111111111111", ("USD",), "EUR", "0.9 (EUR per USD)"),
        ("fixed:USD=1.085", ("USD",), "EUR", "1.085 (USD per EUR)"),
    ],
)
@pytest.mark.parametrize("rows", [12, 200])
def test_a_round_number_is_a_rate_of_ones_own(
    policy: str, codes: tuple[str, ...], to: str, words: str, rows: int
) -> None:
    found = audited(made(policy, currencies=codes, to=to, rows=rows))
    assert found.summary == f"All {rows} foreign rows use one rate of one's own: {words}."
    exact, said = rate_of(policy, codes[0], to), rate_of(found.policy, codes[0], to)
    assert abs(said / exact - 1) < 1e-8
    assert parse_policy(found.policy).given
    assert (found.policies["share"] == 1).all()
    assert found.outliers.empty
    assert found.severity == "info"


def test_several_currencies_have_rates_of_ones_own() -> None:
    found = audited(made("fixed:USD=1.08,GBP=0.86,SEK=11.5", currencies=("USD", "GBP", "SEK")))
    assert given(found.policy) == {"GBP": 0.86, "SEK": 11.5, "USD": 1.08}
    assert "rates of one's own: 0.86 (GBP per EUR), 11.5 (SEK per EUR)" in found.summary


def converted(policy: str, codes: tuple[str, ...], to: str, source: Any) -> pd.DataFrame:
    """A table of which another part of the house, not the audit, knows the rates."""
    frame = made("spot", currencies=codes, start="2024-01-02", end="2025-11-28").frame
    named = {"amount": "amount", "currency": "currency", "date": "date", "to": to}
    found = pc.convert_frame(
        frame.drop(columns="converted"), policy=policy, rates=source, provenance=False, **named
    )
    return frame.assign(converted=found.iloc[:, -1].round(2))


@pytest.mark.parametrize("policy", ["spot", "month-avg", "year-avg", "month-end"])
def test_the_polish_bank_is_a_source_of_its_own(policy: str) -> None:
    frame = converted(policy, ("USD", "GBP", "CHF"), "EUR", ["nbp"])
    found = audit(frame, to="EUR", **COLUMNS)
    assert found.policy == f"nbp-{policy}"
    assert f"(nbp-{policy})" in found.summary
    assert "NBP" in found.summary


@pytest.mark.parametrize("policy", ["hmrc-month", "hmrc-year"])
@pytest.mark.parametrize("codes", [("USD", "EUR", "CHF"), ("UAH", "KES", "USD")])
def test_british_customs_rates_are_named(policy: str, codes: tuple[str, ...]) -> None:
    frame = converted(policy, codes, "GBP", None)
    found = audit(frame[frame["converted"].notna()], to="GBP", **COLUMNS)
    assert found.policy == policy
    assert f"HMRC {'rate' if policy == 'hmrc-month' else 'average'} of" in found.summary
    assert (found.policies["share"] == 1).all()


@pytest.mark.parametrize("policy", ["spot", "month-avg", "month-end"])
def test_currencies_beyond_the_ecb_have_policies_too(policy: str) -> None:
    frame = converted(policy, ("UAH", "KES", "GEL"), "USD", None)
    found = audit(frame, to="USD", **COLUMNS)
    assert found.policy == policy
    assert (found.policies["share"] > 0.95).all()


def test_a_currency_without_published_rates_has_one_of_ones_own() -> None:
    random = np.random.default_rng(1)
    days = pd.to_datetime("2023-11-02") + pd.to_timedelta(random.integers(0, 300, 60), "D")
    amounts = np.round(random.uniform(1e5, 1e8, 60))
    frame = pd.DataFrame({"amount": amounts, "currency": "KPW", "date": days})
    frame["converted"] = np.round(frame["amount"] / 40, 2)
    found = audit(frame, to="USD", **COLUMNS)
    assert found.policy == "fixed:KPW=40,USD=1"
    assert "40 (KPW per USD)" in found.summary


@pytest.mark.parametrize(("low", "high"), [(1.08681, 1.08683), (1.079, 1.081), (0.917, 0.9171)])
def test_what_is_not_round_or_not_sharp_is_no_number_of_ones_own(low: float, high: float) -> None:
    assert round_number(low, high) is None


def test_a_fixing_that_happens_to_be_short_is_not_taken_from_several_currencies() -> None:
    policy = "fixed:2021-03-15"
    assert audited(made(policy)).policy == policy


def test_zeros_beside_an_amount_do_not_follow() -> None:
    table = made("spot")
    table.frame.loc[[3, 50], "converted"] = 0
    table.frame.loc[7, "amount"] = 0
    table.frame.loc[9, ["amount", "converted"]] = 0
    found = audited(table)
    assert found.policy == "spot"
    assert found.outliers["row"].tolist() == [3, 7, 50]
    assert set(found.outliers["reason"]) == {"0 beside an amount"}
    assert any("1 row with an amount of 0" in note for note in found.notes)


def test_a_small_amount_may_be_rounded_to_zero() -> None:
    found = audited(made("spot", decimals=-6))
    assert "0 beside an amount" not in set(found.outliers["reason"])


def test_dates_without_a_rate_do_not_follow() -> None:
    table = made("spot", currencies=("USD", "GBP"))
    table.frame.loc[[4, 5], "date"] = pd.Timestamp("1997-05-02")
    found = audited(table)
    assert found.policy == "spot"
    assert found.outliers["row"].tolist() == [4, 5]
    assert set(found.outliers["reason"]) == {"the policy has no rate for this row"}


def test_no_period_is_offered_that_nobody_could_know() -> None:
    table = made("fixed:2022-05", rows=4, currencies=("USD",), decimals=-4, end="2022-11-30")
    found = audited(table)
    tied = "|".join(found.policies["tied"].dropna()).split("|")
    last = str(table.frame["date"].max().date())
    days = [one.removeprefix("fixed:") for one in tied if one.startswith("fixed:")]
    assert all(day <= last or day[:7] == last[:7] for day in days if len(day) > 4)
    assert "fixed:2022" not in tied  # the year has not ended
    assert "closing" not in tied or len(tied) > 1


def test_too_coarse_is_said_of_coarse_numbers_only() -> None:
    coarse = audited(made("spot", currencies=("USD",), rows=40, decimals=-7))
    assert "too coarsely" in coarse.summary
    fine = audited(made("month-avg", start="2022-05-02", end="2022-05-31"))
    assert "coarsely" not in str(fine)


@pytest.mark.parametrize(
    "names",
    [
        ("Amount", "Currency", "Date", "Amount EUR"),
        ("originalAmount", "originalCurrency", "date", "amountEUR"),
        ("Value", "Cur", "Announcement date", "Value (EUR)"),
        ("Transaction value", "transaction_value_currency", "transaction-date", "converted value"),
    ],
)
def test_columns_are_found_as_read_finds_them(names: tuple[str, ...]) -> None:
    table = made("month-avg")
    found = audit(table.frame.rename(columns=dict(zip(COLUMNS, names, strict=True))), to="EUR")
    assert tuple(found.columns[role] for role in COLUMNS) == names
    assert found.policy == "month-avg"


def test_the_header_may_say_the_currency() -> None:
    frame = made("spot", currencies=("GBP",), to="USD").frame.drop(columns="currency")
    named = {"amount": "Amount (GBP)", "converted": "Amount (US$)", "date": "Date"}
    assert audit(frame.rename(columns=named), to="USD").policy == "spot"


@pytest.mark.parametrize("kind", ["round rates", "fiscal-avg", "quarter-avg:"])
def test_kinds_of_the_benchmark_can_be_made(kind: str) -> None:
    options = random_policy(kind, 3, {})
    assert audited(made(**options)).policies["policy"].notna().all()
