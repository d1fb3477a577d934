"""What joins to one pledge, and what pledges that stay apart may be to each other."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from tellings import DEFAULTS, SAID, VALUATION, Found, groups, kroner, later, related

from calc.claims import read_text
from calc.claims.completed import prepared_and_read
from calc.links.contraction import Joint, candidates, groups_of, link, voices_of
from calc.links.overlaps import near, overlaps
from calc.links.relations import PART, SAME, Relation, best_of_each
from calc.links.rows import read_rows


def test_links_taken_together_are_nearer_to_the_best_and_ask_more_of_many() -> None:
    assert Joint(2.0, 1, 2.0).bits == 2.0
    assert Joint(2.0, 2, 2.0).bits == round(1.0 + 0.4 - 0.15, 4)
    assert Joint(8.0, 4, 2.0).bits == round(2.0 - 0.3, 4)
    assert Joint(-math.inf, 2, 2.0).bits == -math.inf
    assert Joint(2.0, 2, 2.0).with_(Joint(3.0, 1, 3.0)) == Joint(5.0, 3, 3.0)


def weighed(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two tellings are worth weighing at all."""
    found = [candidates(groups(*pair), VALUATION) for pair in ((one, other), (other, one))]
    assert found[0] == found[1]
    assert found[0] in ([], [("c0", "c1")])  # never with itself
    return bool(found[0])


def test_only_amounts_that_are_near_or_of_the_same_digits_are_weighed() -> None:
    assert weighed(kroner("100 million"), kroner("109 million"))
    assert not weighed(kroner("101 million"), kroner("128 million"))
    assert weighed(kroner("135 million"), kroner("135 billion"))
    assert not weighed(kroner("135 million"), kroner("136 billion"))
    assert weighed(kroner("135 million"), kroner("12.3 million", "USD"))
    assert not weighed(kroner("135 million"), kroner("15.3 million", "USD"))
    named = {"purpose": "Nansen"}
    assert weighed(kroner("135 million", **named), kroner("300 million", **named))
    assert not weighed(kroner("135 million", **named), kroner("300 million"))


def test_one_digit_is_a_clue_to_a_slip_of_scale_for_a_week() -> None:
    for day, near_enough in (("2024-11-10", True), ("2024-11-11", True), ("2024-11-18", False)):
        slip = kroner("5 billion", published=day)
        assert weighed(kroner("5 million"), slip) is near_enough


def test_only_tellings_of_one_donor_and_recipient_or_of_none_are_weighed() -> None:
    norway = kroner("135 million")
    assert weighed(norway, norway)
    assert not weighed(norway, norway | {"donor": "Sweden"})
    assert not weighed(norway, norway | {"recipient": "Moldova"})
    assert weighed(norway, norway | {"donor": "Sweden|Norway"})
    assert weighed(norway, norway | {"donor": None})
    assert weighed(norway, norway | {"recipient": None})
    assert not weighed(norway, norway | {"published": "2027-11-04"})


def voices(one: dict[str, Any], other: dict[str, Any]) -> int:
    found = [len(voices_of(groups(*pair))) for pair in ((one, other), (other, one))]
    assert found[0] == found[1]
    return found[0]


def test_a_sentence_printed_again_within_thirty_days_is_one_voice() -> None:
    told = SAID | {"sentence": "Norway gave Ukraine 135 million kroner for the winter."}
    assert voices(told, told | {"published": later(30)}) == 1
    assert voices(told, told | {"published": later(31)}) == 2
    assert voices(told, told | {"published": None}) == 1
    assert voices(told, told | {"donor": "Sweden"}) == 2
    assert voices({}, {}) == 2  # rows without words


def of_each_inner(*relations: tuple[int, int, float]) -> list[tuple[int, int]]:
    made = tuple(Relation(PART, inner, outer, bits, ()) for inner, outer, bits in relations)
    return [(one.inner, one.outer) for one in best_of_each(made)]


def test_of_each_pledge_its_best_relation_is_told_and_nothing_is_its_own_part() -> None:
    assert of_each_inner((1, 0, 2.0), (1, 2, 3.0)) == [(1, 2)]
    assert of_each_inner((1, 0, 2.0), (1, 2, 2.0)) == [(1, 0)]
    assert of_each_inner((0, 1, 3.0), (1, 0, 2.0)) == [(0, 1)]
    assert of_each_inner((0, 1, 3.0), (1, 2, 2.0), (2, 0, 1.0)) == [(0, 1), (1, 2)]
    assert of_each_inner((2, 0, 1.0), (0, 1, 3.0)) == [(0, 1), (2, 0)]


def in_text(text: str) -> Found:
    found = read_text(text, published="2025-04-04", source="page")
    return related(prepared_and_read(found))


