"""A plain install, without extras, does its work and names the extra that more would need.

    PYTHON plain_install.py EXAMPLES

Run with the Python of a fresh environment, in an empty folder: what is imported is what was
installed. Prints a line for each check and ends with status 1 when one fails.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

EXTRAS = ("lxml", "openpyxl", "pyarrow", "polars", "duckdb", "pyspark", "matplotlib", "trafilatura")
PLOT = """\
import pledgecalc as pc
claims = pc.read_text("Norway gave Ukraine 5 million euros.", published="2024-11-04")
pc.reconcile(claims).plot()
"""


def said(*command: str) -> tuple[int, str]:
    """The exit status of a command of this environment, and what it printed."""
    here = Path(sys.executable).parent
    found = subprocess.run(
        [here / command[0], *command[1:]], capture_output=True, text=True, check=False
    )
    return found.returncode, found.stdout + found.stderr


def files() -> None:
    """Files that need an extra: a page, a workbook, a Parquet table."""
    Path("page.html").write_text("<p>Norway gave Ukraine 5 million euros.</p>", encoding="utf-8")
    with zipfile.ZipFile("book.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    Path("table.parquet").write_bytes(b"PAR1" + bytes(8) + b"PAR1")


def checks(examples: str) -> list[tuple[str, tuple[str, ...], int, str]]:
    """What is tried: its name, the command, its exit status, words that it prints."""
    present = f"import importlib.util as i; print([n for n in {EXTRAS} if i.find_spec(n)])"
    reconcile = ("reconcile", examples, "--in", "USD", "--fail-on", "never")
    convert = ("convert", "683m", "EUR", "USD", "--on", "2024-11-04")
    return [
        ("no extra is installed", ("python", "-c", present), 0, "[]"),
        ("import", ("python", "-c", "import pledgecalc as pc; print(pc.__file__)"), 0, "site-"),
        ("convert", ("pledgecalc", *convert), 0, "744,743,200 USD"),
        ("reconcile", ("pledgecalc", *reconcile), 0, "Palianytsia"),
        ("a page", ("pledgecalc", "read", "page.html"), 2, 'pip install "pledgecalc[html]"'),
        ("a workbook", ("pledgecalc", "read", "book.xlsx"), 2, 'pip install "pledgecalc[excel]"'),
        ("Parquet", ("pledgecalc", "read", "table.parquet"), 2, 'install "pledgecalc[parquet]"'),
        ("a plot", ("python", "-c", PLOT), 1, 'pip install "pledgecalc[plots]"'),
    ]


def main(examples: str) -> int:
    """Try everything; 1 if anything is not as it should be."""
    files()
    failed = 0
    for name, command, status, words in checks(examples):
        got, text = said(*command)
        right = got == status and words in text
        failed += not right
        print(f"{'ok' if right else 'FAILED':7} {name}")
        if not right:
            print(f"    status {got}, not {status}, or without {words!r}:\n{text}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
