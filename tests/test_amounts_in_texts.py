"""Amounts as tables, exchanges and token cutters write them: read whole, or refused."""

from __future__ import annotations

import pytest

from calc.figures import figures
from pledgecalc import convert, read_text
from rates.errors import UnknownCurrencyError


def _read(text: str) -> list[tuple[float, str]]:
    return [(float(one.amount or 0), one.currency) for one in figures(text)]


@pytest.mark.parametrize(
    ("text", "amount", "code"),
    [
        ("12 USD mn", 12e6, "USD"),
        ("12 €m", 12e6, "EUR"),
        ("1.2 $bn", 1.2e9, "USD"),
        ("20 US$m", 20e6, "USD"),
        ("8 kr mn", 8e6, "SEK"),
        ("MNZD 60", 60e6, "NZD"),
        ("sgd$ 15", 15, "SGD"),
        ("it gave A $ 30 million to it", 30e6, "AUD"),
        ("Rs 12 arab", 12e9, "INR"),
        ("Rp5 miliar", 5e9, "IDR"),
        ("$50 mi", 50e6, "USD"),
        (",75 EUR", 0.75, "EUR"),
        ("10 billion FCFA", 10e9, "XOF"),
        ("CFA francs 10 billion", 10e9, "XOF"),
        ("10 billion F CFA", 10e9, "XOF"),
        ("SDR 50 million", 50e6, "XDR"),
        ("UA 4.39 billion", 4.39e9, "XUA"),
        ("ZW$50m", 50e6, "ZWL"),
        ("NKr 50 million", 50e6, "NOK"),
        ("350 million Norwegian krones", 350e6, "NOK"),
        ("20 million vatus", 20e6, "VUV"),
        ("500 GBX", 5, "GBP"),
        ("USDeq 22.1 million", 22.1e6, "USD"),
    ],
)
def test_amounts_of_the_trade_are_read_whole(text: str, amount: float, code: str) -> None:
    assert _read(text) == [(amount, code)]


@pytest.mark.parametrize(
    "text",
    [
        "€ 1. 5 million",
        "€1, 500, 000",
        "$1, 500,000",
        "it cost 1. 5 million euros",
        "300 million GBp",
        "20 EUR thousands of people",
        "100 dollars million",
    ],
)
def test_half_an_amount_is_refused(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("It costs €1. 5 countries pay.", [1.0]),
        ("They gave €5, 20 people said.", [5.0]),
        ("In 2024. 5 million euros were paid.", [5e6]),
    ],
)
def test_the_next_sentence_is_no_half_of_an_amount(text: str, amounts: list[float]) -> None:
    assert [amount for amount, _ in _read(text)] == amounts


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("It gave Ukraine EUR\n1.7 billion.", 1.7e9),
        ("It gave Ukraine 8\n000 euros.", 8000),
        ("The ministry of defence gave it 8\n500 euros.", 8500),
        ("The government of Canada gave the fund $1.5\nbillion.", 1.5e9),
    ],
)
def test_a_line_end_inside_a_figure_is_a_space(text: str, amount: float) -> None:
    (figure,) = figures(text)
    assert float(figure.amount or 0) == amount
    assert text[figure.start : figure.end] == figure.text


@pytest.mark.parametrize("text", ["Number\n8\n500 euros", "in 2024\n500 euros", "EUR\n\n5 million"])
def test_lines_of_a_table_are_no_sentence(text: str) -> None:
    assert [float(one.amount or 0) for one in figures(text)] in ([500], [])


@pytest.mark.parametrize("width", [25, 40, 72])
def test_wrapping_a_text_changes_no_figure(width: int) -> None:
    text = (
        "Denmark will give Ukraine 1 500 000 000 kroner, or EUR 201 million, the ministry said on "
        "Friday, and SEK 300 million came from Sweden together with 8 000 euros from the town of "
        "Malmö and US $ 266 million from Britain."
    )
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    wrapped = "\n".join([*lines, line])
    found = [" ".join(one.text.split()) for one in figures(wrapped)]
    assert found == [one.text for one in figures(text)]


@pytest.mark.parametrize("code", ["GBp", "GBX", "ILA", "ZAc"])
def test_a_hundredth_is_no_other_spelling_of_its_unit(code: str) -> None:
    with pytest.raises(UnknownCurrencyError, match="divide by 100"):
        convert(500, code, "EUR", "2024-11-04")


@pytest.mark.parametrize(("typed", "code"), [("TL", "TRY")])
def test_old_and_local_short_forms_are_hinted(typed: str, code: str) -> None:
    with pytest.raises(UnknownCurrencyError, match=f"did you mean {code}"):
        convert(500, typed, "EUR", "2024-11-04")


def test_who_mostly_receives_does_not_decide_a_rupee() -> None:
    claims = read_text(
        "Nepal's grant goes up to Rs 1050 crores from Rs 750 crores.",
        published="2019-07-05",
        title="Indian budget for the neighbourhood",
    )
    assert set(claims["currency_basis"]) == {"ambiguous"}
