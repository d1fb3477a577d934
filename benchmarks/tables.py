"""Reading tables and summing ledgers on one core, beside ``pandas.read_csv`` of the same file.

Run it with the Python of an environment in which pledgecalc is installed. It makes tables in the
shapes of the trade, reads each with pandas and with ``read``, and writes its section of RESULTS.md
between markers; ``--quick`` measures less and leaves the file alone.
"""

from __future__ import annotations

import csv
import os
import platform
import random
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from sections import write_section

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from calc.claims import read
from calc.reconcile import reconcile

MARK = "tables"
RUNS = 5
ROWS = (1_000, 10_000, 100_000)
PUBLISHERS = Path(__file__).resolve().parent.parent / "tests" / "tables" / "publishers"
KINDS = {
    "OCHA FTS, 37 columns": "fts_old.csv",
    "OCHA FTS, own currency on every row": "fts_new.csv",
    "IATI datastore": "iati_datastore.csv",
    "OECD CRS, two stages": "oecd_crs.csv",
    "OECD Data Explorer": "oecd_data_explorer.csv",
    "Kiel tracker": "kiel_new.csv",
    "360Giving": "giving360.csv",
    "AidData, China": "aiddata_china.csv",
    "ForeignAssistance.gov": "foreign_assistance.csv",
    "EU list with decimal commas": "eu_pl.csv",
}
# Columns whose cells differ from row to row; the others keep the few values of the made file.
_NUMBERED = ("id", "identifier", "record", "ref", "trans_id")
_WORDS = ("title", "description", "item", "explanation")


class Measured(NamedTuple):
    """One table: its rows and bytes, and the seconds of pandas, of ``read`` and ``reconcile``."""

    name: str
    rows: int
    size: int
    pandas: float
    read: float
    reconcile: float


def rows_of(path: Path, count: int) -> Iterator[list[str]]:
    """The rows of a made file again and again, with other amounts, days, ids and words."""
    delimiter = ";" if path.name.startswith("eu_") else ","
    with path.open(encoding="utf-8", newline="") as handle:
        header, *models = list(csv.reader(handle, delimiter=delimiter))
    yield header
    chance = random.Random(count)
    for number in range(count):
        model = models[number % len(models)]
        pairs = zip(header, model, strict=True)
        yield [_varied(column.lower(), cell, number, chance) for column, cell in pairs]


def _varied(column: str, cell: str, number: int, chance: random.Random) -> str:
    if any(word in column for word in _WORDS):
        return f"{cell} of the ministry, grant {number} in the district"
    if cell and any(column.startswith(word) or column.endswith(word) for word in _NUMBERED):
        return f"{cell}-{number}"
    digits = cell.lstrip("-").replace(".", "", 1)
    if len(digits) >= 5 and digits.isdigit() and "code" not in column:
        return f"{chance.randrange(1_000, 90_000_000)}{'.50' if '.' in cell else ''}"
    if len(cell) >= 10 and cell[4:5] == "-" and cell[7:8] == "-":
        day = f"{chance.randrange(2010, 2025)}-{chance.randrange(1, 13):02}"
        return f"{day}-{chance.randrange(1, 29):02}{cell[10:]}"
    return cell


def write(path: Path, rows: Iterator[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)


def seconds(task: Callable[[], object], runs: int) -> float:
    """The median of the time of one core."""
    found = []
    for _ in range(runs):
        begun = time.process_time()
        task()
        found.append(time.process_time() - begun)
    return statistics.median(found)


def measured(name: str, model: str, count: int, folder: Path, runs: int) -> Measured:
    path = folder / f"{Path(model).stem}-{count}.csv"
    write(path, rows_of(PUBLISHERS / model, count))
    said = {"columns": {"amount": "Dofinansowanie z EU [zł]"}} if model == "eu_pl.csv" else {}
    plain = seconds(lambda: pd.read_csv(path), runs + 2)
    ours = seconds(lambda: read(path, **said), runs)
    claims = read(path, entry="ledger", **said)
    summed = seconds(lambda: reconcile(claims, "USD").total(), runs)
    return Measured(name, count, path.stat().st_size, plain, ours, summed)


def report(found: list[Measured]) -> str:
    lines = [
        "## Reading tables",
        "",
        f"Made by `python benchmarks/tables.py`. Python {platform.python_version()}, "
        f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores; load when it "
        f"began: {os.getloadavg()[0]:.1f}. Time is time of one core, median of {RUNS}.",
        "",
        "`reconcile` is that of the table as a ledger, with its total in dollars.",
        "",
        "| table | rows | MB | `pandas.read_csv` | `read` | times | `reconcile` | times |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.name} | {one.rows:,} | {one.size / 1e6:.1f} | {one.pandas * 1e3:,.0f} ms "
        f"| {one.read * 1e3:,.0f} ms | {one.read / one.pandas:.1f} "
        f"| {one.reconcile * 1e3:,.0f} ms | {one.reconcile / one.pandas:.1f} |"
        for one in found
    ]
    return "\n".join(lines)


def main() -> None:
    quick = "--quick" in sys.argv
    warnings.simplefilter("ignore")
    (name, model), *others = KINDS.items()
    counts = ROWS[:2] if quick else ROWS
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        found = [measured(name, model, count, place, RUNS) for count in counts]
        runs = 1 if quick else RUNS
        found += [measured(*other, 10_000, place, runs) for other in others]
    text = report(found)
    print(text)
    if not quick:
        write_section(MARK, text)


if __name__ == "__main__":
    main()
