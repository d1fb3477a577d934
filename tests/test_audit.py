"""The audit of a converted column, on made tables whose policy is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from audit_tables import FIFTEEN, Made, made
from hypothesis import given, settings
from hypothesis import strategies as st

import cli
import pledgecalc as pc
from calc.audit import Audit, audit
from calc.audit.candidates import Candidate, rates_of
from calc.audit.columns import days, guess, numbers
from calc.audit.series import EPOCH, Legs
from calc.audit.slips import digit_slip
from rates import ecb
from rates.conversion import rate
from rates.errors import UsageError

COLUMNS: dict[str, Any] = {
    "amount": "amount",
    "currency": "currency",
    "date": "date",
    "converted": "converted",
}


def audited(table: Made, **options: Any) -> Audit:
    columns: dict[str, Any] = {**COLUMNS, **options}
    return audit(table.frame, to=table.to, **columns)


@pytest.mark.parametrize(
    "policy",
    [
        *("spot", "month-avg", "year-avg", "month-end", "inforeuro", "closing", "fixed:2021"),
        *("fixed:2021-03", "fixed:2021-03-15", "window-avg:2022-01-10..2022-02-08"),
    ],
)
@pytest.mark.parametrize("to", ["EUR", "USD"])
def test_every_policy_is_named_in_any_target_currency(policy: str, to: str) -> None:
    currencies = ("GBP", "CHF", "SEK", "PLN", "EUR" if to == "USD" else "USD")
    found = audited(made(policy, to=to, currencies=currencies, start="2020-02-03", seed=3))
    assert found.policy == policy
    assert set(found.policies["policy"]) == {policy}
    assert (found.policies["share"] == 1).all()
    assert (found.policies["error_bp"] < 1).all()
    assert (found.policies["runner_up"] != policy).all()
    assert found.outliers.empty
    assert found.severity == "info"


@pytest.mark.parametrize("decimals", [-3, 0, 2])
@pytest.mark.parametrize("rate_decimals", [None, 4])
def test_rounding_of_amounts_and_of_rates_does_not_hide_the_policy(
    decimals: int, rate_decimals: int | None
) -> None:
    table = made("month-avg", decimals=decimals, rate_decimals=rate_decimals, seed=4)
    assert audited(table).policy == "month-avg"


def test_one_window_for_sixteen_months_of_dates() -> None:
    policy = "window-avg:2022-01-24..2023-02-24"
    table = made(policy, currencies=FIFTEEN, rows=300, rate_decimals=4)
    found = audited(table)
    assert found.policy == policy
    assert "the ECB mean of 2022-01-24 to 2023-02-24" in found.summary


def test_fifteen_currencies_with_one_anomaly() -> None:
    table = made("fixed:2021-03", currencies=FIFTEEN, rows=412, odd={"CHF": 1.0052})
    found = audited(table)
    assert found.summary == (
        "All 412 foreign rows use one rate per currency, the ECB mean of March 2021; "
        "CHF is off by 52 basis points."
    )
    swiss = found.policies.set_index("currency").loc["CHF"]
    assert swiss["error_bp"] == pytest.approx(52, abs=0.5)
    assert swiss["share"] == 0
    assert found.severity == "warning"


@pytest.mark.parametrize("policy", ["month-avg", "month-end", "spot"])
def test_a_third_of_a_monthly_table_one_month_off(policy: str) -> None:
    table = made(policy, dates="months", start="2019-01-01", shifted=0.33, rows=240)
    found = audited(table)
    assert found.policy == policy
    assert 0.55 < found.policies["share"].mean() < 0.8
    seconds = set(found.policies["second"])
    assert len(seconds) == 1
    assert "after" in str(next(iter(seconds))) or "later" in str(next(iter(seconds)))
    assert 0.2 < found.policies["second_share"].mean() < 0.45
    assert 50 < len(found.outliers) < 110


def test_rows_that_fail_their_own_stated_rate_are_listed() -> None:
    table = made("spot", rate_column=True, jitter_bp=80.0, spoil=6, seed=2)
    found = audited(table)
    assert found.policy == "column:rate used"
    assert set(found.outliers["row"]) == set(table.spoiled)


def test_a_stated_rate_may_be_divided_by() -> None:
    table = made("spot", rate_column=True, jitter_bp=80.0)
    table.frame["rate used"] = 1 / table.frame["rate used"]
    assert audited(table, rate="rate used").policy == "column:rate used"


def test_slips_are_told_apart_and_nothing_else_is_listed() -> None:
    table = made("spot", currencies=("USD", "SEK", "PLN"), spoil=10, missing=10, seed=7)
    found = audited(table)
    assert found.policy == "spot"
    assert set(found.outliers["row"]) == set(table.spoiled)
    words = {
        "times": "1,000 times too large",
        "inverted": "inverted rate",
        "rate 1": "rate 1: not converted",
        "sign": "sign: the rest fits",
        "typo": "typo in converted: one digit",
    }
    for row, reason in found.outliers.itertuples(index=False):
        assert reason == words[table.spoiled[row]]


def test_another_currencys_rate_is_named() -> None:
    table = made("spot", currencies=("USD", "CAD"), rows=40)
    row = table.frame.index[table.frame["currency"] == "CAD"][3]
    day = table.frame.loc[row, "date"]
    american = rate("USD", "EUR", day).rate
    table.frame.loc[row, "converted"] = round(table.frame.loc[row, "amount"] * float(american), 2)
    found = audited(table)
    assert found.outliers.to_numpy().tolist() == [[row, "rate of USD"]]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"dates": "one"}, "spot"),
        ({"rows": 1, "currencies": ("USD",)}, "spot"),
        ({"currencies": ("DKK",), "rows": 10, "decimals": -6}, "spot"),
    ],
)
def test_rows_that_cannot_decide_give_no_policy(options: Any, expected: str) -> None:
    found = audited(made("spot", **options))
    assert found.policy is None
    assert found.policies["policy"].isna().all()
    assert all(expected in tied.split("|") for tied in found.policies["tied"])
    assert "cannot tell which rate was used" in found.summary
    assert found.severity == "warning"


def test_dates_of_one_month_cannot_tell_its_mean_from_a_fixed_rate() -> None:
    found = audited(made("month-avg", start="2022-05-02", end="2022-05-31"))
    assert found.policy is None
    assert set(found.policies["tied"]) == {"month-avg|fixed:2022-05"}


def test_random_numbers_follow_no_policy() -> None:
    table = made("spot", rows=60)
    table.frame["converted"] *= np.random.default_rng(0).uniform(0.5, 2, 60)
    found = audited(table)
    assert found.policies["policy"].isna().all()
    assert found.summary == "No rate policy that is known explains these 60 foreign rows."


def test_a_policy_at_another_sources_rates_is_near_not_exact() -> None:
    found = audited(made("spot", jitter_bp=5.0))
    assert found.policy == "spot"
    assert "but not exactly" in found.summary
    assert (found.policies["share"] < 0.2).all()


def test_rounded_rates_of_a_budget_name_no_day() -> None:
    found = audited(made("fixed:USD=1.11,GBP=0.85,CHF=1.03,SEK=10.5,PLN=4.6", currencies=("USD",)))
    assert set(found.policies["policy"].dropna()) <= {"fixed:USD=1.11"}


def test_currencies_may_have_their_own_policies() -> None:
    table = made("spot", rows=100, odd={"CHF": "month-avg", "SEK": "fixed:2022-05"})
    policies = audited(table).policies.set_index("currency")["policy"]
    assert policies["CHF"] == "month-avg"
    assert policies["SEK"] == "fixed:2022-05"
    assert policies["USD"] == "spot"


def test_rates_applied_upside_down_are_a_finding() -> None:
    found = audited(made("spot", upside_down=True))
    assert found.policy == "spot"
    assert "upside down" in found.policies["note"].iloc[0]
    assert found.severity == "warning"


def test_a_column_in_millions_is_recognised() -> None:
    found = audited(made("month-avg", unit=10**6, decimals=3))
    assert found.policy == "month-avg"
    assert any("units of 1,000,000 EUR" in note for note in found.notes)


def test_rows_that_cannot_be_used_are_counted() -> None:
    table = made("spot", rows=60).frame
    extra = pd.DataFrame(
        {
            "date": [table["date"][0]] * 5,
            "amount": [100.0, 200.0, 300.0, np.nan, 5e6],
            "currency": ["EUR", "EUR", "XXQ", "USD", "KPW"],
            "converted": [100.0, 201.0, 1.0, 5.0, 125_000.0],
        }
    )
    found = audit(pd.concat([table, extra], ignore_index=True), to="EUR", **COLUMNS)
    assert found.policy == "spot"
    assert found.outliers["row"].tolist() == [61]
    assert "already in EUR" in found.outliers["reason"][0]
    assert found.policies.set_index("currency")["policy"].isna()["KPW"]
    notes = " ".join(found.notes)
    assert "1 row with no currency that is known (XXQ)" in notes
    assert "1 row with no amount" in notes


def test_no_foreign_rows_is_said() -> None:
    frame = made("spot", rows=10).frame.head(0)
    found = audit(frame, to="EUR", **COLUMNS)
    assert found.summary.startswith("No row can be audited")
    assert found.policies.empty
    assert "No row can be audited" in str(found)


def test_the_order_of_the_rows_does_not_matter() -> None:
    table = made("month-avg", spoil=5, seed=9)
    shuffled = table.frame.sample(frac=1, random_state=1)
    one, other = audited(table), audit(shuffled, to="EUR", **COLUMNS)
    pd.testing.assert_frame_equal(one.policies, other.policies)
    assert set(one.outliers["row"]) == set(other.outliers["row"])
    assert one.summary == other.summary


def test_month_precision_and_text_are_read() -> None:
    table = made("month-avg", as_text=True)
    table.frame["date"] = table.frame["date"].str[:7]
    assert audited(table).policy == "month-avg"


def test_the_text_form_has_eighty_columns_and_html_is_escaped() -> None:
    table = made("window-avg:2022-01-10..2022-02-08", currencies=FIFTEEN, rows=300, spoil=20)
    found = audited(table)
    assert max(len(line) for line in str(found).splitlines()) <= 80
    table = made("spot", rate_column=True, jitter_bp=80.0)
    frame = table.frame.rename(columns={"rate used": "<b>rate</b>"})
    page = audit(frame, to="EUR", **COLUMNS)._repr_html_()
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_it_is_a_public_name() -> None:
    assert pc.audit is audit
    assert {"audit", "Audit"} <= set(pc.__all__)


@pytest.mark.parametrize(
    ("policy", "rule"),
    [(name, name) for name in ("spot", "month-avg", "year-avg", "month-end", "inforeuro")],
)
@given(day=st.dates(pd.Timestamp("2005-01-03").date(), pd.Timestamp("2026-10-30").date()))
@settings(max_examples=25, deadline=None)
def test_the_arrays_agree_with_convert(policy: str, rule: str, day: Any) -> None:
    pair = LEGS.pair("SEK", "USD")
    found = rates_of(
        Candidate(rule), pair, np.array([day.toordinal() - EPOCH]), np.zeros(1, dtype=np.int64)
    )
    assert found[0] == pytest.approx(float(rate("SEK", "USD", day, policy).rate), rel=1e-10)


LEGS = Legs(ecb.fixings())


def test_numbers_know_how_finely_they_print() -> None:
    assert numbers(pd.Series([1000.0, 24000.0, 7000.0, 91000.0, 3000.0])).ulp[0] == 1000
    assert numbers(pd.Series(["12.50", "3.10"])).ulp[0] == pytest.approx(0.01)
    rounded = pd.Series([12.3, 456.0, 78900.0, 1230000.0, 98700000.0, 4.56] * 4)
    assert numbers(rounded).ulp[3] == pytest.approx(10_000)


def test_dates_keep_their_precision() -> None:
    assert days(pd.Series([2023, 2024])).precision.tolist() == [2, 2]
    assert days(pd.Series(["2023-05", "2023-05-06"])).precision.tolist() == [1, 0]


def test_columns_are_guessed_or_asked_for() -> None:
    names = ["Donor", "Announcement date", "Original amount", "Currency", "Value in USD"]
    found = guess(names, {}, "USD")
    assert found["converted"] == "Value in USD"
    assert found["amount"] == "Original amount"
    with pytest.raises(UsageError, match="--converted"):
        guess(names[:-1], {}, "USD")
    with pytest.raises(UsageError, match="no column 'Sum'"):
        guess(names, {"amount": "Sum"}, "USD")


@given(number=st.integers(10_000, 10**9), place=st.integers(0, 3), step=st.integers(1, 9))
def test_one_wrong_digit_is_found(number: int, place: int, step: int) -> None:
    text = list(str(number))
    text[place] = str((int(text[place]) + step) % 10)
    assert digit_slip(int("".join(text)), number, 1) is not None or text[0] == "0"


def test_the_command_line_says_what_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = made("spot", to="USD", currencies=("EUR", "GBP"), rows=40, spoil=1)
    path = tmp_path / "aid.csv"
    table.frame.rename(columns={"converted": "Amount in USD"}).to_csv(path, index=False)
    assert cli.main(["audit", str(path), "--to", "USD", "--json"]) == 1
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert rows[0]["policy"] == "spot"
    (outlier,) = [row for row in rows if row["table"] == "outliers"]
    assert outlier["row"] == next(iter(table.spoiled)) + 2  # the header is row 1
    assert "converted = 'Amount in USD'" in err
    assert cli.main(["audit", str(path), "--to", "USD", "--fail-on", "never"]) == 0
    assert cli.main(["audit", str(path), "--amount", "Sum"]) == 2


def test_decimal_commas_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = made("spot", rows=40).frame
    path = tmp_path / "hilfe.csv"
    table.to_csv(path, index=False, sep=";", decimal=",")
    assert cli.main(["audit", str(path), "--converted", "converted"]) == 0
    assert "(spot)" in capsys.readouterr().out
