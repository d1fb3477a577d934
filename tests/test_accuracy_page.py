"""The page of how much is read right says what the corpora say, and what the README says of it."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "accuracy.md").read_text("utf-8")
SCRIPT = runpy.run_path(str(ROOT / "scripts" / "measure_accuracy.py"))


def test_the_page_has_the_shares_of_our_corpora() -> None:
    assert SCRIPT["with_rows"](PAGE, "own", SCRIPT["own_rows"]()) == PAGE, (
        "run python scripts/measure_accuracy.py"
    )


def test_every_row_has_a_cell_for_every_column() -> None:
    tables = re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE)
    assert len(tables) == 2
    for table in tables:
        assert len({line.count("|") for line in table.splitlines()}) == 1
        assert len(table.splitlines()) > 3


def test_the_shares_are_of_the_counts_in_the_scores() -> None:
    kept = next(line for line in PAGE.splitlines() if "passages_kept" in line)
    shares = [float(cell) for cell in kept.split("|")[4:-1]]
    assert all(50 <= one <= 100 for one in shares)
    assert shares[-1] == min(shares)


def test_the_readme_says_the_headline_number() -> None:
    assert SCRIPT["sentence"](PAGE) in (ROOT / "README.md").read_text("utf-8")
