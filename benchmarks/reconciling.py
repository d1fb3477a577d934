"""Reconciling a made world, side by side: quality, time, and the baselines, in one command.

    python benchmarks/reconciling.py --claims 10000 --seed 1

Prints tables and writes them between their markers in RESULTS.md beside this file. Splink goes
into an environment of its own (venv and pip); ``--quick`` leaves it and the dense world out and
writes nothing.
"""

from __future__ import annotations

import argparse
import math
import resource
import sys
import time
from contextlib import nullcontext
from pathlib import Path

import pandas as pd

# This folder has a rates.py of its own, which must not hide the package of that name.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sections import write_section
from worlds import baselines, scores, splinked
from worlds.hands import HANDS
from worlds.settings import PRESETS
from worlds.world import World, make_world

from calc.checks import check
from calc.reconcile import Reconciliation, reconcile

# Two more hands, whose habits are drawn anew for every world: names, dates, blank columns.
OTHERS = ("wires", "bulletins")
MOST_OF_OTHERS = 3_000  # claims: their parties are fewer
GOALS = {
    "pair precision": "≥ 0.95",
    "pair F1": "≥ 0.85",
    "B-cubed F1": "≥ 0.90",
    "totals F1": "≥ 0.97",
    "merged kinds": "0",
    "value exact": "≥ 0.82",
    "value within 1 %": "≥ 0.90",
    "range coverage": "0.95 ± 0.01",
    "median width": "≤ 0.03",
    "sum range holds within 10 %": "≥ 0.80",
    "sum middle within 10 %": "≥ 0.80",
    "verdicts right": "≥ 0.985",
    "honest flagged, fixings, of 10,000": "≤ 1",
    "honest flagged, market, of 10,000": "≤ 30",
    "stale found (3 digits printed, 2 %)": "≥ 0.90",
    "slips found": "≥ 0.995",
    "true day in windows": "≥ 0.99",
    "cause first of flagged": "≥ 0.85",
}


def measure(world: World, quick: bool = False) -> tuple[dict[str, float], Reconciliation]:
    """All scores of one world, with the CPU seconds that checking and reconciling took."""
    start = time.process_time()
    checks = check(world.claims)
    checked = time.process_time()
    result = reconcile(world.claims)
    done = time.process_time()
    found = scores.links(result, world) | scores.values(result, world)
    if not quick:
        found |= scores.sums(result, world)
    found |= scores.verdicts(checks, world)[0]
    found["CPU seconds, check"] = checked - start
    found["CPU seconds, reconcile (checks included)"] = done - checked
    found["CPU seconds, safe sum of a donor with 500 pledges"] = of_many()
    return found, result


def of_many(count: int = 500) -> float:
    """The CPU seconds of the safe sum of one donor, many of whose pledges may be one or a part."""
    rows = [
        {
            "source": f"s{number % 60}",
            "published": pd.Timestamp("2024-01-04") + pd.Timedelta(days=number % 300),
            "donor": "Norway",
            "recipient": "Ukraine",
            "currency": "EUR",
            "amount": 1e6 * (1 + number % 90),
            "sentence": f"Norway gave Ukraine a tranche of {1 + number % 90} million euros.",
            "text": f"{1 + number % 90} million euros",
            "start": 29.0,
        }
        for number in range(count)
    ]
    result = reconcile(pd.DataFrame(rows))
    _ = result.ledger
    start = time.process_time()
    result.total("Norway")
    return time.process_time() - start


def grid(table: pd.DataFrame, first: str) -> list[str]:
    """A table of scores in Markdown; what was not measured stays empty."""
    lines = [f"| {' | '.join([first, *map(str, table.columns)])} |"]
    lines.append("|---|" + "---|" * len(table.columns))
    for name, row in zip(table.index, table.to_numpy(), strict=True):
        cells = ["" if value != value else f"{value:.3f}" for value in row]
        lines.append(f"| {' | '.join([str(name), *cells])} |")
    return lines


def report(columns: dict[str, dict[str, float]], others: dict[str, pd.DataFrame], said: str) -> str:
    """The section of RESULTS.md."""
    names = list(next(iter(columns.values())))
    lines = [f"| what | {' | '.join(columns)} | goal |", f"|---|{'---|' * (len(columns) + 1)}"]
    for name in names:
        cells = " | ".join(f"{found.get(name, math.nan):.4g}" for found in columns.values())
        lines.append(f"| {name} | {cells} | {GOALS.get(name, '')} |")
    for title, table in others.items():
        lines += ["", *grid(table, title)]
    return "\n".join(["## Reconciling", "", said, "", *lines, ""])


def main() -> None:
    """Measure both presets, print and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=10_000)
    parser.add_argument("--density", type=float, default=3.0)
    parser.add_argument("--dense", type=float, default=12.0, help="of the second comparison")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--preset", choices=list(PRESETS), help="one only, and write nothing")
    parser.add_argument("--quick", action="store_true", help="no Splink, nothing written")
    asked = parser.parse_args()
    columns: dict[str, dict[str, float]] = {}
    others: dict[str, pd.DataFrame] = {}
    with nullcontext(None) if asked.quick else splinked.environment() as splink:
        for name in [asked.preset] if asked.preset else PRESETS:
            world = make_world(PRESETS[name], asked.claims, asked.density, asked.seed)
            columns[name], result = measure(world)
        few = min(asked.claims, MOST_OF_OTHERS)
        for other in OTHERS if not asked.preset else ():
            columns[other] = measure(HANDS[other](few, asked.density, asked.seed))[0]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        others = side_by_side(result, world, columns[name], splink, f"{asked.density:g}")
        others["value over our clusters"] = baselines.values(result, world)
        others["check of conversions"] = baselines.tolerance(result.checks, world)
        if not asked.quick:
            world = make_world(PRESETS[name], asked.claims, asked.dense, asked.seed)
            scored, result = measure(world, quick=True)
            others |= side_by_side(result, world, scored, splink, f"{asked.dense:g}")
    said = (
        f"Made by `python benchmarks/reconciling.py`: {asked.claims:,} claims, "
        f"{asked.density:g} for a donor, recipient and month, seed {asked.seed}; peak memory "
        f"{peak:.1f} GB. Rules were made on the tuning worlds; the held-out ones have other "
        "parameters throughout, but one of them (another seed and density) was among the worlds "
        "that the bits of the links and sums were fitted to. The methods below run on a held-out "
        "world, also a denser one. "
        "Splink (5.0.0, DuckDB, in a process of its own) is given the true share of matches and "
        "the threshold with the best pair F1, which only an oracle knows."
    )
    section = report(columns, others, said)
    print(section)
    if not asked.preset and not asked.quick:
        write_section("reconciling", section)


def side_by_side(
    result: Reconciliation,
    world: World,
    scored: dict[str, float],
    splink: str | None,
    density: str,
) -> dict[str, pd.DataFrame]:
    """The links of ours beside others' in one world."""
    seconds = scored["CPU seconds, reconcile (checks included)"]
    return {f"links, density {density}": baselines.compare(result, world, seconds, splink)}


if __name__ == "__main__":
    main()
