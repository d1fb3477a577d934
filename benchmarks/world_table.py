"""The world table against the ECB's, and what its first use costs.

    python benchmarks/world_table.py          a minute; writes its section of RESULTS.md

Every day on which both publish a currency: NBP's cross with the euro against the ECB's rate. The
first uses are each in a process and a cache folder of their own, in CPU time.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

# Python looks beside a script first, and there files of benchmarks would be found for packages.
ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)
sys.path.append(str(ROOT / "benchmarks"))

from sections import write_section  # noqa: E402

from rates import ecb, world  # noqa: E402

MARK = "world-table"
FIRST = """
import sys, time
import pandas as pd
from rates.frames import convert_frame
def spent(codes, to):
    frame = pd.DataFrame({"a": 1.0, "c": codes, "d": pd.to_datetime(["2024-06-03"] * len(codes))})
    start = time.process_time()
    convert_frame(frame, amount="a", currency="c", date="d", to=to)
    return 1000 * (time.process_time() - start)
spent(["USD"], "EUR")
print(spent(sys.argv[1].split(","), "USD"))
"""
MANY = "UAH,ETB,KES,NGN,XOF,AED,RUB,GEL,MDL,SDG"
RUNS = 5


def gaps() -> list[str]:
    """A line per currency: days, and how far the two are apart in basis points."""
    ours, theirs = world.fixings(), ecb.fixings()
    every: list[float] = []
    lines = []
    for code in theirs.currencies():
        if not ours.has(code):
            continue
        one, two = theirs.by_day(code), ours.by_day(code)
        apart = sorted(1e4 * abs(float(two[day] / one[day]) - 1) for day in one if day in two)
        every += apart
        lines.append(line(code, apart))
    return [line("all", sorted(every)), *lines]


def line(code: str, apart: list[float]) -> str:
    """The median, the 95th and 99th percentile and the greatest of some gaps."""
    at = [apart[min(int(share * len(apart)), len(apart) - 1)] for share in (0.5, 0.95, 0.99, 1)]
    return f"| {code} | {len(apart):,} | " + " | ".join(f"{gap:.1f}" for gap in at) + " |"


def first_use(codes: str, warm: bool) -> float:
    """The median CPU time of the first frame with these currencies in a new process, in ms."""
    found = []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            for _ in range(2 if warm else 1):
                done = subprocess.run(
                    [sys.executable, "-c", FIRST, codes],
                    capture_output=True,
                    text=True,
                    check=True,
                    cwd=ROOT,
                    env={**os.environ, "PLEDGECALC_CACHE": folder, "PYTHONPATH": str(ROOT)},
                )
            found.append(float(done.stdout))
    return statistics.median(found)


def main() -> int:
    """Measure, print and write the section."""
    table = world.fixings()
    lines = [
        "## The world table",
        "",
        f"Narodowy Bank Polski to {table.last} against the ECB to {ecb.fixings().last}: how far",
        "the crosses with the euro are apart on days that both have, in basis points. NBP's day",
        "is the morning of Warsaw, the ECB's the afternoon of Frankfurt; the greatest are days of",
        "panic, markets in two places (ISK 2008, THB 2007) and misprints.",
        "",
        "| currency | days | median | 95 % | 99 % | greatest |",
        "|---|---|---|---|---|---|",
        *gaps(),
        "",
        f"First frame in a new process, after one in dollars (CPU time, median of {RUNS}):",
        "",
        "| currencies | nothing kept yet | kept on disk by an earlier process |",
        "|---|---|---|",
    ]
    for codes in ("UAH", "ETB", MANY):
        cold, warm = first_use(codes, warm=False), first_use(codes, warm=True)
        lines.append(f"| {codes.replace(',', ', ')} | {cold:.0f} ms | {warm:.0f} ms |")
    print("\n".join(lines))
    write_section(MARK, "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
