"""Many who decide in one folder at once: all is kept; who waits is told for whom, not for ever."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import cli
from calc.decisions import Decision, locks
from calc.decisions.writing import append
from rates.errors import UsageError

fcntl = pytest.importorskip("fcntl")
ROOT = Path(__file__).resolve().parents[1]
# from 3.12 on Python warns of forks beside the threads of numpy
EVERY = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore::DeprecationWarning"}
HOLDS = """
import fcntl, os, sys
handle = os.open(sys.argv[1], os.O_RDONLY)
fcntl.flock(handle, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""
DECISION = Decision("reject", ("a1",), why="so")


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that holds the folder until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    yield process
    process.communicate()


FORKS = """
import os, sys
import cli, calc.verbs.answers
folder, begin = sys.argv[1], os.pipe()
found = []
for number in range(16):
    if not (pid := os.fork()):
        os.close(begin[1])
        os.read(begin[0], 1)  # all begin when the pipe is closed
        words = ["reject", f"x{number}", f"{folder}/a.csv", "--why", "so"]
        os._exit(cli.main(["decide", *words, "--file", f"{folder}/d.toml", "-q"]))
    found.append(pid)
os.close(begin[1])
sys.exit(sum(os.waitpid(pid, 0)[1] for pid in found))
"""


def test_sixteen_who_decide_at_once_are_all_kept(tmp_path: Path) -> None:
    ids = [f"x{number}" for number in range(16)]
    rows = [f"{one},Norway,Ukraine,{at + 1},EUR,2024-11-04\n" for at, one in enumerate(ids)]
    head = "claim_id,donor,recipient,amount,currency,published\n"
    (tmp_path / "a.csv").write_text(head + "".join(rows), encoding="utf-8")
    command = [sys.executable, "-c", FORKS, str(tmp_path)]
    done = subprocess.run(command, env=EVERY, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    blocks = tomllib.loads((tmp_path / "d.toml").read_text("utf-8"))["decision"]
    assert sorted(one["claims"][0] for one in blocks) == sorted(ids)
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "d.toml"}


def test_who_waits_is_told_for_whom_and_goes_on_when_it_may(
    tmp_path: Path, holder: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_UNSAID", 0.0)
    told: list[str] = []

    def say(text: str) -> None:
        told.append(text)
        assert holder.stdin is not None
        holder.stdin.close()  # what was waited for comes to its end
        holder.wait()
        holder.stdin = None

    assert append(tmp_path / "d.toml", DECISION, say)
    (text,) = told
    assert text.startswith("waiting up to 30 s for ")
    assert str(tmp_path) in text
    if locks._LOCKS.exists():
        assert f"process {holder.pid} (" in text


def test_who_waited_in_vain_says_so_and_wrote_nothing(
    tmp_path: Path,
    holder: subprocess.Popen[bytes],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.5)
    monkeypatch.setattr(locks, "_UNSAID", 0.0)
    page = tmp_path / "a.csv"
    page.write_text(
        "claim_id,donor,amount,currency,published\na1,Norway,5,EUR,2024-11-04\n", encoding="utf-8"
    )
    file = tmp_path / "d.toml"
    words = ["decide", "reject", "a1", str(page), "--why", "so", "--file", str(file)]
    assert cli.main(words) == 2
    err = capsys.readouterr().err
    waits, gives_up = err.splitlines()
    assert waits.startswith("note: waiting up to 0.5 s for ")
    assert "nothing was written: try again when it is done, or end it" in gives_up
    assert not file.exists()
    assert holder.poll() is None


def test_a_disk_without_locks_is_said_and_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", without)
    told: list[str] = []
    assert append(tmp_path / "d.toml", DECISION, told.append)
    assert ["cannot be locked (Operation not supported)" in one for one in told] == [True]


def test_a_holder_that_the_system_does_not_tell_is_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_LOCKS", tmp_path / "none")
    assert locks.holder(tmp_path) == "another process"
    with pytest.raises(UsageError, match="cannot open the folder"):
        append(tmp_path / "gone" / "d.toml", DECISION)
