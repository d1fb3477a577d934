"""What a process is given from outside: closed streams, narrow encodings, links, and its stop."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import cli
from calc.claims import read

ROOT = Path(__file__).resolve().parents[1]
SAID = "Norway gave Ukraine 5 million euros for Café 😀.\n"
EVERY = {**os.environ, "PYTHONPATH": str(ROOT)}
COMMAND = (sys.executable, "-m", "pledgecalc")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(SAID, encoding="utf-8")
    return path


def shell(line: str, **environment: str) -> tuple[int, bytes, str]:
    done = subprocess.run(
        ["sh", "-c", line], capture_output=True, check=False, env=EVERY | environment, cwd=ROOT
    )
    told = done.stderr.decode()
    assert "Traceback" not in told
    assert "a bug in pledgecalc" not in told
    return done.returncode, done.stdout, told


@pytest.mark.parametrize("verb", ["convert 5 EUR USD --on 2024-11-04", "read {}", "read {} --json"])
def test_a_closed_standard_output_is_said(text: Path, verb: str) -> None:
    code, _, told = shell(f"{' '.join(COMMAND)} {verb.format(text)} >&-")
    assert code == 2
    assert "the standard output is closed; -o FILE writes to a file" in told


def test_a_closed_standard_output_does_not_matter_to_a_file(text: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    line = f"{' '.join(COMMAND)} read {text} --published 2024-11-04 -o {out} >&- <&- 2>&-"
    assert shell(line)[0] == 0
    assert json.loads(out.read_text(encoding="utf-8"))["amount"] == "5000000"


def test_closed_streams_of_notes_and_of_input(text: Path) -> None:
    code, out, _ = shell(f"{' '.join(COMMAND)} read {text} --json 2>&-")
    assert code == 0
    assert json.loads(out)["amount"] == "5000000"
    code, _, told = shell(f"{' '.join(COMMAND)} read - <&-")
    assert code == 2
    assert "stdin" in told


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_data_are_utf_8_whatever_the_terminal_speaks(text: Path, encoding: str, form: str) -> None:
    line = f"{' '.join(COMMAND)} read {text} --format {form}"
    code, out, _ = shell(line, PYTHONIOENCODING=encoding)
    assert code == 0
    assert SAID.strip() in out.decode("utf-8")


@pytest.mark.parametrize("locale", ["C", "POSIX", "tr_TR.UTF-8", "C.UTF-8"])
def test_the_locale_changes_no_byte(locale: str) -> None:
    line = f"{' '.join(COMMAND)} check {ROOT}/examples/lithuania --fail-on never --json"
    assert shell(line, LC_ALL=locale, LANG=locale)[1] == shell(line)[1]


def test_a_full_disk_is_said(text: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    code, _, told = shell(f"{' '.join(COMMAND)} read {text} --json >/dev/full")
    assert code == 2
    assert "No space left" in told


def test_a_reader_that_has_enough_ends_the_command_without_a_word(text: Path) -> None:
    line = f"({' '.join(COMMAND)} read {text} --json; echo $? >&2) | true"
    _, _, told = shell(line)
    assert told.strip().splitlines()[-1] in ("0", "141")


WAITS = """
import os, sys
import calc.claims.sources as sources
def waits(*_, **__):
    os.write({ready}, b"x")
    os.read({forever}, 1)
sources.read_source = waits
import cli
sys.exit(cli.main(["read", "--jobs", "{jobs}", *sys.argv[1:]]))
"""


@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_ends_with_130_and_one_line(tmp_path: Path, jobs: int) -> None:
    names = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    for name in names:
        Path(name).write_text(SAID, encoding="utf-8")
    told, ready = os.pipe()
    forever, _never = os.pipe()
    program = WAITS.format(ready=ready, forever=forever, jobs=jobs)
    process = subprocess.Popen(
        [sys.executable, "-c", program, *names],
        pass_fds=(ready, forever),
        env=EVERY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    for _ in range(jobs):
        os.read(told, 1)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate()
    for number in (told, ready, forever, _never):
        os.close(number)
    assert (process.returncode, out, err.decode()) == (130, b"", "pledgecalc: stopped\n")


def test_the_workers_of_a_command_that_was_killed_end_too(tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in ("a.txt", "b.txt")]
    for name in names:
        Path(name).write_text(SAID, encoding="utf-8")
    told, ready = os.pipe()
    forever, _never = os.pipe()
    program = WAITS.format(ready=ready, forever=forever, jobs=2)
    process = subprocess.Popen(
        [sys.executable, "-c", program, *names],
        pass_fds=(ready, forever),
        env=EVERY,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(ready)
    assert [os.read(told, 1) for _ in names] == [b"x", b"x"]  # both are at work, and wait
    process.kill()
    process.wait()
    assert select.select([told], [], [], 60)[0], "workers wait for ever"
    assert os.read(told, 1) == b""  # nobody is left who could write there
    for number in (told, forever, _never):
        os.close(number)


def test_what_is_no_plain_file_in_a_folder_is_named_and_not_opened(tmp_path: Path) -> None:
    folder, away = tmp_path / "pages", tmp_path / "away"
    folder.mkdir()
    away.mkdir()
    (away / "secret.txt").write_text(SAID, encoding="utf-8")
    (folder / "a.txt").write_text(SAID, encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "out.txt").symlink_to(away / "secret.txt")
    (folder / "outside").symlink_to(away, target_is_directory=True)
    (folder / "gone.txt").symlink_to(away / "nothing.txt")
    (folder / "self.txt").symlink_to("self.txt")
    (folder / "inside.txt").symlink_to("a.txt")
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(folder / "s.txt"))
    with listening, pytest.warns(UserWarning, match="not read"):
        claims = read(folder, published="2024-11-04")
    assert set(claims["source"]) <= {"a.txt", "inside.txt"}
    problems = {one["source"]: one["message"] for one in claims.attrs["problems"]}
    for name in ("pipe.txt", "s.txt"):
        assert "a pipe, socket or device" in problems[name]
    for name in ("zero.txt", "out.txt", "outside"):
        assert "a link that leads out of the folder" in problems[name]
    for name in ("gone.txt", "self.txt"):
        assert "leads nowhere" in problems[name]


def test_a_device_without_end_is_read_to_the_limit_of_a_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("calc.documents.sources.MAX_TEXT_BYTES", 1_000_000)
    if not Path("/dev/zero").exists():
        pytest.skip("needs /dev/zero")
    assert cli.main(["read", "/dev/zero"]) == 2
    assert "larger than 1 MB" in capsys.readouterr().err
