"""Typed amounts and the strict number reader."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rates.amounts import parse_amount, read_number
from rates.errors import UsageError


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("683m", 683_000_000, None),
        ("1.5bn", 1_500_000_000, None),
        ("10 million", 10_000_000, None),
        ("683,000,000", 683_000_000, None),
        ("€683m", 683_000_000, "EUR"),
        ("-10", -10, None),
        ("-€5", -5, "EUR"),
        ("half a billion", 500_000_000, None),
        ("1,250", 1250, None),
        ("1.250", Decimal("1.250"), None),
        ("683 m EUR", 683_000_000, "EUR"),
        ("10M€", 10_000_000, "EUR"),
        (".5", Decimal("0.5"), None),
        ("10 MILLION", 10_000_000, None),
        ("10 млн", 10_000_000, None),
    ],
)
def test_an_amount_is_read_as_typed(typed: str, amount: Decimal, currency: str | None) -> None:
    read = parse_amount(typed)
    assert (read.amount, read.currency) == (amount, currency)


@pytest.mark.parametrize(
    "typed", ["", "abc", "41.220.00", "1,23,4", "10 mil", "5t", "1e6", "9" * 60, "€5 USD"]
)
def test_what_is_no_amount_is_refused_by_name(typed: str) -> None:
    with pytest.raises(UsageError, match=r"^'"):
        parse_amount(typed)


def test_the_message_says_what_would_be_accepted() -> None:
    with pytest.raises(UsageError, match=r"'5 xx yy' is not an amount; write it like 683m"):
        parse_amount("5 xx yy")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.250.000", 1250000),
        ("12,34,567", 1234567),
        ("1 250 000", 1250000),
        ("1\u202f250\u202f000", 1250000),
        ("1'250'000", 1250000),
        ("1.234,56", Decimal("1234.56")),
        ("1,5", Decimal("1.5")),
        ("0.250", Decimal("0.25")),
    ],
)
def test_separators_are_understood(text: str, value: Decimal) -> None:
    assert read_number(text).value == value
    assert not read_number(text).ambiguous


@pytest.mark.parametrize("text", ["1.250", "1,250"])
def test_one_mark_before_three_digits_keeps_both_readings(text: str) -> None:
    read = read_number(text)
    assert {read.value, read.other} == {Decimal(1250), Decimal("1.25")}


@given(st.text(alphabet="0123456789.,' ", max_size=30))
def test_a_number_is_read_or_refused(text: str) -> None:
    try:
        value = read_number(text).value
    except UsageError:
        return
    assert "".join(c for c in text if c.isdigit()).lstrip("0") in (
        f"{value:f}".replace(".", "").lstrip("0"),
    )
