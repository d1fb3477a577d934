"""CSV and its kin: every line goes out as it came in, with our cells behind it.

A file is read in blocks of whole records. Only the columns that are needed are parsed, by Arrow
where it is installed; records that do not fit the header, and machines without Arrow, take the
standard library's reader, one record at a time.
"""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rates.errors import UnreadableInputError

from ..report.delimited import neutral
from ..tables.delimited import find_header
from ..tables.shapes import is_header
from . import texts
from .added import Added, Count, add, counted
from .blocks import ArrowBlock, RowBlock
from .cells import MISSING
from .plan import Plan, plan
from .wishes import Wishes, names

BLOCK = 1 << 23  # bytes read at a time: three blocks in work stay far below 600 MB
HEAD = 1 << 20  # bytes that show the header and how cells are written
SAMPLE = 5_000  # rows of them
LONGEST_RECORD = 1 << 25  # bytes without a line end outside quotes: then a quote may be a letter
MOST_LINES = 1000  # of one record: more, and its quote was never closed
_WORKERS = 2
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34
_IRREGULAR = np.zeros(0, np.int64)


class Head(NamedTuple):
    """What the first bytes of a file show; ``end`` is where the header's line ends."""

    separator: str
    columns: tuple[str, ...]
    end: int
    rows: list[list[str | None]]


class Body(NamedTuple):
    """How the lines of a file are read and what is written behind them."""

    head: Head
    plan: Plan
    asked: Wishes
    name: str
    numeric: bool  # the amounts are plain numbers
    dated: bool  # the dates are ISO days


