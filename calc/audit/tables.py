"""From a frame to the rows that can be audited, with the rates of their currencies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from rates.errors import UsageError

from ..schema import TEXT
from .candidates import MONTH, YEAR
from .columns import NO_DAY, Numbers, currencies, days, numbers
from .evidence import TIERS, Rows, bounds, scale_of
from .periods import Range
from .series import Floats, Ints, Legs, Pair, month_starts, months_of

_SAMPLE = 5_000  # rows that show whether a column states the rate
_STATES = 0.5  # of them must then agree with it
ZERO = "0 beside an amount"
_NOTHING = "an amount of 0"
_LOOKS = 200  # cells that show whether a column of text holds numbers


class StatedRates(NamedTuple):
    """The rates that a column states, by row, as bounds; NaN where it states none."""

    low: Floats
    high: Floats

    @property
    def middle(self) -> Floats:
        return (self.low + self.high) / 2


class Table(NamedTuple):
    """The foreign rows of a table and what belongs to them.

    Groups are pairs of currency and date; ``dated`` says which groups have a date. ``scale`` is
    the power of ten that the converted column is printed in, already taken out of the rows.
    """

    rows: Rows
    to: str
    codes: tuple[str, ...]
    pairs: tuple[Pair | None, ...]
    is_own: tuple[bool, ...]  # whether the table of rates itself has both currencies
    elsewhere: dict[str, tuple[Pair | None, ...]]  # by another source
    group_code: Ints
    group_day: Ints
    group_precision: Ints
    dated: NDArray[np.bool_]
    span: Range
    scale: int
    stated: dict[tuple[str, bool], StatedRates]
    domestic: int  # rows already in the target currency
    unequal: Ints  # places of those whose two numbers differ
    zeros: Ints  # places of rows with 0 beside an amount
    unused: dict[str, int]


def prepare(
    frame: pd.DataFrame, columns: dict[str, str], to: str, legs: Legs, others: Mapping[str, Legs]
) -> Table:
    """Read the columns and put aside what cannot be audited, counted by reason.

    ``others`` are further sources of rates, by name.
    """
    amounts, results = (numbers(_column(frame, columns[role])) for role in ("amount", "converted"))
    code, codes, unknown = currencies(_column(frame, columns["currency"]))
    if "date" in columns:
        found = days(_column(frame, columns["date"]))
        day, precision = found.days, found.precision
    else:
        day = np.full(len(frame), NO_DAY)
        precision = np.zeros(len(frame), dtype=np.int64)
    usable, unused = _usable(amounts, results, code, unknown)
    zeros = _zeros(code, usable, amounts, results)
    small = unused.pop(ZERO, 0) - len(zeros)  # rounded to 0
    if small > 0:
        unused[_NOTHING] = unused.get(_NOTHING, 0) + small
    home = codes.index(to) if to in codes else -2
    same = usable & (code == home)
    foreign = usable & (code != home)
    place = np.flatnonzero(foreign)
    kept = [one for one in range(len(codes)) if one != home and bool((code[place] == one).any())]
    names = sorted(codes[one] for one in kept)
    renumber = np.full(len(codes) + 1, -1, dtype=np.int64)
    for one in kept:
        renumber[one] = names.index(codes[one])
    number = renumber[code[place]]
    group, group_code, group_day, group_precision = _groups(number, day[place], precision[place])
    dated = group_day != NO_DAY
    if len(place) and not dated[group].all() and "date" in columns:
        unused["no date that can be read"] = int((~dated[group]).sum())
    pairs = _pairs(legs, names, to)
    amount, result = amounts.values[place], results.values[place]
    rows = Rows(
        place, number, amount, result, amounts.ulp[place], results.ulp[place], group,
        np.abs(result) / np.abs(amount),
    )  # fmt: skip
    scale = _scale(rows, group_day, pairs)
    if scale:
        shrink = 10.0**-scale
        rows = rows._replace(
            converted=result * shrink,
            converted_ulp=rows.converted_ulp * shrink,
            implied=rows.implied * shrink,
        )
    return Table(
        rows,
        to,
        tuple(names),
        pairs,
        tuple(legs.has_both(name, to) for name in names),
        {name: _pairs(other, names, to) for name, other in others.items()},
        group_code,
        np.where(dated, group_day, 0),
        group_precision,
        dated,
        _span(group_day[dated], group_precision[dated], legs),
        scale,
        _stated(frame, columns, rows),
        int(same.sum()),
        _unequal(same, amounts, results, scale),
        zeros,
        unused,
    )


def _pairs(legs: Legs, codes: list[str], to: str) -> tuple[Pair | None, ...]:
    return tuple(legs.pair(one, to) if legs.has(one) and legs.has(to) else None for one in codes)


def _column(frame: pd.DataFrame, name: str) -> pd.Series[Any]:
    column = frame[name]
    if isinstance(column, pd.DataFrame):
        raise UsageError(f"the table has two columns named {name!r}; rename one of them")
    return column


def _usable(
    amounts: Numbers, results: Numbers, code: Ints, unknown: list[str]
) -> tuple[NDArray[np.bool_], dict[str, int]]:
    unused: dict[str, int] = {}
    usable = np.ones(len(code), dtype=bool)
    shown = f" ({', '.join(unknown[:3])})" if unknown else ""
    for bad, reason in (
        (code < 0, f"no currency that is known{shown}"),
        (~np.isfinite(amounts.values), "no amount"),
        (~np.isfinite(results.values), "no converted amount"),
        ((amounts.values == 0) & (results.values == 0), _NOTHING),
        ((amounts.values == 0) | (results.values == 0), ZERO),
    ):
        hit = bad & usable
        if hit.any():
            unused[reason] = int(hit.sum())
        usable &= ~bad
    return usable, unused


def _groups(code: Ints, day: Ints, precision: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    dates, at = np.unique(
        np.where(day == NO_DAY, -1, (day + 1_000_000) * 4 + precision), return_inverse=True
    )
    keys, group = np.unique(code * len(dates) + at, return_inverse=True)
    date_of = dates[keys % max(1, len(dates))] if len(keys) else dates
    known = date_of >= 0
    return (
        group.astype(np.int64),
        keys // max(1, len(dates)),
        np.where(known, date_of // 4 - 1_000_000, NO_DAY),
        np.where(known, date_of % 4, 0),
    )


def _span(day: Ints, precision: Ints, legs: Legs) -> Range:
    if not len(day):
        return Range(int(legs.days[0]), int(legs.days[-1]))
    month = months_of(day)
    end = np.where(precision == MONTH, month_starts(month + 1) - 1, day)
    end = np.where(precision == YEAR, month_starts(month // 12 * 12 + 12) - 1, end)
    first = np.quantile(day, 0.01, method="lower")
    return Range(int(first), int(np.quantile(end, 0.99, method="higher")))


def _scale(rows: Rows, group_day: Ints, pairs: tuple[Pair | None, ...]) -> int:
    expected = np.full(len(rows.code), np.nan)
    day = group_day[rows.group]
    for one, pair in enumerate(pairs):
        mine = rows.code == one
        if pair is None or not mine.any() or pair.latest[-1] < 0:
            continue
        newest = pair.rate[pair.latest[-1]]
        spot = pair.at(pair.spot_place(day[mine]))
        expected[mine] = np.where(np.isnan(spot), newest, spot)
    return scale_of(rows.implied, expected)


def _unequal(same: NDArray[np.bool_], amounts: Numbers, results: Numbers, scale: int) -> Ints:
    """Rows already in the target currency whose two numbers are not the same."""
    gap = np.abs(results.values * 10.0**-scale - amounts.values)
    allowed = (results.ulp * 10.0**-scale + amounts.ulp) / 2 + 1e-9 * np.abs(amounts.values)
    return np.flatnonzero(same & (gap > allowed))


def _zeros(code: Ints, usable: NDArray[np.bool_], amounts: Numbers, results: Numbers) -> Ints:
    """Rows of a known currency in which one number is 0 and the other is too large for that.

    In a column of millions, 0 may be what a small amount was rounded to.
    """
    both = np.isfinite(amounts.values) & np.isfinite(results.values) & (code >= 0)
    places = np.flatnonzero(both & ((amounts.values == 0) != (results.values == 0)))
    found = []
    for one in np.unique(code[places]):
        known = np.flatnonzero(usable & (code == one))
        ratio = np.abs(results.values[known] / amounts.values[known])
        usual = float(np.median(ratio)) if len(known) else np.nan
        mine = places[code[places] == one]
        converted = np.abs(amounts.values[mine]) * usual > results.ulp[mine]
        amount = np.abs(results.values[mine]) / usual > amounts.ulp[mine]
        empty = results.values[mine] == 0
        found.append(mine[np.where(empty, converted, amount) | np.isnan(usual)])
    return np.sort(np.concatenate([*found, places[:0]]))


def _stated(
    frame: pd.DataFrame, columns: dict[str, str], rows: Rows
) -> dict[tuple[str, bool], StatedRates]:
    """The columns that state the rate of most rows, as it is or inverted."""
    found: dict[tuple[str, bool], StatedRates] = {}
    if not len(rows.place):
        return found
    taken = {name for role, name in columns.items() if role != "rate"}
    names = [columns["rate"]] if "rate" in columns else [str(one) for one in frame.columns]
    low, high = bounds(rows, TIERS[1])
    sample = slice(None, None, max(1, len(rows.place) // _SAMPLE))
    for name in names:
        column = frame[name] if name in frame.columns else None
        if name in taken or not isinstance(column, pd.Series) or not _numeric(column):
            continue
        read = numbers(column)
        value, half = read.values[rows.place], read.ulp[rows.place] / 2
        value = np.where(value > 0, value, np.nan)
        if float(np.mean(np.abs(value[sample] - 1) < 1e-12)) > _STATES:
            continue  # a column of ones states no rate
        best = _best_way(value, half, (low, high), sample)
        if best is not None:
            found[name, best[0]] = best[1]
        elif "rate" in columns:
            found[name, False] = StatedRates(value, value)
    return found


def _best_way(
    value: Floats, half: Floats, implied: tuple[Floats, Floats], sample: slice
) -> tuple[bool, StatedRates] | None:
    """Whether rates are stated inverted, and their bounds; None where they fit too few rows."""
    low, high = implied
    best: tuple[float, bool, StatedRates] | None = None
    for inverse in (False, True):
        for slack in (0.0, 1.0):
            bottom, top = value - half * slack, value + half * slack
            if inverse:
                bottom, top = 1 / top, 1 / np.maximum(bottom, value * 1e-3)
            fits = (bottom[sample] <= high[sample]) & (top[sample] >= low[sample])
            share = float(fits.mean())
            if share >= _STATES and (best is None or share > best[0] * 1.1):
                best = (share, inverse, StatedRates(bottom, top))
    return None if best is None else best[1:]


def _numeric(column: pd.Series[Any]) -> bool:
    if pd.api.types.is_bool_dtype(column):
        return False
    if pd.api.types.is_numeric_dtype(column):
        return True
    if not (pd.api.types.is_string_dtype(column) or column.dtype == object):
        return False
    cells = column.dropna().iloc[:_LOOKS].astype(TEXT).str.strip()
    return len(cells) > 0 and float(cells.str.fullmatch(r"[\d.,]+").mean()) > 0.8
