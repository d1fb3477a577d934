"""Tables of records: their columns and kinds, whichever way they are put together."""

import datetime
from typing import Any

import pandas as pd
import pytest

from calc import schema

RECORDS: list[dict[str, Any]] = [
    {"claim_id": "a", "amount": 5.0, "start": 3, "published": datetime.date(2024, 11, 4)},
    {"claim_id": "b", "donor": "Lithuania", "amount": None, "as_of": None},
]


def test_pandas_still_has_the_short_way_that_a_table_is_made_by() -> None:
    assert pd.DataFrame._from_arrays == schema._FROM_ARRAYS  # type: ignore[attr-defined]


@pytest.mark.parametrize("records", [[], RECORDS[:1], RECORDS])
def test_table_is_the_same_without_the_short_way_of_pandas(
    records: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    short = schema.frame(records, schema.CLAIMS)
    monkeypatch.setattr(schema, "_FROM_ARRAYS", None)
    pd.testing.assert_frame_equal(short, schema.frame(records, schema.CLAIMS))


def test_dates_and_numbers_of_other_types_are_read_as_pandas_reads_them() -> None:
    records: list[dict[str, Any]] = [
        {"published": pd.Timestamp("2024-11-04"), "amount": "5"},
        {"published": pd.NaT},
    ]
    table = schema.frame(records, schema.CLAIMS)
    assert table["published"].dtype == "datetime64[us]"
    assert table["published"].isna().tolist() == [False, True]
    assert table["amount"].tolist()[0] == 5.0


def test_a_cell_that_is_set_changes_no_other_column() -> None:
    table = schema.frame(RECORDS, schema.CLAIMS)
    before = table.copy()
    table.loc[0, "donor"] = "Norway"
    table.loc[0, "amount"] = 7.0
    pd.testing.assert_frame_equal(
        table.drop(columns=["donor", "amount"]), before.drop(columns=["donor", "amount"])
    )
    assert table["donor"].tolist() == ["Norway", "Lithuania"]
