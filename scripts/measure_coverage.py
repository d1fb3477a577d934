"""Says how many lines and branches of calc, rates and cli the last run with coverage tried.

``make coverage`` runs every test and then this: the rooms, the files with the most branches that
nothing tried, and the total. Exit code 1 where the share of branches, counted by themselves, is
below ``--least``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePath

LEAST = 95.0  # per cent of the branches; it may only rise
SHOWN = 10  # files
Counts = Mapping[str, int]


def share(tried: int, of: int) -> float:
    """A share in per cent, rounded down to a tenth: 95.0 is never less than 95.

    >>> share(9499, 10000), share(0, 0)
    (94.9, 100.0)
    """
    return tried * 1000 // of / 10 if of else 100.0


def room(file: str) -> str:
    """The room of a file: a folder of calc, or the package that it stands in.

    >>> [room(one) for one in ("calc/links/bits.py", "calc/schema.py", "rates/a/b.py", "cli.py")]
    ['calc/links', 'calc', 'rates', 'cli.py']
    """
    parts = PurePath(file).parts
    return "/".join(parts[:2]) if parts[0] == "calc" and len(parts) > 2 else parts[0]


def shares(counts: Counts) -> str:
    """The shares of lines and of branches, in words.

    >>> counts = {"covered_lines": 97, "num_statements": 100}
    >>> shares({**counts, "covered_branches": 19, "num_branches": 20})
    'lines 97.0 %, branches 95.0 %'
    """
    lines = share(counts["covered_lines"], counts["num_statements"])
    branches = share(counts["covered_branches"], counts["num_branches"])
    return f"lines {lines} %, branches {branches} %"


def rooms(files: Mapping[str, Counts]) -> list[str]:
    """A line for each room, the one with the smallest share of branches first."""
    found: dict[str, Counter[str]] = {}
    for file, counts in files.items():
        found.setdefault(room(file), Counter()).update(counts)
    order = sorted(
        found,
        key=lambda one: (share(found[one]["covered_branches"], found[one]["num_branches"]), one),
    )
    return [f"{one:<18} {shares(found[one])}" for one in order]


def untried(files: Mapping[str, Counts]) -> list[str]:
    """The files with the most branches that nothing tried."""
    missing = {file: one["num_branches"] - one["covered_branches"] for file, one in files.items()}
    order = sorted((-number, file) for file, number in missing.items() if number)
    return [f"{-number:>4} untried in {file}" for number, file in order[:SHOWN]]


def main() -> int:
    """Say what was tried; 1 where it is less than was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--least", type=float, default=LEAST, help="per cent of the branches")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        path = Path(made, "coverage.json")
        command = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(path)]
        subprocess.run(command, check=True)
        report = json.loads(path.read_text(encoding="utf-8"))
    total: Counts = report["totals"]
    files = {file: one["summary"] for file, one in report["files"].items()}
    print("\n".join([*rooms(files), "", *untried(files), ""]))
    print(f"{shares(total)} of calc, rates and cli tried")
    if share(total["covered_branches"], total["num_branches"]) < asked.least:
        print(f"less than {asked.least:g} % of the branches: make coverage says where")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
