"""What a person says of a table beside the file: columns, constants, decimal mark, sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from rates.amounts import scales
from rates.errors import UsageError

from .. import schema
from . import cells
from .numbers import MARKS

ALONE = "none"  # columns={"none": "ID"}: a column that means nothing to us
# What a table may leave to its notes, and --set says.
SETTABLE = (
    *("currency", "unit", "donor", "recipient", "date", "published", "as_of", "status", "role"),
    *("publisher", "title", "purpose", "modality", "period", "transaction", "activity"),
)
_UNITS = {"one": 1, "ones": 1, "units": 1, "unit": 1, "1": 1, "1000": 1000, "1000000": 10**6}


class Told(NamedTuple):
    """``columns``: claims column → the table's own; ``alone``: own columns that are left alone.

    ``fixed`` are constants for what the file does not say; ``scale`` is that of its amounts.
    """

    columns: dict[str, str] = {}  # noqa: RUF012 (never changed)
    alone: tuple[str, ...] = ()
    fixed: dict[str, str] = {}  # noqa: RUF012
    scale: Decimal | None = None
    decimal: str | None = None
    sheet: str | None = None


def told(
    columns: Mapping[str, str | Iterable[str]] | None = None,
    fixed: Mapping[str, str] | None = None,
    decimal: str | None = None,
    sheet: str | None = None,
) -> Told:
    """What was said, checked; raises UsageError for what means nothing.

    >>> told({"amount": "Value", "none": "ID"}, {"currency": "usd", "unit": "million"}).alone
    ('ID',)
    >>> told(None, {"currency": "USD", "unit": "million"}).scale
    Decimal('1000000')
    """
    named: dict[str, str] = {}
    alone: tuple[str, ...] = ()
    for column, own in (columns or {}).items():
        if column == ALONE:
            alone = (own,) if isinstance(own, str) else tuple(own)
        elif column not in schema.CLAIMS:
            known = ", ".join(schema.CLAIMS)
            raise UsageError(f"{column!r} is no column of a claims table; it has {known}")
        else:
            named[column] = str(own)
    constants = {key: str(value).strip() for key, value in (fixed or {}).items()}
    unit = constants.pop("unit", None)
    if decimal is not None and decimal not in MARKS:
        raise UsageError(f"{decimal!r} is no decimal mark; give , or . (or comma, point)")
    return Told(
        named,
        alone,
        {key: _checked(key, value) for key, value in constants.items()},
        None if unit is None else _scale(unit),
        None if decimal is None else MARKS[decimal],
        sheet,
    )


def _scale(unit: str) -> Decimal:
    word = unit.casefold().replace(",", "")
    number = _UNITS.get(word)
    found = scales().get(word) or scales().get(word.removesuffix("s"))
    if number is None and not found:
        raise UsageError(f"unit {unit!r} is not known; give thousand, million, billion or one")
    return Decimal(number) if number is not None else Decimal(found or 1)


def _checked(key: str, value: str) -> str:
    if key not in SETTABLE:
        raise UsageError(f"{key!r} cannot be set; what a table may lack is {', '.join(SETTABLE)}")
    if key == "currency":
        code = cells.read_currency(value).code
        if code is None:
            raise UsageError(f"currency: {cells.read_currency(value).problem or value}")
        return code
    if key in ("date", "published", "as_of") and cells.read_day(value).date is None:
        raise UsageError(f"{key}: {cells.read_day(value).problem}")
    lists = {"status": schema.STAGES, "role": schema.ROLES}
    if key in lists and value not in lists[key]:
        raise UsageError(f"{key} {value!r} is none of {', '.join(lists[key])}")
    return value
