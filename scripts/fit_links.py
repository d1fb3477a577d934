"""Fit the prices of evidence on links (calc/data/link_bits.tsv) to worlds and to real reports.

    python scripts/fit_links.py            shows the prices, and how each kind of world fares
    python scripts/fit_links.py --write    writes them into the table

A pair of groups is a row: the evidence that ``links.evidence.compare`` finds, each as a share of
its price, and whether the two are one pledge. The prices are the weights of a logistic regression
in bits, with a sign that common sense fixes beforehand and a small pull towards zero. Three kinds
of made worlds by different hands (benchmarks/worlds) and the real reports of tests/corpus count
alike, however many pairs they have. Each kind is also left out in turn and scored by prices that
never saw it: that is the figure to believe. ``tests/corpus/clusters_kept.json`` is never fitted to.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

# benchmarks comes last: it has a rates.py of its own
sys.path.append(str(Path(__file__).resolve().parents[1] / "benchmarks"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pandas as pd
from scoring.clusters import claim_of
from worlds.hands import HANDS
from worlds.world import World

from calc.claims import read_text
from calc.claims.completed import prepared_and_read
from calc.links import contraction
from calc.links.bits import LINK, REASON, set_prices
from calc.links.contraction import groups_of, voices_of
from calc.links.days import LIMITS
from calc.links.evidence import compare, forbidden
from calc.links.group import Group
from calc.links.rarity import Rarity
from calc.links.rows import read_rows
from calc.values.valuation import Valuation

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "calc" / "data" / "link_bits.tsv"
DENSITIES = (1.0, 3.0, 12.0)
CLAIMS = 2_000
PULL = 3.0  # how strongly a price is pulled to zero, against the pairs of one kind of world
PAIRS = 6_000.0  # that each kind of world counts for
ROUNDS = 2  # which amounts of two groups are compared depends on the prices
LEAST = 0.05  # a price is told from its share, so none is nought
# What speaks against, whatever the worlds say; days, amounts and the prior may speak either way.
AGAINST = frozenset(
    "crowd usual-number name-different name-one words-different line-different scope-different "
    "aim-different additional stage-back news-apart part-one instalment-one nth-different "
    "yearly-apart headline-other party-missing party-open party-partial".split()
)
# What the words mean whatever the worlds say: these prices are at most so high.
MEANING = {
    "scope-different": -6.0,  # food is no ammunition
    "name-different": -4.0,  # two programmes are two
    "line-different": -4.5,  # drones are no ammunition
    # told as fresh news again, with no word of recall: seldom the same money
    "date-60": -2.0,
    "date-120": -2.2,
    "date-230": -3.2,
    "date-400": -4.2,
    "date-later": -4.5,
    "party-missing": -1.7,  # reports of one story leave a party out more often than others do
    "party-open": -1.0,
    "nth-different": -4.5,  # the second payment is not the third
    "additional": -3.0,  # "another" is new money
    "yearly-apart": -3.0,
    "headline-other": -9.0,  # next year's sum is another
}
MARGIN = 0.4  # bits more than even odds: a wrong join hides money, a missed one is asked about
DAYS = ("date", "step", "again", "listed", "told", "told-step", "retold", "both", "both-steps")

Pair = tuple[Counter[str], bool]
Floats = npt.NDArray[np.float64]


class Kind(NamedTuple):
    """Pairs of one hand: a kind of made world, or the real reports."""

    name: str
    pairs: list[Pair]


def worlds(seeds: Sequence[int]) -> Iterator[tuple[str, World]]:
    """Worlds of each kind, at each density."""
    for seed, density, (name, made) in itertools.product(seeds, DENSITIES, HANDS.items()):
        yield name, made(CLAIMS, density, seed)


def evidence_of(a: Group, b: Group, rarity: Rarity, valuation: Valuation) -> Counter[str]:
    """The evidence on two groups, each piece as a share of its price."""
    found: Counter[str] = Counter()
    for one in compare(a, b, rarity, valuation):
        found[one.evidence] += one.bits / LINK[one.evidence]
    return found


def pairs_of_world(world: World) -> Iterator[Pair]:
    """The pairs of a made world that linking would weigh."""
    claims = read_rows(prepared_and_read(world.claims))
    groups = groups_of([claim for claim in claims if claim.role == "pledge"])
    heads = [voice[0] for voice in voices_of(groups)]
    truth = world.truth.set_index("claim_id")
    pledge = truth["object_id"].where(truth["kind"] == "pledge").to_dict()
    by_id, rarity, valuation = {one.id: one for one in heads}, Rarity.of(heads), Valuation("spot")
    for first, second in contraction.candidates(heads, valuation):
        a, b = by_id[first], by_id[second]
        if not forbidden(a, b):
            yield evidence_of(a, b, rarity, valuation), pledge[first] == pledge[second]


def pairs_of_reports(name: str) -> Iterator[Pair]:
    """The labelled pairs of real reports."""
    told = json.loads((ROOT / "tests" / "corpus" / name).read_text(encoding="utf-8"))
    read = [
        read_text(one["text"], published=one["published"], source=one["id"])
        for one in told["reports"]
    ]
    claims = pd.concat(read, ignore_index=True)
    rows = read_rows(prepared_and_read(claims[claims["role"] != "noise"]))
    groups = groups_of([claim for claim in rows if claim.role == "pledge"])
    home = {claim.id: one for one in groups for claim in one.claims}
    heads = [voice[0] for voice in voices_of(groups)]
    rarity, valuation = Rarity.of(heads), Valuation("spot")
    for label, same in (("same_amounts", True), ("different_amounts", False)):
        for pair in told[label]:
            a, b = (home.get(claim_of(claims, amount) or "") for amount in pair)
            if a is not None and b is not None and a is not b and not forbidden(a, b):
                yield evidence_of(a, b, rarity, valuation), same


def gather(seeds: Sequence[int]) -> list[Kind]:
    """All pairs, by who made them."""
    found: dict[str, list[Pair]] = {}
    for name, world in worlds(seeds):
        found.setdefault(name, []).extend(pairs_of_world(world))
    found["reports"] = [
        pair for name in ("clusters.json", "clusters_read.json") for pair in pairs_of_reports(name)
    ]
    return [Kind(name, pairs) for name, pairs in found.items()]


def matrix(pairs: Sequence[Pair], names: Sequence[str]) -> tuple[Floats, Floats]:
    """The evidence of pairs as numbers, and which are one pledge."""
    place = {name: number for number, name in enumerate(names)}
    told = np.zeros((len(pairs), len(names)))
    for row, (found, _same) in enumerate(pairs):
        for name, share in found.items():
            if name in place:
                told[row, place[name]] = share
    return told, np.array([same for _found, same in pairs], dtype=float)


def fitted(kinds: Sequence[Kind], names: Sequence[str]) -> Floats:
    """The prices in bits: a logistic regression by Newton's steps, signs kept."""
    parts = [matrix(kind.pairs, names) for kind in kinds]
    told, same = np.vstack([x for x, _ in parts]), np.concatenate([y for _, y in parts])
    weight = np.concatenate([np.full(len(y), PAIRS / len(y)) for _, y in parts])
    sign = np.array([_sign(name) for name in names])
    prices = np.zeros(len(names))
    for _ in range(40):
        chance = 1 / (1 + np.exp2(-np.clip(told @ prices, -40, 40)))
        slope = told.T @ (weight * (chance - same)) * math.log(2) + PULL * prices
        curve = weight * chance * (1 - chance) * math.log(2) ** 2
        free = ~((sign != 0) & (prices == 0) & (slope * sign > 0))
        inner = (told[:, free] * curve[:, None]).T @ told[:, free] + PULL * np.eye(free.sum())
        step = np.zeros(len(names))
        step[free] = np.linalg.solve(inner, slope[free])
        prices = prices - step
        prices[(sign != 0) & (prices * sign < 0)] = 0
        if np.abs(step).max() < 1e-4:
            break
    return prices


