"""The range of a sum of many pledges: by the chance that each is money of its own."""

from __future__ import annotations

import pandas as pd

from calc.reconcile import Reconciliation, reconcile


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
