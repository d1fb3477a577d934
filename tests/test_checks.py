"""Stated conversions: each verdict, its numbers and its words."""

from typing import Any

import pandas as pd
import pytest

from calc import schema
from calc.checks import arithmetic, check, flagged
from calc.values.windows import when
from rates.errors import UsageError

DOLLARS = "USD|CAD|AUD|NZD|SGD|HKD|TWD"


def pair(
    base: tuple[str, float, str],
    stated: tuple[str, float, str],
    published: str | None,
    name: str = "",
    **both: Any,
) -> list[dict[str, Any]]:
    """Two rows: the figure ``a…`` and ``b…``, which converts it."""
    shared = {"source": f"article{name}.txt", "published": published, **both}
    rows = []
    for letter, (text, amount, code) in (("a", base), ("b", stated)):
        row = {
            "claim_id": letter + name,
            "text": text,
            "amount": amount,
            "currency": code,
            "currency_candidates": DOLLARS if text.startswith("$") else code,
            "currency_basis": "ambiguous" if text.startswith("$") else "name",
            **shared,
        }
        rows.append(row)
    return [rows[0], {**rows[1], "conversion_of": rows[0]["claim_id"]}]


def checked(rows: list[dict[str, Any]], **options: Any) -> pd.DataFrame:
    return check(schema.frame(rows, schema.CLAIMS), **options)


def one(*arguments: Any, **both: Any) -> dict[str, Any]:
    """The single row of the table of checks for one pair."""
    (row,) = checked(pair(*arguments, **both)).to_dict("records")
    return {str(key): value for key, value in row.items()}


EUR_683 = ("683 million euros", 683e6, "EUR")
IN_SEPTEMBER = {"value_date": "2024-09-01", "value_date_precision": "month"}


def test_table_has_the_columns_of_the_schema() -> None:
    found = checked(pair(EUR_683, ("$763 million", 763e6, "USD"), "2024-11-04"))
    assert list(found.columns) == list(schema.CHECKS)
    assert found["rate_date"].dtype.kind == "M"


def test_stale_conversion_is_of_another_date() -> None:
    row = one(EUR_683, ("$763 million", 763e6, "USD"), "2024-11-04")
    assert row["verdict"] == "other-date"
    assert row["expected"] == 744_743_200
    assert row["gap_pct"] == pytest.approx(2.45, abs=0.01)
    assert row["power"] >= 0.9
    assert row["windows"].startswith("2024-09-27;2024-09-19..2024-09-20;2024-08-26..2024-08-27")
    assert (row["implied_low"], row["implied_high"]) == pytest.approx((1.11558, 1.11868), abs=1e-5)
    assert (row["rate_low"], row["rate_high"]) == (1.0885, 1.0904)
    assert row["rate_date"] == pd.Timestamp("2024-11-04")
    assert (row["claim_id"], row["base_id"]) == ("b", "a")
    assert (row["base_text"], row["text"]) == ("683 million euros", "$763 million")


def test_stale_crowns_are_of_another_date() -> None:
    # 1 EUR = 11.5475 NOK on 2024-12-02 against 11.4180 in late February 2024 and 10.1 in 2022
    row = one(("€250 million", 250e6, "EUR"), ("2.53 billion kroner", 2.53e9, "NOK"), "2024-12-02")
    assert row["verdict"] == "other-date"
    assert row["gap_pct"] < -10


def test_month_of_the_act_is_any_fixing_of_that_month() -> None:
    row = one(
        ("10 million euros", 10e6, "EUR"),
        ("$11 million", 11e6, "USD"),
        "2024-11-04",
        **IN_SEPTEMBER,
    )
    assert row["verdict"] == "consistent"
    assert row["power"] == pytest.approx(0.05, abs=0.02)
    assert row["rate_date"] == pd.Timestamp("2024-09-30")
    assert row["expected"] == pytest.approx(11.106e6, abs=2000)
    assert row["rate_low"] < 1.102 < 1.119 < row["rate_high"]
    assert "digits are few" in row["explanation"]


def test_weekend_takes_fridays_fixing_and_its_neighbours() -> None:
    row = one(
        ("20 million euros", 20e6, "EUR"),
        ("$21 million", 21e6, "USD"),
        "2025-03-02",
        value_date="2025-03-01",
        value_date_precision="day",
    )
    assert row["verdict"] == "consistent"
    assert row["rate_date"] == pd.Timestamp("2025-02-28")
    assert row["expected"] == 20_822_000
    assert row["power"] == pytest.approx(0.1, abs=0.03)
    assert (row["rate_low"], row["rate_high"]) == (1.0411, 1.0477)


