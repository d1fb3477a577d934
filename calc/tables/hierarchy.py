"""Activities and their parts: the same money told by a programme and by its projects.

Publishers of IATI files describe work on several levels, and some say the payments on two. Of a
parent and its children, for one type of transaction and one currency, the side that says more is
counted: the other one has the same money again. Where the levels say different stages (commitments
above, payments below), they are one activity.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pandas as pd

PARENT = "parent-activity"
AGAIN = "repeated by {other}: counted there"
DEEPEST = 20  # levels

Key = tuple[str, str]  # a type of transaction and a currency


def settle(claims: pd.DataFrame) -> list[str]:
    """Give rows that a parent or a child tells too the role noise, in place; say what was done."""
    if PARENT not in claims.columns or "activity" not in claims.columns:
        return []
    own = claims[["activity", PARENT]].dropna().drop_duplicates()
    parents = dict(zip(own["activity"].tolist(), own[PARENT].tolist(), strict=True))
    counted = (claims["role"] == "pledge") & claims["activity"].notna()
    known = set(claims.loc[counted, "activity"].tolist())
    families = {one: _ancestors(one, parents, known) for one in known if one in parents}
    families = {one: above for one, above in families.items() if 0 < len(above) < DEEPEST}
    if not families:
        return []
    members = {*families, *(one for above in families.values() for one in above)}
    rows = claims.index[counted & claims["activity"].isin(members)]
    dropped = _told_twice(claims.loc[rows], families)
    gone = [
        row
        for row, activity, kind, code in zip(
            rows,
            *(claims.loc[rows, name].tolist() for name in ("activity", "transaction", "currency")),
            strict=True,
        )
        if (activity, (str(kind), str(code))) in dropped
    ]
    notes: list[str] = []
    if gone:
        keys = zip(
            *(claims.loc[gone, name].tolist() for name in ("activity", "transaction", "currency")),
            strict=True,
        )
        reasons = [AGAIN.format(other=dropped[a, (str(t), str(c))]) for a, t, c in keys]
        claims.loc[gone, "role"] = "noise"
        claims.loc[gone, "noise_reason"] = reasons
        count = len({*claims.loc[gone, "activity"]})
        what = "1 activity is" if count == 1 else f"{count:,} activities are"
        notes.append(
            f"{len(gone):,} rows of {what} repeated by a parent or by children: role noise, "
            "counted once"
        )
    _join_stages(claims, families)
    return notes


def _ancestors(one: str, parents: dict[str, str], known: set[str]) -> list[str]:
    """The activities above one that have transactions, the nearest first."""
    found: list[str] = []
    seen = {one}
    while one in parents and parents[one] not in seen and len(seen) <= DEEPEST:
        one = parents[one]
        seen.add(one)
        if one in known:
            found.append(one)
    return found


def _told_twice(rows: pd.DataFrame, families: dict[str, list[str]]) -> dict[tuple[str, Key], str]:
    """Which activities' transactions of a type another level has too, and who has them."""
    sums = rows.groupby(["activity", "transaction", "currency"], dropna=False)["amount"].sum()
    own: dict[str, dict[Key, float]] = defaultdict(dict)
    told: Any = sums.items()
    for (activity, kind, code), amount in told:
        own[activity][str(kind), str(code)] = float(amount)
    children: dict[str, list[str]] = defaultdict(list)
    for one, above in families.items():
        children[above[0]].append(one)
    dropped: dict[tuple[str, Key], str] = {}
    tops = [one for one in children if one not in families]
    for key in {key for sums_of in own.values() for key in sums_of}:
        for top in tops:
            _settled(top, key, own, children, dropped)
    return dropped


def _settled(
    one: str,
    key: Key,
    own: dict[str, dict[Key, float]],
    children: dict[str, list[str]],
    dropped: dict[tuple[str, Key], str],
) -> float:
    """What an activity and all below it come to; the side that says less is dropped."""
    below = [(child, _settled(child, key, own, children, dropped)) for child in children[one]]
    parts = sum(amount for _, amount in below)
    telling = [child for child, amount in below if amount]
    mine = own[one].get(key)
    if mine is None or not telling:
        return parts if mine is None else mine
    if abs(mine) > abs(parts):
        for child in telling:
            _drop_all(child, key, one, own, children, dropped)
        return mine
    shown = telling[0] if len(telling) == 1 else f"{telling[0]} and {len(telling) - 1} more"
    dropped[one, key] = shown
    return parts


def _drop_all(
    one: str,
    key: Key,
    by: str,
    own: dict[str, dict[Key, float]],
    children: dict[str, list[str]],
    dropped: dict[tuple[str, Key], str],
) -> None:
    if key in own[one]:
        dropped[one, key] = by
    for child in children[one]:
        _drop_all(child, key, by, own, children, dropped)


def _join_stages(claims: pd.DataFrame, families: dict[str, list[str]]) -> None:
    """Where two levels still count, at different stages, the levels are one activity."""
    counted = (claims["role"] == "pledge") & claims["activity"].notna()
    left = set(claims.loc[counted, "activity"].tolist())
    tops = {
        one: next((top for top in reversed(above) if top in left), None)
        for one, above in families.items()
        if one in left
    }
    joined = {one: top for one, top in tops.items() if top is not None}
    if joined:
        rows = claims["activity"].isin(joined)
        claims.loc[rows, "activity"] = claims.loc[rows, "activity"].map(joined)
