"""Worlds of bulletins: repeatable, true to their texts, complete in what they say is true."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
SEEDS = (1, 2, 3, 4)


@pytest.fixture(scope="module")
def bulletins() -> Iterator[ModuleType]:
    if not BENCHMARKS.is_dir():
        pytest.skip("the benchmarks are not part of an installed package")
    sys.path.append(str(BENCHMARKS))
    yield importlib.import_module("worlds.bulletins")
    sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def worlds(bulletins: ModuleType) -> list[Any]:
    return [bulletins.make(bulletins.WIDE, 600, 3, seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def filled(bulletins: ModuleType) -> list[Any]:
    return [bulletins.make(bulletins.FILLED, 600, 3, seed) for seed in SEEDS]


def names_of(column: str) -> dict[str, tuple[str, ...]]:
    """The ways to name a party of a world of bulletins."""
    parties = importlib.import_module("worlds.bulletins.parties")
    known: dict[str, tuple[str, ...]] = {
        one.name: (one.name, one.adjective) for one in parties.GIVERS
    }
    for one in (*parties.COUNTRIES, *parties.FUNDS, *parties.AGENCIES):
        known[one.name] = one.names if column == "recipient" else (one.name, *one.names)
    return known


def test_one_seed_gives_one_world(bulletins: ModuleType) -> None:
    first, again = (bulletins.make(bulletins.WIDE, 300, 2, 7) for _ in range(2))
    pd.testing.assert_frame_equal(first.world.claims, again.world.claims)
    pd.testing.assert_frame_equal(first.world.truth, again.world.truth)
    pd.testing.assert_frame_equal(first.world.pledges, again.world.pledges)
    assert first.articles == again.articles
    other = bulletins.make(bulletins.WIDE, 300, 2, 8)
    assert not first.world.claims["claim_id"].isin(other.world.claims["claim_id"]).any()


def test_the_table_alone_and_the_texts_alone_are_of_the_same_world(bulletins: ModuleType) -> None:
    made = bulletins.make(bulletins.WIDE, 300, 2, 7)
    table = bulletins.make_world(bulletins.WIDE, 300, 2, 7)
    pd.testing.assert_frame_equal(made.world.claims, table.claims)
    assert made.articles == bulletins.articles(bulletins.WIDE, 300, 2, 7)


def test_the_number_of_claims_is_about_what_was_asked_for(bulletins: ModuleType) -> None:
    for claims, density in ((400, 1), (400, 12), (2000, 4)):
        world = bulletins.make_world(bulletins.WIDE, claims, density, 3)
        assert 0.7 * claims <= len(world.claims) <= 1.4 * claims


def test_every_amount_stands_in_its_sentence_and_at_its_place(worlds: list[Any]) -> None:
    for made in worlds:
        claims = made.world.claims.set_index("claim_id")
        places = 0
        for article in made.articles:
            for place in article.places:
                claim = claims.loc[place.claim_id]
                start = int(claim["sentence_start"])
                end = start + len(claim["sentence"])
                assert article.text[place.start : place.end] == claim["text"]
                assert article.text[start:end] == claim["sentence"]
                assert start <= place.start < place.end <= end
                assert (claim["start"], claim["end"]) == (place.start, place.end)
                assert claim["source"] == article.source
                assert claim["published"].date() == article.published
            places += len(article.places)
        assert places == len(claims)


def test_no_two_amounts_of_an_article_overlap(worlds: list[Any]) -> None:
    for made in worlds:
        for article in made.articles:
            spans = sorted((place.start, place.end) for place in article.places)
            assert all(one[1] <= two[0] for one, two in pairwise(spans))


def test_no_mark_of_the_making_is_left_in_a_text(worlds: list[Any]) -> None:
    for made in worlds:
        for article in made.articles:
            assert not set("{}\x00") & set(article.text + article.title), article.text


@pytest.mark.parametrize("column", ["donor", "recipient"])
def test_who_gives_and_receives_is_told_somewhere(filled: list[Any], column: str) -> None:
    known = names_of(column)
    for made in filled:
        told = {one.source: f"{one.title} {one.publisher} {one.text}" for one in made.articles}
        named = made.world.claims[made.world.claims[column].notna()]
        assert len(named) > 0.9 * len(made.world.claims)
        for source, parties in zip(named["source"], named[column], strict=True):
            for party in parties.split("|"):
                assert any(name in told[source] for name in known[party]), (party, told[source])


def test_every_claim_has_its_truth_and_every_truth_its_pledge(worlds: list[Any]) -> None:
    for made in worlds:
        claims, truth, pledges = made.world
        assert claims["claim_id"].is_unique
        assert claims["claim_id"].tolist() == truth["claim_id"].tolist()
        known = set(pledges["object_id"])
        assert len(known) == len(pledges)
        assert set(pledges["whole"].dropna()) <= known
        of_pledges = truth[truth["kind"] == "pledge"]
        assert set(of_pledges["object_id"]) <= known
        assert set(of_pledges["whole"].dropna()) <= known
        assert of_pledges["true_amount"].notna().all()
        totals = truth[truth["kind"] == "total"]
        assert totals["series"].notna().all()
        assert totals["true_amount"].notna().all()
        assert set(truth["kind"]) <= {"pledge", "total", "target"}


def test_a_claim_is_printed_near_its_truth_unless_a_cause_is_named(worlds: list[Any]) -> None:
    for made in worlds:
        joined = made.world.claims.merge(made.world.truth, on="claim_id")
        joined = joined.merge(made.world.pledges[["object_id", "home"]], on="object_id", how="left")
        own = joined[(joined["kind"] == "pledge") & joined["rate_day"].isna()]
        plain = own[own["cause"] == "none"]
        assert len(plain) > 0.3 * len(joined)
        assert ((plain["amount"] / plain["true_amount"] - 1).abs() < 0.001).all()
        alike = (plain["currency"] == plain["home"]) | (plain["currency_basis"] == "ambiguous")
        assert alike.all()
        turned = joined[joined["rate_day"].notna() & (joined["cause"] == "none")]
        assert ((turned["amount"] / turned["fair"] - 1).abs() < 0.06).all()


def test_a_conversion_stands_beside_the_amount_that_it_converts(worlds: list[Any]) -> None:
    for made in worlds:
        claims, truth, _pledges = made.world
        by_id = claims.set_index("claim_id")
        objects = truth.set_index("claim_id")["object_id"]
        beside = claims[claims["conversion_of"].notna()]
        assert beside["claim_id"].tolist() == truth.loc[truth["conversion"], "claim_id"].tolist()
        for name, base in zip(beside["claim_id"], beside["conversion_of"], strict=True):
            assert by_id.loc[name, "sentence"] == by_id.loc[base, "sentence"]
            assert objects[name] == objects[base]


def test_parts_add_up_to_their_whole(worlds: list[Any]) -> None:
    seen = 0
    for made in worlds:
        pledges = made.world.pledges.set_index("object_id")
        parts = pledges[pledges["whole"].notna()]
        suffix = parts.index.str.rsplit(":", n=1).str[-1].str[0]
        for kind, tolerance in (("t", 0.02), ("s", 0.001)):
            for whole, group in parts[suffix == kind].groupby("whole"):
                if len(group) > 1:
                    seen += 1
                    assert group["amount"].sum() == pytest.approx(
                        pledges.loc[whole, "amount"], rel=tolerance
                    )
        for name, part in parts[suffix == "u"].iterrows():
            assert part["amount"] < pledges.loc[part["whole"], "amount"], name
    assert seen > 10


def test_the_sum_of_true_pledges_is_the_sum_of_what_the_claims_tell(worlds: list[Any]) -> None:
    """Each pledge told of, at its last worth; tranches and parts only through their whole."""
    for made in worlds:
        _claims, truth, pledges = made.world
        told = truth[truth["kind"] == "pledge"]
        objects = set(told["object_id"]) | set(told["whole"].dropna())
        known = pledges[pledges["object_id"].isin(objects) & pledges["whole"].isna()]
        tops = told["whole"].fillna(told["object_id"])
        assert set(tops) == set(known["object_id"])
        # Of a pledge that never changed every claim tells the same truth: the amount of the table.
        most = told[told["whole"].isna()].groupby("object_id")["true_amount"].agg(["min", "max"])
        most = most.join(known.set_index("object_id")["amount"], how="inner")
        steady = most[most["min"] == most["max"]]
        changed = most[most["min"] != most["max"]]
        assert len(steady) > 0.8 * len(most)
        assert (changed["max"] == changed["amount"]).all()
        early = steady[steady["max"] != steady["amount"]]  # told before a change, not after it
        assert len(early) <= 0.1 * len(most)


def test_yearly_payments_and_twins_are_pledges_of_their_own(worlds: list[Any]) -> None:
    yearly = 0
    for made in worlds:
        pledges = made.world.pledges
        again = pledges[pledges["object_id"].str.contains(r":y\d+$")]
        assert again["whole"].isna().all()
        first = pledges.set_index("object_id").loc[again["object_id"].str.rsplit(":", n=1).str[0]]
        assert again["amount"].tolist() == first["amount"].tolist()
        yearly += len(again)
    assert yearly > 3


def test_totals_of_a_series_only_grow(worlds: list[Any]) -> None:
    longest = 0
    for made in worlds:
        truth = made.world.truth
        totals = truth[
            (truth["kind"] == "total") & ~truth["series"].fillna("").str.contains("conf")
        ]
        for _series, group in totals.groupby("series"):
            points = group.drop_duplicates("object_id")
            days = points["object_id"].str.rsplit(":", n=1).str[-1].astype(int)
            # The printed sum of a point is rounded: the next may be lower in its last digit.
            amounts = points["true_amount"].iloc[days.argsort()].tolist()
            assert all(two >= 0.9 * one for one, two in pairwise(amounts))
            longest = max(longest, len(points))
    assert longest >= 4


def test_seeds_differ_in_habits(bulletins: ModuleType, worlds: list[Any]) -> None:
    habits = pd.DataFrame([made.habits for made in worlds])
    settings = importlib.import_module("worlds.bulletins.settings")
    ranges = {name: high - low for name, (low, high) in settings.RANGES.items()}
    spread = (habits.max() - habits.min()) / pd.Series(ranges)
    assert (spread > 0.1).mean() > 0.9
    blanks = [made.world.claims["purpose"].isna().mean() for made in worlds]
    assert max(blanks) - min(blanks) > 0.1
    with pytest.raises(ValueError, match="no such habit"):
        bulletins.make(bulletins.Settings("odd", {"commas": (0.0, 1.0)}), 50, 1, 1)


def test_a_third_of_the_amounts_stand_in_lists_or_rows(worlds: list[Any]) -> None:
    lists = [
        made.world.claims["source"].map(made.world.claims["source"].value_counts()).ge(3)
        | made.world.claims["sentence"].str.match(r"[-•*–|]|\d+\. ")
        for made in worlds
    ]
    assert pd.concat(lists).mean() > 1 / 3


def test_blank_cells_have_the_share_of_the_world(bulletins: ModuleType) -> None:
    shares = {"blank_donor": (0.5, 0.5), "blank_status": (0.0, 0.0), "blank_by_source": (0.0, 0.0)}
    world = bulletins.make_world(bulletins.Settings("blank", shares), 800, 2, 1)
    pledges = world.claims[(world.truth["kind"] == "pledge").to_numpy()]
    assert 0.4 < pledges["donor"].isna().mean() < 0.6
    assert world.claims["status"].notna().all()
