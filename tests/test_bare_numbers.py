"""Second numbers of a sentence that leave their currency out, and numbers of other things."""

from __future__ import annotations

import pytest

from calc.figures import figures_of_prose


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Europe gave 138 billion euros in aid, compared to 115 billion from the US.",
            ["138 billion euros EUR", "115 billion EUR"],
        ),
        (
            "It lends 220 million euros, and 75 million in grants.",
            ["220 million euros EUR", "75 million EUR"],
        ),
        (
            "Qatar pledged 5 billion, Oman 1 billion and Egypt 500 million euros.",
            ["5 billion EUR", "1 billion EUR", "500 million euros EUR"],
        ),
        (
            "Bhutan gets Rs 3004.5 cr, made up of a grant of 2124.20 cr and a loan of 880.75 cr.",
            ["Rs 3004.5 cr INR", "2124.20 cr INR", "880.75 cr INR"],
        ),
        (
            "The aid rose from 2 million euros to 3.5 million.",
            ["2 million euros EUR", "3.5 million EUR"],
        ),
        (
            "Berlin gab 50 Milliarden Euro, wovon 17 Milliarden auf Waffen entfielen.",
            ["50 Milliarden Euro EUR", "17 Milliarden EUR"],
        ),
    ],
)
def test_a_number_takes_the_currency_of_its_sentence(text: str, found: list[str]) -> None:
    assert [f"{one.text} {one.currency}" for one in figures_of_prose(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "It gave 5 million euros to help 3 million.",
        "It gave 5 million euros for Sudan, where 2 million are displaced.",
        "It gave 5 million euros for 2.4 million doses of vaccine.",
        "It gave 5 million euros to India, with a population of 1.4 billion.",
        "It gave 5 million euros to 16 Arab, 40 African and 12 other countries.",
        "It gave 5 million euros. Some 4 billion is owed to others.",
        "It gave 5 million euros. By May 3 million were displaced.",
        "It gave 5 million euros. One part (15 million) of the people had fled.",
    ],
)
def test_a_number_of_something_else_is_no_money(text: str) -> None:
    assert [one.text for one in figures_of_prose(text)] == ["5 million euros"]


def test_what_converts_a_number_gives_it_no_currency() -> None:
    text = "The fund would rise to 4.0 billion (US$2.5 billion)."
    assert [one.text for one in figures_of_prose(text)] == ["US$2.5 billion"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "España movilizará 817 millones de euros. De ellos, 615 millones son militares.",
            ["817 millones de euros", "615 millones"],
        ),
        (
            "Stanziati 125 milioni di euro, tra cui 28 milioni a favore di Gavi.",
            ["125 milioni di euro", "28 milioni"],
        ),
        (
            "L'Allemagne donnera 2 milliards d'euros, la Suède 900 millions.",
            ["2 milliards d'euros", "900 millions"],
        ),
        (
            "Berlin gab 5 Milliarden Euro, davon 300 Millionen für Schulen.",
            ["5 Milliarden Euro", "300 Millionen"],
        ),
        ("España dio 5 millones de euros a 20 millones de niños.", ["5 millones de euros"]),
        ("L'Italie donne 5 millions d'euros à 3 millions d'enfants.", ["5 millions d'euros"]),
        ("Roma dà 5 milioni di euro; 3 milioni sono sfollati.", ["5 milioni di euro"]),
        ("España dio 5 millones de euros a 20 millones de personas.", ["5 millones de euros"]),
        ("Berlin gab 5 Millionen Euro und hilft 3 Millionen in Not.", ["5 Millionen Euro"]),
    ],
)
def test_millions_of_which_nothing_else_is_counted_are_money(text: str, found: list[str]) -> None:
    assert [one.text for one in figures_of_prose(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "It approved $251 million in total. The 176 million disbursed is a part of it.",
            ["$251 million USD", "176 million USD"],
        ),
        (
            "The bank lent 90 million euros. A further loan of 20 million is to follow.",
            ["90 million euros EUR", "20 million EUR"],
        ),
        (
            "The EU gave 93 million euros. The remaining funds (78 million) are economic aid.",
            ["93 million euros EUR", "78 million EUR"],
        ),
    ],
)
def test_a_sum_by_its_own_words_takes_the_currency_of_the_sentence_before(
    text: str, found: list[str]
) -> None:
    assert [f"{one.text} {one.currency}" for one in figures_of_prose(text)] == found


def test_a_sentence_before_with_two_currencies_gives_none() -> None:
    text = "It approved $251 million and 5 million euros. The 176 million disbursed is a part."
    assert [one.text for one in figures_of_prose(text)] == ["$251 million", "5 million euros"]
