"""A pledge that leaves its giver or receiver open, asked for by one that its text names."""

from __future__ import annotations

from calc.claims import read_text
from calc.reconcile import Reconciliation, reconcile


def told(text: str) -> Reconciliation:
    return reconcile(read_text(text, published="2025-04-04", source="page"))


def blank(result: Reconciliation, **cells: None) -> Reconciliation:
    """The same claims with a column left open."""
    return reconcile(result.claims.assign(**cells)[[*read_text("").columns]])


OPEN_RECEIVER = blank(told("Norway gave Kenya 5 million euros for schools."), recipient=None)
OPEN_GIVER = blank(told("Norway gave Kenya 5 million euros for schools."), donor=None)


def test_an_open_receiver_that_the_text_names_counts_in_the_high_end_alone() -> None:
    found = OPEN_RECEIVER.total("Norway", "Kenya")
    assert (found.low, found.high) == (0.0, 5e6)
    assert "names no recipient, but its text mentions Kenya" in str(found)


def test_of_a_receiver_that_no_text_names_nothing_is_known() -> None:
    assert OPEN_RECEIVER.total("Norway", "Chad").nobody


def test_an_open_giver_that_the_sentence_names_counts_in_the_high_end_alone() -> None:
    found = OPEN_GIVER.total("Norway", "Kenya")
    assert (found.low, found.high) == (0.0, 5e6)


def test_a_giver_whose_gift_the_document_tells_gets_no_other_one() -> None:
    told_of_both = told("Norway gave Kenya 5 million euros. Norway gave Kenya 7 million kroner.")
    claims = told_of_both.claims[[*read_text("").columns]].copy()
    claims.loc[claims["currency"] == "NOK", "donor"] = None
    found = reconcile(claims).total("Norway", "Kenya")
    assert (found.low, found.high) == (5e6, 5e6)


def test_rows_of_what_may_be_meant_add_up_to_the_ends() -> None:
    found = OPEN_RECEIVER.total("Norway", "Kenya")
    assert found.included["high_eur"].sum() == found.high
    assert found.included["low_eur"].sum() == found.low
