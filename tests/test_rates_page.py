"""The page about rates: its examples are run, its tables name all that there is."""

import doctest
import re
import runpy
from pathlib import Path

from rates.conversion import Conversion
from rates.currencies import currencies
from rates.policies import POLICIES, parse_policy

PAGE = Path(__file__).resolve().parents[1] / "docs" / "rates.md"


def test_every_example_on_the_page_is_true() -> None:
    failed, tried = doctest.testfile(
        str(PAGE), module_relative=False, optionflags=doctest.IGNORE_EXCEPTION_DETAIL
    )
    assert failed == 0
    assert tried >= 20


def test_every_currency_in_use_converts_or_has_a_reason() -> None:
    listed = runpy.run_path(str(PAGE.parents[1] / "scripts" / "list_currencies.py"))
    assert listed["shown"]() in PAGE.read_text(encoding="utf-8")
    codes = [code for _, line in listed["rows"]() for code in line.split(", ")]
    assert sorted(codes) == [one.code for one in currencies() if one.last is None]
    assert len(codes) == len(set(codes)) > 170


def test_every_policy_has_a_row_and_an_example() -> None:
    text = PAGE.read_text(encoding="utf-8")
    cells = [cell for row in re.findall(r"^\| (`.*?) \|", text, re.M) for cell in row.split(", ")]
    for policy in POLICIES:
        name = parse_policy(policy).name
        assert any(cell.startswith(f"`{name}") for cell in cells), name
        assert re.search(rf"^\*\*.*{name}", text, re.M), name


def test_every_field_of_the_provenance_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in Conversion._fields if f"`{name}`" not in text] == []
