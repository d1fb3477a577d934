"""Columns of Arrow as columns of a frame: each kind is read, as text where it means something.

Files of Parquet and Arrow hold more kinds than tables have: lists, maps, bytes, days of the year
200,000. What has no meaning here is left open, or the column left out, and said; no kind of cell
costs the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

import pandas as pd

from ..schema import TEXT
from .json_rows import flattened
from .texts import decimal_text, texts_of

_INDEX = re.compile(r"__index_level_\d+__")  # the row labels of a frame, which have no name
_A_DAY = 86_400
_FIRST, _LAST = -62_135_596_800, 253_402_300_799  # seconds since 1970 of the years 1 and 9999
_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
_EXACT = 2**53  # whole numbers up to here survive a column of floats
MOST_NAMED = 5  # rows of one kind of problem


class ArrowColumn(NamedTuple):
    """The cells of a column, None where it is left out; and what was left open."""

    cells: Any
    problems: tuple[str, ...] = ()


def frame_of(table: Any) -> tuple[pd.DataFrame, list[str]]:
    r"""The columns of an Arrow table as a frame, and what of them is left open or out.

    >>> import pyarrow as pa
    >>> table = pa.table({"tags": [["a", "b"], []], "seal": [b"\xff", b"\xfe"]})
    >>> frame, problems = frame_of(table)
    >>> frame["tags"].tolist()[0], problems
    ('a|b', ["column 'seal': bytes that are no text; it is left out"])
    """
    names: list[str] = []
    cells: list[Any] = []
    problems: list[str] = []
    for place, own in enumerate(map(str, table.column_names)):
        if _INDEX.fullmatch(own):
            continue
        try:
            column = _unpacked(table.column(place))
            reader = _reader(column.type)
            found = _nested(own, column) if reader is None else reader(column)
        except Exception as error:  # no kind of column that is to come may cost the file
            kind = str(table.schema.field(place).type)[:60]
            told = f"of a kind that is not read ({kind}: {str(error)[:80]}); it is left out"
            found = ArrowColumn(None, (told,))
        if isinstance(found.cells, pd.DataFrame):
            names += map(str, found.cells.columns)
            cells += [found.cells.iloc[:, at] for at in range(found.cells.shape[1])]
        elif found.cells is not None:
            names.append(own)
            cells.append(found.cells)
        problems += [f"column {own[:60]!r}{_joined(one)}" for one in found.problems]
    frame = pd.DataFrame(dict(enumerate(cells)), index=range(table.num_rows))
    return frame.set_axis(names, axis=1), problems


def texts_of_column(column: Any) -> list[str | None]:
    """The cells of one Arrow column as text, None where they hold nothing or no text."""
    import pyarrow as pa

    chunks = getattr(column, "chunks", [column])
    frame, _ = frame_of(pa.table({"cell": pa.chunked_array(chunks, column.type)}))
    return texts_of(frame.iloc[:, 0]) if frame.shape[1] else [None] * len(column)


def _joined(told: str) -> str:
    return f", {told}" if told.startswith("row") else f": {told}"


def _reader(kind: Any) -> Callable[[Any], ArrowColumn] | None:
    """What reads columns of a kind; None for what holds other cells within its own."""
    import pyarrow as pa

    readers: tuple[tuple[str, Callable[[Any], ArrowColumn]], ...] = (
        ("null", lambda one: ArrowColumn(pd.Series([None] * len(one), dtype=object))),
        ("integer", _integers),
        ("boolean floating decimal", lambda one: ArrowColumn(one.to_pandas())),
        ("string large_string string_view", _strings),
        ("binary large_binary fixed_size_binary binary_view", _bytes),
        ("timestamp", _moments),
        ("date", _days),
        ("time", _times),
        ("duration", _durations),
        ("interval", _intervals),
    )
    for names, reader in readers:
        if any(getattr(pa.types, f"is_{name}")(kind) for name in names.split()):
            return reader
    return None


def _unpacked(column: Any) -> Any:
    """The column without dictionaries, runs and names of kinds around its cells."""
    import pyarrow as pa
    from pyarrow import compute

    for _ in range(8):  # one within the other
        kind = column.type
        if isinstance(kind, pa.BaseExtensionType):
            if kind.extension_name == "arrow.uuid":
                ids = [cell for one in column.chunks for cell in one.storage.to_pylist()]
                texts = [None if one is None else str(UUID(bytes=one)) for one in ids]
                return pa.chunked_array([pa.array(texts, pa.string())])
            chunks = [one.storage for one in column.chunks]
            kind = kind.storage_type
        elif pa.types.is_dictionary(kind):
            chunks = [_plain(one.dictionary).take(one.indices) for one in column.chunks]
            kind = _plain(pa.array([], kind.value_type)).type
        elif pa.types.is_run_end_encoded(kind):
            chunks = [compute.run_end_decode(one) for one in column.chunks]
            kind = kind.value_type
        else:
            return column
        column = pa.chunked_array(chunks, kind)
    return column


def _plain(words: Any) -> Any:
    """Words of a dictionary; views of texts, which Arrow cannot choose from, as texts."""
    import pyarrow as pa

    kinds = {pa.string_view(): pa.large_string(), pa.binary_view(): pa.large_binary()}
    kind = kinds.get(words.type)
    return words if kind is None else words.cast(kind)


def _integers(column: Any) -> ArrowColumn:
    """Whole numbers; large ones beside blank cells digit by digit, for they would become floats."""
    from pyarrow import compute

    if column.null_count and column.null_count < len(column):
        ends = compute.min_max(column).as_py()
        if max(abs(ends["min"]), abs(ends["max"])) > _EXACT:
            return ArrowColumn(pd.Series(column.to_pylist(), dtype=object))
    return ArrowColumn(column.to_pandas())


def _strings(column: Any) -> ArrowColumn:
    """Text; of a cell that is no UTF-8 each odd byte is a mark."""
    import pyarrow as pa

    try:
        column.validate(full=True)
        return ArrowColumn(column.cast(pa.large_string()).to_pandas())
    except pa.ArrowException:
        cells = column.cast(pa.large_binary()).to_pylist()
    odd = [row for row, cell in enumerate(cells) if cell is not None and not _is_text(cell)]
    texts = [None if cell is None else cell.decode("utf-8", "replace") for cell in cells]
    return ArrowColumn(
        _as_text(texts), (_at(odd, "not valid UTF-8; odd bytes are read as \ufffd"),)
    )


def _bytes(column: Any) -> ArrowColumn:
    """Bytes that are text, as some programs write it; other bytes mean nothing here."""
    import pyarrow as pa

    cells = column.cast(pa.large_binary()).to_pylist()
    odd = [row for row, cell in enumerate(cells) if cell is not None and not _is_text(cell)]
    filled = sum(cell is not None for cell in cells)
    if 2 * len(odd) > filled:
        return ArrowColumn(None, ("bytes that are no text; it is left out",))
    texts = [cell.decode() if cell is not None and _is_text(cell) else None for cell in cells]
    problems = (_at(odd, "bytes that are no text; left open"),) if odd else ()
    return ArrowColumn(_as_text(texts), problems)


def _is_text(cell: bytes) -> bool:
    try:
        return "\x00" not in cell.decode()
    except UnicodeDecodeError:
        return False


def _as_text(cells: list[str | None]) -> Any:
    return pd.Series(cells, dtype=TEXT)


def _at(rows: Iterable[int], told: str) -> str:
    """What is said of some rows, counted from 1 as those of such files are."""
    found = [row + 1 for row in rows]
    named = ", ".join(map(str, found[:MOST_NAMED]))
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return f"row{'s' if len(found) > 1 else ''} {named}{more}: {told}"


def _within(column: Any, least: int, most: int) -> tuple[Any, list[int]]:
    """The column without the cells whose number is outside, and their rows."""
    import pyarrow as pa
    from pyarrow import compute

    whole = pa.int32() if column.type.bit_width == 32 else pa.int64()
    numbers = column.cast(whole).cast(pa.int64())
    is_in = compute.and_(compute.greater_equal(numbers, least), compute.less_equal(numbers, most))
    if compute.all(is_in).as_py() is not False:
        return column, []
    rows = compute.indices_nonzero(compute.invert(is_in)).to_pylist()
    return compute.if_else(is_in, column, pa.scalar(None, column.type)), rows


def _days(column: Any, zone: int = 0) -> ArrowColumn:
    """Days and moments; those of no year from 1 to 9999 are left open."""
    kind = str(column.type)
    if kind.startswith("date32"):
        ends = _FIRST // _A_DAY, _LAST // _A_DAY
    else:
        per = 1000 if kind.startswith("date64") else _PER_SECOND[column.type.unit]
        ends = (_FIRST + zone) * per, (_LAST + 1 - zone) * per - 1
    least, most = max(ends[0], -(2**63)), min(ends[1], 2**63 - 1)
    known, odd = _within(column, least, most)
    told = (_at(odd, "a day of no year from 1 to 9999; left open"),) if odd else ()
    return ArrowColumn(known.to_pandas(), told)


def _moments(column: Any) -> ArrowColumn:
    import pyarrow as pa

    zone = column.type.tz
    if zone is None:
        return _days(column)
    plain = pa.timestamp(column.type.unit)
    try:
        pa.chunked_array([pa.array([0], column.type)]).to_pandas()
        return _days(column, _A_DAY)
    except Exception:  # what is raised depends on who looks for the zone
        found = _days(column.cast(plain))
        told = f"the time zone {zone[:40]!r} is not known; read as UTC, the day may be the next one"
        return found._replace(problems=(*found.problems, told))


def _times(column: Any) -> ArrowColumn:
    import pyarrow as pa

    per = _PER_SECOND[column.type.unit]
    known, odd = _within(column, 0, _A_DAY * per - 1)
    told = (_at(odd, "a time of no day; left open"),) if odd else ()
    return ArrowColumn(_as_text(known.cast(pa.string()).to_pylist()), told)


def _durations(column: Any) -> ArrowColumn:
    import pyarrow as pa

    per = _PER_SECOND[column.type.unit]
    cells = column.cast(pa.int64()).to_pylist()
    return ArrowColumn(_as_text([None if one is None else _length(one, per) for one in cells]))


def _length(ticks: int, per: int) -> str:
    """A stretch of time in words: it is neither a day nor an amount."""
    seconds, rest = divmod(abs(ticks), per)
    days, seconds = divmod(seconds, _A_DAY)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    part = f".{rest:0{len(str(per)) - 1}}".rstrip("0") if rest else ""
    return f"{'-' if ticks < 0 else ''}{days} days {clock}{part}"


def _intervals(column: Any) -> ArrowColumn:
    cells = column.to_pylist()
    texts = [
        None if one is None else f"{one[0]} months {one[1]} days {one[2]} nanoseconds"
        for one in cells
    ]
    return ArrowColumn(_as_text(texts))


def _nested(name: str, column: Any) -> ArrowColumn:
    """Lists, maps and structs, as the same table in JSON has them."""
    rows: list[dict[str, Any]] = []
    odd: list[int] = []
    for row, cell in enumerate(cell for chunk in column.chunks for cell in chunk):
        lost: list[object] = []
        try:
            rows.append({name: _as_json(cell.as_py(), lost)})
        except Exception as error:  # a day of the year 200,000, deep within
            rows.append({})
            lost.append(error)
        if lost:
            odd.append(row)
    problems = (_at(odd, "holds what is no text, number or day; left open"),) if odd else ()
    frame = flattened(rows)
    if not len(frame.columns):  # nothing in any of its cells
        frame = pd.DataFrame({name: _as_text([None] * len(rows))})
    return ArrowColumn(frame, problems)


def _as_json(value: Any, lost: list[object]) -> Any:
    """A cell as JSON holds it; numbers are text, for their digits count."""
    found: Any = str(value)
    if value is None or isinstance(value, bool | str):
        found = value
    elif isinstance(value, dict):
        found = {str(key): _as_json(one, lost) for key, one in value.items()}
    elif isinstance(value, list) and value and all(_is_pair(one) for one in value):
        found = {str(_as_json(key, lost)): _as_json(one, lost) for key, one in value}
    elif isinstance(value, list | tuple):
        found = [_as_json(one, lost) for one in value]
    elif isinstance(value, bytes):
        found = value.decode() if _is_text(value) else None
        lost += [value] if found is None else []
    elif isinstance(value, Decimal):
        found = decimal_text(value)
    elif isinstance(value, float):
        found = None if value != value else str(value).removesuffix(".0")
    elif isinstance(value, datetime | date):
        found = value.isoformat()
    elif isinstance(value, timedelta | time):
        found = str(value)
    return found


def _is_pair(value: object) -> bool:
    """What Arrow makes of an entry of a map."""
    return isinstance(value, tuple) and len(value) == 2
