"""A table of rates that the user brings: CSV or Parquet with date, currency, rate, base.

One row says that on ``date`` 1 ``base`` was worth ``rate`` units of ``currency``. The whole file
is read and judged before the first conversion: a wrong cell is an error that names it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from . import ecb
from .bridge import Bridged, Quote
from .currencies import currency, known
from .errors import NoRateError, UnknownCurrencyError, UnreadableInputError, UsageError
from .fixings import Fixings
from .policies import parse_iso

COLUMNS = ("date", "currency", "rate", "base")
MAX_BYTES = 200_000_000
_LAYOUT = "a table of rates has the columns date, currency, rate, base"
_SEPARATORS = ",;\t"


class _Row(NamedTuple):
    number: int  # as a spreadsheet counts: the header is row 1
    day: date
    currency: str
    rate: Decimal
    text: str
    base: str


def read_rates(path: str | os.PathLike[str], through: Fixings | None = None) -> Fixings:
    """Read the table of rates at ``path``; its source is the file's name, its version the sha256.

    CSV (UTF-8; commas, semicolons or tabs) or Parquet, any order of rows and columns; further
    columns are left aside. A ``base`` other than EUR is bridged with the rate of that day in
    ``through`` (the ECB's table). Raises UnreadableInputError, naming row and value: no such
    column, no ISO day, no positive number, no currency, one day twice with different rates, a
    base without a rate on that day.
    """
    name = os.path.basename(os.fspath(path))  # noqa: PTH119 (pathlib costs a cold start 5 ms)
    table = ecb.fixings() if through is None else through
    content = _content(path, name)
    cells = _parquet(path, name) if content[:4] == b"PAR1" else _csv(content, name)
    found: dict[tuple[date, str], _Row] = {}
    for number, record in cells:
        row = _row(number, record, name, table)
        other = found.setdefault((row.day, row.currency), row)
        if (other.rate, other.base) != (row.rate, row.base):
            raise _unreadable(
                name,
                number,
                f"{row.currency} of {row.day} is {row.text} per 1 {row.base} here and "
                f"{other.text} per 1 {other.base} in row {other.number}; keep one of the two",
            )
    if not found:
        raise UnreadableInputError(f"{name} has no rates; {_LAYOUT}", name)
    quotes: dict[str, list[Quote]] = {}
    for row in found.values():
        iso = row.day.isoformat()
        quotes.setdefault(row.currency, []).append(Quote(iso, iso, row.text, row.base))
    days = sorted({day.isoformat() for day, _ in found})
    return Bridged(name, lambda: _version(days[-1], content), days, quotes, table)


def _content(path: str | os.PathLike[str], name: str) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableInputError(
            f"{os.fspath(path)}: {error.strerror}; {_LAYOUT}", os.fspath(path)
        ) from None
    if len(content) > MAX_BYTES:
        raise UnreadableInputError(
            f"{name} is larger than {MAX_BYTES // 1_000_000} MB; split it, or keep the "
            "currencies and years that are needed",
            name,
        )
    return content


def _version(last: str, content: bytes) -> str:
    import hashlib  # 3 ms that a conversion without a file does not need

    return f"{last} sha256:{hashlib.sha256(content).hexdigest()[:12]}"


def _csv(content: bytes, name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    import csv  # as above
    import io

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableInputError(
            f"{name} is not UTF-8 text; save it as CSV UTF-8", name
        ) from None
    head = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=head.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        header = [cell.strip().lower() for cell in next(reader, [])]
        _check_columns(header, name)
        places = {column: header.index(column) for column in COLUMNS}
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) < len(header):
                raise _unreadable(
                    name, reader.line_num, f"{len(cells)} cells where the header has {len(header)}"
                )
            yield reader.line_num, {column: cells[place] for column, place in places.items()}
    except csv.Error as error:
        raise UnreadableInputError(f"{name} is not a CSV table: {error}", name) from None


def _parquet(path: str | os.PathLike[str], name: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        import pandas as pd

        frame = pd.read_parquet(path)
    except ImportError:
        raise UnreadableInputError(
            f"{name}: reading Parquet needs pyarrow; pip install 'pledgecalc[parquet]'", name
        ) from None
    except Exception as error:  # what a broken file raises depends on the engine
        raise UnreadableInputError(f"{name} is not a Parquet table: {error}", name) from None
    frame.columns = [str(column).strip().lower() for column in frame.columns]
    _check_columns(list(frame.columns), name)
    columns = [frame[column].tolist() for column in COLUMNS]
    for number, cells in enumerate(zip(*columns, strict=True), start=2):
        texts = (repr(cell) if isinstance(cell, float) else str(cell) for cell in cells)
        yield number, dict(zip(COLUMNS, texts, strict=True))


def _check_columns(header: Iterable[str], name: str) -> None:
    columns = list(header)
    for column in COLUMNS:
        if columns.count(column) != 1:
            many = "two columns" if column in columns else "no column"
            raise UnreadableInputError(
                f"{name} has {many} {column!r}; {_LAYOUT}, it has {', '.join(columns) or 'none'}",
                name,
            )


def _row(number: int, record: Mapping[str, str], name: str, through: Fixings) -> _Row:
    day = _day(number, record["date"], name)
    code = _code(number, record["currency"], name)
    base = _code(number, record["base"], name)
    text = record["rate"].strip()
    try:
        rate = Decimal(text)
    except InvalidOperation:
        rate = Decimal("NaN")
    if not rate.is_finite() or rate <= 0 or abs(rate.adjusted()) > 15 or "_" in text:
        raise _unreadable(
            name, number, f"{text!r} is not a rate; write a positive number as in 41.22"
        )
    if code == base:
        raise _unreadable(name, number, f"{code} is stated in {base}; give another base")
    if code == "EUR":
        raise _unreadable(
            name,
            number,
            f"EUR per 1 {base} would have to be inverted; write {base} in the column currency, "
            f"EUR in the column base, and the units of {base} per 1 EUR",
        )
    try:
        through.as_of(base, day)
    except NoRateError as error:
        raise _unreadable(
            name, number, f"the base {base} cannot be converted: {error}; use the base EUR"
        ) from None
    return _Row(number, day, code, rate, format(rate, "f"), base)


def _day(number: int, text: str, name: str) -> date:
    try:
        asked = parse_iso(text)
    except UsageError:
        asked = None
    if asked is None or asked.precision != "day":
        raise _unreadable(name, number, f"{text.strip()!r} is not a day; write it as in 2024-11-04")
    return asked.day


def _code(number: int, text: str, name: str) -> str:
    try:
        code = text.strip().upper()
        return code if known(code) else currency(text).code
    except UnknownCurrencyError as error:
        raise _unreadable(name, number, str(error)) from None


def _unreadable(name: str, number: int, words: str) -> UnreadableInputError:
    return UnreadableInputError(f"{name}, row {number}: {words}", name)
