"""Stages as columns: what was committed and what was paid of one thing, side by side in a row."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from .columns import Mapped
from .contents import Contents, is_number
from .told import Told
from .vocabulary import AmountName, amount_name

BETWEEN = " → "  # donor and recipient, in place of an activity that the table does not name
_NUMBERS = 0.6  # the share of filled cells that are amounts, from which a column holds them
_GIVEN = ("", "paid")  # kinds of names: not asked for, not of other prices, not of a package


def stage_columns(contents: Contents, mapped: Mapped, told: Told) -> dict[str, str]:
    """The chosen amount column and those of the same rows at other stages, each with its stage.

    None where the amount or the stage was said, or a column of stages says it for each row.
    """
    first = amount_name(mapped.amount.name) if mapped.amount.name else None
    said = {"status", "transaction", "amount"} & (mapped.names.keys() | told.fixed.keys())
    if first is None or _status(first) is None or said - {"amount"} or "amount" in told.columns:
        return {}
    found = {first.name: str(_status(first))}
    for column in map(str, contents.frame.columns):
        other = amount_name(column)
        status = None if other is None else _status(other)
        if other is None or status is None or column == first.name or other.unit != first.unit:
            continue
        if (
            status not in found.values()
            and contents.fill(column)
            and contents.share(column, is_number) >= _NUMBERS
        ):
            found[column] = status
    return found


def _status(name: AmountName) -> str | None:
    """The stage that a name of the vocabulary says, of money that was given."""
    if name.level != 0 or name.kind not in _GIVEN or name.entry is None:
        return None
    return name.entry.status


def side_by_side(parts: Mapping[str, pd.DataFrame], columns: Collection[str]) -> pd.DataFrame:
    """One table of the rows at each stage, by its name; ``columns`` are the table's own of them.

    The stages of a row are of one activity: that which the table names, the row's own id, or, where
    it has neither, the donor and recipient, as a payment may be of what another row promised.
    """
    filled = pd.DataFrame(
        {status: part["amount"].notna().to_numpy() for status, part in parts.items()}
    )
    nothing = ~filled.any(axis=1).to_numpy()
    frames = []
    for place, (status, part) in enumerate(parts.items()):
        one = part.drop(columns=[name for name in part.columns if name in columns])
        one["activity"] = part["activity"].fillna(_activity(part))
        one["entry"] = "ledger"
        if place:
            one["claim_id"] = part["claim_id"] + f"-{status}"
        kept = filled[status].to_numpy() | (nothing if not place else False)
        frames.append(one.assign(__row=range(len(one)), __place=place)[kept])
    whole = pd.concat(frames).sort_values(["__row", "__place"], kind="stable", ignore_index=True)
    return whole.drop(columns=["__row", "__place"])


def _activity(part: pd.DataFrame) -> pd.Series:
    if part.attrs["own_ids"]:
        return part["claim_id"]
    return part["donor"].fillna("not said") + BETWEEN + part["recipient"].fillna("not said")
