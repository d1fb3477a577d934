"""Parts and wholes of one document: which surely make it up, and which only may."""

from __future__ import annotations

import pytest

from calc.claims import read_text
from calc.reconcile import reconcile
from calc.sums.safe_sum import SafeSum


def total(text: str, donor: str | None = "Norway") -> SafeSum:
    claims = read_text(text, published="2025-04-04", source="page")
    return reconcile(claims).total(donor=donor)


SURELY = [
    # another amount stands between the whole and its parts
    ("Norway will give Ukraine 615 million euros. Norway gives Ukraine 300 million euros out of "
     "this under the deal, in which it undertook to give Ukraine 1 billion euros a year. Norway "
     "gives Ukraine 100 million euros more for boats. The remaining 215 million euros from Norway "
     "for Ukraine are for schools.", 1e9, 1.615e9),
    # whole and parts are rounded, each by itself
    ("Norway will give Ukraine 5.8 billion euros. Norway gives Ukraine 4.3 billion euros this "
     "year, 1.4 billion euros in 2026 and 52 million euros in 2027.", 5.8e9, 5.8e9),
    # single digits, in one sentence behind the whole
    ("Norway will give Ukraine 90 million euros. Norway gives Ukraine 30 million euros for the "
     "budget and 60 million euros for arms.", 90e6, 90e6),
    # one amount is a part twice
    ("Norway will give Ukraine 350 million euros. Norway gives Ukraine 150 million euros for "
     "boats, 100 million euros for schools and 100 million euros for roads.", 350e6, 350e6),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "high"), SURELY)
def test_parts_that_make_their_whole_count_in_neither_end(
    text: str, low: float, high: float
) -> None:
    found = total(text)
    assert [found.low, found.high] == pytest.approx([low, high])


PERHAPS = [
    # two equal amounts of one digit come to a third by accident
    ("Norway gave Ukraine 10 million euros for roads. Norway gave Ukraine 5 million euros for "
     "schools and 5 million euros for hospitals.", 10e6, 20e6),
    # not to the digit, and not right behind it
    ("Norway gave Ukraine 100 million euros. Norway gave Ukraine 60 million euros for boats. "
     "Norway gave Ukraine 43 million euros for schools.", 100e6, 203e6),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "high"), PERHAPS)
def test_what_comes_to_a_whole_by_accident_separates_the_ends(
    text: str, low: float, high: float
) -> None:
    found = total(text)
    assert [found.low, found.high] == pytest.approx([low, high])


def test_a_whole_does_not_lie_in_what_its_own_parts_make() -> None:
    found = total(
        "Norway gave Ukraine 72.5 million euros: 50 million euros for boats and 22.5 million "
        "euros for schools. It gave Kenya 145 million euros."
    )
    assert found.low == pytest.approx(217.5e6)


def test_the_parts_of_a_whole_for_all_may_be_for_single_receivers() -> None:
    claims = read_text(
        "Norway gave 64 million euros for the region. Norway gave Kenya 43 million euros and Chad "
        "21 million euros.",
        published="2025-04-04",
    )
    claims.loc[claims["amount"] == 64e6, "recipient"] = None
    found = reconcile(claims).total("Norway")
    assert (found.low, found.high) == (64e6, 64e6)


SHARES = [
    "Sweden, Norway and Denmark will give Ukraine about 500 million dollars. Denmark gives Ukraine "
    "90 million dollars. Norway gives Ukraine 1.5 billion Norwegian kroner. Sweden gives Ukraine "
    "275 million dollars.",
    "Norway and Denmark will give Ukraine 71 million dollars. Norway gives Ukraine 63 million "
    "dollars. Denmark gives Ukraine 8.7 million dollars.",
]


@pytest.mark.parametrize("text", SHARES)
def test_shares_of_every_giver_make_the_joint_sum_at_the_rates_of_the_day(text: str) -> None:
    found = total(text)
    assert found.low == found.high
    assert "given together" not in found.included.loc[found.included["in_low"], "reason"].item()


def test_the_share_of_one_giver_leaves_the_rest_open() -> None:
    found = total(
        "Norway and Denmark will give Ukraine 71 million dollars. Norway gives Ukraine 23 million "
        "dollars."
    )
    assert found.low < found.high


NAMED = [
    # "of that", "out of this", "included in this": the nearest larger amount before
    ("Norway will give Ukraine 479 million euros. Norway gives Ukraine 250 million euros of this "
     "as new money.", 479e6),
    ("Norway gives Ukraine 295 million euros for 2025. Included in this is additional financing "
     "of 145 million euros by Norway for Ukraine.", 295e6),
    ("Norway will give Ukraine 450 million euros. Norway's commitment includes 300 million euros "
     "for Ukraine's schools.", 450e6),
    # "the sum is part of": the amount right before
    ("Norway pays Ukraine 30 million euros in May. This is the first tranche of a package of 900 "
     "million euros for Ukraine from Norway.", 900e6),
]  # fmt: skip


@pytest.mark.parametrize(("text", "amount"), NAMED)
def test_a_part_that_its_words_point_out_counts_in_neither_end(text: str, amount: float) -> None:
    found = total(text)
    assert (found.low, found.high) == (amount, amount)


