"""``read`` and ``read_text``: from files, folders, tables or a text to one table of claims."""

from __future__ import annotations

import datetime
import math
import os
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import IO, Any, NamedTuple

import pandas as pd

from rates.errors import PledgecalcError, UnreadableInputError
from rates.notebook_progress import Wish, wished
from rates.processes import leave_quietly

from .. import schema
from ..documents import (
    CONTENT,
    Document,
    Source,
    document_from_text,
    find_sources,
    given_date,
    read_source,
)
from ..documents.decoding import known_encoding
from ..documents.document import with_tables
from ..documents.grids import TextTable
from ..documents.languages import has_roles, name_of
from ..tables import hierarchy, is_grid, read_grid, read_table, shared_ids
from ..tables.told import told as told_of
from .collections import NO_TEXTS, Texts, collection_of
from .completed import read_table_words
from .reading import claims_of
from .record import Reading
from .roles import TABLE
from .rules import named
from .signs import only
from .spacing import document_closed_up, moved_back
from .tongue_rules import read_languages
from .tongues import claims_abroad

RECORDS_IN_A_FRAME = 10_000


class _Read(NamedTuple):
    """What one source gave: its claims, what it is, and what was wrong with it.

    ``more`` are the texts of a collection, which are documents of their own.
    """

    claims: list[Reading] | pd.DataFrame  # of a text, a frame of a table
    document: dict[str, Any] | None
    problems: list[dict[str, Any]]
    notes: tuple[str, ...] = ()
    more: tuple[Any, ...] = ()


def _described(document: Document, count: int) -> dict[str, Any]:
    return {
        "source": document.source,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published.isoformat() if document.published else None,
        "published_basis": document.published_basis,
        "kind": "text",
        "figures": count,
        "url": document.url,
        "language": document.language,
        "notes": list(document.notes),
    }


def _from_document(document: Document, **told: Any) -> _Read:
    """The claims of a document: those of its sentences, then those of its tables' rows.

    ``told`` are the arguments of ``read_grid``.
    """
    tables, problems = _tables(document, **told)
    prose = document._replace(text=_without(document.text, document.tables))
    prose, spacing = document_closed_up(prose)
    language = document.language
    notes: list[str] = []
    if language in read_languages():
        readings = claims_abroad(prose, str(language))
    else:
        readings = claims_of(prose)
        if not has_roles(language):
            readings, notes = _without_roles(readings, prose)
    if spacing is not None:
        readings = moved_back(readings, document.text, spacing)
    described = _described(document, sum(one.role != "noise" for one in readings))
    described["notes"] += notes
    if not tables and not document.pages:
        return _Read(readings, described, problems)
    claims = schema.frame_of_rows(readings, schema.CLAIMS)
    if document.pages:
        claims["page"] = [str(document.page_at(int(one.start or 0))) for one in readings]
    for table in tables:
        described["figures"] += int((table["role"] != "noise").sum())
        described["notes"] += [*_guessed(table.attrs), *table.attrs["notes"]]
        table.attrs = {}
    frames = [one for one in (claims, *tables) if len(one)]
    whole = pd.concat(frames, ignore_index=True) if len(frames) > 1 else (frames or [claims])[0]
    return _Read(whole, described, problems)


def _tables(document: Document, **told: Any) -> tuple[list[pd.DataFrame], list[dict[str, Any]]]:
    """The claims of a document's tables, and what was wrong with their cells."""
    found: list[pd.DataFrame] = []
    problems: list[dict[str, Any]] = []
    given: dict[str, Any] = {
        "published": told.get("published") or document.published,
        "publisher": told.get("publisher") or document.publisher,
        **{key: told.get(key) for key in ("columns", "entry", "fixed", "decimal")},
    }
    for number, grid in enumerate(document.tables, start=1):
        try:
            claims = read_table_words(read_grid(grid, document.source, number, **given))
        except UnreadableInputError as error:
            problems.append({"source": document.source, "message": str(error)})
            continue
        claims["title"] = claims["title"].fillna(document.title or math.nan)
        if document.pages and grid.end:
            claims["page"] = str(document.page_at(grid.start))
        problems += claims.attrs.get("problems", [])
        found.append(claims)
    return found, problems


