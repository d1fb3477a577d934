"""Files written whole or not at all: links, rights, and places that cannot be written."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from rates import whole_file
from rates.errors import UsageError


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old", encoding="utf-8")
    whole_file.write(target, "new €\n")
    assert target.read_bytes() == "new €\n".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot write .*nowhere"):
        whole_file.write(tmp_path / "nowhere" / "out.csv", "x")
    assert not (tmp_path / "nowhere").exists()


def test_a_link_goes_on_pointing_to_the_file_that_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "out.csv", tmp_path / "latest.csv"
    target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    whole_file.write(link, "new")
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_a_file_stays_as_open_to_others_as_it_was(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "decisions.toml"
    target.touch()
    target.chmod(mode)
    whole_file.write(target, "new")
    assert target.stat().st_mode & 0o777 == mode


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    whole_file.write(pipe, "through")
    reader.join()
    assert read == ["through"]
    assert pipe.is_fifo()


def test_what_a_killed_writer_left_is_removed_by_the_next_one(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True
    )
    target = tmp_path / "out.csv"
    left = tmp_path / f".out.csv.{int(gone.stdout)}.part"
    running = tmp_path / f".out.csv.{os.getppid()}.part"  # of a process that lives
    other = tmp_path / f".other.csv.{int(gone.stdout)}.part"
    for path in (left, running, other):
        path.write_text("half")
    whole_file.write(target, "new")
    assert sorted(tmp_path.iterdir()) == sorted([other, running, target])


def test_the_file_and_its_name_are_put_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[bool] = []
    fsync = os.fsync

    def noted(number: int) -> None:
        kept.append(stat.S_ISDIR(os.fstat(number).st_mode))
        fsync(number)

    monkeypatch.setattr(os, "fsync", noted)
    whole_file.write(tmp_path / "out.csv", "new")
    assert kept == [False, True]