def euros(inner: int, outer: int, evidence: str, kind: str = "part-of") -> tuple[str, ...]:
    return (kind, f"{inner} million euros", f"{outer} million euros", evidence)


@pytest.mark.parametrize(
    ("paid", "given", "is_part"),
    [
        # paid long after a pledge: it may be a part; two payments of two days are none
        ("paid Ukraine 20 million euros on 3 March", "pledged Ukraine {} on 10 January", True),
        ("paid Ukraine 20 million euros on 3 March", "paid Ukraine {} on 10 January", False),
        ("paid Ukraine 20 million euros on 3 January", "paid Ukraine {} on 10 March", False),
        ("paid Ukraine 20 million euros on 3 January", "paid Ukraine {} on 10 January", True),
        ("paid Ukraine 20 million euros on 24 January", "paid Ukraine {} on 10 January", True),
        ("paid Ukraine 20 million euros on 25 January", "paid Ukraine {} on 10 January", False),
        # paid before it was pledged
        ("paid Ukraine 20 million euros on 3 January", "pledged Ukraine {} on 10 March", False),
        ("paid Ukraine 20 million euros on 3 January", "pledged Ukraine {} on 17 January", True),
        ("paid Ukraine 20 million euros on 3 January", "pledged Ukraine {} on 18 January", False),
    ],
)
def test_a_payment_is_part_of_what_was_given_by_its_day(
    paid: str, given: str, is_part: bool
) -> None:
    whole = given.format("100 million euros")
    found = in_text(f"Norway {paid} 2025. It {whole} 2025.")
    assert found == ([euros(20, 100, "part-below")] if is_part else [])


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (
            "Norway paid Ukraine 100 million euros in 2022. Norway will give Ukraine 20 million "
            "euros.",
            [],
        ),
        (
            "Norway will give Ukraine 100 million euros. Norway gave Ukraine another 20 million "
            "euros.",
            [],
        ),
        (
            "Norway will give Ukraine 100 million euros. It includes 20 million euros for drones.",
            [euros(20, 100, "part-said")],
        ),
        (
            "Norway will give Ukraine 100 million euros (20 million euros in grants).",
            [euros(20, 100, "part-below")],
        ),
        (
            "Norway gave Ukraine 60 million euros: 25 million euros for schools and 35 million "
            "euros for hospitals.",
            [euros(25, 60, "part-listed"), euros(35, 60, "part-listed")],
        ),
        (
            "Norway will provide Ukraine with 25 million euros for schools and 35 million euros "
            "for hospitals, 60 million euros in total.",
            [euros(25, 60, "parts-make-whole"), euros(35, 60, "parts-make-whole")],
        ),
        (
            "Norway increased its aid to Ukraine by 40 million euros to 140 million euros.",
            [euros(40, 140, "part-said")],
        ),
        (
            "Norway committed 300 million euros to Ukraine over two years; in 2024 it paid 170 "
            "million euros.",
            [euros(170, 300, "stage-listed", "stage-of")],
        ),
        (
            "Norway gave Ukraine 198 million euros. The sum of almost 200 million euros is for "
            "arms.",
            [euros(200, 198, "same-document", "same")],
        ),
        (
            "Norway, Sweden and Denmark will give Ukraine 30 million euros, 10 million euros each.",
            [euros(10, 30, "parts-make-whole")],
        ),
        (
            "Norway, Sweden and Denmark will give Ukraine 30 million euros, 9 million euros each.",
            [],
        ),
        (
            "Norway will give Moldova and Georgia 70 million euros. Moldova gets 40 million euros "
            "from Norway, Georgia gets 30 million euros from Norway.",
            [euros(40, 70, "parts-make-whole"), euros(30, 70, "parts-make-whole")],
        ),
        (
            "Sweden, Norway and Denmark will give Ukraine 500 million euros. Sweden gives Ukraine "
            "275 million euros.",
            [euros(275, 500, "part-below")],
        ),
        (
            "Sweden and Denmark will give Ukraine 500 million euros. Sweden gives Ukraine 275 "
            "million euros. Denmark gives Ukraine 225 million euros.",
            [euros(275, 500, "parts-make-whole"), euros(225, 500, "parts-make-whole")],
        ),
    ],
)
def test_what_amounts_of_one_document_are_to_each_other(text: str, relations: Found) -> None:
    assert in_text(text) == relations


