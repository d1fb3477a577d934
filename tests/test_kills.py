"""Writers that are killed leave the old file or the new one; `make kill` does it 200 times each."""

from __future__ import annotations

import os
import signal

import pytest
from kills import KINDS, tried

if not hasattr(signal, "SIGKILL"):
    pytest.skip("needs signals that kill", allow_module_level=True)

TIMES = int(os.environ.get("PLEDGECALC_KILLS", "4"))  # of each kind


@pytest.mark.parametrize("name", KINDS)
def test_what_is_killed_leaves_old_or_new_and_the_next_writer_sweeps(name: str) -> None:
    told = tried(KINDS[name], TIMES)
    assert told.killed
    assert (told.half, told.left) == ([], [])
