"""The made worlds of benchmarks/worlds: repeatable, true to the reader, rightly scored."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from calc.claims import read_text

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture(scope="module")
def worlds() -> Iterator[dict[str, ModuleType]]:
    if not BENCHMARKS.is_dir():
        pytest.skip("the benchmarks are not part of an installed package")
    sys.path.append(str(BENCHMARKS))
    yield {
        name: importlib.import_module(f"worlds.{name}") for name in ("settings", "world", "scores")
    }
    sys.path.remove(str(BENCHMARKS))


def test_one_seed_gives_one_world(worlds: dict[str, ModuleType]) -> None:
    settings = worlds["settings"].TUNING
    first, again = (worlds["world"].make_world(settings, 300, 3, 5) for _ in range(2))
    other = worlds["world"].make_world(settings, 300, 3, 6)
    pd.testing.assert_frame_equal(first.claims, again.claims)
    assert not first.claims["claim_id"].isin(other.claims["claim_id"]).all()


def test_every_claim_has_its_truth_and_stands_in_its_sentence(
    worlds: dict[str, ModuleType],
) -> None:
    world = worlds["world"].make_world(worlds["settings"].HELD_OUT, 400, 6, 1)
    assert world.claims["claim_id"].is_unique
    assert world.claims["claim_id"].tolist() == world.truth["claim_id"].tolist()
    pairs = zip(world.claims["sentence"], world.claims["text"], strict=True)
    assert all(text in sentence for sentence, text in pairs)


def test_the_reader_makes_of_the_sentences_what_the_columns_say(
    worlds: dict[str, ModuleType],
) -> None:
    world = worlds["world"].make_world(worlds["settings"].TUNING, 400, 3, 2)
    pledges = world.claims[world.claims["role"] == "pledge"]
    rows = pledges[pledges["currency_basis"] == "name"].head(120)
    alike = {"amount": 0, "currency": 0, "donor": 0, "recipient": 0, "purpose": 0}
    read = 0
    for row in rows.to_dict("records"):
        found = read_text(row["sentence"], published=row["published"].date())
        found = found[found["text"] == row["text"]]
        read += len(found) > 0
        for name in alike:
            cell = found[name].iloc[0] if len(found) else None
            missing = pd.isna(cell) and pd.isna(row[name])
            alike[name] += bool(missing or cell == row[name])
    assert read >= 0.95 * len(rows)
    for name, count in alike.items():
        assert count >= 0.8 * len(rows), (name, count, len(rows))


def test_the_scorer_counts_pairs(worlds: dict[str, ModuleType]) -> None:
    true = pd.Series(["a", "a", "a", "b"])
    found = pd.Series(["x", "x", "y", "y"])
    scores = worlds["scores"].clustering(found, true)
    assert scores["pair precision"] == pytest.approx(1 / 2)
    assert scores["pair recall"] == pytest.approx(1 / 3)
    assert scores["B-cubed precision"] == pytest.approx(3 / 4)
