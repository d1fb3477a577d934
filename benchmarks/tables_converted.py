"""``convert TABLE`` on a large CSV file against DuckDB copying the same file: pairs of runs.

    python benchmarks/tables_converted.py            10 M rows, three pairs: some minutes
    python benchmarks/tables_converted.py --quick    1 M rows, and the results file is left alone

Needs the extra ``all``. Both sides are processes of their own, one after the other, so that a busy
machine slows both; of each the time by the clock, the processor time and the largest memory are
taken. Writes its own section of RESULTS.md.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import csv
from sections import write_section

HERE = Path(__file__).resolve().parent
MARK = "tables-converted"
ROWS = 10_000_000
CODES = "USD GBP JPY CHF SEK NOK DKK PLN CZK CAD AUD HUF RON KRW EUR".split()
PURPOSES = ["medicines and food", "shelter, winter", "budget support"]
DUCKDB = """
import duckdb, sys
duckdb.sql("set enable_progress_bar = false")
duckdb.sql(f"copy (from read_csv('{sys.argv[1]}')) to '{sys.argv[2]}'")
"""
OURS = "import sys, cli; sys.exit(cli.main(sys.argv[1:]))"


class Run(NamedTuple):
    """Seconds by the clock and of the processor, and the largest memory in MB."""

    wall: float
    cpu: float
    memory: float


def made(path: Path, rows: int, *, clean: bool = True) -> None:
    """A register of aid at random, from a fixed seed; not ``clean``: amounts with commas."""
    rng = np.random.default_rng(20241104)
    amounts = np.round(rng.uniform(1, 1e6, rows), 2)
    days = (np.datetime64("2015-01-01") + rng.integers(0, 3650, rows)).astype("datetime64[D]")
    columns: dict[str, Any] = {
        "donor": np.array([f"donor {one}" for one in range(70)])[rng.integers(0, 70, rows)],
        "purpose": np.array(PURPOSES)[rng.integers(0, 3, rows)],
        "date": pa.array(days),
        "amount": amounts,
        "currency": np.array(CODES)[rng.integers(0, len(CODES), rows)],
    }
    if not clean:
        columns["amount"] = [f"{one:,.2f}" for one in amounts.tolist()]
    csv.write_csv(pa.table(columns), path, csv.WriteOptions(quoting_style="needed"))


def run(program: str, *words: str) -> Run:
    """One process, its time and its memory."""
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    process = os.posix_spawn(sys.executable, [sys.executable, "-c", program, *words], environment)
    _, status, used = os.wait4(process, 0)
    spent = time.perf_counter() - start
    if status:
        raise SystemExit(f"a run failed: {words}")
    unit = 1024 if sys.platform == "linux" else 1024 * 1024
    return Run(spent, used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def compared(rows: int, runs: int, *, clean: bool) -> list[str]:
    """A line of the table: medians of both sides and of the ratios of the pairs."""
    with tempfile.TemporaryDirectory() as folder:
        path, copy, out = (Path(folder) / name for name in ("in.csv", "copy.csv", "out.csv"))
        made(path, rows, clean=clean)
        size = path.stat().st_size / 1e6
        pairs = []
        for _ in range(runs + 1):
            theirs = run(DUCKDB, str(path), str(copy))
            ours = run(OURS, "convert", str(path), "--to", "EUR", "-o", str(out), "-q")
            pairs.append((theirs, ours))
        pairs = pairs[1:]  # the first fills the caches

    def median(side: int, field: int) -> float:
        return statistics.median(pair[side][field] for pair in pairs)

    def ratio(field: int) -> float:
        return statistics.median(pair[1][field] / pair[0][field] for pair in pairs)

    title = "plain amounts, ISO days" if clean else "amounts as text with commas"
    cells = [f"{rows:,} rows, {size:,.0f} MB: {title}"]
    cells += [f"{median(0, 0):.1f} s", f"{median(1, 0):.1f} s", f"{ratio(0):.2f} ×"]
    cells += [f"{ratio(1):.2f} ×", f"{median(1, 2):,.0f} MB"]
    return [f"| {' | '.join(cells)} |"]


def main() -> None:
    """Run the pairs, print and write the results."""
    quick = "--quick" in sys.argv
    rows, runs = (1_000_000, 1) if quick else (ROWS, 3)
    lines = compared(rows, runs, clean=True)
    lines += compared(rows // 10, runs, clean=False)
    head = (
        "| file | DuckDB copies it | convert TABLE | ratio | of processor time | memory |\n"
        "|---|---|---|---|---|---|"
    )
    report = "\n".join([head, *lines, "", "Goal: ≤ 2 × by the clock, ≤ 600 MB."]) + "\n"
    print(report, end="")
    if not quick:
        machine = f"Python {platform.python_version()}, DuckDB {version('duckdb')}, "
        machine += f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
        write_section(
            MARK,
            "## A column of a table\n\nMade by `python benchmarks/tables_converted.py`: processes "
            f"side by side, medians of three pairs. {machine}.\n\n{report}",
        )


if __name__ == "__main__":
    main()
