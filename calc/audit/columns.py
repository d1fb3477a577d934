"""The four columns of a table as arrays: amounts, currencies, dates, and how finely they print."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from rates.errors import UnreadableInputError, UsageError

from ..schema import TEXT
from ..tables.cells import read_amount, read_currency, read_day
from ..tables.columns import Mapped, match_columns, unit_after_name
from ..tables.contents import Contents
from ..tables.rows import told_apart
from ..tables.told import Told
from ..tables.vocabulary import fold
from .candidates import DAY, MONTH, YEAR
from .series import EPOCH, Floats, Ints

NO_DAY = np.iinfo(np.int64).min
ROLES = ("amount", "currency", "date", "converted")
_PRECISIONS = {"day": DAY, "month": MONTH, "year": YEAR}
_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?"
_YEARS = (1900, 2100)
_SAMPLE = 50_000  # values that show how a column prints; more would say the same
_MOST = 0.95  # of the values print so; the rest may be slips
_EXACT = 1e-11  # relative width of a number that prints every digit a float has
_EXACT_32 = 3e-7  # the same of single precision
_SHORT_DIGITS = 5  # significant digits up to which a column may be cut to significant digits

# Words in the names of columns, likeliest first; the whole folded name or its beginning.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "currency": ("currency", "cur", "ccy", "original currency", "currency code", "iso"),
    "date": ("value date", "date", "announcement date", "announced", "day", "month", "year"),
    "amount": (
        *("amount", "original amount", "value", "original value", "local amount", "amount local"),
        *("sum", "total"),
    ),
}


class Numbers(NamedTuple):
    """A column of numbers: NaN where there is none; ``ulp`` is the last printed unit, 0 exact."""

    values: Floats
    ulp: Floats


class Days(NamedTuple):
    """A column of dates: days from 1970-01-01 or NO_DAY; precision DAY, MONTH or YEAR."""

    days: Ints
    precision: Ints


def numbers(column: pd.Series[Any]) -> Numbers:
    """Read numbers and their last printed unit, of the column or of its significant digits.

    >>> numbers(pd.Series(["1,250", "3,999"])).ulp.tolist()
    [1.0, 1.0]
    """
    if pd.api.types.is_bool_dtype(column):
        raise UsageError(f"the column {column.name!r} holds no amounts")
    if pd.api.types.is_numeric_dtype(column):
        values = column.to_numpy(dtype=np.float64, na_value=np.nan)
        single = str(column.dtype).lower() == "float32"
        return Numbers(values, _ulp(values, None, _EXACT_32 if single else _EXACT))
    text = column.astype(TEXT).str.strip()
    text = text.where(column.notna())
    plain = text.str.fullmatch(_NUMBER).fillna(False).to_numpy(dtype=bool)
    values = np.full(len(column), np.nan)
    shown = text[plain]
    values[plain] = shown.str.replace(",", "").astype("float64").to_numpy()
    other = (~plain) & text.notna().to_numpy()
    if other.any():
        found = {cell: read_amount(cell).amount for cell in sorted(set(text[other]))}
        values[other] = [
            np.nan if (read := found[cell]) is None else float(read) for cell in text[other]
        ]
    decimals = None
    if plain.any():
        lengths = shown.str.extract(r"\.(\d+)$", expand=False).str.len().fillna(0).to_numpy()
        decimals = int(np.quantile(lengths, _MOST, method="higher"))
    return Numbers(values, _ulp(values, decimals, _EXACT))


def _ulp(values: Floats, decimals: int | None, exact: float) -> Floats:
    """The last printed unit of each value; ``decimals`` is what text shows, with its zeros."""
    size = np.abs(values)
    floor = np.where(np.isnan(size), 0.0, size * exact)
    known = size[np.isfinite(size) & (size > 0)]
    if not len(known):
        return floor
    sample = known[:: max(1, len(known) // _SAMPLE)]
    unit = 10.0**-decimals if decimals else _unit(sample, exact)
    if unit == 0:
        return floor
    by_digits = np.zeros(len(values))
    digits = _significant(sample, unit)
    if digits is not None:
        with np.errstate(divide="ignore"):
            place = np.floor(np.log10(np.where(size > 0, size, 1.0)))
        by_digits = 10.0 ** (place - digits + 1)
    return np.maximum(np.maximum(unit, by_digits), floor)


def _unit(sample: Floats, exact: float) -> float:
    """The largest power of ten of which nearly all values are multiples; 0 when there is none."""
    for power in range(12, -7, -1):
        scaled = sample / 10.0**power if power >= 0 else sample * 10.0**-power
        near = np.abs(scaled - np.round(scaled)) <= np.maximum(1e-9, scaled * 4e-16)
        near &= scaled < 0.1 / exact * 1e4  # beyond it every float is a whole number
        near &= scaled >= 0.5
        if float(near.mean()) >= _MOST:
            return 10.0**power
    return 0.0


def _significant(sample: Floats, unit: float) -> int | None:
    """How many significant digits the largest values keep when they keep too few for ``unit``."""
    large = np.sort(sample)[-max(5, len(sample) // 10) :]
    if len(large) < 5:
        return None
    place = np.floor(np.log10(large))
    for digits in range(1, _SHORT_DIGITS + 1):
        step = 10.0 ** (place - digits + 1)
        scaled = large / step
        if float((np.abs(scaled - np.round(scaled)) <= 1e-9).mean()) >= _MOST:
            coarser = float((step > 9 * unit).mean())
            return digits if coarser >= _MOST else None
    return None


def currencies(column: pd.Series[Any]) -> tuple[Ints, list[str], list[str]]:
    """Currency codes by row (−1 for none), the codes, and the cells that name no currency."""
    places, cells = pd.factorize(column)
    codes: list[str] = []
    unknown: list[str] = []
    translated = np.full(len(cells) + 1, -1, dtype=np.int64)
    for at, cell in enumerate(cells):
        code = read_currency(str(cell)).code if str(cell).strip() else None
        if code is None:
            unknown.append(str(cell)[:40])
        else:
            if code not in codes:
                codes.append(code)
            translated[at] = codes.index(code)
    return translated[places], codes, unknown


def days(column: pd.Series[Any]) -> Days:
    """Read dates of any kind; months and years keep their precision.

    >>> days(pd.Series(["2023-05", "1970-01-02", "soon"])).precision.tolist()
    [1, 0, 0]
    """
    if pd.api.types.is_datetime64_any_dtype(column):
        local = column.dt.tz_localize(None) if column.dt.tz is not None else column
        found = local.to_numpy().astype("datetime64[D]").astype(np.int64)
        return Days(found, np.zeros(len(found), dtype=np.int64))
    places, cells = pd.factorize(column)
    read = [_day(cell) for cell in cells] + [(NO_DAY, DAY)]
    values = np.array(read, dtype=np.int64).reshape(-1, 2)
    return Days(values[places, 0], values[places, 1])


def _day(cell: Any) -> tuple[int, int]:
    if isinstance(cell, pd.Period):
        precision = {"M": MONTH, "Y": YEAR, "A": YEAR}.get(cell.freqstr[:1], DAY)
        return cell.start_time.date().toordinal() - EPOCH, precision
    if isinstance(cell, datetime | date):
        return cell.toordinal() - EPOCH, DAY
    if isinstance(cell, int | float | np.integer | np.floating):
        if float(cell).is_integer() and _YEARS[0] <= cell <= _YEARS[1]:
            return date(int(cell), 1, 1).toordinal() - EPOCH, YEAR
        return NO_DAY, DAY
    found = read_day(str(cell))
    if found.date is None:
        return NO_DAY, DAY
    return found.date.toordinal() - EPOCH, _PRECISIONS[found.precision or "day"]


class FoundColumns(NamedTuple):
    """The columns of each role, and a currency that only the amount's own header says."""

    columns: dict[str, str]
    code: str | None = None


