"""The currency that only the number format of a cell says: 1,250 shown as "€ 1,250"."""

from __future__ import annotations

import importlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rates.currencies import currency
from rates.errors import UnknownCurrencyError

# The sign and the place of a format such as [$kr-414]: Windows' number of the language.
_PLACES = {
    ("$", 0x409): "USD",
    ("$", 0x1009): "CAD",
    ("$", 0xC0C): "CAD",
    ("$", 0xC09): "AUD",
    ("$", 0x1409): "NZD",
    ("$", 0x4809): "SGD",
    ("$", 0xC04): "HKD",
    ("$", 0x80A): "MXN",
    ("£", 0x809): "GBP",
    ("kr", 0x41D): "SEK",
    ("kr", 0x414): "NOK",
    ("kr", 0x406): "DKK",
    ("kr", 0x40F): "ISK",
    ("¥", 0x411): "JPY",
    ("¥", 0x804): "CNY",
}
_SIGNS = {"€": "EUR", "£": "GBP", "₴": "UAH", "₹": "INR", "zł": "PLN", "Kč": "CZK", "Ft": "HUF"}
_IN_BRACKETS = re.compile(r"\[\$([^\]-]{1,8})(?:-([0-9A-Fa-f]{1,8}))?[^\]]{0,8}\]")
_QUOTED = re.compile(r'"([^"]{1,12})"|([€£₴₹$])|\\?([$€£])')
_MAY_SAY = re.compile(r'formatCode="[^"]{0,200}(?:\[\$|[€£₴₹$]|&quot;[A-Za-zčł]{2,4})')


@lru_cache(maxsize=1000)
def currency_of_format(code: str) -> str | None:
    """The currency that a number format shows beside the number; "$" alone says none.

    >>> currency_of_format("[$€-407] #,##0.00"), currency_of_format('#,##0 "USD"')
    ('EUR', 'USD')
    >>> currency_of_format("[$kr-414] #,##0"), currency_of_format('"$"#,##0') is None
    ('NOK', True)
    """
    first = code.split(";")[0]
    bracket = _IN_BRACKETS.search(first)
    if bracket is not None:
        sign = bracket[1].strip()
        place = int(bracket[2], 16) & 0xFFFF if bracket[2] else 0
        return _PLACES.get((sign, place)) or _SIGNS.get(sign) or _code(sign)
    for match in _QUOTED.finditer(first):
        sign = next(part for part in match.groups() if part).strip()
        found = _SIGNS.get(sign) or _code(sign)
        if found is not None:
            return found
    return None


def _code(text: str) -> str | None:
    if len(text) != 3 or not text.isupper():
        return "USD" if text == "US$" else None
    try:
        return currency(text).code
    except UnknownCurrencyError:
        return None


def currencies_of_sheet(
    data: bytes, title: str, first_row: int, columns: Sequence[str]
) -> Mapping[str, Mapping[int, str]]:
    """The currencies that the formats of a sheet's cells say: by column, then by row from 0.

    Only for Excel's own files, and only where some format of the workbook names a currency; without
    openpyxl nothing is said.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = archive.read("xl/styles.xml").decode("utf-8", "replace")
    except (KeyError, OSError, zipfile.BadZipFile, RuntimeError):
        return {}
    if not _MAY_SAY.search(styles):
        return {}
    try:
        openpyxl = importlib.import_module("openpyxl")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book[title]
        sheet.reset_dimensions()
        found: dict[str, dict[int, str]] = {}
        for row, cells in enumerate(sheet.iter_rows(min_row=first_row, max_col=len(columns))):
            for name, cell in zip(columns, cells, strict=False):
                if isinstance(cell.value, int | float):
                    code = currency_of_format(cell.number_format)
                    if code is not None:
                        found.setdefault(name, {})[row] = code
    except Exception:  # the cells are read already: a format is only a help
        return {}
    return found
