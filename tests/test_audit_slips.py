"""Slips of the hand in a converted column, and frames of other engines, in the audit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from audit_tables import made

import pledgecalc as pc
from calc.audit import audit, columns
from calc.audit.columns import days, numbers
from calc.audit.slips import digit_slip

COLUMNS: dict[str, Any] = {
    "amount": "amount",
    "currency": "currency",
    "date": "date",
    "converted": "converted",
}


def swapped(digits: str) -> str:
    at = next(at for at in range(1, 5) if abs(int(digits[at]) - int(digits[at + 1])) > 1)
    return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]


SLIPS: dict[str, Callable[[str], str]] = {
    "typo in converted: two digits swapped": swapped,
    "typo in converted: a digit too many": lambda digits: f"{digits[:3]}4{digits[3:]}",
    "typo in converted: a digit missing": lambda digits: digits[:2] + digits[3:],
}


@pytest.mark.parametrize("reason", SLIPS)
def test_a_slip_of_the_hand_is_named(reason: str) -> None:
    frame = made("spot", currencies=("USD", "SEK"), rows=60, seed=3).frame
    row = frame.index[(frame["currency"] == "SEK") & (frame["converted"] > 100_000)][0]
    cents = f"{100 * frame.loc[row, 'converted']:.0f}"
    frame.loc[row, "converted"] = int(SLIPS[reason](cents)) / 100
    found = audit(frame, to="EUR", **COLUMNS)
    assert found.policy == "spot"
    assert found.outliers.to_numpy().tolist() == [[row, reason]]


def test_what_no_slip_explains_is_a_distance() -> None:
    frame = made("spot", currencies=("USD", "SEK"), rows=60, seed=3).frame
    row = frame.index[frame["currency"] == "SEK"][4]
    frame.loc[row, "converted"] *= 1.24
    assert audit(frame, to="EUR", **COLUMNS).outliers["reason"].tolist() == ["24 % too high"]
    frame.loc[row, "converted"] *= 0.5
    assert audit(frame, to="EUR", **COLUMNS).outliers["reason"].tolist() == ["38 % too low"]


@pytest.mark.parametrize(
    ("seen", "meant", "tolerance", "kind"),
    [
        (12, 13, 1, None),  # too short for one digit to mean anything
        (12345, 1234, 1, "a digit too many"),
        (1234, 12345, 1, "a digit missing"),
        (123456, 1234, 1, None),
        (12345, 1234, 2, None),  # bounds too wide
    ],
)
def test_digits_are_compared_as_far_as_they_are_known(
    seen: int, meant: int, tolerance: float, kind: str | None
) -> None:
    assert digit_slip(seen, meant, tolerance) == kind


@pytest.mark.parametrize("engine", ["polars", "pyarrow", "duckdb"])
def test_frames_of_other_engines_are_audited_alike(engine: str) -> None:
    arrow = pytest.importorskip("pyarrow")
    module = pytest.importorskip(engine)
    frame = made("month-avg", currencies=("USD", "SEK"), rows=40, seed=5).frame
    table = arrow.Table.from_pandas(frame)
    given = {
        "polars": lambda: module.from_arrow(table),
        "pyarrow": lambda: table,
        "duckdb": lambda: module.connect().from_arrow(table),
    }[engine]()
    found = audit(given, to="EUR", **COLUMNS)
    assert found.policy == "month-avg"
    assert found.summary == audit(frame, to="EUR", **COLUMNS).summary


def test_what_is_no_frame_and_no_table_of_rates_is_refused() -> None:
    class Odd:
        def to_pandas(self) -> str:
            return "no frame"

    with pytest.raises(pc.UsageError, match="Odd is no frame"):
        audit(Odd(), to="EUR")
    frame = made("spot", currencies=("USD",), rows=4).frame
    with pytest.raises(pc.UsageError, match="'ecb' is no table of rates"):
        audit(frame, to="EUR", rates="ecb", **COLUMNS)  # type: ignore[arg-type]


def test_numbers_and_days_of_every_kind_of_cell() -> None:
    with pytest.raises(pc.UsageError, match="the column 'amount' holds no amounts"):
        numbers(pd.Series([True, False], name="amount"))
    assert numbers(pd.Series(["€5 million", "much"])).values.tolist()[0] == 5e6
    cells = [
        pd.Period("2024-05", "M"),
        pd.Period("2024", "Y"),
        pd.Timestamp("2024-05-06"),
        dt.date(2024, 5, 6),
        2024.0,
        12.5,
        "soon",
        None,
    ]
    found = days(pd.Series(cells, dtype="object"))
    shown = [
        None if day == columns.NO_DAY else str(np.datetime64(int(day), "D")) for day in found.days
    ]
    assert shown == ["2024-05-01", "2024-01-01", *["2024-05-06"] * 2, "2024-01-01", *[None] * 3]
    assert found.precision.tolist()[:5] == [1, 2, 0, 0, 2]


def test_the_currency_of_the_header_is_that_of_all_rows() -> None:
    frame = made("spot", currencies=("USD",), rows=30, seed=3).frame
    named = frame.drop(columns="currency").rename(columns={"amount": "Amount (USD)"})
    found = audit(named.rename(columns={"converted": "Amount in EUR"}), to="EUR")
    assert (found.policy, found.policies["currency"].tolist()) == ("spot", ["USD"])