def billions(inner: int, outer: int, evidence: str) -> tuple[str, ...]:
    return ("part-of", f"{inner} billion euros", f"{outer} billion euros", evidence)


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (
            "Norway will give Ukraine 90 billion euros. Of this, 30 billion euros is for the "
            "budget and 60 billion euros is for arms.",
            [
                billions(30, 90, "parts-make-whole"),
                billions(30, 60, "part-below"),
                billions(60, 90, "parts-make-whole"),
            ],
        ),
        # of few digits that they come to the whole is too little before it
        (
            "Norway will give Ukraine 30 million euros for the budget and 60 million euros for "
            "arms. In all Norway will give Ukraine 90 million euros.",
            [euros(30, 90, "part-below"), euros(60, 90, "part-below")],
        ),
        (
            "Norway will give Ukraine 30 million euros. Norway will give Ukraine 61 million euros "
            "for arms. In all Norway will give Ukraine 91 million euros.",
            [
                euros(30, 61, "part-below"),
                euros(30, 91, "parts-make-whole"),
                euros(61, 91, "parts-make-whole"),
            ],
        ),
        # alike: rounded, in other words; two numbers of as many digits are two
        (
            "Norway gave Ukraine 100 million euros on 3 January 2025. Norway gave Ukraine 104 "
            "million euros.",
            [euros(104, 100, "same-document", "same")],
        ),
        (
            "Norway gave Ukraine 100 million euros on 3 January 2025. Norway gave Ukraine 106 "
            "million euros.",
            [euros(100, 106, "part-below")],
        ),
        (
            "Norway gave Ukraine 9 million euros. Norway gave Ukraine 10 million euros.",
            [euros(9, 10, "part-below")],
        ),
        (
            "Norway gave Ukraine 198 million euros or 200 million euros.",
            [euros(200, 198, "other-words", "same")],
        ),
        # converted
        (
            "Norway gave Ukraine 40 million euros. Norway gave Ukraine 43.5 million dollars.",
            [("conversion-of", "43.5 million dollars", "40 million euros", "same-document")],
        ),
        (
            "Norway gave Ukraine 40 million euros. Norway gave Ukraine 48 million dollars.",
            [("part-of", "40 million euros", "48 million dollars", "part-below")],
        ),
        (
            "Norway gave Ukraine 100 million euros (1.17 billion kroner). Norway will give Ukraine "
            "1.2 billion kroner.",
            [("conversion-of", "1.2 billion kroner", "100 million euros", "same-document")],
        ),
        # words that add, or that take out
        (
            "Norway gave Ukraine 100 million euros. Norway also gave Ukraine 20 million euros.",
            [],
        ),
        (
            "Norway gave Ukraine 100 million euros. Norway will give 20 million euros of this to "
            "schools.",
            [euros(20, 100, "part-said")],
        ),
        (
            "Norway gave Ukraine 100 million euros, including 20 million euros for schools.",
            [euros(20, 100, "part-cue-part")],
        ),
        (
            "Norway will give Ukraine 20 million euros from a 100 million euros fund.",
            [euros(20, 100, "part-said")],
        ),
        (
            "Norway gave Ukraine 145 million euros. It has given Ukraine 72 million euros, 50 "
            "million euros for arms and 22 million euros for schools.",
            [
                euros(72, 145, "part-below"),
                euros(50, 145, "part-below"),
                euros(50, 72, "parts-make-whole"),
                euros(22, 145, "part-below"),
                euros(22, 72, "parts-make-whole"),
            ],
        ),
    ],
)
def test_what_stands_beside_an_amount_in_its_document(text: str, relations: Found) -> None:
    assert in_text(text) == relations


def told_before_and_after(first: str, second: str, text: str) -> list[tuple[str, float, str]]:
    """Kind, bits and evidence: 100 million for energy told on one day, ``text`` on the other."""
    whole = "Norway will give Ukraine 100 million euros for energy, the government said."
    read = [
        read_text(words, published=day, source=day)
        for day, words in ((first, whole), (second, text))
    ]
    prepared = prepared_and_read(pd.concat(read, ignore_index=True))
    clusters = link(groups_of(read_rows(prepared)), VALUATION).clusters
    return [
        (one.kind, one.bits, " ".join(piece.evidence for piece in one.pieces))
        for one in overlaps(clusters, VALUATION)
    ]


_TRANCHE = "Norway paid Ukraine the first tranche of 20 million euros for energy."
_PACKAGE = "Norway gives Ukraine 20 million euros for {} as part of its package."


