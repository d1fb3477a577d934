"""A cold `convert` stays light: what a fresh process has loaded when it is done."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
HEAVY = (
    "pandas",
    "numpy",
    "requests",
    "forex_python",
    "dataclasses",
    "inspect",
    "zipfile",
    "jinja2",
)


@pytest.mark.parametrize(
    "arguments",
    [
        ["convert", "683m", "EUR", "USD", "--on", "2024-11-04"],
        ["convert", "683m", "EUR", "USD", "--on", "2024-11-04", "--json"],
        ["rate", "EUR", "USD", "--on", "2024-11-04"],
    ],
)
def test_a_conversion_loads_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys, cli; code = cli.main(sys.argv[1:]);"
        f"print([name for name in {HEAVY!r} if name in sys.modules], code, file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stderr.splitlines()[-1] == "[] 0"
    assert "1.0904" in result.stdout


def test_the_library_loads_no_online_source_and_no_template() -> None:
    program = (
        "import sys, pledgecalc;"
        "print([name for name in ('requests', 'forex_python', 'jinja2') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.stdout.strip() == "[]", result.stderr
