"""What is wrong with a block of a file of decisions is said with its line, and what would do."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from calc.decisions import blocks, read_decisions
from rates.errors import UnreadableInputError, UsageError

HEAD = "[[decision]]\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.toml"


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ('kind = "reject"\nclaim = "a"\nclaims = ["b"]', "'claims' is said twice"),
        ('kind = "same"\nclaims = ["a", "b"]\ntext = ["5m"]', "1 entries for 2 claims"),
        ('kind = "amount"\nclaim = "a"\nis = 5\nlow = 4', "'low' and 'high' belong to 'accept'"),
        ('kind = "reject"\nclaims = ["a", 5]', "'claims' takes text in quotes"),
        ('kind = "reject"\nclaims = [" "]', "an id is empty"),
        ('kind = "reject"\nclaim = "a"\nwhy = 5', "'why' takes text in quotes"),
        ('kind = "reject"\nclaim = "a"\nis = "b"', "'reject' takes no value; 'why' holds"),
        ('kind = "amount"\nclaim = "a"\nis = "5m EUR"', "without its currency"),
        ('kind = "accept"\nclaim = "a"\nis = 5\nlow = 6\nhigh = 7', "5 does not lie from 6 to 7"),
        ('kind = "part-of"\nclaim = "a"\nis = " "', "'part-of' needs a value"),
        ('kind = "amount"\nclaim = "a"\nis = true', "True is no amount; write 12000000"),
        ('kind = "amount"\nclaim = "a"\nis = "-5"', "no amount above zero"),
        ('kind = "amount"\nclaim = "a"\nis = [5]', "is no amount"),
        ('kind = "as_of"\nclaim = "a"\nis = "soon"', "is = 'soon' is no day"),
    ],
)
def test_a_block_that_cannot_be_understood_is_named(path: Path, block: str, words: str) -> None:
    path.write_text(HEAD + block + "\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_decisions(path)
    assert words in str(caught.value)
    assert "decisions.toml, line 1: " in str(caught.value)


def test_a_file_that_nobody_wrote_by_hand_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "MOST_BYTES", 10)
    path.write_text(HEAD + 'kind = "reject"\nclaim = "a"\n', encoding="utf-8")
    with pytest.raises(UnreadableInputError, match="no file of decisions is"):
        read_decisions(path)


def test_an_array_within_a_line_has_blocks_without_lines(path: Path) -> None:
    text = 'decision = [{kind = "reject", claim = "a"}, {kind = "reject", claim = "b"}]\n'
    path.write_text(text, encoding="utf-8")
    assert [(one.claims, one.line) for one in read_decisions(path).blocks] == [
        (("a",), 0),
        (("b",), 0),
    ]


def test_times_and_amounts_of_toml_are_read(path: Path) -> None:
    text = (
        f'{HEAD}kind = "as_of"\nclaim = "a"\nis = 2025-03-02T10:00:00\n'
        f'{HEAD}kind = "amount"\nclaim = "a"\nis = 12.5\n'
    )
    path.write_text(text, encoding="utf-8")
    day, amount = read_decisions(path).blocks
    assert day.value == dt.date(2025, 3, 2)
    assert amount.value == Decimal("12.5")
