"""What a table of claims leaves blank, read from the sentences and titles that it brings.

A table that somebody kept of articles has often no column for the role, the stage or the day of
the act, and rows whose giver stands in the title alone. The words that the table has say it: they
are read as the article itself would be, so that a table and the articles that it was made from
give the same claims. A cell that is filled is never overruled.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from .. import schema
from ..documents import Document, Zone
from ..tables.prepared import prepare
from .reading import claims_of
from .record import Reading
from .said import place_in_sentence

_OF_DOCUMENT = ("source", "publisher", "title", "published")
_CELLS = ("role", "status", "status_text", "donor", "recipient", "purpose", "period", "as_of")
_DATE = ("value_date", "value_date_precision", "value_date_basis")
_LINKS = ("conversion_of", "repeats", "part_of")  # of another row of the document, by its id
_READ = (*_CELLS, *_DATE, *_LINKS)
_OF_ROW = ("claim_id", "signs", "sentence", "sentence_start", "text", "start", "zone")
_USED = (*_OF_DOCUMENT, *_OF_ROW, "entry", "amount", "currency", *_READ)
_Cells = dict[str, list[Any]]


class _Row(NamedTuple):
    """A row whose words are read: its number and id, its amount, and where that stands."""

    number: int
    name: str
    sentence: str
    begins: float  # the sentence, in the article
    place: int  # the amount, in the sentence
    zone: str
    money: tuple[float | None, str | None]


class AskedRows(NamedTuple):
    """A document made of rows of a table: the cells of ``_OF_DOCUMENT``, and the rows."""

    about: tuple[Any, ...]
    rows: list[_Row]


class ToldRow(NamedTuple):
    """What the words say of one row: the cells of ``_READ``, and whether nobody promises it."""

    number: int
    cells: dict[str, Any]
    of_nobody: bool


# How documents are read: one after the other, or by several processes.
Each = Callable[
    [Callable[[AskedRows], list[ToldRow]], Iterable[AskedRows]], Iterable[list[ToldRow]]
]


def prepared_and_read(table: pd.DataFrame, each: Each = map) -> pd.DataFrame:
    """``prepare`` the table, and read in its own words what its rows leave blank.

    Rows that ``read`` made, and rows without a sentence, stay as they are. ``each`` does for
    documents what ``map`` does, perhaps side by side.

    >>> table = pd.DataFrame({"source": ["a"], "published": ["2024-11-04"], "amount": [5e6],
    ...     "currency": ["EUR"], "text": ["5 million euros"],
    ...     "sentence": ["Norway has so far given Ukraine 5 million euros."]})
    >>> prepared_and_read(table)[["role", "donor", "recipient"]].values.tolist()
    [['total', 'Norway', 'Ukraine']]
    """
    return _read_blanks(prepare(table), {name: _given(table, name) for name in _READ}, each)


def read_table_words(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims of a table that was read, with what its own words say where a cell was blank.

    ``attrs["blank"]`` of the table names, by column, the rows that were filled without a cell.
    """
    attrs, claims.attrs = claims.attrs, {}  # each column that is taken out copies them
    if claims["sentence"].isna().all():
        claims.attrs = attrs
        return claims
    given = {name: _given(claims, name) for name in _READ}
    for name, rows in attrs.get("blank", {}).items():
        for row in rows:
            given[name][row] = False
    read = _read_blanks(claims, given)
    read.attrs = attrs
    return read


def _read_blanks(
    prepared: pd.DataFrame, given: dict[str, list[bool]], each: Each = map
) -> pd.DataFrame:
    """The table with the cells that are not ``given``, as far as its words tell them."""
    if not len(prepared) or prepared["sentence"].isna().all():
        return prepared
    cells = {name: schema.cells(prepared[name]) for name in _USED}
    made: dict[str, dict[int, Any]] = {name: {} for name in _READ}
    for told in each(read_together, _documents(given, cells)):
        for one in told:
            _fill(one, given, cells, made)
    return _with_cells(prepared, cells, made)


def _given(table: pd.DataFrame, name: str) -> list[bool]:
    """For each row whether its maker filled the cell."""
    if name not in table.columns:
        return [False] * len(table)
    filled: list[bool] = table[name].notna().tolist()
    return filled


def _documents(given: dict[str, list[bool]], cells: _Cells) -> Iterator[AskedRows]:
    """The rows of each document of which a row with a sentence leaves something blank."""
    documents: dict[tuple[Any, ...], list[int]] = {}
    asked: set[tuple[Any, ...]] = set()
    keys = zip(*(cells[name] for name in _OF_DOCUMENT), strict=True)
    for number, key in enumerate(keys):
        if cells["sentence"][number] is None or cells["signs"][number] is not None:
            continue
        if cells["entry"][number] == "ledger":
            continue  # its cells decide
        documents.setdefault(key, []).append(number)
        if _leaves_blank(number, given, cells):
            asked.add(key)
    for key, numbers in documents.items():
        if key in asked:
            yield AskedRows(key, [_row(number, cells) for number in numbers])


