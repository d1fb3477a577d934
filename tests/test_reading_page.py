"""The page on reading says what the code does."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

import cli
from calc import schema
from calc.claims.tongue_rules import read_languages
from calc.documents import FURNITURE, kinds, languages, mails, pages, sources

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")


def test_every_ending_that_is_read_is_named() -> None:
    read = [*kinds.KINDS, *kinds.ARCHIVE_SUFFIXES]
    assert [suffix for suffix in read if f"`{suffix}`" not in PAGE] == []


def test_every_language_is_named() -> None:
    assert [name for name in languages.LANGUAGES.values() if name not in PAGE] == []
    assert {"en", *read_languages()} == languages.WITH_ROLES


def test_the_limits_are_the_ones_of_the_code() -> None:
    assert f"texts over {sources.MAX_TEXT_BYTES // 10**6} MB" in PAGE
    assert f"mails over {sources.MAX_PAGE_BYTES // 10**6} MB" in PAGE
    assert f"tables over {sources.MAX_TABLE_BYTES // 10**6:,} MB" in PAGE
    assert f"deeper than {pages.DEEPEST} elements" in PAGE
    assert f"more than {mails.MOST_PARTS:,} parts" in PAGE
    assert f"headers over {mails.MOST_HEADERS // 1000} kB" in PAGE


def test_columns_and_reasons_exist() -> None:
    rows = re.search(r"\| column \| says \|\n(.*?)\n\n", PAGE, re.DOTALL)
    assert rows is not None
    first_cells = [row.split("|")[1] for row in rows[1].splitlines()[1:]]
    columns = [name for cell in first_cells for name in re.findall(r"`(\w+)`", cell)]
    assert len(columns) > 10
    assert [name for name in columns if name not in schema.CLAIMS] == []
    reasons = re.search(r"says why: (.*?)\.", PAGE, re.DOTALL)
    assert reasons is not None
    assert set(re.findall(r"`(\w+)`", reasons[1])) <= set(FURNITURE)


def test_the_explanation_shown_is_the_one_that_is_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (shown,) = re.findall(r"(?<=```console\n).*?(?=```)", PAGE, re.DOTALL)
    cat, text, command, *lines = shown.splitlines()
    (tmp_path / cat.removeprefix("$ cat ")).write_text(f"{text}\n", encoding="utf-8")
    assert cli.main(command.removeprefix("$ pledgecalc ").split()) == 0
    printed = capsys.readouterr().out
    parts = [part.strip("\n") for part in "\n".join(lines).split("…\n") if part.strip()]
    assert len(parts) > 1
    places = [printed.find(f"{part}\n") for part in parts]
    assert -1 not in places
    assert places == sorted(places)
    assert all(len(line) <= 80 for line in printed.splitlines())


def test_the_cell_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (cell,) = re.findall(r"(?<=```python\n).*?(?=```)", PAGE, re.DOTALL)
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(cell, {})
    assert " en\n" in shown.getvalue()
