"""Alike amounts of one document: what tells them apart, and what makes one of them the other."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from tellings import DEFAULTS, VALUATION, Found, related

from calc.claims import read_text
from calc.claims.completed import prepared_and_read
from calc.links.contraction import groups_of, link
from calc.links.rows import read_rows
from rates.conversion import rate


def in_text(text: str) -> list[tuple[str, str]]:
    """Kind and last evidence of the relations of a text's amounts."""
    found = read_text(text, published="2025-04-04", source="page")
    return [(one[0], one[3]) for one in related(prepared_and_read(found))]


@pytest.mark.parametrize(
    ("text", "kind", "evidence"),
    [
        ("100 million euros. Norway gave Ukraine another 100 million euros", "different",
         "additional"),
        ("100 million euros. Norway will give Ukraine an additional 100 million euros",
         "different", "additional"),
        # new money told twice may be one
        ("an additional 100 million euros. Norway gave Ukraine an additional 104 million euros",
         "same", "same-document"),
        ("100 million euros. Norway gave Ukraine a new 104 million euros", "different",
         "additional"),
        ("100 million euros for arms and 104 million euros for schools", "different",
         "name-different"),
        ("100 million euros for arms. Norway gave Ukraine 104 million euros for food", "different",
         "scope-different"),
        ("100 million euros for military aid. Norway gave Ukraine 104 million euros for "
         "humanitarian aid", "different", "scope-different"),
        ("2 million euros in 2003 (some 3 million euros in today's money)", "same", "other-words"),
        ("20 million euros, part of 100 million euros that it promised", "part-of",
         "part-cue-part"),
        ("20 million euros as a first instalment. It pledged Ukraine 100 million euros", "part-of",
         "part-below"),
    ],
)  # fmt: skip
def test_words_between_two_amounts(text: str, kind: str, evidence: str) -> None:
    assert in_text(f"Norway gave Ukraine {text}.") == [(kind, evidence)]


@pytest.mark.parametrize(
    ("first", "second", "is_another"),
    [
        # an additional sum may be the very one told before, unless it was given later …
        ("gave {} on 3 January 2025", "gave an additional {} on 17 January 2025", False),
        ("gave {} on 3 January 2025", "gave an additional {} on 18 January 2025", True),
        ("gave {} in January 2025", "gave an additional {} on 14 February 2025", False),
        ("gave {} in January 2025", "gave an additional {} on 15 February 2025", True),
        ("gave {} on 20 January 2025", "gave an additional {} in February 2025", False),
        ("gave {} on 17 January 2025", "gave an additional {} in February 2025", True),
        ("gave {}", "gave an additional {}", False),
        # … or promised after the first was paid
        ("disbursed {}", "pledged an additional {}", True),
        ("disbursed {}", "disbursed an additional {}", False),
        ("pledged {}", "disbursed an additional {}", False),
    ],
)
def test_an_additional_equal_sum_is_another_by_its_day_and_stage(
    first: str, second: str, is_another: bool
) -> None:
    money = "100 million euros to Ukraine"
    text = f"Norway {first.format(money)}. Norway {second.format(money)}."
    found = read_text(text, published="2025-04-04", source="page")
    rows = read_rows(prepared_and_read(found))
    (why,) = [one.refused for one in link(groups_of(rows), VALUATION).links]
    assert why == ("given as one more than the amount before it" if is_another else None)


def test_what_an_amount_includes_is_no_earlier_version_of_it() -> None:
    text = (
        "Norway raised its aid to Ukraine from 100 million euros to 140 million euros, including "
        "20 million euros for arms."
    )
    found = related(prepared_and_read(read_text(text, published="2025-04-04", source="page")))
    kinds = {(one[1], one[0]) for one in found}
    assert kinds == {("100 million euros", "revision-of"), ("20 million euros", "part-of")}
    assert ("part-of", "20 million euros", "140 million euros", "part-cue-part") in found


def test_amounts_side_by_side_are_two() -> None:
    assert in_text("Norway gave Ukraine 20 million euros and 30 million euros.") == []


def in_table(one: dict[str, Any], other: dict[str, Any]) -> tuple[Found, str | None]:
    """The relation of two rows of one table, and why they can never be one pledge."""
    rows = [
        DEFAULTS | {"claim_id": f"c{number}", "source": "table", "amount": 1e8} | row
        for number, row in enumerate((one, other))
    ]
    prepared = prepared_and_read(pd.DataFrame(rows))
    refused = [one.refused for one in link(groups_of(read_rows(prepared)), VALUATION).links]
    return related(prepared), refused[0] if refused else None


@pytest.mark.parametrize(
    ("line", "is_part"),
    [
        # lines of a list are items side by side; sentences, a heading or an end make none of them
        ("Norway: {} million kroner", False),
        ("Norway: {} million kroner.", True),
        ("Norway – {} million kroner; arms?", True),
        ("Norway gives {} million kroner to Ukraine", True),
        ("Norway gives {} million kroner to Ukraine.", True),
    ],
)
def test_a_smaller_line_of_a_list_is_no_part_of_a_larger_one(line: str, is_part: bool) -> None:
    rows = [
        {"amount": size * 1e6, "text": f"{size} million kroner", "sentence": line.format(size)}
        for size in (100, 20)
    ]
    found, _ = in_table(rows[0] | {"start": 5}, rows[1] | {"start": 90})
    assert [(one[0], one[3]) for one in found] == ([("part-of", "part-below")] if is_part else [])


