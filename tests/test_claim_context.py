"""Who gives to whom when a sentence alone does not say: the sentences around it, lists, crowds."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from calc.claims import read_text


def parties(text: str, published: str = "2024-05-06") -> list[tuple[Any, Any]]:
    claims = read_text(text, published=published)
    cells = claims[["donor", "recipient"]].astype(object)
    return list(cells.where(cells.notna(), None).itertuples(index=False, name=None))


def roles(text: str) -> list[str]:
    return list(read_text(text, published="2024-05-06")["role"])


def base_of(text: str) -> list[str | None]:
    claims = read_text(text, published="2024-05-06").set_index("claim_id")
    return [None if pd.isna(base) else claims.loc[base, "text"] for base in claims["conversion_of"]]


def test_the_subject_of_a_passive_gives_nothing() -> None:
    assert parties("Moldova was promised 20 million euros by Norway.") == [("Norway", "Moldova")]
    assert parties("Help for Moldova worth 20 million euros was promised on Monday.")[0][0] is None


@pytest.mark.parametrize(
    "text",
    [
        "Donors pledged 5 billion euros for Sudan at a conference in Oslo, Norway's minister said.",
        "A conference in Oslo raised 5 billion euros for Sudan.",
        "At a conference in Oslo, 5 billion euros was pledged for Sudan.",
        "Oslo said some 30 countries had promised 5 billion euros for Sudan.",
    ],
)
def test_a_crowd_without_names_leaves_the_giver_open(text: str) -> None:
    assert parties(text) == [(None, "Sudan")]


def test_leaders_of_a_union_are_no_crowd() -> None:
    assert parties("EU leaders agreed to lend Kyiv 5 billion euros.") == [
        ("European Union", "Ukraine")
    ]


def test_a_sentence_that_leans_takes_what_the_one_before_says() -> None:
    text = (
        "Norway announced a new package for Moldova. The package, worth 20 million euros, "
        "holds generators. Of this, 5 million euros is for schools."
    )
    assert parties(text) == [("Norway", "Moldova")] * 2
    assert set(read_text(text)["status"]) == {"pledged"}


def test_a_sentence_that_does_not_lean_takes_no_status() -> None:
    text = "Norway paid Moldova a new package. Sweden's aid to Kenya is 20 million euros."
    assert read_text(text)["status"].tolist() == ["pledged"]  # no more than a promise


def test_items_of_a_list_take_the_status_of_its_heading() -> None:
    text = "Pledges made in Oslo:\n• Norway – €5 million\n• Sweden – €7 million"
    claims = read_text(text)
    assert claims["donor"].tolist() == ["Norway", "Sweden"]
    assert claims["status"].tolist() == ["pledged", "pledged"]


def test_respectively_deals_out_the_givers() -> None:
    text = "France and Germany gave Sudan 110 million and 240 million euros respectively."
    assert parties(text) == [("France", "Sudan"), ("Germany", "Sudan")]


def test_a_list_of_receivers_stands_where_its_first_stands() -> None:
    text = "Norway gave 20 million euros to Guinea, Liberia and Sierra Leone."
    assert parties(text) == [("Norway", "Guinea|Liberia|Sierra Leone")]
    assert parties("Norway gave 20 million euros to Guinea, and Sweden gave 5 million euros.")[
        1
    ] == ("Sweden", "Guinea")


def test_sums_in_brackets_belong_to_the_receiver_before_them() -> None:
    text = (
        "Norway's money will go to UNICEF (€3 million) and the World Food Programme (€7 million)."
    )
    assert parties(text) == [("Norway", "UNICEF"), ("Norway", "World Food Programme")]


def test_the_country_of_a_dateline_gives_nothing() -> None:
    text = "FASANO, Italy (AP) — Leaders of the G7 agreed on a $50 billion loan for Ukraine."
    assert parties(text) == [("G7", "Ukraine")]


def test_the_one_country_that_may_receive_is_the_receiver() -> None:
    text = "Zelensky thanked his guests in Kyiv. Berlin will give 10 million euros."
    assert parties(text) == [("Germany", "Ukraine")]
    both = "Zelensky and Sandu thanked their guests. Berlin will give 10 million euros."
    assert parties(both) == [("Germany", None)]


def test_a_place_where_something_was_said_receives_nothing() -> None:
    text = "Speaking at a summit in Egypt, Germany's minister promised 10 million euros."
    assert parties(text) == [("Germany", None)]


def test_a_country_that_mostly_receives_gives_nothing_by_default() -> None:
    text = "Ethiopia will rebuild roads. A grant of 10 million euros was signed in March."
    assert parties(text)[0][0] is None


def test_conversions_apart_are_pairs_where_the_rate_agrees() -> None:
    text = "Canada gave C$39 million for Ukraine's army, the equivalent of US$29 million."
    assert base_of(text) == [None, "C$39 million"]
    assert base_of("Japan gave 15.8 billion yen, about $103 million, to Ukraine.")[1] is not None
    assert base_of("Japan gave 15.8 billion yen, about $300 million less, to Ukraine.")[1] is None


def test_a_part_of_a_total_is_a_total() -> None:
    text = "Britain has given Ukraine £12 billion since 2022, of which £7 billion is for the army."
    assert roles(text) == ["total", "total"]


def test_the_largest_package_to_date_is_no_total() -> None:
    assert roles("Sweden's package of SEK 16 billion for Ukraine is the largest to date.") == [
        "pledge"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The UN received only $800 million of the $2.7 billion it needs for Sudan.",
        "Donors gave $2 billion toward the $3 billion appeal for Yemen.",
        "Donors gave $2 billion for Yemen, less than the $4 billion the agencies had hoped for.",
    ],
)
def test_the_whole_that_was_asked_for_is_a_target(text: str) -> None:
    assert roles(text)[-1] == "target"


@pytest.mark.parametrize(
    "text",
    [
        "Norway gave Moldova 5 million euros. Its gas bill has jumped to 1 billion euros.",
        "Norway gave Moldova 5 million euros. The Dutch will cut aid by 2.4 billion euros.",
        "Norway gave Moldova 5 million euros. The fund is part of its $1.8 trillion wealth fund.",
    ],
)
def test_what_is_paid_saved_or_owned_is_no_aid(text: str) -> None:
    assert roles(text)[-1] == "noise"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Norway gives Kenya 5 million euros under the Poplar Line package.", {"Poplar Line"}),
        ("Norway gives Kenya 5 million euros for its Palianytsia drones.", {"Palianytsia"}),
        ("Norway gives Kenya 5 million euros by the Blue Harbour Fund.", {"Blue Harbour Fund"}),
        ("Norway gives Kenya 5 million euros, Kyodo News says.", set()),
        ("Now that it can, Norway gives Kenya 5 million euros, says Ada Example.", set()),
        ("Norway gives Kenya 5 million euros, the Walloon Region too.", set()),
        ("Norway gives Kenya 5 million euros to a Trust Fund.", set()),
    ],
)
def test_only_names_of_programmes_are_purposes(text: str, names: set[str]) -> None:
    (purpose,) = read_text(text, published="2025-04-04")["purpose"].fillna("")
    assert {word for word in purpose.split("|") if word[:1].isupper()} == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It gives 5 million euros by Foreign Military Financing.", set()),
        ("Norway gives 5 million euros from its Foreign Disaster Fund.", {"Foreign Disaster Fund"}),
        (
            "Norway puts 5 million euros into the Prioritised Ukraine Requirements List.",
            {"PURL", "Prioritised Ukraine Requirements List"},
        ),
        ("Norway gives 5 million euros for a Patriot system.", set()),
        ("Norway gives 5 million euros to those who live under Hamas.", set()),
        ("Norway gives 5 million euros after the storm called Odette.", set()),
        ("Norway gives 5 million euros as Official Development Assistance.", set()),
        ("It gives 5 million euros to the Secretariat of the Coral Environment Programme.", set()),
        ("Norway gives 5 million euros for a package called Nordlys.", {"Nordlys"}),
    ],
)
def test_a_programme_is_named_as_printed_and_no_weapon_body_or_storm_is_one(
    text: str, names: set[str]
) -> None:
    (purpose,) = read_text(text, published="2025-04-04")["purpose"].fillna("")
    assert {word for word in purpose.split("|") if word[:1].isupper()} == names
