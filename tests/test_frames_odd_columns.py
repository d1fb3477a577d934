"""Frames whose columns come in a less usual form: nulls, dictionaries, many spellings."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from rates.errors import UsageError
from rates.frames import convert_frame

pa = pytest.importorskip("pyarrow")
DAY = date(2024, 11, 4)


def converted(**columns: Any) -> list[float | None]:
    rows = len(next(iter(columns.values())))
    given = {"amount": [1.0] * rows, "currency": ["USD"] * rows, "date": [DAY] * rows} | columns
    frame = convert_frame(
        pa.table(given), amount="amount", currency="currency", date="date", to="EUR"
    )
    found: list[float | None] = frame.column("amount_eur").to_pylist()
    return found


@pytest.fixture(scope="module")
def one() -> float:
    found = converted(amount=[1.0])[0]
    assert found is not None
    return found


def test_amounts_of_a_dictionary_and_decimals_are_numbers(one: float) -> None:
    twice = pa.array([2.0, None, 2.0]).dictionary_encode()
    assert converted(amount=twice) == [2 * one, None, 2 * one]
    assert converted(amount=pa.array([Decimal("2.00"), None])) == [2 * one, None]


def test_amounts_that_are_all_missing_stay_missing() -> None:
    assert converted(amount=pa.nulls(2)) == [None, None]


def test_days_of_every_kind_are_the_same_day(one: float) -> None:
    for kind in (pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("ns")):
        assert converted(date=pa.array([DAY, None]).cast(kind)) == [one, None]


def test_a_null_among_the_categories_is_a_missing_currency(one: float) -> None:
    held = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0]), pa.array(["USD", None]))
    assert converted(currency=held) == [one, None, one]


@pytest.mark.skipif(not hasattr(pa, "string_view"), reason="an older pyarrow")
def test_currencies_may_be_views(one: float) -> None:
    assert converted(currency=pa.array(["USD", None], pa.string_view())) == [one, None]


def test_hundreds_of_spellings_are_gathered_by_what_they_mean(one: float) -> None:
    cells = [" " * (n % 20) + "USD" + " " * (n // 20) for n in range(300)]
    cells += [f"no. {n}" for n in range(20)]
    found = converted(currency=cells)
    assert found[:300] == [one] * 300
    assert found[300:] == [None] * 20


def test_every_spelling_of_what_is_no_currency_keeps_its_reason() -> None:
    cells = [f"no. {n}" for n in range(300)] + ["USD"]
    frame = pd.DataFrame({"amount": 1.0, "currency": cells, "date": "2024-11-04"})
    found = convert_frame(
        frame, amount="amount", currency="currency", date="date", to="EUR", provenance=True
    )
    notes = found[next(name for name in found.columns if "note" in name)]
    assert "no. 7" in notes[7]
    assert "no. 299" in notes[299]
    assert pd.isna(notes[300]) or "no. " not in notes[300]


def test_a_name_that_two_columns_have_is_refused() -> None:
    frame = pd.DataFrame([[1.0, 2.0, "USD"]], columns=["amount", "amount", "currency"])
    with pytest.raises(UsageError, match="2 columns named 'amount'; rename all but one"):
        convert_frame(frame, amount="amount", currency="currency", date="2024-11-04", to="EUR")


def test_what_is_no_frame_is_refused_with_what_would_do() -> None:
    with pytest.raises(UsageError, match=r"builtins\.dict is no frame known here; pass a pandas"):
        convert_frame({"amount": [1]}, amount="amount", currency="USD", date="2024-11-04", to="EUR")
