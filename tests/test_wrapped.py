"""A line break inside a sentence is a space: wrapping a text at any width changes no claim.

``tests/properties/test_properties_of_reading.py`` tries it with many texts and widths.
"""

from __future__ import annotations

from typing import Any

import pytest
from strategies import wrapped

from calc.claims import read_text

TOLD = (
    "role status donor recipient amount amount_low amount_high currency purpose modality period "
    "value_date as_of said zone"
).split()


def told(text: str) -> list[dict[str, Any]]:
    """What is read of each figure; of the figures that it speaks of, their places."""
    claims = read_text(text, published="2025-04-04").astype(object)
    rows = claims.where(claims.notna(), None).to_dict("records")
    places = {row["claim_id"]: row["start"] for row in rows}
    return [
        {
            **{name: row[name] for name in TOLD},
            "start": row["start"],
            **{name: places.get(row[name]) for name in ("conversion_of", "repeats", "part_of")},
        }
        for row in rows
    ]


def test_lines_that_begin_with_names_and_numbers_are_wrapped_ones_too() -> None:
    text = (
        "Deutsche Post will donate €1 million ($1.1 million) to a group of German charities for "
        "Turkey and Syria. The head of the firm contributed $1 million to a relief fund and will "
        "match up to another $1 million. A British appeal has £150,000 from Tesco."
    )
    assert told(wrapped(text, 72)) == told(text)


@pytest.mark.parametrize("row", ["Norway €5 million", "Spain €7 million to Kenya"])
def test_the_lines_of_a_list_stay_apart(row: str) -> None:
    text = "\n".join(["Pledges so far", *[row] * 4])
    assert set(read_text(text, published="2025-04-04")["sentence"]) == {row}


@pytest.mark.parametrize("width", [24, 33, 60, 130, 190])
def test_columns_of_a_newspaper_and_wide_windows_are_joined(width: int) -> None:
    text = (
        "The government of Norway will give Ukraine 85 billion kroner ($7.9 billion) in support "
        "until 2030, the prime minister said. In March the ministry paid CHF 19,500,000 to Kenya, "
        "which has asked for more of the aid that it was promised when the drought began there."
    )
    assert told(wrapped(text, width)) == told(text)


def test_short_lines_of_a_list_stay_apart() -> None:
    rows = ["Norway: $5 million", "Sweden: $12 million", "the Netherlands: $7 million", "Chad: $1"]
    text = "\n".join(["Pledges", *rows])
    assert read_text(text)["donor"].tolist()[:2] == ["Norway", "Sweden"]
    assert read_text(text)["sentence"].tolist()[:2] == rows[:2]


def test_a_line_that_ends_in_a_preposition_goes_on() -> None:
    text = "Denmark pledged 391 million euros in aid to\nKenya."
    assert read_text(text)["recipient"].tolist() == ["Kenya"]
