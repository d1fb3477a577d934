"""What is odd about the entries of a register: equal rows, more paid than promised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from .. import schema
from ..entries import Entries
from ..entries.beside import Beside
from ..tables.stages import BETWEEN
from ..text.amount_words import amount_words
from .finding import Finding, finding

_MORE_PAID = 1.1  # times what was committed: rates and rounding explain less


class _Row(NamedTuple):
    id: str


def findings_of_entries(entries: Entries) -> list[Finding]:
    """The findings about entries, in the order of their rows."""
    return [*_equal(entries), *_overpaid(entries)]


def findings_beside(told: Iterable[Beside]) -> list[Finding]:
    """What reports tell of and a register lacks, though it has others of these parties."""
    return [
        finding(
            "unresolved",
            one.pledge.claims,
            f"{one.pledge.teller.text!r} ({one.pledge.teller.source}): {one.words}, which has "
            "others of these parties",
            severity="info",
        )
        for one in told
        if one.known and not one.rows
    ]


def _equal(entries: Entries) -> Iterator[Finding]:
    """Rows that nothing tells apart: one entry twice, or two equal ones."""
    texts = entries.frame["text"].to_numpy()
    for rows in entries.equal_rows:
        yield finding(
            "double-count",
            (_Row(entries.ids[row]) for row in rows),
            f"{len(rows)} rows are equal in every cell ({texts[rows[0]]}): one entry, or "
            f"{len(rows)}? The low end counts one",
        )


def _overpaid(entries: Entries) -> Iterator[Finding]:
    """Activities of which more was disbursed than committed."""
    frame = entries.frame
    named = frame["activity"].notna() & ~frame["activity"].fillna("").str.contains(BETWEEN)
    rows = np.flatnonzero(entries.is_counted & named.to_numpy())
    if not len(rows):
        return
    cells = pd.DataFrame(
        {
            "register": entries.register[rows],
            "activity": frame["activity"].to_numpy()[rows],
            "stage": frame["status"].to_numpy()[rows],
            "amount": entries.worth()["low"].to_numpy()[rows],
            "row": rows,
        }
    )
    sums = cells.pivot_table(
        index=["register", "activity"], columns="stage", values="amount", aggfunc="sum"
    ).reindex(columns=list(schema.STAGES))
    over = sums[
        (sums["committed"] > 0) & (sums["disbursed"] > sums["committed"] * _MORE_PAID)
    ].sort_index()
    rows_of: dict[tuple[int, str], list[int]] = defaultdict(list)
    for number, activity, row in cells[["register", "activity", "row"]].itertuples(index=False):
        rows_of[number, activity].append(row)
    for (number, activity), paid, promised in zip(
        over.index.tolist(), over["disbursed"], over["committed"], strict=True
    ):
        yield finding(
            "stage-wording",
            (_Row(entries.ids[row]) for row in rows_of[number, activity]),
            f"of activity {activity} more is disbursed ({amount_words(paid)} {entries.currency}) "
            f"than committed ({amount_words(promised)} {entries.currency})",
        )
