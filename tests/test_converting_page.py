"""The page on converting shows what is printed; run as a program, this renews it."""

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest

import cli

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "converting.md"
SESSION = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
COMMAND = re.compile(r"^\$ pledgecalc (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def commands() -> list[tuple[str, str]]:
    text = PAGE.read_text(encoding="utf-8")
    return [found for session in SESSION.findall(text) for found in COMMAND.findall(session)]


def output(command: str) -> tuple[str, str]:
    data, notes = io.StringIO(), io.StringIO()
    stdout, stderr = contextlib.redirect_stdout(data), contextlib.redirect_stderr(notes)
    with stdout, stderr, contextlib.chdir(ROOT):
        cli.main(shlex.split(command))
    return data.getvalue(), notes.getvalue()


@pytest.mark.parametrize(("command", "shown"), commands())
def test_the_page_shows_what_the_command_prints(command: str, shown: str) -> None:
    assert shown.strip("\n") == output(command)[0].strip("\n")


def test_the_page_shows_the_notes() -> None:
    notes = output(commands()[0][0])[1]
    assert notes in PAGE.read_text(encoding="utf-8")


def test_the_cell_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "examples").mkdir()
    (tmp_path / "examples" / "aid.csv").write_bytes((ROOT / "examples" / "aid.csv").read_bytes())
    monkeypatch.chdir(tmp_path)
    (cell,) = re.findall(r"(?<=```python\n).*?(?=```)", PAGE.read_text("utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(compile(cell, "converting.md", "exec"), names)
    assert (tmp_path / "aid-all.csv").exists()
    assert "result" in names


def test_every_option_of_a_table_is_named() -> None:
    text = PAGE.read_text(encoding="utf-8")
    options = re.findall(
        r"--[a-z]+",
        output("convert --help")[0].partition("of a table:\n")[2].partition("\n\n")[0],
    )
    assert [one for one in options if one not in text] == []


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    for line, lines in commands():
        page = page.replace(f"{line}\n{lines}", f"{line}\n{output(line)[0].rstrip()}\n")
    PAGE.write_text(page, encoding="utf-8")
