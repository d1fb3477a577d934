from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.parties import Named, canonical, country, currencies_of, find_parties, party
from rates.currencies import known
from rates.tsv import rows

DATA = Path(__file__).resolve().parents[1] / "calc" / "data"
COUNTRIES = rows(DATA / "countries.tsv")
ORGANISATIONS = rows(DATA / "organisations.tsv")


def named(text: str) -> list[tuple[str, str, str]]:
    return [(m.text, m.name, m.form) for m in find_parties(text)]


def names(text: str) -> list[str]:
    return [m.name for m in find_parties(text)]


# The adjectives of the countries that give most, typed by hand.
ADJECTIVES = {
    "American": "United States",
    "Australian": "Australia",
    "Austrian": "Austria",
    "Belgian": "Belgium",
    "British": "United Kingdom",
    "Bulgarian": "Bulgaria",
    "Canadian": "Canada",
    "Chinese": "China",
    "Croatian": "Croatia",
    "Cypriot": "Cyprus",
    "Czech": "Czechia",
    "Danish": "Denmark",
    "Dutch": "Netherlands",
    "Emirati": "United Arab Emirates",
    "Estonian": "Estonia",
    "Finnish": "Finland",
    "French": "France",
    "German": "Germany",
    "Greek": "Greece",
    "Hungarian": "Hungary",
    "Icelandic": "Iceland",
    "Indian": "India",
    "Irish": "Ireland",
    "Israeli": "Israel",
    "Italian": "Italy",
    "Japanese": "Japan",
    "Korean": "South Korea",
    "Kuwaiti": "Kuwait",
    "Latvian": "Latvia",
    "Lithuanian": "Lithuania",
    "Luxembourgish": "Luxembourg",
    "Maltese": "Malta",
    "Norwegian": "Norway",
    "Polish": "Poland",
    "Portuguese": "Portugal",
    "Qatari": "Qatar",
    "Romanian": "Romania",
    "Saudi Arabian": "Saudi Arabia",
    "Slovak": "Slovakia",
    "Slovenian": "Slovenia",
    "South Korean": "South Korea",
    "Spanish": "Spain",
    "Swedish": "Sweden",
    "Swiss": "Switzerland",
    "Taiwanese": "Taiwan",
    "Turkish": "Türkiye",
    "Ukrainian": "Ukraine",
}


@pytest.mark.parametrize(("word", "name"), ADJECTIVES.items())
def test_adjective_stands_for_its_country(word: str, name: str) -> None:
    assert named(f"The {word} government promised more.") == [(word, name, "adjective")]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Britons", "United Kingdom"),
        ("Danes", "Denmark"),
        ("Finns", "Finland"),
        ("Lithuanians", "Lithuania"),
        ("New Zealanders", "New Zealand"),
        ("Poles", "Poland"),
        ("Saudis", "Saudi Arabia"),
        ("Spaniards", "Spain"),
        ("Swedes", "Sweden"),
        ("Turks", "Türkiye"),
    ],
)
def test_citizens_stand_for_their_country(word: str, name: str) -> None:
    assert named(f"Most {word} back the aid.") == [(word, name, "people")]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Vilnius", "Lithuania"),
        ("Kyiv", "Ukraine"),
        ("Kiev", "Ukraine"),
        ("Washington", "United States"),
        ("The White House", "United States"),
        ("The Pentagon", "United States"),
        ("USAID", "United States"),
        ("The Kremlin", "Russia"),
        ("Downing Street", "United Kingdom"),
        ("Ottawa", "Canada"),
        ("The Élysée", "France"),
        ("The Elysee", "France"),
        ("Sida", "Sweden"),
        ("Brussels", "European Union"),
        ("The European Commission", "European Union"),
    ],
)
def test_capital_or_institution_speaks_for_its_party(word: str, name: str) -> None:
    found = find_parties(f"{word} said it would pay.")
    assert [(m.text, m.name, m.form) for m in found] == [
        (word.removeprefix("The "), name, "metonym")
    ]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("the US", "United States"),
        ("the U.S.", "United States"),
        ("the USA", "United States"),
        ("the UK", "United Kingdom"),
        ("the U.K.", "United Kingdom"),
        ("Britain", "United Kingdom"),
        ("Turkey", "Türkiye"),
        ("Turkiye", "Türkiye"),
        ("the Czech Republic", "Czechia"),
        ("Bosnia and Herzegovina", "Bosnia & Herzegovina"),
        ("Cote d'Ivoire", "Côte d’Ivoire"),
        ("Côte d’Ivoire", "Côte d’Ivoire"),
        ("Ivory Coast", "Côte d’Ivoire"),
        ("Saint Lucia", "St. Lucia"),
        ("Hong Kong", "Hong Kong"),
        ("Gaza", "Palestinian Territories"),
        ("DR Congo", "Congo - Kinshasa"),
        ("the EU", "European Union"),
        ("the IMF", "International Monetary Fund"),
        ("the EBRD", "European Bank for Reconstruction and Development"),
        ("the World Food Program", "World Food Programme"),
        ("UNICEF", "UNICEF"),
        ("the loss and damage fund", "Loss and Damage Fund"),
        ("the Green Climate Fund", "Green Climate Fund"),
        ("the Group of Seven", "G7"),
        ("LITHUANIA", "Lithuania"),
    ],
)
def test_other_names_lead_to_the_one_name(word: str, name: str) -> None:
    (found,) = find_parties(f"Talks with {word} go on.")
    assert (found.name, found.form) == (name, "name")


