"""The page about files: its examples are run, and it names every kind that is read."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

from calc.documents import archives, kinds
from calc.tables import json_trade

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)


def test_every_example_says_what_the_program_says() -> None:
    names: dict[str, Any] = {}
    blocks = BLOCK.findall(PAGE)
    assert len(blocks) == PAGE.count("```python") == 2
    for code, told in blocks:
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(code, names)
        assert said.getvalue() == told


def test_every_kind_and_limit_is_named() -> None:
    for suffix in (*kinds.WORKBOOK_SUFFIXES, ".gz", ".bz2", ".xz"):
        assert f"`{suffix}`" in PAGE
    assert f"than {archives.MOST_TIMES} times its size" in PAGE
    for service in ("FTS", "360Giving", "d-portal"):
        assert service in PAGE
        assert any(service in note for *_, note in json_trade._SERVICES)
