"""A table that a person brings, as a claims table: what it lacks is filled, the rest is kept."""

from __future__ import annotations

import datetime
import hashlib
import math
import os
from collections.abc import Iterable, Mapping
from typing import IO, Any

import pandas as pd

from rates.errors import UnreadableInputError

from .. import schema
from ..documents import Source, find_sources, given_date, open_source, read_bytes
from ..documents.grids import TextTable
from ..documents.kinds import HEAD, is_page
from . import hierarchy, iati, layouts
from .amounts import EMPTY_AMOUNT, fill_amounts, unit_note
from .columns import Mapped, match_columns, with_amount
from .contents import Contents
from .dated import fill_dates
from .markup import header_of, of_grid
from .raw import refuse_long, refuse_wide
from .registers import fill_entries, fill_transactions, move_repeated_ids
from .rows import TableRows, problems_of, told_apart
from .shapes import YEAR_AMOUNT, YEAR_COLUMN, Shaped, is_header, shape
from .sorting import sort_rows
from .stages import side_by_side, stage_columns
from .told import Told, told
from .units import Unit
from .words import fill_fixed, fill_words, hints

ID_LENGTH = 16  # hex digits, 64 bits: no two rows of a million meet by chance


def read_table(
    table: Source | str | os.PathLike[str] | IO[Any],
    source: str | None = None,
    columns: Mapping[str, str | Iterable[str]] | None = None,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
    entry: str | None = None,
    fixed: Mapping[str, str] | None = None,
    decimal: str | None = None,
    sheet: str | None = None,
) -> pd.DataFrame:
    r"""Read a table of claims into the columns of ``schema.CLAIMS``, its other columns kept after.

    Needs an amount, as numbers or as printed text. ``columns`` maps claims columns to the table's
    own names (``none`` those that are left alone); other guesses are in ``attrs["columns"]``.
    ``fixed`` are constants for what the file does not say (currency, unit, recipient, date, …),
    ``decimal`` is its decimal mark, ``sheet`` the sheet of a workbook. ``published`` and
    ``publisher`` fill rows without their own. ``entry`` says whether the rows are separate entries
    of a register ("ledger") or retell what others said ("report"); unsaid, the columns decide, with
    a note. A cell that cannot be read is missing, and ``attrs["problems"]`` says so with its row,
    as a person counts them (the header is row 1).

    Raises UnreadableInputError when the file or its amount column cannot be read.

    >>> import io
    >>> claims = read_table(io.StringIO("donor,amount,currency\nUSA,683m,EUR\n"), "a.csv")
    >>> claims[["donor", "amount", "currency", "text"]].values.tolist()
    [['United States', 683000000.0, 'EUR', '683m EUR']]
    """
    said = told(columns, fixed, decimal, sheet)
    named = {*said.columns.values(), *said.alone}
    found = table if isinstance(table, Source) else find_sources(table)[0]._replace(kind="table")
    name = source or found.name
    day = given_date(published)
    with open_source(found) as stream:
        head = stream.read(HEAD)
        if iati.is_xml(head) and not is_page(head):
            parts = iati.batches(iati.rejoined(head, stream), name, found.encoding)
            return _joined(
                (_claims(raw, name, said, day, publisher, entry), raw.parents) for raw in parts
            )
    raw = layouts.load(
        read_bytes(found), name, is_header, sheet=sheet, encoding=found.encoding, named=named
    )
    return _claims(raw, name, said, day, publisher, entry)


def read_grid(
    grid: TextTable,
    name: str,
    number: int,
    columns: Mapping[str, str | Iterable[str]] | None = None,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
    entry: str | None = None,
    fixed: Mapping[str, str] | None = None,
    decimal: str | None = None,
) -> pd.DataFrame:
    """Read a table that stands in a document, its ``number``-th; its zone is "table".

    Raises UnreadableInputError when it has no amount column.
    """
    raw = of_grid(grid, is_header)
    where = f"{name}, table {number}"
    said = told(columns, fixed, decimal)
    claims = _claims(raw, where, said, given_date(published), publisher, entry)
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
    whole: pd.DataFrame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    if parents and hierarchy.PARENT in whole:
        named = whole["activity"].map(parents).astype(whole[hierarchy.PARENT].dtype)
        whole[hierarchy.PARENT] = whole[hierarchy.PARENT].fillna(named)
    blank: dict[str, list[int]] = {"role": [], "status": []}
    whole.attrs = {**attrs, "problems": told["problems"], "notes": told["notes"], "blank": blank}
    return whole


def _claims(
    raw: layouts.Raw,
    name: str,
    said: Told,
    published: datetime.date | None,
    publisher: str | None,
    entry: str | None,
) -> pd.DataFrame:
    refuse_wide(len(raw.frame.columns), name)
    refuse_long(len(raw.frame), name)
    raw = raw._replace(frame=told_apart(raw.frame))
    said = _with_known(raw, said)
    shaped = shape(raw, said.columns)
    raw = shaped.raw
    if shaped.years:
        own = {"amount": YEAR_AMOUNT, "value_date": YEAR_COLUMN}
        donor = {"donor": shaped.donor} if shaped.donor else {}
        said = said._replace(columns={**donor, **said.columns, **own})
    contents = Contents(raw.frame)
    try:
        found = match_columns(contents, said, name)
    except UnreadableInputError as error:
        if not raw.problems:
            raise
        told_ = "; ".join([str(error), *raw.problems])  # a column left out may be the one wanted
        raise UnreadableInputError(told_, name) from error
    mapped = _with_unit(found, shaped.unit, said)
    others = {} if shaped.years or raw.known else stage_columns(contents, mapped, said)

    def read(mapped: Mapped) -> pd.DataFrame:
        return _rows(shaped, contents, mapped, name, said, published, publisher, entry)

    first = read(mapped)
    if len(others) < 2 or entry == "report":
        return first
    names = [str(column) for column in raw.frame.columns]
    rest = [read(with_amount(mapped, column, names)) for column in list(others)[1:]]
    return _stages([first, *rest], others)