def test_longest_name_wins() -> None:
    assert names("Guinea-Bissau, Papua New Guinea, Equatorial Guinea and Guinea") == [
        "Guinea-Bissau",
        "Papua New Guinea",
        "Equatorial Guinea",
        "Guinea",
    ]
    assert names("South Korea and North Korea, South Sudan and Sudan") == [
        "South Korea",
        "North Korea",
        "South Sudan",
        "Sudan",
    ]
    assert names("Niger and Nigeria; New Zealand") == ["Niger", "Nigeria", "New Zealand"]
    assert names("The Norwegian Refugee Council") == ["Norwegian Refugee Council"]


def test_possessive_is_not_part_of_the_name() -> None:
    text = "Denmark's pledge, the UK’s loan and the United States' grant"
    assert [m.text for m in find_parties(text)] == ["Denmark", "UK", "United States"]


def test_dots_at_the_end_of_a_sentence_belong_to_the_abbreviation() -> None:
    text = "It came from the U.S. The rest came from the U.K."
    assert [(m.text, m.name) for m in find_parties(text)] == [
        ("U.S.", "United States"),
        ("U.K.", "United Kingdom"),
    ]
    assert [m.text for m in find_parties("It came from Poland.")] == ["Poland"]


@pytest.mark.parametrize(
    "text",
    [
        "They told us that it helps us all.",
        "CONTACT US or ABOUT US",
        "WHO IS PAYING FOR THIS",
        "WHO PAYS THE BILL",
        "We polish the china and roast a turkey.",
        "The New Jersey senator went to New Mexico.",
        "The Washington Post and the Kyiv Independent reported it.",
        "the Paris Agreement, the Geneva Conventions and the Berlin Wall",
        "Chicken Kiev at the Moscow Times canteen",
        "The Bank of England kept its rate.",
        "Jordan Peterson and Jim Jordan disagreed with Chad Smith.",
        "Sen. Jordan voted against it.",
        "a firm in Atlanta, Georgia",
        "Georgia, USA",
        "Lake Chad, the Niger Delta and the Gulf of Guinea",
        "Latin American and African American voters",
        "the so-called Danish model",
        "non-EU buyers and pro-Russian blogs",
        "write to press@Ukraine or see www.NATO.int",
        "Germanys, Chinatown, Indiana and Norwegianness",
    ],
)
def test_what_names_no_party_is_left_alone(text: str) -> None:
    assert named(text) == []


def test_the_us_state_is_told_from_the_country_by_the_rest_of_the_text() -> None:
    assert names("Georgia counted again. Officials in Atlanta said so.") == []
    assert names("Georgia will pay, Tbilisi said. A flight from Atlanta landed.") == [
        "Georgia",
        "Georgia",
    ]
    assert names("Georgia received 10 million euros.") == ["Georgia"]


