"""Columns of every kind that pandas has, and texts whose heads are no front matter and no mail."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

import pledgecalc as pc
from calc.documents import document_from_text
from calc.documents.document import given_date

DAY = dt.date(2024, 11, 4)


def converted(amount: Any, date: Any) -> pd.DataFrame:
    frame = pd.DataFrame({"amount": amount, "currency": "USD", "date": date})
    return pc.convert_frame(frame, amount="amount", currency="currency", date="date", to="EUR")


def column(kind: str) -> pd.Series[Any]:
    pa = pytest.importorskip("pyarrow")
    return {
        "nullable": lambda: pd.Series([10, None], dtype="Int64"),
        "decimals": lambda: pd.Series([10, None], dtype=pd.ArrowDtype(pa.decimal128(9, 2))),
        "doubles": lambda: pd.Series([10, None], dtype=pd.ArrowDtype(pa.float64())),
    }[kind]()


@pytest.mark.parametrize("kind", ["nullable", "decimals", "doubles"])
def test_amounts_of_every_kind(kind: str) -> None:
    found = converted(column(kind), "2024-11-04")
    assert found["amount_eur"].round(2).tolist()[0] == 9.17
    assert found["amount_eur"].isna().tolist() == [False, True]


@pytest.mark.parametrize("kind", ["date32[day]", "timestamp[us]", "string"])
def test_dates_of_arrow(kind: str) -> None:
    pa = pytest.importorskip("pyarrow")
    types = {"date32[day]": pa.date32(), "timestamp[us]": pa.timestamp("us"), "string": pa.string()}
    days: list[Any] = ["2024-11-04", None] if kind == "string" else [pd.Timestamp(DAY), None]
    found = converted([10.0, 10.0], pd.Series(days, dtype=pd.ArrowDtype(types[kind])))
    assert found["amount_eur"].isna().tolist() == [False, True]
    assert str(found["rate_date"][0])[:10] == "2024-11-04"


def test_periods_are_dates_of_their_precision() -> None:
    found = converted([10.0], pd.Series(pd.PeriodIndex(["2024-11"], freq="M")))
    mean = pc.convert(10, "USD", "EUR", on="2024-11", policy="month-avg")
    assert found["amount_eur"].round(6).tolist() == [round(float(mean.amount), 6)]


def test_columns_of_other_things_are_refused() -> None:
    with pytest.raises(pc.UsageError, match=r"'amount' holds .*, not numbers"):
        converted(["ten"], "2024-11-04")
    with pytest.raises(pc.UsageError, match="'amount' holds bool, not numbers"):
        converted([True], "2024-11-04")
    with pytest.raises(pc.UsageError, match="'date' holds int64, not dates"):
        converted([10.0], [20241104])


def test_a_position_outside_a_text_is_refused() -> None:
    document = document_from_text("Lithuania paid.")
    with pytest.raises(IndexError, match="position 99 is outside the text"):
        document.zone_at(99)
    assert document_from_text("").zone_at(0).kind == "body"


def test_a_publication_date_is_a_day() -> None:
    assert given_date(dt.datetime(2024, 11, 4, 10)) == DAY
    with pytest.raises(pc.UsageError, match="'soon' is not a publication date"):
        given_date("soon")


@pytest.mark.parametrize(
    "head",
    [
        "---\ntitle: Aid\n\nNorway",  # never closed
        "From: Oslo\nTo: Kyiv\n\nNorway",  # no subject
        "Subject: Aid\nTo: Kyiv\n\nNorway",  # nobody and no day
    ],
)
def test_what_only_begins_like_a_head_is_text(head: str) -> None:
    document = document_from_text(f"{head} gave Ukraine 5 million euros.\n")
    assert document.title != "Aid"
    assert document.text.startswith(head[:3])


def test_the_head_of_a_mail_has_its_day_and_title() -> None:
    document = document_from_text(
        "From: Oslo <a@b.example>\nDate: Mon, 4 Nov 2024 10:00:00 +0100\nSubject: Aid for Kyiv\n\n"
        "Norway gave Ukraine 5 million euros.\n"
    )
    assert (document.title, document.published) == ("Aid for Kyiv", DAY)
