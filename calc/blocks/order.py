"""The tables of all blocks in the order that they have without blocks."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..schema import WORST_FIRST
from .checked import check_order, sorted_codes
from .phases import Tables
from .split import Codes

Mask = npt.NDArray[np.bool_]


class Kept(NamedTuple):
    """Which rows of a table of blocks stay: the others were made anew and stand there too."""

    checks: Mask
    pledges: Mask
    totals: Mask


class _Orders(NamedTuple):
    checks: Codes
    pledges: Codes
    totals: Codes


def in_order(tables: Tables, claims: pd.DataFrame, kept: Kept | None = None) -> Tables:
    """The tables, but for findings, with their rows in the order of one machine without blocks.

    ``claims`` have an id each. Rows that are not ``kept`` are left out: to leave them out and then
    put the rest in order would copy most of a table twice.
    """
    orders = _orders(tables, claims)
    if kept is not None:
        orders = _Orders(*(order[mask[order]] for order, mask in zip(orders, kept, strict=True)))
    return tables._replace(
        checks=taken(tables.checks, orders.checks),
        pledges=taken(tables.pledges, orders.pledges),
        totals=taken(tables.totals, orders.totals),
    )


def _orders(tables: Tables, claims: pd.DataFrame) -> _Orders:
    """The orders alone: the index of a million ids is gone before a table is copied."""
    ranks = _ranks(claims)
    places = pd.Index(claims["claim_id"])
    first = places.get_indexer(pd.Index(tables.pledges["pledge_id"].str.slice(2)))
    totals = tables.totals
    keys = [
        (_names(donor), _names(recipient), scope, series)
        for donor, recipient, scope, series in zip(
            totals["donor"], totals["recipient"], totals["scope"], totals["series_id"], strict=True
        )
    ]
    return _Orders(
        check_order(tables.checks, claims, places),
        np.argsort(ranks[first], kind="stable").astype(np.int64),
        np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64),
    )


def findings_in_order(found: pd.DataFrame) -> pd.DataFrame:
    """Findings with the worst first."""
    severity = found["severity"].map(WORST_FIRST).to_numpy()
    return taken(
        found,
        np.lexsort((sorted_codes(found["finding_id"]), sorted_codes(found["cause"]), severity)),
    )


def taken(table: pd.DataFrame, order: npt.NDArray[Any]) -> pd.DataFrame:
    """The rows of a table in that order, numbered anew."""
    return table.iloc[order].reset_index(drop=True)


def _names(cell: object) -> tuple[str, ...]:
    return tuple(cell.split("|")) if isinstance(cell, str) else ()


def _ranks(claims: pd.DataFrame) -> Codes:
    """The place of every claim in the order of publication, source, position and id."""
    days = claims["published"]
    last = days.max() + pd.Timedelta(days=1) if days.notna().any() else pd.Timestamp(0)
    order = np.lexsort(
        (
            sorted_codes(claims["claim_id"]),
            claims["start"].fillna(-1.0).to_numpy(),
            sorted_codes(claims["source"]),
            days.fillna(last).to_numpy(),
        )
    )
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks
