"""Signs, hints and verdicts of currencies: each kind with neighbours."""

from __future__ import annotations

import pytest

from calc.checks import check
from calc.claims import read_text

APART = [
    "Germany will give Ukraine 100 million euros ($182 million).",
    "Finland will give Ukraine 50 million euros ($91 million).",
    "France will lend Egypt 200 million euros ($364 million).",
]


@pytest.mark.parametrize("text", APART)
def test_a_dollar_that_fits_only_a_currency_which_nothing_suggests_stays_open(text: str) -> None:
    claims = read_text(text, published="2025-04-04")
    assert list(claims["currency_basis"]) == ["name", "ambiguous"]
    assert set(check(claims)["verdict"]) <= {"other-currency", "inconsistent"}


DATED = [
    "In November 2006, Germany gave Kenya 630,000 euros ($813,000).",
    "In March 2009, Italy gave Chad 2 million euros ($2.61 million).",
    "In 2010, Sweden gave Haiti 100 million kronor ($14 million).",
    "In 2012, Norway gave Mali 200 million kroner ($34.4 million).",
]


@pytest.mark.parametrize("text", DATED)
def test_a_conversion_is_held_against_the_time_of_the_act(text: str) -> None:
    claims = read_text(text, published="2024-11-04")
    assert claims["currency"][1] == "USD"
    assert list(check(claims)["verdict"]) == ["consistent"]


UNDATED = [
    "$1bn (£640m) was pledged by Britain to Kenya.",
    "$90m (€80m) went from Norway to Kenya.",
    "$26m (£16m) was pledged by Australia to Fiji.",
]


@pytest.mark.parametrize("text", UNDATED)
def test_on_an_undated_page_a_pair_decides_nothing(text: str) -> None:
    claims = read_text(text)
    assert claims["currency_basis"][0] == "ambiguous"
    assert list(check(claims)["verdict"]) == ["untestable"]


HINTS = [
    ("250 GBp", 2.5, "GBP"), ("250 GBX", 2.5, "GBP"), ("100 ILA", 1, "ILS"),
    ("NIS 40 million", 40e6, "ILS"), ("TL 40 million", 40e6, "TRY"),
    ("40 million XEU", 40e6, "EUR"), ("sgd$ 15 million", 15e6, "SGD"),
    ("A $ 30 million", 30e6, "AUD"), ("C $ 30 million", 30e6, "CAD"),
    ("12 USD mn", 12e6, "USD"), ("MNZD 60", 60e6, "NZD"), ("SDR 40 million", 40e6, "XDR"),
    ("40 million special drawing rights", 40e6, "XDR"), ("ZW$ 40 million", 40e6, "ZWL"),
    ("NKr 40 million", 40e6, "NOK"),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "amount", "code"), HINTS)
def test_what_people_write_for_a_currency(printed: str, amount: float, code: str) -> None:
    claims = read_text(f"The donor gave Kenya {printed} on Monday.", published="2015-04-03")
    assert claims["amount"][0] == pytest.approx(amount)
    assert claims["currency"][0] == code


CFA = ["500 million FCFA", "500 million CFA francs", "F CFA 500 million"]


@pytest.mark.parametrize("printed", CFA)
def test_cfa_francs_are_of_one_of_two_unions(printed: str) -> None:
    claims = read_text(f"France gave Mali {printed}.", published="2025-04-04")
    assert claims["currency"][0] in {"XOF", "XAF"}
