"""Which column of a table means which column of a claims table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from rates import tsv
from rates.amounts import scales
from rates.currencies import currency
from rates.errors import UnknownCurrencyError, UnreadableInputError, UsageError

from .. import schema

_DATA = Path(__file__).resolve().parents[1] / "data"
_ALIASES: dict[str, list[str]] = {}
for _row in tsv.rows(_DATA / "column_names.tsv"):
    _ALIASES.setdefault(_row["column"], []).append(_row["name"])
_MARKS = re.compile(r"[\W_]+")
_FILLERS = ("in", "of", "original")


class Mapped(NamedTuple):
    """``names``: claims column → the table's own; ``guessed``: those that were not exact.

    ``currency`` and ``scale`` come from the header of the amount ("Value (million EUR)").
    """

    names: dict[str, str]
    guessed: dict[str, str]
    currency: str | None
    scale: Decimal


def match_columns(found: Iterable[str], given: Mapping[str, str] | None, source: str) -> Mapped:
    """Match the columns ``found`` in a table; ``given`` maps claims columns to the table's own.

    Raises UsageError for a mapping that names no column, UnreadableInputError without an amount.

    >>> match_columns(["Donor country", "Value (million EUR)"], None, "a.csv").currency
    'EUR'
    """
    columns = list(found)
    names = _given(columns, given or {}, source)
    guessed: dict[str, str] = {}
    free = [c for c in columns if c not in names.values()]
    for column in schema.CLAIMS:
        if column not in names and column in free:
            names[column] = column
            free.remove(column)
    plain = {c: fold(c) for c in free}
    for column, aliases in _ALIASES.items():
        if column in names:
            continue
        match = next((c for name in aliases for c in free if plain[c] == name), None)
        if match is not None:
            names[column] = guessed[column] = match
            free.remove(match)
    currency_code, scale = None, Decimal(1)
    if "amount" not in names:
        for column in free:
            parts = _with_unit(column)
            if parts is not None:
                names["amount"] = guessed["amount"] = column
                currency_code, scale = parts
                break
    if "amount" not in names and not {"amount_low", "amount_high"} <= names.keys():
        raise UnreadableInputError(
            f"{source}: no amount column among {', '.join(columns[:30]) or 'no columns'}; "
            "say which one it is: --columns amount=Value on the command line, "
            'columns={"amount": "Value"} in Python',
            source,
        )
    return Mapped(names, guessed, currency_code, scale)


def has_amount(found: Iterable[str]) -> bool:
    """Tell whether a row of a spreadsheet could be its header.

    >>> has_amount(["Donor", "Amount"]), has_amount(["Aid to Ukraine", "column 2"])
    (True, False)
    """
    return any(fold(name) in _ALIASES["amount"] or _with_unit(name) is not None for name in found)


def fold(name: str) -> str:
    """Return a column name in small letters, its marks as spaces."""
    return _MARKS.sub(" ", name.casefold()).strip()


def _given(columns: list[str], given: Mapping[str, str], source: str) -> dict[str, str]:
    for column, own in given.items():
        if column not in schema.CLAIMS:
            raise UsageError(
                f"{column!r} is no column of a claims table; it has {', '.join(schema.CLAIMS)}"
            )
        if own not in columns:
            raise UnreadableInputError(
                f"{source}: no column {own!r} (for {column}); it has {', '.join(columns[:30])}",
                source,
            )
    return dict(given)


def _with_unit(column: str) -> tuple[str | None, Decimal] | None:
    """Split "Value (million EUR)" into the unit of an amount; None when it is something else."""
    folded = fold(column)
    for name in sorted(_ALIASES["amount"], key=len, reverse=True):
        if folded.startswith(f"{name} "):
            code: str | None = None
            scale = Decimal(1)
            for word in folded.removeprefix(name).split():
                if word in _FILLERS:
                    continue
                multiplier = scales().get(word, scales().get(word.removesuffix("s")))
                if multiplier:
                    scale *= multiplier
                elif code is None and (known := _code(word)):
                    code = known
                else:
                    return None
            return code, scale
    return None


def _code(word: str) -> str | None:
    try:
        return currency(word).code if len(word) == 3 else None
    except UnknownCurrencyError:
        return None
