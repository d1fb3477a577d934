"""A table that a person brings, as a claims table: what it lacks is filled, the rest is kept."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, TypeVar

import pandas as pd

from rates import tsv

from .. import schema
from ..documents import Source, find_sources, given_date, read_bytes
from . import cells, layouts
from .columns import Mapped, fold, match_columns
from .shapes import (
    NOTE_REASON,
    PART_REASON,
    SUM_REASON,
    YEAR_AMOUNT,
    YEAR_COLUMN,
    is_header,
    is_part,
    is_sum,
    shape,
)

_DATA = Path(__file__).resolve().parents[1] / "data"
ROLES = ("pledge", "total", "target", "relative", "noise")
STATUSES = {row["name"]: row["status"] for row in tsv.rows(_DATA / "status_names.tsv")}
_PHRASES = [
    (row["phrase"].casefold(), row["qualifier"], row["bound"])
    for row in tsv.rows(_DATA / "qualifiers.tsv")
    if row["qualifier"]
]
QUALIFIERS = {phrase: qualifier for phrase, qualifier, _ in _PHRASES}
BOUNDS = {qualifier: bound for _, qualifier, bound in _PHRASES if bound in ("low", "high")}
POWERS = {str(power): Decimal(10) ** power for power in (0, 3, 6, 9, 12)}
POWERS |= {"units": Decimal(1), "unit": Decimal(1), "ones": Decimal(1)}
POWERS |= {"thousands": Decimal(10**3), "millions": Decimal(10**6), "billions": Decimal(10**9)}
# What people write into a cell that they have nothing for.
PLACEHOLDERS = frozenset(
    "- – — . .. ... … n/a n.a. na nd n.d. none nil unknown tbd tba".split()
) | {
    "not given",
    "not available",
    "not applicable",
    "not disclosed",
    "undisclosed",
}
MOST_PROBLEMS = 5  # rows named for one kind of problem; the others are counted
ID_LENGTH = 16  # hex digits, 64 bits: no two rows of a million meet by chance

_T = TypeVar("_T")


class _Table:
    """The rows while they are read: raw cells by claims column, results, problems by kind."""

    def __init__(self, raw: layouts.Raw, mapped: Mapped, name: str, years: bool = False) -> None:
        self.frame = raw.frame
        self.raw = raw
        self.names = mapped.names
        self.mapped = mapped
        self.name = name
        self.years = years
        self.notes: list[str] = []
        self.count = len(raw.frame)
        self.data: dict[str, list[Any]] = {}
        self.problems: dict[str, list[int]] = {}
        self.numbers = [raw.first_row + int(label) for label in raw.frame.index]

    def cells(self, column: str) -> list[str | None]:
        """The cells of a claims column as text, missing ones None."""
        if column not in self.names:
            return [None] * self.count
        return self.own(self.names[column])

    def own(self, name: str) -> list[str | None]:
        """The cells of a column by the table's own name."""
        series = self.frame[name]
        if isinstance(series, pd.DataFrame):  # two columns of one name: the first
            series = series.iloc[:, 0]
        missing = series.isna().tolist()
        return [None if no else _text(v) for v, no in zip(series.tolist(), missing, strict=True)]

    def report(self, row: int, message: str) -> None:
        self.problems.setdefault(message, []).append(self.numbers[row])

    def excuse(self, rows: list[int]) -> None:
        """Take back what was reported of rows that hold no claim."""
        if rows:
            left = {m: [n for n in found if n not in rows] for m, found in self.problems.items()}
            self.problems = {message: found for message, found in left.items() if found}

    def each(
        self, column: str, read: Callable[[str], _T], problem: Callable[[_T], str | None]
    ) -> list[_T | None]:
        """Read every cell of a column; a cell with a problem is reported."""
        found: list[_T | None] = []
        for row, cell in enumerate(self.cells(column)):
            if cell is not None and cell.strip().casefold() in PLACEHOLDERS:
                cell = None
            result = None if cell is None else read(cell)
            if result is not None and (message := problem(result)):
                self.report(row, f"{column}: {message}")
            found.append(result)
        return found


def read_table(
    table: Source | str | os.PathLike[str] | IO[Any],
    source: str | None = None,
    columns: Mapping[str, str] | None = None,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
) -> pd.DataFrame:
    r"""Read a table of claims into the columns of ``schema.CLAIMS``, its other columns kept after.

    Needs an amount, as numbers or as printed text. ``columns`` maps claims columns to the table's
    own names; other guesses are in ``attrs["columns"]``. ``published`` and ``publisher`` fill
    rows without their own. A cell that cannot be read is missing, and ``attrs["problems"]`` says
    so with its row, as a person counts them (the header is row 1).

    Raises UnreadableInputError when the file or its amount column cannot be read.

    >>> import io
    >>> claims = read_table(io.StringIO("donor,amount,currency\nUSA,683m,EUR\n"), "a.csv")
    >>> claims[["donor", "amount", "currency", "text"]].values.tolist()
    [['United States', 683000000.0, 'EUR', '683m EUR']]
    """
    found = table if isinstance(table, Source) else find_sources(table)[0]._replace(kind="table")
    name = source or found.name
    return _claims(read_bytes(found), name, columns, given_date(published), publisher)


