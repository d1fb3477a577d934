"""Every fact of a sum is explained, holds in its example and not in its counter-example."""

from __future__ import annotations

import pandas as pd
import pytest

from calc.claims import read_text
from calc.claims.fact_phrases import phrase_of
from calc.claims.reading import looked_at
from calc.claims.signs import signs_in, strongest
from calc.claims.spots import kind_of
from calc.claims.sum_choice import OPEN_BELOW, OTHER_ROLE, OTHER_STAGE, TABLE, margins, points
from calc.claims.sum_facts import ALWAYS, OtherSums, SumsTold, facts_of
from calc.claims.word_classes import YEAR, kind, words_in
from calc.documents import CONTENT, document_from_text
from calc.text.data_tables import table

FACTS = table("sum_facts")
CLASSES = table("word_classes")


def facts_in(text: str) -> set[str]:
    """The facts of all sums of a text; a first line with # is its title."""
    title, _, body = text[1:].partition("¶") if text.startswith("#") else ("", "", text)
    document = document_from_text(
        body.replace("¶", "\n\n"), published="2025-04-04", title=title.strip() or None
    )
    readings, context = looked_at(document)
    if context is None:
        return set()
    page = SumsTold(readings, context, CONTENT)
    weighed = [(told.one.role, told.one.status) for told in page.told]
    return {
        fact
        for at, told in enumerate(page.told)
        for fact in (ALWAYS, *facts_of(told, page), *OtherSums(weighed).facts(at))
    }


@pytest.mark.parametrize("row", FACTS, ids=[row["fact"] for row in FACTS])
def test_a_fact_holds_in_its_example_and_not_in_its_counter_example(row: dict[str, str]) -> None:
    assert row["sample"] in facts_in(row["example"])
    assert row["sample"] not in facts_in(row["counter"])
    phrase = phrase_of(row["sample"])
    assert phrase is not None
    assert "*" not in phrase


def test_every_fact_with_points_has_a_plain_phrase() -> None:
    for facet in ("role", "status"):
        for fact in points()[facet]:
            assert phrase_of(fact), fact


def test_another_value_must_be_ahead() -> None:
    assert margins()[OTHER_ROLE] > 0
    assert margins()[OTHER_STAGE] > 0
    assert margins()[OPEN_BELOW] > 0
    assert {row["fact"] for row in table(TABLE) if row["margin"]} == set(margins())


@pytest.mark.parametrize("row", CLASSES, ids=[row["class"] for row in CLASSES])
def test_a_class_has_words_that_are_found(row: dict[str, str]) -> None:
    assert row["kind"] in ("small", "verb", "other")
    assert row["meaning"]
    words = row["words"].split("|")
    assert sorted(set(words)) == sorted(words)
    for word in words:
        text = f"it {word} it"
        assert any(row["class"] in one.classes for one in words_in(text, 0, len(text))), word


def test_years_are_of_a_class_and_other_numbers_are_not() -> None:
    text = "in 2019, 2,019 and 20195"
    assert [text[one.start : one.end] for one in words_in(text, 0, len(text)) if one.classes] == [
        *("in", "2019", "and")
    ]
    assert kind(YEAR) == "other"
    assert kind_of("Norway") == "rich"


TOLD = [
    # what is asked for behind the sum
    ("Of the 7 billion dollars for which the agency pleaded, little came in.", ["target"], None),
    ("Nepal got some 5 million euros, far less than the 9 million that it sought.", None, None),
    ("Military aid of 5 million euros has gone from Norway to Nepal.", None, ["disbursed"]),
    ("Military aid of 5 million euros is promised by Norway to Nepal.", None, ["pledged"]),
]


@pytest.mark.parametrize(("text", "role", "status"), TOLD)
def test_facts_together_tell_what_a_sum_is(
    text: str, role: list[str] | None, status: list[str] | None
) -> None:
    claims = read_text(text, published="2025-04-04")
    if role is not None:
        assert claims["role"].tolist()[:1] == role
    if status is not None:
        assert claims["status"].tolist()[:1] == status


def test_a_weighed_value_is_what_its_strongest_sign_says_and_shows_its_facts() -> None:
    text = "Nepal got some 5 million euros, far less than the 9 million euros that it sought."
    claim = read_text(text, published="2025-04-04").iloc[0]
    signs = signs_in(claim["signs"])
    assert (claim["role"], strongest(signs, "role").value) == ("total", "total")
    shown = [one for one in signs if one.facet == "role" and phrase_of(one.name)]
    assert shown
    assert any(one.words(text) for one in shown)
    assert claim["as_of"] == pd.Timestamp("2025-04-04")


def test_a_conversion_is_what_its_sum_is() -> None:
    text = "Nepal got some 5 million euros ($5.5 million), far less than the 9 million it sought."
    claims = read_text(text, published="2025-04-04")
    assert claims["role"].tolist()[0] == claims["role"].tolist()[1]
    assert claims["status"].tolist()[0] == claims["status"].tolist()[1]