def find(frame: pd.DataFrame, given: Mapping[str, str | None], to: str) -> FoundColumns:
    """The columns of a table as ``read`` finds them, by their names and cells, and the converted.

    A table may lack dates. Raises UsageError that lists the columns when another one is not there
    or cannot be told.
    """
    names = [str(name) for name in frame.columns]
    found = _given(names, given)
    if "converted" not in found:
        free = [name for name in names if name not in found.values()]
        _take("converted", _in_currency(free, to), found, free)
    code = None
    mapped = _as_read(frame, found) if "converted" in found else None
    for role, column in (("amount", "amount"), ("currency", "currency"), *_DATES):
        name = None if mapped is None else mapped.names.get(column)
        if role not in found and name is not None and name in names:
            found[role] = name
    if "currency" not in found and mapped is not None and mapped.currency not in (None, "$"):
        code = mapped.currency
        found["currency"] = HEADER
    rest = {role: name for role, name in found.items() if name != HEADER}
    missing = [role for role in ROLES if role not in found and role != "date"]
    return FoundColumns({**guess(names, rest, to), **found} if missing else found, code)


def _as_read(frame: pd.DataFrame, found: Mapping[str, str]) -> Mapped | None:
    """The columns as ``read`` finds them, those that are known left alone; None without amounts."""
    roles = {_OURS[role]: name for role, name in found.items() if role in _OURS}
    alone = tuple(found[role] for role in ("converted", "rate") if role in found)
    contents = Contents(told_apart(frame.head(_HEAD)))
    try:
        return match_columns(contents, Told(columns=roles, alone=alone), "the table")
    except UnreadableInputError:
        return None


