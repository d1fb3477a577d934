"""Rows to rates: one gather per block of rows, the blocks in threads.

A block is short enough for its temporaries to stay in the cache; numpy lets go of the interpreter
while it works on one, so threads over blocks run side by side. A block in which a value is not
finite is looked at again, row by row, in ``_look_again``: what follows may be quick and blind.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .grid import ROW_TEXTS, Grid

BLOCK = 65536  # rows: five temporaries of 8 bytes each, measured against 4,096 to 262,144
_ALONE = 4 * BLOCK  # fewer rows are not worth a thread
_MOST_THREADS = 8  # the memory bus is full before that
_WIDE = 64  # more currencies than that: the empty rows from 1970 on would cost more than they save

Integers = NDArray[np.integer[Any]]
MISSING = np.iinfo(np.int64).min  # a date that is not there, as numpy and pandas have it


class Rows(NamedTuple):
    """What the rows hold. Dates are ``ticks`` since 1970, ``per_day`` to a day, or None.

    With ``rows_of`` they are places in it: the grid's row of each distinct date, the last one for
    a missing date (-1).
    """

    amounts: NDArray[np.number[Any]]
    currencies: Integers  # columns of the grid; -1 is missing
    ticks: Integers | None
    per_day: int
    rows_of: NDArray[np.int64] | None


class Gathered(NamedTuple):
    """One entry per row. ``observed`` in days since 1970; ``notes`` are places in the texts."""

    amounts: NDArray[np.float64]
    rates: NDArray[np.float64] | None
    observed: NDArray[np.integer[Any]] | None
    notes: Integers | None


def gather(rows: Rows, grid: Grid, observed: Integers | None) -> Gathered:
    """Convert every row. ``observed`` is the grid's in the caller's unit, None without provenance.

    A row without a result has NaN there and in its rate, unless only the amount is at fault.
    """
    count = len(rows.amounts)
    amounts = np.empty(count)
    full = Gathered(amounts, None, None, None)
    if observed is not None:
        kind = np.int16 if len(grid.texts) < 2**15 else np.int32
        full = Gathered(
            amounts, np.empty(count), np.empty(count, observed.dtype), np.empty(count, kind)
        )
    work = _Work(rows, grid, observed, full)
    threads = min(os.cpu_count() or 1, _MOST_THREADS) if count > _ALONE else 1
    if threads == 1:
        work.run(0, count)
        return full
    # Twice as many pieces as threads: one slowed by a busy core does not hold up the rest.
    step = -(-count // (2 * threads * BLOCK)) * BLOCK
    with ThreadPoolExecutor(threads) as pool:
        for done in [
            pool.submit(work.run, start, min(start + step, count))
            for start in range(0, count, step)
        ]:
            done.result()
    return full


class _Cells(NamedTuple):
    """Cells of a grid in one row; ``observed`` and ``notes`` only where provenance is asked."""

    values: NDArray[np.float64]
    observed: Integers | None
    notes: Integers | None

    def first(self, size: int) -> _Cells:
        """The calendar and the rows without values around it."""
        observed = None if self.observed is None else self.observed[:size]
        return _Cells(
            self.values[:size], observed, None if self.notes is None else self.notes[:size]
        )

    def from_1970(self, grid: Grid) -> _Cells:
        """The calendar with the rows without values around it, and such rows from 1970 on.

        A day is then its own row: one step less in the index, against a few pages of memory.
        """
        before = (grid.first - 1) * grid.width
        size = (grid.days + 2) * grid.width

        def moved(cells: Any) -> Any:
            if cells is None:
                return None
            long = np.empty(before + size, cells.dtype)
            long[before:] = cells[:size]
            return long

        longer = _Cells(*map(moved, self))
        longer.values[:before] = np.nan
        return longer


class _Work:
    """The arrays of one conversion, flat, and the loop over its blocks."""

    def __init__(self, rows: Rows, grid: Grid, observed: Integers | None, full: Gathered) -> None:
        self.rows, self.grid, self.full = rows, grid, full
        self.every = _Cells(grid.values.ravel(), None, None)
        if observed is not None and full.notes is not None:
            notes = grid.notes.ravel().astype(full.notes.dtype)
            self.every = self.every._replace(observed=observed.ravel(), notes=notes)
        self.quick, self.shift = self.every, np.int64((1 - grid.first) * grid.width)
        self.offsets: NDArray[np.int64] | None = None
        if rows.rows_of is not None:
            self.offsets = rows.rows_of * grid.width
        elif rows.ticks is not None and grid.first > 0 and grid.width < _WIDE:
            self.quick, self.shift = self.every.from_1970(grid), np.int64(0)
        else:
            self.quick = self.every.first((grid.days + 2) * grid.width)

    def run(self, start: int, stop: int) -> None:
        """Convert the rows from ``start`` to ``stop``."""
        index = np.empty(min(BLOCK, stop - start), np.int64)
        with np.errstate(all="ignore"):
            for left in range(start, stop, BLOCK):
                right = min(left + BLOCK, stop)
                self._block(left, right, index[: right - left])

    def _block(self, left: int, right: int, index: NDArray[np.int64]) -> None:
        self._places(left, right, index)
        full, quick = self.full, self.quick
        amounts = full.amounts[left:right]
        rates = amounts if full.rates is None else full.rates[left:right]
        quick.values.take(index, out=rates, mode="clip")
        np.multiply(rates, self.rows.amounts[left:right], out=amounts)
        if full.observed is not None and quick.observed is not None:
            quick.observed.take(index, out=full.observed[left:right], mode="clip")
        if full.notes is not None and quick.notes is not None:
            quick.notes.take(index, out=full.notes[left:right], mode="clip")
        if not np.isfinite(np.add.reduce(amounts)):
            self._look_again(left, right)

    def _places(self, left: int, right: int, index: NDArray[np.int64]) -> None:
        """Fill ``index`` with the cells of a block."""
        codes = self.rows.currencies[left:right]
        width = self.grid.width
        if self.rows.ticks is None:
            np.add(codes, np.int64(width), out=index)
            return
        ticks = self.rows.ticks[left:right]
        if self.offsets is not None:
            self.offsets.take(ticks, out=index, mode="wrap")
            np.add(index, codes, out=index)
            return
        if self.rows.per_day == 1:
            first = self.grid.first
            np.clip(ticks, first - 1, first + self.grid.days, out=index)
        else:
            # Unsigned division is the faster one; a day before 1970 becomes one far away, which
            # the gather clips to a row without values.
            unsigned = index.view(np.uint64)
            np.floor_divide(ticks.view(np.uint64), np.uint64(self.rows.per_day), out=unsigned)
        np.multiply(index, width, out=index)
        np.add(index, codes, out=index)
        if self.shift:
            np.add(index, self.shift, out=index)

    def _look_again(self, left: int, right: int) -> None:
        """Do the rows of a block without a finite result with all the cases that there are."""
        out = self.full.amounts[left:right]
        bad = np.flatnonzero(~np.isfinite(out))
        if not len(bad):
            return
        cells = self._cells(left, bad)
        rates = self.every.values[cells]
        amounts = self.rows.amounts[left:right][bad].astype(np.float64)
        results = amounts * rates
        out[bad] = np.where(np.isfinite(results), results, np.nan)
        if self.full.rates is not None:
            self.full.rates[left:right][bad] = rates
        if self.full.observed is not None and self.every.observed is not None:
            self.full.observed[left:right][bad] = self.every.observed[cells]
        if self.full.notes is None or self.every.notes is None:
            return
        notes = self.every.notes[cells]
        own = len(self.grid.texts) - len(ROW_TEXTS)
        there = ~np.isnan(rates) & ~np.isfinite(results)
        notes = np.where(there, own + 2, notes)
        notes = np.where(there & np.isinf(amounts), own + 1, notes)
        notes = np.where(there & np.isnan(amounts), own, notes)
        self.full.notes[left:right][bad] = notes

    def _cells(self, left: int, bad: NDArray[np.intp]) -> NDArray[np.int64]:
        grid = self.grid
        codes = self.rows.currencies[left + bad].astype(np.int64)
        columns = np.where(codes < 0, grid.width - 1, codes)
        if self.rows.ticks is None:
            return grid.width + columns
        ticks = self.rows.ticks[left + bad].astype(np.int64)
        if self.offsets is not None:
            return np.asarray(self.offsets[ticks] + columns)
        day = np.floor_divide(ticks, self.rows.per_day) - grid.first
        at = np.where(day < 0, grid.before, np.where(day < grid.days, day + 1, grid.before + 1))
        at = np.where(ticks == MISSING, grid.before + 2, at)
        return np.asarray(at * grid.width + columns)
