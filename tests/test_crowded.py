"""A crowded block, where only the likeliest pairs are weighed, finds what weighing all finds."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd
import pytest

from calc.links import contraction, crowded
from calc.reconcile import Reconciliation, reconcile

PURPOSES = ("radars", "ambulances", "drones", "boats", "shelters", "generators")


def table(count: int, copies: int = 3) -> pd.DataFrame:
    """So many pledges of one giver to one receiver, each told by some sources within days."""
    chance = random.Random(5)
    rows: list[dict[str, Any]] = []
    for number in range(count):
        day = pd.Timestamp("2022-03-01") + pd.Timedelta(days=45 * number)
        for copy in range(copies):
            rows.append(
                {
                    "claim_id": f"c{number:03}-{copy}",
                    "source": f"paper {copy}, {number}",
                    "donor": "Norway",
                    "recipient": "Ukraine",
                    "amount": float(chance.randrange(11, 999)) * 1e6 if not copy else None,
                    "currency": ("NOK", "EUR")[number % 2],
                    "published": day + pd.Timedelta(days=copy),
                    "purpose": PURPOSES[number % len(PURPOSES)],
                }
            )
            rows[-1]["amount"] = rows[-1]["amount"] or rows[-2]["amount"]
    return pd.DataFrame(rows)


@pytest.fixture
def in_a_crowd(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Few claims count as many; the list has how many pairs were weighed each time."""
    weighed: list[int] = []

    def likeliest(*asked: Any) -> list[tuple[int, int]]:
        found = crowded.likeliest(*asked)
        weighed.append(len(found))
        return found

    monkeypatch.setattr(contraction, "likeliest", likeliest)
    monkeypatch.setattr(contraction, "CROWDED", 5)
    monkeypatch.setitem(reconcile.__globals__, "_MANY", 5)
    return weighed


def together(result: Reconciliation) -> set[str]:
    return set(result.pledges["claim_ids"])


def few_and_crowded(claims: pd.DataFrame, request: pytest.FixtureRequest) -> list[Reconciliation]:
    """The claims reconciled by weighing all pairs, and by weighing the likeliest."""
    every = reconcile(claims)
    weighed = request.getfixturevalue("in_a_crowd")
    result = reconcile(claims)
    assert together(result)
    assert sum(weighed) > 0
    return [every, result]


def test_the_likeliest_pairs_are_those_that_all_pairs_would_join(
    request: pytest.FixtureRequest,
) -> None:
    every, likeliest = few_and_crowded(table(20), request)
    assert together(likeliest) == together(every)
    assert len(together(every)) == 20
    assert (likeliest.total().low, likeliest.total().high) == (
        every.total().low,
        every.total().high,
    )


def test_more_voices_than_are_weighed_still_meet(in_a_crowd: list[int]) -> None:
    """Each is weighed against some of the others, and all of them hang together."""
    assert len(reconcile(table(2, copies=30)).pledges) == 2
    assert 0 < sum(in_a_crowd) < 60 * 59 / 2


def test_claims_without_amount_or_day_are_weighed_too(request: pytest.FixtureRequest) -> None:
    claims = table(6)
    claims.loc[claims["claim_id"].str.endswith("-2"), "published"] = pd.NaT
    claims.loc[3, "amount"] = None
    every, likeliest = few_and_crowded(claims, request)
    assert together(likeliest) == together(every)


def test_the_order_of_a_crowd_does_not_matter(in_a_crowd: list[int]) -> None:
    claims = table(12)
    shuffled = claims.sample(frac=1, random_state=3)
    assert together(reconcile(claims)) == together(reconcile(shuffled))
    assert len(in_a_crowd) >= 2
