"""The columns of our tables, in order, with their kinds: one place that all rooms share.

Kinds: ``text`` (str or missing), ``number`` (float64, missing NaN), ``date`` (datetime64, missing
NaT), ``count`` (int64), ``flag`` (bool). Lists are one string joined by ``|``.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

CLAIMS = {
    "claim_id": "text",
    "source": "text",
    "publisher": "text",
    "title": "text",
    "published": "date",
    "zone": "text",
    "sentence": "text",
    "sentence_start": "number",
    "text": "text",
    "start": "number",
    "end": "number",
    "amount": "number",
    "amount_low": "number",
    "amount_high": "number",
    "currency": "text",
    "currency_basis": "text",
    "currency_candidates": "text",
    "qualifier": "text",
    "role": "text",
    "noise_reason": "text",
    "status": "text",
    "status_text": "text",
    "donor": "text",
    "recipient": "text",
    "purpose": "text",
    "modality": "text",
    "period": "text",
    "said": "text",
    "part_of": "text",
    "entry": "text",
    "transaction": "text",
    "activity": "text",
    "value_date": "date",
    "value_date_precision": "text",
    "value_date_basis": "text",
    "as_of": "date",
    "conversion_of": "text",
    "repeats": "text",
    "signs": "text",
}

CHECKS = {
    "claim_id": "text",
    "base_id": "text",
    "source": "text",
    "base_text": "text",
    "text": "text",
    "implied_low": "number",
    "implied_high": "number",
    "rate_low": "number",
    "rate_high": "number",
    "rate_date": "date",
    "expected": "number",
    "gap_pct": "number",
    "verdict": "text",
    "power": "number",
    "windows": "text",
    "explanation": "text",
}

FINDINGS = {
    "finding_id": "text",
    "severity": "text",
    "cause": "text",
    "claim_ids": "text",
    "message": "text",
    "bits": "number",
    "alternatives": "text",
}


# How the rows of a source are meant: as what others told, or as separate entries of a register.
ENTRIES = ("report", "ledger")
ROLES = ("pledge", "total", "target", "relative", "noise")
# The statuses of a claim or pledge, in the order in which money comes through.
STAGES = ("unknown", "pledged", "committed", "allocated", "disbursed")
# The verdicts on stated conversions that an honest one may get.
CONSISTENT = ("consistent", "consistent-if-rounded", "consistent-if-truncated")
SEVERITIES = ("info", "warning", "error")
# The place of a severity where the worst stands first.
WORST_FIRST = {severity: place for place, severity in enumerate(reversed(SEVERITIES))}


def pledges(currency: str) -> dict[str, str]:
    """The columns of ``Reconciliation.pledges`` when amounts are also given in ``currency``."""
    code = currency.lower()
    return {
        "pledge_id": "text",
        "donor": "text",
        "recipient": "text",
        "purpose": "text",
        "status": "text",
        "currency": "text",
        "amount": "number",
        "low": "number",
        "high": "number",
        "contested": "flag",
        "n_claims": "count",
        "n_sources": "count",
        "n_independent": "count",
        "first_published": "date",
        "value_date": "date",
        "claim_ids": "text",
        f"amount_{code}": "number",
        f"low_{code}": "number",
        f"high_{code}": "number",
        "explanation": "text",
    }


TOTALS = {
    "series_id": "text",
    "donor": "text",
    "recipient": "text",
    "scope": "text",
    "as_of": "date",
    "amount": "number",
    "low": "number",
    "high": "number",
    "currency": "text",
    "flow_low": "number",
    "flow_high": "number",
    "claim_ids": "text",
    "explanation": "text",
}


def text_dtype(storage: str | None = None) -> Any:
    """The type of a column of text: that which pandas 3 calls "str", in pandas 2 too.

    There "str" is numpy's, in which a missing cell becomes the word "None".
    """
    try:
        return pd.StringDtype(storage, na_value=math.nan)
    except TypeError:  # pandas 2.2 has it under another name, and with pyarrow alone
        return _older_text_dtype()


def _older_text_dtype() -> Any:
    if tuple(map(int, pd.__version__.split(".")[:2])) < (2, 2):
        raise ImportError(
            f"pledgecalc needs pandas 2.2 or newer, and this is {pd.__version__}; "
            "pip install --upgrade pandas"
        )
    try:
        return pd.StringDtype("pyarrow_numpy")
    except ImportError:
        raise ImportError(
            f"pandas {pd.__version__} keeps text with pyarrow alone; "
            'pip install pyarrow, or "pandas>=2.3"'
        ) from None


TEXT: Any = text_dtype()
_DTYPES = {
    "text": TEXT,
    "number": "float64",
    "date": "datetime64[us]",
    "count": "int64",
    "flag": "bool",
}


def frame(records: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Build a table with exactly ``columns`` (in order, of their kinds) from ``records``.

    A key that a record lacks is missing in its row; the text of a missing cell is null.

    >>> table = frame([{"claim_id": "a1", "amount": 5}], CLAIMS)
    >>> table.shape, table["amount"].dtype, bool(table["donor"].isna().all())
    ((1, 39), dtype('float64'), True)
    """
    items = list(records)
    cells = [[item.get(name) for item in items] for name in columns]
    return _frame_of_columns(cells, len(items), columns)


