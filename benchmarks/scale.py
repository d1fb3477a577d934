"""Reconciling at scale: ten thousand to a million claims on two cores, in one command.

    python benchmarks/scale.py

Each world in a process of its own: wall and CPU seconds, the peak of memory of all its processes
together, the exponent of growth, a world with one block of 170,000 claims, and 1,000 claims added
to a million. Prints a table; ``--write`` puts it between its markers in RESULTS.md beside this
file.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import pandas as pd

# This folder has a rates.py of its own, which must not hide the package of that name.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sections import write_section
from worlds.settings import PRESETS
from worlds.world import make_world

from calc.reconcile import reconcile

_BLOCK = 170_000
_ADDED = 1_000
_SAMPLE = 1.0  # seconds between two looks at the memory


def world(claims: int, density: float, seed: int, block: bool) -> pd.DataFrame:
    """Claims of a made world; with ``block``, so many of them of one donor and recipient."""
    if not block:
        return make_world(PRESETS["tuning"], claims, density, seed).claims
    rest = make_world(PRESETS["tuning"], claims - _BLOCK, density, seed).claims
    crowd = _crowd(seed).copy()
    crowd["recipient"] = "Crowded District"
    for name in ("claim_id", "conversion_of"):
        crowd[name] = "b" + crowd[name]
    return pd.concat([rest, crowd], ignore_index=True)


def _crowd(seed: int) -> pd.DataFrame:
    """The first claims of one pair in a world of pairs that each have somewhat more."""
    density = 1.25 * _BLOCK / PRESETS["tuning"].months
    crowd = make_world(PRESETS["tuning"], _BLOCK, density, seed, skewed=False).claims
    pair = crowd.groupby(["donor", "recipient"])["claim_id"].transform("size")
    crowd = crowd[pair == pair.max()].sort_values(["published", "source", "start"])
    if len(crowd) < _BLOCK:
        raise ValueError(f"the crowded pair has {len(crowd):,} claims, fewer than {_BLOCK:,}")
    return crowd.iloc[:_BLOCK]


def measure(claims: pd.DataFrame, jobs: int, add: bool) -> dict[str, float]:
    """Seconds and sizes of one run, and of a thousand claims more."""
    later = claims.iloc[-_ADDED:] if add else claims.iloc[:0]
    claims = claims.iloc[: len(claims) - len(later)]
    gc.collect()
    peak = _Peak()
    start, cpu = time.perf_counter(), _cpu()
    result = reconcile(claims, jobs=jobs)
    wall, cpu = time.perf_counter() - start, _cpu() - cpu
    found = {
        "claims": float(len(claims)),
        "wall": wall,
        "peak": peak.stop(),
        "cpu": cpu - peak.spent,  # looking at the memory of gigabytes takes time too
        "pledges": float(len(result.pledges)),
        "findings": float(len(result.findings)),
    }
    print(json.dumps(found), file=sys.stderr, flush=True)
    if add:
        peak = _Peak()
        start, cpu = time.perf_counter(), _cpu()
        result.with_claims(later, jobs=jobs)
        wall, cpu = time.perf_counter() - start, _cpu() - cpu
        found |= {"added wall": wall, "added peak": peak.stop(), "added cpu": cpu - peak.spent}
    return found


def _cpu() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


class _Peak:
    """The most memory that this process and its children held together, in GB."""

    def __init__(self) -> None:
        self.spent = 0.0  # CPU seconds of looking
        self._most = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(_SAMPLE):
            self._most = max(self._most, sum(map(_shared, _family(os.getpid()))))
            self.spent = time.thread_time()

    def stop(self) -> float:
        self._most = max(self._most, sum(map(_shared, _family(os.getpid()))))
        self._done.set()
        self._thread.join()
        return self._most


def _family(process: int) -> list[int]:
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [process, *(one for child in children for one in _family(int(child)))]


def _shared(process: int) -> float:
    """Memory of a process, pages that it shares counted in part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1e6


def report(runs: dict[str, dict[str, float]], said: str) -> str:
    """The section of RESULTS.md."""
    lines = [
        "## Reconciling at scale",
        "",
        said,
        "",
        "| claims | wall s | CPU s | ms CPU a claim | peak GB | growth from the first | pledges |",
        "|---|---|---|---|---|---|---|",
    ]
    first = next(iter(runs.values()))
    for name, found in runs.items():
        growth = ""
        if found["claims"] > first["claims"]:
            times = math.log(found["claims"] / first["claims"])
            growth = f"{math.log(found['cpu'] / first['cpu']) / times:.2f}"
        lines.append(
            f"| {name} | {found['wall']:.0f} | {found['cpu']:.0f} | "
            f"{1000 * found['cpu'] / found['claims']:.2f} | {found['peak']:.2f} | {growth} | "
            f"{found['pledges']:,.0f} |"
        )
    for name, found in runs.items():
        if "added wall" in found:
            lines += [
                "",
                f"{_ADDED:,} claims added to {name}: {found['added wall']:.1f} s, "
                f"{found['added cpu']:.1f} CPU s, {found['added peak']:.2f} GB.",
            ]
    return "\n".join([*lines, "", "Goals: 300 s, 4 GB, growth at most 1.15."])


def _alone(arguments: list[str]) -> dict[str, float]:
    """One world made in a process, and reconciled in another: making it takes memory too."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, __file__, *arguments, "--file", f"{folder}/world.parquet"]
        subprocess.run([*command, "--make"], check=True)
        told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(told.stdout.strip().splitlines()[-1])
    return found


def main() -> None:
    """Measure each world, print and write the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--density", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-block", action="store_true", help="leave out the crowded world")
    parser.add_argument("--one", choices=["even", "block"], help="one world; prints JSON")
    parser.add_argument("--file", help="where that world is kept")
    parser.add_argument("--make", action="store_true", help="make it, measure nothing")
    parser.add_argument("--write", action="store_true", help="write RESULTS.md")
    asked = parser.parse_args()
    if asked.one:
        if asked.make:
            made = world(asked.claims[0], asked.density, asked.seed, asked.one == "block")
            made.to_parquet(asked.file)
            return
        claims = pd.read_parquet(asked.file)
        add = asked.one == "even" and len(claims) > 50_000
        print(json.dumps(measure(claims, asked.jobs, add)))
        return
    shared = ["--density", str(asked.density), "--seed", str(asked.seed), "--jobs", str(asked.jobs)]
    runs = {
        f"{size:,}": _alone(["--one", "even", "--claims", str(size), *shared])
        for size in asked.claims
    }
    largest = max(asked.claims)
    if not asked.no_block and largest > _BLOCK:
        name = f"{largest:,}, of these {_BLOCK:,} in one block"
        runs[name] = _alone(["--one", "block", "--claims", str(largest), *shared])
    said = (
        f"`python benchmarks/scale.py`: {asked.density:g} claims for a donor, recipient "
        f"and month, {asked.jobs} processes; checks, links, pledges, totals and findings. The "
        "10,000 are done by one process, without blocks. Memory is that of all processes together."
    )
    section = report(runs, said)
    print(section)
    if asked.write:
        write_section("scale", section)


if __name__ == "__main__":
    main()
