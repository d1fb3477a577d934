"""What a fuzzer once found, tried again: an input that broke something is refused or read."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

import pytest
from fuzzing.targets import TARGETS

from rates.errors import PledgecalcError

CORPUS = Path(__file__).parent / "fuzz_corpus"
FOUND = sorted(path for path in CORPUS.rglob("*") if path.is_file() and path.suffix != ".md")


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_was_found_once_breaks_nothing(path: Path) -> None:
    target = TARGETS[path.parent.name.replace("_", " ")]
    with contextlib.suppress(PledgecalcError):
        target.run(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_some_odd_inputs_break_nothing(name: str) -> None:
    """Ten of every kind in each run; ``make fuzz`` tries a million."""
    chance = random.Random(f"tests {name}")
    for _ in range(10):
        content = TARGETS[name].make(chance)
        with contextlib.suppress(PledgecalcError):
            TARGETS[name].run(content)
