"""The cells of a column of dates: a day, a month or a year, as people and programs write them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ..documents.dates import dates
from ..text.months import ANY_LANGUAGE as MONTHS

LONGEST_CELL = 200  # characters of an amount, a currency or a date
YEARS = range(1900, 2101)
_SHORT_DATE = re.compile(r"(\d{4})(?:([-/.])(0?[1-9]|1[0-2]))?(?!\d)")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{4})")  # 11/2022
_MONTH_YEAR = re.compile(r"([^\W\d_]{3,12})\.?,?[\s/-]+(\d{4})")
_YEAR_MONTH = re.compile(r"(\d{4})[\s/-]+([^\W\d_]{3,12})\.?")
# "31-Dec-24", "1 Jan 2020", "31Dec2024"
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[\s./-]*([^\W\d_]{3,12})\.?[\s./,-]*(\d{4}|\d{2})")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?!\d)")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d{2})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ]\d{2}:)")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_QUARTER = re.compile(r"Q([1-4])[\s/,-]*((?:19|20)\d{2})|((?:19|20)\d{2})[\s/-]*Q([1-4])", re.I)
# "FY2023", "2022/23", "2022-2023"
_OF_A_YEAR = r"(?:FY|fiscal year|financial year)[\s-]*"
_TO_A_YEAR = r"[/–-](?:(?:19|20)\d{2}|\d{2})"
_FISCAL = re.compile(
    rf"{_OF_A_YEAR}((?:19|20)\d{{2}})(?:{_TO_A_YEAR})?|((?:19|20)\d{{2}}){_TO_A_YEAR}", re.I
)
_SERIAL = re.compile(r"([2-6]\d{4})(?:\.\d{1,10})?")  # a day of Excel: 1954 to 2091
_FIRST_SERIAL = datetime.date(1899, 12, 30)
_CENTURY = 50  # "49" is 2049, "50" is 1950


class Day(NamedTuple):
    """What a date cell says; a month or year stands at its first day. ``form`` tells odd ones."""

    date: datetime.date | None = None
    precision: str | None = None
    problem: str | None = None
    form: str | None = None


class Order(NamedTuple):
    """The order of day and month in a column, and the cell that shows it."""

    day_first: bool
    example: str

    @property
    def shown(self) -> str:
        return "day, month, year" if self.day_first else "month, day, year"


FORMS = {
    "serial": "numbers such as {} read as the days of a spreadsheet",
    "fiscal": "fiscal years such as {} read as the year that is named first",
    "quarter": "quarters such as {} stand at their first month",
}


def day_order(column: Iterable[str]) -> Order | None:
    """Return the order of day and month in a column of dates, when its cells settle it.

    Only needed, and only given, when some cell leaves it open.

    >>> day_order(["03/04/2025", "25/04/2025"]).shown, day_order(["03/04/2025"]) is None
    ('day, month, year', True)
    """
    examples: dict[bool, str] = {}
    is_open = False
    for cell in column:
        match = None if _is_iso(cell) else _SLASHED.match(cell.strip())
        if match is None:
            continue
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            examples.setdefault(True, cell.strip())
        elif second > 12 >= first:
            examples.setdefault(False, cell.strip())
        else:
            is_open = is_open or first != second
    if not is_open or len(examples) != 1:
        return None
    return Order(*next(iter(examples.items())))


def _is_iso(cell: str) -> bool:
    """A cell that is written as 2024-11-04."""
    return len(cell) == 10 and cell[4] == cell[7] == "-" and cell[:4].isdigit()


@lru_cache(maxsize=100_000)
def read_day(cell: str, *, day_first: bool | None = None) -> Day:
    """Read a date cell: a day, a month or a year. ``day_first`` settles dates such as 03/04/2025.

    >>> read_day("4 November 2024").date, read_day("2024-11").precision
    (datetime.date(2024, 11, 4), 'month')
    >>> read_day("31-Dec-24").date, read_day("45292").date, read_day("Q2 2024").date
    (datetime.date(2024, 12, 31), datetime.date(2024, 1, 1), datetime.date(2024, 4, 1))
    >>> read_day("March 2024").date, read_day("03/04/2025", day_first=True).date
    (datetime.date(2024, 3, 1), datetime.date(2025, 4, 3))
    >>> read_day("03/04/2025").problem
    "'03/04/2025' leaves day and month open; write YYYY-MM-DD"
    """
    if _is_iso(cell):
        try:
            return Day(datetime.date.fromisoformat(cell), "day")
        except ValueError:
            return Day(problem=f"{_shown(cell)} is not a date; write YYYY-MM-DD")
    text = cell.strip().removesuffix(".0")
    refused = Day(problem=f"{_shown(text)} is not a date; write YYYY-MM-DD")
    if len(text) > LONGEST_CELL:
        return refused
    try:
        return _plain(text) or _in_words(text) or _in_full(text, day_first) or refused
    except ValueError:  # a 31 November, a 13th month
        return refused


def _plain(text: str) -> Day | None:
    """Forms of digits alone: ISO, years, months, compact days, days of a spreadsheet."""
    iso = _ISO.match(text)
    if iso is not None:
        return Day(datetime.date.fromisoformat(iso[0]), "day")
    short = _SHORT_DATE.fullmatch(text)
    if short is not None and short[2] == "/" and int(short[3]) == (int(short[1]) + 1) % 100:
        open_ = "leaves open a month and a fiscal year; write YYYY-MM or YYYY"
        return Day(problem=f"{_shown(text)} {open_}")  # 2011/12
    if short is not None:
        return _of_month(int(short[1]), int(short[3]) if short[3] else None)
    compact = _COMPACT.fullmatch(text)
    if compact is not None:
        return Day(datetime.date(int(compact[1]), int(compact[2]), int(compact[3])), "day")
    month = _MONTH_FIRST.fullmatch(text)
    if month is not None:
        return _of_month(int(month[2]), int(month[1]))
    serial = _SERIAL.fullmatch(text)
    if serial is not None:
        day = _FIRST_SERIAL + datetime.timedelta(days=int(serial[1]))
        return Day(day, "day", form="serial")
    return None


def _in_words(text: str) -> Day | None:
    """Quarters, fiscal years, months and days with the name of the month."""
    quarter = _QUARTER.fullmatch(text)
    if quarter is not None:
        year, number = int(quarter[2] or quarter[3]), int(quarter[1] or quarter[4])
        return Day(datetime.date(year, 3 * number - 2, 1), "month", form="quarter")
    fiscal = _FISCAL.fullmatch(text)
    if fiscal is not None:
        return Day(datetime.date(int(fiscal[1] or fiscal[2]), 1, 1), "year", form="fiscal")
    named = _MONTH_YEAR.fullmatch(text)
    if named is not None and named[1].lower() in MONTHS:
        return _of_month(int(named[2]), MONTHS[named[1].lower()])
    turned = _YEAR_MONTH.fullmatch(text)
    if turned is not None and turned[2].lower() in MONTHS:
        return _of_month(int(turned[1]), MONTHS[turned[2].lower()])
    full = _DAY_MONTH_YEAR.fullmatch(text)
    if full is not None and full[2].lower() in MONTHS:
        year = int(full[3])
        if len(full[3]) == 2:
            year += 2000 if year < _CENTURY else 1900
        return Day(datetime.date(year, MONTHS[full[2].lower()], int(full[1])), "day")
    return None


def _of_month(year: int, month: int | None) -> Day | None:
    if year not in YEARS:
        return None
    return Day(datetime.date(year, month or 1, 1), "year" if month is None else "month")


def _in_full(text: str, day_first: bool | None) -> Day | None:
    dotted = _DOTTED.fullmatch(text)
    if dotted is not None:
        return Day(datetime.date(int(dotted[3]), int(dotted[2]), int(dotted[1])), "day")
    slashed = _SLASHED.match(text)
    if slashed is not None:
        return _of_slashes(text, slashed, day_first)
    found = dates(text)
    if len(found) != 1 or found[0].date is None:
        return None
    return Day(found[0].date, "day")


def _of_slashes(text: str, match: re.Match[str], day_first: bool | None) -> Day | None:
    first, second, year = (int(match[place]) for place in (1, 2, 3))
    if year not in YEARS:
        return None
    if first > 12 or second > 12 or first == second:
        day_first = second <= 12
    if day_first is None:
        return Day(problem=f"{_shown(text)} leaves day and month open; write YYYY-MM-DD")
    day, number = (first, second) if day_first else (second, first)
    return Day(datetime.date(year, number, day), "day")


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
