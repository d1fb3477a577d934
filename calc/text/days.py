"""Days as sentences write them."""

from __future__ import annotations

import datetime as dt

from .months import NAMES


def day_words(day: dt.date, precision: str | None = None) -> str:
    """A date as a sentence writes it, or the month or year when no more is known.

    >>> day_words(dt.date(2024, 11, 4)), day_words(dt.date(2024, 9, 1), "month")
    ('4 November 2024', 'September 2024')
    """
    if precision == "year":
        return str(day.year)
    month = f"{NAMES[day.month - 1]} {day.year}"
    return month if precision == "month" else f"{day.day} {month}"


def on_day(day: dt.date | None, precision: str | None = None) -> str:
    """When something was, with its preposition; a missing day is said.

    >>> on_day(dt.date(2024, 11, 4)), on_day(dt.date(2024, 9, 1), "month"), on_day(None)
    ('on 4 November 2024', 'in September 2024', 'on an unknown day')
    """
    if day is None:
        return "on an unknown day"
    return f"{'in' if precision in ('month', 'year') else 'on'} {day_words(day, precision)}"
