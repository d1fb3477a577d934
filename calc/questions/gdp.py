"""What a share of GDP is in money: by a file that the user brings, whose vintage is named.

The GDP of a year is revised for years, so the same share gives other amounts by other editions.
Nothing is built in, no year stands in for another, and figures in constant prices are refused.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from rates.conversion import convert
from rates.currencies import currency as known_currency
from rates.errors import NoRateError, UnreadableInputError, UsageError
from rates.scalars import in_words
from rates.sources import Rates

from .. import parties, schema
from ..parties.gazetteer import party_of_code
from ..text import data_tables

COLUMNS = {
    "claim_id": "text",
    "source": "text",
    "text": "text",
    "donor": "text",
    "recipient": "text",
    "year": "number",
    "amount": "number",
    "low": "number",
    "high": "number",
    "currency": "text",
    "answer": "text",
}
MAX_BYTES = 50_000_000
_COUNTRY = ("country", "country name", "geo", "economy", "ref_area", "weo country", "name")
_CODE = ("iso", "iso3", "iso_code", "country code", "code", "iso2", "country_code")
_YEAR = ("year", "time", "time_period", "date")
_VALUE = ("gdp", "value", "obs_value", "amount")
_UNIT = ("currency", "unit", "units", "scale", "indicator name", "indicator", "subject descriptor")
_VINTAGE = ("vintage", "edition", "source", "release", "last update")
_ABOVE = re.compile(
    r"(?:vintage|edition|release|last updated?(?: date)?|extracted|published)\W+(.+)", re.IGNORECASE
)
_SIGNS = (("us$", "USD"), ("u.s. dollar", "USD"), ("us dollar", "USD"), ("euro", "EUR"))
_SCALES = (("trillion", 12), ("billion", 9), ("milliard", 9), ("million", 6), ("mio", 6))
_NOT_NOMINAL = re.compile(r"constant|chain.linked|\bclv\b|real terms|\bppp\b|purchasing", re.I)
_LAST = r"(?P<last>\d+(?:[.,]\d+)?)\s*(?:%|per\s?cent|percent)"
_FIRST = r"(?:(?P<first>\d+(?:[.,]\d+)?)\s*(?:%|per\s?cent)?\s*(?:-|–|to|and)\s*)?"
_PERCENT = re.compile(_FIRST + _LAST, re.IGNORECASE)
_PARTS = (
    ("three quarters of a per", "0.75"),
    ("a quarter of a per", "0.25"),
    ("half a per", "0.5"),
    ("one per", "1"),
)
_HUNDRED = Decimal(100)


class GDP(NamedTuple):
    """The gross domestic products of a file, in current prices, by country and year.

    ``values`` has the amount, to the unit, and its currency; ``vintage`` is what the file says of
    its edition, None where it says nothing; ``sha256`` is that of the file.
    """

    name: str
    vintage: str | None
    sha256: str
    values: Mapping[tuple[str, int], tuple[Decimal, str]]

    def years(self, country: str) -> list[int]:
        """The years that the file has of a country."""
        return sorted(year for name, year in self.values if name == country)

    @property
    def source(self) -> str:
        """The file, and its edition, for a line to quote."""
        edition = f"vintage {self.vintage}" if self.vintage else "the file names no vintage"
        return f"{self.name}, {edition}, sha256 {self.sha256[:12]}"


class ShareOfGDP(NamedTuple):
    """What a share of a country's GDP of a year is in money; ``str`` is the sentence to quote.

    ``low`` and ``high`` are what the printed digits of the share leave open. Without an amount,
    ``note`` says why: ``unknown, because ...``.
    """

    share: str
    country: str
    year: int | None
    amount: Decimal | None
    low: Decimal | None
    high: Decimal | None
    currency: str
    gdp: Decimal | None
    gdp_currency: str | None
    source: str
    note: str

    def to_dict(self) -> dict[str, Any]:
        """The fields, ready for JSON: amounts as plain decimal strings."""
        return {
            name: f"{value:f}" if isinstance(value, Decimal) else value
            for name, value in zip(self._fields, self, strict=True)
        }

    def __str__(self) -> str:
        if self.amount is None or self.low is None or self.high is None or self.gdp is None:
            return f"{self.share} of the GDP of {self.country}: {self.note}"
        reach = ""
        if self.low != self.high:
            reach = f" ({in_words(self.low, 3)} to {in_words(self.high, 3)} by its digits)"
        return (
            f"{self.share} of the GDP of {self.country} in {self.year} is "
            f"{in_words(self.amount, 3)} {self.currency}{reach}: GDP "
            f"{in_words(self.gdp, 4)} {self.gdp_currency} ({self.source})"
            f"{'; ' + self.note if self.note else ''}"
        )


def read_gdp(path: str | os.PathLike[str]) -> GDP:
    """Read a CSV of GDP in current prices: one row a country and year, or a column a year.

    A row a country and year: ``country`` (name or ISO code), ``year``, ``gdp`` (or ``value``),
    ``currency``, and where there is one ``unit`` (million, billion). A column a year: as the World
    Bank and the IMF publish it. The edition is read from a column ``vintage`` or from the lines
    above the header ("Last Updated Date"). Raises UnreadableInputError, naming what is missing, and
    for figures in constant prices or purchasing power, which are no base for a share.
    """
    name = Path(path).name
    try:
        with Path(path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableInputError(f"{path}: {error.strerror or error}", str(path)) from error
    if len(content) > MAX_BYTES:
        raise UnreadableInputError(f"{name}: larger than {MAX_BYTES:,} bytes", name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInputError(f"{name}: a table of GDP must be UTF-8 text", name) from error
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=_mark(text)) if any(row)]
    except csv.Error as error:
        raise UnreadableInputError(f"{name}: not a readable CSV file ({error})", name) from error
    above, header, body = _header(rows, name)
    values, told = _values(header, body, name)
    if not values:
        raise UnreadableInputError(f"{name}: no GDP of a country and a year is in it", name)
    vintage = "; ".join(dict.fromkeys(told)) or _edition(above)
    return GDP(name, vintage or None, hashlib.sha256(content).hexdigest(), values)


def _mark(text: str) -> str:
    """What separates the cells, by the first line that is no note."""
    first = next((line for line in text.splitlines() if line and line[0] != "#"), "")
    return max(",;\t", key=first.count)


def _header(rows: list[list[str]], name: str) -> tuple[list[list[str]], list[str], list[list[str]]]:
    for number, row in enumerate(rows[:30]):
        cells = [cell.strip().lower() for cell in row]
        named = any(cell in (*_COUNTRY, *_CODE) for cell in cells)
        if named and (any(cell in _YEAR for cell in cells) or any(map(_is_year, cells))):
            return rows[:number], cells, rows[number + 1 :]
    raise UnreadableInputError(
        f"{name}: a table of GDP has the columns country, year, gdp, currency, "
        "or a country and one column a year",
        name,
    )


def _is_year(cell: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d(?: \[yr\d{4}\])?", cell) is not None


def _edition(above: Iterable[Sequence[str]]) -> str:
    for row in above:
        line = " ".join(cell.strip(" #") for cell in row if cell.strip(" #"))
        found = _ABOVE.search(line)
        if found is not None:
            return found[1].strip(" .,;")
    return ""


def _values(
    header: list[str], body: list[list[str]], name: str
) -> tuple[dict[tuple[str, int], tuple[Decimal, str]], list[str]]:
    found: dict[tuple[str, int], tuple[Decimal, str]] = {}
    told: list[str] = []
    wide = [(place, int(cell[:4])) for place, cell in enumerate(header) if _is_year(cell)]
    for row in body:
        cells = dict(zip(header, row, strict=False))
        country = _country(cells)
        if country is None:
            continue
        about = " ".join(cells.get(column, "") for column in _UNIT)
        about += " " + " ".join(column for column in header if column.startswith("gdp"))
        _refuse_constant(about, name)
        money, scale = _money(about, name, country), _scale(about)
        years = [(year, row[place]) for place, year in wide if place < len(row)]
        if not wide:
            years = [(_year(cells, name), next((cells[c] for c in _VALUE if c in cells), ""))]
        for year, cell in years:
            amount = _amount(cell, name, country, year)
            if amount is not None:
                pair = amount.scaleb(scale), money
                if found.setdefault((country, year), pair) != pair:
                    raise UnreadableInputError(
                        f"{name}: {country} has two GDPs of {year}; leave one edition", name
                    )
        told += [cells[column].strip() for column in _VINTAGE if cells.get(column, "").strip()][:1]
    return found, told


def _country(cells: Mapping[str, str]) -> str | None:
    for column in _COUNTRY:
        known = parties.canonical(cells.get(column, "").strip())
        if known is not None:
            return known
    for column in (*_CODE, *_COUNTRY):
        code = cells.get(column, "").strip().upper()
        alpha2 = _alpha2().get(code, code)
        party = party_of_code(alpha2) if len(alpha2) == 2 else None
        if party is not None:
            return party.name
    return None


def _alpha2() -> dict[str, str]:
    rows = data_tables.table("country_codes")
    return {code: row["code"] for row in rows for code in row["alpha3"].split("|")}


def _refuse_constant(about: str, name: str) -> None:
    found = _NOT_NOMINAL.search(about)
    if found is not None:
        raise UnreadableInputError(
            f"{name}: {' '.join(about.split())!r} is no GDP in current prices ({found[0]}); "
            "a share of GDP is one of current prices: give that series",
            name,
        )


def _money(about: str, name: str, country: str) -> str:
    lower = about.lower()
    for word in re.findall(r"[A-Za-z]{3}", about):
        if re.search(rf"(?<![A-Za-z]){word}(?![A-Za-z])", about) and word.isupper():
            try:
                return known_currency(word).code
            except UsageError:
                continue
    for sign, code in _SIGNS:
        if sign in lower:
            return code
    if "national currency" in lower or "lcu" in lower:
        own = parties.currencies_of(country)
        if own:
            return own[0]
    raise UnreadableInputError(
        f"{name}: the currency of the GDP of {country} is not said; add a column currency", name
    )


def _scale(about: str) -> int:
    return next((power for word, power in _SCALES if word in about.lower()), 0)


def _year(cells: Mapping[str, str], name: str) -> int:
    cell = next((cells[column] for column in _YEAR if column in cells), "").strip()
    if not re.match(r"(?:19|20)\d\d\b", cell):
        raise UnreadableInputError(f"{name}: {cell!r} is no year", name)
    return int(cell[:4])


def _amount(cell: str, name: str, country: str, year: int) -> Decimal | None:
    plain = cell.strip().replace(",", "").replace(" ", "").replace("\u00a0", "")
    if plain.lower() in ("", "..", "n/a", "na", "--", ":", "-"):
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal(0)
    if not amount.is_finite() or amount <= 0:
        raise UnreadableInputError(
            f"{name}: {cell!r} is no GDP of {country} in {year}; write 78400 or 78400.5", name
        )
    return amount


def share_of_gdp(
    share: str,
    country: str,
    year: int | None,
    gdp: GDP | str | os.PathLike[str],
    currency: str | None = None,
    rates: Rates = None,
) -> ShareOfGDP:
    """What ``share`` ("0.25%") of the GDP of ``country`` in ``year`` is in ``currency``.

    ``gdp`` is a file, or what ``read_gdp`` made of it. GDP is money of a whole year, so it is
    converted at the average rate of that year. A country or year that the file lacks gives no
    amount but ``unknown, because ...``. Raises UsageError for what is no share or no country.
    """
    table = gdp if isinstance(gdp, GDP) else read_gdp(gdp)
    ends = percent(share)
    if ends is None:
        raise UsageError(f"{share!r} is no share in per cent; write 0.25%")
    name = parties.canonical(country)
    if name is None:
        raise UsageError(f"{country!r} is no country that is known here; write it as in Lithuania")
    told = known_currency(currency).code if currency else None
    found = table.values.get((name, year)) if year is not None else None
    if found is None:
        return _unknown(share, name, year, told, table, _lack(table, name, year))
    amount, own = found
    code, note = told or own, ""
    unit = Decimal(1)
    if code != own:
        try:
            at = convert(1, own, code, str(year), "spot", rates)
        except NoRateError as error:
            return _unknown(share, name, year, told, table, f"unknown, because {error}")
        unit, note = at.rate, f"1 {own} = {at.rate:.6g} {code}, the average of {year} ({at.source})"
    low, point, high = (amount * unit * end / _HUNDRED for end in ends)
    return ShareOfGDP(
        share, name, year, point, low, high, code, amount, own, table.source, note
    )  # fmt: skip


def _unknown(
    share: str, country: str, year: int | None, code: str | None, table: GDP, note: str
) -> ShareOfGDP:
    return ShareOfGDP(
        share, country, year, None, None, None, code or "", None, None, table.source, note
    )


def _lack(table: GDP, country: str, year: int | None) -> str:
    years = table.years(country)
    if not years:
        return f"unknown, because {table.name} has no GDP of {country}"
    has = f"{years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}"
    if year is None:
        return f"unknown, because no year is known; {table.name} has {has}"
    return f"unknown, because {table.name} has no GDP of {country} in {year}, only of {has}"


def percent(text: str) -> tuple[Decimal, Decimal, Decimal] | None:
    """The least, the printed and the largest share in per cent that ``text`` allows.

    >>> percent("0.25% of its GDP"), percent("twice as much")
    ((Decimal('0.245'), Decimal('0.25'), Decimal('0.255')), None)
    """
    found = _PERCENT.search(text)
    if found is not None:
        first, last = (_read(found[name]) for name in ("first", "last"))
        assert last is not None
        if first is not None and first[0] < last[0]:
            return first[0], (first[0] + last[0]) / 2, last[0]
        return last[0] - last[1], last[0], last[0] + last[1]
    lower = " ".join(text.lower().split())
    for words, number in _PARTS:
        if words in lower:
            return (Decimal(number),) * 3
    return None


def _read(text: str | None) -> tuple[Decimal, Decimal] | None:
    """A number and half a unit of its last digit."""
    if text is None:
        return None
    number = Decimal(text.replace(",", "."))
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return number, Decimal(5).scaleb(exponent - 1)


def shares_of_gdp(
    claims: pd.DataFrame,
    gdp: GDP | str | os.PathLike[str],
    currency: str | None = None,
    *,
    year: int | None = None,
    rates: Rates = None,
) -> pd.DataFrame:
    """What the shares of GDP among ``claims`` are in money; one row a claim of role ``relative``.

    The year is that of the claim's day unless ``year`` is given; the country is its one donor.
    ``answer`` is the sentence to quote, or says why the amount is unknown.
    """
    table = gdp if isinstance(gdp, GDP) else read_gdp(gdp)
    code = known_currency(currency).code if currency else None
    told = [row for row in schema.records(claims) if row["role"] == "relative"]
    return schema.frame([_claim(row, table, code, year, rates) for row in told], COLUMNS)


def _claim(
    row: Mapping[str, Any], table: GDP, code: str | None, year: int | None, rates: Rates
) -> dict[str, Any]:
    found = {name: row.get(name) for name in ("claim_id", "source", "text", "donor", "recipient")}
    day = row.get("value_date") or row.get("published")
    of = year if year is not None else (day.year if day is not None else None)
    words = f"{row['text']} {row.get('sentence') or ''}"
    why = _no_share(str(row["text"]), words, row.get("donor"))
    if why is not None:
        return found | {"year": of, "answer": f"unknown, because {why}"}
    share = _PERCENT.search(str(row["text"]))
    value = share_of_gdp(
        share[0] if share else str(row["text"]), str(row["donor"]), of, table, code, rates
    )
    numbers = {
        name: None if (number := getattr(value, name)) is None else float(number)
        for name in ("amount", "low", "high")
    }
    yearly = "; the source says: each year" if "annual" in str(row.get("period") or "") else ""
    return (
        found
        | numbers
        | {
            "year": of,
            "currency": value.currency or None,
            "answer": f"{value}{yearly if value.amount is not None else ''}",
        }
    )


def _no_share(text: str, words: str, donor: Any) -> str | None:
    """Why a relative claim is no share of the GDP of one country."""
    if percent(text) is None:
        return "it is no share of GDP"
    if re.search(r"\bGN[IP]\b|national income", text):
        return "it is a share of national income (GNI), and the file has GDP"
    if not re.search(r"\bGDP\b|gross domestic product|economic output", words, re.IGNORECASE):
        return "the sentence does not say of what it is a share"
    if donor is None:
        return "the text does not say whose GDP it is"
    return "it is given by several, each with a GDP of its own" if "|" in str(donor) else None
