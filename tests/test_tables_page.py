"""The page about tables: its examples are run, its tables name what there is."""

from __future__ import annotations

import doctest
import os
import re
import warnings
from pathlib import Path

import pytest

from calc.tables.told import SETTABLE

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "tables.md"


def test_every_example_on_the_page_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        failed, tried = doctest.testfile(
            os.fspath(PAGE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
        )
    assert failed == 0
    assert tried >= 20


def test_every_made_file_has_an_example_or_a_recipe() -> None:
    text = PAGE.read_text(encoding="utf-8")
    shown = set(re.findall(r'read\("(\w+\.csv)"', text))
    names = {path.name for path in (ROOT / "tests/tables/publishers").glob("*.csv")}
    assert shown <= names
    assert len(shown) >= 15


def test_what_is_set_on_the_page_can_be_set() -> None:
    text = PAGE.read_text(encoding="utf-8")
    pairs = [pair for said in re.findall(r"--set ([\w=,]+)", text) for pair in said.split(",")]
    assert {pair.partition("=")[0] for pair in pairs if pair} <= set(SETTABLE)