def test_zeros_that_must_be_rounding() -> None:
    row = one(("910 million euros", 910e6, "EUR"), ("$940 million", 940e6, "USD"), "2025-03-02")
    assert row["verdict"] == "consistent-if-rounded"
    assert row["gap_pct"] == pytest.approx(-0.8, abs=0.05)
    assert row["power"] == pytest.approx(0.9, abs=0.03)


def test_rounded_yen() -> None:
    # 1 EUR = 163.38 JPY on 2024-03-28
    row = one(("€120 million", 120e6, "EUR"), ("20.0 billion yen", 20e9, "JPY"), "2024-03-28")
    assert row["verdict"] == "consistent-if-rounded"


@pytest.mark.parametrize(
    ("base", "stated"),
    [
        (("€545 million", 545e6, "EUR"), ("$593 million", 593e6, "USD")),  # 594.27
        (("€555 million", 555e6, "EUR"), ("466 million pounds", 466e6, "GBP")),  # 466.4 to 468
        (("16.4 billion kronor", 16.4e9, "SEK"), ("€1.41 billion", 1.41e9, "EUR")),
    ],
)
def test_same_day_at_three_digits_is_consistent(
    base: tuple[str, float, str], stated: tuple[str, float, str]
) -> None:
    assert one(base, stated, "2024-11-04")["verdict"] == "consistent"


@pytest.mark.parametrize(
    ("base", "stated"),
    [
        # 993 × 1.0904 = 1,082.8 and 963 × 1.0904 = 1,050.1
        (("€993 million", 993e6, "EUR"), ("$1.07 billion", 1.07e9, "USD")),
        (("€963 million", 963e6, "EUR"), ("$1.06 billion", 1.06e9, "USD")),
    ],
)
def test_cut_or_raised_digits(base: tuple[str, float, str], stated: tuple[str, float, str]) -> None:
    row = one(base, stated, "2024-11-04")
    assert row["verdict"] == "consistent-if-truncated"
    assert "cut off or rounded up" in row["explanation"]


def test_one_habit_of_writers_at_a_time() -> None:
    # 13 can be 14.9 cut off and 14 can be 13.1 rounded up, but nobody prints both at once:
    # 15 × 1.0724 = 16.1
    row = one(("€15 million", 15e6, "EUR"), ("$14 million", 14e6, "USD"), "2023-09-05")
    assert row["verdict"] == "inverted"


def test_publication_date_is_a_second_chance() -> None:
    # September's dollars were 1.10 to 1.12; 744.7 is November's
    row = one(EUR_683, ("$745 million", 745e6, "USD"), "2024-11-04", **IN_SEPTEMBER)
    assert row["verdict"] == "consistent"
    assert "4 November 2024" in row["explanation"]
    assert row["rate_date"] == pd.Timestamp("2024-09-30")
    assert row["rate_low"] < 1.0905


def test_day_of_the_act_fits_where_publication_does_not() -> None:
    dated = {"value_date": "2024-09-27", "value_date_precision": "day"}
    row = one(EUR_683, ("$763 million", 763e6, "USD"), "2024-11-04", **dated)
    assert row["verdict"] == "consistent"
    assert "27 September 2024" in row["explanation"]


def test_act_to_come_is_tested_at_publication() -> None:
    row = one(
        EUR_683,
        ("$745 million", 745e6, "USD"),
        "2024-11-04",
        value_date="2025-06-01",
        value_date_precision="month",
    )
    assert row["verdict"] == "consistent"
    assert row["rate_date"] == pd.Timestamp("2024-11-04")


@pytest.mark.parametrize(
    ("base", "stated", "code"),
    [
        (EUR_683, ("$1.03 billion", 1.03e9, "USD"), "CAD"),
        (EUR_683, ("$1.13 billion", 1.13e9, "USD"), "AUD"),
        (("$1 billion", 1e9, "USD"), ("€659 million", 659e6, "EUR"), "CAD"),
        (("500 million crowns", 500e6, "SEK"), ("€67.0 million", 67e6, "EUR"), "DKK"),
    ],
)
def test_other_currency_of_the_same_word(
    base: tuple[str, float, str], stated: tuple[str, float, str], code: str
) -> None:
    row = one(base, stated, "2024-11-04")
    assert row["verdict"] == "other-currency"
    assert code in row["explanation"]


