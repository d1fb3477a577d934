"""All blocks of a table, by as many processes as asked for: the same tables for any number."""

from __future__ import annotations

import gc
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..schema import CHECKS, FINDINGS, TOTALS, pledges
from . import phases
from .phases import Asked, Counts, Paths, Tables, keep_counts, together
from .split import Codes

_BATCH = 10_000  # claims done in one go: a batch holds its records in memory
_WAITING = 6
_SEVERITY = {"error": 0, "warning": 1, "info": 2}


class Run(NamedTuple):
    """The tables of all blocks in their final order, and the counts behind them."""

    tables: Tables
    counts: Counts


def run_blocks(
    prepared: pd.DataFrame, codes: Codes, asked: Asked, jobs: int, counts: Counts | None = None
) -> Run:
    """Reconcile each block of ``prepared``; rarity is counted over all of them unless given."""
    with (
        tempfile.TemporaryDirectory(prefix="pledgecalc-") as folder,
        _pool(jobs, asked, counts) as pool,
    ):
        batches = _batches(codes)
        paths = [Paths.of(Path(folder), number) for number in range(len(batches))]
        work = (
            (prepared.iloc[rows], codes[rows].tolist(), own)
            for rows, own in zip(batches, paths, strict=True)
        )
        counted = _each(pool, phases.count, work)
        voices = together(counted) if counts is None else _drain(counted, counts.voices)
        at = keep_counts(voices, Path(folder) / "voices.counts") if counts is None else None
        joined = _each(pool, phases.join, [(own, at) for own in paths])
        known = together(joined) if counts is None else _drain(joined, counts.pledges)
        at = keep_counts(known, Path(folder) / "pledges.counts") if counts is None else None
        parts = list(_each(pool, phases.finish, [(own, at) for own in paths]))
    homes = _homes(batches, [part.homes for part in parts])
    tables = Tables(
        homes,
        joined_table([part.checks for part in parts], CHECKS),
        joined_table([part.pledges for part in parts], pledges(asked.currency)),
        joined_table([part.totals for part in parts], TOTALS),
        joined_table([part.findings for part in parts], FINDINGS),
        joined_table([part.tellers for part in parts], phases.TELLERS),
    )
    return Run(tables, Counts(voices, known))


@contextmanager
def _pool(jobs: int, asked: Asked, counts: Counts | None) -> Iterator[Executor | None]:
    if jobs <= 1:
        phases.start(asked, counts)
        enabled = gc.isenabled()
        try:
            yield None
        finally:
            if enabled:
                gc.enable()
        return
    with ProcessPoolExecutor(jobs, initializer=phases.start, initargs=(asked, counts)) as pool:
        yield pool


def _each(pool: Executor | None, task: Callable[..., Any], work: Iterable[Any]) -> Iterator[Any]:
    """The results in the order of ``work``, which decides nothing else."""
    if pool is None:
        return (task(*one) for one in work)
    return _in_turn(pool, task, work)


def _in_turn(pool: Executor, task: Callable[..., Any], work: Iterable[Any]) -> Iterator[Any]:
    """A few tasks at a time wait for a process: their rows are copies."""
    waiting: deque[Future[Any]] = deque()
    for one in work:
        waiting.append(pool.submit(task, *one))
        if len(waiting) > _WAITING:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _drain(results: Iterator[Any], instead: Any) -> Any:
    for _ in results:
        pass
    return instead


def _batches(codes: Codes) -> list[npt.NDArray[np.int64]]:
    """Rows of whole blocks together, the largest first so that no process waits for it."""
    order = np.argsort(codes, kind="stable")
    _, starts, sizes = np.unique(codes[order], return_index=True, return_counts=True)
    found: list[list[npt.NDArray[np.int64]]] = []
    filled = _BATCH
    for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
        if filled + size > _BATCH:
            found.append([])
            filled = 0
        found[-1].append(order[start : start + size])
        filled += size
    joined = [np.sort(np.concatenate(rows)) for rows in found]
    return sorted(joined, key=lambda rows: (-len(rows), int(rows[0])))


def _homes(batches: list[npt.NDArray[np.int64]], parts: list[pd.DataFrame]) -> pd.DataFrame:
    rows = np.concatenate(batches)
    back = np.empty(len(rows), dtype=np.int64)
    back[rows] = np.arange(len(rows))
    return pd.concat(parts, ignore_index=True).iloc[back].reset_index(drop=True)


def joined_table(parts: list[pd.DataFrame], columns: dict[str, str]) -> pd.DataFrame:
    """Parts of one table, one after the other; an empty part has a say in no type."""
    filled = [part for part in parts if len(part)] or parts[:1]
    return pd.concat(filled, ignore_index=True)[list(columns)]


def in_order(tables: Tables, prepared: pd.DataFrame) -> Tables:
    """The tables with their rows in the order of one machine without blocks."""
    ranks = _ranks(prepared)
    first = pd.Index(tables.pledges["pledge_id"].str.slice(2))
    pledge_order = np.argsort(ranks.loc[first].to_numpy(), kind="stable")
    totals = tables.totals
    keys = [
        (_names(donor), _names(recipient), scope, series)
        for donor, recipient, scope, series in zip(
            totals["donor"], totals["recipient"], totals["scope"], totals["series_id"], strict=True
        )
    ]
    return Tables(
        tables.homes,
        _taken(tables.checks, _check_order(tables.checks, prepared)),
        _taken(tables.pledges, pledge_order),
        _taken(totals, np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)),
        findings_in_order(tables.findings),
        tables.tellers,
    )


def findings_in_order(found: pd.DataFrame) -> pd.DataFrame:
    """Findings with the worst first."""
    severity = found["severity"].map(_SEVERITY).to_numpy()
    return _taken(
        found, np.lexsort((_codes(found["finding_id"]), _codes(found["cause"]), severity))
    )


def _taken(table: pd.DataFrame, order: npt.NDArray[Any]) -> pd.DataFrame:
    return table.iloc[order].reset_index(drop=True)


def _names(cell: object) -> tuple[str, ...]:
    return tuple(cell.split("|")) if isinstance(cell, str) else ()


def _codes(column: pd.Series) -> npt.NDArray[np.int64]:
    codes, _ = pd.factorize(column, sort=True)
    return np.asarray(codes, dtype=np.int64)


def _unique(prepared: pd.DataFrame) -> pd.DataFrame:
    columns = prepared[["claim_id", "published", "source", "start"]]
    return columns[~columns["claim_id"].duplicated()]


def _ranks(prepared: pd.DataFrame) -> pd.Series:
    """The place of every claim in the order of publication, source, position and id, by id."""
    claims = _unique(prepared)
    days = claims["published"]
    last = days.max() + pd.Timedelta(days=1) if days.notna().any() else pd.Timestamp(0)
    order = np.lexsort(
        (
            _codes(claims["claim_id"]),
            claims["start"].fillna(-1.0).to_numpy(),
            _codes(claims["source"]),
            days.fillna(last).to_numpy(),
        )
    )
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return pd.Series(ranks, index=pd.Index(claims["claim_id"]))


def _check_order(checks: pd.DataFrame, prepared: pd.DataFrame) -> npt.NDArray[np.int64]:
    claims = _unique(prepared)
    starts = pd.Series(claims["start"].to_numpy(), index=pd.Index(claims["claim_id"]))
    sources = checks["source"].fillna("")
    return np.lexsort(
        (
            _codes(checks["claim_id"]),
            starts.loc[pd.Index(checks["claim_id"])].fillna(np.inf).to_numpy(),
            _codes(sources),
        )
    )
