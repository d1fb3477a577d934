"""Tables as frames: for notebooks, for workbooks, and from one format into another."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Iterable
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import pandas as pd

from rates.errors import UnreadableInputError, UsageError
from rates.frames.daily import NEVER

from ..report.delimited import neutral
from ..schema import TEXT
from ..tables import layouts
from ..tables.raw import engine
from ..tables.shapes import is_header
from ..tables.texts import is_missing, text_of
from . import texts
from .added import Added, Count, add, counted, left_out
from .blocks import FrameBlock
from .plan import plan
from .wishes import Wishes, names

SAMPLE = 5_000
_EXACT_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?")  # no digit is lost as a number


def convert(
    frame: pd.DataFrame,
    asked: Wishes,
    name: str,
    *,
    continental: bool = False,
    unsafe: Collection[int] = (),
) -> tuple[pd.DataFrame, Count, tuple[str, ...]]:
    """A frame with the added columns behind its own; the count of rows and the notes.

    ``unsafe`` are positions of rows whose cells do not match the header: they have no result.
    """
    columns = [str(column) for column in frame.columns]
    head = frame.head(SAMPLE)
    sample = [[_text(cell) for cell in row] for row in head.itertuples(index=False, name=None)]
    chosen = plan(columns, sample, asked, name, continental=continental)
    added = names(asked.to, columns)
    found = [left_out(one, unsafe) for one in add(FrameBlock(frame), chosen, asked)]
    ours: dict[str, Any] = {}
    for code, one in zip(asked.to, found, strict=True):
        ours |= dict(zip(added[code], _series(one, frame.index), strict=True))
    behind = pd.DataFrame(ours, index=frame.index)
    return pd.concat([frame, behind], axis=1), counted(found), chosen.notes


def _text(cell: Any) -> str | None:
    return None if is_missing(cell) else text_of(cell)


def _series(one: Added, index: pd.Index) -> tuple[pd.Series[Any], ...]:
    days = np.where(one.observed == NEVER, 0, one.observed).astype("datetime64[D]")
    days = days.astype("datetime64[us]")
    days[one.observed == NEVER] = np.datetime64("NaT")
    notes = np.array([*one.texts, None], dtype=object)[one.notes]
    return (
        pd.Series(one.amounts, index=index),
        pd.Series(one.rates, index=index),
        pd.Series(days, index=index),
        pd.Series(notes, index=index, dtype=TEXT),
    )


class Read(NamedTuple):
    """A table file as a frame, and what ``convert`` has to know of it."""

    frame: pd.DataFrame
    continental: bool = False
    unsafe: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()


def read(data: bytes, name: str, asked: Wishes, encoding: str | None = None) -> Read:
    """A table file as a frame, its cells as they are written."""
    raw = layouts.load(
        data, name, is_header, sheet=asked.told.sheet, encoding=encoding, named=asked.columns
    )
    notes = (*raw.notes, *raw.problems)
    return Read(raw.frame, raw.continental, raw.unsafe, notes)


def as_typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns of text whose cells are all plain numbers, as numbers; codes such as 007 stay."""
    typed = {}
    for column in frame.columns:
        cells = frame[column]
        if isinstance(cells, pd.DataFrame) or not pd.api.types.is_string_dtype(cells.dtype):
            continue
        filled = cells.dropna().astype(TEXT)
        if len(filled) and filled.map(lambda one: bool(_EXACT_NUMBER.fullmatch(one))).all():
            typed[column] = pd.to_numeric(cells)
    return frame.assign(**typed)


def write(frame: pd.DataFrame, kind: str, target: BinaryIO, name: str) -> None:
    """Write a frame in one of the formats. Text that a spreadsheet would run is made harmless."""
    if kind in ("csv", "tsv"):
        _write_delimited(frame, "\t" if kind == "tsv" else ",", target)
    elif kind in ("jsonl", "json"):
        _write_json(frame, kind, target)
    elif kind == "parquet":
        engine("pyarrow.parquet", "parquet", name)
        as_typed(frame).to_parquet(target, index=False)
    elif kind == "xlsx":
        engine("openpyxl", "excel", name)
        _write_workbook(as_typed(frame), target)
    else:
        raise UsageError(
            f"a table cannot be written as {kind}; end the name after -o in .csv, .tsv, .jsonl, "
            ".parquet or .xlsx"
        )


def _write_delimited(frame: pd.DataFrame, mark: str, target: BinaryIO) -> None:
    shown = frame.copy(deep=False)
    for place, column in enumerate(_plain_columns(frame)):
        shown.isetitem(place, np.array(column, dtype=object))
    shown.columns = [neutral(str(name)) for name in shown.columns]
    text = shown.to_csv(index=False, sep=mark, lineterminator="\n")
    target.write(text.encode("utf-8", "replace"))


def _plain_columns(frame: pd.DataFrame) -> Iterable[list[str | None]]:
    """Every column as text: numbers in plain digits, days as ISO, no formulas."""
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        if pd.api.types.is_float_dtype(column.dtype):
            values = column.to_numpy(dtype=np.float64, na_value=np.nan)
            yield [text or None for text in texts.numbers(values)]
        else:
            yield [
                None if text is None else text if _is_number(cell) else neutral(text)
                for cell, text in ((one, _text(one)) for one in column.tolist())
            ]


def _is_number(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(re.fullmatch(r"[-+]?[\d.,\s]+", cell))  # -5 runs nothing
    return isinstance(cell, int | float | datetime.date)


def _write_json(frame: pd.DataFrame, kind: str, target: BinaryIO) -> None:
    keys = [str(name) for name in frame.columns]
    plain = [
        texts.numbers(column.to_numpy(dtype=np.float64, na_value=np.nan))
        if pd.api.types.is_float_dtype((column := frame.iloc[:, place]).dtype)
        else [_text(one) for one in column.tolist()]
        for place in range(frame.shape[1])
    ]
    lines = [
        json.dumps(
            {key: cell or None for key, cell in zip(keys, row, strict=True)}, ensure_ascii=False
        )
        for row in zip(*plain, strict=True)
    ]
    whole = "\n".join(lines) if kind == "jsonl" else "[\n" + ",\n".join(lines) + "\n]"
    target.write(f"{whole}\n".encode("utf-8", "replace"))


def _write_workbook(frame: pd.DataFrame, target: BinaryIO) -> None:
    """One sheet; openpyxl would take text that begins with = for a formula, so it gets a mark."""
    shown = frame.copy(deep=False)
    for place in range(frame.shape[1]):
        column = frame.iloc[:, place]
        if pd.api.types.is_string_dtype(column.dtype) or column.dtype == object:
            cells = [neutral(one) if isinstance(one, str) else one for one in column.tolist()]
            shown.isetitem(place, np.array(cells, dtype=object))
    try:
        shown.to_excel(target, index=False)
    except ValueError as error:
        raise UnreadableInputError(f"this table does not fit a sheet ({error})", "xlsx") from error
