"""Dates as people write them, in English: "4 November 2024", "Nov 2024", 20241104."""

from __future__ import annotations

import re
from functools import cache

from .errors import UsageError

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NAMES = (
    "january february march april may june july august september october november december".split()
)
_NAME = r"([A-Za-z]{3,9})\.?"
_YEAR = r"((?:19|20)\d{2})"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_ISO_LENGTHS = (4, 7, 10)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Forms with the order of year, month and day in each; not needed for ISO text."""
    forms = (
        (r"((?:19|20)\d{2})(\d{2})(\d{2})", "ymd"),
        (r"((?:19|20)\d{2})[/.](\d{1,2})[/.](\d{1,2})", "ymd"),
        (rf"(?:[A-Za-z]{{3,9}}\.?,? )?{_DAY}[ -](?:of )?{_NAME},?[ -]{_YEAR}", "dmy"),
        (rf"(?:[A-Za-z]{{3,9}}\.?,? )?{_NAME} {_DAY},? {_YEAR}", "mdy"),
        (rf"{_NAME},?[ -]{_YEAR}", "my"),
        (rf"{_YEAR} {_NAME}", "ym"),
    )
    return tuple((re.compile(form), order) for form, order in forms)


def iso(text: str) -> str:
    """ISO text for a date that is written in words; anything else is returned as it is.

    Raises UsageError for numbers that leave day and month open.

    >>> iso("4 November 2024"), iso("Nov 2024"), iso("20241104"), iso("Monday, 4th of Nov. 2024")
    ('2024-11-04', '2024-11', '2024-11-04', '2024-11-04')
    >>> iso("25/12/2024"), iso("soon")
    ('2024-12-25', 'soon')
    """
    if len(text) in _ISO_LENGTHS and text.replace("-", "").isdigit() and text[2] not in "-/.":
        return text
    words = " ".join(text.split())
    for pattern, order in _patterns():
        match = pattern.fullmatch(words)
        if match is None:
            continue
        parts = dict(zip(order, match.groups(), strict=True))
        month = _month(parts["m"])
        if month is None:
            continue
        return "-".join(
            [parts["y"], f"{month:02}", *([f"{int(parts['d']):02}"] if "d" in parts else [])]
        )
    return _numbers(words) or text


def _month(name: str) -> int | None:
    if name.isdigit():
        return int(name)
    word = name.lower()
    if word == "sept":
        return 9
    if word in _MONTHS:
        return _MONTHS.index(word) + 1
    return _NAMES.index(word) + 1 if word in _NAMES else None


def _numbers(words: str) -> str | None:
    """Day, month and year in numbers, where one of the first two is too large for a month."""
    match = re.fullmatch(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-]{_YEAR}", words)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[2]), match[3]
    if first <= 12 and second <= 12 and first != second and "." not in words:
        raise UsageError(
            f"{words!r} leaves day and month open; write {year}-{second:02}-{first:02} or "
            f"{year}-{first:02}-{second:02}"
        )
    day, month = (second, first) if second > 12 else (first, second)
    return f"{year}-{month:02}-{day:02}"
