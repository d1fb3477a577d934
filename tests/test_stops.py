"""Commands that are stopped by a person, or whose readers are gone: every verb, at any moment."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from forked import Commands
from places import PRINTING, WRITING, placed, state

if not hasattr(os, "fork"):
    pytest.skip("needs processes that fork", allow_module_level=True)

# Ctrl-C at the call number AT into the system, or how many calls there are.
CTRL_C = """
import itertools, os, signal, sys
calls = itertools.count()
def watch(event, _):
    if event in ("open", "os.listdir", "os.scandir", "import", "compile") and next(calls) == {at}:
        os.kill(os.getpid(), signal.SIGINT)
sys.addaudithook(watch)
"""
READ = """
import sys
r, w = os.pipe()
os.close(r)
os.dup2(w, 1)
sys.stdout = open(1, "w", encoding="utf-8", closefd=False)
"""


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    made = Commands(tmp_path_factory.mktemp("commands"))
    yield made
    made.close()


@pytest.mark.parametrize("line", ["check a.txt", *(line for line, _ in WRITING.values())])
def test_ctrl_c_at_any_moment_ends_with_one_line_and_old_or_new(
    commands: Commands, tmp_path: Path, line: str
) -> None:
    name = dict(WRITING.values()).get(line, "out.json")
    stopped, chance = 0, random.Random(line)
    whole = placed(tmp_path / "whole")
    old = state(whole.folder).get(name)
    whole.run(commands, line)
    new = state(whole.folder).get(name)
    for number in range(6):
        place = placed(tmp_path / str(number))
        at = number if number < 3 else chance.randrange(3, 12)
        done = place.run(commands, line, CTRL_C.format(at=at))
        assert done.code in (130, 0)
        if done.code:
            stopped += 1
            assert done.err.splitlines()[-1] == "pledgecalc: stopped"
            assert done.out == ""
        found = state(place.folder)
        assert found.get(name) in (old, new)
        assert [path for path in found if path.endswith(".part")] == []
    assert stopped


@pytest.mark.parametrize("verb", PRINTING)
def test_streams_that_are_closed_or_no_longer_read(
    commands: Commands, tmp_path: Path, verb: str
) -> None:
    place, line = placed(tmp_path / "place"), PRINTING[verb]
    plain = place.run(commands, line)
    assert plain.code in (0, 1)
    gone = place.run(commands, line, READ)  # as by `| head -1`, when head has read enough
    assert gone.code == 141
    assert "pledgecalc:" not in gone.err
    shut = place.run(commands, line, "import sys\nos.close(1)\nsys.stdout = None\n")
    assert shut.code == 2
    assert "the standard output is closed; -o FILE writes to a file" in shut.err
    assert place.run(commands, line, "import sys\nos.close(0)\nsys.stdin = None\n") == plain
    silent = place.run(commands, line, "import sys\nos.close(2)\nsys.stderr = None\n")
    assert (silent.code, silent.out) == (plain.code, plain.out)