def _claims(
    data: bytes,
    name: str,
    given: Mapping[str, str] | None,
    published: datetime.date | None,
    publisher: str | None,
) -> pd.DataFrame:
    shaped = shape(layouts.load(data, name, is_header), given)
    raw = shaped.raw
    if shaped.years:
        own = {"amount": YEAR_AMOUNT, "value_date": YEAR_COLUMN}
        given = {**({"donor": shaped.donor} if shaped.donor else {}), **(given or {}), **own}
    mapped = match_columns([str(c) for c in raw.frame.columns], given, name)
    notes = list(shaped.notes)
    if shaped.unit is not None and mapped.currency is None and mapped.scale == 1:
        mapped = mapped._replace(currency=shaped.unit.currency, scale=shaped.unit.scale)
    if mapped.scale != 1 or mapped.currency:
        notes.append(_unit_note(mapped))
    table = _Table(raw, mapped, name, shaped.years)
    for column, kind in schema.CLAIMS.items():
        if kind == "text":
            table.data[column] = table.cells(column)
    _fill_amounts(table)
    _fill_dates(table, published)
    _fill_words(table, publisher)
    notes += table.notes + _sort_rows(table)
    _fill_ids(table)
    kinds = schema.frame([], schema.CLAIMS).dtypes
    records = pd.DataFrame(
        {column: pd.Series(table.data[column], dtype=kinds[column]) for column in schema.CLAIMS}
    )
    used = set(mapped.names.values())
    for column in raw.frame.columns:
        if column not in used and column not in records:
            records[column] = raw.frame[column].array
    records.attrs["columns"] = dict(mapped.guessed)
    records.attrs["problems"] = _problems(table)
    records.attrs["notes"] = notes
    return records


def _text(value: Any) -> str:
    if isinstance(value, str):
        # Our own CSV puts an apostrophe before text that a spreadsheet would run.
        return value[1:] if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@") else value
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e17:
        return str(int(value))
    return str(value)


def _number(table: _Table, column: str) -> list[Decimal | None]:
    def read(cell: str) -> cells.Amount:
        return cells.read_amount(cell, continental=table.raw.continental)

    found = table.each(column, read, lambda amount: amount.problem)
    return [None if item is None else item.amount for item in found]


def _fill_amounts(table: _Table) -> None:
    """Amounts, their bounds, currency and printed form."""

    def read(cell: str) -> cells.Amount:
        return cells.read_amount(cell, continental=table.raw.continental)

    amounts = table.each("amount", read, lambda amount: amount.problem)
    money = table.each("currency", cells.read_currency, lambda found: found.problem)
    lows = _number(table, "amount_low")
    highs = _number(table, "amount_high")
    for column in ("start", "end"):
        table.data[column] = [_float(value) for value in _number(table, column)]
    filled: dict[str, list[Any]] = {
        c: [] for c in ("amount", "amount_low", "amount_high", "currency", "text", "qualifier")
    }
    scales = _row_scales(table)
    for row in range(table.count):
        amount = amounts[row] or cells.Amount()
        if row in table.raw.unsafe:
            amount = cells.Amount()
        if amount.currency is None and amount.basis is None and amount.amount is not None:
            scale = scales[row]
            amount = cells.Amount() if scale is None else _scaled(amount, scale)
        elif amounts[row] is None and not (lows[row] or highs[row] or table.data["text"][row]):
            table.report(row, "amount: the cell is empty")
        qualifier = _qualifier(table, row) or amount.qualifier
        filled["qualifier"].append(qualifier)
        low, high = _bounds(amount, qualifier, lows[row], highs[row])
        filled["amount"].append(_float(amount.amount))
        filled["amount_low"].append(_float(low))
        filled["amount_high"].append(_float(high))
        code = _currency(table, row, amount, money[row])
        filled["currency"].append(code)
        filled["text"].append(table.data["text"][row] or _printed(amount, code))
    table.data.update(filled)