def _leaves_blank(number: int, given: dict[str, list[bool]], cells: _Cells) -> bool:
    """Whether a row asks for its words. A total or a target without a giver may be of everybody."""
    of_one = cells["role"][number] == "pledge"
    return not (
        all(given[name][number] for name in ("role", "status", "recipient", "value_date"))
        and (given["donor"][number] or not of_one)
    )


def _row(number: int, cells: _Cells) -> _Row:
    sentence, text = cells["sentence"][number], cells["text"][number]
    start, begins = cells["start"][number], cells["sentence_start"][number]
    known = begins if begins is not None else start
    return _Row(
        number,
        cells["claim_id"][number],
        sentence,
        float(number if known is None else known),
        place_in_sentence(sentence, begins, text, start),
        cells["zone"][number] or "body",
        (cells["amount"][number], cells["currency"][number]),
    )


def read_together(asked: AskedRows) -> list[ToldRow]:
    """What the words of a document say of each row whose amount is found again."""
    places, text, zones = _text_of(asked.rows)
    source, publisher, title, published = asked.about
    document = Document(
        source=source,
        text=text,
        title=title,
        publisher=publisher,
        published=published,
        published_basis="given",
        zones=tuple(zones),
    )
    readings = claims_of(document)
    found = [(row, _of_row(row, places[row.sentence, row.begins], readings)) for row in asked.rows]
    read = [(row, one) for row, one in found if one is not None]
    names = {one.claim_id: row.name for row, one in read}
    return [_told(row, one, names) for row, one in read]


def _told(row: _Row, one: Reading, names: dict[str | None, str]) -> ToldRow:
    """What is taken of a reading; ``names`` are the ids of the rows of its document."""
    cells = {name: getattr(one, name) for name in _READ}
    for name in _LINKS:
        cells[name] = names.get(cells[name])
    return ToldRow(row.number, cells, "role promised-by-nobody-named" in (one.signs or ""))


def _of_row(row: _Row, begins: int, readings: list[Reading]) -> Reading | None:
    """What is read at the place of a row; of words that stand nowhere, the one equal amount.

    ``readings`` are in order: those of one sentence stand together.
    """
    first = bisect_left(readings, begins, key=_start)
    inside = readings[first : bisect_left(readings, begins + len(row.sentence), key=_start)]
    for one in inside:
        if row.place >= 0 and one.start == begins + row.place:
            return one
    alike = [one for one in inside if (one.amount, one.currency) == row.money]
    return alike[0] if len(alike) == 1 else None


def _start(one: Reading) -> int:
    return one.start


def _text_of(rows: list[_Row]) -> tuple[dict[tuple[str, float], int], str, list[Zone]]:
    """The sentences of a document in their order, as paragraphs, and where each begins."""
    places: dict[tuple[str, float], int] = {}
    parts: list[str] = []
    zones: list[Zone] = []
    at = 0
    for row in sorted(rows, key=lambda row: (row.begins, row.number)):
        key = row.sentence, row.begins
        if key in places:
            continue
        places[key] = at
        parts.append(row.sentence)
        end = at + len(row.sentence) + 2
        if not zones or zones[-1].kind != row.zone:
            zones.append(Zone(at, end, row.zone, None))
        zones[-1] = zones[-1]._replace(end=end)
        at = end
    return places, "\n\n".join(parts), zones


def _fill(
    read: ToldRow, given: dict[str, list[bool]], cells: _Cells, made: dict[str, dict[int, Any]]
) -> None:
    """Take from the words what the row leaves blank.

    Noise is no role of a row that somebody entered as a claim, nor is the sum of many that of a row
    with a giver; a day of publication in the column of the act says nothing of the act.
    """
    number, taken = read.number, {name: read.cells[name] for name in (*_CELLS, *_LINKS)}
    nobody = read.of_nobody and given["donor"][number]
    if taken["role"] not in ("pledge", "total", "target") or nobody:
        taken["role"] = None
    if (taken["role"] or cells["role"][number]) == "total":
        taken["purpose"] = None  # what a total counts is read from the words on the aid alone
    recipient = cells["recipient"][number] or taken["recipient"]
    if taken["donor"] is not None and taken["donor"] == recipient:
        taken["donor"] = None  # "1. UNICEF, 60 million dollars": nobody gives to himself
    for name, value in taken.items():
        if value is not None and not given[name][number]:
            made[name][number] = value
    day, published = cells["value_date"][number], cells["published"][number]
    of_the_day = day == published and cells["value_date_basis"][number] != "stated"
    role = made["role"].get(number, cells["role"][number])
    told = of_the_day and role != "total" and read.cells["value_date_basis"] == "stated"
    if day is None or told:
        for name in _DATE:
            made[name][number] = read.cells[name]


def _with_cells(
    prepared: pd.DataFrame, cells: _Cells, made: dict[str, dict[int, Any]]
) -> pd.DataFrame:
    """The table with the cells that were read; columns of which none was stay as they are."""
    for name, found in made.items():
        if not found:
            continue
        column = pd.Series(
            [found.get(number, cell) for number, cell in enumerate(cells[name])],
            index=prepared.index,
            dtype="object",
        )
        of_days = prepared[name].dtype.kind == "M"
        column = pd.to_datetime(column) if of_days else column
        prepared[name] = column.astype(prepared[name].dtype)
    return prepared
