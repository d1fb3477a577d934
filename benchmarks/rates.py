"""``convert_frame`` against one multiplication and against its peers: medians of paired runs.

    python benchmarks/rates.py            all of it, 10 M rows, then up to 100 M: about ten minutes
    python benchmarks/rates.py --quick    a tenth of the rows, and the results file is left alone

Needs the extra ``all`` and CurrencyConverter. The two sides of a pair run one after the other in
one process, so that a busy machine slows both. Writes its own section of RESULTS.md; the machine
is described without its name.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
from currency_converter import CurrencyConverter
from sections import write_section

# Python looks beside a script first, and there this file would be found for the package.
sys.path[0] = str(Path(__file__).resolve().parents[1])

from rates import sources  # noqa: E402
from rates.frames import convert_frame  # noqa: E402
from rates.frames.daily import span  # noqa: E402
from rates.frames.pairs import pair  # noqa: E402
from rates.policies import Policy  # noqa: E402

HERE = Path(__file__).resolve().parent
MARK = "frames"
ROWS = 10_000_000
CODES = (
    *("USD", "GBP", "JPY", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD", "HUF"),
    *("RON", "BGN", "KRW", "EUR"),
)
NAMES: dict[str, Any] = {"amount": "amount", "currency": "currency", "date": "date", "to": "EUR"}
LOOP_ROWS = 5_000  # of the loop, which is extrapolated from them


def made(rows: int) -> pd.DataFrame:
    """Amounts, coded currencies and days of ten years, all at random, from a fixed seed."""
    rng = np.random.default_rng(20241104)
    codes = rng.integers(0, len(CODES), rows).astype(np.int8)
    days = np.datetime64("2015-01-01") + rng.integers(0, 3650, rows)
    return pd.DataFrame(
        {
            "amount": rng.uniform(1, 1e6, rows),
            "currency": pd.Categorical.from_codes(codes, list(CODES)),
            "date": days.astype("datetime64[us]"),
        }
    )


def seconds(work: Callable[[], object]) -> float:
    """The wall time of one run; what it returns is thrown away after the clock stops."""
    start = time.perf_counter()
    result = work()
    spent = time.perf_counter() - start
    del result
    return spent


def paired(one: Callable[[], object], two: Callable[[], object], runs: int) -> list[float]:
    """Medians of both and of the ratio two ÷ one of each pair; a first pair is not counted."""
    pairs = [(seconds(one), seconds(two)) for _ in range(runs + 1)][1:]
    return [
        statistics.median(first for first, _ in pairs),
        statistics.median(second for _, second in pairs),
        statistics.median(second / first for first, second in pairs),
    ]


def against_a_constant(frame: pd.DataFrame) -> list[str]:
    """Share of the rows per second of ``amount * constant``."""
    text = frame.assign(currency=frame["currency"].astype("str"))
    kinds = (
        ("coded currencies, `provenance=False`", frame, False, 0.3),
        ("coded currencies, with provenance", frame, True, 0.12),
        ("currencies as text, `provenance=False`", text, False, 0.08),
    )
    lines = []
    for title, table, provenance, goal in kinds:
        ours, plain, ratio = paired(
            lambda table=table, provenance=provenance: convert_frame(
                table, provenance=provenance, **NAMES
            ),
            lambda table=table: table["amount"] * 1.0904,
            15,
        )
        lines.append(
            f"| {title} | {1000 * ours:.1f} ms | {1000 * plain:.1f} ms | {ratio:.2f} | ≥ {goal} |"
        )
    return lines


def calendar() -> pd.DataFrame:
    """A rate for every currency and calendar day: what a careful user would merge with."""
    table = sources.tables()
    first, last = span(table)
    days = np.arange(first, last + 1).astype("datetime64[D]").astype("datetime64[us]")
    parts = [
        pd.DataFrame(
            {
                "currency": code,
                "date": days,
                "rate": pair(Policy("spot"), code, "EUR", table).values,
            }
        )
        for code in CODES
    ]
    return pd.concat(parts, ignore_index=True).dropna()


def against_peers(frame: pd.DataFrame) -> list[str]:
    """How many times as long the same takes elsewhere."""
    filled = calendar()
    table = sources.tables()
    published = pd.concat(
        pd.DataFrame(
            [
                (code, pd.Timestamp(one.date), 1 / float(one.value))
                for one in table.between(code, date(1999, 1, 1), table.last)
            ]
            or [("EUR", pd.Timestamp("1999-01-04"), 1.0)],
            columns=["currency", "date", "rate"],
        )
        for code in CODES
    )
    merged = filled.assign(currency=pd.Categorical(filled["currency"], list(CODES)))
    kind = pl.Enum(CODES)
    rows, rates = (
        pl.from_pandas(one).with_columns(pl.col("currency").cast(pl.String).cast(kind))
        for one in (frame, filled)
    )
    texts, text_rates = (
        one.with_columns(pl.col("currency").cast(pl.String)) for one in (rows, rates)
    )
    as_of = (
        pl.from_pandas(published)
        .with_columns(pl.col("date").cast(rows.schema["date"]))
        .sort("date")
    )
    connection = duckdb.connect()
    connection.register("frame", rows.with_columns(pl.col("currency").cast(pl.String)).to_arrow())
    connection.register("published", published)
    connection.execute(
        "create table f as select * from frame; create table p as select * from published"
    )
    converter = CurrencyConverter(
        fallback_on_missing_rate=True, fallback_on_missing_rate_method="last_known"
    )
    few = frame.head(LOOP_ROWS)
    loop = list(zip(few["amount"], few["currency"], few["date"].dt.date, strict=True))
    peers: tuple[tuple[str, Callable[[], object], int, float, str], ...] = (
        (
            "polars join as of the date, published rates, currencies as text",
            lambda: (
                texts.with_row_index("row")
                .sort("date")
                .join_asof(as_of, on="date", by="currency", check_sortedness=False)
                .sort("row")
                .with_columns(amount_eur=pl.col("amount") * pl.col("rate"))
            ),
            3,
            1,
            "≥ 20 ×",
        ),
        (
            "polars left join, calendar-filled rates, currencies as text",
            lambda: texts.join(text_rates, on=["currency", "date"], how="left").with_columns(
                amount_eur=pl.col("amount") * pl.col("rate")
            ),
            3,
            1,
            "≥ 20 ×",
        ),
        (
            "polars left join, calendar-filled rates, currencies as Enum",
            lambda: rows.join(rates, on=["currency", "date"], how="left").with_columns(
                amount_eur=pl.col("amount") * pl.col("rate")
            ),
            5,
            1,
            "≥ 20 ×",
        ),
        (
            "DuckDB ASOF join, published rates",
            lambda: connection.sql(
                "select f.*, amount * rate as amount_eur from f asof left join p "
                "on f.currency = p.currency and f.date >= p.date"
            ).to_arrow_table(),
            5,
            1,
            "≥ 20 ×",
        ),
        (
            "pandas merge, calendar-filled rates",
            lambda: frame.merge(merged, on=["currency", "date"], how="left").eval(
                "amount_eur = amount * rate"
            ),
            3,
            1,
            "",
        ),
        (
            f"CurrencyConverter in a loop (from {LOOP_ROWS:,} rows)",
            lambda: [converter.convert(one, code, "EUR", date=day) for one, code, day in loop],
            5,
            len(frame) / LOOP_ROWS,
            "≥ 150 ×",
        ),
    )
    lines = []
    for title, work, runs, factor, goal in peers:
        ours, theirs, ratio = paired(
            lambda: convert_frame(frame, provenance=False, **NAMES), work, runs
        )
        lines.append(
            f"| {title} | {1000 * ours:.1f} ms | {theirs * factor:,.2f} s "
            f"| {ratio * factor:,.0f} × | {goal} |"
        )
    return lines


def growth(most: int) -> list[str]:
    """Time and rows per second as the frame grows."""
    lines = []
    for rows in (10_000, 100_000, 1_000_000, 10_000_000, 100_000_000):
        if rows <= most:
            frame = made(rows)
            runs = [
                seconds(lambda frame=frame: convert_frame(frame, provenance=False, **NAMES))
                for _ in range(4 if rows > ROWS else 16)
            ][1:]
            spent = statistics.median(runs)
            lines.append(f"| {rows:,} | {1000 * spent:,.1f} ms | {rows / spent / 1e6:,.0f} M |")
    return lines


FIRST = """
import sys, time
import pandas, pyarrow
start = time.perf_counter()
from rates.frames import convert_frame
loaded = time.perf_counter()
from rates import sources
from rates.frames.daily import leg
from rates.policies import Policy
table = sources.tables()
for code in table.currencies():
    leg(Policy("spot"), code, table)