def _unit_note(mapped: Mapped) -> str:
    words = {Decimal(1000): "thousand", Decimal(10**6): "million", Decimal(10**9): "billion"}
    scale = "" if mapped.scale == 1 else words.get(mapped.scale, f"× {mapped.scale:f}")
    unit = f"{mapped.currency or ''} {scale}".strip()
    return f"amounts read in {unit}, as the header or title says"


def _row_scales(table: _Table) -> list[Decimal | None]:
    """The scale of every row: of the header, times the row's own power of ten; None = unknown."""
    common = table.mapped.scale
    if table.mapped.power is None:
        return [common] * table.count
    found: list[Decimal | None] = []
    for row, cell in enumerate(table.own(table.mapped.power)):
        scale = POWERS.get((cell or "0").strip().casefold())
        if scale is None:
            table.report(
                row, f"{table.mapped.power}: {cell!r} is no power of ten; the amount is left out"
            )
        found.append(None if scale is None else common * scale)
    return found


def _scaled(amount: cells.Amount, scale: Decimal) -> cells.Amount:
    if scale == 1 or amount.amount is None:
        return amount
    value = amount.amount * scale
    words = {Decimal(1000): "thousand", Decimal(10**6): "million", Decimal(10**9): "billion"}
    text = f"{amount.text} {words[scale]}" if scale in words else f"{value:,f}"
    return amount._replace(amount=value, low=value, high=value, text=text)


def _qualifier(table: _Table, row: int) -> str | None:
    word = table.data["qualifier"][row]
    if word is None:
        return None
    folded = " ".join(str(word).casefold().split())
    known = QUALIFIERS.get(folded)
    if known is None and folded not in QUALIFIERS.values():
        table.report(row, f"qualifier: {word!r} is kept, but its meaning is not known")
    return known or str(word)


