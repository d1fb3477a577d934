"""docs/page.md is true: its sessions run, and the parts that it names are there in that order."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest

import cli

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "page.md").read_text(encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the examples in it."""
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_writes_the_page(here: Path) -> None:
    (command,) = re.findall(r"^\$ pledgecalc (.*)$", PAGE, re.MULTILINE)
    assert cli.main(shlex.split(command)) == 0
    text = (here / "page.html").read_text(encoding="utf-8")
    named = re.findall(r"^\| ([A-Z][^|]*?) \|", PAGE, re.MULTILINE)
    assert len(named) == 7
    places = [text.index(f">{name}</h2>") for name in named]
    assert places == sorted(places)


def test_the_sessions_print_what_the_page_shows(here: Path) -> None:
    blocks = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(blocks, {}, "docs/page.md", None, 0)
    runner = doctest.DocTestRunner()
    runner.run(test)
    assert runner.tries > 6
    assert runner.failures == 0
    assert (here / "page.html").stat().st_size > 50_000
