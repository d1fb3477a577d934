"""The cells of the three columns as numbers, codes and days: each distinct cell is read once."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rates.amounts import scales
from rates.frames.coded import Coded, Dates
from rates.frames.gather import MISSING as NO_TICK
from rates.policies import Asked

from ..tables.amounts import POWERS
from ..tables.cells import read_amount, read_currency, read_day
from ..tables.rows import PLACEHOLDERS
from .blocks import Block
from .plan import Plan

Places = NDArray[np.integer[Any]]

MISSING = ("", "NaN", "nan", "NaT", "<NA>", "null", "None", "NULL", "#N/A", "N/A", "n/a", "NA")
_BLANK = frozenset(one.casefold() for one in MISSING) | PLACEHOLDERS
_PLAIN = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?")
_WORDS = re.compile(r"[^\W\d_]+")
_CRORE = re.compile(r"\d\s?(?:cr|crores?|lakhs?|lacs?|arab)\b", re.IGNORECASE)
_OF_CRORE = ("INR", "PKR", "BDT", "NPR", "LKR", "BTN", "MVR")
_Sign = tuple[str | None, tuple[str, ...]]  # code and candidates, as a cell has them
_RUPEES: _Sign = ("", _OF_CRORE)  # what a cell in crore says of its currency


class Amounts(NamedTuple):
    """Numbers by row, NaN where there is none.

    ``own`` is the place in ``signs`` of the currency that a cell names itself, -1 for none;
    ``problem`` the place in ``texts`` of why a cell cannot be used.
    """

    values: NDArray[np.float64]
    own: Places | None = None
    signs: tuple[tuple[str | None, tuple[str, ...]], ...] = ()
    problem: Places | None = None
    texts: tuple[str, ...] = ()


class Words(NamedTuple):
    """A column of codes or days for the conversion, and why some of its cells cannot be used.

    ``minor`` says which rows count in hundredths: pence. ``remark`` is the place in ``remarks`` of
    what to know of a row that can be used.
    """

    coded: Coded
    problem: Places | None = None
    texts: tuple[str, ...] = ()
    minor: NDArray[np.bool_] | None = None
    remark: Places | None = None
    remarks: tuple[str, ...] = ()


def is_blank(cell: str) -> bool:
    """Whether a cell says that there is nothing.

    >>> is_blank("n/a"), is_blank("0")
    (True, False)
    """
    return cell.strip().casefold() in _BLANK


@lru_cache(maxsize=200_000)
def read(cell: str, decimal: str | None, continental: bool) -> tuple[float, Any, bool, str | None]:
    """Number, own currency (code and candidates), whether it has a scale, and the problem."""
    text = cell.strip()
    if text.casefold() in _BLANK:
        return np.nan, None, False, None
    if decimal != "," and not continental and _PLAIN.fullmatch(text):
        return float(text), None, False, None
    found = read_amount(text, decimal=decimal, continental=continental)
    if found.amount is None:
        problem = found.problem or f"{text!r} is a range, not one amount"
        return np.nan, None, False, problem
    several = found.candidates if found.basis == "ambiguous" else ()
    money: _Sign | None = (found.currency, tuple(several))
    if money == (None, ()):
        money = _RUPEES if _CRORE.search(text) else None
    return float(found.amount), money, _has_scale(text), None


# Numbers that need no reading, by the decimal mark of their column; groups only where it is known.
_QUICK = {
    None: r"^[+-]?\d{1,30}(?:\.\d{1,30})?$",
    ".": r"^[+-]?(?:\d{1,30}|\d{1,3}(?:,\d{3}){1,9})(?:\.\d{1,30})?$",
    ",": r"^[+-]?(?:\d{1,30}|\d{1,3}(?:\.\d{3}){1,9})(?:,\d{1,30})?$",
}


def plain_numbers(
    labels: Sequence[Any], decimal: str | None, continental: bool
) -> NDArray[np.float64]:
    """The values of cells that are numbers and nothing else; NaN for the others.

    >>> plain_numbers(["1,250.5", "7", "$5"], ".", False).tolist()
    [1250.5, 7.0, nan]
    >>> plain_numbers(["1.250", "1,250", "(5)"], ",", False).tolist()
    [1250.0, 1.25, nan]
    """
    found = np.full(len(labels), np.nan)
    if (decimal is None and continental) or not len(labels):
        return found
    texts = [str(label).strip() for label in labels]
    group = {".": ",", ",": "."}.get(decimal or "")
    if importlib.util.find_spec("pyarrow") is None:
        known = re.compile(_QUICK[decimal])
        for place, text in enumerate(texts):
            if known.match(text):
                text = text.replace(group, "") if group else text
                found[place] = float(text.replace(",", "."))
        return found
    import pyarrow as pa
    from pyarrow import compute

    column = pa.array(texts, pa.string())
    fits = compute.match_substring_regex(column, _QUICK[decimal])
    digits = column.filter(fits)
    if group:
        digits = compute.replace_substring(digits, group, "")
    if decimal == ",":
        digits = compute.replace_substring(digits, ",", ".")
    digits = compute.utf8_ltrim(digits, "+")
    found[np.asarray(fits)] = np.asarray(digits.cast(pa.float64()))
    return found


def _has_scale(text: str) -> bool:
    return any(word in scales() or word.lower() in scales() for word in _WORDS.findall(text))


def amounts(block: Block, plan: Plan) -> Amounts:
    """The amounts of a block; the scale of the header counts where a cell has none of its own."""
    factors, unknown, reasons = _factors(block, plan)
    values = block.numbers(plan.amount)
    if values is not None:
        found = Amounts(values.astype(np.float64, copy=False))
        scaled = None
    else:
        found, scaled = _of_text(block.text(plan.amount), plan)
    if plan.scale != 1 or factors is not None:
        factor = float(plan.scale) if factors is None else factors * float(plan.scale)
        factor = factor if scaled is None else np.where(scaled, 1.0, factor)
        found = found._replace(values=found.values * factor)
    if unknown is not None and unknown.max(initial=-1) >= 0:
        bad = unknown >= 0
        problem = np.full(block.count, -1, np.int32) if found.problem is None else found.problem
        found = found._replace(
            values=np.where(bad, np.nan, found.values),
            problem=np.where(bad, unknown + len(found.texts), problem),
            texts=(*found.texts, *reasons),
        )
    return found


def _of_text(column: Coded, plan: Plan) -> tuple[Amounts, NDArray[np.bool_]]:
    texts: dict[str, int] = {}
    signs: dict[Any, int] = {}
    size = len(column.labels) + 1
    values = np.full(size, np.nan)
    own, problem = np.full(size, -1, np.int32), np.full(size, -1, np.int32)
    has_scale = np.zeros(size, bool)
    values[:-1] = plain_numbers(column.labels, plan.decimal, plan.continental)
    for place in np.flatnonzero(np.isnan(values[:-1])).tolist():
        label = column.labels[place]
        value, money, scaled, why = read(str(label), plan.decimal, plan.continental)
        values[place], has_scale[place] = value, scaled
        if money is not None:
            own[place] = signs.setdefault(money, len(signs))
        if why is not None:
            problem[place] = texts.setdefault(why, len(texts))
    at = column.places
    found = Amounts(
        values[at],
        own[at] if signs else None,
        tuple(signs),
        problem[at] if texts else None,
        tuple(texts),
    )
    return found, has_scale[at]


def _factors(block: Block, plan: Plan) -> tuple[Any, Places | None, tuple[str, ...]]:
    """The power of ten of each row, where a column gives it, and rows whose power is unknown."""
    if plan.power is None:
        return None, None, ()
    column = block.text(plan.power)
    texts: dict[str, int] = {}
    factor = np.ones(len(column.labels) + 1)
    problem = np.full(len(column.labels) + 1, -1, np.int32)
    for place, label in enumerate(column.labels):
        power = POWERS.get(str(label).strip().casefold() or "0")
        if power is None:
            problem[place] = texts.setdefault(f"{label!r} is no power of ten", len(texts))
        else:
            factor[place] = float(power)
    return factor[column.places], problem[column.places], tuple(texts)


def _joined(columns: Sequence[Coded]) -> Coded:
    """Columns of which each fills the blanks of those before it."""
    first, *others = columns
    places, labels = np.asarray(first.places).astype(np.int64), list(first.labels)
    for other in others:
        blank = np.array([is_blank(str(label)) for label in labels] + [True])
        shift = np.where(other.places < 0, -1, other.places + len(labels))
        places = np.where(blank[places], shift, places)
        labels += list(other.labels)
    return Coded(places, labels)


def currencies(block: Block, plan: Plan, amounts: Amounts) -> Words:
    """The currency of each row: of its column, of the header, or of the amount itself."""
    if plan.currency:
        column = _joined([block.text(place) for place in plan.currency])
    else:
        column = Coded(np.zeros(block.count, np.int8), [plan.code])
    read = [*(_of_column(label, plan) for label in column.labels), _Meant(plan.code)]
    if amounts.own is None:
        return _settled(np.asarray(column.places), [_decided(one) for one in read])
    width = len(read)
    places = np.where(column.places < 0, width - 1, column.places)
    keys = (amounts.own.astype(np.int64) + 1) * width + places
    distinct, inverse = np.unique(keys, return_inverse=True)
    pairs = []
    for key in distinct.tolist():
        sign, place = divmod(key, width)
        meant = _settle(read[place], amounts.signs[sign - 1]) if sign else read[place]
        pairs.append(_decided(meant))
    return _settled(inverse, pairs)


class _Meant(NamedTuple):
    """What cells say of the currency: ``candidates`` where the word or sign is that of several."""

    code: str | None = None
    candidates: tuple[str, ...] = ()
    problem: str | None = None
    minor: bool = False
    remark: str | None = None


def _of_column(label: object, plan: Plan) -> _Meant:
    """What a currency cell says; a blank one has the code of the header or of all rows."""
    text = "" if label is None else str(label).strip()
    if text.casefold() in _BLANK:
        return _Meant(plan.code)
    found = read_currency(text)
    several = found.candidates if found.basis == "ambiguous" or found.code is None else ()
    if plan.code in several:
        return _Meant(plan.code)
    if plan.header is not None and found.code not in (None, plan.header) and not several:
        return _Meant(
            problem=f"the header says {plan.header}, the currency of the row is {found.code}"
        )
    return _Meant(found.code, several, found.problem, found.is_minor)


def _settle(column: _Meant, sign: tuple[str | None, tuple[str, ...]]) -> _Meant:
    """One currency from what the column says and what stands beside the amount."""
    own, several = sign
    if sign == _RUPEES:
        if column.code is None or column.code in _OF_CRORE:
            return column
        return _Meant(problem=f"the amount counts in crore or lakh, which {column.code} does not")
    if column.problem is not None:
        return column
    if column.code is None:
        return _Meant(own, several)
    if column.candidates:  # "$" beside "kr", "€" beside "kroner"
        both = set(column.candidates) & set(several or ([own] if own else []))
        if both:
            return _Meant(own if own in both else column.code, () if len(both) == 1 else several)
    elif own == column.code or column.code in several:
        return column._replace(minor=False)
    return _Meant(problem=f"the amount says {own}, the currency of its row is {column.code}")


def _decided(one: _Meant) -> _Meant:
    """A sign of several currencies is that of its main one, with a remark, or of none."""
    if not one.candidates or one.problem is not None:
        return one
    if one.code in _MAIN:
        return one._replace(remark=f"a bare {_MAIN[one.code]} was read as {one.code}")
    return _Meant(problem=f"the currency may be {' or '.join(one.candidates)}")


# Signs and words that mean one currency far more often than the others that share them.
_MAIN = {"USD": "dollar", "GBP": "pound", "JPY": "yen", "XOF": "CFA franc"}


def _settled(places: Places, read: Sequence[_Meant]) -> Words:
    """Places in codes, with the problems of those that have none."""
    labels: dict[str, int] = {}
    texts: dict[str, int] = {}
    remarks: dict[str, int] = {}
    at, problem, remark = (np.full(len(read), -1, np.int32) for _ in range(3))
    minor = np.array([one.minor for one in read])
    for place, one in enumerate(read):
        if one.problem is not None:
            problem[place] = texts.setdefault(one.problem, len(texts))
        elif one.code is not None:
            at[place] = labels.setdefault(one.code, len(labels))
            if one.remark is not None:
                remark[place] = remarks.setdefault(one.remark, len(remarks))
    return Words(
        Coded(at[places], list(labels) or ["EUR"]),
        problem[places] if texts else None,
        tuple(texts),
        minor[places] if minor.any() else None,
        remark[places] if remarks else None,
        tuple(remarks),
    )


def days(block: Block, plan: Plan) -> tuple[Dates, Words | None]:
    """The dates of a block: as ticks, or as ISO text of their precision."""
    if not plan.date:
        return Dates(coded=Coded(np.zeros(block.count, np.int8), [plan.day])), None
    first = block.days(plan.date[0])
    if first is not None and (first.ticks is not None):
        alone = len(plan.date) == 1 and plan.day is None
        if alone or not (first.ticks == NO_TICK).any():
            return first, None
    columns = [_as_text(block, place) for place in plan.date]
    if plan.month is not None:
        columns[0] = _with_months(columns[0], block.text(plan.month))
    column = _joined(columns)
    labels: dict[str, int] = {}
    texts: dict[str, int] = {}
    at = np.full(len(column.labels) + 1, -1, np.int32)
    problem = np.full(len(column.labels) + 1, -1, np.int32)
    for place, label in enumerate([*column.labels, ""]):
        day, why = _day(str(label), plan.day_first)
        if why is not None:
            problem[place] = texts.setdefault(why, len(texts))
        elif day or plan.day:
            at[place] = labels.setdefault(day or str(plan.day), len(labels))
    coded = Coded(at[column.places], list(labels))
    words = Words(coded, problem[column.places] if texts else None, tuple(texts))
    return Dates(coded=coded), words


def _as_text(block: Block, place: int) -> Coded:
    """A column of dates as text; times are their days."""
    found = block.days(place)
    if found is None or found.ticks is None:
        return block.text(place)
    there = found.ticks != NO_TICK
    day = np.where(there, found.ticks // found.per_day, 0)
    distinct, inverse = np.unique(day, return_inverse=True)
    texts = distinct.astype("datetime64[D]").astype(str).tolist()
    return Coded(np.where(there, inverse, -1), texts)


def _with_months(years: Coded, months: Coded) -> Coded:
    """Years joined to the months in the column beside them."""
    width = len(months.labels) + 1
    keys = years.places.astype(np.int64) * width + months.places + 1
    distinct, inverse = np.unique(np.where(years.places < 0, -1, keys), return_inverse=True)
    labels = []
    for key in distinct.tolist():
        year, month = divmod(key, width)
        label = "" if key < 0 else str(years.labels[year]).removesuffix(".0")
        own = str(months.labels[month - 1]).strip().removesuffix(".0") if month else ""
        if label and own.isdigit():
            label = f"{label}-{int(own):02}" if 1 <= int(own) <= 12 else label
        elif label and own:
            label = f"{own} {label}"
        labels.append(label)
    return Coded(inverse, labels)


@lru_cache(maxsize=100_000)
def _day(label: str, day_first: bool | None) -> tuple[str | None, str | None]:
    text = label.strip()
    if text.casefold() in _BLANK:
        return None, None
    if len(text) == 10 and text[4] == text[7] == "-":
        return text, None  # the calendar of the rates judges it
    found = read_day(text, day_first=day_first)
    if found.date is None:
        return None, found.problem
    return str(Asked(found.date, found.precision or "day")), None
