"""The range that people are shown: a printed number and what its digits leave open.

The range of a pledge in the tables is wider where one voice prints one digit: it holds the true
amount as often as it says, and links and sums use it. Beside a printed number it would look as if
somebody had said it, so people see the digits, and the wider range by its name.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from ..figures import printed_of
from ..values.intervals import reading

Ends = tuple[float, float]


def of_digits(text: str | None, amount: float, qualifier: str | None) -> Ends | None:
    """What the digits of ``text`` leave open: half a unit of the last, more beside "about".

    >>> of_digits("20 million kronor", 20e6, None), of_digits("910 million euros", 910e6, "about")
    ((19500000.0, 20500000.0), (905000000.0, 915000000.0))
    """
    printed = printed_of(text) if text else None
    if printed is None or not math.isclose(float(printed.amount), amount, rel_tol=1e-9):
        return None
    ends = reading(printed, "usual" if qualifier else "core")
    if ends.low is None or ends.high is None:
        return None
    return float(ends.low), float(ends.high)


def by_pledge(pledges: pd.DataFrame, claims: pd.DataFrame) -> Mapping[str, Ends]:
    """The ranges of the printed numbers of ``pledges`` on which their sources agree."""
    closed = pledges["amount"].notna() & pledges["low"].notna() & pledges["high"].notna()
    agreed = pledges[closed & ~pledges["contested"].astype(bool)]
    columns = ["pledge_id", "amount", "currency"]
    told = claims[[*columns, "text", "qualifier", "start"]].astype({"qualifier": object})
    told = told.assign(qualifier=told["qualifier"].where(told["qualifier"].notna(), None))
    found: dict[str, Ends] = {}
    rows: list[dict[Hashable, Any]] = agreed[columns].merge(told, on=columns).to_dict("records")
    for row in rows:
        name, amount = row["pledge_id"], row["amount"]
        if name in found:
            continue
        if pd.isna(row["start"]):  # a cell of a table is exact
            found[name] = (amount, amount)
            continue
        ends = of_digits(row["text"], amount, row["qualifier"] or None)
        if ends is not None:
            found[name] = ends
    return found
