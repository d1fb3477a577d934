"""A power of ten and a row of numbers are no amounts, and no part of them is read as one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calc.figures import figures


def read(text: str) -> list[str]:
    return [one.text for one in figures(text)]


@pytest.mark.parametrize(
    "text",
    [
        "2.5 × 10^9 euros",
        "$2.5 × 10^9 for Ukraine",
        "a sum of 2.5x10^9 USD",
        "€2.5·10⁹ were given",
        "2.5 * 10**6 dollars",
        "EUR 10**9",
        "$10^9",
        "10^-9 euros",
    ],
)
def test_a_power_of_ten_is_neither_its_factor_nor_its_exponent(text: str) -> None:
    assert read(text) == []


def test_a_price_times_a_number_is_still_read() -> None:
    assert read("€10 × 12 months") == ["€10"]
    assert read("€10 x 10 years") == ["€10"]
    assert read("They gave **$10** to each of **5 million euros**.") == ["$10", "5 million euros"]


@pytest.mark.parametrize("dash", ["-", "–"])
@pytest.mark.parametrize("row", ["$3-4-5 million", "3-4-5 million euros", "EUR 20-30-40"])
def test_three_numbers_in_a_row_are_no_range(row: str, dash: str) -> None:
    assert read(row.replace("-", dash)) == []


def test_two_numbers_are_a_range_still() -> None:
    for text in ("$3-4 million", "3–4 million euros"):
        (found,) = figures(text)
        assert (found.low, found.high) == (Decimal(3_000_000), Decimal(4_000_000))
    assert read("On 2024-03-05 EUR 5 million came.") == ["EUR 5 million"]
