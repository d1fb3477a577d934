"""The added columns of a block of rows, and how many rows have no result, by reason."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rates.frames.coded import convert_rows
from rates.frames.daily import NEVER
from rates.frames.eager import provenance, used

from . import cells
from .blocks import Block
from .plan import Plan
from .wishes import Wishes

# What differs from row to row in a reason: days, months, numbers and quoted cells.
_VARIES = re.compile(r"\d{4}-\d{2}(?:-\d{2})?|'[^']{0,60}'")
_BLANK = "the amount is missing"
_UNSAFE = "the row has more cells than the header"


class Added(NamedTuple):
    """One currency's columns: amounts, rates, days since 1970, and notes as places in texts."""

    amounts: NDArray[np.float64]
    rates: NDArray[np.float64]
    observed: NDArray[np.integer[Any]]
    notes: NDArray[np.integer[Any]]
    texts: list[str]


class Count(NamedTuple):
    """Rows, those without an amount of their own, and the others without a result by reason."""

    rows: int = 0
    blank: int = 0
    reasons: tuple[tuple[str, int], ...] = ()

    def with_block(self, block: Count) -> Count:
        """The sum of both."""
        reasons = Counter(dict(self.reasons))
        reasons.update(dict(block.reasons))
        return Count(self.rows + block.rows, self.blank + block.blank, tuple(reasons.items()))

    @property
    def missing(self) -> int:
        """How many rows have an amount and no result in some currency."""
        return sum(count for _, count in self.reasons)


def add(block: Block, plan: Plan, asked: Wishes) -> list[Added]:
    """Convert a block of rows into each currency that is asked for."""
    amounts = cells.amounts(block, plan)
    money = cells.currencies(block, plan, amounts)
    values = amounts.values
    if money.minor is not None:
        values = np.where(money.minor, values / 100, values)
    dates, words = cells.days(block, plan) if asked.policy.dated else (None, None)
    found = []
    for code in asked.to:
        done = convert_rows(values, money.coded, dates, code, asked.policy, asked.rates, unit="D")
        rates, observed, _ = provenance(done)
        if money.minor is not None:
            rates = np.where(money.minor, rates / 100, rates)
        places, texts = used(done)
        one = Added(done.rows.amounts, rates, observed, places, texts)
        for problem, reasons in (
            (None if words is None else words.problem, () if words is None else words.texts),
            (money.problem, money.texts),
            (amounts.problem, amounts.texts),
        ):
            one = _with_problems(one, problem, reasons)
        found.append(_with_remarks(one, money.remark, money.remarks))
    return found


def _with_problems(one: Added, problem: Any, reasons: tuple[str, ...]) -> Added:
    """The notes with the reasons of cells that could not be read in place of "missing"."""
    if problem is None:
        return one
    bad = np.flatnonzero(problem >= 0)
    texts = [*one.texts, *reasons]
    notes = one.notes.astype(np.int32)
    notes[bad] = problem[bad] + len(one.texts)
    return one._replace(notes=notes, texts=texts)


def _with_remarks(one: Added, remark: Any, remarks: tuple[str, ...]) -> Added:
    """The notes with what to know of the currency of a row, beside what they say already."""
    if remark is None:
        return one
    width = len(remarks) + 1
    said = np.where(np.isnan(one.amounts), -1, remark)  # a row without a result has its reason
    distinct, inverse = np.unique(
        (one.notes + 1).astype(np.int64) * width + said + 1, return_inverse=True
    )
    texts: list[str] = []
    places = np.full(len(distinct), -1, np.int32)
    for at, key in enumerate(distinct.tolist()):
        note, other = divmod(key, width)
        parts = [one.texts[note - 1]] if note else []
        parts += [remarks[other - 1]] if other else []
        if parts:
            places[at] = len(texts)
            texts.append("; ".join(parts))
    return one._replace(notes=places[inverse], texts=texts)


def left_out(one: Added, rows: Collection[int]) -> Added:
    """The columns with nothing for some rows: their cells do not match the header."""
    if not rows:
        return one
    bad = np.array(sorted(rows))
    for column, nothing in ((one.amounts, np.nan), (one.rates, np.nan), (one.observed, NEVER)):
        column[bad] = nothing
    notes = one.notes.astype(np.int32)
    notes[bad] = len(one.texts)
    return one._replace(notes=notes, texts=[*one.texts, _UNSAFE])


def counted(found: list[Added]) -> Count:
    """Count the rows of a block that have no result in the first currency that lacks one."""
    rows = len(found[0].amounts)
    seen = np.zeros(rows, dtype=bool)
    reasons: Counter[str] = Counter()
    for one in found:
        open_rows = np.flatnonzero(np.isnan(one.amounts) & ~seen)
        seen[open_rows] = True
        if len(open_rows):
            counts = np.bincount(one.notes[open_rows] + 1, minlength=len(one.texts) + 1)
            for place, text in enumerate(one.texts):
                if counts[place + 1]:
                    reasons[kind(text)] += int(counts[place + 1])
    blank = reasons.pop(_BLANK, 0)
    return Count(rows, blank, tuple(reasons.items()))


def kind(reason: str) -> str:
    """A reason without what differs from row to row.

    >>> kind("'soon' is not a date; write YYYY-MM-DD")
    '… is not a date; write YYYY-MM-DD'
    """
    return _VARIES.sub("…", reason)