def test_a_given_name_before_an_office_is_the_country() -> None:
    assert names("Jordan Foreign Minister Ayman Safadi") == ["Jordan"]
    assert names("India pledged more.\nIsrael\nMore News") == ["India", "Israel"]
    assert names("Jordan and Kenya asked for help.") == ["Jordan", "Kenya"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("16 billion Swedish kronor", "Swedish"),
        ("500 million Canadian dollars", "Canadian"),
        ("40 million US dollars", "US"),
        ("40 million U.S. dollars", "U.S."),
        ("US$40 million", "US"),
        ("3 million New Zealand dollars", "New Zealand"),
        ("25 million Swiss francs", "Swiss"),
        ("90 million Norwegian crowns", "Norwegian"),
        ("2 billion Israeli new shekels", "Israeli"),
        ("7 billion Ukrainian hryvnias", "Ukrainian"),
    ],
)
def test_the_country_in_the_name_of_money_is_marked(text: str, word: str) -> None:
    (found,) = find_parties(text)
    assert (found.text, found.form) == (word, "currency")


@pytest.mark.parametrize(
    "text",
    ["It gave Ukraine $1 billion.", "Ukraine won the vote.", "The Danish crown prince came."],
)
def test_money_beside_a_country_does_not_make_it_a_currency(text: str) -> None:
    (found,) = find_parties(text)
    assert found.form != "currency"


def test_a_capital_after_in_is_a_place_and_a_party_led_by_a_hyphen_an_adjective() -> None:
    assert named("They signed it in Kyiv.") == [("Kyiv", "Ukraine", "place")]
    assert named("a US-led group") == [("US", "United States", "adjective")]
    assert named("a London-based charity") == [("London", "United Kingdom", "adjective")]


@pytest.mark.parametrize("text", ["Kyiv • UNN", "News\nParis (AFP) It", "Oslo, Norway"])
def test_a_capital_in_a_dateline_is_a_place(text: str) -> None:
    assert find_parties(text)[0].form == "place"


def test_a_national_society_is_not_its_state() -> None:
    assert named("The Swedish Red Cross sent tents.") == [("Red Cross", "Red Cross", "name")]


def test_countries_have_a_code_and_organisations_none() -> None:
    lithuania, nato = find_parties("Lithuania joined NATO.")
    assert (lithuania.kind, lithuania.code) == ("country", "LT")
    assert (nato.kind, nato.code) == ("organisation", None)


def test_a_name_broken_over_two_lines_keeps_its_place() -> None:
    text = "the United\nStates and New\xa0Zealand"
    found = find_parties(text)
    assert [m.name for m in found] == ["United States", "New Zealand"]
    assert [text[m.start : m.end] for m in found] == [m.text for m in found]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lithuania", "Lithuania"),
        (" Lithuania ", "Lithuania"),
        ("uk", "United Kingdom"),
        ("U.S.", "United States"),
        ("us", "United States"),
        ("eu", "European Union"),
        ("european commission", "European Union"),
        ("the netherlands", "Netherlands"),
        ("turkiye", "Türkiye"),
        ("Czech Republic", "Czechia"),
        ("cote d'ivoire", "Côte d’Ivoire"),
        ("Trinidad and Tobago", "Trinidad & Tobago"),
        ("nato", "NATO"),
        ("world bank", "World Bank"),
        ("LT", "Lithuania"),
        ("danish", "Denmark"),
        ("Atlantis", None),
        ("", None),
        ("AU", None),  # the African Union, or Australia's code
        ("Congo", None),  # two states
        ("paris agreement", None),
    ],
)
def test_a_typed_name_leads_to_the_one_name_or_to_none(typed: str, name: str | None) -> None:
    assert canonical(typed) == name


def test_every_name_of_the_tables_leads_to_itself() -> None:
    for row in [*COUNTRIES, *ORGANISATIONS]:
        assert canonical(row["name"]) == row["name"]


def test_no_word_stands_for_two_parties() -> None:
    owner: dict[str, str] = {}
    for row in [*COUNTRIES, *ORGANISATIONS]:
        for column in ("name", "aliases", "adjectives", "people", "metonyms"):
            for word in filter(None, row.get(column, "").split("|")):
                key = word.casefold()
                assert owner.setdefault(key, row["name"]) == row["name"], word


