"""Amounts with a word, sign or number beside them that may change what they say, or may not."""

from __future__ import annotations

import pytest

from calc.figures import figures

Read = list[tuple[str, float | None, float | None, str]]


def read(text: str) -> Read:
    """The words, the ends and the currency of each figure."""
    ends = [(one.low, one.high) for one in figures(text)]
    plain = [tuple(None if end is None else float(end) for end in both) for both in ends]
    return [
        (one.text, low, high, one.currency)
        for one, (low, high) in zip(figures(text), plain, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "currency"),
    [
        # a word of another money behind it says nothing of this one
        ("5 million Hong Kong euros", "5 million Hong Kong euros", 5e6, 5e6, "EUR"),
        ("5 million £ Australian", "5 million £", 5e6, 5e6, "GBP"),
        ("5 £ CA", "5 £", 5, 5, "GBP"),
        ("5 million dollars (EUR)", "5 million dollars", 5e6, 5e6, "USD"),
        # a word that decides decides both ends
        ("$5-6 million Canadian", "$5-6 million Canadian", 5e6, 6e6, "CAD"),
        # "from" begins a range and bounds none
        ("starting from €5 to €7", "€5 to €7", 5, 7, "EUR"),
        ("ten and twenty million dollars", "twenty million dollars", 20e6, 20e6, "USD"),
        ("between ten and twenty million dollars", "ten and twenty million dollars", 10e6, 20e6,
         "USD"),
        ("three or four hundred million dollars", "three or four hundred million dollars", 300e6,
         400e6, "USD"),
        ("several dozen million dollars", "several dozen million dollars", 24e6, 99e6, "USD"),
        ("It costs 35€99 a month", "35€99", 35.99, 35.99, "EUR"),
        ("In 2025 EUR 10 million", "EUR 10 million", 10e6, 10e6, "EUR"),
        ("more than about nearly over almost $5", "$5", 5, None, "USD"),
        ("plus d'un milliard d'euros", "un milliard d'euros", 1e9, 1e9, "EUR"),
        ("und zehn Millionen Euro kamen", "zehn Millionen Euro", 10e6, 10e6, "EUR"),
    ],
)  # fmt: skip
def test_one_amount_is_read(
    text: str, words: str, low: float, high: float | None, currency: str
) -> None:
    assert read(text) == [(words, low, high, currency)]


@pytest.mark.parametrize(
    "text",
    [
        "GB€5 million",  # letters of another sign: no currency is certain
        "CA€5m",
        "seven point twelve million dollars",  # no number
        "three or four hundred and fifty million dollars",  # three million, or 300?
        "ein zwei drei vier fünf sechs sieben acht neun zehn Millionen Euro",  # counting
        "più d'un miliardo di euro",  # misspelt
        "5 EUR exams",  # things with such a name
        "zwei bis drei Millionen Euro",
        "1234 1/2 dollars",
        "1234567890123456789012345 euros",  # longer than any amount
    ],
)
def test_nothing_is_read_where_nothing_is_certain(text: str) -> None:
    assert read(text) == []
