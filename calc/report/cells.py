"""One cell at a time: missing values, plain numbers, dates, short amounts, safe text.

Nothing here imports pandas: a cell is judged by how it behaves, so that a command that shows no
table does not pay for one.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal

# Amounts and rates are exact where they come from, so they leave as strings of plain digits.
_AMOUNT = r"amount|low|high|likely|flow_low|flow_high|expected|amount_low|amount_high"
_RATE = r"rate|rate_low|rate_high|implied_low|implied_high"
_IN_ONE_CURRENCY = r"(?:amount|low|high)_[a-z]{3}"
_AT_STAGE = r"(?:sum|missing|pledged|committed|allocated|disbursed|unknown)_(?:low|high)"
_EXACT = re.compile(rf"{_AMOUNT}|{_RATE}|{_IN_ONE_CURRENCY}|{_AT_STAGE}|per_year|whole|value")
_UNITS = ((Decimal(10) ** 12, "tn"), (Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "M"))
# Characters that a terminal obeys (escape codes, carriage return, other controls) and the marks
# that turn the direction of text round: a source could use them to hide or forge a line.
_OBEYED = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def missing(value: object) -> bool:
    """Whether a cell is empty: None, NaN, NaT or pandas' NA.

    >>> missing(None), missing(float("nan")), missing(""), missing(0)
    (True, True, False, False)
    """
    if value is None:
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return True  # pandas.NA refuses to be true or false


def is_exact(column: str) -> bool:
    """Whether a column holds amounts or rates, which programs get as strings.

    >>> is_exact("amount_usd"), is_exact("gap_pct")
    (True, False)
    """
    return _EXACT.fullmatch(column) is not None


def decimal(value: object) -> Decimal:
    """The exact decimal that a number's shortest text form names.

    >>> decimal(0.1), decimal(683000000.0)
    (Decimal('0.1'), Decimal('683000000.0'))
    """
    return value if isinstance(value, Decimal) else Decimal(str(value))


def plain(value: object) -> str:
    """A number as plain digits: no exponent, no grouping, no trailing zeros after the point.

    >>> plain(6.83e8), plain(1.0904), plain(Decimal("1E+15"))
    ('683000000', '1.0904', '1000000000000000')
    """
    text = f"{decimal(value):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def day(value: object, precision: str | None = None) -> str:
    """An ISO date, cut to the month or year when no more is known.

    >>> day(dt.datetime(2024, 9, 1), "month"), day(dt.date(2024, 11, 4)), day(None)
    ('2024-09', '2024-11-04', '')
    """
    if missing(value):
        return ""
    text = value.isoformat()[:10] if isinstance(value, dt.date) else str(value)[:10]
    return text[: {"year": 4, "month": 7}.get(precision or "day", 10)]


def short(value: object, currency: str | None = None, digits: int = 4) -> str:
    """An amount in millions or billions with at most ``digits`` digits; ``≈`` when some were cut.

    >>> short(683_000_000, "EUR"), short(744_743_200, "USD"), short(1.5e9), short(950)
    ('683 M EUR', '≈744.7 M USD', '1.5 bn', '950')
    """
    if missing(value):
        return ""
    number = decimal(value)
    if not number.is_finite():
        return ""
    shown = _rounded(number, digits)
    unit = next(((size, name) for size, name in _UNITS if abs(shown) >= size), None)
    text = f"{plain(shown / unit[0])} {unit[1]}" if unit else f"{shown.normalize():,f}"
    mark = "" if shown == number else "≈"
    return f"{mark}{text}{' ' + currency if currency else ''}"


def _rounded(number: Decimal, digits: int) -> Decimal:
    if number == 0:
        return Decimal(0)
    place = max(number.adjusted() - digits + 1, -2)
    return number.quantize(Decimal(1).scaleb(place), ROUND_HALF_EVEN) if place < 28 else number


def span(low: object, high: object, currency: str | None = None) -> str:
    """A range of amounts; an open end is said in words.

    >>> span(20e6, 30e6, "EUR"), span(5e6, None, "EUR"), span(None, 5e6), span(7, 7)
    ('20–30 M EUR', 'at least 5 M EUR', 'at most 5 M', '7')
    >>> span(20_822_000, 31_928_000, "USD")
    '≈20.82–31.93 M USD'
    """
    if missing(low) and missing(high):
        return ""
    if missing(high):
        return f"at least {short(low, currency)}"
    if missing(low):
        return f"at most {short(high, currency)}"
    first, last = short(low), short(high)
    if first == last:
        return short(low, currency)
    number, _, unit = first.partition(" ")
    if unit == last.partition(" ")[2]:
        first = number  # one unit for both ends
    mark = "≈" if "≈" in first + last else ""  # one mark for both ends
    ends = f"{first}–{last}".replace("≈", "")
    return f"{mark}{ends}{' ' + currency if currency else ''}"


def clean(value: object) -> str:
    r"""Text of a source on one line, without characters that a terminal would obey.

    >>> clean("red \x1b[31m line\nbreak")
    'red [31m line break'
    """
    if missing(value):
        return ""
    text = str(value)
    if text.isascii() and text.isprintable():
        return text
    spaced = " ".join(text.split())
    return "".join(ch for ch in spaced if unicodedata.category(ch) not in _OBEYED)


def width(text: str) -> int:
    """How many columns of a terminal ``text`` takes: wide letters two, combining marks none.

    >>> width("→ Kyiv"), width("円"), width("e\u0301")
    (6, 2, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(ch) else 2 if unicodedata.east_asian_width(ch) in "WF" else 1
        for ch in text
    )
