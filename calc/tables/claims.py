"""A table that a person brings, as a claims table: what it lacks is filled, the rest is kept."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Iterable, Mapping
from typing import IO, Any

import pandas as pd

from .. import schema
from ..documents import Source, find_sources, given_date, open_source, read_bytes
from ..documents.grids import TextTable
from ..documents.kinds import HEAD, is_page
from ..text import data_tables
from . import cells, hierarchy, iati, layouts
from .amounts import fill_amounts, unit_note
from .columns import fold, match_columns
from .markup import header_of, of_grid
from .registers import fill_entries, fill_transactions, move_repeated_ids
from .rows import MOST_PROBLEMS, TableRows, problems_of
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

STATUSES = {row["name"]: row["status"] for row in data_tables.table("status_names")}
ID_LENGTH = 16  # hex digits, 64 bits: no two rows of a million meet by chance


def read_table(
    table: Source | str | os.PathLike[str] | IO[Any],
    source: str | None = None,
    columns: Mapping[str, str] | None = None,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
    entry: str | None = None,
    sheet: str | None = None,
) -> pd.DataFrame:
    r"""Read a table of claims into the columns of ``schema.CLAIMS``, its other columns kept after.

    Needs an amount, as numbers or as printed text. ``columns`` maps claims columns to the table's
    own names; other guesses are in ``attrs["columns"]``. ``published`` and ``publisher`` fill
    rows without their own. ``entry`` says whether the rows are separate entries of a register
    ("ledger") or retell what others said ("report"); unsaid, the columns decide, with a note.
    ``sheet`` names the sheet of a workbook, or its number. A
    cell that cannot be read is missing, and ``attrs["problems"]`` says so with its row, as a person
    counts them (the header is row 1).

    Raises UnreadableInputError when the file or its amount column cannot be read.

    >>> import io
    >>> claims = read_table(io.StringIO("donor,amount,currency\nUSA,683m,EUR\n"), "a.csv")
    >>> claims[["donor", "amount", "currency", "text"]].values.tolist()
    [['United States', 683000000.0, 'EUR', '683m EUR']]
    """
    named = {*(columns or {}).values()}
    found = table if isinstance(table, Source) else find_sources(table)[0]._replace(kind="table")
    name = source or found.name
    with open_source(found) as stream:
        head = stream.read(HEAD)
        if iati.is_xml(head) and not is_page(head):
            parts = iati.batches(iati.rejoined(head, stream), name, found.encoding)
            day = given_date(published)
            return _joined(
                (_claims(raw, name, columns, day, publisher, entry), raw.parents) for raw in parts
            )
    raw = layouts.load(
        read_bytes(found), name, is_header, sheet=sheet, encoding=found.encoding, named=named
    )
    return _claims(raw, name, columns, given_date(published), publisher, entry)


def read_grid(
    grid: TextTable,
    name: str,
    number: int,
    columns: Mapping[str, str] | None = None,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
    entry: str | None = None,
) -> pd.DataFrame:
    """Read a table that stands in a document, its ``number``-th; its zone is "table".

    Raises UnreadableInputError when it has no amount column.
    """
    raw = of_grid(grid, is_header)
    where = f"{name}, table {number}"
    claims = _claims(raw, where, columns, given_date(published), publisher, entry)
    claims["source"], claims["zone"] = name, "table"
    return claims


def is_grid(grid: TextTable) -> bool:
    """Tell whether the cells of a table are claims: below a header that names an amount."""
    return header_of(grid, is_header) is not None


def _joined(parts: Iterable[tuple[pd.DataFrame, Mapping[str, str] | None]]) -> pd.DataFrame:
    """The tables of a file that is read piece by piece, as one."""
    pairs = list(parts)
    frames, (*_, parents) = zip(*pairs, strict=True)
    attrs = frames[-1].attrs
    told: dict[str, list[Any]] = {"problems": [], "notes": []}
    for frame in frames:
        for name, items in told.items():
            items += [item for item in frame.attrs[name] if item not in items]
        frame.attrs = {}
    whole = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    if parents and hierarchy.PARENT in whole:
        named = whole["activity"].map(parents).astype(whole[hierarchy.PARENT].dtype)
        whole[hierarchy.PARENT] = whole[hierarchy.PARENT].fillna(named)
    blank: dict[str, list[int]] = {"role": [], "status": []}
    whole.attrs = {**attrs, "problems": told["problems"], "notes": told["notes"], "blank": blank}
    return whole


def _claims(
    raw: layouts.Raw,
    name: str,
    given: Mapping[str, str] | None,
    published: datetime.date | None,
    publisher: str | None,
    entry: str | None,
) -> pd.DataFrame:
    shaped = shape(raw, given)
    raw = shaped.raw
    if shaped.years:
        own = {"amount": YEAR_AMOUNT, "value_date": YEAR_COLUMN}
        given = {**({"donor": shaped.donor} if shaped.donor else {}), **(given or {}), **own}
    mapped = match_columns([str(c) for c in raw.frame.columns], given, name)
    notes = list(shaped.notes)
    if shaped.unit is not None and mapped.currency is None and mapped.scale == 1:
        mapped = mapped._replace(currency=shaped.unit.currency, scale=shaped.unit.scale)
    if mapped.scale != 1 or mapped.currency:
        notes.append(unit_note(mapped))
    table = TableRows(raw, mapped, name, shaped.years)
    for column, kind in schema.CLAIMS.items():
        if kind == "text":
            table.data[column] = table.cells(column)
    fill_amounts(table)
    _fill_dates(table, published)
    blank = _blank(table)
    _fill_words(table, publisher)
    fill_transactions(table)
    move_repeated_ids(table)
    fill_entries(table, entry)
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
    records.attrs["blank"] = _of_claims(blank, table)
    records.attrs["problems"] = problems_of(table)
    records.attrs["notes"] = notes
    return records


def _blank(table: TableRows) -> dict[str, list[int]]:
    """The rows whose role or status no cell says: their words may."""
    return {
        column: [row for row, cell in enumerate(table.data[column]) if not cell]
        for column in ("role", "status")
    }


def _of_claims(blank: dict[str, list[int]], table: TableRows) -> dict[str, list[int]]:
    """Those rows that are claims: not sums of others, nor notes below a table."""
    roles = table.data["role"]
    return {
        column: [row for row in rows if roles[row] != "noise"] for column, rows in blank.items()
    }


def _days(table: TableRows, column: str) -> list[cells.Day | None]:
    """The dates of a column; one that settles the order of day and month settles it for all."""
    order = cells.day_order(cell for cell in table.cells(column) if cell is not None)
    if order is not None:
        table.notes.append(f"{column}: dates such as {order.example} show the order {order.shown}")

    def read(cell: str) -> cells.Day:
        return cells.read_day(cell, day_first=None if order is None else order.day_first)

    return table.each(column, read, lambda day: day.problem)


def _fill_dates(table: TableRows, given: datetime.date | None) -> None:
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


def _fill_words(table: TableRows, publisher: str | None) -> None:
    """Source, publisher, role, status and parties in the words of this project."""
    data = table.data
    data["source"] = [cell or table.name for cell in data["source"]]
    data["publisher"] = [cell or publisher for cell in data["publisher"]]
    for column in ("donor", "recipient"):
        data[column] = [cell and cells.read_parties(cell) for cell in data[column]]
    stage = fold(table.names.get("status", ""))  # IATI: transaction type 2
    for row in range(table.count):
        role = (data["role"][row] or "pledge").strip().lower()
        if role not in schema.ROLES:
            table.report(
                row, f"role: {role!r} is none of {', '.join(schema.ROLES)}; read as pledge"
            )
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


def _sort_rows(table: TableRows) -> list[str]:
    """Rows of sums, and lines of notes below a table, are no claims: they get the role noise."""
    frame = table.frame
    if "role" in table.names or len(frame.columns) < 2:
        return []
    leading: list[str | None] = [None] * table.count
    if frame.columns[0] not in [table.names.get(c) for c in ("amount", "amount_low", "published")]:
        leading = table.own(str(frame.columns[0]))
    alone = frame.iloc[:, 1:].isna().all(axis=1).tolist()
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


def _fill_ids(table: TableRows) -> None:
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
