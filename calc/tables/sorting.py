"""Rows that are no claims: sums of others, parts of the row above, aggregates, lines of notes."""

from __future__ import annotations

from .parties import is_aggregate, one_party
from .rows import MOST_PROBLEMS, TableRows, distinct
from .shapes import NOTE_REASON, PART_REASON, SUM_REASON, is_part, is_sum

AGGREGATE_REASON = "a sum over several parties, whose own rows stand beside it"


def sort_rows(table: TableRows) -> list[str]:
    """Give the role noise to what would be counted twice, and say so."""
    frame = table.frame
    if "role" in table.names or len(frame.columns) < 2:
        return []
    leading: list[str | None] = [None] * table.count
    if frame.columns[0] not in [table.names.get(c) for c in ("amount", "amount_low", "published")]:
        leading = table.own(str(frame.columns[0]))
    columns = [leading, *(table.cells(name) for name in ("donor", "recipient"))]
    reasons = _reasons(columns)
    sums: list[int] = []
    remarks: list[int] = []
    suspects = _alone(table, leading)
    if reasons:
        for row, cells_ in enumerate(zip(*columns, strict=True)):
            reason = next((reasons[cell] for cell in cells_ if cell in reasons), None)
            if reason is not None:
                table.data["role"][row] = "noise"
                table.data["noise_reason"][row] = reason
                sums.append(table.numbers[row])
                suspects.discard(row)
    for row in sorted(suspects):
        table.data["role"][row] = "noise"
        table.data["noise_reason"][row] = NOTE_REASON
        remarks.append(table.numbers[row])
    table.excuse(remarks)
    return _told(sums)


def _reasons(columns: list[list[str | None]]) -> dict[str, str]:
    """The cells that say that their rows add up others, and why."""
    reasons: dict[str, str] = {}
    for cells in columns:
        for cell in distinct(cells):
            if cell[:1].isdigit():
                continue  # an id, a year
            if is_sum(cell):
                reasons[cell] = SUM_REASON
            elif is_part(cell):
                reasons[cell] = PART_REASON
    for cells in columns[1:]:
        reasons.update(_aggregates(distinct(cells)))
    return reasons


def _alone(table: TableRows, leading: list[str | None]) -> set[int]:
    """Rows with words in their first cell and nothing beside them."""
    empty = [row for row, amount in enumerate(table.data["amount"]) if amount is None]
    if not empty:
        return set()
    rest = table.frame.iloc[empty, 1:].isna().all(axis=1).tolist()
    return {row for row, alone in zip(empty, rest, strict=True) if alone and leading[row]}


def _aggregates(cells: list[str]) -> dict[str, str]:
    """Sums over parties, where members stand in the same column."""
    found = [cell for cell in cells if is_aggregate(cell)]
    if not found or not any(one_party(cell) for cell in cells if cell not in found):
        return {}
    return dict.fromkeys(found, AGGREGATE_REASON)


def _told(sums: list[int]) -> list[str]:
    if not sums:
        return []
    shown = ", ".join(map(str, dict.fromkeys(sums[:MOST_PROBLEMS])))
    more = " …" if len(sums) > MOST_PROBLEMS else ""
    return [f"row {shown}{more} read as sums or parts of others: role noise, counted nowhere"]