def convert(
    source: BinaryIO,
    write: Callable[[Any], object],
    asked: Wishes,
    name: str,
    *,
    separator: str | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[Count, tuple[str, ...]]:
    """Copy a delimited file with the added columns; return the count of rows and the notes."""
    first = source.read(HEAD)
    head = read_head(first, name, separator, asked)
    chosen = plan(head.columns, head.rows, asked, name, continental=head.separator == ";")
    added = names(asked.to, head.columns)
    titles = [title for code in asked.to for title in added[code]]
    mark = head.separator.encode()
    write(first[: head.end] + b"".join(mark + _cell(title, mark) for title in titles))
    body = Body(head, chosen, asked, name, *_kinds(head, chosen))
    total = Count()
    work = _done(_blocks(source, first[head.end :]), lambda block: _block(block, body))
    for size, pieces, count in work:
        for piece in pieces:
            write(piece)
        total = total.with_block(count)
        if progress is not None:
            progress(size)
    return total, chosen.notes


def read_head(data: bytes, name: str, separator: str | None, asked: Wishes) -> Head:
    """The header of a file and its first rows."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    if not text.strip():
        raise UnreadableInputError(f"{name}: the file is empty; nothing could be read", name)

    def fits(cells: Iterable[str]) -> bool:
        row = list(cells)
        return is_header(row) or bool(asked.named & {*row})

    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    mark, above = find_header(lines, separator, fits)
    if len(data) >= HEAD:
        lines = lines[: lines.rfind("\n") + 1] or lines  # its last line may be cut
    rows, used = _records(lines.split("\n", above)[-1], mark)
    columns = tuple(cell.strip() for cell in rows[0]) if rows else ()
    return Head(mark, columns, _end_of_line(data, above + used), [list(row) for row in rows[1:]])


def _records(text: str, mark: str) -> tuple[list[list[str]], int]:
    """The first records of a text, and over how many lines its header goes."""
    lines = iter(text.splitlines(keepends=True)[: SAMPLE + 1])
    reader = csv.reader(lines, delimiter=mark, skipinitialspace=True)
    rows = []
    used = 0
    try:
        for row in reader:
            used = used or reader.line_num
            rows.append(row)
    except csv.Error:
        pass  # of a sample; the rows themselves are read later
    return rows, max(used, 1)


def _end_of_line(data: bytes, lines: int) -> int:
    """The place of the end of a line, counted from 1; the end of the data if there are fewer."""
    end = -1
    for _ in range(lines):
        end = data.find(b"\n", end + 1)
        if end < 0:
            return len(data)
    return end - (end > 0 and data[end - 1] == _RETURN)


def _cell(text: str, mark: bytes) -> bytes:
    """A cell of ours: quoted where it has to be, and never a formula."""
    safe = neutral(text)
    if mark.decode() in safe or any(sign in safe for sign in '"\r\n'):
        safe = '"' + safe.replace('"', '""') + '"'
    return safe.encode("utf-8", "replace")


def _kinds(head: Head, chosen: Plan) -> tuple[bool, bool]:
    """Whether the first cells of the amounts are plain numbers, and those of the dates ISO days."""

    def cells(place: int | None) -> list[str]:
        if place is None:
            return []
        found = [row[place] for row in head.rows if place < len(row)]
        return [cell for cell in found if cell not in MISSING and cell is not None]

    amounts = cells(chosen.amount)
    comma = chosen.continental or chosen.decimal == ","
    plain = not comma and all(_is_number(cell) for cell in amounts)
    dates = cells(chosen.date[0] if chosen.date else None)
    return plain, bool(dates) and all(len(one) == 10 and one[4] == one[7] == "-" for one in dates)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return "_" not in cell


def _blocks(source: BinaryIO, rest: bytes) -> Iterator[tuple[bytes, NDArray[np.int64]]]:
    """Blocks of whole records, each beginning with a line end, and where their records begin.

    The last place is the end of the block. A block in which quotes do not tell, and what follows
    the last record, has no places.
    """
    while True:
        data = source.read(BLOCK)
        last = not data
        chunk = rest + data
        bounds = _bounds(chunk)
        if last and len(bounds) and chunk[bounds[-1] :].strip() and chunk.count(b'"') % 2 == 0:
            bounds = np.append(bounds, len(chunk))
        if len(bounds) > 1:
            end = int(bounds[-1])
            yield chunk[:end], bounds
            chunk = chunk[end:]
        if not last and len(chunk) > LONGEST_RECORD:
            end = chunk.rfind(b"\n")
            yield chunk[:end], _IRREGULAR
            chunk = chunk[end:]
        if last:
            if chunk:
                yield chunk, _IRREGULAR
            return
        rest = chunk


def _bounds(chunk: bytes) -> NDArray[np.int64]:
    """Where the line ends stand that end a record: those that are in no quotes."""
    letters = np.frombuffer(chunk, np.uint8)
    ends = np.flatnonzero(letters == _NEWLINE)
    if b'"' in chunk:
        quotes = np.flatnonzero(letters == _QUOTE)
        ends = ends[(np.searchsorted(quotes, ends) & 1) == 0]
    if len(ends) and b"\r" in chunk:
        ends = ends - ((letters[ends - 1] == _RETURN) & (ends > 0))
    return ends.astype(np.int64)


Pieces = tuple[int, list[Any], Count]


def _done(
    blocks: Iterator[tuple[bytes, NDArray[np.int64]]],
    work: Callable[[tuple[bytes, NDArray[np.int64]]], Pieces],
) -> Iterator[Pieces]:
    """The blocks in their order, two of them in work at any time."""
    with ThreadPoolExecutor(_WORKERS) as pool:
        waiting: list[Future[Pieces]] = []
        for block in blocks:
            waiting.append(pool.submit(work, block))
            if len(waiting) > _WORKERS:
                yield waiting.pop(0).result()
        for one in waiting:
            yield one.result()


def _block(block: tuple[bytes, NDArray[np.int64]], body: Body) -> Pieces:
    data, bounds = block
    if not data.strip():
        return len(data), [data], Count()
    regular = len(bounds) > 1 and _has_arrow()
    columns = _parsed(data, len(bounds) - 1, body) if regular else None
    if columns is None:
        return _one_by_one(data, body)
    found = add(columns, body.plan, body.asked)
    return len(data), [_joined(data, bounds, found, body)], counted(found)


def _has_arrow() -> bool:
    return importlib.util.find_spec("pyarrow") is not None


def _parsed(data: bytes, count: int, body: Body) -> ArrowBlock | None:
    """The columns that are needed, by Arrow; None where it reads the records differently."""
    table = None
    if body.numeric or body.dated:
        table = _table(data, body, body.numeric, body.dated)
    if table is None:
        table = _table(data, body, False, False)
    if table is None or table.num_rows != count:
        return None
    return ArrowBlock(table, {place: str(place) for place in body.plan.used})


def _table(data: bytes, body: Body, numeric: bool, dated: bool) -> Any:
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    chosen = body.plan
    kinds = {str(place): pa.string() for place in chosen.used}
    if dated:
        kinds[str(chosen.date[0])] = pa.date32()
    if numeric:
        kinds[str(chosen.amount)] = pa.float64()
    start = 2 if data[:2] == b"\r\n" else 1
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(memoryview(data)[start:]),
            arrow_csv.ReadOptions(
                use_threads=False,
                block_size=len(data) + 1,
                column_names=[str(place) for place in range(len(body.head.columns))],
            ),
            arrow_csv.ParseOptions(
                delimiter=body.head.separator,
                newlines_in_values=b'"' in data,
                ignore_empty_lines=False,
            ),
            arrow_csv.ConvertOptions(
                column_types=kinds,
                include_columns=list(kinds),
                null_values=list(MISSING),
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None


def _joined(
    data: bytes, bounds: NDArray[np.int64], found: Sequence[Added], body: Body
) -> memoryview:
    """The records with our cells behind each, as one piece of memory."""
    import pyarrow as pa
    from pyarrow import compute

    mark = body.head.separator.encode()
    lines = pa.Array.from_buffers(
        pa.large_binary(), len(bounds) - 1, [None, pa.py_buffer(bounds), pa.py_buffer(data)]
    )
    cells = [
        column.cast(pa.large_binary())
        for one in found
        for column in texts.arrow_texts(one, [_cell(note, mark).decode() for note in one.texts])
    ]
    whole = compute.binary_join_element_wise(
        lines,
        *cells,
        pa.scalar(mark, pa.large_binary()),
        null_handling="replace",
        null_replacement=b"",
    )
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.combine_chunks()
    _, ends, letters = whole.buffers()
    offsets = np.frombuffer(ends, np.int64, len(whole) + 1, whole.offset * 8)
    return memoryview(letters)[int(offsets[0]) : int(offsets[-1])]


class _Record(NamedTuple):
    """A record as it stands in the file, its line end first, and its cells."""

    raw: bytes
    cells: list[str]


def _one_by_one(data: bytes, body: Body) -> Pieces:
    """The same by the standard library's reader, for records that do not fit the header too."""
    mark = body.head.separator.encode()
    width = len(body.head.columns)
    records = list(_record_by_record(data, body.head.separator, body.name))
    full = [at for at, record in enumerate(records) if 0 < len(record.cells) <= width]
    found = add(RowBlock([records[at].cells for at in full]), body.plan, body.asked)
    columns: list[list[bytes]] = []
    for one in found:
        notes = [_cell(note, mark) for note in one.texts]
        columns += [
            [text.encode() for text in texts.numbers(one.amounts)],
            [text.encode() for text in texts.numbers(one.rates)],
            [text.encode() for text in texts.days(one.observed)],
            [notes[place] if place >= 0 else b"" for place in one.notes.tolist()],
        ]
    behind = dict(zip(full, zip(*columns, strict=True), strict=True))
    pieces = []
    reasons = []
    for at, record in enumerate(records):
        pieces.append(record.raw)
        if at in behind:
            pad = mark * (width - len(record.cells))
            pieces.append(pad + mark + mark.join(behind[at]))
        elif record.cells:
            reason = f"{len(record.cells)} cells where the header has {width}"
            reasons.append((reason, 1))
            blank = mark.join([b"", b"", b"", b"", _cell(reason, mark)])
            pieces.append(blank * len(found))
    count = counted(found) if full else Count()
    for unfit in reasons:
        count = count.with_block(Count(1, 0, (unfit,)))
    return len(data), [b"".join(pieces)], count


def _record_by_record(data: bytes, separator: str, name: str) -> Iterator[_Record]:
    """The records of a block with the bytes that each is made of."""
    start = 2 if data[:2] == b"\r\n" else 1
    recent: list[bytes] = []  # the lines of the record that is being read

    def feed() -> Iterator[str]:
        for line in _lines(data, start):
            recent.append(line)
            if len(recent) > MOST_LINES:
                raise _open_quote(recent[0], name)
            yield line.decode("utf-8", "replace").replace("\x00", "\ufffd") + "\n"

    before, ends = data[:start], b""
    reader = csv.reader(feed(), delimiter=separator, skipinitialspace=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _open_quote(recent[0], name) from error
        raw = b"\n".join(recent)
        recent.clear()
        ends = b"\r\n" if raw.endswith(b"\r") else b"\n"
        yield _Record(before + raw.removesuffix(b"\r"), cells)
        before = ends


def _lines(data: bytes, start: int) -> Iterator[bytes]:
    """The lines of a block one by one: millions of short ones take no more memory than it."""
    while (end := data.find(b"\n", start)) >= 0:
        yield data[start:end]
        start = end + 1
    yield data[start:]


def _open_quote(line: bytes, name: str) -> UnreadableInputError:
    shown = line[:60].decode("utf-8", "replace")
    return UnreadableInputError(f"{name}: a quote is never closed in the row {shown!r}", name)
