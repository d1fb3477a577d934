"""The blocks of a claims table: rows that may ever speak of one pledge or total, by parties.

A donor and a recipient make a block, joint ones one together; claims that a document ties (a
conversion, a repeat) stand together. A claim that leaves a party open goes to the block that
prints the same amount nearest in time, else to a block of its own kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..links.days import FAR_DAYS
from ..links.roots import Roots
from ..links.rows import party
from ..schema import among

Codes = npt.NDArray[np.int64]
Cell = tuple[tuple[str, ...], tuple[str, ...]]
_SEPARATOR = "\x1f"


def blocks_of(prepared: pd.DataFrame) -> Codes:
    """The block of every row of a prepared table, as numbers in the order of their parties."""
    cells, of_row = _cells(prepared)
    roots = Roots()
    of_row = _tied(prepared, cells, of_row, roots)
    of_row = _placed(prepared, cells, of_row)
    for cell in cells:
        nodes = _nodes(cell)
        for node in nodes:
            roots.join(nodes[0], node)
    names = np.array([roots.root(_nodes(cell)[0]) for cell in cells], dtype=object)
    _, codes = np.unique(names, return_inverse=True)
    found: Codes = codes.astype(np.int64)[of_row]
    return found


def _nodes(cell: Cell) -> list[str]:
    return [_SEPARATOR.join(pair) for pair in product(cell[0] or ("",), cell[1] or ("",))]


def _cells(prepared: pd.DataFrame) -> tuple[list[Cell], Codes]:
    """The donors and recipients that stand together, and for each row which of them."""
    coded = []
    parties: list[list[tuple[str, ...]]] = []
    for name in ("donor", "recipient"):
        codes, texts = pd.factorize(prepared[name], use_na_sentinel=False)
        canonical = [party(text if isinstance(text, str) else None) for text in texts]
        known = sorted(set(canonical))
        number = {found: place for place, found in enumerate(known)}
        coded.append(np.array([number[found] for found in canonical], dtype=np.int64)[codes])
        parties.append(known)
    width = max(len(parties[1]), 1)
    unique, of_row = np.unique(coded[0] * width + coded[1], return_inverse=True)
    cells = [(parties[0][pair // width], parties[1][pair % width]) for pair in unique.tolist()]
    return cells, of_row.astype(np.int64)


def _tied(prepared: pd.DataFrame, cells: list[Cell], of_row: Codes, roots: Roots) -> Codes:
    """Rows that are tied get one cell, with the parties of all of them."""
    ids = pd.Index(prepared["claim_id"])
    first = ~ids.duplicated()
    places = np.nonzero(first)[0]
    unique = ids[first]
    parent = list(range(len(prepared)))

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for name in ("conversion_of", "repeats"):
        found = unique.get_indexer(pd.Index(prepared[name].where(prepared[name].notna(), None)))
        rows = np.nonzero(found >= 0)[0]
        for row, other in zip(rows.tolist(), places[found[rows]].tolist(), strict=True):
            a, b = root(row), root(other)
            parent[max(a, b)] = min(a, b)
    if not first.all():  # a row that was read twice stands with itself
        for row, other in enumerate(places[unique.get_indexer(ids)].tolist()):
            a, b = root(row), root(other)
            parent[max(a, b)] = min(a, b)
    tops = np.array([root(row) for row in range(len(parent))], dtype=np.int64)
    mixed = np.unique(tops[of_row != of_row[tops]])
    members: dict[int, list[int]] = defaultdict(list)
    concerned = np.nonzero(np.isin(tops, mixed))[0]
    for row in concerned.tolist():
        members[int(tops[row])].append(row)
    number = {cell: place for place, cell in enumerate(cells)}
    totals = (prepared["role"] == "total").to_numpy()
    result = of_row.copy()
    for together in members.values():
        donors = {name for row in together for name in cells[of_row[row]][0]}
        recipients = {name for row in together for name in cells[of_row[row]][1]}
        joint = (tuple(sorted(donors)), tuple(sorted(recipients)))
        if joint not in number:
            number[joint] = len(cells)
            cells.append(joint)
        result[together] = number[joint]
        for row in together:
            if totals[row]:  # a total of fewer parties belongs to the series of its own
                roots.join(_nodes(cells[of_row[row]])[0], _nodes(joint)[0])
    return result


def _placed(prepared: pd.DataFrame, cells: Sequence[Cell], of_row: Codes) -> Codes:
    """Pledges without a donor or recipient, put beside the same amount nearest in time."""
    known = np.array([bool(cell[0] and cell[1]) for cell in cells], dtype=bool)[of_row]
    table = pd.DataFrame(
        {
            "row": np.arange(len(prepared)),
            "cell": of_row,
            "id": prepared["claim_id"].to_numpy(dtype=object),
            "day": prepared["published"].to_numpy(),
            "amount": prepared["amount"].to_numpy(),
            "currency": prepared["currency"].to_numpy(dtype=object),
            "open": ~known,
            "tied": prepared["conversion_of"].notna() | prepared["repeats"].notna(),
            "pledge": (prepared["role"] == "pledge").to_numpy(),
        }
    )
    table = table[table["pledge"] & table["day"].notna() & table["amount"].notna()]
    table = table[table["currency"].notna()].sort_values(["day", "id"], kind="stable")
    result = of_row.copy()
    if not table["open"].any():
        return result
    for side in (0, 1):
        names = [cell[side] for cell in cells]
        codes = {name: number for number, name in enumerate(dict.fromkeys(names))}
        party_code = np.array([codes[name] for name in names], dtype=np.int64)
        others = np.array([bool(cell[1 - side]) for cell in cells], dtype=bool)
        table["party"] = party_code[table["cell"]]
        named = np.array([bool(name) for name in names], dtype=bool)[table["cell"]]
        wanting = table[table["open"] & named & ~others[table["cell"]] & ~table["tied"]]
        if wanting.empty:
            continue
        found = pd.merge_asof(
            wanting[["row", "day", "party", "amount", "currency"]],
            table.loc[~table["open"], ["day", "party", "amount", "currency", "cell"]],
            on="day",
            by=["party", "amount", "currency"],
            direction="nearest",
            tolerance=pd.Timedelta(days=FAR_DAYS),
        )
        found = found[found["cell"].notna()]
        result[found["row"].to_numpy()] = found["cell"].to_numpy().astype(np.int64)
    return _followed(prepared, of_row, result)


def _followed(prepared: pd.DataFrame, before: Codes, after: Codes) -> Codes:
    """What converts or repeats a claim that was put elsewhere goes with it."""
    moved = before != after
    if not moved.any():
        return after
    home = dict(zip(prepared["claim_id"][moved].tolist(), after[moved].tolist(), strict=True))
    result = after.copy()
    while True:
        count = len(home)
        for name in ("conversion_of", "repeats"):
            ties = prepared[name]
            rows = np.nonzero(among(ties, home))[0]
            ids = prepared["claim_id"].iloc[rows].tolist()
            for row, claim_id, tie in zip(
                rows.tolist(), ids, ties.iloc[rows].tolist(), strict=True
            ):
                result[row] = home[tie]
                home.setdefault(claim_id, home[tie])
        if len(home) == count:
            return result