read = time.perf_counter()
frame = pandas.DataFrame({"amount": 1.0, "currency": "USD", "date": "2024-11-04"}, index=range(9))
names = dict(amount="amount", currency="currency", date="date", to="EUR")
convert_frame(frame, **names)
first = time.perf_counter()
convert_frame(frame, **names)
warm = time.perf_counter()
print(loaded - start, read - loaded, first - read, warm - first)
"""


def first_calls() -> list[str]:
    """Import, all currencies, first and second call in new processes: no cache, then a cache."""
    with tempfile.TemporaryDirectory() as folder:
        runs = [
            subprocess.run(
                [sys.executable, "-c", FIRST],
                env={**os.environ, "PLEDGECALC_CACHE": folder, "PYTHONPATH": str(HERE.parent)},
                capture_output=True,
                text=True,
                check=True,
            ).stdout.split()
            for _ in range(6)
        ]
    once = [1000 * float(one) for one in runs[0]]
    again = [statistics.median(1000 * float(run[place]) for run in runs[1:]) for place in range(4)]
    titles = (
        "import of `rates.frames` (pandas is loaded)",
        "the daily rates of all currencies (the history parsed, or read from the cache)",
        "first call, 9 rows of text",
        "second call",
    )
    goals = ("", "≤ 30 ms", "", "")
    return [
        f"| {title} | {one:.1f} ms | {two:.1f} ms | {goal} |"
        for title, one, two, goal in zip(titles, once, again, goals, strict=True)
    ]


PARQUET = """
import resource, sys, time
from pathlib import Path
import duckdb
from rates.frames import convert_frame
source, target = sys.argv[1:]
connection = duckdb.connect()
connection.execute("set memory_limit = '400MB'; set enable_progress_bar = false")
start = time.perf_counter()
rows = connection.read_parquet(source)
convert_frame(
    rows, amount="amount", currency="currency", date="date", to="EUR"
).write_parquet(target)
spent = time.perf_counter() - start
status = Path("/proc/self/status")
if status.exists():  # getrusage would count what the parent held when it started this process
    peak = int(status.read_text().partition("VmHWM:")[2].split()[0])
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(spent, peak / 2**20)
"""


def parquet(rows: int) -> list[str]:
    """Parquet to Parquet through DuckDB in a process of its own, its order checked after."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = f"{folder}/in.parquet", f"{folder}/out.parquet"
        connection = duckdb.connect()
        connection.execute("set memory_limit = '4GB'")
        codes = ", ".join(f"'{code}'" for code in CODES)
        connection.execute(
            f"copy (select range as id, (hash(range) % 100000000) / 100.0 as amount, "
            f"[{codes}][1 + (hash(range + 1) % {len(CODES)})::int] as currency, "
            f"date '2015-01-01' + (hash(range + 2) % 3650)::int as date "
            f"from range({rows})) to '{source}'"
        )
        run = subprocess.run(
            [sys.executable, "-c", PARQUET, source, target],
            env={**os.environ, "PYTHONPATH": str(HERE.parent)},
            capture_output=True,
            text=True,
            check=True,
        )
        spent, memory = map(float, run.stdout.split())
        kept, same = connection.execute(
            f"select count(*), count(*) filter (where a.id = b.id and b.amount_eur is not null) "
            f"from '{source}' a positional join '{target}' b"
        ).fetchall()[0]
        if kept != rows or same != rows:
            raise SystemExit(f"{rows} rows became {kept}, {same} of them in place and converted")
        size = Path(target).stat().st_size / 2**20
    return [
        f"| {rows:,} rows, with provenance | {spent:.1f} s | {rows / spent / 1e6:.1f} M "
        f"| {memory:.2f} GB | {size:,.0f} MB | ≤ 1 GB |"
    ]


def profile(frame: pd.DataFrame) -> list[str]:
    """The steps of a block, each alone on one core, in nanoseconds per row."""
    block = 65536
    ticks = frame["date"].to_numpy().view(np.int64)[:block].copy()
    codes = np.asarray(frame["currency"].array.codes)[:block].copy()  # type: ignore[attr-defined]
    amounts = frame["amount"].to_numpy()[:block].copy()
    index, out = np.empty(block, np.int64), np.empty(block)
    width = len(CODES) + 1
    cells = np.random.default_rng(1).uniform(size=width * (span(sources.tables()).last + 3))
    day = np.uint64(86_400_000_000)
    days = ticks // 86_400_000_000
    flat = days * width + codes
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("time to day", lambda: np.floor_divide(ticks.view(np.uint64), day, out=index.view("u8"))),
        ("day to row of the grid", lambda: np.multiply(days, width, out=index)),
        ("row to cell", lambda: np.add(flat, codes, out=index)),
        ("cell to rate (gather)", lambda: cells.take(flat, out=out, mode="clip")),
        ("rate × amount", lambda: np.multiply(cells[:block], amounts, out=out)),
        ("any without a result?", lambda: np.add.reduce(amounts)),
    )
    lines, total = [], 0.0
    for title, step in steps:
        spent = min(seconds(lambda step=step: [step() for _ in range(20)]) for _ in range(15))
        total += (each := spent / 20 / block * 1e9)
        lines.append(f"| {title} | {each:.2f} |")
    whole = min(
        seconds(lambda: convert_frame(frame, provenance=False, **NAMES)) for _ in range(9)
    ) / len(frame)
    lines.append(f"| sum of the steps, one core, in the cache | {total:.2f} |")
    lines.append(f"| best whole call, wall time, {os.cpu_count()} cores | {whole * 1e9:.2f} |")
    return lines


def machine() -> str:
    """Cores, memory, and the versions that matter."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    libraries = ("numpy", "pandas", "pyarrow", "polars", "duckdb", "CurrencyConverter")
    return (
        f"Python {platform.python_version()}, {platform.system()} on {platform.machine()}, "
        f"{os.cpu_count()} cores, {memory:.0f} GB of memory; "
        + ", ".join(f"{name} {version(name)}" for name in libraries)
        + f". Load when it began: {os.getloadavg()[0]:.1f}."
    )


def table(head: str, lines: list[str]) -> str:
    """A Markdown table."""
    return "\n".join([head, "|" + "---|" * (head.count("|") - 1), *lines]) + "\n"


def main() -> None:
    """Measure, print and write."""
    quick = "--quick" in sys.argv[1:]
    rows = ROWS // 10 if quick else ROWS
    about = machine()
    frame = made(rows)
    parts = [
        f"## Frames\n\nMade by `python benchmarks/rates.py`: medians of paired runs, "
        f"{rows:,} rows in pandas, {len(CODES)} currencies, days of ten years. {about}\n",
        table(
            "| `convert_frame` | time | `amount * constant` | share of its rows/s | goal |",
            against_a_constant(frame),
        ),
        table("| peer | `convert_frame` | peer | times as long | goal |", against_peers(frame)),
        table("| one core, per row | ns |", profile(frame)),
    ]
    del frame
    parts += [
        table("| rows | time | rows/s |", growth(rows * 10)),
        table("| new process | nothing cached | cached | goal |", first_calls()),
        table(
            "| Parquet to Parquet, DuckDB limited to 400 MB | time | rows/s | peak memory "
            "| written | goal |",
            parquet(rows * 10),
        ),
    ]
    report = "\n".join(parts)
    print(report)
    if not quick:
        write_section(MARK, report)


if __name__ == "__main__":
    main()