def _in_currency(free: list[str], to: str) -> list[str]:
    """The columns whose names say the currency converted into, or that they are converted."""
    with_code = [one for one in free if to.casefold() in fold(one).split()]
    if len(with_code) != 1:
        units = [
            one for one in free if (u := unit_after_name(one)) and u.currency in (to, _SIGN[to])
        ]
        with_code = units if len(units) == 1 else with_code
    return with_code or [one for one in free if "converted" in fold(one).split()]


HEADER = "currency of the header"
_HEAD = 5_000  # rows that show what a column holds
_OURS = {"amount": "amount", "currency": "currency", "date": "value_date"}
_DATES = (("date", "value_date"), ("date", "published"))
_SIGN = defaultdict(str, {"USD": "$"})


def guess(names: list[str], given: Mapping[str, str | None], to: str) -> dict[str, str]:
    """The columns meant by amount, currency, date and converted; those not ``given`` by name.

    A table may lack dates. Raises UsageError that lists the columns when another one is not there
    or cannot be told.

    >>> guess(["Donor", "Date", "Amount", "Currency", "Amount USD"], {}, "USD")["converted"]
    'Amount USD'
    """
    found = _given(names, given)
    free = [name for name in names if name not in found.values()]
    if "converted" not in found:
        with_code = [one for one in free if to.casefold() in _folded(one).split()]
        others = [one for one in free if "converted" in _folded(one).split()]
        _take("converted", with_code or others, found, free)
    for role, words in _NAMES.items():
        if role not in found:
            _take(role, _named_by(words, free)[:1], found, free)
    missing = [role for role in ROLES if role not in found and role != "date"]
    if missing:
        raise UsageError(_which_columns(missing, names))
    return found


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


def _named_by(words: Iterable[str], free: list[str]) -> list[str]:
    """The columns named by one of ``words``, else those that have it in their name."""
    exact = [one for word in words for one in free if _folded(one) == word]
    return exact or [one for word in words for one in free if word in _folded(one).split()]


def _given(names: list[str], given: Mapping[str, str | None]) -> dict[str, str]:
    """The columns that are given by name."""
    found = {role: name for role, name in given.items() if name is not None}
    for name in found.values():
        if name not in names:
            raise UsageError(f"there is no column {name!r}; the table has {', '.join(names[:30])}")
    return found


def _which_columns(missing: list[str], names: list[str]) -> str:
    options = ", ".join(f"--{role} NAME" for role in missing)
    return (
        f"cannot tell the column of the {' and of the '.join(missing)}; name it with {options}. "
        f"The table has {', '.join(names[:30])}"
    )


def _take(role: str, options: list[str], found: dict[str, str], free: list[str]) -> None:
    if len(options) == 1:
        found[role] = options[0]
        free.remove(options[0])
