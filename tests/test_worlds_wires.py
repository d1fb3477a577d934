"""The made worlds of the wires: repeatable, told in full, and true to themselves."""

from __future__ import annotations

import doctest
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from calc import schema
from calc.claims import read_text

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def wires() -> Iterator[ModuleType]:
    if not BENCHMARKS.is_dir():
        pytest.skip("the benchmarks are not part of an installed package")
    sys.path.append(str(BENCHMARKS))
    yield importlib.import_module("worlds.wires")
    sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def worlds(wires: ModuleType) -> dict[int, Any]:
    return {seed: wires.make(wires.WIRES, 900, 4, seed) for seed in SEEDS}


def test_one_seed_gives_one_world(wires: ModuleType, worlds: dict[int, Any]) -> None:
    again = wires.make(wires.WIRES, 900, 4, 1)
    for table, same in zip(worlds[1].world, again.world, strict=True):
        pd.testing.assert_frame_equal(table, same)
    assert worlds[1].articles == again.articles
    assert not worlds[1].world.claims["claim_id"].isin(worlds[2].world.claims["claim_id"]).any()


def test_the_table_and_the_articles_may_be_asked_for_alone(
    wires: ModuleType, worlds: dict[int, Any]
) -> None:
    alone = wires.make_world(wires.WIRES, 900, 4, 2)
    pd.testing.assert_frame_equal(alone.claims, worlds[2].world.claims)
    assert wires.articles(wires.WIRES, 900, 4, 2) == worlds[2].articles


def test_the_table_has_the_columns_of_claims(worlds: dict[int, Any]) -> None:
    claims = worlds[1].world.claims
    assert list(claims.columns) == list(schema.CLAIMS)
    assert claims["claim_id"].is_unique
    assert len(claims) >= 900


@pytest.mark.parametrize("seed", SEEDS)
def test_every_sum_stands_in_its_sentence_and_at_its_place_in_the_article(
    worlds: dict[int, Any], seed: int
) -> None:
    made = worlds[seed]
    texts = {article.source: article for article in made.articles}
    for row in made.world.claims.itertuples():
        article = texts[row.source]
        start, end, opens = int(row.start), int(row.end), int(row.sentence_start)
        assert article.text[start:end] == row.text
        assert article.text[opens : opens + len(row.sentence)] == row.sentence
        assert opens <= start <= end <= opens + len(row.sentence)
        assert (row.claim_id, start, end) in article.places


@pytest.mark.parametrize("seed", SEEDS)
def test_the_reader_finds_every_sum_as_the_table_prints_it(
    worlds: dict[int, Any], seed: int
) -> None:
    made = worlds[seed]
    claims = made.world.claims.set_index("claim_id")
    told, found, more = 0, 0, 0
    for article in made.articles[:120]:
        read = read_text(article.text, published=article.published, title=article.title)
        amounts = {(row.start, row.end): row.amount for row in read.itertuples()}
        for name, start, end in article.places:
            told += 1
            found += amounts.pop((start, end), None) == claims["amount"][name]
        more += len(amounts)
    assert found >= 0.97 * told
    assert more == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_the_truth_is_complete(worlds: dict[int, Any], seed: int) -> None:
    world = worlds[seed].world
    truth = world.truth
    assert truth["claim_id"].tolist() == world.claims["claim_id"].tolist()
    assert set(truth["kind"]) <= {"pledge", "total", "target"}
    assert truth["object_id"].notna().all()
    assert (truth["true_amount"] > 0).all()
    told = truth[truth["kind"] == "pledge"]
    assert set(told["object_id"]) <= set(world.pledges["object_id"])
    assert set(told["whole"].dropna()) <= set(world.pledges["object_id"])
    totals = truth[truth["kind"] == "total"]
    assert totals["series"].notna().all()
    assert totals.groupby("object_id")["true_amount"].nunique().eq(1).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_an_honest_sum_at_home_is_the_true_one(worlds: dict[int, Any], seed: int) -> None:
    world = worlds[seed].world
    both = world.truth.set_index("claim_id").join(
        world.claims.set_index("claim_id")[["amount"]], how="inner"
    )
    honest = both[(both["cause"] == "none") & (both["currency"] == both["home"])]
    assert len(honest) > 300
    assert (honest["amount"] / honest["true_amount"] - 1).abs().max() < 1e-9


