"""The cells of a column as text, as they were written; what holds nothing is None."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pandas as pd

# What programs write into a cell that holds nothing.
BLANKS = frozenset(
    "null #n/a #na #null! #ref! #value! #div/0! #name? (null) (blank) <null>".split()
)


def texts_of(series: pd.Series[Any]) -> list[str | None]:
    """The cells of a column as text, blank ones None."""
    if isinstance(series.dtype, pd.StringDtype):
        values: list[str | None] = series.array.to_numpy(dtype=object, na_value=None).tolist()
        odd = {cell: text_of(cell) for cell in {*values} if cell and cell[0] in _ODD}
        known = {"": None} | {c: None if _is_blank(text) else text for c, text in odd.items()}
        changed = {cell: text for cell, text in known.items() if cell != text}
        if changed.keys() & {*values}:
            return [None if v is None else changed.get(v, v) for v in values]
        return values
    values = series.tolist()
    missing = series.isna().tolist()
    found = [None if no else text_of(v) for v, no in zip(values, missing, strict=True)]
    return [None if cell is None or _is_blank(cell) else cell for cell in found]


# How cells begin that are blank or written for a spreadsheet: "NULL", "#N/A", "'=1+1".
_ODD = frozenset("'#(<nN \t\n\r\x0b\x0c\xa0\u2009\u202f\u2007\u3000")


def _is_blank(text: str) -> bool:
    bare = text.strip()
    return not bare or bare.casefold() in BLANKS


def is_missing(cell: Any) -> bool:
    """Tell whether a cell holds nothing; a list, which compares cell by cell, holds something.

    >>> is_missing(None), is_missing(float("nan")), is_missing([]), is_missing(0)
    (True, True, False, False)
    """
    return bool(pd.api.types.is_scalar(cell) and pd.isna(cell))


def text_of(value: Any) -> str:
    if isinstance(value, str):
        # Our own CSV puts an apostrophe before text that a spreadsheet would run.
        return value[1:] if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@") else value
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e17:
        return str(int(value))
    return str(value)


def decimal_text(value: Decimal) -> str:
    """A decimal in plain digits; zeros that only the scale of its column adds are left out.

    >>> [decimal_text(Decimal(one)) for one in ("5E+6", "5.250000", "5.00")]
    ['5000000', '5.25', '5.00']
    """
    if not value.is_finite():
        return str(value)
    whole, point, part = f"{value:f}".partition(".")
    return f"{whole}{point}{part[:2]}{part[2:].rstrip('0')}"
