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


def milliseconds(arguments: list[str]) -> float:
    """How long one Python takes."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return 1000 * (time.perf_counter() - start)


def ratio(arguments: list[str]) -> tuple[float, float]:
    """The medians of a page and of bare Python, asked in turn: a busy machine slows both."""
    pairs = [(milliseconds(arguments), milliseconds(["-c", "pass"])) for _ in range(REPEATS)]
    page, bare = (statistics.median(times) for times in zip(*pairs, strict=True))
    return page, page / bare


def main() -> None:
    sys.path.insert(0, str(ROOT))
    import cli

    pages = [[], ["--help"], *([verb.name, "--help"] for verb in cli.VERBS)]
    for words in pages:
        taken, times = ratio(["-c", PROGRAM, *words])
        name = f"pledgecalc {' '.join(words)}".strip()
        print(f"{name:<28} {taken:6.1f} ms  {times:4.2f} x (goal {GOAL})")


if __name__ == "__main__":
    main()
