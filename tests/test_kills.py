"""Writers that are killed leave the old file or the new one; `make kill` does it 200 times each."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from kills import KINDS, left_half

if not hasattr(signal, "SIGKILL"):
    pytest.skip("needs signals that kill", allow_module_level=True)

TIMES = int(os.environ.get("PLEDGECALC_KILLS", "5"))  # of each of four kinds: 20 in all


@pytest.mark.parametrize("name", KINDS)
def test_what_is_killed_leaves_old_or_new(name: str) -> None:
    killed, _, half = left_half(KINDS[name], TIMES)
    assert killed
    assert half == []


def test_what_was_left_does_not_stop_the_next_writer(tmp_path: Path) -> None:
    kind = KINDS["-o"]
    kind.prepare(tmp_path)
    calls = int(kind.run(tmp_path, -1).stdout.split()[-1])
    for at in range(calls - 12, calls, 3):
        kind.run(tmp_path, at)
    assert kind.run(tmp_path, -1).returncode == 0
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]
