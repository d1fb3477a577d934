"""Amounts as the press of other languages than English prints them."""

from __future__ import annotations

import pytest

from calc.figures import figures
from calc.figures.lexicon import CUES, SCALES
from calc.text import data_tables


def test_every_scale_word_of_a_language_has_its_scale() -> None:
    words = {word for row in data_tables.table("scale_languages") for word in row["words"].split()}
    assert words <= set(SCALES)


# the cases in which a currency stands behind an amount, for the languages that have cases
CASES = {
    "lv": "dolāri dolārus dolāru dolāriem mārciņas mārciņu kronas kronu kronām franki frankus eiro",
    "lt": "doleriai dolerių dolerius doleriais svarai svarų svarus kronos kronų kronas frankų eurų",
    "et": "dollarit dollari dollariga naela naelsterlingit krooni krooniga franki eurot euro",
    "pl": "dolary dolarów dolara funty funtów korony koron franków złote złotych euro",
    "uk": "долари доларів доларами фунти фунтів крони крон кронами франків злотих гривень євро",
    "ru": "доллары долларов долларами фунты фунтов кроны крон кронами франков злотых гривен евро",
}


@pytest.mark.parametrize("language", sorted(CASES))
def test_a_currency_is_known_in_the_cases_that_stand_behind_a_number(language: str) -> None:
    assert [word for word in CASES[language].split() if word not in CUES] == []


@pytest.mark.parametrize(
    ("text", "amount", "currencies"),
    [
        ("Pomoc to pół miliona euro.", 500_000, "EUR"),
        ("Plus d'un milliard et demi d'euros ont été réunis.", 1_500_000_000, "EUR"),
        ("près d’un million d’euros", 1_000_000, "EUR"),
        ("viena miljona eiro vērtībā", 1_000_000, "EUR"),
        ("pusotra miljona eiro", 1_500_000, "EUR"),
        ("1,3 miljardus dolāru", 1_300_000_000, "USD"),
        ("Norra annab 20 miljonit krooni.", 20_000_000, "SEK NOK DKK CZK EEK"),
        ("Denemarken geeft 7 miljard kroon.", 7_000_000_000, "DKK SEK NOK CZK EEK"),
    ],
)
def test_an_amount_is_read(text: str, amount: int, currencies: str) -> None:
    (figure,) = figures(text)
    assert figure.amount == amount
    assert set(figure.currency_candidates) == set(currencies.split())
