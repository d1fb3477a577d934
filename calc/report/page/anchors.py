"""Names of places on the page: every id has a prefix of ours, and holds nothing of a source."""

from __future__ import annotations

import datetime as dt
import hashlib
import re

from ..cells import clean, missing

OWN = ("p", "t", "f")  # pledges, series and findings, whose ids are made here
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def anchor(kind: str, name: object) -> str:
    """The id of a claim (``c``), pledge (``p``), point of a series (``t``), finding (``f``) ….

    A name that a table brought may hold anything, so one that is no plain word is hashed.

    >>> anchor("c", "49eb89a00260"), anchor("s", 'a" onload="x')
    ('c-49eb89a00260', 's-x6fb2d568348c')
    """
    text = str(name)
    if kind in OWN:
        text = text.removeprefix(f"{kind}-")  # ids of ours begin so
    if _PLAIN.fullmatch(text) and not text.startswith("x"):
        return f"{kind}-{text}"
    return f"{kind}-x{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"


def spoken(value: object, precision: str | None = None) -> str:
    """A day as people say it, cut to the month or year when no more is known.

    >>> spoken(dt.date(2024, 11, 4)), spoken("2024-09-01", "month"), spoken(None)
    ('4 November 2024', 'September 2024', '')
    """
    if missing(value):
        return ""
    text = value.isoformat()[:10] if isinstance(value, dt.date) else str(value)[:10]
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return clean(value)
    month = _MONTHS[day.month - 1]
    if precision == "year":
        return str(day.year)
    return f"{month} {day.year}" if precision == "month" else f"{day.day} {month} {day.year}"


def clipped(text: object, most: int = 160) -> str:
    """Words of a source for a cell of ours, on one line and not endless.

    >>> clipped("a" * 9, 5)
    'aaaa…'
    """
    words = clean(text)
    return words if len(words) <= most else f"{words[: most - 1]}…"


def listed(cell: object) -> str:
    """The names of a cell: ``Denmark and Norway``.

    >>> listed("Denmark|Norway|Sweden"), listed(None)
    ('Denmark, Norway and Sweden', '')
    """
    names = [name for name in clean(cell).split("|") if name]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def plural(number: int, word: str) -> str:
    """A count with its word.

    >>> plural(1, "pledge"), plural(1200, "document")
    ('1 pledge', '1,200 documents')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"
