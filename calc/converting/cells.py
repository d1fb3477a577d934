"""The cells of the three columns as numbers, codes and days: each distinct cell is read once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rates.amounts import read_number, scales
from rates.errors import PledgecalcError
from rates.frames.coded import Coded, Dates
from rates.policies import Asked

from ..tables.cells import read_amount, read_currency, read_day
from ..tables.rows import PLACEHOLDERS

Places = NDArray[np.integer[Any]]

MISSING = ("", "NaN", "nan", "NaT", "<NA>", "null", "None", "NULL", "#N/A", "N/A", "n/a", "NA")
_BLANK = frozenset(one.casefold() for one in MISSING) | PLACEHOLDERS
_NUMBER = re.compile(r"\d[\d.,]*")
_PLAIN = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d{1,30})?")
_WORDS = re.compile(r"[^\W\d_]+")


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
    """A column of codes or days for the conversion, and why some of its cells cannot be used."""

    coded: Coded
    problem: Places | None = None
    texts: tuple[str, ...] = ()


def number_style(cells: Iterable[str]) -> bool | None:
    """Whether a comma begins the decimals of a column: one cell that decides decides for all.

    >>> number_style(["1.250", "7.350.000"]), number_style(["1,250", "12.75"])
    (True, False)
    >>> number_style(["1.250"]) is None
    True
    """
    seen = {style for cell in cells if (style := _style(cell)) is not None}
    return seen.pop() if len(seen) == 1 else None


def _style(cell: str) -> bool | None:
    found = _NUMBER.findall(cell)
    if len(found) != 1:
        return None
    digits = found[0].rstrip(".,")
    commas, points = digits.count(","), digits.count(".")
    if commas and points:
        return digits.rfind(",") > digits.rfind(".")
    if commas > 1 or points > 1:
        return points > 1
    tail = len(digits) - 1 - max(digits.rfind(","), digits.rfind("."))
    if (not commas and not points) or tail == 3:
        return None
    return bool(commas)


@lru_cache(maxsize=200_000)
def read(cell: str, continental: bool | None) -> tuple[float, Any, bool, str | None]:
    """Number, own currency (code and candidates), whether it has a scale, and the problem."""
    text = cell.strip()
    if text.casefold() in _BLANK:
        return np.nan, None, False, None
    if not continental:
        if _PLAIN.fullmatch(text):
            return float(text), None, False, None
        if _GROUPED.fullmatch(text) and (continental is False or text.count(",") > 1):
            return float(text.replace(",", "")), None, False, None
    elif (value := _continental(text)) is not None:
        return value, None, False, None
    found = read_amount(text, continental=bool(continental))
    if found.amount is None:
        return np.nan, None, False, found.problem or f"{text!r} is a range, not one amount"
    money = (
        (found.currency, tuple(found.candidates)) if found.currency or found.candidates else None
    )
    return float(found.amount), money, _has_scale(text), None


def _continental(text: str) -> float | None:
    try:
        number = read_number(text.lstrip("+-").strip(), continental=True).value
    except PledgecalcError:
        return None
    return float(-number if text.startswith("-") else number)


def _has_scale(text: str) -> bool:
    return any(word in scales() or word.lower() in scales() for word in _WORDS.findall(text))


def amounts(column: Coded, continental: bool | None, scale: Decimal) -> Amounts:
    """Read the distinct cells of a column of text; ``scale`` counts where a cell has none."""
    factor = float(scale)
    texts: dict[str, int] = {}
    signs: dict[Any, int] = {}
    values = np.full(len(column.labels) + 1, np.nan)
    own = np.full(len(column.labels) + 1, -1, np.int32)
    problem = np.full(len(column.labels) + 1, -1, np.int32)
    for place, label in enumerate(column.labels):
        value, money, scaled, why = read(str(label), continental)
        values[place] = value if scaled else value * factor
        if money is not None:
            own[place] = signs.setdefault(money, len(signs))
        if why is not None:
            problem[place] = texts.setdefault(why, len(texts))
    at = column.places
    return Amounts(
        values[at],
        own[at] if signs else None,
        tuple(signs),
        problem[at] if texts else None,
        tuple(texts),
    )


def currencies(column: Coded | None, code: str | None, amounts: Amounts, count: int) -> Words:
    """The currency of each row: of its column, of the header, or of the amount itself."""
    if column is None:
        column = Coded(np.zeros(count, np.int8), [code])
    read = [_money(label, code) for label in column.labels] + [(code, (), None)]
    if amounts.own is None:
        return _settled(np.asarray(column.places), [_settle(one, None) for one in read])
    width = len(read)
    places = np.where(column.places < 0, width - 1, column.places)
    keys = (amounts.own.astype(np.int64) + 1) * width + places
    distinct, inverse = np.unique(keys, return_inverse=True)
    pairs = []
    for key in distinct.tolist():
        sign, place = divmod(key, width)
        pairs.append(_settle(read[place], amounts.signs[sign - 1] if sign else None))
    return _settled(inverse, pairs)


Money = tuple[str | None, tuple[str, ...], str | None]


def _money(label: object, code: str | None) -> Money:
    """Code, candidates and problem of a currency cell; a blank one has the header's code."""
    text = "" if label is None else str(label).strip()
    if text.casefold() in _BLANK:
        return code, (), None
    found = read_currency(text)
    if found.code is None and found.candidates:
        return None, found.candidates, f"{text} may be {' or '.join(found.candidates)}"
    return found.code, found.candidates, found.problem


def _settle(column: Money, sign: tuple[str | None, tuple[str, ...]] | None) -> Money:
    """One currency from what the column says and what stands beside the amount."""
    code, candidates, problem = column
    if sign is None:
        return column
    own, others = sign
    if code is None and not candidates and problem is None:
        if own is None:
            return None, (), f"the amount's currency may be {' or '.join(others)}"
        return own, others, None
    if code is None:
        return (own, (), None) if own in candidates else column
    if own is None or code == own or code in others:
        return code, (), None
    return None, (), f"the amount says {own}, the currency of its row is {code}"


def _settled(places: Places, read: Sequence[Money]) -> Words:
    """Places in codes, with the problems of those that have none."""
    labels: dict[str, int] = {}
    texts: dict[str, int] = {}
    at = np.full(len(read), -1, np.int32)
    problem = np.full(len(read), -1, np.int32)
    for place, (code, _, why) in enumerate(read):
        if why is None and code is not None:
            at[place] = labels.setdefault(code, len(labels))
        elif why is not None:
            problem[place] = texts.setdefault(why, len(texts))
    coded = Coded(at[places], list(labels) or ["EUR"])
    return Words(coded, problem[places] if texts else None, tuple(texts))


def days(column: Coded, day_first: bool | None) -> Words:
    """Dates as ISO text of their precision, as ``convert`` takes them."""
    labels: dict[str, int] = {}
    texts: dict[str, int] = {}
    at = np.full(len(column.labels) + 1, -1, np.int32)
    problem = np.full(len(column.labels) + 1, -1, np.int32)
    for place, label in enumerate(column.labels):
        day, why = _day(label if isinstance(label, str) else str(label), day_first)
        if day is not None:
            at[place] = labels.setdefault(day, len(labels))
        elif why is not None:
            problem[place] = texts.setdefault(why, len(texts))
    places = column.places
    coded = Coded(at[places], list(labels))
    return Words(coded, problem[places] if texts else None, tuple(texts))


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


def dates_of(words: Words) -> Dates:
    """The days as the conversion takes them."""
    return Dates(coded=words.coded)
