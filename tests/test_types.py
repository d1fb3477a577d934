"""A user's script, checked by ``mypy --strict`` against pledgecalc as the wheel installs it.

The wheel alone brings pledgecalc to the environment that mypy looks into, so what it sees of it, it
sees through py.typed.
"""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from wheels import built

pytest.importorskip("mypy", reason="mypy is not installed (extra: dev)")

SCRIPT = """\
import pledgecalc as pc

claims = pc.read("examples/lithuania", published="2024-11-04")
result = pc.reconcile(claims, currency="USD")
converted = pc.convert("683m", "EUR", "USD", on="2024-11-04")
reveal_type(claims)  # DataFrame
reveal_type(result)  # Reconciliation
reveal_type(result.pledges)  # DataFrame
reveal_type(result.total(donor="Lithuania"))  # SafeSum
reveal_type(converted)  # Conversion
reveal_type(converted.amount)  # Decimal
reveal_type(pc.check(claims))  # DataFrame
reveal_type(pc.figures("It gave 5 million euros.")[0])  # Figure
reveal_type(pc.figures("It gave 5 million euros.")[:1])  # Figures
reveal_type(pc.when("683m", "EUR", "763m", "USD")[0])  # Window
reveal_type(pc.when("683m", "EUR", "763m", "USD")[:1])  # Windows
reveal_type(pc.view(claims, top=None))  # ShortTable
reveal_type(pc.quote(converted))  # str
reveal_type(result.explain("p-1").lines)  # tuple[str, ...]
review = pc.claim_review(pc.check(claims).iloc[0], claims, url="https://a.example", author="Desk")
reveal_type(review.script)  # str
pc.read("examples/lithuania", progress=False)
pc.read("examples/lithuania", progress=lambda done, of: None)
converted.amount + "x"  # error: operator
pc.figures(5)  # error: arg-type
pc.claim_review(pc.check(claims).iloc[0], claims, url="https://a.example")  # error: call-arg
pc.read_text("It gave 5 million euros.", date="2024-11-04")  # error: call-arg
result.pledge  # error: attr-defined
"""
# engines have no types of their own, or too many to read
CONFIG = """\
[mypy]
[mypy-matplotlib.*,pyarrow.*,pyspark.*]
follow_imports = skip
ignore_missing_imports = True
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """What mypy says of each line of the script."""
    folder = tmp_path_factory.mktemp("user")
    home = folder / "environment"
    venv.create(home, with_pip=False)
    scheme = {"base": str(home), "platbase": str(home)}
    installed = Path(sysconfig.get_path("purelib", "venv", vars=scheme))
    with zipfile.ZipFile(built(folder)) as wheel:
        wheel.extractall(installed)
    # what pledgecalc needs is here already; a folder in a .pth brings none of its own .pth along
    (installed / "others.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (folder / "script.py").write_text(SCRIPT, encoding="utf-8")
    (folder / "mypy.ini").write_text(CONFIG, encoding="utf-8")
    python = Path(sysconfig.get_path("scripts", "venv", vars=scheme)) / Path(sys.executable).name
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(python)]
    found = subprocess.run(
        [*command, "--config-file", "mypy.ini", "script.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    lines = re.findall(r"^script\.py:(\d+): (.*)$", found.stdout, re.MULTILINE)
    assert lines, found.stdout + found.stderr
    return {int(number): message for number, message in reversed(lines)}  # the first of each line


LINES = [
    (number, line.split("  # ")[1])
    for number, line in enumerate(SCRIPT.splitlines(), 1)
    if "  # " in line
]


@pytest.mark.parametrize(
    ("number", "expected"), LINES, ids=[f"line {number}: {end}" for number, end in LINES]
)
def test_each_line_has_the_type_or_the_error_that_it_names(
    said: dict[int, str], number: int, expected: str
) -> None:
    if expected.startswith("error: "):
        assert said[number].endswith(f"[{expected.removeprefix('error: ')}]")
    else:
        # of a named tuple the name is told last, behind its fields
        assert re.fullmatch(rf'note: Revealed type is ".*\b{re.escape(expected)}\]?"', said[number])


def test_nothing_else_is_said(said: dict[int, str]) -> None:
    assert sorted(said) == [number for number, _ in LINES]