def test_currencies_of_a_country_are_its_own_money() -> None:
    assert currencies_of("Canada") == ("CAD",)
    assert currencies_of("Lithuania") == ("EUR", "LTL")
    assert currencies_of("Bulgaria") == ("EUR", "BGN")
    assert currencies_of("European Union") == ("EUR",)
    assert currencies_of("NATO") == ()
    assert currencies_of("Atlantis") == ()


@pytest.mark.parametrize(
    ("name", "day", "codes"),
    [
        ("Lithuania", date(2014, 12, 31), ("LTL",)),
        ("Lithuania", date(2015, 1, 1), ("EUR",)),
        ("Bulgaria", date(2025, 12, 31), ("BGN",)),
        ("Bulgaria", date(2026, 1, 1), ("EUR",)),
        ("Croatia", date(2022, 12, 31), ("HRK",)),
        ("Germany", date(1999, 1, 1), ("EUR",)),
        ("Sweden", date(2024, 1, 1), ("SEK",)),
    ],
)
def test_currencies_of_a_day_are_what_was_money_then(
    name: str, day: date, codes: tuple[str, ...]
) -> None:
    assert currencies_of(name, day) == codes


def test_tables_are_whole() -> None:
    assert len(COUNTRIES) > 195
    assert len(ORGANISATIONS) > 120
    assert len({row["code"] for row in COUNTRIES}) == len(COUNTRIES)
    for row in COUNTRIES:
        assert all(known(code) for code in row["currencies"].split("|")), row["code"]
        assert row["currencies"], row["code"]
    kinds = {"union", "alliance", "group", "bank", "fund", "agency"}
    assert {row["kind"] for row in ORGANISATIONS} == kinds
    acts = {act for row in ORGANISATIONS for act in row["acts"].split("|")}
    assert acts == {"", "donor", "recipient", "channel"}


def test_party_says_what_an_organisation_does_and_what_a_country_is() -> None:
    fund = party("Loss and Damage Fund")
    assert fund is not None
    assert (fund.group, fund.acts[0]) == ("fund", "recipient")
    state = party("Norway")
    assert state is not None
    assert (state.group, state.code, state.currencies) == ("country", "NO", ("NOK",))
    assert country("Norway") == "NO"
    assert country("World Bank") is None


WORDS = st.sampled_from(
    [
        *("Georgia", "Jordan", "U.S.", "US", "the ", "South ", "Korea", " in ", "Kyiv", "'s", "’s"),
        *("\n", "-", "$", " dollars", "Danish", ".", "St. Lucia", "İstanbul", "É", "Guinea", " "),
    ]
)


@given(st.lists(WORDS | st.text(max_size=3), max_size=12).map("".join))
def test_mentions_are_ordered_exact_and_never_overlap(text: str) -> None:
    end = 0
    for mention in find_parties(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text
        end = mention.end


def test_parties_of_a_stretch_are_those_of_the_whole_text_that_lie_in_it() -> None:
    text = (
        "Bank of England\nEngland and the European\nUnion gave money, the U.S. Army said. "
        "Kyiv • UNN: Georgia Smith of New York went to Tbilisi. Danish and US-led aid to Kyiv"
    )
    every = find_parties(text)
    named = Named(text)
    edges = [at for at in range(len(text) + 1) if text[at - 1 : at + 1].count(" ") or not at]
    for low in edges:
        for high in [*edges, len(text)]:
            if low < high:
                inside = [m for m in every if low <= m.start and m.end <= high]
                assert named.between(low, high) == inside, text[low:high]


def test_us_before_a_dollar_sign_is_money_and_the_us_is_a_country() -> None:
    (money,) = find_parties("A loan of US $5 billion was approved.")
    (country,) = find_parties("They gave the US $5 billion.")
    assert (money.form, country.form) == ("currency", "name")


def test_idb_is_the_islamic_bank_where_the_text_names_it() -> None:
    told = find_parties("The Islamic Development Bank met. IDB approved 5 million.")
    alone = find_parties("IDB approved 5 million.")
    assert [one.name for one in told] == ["Islamic Development Bank"] * 2
    assert [one.name for one in alone] == ["Inter-American Development Bank"]
