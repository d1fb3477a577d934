"""All blocks of a table, by as many processes as asked for: the same tables for any number."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from rates.notebook_progress import Progress
from rates.processes import leave_quietly

from ..claims.completed import AskedRows, Each, ToldRow
from ..schema import CHECKS, FINDINGS, TOTALS, among, pledges
from . import phases
from .phases import Counts, Paths, Tables, Terms, keep_counts, together
from .scratch import scratch
from .split import Codes

_BATCH = 10_000  # claims done in one go: a batch holds its records in memory
_FEW = 4_000  # of claims added: the parent holds all the tables of before meanwhile
_WAITING = 6
_TOGETHER = 100  # documents that are handed to a process in one go


class Run(NamedTuple):
    """The tables of all blocks, and the counts behind them."""

    tables: Tables
    counts: Counts


def run_blocks(
    prepared: pd.DataFrame,
    codes: Codes,
    terms: Terms,
    jobs: int,
    progress: Progress | None = None,
) -> Run:
    """Reconcile each block of ``prepared``; rarity is counted over all of them.

    ``progress`` is called with the number of steps done and of all, three for each batch.
    """
    batches = _batches(codes, _BATCH)
    told = _Told(progress, 3 * len(batches))
    with (
        scratch() as folder,
        _pool(jobs, terms) as pool,
    ):
        paths = [Paths.of(folder, number) for number in range(len(batches))]
        work = (
            (*batch, own) for batch, own in zip(_rows(prepared, codes, batches), paths, strict=True)
        )
        voices = together(told.each(_each(pool, phases.count, work)))
        at = keep_counts(voices, folder / "voices.counts")
        known = together(told.each(_each(pool, phases.join, [(own, at) for own in paths])))
        at = keep_counts(known, folder / "pledges.counts")
        parts = list(told.each(_each(pool, phases.finish, [(own, at) for own in paths])))
    return Run(_joined(parts, batches, terms), Counts(voices, known))


class _Told:
    """Tells how many steps are done, one after another."""

    def __init__(self, progress: Progress | None, of: int) -> None:
        self._progress, self._of, self._done = progress, of, 0

    def each(self, results: Iterable[Any]) -> Iterator[Any]:
        """The results as they are, each told when it is there."""
        for one in results:
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self._of)
            yield one


def run_with_counts(
    prepared: pd.DataFrame,
    codes: Codes,
    terms: Terms,
    jobs: int,
    counts: Counts,
    checks: pd.DataFrame,
) -> Tables:
    """Reconcile each block of ``prepared``, when how rare words and amounts are is known.

    ``checks`` are those that were made before and still hold.
    """
    batches = _batches(codes, _FEW)
    work = (
        (rows, blocks, checks[among(checks["claim_id"], set(rows["claim_id"]))])
        for rows, blocks in _rows(prepared, codes, batches)
    )
    with _pool(jobs, terms, counts) as pool:
        parts = list(_each(pool, phases.with_counts, work))
    return _joined(parts, batches, terms)


def _rows(
    prepared: pd.DataFrame, codes: Codes, batches: list[Codes]
) -> Iterator[tuple[pd.DataFrame, list[int]]]:
    """The rows of each batch with their blocks."""
    return ((prepared.iloc[rows], codes[rows].tolist()) for rows in batches)


def _joined(parts: list[Tables], batches: list[Codes], terms: Terms) -> Tables:
    """The tables of all batches, one after the other; ``homes`` row for row as the claims."""
    return Tables(
        _homes(batches, [part.homes for part in parts]),
        joined_table([part.checks for part in parts], CHECKS),
        joined_table([part.pledges for part in parts], pledges(terms.currency)),
        joined_table([part.totals for part in parts], TOTALS),
        joined_table([part.findings for part in parts], FINDINGS),
        joined_table([part.tellers for part in parts], phases.TELLERS),
        {pair: slip for part in parts for pair, slip in part.slips.items()},
    )


@contextmanager
def _pool(jobs: int, terms: Terms, counts: Counts | None = None) -> Iterator[Executor | None]:
    if jobs <= 1:
        phases.start(terms, counts)
        enabled = gc.isenabled()
        try:
            yield None
        finally:
            if enabled:
                gc.enable()
        return
    with ProcessPoolExecutor(jobs, initializer=_begin, initargs=(terms, counts)) as pool:
        yield pool


def _begin(terms: Terms, counts: Counts | None) -> None:
    leave_quietly()
    phases.start(terms, counts)


def _begin_reading() -> None:
    leave_quietly()
    gc.freeze()


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


def reading_by(jobs: int) -> Each:
    """How ``jobs`` processes read documents; one reads them where it is."""
    if jobs <= 1:
        return map

    def each(
        read: Callable[[AskedRows], list[ToldRow]], asked: Iterable[AskedRows]
    ) -> Iterator[list[ToldRow]]:
        with ProcessPoolExecutor(jobs, initializer=_begin_reading) as pool:
            for told in _in_turn(pool, _read_some, ((read, some) for some in _dealt(asked))):
                yield from told

    return each


def _dealt(asked: Iterable[AskedRows]) -> Iterator[list[AskedRows]]:
    rest = iter(asked)
    while some := list(islice(rest, _TOGETHER)):
        yield some


def _read_some(
    read: Callable[[AskedRows], list[ToldRow]], asked: list[AskedRows]
) -> list[list[ToldRow]]:
    return [read(one) for one in asked]


def _batches(codes: Codes, most: int) -> list[npt.NDArray[np.int64]]:
    """Rows of whole blocks together, the largest first so that no process waits for it."""
    order = np.argsort(codes, kind="stable")
    _, starts, sizes = np.unique(codes[order], return_index=True, return_counts=True)
    found: list[list[npt.NDArray[np.int64]]] = []
    filled = most
    for start, size in zip(starts.tolist(), sizes.tolist(), strict=True):
        if filled + size > most:
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