def _without(text: str, tables: Sequence[TextTable]) -> str:
    """The text with blanks where tables stand whose rows are read: positions stay."""
    for grid in tables:
        blank = re.sub(r"[^\n]", " ", text[grid.start : grid.end])
        text = text[: grid.start] + blank + text[grid.end :]
    return text


def _without_roles(readings: list[Reading], document: Document) -> tuple[list[Reading], list[str]]:
    """Keep the figures of a language whose words are not understood, and claim nothing of them.

    Who gives what to whom would be chance there, and a sum of chances is a wrong number.
    """
    language = name_of(document.language or "")
    reason = f"language: no roles in {language} yet"
    day = document.published
    found = [
        one._replace(
            role="noise",
            noise_reason=reason,
            status="unknown",
            value_date=day,
            value_date_precision=None if day is None else "day",
            value_date_basis=None if day is None else "published",
            status_text=None,
            donor=None,
            recipient=None,
            purpose=None,
            modality=None,
            period=None,
            as_of=None,
            signs=only(one.signs, "currency"),
        ).signed(named(TABLE)["language"].sign())
        if one.zone in CONTENT
        else one
        for one in readings
    ]
    kept = sum(one.zone in CONTENT for one in readings)
    if not kept:
        return found, []
    count = f"{kept} figure{'s' if kept > 1 else ''}"
    return found, [f"no roles in {language} yet: {count} read, none counted"]


def _read_one(
    source: Source,
    *,
    published: datetime.date | str | None,
    publisher: str | None,
    entry: str | None = None,
    texts: Texts = NO_TEXTS,
    **table_options: Any,
) -> _Read:
    sheet = table_options.get("sheet")
    try:
        if source.kind == "table" and texts.text is not None:
            return _from_collection(source, texts, published, publisher, sheet=sheet)
        if source.kind == "table":
            try:
                table = read_table(
                    source, published=published, publisher=publisher, entry=entry, **table_options
                )
            except UnreadableInputError as error:
                if table_options.get("columns") or "amount" not in str(error):
                    raise  # not for want of an amount column: a collection is no better read
                return _from_collection(source, texts, published, publisher, str(error), sheet)
            claims = read_table_words(table)
            money = int((claims["role"] != "noise").sum())
            described = {
                "source": source.name,
                "title": None,
                "publisher": publisher,
                "published": None,
                "published_basis": None,
                "kind": "table",
                "figures": money,
                "url": None,
                "language": None,
                "notes": [*_guessed(claims.attrs), *claims.attrs["notes"]],
            }
            return _Read(claims, described, list(claims.attrs.get("problems", [])))
        if source.kind == "unread":
            return _Read([], None, [], (f"{source.name}: {source.problem}",))
        document = read_source(source, published=published, publisher=publisher, is_table=is_grid)
        return _from_document(
            document, published=published, publisher=publisher, entry=entry, **table_options
        )
    except UnreadableInputError as error:
        return _Read([], None, [{"source": error.source, "message": str(error)}])
    except PledgecalcError as error:
        return _Read([], None, [{"source": source.name, "message": str(error)}])
    except MemoryError:
        message = f"{source.name}: needs more memory than there is; split it into smaller files"
        return _Read([], None, [{"source": source.name, "message": message}])
    except Exception as error:  # one odd file never costs the others
        told = (
            f"{source.name}: not read, by a fault of pledgecalc ({type(error).__name__}: {error})"
        )
        message = f"{told}; please report it with the file; the other files are read"
        return _Read([], None, [{"source": source.name, "message": message}])


