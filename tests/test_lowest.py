"""The lower bounds of pyproject.toml are those that `make lowest` installs and tests."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Named in no table of claims or frames, or without a bound of its own.
ELSEWHERE = {"pyspark"}
_BOUND = re.compile(r"([A-Za-z][\w.-]*)>=([\d.]+)")


def _numbers(version: str) -> list[int]:
    numbers = [int(part) for part in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return numbers


def bounds() -> dict[str, list[int]]:
    """Every lower bound of what a user may install, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = list(project["dependencies"])
    for name in ("excel", "papers", "html", "parquet", "polars", "duckdb", "plots", "lowest"):
        needed += extras[name]
    found = {}
    for one in needed:
        bound = _BOUND.match(one)
        if bound is not None and bound[1] not in ELSEWHERE:
            found[bound[1].lower()] = _numbers(bound[2])
    return found


def test_what_is_tested_is_what_is_promised() -> None:
    lines = (ROOT / ".ci" / "lowest.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if line and not line.startswith("#"))
    assert {name.lower(): _numbers(version) for name, version in pins.items()} == bounds()
