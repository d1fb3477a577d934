"""Conversions: exact, at the rate of the right day, with everything said that stands behind."""

import json
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rates import ecb
from rates.conversion import Conversion, convert, rate
from rates.errors import NoRateError, UnknownCurrencyError, UsageError
from rates.fixings import Average, Fixing, Fixings
from rates.legs import Irrevocable
from rates.wording import grouped, plain

ECB = ecb.fixings()
ALWAYS = ["EUR", "USD", "JPY", "GBP", "SEK", "PLN", "CAD", "ZAR"]
CODES = st.sampled_from(ALWAYS)
DAYS = st.dates(ECB.first, ECB.last)
AMOUNTS = st.decimals(Decimal("0.01"), Decimal("1e12"), places=2)
TINY = Decimal("1e-24")


def close(found: Decimal, expected: Decimal) -> bool:
    return abs(found - expected) <= TINY * abs(expected)


@given(AMOUNTS, CODES, CODES, DAYS)
def test_cross_rate_comes_from_both_legs_as_published(
    amount: Decimal, base: str, quote: str, day: date
) -> None:
    result = convert(amount, base, quote, day)
    legs = {leg.currency: Fraction(leg.value) for leg in result.legs}
    exact = Fraction(amount) * legs.get(quote, 1) / legs.get(base, 1)
    assert abs(Fraction(result.amount) - exact) <= exact * Fraction(TINY)
    for leg in result.legs:
        assert isinstance(leg, Fixing)
        assert leg == ECB.on(leg.currency, leg.date)
        assert leg.date == result.rate_date


@given(AMOUNTS, CODES, CODES, DAYS)
def test_round_trip_gives_the_amount_back(
    amount: Decimal, base: str, quote: str, day: date
) -> None:
    there = convert(amount, base, quote, day)
    assert close(convert(there.amount, quote, base, day).amount, amount)


@given(CODES, CODES, CODES, DAYS)
def test_triangle_is_consistent(a: str, b: str, c: str, day: date) -> None:
    assert close(rate(a, b, day).rate * rate(b, c, day).rate, rate(a, c, day).rate)


@given(CODES, CODES, st.sampled_from(["month-avg", "year-avg"]), DAYS)
def test_averages_round_trip_too(base: str, quote: str, policy: str, day: date) -> None:
    there = rate(base, quote, day, policy).rate
    assert close(there * rate(quote, base, day, policy).rate, Decimal(1))


@given(st.sampled_from([*ECB.currencies()]), CODES, st.dates(date(1998, 1, 1), date(2027, 1, 1)))
def test_spot_never_looks_ahead(base: str, quote: str, day: date) -> None:
    try:
        result = convert(1, base, quote, day)
    except NoRateError:
        return
    if result.legs:
        assert result.rate_date is not None
        assert result.rate_date <= day
        observed = {leg.date for leg in result.legs if isinstance(leg, Fixing)}
        if observed:
            assert observed == {result.rate_date}
            assert result.days_back == (day - result.rate_date).days <= 7


@given(AMOUNTS, st.sampled_from([*ECB.currencies(), "EUR", "UAH"]), DAYS)
def test_same_currency_is_one_to_one(amount: Decimal, code: str, day: date) -> None:
    result = convert(amount, code, code, day)
    assert (result.amount, result.rate) == (amount, Decimal(1))
    assert (result.legs, result.rate_date) == ((), None)


def test_the_line_to_quote() -> None:
    assert str(convert("683m", "EUR", "USD", "2024-11-04")) == (
        "683,000,000 EUR = 744,743,200 USD (ECB 2024-11-04, spot, 1.0904)"
    )


def test_sunday_says_which_day_it_used() -> None:
    result = convert(683e6, "eur", "usd", "2024-11-03")
    assert (result.rate_date, result.days_back) == (date(2024, 11, 1), 2)
    assert "(ECB 2024-11-01, 2 days before 2024-11-03, spot, 1.0885)" in str(result)
    assert "1 day before" in str(convert(1, "EUR", "USD", "2024-11-02"))


def test_every_field_of_the_provenance() -> None:
    assert convert("683m", "EUR", "SEK", "2024-11-04")._asdict() == {
        "base_amount": Decimal(683_000_000),
        "base": "EUR",
        "amount": Decimal("683000000") * Decimal("11.6445"),
        "currency": "SEK",
        "rate": Decimal("11.6445"),
        "requested_date": date(2024, 11, 4),
        "requested_precision": "day",
        "rate_date": date(2024, 11, 4),
        "days_back": 0,
        "policy": "spot",
        "source": "ECB",
        "source_version": ECB.version,
        "legs": (Fixing("SEK", date(2024, 11, 4), Decimal("11.6445"), "11.6445"),),
        "quality": "official",
        "warnings": (),
    }


