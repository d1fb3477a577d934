"""The page of 1,000 documents: how large it is and how soon it stands in a browser.

    python benchmarks/page.py --documents 1000 --seed 1

Makes articles, reads and reconciles them, writes the page and opens it in the system's Chromium
(playwright), a fresh browser for each of five runs. Prints a table and writes it between its
markers in RESULTS.md beside this file; ``--quick`` makes 100 articles and writes nothing.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sections import write_section
from worlds import wires

from calc.claims import read
from calc.reconcile import Reconciliation, reconcile

RUNS = 5
SECONDS, MEGABYTES = 2.0, 20.0


def made(documents: int, seed: int, folder: Path) -> Reconciliation:
    """A reconciliation of that many articles, which are written into ``folder``."""
    claims = documents * 4
    texts = wires.articles(wires.WIRES, claims, 4, seed)
    while len(texts) < documents:
        claims *= 2
        texts = wires.articles(wires.WIRES, claims, 4, seed)
    for number, one in enumerate(texts[:documents]):
        path = folder / f"article-{number:04d}.txt"
        head, _, body = one.text.partition("\n")
        told = f"{head}\n\n{one.publisher}, {one.published:%d %B %Y}\n{body}\n"
        path.write_text(told, encoding="utf-8")
    return reconcile(read(folder), "USD")


def opened(address: str, chromium: str) -> tuple[float, float]:
    """Seconds until the page is loaded, and until its first paint, in a browser just started."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        page.goto(address, wait_until="load")
        found: dict[str, Any] = page.evaluate(
            "({load: performance.getEntriesByType('navigation')[0].loadEventEnd,"
            " paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0})"
        )
        browser.close()
    return found["load"] / 1000, found["paint"] / 1000


def main() -> None:
    """Measure, print, and write the section of RESULTS.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--keep", metavar="FILE", help="leave the page there")
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("no Chromium on this machine; on Debian: apt-get install chromium")
    documents = 100 if asked.quick else asked.documents
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder, "texts")
        texts.mkdir()
        result = made(documents, asked.seed, texts)
        path = Path(asked.keep or Path(folder, "page.html"))
        begun = time.process_time()
        result.to_html(path)
        written = time.process_time() - begun
        size = path.stat().st_size / 1e6
        runs = [opened(path.resolve().as_uri(), chromium) for _ in range(RUNS)]
    load, paint = (statistics.median(one) for one in zip(*runs, strict=True))
    lines = [
        f"Made by `python benchmarks/page.py`: {documents:,} articles of the wires, "
        f"{len(result.claims):,} figures, {len(result.pledges):,} pledges, "
        f"{len(result.checks):,} stated conversions, {len(result.findings):,} findings; "
        f"Chromium, {RUNS} fresh browsers, medians.",
        "",
        "| what | result | goal |",
        "|---|---|---|",
        f"| size of the page | {size:.1f} MB | < {MEGABYTES:.0f} MB |",
        f"| opened (load event) | {load:.2f} s | < {SECONDS:.0f} s |",
        f"| first words on the screen | {paint:.2f} s | |",
        f"| written, CPU | {written:.1f} s | |",
    ]
    print("\n".join(lines))
    if not asked.quick and documents == 1000:
        write_section("page", "\n".join(["## The page", "", *lines]))


if __name__ == "__main__":
    main()