_TWO, _SEPARATE = "two rows of one table", "listed as separate amounts in one document"
_DOLLARS = {"amount": 9.7e6, "currency": "USD"}  # a hundred million kroner on that day


@pytest.mark.parametrize(
    ("one", "other", "kind", "evidence", "refused"),
    [
        ({}, {}, "same", "same-document", _TWO),
        ({}, {"amount": 103e6}, "same", "same-document", _SEPARATE),
        ({"purpose": "energy"}, {"purpose": "health"}, "different", "line-different", _TWO),
        (
            {},
            {"value_date": "2024-01-05", "value_date_precision": "day"},
            "different",
            "listed-later",
            _TWO,
        ),
        ({}, _DOLLARS, "conversion-of", "same-document", _SEPARATE),
        (
            {"purpose": "energy"},
            _DOLLARS | {"purpose": "health"},
            "different",
            "scope-different",
            _SEPARATE,
        ),
        (
            {"purpose": "Nansen"},
            _DOLLARS | {"purpose": "Firtash"},
            "different",
            "name-different",
            _SEPARATE,
        ),
    ],
)
def test_alike_rows_of_one_table(
    one: dict[str, Any], other: dict[str, Any], kind: str, evidence: str, refused: str
) -> None:
    ((found, _, _, last),), why = in_table(one, other)
    assert (found, last, why) == (kind, evidence, refused)


def test_rows_of_two_days_are_two_tellings() -> None:
    assert in_table({}, {"published": "2024-01-02"}) == ([], None)
    assert in_table({}, {"amount": 9.3e6, "currency": "USD"}) == ([], _SEPARATE)


@pytest.mark.parametrize(
    ("whole", "paid", "is_stage"),
    [
        (("committed", "energy"), ("disbursed", "energy"), True),
        (("pledged", "energy"), ("committed", "energy"), True),
        (("committed", "energy"), ("disbursed", "health"), False),  # another line
        (("committed", None), ("disbursed", None), False),  # nothing says of what
        (("disbursed", "energy"), ("committed", "energy"), False),  # the larger was paid
        (("committed", "energy"), ("committed", "energy"), False),
        (("unknown", "energy"), ("disbursed", "energy"), False),
    ],
)
def test_a_row_is_a_stage_of_a_larger_one_for_the_same_thing(
    whole: tuple[str, str | None], paid: tuple[str, str | None], is_stage: bool
) -> None:
    rows = [
        {"status": status, "purpose": purpose, "amount": amount}
        for (status, purpose), amount in ((whole, 1e8), (paid, 4e7))
    ]
    found, _ = in_table(rows[0], rows[1])
    assert [(one[0], one[3]) for one in found] == (
        [("stage-of", "stage-listed")] if is_stage else []
    )


@pytest.mark.parametrize(
    ("paid", "told", "again", "is_part"),
    [
        # the whole is told twice, each time of another day: the nearer one counts
        ("3 March", "10 January", "12 January", False),
        ("3 March", "10 January", "20 February", True),
        ("3 March", "20 February", "10 January", True),
        ("3 March", "10 January", "20 March", True),  # between both
        ("3 January", "10 January", "20 March", True),
        ("3 January", "20 March", "10 January", True),
        ("3 January", "10 March", "20 March", False),
    ],
)
def test_a_whole_told_of_two_days_lies_between_them(
    paid: str, told: str, again: str, is_part: bool
) -> None:
    found = in_text(
        f"Norway paid Ukraine 20 million euros on {paid} 2025. It paid Ukraine 100 million euros "
        f"on {told} 2025. Norway paid the 100 million euros to Ukraine on {again} 2025."
    )
    assert found == ([("part-of", "part-below")] if is_part else [])


def test_two_equal_halves_of_one_sentence_make_their_whole() -> None:
    found = in_text(
        "Norway will provide Ukraine with 73 million euros for schools and 73 million euros for "
        "hospitals, 146 million euros in total."
    )
    assert found.count(("part-of", "parts-make-whole")) == 2


@pytest.mark.parametrize(
    ("off", "evidence"),
    [(0, "exact-conversion"), (4e-7, "exact-conversion"), (6e-7, "same-document")],
)
def test_sums_that_are_each_other_to_the_last_digit_are_one(off: float, evidence: str) -> None:
    day = dt.date(2025, 4, 4)
    crowns = round(1_234_567 * float(rate("EUR", "NOK", on=day).rate) * (1 + off))
    text = f"Norway gave Ukraine 1234567 euros. Norway gave Ukraine {crowns} kroner."
    assert in_text(text) == [("conversion-of", evidence)]


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        # "another" adds to the amount right before it, not to a whole told above that one
        (
            "gave Ukraine 100 million euros. Norway gave Ukraine 40 million euros. Norway gave "
            "Ukraine another 20 million euros.",
            [(40, 100), (20, 100)],
        ),
        # a new sum and an old one
        (
            "pledged a new 100 million euros to Ukraine. It also recalled the 20 million euros "
            "that it had promised before.",
            [],
        ),
        ("gave Ukraine 100 million euros, and 20 million euros as part of it.", [(20, 100)]),
    ],
)
def test_smaller_amounts_beside_a_larger_one(text: str, relations: list[tuple[int, int]]) -> None:
    found = read_text(f"Norway {text}", published="2025-04-04", source="page")
    told = [(one[1], one[2], one[3]) for one in related(prepared_and_read(found))]
    euros = "{} million euros".format
    assert told == [(euros(inner), euros(outer), "part-below") for inner, outer in relations]
