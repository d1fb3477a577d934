"""Checks and reconciliations: order, copies and batches decide nothing, and a decision is one."""

from __future__ import annotations

import math
import random
from typing import Any

import pandas as pd
from decided import EVERY_KIND, world
from hypothesis import given
from hypothesis import strategies as st
from strategies import claims, orders, stated, tries

from calc import schema
from calc.checks import check
from calc.decisions import Decision, Decisions
from calc.reconcile import Reconciliation, reconcile

WORDS = "explanation"
TABLES = ("pledges", "totals", "findings", "checks")


def shuffled(table: pd.DataFrame, order: random.Random) -> pd.DataFrame:
    """The same rows in another order."""
    places = list(range(len(table)))
    order.shuffle(places)
    return table.iloc[places].reset_index(drop=True)


def same(first: Reconciliation, second: Reconciliation) -> None:
    """Assert that two reconciliations say the same, row for row; claims keep their order."""
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
    a, b = (one.claims.sort_values("claim_id", ignore_index=True) for one in (first, second))
    pd.testing.assert_frame_equal(a, b)
    assert ends(first) == ends(second)
    assert first.sentences() == second.sentences()
    assert str(first.total()) == str(second.total())


def ends(result: Reconciliation) -> tuple[float | None, float | None]:
    """The ends of the sum, None where nothing could be added up."""
    total = result.total()
    return tuple(None if math.isnan(end) else end for end in (total.low, total.high))  # type: ignore[return-value]


@tries(15)
@given(stated(), orders)
def test_verdicts_do_not_depend_on_order(table: pd.DataFrame, order: random.Random) -> None:
    pd.testing.assert_frame_equal(check(table), check(shuffled(table, order)))


@tries(15)
@given(stated(), st.integers(0, 5))
def test_verdicts_do_not_depend_on_batches(table: pd.DataFrame, cut: int) -> None:
    """A verdict is the same; its words may go on to name another source that settles a slip."""
    place = 2 * min(cut, len(table) // 2)
    batches = [check(part) for part in (table.iloc[:place], table.iloc[place:]) if len(part)]
    whole = check(table).sort_values("claim_id", ignore_index=True)
    joined = pd.concat(batches, ignore_index=True).sort_values("claim_id", ignore_index=True)
    pd.testing.assert_frame_equal(joined.drop(columns=WORDS), whole.drop(columns=WORDS))
    for more, told in zip(whole[WORDS], joined[WORDS], strict=True):
        assert more.startswith(told.rstrip("."))


@tries(10)
@given(stated())
def test_a_copy_of_a_document_changes_no_verdict(table: pd.DataFrame) -> None:
    copy = table.assign(
        claim_id=table["claim_id"] + "x",
        source=table["source"] + " copy",
        conversion_of=table["conversion_of"].map(lambda one: one + "x", na_action="ignore"),
    )
    found = check(pd.concat([table, copy], ignore_index=True)).set_index("claim_id")
    alone = check(table).set_index("claim_id")
    for name in ("verdict", "power", "windows", "rate_date"):
        assert found.loc[alone.index, name].equals(alone[name])
        assert found.loc[alone.index + "x", name].tolist() == alone[name].tolist()


@tries(10)
@given(claims(), orders)
def test_a_reconciliation_does_not_depend_on_order(
    table: pd.DataFrame, order: random.Random
) -> None:
    same(reconcile(table), reconcile(shuffled(table, order)))


@tries(10)
@given(claims(6), st.sampled_from(["a", "b", "c"]))
def test_a_copy_of_a_document_adds_no_money(table: pd.DataFrame, name: str) -> None:
    copied = table[table["source"] == name]
    copy = copied.assign(claim_id=copied["claim_id"] + "x", source=f"{name} copy")
    before, _ = ends(reconcile(table))
    after, _ = ends(reconcile(pd.concat([table, copy], ignore_index=True)))
    assert (after or 0) <= (before or 0)


@tries(8)
@given(claims(5), claims(5))
def test_documents_about_others_do_not_meet(one: pd.DataFrame, other: pd.DataFrame) -> None:
    """What is told of other givers in other documents changes no pledge."""
    donors = {"Norway": "Japan", "Sweden": "Canada", "Norway|Sweden": "Japan|Canada"}
    far = other.assign(
        claim_id="z" + other["claim_id"].str[1:],
        source="far " + other["source"],
        donor=other["donor"].map(donors).fillna("Brazil"),
        recipient=other["recipient"].map({"Ukraine": "Nepal", "Kenya": "Peru"}).fillna("Peru"),
    )
    near = one.assign(
        donor=one["donor"].fillna("Norway"), recipient=one["recipient"].fillna("Ukraine")
    )
    alone = reconcile(near).pledges
    both = reconcile(pd.concat([near, far], ignore_index=True)).pledges
    kept = both[both["pledge_id"].isin(alone["pledge_id"])].reset_index(drop=True)
    columns = ["claim_ids", "amount", "low", "high", "currency", "status"]
    pd.testing.assert_frame_equal(
        kept[columns].sort_values("claim_ids", ignore_index=True),
        alone[columns].sort_values("claim_ids", ignore_index=True),
    )


@tries(10)
@given(claims())
def test_a_sum_is_between_its_rows(table: pd.DataFrame) -> None:
    low, high = ends(reconcile(table))
    assert low is None or high is None or low <= high
    if not (table["amount"] < 0).any():  # a register has corrections, which are subtracted
        assert (low or 0) >= 0


some = st.lists(st.sampled_from([*EVERY_KIND[2:5], *EVERY_KIND[6:9]]), min_size=1, max_size=4)


@tries(6)
@given(some, orders)
def test_a_decision_taken_twice_is_one(decided: list[Decision], order: random.Random) -> None:
    twice = [*decided, *decided]
    order.shuffle(twice)
    same(_decided(decided), _decided(twice))


@tries(6)
@given(some)
def test_what_decisions_made_of_claims_they_leave_alone(decided: list[Decision]) -> None:
    once = Decisions(decided).apply(world())
    again = Decisions(decided).apply(once)
    for name in schema.CLAIMS:
        if name in once:
            assert again[name].equals(once[name]), name


def _decided(blocks: list[Decision]) -> Any:
    return reconcile(world(), decisions=Decisions(blocks))