def _sign(name: str) -> int:
    free = name == "prior" or name.startswith("amount-") or _is_of_days(name)
    return 0 if free else -1 if name in AGAINST else 1


def _is_of_days(name: str) -> bool:
    return name.rpartition("-")[0] in DAYS


def falling(prices: dict[str, float], kinds: Sequence[Kind]) -> dict[str, float]:
    """The prices with those of days that never rise as the days grow: neighbours share a price."""
    counts: Counter[str] = Counter()
    for kind in kinds:
        for found, _same in kind.pairs:
            counts.update(found.keys())
    result = dict(prices)
    for days in DAYS:
        pools: list[tuple[float, float, list[str]]] = []
        for limit in (*LIMITS, "later"):
            name = f"{days}-{limit}"
            pools.append((prices.get(name, LINK[name]), counts[name] + 1.0, [name]))
            while len(pools) > 1 and pools[-2][0] < pools[-1][0]:
                (p, m, xs), (q, n, ys) = pools[-2:]
                pools[-2:] = [((p * m + q * n) / (m + n), m + n, xs + ys)]
        for price, _count, names in pools:
            result |= dict.fromkeys(names, price)
    return result


def quality(prices: dict[str, float], pairs: Sequence[Pair]) -> str:
    """Precision, recall and F1 of pairs above zero."""
    bits = [sum(prices.get(n, 0.0) * share for n, share in found.items()) for found, _ in pairs]
    said = np.array(bits) > 0
    same = np.array([same for _, same in pairs])
    both = float((said & same).sum())
    precision, recall = both / max(said.sum(), 1), both / max(same.sum(), 1)
    f1 = 2 * both / max(said.sum() + same.sum(), 1)
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}"


