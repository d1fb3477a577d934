"""Reading: every claim stands in its text; what changes nothing for a reader changes no claim."""

from __future__ import annotations

import html
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import QUIET, news, odd_texts, passages, sentences, tries, wrapped

from calc import schema
from calc.claims import read, read_text
from calc.documents import read_source, source_of
from calc.tables import is_grid

TOLD = (
    "role status donor recipient amount amount_low amount_high currency purpose modality period "
    "value_date as_of said"
).split()


def told(text: str) -> list[dict[str, Any]]:
    """What is read of each figure of a text, without its place."""
    rows = schema.records(read_text(text, published="2025-04-04"))
    number = {row["claim_id"]: place for place, row in enumerate(rows)}
    links = ("conversion_of", "repeats", "part_of")
    return [
        {name: row[name] for name in TOLD}
        | {"text": re.sub(r"\s+", " ", str(row["text"]))}
        | {name: number.get(row[name]) for name in links}
        for row in rows
    ]


@tries(60)
@given(odd_texts)
def test_a_claim_stands_where_it_says(text: str) -> None:
    claims = read_text(text)
    assert claims["claim_id"].is_unique
    for row in schema.records(claims):
        start, end, at = (int(row[name]) for name in ("start", "end", "sentence_start"))
        assert text[start:end] == row["text"]
        assert at <= start
        assert (
            row["amount_low"] is None
            or row["amount_high"] is None
            or (row["amount_low"] <= row["amount_high"])
        )


@tries(15)
@given(
    st.text(st.characters(exclude_characters="\x00"), max_size=200),  # with NULs it is no text
    st.sampled_from(passages()),
    st.sampled_from(["txt", "html", "md", "eml"]),
)
def test_a_claim_of_a_file_stands_in_the_text_of_the_file(
    odd: str, passage: str, kind: str
) -> None:
    text = f"{passage}\n\n{odd}"
    content = {
        "txt": text,
        "md": f"# Aid\n\n{text}",
        "html": f"<h1>Aid</h1><p>{html.escape(passage)}</p><p>{html.escape(odd)}</p>",
        "eml": f"Subject: Aid\nContent-Type: text/plain; charset=utf-8\n\n{text}",
    }[kind]
    source = source_of(f"odd.{kind}", content.encode("utf-8", "replace"))
    document = read_source(source, is_table=is_grid)
    for row in schema.records(read_text(document.text)):
        assert document.text[int(row["start"]) : int(row["end"])] == row["text"]


def shows_its_wrapping(text: str) -> bool:
    """Whether line ends show that they are of the wrapping: some must begin with small letters."""
    parts = [one.split("\n") for one in text.split("\n\n")]
    begun = [line[0].islower() for lines in parts for line in lines[1:]]
    wide = max(len(line) for lines in parts for line in lines) >= 20
    return not begun or (wide and sum(begun) >= 2 and 3 * sum(begun) >= len(begun))


wrappable = st.one_of(
    st.lists(sentences(), min_size=1, max_size=12).map(" ".join),
    st.lists(st.sampled_from([one for one in passages() if "\n" not in one]), max_size=3).map(
        " ".join
    ),
)


@tries(25)
@given(wrappable, st.integers(20, 200))
def test_wrapping_at_any_width_changes_no_claim(text: str, width: int) -> None:
    """Left out is where the line ends cannot be told from those of a list or of a headline.

    These are texts of which fewer than two lines, or fewer than a third, begin with a small letter,
    and those whose lines are all shorter than 20 letters.
    """
    lines = wrapped(text, width)
    assume(shows_its_wrapping(lines))
    assert told(lines) == told(text)


SPACES: dict[str, Callable[[str], str]] = {
    "two spaces between words": lambda text: text.replace(" ", "  "),
    "spaces at the ends of lines": lambda text: text.replace("\n", "  \n"),
    "more empty lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "lines of spaces": lambda text: text.replace("\n\n", "\n \t\n"),
    "the line ends of another system": lambda text: text.replace("\n", "\r\n"),
    "space around it": lambda text: f"\n\n  {text}\n\n\n",
    "no-break spaces": lambda text: text.replace(" million", "\u00a0million"),
    "indented paragraphs": lambda text: re.sub(r"^", "  ", text, flags=re.MULTILINE),
}


@pytest.mark.parametrize("name", SPACES)
@tries(6)
@given(text=news())
def test_white_space_changes_no_claim(name: str, text: str) -> None:
    assert told(SPACES[name](text)) == told(text)


@tries(12)
@given(news(), st.sampled_from(QUIET))
def test_a_paragraph_about_nothing_behind_changes_no_claim(text: str, quiet: str) -> None:
    assert told(f"{text}\n\n{quiet}") == told(text)


MONEY = ("role", "amount", "amount_low", "amount_high", "currency", "text")


@tries(15)
@given(news(), st.sampled_from(QUIET))
def test_a_paragraph_about_nothing_in_front_changes_no_money(text: str, quiet: str) -> None:
    """What stands first speaks louder of parties and stages: one may be left open, none other."""
    for behind, alone in zip(told(f"{quiet}\n\n{text}"), told(text), strict=True):
        assert [behind[name] for name in MONEY] == [alone[name] for name in MONEY]
        for party in ("donor", "recipient"):
            assert behind[party] == alone[party] or None in (behind[party], alone[party])


@tries(12)
@given(news())
def test_a_text_is_read_the_same_from_a_file(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ä b.txt")
        path.write_text(text, "utf-8")
        of_file = read(path, published="2025-04-04")
    of_text = read_text(text, published="2025-04-04")
    for name in TOLD:
        assert of_file[name].equals(of_text[name]), name
