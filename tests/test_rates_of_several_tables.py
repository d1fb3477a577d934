"""Tables of rates asked one after the other, and series of currencies that one of them bridges."""

from __future__ import annotations

from datetime import date

import pytest

from rates import ecb, world
from rates.bridge import Bridged, Quote
from rates.chain import Chain
from rates.errors import NoRateError
from rates.fixings import Fixings

OWN = Fixings("own", "v1", ["2024-11-04"], {"UAH": "45.1"}, quality="user")
OTHER = Fixings("other", "v2", ["2024-11-01", "2024-11-05"], {"USD": "1.08,1.09", "UAH": "44,45"})
BOTH = Chain(OWN, OTHER)


def test_the_first_table_with_a_rate_answers() -> None:
    assert str(BOTH.as_of("UAH", date(2024, 11, 5)).value) == "45.1"
    assert str(BOTH.as_of("UAH", date(2024, 11, 2)).value) == "44"


def test_without_a_rate_in_any_table_each_says_why() -> None:
    with pytest.raises(NoRateError) as told:
        BOTH.as_of("UAH", date(2020, 1, 1))
    assert len(str(told.value).split("; ")) >= 2


def test_days_of_publication_are_counted_in_the_first_table_that_has_any() -> None:
    count, last = BOTH.published("UAH", date(2024, 11, 1), date(2024, 11, 5))
    assert (count, last) == OWN.published("UAH", date(2024, 11, 1), date(2024, 11, 5))
    count, last = BOTH.published("UAH", date(2024, 11, 1), date(2024, 11, 2))
    assert (count, last) == OTHER.published("UAH", date(2024, 11, 1), date(2024, 11, 2))
    assert BOTH.published("UAH", date(2020, 1, 1), date(2020, 1, 2)) == (0, None)


def test_rates_of_a_period_come_from_one_table() -> None:
    found = BOTH.between("UAH", date(2024, 11, 1), date(2024, 11, 5))
    assert [str(one.value) for one in found] == ["45.1"]
    assert BOTH.between("UAH", date(2020, 1, 1), date(2020, 1, 2)) == []


def test_why_a_rate_is_absent_says_the_first_table_that_has_the_currency() -> None:
    assert "other" in BOTH.absence("USD", date(2020, 1, 1))


def test_a_series_of_a_pair_is_made_once_and_divides_what_was_printed() -> None:
    for table in (ecb.fixings(), world.fixings()):
        days, values = table.cross_series("USD", "CZK")
        assert table.cross_series("USD", "CZK") is table.cross_series("USD", "CZK")
        assert list(days) == sorted(days)
        legs = [table.by_day(code) for code in ("USD", "CZK")]
        assert float(values[-1]) == pytest.approx(float(legs[1][days[-1]] / legs[0][days[-1]]))


def test_a_series_of_a_chain_comes_from_the_tables_that_have_both() -> None:
    days, values = BOTH.cross_series("USD", "UAH")
    assert BOTH.cross_series("USD", "UAH") is BOTH.cross_series("USD", "UAH")
    assert len(days) == len(values)
    assert [str(value) for value in values[:1]] == [str(OTHER.cross_series("USD", "UAH")[1][0])]


DAYS = ["2024-11-01", "2024-11-04", "2024-11-05"]
EURO = Fixings("ECB", "", DAYS, {"USD": "1.08,1.09,1.10"})
STATED = {
    "UAH": [Quote("2024-11-01", "2024-11-04", "41.5", "USD")],
    "XOF": [Quote("2024-11-01", "2024-11-05", "655.957", "EUR")],
    "KPW": [Quote("2024-11-01", "2024-11-05", "7", "SSP")],
}


def test_a_rate_against_another_base_goes_through_the_rate_of_that_day() -> None:
    bank = Bridged("Bank", "", DAYS, STATED, EURO)
    days, values = bank.cross_series("XOF", "UAH")
    assert bank.cross_series("XOF", "UAH") is bank.cross_series("XOF", "UAH")
    assert [day.isoformat() for day in days] == DAYS[:2]
    assert float(values[0]) == pytest.approx(41.5 * 1.08 / 655.957)
    euro = bank.on("EUR", date(2024, 11, 4))
    assert euro is not None
    assert str(euro.value) == "1"


def test_a_base_that_no_table_has_makes_no_rate() -> None:
    bank = Bridged("Bank", "", EURO.iso_days, STATED, EURO)
    assert bank.by_day("KPW") == {}
    assert bank.half_units("KPW") == {}


def test_only_a_base_that_was_rounded_widens_a_rate() -> None:
    bank = Bridged("Bank", "", DAYS, STATED, EURO)
    assert bank.half_units("XOF") == {}
    assert bank.half_units("GBP") == {}
    assert set(bank.half_units("UAH")) <= set(bank.by_day("UAH"))