MORE = [
    # "another" adds to the amount right before it, and that may be a part of the first
    ("Norway will give Ukraine 16 million euros. Norway gives Ukraine 4 million euros for boats. A "
     "further 7 million euros from Norway for Ukraine are for schools.", 16e6),
    # one payment before the other
    ("In January Norway gave Ukraine 11 million euros for food. On Monday Norway gave Ukraine 5 "
     "million euros for food.", 16e6),
    # what is new is no part of what was told before
    ("Norway announced a new package of 175 million euros for Ukraine. Norway had earlier "
     "announced 209 million euros for Ukraine.", 384e6),
    # the sum of one sentence is no more
    ("Norway will give Ukraine 280 million euros in 2026, with 1.1 billion euros in all over four "
     "years.", 1.1e9),
    # a payment is out of what was committed
    ("Norway has committed 3 billion euros to Ukraine for two years; in 2024 it paid Ukraine 1.7 "
     "billion euros.", 3e9),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low"), MORE)
def test_the_low_end_of_amounts_told_side_by_side(text: str, low: float) -> None:
    assert total(text).low == low


FURTHER = [
    # "another" after a part told in its own sentence
    ("Norway will give Ukraine 300 million euros. Of it 80 million euros from Norway for Ukraine "
     "are for the budget, another 135 million euros for power.", 300e6),
    # an equal amount told once more, as it was promised then
    ("Norway pledged 2.3 billion euros to Ukraine. It was in September 2023 that Norway had vowed "
     "an additional 2.3 billion euros to Ukraine.", 2.3e9),
    # the first of a larger sum, both in one sentence
    ("The first 2 billion euros from Norway, whose promise is a package of 5 billion euros for "
     "Ukraine, reached Ukraine.", 5e9),
    # a tranche of what was told before, paid long ago
    ("Norway gives Ukraine a loan of 15.6 billion euros. In April 2023 Norway paid Ukraine a first "
     "tranche of 2.7 billion euros.", 15.6e9),
    # a month in the sum of a year
    ("Norway gave Ukraine 493.77 million euros. In April Norway paid Ukraine 77.44 million euros.",
     493.77e6),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low"), FURTHER)
def test_what_may_be_within_a_sum_told_above_is_not_in_the_low_end(text: str, low: float) -> None:
    assert total(text).low == low


def test_what_each_receiver_gets_is_its_own_and_makes_the_joint_sum() -> None:
    claims = read_text(
        "Norway will lend Belize and Chad 8 million euros in total. Norway gives Belize and Chad "
        "4 million euros each.",
        published="2025-04-04",
    )
    claims["donor"], claims["recipient"], claims["role"] = "Norway", "Belize|Chad", "pledge"
    result = reconcile(claims)
    every, alone = result.total("Norway"), result.total("Norway", "Chad")
    assert (every.low, every.high) == (8e6, 8e6)
    assert (alone.low, alone.high) == (4e6, 4e6)


def test_shares_of_every_receiver_make_the_joint_sum() -> None:
    claims = read_text(
        "Norway gives Moldova and Chad 70 million euros. Norway gives Moldova 41 million euros. "
        "Norway gives Chad 29 million euros.",
        published="2025-04-04",
    )
    found = reconcile(claims).total("Norway", "Chad")
    assert (found.low, found.high) == (29e6, 29e6)


def test_an_amount_before_a_change_is_not_in_the_low_end() -> None:
    claims = read_text(
        "Norway lifts its aid for Ukraine from 75 million euros to 135 million euros.",
        published="2025-04-04",
    )
    claims.loc[claims["amount"] == 135e6, "role"] = "total"
    found = reconcile(claims).total("Norway")
    assert found.low == 0
    assert "before a change" in str(found)


COMPARED = [
    ("Britain will give Yemen £87 million this year, compared with £164 million in 2020.", "UK"),
    ("Britain will give Yemen £87 million this year; last year it was £64 million.", "UK"),
    ("Bhutan gets Rs 2,068 crore from India as against Rs 2,398 crore.", "India"),
]


@pytest.mark.parametrize(("text", "donor"), COMPARED)
def test_the_sum_of_another_year_told_for_comparison_is_in_the_high_end_alone(
    text: str, donor: str
) -> None:
    found = total(text, donor)
    assert 0 < found.low < found.high
    assert "of another year, for comparison" in found.included["reason"].iloc[0]


def test_a_drawing_may_be_a_part_of_the_programme_though_no_rate_is_known_of_its_rights() -> None:
    found = total(
        "The IMF will lend Kenya SDR254 million (about US$350 million) under the Extended Fund "
        "Facility. In March 2023 the IMF had approved SDR 2.286 billion (about US$3 billion) for "
        "Kenya.",
        "IMF",
    )
    assert found.included["low_eur"].max() == found.low


def test_what_a_sum_was_raised_by_is_a_part_of_what_it_was_raised_to() -> None:
    found = total(
        "Norway's support for Ukraine shall go up by 2.1 million euros. It lifts the money that "
        "Norway gives Ukraine to 3.6 million euros."
    )
    assert (found.low, found.high) == (3.6e6, 3.6e6)
