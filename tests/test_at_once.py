"""Writers of one file that begin together: what one alone would leave is there, nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from kills import KINDS, ROOT, program

if not hasattr(os, "fork"):
    pytest.skip("needs processes that fork", allow_module_level=True)

# They have loaded what they need, and begin when the pipe is closed. A writer that finds another
# at work may be refused in words, which is its end too.
TOGETHER = """
from rates.errors import PledgecalcError
begin, found = os.pipe(), []
for number in range(int(sys.argv[2])):
    if not (pid := os.fork()):
        os.close(begin[1])
        os.read(begin[0], 1)
        sys.stdout = open(os.devnull, "w")
        code = 1
        try:
            work(sys.argv[1])
            code = 0
        except PledgecalcError as error:
            os.write(2, f"refused: {error}\\n".encode())
            code = 2
        finally:
            os._exit(code)
    found.append(pid)
os.close(begin[1])
print(*(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in found))
"""


def ends(name: str, folder: Path, many: int) -> list[int]:
    """The exit codes of so many writers of a kind in one folder, begun together."""
    kind = KINDS[name]
    folder.mkdir()
    kind.prepare(folder)
    done = subprocess.run(
        [sys.executable, "-c", program(kind) + TOGETHER, str(folder), str(many)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Traceback" not in done.stderr
    return [int(code) for code in done.stdout.split()]


@pytest.mark.parametrize("name", KINDS)
def test_writers_that_begin_together_leave_what_one_would(name: str, tmp_path: Path) -> None:
    assert ends(name, tmp_path / "alone", 1) == [0]
    codes = ends(name, tmp_path / "together", 6)
    assert len(codes) == 6
    assert 0 in codes
    assert set(codes) <= {0, 2}
    read = KINDS[name].read
    assert read(tmp_path / "together") == read(tmp_path / "alone")
    assert not list((tmp_path / "together").rglob("*.part"))