def frame_of_rows(rows: Sequence[Sequence[Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Build a table from rows that have a cell for each of ``columns``, in their order."""
    by_column: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(columns)
    return _frame_of_columns(by_column, len(rows), columns)


def _frame_of_columns(
    cells: Sequence[Sequence[Any]], count: int, columns: Mapping[str, str]
) -> pd.DataFrame:
    layout = _layout(tuple(columns.items()))
    arrays: list[Any] = [None] * len(columns)
    # One array per kind, then cut into columns: a column costs pandas more than its cells do.
    for kind, places in layout.by_kind:
        array = _array([cell for _, place in places for cell in cells[place]], kind)
        for cut, (_, place) in enumerate(places):
            arrays[place] = array[cut * count : (cut + 1) * count]
    if _FROM_ARRAYS is not None:
        return _FROM_ARRAYS(
            arrays, columns=layout.names, index=pd.RangeIndex(count), verify_integrity=False
        )
    return pd.DataFrame(dict(zip(columns, arrays, strict=True)), columns=layout.names)


# pandas' own way from checked arrays to a table. The public one looks at every column again, in
# half a millisecond: more than reading the document takes. Not promised by pandas, so asked for.
_FROM_ARRAYS = cast(
    "Callable[..., pd.DataFrame] | None", getattr(pd.DataFrame, "_from_arrays", None)
)


class _Layout(NamedTuple):
    names: pd.Index
    by_kind: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]  # kind, then name and place


@lru_cache(maxsize=32)  # the same few tables are built over and over
def _layout(columns: tuple[tuple[str, str], ...]) -> _Layout:
    by_kind: dict[str, list[tuple[str, int]]] = {}
    for place, (name, kind) in enumerate(columns):
        by_kind.setdefault(kind, []).append((name, place))
    names = pd.Index([name for name, _ in columns])
    return _Layout(names, tuple((kind, tuple(places)) for kind, places in by_kind.items()))


def _array(cells: list[Any], kind: str) -> Any:
    """``cells`` as one array of ``kind``, by numpy where it reads them as pandas does."""
    if kind == "text":
        return pd.array(cells, dtype=TEXT)
    if kind == "number" and all(cell is None or type(cell) in (float, int) for cell in cells):
        return np.array(cells, dtype="float64")
    if kind == "date" and all(cell is None or type(cell) is date for cell in cells):
        return np.array(cells, dtype="datetime64[us]")
    return pd.Series(cells, dtype=_DTYPES[kind]).array


def records(table: pd.DataFrame) -> list[Mapping[str, Any]]:
    """The rows of a table as plain records, missing cells as None.

    >>> records(pd.DataFrame({"donor": ["Norway"], "amount": [np.nan]}))
    [{'donor': 'Norway', 'amount': None}]
    """
    names = [str(name) for name in table.columns]
    rows = zip(*(cells(table[name]) for name in table.columns), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def cells(column: pd.Series) -> list[Any]:
    """The cells of a column as plain values: dates as dates, missing ones as None.

    Equal texts and dates are one object, which later steps compare and keep faster.

    >>> cells(pd.Series(["a", None, "a"], dtype=TEXT))
    ['a', None, 'a']
    """
    if column.dtype.kind == "M":
        codes, known = pd.factorize(column)
        values = pd.Series(known).dt.date.tolist()
    elif isinstance(column.dtype, pd.StringDtype):
        codes, known = pd.factorize(column)
        values = known.tolist()
    else:
        plain: list[Any] = column.astype("object").where(column.notna(), None).tolist()
        return plain
    found: list[Any] = np.array([*values, None], dtype=object)[codes].tolist()
    return found


def where(frame: pd.DataFrame, truths: Iterable[bool]) -> pd.DataFrame:
    """The rows for which a truth is told; of no rows none, with every column.

    A plain list of truths does not do: that of no rows is empty, and chooses no column.

    >>> where(pd.DataFrame({"a": [1, 2]}), [False, True])["a"].tolist()
    [2]
    >>> where(pd.DataFrame({"a": []}), []).columns.tolist()
    ['a']
    """
    return frame[np.fromiter(truths, bool, len(frame))]


def among(column: pd.Series, chosen: Collection[Any]) -> npt.NDArray[np.bool_]:
    """Which cells are among the ``chosen``, of which there may be many.

    ``Series.isin`` of texts takes much longer for a chosen value than for a cell.

    >>> among(pd.Series(["a", None, "b"], dtype=TEXT), {"b"}).tolist()
    [False, False, True]
    """
    return np.fromiter((cell in chosen for cell in column.tolist()), bool, len(column))
