"""Dates of acts, totals and periods in sentences."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.claims import read_text
from calc.claims.dates import ActDate, act_date, as_of_date, date_expressions, period_of
from calc.claims.groups import amounts_of
from calc.claims.sentences import clause_around
from calc.figures import figures

PUBLISHED = date(2024, 11, 4)
PRINTED = date(2025, 4, 5)


def date_of(sentence: str, published: date | None = PUBLISHED, nth: int = 0) -> ActDate | None:
    amount = amounts_of(sentence, figures(sentence))[nth]
    clause = clause_around(sentence, amount.start, amount.end)
    return act_date(sentence, amount, clause, published)


@pytest.mark.parametrize(
    ("sentence", "expected", "precision"),
    [
        ("On Nov. 4 it gave 5 euros.", date(2024, 11, 4), "day"),
        ("It gave 5 euros on 31 October.", date(2024, 10, 31), "day"),
        ("It gave 5 euros on December 24.", date(2023, 12, 24), "day"),
        ("In September it gave 5 euros.", date(2024, 9, 1), "month"),
        ("It gave 5 euros in December.", date(2023, 12, 1), "month"),
        ("In May 2023 it gave 5 euros.", date(2023, 5, 1), "month"),
        ("It gave 5 euros on Friday.", date(2024, 11, 1), "day"),
        ("It gave 5 euros yesterday.", date(2024, 11, 3), "day"),
        ("It gave 5 euros last month.", date(2024, 10, 1), "month"),
        ("In 2022 it gave 5 euros.", date(2022, 1, 1), "year"),
        ("It gave 5 euros on 2024-06-07.", date(2024, 6, 7), "day"),
    ],
)
def test_date_of_the_act(sentence: str, expected: date, precision: str) -> None:
    assert date_of(sentence) == (expected, precision)


@pytest.mark.parametrize(
    "sentence",
    [
        "Since February 2022 it has given 5 euros.",
        "It will give 5 euros by 2027.",
        "It will give 5 euros until June 2026.",
        "It will give 5 euros on 5 December 2025.",
        "It gave 5 euros for 2023.",
        "Since the start of the war in 2022 it has given 5 euros.",
        "It gave 5 euros on 30 February.",
        "It may give 5 euros.",
    ],
)
def test_limits_plans_and_other_events_are_no_act(sentence: str) -> None:
    assert date_of(sentence) is None


def test_without_a_publication_date_only_full_dates_count() -> None:
    assert date_of("On Nov. 4 it gave 5 euros.", None) is None
    assert date_of("On Nov. 4, 2024 it gave 5 euros.", None) == (PUBLISHED, "day")


def test_each_amount_of_a_sentence_has_its_own_date() -> None:
    sentence = "It gave 5 euros in March and 6 euros in April, and said 7 euros would follow."
    months = [date_of(sentence, nth=nth) for nth in range(3)]
    assert months == [(date(2024, 3, 1), "month"), (date(2024, 4, 1), "month"), None]


def test_a_date_before_all_amounts_is_the_date_of_each() -> None:
    sentence = "In May Norway gave 5 euros, Spain 6 euros."
    assert [date_of(sentence, nth=nth) for nth in range(2)] == [(date(2024, 5, 1), "month")] * 2


def test_as_of_is_read_and_never_later_than_publication() -> None:
    assert as_of_date("As of 31 October it stood at 5 euros.", PUBLISHED) == (
        date(2024, 10, 31),
        "day",
    )
    assert as_of_date("It stood at 5 euros as of 31 December 2024.", PUBLISHED) is None


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("5 euros a year", "annual"),
        ("on an annual basis", "annual"),
        ("until 2027", "until 2027"),
        ("through 2030", "until 2030"),
        ("in 2024-26", "2024-2026"),
        ("from 2025 to 2027", "2025-2027"),
        ("over the next four years", "over the next four years"),
        ("a month ago", None),
        ("by 2019", None),
        ("in 2022", None),
    ],
)
def test_period(clause: str, expected: str | None) -> None:
    assert period_of(clause, PUBLISHED) == expected


@given(st.dates(date(2000, 1, 1), date(2026, 12, 31)), st.dates(date(2000, 1, 1)))
def test_a_year_less_day_is_the_last_such_day_up_to_publication(day: date, published: date) -> None:
    text = f"{day.day} {day.strftime('%B')}"
    for found in date_expressions(text, published):
        assert found.act.date <= published
        assert (found.act.date.month, found.act.date.day) == (day.month, day.day)


@pytest.mark.parametrize(
    "text",
    [
        "Australia will pay the A$6 million to UNRWA that was paused in January.",
        "Sweden releases 20 million kronor for Mali, suspended in February.",
        "Iceland will pay 110 million kronur, lifting the pause decided in January.",
    ],
)
def test_the_day_on_which_money_was_held_back_is_not_that_of_the_gift(text: str) -> None:
    assert date_of(text, date(2024, 3, 15)) is None


@pytest.mark.parametrize(
    ("sentence", "published", "expected", "precision"),
    [
        (
            "5 million euros will be paid to Nepal by Norway in May.",
            "2025-04-05",
            "2025-05-01",
            "month",
        ),
        (
            "Norway plans to give Nepal 5 million euros in December.",
            "2025-11-05",
            "2025-12-01",
            "month",
        ),
        (
            "In December Norway will give Nepal 5 million euros.",
            "2025-11-05",
            "2025-12-01",
            "month",
        ),
        (
            "Norway will give Nepal 5 million euros, it was said in March.",
            "2025-04-05",
            "2025-03-01",
            "month",
        ),
        (
            "In March Norway said it would give Nepal 5 million euros.",
            "2025-04-05",
            "2025-03-01",
            "month",
        ),
        (
            "Norway will give Nepal 5 million euros by May.",
            "2025-04-05",
            "2025-04-05",
            "day",
        ),
        (
            "In November last year Norway gave Nepal 5 million euros.",
            "2022-12-10",
            "2021-11-01",
            "month",
        ),
    ],
)
def test_a_planned_act_has_the_month_to_come_unless_it_was_told_then(
    sentence: str, published: str, expected: str, precision: str
) -> None:
    claim = read_text(sentence, published=published).iloc[0]
    assert str(claim["value_date"].date()) == expected
    assert claim["value_date_precision"] == precision


def test_the_end_of_a_month_is_its_last_day() -> None:
    text = "By the end of January 2022 Norway had paid Nepal 5 million euros."
    claim = read_text(text, published="2022-02-09").iloc[0]
    assert claim["role"] == "total"
    assert str(claim["as_of"].date()) == "2022-01-31"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Norway gives Kenya 5 million euros, which will be paid in May.", date(2025, 5, 1)),
        ("Norway gives Kenya 5 million euros, which were paid in May.", date(2024, 5, 1)),
        ("Norway gives Kenya 5 million euros, to arrive as it will in due course.", PRINTED),
    ],
)
def test_what_will_be_paid_in_a_month_is_to_come(text: str, day: date) -> None:
    (found,) = read_text(text, published=PRINTED)["value_date"]
    assert found.date() == day


@pytest.mark.parametrize(
    "head",
    [
        "Bern, Press releases, 9.2.2022\n\n",
        "(APP - Islamabad - 9th Feb, 2022)\n\n",
        "ISLAMABAD (APP - Islamabad - 9th Feb, 2022) ",
        "Aid to Kenya\nMotion debated on Wednesday 9 February 2022\n\n",
        "UK aid\nVolume 708: debated on Wednesday 9 February 2022\n\n",
    ],
)
def test_the_day_of_a_page_stands_in_its_head(head: str) -> None:
    text = head + "Norway gave Kenya 5 million euros for new schools, the government said."
    assert read_text(text)["published"].tolist() == [pd.Timestamp(2022, 2, 9)]