def _with_known(raw: layouts.Raw, said: Told) -> Told:
    """What was said, and what the reader of a known file says: nothing is left to guess."""
    if not raw.known:
        return said
    names = [str(column) for column in raw.frame.columns]
    columns = {name: name for name in names if name in schema.CLAIMS} | said.columns
    return said._replace(
        columns=columns, alone=(*said.alone, *(n for n in names if n not in columns.values()))
    )


def _stages(parts: list[pd.DataFrame], columns: Mapping[str, str]) -> pd.DataFrame:
    """One table of the amounts that the rows have at each stage; ``columns`` name their stages."""
    first = parts[0]
    whole = side_by_side(dict(zip(columns.values(), parts, strict=True)), columns)
    named = ", ".join(f"{column} ({status})" for column, status in columns.items())
    own = next(iter(columns))
    note = f"columns {named} read as stages of each row; --columns amount={own} reads one alone"
    problems = [
        one
        for part in parts
        for one in part.attrs["problems"]
        if EMPTY_AMOUNT not in one["message"]
    ]
    whole.attrs = {
        **first.attrs,
        "notes": [*first.attrs["notes"], note],
        "problems": [one for at, one in enumerate(problems) if one not in problems[:at]],
        "blank": {"role": [], "status": []},
    }
    return whole


def _rows(
    shaped: Shaped,
    contents: Contents,
    mapped: Mapped,
    name: str,
    said: Told,
    published: datetime.date | None,
    publisher: str | None,
    entry: str | None,
) -> pd.DataFrame:
    """The claims of the rows, with the amounts of one column."""
    raw = shaped.raw
    table = TableRows(raw, contents, mapped, name, shaped.years)
    table.notes += shaped.notes
    if mapped.scale != 1 or mapped.currency:
        table.notes.append(unit_note(mapped, said))
    for column, kind in schema.CLAIMS.items():
        if kind == "text":
            table.data[column] = table.cells(column)
    fill_fixed(table, said)
    fill_amounts(table, said)
    fill_dates(table, said, published)
    blank = _blank(table)
    fill_words(table, publisher)
    fill_transactions(table)
    move_repeated_ids(table)
    fill_entries(table, entry)
    table.notes += [*sort_rows(table), *hints(table, said)]
    own_ids = all(table.data["claim_id"])
    _fill_ids(table)
    records = pd.DataFrame(
        {column: _series(table.data[column], kind) for column, kind in schema.CLAIMS.items()}
    )
    used = set(mapped.names.values())
    more = {
        column: raw.frame[column].array
        for column in raw.frame.columns
        if column not in used and column not in records
    }
    if more:
        records = pd.concat([records, pd.DataFrame(more)], axis=1)
    records.attrs["own_ids"] = own_ids
    records.attrs["columns"] = dict(mapped.guessed)
    records.attrs["open"] = list(mapped.left_open)
    records.attrs["blank"] = _of_claims(blank, table) if any(table.data["sentence"]) else {}
    records.attrs["problems"] = problems_of(table)
    records.attrs["notes"] = table.notes
    return records


_KINDS = schema.frame([], schema.CLAIMS).dtypes.to_dict()
_DTYPES: dict[str, Any] = {kind: _KINDS[column] for column, kind in schema.CLAIMS.items()}


def _series(cells: list[Any], kind: str) -> pd.Series[Any]:
    """A column of our table; one that says the same everywhere is made at once."""
    made: pd.Series[Any]
    if cells and kind != "date" and cells.count(cells[0]) == len(cells):
        value = math.nan if cells[0] is None else cells[0]
        made = pd.Series(value, index=range(len(cells)), dtype=_DTYPES[kind])
    else:
        made = pd.Series(cells, dtype=_DTYPES[kind])
    return made


def _with_unit(mapped: Mapped, unit: Unit | None, said: Told) -> Mapped:
    """The unit of the title above, or the one that was set, where the header says none."""
    if unit is not None and mapped.currency is None and mapped.scale == 1:
        mapped = mapped._replace(currency=unit.currency, scale=unit.scale)
    if said.scale is not None and mapped.scale == 1 and mapped.power is None:
        mapped = mapped._replace(scale=said.scale)
    return mapped


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


def _fill_ids(table: TableRows) -> None:
    """Keep the ids that a table brings, and make the missing ones from place and content."""
    data = table.data
    columns = ["text", "currency", "donor", "recipient", "published", "role", "purpose"]
    columns += ["value_date"] if table.years else []
    seen: dict[str, int] = {}
    ids: list[str] = []
    content = zip(*(data[column] for column in columns), strict=True)
    for row, (own, number, parts) in enumerate(
        zip(data["claim_id"], table.numbers, content, strict=True)
    ):
        if own is None:
            told_ = "\x1f".join((table.name, str(number), *map(str, parts)))
            own = hashlib.sha256(told_.encode("utf-8", "replace")).hexdigest()[:ID_LENGTH]
        elif own in seen:
            table.report(row, f"claim_id: {own!r} stands in row {seen[own]} already")
        seen.setdefault(own, number)
        ids.append(own)
    data["claim_id"] = ids
