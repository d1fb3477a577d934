"""What help costs: each page against a Python that does nothing, medians, one run on one machine.

    python benchmarks/help_pages.py

The command is `pledgecalc` as installed: ``cli:main`` in a fresh process. The goal is 2.5.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPEATS = 15
GOAL = 2.5
PROGRAM = "import sys, cli; sys.exit(cli.main(sys.argv[1:]))"


def milliseconds(*arguments: str) -> float:
    """How long a Python takes, the median of many."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True
        )
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main() -> None:
    sys.path.insert(0, str(ROOT))
    import cli

    bare = milliseconds("-c", "pass")
    print(f"{'bare Python':<22} {bare:6.1f} ms")
    pages = [[], ["--help"], *([verb.name, "--help"] for verb in cli.VERBS)]
    for words in pages:
        taken = milliseconds("-c", PROGRAM, *words)
        name = f"pledgecalc {' '.join(words)}".strip()
        print(f"{name:<28} {taken:6.1f} ms  {taken / bare:4.2f} x (goal {GOAL})")


if __name__ == "__main__":
    main()
