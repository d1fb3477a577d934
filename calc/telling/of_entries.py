"""Why an entry of a register counts as it does, line by line."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..entries import Entries
from ..entries.entries import summed
from ..findings.finding import Finding
from ..links.rows import read_rows
from .call import Call, WayToDecide
from .explain import Explanation

_OPEN = 0.5  # nothing decides: either answer may be right


def entry_of(name: str, entries: Entries) -> int | None:
    """The position of the entry that an id, of its claim or of its pledge, names."""
    return entries.position.get(name.removeprefix("p-"))


def asked_of_entries(entries: Entries) -> Iterator[Call]:
    """What separates the ends of a sum of entries and a person can settle."""
    yield from _equal(entries)
    yield from _registers(entries)
    yield from _outsized(entries)


def _registers(entries: Entries) -> Iterator[Call]:
    """Whether registers of other columns hold the same money."""
    numbers = np.unique(entries.register[entries.is_counted])
    amounts = entries.worth()["low"].to_numpy()
    size = {
        number: summed(amounts[entries.is_counted & (entries.register == number)])
        for number in numbers.tolist()
    }
    order = sorted(size, key=lambda number: (-size[number], number))
    for number in order[1:]:
        heads = [
            int(np.flatnonzero(entries.is_counted & (entries.register == one))[0])
            for one in (order[0], number)
        ]
        claims = tuple(read_rows(entries.frame.iloc[heads]))
        ids = tuple(entries.ids[row] for row in heads)
        sources = entries.frame["source"].iloc[heads].tolist()
        yield Call(
            "double-count",
            f"may the ledgers {sources[0]} and {sources[1]} hold the same money?",
            claims,
            _OPEN,
            abs(size[number]),
            None,
            (),
            (WayToDecide("different", ids, None, "ledgers of other money"),),
        )


def _outsized(entries: Entries) -> Iterator[Call]:
    """Amounts above the aid of the whole world."""
    for row in np.flatnonzero(entries.is_gift & entries.is_outsized).tolist():
        claims = tuple(read_rows(entries.frame.iloc[[row]]))
        ids = (entries.ids[row],)
        yield Call(
            "implausible",
            f"is {claims[0].text} right? It is more than the aid of the whole world in a year",
            claims,
            _OPEN,
            float(entries.worth()["low"].to_numpy()[row]),
            None,
            (),
            (
                WayToDecide("accept", ids, None, "the amount is right"),
                WayToDecide("reject", ids, None, "a slip of scale"),
            ),
        )


def _equal(entries: Entries) -> Iterator[Call]:
    """Whether rows that are equal in every cell are one entry: what separates the ends of a sum."""
    amounts = entries.worth()["low"].to_numpy()
    for rows in entries.equal_rows:
        claims = tuple(read_rows(entries.frame.iloc[rows]))
        ids = tuple(claim.id for claim in claims)
        value = float(amounts[rows[0]])
        yield Call(
            "double-count",
            f"{len(ids)} rows of {claims[0].source} are equal in every cell: one entry, or "
            f"{len(ids)}?",
            claims,
            _OPEN,
            None if value != value else abs(value) * (len(rows) - 1),
            None,
            (),
            (
                WayToDecide("same", ids, None, "one entry, written twice"),
                WayToDecide("different", ids, None, "entries of their own"),
            ),
        )


def explain_finding(one: Finding, entries: Entries) -> Explanation:
    """Explain a finding about entries, with the entries that it is about."""
    lines = [f"Finding {one.id}: {one.cause} ({one.severity})", f"  {one.message}"]
    for name in one.claim_ids:
        row = entry_of(name, entries)
        lines += [] if row is None else explain_entry(row, entries).lines[:2]
    return Explanation(one.id, tuple(lines))


def explain_entry(row: int, entries: Entries) -> Explanation:
    """Explain one entry: its cells, its rate, its activity, and what it equals."""
    cells = entries.frame.iloc[row]
    told = {key: (None if value != value else value) for key, value in cells.items()}
    who = f"{told['donor'] or 'donor unknown'} → {told['recipient'] or 'recipient unknown'}"
    kind = f", {told['transaction']}" if told["transaction"] else ""
    reason = f": {told['noise_reason']}" if told["noise_reason"] else ""
    day = entries.days.iloc[row]
    worth = entries.worth().iloc[row]
    lines = [
        f"Entry {entries.ids[row]} of the ledger {told['source']}: {told['text']!r}",
        f"  {who.replace('|', ', ')}; status {told['status']}{kind}",
        f"  role {told['role']}{reason}",
        f"  value date {day:%Y-%m-%d}" if day == day else "  no date is known",
        f"  rate: {worth['rate_note']}",
    ]
    if told["activity"]:
        lines += _of_activity(row, str(told["activity"]), entries)
    twin = int(entries.twin[row])
    equal = np.flatnonzero(entries.twin == twin)
    if len(equal) > 1:
        others = ", ".join(entries.ids[one] for one in equal.tolist() if one != row)
        lines.append(f"  equal in every cell to {others}: the low end counts one of them")
    lines.append("  rule: a row of a ledger is an entry of its own")
    return Explanation(entries.ids[row], tuple(lines))


def _of_activity(row: int, activity: str, entries: Entries) -> list[str]:
    """The stages of the activity that an entry belongs to, side by side."""
    frame = entries.frame
    same = (frame["activity"] == activity).to_numpy() & (entries.register == entries.register[row])
    amounts = entries.worth()["low"].where(entries.is_counted & same)
    sums = amounts.groupby(frame["status"]).agg(["sum", "count"])
    stages = [
        f"{status} {one['sum']:,.2f} in {int(one['count'])} "
        f"{'entry' if one['count'] == 1 else 'entries'}"
        for status, one in sums.iterrows()
        if one["count"]
    ]
    told = f"  activity {activity}: {'; '.join(stages)} ({entries.currency})"
    return [told, "  rule: of one activity the stage that comes to most counts"] if stages else []
