"""The sentence, the table and the notes of an audit."""

from __future__ import annotations

from datetime import date

from ..text.months import NAMES
from .own import in_words as own_words

_RULES = {
    "spot": "the {source} rate of the row's date (spot)",
    "month-avg": "the {source} mean of the month of the row's date (month-avg)",
    "year-avg": "the {source} mean of the year of the row's date (year-avg)",
    "month-end": "the last {source} rate of the month of the row's date (month-end)",
    "month-start": "the {source} rate of the first of the month of the row's date (month-start)",
    "month-first": "the first {source} rate of the month of the row's date (month-first)",
    "year-first": "the first {source} rate of the row's year (year-first)",
    "year-start": "the {source} rate of 1 January of the row's year (year-start)",
    "year-end": "the last {source} rate of the row's year (year-end)",
    "quarter-start": "the {source} rate of the first day of the row's quarter (quarter-start)",
    "quarter-end": "the last {source} rate of the row's quarter (quarter-end)",
    "quarter-avg": "the {source} mean of the quarter of the row's date (quarter-avg)",
    "hmrc-month": "the HMRC rate of the month of the row's date (hmrc-month)",
    "hmrc-year": "the HMRC average of the calendar year of the row's date (hmrc-year)",
    "inforeuro": "the second-last {source} rate of the month before (inforeuro)",
}


_SOURCES = {"NBP": "NBP"}  # whose policies have their name before them


def in_words(policy: str, source: str, many: bool) -> str:
    """What rows that follow a policy use.

    >>> in_words("fixed:2021-03", "ECB", True)
    'one rate per currency, the ECB mean of March 2021'
    >>> in_words("spot", "ECB", False)
    "the ECB rate of the row's date (spot)"
    """
    one = "one rate per currency" if many else "one rate"
    name, _, rest = policy.partition(":")
    if name in ("fiscal-avg", "quarter-avg") and rest:
        period = "fiscal year" if name == "fiscal-avg" else "quarter"
        begins = NAMES[int(rest) - 1]
        return f"the {source} mean of the row's {period}, which begins in {begins} ({policy})"
    if name in _RULES:
        return _RULES[name].format(source=source)
    abroad, _, rule = name.partition("-")
    if abroad.upper() in _SOURCES and rule.partition(" ")[0] in _RULES:
        return in_words(rule, _SOURCES[abroad.upper()], many).replace(f"({rule})", f"({policy})")
    if name == "closing":
        return f"{one}, the newest of the {source} (closing)"
    if name == "column":
        return f"the rate stated in the column {rest!r}"
    if name == "window-avg":
        first, _, last = rest.partition("..")
        return f"{one}, the {source} mean of {first} to {last}"
    if name == "fixed" and "=" in rest:
        return f"one rate of one's own: {own_words(policy)}"
    if name == "fixed":
        what = "rate" if len(rest) == 10 else "mean"
        return f"{one}, the {source} {what} of {_period(rest)}"
    return f"the {source} {policy}"


def _period(text: str) -> str:
    if len(text) == 4:
        return text
    if len(text) == 7:
        return f"{NAMES[int(text[5:]) - 1]} {text[:4]}"
    day = date.fromisoformat(text)
    return f"{day.day} {NAMES[day.month - 1]} {day.year}"


def basis_points(value: float) -> str:
    """An error as people say it.

    >>> basis_points(52.3), basis_points(0.04), basis_points(1.0)
    ('52 basis points', '0.04 basis points', '1 basis point')
    """
    shown = f"{value:,.0f}" if value >= 10 else f"{value:.2g}"
    return f"{shown} basis point{'' if shown == '1' else 's'}"


def listed(items: list[str], word: str = "and") -> str:
    """Items as a list in a sentence.

    >>> listed(["a", "b", "c"], "or")
    'a, b or c'
    """
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def counted(count: int, total: int) -> str:
    """How many of the foreign rows.

    >>> counted(412, 412), counted(409, 412), counted(1, 1)
    ('All 412 foreign rows', '409 of 412 foreign rows', 'The one foreign row')
    """
    if count == total:
        return "The one foreign row" if total == 1 else f"All {total:,} foreign rows"
    return f"{count:,} of {total:,} foreign rows"
