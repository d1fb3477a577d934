"""The private folder of very many claims: gone at the end, and swept after a kill."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from calc.blocks.scratch import scratch


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_it_is_private_and_gone_at_the_end(temporary: Path) -> None:
    with scratch() as folder:
        assert folder.parent == temporary
        assert folder.stat().st_mode & 0o077 == 0
        (folder / "a").write_bytes(b"x")
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_nothing_else(temporary: Path) -> None:
    program = "import os; print(os.getpid())"
    gone = int(subprocess.run([sys.executable, "-c", program], capture_output=True).stdout)
    left = temporary / f"pledgecalc-{gone}-abc"
    kept = [
        temporary / name
        for name in (f"pledgecalc-{os.getpid()}-abc", f"pledgecalc-{gone}-new", "pledgecalc-tests")
    ]
    for folder in (left, *kept):
        folder.mkdir()
        (folder / "voices.counts").write_bytes(b"x")
        if not folder.name.endswith("new"):
            os.utime(folder, (0, 0))
    (temporary / f"pledgecalc-{gone}-link").symlink_to(kept[0])
    with scratch():
        pass
    assert sorted(temporary.iterdir()) == sorted([*kept, temporary / f"pledgecalc-{gone}-link"])