@pytest.mark.parametrize(
    ("first", "second", "text", "kind", "bits", "evidence"),
    [
        (
            "2024-01-10",
            "2024-03-10",
            "Norway paid Ukraine 20 million euros of its 100 million euro pledge, the bank said.",
            "part-of",
            8.5,
            "part-prior part-said part-named",
        ),
        (
            "2024-01-10",
            "2024-03-10",
            _TRANCHE,
            "instalment-of",
            4.5,
            "part-prior part-line part-before part-cue-part",
        ),
        (
            "2024-01-10",
            "2025-09-10",
            _TRANCHE,
            "instalment-of",
            2.5,
            "part-prior part-line part-before part-cue-part part-far",
        ),
        (
            "2024-03-10",
            "2024-01-10",
            _PACKAGE.format("energy"),
            "instalment-of",
            1.5,
            "part-prior part-line part-later-larger part-cue-part",
        ),
        (
            "2024-01-10",
            "2024-03-10",
            _PACKAGE.format("drones"),
            "instalment-of",
            -2.0,
            "part-prior part-other-line part-before part-cue-part",
        ),
        (
            "2024-01-10",
            "2024-02-12",
            "Norway will give Ukraine another 100 million euros.",
            "different",
            -3.0,
            "additional",
        ),
    ],
)
def test_what_a_later_paper_tells_of_a_pledge(
    first: str, second: str, text: str, kind: str, bits: float, evidence: str
) -> None:
    ((found, total, pieces),) = told_before_and_after(first, second, text)
    assert (found, pieces) == (kind, evidence)
    assert total == pytest.approx(bits)


def test_without_a_word_a_smaller_amount_of_another_paper_is_no_part() -> None:
    for text in (
        "Norway gives Ukraine 20 million euros for energy.",
        "Norway will give Ukraine 109 million dollars for arms.",
    ):
        assert told_before_and_after("2024-01-10", "2024-03-10", text) == []


def told_twice(days: int, **more: Any) -> Found:
    """Two papers tell an equal round amount, so many days apart."""
    words = {"amount": 1e8, "text": "100 million kroner"} | more
    one = {"sentence": "Norway will give Ukraine 100 million kroner."} if more else {}
    other = {"sentence": "Oslo sends Kyiv 100 million kroner."} if more else {}
    rows = [
        DEFAULTS | {"claim_id": "a", "source": "a"} | words | one,
        DEFAULTS | {"claim_id": "b", "source": "b", "published": later(days)} | words | other,
    ]
    return related(prepared_and_read(pd.DataFrame(rows)))


def test_an_equal_amount_of_a_table_may_be_told_twice_within_a_month() -> None:
    same = (SAME, "100 million kroner", "100 million kroner", "twice-amount")
    assert told_twice(30) == [same]
    assert told_twice(31) == []
    assert told_twice(20) == [same]
    assert told_twice(20, donor=None, status="pledged") == []  # nobody knows whose they are


def test_an_equal_amount_of_papers_may_be_told_twice_within_two_hundred_and_thirty_days() -> None:
    in_words = {"status": "pledged"}
    assert [one[3] for one in told_twice(200, **in_words)] == ["twice-later"]
    assert [one[3] for one in told_twice(230, **in_words)] == ["twice-later"]
    assert told_twice(231, **in_words) == []


def nearly(*claims: dict[str, Any]) -> list[tuple[str, int, int]]:
    linked = link(groups(*claims), VALUATION)
    return [(one.kind, one.inner, one.outer) for one in near(linked.clusters, linked.links)]


def test_pledges_that_links_nearly_join_may_be_told_twice() -> None:
    assert nearly({}, {"published": later(31)}) == [(SAME, 1, 0)]
    assert nearly({}, {"published": later(31), "amount": 3e8}) == []
    assert nearly({}, {"published": later(31), "recipient": "Moldova"}) == []
    # a party that one leaves open: a bit less is asked, and it is the inner one
    round_one = {"amount": 1e8}
    for party in ("donor", "recipient"):
        open_one = round_one | {"published": later(8), party: None}
        assert nearly(round_one, open_one) == [(SAME, 1, 0)]
    assert nearly(round_one, round_one | {"published": later(31)}) == []


def test_a_row_that_recalls_an_old_promise_may_be_its_money_longer() -> None:
    assert [(one[0], one[3]) for one in told_again(230)] == [
        ("earlier-announcement-of", "twice-again")
    ]
    assert told_again(231) == []


def told_again(days: int) -> Found:
    """A table has an equal round amount, so many days later, and says that it is old news."""
    again = {"claim_id": "b", "source": "b", "published": later(days), "said": "again"}
    rows = [DEFAULTS | {"claim_id": "a", "source": "a", "amount": 1e8}, DEFAULTS | again]
    rows[1]["amount"] = 1e8
    return related(prepared_and_read(pd.DataFrame(rows)))


@pytest.mark.parametrize(
    ("day", "kind", "evidence"),
    [("4 March", "same", "same-document"), ("5 March", "different", "told-later")],
)
def test_days_more_than_two_months_apart_tell_two_acts(day: str, kind: str, evidence: str) -> None:
    text = "Norway gave Ukraine 100 million euros on 3 January 2025. Norway gave Ukraine 104 "
    found = in_text(f"{text}million euros on {day} 2025.")
    assert found == [euros(104, 100, evidence, kind)]