@pytest.mark.parametrize(
    "amount",
    [
        *(683_000_000, 683e6, Decimal("683e6"), "683m", "683,000,000", "683 million", "€683m"),
        *(np.float64(683e6), np.int64(683_000_000)),
    ],
    ids=repr,
)
def test_an_amount_comes_in_many_types(amount: Any) -> None:
    result = convert(amount, "EUR", "USD", pd.Timestamp("2024-11-04 18:00"))
    assert result.to_dict()["amount"] == "744743200"


def test_a_float_is_taken_as_it_is_written() -> None:
    assert convert(0.1, "EUR", "USD", "2024-11-04").amount == Decimal("0.10904")


def test_many_digits_are_not_lost() -> None:
    amount = Decimal("123456789012345678901234567890.12")
    assert convert(amount, "EUR", "USD", "2024-11-04").amount == Decimal(
        "134617282739061728273906172827.386848"
    )


@pytest.mark.parametrize(
    "amount", [float("nan"), float("inf"), Decimal("NaN"), None, True, "", "lots", b"5", [5]]
)
def test_what_is_no_amount_is_refused(amount: Any) -> None:
    with pytest.raises(UsageError, match="not an amount"):
        convert(amount, "EUR", "USD", "2024-11-04")


def test_a_sign_that_contradicts_the_code_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"EUR.*SEK"):
        convert("€10m", "SEK", "USD", "2024-11-04")
    with pytest.raises(UsageError, match=r"CAD.*AUD"):
        convert("C$10m", "AUD", "USD", "2024-11-04")


def test_a_bare_dollar_sign_goes_with_any_dollar() -> None:
    assert convert("$10m", "CAD", "EUR", "2024-11-04").base_amount == 10_000_000
    with pytest.raises(UsageError, match=r"USD.*SEK"):
        convert("$10m", "SEK", "EUR", "2024-11-04")


def test_a_point_before_three_digits_is_remarked() -> None:
    assert "decimal point" in convert("1.250", "EUR", "USD", "2024-11-04").warnings[0]
    assert convert("1.25", "EUR", "USD", "2024-11-04").warnings == ()


def test_results_do_not_follow_the_callers_decimal_context() -> None:
    expected = convert("683m", "SEK", "USD", "2024")
    with localcontext() as context:
        context.prec = 3
        assert convert("683m", "SEK", "USD", "2024") == expected
        assert str(convert("683m", "SEK", "USD", "2024")) == str(expected)


def test_no_date_is_the_newest_rate_and_says_so() -> None:
    result = convert(1, "EUR", "USD")
    assert (result.policy, result.rate_date, result.requested_date) == ("closing", ECB.last, None)
    assert "no date was given" in result.warnings[0]
    assert convert(1, "EUR", "USD", "2024-11-04", "closing").rate == result.rate


@pytest.mark.parametrize("policy", ["month-avg", "year-avg"])
def test_an_average_needs_a_date(policy: str) -> None:
    with pytest.raises(UsageError, match="needs a date"):
        convert(1, "EUR", "USD", policy=policy)


def test_a_month_means_its_average_and_says_so() -> None:
    by_text = rate("EUR", "USD", "2024-11")
    by_precision = rate("EUR", "USD", date(2024, 11, 15), precision="month")
    by_policy = rate("EUR", "USD", "2024-11-04", "month-avg")
    days = [f.value for f in ECB.between("USD", date(2024, 11, 1), date(2024, 11, 30))]
    assert by_text.rate == sum(days) / len(days)
    assert by_text.rate == by_precision.rate == by_policy.rate
    assert by_text.policy == by_policy.policy == "month-avg"
    assert by_text.quality == "average"
    assert "only to the month" in by_text.warnings[0]
    assert by_policy.warnings == ()
    assert by_text.rate_date == date(2024, 11, 29)
    (leg,) = by_text.legs
    assert isinstance(leg, Average)
    assert (leg.days, leg.start, leg.end) == (21, date(2024, 11, 1), date(2024, 11, 29))


def test_a_year_means_its_average() -> None:
    result = rate("USD", "SEK", "2024")
    assert result.policy == "year-avg"
    assert [leg.days for leg in result.legs if isinstance(leg, Average)] == [256, 256]
    assert rate("USD", "SEK", "2024", "month-avg").policy == "year-avg"


@pytest.mark.parametrize(
    ("base", "on", "policy"),
    [("RUB", "2022", "spot"), ("RUB", "2022-03-01", "month-avg"), ("ISK", "2008", "spot")],
)
def test_a_partial_period_is_flagged(base: str, on: str, policy: str) -> None:
    found = rate(base, "USD", on, policy, "ecb")
    assert any("partial" in text for text in found.warnings)


