"""The range of a sum of many pledges: by the chance that each is money of its own."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calc.reconcile import Reconciliation, reconcile
from calc.sums.chances import spread

amounts = st.floats(1.0, 1e9, allow_nan=False)
shares = st.floats(0.02, 1.0, allow_nan=False)


@example([(1.0, 0.9375), (1.0, 0.9375), (1.0, 0.96875)])
@given(st.lists(st.tuples(amounts, shares), min_size=1, max_size=12))
def test_the_range_holds_a_sum_that_is_possible(
    pledges: list[tuple[float, float]],
) -> None:
    low, high = spread([amount for amount, _ in pledges], [own for _, own in pledges])
    sure = sum(amount for amount, own in pledges if own == 1)
    every = sum(amount for amount, _ in pledges)
    assert 0 <= low <= high
    assert low <= every * (1 + 1e-9)
    assert high >= sure * (1 - 1e-9)


@given(st.lists(st.tuples(st.integers(1, 50), shares), min_size=1, max_size=8))
def test_seven_of_ten_possible_sums_lie_in_the_range(pledges: list[tuple[int, float]]) -> None:
    low, high = spread([float(amount) for amount, _ in pledges], [own for _, own in pledges])
    step = sum(amount for amount, _ in pledges) / 1000 * len(pledges)  # of the grid, each pledge
    inside = 0.0
    for there in product((False, True), repeat=len(pledges)):
        chance, total = 1.0, 0.0
        for (amount, own), counts in zip(pledges, there, strict=True):
            chance *= own if counts else 1 - own
            total += amount * counts
        inside += chance * (low - step <= total <= high + step)
    assert inside >= 0.7 - 1e-9


def _many(**last: object) -> Reconciliation:
    """Ten pledges of one donor, the last one told as said."""
    topics = ["tents", "seeds", "wells", "boats", "roofs", "looms", "mills", "pumps", "coats", "x"]
    rows = [
        {
            "claim_id": f"c{number}-{voice}",
            "source": f"s{number}-{voice}",
            "publisher": f"outlet {voice}",
            "donor": "Estonia",
            "recipient": "Ukraine",
            "currency": "EUR",
            "amount": (17 + number * 13) * 1e6,
            "published": f"2024-{number + 1:02}-04",
            "sentence": f"Tallinn gives {17 + number * 13} million euros for {topic} ({voice}).",
        }
        for number, topic in enumerate(topics)
        for voice in range(3)
    ]
    rows = [*rows[:-3], rows[-3] | last]
    return reconcile(pd.DataFrame(rows))


def test_what_one_voice_recalls_is_the_least_sure_of_many_pledges() -> None:
    news = {"sentence": "Tallinn gives 134 million euros for boots."}
    recalled = {"sentence": "It recalled the 134 million euros that it had promised for boots."}
    chance = {}
    for name, told in (("news", news), ("recalled", recalled)):
        included = _many(**told).total(donor="Estonia").included.set_index("amount")["chance"]
        chance[name] = included.loc[134e6]
        assert included.drop(134e6).min() > chance[name]
    assert chance["recalled"] < chance["news"]


def test_the_reason_says_how_likely_and_why() -> None:
    told = {"sentence": "It recalled the 134 million euros that it had promised for boots."}
    total = _many(**told).total(donor="Estonia")
    reason = total.included.set_index("amount")["reason"].loc[134e6]
    assert "% likely a separate pledge: one source only, recalling an old promise" in reason
    assert "likely, not certain" in total.note
    assert total.low <= total.likely <= total.high  # no other pledge has its amount


def test_few_pledges_without_a_sign_of_doubt_are_simply_added() -> None:
    rows = [
        {"donor": "Estonia", "recipient": "Ukraine", "amount": amount, "currency": "EUR",
         "published": f"2024-0{month}-04", "source": f"s{month}"}
        for month, amount in ((1, 11e6), (4, 23e6), (8, 57e6))
    ]  # fmt: skip
    total = reconcile(pd.DataFrame(rows)).total(donor="Estonia")
    assert (total.low, total.high) == (91e6, 91e6)
    assert total.included["chance"].isna().all()


@pytest.mark.parametrize("order", [1, -1])
def test_the_range_does_not_depend_on_the_order(order: int) -> None:
    pledges = [(5.0, 0.7), (90.0, 0.4), (12.0, 1.0), (33.0, 0.9)][::order]
    found = spread([amount for amount, _ in pledges], [own for _, own in pledges])
    assert found == pytest.approx(spread([5.0, 90.0, 12.0, 33.0], [0.7, 0.4, 1.0, 0.9]), rel=2e-3)
