"""Where claims go after decisions: the changed find a place anew, what is apart stays apart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd
from decided import row

from calc.decisions import Decision, Decisions
from calc.reconcile import Reconciliation, reconcile

WORDS = "Norway will give Ukraine 10 million euros for drones, the ministry said on Monday."


def told(name: str, day: str = "2024-09-02", amount: float = 10e6, **more: Any) -> dict[str, Any]:
    return row(name, "Norway", amount, day, **more)


def decided(rows: list[dict[str, Any]], *decisions: Decision) -> Reconciliation:
    return reconcile(pd.DataFrame(rows), decisions=Decisions(decisions))


def homes(result: Reconciliation) -> list[set[str]]:
    """The claims of each pledge."""
    return sorted(({claim.id for claim in one.claims} for one in result.ledger.pledges), key=sorted)


def links(result: Reconciliation) -> dict[frozenset[str], str | None]:
    """Why two claims, each told alone by its source, are kept apart."""
    first = {one.id: one.first.id for pledge in result.ledger.pledges for one in pledge.cluster}
    return {frozenset((first[one.a], first[one.b])): one.refused for one in result.ledger.links}


def test_a_claim_whose_amount_is_decided_joins_the_pledge_that_it_then_fits() -> None:
    rows = [
        told("a"),
        told("b", day="2024-09-03", text="10 million euros", sentence=WORDS),
        told("c", day="2024-09-03", text="10 million euros", sentence=WORDS),
        told("d", day="2024-09-03", amount=25e6),
        told("e", amount=90e6, recipient="Mali"),
    ]
    assert homes(decided(rows)) == [{"a", "b", "c"}, {"d"}, {"e"}]
    after = homes(decided(rows, Decision("amount", ("d",), Decimal(10_000_000))))
    assert after == [{"a", "b", "c", "d"}, {"e"}]


def test_a_claim_that_becomes_a_pledge_takes_its_place_beside_what_it_repeats() -> None:
    rows = [
        told("a", currency="NOK", amount=135e6),
        told("x", currency="USD", amount=12.7e6, role="target", repeats="a", source="a"),
        told("b", currency="NOK", amount=135e6, day="2024-09-03"),
    ]
    assert homes(decided(rows)) == [{"a", "b"}]
    assert homes(decided(rows, Decision("role", ("x",), "pledge"))) == [{"a", "b", "x"}]


SAME, APART = (Decision("same", ("a", "far")), Decision("different", ("b", "far")))
THREE = [
    told("a"),
    told("b", day="2024-09-03"),
    told("c", day="2024-09-03"),
    told("far", day="2024-12-20", amount=25e6, purpose="radars"),
]


def test_what_is_the_same_and_apart_at_once_is_parted_by_its_evidence() -> None:
    assert homes(decided(THREE)) == [{"a", "b", "c"}, {"far"}]
    after = homes(decided(THREE, SAME, APART))
    assert sorted(len(one) for one in after) in ([1, 3], [2, 2])
    assert any({"a", "far"} <= one for one in after)
    assert not any({"b", "far"} <= one for one in after)
    assert sum("c" in one for one in after) == 1


def test_the_order_of_decisions_does_not_change_what_is_parted() -> None:
    assert homes(decided(THREE, SAME, APART)) == homes(decided(THREE, APART, SAME))


def test_what_no_decision_names_goes_to_the_part_that_it_fits_best() -> None:
    rows = [
        *THREE,
        told("late", day="2025-03-01", amount=40e6, recipient="Mali", purpose="wells"),
    ]
    chosen = (SAME, Decision("same", ("b", "late")), Decision("different", ("a", "b")))
    after = homes(decided(rows, *chosen))
    assert len(after) == 2
    assert any({"a", "far"} <= one for one in after)
    assert any({"b", "late"} <= one for one in after)
    assert sum("c" in one for one in after) == 1


def test_a_chain_of_the_same_makes_one_pledge_in_any_order() -> None:
    rows = [told(name, amount=amount, day=day, purpose=purpose) for name, amount, day, purpose in (
        ("a", 10e6, "2024-09-02", "drones"), ("b", 25e6, "2024-12-20", "radars"),
        ("c", 40e6, "2025-02-01", "boats"), ("d", 70e6, "2025-05-01", "roofs"),
    )]  # fmt: skip
    chain = [Decision("same", pair) for pair in (("c", "d"), ("b", "c"), ("a", "b"))]
    assert homes(decided(rows, *chain)) == [{"a", "b", "c", "d"}]
    assert homes(decided(rows, *reversed(chain))) == [{"a", "b", "c", "d"}]


def test_two_that_are_apart_through_others_say_that_it_was_decided() -> None:
    rows = [
        told("a"), told("b", day="2024-09-03"),
        told("c", day="2024-09-04"), told("d", day="2024-09-05"),
        told("k", recipient="Mali", amount=80e6), told("l", recipient="Mali", amount=80e6),
    ]  # fmt: skip
    chosen = (
        Decision("different", ("k", "l")),
        Decision("same", ("a", "c")),
        Decision("same", ("b", "d")),
        Decision("different", ("a", "b")),
    )
    result = decided(rows, *chosen)
    assert homes(result) == [{"a", "c"}, {"b", "d"}, {"k"}, {"l"}]
    found = links(result)
    assert found[frozenset("cd")] == "by decision"
    assert str(found[frozenset("ab")]).startswith("by decision")
    assert found.get(frozenset("ac")) is None
