"""Which party the grammar of a sentence ties to a sum, as its giver or its receiver."""

from __future__ import annotations

import pytest

from calc.claims.candidates import Candidates, asked_of
from calc.claims.reading import first_look
from calc.documents import CONTENT, document_from_text


def candidates(text: str) -> list[Candidates]:
    """The candidates of each amount of a text, conversions aside."""
    document = document_from_text(text, published="2025-04-04")
    readings, context = first_look(document)
    assert context is not None
    found = asked_of(readings, context, CONTENT)
    return [one for at, one in found if readings[at].conversion_of is None]


def tied(text: str, facet: str) -> list[str | None]:
    """Who is tied to each amount of a text; None where nobody is, or somebody without a name."""
    ties = [one.ties.get(facet) for one in candidates(text)]
    return ["|".join(sorted(tie.names)) if tie and tie.known else None for tie in ties]


@pytest.mark.parametrize(
    ("text", "givers"),
    [
        ("Algeria, which had paid $26 million to Gaza, gave nothing.", ["Algeria"]),
        ("Norway's minister said it would give Kenya 5 million euros.", ["Norway"]),
        (
            "From Norway came 5 million euros, from Sweden 7 million euros.",
            ["Norway", "Sweden"],
        ),
        ("Some 5 million euros was promised to Kenya by Norway.", ["Norway"]),
        ("Still more, 5 million euros, was promised by Norway.", ["Norway"]),
        ("It got 5 million euros that the Norwegian government gave in May.", ["Norway"]),
        ("Some 5 million euros is what Norway has given.", ["Norway"]),
        ("Norway's contribution of 5 million euros was welcome aid.", ["Norway"]),
        (
            "Aid was given by Norway (5 million euros), Sweden (7 million euros) and Canada "
            "(9 million euros).",
            ["Norway", "Sweden", "Canada"],
        ),
        (
            "Norway pledged 5 million euros, Sweden 7 million euros and Canada 9 million euros.",
            ["Norway", "Sweden", "Canada"],
        ),
        ("Norway gave 5 million euros for food and 7 million euros for water.", ["Norway"] * 2),
        ("Norway and Sweden pledged 5 million euros each.", ["Norway|Sweden"]),
    ],
)
def test_a_giver_is_tied_to_its_sum(text: str, givers: list[str]) -> None:
    assert tied(text, "donor") == givers


@pytest.mark.parametrize(
    ("text", "receivers"),
    [
        (
            "The EU lends Kosovo 5 million euros and Moldova 7 million euros.",
            ["Kosovo", "Moldova"],
        ),
        ("Norway gave 5 million euros to Kenya and 7 million euros to Mali.", ["Kenya", "Mali"]),
        ("Kenya received 5 million euros in aid from Norway.", ["Kenya"]),
        ("Kenya was given 5 million euros in aid.", ["Kenya"]),
        ("To Kenya went 5 million euros in aid.", ["Kenya"]),
    ],
)
def test_a_receiver_is_tied_to_its_sum(text: str, receivers: list[str]) -> None:
    assert tied(text, "recipient") == receivers


@pytest.mark.parametrize(
    "text",
    [
        "Norway met them, and donors pledged 5 million euros.",  # a crowd
        "Some 5 million euros was pledged by Norway and other donors.",
        "At a meeting in Norway 5 million euros was pledged.",  # a host
        "Norway said that 5 million euros was pledged.",  # a speaker
        "They bought equipment for 5 million euros of aid in Norway.",
    ],
)
def test_who_gives_with_many_or_only_stands_there_is_not_tied(text: str) -> None:
    assert tied(text, "donor") == [None]


@pytest.mark.parametrize(
    ("text", "giver"),
    [
        ("Norway met Kenya. The government pledged 5 million euros.", "Norway"),
        ("The World Bank met Kenya. The bank will lend 5 million euros.", "World Bank"),
        ("The World Bank met Kenya. It will lend 5 million euros.", "World Bank"),
    ],
)
def test_one_told_of_before_is_meant_by_what_it_is(text: str, giver: str) -> None:
    assert tied(text, "donor") == [giver]


def test_several_sums_told_respectively_are_dealt_out_elsewhere() -> None:
    text = "Norway and Sweden pledged 5 million and 7 million euros, respectively."
    assert tied(text, "donor") == [None, None]
