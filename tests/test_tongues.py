"""Other languages than English: their signs, their names of parties, and what is not read."""

from __future__ import annotations

import datetime

import pytest

from calc.claims import read_text
from calc.claims.signs import signs_in
from calc.claims.tongue_rules import TongueRule, read_languages, tongue_rules
from calc.claims.tongues import claims_abroad
from calc.documents import document_from_text
from calc.parties.tongues import parties_abroad

RULES = tongue_rules()


def signs_of(text: str, language: str) -> set[str]:
    """The names of the signs of all claims of a text that is read in a language."""
    document = document_from_text(text)
    return {sign.name for one in claims_abroad(document, language) for sign in signs_in(one.signs)}


@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_the_example_has_the_sign_and_the_counter_example_has_it_not(rule: TongueRule) -> None:
    if rule.facet in ("home", "receive", "we", "region"):  # only facts stand on them
        assert rule.pattern.search(rule.example.lower())
        assert not rule.pattern.search(rule.counter.lower())
        return
    language = "de" if rule.language == "any" else rule.language
    assert rule.name in signs_of(rule.example, language)
    assert rule.name not in signs_of(rule.counter, language)


WHO = {
    "de": "Dänemark stellt der Ukraine 140 Millionen Euro bereit, sagte der Minister am Montag.",
    "uk": "Данія виділить Україні 140 мільйонів євро на дрони, сказав міністр у понеділок.",
    "ru": "Дания выделит Украине 140 миллионов евро на беспилотники, сказал министр.",
    "fr": "Le Danemark va donner 140 millions d'euros à l'Ukraine, a dit le ministre lundi.",
    "pl": "Dania przekaże Ukrainie 140 mln euro na drony, powiedział minister w poniedziałek.",
    "lt": "Danija skirs Ukrainai 140 mln. eurų dronams, sakė ministras, ir tai dar ne viskas.",
    "lv": "Dānija piešķirs Ukrainai 140 miljonus eiro, un tas nav viss, teica ministrs.",
    "et": "Taani annab Ukrainale 140 miljonit eurot, ütles minister, ja see ei ole kõik.",
    "sv": "Danmark ger Ukraina 140 miljoner euro för att köpa drönare, säger ministern.",
    "no": "Danmark gir Ukraina 140 millioner euro til droner, sier han, og det er ikke alt.",
    "da": "Danmark giver Ukraine 140 millioner euro til droner, siger han, og det er ikke alt.",
    "nl": "Denemarken geeft Oekraïne 140 miljoen euro voor drones, zegt de minister van het land.",
    "es": "Dinamarca dará a Ucrania 140 millones de euros para drones, dijo el ministro el lunes.",
    "it": "La Danimarca darà all'Ucraina 140 milioni di euro per i droni, ha detto il ministro.",
}


@pytest.mark.parametrize("language", sorted(read_languages()))
def test_a_plain_sentence_gives_its_giver_and_receiver(language: str) -> None:
    (claim,) = read_text(WHO[language], published="2025-04-04").to_dict("records")
    assert (claim["role"], claim["donor"], claim["recipient"], claim["amount"]) == (
        "pledge",
        "Denmark",
        "Ukraine",
        140e6,
    )


def test_an_amount_and_its_conversion_are_one_in_other_languages() -> None:
    text = "Данія виділить Україні 1,4 мільярда данських крон (приблизно 217 мільйонів доларів)."
    claims = read_text(text, published="2025-11-28")
    assert claims["conversion_of"].fillna("").tolist() == ["", claims["claim_id"][0]]


def test_the_members_of_a_union_are_many_givers() -> None:
    text = "Die EU-Staaten geben der Ukraine 5 Millionen Euro, sagte der Minister am Montag."
    claims = read_text(text, published="2025-04-04")
    assert claims["donor"].isna().all()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wsparcie Norwegii", "Norway"),
        ("за гроші Великої Британії", "United Kingdom"),
        ("Vokietijos vyriausybė", "Germany"),
        ("Ühendkuningriigi valitsus", "United Kingdom"),
    ],
)
def test_countries_are_found_in_their_cases(text: str, name: str) -> None:
    found = {
        mention.name
        for language in ("pl", "uk", "lt", "et")
        for mention in parties_abroad(text, language)
    }
    assert found == {name}


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("16. Februar 2024", "de"),
        ("2024 m. vasario 16 d.", "lt"),
        ("16 февраля 2024 г.", "ru"),
        ("16 lutego 2024 r.", "pl"),
        ("2024. gada 16. februārī", "lv"),
        ("Avaldatud 16. veebruar 2024", "et"),
        ("viernes, 16 de febrero de 2024", "es"),
        ("Publisert 16. februar 2024 kl. 14:20", "no"),
    ],
)
def test_the_date_line_of_a_page_is_read(line: str, language: str) -> None:
    text = f"{line}\n\n{WHO[language]}"
    document = document_from_text(text)
    assert (document.published, document.language) == (datetime.date(2024, 2, 16), language)


@pytest.mark.parametrize(
    ("text", "donor"),
    [
        ("Der Konzern Allianz spendet der Ukraine 5 Millionen Euro.", "Allianz"),
        ("Der Verband spendet der Ukraine 5 Millionen Euro.", None),
        ("Minister Meier spendet der Ukraine 5 Millionen Euro.", None),
        ("Eesti Energia annetas Ukrainale generaatoreid 200 000 euro eest.", None),
        ("Фонд «Повернись живим» передав Україні 5 мільйонів євро.", "Повернись живим"),
        ("Die Geberkonferenz brachte 5 Milliarden Euro für die Ukraine zusammen.", None),
    ],
)
def test_a_giver_is_named_where_the_words_name_one(text: str, donor: str | None) -> None:
    (given,) = read_text(text, published="2025-04-04")["donor"].tolist()
    assert given == donor or (donor is None and not isinstance(given, str))


def test_the_heading_of_a_list_says_what_its_lines_are() -> None:
    text = (
        "Hilfe für die Ukraine im Überblick\n\n"
        "So viel gaben die Staaten seit Kriegsbeginn nach ihren Angaben:\n\n"
        "- Norwegen: 5 Milliarden Euro\n\n- Schweden: 3 Milliarden Euro\n\n"
        "Am Montag kündigte Dänemark der Ukraine 2 Millionen Euro an."
    )
    claims = read_text(text, published="2025-04-04")
    assert claims["role"].tolist() == ["total", "total", "pledge"]
    assert claims["donor"].tolist() == ["Norway", "Sweden", "Denmark"]


def test_a_language_without_rules_is_not_read_with_those_of_a_neighbour() -> None:
    text = "Noruega vai dar à Ucrânia 5 milhões de euros para a reconstrução, disse o ministro."
    claims = read_text(text, published="2025-04-04")
    assert set(claims["role"]) <= {"noise"}
    assert claims["donor"].isna().all()