def _bounds(
    amount: cells.Amount, qualifier: str | None, low: Decimal | None, high: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    if low is not None or high is not None:
        return low, high
    if amount.amount is None:
        return amount.low, amount.high
    bound = BOUNDS.get(qualifier or "")
    return (
        None if bound == "high" else amount.amount,
        None if bound == "low" else amount.amount,
    )


def _currency(
    table: _Table, row: int, amount: cells.Amount, money: cells.Money | None
) -> str | None:
    """Settle the currency of a row between its own column, the amount's text and the header."""
    data = table.data
    header = table.mapped.currency
    if header is not None and (amount.currency is None or "currency" not in table.names):
        named = cells.read_currency(header)
        if money is None or money.code is None or _speaks_of_origin(table.names.get("currency")):
            money = named
        elif named.code not in (money.code, *money.candidates):
            table.report(
                row,
                f"currency: the header says {named.code}, the column says {money.code}; "
                "the currency is left open",
            )
            money = cells.Money(candidates=(named.code or header, money.code))
    stated = money.code if money is not None else None
    if amount.currency is None or stated is None:
        code = stated or (amount.currency if money is None else None)
        basis = money.basis if stated and money else amount.basis
        candidates = money.candidates if stated and money else amount.candidates
    elif stated == amount.currency or stated in amount.candidates:
        code, basis, candidates = stated, money.basis if money else None, ()
    else:
        table.report(
            row,
            f"currency: the amount says {amount.currency}, the column says {stated}; "
            "the currency is left open",
        )
        code, basis, candidates = None, None, (stated, amount.currency)
    if code is not None or candidates:
        data["currency_basis"][row] = data["currency_basis"][row] or basis
        shown = "|".join(candidates or ((code,) if code else ()))
        data["currency_candidates"][row] = data["currency_candidates"][row] or shown
    return code


def _speaks_of_origin(column: str | None) -> bool:
    """A column "Original currency" is not about an amount that says its own currency."""
    return column is not None and fold(column).startswith(("original", "source", "reporting"))


def _printed(amount: cells.Amount, code: str | None) -> str | None:
    if not amount.text:
        return None
    if amount.currency is not None or code is None or amount.problem:
        return amount.text
    return f"{amount.text} {code}"


def _days(table: _Table, column: str) -> list[cells.Day | None]:
    """The dates of a column; one that settles the order of day and month settles it for all."""
    order = cells.day_order(cell for cell in table.cells(column) if cell is not None)
    if order is not None:
        table.notes.append(f"{column}: dates such as {order.example} show the order {order.shown}")

    def read(cell: str) -> cells.Day:
        return cells.read_day(cell, day_first=None if order is None else order.day_first)

    return table.each(column, read, lambda day: day.problem)


def _fill_dates(table: _Table, given: datetime.date | None) -> None:
    """Publication, value date and as-of date; the value date falls back on publication."""
    data = table.data
    published, value, as_of = (_days(table, c) for c in ("published", "value_date", "as_of"))
    data["as_of"] = [day.date if day else None for day in as_of]
    data["published"], data["value_date"] = [], []
    brings = "value_date" in table.names
    for row in range(table.count):
        own = published[row]
        basis = "published"
        if (own is None or own.date is None) and given is not None:
            own, basis = cells.Day(given, "day"), "given"
        data["published"].append(own.date if own else None)
        day = value[row]
        if day is not None and day.date is not None:
            basis = "stated"
        elif day is None and not (brings and data["value_date_basis"][row]):
            day = own
        data["value_date"].append(day.date if day else None)
        if day is not None and day.date is not None:
            precision = data["value_date_precision"][row] or day.precision
            data["value_date_precision"][row] = precision
            data["value_date_basis"][row] = data["value_date_basis"][row] or basis


def _fill_words(table: _Table, publisher: str | None) -> None:
    """Source, publisher, role, status and parties in the words of this project."""
    data = table.data
    data["source"] = [cell or table.name for cell in data["source"]]
    data["publisher"] = [cell or publisher for cell in data["publisher"]]
    for column in ("donor", "recipient"):
        data[column] = [cell and cells.read_parties(cell) for cell in data[column]]
    stage = fold(table.names.get("status", ""))  # IATI: transaction type 2
    for row in range(table.count):
        role = (data["role"][row] or "pledge").strip().lower()
        if role not in ROLES:
            table.report(row, f"role: {role!r} is none of {', '.join(ROLES)}; read as pledge")
            role = "pledge"
        data["role"][row] = role
        word = data["status"][row]
        folded = (word or "unknown").strip().lower()
        status = STATUSES.get(f"{stage} {folded}") or STATUSES.get(folded)
        if status is None:
            table.report(row, f"status: {word!r} is not a known stage; left as unknown")
        if word and status != word:
            data["status_text"][row] = data["status_text"][row] or word
        data["status"][row] = status or "unknown"


def _sort_rows(table: _Table) -> list[str]:
    """Rows of sums, and lines of notes below a table, are no claims: they get the role noise."""
    frame = table.frame
    if "role" in table.names or len(frame.columns) < 2:
        return []
    leading = table.own(str(frame.columns[0]))
    alone = frame.iloc[:, 1:].isna().all(axis=1).tolist()
    if frame.columns[0] in [table.names.get(c) for c in ("amount", "amount_low", "published")]:
        alone = [False] * table.count
    sums: list[int] = []
    remarks: list[int] = []
    named = zip(leading, table.cells("donor"), table.cells("recipient"), strict=True)
    for row, names in enumerate(named):
        if any(map(is_sum, names)):
            table.data["role"][row] = "noise"
            table.data["noise_reason"][row] = SUM_REASON
            sums.append(table.numbers[row])
        elif any(map(is_part, names)):
            table.data["role"][row] = "noise"
            table.data["noise_reason"][row] = PART_REASON
            sums.append(table.numbers[row])
        elif alone[row] and leading[row]:
            table.data["role"][row] = "noise"
            table.data["noise_reason"][row] = NOTE_REASON
            remarks.append(table.numbers[row])
    table.excuse(remarks)
    if not sums:
        return []
    shown = ", ".join(map(str, dict.fromkeys(sums[:MOST_PROBLEMS])))
    more = " …" if len(sums) > MOST_PROBLEMS else ""
    return [f"row {shown}{more} read as sums or parts of others: role noise, counted nowhere"]


def _fill_ids(table: _Table) -> None:
    """Keep the ids that a table brings, and make the missing ones from place and content."""
    data = table.data
    seen: dict[str, int] = {}
    content = ("text", "currency", "donor", "recipient", "published", "role", "purpose")
    for row in range(table.count):
        own = data["claim_id"][row]
        if own is None:
            parts = [table.name, str(table.numbers[row]), *(str(data[c][row]) for c in content)]
            if table.years:
                parts.append(str(data["value_date"][row]))
            digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace"))
            data["claim_id"][row] = own = digest.hexdigest()[:ID_LENGTH]
        elif own in seen:
            table.report(row, f"claim_id: {own!r} stands in row {seen[own]} already")
        seen.setdefault(own, table.numbers[row])


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _problems(table: _Table) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"source": table.name, "message": f"{table.name}: {m}"} for m in table.raw.problems
    ]
    for message, rows in table.problems.items():
        named = ", ".join(str(row) for row in rows[:MOST_PROBLEMS])
        more = f" and {len(rows) - MOST_PROBLEMS} more" if len(rows) > MOST_PROBLEMS else ""
        label = "row" if len(rows) == 1 else "rows"
        shown = f"{table.name}, {label} {named}{more}: {message}"
        found.append({"source": table.name, "message": shown, "rows": list(rows)})
    return found
