"""Columns of text are of one type in pandas 2.2, 2.3 and 3; `make lowest` runs this on 2.2."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

import pledgecalc as pc
from calc import schema

ROOT = Path(__file__).resolve().parents[1]


def test_a_missing_cell_of_text_is_missing() -> None:
    column = pd.Series(["a", None], dtype=schema.TEXT)
    assert column.isna().tolist() == [False, True]
    assert isinstance(column.dtype, pd.StringDtype)
    assert pd.Series([None, "b"]).astype(schema.TEXT).isna().tolist() == [True, False]


def test_no_column_is_of_the_text_of_numpy() -> None:
    """There a missing cell becomes the word "None", in pandas 2 alone: schema.TEXT is in all."""
    for path in (ROOT / "calc").rglob("*.py"):
        text = path.read_text("utf-8")
        assert not re.search(r'(dtype=|astype\()("str"|\'str\'|str\b)(?!\)\.tolist)', text), path


def test_what_a_text_does_not_say_is_no_word() -> None:
    claims = pc.read_text("Aid of 683 million euros ($763 million) came.", published="2024-11-04")
    assert claims["donor"].isna().all()
    told = pc.reconcile(claims).pledges.to_csv() + pc.check(claims).to_csv()
    assert "None" not in told


@pytest.mark.parametrize("version", ["2.1.4", "1.5.3"])
def test_an_older_pandas_is_refused_in_words(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pd, "__version__", version)
    with pytest.raises(ImportError, match=f"pandas 2.2 or newer, and this is {version}"):
        schema._older_text_dtype()


def test_pandas_2_2_without_pyarrow_says_what_would_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(_: str) -> None:
        raise ImportError("pyarrow>=10.0.1 is required")

    monkeypatch.setattr(pd, "__version__", "2.2.3")
    monkeypatch.setattr(pd, "StringDtype", without)
    with pytest.raises(ImportError, match=r'pip install pyarrow, or "pandas>=2\.3"'):
        schema._older_text_dtype()