def test_a_period_that_the_table_cuts_off_is_flagged() -> None:
    table = Fixings("Test", "v", ["2024-05-29", "2024-05-30"], {"USD": "1,1"})
    assert any("partial" in text for text in rate("EUR", "USD", "2024-05", rates=table).warnings)


@pytest.mark.parametrize("on", ["1999-01", "1999", "2024-03", "2024", "2025-12"])
def test_a_whole_period_is_not(on: str) -> None:
    assert not any("partial" in text for text in rate("EUR", "USD", on).warnings)


def test_a_day_after_the_end_of_the_table_is_remarked() -> None:
    assert "newer ones" in rate("EUR", "USD", ECB.last + timedelta(days=5)).warnings[0]
    table = Fixings("Test", "v", ["2024-05-31"], {"USD": "1"})
    assert rate("EUR", "USD", "2024-06-02", rates=table).warnings == ()  # a weekend
    assert rate("EUR", "USD", "2024-06-03", rates=table).warnings != ()


def test_one_fixed_day_or_month_serves_every_date() -> None:
    fixed = rate("EUR", "USD", "2020-01-01", "fixed:2024-09-22")
    assert (fixed.rate_date, fixed.policy) == (date(2024, 9, 20), "fixed:2024-09-22")
    assert fixed.rate == rate("EUR", "USD", policy="fixed:2024-09-22").rate
    month = rate("EUR", "USD", "2020-01-01", "fixed:2023-05")
    assert month.rate == rate("EUR", "USD", "2023-05").rate
    assert (month.quality, month.warnings) == ("average", ())


def test_own_rates_are_units_per_euro() -> None:
    result = convert(1137, "SEK", "USD", "2024-11-04", "fixed:USD=1.0868,SEK=11.37")
    assert (result.amount, result.quality, result.source) == (Decimal("108.68"), "user", "user")
    assert result.rate_date is None
    with pytest.raises(NoRateError, match="no rate for CAD"):
        convert(1, "CAD", "USD", "2024-11-04", "fixed:USD=1.0868,SEK=11.37")
    assert convert(1, "EUR", "UAH", policy="fixed:UAH=45").amount == 45


@pytest.mark.parametrize(
    ("base", "on", "named"),
    [
        ("USD", "2045-01-01", str(ECB.last)),
        ("USD", "2045-01", str(ECB.last)),
        ("USD", "1998-05-04", "1999-01-04"),
        ("RUB", "2024-05-01", "2022-03-01"),
        ("RUB", "2024", "2022-03-01"),
        ("RUB", None, "2022-03-01"),
        ("TRY", "2003-01-07", "TRL"),
        ("TRL", "2005-06-01", "TRY replaced TRL"),
        ("ROL", "2005-07-03", "RON replaced ROL"),
        ("ISK", "2013-06-28", "2018-02-01"),
        ("UAH", "2024-05-01", "Ukrainian Hryvnia"),
        ("UAH", "2024-05", "fixed:UAH="),
        ("GRD", "2000-05-01", "2000-12-31"),
        ("DEM", "1998-05-01", "1998-12-31"),
    ],
)
def test_where_there_is_no_rate_it_says_what_there_is(
    base: str, on: str | None, named: str
) -> None:
    with pytest.raises(NoRateError, match=named):
        convert(1, base, "USD" if base != "USD" else "EUR", on, rates=["ecb", "official"])


def test_old_and_new_lei_never_mix() -> None:
    for day in ("2005-06-30", "2005-07-01", "2005-07-03"):
        with pytest.raises(NoRateError):
            convert(1, "ROL", "RON", day)


@pytest.mark.parametrize(
    ("code", "last", "fixing", "statutory"),
    [
        ("HRK", date(2022, 12, 31), "7.5365", "7.53450"),
        ("BGN", date(2025, 12, 31), "1.9558", "1.95583"),
        ("LTL", date(2014, 12, 31), "3.4528", "3.45280"),
    ],
)
def test_the_irrevocable_rate_begins_with_the_euro(
    code: str, last: date, fixing: str, statutory: str
) -> None:
    before = convert(100, "EUR", code, last)
    after = convert(100, "EUR", code, last + timedelta(days=1))
    assert (before.legs[0].value, before.quality) == (Decimal(fixing), "official")
    assert (after.legs[0].text, after.quality) == (statutory, "irrevocable")  # type: ignore[union-attr]
    assert isinstance(after.legs[0], Irrevocable)
    assert after.rate_date == last + timedelta(days=1)


def test_the_irrevocable_rate_is_never_inverted() -> None:
    result = convert(Decimal("753450"), "HRK", "EUR", "2024-05-01")
    assert result.amount == 100_000
    assert "1 EUR = 7.53450 HRK" in str(result)


