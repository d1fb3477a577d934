"""One JSON object per line: keys as the columns, amounts as strings, dates ISO, missing null."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from .cells import day, is_exact, missing, plain
from .grids import Grid

# Controls that json.dumps leaves, marks that turn the direction of text, halves of a character.
_OBEYED = re.compile(
    r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb"
    r"\U000e0000-\U000e007f]"
)


def json_lines(grids: Iterable[Grid]) -> str:
    """Return every row as one line; of several grids each object first names its ``table``.

    >>> print(json_lines([Grid("rows", ("amount", "donor"), [(6.83e8, None)])]), end="")
    {"amount": "683000000", "donor": null}
    """
    named = list(grids)
    return "".join(
        line(
            ({"table": grid.name} if len(named) > 1 else {})
            | dict(zip(grid.columns, row, strict=True))
        )
        for grid in named
        for row in grid.rows
    )


def line(record: Mapping[str, object]) -> str:
    """Return one object with its newline."""
    values = {name: value_of(name, value) for name, value in record.items()}
    return inert(json.dumps(values, ensure_ascii=False, allow_nan=False)) + "\n"


def inert(text: str) -> str:
    r"""JSON without a character that a terminal or an editor obeys: it is written by its number.

    >>> inert('"a\u202eb"')
    '"a\\u202eb"'
    """
    if text.isascii() and "\x7f" not in text:
        return text
    return _OBEYED.sub(lambda found: json.dumps(found[0])[1:-1], text)


def value_of(column: str, value: object) -> object:
    """Return what JSON holds for a cell.

    >>> value_of("amount", 1e15), value_of("gap_pct", -0.8), value_of("as_of", None)
    ('1000000000000000', -0.8, None)
    >>> value_of("amount_usd", 10411999.999999998)
    '10412000'
    """
    if isinstance(value, list | tuple):
        return [value_of(column, item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): value_of(str(name), item) for name, item in value.items()}
    if missing(value):
        return None
    if isinstance(value, str | bool):
        return value
    if isinstance(value, dt.date):
        return _moment(value)
    number = _number(value)
    if number is None:
        return str(value)
    if number in (float("inf"), float("-inf")):
        return None  # an open bound is a missing bound
    if is_exact(column) and isinstance(number, float):
        # 15 digits survive the way through a float; the rest is noise of the arithmetic
        return plain(number) if number.is_integer() else plain(f"{number:.15g}")
    if is_exact(column) or isinstance(number, Decimal):
        return plain(number)
    return int(number) if number == int(number) else number


def _moment(value: dt.date) -> str:
    text = value.isoformat()
    return day(value) if text[10:] in ("", "T00:00:00") else text


def _number(value: object) -> int | float | Decimal | None:
    if isinstance(value, int | float | Decimal):
        return value
    item = getattr(value, "item", None)  # a numpy scalar
    inner = item() if callable(item) else None
    return inner if isinstance(inner, int | float) else None
