"""Which column of a table means which column of a claims table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from rates.errors import UnreadableInputError, UsageError

from .. import schema
from ..text import data_tables
from .units import Unit, unit_at_end, unit_of

_ALIASES: dict[str, list[str]] = {}
for _row in data_tables.table("column_names"):
    _ALIASES.setdefault(_row["column"], []).append(_row["name"])
_POWERS = (
    "unit mult",
    "unit multiplier",
    "powercode code",
    "powercode",
    "power code",
    "multiplier",
)
_MARKS = re.compile(r"[\W_]+")
# Columns in a currency that hold no amounts of aid.
_OTHER_UNIT = re.compile(r"\b(?:rate|per|gdp|gni|share|capita|price|deflator|population)\b")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")  # amountUSD, originalCurrency


class Mapped(NamedTuple):
    """``names``: claims column → the table's own; ``guessed``: those that were not exact.

    ``currency`` and ``scale`` come from the header of the amount ("Value (million EUR)");
    ``power`` is the column that gives each row's own power of ten, as statistics offices do.
    """

    names: dict[str, str]
    guessed: dict[str, str]
    currency: str | None
    scale: Decimal
    power: str | None = None


def match_columns(found: Iterable[str], given: Mapping[str, str] | None, source: str) -> Mapped:
    """Match the columns ``found`` in a table; ``given`` maps claims columns to the table's own.

    Raises UsageError for a mapping that names no column, UnreadableInputError without an amount.

    >>> match_columns(["Donor country", "Value (million EUR)"], None, "a.csv").currency
    'EUR'
    """
    columns = list(found)
    names = _given(columns, given or {}, source)
    free = [c for c in columns if c not in names.values()]
    guessed = _by_name(names, free)
    unit = unit_at_end(names["amount"]) if "amount" in names else None
    if "amount" not in names and (named := _with_unit(free)) is not None:
        names["amount"] = guessed["amount"] = named
        unit = unit_at_end(named) or unit_after_name(named)
    if "amount" not in names and not {"amount_low", "amount_high"} <= names.keys():
        raise UnreadableInputError(f"{source}: {_which_amount(columns, free)}", source)
    code, scale = unit if unit is not None else (None, Decimal(1))
    power = next((c for c in free if fold(c) in _POWERS), None)
    return Mapped(names, guessed, code, scale, power)


def _by_name(names: dict[str, str], free: list[str]) -> dict[str, str]:
    """Put ``free`` columns that are named as ours, or nearly, into ``names``; return the latter."""
    for column in schema.CLAIMS:
        if column not in names and column in free:
            names[column] = column
            free.remove(column)
    guessed: dict[str, str] = {}
    plain = {c: fold(c) for c in free}
    by_case = sorted(free, key=str.isupper)  # DONOR holds codes where Donor holds names
    for column, aliases in _ALIASES.items():
        if column in names:
            continue
        match = next((c for name in aliases for c in by_case if plain[c] == name), None)
        if match is not None:
            names[column] = guessed[column] = match
            free.remove(match)
            by_case.remove(match)
    return guessed


def _which_amount(columns: list[str], free: list[str]) -> str:
    """What to tell a person whose table has no column of amounts, or several."""
    several = [c for c in free if _is_with_unit(c)]
    found_none = f"no amount column among {', '.join(columns[:30]) or 'no columns'}"
    open_choice = f"any of {', '.join(several)} could be the amount"
    example = several[0] if several else "Value"
    shown = f'"amount={example}"' if several else f"amount={example}"
    return (
        f"{open_choice if several else found_none}; "
        f"say which one it is: --columns {shown} on the command line, "
        f'columns={{"amount": "{example}"}} in Python'
    )


def has_amount(found: Iterable[str]) -> bool:
    """Tell whether a row of a spreadsheet could be its header.

    >>> has_amount(["Donor", "Amount"]), has_amount(["Aid to Ukraine", "column 2"])
    (True, False)
    """
    names = list(found)
    return any(
        fold(n) in _ALIASES["amount"] or unit_after_name(n) or _is_with_unit(n) for n in names
    )


def is_other_column(name: str) -> bool:
    """Tell whether a name is that of a claims column, and not of an amount.

    >>> is_other_column("Date"), is_other_column("Amount"), is_other_column("Military aid")
    (True, False, False)
    """
    folded = fold(name)
    return any(
        folded == fold(column) or folded in _ALIASES.get(column, ())
        for column in schema.CLAIMS
        if not column.startswith("amount")
    )


def fold(name: str) -> str:
    """Return a column name in small letters, its marks as spaces."""
    return _MARKS.sub(" ", _HUMP.sub(" ", name).casefold()).strip()


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


def _with_unit(columns: list[str]) -> str | None:
    """Return the amount among columns that name a unit: by name, the only one, or the total."""
    known = [c for c in columns if unit_after_name(c) is not None]
    if known:
        return known[0]
    units = [c for c in columns if _is_with_unit(c)]
    totals = [c for c in units if fold(c).startswith("total ")]
    chosen = totals if len(units) > 1 else units
    return chosen[0] if len(chosen) == 1 else None


def _is_with_unit(column: str) -> bool:
    """A name with a unit behind it; a unit alone is the corner of a table."""
    named = unit_at_end(column) is not None and unit_of(column) is None
    return named and not _OTHER_UNIT.search(fold(column))


def unit_after_name(column: str) -> Unit | None:
    """Split "Value (million EUR)", "amountUSD" into a known name and the unit of the amount.

    >>> unit_after_name("amountUSD").currency, unit_after_name("Amount Paid") is None
    ('USD', True)
    """
    folded = fold(_signs_as_codes(column))
    for name in sorted(_ALIASES["amount"], key=len, reverse=True):
        if folded.startswith(f"{name} ") and (unit := unit_of(folded.removeprefix(name))):
            return unit
    return None


def _signs_as_codes(column: str) -> str:
    return column.replace("US$", " USD ").replace("€", " EUR ").replace("£", " GBP ")
