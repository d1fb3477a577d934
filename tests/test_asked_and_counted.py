"""Whatever separates the ends of a sum is a row with its reason, and is asked in the review."""

from __future__ import annotations

import datetime as dt
import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc.claims import read_text
from calc.decisions import Decision, Decisions
from calc.decisions.blocks import parse
from calc.reconcile import reconcile
from calc.telling.review import review

PARTIES = [None, "Norway", "Denmark", "Norway|Denmark"]
SAID = ["", "", " again", " each", ", a first tranche", " out of that", ", of which some is paid"]
AMOUNTS = [5e6, 10e6, 15e6, 63e6, 63.4e6, 90e9]


@st.composite
def claims(draw: st.DrawFn) -> pd.DataFrame:
    """A few pledges of a few parties, in one or several documents, with sentences or without."""
    rows = []
    for number in range(draw(st.integers(1, 7))):
        amount = draw(st.sampled_from(AMOUNTS))
        bound = draw(st.sampled_from([None, None, None, "over"]))
        donor = draw(st.sampled_from(PARTIES))
        recipient = draw(st.sampled_from([None, "Ukraine", "Ukraine", "Kenya"]))
        extra = draw(st.sampled_from(SAID))
        text = f"{amount / 1e6:g} million euros"
        sentence = f"It gave {text} for the schools{extra}."
        rows.append(
            {
                "claim_id": f"c{number}",
                "source": draw(st.sampled_from(["a", "b", "c"])),
                "published": dt.datetime(2024, draw(st.integers(1, 3)), 4),
                "text": text,
                "sentence": draw(st.sampled_from([sentence, sentence, None])),
                "start": float(100 * number),
                "sentence_start": float(100 * number - 8),
                "donor": donor,
                "recipient": recipient,
                "status": draw(st.sampled_from(["pledged", "disbursed"])),
                "amount": amount,
                "amount_high": math.nan if bound else amount,
                "amount_low": amount,
                "currency": draw(st.sampled_from(["EUR", "EUR", "USD"])),
            }
        )
    return pd.DataFrame(rows)


SUMS = [
    (donor, recipient)
    for donor in (None, "Norway", "Denmark")
    for recipient in (None, "Ukraine", "Kenya")
]


@settings(max_examples=25, deadline=None)
@given(claims())
def test_rows_add_up_to_the_ends_and_each_that_separates_them_says_why(
    frame: pd.DataFrame,
) -> None:
    result = reconcile(frame)
    for donor, recipient in SUMS:
        found = result.total(donor, recipient)
        rows = found.included
        if math.isnan(found.low):
            continue
        assert math.fsum(rows["low_eur"]) == found.low
        assert math.fsum(rows["high_eur"]) == found.high
        apart = (rows["high_eur"] - rows["low_eur"]).tolist()
        assert apart == sorted(apart, reverse=True)
        assert found.low <= found.likely <= found.high
        for row in rows.to_dict("records"):
            if row["low_eur"] < row["high_eur"]:
                assert row["reason"].split(";")[0] != "already in EUR", row


@settings(max_examples=25, deadline=None)
@given(claims())
def test_there_is_something_to_settle_while_the_ends_differ(frame: pd.DataFrame) -> None:
    result = reconcile(frame)
    asked = {claim.id for call in review(result.ledger) for claim in call.claims}
    tellers = {one.id: {claim.id for claim in one.claims} for one in result.ledger.pledges}
    for donor, recipient in SUMS:
        found = result.total(donor, recipient)
        for row in found.included.to_dict("records"):
            if row["low_eur"] < row["high_eur"]:
                assert tellers[row["pledge_id"]] & asked, (donor, recipient, row)


def ledger_of(*rows: dict[str, object]) -> pd.DataFrame:
    told = {"source": "a", "donor": "Norway", "recipient": "Ukraine", "currency": "EUR"}
    return pd.DataFrame(
        [
            {"claim_id": f"r{number}", "published": f"2024-0{number + 1}-04"} | told | row
            for number, row in enumerate(rows)
        ]
    )


CASES = {
    "joint": ledger_of({"amount": 5e6, "donor": "Norway|Denmark"}),
    "open-party": ledger_of({"amount": 5e6, "recipient": None}, {"amount": 7e6}),
    "open-amount": ledger_of({"amount_low": 5e6, "text": "over 5 million euros"}),
}


@pytest.mark.parametrize("kind", CASES)
def test_every_answer_to_a_question_settles_the_sum(kind: str) -> None:
    frame = CASES[kind]
    before = reconcile(frame)
    assert before.total("Norway").low < before.total("Norway").high
    call = next(one for one in review(before.ledger) if one.kind == kind)
    assert call.answers
    for way in call.answers:
        block = f'[[decision]]\nkind = "{way.kind}"\nclaims = {[*way.claims]}\nwhy = "asked"\n'
        value = f'value = "{way.value}"\n' if way.value else ""
        decided = Decisions(parse(block + value, "decisions.toml"))
        after = reconcile(frame, decisions=decided).total("Norway")
        assert math.isnan(after.low) or after.low == after.high, way


def test_a_decided_part_counts_in_neither_end_whatever_document_tells_of_it() -> None:
    frame = ledger_of({"amount": 90e6}, {"amount": 5e6, "source": "b", "recipient": None})
    before = reconcile(frame).total("Norway")
    assert before.low < before.high
    decided = Decisions([Decision("part_of", ("r1",), "r0")])
    after = reconcile(frame, decisions=decided).total("Norway")
    assert (after.low, after.high) == (90e6, 90e6)
    assert "a part of" in str(after)


def test_what_is_larger_is_no_part_even_if_it_is_said() -> None:
    frame = ledger_of({"amount": 5e6}, {"amount": 90e6, "source": "b"})
    decided = Decisions([Decision("part_of", ("r1",), "r0")])
    found = reconcile(frame, decisions=decided).total("Norway")
    assert (found.low, found.high) == (95e6, 95e6)


def test_an_amount_a_year_is_one_sum_and_says_so() -> None:
    text = "Norway will give Ukraine 5 million euros a year. Norway gave Ukraine 5 million euros."
    found = reconcile(read_text(text, published="2024-11-04", source="a")).total("Norway")
    assert found.low == 5e6


def test_a_whole_without_receiver_stays_in_the_high_end_beside_its_part() -> None:
    claims = read_text(
        "Norway gives 20 million euros for schools. Norway gives 5 million euros out of that for "
        "books. Norway gives Kenya 7 million euros.",
        published="2024-11-04",
        source="a",
    )
    claims.loc[claims["amount"] != 7e6, "recipient"] = None
    found = reconcile(claims).total("Norway")
    assert found.low <= found.high
    assert found.high == 27e6
