"""What the cells of a column are: how many are filled, and how many are amounts, days, parties."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

from rates.currencies import currency
from rates.errors import UnknownCurrencyError

from ..parties.gazetteer import country
from ..schema import TEXT
from ..text import data_tables
from . import cells
from .parties import codes, one_party
from .texts import texts_of

SAMPLE = 60  # distinct cells of a column that are looked at
_FEW_ROWS = 500  # evenly spaced, from which they are taken
_ROWS = 2_000  # the first rows, in which packages are looked for
_BEATS = 2 * 3 * 5 * 7  # rows of a register come in turns of so many
_NOTHING = frozenset(("", "0", "0.0", "0.00", "0,00", "-", "n/a", "N/A", "NULL", "#N/A"))
# A number with its sign, code or scale, in brackets or with a minus where it is negative.
_NUMBER = re.compile(
    r"[(+\-\u2212]?\s?[^\d\s.,]{0,4}\s?[-\u2212]?\d[\d.,'’\s\u00a0\u202f]*\s?[^\d]{0,12}\)?"
)
_YEAR = re.compile(r"(?:19|20)\d{2}(?:\.0)?")
_MONTH = re.compile(r"0?[0-9]|1[0-2]|[^\W\d_]{3,12}\.?")
_SIGNS = frozenset("$ € £ ¥ US$ C$ A$ kr zł euro euros dollars".split())


def is_number(cell: str) -> bool:
    """Tell whether a cell is an amount, as a number or as people print it.

    >>> is_number("1,250.00"), is_number("over €1.5bn"), is_number("DK-2-3")
    (True, True, False)
    """
    if _NUMBER.fullmatch(cell) is not None:
        return True
    return any(map(str.isdigit, cell)) and cells.read_amount(cell).problem is None


def is_currency(cell: str) -> bool:
    """Tell whether a cell is an ISO code, a sign or a word for money.

    >>> is_currency("EUR"), is_currency("US Dollar"), is_currency("UKR")
    (True, True, False)
    """
    if cell in _SIGNS:
        return True
    try:
        return bool(currency(cell))
    except UnknownCurrencyError:
        if len(cell) == 3 and cell.isupper():
            return False
    found = cells.read_currency(cell)
    return found.code is not None or bool(found.candidates)


def is_day(cell: str) -> bool:
    """Tell whether a cell is a day, a month or a year, or would be if its order were known.

    >>> is_day("31-Dec-24"), is_day("03/04/2025"), is_day("Kyiv")
    (True, True, False)
    """
    found = cells.read_day(cell)
    return found.date is not None or "leaves day and month open" in (found.problem or "")


def is_party(cell: str) -> bool:
    """Tell whether a cell names a known country or organisation, by name or code."""
    return one_party(cell.split("|")[0].split(";")[0].split(",")[0]) is not None or (
        one_party(cell) is not None
    )


def is_country(cell: str) -> bool:
    """Tell whether a cell names a country, by name or by a code of three letters.

    >>> is_country("Kenya"), is_country("KEN"), is_country("UNHCR"), is_country("NO")
    (True, True, False, False)
    """
    name = one_party(cell) if len(cell) > 2 else None
    return name is not None and country(name) is not None


def is_country_code(cell: str) -> bool:
    """Tell whether a cell is an ISO 3166 code of three letters."""
    return cell in codes()


def gives(cell: str) -> bool:
    """Tell whether a cell names a country that receives no aid.

    >>> gives("Norway"), gives("Kenya"), gives("China")
    (True, False, False)
    """
    name = one_party(cell)
    if name == "European Union":
        return True
    return name is not None and country(name) in _rich()


def receives(cell: str) -> bool:
    """Tell whether a cell names a country that receives aid and gives none.

    >>> receives("Kenya"), receives("Norway"), receives("China"), receives("UNHCR")
    (True, False, False, False)
    """
    parts = [one_party(part.strip()) for part in re.split(r"[,;|]", cell)]
    found = [code for name in (one_party(cell), *parts) if name and (code := country(name))]
    return bool(found) and all(code not in _rich() | _both() for code in found)


@cache
def _rich() -> frozenset[str]:
    return _of_kind("never receives")


@cache
def _both() -> frozenset[str]:
    return _of_kind("also gives")


def _of_kind(kind: str) -> frozenset[str]:
    rows = (row for row in data_tables.table("high_income") if row["kind"] == kind)
    return frozenset(code for row in rows for code in row["codes"].split("|"))


def _step(count: int) -> int:
    """How far apart the rows of a sample stand, out of step with rows that come in turns.

    >>> _step(400), _step(100_000)
    (1, 199)
    """
    step = max(1, count // _FEW_ROWS)
    while math.gcd(step, _BEATS) > 1:
        step -= 1
    return step


class Contents:
    """The columns of a table, looked at only where a choice needs it."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame
        self._cells: dict[str, list[str | None]] = {}
        self._samples: dict[str, list[str]] = {}
        self._shares: dict[tuple[str, str], float] = {}

    def series(self, name: str) -> pd.Series[Any]:
        column = self.frame[name]
        return column.iloc[:, 0] if isinstance(column, pd.DataFrame) else column

    def cells(self, name: str) -> list[str | None]:
        """The cells of a column as text, blank ones None; not to be changed."""
        if name not in self._cells:
            self._cells[name] = texts_of(self.series(name))
        return self._cells[name]

    def fill(self, *names: str) -> float:
        """The share of rows with something in one of the columns that is not nought."""
        key = "|".join(names), "fill"
        if key not in self._shares:
            filled = pd.Series(False, index=self.frame.index)
            for name in names:
                column = self.series(name)
                known = column.notna()
                if not isinstance(column.dtype, pd.StringDtype):
                    column = column.astype(TEXT).str.strip()
                filled |= known & ~column.isin(_NOTHING)
            self._shares[key] = float(filled.mean()) if len(filled) else 0.0
        return self._shares[key]

    def sample(self, name: str) -> list[str]:
        """Some of the different cells of a column, as text."""
        if name not in self._samples:
            column = self.series(name)
            some = texts_of(column.iloc[:: _step(len(column))])
            texts = [c.strip() for c in dict.fromkeys(some) if c and c not in _NOTHING]
            self._samples[name] = texts[:: max(1, len(texts) // SAMPLE)][:SAMPLE]
        return self._samples[name]

    def share(self, name: str, test: Callable[[str], bool]) -> float:
        """The share of the sample for which ``test`` holds; 0 for a column without cells."""
        key = name, test.__name__
        if key not in self._shares:
            cells_ = self.sample(name)
            self._shares[key] = sum(map(test, cells_)) / len(cells_) if cells_ else 0.0
        return self._shares[key]

    def is_text(self, name: str) -> bool:
        """Most cells are no numbers."""
        return self.share(name, is_number) < 0.5

    def are_years(self, name: str) -> bool:
        found = self.sample(name)
        return bool(found) and all(_YEAR.fullmatch(cell) for cell in found)

    def are_months(self, name: str) -> bool:
        found = self.sample(name)
        return bool(found) and all(_MONTH.fullmatch(cell.removesuffix(".0")) for cell in found)

    def is_unique(self, name: str) -> bool:
        """No cell stands twice."""
        found = [cell for cell in self.cells(name) if cell is not None]
        return bool(found) and len(set(found)) == len(found)

    def is_repeated_in(self, name: str, groups: str) -> tuple[int, float]:
        """The groups of several rows, and the share of them in which the column says one thing."""
        found: dict[str, list[str]] = {}
        rows = (texts_of(self.series(one).head(_ROWS)) for one in (groups, name))
        for group, cell in zip(*rows, strict=True):
            if group is not None and cell is not None:
                found.setdefault(group, []).append(cell)
        many = [cells_ for cells_ in found.values() if len(cells_) > 1]
        one = sum(len(set(cells_)) == 1 for cells_ in many)
        return len(many), one / len(many) if many else 0.0
