"""Which days a policy takes, at the ends of months, weeks and tables; what is said beside it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rates.conversion import Conversion, convert, rate
from rates.errors import NoRateError, UsageError
from rates.fixings import Fixings
from rates.picks import Pick, cut, law_day, outdated, pick
from rates.policies import Policy, explain, for_precision, parse_date, parse_iso, parse_policy

JANUARY = "2024-01-02 2024-01-03 2024-01-04 2024-01-05 2024-01-22 2024-01-23".split()


def table(*days: str, **columns: str) -> Fixings:
    return Fixings("Test", "v1", list(days), columns or {"USD": ",".join("1" for _ in days)})


@pytest.mark.parametrize(
    ("policy", "known", "left"),
    [
        ("spot", "2024-11-04", "spot"),
        ("spot", "2024-11", "month-avg"),
        ("spot", "2024", "year-avg"),
        ("month-avg", "2024-11", "month-avg"),
        ("month-avg", "2024", "year-avg"),
        ("year-avg", "2024", "year-avg"),
        ("month-end", "2024", "year-avg"),
        ("inforeuro", "2024", "year-avg"),
        ("inforeuro", "2024-11", "inforeuro"),
        ("hmrc-month", "2024", "hmrc-year"),
        ("hmrc-month", "2024-11", "hmrc-month"),
        ("hmrc-year", "2024", "hmrc-year"),
        ("closing", "2024", "closing"),
    ],
)
def test_a_date_known_this_well_leaves_this_policy(policy: str, known: str, left: str) -> None:
    assert for_precision(parse_policy(policy), parse_iso(known)).name == left


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fixed:2023", "the mean of one year for everything"),
        ("fixed:2023-05", "the mean of one month for everything"),
        ("fixed:2023-05-04", "the rate of one day for everything"),
        ("fixed:USD=1.1", "own rates, units per 1 EUR"),
        ("window-avg:2022-01..2022-03", "the mean from 2022-01-01 to 2022-03-31 for everything"),
    ],
)
def test_a_policy_says_what_it_does(text: str, said: str) -> None:
    assert explain(text) == f"{text} ({said})"


def test_a_window_of_one_day_is_one_and_one_that_ends_before_is_none() -> None:
    assert str(parse_policy("window-avg:2022-01-05..2022-01-05")) == (
        "window-avg:2022-01-05..2022-01-05"
    )
    with pytest.raises(UsageError, match="ends before it begins"):
        parse_policy("window-avg:2022-01-05..2022-01-04")
    assert parse_policy("window-avg:2022-01-05..2022-01").until  # the month ends after it


def test_a_fixed_rate_that_is_wrong_is_shown_to_its_fortieth_letter() -> None:
    with pytest.raises(UsageError, match=r"^'X{38}=1' is not a fixed rate"):
        parse_policy(f"fixed:{'X' * 38}=1")
    with pytest.raises(UsageError, match=r"^'X{39}=…' is not a fixed rate"):
        parse_policy(f"fixed:{'X' * 39}=1")


def test_a_fixed_rate_has_a_size_that_a_currency_may_have() -> None:
    assert parse_policy("fixed:USD=1e24").given[0].value == 10**24
    assert parse_policy("fixed:EUR=1").given
    for text in ("1e25", "1e-25"):
        with pytest.raises(UsageError, match="is not a fixed rate"):
            parse_policy(f"fixed:USD={text}")


def test_a_precision_is_no_finer_than_the_date() -> None:
    assert str(parse_date("2024-11-04", "day")) == "2024-11-04"
    assert str(parse_date("2024-11-04", "month")) == "2024-11"
    assert str(parse_date("2024-11-04", "year")) == "2024"
    assert str(parse_date("2024-11", "month")) == "2024-11"
    assert str(parse_date("2024-11", "year")) == "2024"
    with pytest.raises(UsageError, match="2024 is known to the year, not to the month"):
        parse_date("2024", "month")


@pytest.mark.parametrize(
    ("policy", "on", "start", "end", "mean"),
    [
        ("spot", "2024-01-13", "2024-01-13", "2024-01-13", False),
        ("month-avg", "2024-01-13", "2024-01-01", "2024-01-31", True),
        ("year-avg", "2024-01-13", "2024-01-01", "2024-12-31", True),
        ("fixed:2023-02", "2024-01-13", "2023-02-01", "2023-02-28", True),
        ("fixed:2023-02-03", "2024-01-13", "2023-02-03", "2023-02-03", False),
        ("window-avg:2023-12..2024-01", "2024-01-13", "2023-12-01", "2024-01-31", True),
        ("closing", "2020-01-13", "2024-01-23", "2024-01-23", False),
        ("hmrc-month", "2024-01-13", "2024-01-01", "2024-01-01", False),
        ("hmrc-year", "2024-01-13", "2024-01-01", "2024-01-01", False),
        ("inforeuro", "2024-02-13", "2024-01-22", "2024-01-22", False),
    ],
)
def test_the_days_of_a_policy(policy: str, on: str, start: str, end: str, mean: bool) -> None:
    asked = parse_date(on)
    assert asked is not None
    days = (*JANUARY[:5], "2024-01-31") if policy == "inforeuro" else JANUARY
    found = pick(parse_policy(policy), asked, table(*days))
    assert (found.start, found.end, found.mean) == (
        date.fromisoformat(start),
        date.fromisoformat(end),
        mean,
    )
    assert found.partial == ""


def test_the_end_of_a_month_waits_for_its_last_weekday() -> None:
    march = parse_iso("2024-03")  # ends on a Sunday, and its Friday is the 29th
    whole = pick(Policy("month-end"), march, table("2024-03-28", "2024-03-29"))
    assert (whole.end, whole.partial) == (date(2024, 3, 31), "")
    part = pick(Policy("month-end"), march, table("2024-03-27", "2024-03-28"))
    assert part.end == date(2024, 3, 28)
    assert part.partial == "2024-03 is partial: its newest rate here is of 2024-03-28"
    first = pick(Policy("month-end"), march, table("2024-02-28", "2024-03-01"))
    assert first.end == date(2024, 3, 1)
    with pytest.raises(NoRateError, match="no Test rate of 2024-03: the newest here is of 2024-02"):
        pick(Policy("month-end"), march, table("2024-02-28", "2024-02-29"))


def test_inforeuro_is_the_rate_of_the_second_last_day_of_the_month_before() -> None:
    april = parse_iso("2024-04")
    assert pick(Policy("inforeuro"), april, table("2024-03-27", "2024-03-28", "2024-03-29")) == (
        Pick(date(2024, 3, 28), date(2024, 3, 28), False, "2024-03-28")
    )
    later = table("2024-03-28", "2024-03-29", "2024-04-02")
    assert pick(Policy("inforeuro"), april, later).end == date(2024, 3, 28)
    with pytest.raises(NoRateError, match="to its end; those here run to 2024-03-28"):
        pick(Policy("inforeuro"), april, table("2024-03-27", "2024-03-28"))
    with pytest.raises(NoRateError, match="needs two fixing days in 2024-03; Test has 1"):
        pick(Policy("inforeuro"), april, table("2024-03-29", "2024-04-02"))
    with pytest.raises(NoRateError, match="needs the month before"):
        pick(Policy("inforeuro"), parse_iso("0001-01"), table("2024-03-29"))


@pytest.mark.parametrize(
    ("last", "day", "outdated_by_then"),
    [
        ("2024-03-28", "2024-03-28", False),
        ("2024-03-28", "2024-03-29", True),
        ("2024-03-29", "2024-03-31", False),  # a weekend
        ("2024-03-29", "2024-04-01", True),
        ("2023-12-29", "2024-01-01", False),  # a weekend and New Year's Day
        ("2023-12-29", "2024-01-02", True),
        ("2024-03-29", "2024-03-01", False),
        ("2024-03-29", "2025-03-29", True),
        ("2024-12-31", "2025-01-01", False),
        ("2024-01-31", "2024-02-01", True),  # the first of a month is no holiday
        ("2024-01-05", "2024-01-07", False),
        ("2024-01-01", "2024-01-02", True),
    ],
)
def test_rates_are_outdated_once_a_weekday_went_by(
    last: str, day: str, outdated_by_then: bool
) -> None:
    assert outdated(table("2023-01-02", last), date.fromisoformat(day)) is outdated_by_then


def test_a_mean_is_cut_where_the_table_begins_or_ends_within_it() -> None:
    march = Pick(date(2024, 3, 1), date(2024, 3, 31), True, "2024-03")
    assert not cut(march, table("2024-03-01", "2024-03-29"))
    assert not cut(march, table("2024-02-29", "2024-04-02"))
    assert cut(march, table("2024-03-01", "2024-03-28"))
    assert cut(march, table("2024-03-04", "2024-03-29"))
    june = Pick(date(2024, 6, 1), date(2024, 6, 30), True, "2024-06")
    assert not cut(june, table("2024-06-03", "2024-06-28"))  # begins on a Saturday
    assert cut(june, table("2024-06-04", "2024-06-28"))
    ever = Pick(date.min, date(2024, 6, 30), True, "")
    assert cut(ever, table("2024-06-03", "2024-06-28"))


@pytest.mark.parametrize(
    ("policy", "day"),
    [
        ("spot", "2023-01-09"),
        ("closing", "2024-01-02"),
        ("month-end", "2023-01-31"),
        ("inforeuro", "2023-01-01"),
        ("hmrc-month", "2023-01-01"),
        ("month-avg", "2023-01-01"),
        ("fixed:2022-05-04", "2022-05-04"),
    ],
)
def test_the_day_on_which_the_law_is_asked(policy: str, day: str) -> None:
    asked = parse_date("2023-01-09")
    assert asked is not None
    assert law_day(parse_policy(policy), asked, date(2024, 1, 2)) == date.fromisoformat(day)


def test_words_for_a_missing_rate_name_other_currencies_only_where_there_are_any() -> None:
    alone = table(*JANUARY, USD="1,2,3,,,")
    with pytest.raises(NoRateError) as caught:
        alone.as_of("USD", date(2024, 1, 23))
    assert str(caught.value).endswith(
        "the last is of 2024-01-04, none follows (the first is of 2024-01-02)"
    )
    two = table(*JANUARY, USD="1,2,3,,,", SEK="1,2,3,4,5,6")
    with pytest.raises(NoRateError, match=r"none follows .*; other currencies run to 2024-01-23"):
        two.as_of("USD", date(2024, 1, 23))


def test_the_newest_and_the_oldest_rate_are_told_from_a_hole() -> None:
    one = table(*JANUARY, USD=",1,2,,,3")
    with pytest.raises(NoRateError, match="the first is of 2024-01-03, the last of 2024-01-23"):
        one.as_of("USD", date(2024, 1, 2))
    with pytest.raises(NoRateError, match="before it is of 2024-01-04, the next of 2024-01-23"):
        one.as_of("USD", date(2024, 1, 22))
    with pytest.raises(NoRateError, match="the newest here is of 2024-01-23, the first of 2024-01"):
        one.as_of("USD", date(2024, 1, 31))
    assert one.as_of("USD", date(2024, 1, 30)).text == "3"


def test_a_rate_is_carried_over_a_miss_and_a_pause_but_not_into_a_hole() -> None:
    one = table(*JANUARY, USD="1,,,,,2", SEK="1,,3,,,2")
    with pytest.raises(NoRateError):
        one.as_of("USD", date(2024, 1, 3))  # others were published, and it was not for 21 days
    assert one.as_of("SEK", date(2024, 1, 3)).text == "1"
    paused = table(*JANUARY[:4], "2024-01-22", "2024-01-23", USD="1,1,1,1,,2", SEK="1,1,1,1,1,1")
    assert paused.as_of("USD", date(2024, 1, 12)).date == date(2024, 1, 5)  # nothing of others


def test_what_is_published_is_counted_with_both_ends() -> None:
    one = table(*JANUARY, USD="1,,3,,5,")
    assert one.published("USD", date(2024, 1, 2), date(2024, 1, 22)) == (3, date(2024, 1, 22))
    assert one.published("USD", date(2024, 1, 3), date(2024, 1, 21)) == (1, date(2024, 1, 4))
    assert one.published("USD", date(2024, 1, 5), date(2024, 1, 6)) == (0, None)
    assert one.days_between(date(2024, 1, 3), date(2024, 1, 5)) == tuple(
        date(2024, 1, day) for day in (3, 4, 5)
    )
    assert one.span("USD") == (date(2024, 1, 2), date(2024, 1, 22))
    assert one.ended("USD")
    assert not one.ended("EUR")


# Conversions


def details(result: Conversion) -> dict[str, str]:
    return dict(result.details())


def test_an_amount_is_quoted_with_all_its_digits_and_a_rate_as_it_was_published() -> None:
    assert convert("1234.5678", "EUR", "USD", "2024-11-04").headline().startswith("1,234.5678 EUR ")
    rupiah = rate("EUR", "IDR", "2024-11-04")
    assert rupiah.rate_text() == rupiah.legs[0].text == "17190.86"  # type: ignore[union-attr]
    assert rate("IDR", "EUR", "2024-11-04").rate_text() == "0.0000581704"
    assert details(rate("USD", "IDR", "2024-11-04"))["from"] == (
        "1 EUR = 1.0904 USD = 17190.86 IDR"
    )


def test_one_currency_is_no_conversion_and_names_one_table() -> None:
    same = convert(5, "USD", "USD", "2024-11-04")
    assert (same.source, same.basis(), same.quality) == ("ECB", "same currency", "official")
    assert same.source_version == rate("EUR", "USD", "2024-11-04").source_version


def test_the_table_of_nbp_is_named_for_days_and_not_for_means() -> None:
    title = "average rates of Narodowy Bank Polski"
    assert details(rate("UAH", "EUR", "2010-05-04"))["source"] == f"{title}, table A (daily)"
    assert details(rate("AFN", "EUR", "2022-05-04"))["source"] == f"{title}, table B (weekly)"
    assert details(rate("UAH", "EUR", "2010-05"))["source"] == title


def test_few_printed_digits_are_told_as_a_share() -> None:
    assert details(rate("AFN", "EUR", "2022-05-04"))["known"] == (
        "to ± 0.002 %, half a unit of the last printed digits"
    )
    assert "known" not in details(rate("USD", "EUR", "2022-05-04"))


def test_a_day_before_is_told_in_days() -> None:
    friday = rate("EUR", "USD", "2024-11-01")
    assert friday.days_back == 0
    assert "before" not in friday.basis()
    assert rate("EUR", "USD", "2024-11-02").basis() == "ECB 2024-11-01, 1 day before 2024-11-02"
    sunday = rate("EUR", "USD", "2024-11-03")
    assert details(sunday)["day"] == "Fri 2024-11-01, 2 days before Sun 2024-11-03"
    ended = rate("EUR", "USD", "2024-11-03", "month-end")
    assert "before" not in ended.basis()


def test_the_irrevocable_rate_of_a_leg_is_said_once() -> None:
    assert rate("EUR", "LTL", "2016-05-04").basis() == (
        "Council of the EU, irrevocable since 2015-01-01"
    )
    assert rate("LTL", "USD", "2016-05-04").basis() == (
        "ECB 2016-05-04 with the irrevocable rate of LTL"
    )
    assert rate("LTL", "EUR", "2016-05-04").rate_text() == "1 EUR = 3.45280 LTL"


def test_the_law_begins_on_the_day_after_the_last_rate() -> None:
    last = rate("EUR", "LTL", "2014-12-31")
    assert (last.quality, last.rate_date) == ("official", date(2014, 12, 31))
    first = rate("EUR", "LTL", "2015-01-01")
    assert (first.quality, first.rate_date) == ("irrevocable", date(2015, 1, 1))


def test_before_the_euro_the_rate_is_that_of_the_ecu() -> None:
    said = "there was no euro before 1999"
    assert any(said in one for one in rate("EUR", "PLN", "1998-12-31").warnings)
    assert not any(said in one for one in rate("EUR", "PLN", "1999-01-04").warnings)
    assert not any(said in one for one in rate("USD", "PLN", "1998-12-31").warnings)


def test_a_mean_is_partial_where_rates_are_missing() -> None:
    days = [date(2024, 1, 1) + timedelta(days=step) for step in range(31)]
    week = [str(day) for day in days if day.weekday() < 5 and day.day > 1]
    whole = Fixings("Test", "v1", week, {"USD": ",".join("2" for _ in week)})
    assert rate("EUR", "USD", "2024-01-09", "month-avg", rates=whole).warnings == ()
    holed = Fixings("Test", "v1", week, {"USD": "," + ",".join("2" for _ in week[1:])})
    assert rate("EUR", "USD", "2024-01-09", "month-avg", rates=holed).warnings == (
        f"2024-01 is partial: the mean of {len(week) - 1} rates, 2024-01-03 to 2024-01-31",
    )