def test_donors_money_decides_between_two_dollars() -> None:
    # 1.0 billion is within a rounding of both 683 m EUR in Canadian and in Singapore dollars
    stated = ("$1.00 billion", 1e9, "USD")
    plain = one(EUR_683, stated, "2024-11-04")
    ours = one(EUR_683, stated, "2024-11-04", donor="Singapore")
    assert plain["verdict"] == ours["verdict"] == "other-currency"
    assert "SGD" in ours["explanation"].split("would fit")[1]


@pytest.mark.parametrize(
    ("base", "stated"),
    [
        (EUR_683, ("$745 billion", 745e9, "USD")),
        (("€55 million", 55e6, "EUR"), ("64.2 billion kronor", 64.2e9, "SEK")),
        (("€55 million", 55e6, "EUR"), ("$6.00 million", 6e6, "USD")),
    ],
)
def test_scale_slip(base: tuple[str, float, str], stated: tuple[str, float, str]) -> None:
    assert one(base, stated, "2024-11-04")["verdict"] == "scale"


@pytest.mark.parametrize(
    ("base", "stated"),
    [
        (EUR_683, ("$626 million", 626e6, "USD")),
        (("€500 million", 500e6, "EUR"), ("CHF 532 million", 532e6, "CHF")),
    ],
)
def test_divided_instead_of_multiplied(
    base: tuple[str, float, str], stated: tuple[str, float, str]
) -> None:
    assert one(base, stated, "2024-11-04")["verdict"] == "inverted"


@pytest.mark.parametrize("stated", [("$683 million", 683e6, "USD"), ("£683m", 683e6, "GBP")])
def test_same_number_in_two_currencies_is_copied(stated: tuple[str, float, str]) -> None:
    assert one(EUR_683, stated, "2024-11-04")["verdict"] == "copied"


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (("$763 billion", 763e9, "USD"), "1,000 times too large and converted"),
        (("119 trillion yen", 119e12, "JPY"), "1,000 times too large and converted"),
    ],
)
def test_two_slips_at_once(stated: tuple[str, float, str], words: str) -> None:
    row = one(EUR_683, stated, "2024-11-04")
    assert row["verdict"] == "compound"
    assert words in row["explanation"]


def test_slip_of_scale_at_the_rate_of_a_year_ago() -> None:
    # 2015-05-05: 4 billion CAD were 3.31 billion dollars; 2016-03-04: 2.98 billion
    base = ("4 billion Canadian dollars", 4e9, "CAD")
    row = one(base, ("$3.31 million", 3.31e6, "USD"), "2016-03-04")
    assert row["verdict"] == "compound"
    assert "1,000 times too small and converted at the rate of another day" in row["explanation"]


@pytest.mark.parametrize(
    "stated", [("$900 million", 900e6, "USD"), ("4.21 billion kroner", 4.21e9, "DKK")]
)
def test_what_nothing_explains(stated: tuple[str, float, str]) -> None:
    row = one(EUR_683, stated, "2024-11-04")
    assert row["verdict"] == "inconsistent"
    assert flagged(row["verdict"], row["power"])


@pytest.mark.parametrize(
    ("base", "stated", "published", "reason"),
    [
        (("500 million won", 500e6, "KPW"), ("$12 million", 12e6, "USD"), "2025-03-31", "KPW"),
        (EUR_683, ("$763 million", 763e6, "USD"), None, "date"),
        (EUR_683, ("€763 million", 763e6, "EUR"), "2024-11-04", "both figures are in EUR"),
        (EUR_683, ("$700–800 million", float("nan"), "USD"), "2024-11-04", "range"),
        (EUR_683, ("$763 million", 763e6, "USD"), "2031-11-04", "2026-10-30"),
        (EUR_683, ("70 billion won", 70e9, "KPW"), "2024-11-04", "KPW"),
        (EUR_683, ("763 million", 763e6, None), "2024-11-04", "currency"),
        (EUR_683, ("763 million", 763e6, "XXQ"), "2024-11-04", "XXQ"),
        (("0 euros", 0.0, "EUR"), ("$5", 5.0, "USD"), "2024-11-04", "positive"),
    ],
)
def test_untestable_says_why(
    base: tuple[str, float, str], stated: Any, published: str | None, reason: str
) -> None:
    row = one(base, stated, published)
    assert row["verdict"] == "untestable"
    assert reason in row["explanation"]
    assert pd.isna(row["expected"])
    assert not flagged(row["verdict"], row["power"])


def test_missing_base_is_untestable() -> None:
    rows = pair(EUR_683, ("$763 million", 763e6, "USD"), "2024-11-04")[1:]
    (row,) = checked(rows).to_dict("records")
    assert row["verdict"] == "untestable"
    assert "not in the table" in row["explanation"]


