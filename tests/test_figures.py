"""Figures from text: the shared probes, our own sentences by kind, and properties."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from five_documents import SHARED, Five, each_five
from hypothesis import given
from hypothesis import strategies as st
from scoring.figures import FIGURES

from calc.figures import figures, printed_of
from calc.values.intervals import printed

HERE = Path(__file__).parent / "corpus"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


OWN = FIGURES.right()


@pytest.mark.parametrize("row", OWN, ids=lambda row: f"{row['kind']}: {row['text'][:40]}")
def test_own_sentence_is_read_as_written(row: dict[str, Any]) -> None:
    assert list(map(str, FIGURES.read(row).slips)) == []


@pytest.mark.parametrize(
    "row",
    list(_lines(HERE / "no_figures.jsonl")),
    ids=lambda row: f"{row['kind']}: {row['text'][:40]}",
)
def test_what_only_looks_like_money_gives_no_figure(row: dict[str, Any]) -> None:
    assert figures(row["text"]) == []


def test_shared_probes_have_no_wrong_value() -> None:
    path = SHARED / "corpus" / "figure_kinds.jsonl"
    if not path.exists():
        pytest.skip("the shared probes are not beside this repository")
    right, wrong = 0, []
    for row in _lines(path):
        got = [(f.low, f.high, f.currency) for f in figures(row["text"])]
        want = [(e["low"], e["high"], e["currency"]) for e in row["expected"]]
        if [tuple(map(_number, g)) for g in got] == [tuple(map(_number, w)) for w in want]:
            right += 1
        elif got:
            wrong.append(row["text"])
    assert wrong == []
    assert right >= 70


def _number(value: object) -> object:
    return value if value is None or isinstance(value, str) else float(str(value))


@each_five
def test_the_five_documents_give_exactly_the_gold_spans(five: Five) -> None:
    for page in five.pages:
        want = [
            (row["start"], row["end"], row["amount"], row["currency"], row["qualifier"])
            for row in page.figures
            if row["score"]
        ]
        got = [
            (f.start, f.end, None if f.amount is None else float(f.amount), f.currency, f.qualifier)
            for f in figures(page.text)
        ]
        assert got == want


def test_an_ambiguous_sign_keeps_its_candidates() -> None:
    (figure,) = figures("a loan of $5 million")
    assert figure.currency_basis == "ambiguous"
    assert figure.currency_candidates[:2] == ("USD", "CAD")


def test_a_named_dollar_is_decided() -> None:
    bases = [f.currency_basis for f in figures("US$5m, USD 5m, 5m US dollars, €5m")]
    assert bases == ["prefix", "code", "name", "sign"]


def test_one_point_before_three_digits_keeps_both_readings() -> None:
    (figure,) = figures("It is €1.250 million.")
    assert {figure.amount, figure.other_amount} == {Decimal(1250000), Decimal(1250000000)}


def test_a_range_has_no_single_amount() -> None:
    (figure,) = figures("It needs €3-4 billion.")
    assert (figure.amount, figure.digits) == (None, "3-4")


def test_the_printed_number_keeps_its_decimals() -> None:
    assert printed_of("€1.50 billion") == printed("1.50", Decimal("1e9"))
    assert printed_of("half a billion euros") == printed("0.5", Decimal("1e9"))
    assert printed_of("910") == printed("910")
    assert printed_of("tens of millions of euros") is None
    assert printed_of("no number") is None


def test_a_number_of_a_thousand_digits_is_refused() -> None:
    assert figures("$" + "7" * 1000) == figures("7" * 1000 + " euros") == []


@given(st.text(alphabet="$€ 0123456789.,-–()kmbn\neuro US kr milionhalfad½−'/%", max_size=80))
def test_any_text_keeps_the_span_invariant(text: str) -> None:
    last = 0
    for figure in figures(text):
        assert text[figure.start : figure.end] == figure.text
        assert last <= figure.start < figure.end
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        last = figure.end


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    figures(text)
    figures("$1" + text)
    figures(text + "1 euro")


_WORDS = {1: "", 1000: "thousand", 10**6: "million", 10**9: "billion"}
_FORMATS = (
    "€{n} {w}",
    "{n} {w} euros",
    "EUR {n} {w}",
    "EUR{n} {w}",
    "{n} {w} EUR",
    "{n}\u00a0{w} €",
    "{n}-{w}-euro",
)


@given(
    st.integers(1, 9999),
    st.integers(0, 2),
    st.sampled_from([10**3, 10**6, 10**9]),
    st.sampled_from(_FORMATS),
)
def test_a_printed_amount_is_read_back(whole: int, places: int, scale: int, form: str) -> None:
    digits = f"{Decimal(whole).scaleb(-places):f}"
    (figure,) = figures("It gave " + form.format(n=digits, w=_WORDS[scale]) + " in aid.")
    assert figure.low == figure.high == figure.amount == Decimal(digits) * scale
    assert figure.currency == "EUR"


@given(
    st.integers(1_000_000, 10**12), st.sampled_from([",", ".", "\u00a0", "\u202f", "\u2009", "'"])
)
def test_grouped_digits_are_read_back(amount: int, mark: str) -> None:
    (figure,) = figures(f"It gave {amount:,} euros.".replace(",", mark))
    assert figure.amount == amount
    assert figure.other_amount is None


@given(st.sampled_from([row for row in OWN if row["kind"] in ("plain", "code", "prefix", "range")]))
def test_text_before_a_sentence_does_not_change_its_values(row: dict[str, Any]) -> None:
    before = "Nothing was said about the matter.\n\n"
    moved = figures(before + row["text"])
    assert [f._replace(start=0, end=0, qualifier_span=None) for f in moved] == [
        f._replace(start=0, end=0, qualifier_span=None) for f in figures(row["text"])
    ]


_PRICES = ("€{p}", "€ {p}", "{p} €", "{p}€", "EUR {p}", "EUR{p}", "{p} EUR", "{p} euros")


@given(st.integers(0, 10**7), st.sampled_from(_PRICES), st.booleans())
def test_a_price_is_read_in_both_styles(cents: int, form: str, continental: bool) -> None:
    price = f"{Decimal(cents) / 100:,.2f}"
    if continental:
        price = price.translate(str.maketrans(",.", ".,"))
    (figure,) = figures(form.format(p=price))
    assert (figure.amount, figure.currency) == (Decimal(cents) / 100, "EUR")
    assert figure.other_amount is None


@given(st.integers(1, 99), st.integers(1, 99))
def test_cents_are_a_hundredth(whole: int, cents: int) -> None:
    (figure,) = figures(f"It costs {whole} dollars and {cents} cents.")
    assert figure.amount == whole + Decimal(cents) / 100
    (figure,) = figures(f"It costs {cents} euro cents.")
    assert (figure.amount, figure.currency) == (Decimal(cents) / 100, "EUR")


@given(st.integers(1, 500), st.integers(501, 999), st.sampled_from(["million", "billion"]))
def test_a_range_keeps_both_ends(low: int, high: int, scale: str) -> None:
    times = Decimal("1e6") if scale == "million" else Decimal("1e9")
    for form in (
        "€{a}-{b} {s}",
        "€{a} {s} to €{b} {s}",
        "between {a} and {b} {s} euros",
        "from {a} to {b} {s} euros",
        "EUR {a}–{b} {s}",
    ):
        (figure,) = figures("It needs " + form.format(a=low, b=high, s=scale) + ".")
        assert (figure.low, figure.high, figure.amount) == (low * times, high * times, None)


def _names() -> list[tuple[str, str]]:
    path = Path(__file__).resolve().parents[1] / "calc" / "data" / "currency_names.tsv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    return [(line.split("\t")[0], line.split("\t")[1]) for line in lines[1:]]


def test_every_full_name_of_a_currency_decides_it() -> None:
    wrong = [
        (name, code)
        for name, code in _names()
        if [(f.currency, f.currency_basis) for f in figures(f"5 million {name}")]
        != [(code, "name")]
    ]
    assert wrong == []


def test_a_currency_of_a_thousand_small_units_has_three_decimals() -> None:
    (figure,) = figures("It costs KWD 12.500.")
    assert (figure.amount, figure.other_amount) == (Decimal("12.5"), Decimal(12500))


def test_three_zeros_behind_the_other_mark_are_no_decimals() -> None:
    assert figures("Its pledges were $17.800,000 in all.") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$8B$2", ["$8B", "$2"]),
        ("Aid: $1.5B$2.3B", ["$1.5B", "$2.3B"]),
        ("$5M$6M", ["$5M", "$6M"]),
        ("€5m€6m", ["€5m", "€6m"]),
        ("$3T$4T", ["$3T", "$4T"]),
        ("$2k$3k", ["$2k", "$3k"]),
        ("€5M€6M", ["€5M", "€6M"]),
        ("$1bn€2m£3k", ["$1bn", "€2m", "£3k"]),
        ("₹5Cr₹6Cr", ["₹5Cr", "₹6Cr"]),
        ("$5 bn$6 bn", ["$5 bn", "$6 bn"]),
        ("US$5MUS$6M", ["US$5M", "US$6M"]),
        ("$5MHK$6M", ["$5M", "HK$6M"]),
        ("A$5A$6", ["A$5", "A$6"]),
        ("C$1.5BC$2.3B", ["C$1.5B", "C$2.3B"]),
        ("$A$1:$B$2", []),  # cells of a spreadsheet
        ("5M$6M$", ["5M$", "6M$"]),
        ("A$5m US$6m", ["A$5m", "US$6m"]),
        ("99 AUD $5", ["99 AUD", "$5"]),
    ],
)
def test_the_scale_of_a_figure_is_no_prefix_of_the_next_sign(text: str, found: list[str]) -> None:
    figured = figures(text)
    assert [one.text for one in figured] == found
    assert [text[one.start : one.end] for one in figured] == found
    signs = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "A$": "AUD", "C$": "CAD"}
    for one in figured:
        sign = one.text.rstrip("0123456789.kKmMbBnTCr ").removesuffix(" AUD")
        assert sign not in signs or one.currency == signs[sign]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Donors pledged USD three billion for Nepal.", ["USD three billion"]),
        ("It gave US$ two and a half million.", ["US$ two and a half million"]),
        ("The USD one month ahead is weaker.", []),
        ("Rufiyaa (MVR) 2.25 billion is projected.", ["(MVR) 2.25 billion"]),
        ("The euro (EUR) 1.08 was weaker.", []),
        (
            "From US$88 million to US$170 million: donors gave more.",
            ["US$88 million", "US$170 million"],
        ),
        ("Grants from US$88 million to US$170 million.", ["US$88 million to US$170 million"]),
    ],
)
def test_words_behind_a_code_and_codes_in_brackets(text: str, found: list[str]) -> None:
    assert [one.text for one in figures(text)] == found
