"""Amounts in numerals of words, with fractions, dozens and ranges; signs that are of no amount."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calc.figures import figures


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("$1/2 million", 500_000, "USD"),
        ("USD\n5 million", 5_000_000, "USD"),
        ("5 million of dollars", 5_000_000, "USD"),
        ("three quarters of a billion dollars", 750_000_000, "USD"),
        ("one quarter of a million euros", 250_000, "EUR"),
        ("two dozen million dollars", 24_000_000, "USD"),
        ("half a dozen billion euros", 6_000_000_000, "EUR"),
        ("one and a quarter million pounds", 1_250_000, "GBP"),
        ("two point five billion dollars", 2_500_000_000, "USD"),
        ("five and a half billion dollars", 5_500_000_000, "USD"),
        ("twenty-five thousand five hundred euros", 25_500, "EUR"),
        ("a hundred and five million euros", 105_000_000, "EUR"),
        ("$ .5 million", 500_000, "USD"),
        ("un million et demi d'euros", 1_500_000, "EUR"),
    ],
)
def test_a_numeral_of_words_is_an_amount(text: str, amount: int, currency: str) -> None:
    (figure,) = figures(f"It gave {text} to Kenya.")
    assert (figure.text, figure.amount, figure.currency) == (text, Decimal(amount), currency)


def test_a_link_before_a_numeral_belongs_to_the_sentence() -> None:
    (figure,) = figures("Oslo und zwei Millionen Euro")
    assert (figure.text, figure.amount) == ("zwei Millionen Euro", Decimal(2_000_000))
    (figure,) = figures("La France donne plus d'un milliard d'euros")
    assert (figure.text, figure.amount) == ("un milliard d'euros", Decimal(1_000_000_000))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("$5-$7 million", 5_000_000, 7_000_000),
        ("five to seven hundred million dollars", 500_000_000, 700_000_000),
        ("$5k-10k", 5_000, 10_000),
        ("5 to 7 million dollars", 5_000_000, 7_000_000),
    ],
)
def test_both_ends_of_a_range_have_its_scale(text: str, low: int, high: int) -> None:
    (figure,) = figures(f"It gave {text}.")
    assert (figure.amount, figure.low, figure.high) == (None, Decimal(low), Decimal(high))


def test_ends_in_two_currencies_are_two_amounts() -> None:
    found = figures("from $5 to €7")
    assert [(one.text, one.currency) for one in found] == [("$5", "USD"), ("€7", "EUR")]


@pytest.mark.parametrize(
    "text",
    [
        "€.5.2",
        "$1.5.6 million",
        "$5.000.00 million",
        "€ 1,234.567,8 million",
        "£5/6/2024",
        "EUR/USD 1.09",
        "16 Arab, 40 African countries",
    ],
)
def test_what_is_no_amount_is_none(text: str) -> None:
    assert figures(f"It says {text} there.") == []


def test_numbers_behind_an_amount_share_its_currency() -> None:
    found = figures("€20bn, 30bn and 40bn")
    assert [(one.amount, one.currency) for one in found] == [
        (Decimal(number) * 10**9, "EUR") for number in (20, 30, 40)
    ]
