"""What rests on private parts of re and pandas works without them too, only slower."""

from __future__ import annotations

import pytest

from calc import schema
from calc.text import guarded


def test_without_the_parser_of_re_every_pattern_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "sre_parser", None)
    guarded.needed.cache_clear()
    try:
        assert guarded.needed(r"\\bloans?\\b") == ()
        pattern = guarded.Guarded(r"\bloans?\b")
        assert pattern.needs == 0
        assert pattern.search("a loan of 5") is not None
        assert pattern.search("a gift of 5") is None
    finally:
        guarded.needed.cache_clear()


def test_without_the_private_constructor_of_pandas_a_table_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records = [{"claim_id": "a1", "amount": 5, "donor": None, "published": None}] * 3
    quick = schema.frame(records, schema.CLAIMS)
    monkeypatch.setattr(schema, "_FROM_ARRAYS", None)
    plain = schema.frame(records, schema.CLAIMS)
    assert plain.equals(quick)
    assert plain.dtypes.tolist() == quick.dtypes.tolist()
