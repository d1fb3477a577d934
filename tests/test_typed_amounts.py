"""Amounts as people type them: each way of writing one, and what is near to it and none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from rates.amounts import LONGEST, currency_words, parse_amount, read_number, scales
from rates.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "digits", "scale", "currency"),
    [
        # a scale of two words, also with a currency behind; in any case
        ("5 thousand million", "5", 10**9, None),
        ("5 thousand million euros", "5", 10**9, "EUR"),
        ("5 Thousand Million EUR", "5", 10**9, "EUR"),
        ("5 MILLION", "5", 10**6, None),
        ("5 mio. EUR", "5", 10**6, "EUR"),
        ("5-million", "5", 10**6, None),
        ("5 million of euros", "5", 10**6, "EUR"),
        # scale and currency in one word, in either order, with a sign or a code
        ("10M€", "10", 10**6, "EUR"),
        ("12 €m", "12", 10**6, "EUR"),
        ("12 €bn", "12", 10**9, "EUR"),
        ("50 MUSD", "50", 10**6, "USD"),
        ("50 kEUR", "50", 1000, "EUR"),
        ("50 BnUSD", "50", 10**9, "USD"),
        ("50 USDm", "50", 10**6, "USD"),
        ("5 eurm", "5", 10**6, "EUR"),
        ("5 EURB", "5", 10**9, "EUR"),
        ("MNZD 60", "60", 10**6, "NZD"),
        ("kSEK 60 m", "60", 10**9, "SEK"),
        # the currency first, then the scale
        ("12 USD mn", "12", 10**6, "USD"),
        ("12 USD thousand million", "12", 10**9, "USD"),
        ("12 mn USD", "12", 10**6, "USD"),
        # hundredths, as typed
        ("450p", "450", Decimal("0.01"), "GBP"),
        ("5 GBp", "5", Decimal("0.01"), "GBP"),
        ("5 GBP", "5", 1, "GBP"),
        ("5 USX", "5", Decimal("0.01"), "USD"),
        # signs of a country's own dollar
        ("A $ 30", "30", 1, "AUD"),
        ("US$ 30", "30", 1, "USD"),
        ("sgd$ 40", "40", 1, "SGD"),
        ("40 sgd$", "40", 1, "SGD"),
        ("5$", "5", 1, "USD"),
        ("$5 USD", "5", 1, "USD"),
        # words for a number
        ("a million", "1", 10**6, None),
        ("half a million", "0.5", 10**6, None),
        ("half million", "0.5", 10**6, None),
        ("a quarter of a million dollars", "0.25", 10**6, "USD"),
        ("Half a billion", "0.5", 10**9, None),
        # marks
        (".5", "0.5", 1, None),
        ("1,000.50", "1000.50", 1, None),
        ("1,250", "1250", 1, None),
        ("9" * LONGEST, "9" * LONGEST, 1, None),
    ],
)
def test_each_way_of_writing_an_amount(
    typed: str, digits: str, scale: Decimal, currency: str | None
) -> None:
    read = parse_amount(typed)
    assert (read.digits, read.scale, read.currency) == (digits, scale, currency)
    assert read.amount == Decimal(digits) * scale


@pytest.mark.parametrize("typed", ["-5", "\u22125", "- €5", "€-5", "€\u22125"])
def test_a_minus_stands_before_or_behind_the_sign(typed: str) -> None:
    read = parse_amount(typed)
    assert (read.amount, read.digits) == (Decimal(-5), "5")
    assert parse_amount(typed.replace("-", "+").replace("\u2212", "+")).amount == 5


@pytest.mark.parametrize(
    "typed",
    [
        "5 USD foo",
        "5 USD mn foo",
        "5 million mn USD",
        "5 mn USD mn",
        "5 mn USDm mn",
        "5 mil USD",  # a thousand or a million, by who writes it
        "5 USD mil",
        "-€-5",
        "+-5",
        "$$5",
        "5.",
        "0.5.5",
        "1' 000",
        "9" * (LONGEST + 1),
    ],
)
def test_what_is_near_to_an_amount_and_none_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="is not an amount; write it like 683m"):
        parse_amount(typed)


def test_two_currencies_are_named_both() -> None:
    with pytest.raises(UsageError, match=r"'\$5 CAD' names two currencies, USD and CAD; give one"):
        parse_amount("$5 CAD")


def test_a_long_text_is_shown_shortened_and_a_short_one_whole() -> None:
    with pytest.raises(UsageError, match=f"^'{'x' * LONGEST}' is not an amount"):
        parse_amount("x" * LONGEST)
    with pytest.raises(UsageError, match=f"^'{'x' * LONGEST}…' is not an amount"):
        parse_amount("x" * (LONGEST + 1))
    with pytest.raises(UsageError, match=f"^'{'1,' * (LONGEST // 2)}' is not a well-formed"):
        read_number("1," * (LONGEST // 2))
    with pytest.raises(UsageError, match=f"^'{'1,' * (LONGEST // 2)}…' is not a well-formed"):
        read_number("1," * (LONGEST // 2) + "1")


def test_white_space_within_a_typed_amount_counts_to_its_length() -> None:
    assert parse_amount("5" + 48 * " " + "million").amount == 5_000_000
    with pytest.raises(UsageError):
        parse_amount("5" + 49 * " " + "million")


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("1250", "1250", 0),
        ("1.250.000", "1250000", 0),
        ("1 250", "1250", 0),
        ("12,34,567", "1234567", 0),
        ("1,12,34,567", "11234567", 0),
        ("123,456,789", "123456789", 0),
        ("1234,567", "1234.567", 3),  # four digits are no group
        ("01,250", "1.250", 3),
        ("0,250", "0.250", 3),
        ("1,0000", "1.0000", 4),
        ("12,34", "12.34", 2),
        ("1,234.5", "1234.5", 1),
        ("1 234,567", "1234.567", 3),
        ("1,234,567.89", "1234567.89", 2),
        ("12,34,567.5", "1234567.5", 1),
    ],
)
def test_a_number_has_one_reading(text: str, value: str, decimals: int) -> None:
    for continental in (False, True):
        read = read_number(text, continental=continental)
        assert (str(read.value), read.decimals) == (value, decimals)
        assert (read.other, read.other_decimals, read.ambiguous) == (None, None, False)


@pytest.mark.parametrize(
    ("text", "continental", "value", "decimals", "other", "other_decimals"),
    [
        ("1,250", False, "1250", 0, "1.250", 3),
        ("1,250", True, "1.250", 3, "1250", 0),
        ("1.250", False, "1.250", 3, "1250", 0),
        ("1.250", True, "1250", 0, "1.250", 3),
        ("123,456", False, "123456", 0, "123.456", 3),
    ],
)
def test_a_number_with_two_readings_has_both(
    text: str, continental: bool, value: str, decimals: int, other: str, other_decimals: int
) -> None:
    read = read_number(text, continental=continental)
    assert (str(read.value), read.decimals) == (value, decimals)
    assert (str(read.other), read.other_decimals) == (other, other_decimals)
    assert read.ambiguous


@pytest.mark.parametrize(
    "text",
    [
        *("", ",5", "5,", "1,,5", "12a", "1 25", "1 2345", "1234 567", "123,45,678"),
        *("1,250,00", "1.5,5.5", "1.250.000.5", "1,234'5", "1,5.5", "1.234 567", "1,2345.6"),
        *("1234,567.8", "1'234,567.8", "12,345,67.8"),
    ],
)
def test_separators_that_make_no_sense_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a well-formed number; write it like 683m"):
        read_number(text)


def test_scales_are_known_capitalised_when_they_are_words() -> None:
    known = scales()
    assert known["million"] == known["Million"] == known["MILLION"] == 10**6
    assert known["mln"] == known["Mln"] == known["MLN"] == 10**6
    assert known["mil"] == 0  # a word of two meanings
    assert "Bi" not in known  # of two letters only as they are printed


def test_the_words_of_a_currency_are_what_is_no_number_and_no_scale() -> None:
    assert currency_words("5 billion CFA francs") == "CFA francs"
    assert currency_words("Dhs 100m") == "Dhs"
    assert currency_words("10 Million of birr") == "birr"
    assert currency_words("-2.5 Saudi riyals") == "Saudi riyals"
