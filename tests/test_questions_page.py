"""The page of the 25 questions: one command or one cell each, with its output of today.

`PYTHONPATH=. python tests/test_questions_page.py` renews the outputs; read the diff.
"""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest
from printing import printed

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "questions.md"
PART = re.compile(r"^## (\d+)\. .*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"```console\n\$ pledgecalc (.*)\n((?:(?!```).*\n)*)```")
CELL = re.compile(r"```python\n(.*?)```\n\n```text\n(.*?)```", re.DOTALL)
PARTS = {int(found[1]): found[0] for found in PART.finditer(PAGE.read_text(encoding="utf-8"))}


def shown(cell: str) -> str:
    """What a cell prints."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.chdir(ROOT):
        exec(compile(cell, str(PAGE), "exec"), {})
    return stream.getvalue()


def test_there_are_25_questions_with_one_answer_each() -> None:
    assert list(PARTS) == list(range(1, 26))
    for part in PARTS.values():
        assert len(COMMAND.findall(part)) + len(CELL.findall(part)) == 1, part
        assert part.count("```") == (4 if CELL.findall(part) else 2)


@pytest.mark.parametrize("number", PARTS)
def test_the_answer_is_what_the_program_says(number: int) -> None:
    for command, told in COMMAND.findall(PARTS[number]):
        assert told.strip()
        assert told == printed(command)
    for cell, told in CELL.findall(PARTS[number]):
        assert told.strip()
        assert told == shown(cell)


@pytest.mark.parametrize("number", PARTS)
def test_no_line_of_a_command_is_wider_than_80_columns(number: int) -> None:
    for command, told in COMMAND.findall(PARTS[number]):
        if not command.startswith("convert examples"):  # a table of the user's own
            assert max(len(line) for line in told.splitlines()) <= 80


@pytest.mark.parametrize("number", [10, 12, 18, 25])
def test_the_same_command_gives_the_same_bytes(number: int) -> None:
    (command, _) = COMMAND.findall(PARTS[number])[0]
    assert printed(command) == printed(command)


def renew() -> None:
    """Write the outputs of today into the page."""
    text = PAGE.read_text(encoding="utf-8")
    text = COMMAND.sub(lambda m: f"```console\n$ pledgecalc {m[1]}\n{printed(m[1])}```", text)
    text = CELL.sub(lambda m: f"```python\n{m[1]}```\n\n```text\n{shown(m[1])}```", text)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    renew()
