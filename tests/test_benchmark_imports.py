"""What benchmarks and scripts import from our rooms is there: no test runs them, and rooms move."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(
    path for folder in ("benchmarks", "scripts") for path in (ROOT / folder).rglob("*.py")
)
ROOMS = ("calc", "rates", "cli", "pledgecalc")


def imported(path: Path) -> list[tuple[str, str]]:
    """Pairs of module and name that a file takes from our rooms."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and not node.level
        and node.module.split(".")[0] in ROOMS
        for alias in node.names
    ]


@pytest.mark.skipif(not FILES, reason="benchmarks are not part of an installed package")
@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_imported_name_exists(path: Path) -> None:
    for module, name in imported(path):
        found = importlib.import_module(module)
        if not hasattr(found, name):
            importlib.import_module(f"{module}.{name}")