def test_a_qualifier_never_saves_a_figure_and_a_bound_is_named() -> None:
    row = one(EUR_683, ("$763 million", 763e6, "USD"), "2024-11-04", qualifier="about")
    assert row["verdict"] == "other-date"
    assert "“about”" not in row["explanation"]
    row = one(EUR_683, ("$763 million", 763e6, "USD"), "2024-11-04", qualifier="over")
    assert "uses the digits alone, without “over”" in row["explanation"]


def test_two_conversions_of_one_base_are_two_rows() -> None:
    kroner = ("7 billion kroner", 7e9, "DKK")
    rows = pair(kroner, ("€938 million", 938e6, "EUR"), "2024-11-04", "1")
    rows += [
        {**pair(kroner, ("$1.02 billion", 1.02e9, "USD"), "2024-11-04", "1")[1], "claim_id": "c1"}
    ]
    found = checked(rows)
    assert found["verdict"].tolist() == ["consistent", "consistent"]
    assert found["base_id"].tolist() == ["a1", "a1"]


def test_chain_tests_each_link_against_its_own_base() -> None:
    rows = pair(("7 billion kroner", 7e9, "DKK"), ("€938 million", 938e6, "EUR"), "2024-11-04")
    rows += [
        {**rows[1], "claim_id": "c", "text": "$1.12 billion", "amount": 1.12e9, "currency": "USD",
         "conversion_of": "b"}
    ]  # fmt: skip
    found = checked(rows).set_index("claim_id")
    assert found.loc["b", "verdict"] == "consistent"
    assert found.loc["c", "base_id"] == "b"
    assert str(found.loc["c", "verdict"]).startswith("other")


def test_table_of_a_user_with_plain_numbers_and_few_columns() -> None:
    claims = pd.DataFrame(
        {
            "claim_id": ["x", "y"],
            "published": pd.to_datetime(["2024-11-04", "2024-11-04"]),
            "amount": [683.0, 745.0],
            "currency": ["eur", "usd"],
            "conversion_of": [None, "x"],
        }
    )
    (row,) = check(claims).to_dict("records")
    assert row["verdict"] == "consistent"
    assert "745 USD" in row["explanation"]


def test_amount_of_a_column_in_millions_keeps_its_digits() -> None:
    row = one(("910", 910e6, "EUR"), ("940", 940e6, "USD"), "2025-03-02")
    exact = one(("910 million", 910e6, "EUR"), ("940 million", 940e6, "USD"), "2025-03-02")
    assert row["verdict"] == exact["verdict"] == "consistent-if-rounded"
    assert row["windows"] == exact["windows"]


@pytest.mark.parametrize(
    ("base", "stated", "published"),
    [
        (("2.2 billion kroner", 2.2e9, "DKK"), ("€295 million", 295e6, "EUR"), "2024-04-18"),
        (("10 million leva", 10e6, "BGN"), ("€5.1 million", 5.1e6, "EUR"), "2015-03-31"),
        (("100 million dirhams", 1e8, "AED"), ("$27.2 million", 2.72e7, "USD"), "2022-05-10"),
    ],
)
def test_pegged_rate_cannot_tell_the_age(
    base: tuple[str, float, str], stated: tuple[str, float, str], published: str
) -> None:
    row = one(base, stated, published)
    assert row["verdict"] == "consistent"
    assert "cannot tell the age" in row["explanation"]


@pytest.mark.parametrize(
    ("elsewhere", "wrong"),
    [
        (("€683 million", 683e6, "EUR"), "$745 billion"),
        (("$745 million", 745e6, "USD"), "$745 billion"),
        (("€683 billion", 683e9, "EUR"), "683 million euros"),
    ],
)
def test_the_donors_other_claims_say_which_figure_is_wrong(
    elsewhere: tuple[str, float, str], wrong: str
) -> None:
    rows = pair(EUR_683, ("$745 billion", 745e9, "USD"), "2024-11-04", donor="Lithuania")
    text, amount, code = elsewhere
    rows.append(
        {"claim_id": "c", "text": text, "amount": amount, "currency": code, "role": "pledge",
         "donor": "Lithuania", "source": "ministry.txt", "published": "2024-11-05"}
    )  # fmt: skip
    row = checked(rows).iloc[0]
    assert row["verdict"] == "scale"
    assert f"ministry.txt has {text} of the same donor, so it is {wrong}" in row["explanation"]


