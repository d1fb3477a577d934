"""Registers: tables whose owner keeps every row as an entry of its own, and what they say of it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rates.errors import UsageError

from .. import schema
from ..text import data_tables
from .rows import PLACEHOLDERS, TableRows
from .vocabulary import fold

_POINTS = {row["name"]: int(row["points"]) for row in data_tables.table("register_columns")}
_REASONS = {row["name"]: row["reason"] for row in data_tables.table("register_columns")}
_ENOUGH = 2


class Transaction(NamedTuple):
    """A type of transaction: its name in our tables, its status, and why it may be no gift."""

    name: str
    status: str
    no_gift: str | None


TRANSACTIONS = {
    row["name"]: Transaction(row["transaction"], row["status"], row["no_gift"] or None)
    for row in data_tables.table("transaction_types")
}


@lru_cache(maxsize=10_000)
def transaction(cell: str) -> Transaction | None:
    """The type that a cell names, by its code or in words; None when it is not known.

    >>> transaction("3").name, transaction("Outgoing Commitment").status, transaction("rent")
    ('disbursement', 'committed', None)
    """
    return TRANSACTIONS.get(fold(cell.strip().removesuffix(".0")))


def fill_transactions(table: TableRows) -> None:
    """The types in our words; they say the stage where no column does, and what is no gift."""
    data = table.data
    data["transaction"] = []
    for row, cell in enumerate(table.cells("transaction")):
        if cell is None or cell.strip().casefold() in PLACEHOLDERS:
            data["transaction"].append(None)
            continue
        found = transaction(cell)
        data["transaction"].append(cell.strip().lower() if found is None else found.name)
        if found is None:
            table.report(row, f"transaction: {cell!r} is not a known type; its stage stays open")
            continue
        if data["status"][row] in (None, "unknown"):
            data["status"][row] = found.status
            data["status_text"][row] = data["status_text"][row] or cell
        if found.no_gift and data["role"][row] == "pledge":
            data["role"][row], data["noise_reason"][row] = "noise", found.no_gift


def move_repeated_ids(table: TableRows) -> None:
    """An id that stands on several rows is that of what they are about, not of the rows."""
    ids = table.data["claim_id"]
    known = [one for one in ids if one is not None]
    name = table.names.get("claim_id", "claim_id")
    if len(set(known)) == len(known) or name == "claim_id":
        return
    if "activity" not in table.names:
        table.data["activity"] = list(ids)
        table.notes.append(f"{name}: stands on several rows, so it names what they are about")
    table.data["claim_id"] = [None] * table.count


def fill_entries(table: TableRows, given: str | None) -> None:
    """Whether the rows are entries of a register, as was said or as their columns show."""
    if given is not None and given not in schema.ENTRIES:
        raise UsageError(f"{given!r} is no kind of table; give report or ledger")
    own = [(cell or "").strip().lower() for cell in table.cells("entry")]
    shown = _ledger_by(table)
    kind = given or ("ledger" if shown else "report")
    table.data["entry"] = [
        cell if given is None and cell in schema.ENTRIES else kind for cell in own
    ]
    if given is None and shown and not any(own):
        table.notes.append(
            f"read as a ledger ({shown}): every row is an entry of its own; "
            "--report reads rows as what others reported"
        )


def _ledger_by(table: TableRows) -> str | None:
    """What shows that a table is a ledger; None when it is not one."""
    folded = {fold(str(column)): str(column) for column in table.frame.columns}
    points = {column: _POINTS[name] for name, column in folded.items() if name in _POINTS}
    told = sum(points.values())
    retold = any(value <= -_ENOUGH for value in points.values())
    own = table.names.get("activity") or table.names.get("transaction")
    if own is not None and not retold:
        return f"column {own!r}"
    if any(table.data["activity"]) and not retold:
        return f"the ids of column {table.names.get('claim_id')!r} repeat"
    if not retold and any(value is not None and value < 0 for value in table.data["amount"]):
        return "it has negative amounts: corrections"
    if _has_ids(table):
        told += _ENOUGH
        points[table.names["claim_id"]] = _ENOUGH
    if told < _ENOUGH:
        return None
    first = max(points, key=lambda column: points[column])
    return f"column {first!r}"


def _has_ids(table: TableRows) -> bool:
    """Whether a column of the table's own, not of ours, gives every row an id."""
    own = table.names.get("claim_id")
    return own is not None and own != "claim_id" and all(table.data["claim_id"])