def test_an_ended_currency_goes_through_its_irrevocable_rate() -> None:
    result = convert(345280, "LTL", "USD", "2024-11-04")
    assert result.amount == 100_000 * Decimal("1.0904")
    assert (result.quality, result.rate_date) == ("irrevocable", date(2024, 11, 4))
    assert convert("655957", "FRF", "DEM", "2000-01-01").amount == Decimal("195583")
    assert convert(1, "LTL", "EUR", "2020").quality == "irrevocable"
    assert convert(1, "LTL", "USD", "2020").quality == "average"


@pytest.mark.parametrize("code", ["XXL", "", "euro", "€", "E", "EURO", "12A"])
def test_a_code_that_does_not_exist(code: str) -> None:
    with pytest.raises(UnknownCurrencyError):
        convert(1, code, "USD", "2024-11-04")
    with pytest.raises(UnknownCurrencyError):
        convert(1, "USD", code, "2024-11-04")


def test_another_table_takes_the_place_of_the_ecbs() -> None:
    table = Fixings("Bank", "v7", ["2024-05-31"], {"UAH": "44.1"})
    result = convert(10, "EUR", "UAH", "2024-05-31", rates=table)
    assert (result.amount, result.source, result.source_version) == (Decimal(441), "Bank", "v7")
    with pytest.raises(UsageError, match="no table of rates"):
        convert(1, "EUR", "USD", "2024-05-31", rates=5)  # type: ignore[arg-type]


def test_legs_of_different_days_are_not_crossed() -> None:
    days = ["2024-05-29", "2024-05-30", "2024-05-31"]
    table = Fixings("Bank", "v", days, {"AUD": "2,,2", "CAD": ",3,3"})
    with pytest.raises(NoRateError, match="both AUD and CAD"):
        convert(1, "AUD", "CAD", "2024-05-30", rates=table)
    with pytest.raises(NoRateError, match="2005 has both ROL and RON"):
        convert(1, "ROL", "RON", "2005")
    assert convert(1, "AUD", "CAD", "2024-05-31", rates=table).amount == Decimal("1.5")


@given(AMOUNTS, CODES, CODES, DAYS, st.sampled_from(["spot", "month-avg", "fixed:2023-05"]))
def test_dict_is_ready_for_json(
    amount: Decimal, base: str, quote: str, day: date, policy: str
) -> None:
    result = convert(amount, base, quote, day, policy)
    fields = json.loads(json.dumps(result.to_dict()))
    assert tuple(fields) == Conversion._fields
    for name in ("base_amount", "amount", "rate"):
        assert "E" not in fields[name]
        assert Decimal(fields[name]) == getattr(result, name)


@given(st.decimals(Decimal("1e-12"), Decimal("1e15")), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_an_amount_shown_is_close_and_never_nothing(amount: Decimal, code: str) -> None:
    shown = Decimal(grouped(amount, code).replace(",", ""))
    assert abs(shown - amount) <= amount * Decimal("0.005")
    assert grouped(-amount, code) == "-" + grouped(amount, code)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("1234567.005", "EUR", "1,234,567.01"),
        ("1234567.000", "EUR", "1,234,567"),
        ("1234567.5", "JPY", "1,234,568"),
        ("1234.5678", "KWD", "1,234.568"),
        ("0.5", "EUR", "0.50"),
        ("0", "EUR", "0"),
        ("-0.000123456", "EUR", "-0.000123"),
        ("999.999", "EUR", "1,000"),
        ("12.345", "XAU", "12.35"),
        ("1E+9", "USD", "1,000,000,000"),
        (
            "12345678901234567890123456789012.4",
            "USD",
            "12,345,678,901,234,567,890,123,456,789,012.40",
        ),
    ],
)
def test_amounts_for_people(value: str, code: str, shown: str) -> None:
    assert grouped(Decimal(value), code) == shown


def test_plain_numbers_have_no_exponent() -> None:
    assert [plain(Decimal(t)) for t in ("1E+3", "0.10", "-5.00", "1E-7")] == [
        "1000",
        "0.1",
        "-5",
        "0.0000001",
    ]


def test_details_name_the_legs_of_a_cross_rate() -> None:
    details = dict(convert(5, "SEK", "USD", "2024-11-04").details())
    assert details["from"] == "1 EUR = 11.6445 SEK = 1.0904 USD"
    assert details["source"].startswith("ECB")


@pytest.mark.parametrize("typed", ["GBp", "ZAc"])
def test_a_hundredth_is_not_taken_for_its_currency(typed: str) -> None:
    with pytest.raises(UnknownCurrencyError, match="divide by 100"):
        convert(100, typed, "EUR", "2024-11-04")


def test_a_rate_is_told_with_what_one_unit_is_worth() -> None:
    assert convert(1, "EUR", "USD", "2024-11-04").details()[0] == ("rate", "1 EUR = 1.0904 USD")
