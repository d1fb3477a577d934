"""Who gives and who receives where only the publisher tells: a ministry, an outlet at home."""

from __future__ import annotations

import pandas as pd
import pytest

from calc.claims import read_text
from calc.claims.publishers import home_of, receives_at_home
from calc.parties import canonical
from calc.text.data_tables import DATA
from rates.tsv import rows


def parties_of(text: str, publisher: str | None) -> tuple[str | None, str | None]:
    """Donor and recipient of the first figure of ``text``."""
    row = read_text(text, published="2024-09-10", publisher=publisher).iloc[0]
    donor, recipient = (
        None if pd.isna(row[name]) else row[name] for name in ("donor", "recipient")
    )
    return donor, recipient


@pytest.mark.parametrize(
    ("publisher", "text", "donor", "recipient"),
    [
        (
            "Ministry of Foreign Affairs of Denmark",
            "The Government will contribute DKK 50 million to the flood response in Pakistan.",
            "Denmark",
            "Pakistan",
        ),
        (
            "Government of Ireland",
            "A contribution of 6 million euros to UNICEF was approved today.",
            "Ireland",
            "UNICEF",
        ),
        (
            "World Bank",
            "A loan of 200 million dollars to Kenya was approved today.",
            "World Bank",
            "Kenya",
        ),
    ],
)
def test_an_office_tells_of_its_own_money(
    publisher: str, text: str, donor: str, recipient: str
) -> None:
    assert parties_of(text, publisher) == (donor, recipient)
    assert parties_of(text, None) == (None, recipient)


@pytest.mark.parametrize(
    ("publisher", "text", "donor", "recipient"),
    [
        (
            "Radio Prague",
            "The government has approved 100 million crowns for Moldova.",
            "Czechia",
            "Moldova",
        ),
        (
            "Helsinki Times",
            "The foreign minister promised 5 million euros for schools in Gaza.",
            "Finland",
            "Palestinian Territories",
        ),
        (
            "BBC News",
            "The government says it will give £5m to help victims of the cyclone in Malawi.",
            "United Kingdom",
            "Malawi",
        ),
    ],
)
def test_the_government_is_that_of_the_paper_where_no_other_is_named(
    publisher: str, text: str, donor: str, recipient: str
) -> None:
    assert parties_of(text, publisher) == (donor, recipient)
    assert parties_of(text, "Reuters") == (None, recipient)


@pytest.mark.parametrize(
    ("publisher", "text", "donor"),
    [
        ("BBC News", "The government in Nairobi has set aside 5 million pounds.", "Kenya"),
        (
            "Yonhap",
            "Sweden's aid agency gave 5 million euros to Sudan, the government said.",
            "Sweden",
        ),
        (
            "Le Monde",
            "Spain presented its plan. The government promised 5 million euros for Mali.",
            "Spain",
        ),
    ],
)
def test_a_government_that_the_text_names_goes_before_that_of_the_paper(
    publisher: str, text: str, donor: str
) -> None:
    assert parties_of(text, publisher)[0] in (donor, None)


def test_money_of_many_or_received_is_not_the_publishers() -> None:
    text = "Donors promised 5 million euros for Mali at the conference, the government said."
    assert parties_of(text, "Radio Sweden")[0] is None
    text = "Mali has received 5 million euros, the government said."
    assert parties_of(text, "Radio Sweden")[0] is None


@pytest.mark.parametrize(
    ("publisher", "text", "recipient"),
    [
        ("Kyiv Post", "Vilnius announced 15 million euros for air defence.", "Ukraine"),
        ("Dawn", "The Asian Development Bank approved 300 million dollars for dams.", "Pakistan"),
        ("Dabanga", "Norway announced 30 million kroner for food and tents.", "Sudan"),
    ],
)
def test_an_outlet_at_home_leaves_out_who_receives(
    publisher: str, text: str, recipient: str
) -> None:
    assert parties_of(text, publisher)[1] == recipient
    assert parties_of(text, None)[1] is None


def test_a_receiver_that_the_text_names_goes_before_the_home_of_the_outlet() -> None:
    text = "Berlin pledged 20 million euros for schools in Moldova."
    assert parties_of(text, "Ukrinform")[1] == "Moldova"


def test_a_wire_and_a_press_of_many_countries_are_at_home_nowhere() -> None:
    assert [home_of(name) for name in ("Reuters", "Agence France-Presse", "NATO", None)] == [
        None
    ] * 4
    assert receives_at_home("Ministry of Defence of Ukraine") is None


def test_the_countries_of_the_tables_are_parties() -> None:
    for table in ("outlet_homes.tsv", "offices.tsv"):
        for row in rows(DATA / table):
            assert canonical(row["country"]) == row["country"]
    for row in rows(DATA / "programmes.tsv"):
        assert canonical(row["recipient"]) == row["recipient"]