def _from_collection(
    source: Source,
    texts: Texts,
    published: datetime.date | str | None,
    publisher: str | None,
    otherwise: str | None = None,
    sheet: str | None = None,
) -> _Read:
    """The claims of a table of texts; a table that is none raises what it lacks as a table."""
    found = collection_of(source, texts, published, publisher, sheet)
    if found is None:
        raise UnreadableInputError(otherwise or f"{source.name}: no texts", source.name)
    told = {"published": published, "publisher": publisher}
    parts = (_from_document(with_tables(one, is_grid), **told) for one in found.documents)
    return _Read([], None, found.problems, tuple(found.notes), tuple(parts))


def _guessed(told: Mapping[Any, Any]) -> list[str]:
    """What a reader should know of columns whose meaning was guessed from their names and cells."""
    guessed, left_open = told["columns"], told["open"]
    if not guessed and not left_open:
        return []
    shown = ", ".join(f"{column}={own}" for column, own in guessed.items())
    notes = [f"columns read as {shown}"] if guessed else []
    if left_open:
        notes.append(f"left open: {'; '.join(left_open)}")
    how = "change them with --columns; none=NAME leaves one alone"
    return ["; ".join([*notes, how])]


class _Gathering:
    """The sources as they come in, and one table of all their claims at the end.

    Documents are many and small, and a frame costs more to build than its rows: the readings of
    many documents become one frame, and of so few that memory stays flat.
    """

    def __init__(self, parts: Iterable[_Read] = ()) -> None:
        self.count = 0
        self.documents: list[dict[str, Any]] = []
        self.problems: list[dict[str, Any]] = []
        self.notes: list[str] = []
        self._frames: list[pd.DataFrame] = []
        self._readings: list[Reading] = []  # of the documents since the last frame
        for part in parts:
            self.add(part)

    def add(self, part: _Read) -> None:
        self.count += 1
        self._add(part)
        for one in part.more:
            self._add(one)

    def _add(self, part: _Read) -> None:
        if part.document is not None:
            self.documents.append(part.document)
        self.problems.extend(part.problems)
        self.notes.extend(part.notes)
        if isinstance(part.claims, list):
            self._readings.extend(part.claims)
            if len(self._readings) >= RECORDS_IN_A_FRAME:
                self._frame_readings()
        elif len(part.claims):
            self._frame_readings()
            part.claims.attrs = {}  # concat compares attributes, which may hold whole lists
            self._frames.append(part.claims.reset_index(drop=True))

    def _frame_readings(self) -> None:
        if self._readings:
            self._frames.append(schema.frame_of_rows(self._readings, schema.CLAIMS))
            self._readings = []

    def claims(self) -> pd.DataFrame:
        """All claims in the order of their sources, and in ``attrs`` what was read."""
        self._frame_readings()
        if not self._frames:
            claims = schema.frame([], schema.CLAIMS)
        elif len(self._frames) == 1:
            claims = self._frames[0]
        else:
            claims = pd.concat(self._frames, ignore_index=True)
        extra = [name for name in claims.columns if name not in schema.CLAIMS]
        if extra:
            claims = claims.reindex(columns=[*schema.CLAIMS, *extra])
        self.notes += shared_ids.tell_apart(claims)
        self.notes += hierarchy.settle(claims)
        claims.attrs["documents"] = self.documents
        claims.attrs["problems"] = self.problems
        claims.attrs["notes"] = self.notes
        return claims


