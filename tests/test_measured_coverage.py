"""What `make coverage` says, and that it fails below the share of branches that was asked for."""

from __future__ import annotations

import doctest
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts" / "measure_coverage.py"
_spec = importlib.util.spec_from_file_location("measure_coverage", SCRIPT)
assert _spec is not None
assert _spec.loader is not None
measure_coverage: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(measure_coverage)


def counts(branches: int, of: int) -> dict[str, int]:
    lines = {"covered_lines": 97, "num_statements": 100}
    return lines | {"covered_branches": branches, "num_branches": of}


def said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, list[str]]:
    files = {"calc/links/bits.py": counts(7, 10), "rates/days.py": counts(12, 12)}
    report = {
        "files": {file: {"summary": one} for file, one in files.items()},
        "totals": counts(19, 22),
    }

    def written(command: list[str], **_: object) -> None:
        Path(command[-1]).write_text(json.dumps(report), encoding="utf-8")

    monkeypatch.setattr(subprocess, "run", written)
    monkeypatch.setattr(sys, "argv", ["measure_coverage.py", *words])
    return measure_coverage.main(), capsys.readouterr().out.splitlines()


def test_branches_are_counted_by_themselves_the_room_with_fewest_first(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = said(monkeypatch, capsys, "--least", "86.3")
    assert code == 0
    assert lines == [
        "calc/links         lines 97.0 %, branches 70.0 %",
        "rates              lines 97.0 %, branches 100.0 %",
        "",
        "   3 untried in calc/links/bits.py",
        "",
        "lines 97.0 %, branches 86.3 % of calc, rates and cli tried",
    ]


def test_less_than_was_asked_for_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines = said(monkeypatch, capsys, "--least", "95")
    assert code == 1
    assert lines[-1].startswith("less than 95 % of the branches")


def test_its_examples_are_right() -> None:
    assert doctest.testmod(measure_coverage).failed == 0
