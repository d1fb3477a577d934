"""The rates of calendar days are those of single conversions, day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rates import ecb
from rates.calendar import daily_rates
from rates.errors import NoRateError
from rates.fixings import Fixings
from rates.legs import observe
from rates.policies import Asked, Given, parse_policy

ECB = ecb.fixings()
POLICIES = [
    *("spot", "month-avg", "year-avg", "month-end", "inforeuro", "closing"),
    *("fixed:2024-09-20", "fixed:2013-05", "fixed:USD=1.1,LTL=3", "window-avg:2010..2012-03"),
]
CODES = ["USD", "ISK", "RUB", "LTL", "HRK", "DEM", "TRY", "TRL", "UAH", "BGN"]
STARTS = st.dates(date(1998, 11, 1), date(2027, 1, 1))
CORNERS = [date(2014, 12, 20), date(2022, 2, 20), date(2026, 10, 20), date(2008, 12, 1)]


@settings(max_examples=150)
@given(
    st.sampled_from(POLICIES), st.sampled_from(CODES), STARTS | st.sampled_from(CORNERS),
    st.integers(0, 40),
)  # fmt: skip
def test_each_day_is_what_one_conversion_finds(
    policy: str, code: str, start: date, length: int
) -> None:
    found = daily_rates(policy, code, ECB, start, start + timedelta(days=length))
    assert found.days == len(found.values) == len(found.observed) == len(found.notes) == length + 1
    for place in range(found.days):
        day = start + timedelta(days=place)
        try:
            used = observe(parse_policy(policy), (code,), Asked(day, "day"), ECB)
        except NoRateError:
            assert (found.values[place], found.observed[place]) == (None, None), day
            assert found.notes[place]
            continue
        leg = used.legs[code]
        assert found.values[place] == float(leg.value), day
        assert found.observed[place] == (None if isinstance(leg, Given) else used.rate_date), day
        for warning in used.warnings:
            assert warning in (found.notes[place] or "")


def test_holes_and_jumps_in_any_table_follow_the_same_rule() -> None:
    days = ["2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-01-22", "2024-01-23"]
    table = Fixings("Test", "v", days, {"USD": "1,,3,4,,6", "CHF": "1,2,,,,6", "SEK": ",,,,,7"})
    start = date(2023, 12, 30)
    for code in table.currencies():
        found = daily_rates("spot", code, table, start, date(2024, 2, 10))
        for place, value in enumerate(found.values):
            try:
                expected = table.as_of(code, start + timedelta(days=place)).value
            except NoRateError:
                assert value is None
            else:
                assert value == float(expected)


def test_the_reason_is_the_one_of_a_single_conversion() -> None:
    found = daily_rates("spot", "RUB", ECB, date(2022, 3, 1), date(2022, 3, 3))
    assert found.notes[0] is None
    assert found.notes[1] == found.notes[2]
    assert "RUB for this day: the last is of 2022-03-01" in (found.notes[1] or "")


def test_an_irrevocable_rate_is_noted() -> None:
    found = daily_rates("spot", "LTL", ECB, date(2014, 12, 31), date(2015, 1, 1))
    assert found.notes == [None, "irrevocable since 2015-01-01"]
    assert found.observed == [date(2014, 12, 31), date(2015, 1, 1)]


def test_euro_is_one_on_every_day_and_was_observed_on_none() -> None:
    found = daily_rates("spot", "EUR", ECB, date(1990, 1, 1), date(1990, 1, 2))
    assert (found.values, found.observed) == ([1.0, 1.0], [None, None])


def test_no_days_are_no_rates() -> None:
    assert daily_rates("spot", "USD", ECB, date(2024, 1, 2), date(2024, 1, 1)).days == 0


@pytest.mark.parametrize("policy", POLICIES)
def test_the_whole_history_has_a_value_for_a_live_currency(policy: str) -> None:
    found = daily_rates(policy, "USD", ECB, date(2000, 1, 1), ECB.last)
    assert None not in found.values
