"""A line break inside a sentence is a space: wrapping a text at any width changes no claim."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.claims import read_text

CORPUS = Path(__file__).parent / "corpus" / "claims.jsonl"
TOLD = (
    "role status donor recipient amount amount_low amount_high currency purpose modality period "
    "value_date as_of said zone"
).split()


def passages() -> list[str]:
    """The passages of the corpus that fill some lines and have none of their own."""
    rows = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]
    return [row["text"] for row in rows if "\n" not in row["text"] and len(row["text"]) > 250]


def wrapped(text: str, width: int) -> str:
    """The text with its lines broken at ``width``: some of its spaces are line ends."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


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


@given(st.sampled_from(passages()), st.integers(64, 90))
@settings(max_examples=60, deadline=None)
def test_a_text_wrapped_at_any_width_gives_the_same_claims(text: str, width: int) -> None:
    assert told(wrapped(text, width)) == told(text)


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