def _each(task: Callable[[Source], _Read], found: list[Source], jobs: int) -> Iterator[_Read]:
    """The results in the order of the sources, read by ``jobs`` processes."""
    if jobs <= 1 or len(found) <= 1:
        yield from map(task, found)
        return
    workers = min(jobs, len(found))
    with ProcessPoolExecutor(workers, initializer=leave_quietly) as pool:
        yield from pool.map(task, found, chunksize=max(1, min(100, len(found) // (4 * jobs))))


def read(
    *sources: str | os.PathLike[str] | IO[Any],
    published: datetime.date | str | None = None,
    publisher: str | None = None,
    columns: Mapping[str, str | Iterable[str]] | None = None,
    jobs: int = 1,
    entry: str | None = None,
    text: str | None = None,
    date: str | None = None,
    title: str | None = None,
    set: Mapping[str, str] | None = None,  # noqa: A002 (the option's name)
    decimal: str | None = None,
    sheet: str | None = None,
    encoding: str | None = None,
    progress: Wish = None,
) -> pd.DataFrame:
    """Read documents and tables into one table of claims, one row per figure.

    ``sources`` are paths, folders (with all below them), ``-`` for standard input, or open files.
    ``published`` and ``publisher`` win over what a text says of itself, and fill the rows of a
    table that have none. ``columns`` maps a table's own names: ``{"amount": "Value"}``, and
    ``{"none": ["ID"]}`` leaves some alone. ``set`` are constants for what a table says only in
    its notes: ``{"currency": "USD", "unit": "million"}``; ``decimal`` is its decimal mark,
    ``sheet`` the sheet of a workbook, ``encoding`` that of files which are no UTF-8. ``jobs`` reads
    that many documents at a time; the result is the same. ``entry`` says what the rows of
    tables are: "ledger" for separate entries of a register, "report" for what others told; unsaid,
    their columns decide. ``text``, ``date`` and ``title`` name the columns of a table that holds a
    text a row, each of which is read as a document. ``progress`` is called with the number of
    sources read and of all; unsaid, a notebook shows a bar when it takes long, False shows none.

    The columns are those of ``schema.CLAIMS``. ``attrs["documents"]`` lists what was read, also
    documents without a figure; ``attrs["problems"]`` what could not be read (with ``rows`` where
    it is in cells of a table): one bad source never costs the others. When nothing at all could
    be read, ``UnreadableInputError`` is raised.
    """
    given_date(published)  # a date that cannot be understood is said once, not for each source
    options = told_of(columns, set, decimal, sheet)
    texts = Texts(text, date, title)
    named = {*options.columns.values(), *options.alone, *filter(None, texts)}
    found = find_sources(*sources, named=named)
    if known_encoding(encoding) is not None:
        found = [one._replace(encoding=encoding) for one in found]
    task = partial(
        _read_one,
        published=published,
        publisher=publisher,
        entry=entry,
        texts=texts,
        columns=columns,
        fixed=set,
        decimal=decimal,
        sheet=sheet,
    )
    gathering = _Gathering()
    told = wished(progress, "documents")
    for part in _each(task, found, jobs):
        gathering.add(part)
        if told is not None:
            told(gathering.count, len(found))
    claims = gathering.claims()
    problems = claims.attrs["problems"]
    if not claims.attrs["documents"]:
        if not problems:
            raise UnreadableInputError("nothing to read: name a file, a folder or -", "nothing")
        raise UnreadableInputError(
            "\n".join(problem["message"] for problem in problems), problems[0]["source"]
        )
    for problem in problems:
        warnings.warn(problem["message"], stacklevel=2)
    return claims


def read_each(
    sources: Sequence[Source],
    *,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
) -> pd.DataFrame:
    """Read sources that were found already, as ``read`` does, in this process.

    Nothing is raised for what cannot be read: ``attrs["problems"]`` says it.
    """
    return _Gathering(
        _read_one(one, published=published, publisher=publisher) for one in sources
    ).claims()


def read_text(
    text: str,
    *,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
    title: str | None = None,
    source: str = "text",
) -> pd.DataFrame:
    """Read the claims of one text; ``title`` is context only, positions count in ``text``.

    >>> claims = read_text("Vilnius gave Ukraine 5 million euros.", published="2024-11-04")
    >>> claims[["text", "donor", "recipient", "status"]].values.tolist()
    [['5 million euros', 'Lithuania', 'Ukraine', 'disbursed']]
    """
    document = document_from_text(
        text, source=source, published=published, publisher=publisher, title=title
    )
    return _Gathering([_from_document(with_tables(document, is_grid))]).claims()
