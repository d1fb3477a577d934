"""Conversions worked out by hand from the ECB's printed rates and the Council's regulations."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from rates import ecb
from rates.conversion import convert, rate
from rates.currencies import currencies, currency
from rates.errors import NoRateError
from rates.legs import JOINED_THE_EURO, Irrevocable

ECB = ecb.fixings()


@pytest.mark.parametrize(
    ("amount", "base", "quote", "on", "expected"),
    [
        # 2010-06-15: USD 1.2258, LTL 3.4528 (its own fixing then), 345.28 / 3.4528 = 100 EUR
        ("345.28", "LTL", "USD", "2010-06-15", "122.58"),
        # 2024-11-04: USD 1.0904; LTL at the irrevocable 3.45280
        ("345.28", "LTL", "USD", "2024-11-04", "109.04"),
        # 2005-06-30: 1 EUR = 36,030 old lei; 2005-07-01: 1 EUR = 3.6030 new lei
        ("360300", "ROL", "EUR", "2005-06-30", "10"),
        ("36.03", "RON", "EUR", "2005-07-01", "10"),
        # DEM has been 1.95583 per euro since 1999-01-01; 1999-01-04: USD 1.1789
        ("195.583", "DEM", "EUR", "1999-01-01", "100"),
        ("195.583", "DEM", "USD", "1999-01-04", "117.89"),
        # 2001-06-15: USD 0.8662
        ("195.583", "DEM", "USD", "2001-06-15", "86.62"),
        # HRK joined on 2023-01-01 at 7.53450, not at its last fixing of 7.5365
        ("753.45", "HRK", "EUR", "2023-01-01", "100"),
        ("753.65", "HRK", "EUR", "2022-12-31", "100"),
        # 2023-01-02: USD 1.0683
        ("753.45", "HRK", "USD", "2023-01-02", "106.83"),
        # BGN joined on 2026-01-01 at 1.95583, not at its last fixing of 1.9558
        ("195.583", "BGN", "EUR", "2026-01-01", "100"),
        ("195.58", "BGN", "EUR", "2025-12-31", "100"),
        # 2004-12-31: 1 EUR = 1,836,200 old lira; 2005-01-03: 1 EUR = 1.8150 new lira
        ("18362000", "TRL", "EUR", "2004-12-31", "10"),
        ("18.15", "TRY", "EUR", "2005-01-03", "10"),
        # The NBU held the dollar at 29.2549 and then at 36.5686 hryvnia, through any euro rate
        ("2925.49", "UAH", "USD", "2022-03-15", "100"),
        ("2925.49", "UAH", "USD", "2022-07-20", "100"),
        ("3656.86", "UAH", "USD", "2022-07-21", "100"),
        ("3656.86", "UAH", "USD", "2023-10-02", "100"),
    ],
)
def test_value_worked_out_by_hand(
    amount: str, base: str, quote: str, on: str, expected: str
) -> None:
    found = convert(Decimal(amount), base, quote, on)
    assert abs(found.amount - Decimal(expected)) <= Decimal("1e-20") * Decimal(expected)


@pytest.mark.parametrize(
    ("base", "quote", "on", "named"),
    [
        ("ROL", "EUR", "2005-07-01", "RON replaced ROL"),
        ("RON", "EUR", "2005-06-30", "the first is of 2005-07-01"),
        ("TRL", "EUR", "2005-01-03", "TRY replaced TRL"),
        ("TRY", "EUR", "2004-12-31", "the first is of 2005-01-03"),
        ("TRY", "EUR", "2003-06-02", "before it there was TRL"),
        ("ISK", "EUR", "2013-06-28", "the last before it is of 2008-12-09, the next of 2018-02-01"),
        ("RUB", "EUR", "2023-06-01", "the last is of 2022-03-01"),
        ("UAH", "EUR", "2022-02-23", "the first is of 2022-02-24"),
        ("UAH", "EUR", "2023-10-03", "the last is of 2023-10-02"),
        ("UAH", "USD", "2023-10-08", "the last is of 2023-10-02"),
        ("DEM", "USD", "1998-12-31", "1998-12-31"),
    ],
)
def test_no_rate_is_an_error_that_names_the_neighbours(
    base: str, quote: str, on: str, named: str
) -> None:
    with pytest.raises(NoRateError, match=named):
        convert(1, base, quote, on, rates=["ecb", "official"])


@pytest.mark.parametrize("code", ["SIT", "CYP", "MTL", "SKK", "EEK", "LVL", "LTL"])
def test_irrevocable_rate_is_the_last_fixing(code: str) -> None:
    last = ECB.between(code, ECB.first, ECB.last)[-1]
    known = currency(code)
    assert known.last is not None
    assert timedelta(0) <= known.last - last.date <= timedelta(days=3)  # a weekend at most
    assert known.euro_rate == last.value


@pytest.mark.parametrize(("code", "last"), [("HRK", "7.5365"), ("BGN", "1.9558")])
def test_where_the_last_fixing_differs_the_law_wins(code: str, last: str) -> None:
    assert ECB.between(code, ECB.first, ECB.last)[-1].value == Decimal(last)
    known = currency(code)
    assert known.last is not None
    assert known.euro_rate is not None
    assert known.euro_rate != Decimal(last)
    assert abs(known.euro_rate / Decimal(last) - 1) < Decimal("0.0003")
    (leg,) = rate("EUR", code, known.last + timedelta(days=1)).legs
    assert isinstance(leg, Irrevocable)
    assert leg.value == known.euro_rate


def test_the_short_list_of_those_that_joined_is_the_table() -> None:
    assert {one.code for one in currencies() if one.euro_rate} == JOINED_THE_EURO


def test_what_the_ecb_lacks_is_said_to_be_lacking_where_nothing_else_is_asked() -> None:
    with pytest.raises(NoRateError, match="1998-12-31"):
        convert(1, "DEM", "USD", date(1998, 12, 31), rates="ecb")
    assert convert(1, "DEM", "USD", date(1998, 12, 31)).source == "NBP"
