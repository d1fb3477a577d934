"""Lists as pages lay them out: a heading says whether the parties of its lines give or receive."""

from __future__ import annotations

import pytest

from calc.claims import read_text


def parties(text: str) -> list[tuple[str | None, str | None]]:
    """Giver and receiver of each amount of a text."""
    rows = read_text(text, published="2025-04-04").to_dict("records")
    cells = ((row["donor"], row["recipient"]) for row in rows)
    return [(_text(donor), _text(recipient)) for donor, recipient in cells]


def _text(cell: object) -> str | None:
    return cell if isinstance(cell, str) else None


def test_headings_tell_givers_from_receivers() -> None:
    text = (
        "Humanitarian aid for Yemen\n\nDonors:\n- United Kingdom: £87 million\n"
        "- Sweden: SEK 300 million\n\nRecipients:\n- WFP: $200 million\n- UNICEF: $75 million\n"
    )
    assert parties(text) == [
        ("United Kingdom", "Yemen"),
        ("Sweden", "Yemen"),
        (None, "World Food Programme"),
        (None, "UNICEF"),
    ]


def test_a_country_alone_on_a_line_gives_the_sums_below_it() -> None:
    text = (
        "Support for Ukraine in May\n\nNorway\nNOK 1.5 billion for energy\nNOK 300 million for "
        "demining\n\nDenmark\nDKK 2 billion for ammunition\n"
    )
    assert [giver for giver, _ in parties(text)] == ["Norway", "Norway", "Denmark"]


def test_money_that_goes_to_those_of_a_list_is_theirs() -> None:
    text = (
        "The Norwegian government gives NOK 500 million. The money goes to:\n\n"
        "- UNHCR: NOK 200 million\n- World Food Programme: NOK 200 million\n"
    )
    assert parties(text)[1:] == [("Norway", "UNHCR"), ("Norway", "World Food Programme")]


@pytest.mark.parametrize("mark", ["  ", " \t ", ": ", " – ", " | "])
def test_a_table_copied_as_text_has_a_giver_a_line(mark: str) -> None:
    lines = [f"Germany{mark}€20 million", f"France{mark}€5 million", f"Japan{mark}$12 million"]
    text = "Aid to Moldova: who gave\n\n" + "\n".join(lines) + "\n"
    assert [giver for giver, _ in parties(text)] == ["Germany", "France", "Japan"]


def test_numbered_lines_with_a_day_have_a_giver_each() -> None:
    text = (
        "# Pledges for Ukraine's energy\n\n1. Germany, 3 March 2023: €60 million ($64.1 million)\n"
        "2. Austria, 12 April 2023: €160 million ($172.9 million)\n"
        "3. Japan, 2 May 2023: $100 million\n"
    )
    assert parties(text) == [
        *[("Germany", "Ukraine")] * 2,
        *[("Austria", "Ukraine")] * 2,
        ("Japan", "Ukraine"),
    ]