def rounded(price: float, name: str) -> float:
    """Two digits are enough, and nought would say nothing.

    >>> rounded(1.2345, "again"), rounded(0.0, "crowd")
    (1.23, -0.05)
    """
    return round(math.copysign(max(abs(price), LEAST), price or _sign(name)), 2)


def write(prices: dict[str, float]) -> None:
    """Put the prices into the table; what was not fitted stays."""
    lines = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        name, tab, rest = line.partition("\t")
        if tab and name in prices:
            line = f"{name}\t{prices[name]:g}\t{rest.partition(chr(9))[2]}"
        lines.append(line)
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit, show, and write when asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", default="101,102,103", help="of the worlds to fit to")
    parser.add_argument("--write", action="store_true", help="into calc/data/link_bits.tsv")
    asked = parser.parse_args()
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    for _ in range(ROUNDS):
        kinds = gather(seeds)
        names = sorted({name for kind in kinds for found, _ in kind.pairs for name in found})
        prices = dict(zip(names, fitted(kinds, names).tolist(), strict=True))
        prices = {name: rounded(price, name) for name, price in falling(prices, kinds).items()}
        prices |= {name: min(prices[name], most) for name, most in MEANING.items()}
        prices["prior"] = round(prices["prior"] - MARGIN, 2)
        set_prices(prices)
    for name in sorted(prices):
        print(f"{name:22}{prices[name]:7.2f}  {REASON[name]}")
    for kind in kinds:
        others = [one for one in kinds if one is not kind]
        unseen = dict(zip(names, fitted(others, names).tolist(), strict=True))
        print(f"{kind.name:10} {len(kind.pairs):7,} pairs  all: {quality(prices, kind.pairs)}")
        print(f"{'':26} left out: {quality(unseen, kind.pairs)}")
    if asked.write:
        write(prices)


if __name__ == "__main__":
    main()