@pytest.mark.parametrize("seed", SEEDS)
def test_a_blank_party_is_told_by_sentence_or_title(worlds: dict[int, Any], seed: int) -> None:
    world = worlds[seed].world
    claims, truth = world.claims, world.truth
    names = importlib.import_module("worlds.wires.names")
    adjectives = {one.name: one.adjective for one in names.states()}
    for column in ("donor", "recipient"):
        blank = claims[column].isna() & truth[column].notna()
        for place in claims.index[blank]:
            said = f"{claims['sentence'][place]} {claims['title'][place]}"
            for name in truth[column][place].split("|"):
                adjective = adjectives.get(name)
                assert name in said or (adjective and adjective in said)


def test_the_true_sums_are_those_of_the_pledges_that_were_told(
    wires: ModuleType, worlds: dict[int, Any]
) -> None:
    world = worlds[3].world
    rate = importlib.import_module("worlds.rates_of").rate
    pledges = world.pledges.set_index("object_id")
    sums: dict[str, float] = {}
    roots = world.truth["whole"].fillna(world.truth["object_id"])
    for name in sorted(set(roots[world.truth["kind"] == "pledge"])):
        one = pledges.loc[name]
        euros = one["amount"] * rate(one["home"], "EUR", one["day"].toordinal())[0]
        sums[one["donor"]] = sums.get(one["donor"], 0.0) + euros
    found = wires.true_sums(world)
    assert found.to_dict() == pytest.approx(sums)
    assert found.sum() > 0


def test_instalments_stay_below_their_whole_and_yearly_payments_are_pledges_of_their_own(
    wires: ModuleType,
) -> None:
    settings = wires.Wires(
        "parts",
        tuple(
            one._replace(low=0.4, high=0.4) if one.name in ("tranches", "yearly") else one
            for one in wires.WIRES.ranges
        ),
    )
    pledges = wires.make_world(settings, 600, 4, 1).pledges
    paid = pledges[pledges["kind"] == "tranche"].groupby("whole")["amount"].sum()
    wholes = pledges.set_index("object_id")["amount"].reindex(paid.index)
    assert len(paid) > 5
    assert (paid <= wholes * 1.01).all()
    yearly = pledges[pledges["kind"] == "yearly"]
    assert len(yearly) > 5
    assert yearly["whole"].isna().all()
    assert yearly.groupby(["donor", "recipient", "amount"])["object_id"].nunique().max() > 1


def test_seeds_differ_in_habits_within_the_ranges(wires: ModuleType) -> None:
    drawn = [wires.habits_of(wires.WIRES, seed) for seed in range(30)]
    for one in wires.WIRES.ranges:
        values = [habits[one.name] for habits in drawn]
        assert one.low <= min(values) < max(values) <= one.high
        assert max(values) - min(values) > 0.5 * (one.high - one.low)
        assert one.why


def test_seeds_differ_in_what_they_print(worlds: dict[int, Any]) -> None:
    shares = pd.DataFrame(
        {
            seed: {
                "named": made.world.pledges["programme"].notna().mean(),
                "role": made.world.claims["role"].isna().mean(),
                "value_date": made.world.claims["value_date"].isna().mean(),
                "copies": made.world.truth["copy_of"].notna().mean(),
                "headlines": made.world.claims["zone"].eq("headline").mean(),
            }
            for seed, made in worlds.items()
        }
    )
    assert (shares.max(axis=1) - shares.min(axis=1) > 0.05).all()


def test_density_is_about_what_was_asked_for(wires: ModuleType) -> None:
    for density in (1.5, 10.0):
        world = wires.make_world(wires.WIRES, 4000, density, 6)
        months = round(wires.habits_of(wires.WIRES, 6)["months"])
        told = world.truth[world.truth["donor"].notna()]
        pairs = told.groupby(["donor", "recipient"]).ngroups
        assert 0.6 < len(told) / pairs / months / density < 1.6


def test_too_many_claims_for_the_parties_are_refused(wires: ModuleType) -> None:
    with pytest.raises(ValueError, match="pairs of parties, there are"):
        wires.make_world(wires.WIRES, 10**6, 1, 1)


@pytest.mark.parametrize("name", ["dates", "habits", "money", "stories"])
def test_the_examples_in_the_documentation_hold(wires: ModuleType, name: str) -> None:
    module = importlib.import_module(f"{wires.__name__}.{name}")
    assert doctest.testmod(module).failed == 0
