"""Tables of rates asked one after the other, and series of currencies that one of them bridges."""

from __future__ import annotations

from datetime import date

import pytest

from rates import ecb, world
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