def test_the_same_document_is_no_witness_to_its_own_slip() -> None:
    rows = pair(EUR_683, ("$745 billion", 745e9, "USD"), "2024-11-04", donor="Lithuania")
    assert "of the same donor" not in checked(rows).iloc[0]["explanation"]


def test_other_policies_test_their_own_rate() -> None:
    rows = pair(EUR_683, ("$763 million", 763e6, "USD"), "2024-11-04")
    row = checked(rows, policy="fixed:2024-09-20").iloc[0]
    assert row["verdict"] == "consistent"
    assert row["rate_low"] == row["rate_high"]
    assert row["rate_date"] == pd.Timestamp("2024-09-20")


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [(("€13.3 million", 13.3e6, "EUR"), "consistent"), (("€753m", 753e6, "EUR"), "inverted")],
)
def test_currency_that_the_euro_replaced_has_its_irrevocable_rate(
    stated: tuple[str, float, str], verdict: str
) -> None:
    row = one(("100 million kuna", 100e6, "HRK"), stated, "2024-05-06")
    assert row["verdict"] == verdict
    assert row["expected"] == pytest.approx(100e6 / 7.5345)
    assert "irrevocable euro rate" in row["explanation"]


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        # 2024-05-06: 100 / 7.5345 × 1.0776 = 14.30
        (("$14.3 million", 14.3e6, "USD"), "consistent"),
        (("$16.1 million", 16.1e6, "USD"), "other-date"),
    ],
)
def test_replaced_currency_has_its_euro_leg_by_law_against_others(
    stated: tuple[str, float, str], verdict: str
) -> None:
    row = one(("100 million kuna", 100e6, "HRK"), stated, "2024-05-06")
    assert row["verdict"] == verdict
    assert row["expected"] == pytest.approx(100e6 / 7.5345 * 1.0776, rel=1e-3)


def test_replaced_currency_against_one_without_rates_cannot_be_tested() -> None:
    row = one(("100 million kuna", 100e6, "HRK"), ("€1", 1e9, "KPW"), "2024-05-06")
    assert row["verdict"] == "untestable"
    assert "KPW" in row["explanation"]


def test_unknown_policy_and_wrong_table_are_usage_errors() -> None:
    with pytest.raises(UsageError, match="policy"):
        checked([], policy="whatever")
    with pytest.raises(UsageError, match="claim_id"):
        check(pd.DataFrame({"amount": [1.0]}))


def test_no_stated_conversion_is_an_empty_table() -> None:
    found = checked(pair(EUR_683, ("$763 million", 763e6, "USD"), "2024-11-04")[:1])
    assert list(found.columns) == list(schema.CHECKS)
    assert found.empty


def test_windows_agree_with_when() -> None:
    row = one(("910 million euros", 910e6, "EUR"), ("$940 million", 940e6, "USD"), "2025-03-02")
    assert row["windows"] == str(when("910m", "EUR", "940m", "USD", before="2025-03-02"))


def test_sentence_of_a_stale_conversion_can_be_pasted() -> None:
    row = one(EUR_683, ("$763 million", 763e6, "USD"), "2024-11-04", currency_basis="sign")
    assert row["explanation"] == (
        "The source gives $763 million for 683 million euros. The ECB rate of 4 November 2024 "
        "gives 744.7 million USD: the source is 2.5 % above it. It fits the rates of "
        "27 September 2024, 19–20 September 2024, 26–27 August 2024 and 60 earlier periods: "
        "the conversion is probably older than the article."
    )


def test_arithmetic_names_fixings_hypotheses_and_power() -> None:
    rows = pair(EUR_683, ("$763 million", 763e6, "USD"), "2024-11-04")
    claims = schema.frame(rows, schema.CLAIMS)
    text = arithmetic("b", claims)
    for part in (
        "2024-11-01: 1 EUR = 1.0885 USD",
        "implied rate, usual: 1.11558–1.11868",
        "other-date, 5.6 bits",
        "ruled out because",
        "power: 0.97",
        "744,743,200 USD",
    ):
        assert part in text
    assert arithmetic(check(claims).iloc[0], claims) == text
    with pytest.raises(UsageError, match="not a stated conversion"):
        arithmetic("a", claims)


def test_arithmetic_of_what_cannot_be_tested_ends_with_the_reason() -> None:
    rows = pair(("500 million won", 500e6, "KPW"), ("$12 million", 12e6, "USD"), "2025-03-31")
    assert "not tested" in arithmetic("b", schema.frame(rows, schema.CLAIMS))
