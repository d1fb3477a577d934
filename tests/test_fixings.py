"""As-of lookup: never later, never interpolated, never across a hole."""

from datetime import date, datetime, timedelta
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rates import ecb
from rates.errors import NoRateError
from rates.fixings import Fixings

ECB = ecb.fixings()
LIVE = [code for code in ECB.currencies() if not ECB.ended(code)]
ASKED = st.dates(date(1998, 6, 1), date(2027, 6, 1))


def small(**columns: str) -> Fixings:
    days = ["2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-01-22", "2024-01-23"]
    return Fixings("Test", "v1", days, columns)


@given(st.sampled_from([*ECB.currencies(), "EUR"]), ASKED)
def test_the_rate_is_never_of_a_later_day_nor_older_than_a_week(code: str, day: date) -> None:
    try:
        fixing = ECB.as_of(code, day)
    except NoRateError:
        return
    assert timedelta(0) <= day - fixing.date <= timedelta(days=7)
    assert ECB.on(code, fixing.date) == fixing
    assert ECB.between(code, fixing.date, day) == [fixing]  # nothing newer was passed over


@given(st.sampled_from(LIVE), st.dates(date(2018, 2, 1), ECB.last))
def test_a_live_currency_has_a_rate_for_every_day_since_2018(code: str, day: date) -> None:
    assert ECB.as_of(code, day).value > 0


def test_sunday_uses_fridays_rate() -> None:
    assert ECB.as_of("USD", date(2024, 11, 3)).date == date(2024, 11, 1)


def test_easter_uses_the_rate_of_maundy_thursday() -> None:
    assert ECB.as_of("USD", date(2024, 4, 1)).date == date(2024, 3, 28)


def test_the_exact_day_has_a_fixing_or_none() -> None:
    fixing = ECB.on("USD", date(2024, 11, 4))
    assert fixing is not None
    assert (fixing.text, fixing.value) == ("1.0904", Decimal("1.0904"))
    assert ECB.on("USD", date(2024, 11, 3)) is None
    assert ECB.on("USD", date(2050, 1, 1)) is None


def test_a_datetime_counts_by_its_day() -> None:
    assert ECB.as_of("USD", datetime(2024, 11, 3, 23, 59)).date == date(2024, 11, 1)


@pytest.mark.parametrize(
    ("code", "day", "named"),
    [
        ("USD", date(1998, 5, 4), ["1999-01-04", "2026"]),
        ("USD", date(2045, 1, 1), ["1999-01-04", str(ECB.last)]),
        ("RUB", date(2024, 5, 1), ["2005-04-01", "2022-03-01"]),
        ("RUB", date(2022, 3, 2), ["2022-03-01"]),
        ("ISK", date(2013, 6, 28), ["2008-12-09", "2018-02-01"]),
        ("ISK", date(2008, 12, 10), ["2008-12-09", "2018-02-01"]),
        ("TRY", date(2003, 1, 7), ["2005-01-03"]),
        ("RON", date(2005, 6, 30), ["2005-07-01"]),
        ("ROL", date(2005, 7, 1), ["2005-06-30"]),
        ("HRK", date(2023, 1, 2), ["2022-12-30"]),
    ],
)
def test_what_has_no_rate_names_what_there_is(code: str, day: date, named: list[str]) -> None:
    with pytest.raises(NoRateError) as caught:
        ECB.as_of(code, day)
    for words in [code, str(day), *named]:
        assert words in str(caught.value)


def test_a_short_miss_is_bridged_a_long_one_is_a_hole() -> None:
    table = small(AAA="1,,3,4,5,6", BBB="1,2,,,,6", CCC="1,2,3,4,5,6")
    assert table.as_of("AAA", date(2024, 1, 3)).text == "1"
    assert table.as_of("BBB", date(2024, 1, 3)).text == "2"
    with pytest.raises(NoRateError, match="2024-01-03, the next of 2024-01-23"):
        table.as_of("BBB", date(2024, 1, 5))
    with pytest.raises(NoRateError):
        table.as_of("CCC", date(2024, 1, 13))
    assert table.as_of("CCC", date(2024, 1, 12)).date == date(2024, 1, 5)
    assert table.as_of("CCC", date(2024, 1, 13), max_days_back=8).text == "4"


def test_a_currency_without_column_is_named_with_those_there_are() -> None:
    with pytest.raises(NoRateError, match="no rate for UAH; it has EUR, AUD"):
        ECB.as_of("UAH", date(2024, 1, 2))


def test_euro_is_one_on_either_side() -> None:
    table = small(AAA="2,4,,5,8,10")
    assert table.as_of("EUR", date(2024, 1, 7)).value == 1
    assert table.cross_series("EUR", "AAA")[1] == tuple(map(Decimal, (2, 4, 5, 8, 10)))
    assert table.cross_series("AAA", "EUR")[1][0] == Decimal("0.5")
    assert table.currencies() == ("AAA",)


def test_cross_series_has_the_days_on_which_both_were_published() -> None:
    table = small(AAA="2,4,,5,8,10", BBB="4,,9,5,4,5")
    days, values = table.cross_series("AAA", "BBB")
    assert days == tuple(date(2024, 1, day) for day in (2, 5, 22, 23))
    assert values == tuple(map(Decimal, ("2", "1", "0.5", "0.5")))
    assert table.cross_series("AAA", "BBB") is table.cross_series("AAA", "BBB")


def test_between_includes_both_ends() -> None:
    found = small(AAA="1,,3,4,5,6").between("AAA", date(2024, 1, 2), date(2024, 1, 4))
    assert [fixing.text for fixing in found] == ["1", "3"]


def test_results_do_not_follow_the_callers_decimal_context() -> None:
    with localcontext() as context:
        context.prec = 3
        values = small(AAA="3,3,3,3,3,3", BBB="1,1,1,1,1,1").cross_series("AAA", "BBB")[1]
    assert str(values[0]) == "0." + "3" * 28


def test_the_days_of_a_table_are_counted_with_both_ends() -> None:
    table = small(USD="1,1,1,1,1,1")
    assert table.count(date(2024, 1, 3), date(2024, 1, 22)) == 4
    assert table.count(date(2024, 1, 2), date(2024, 1, 2)) == 1
    assert table.count(date(2024, 1, 6), date(2024, 1, 20)) == 0
