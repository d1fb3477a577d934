"""``convert_table``: a table file or a frame, with its amounts in other currencies behind."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pandas as pd

from rates.errors import UnreadableInputError, UsageError
from rates.policies import Policy
from rates.sources import Rates
from rates.whole_file import is_terminal, writing

from ..documents import archives
from ..tables.told import told
from ..text.characters import visible
from . import columnar, delimited, encodings, frames, json_rows, workbook
from .added import Count
from .wishes import Wishes, wishes

KINDS = {
    ".csv": "csv", ".txt": "csv", ".ssv": "csv", ".tsv": "tsv", ".tab": "tsv",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".parquet": "parquet", ".pq": "parquet", ".xlsx": "xlsx", ".xlsm": "xlsx",
    ".xls": "sheet", ".ods": "sheet", ".xlsb": "sheet", ".feather": "sheet", ".arrow": "sheet",
    ".xml": "sheet", ".html": "sheet", ".htm": "sheet",
}  # fmt: skip
_OWN = ("csv", "tsv", "json", "jsonl")  # written to stdout as they came


class Outcome(NamedTuple):
    """What was done: rows, rows without a result by reason, and what was guessed."""

    rows: Count
    notes: tuple[str, ...]


def convert_table(
    table: Any,
    to: str | Sequence[str],
    *,
    amount: str | None = None,
    currency: str | None = None,
    date: str | None = None,
    policy: str | Policy = "spot",
    rates: Rates = None,
    output: str | os.PathLike[str] | None = None,
    columns: Mapping[str, str | Iterable[str]] | None = None,
    set: Mapping[str, str] | None = None,  # noqa: A002  (the word that the command line uses)
    decimal: str | None = None,
    sheet: str | None = None,
) -> Any:
    """Convert the amounts of a table: its own columns, then ``amount_<to>``, rate, day and note.

    ``table`` is a path (CSV, TSV, JSON, JSON lines, Parquet, Excel; also as .gz) or a frame of
    pandas, polars or PyArrow. The columns are found by their names and cells unless they are
    named; ``currency`` and ``date`` may also be a code and a day for all rows. ``columns``, ``set``
    (``{"unit": "million"}``), ``decimal`` and ``sheet`` are as in ``read``. No row is dropped:
    one without a rate has nothing in ``amount_<to>`` and the reason in ``rate_note``.

    Returns the frame, or with ``output`` writes that file, whole or not at all, and returns
    None: a CSV of any size then takes little memory.

    >>> frame = pd.DataFrame({"amount": ["$1.5m"], "date": ["4 November 2024"]})
    >>> convert_table(frame, "EUR")["amount_eur"].round(2).item()
    1375641.97
    """
    asked = wishes(
        to,
        policy=policy,
        rates=rates,
        amount=amount,
        currency=currency,
        date=date,
        told=told(columns, set, decimal, sheet),
    )
    if isinstance(table, str | os.PathLike):
        path = os.fspath(table)
        if output is not None:
            copy(path, os.fspath(output), asked)
            return None
        with opened(path) as source:
            data = source.read()
        return _of_bytes(data, Path(path).name, kind_of(path, data), asked)
    found = _of_frame(table, asked)
    if output is None:
        return found
    with writing(os.fspath(output)) as target:
        shown = found if isinstance(found, pd.DataFrame) else found.to_pandas()
        frames.write(shown, kind_of(os.fspath(output), b""), target, os.fspath(output))
    return None


def _of_frame(table: Any, asked: Wishes) -> Any:
    if isinstance(table, pd.DataFrame):
        return frames.convert(table, asked, "the frame")[0]
    package = type(table).__module__.partition(".")[0]
    if package == "pyarrow" and hasattr(table, "append_column"):
        return columnar.of_table(table, asked)[0]
    if package == "polars" and hasattr(table, "to_arrow"):
        return type(table)(columnar.of_table(table.to_arrow(), asked)[0])
    raise UsageError(
        f"{type(table).__name__} is no table known here; pass a path, or a pandas, polars or "
        "PyArrow frame"
    )


def _of_bytes(data: bytes, name: str, kind: str, asked: Wishes) -> pd.DataFrame:
    """A frame as a notebook expects it: numbers and days as such."""
    found = frames.read(data, name, asked)
    done, _, _ = frames.convert(
        found.frame, asked, name, continental=found.continental, unsafe=found.unsafe
    )
    return frames.as_typed(done) if kind != "parquet" else done


def copy(
    path: str,
    output: str | None,
    asked: Wishes,
    *,
    form: str | None = None,
    encoding: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """Convert the table at ``path`` (``-``: standard input) into the file ``output`` or stdout.

    ``form`` is the format to write ("csv", "json"), by default that of the ending of ``output``,
    else the table's own.
    """
    name = "stdin" if path == "-" else Path(path).name
    with opened(path) as source:
        kind = kind_of(path, _peek(source))
        wanted = _wanted(kind, output, form)
        if output is not None and kind == wanted and kind in ("parquet", "xlsx") and path == "-":
            source = io.BytesIO(source.read())  # its reader jumps about
        with _target(output) as target:
            bar = _bar(progress, path)
            return _copied(source, target, asked, name, (kind, wanted), encoding, bar)


def _copied(
    source: Any,
    target: BinaryIO,
    asked: Wishes,
    name: str,
    kinds: tuple[str, str],
    encoding: str | None,
    progress: Callable[[int], None] | None,
) -> Outcome:
    kind, wanted = kinds
    if kind == wanted:
        if kind in ("csv", "tsv"):
            plain, write = encodings.as_utf8(source, target, encoding, name)
            mark = "\t" if kind == "tsv" else None
            done = delimited.convert(plain, write, asked, name, separator=mark, progress=progress)
            return Outcome(*done)
        if kind in ("json", "jsonl"):
            return Outcome(*json_rows.convert(source, target.write, asked, name, progress))
        if kind == "parquet":
            return Outcome(*columnar.convert(source, target, asked, name, progress))
        if kind == "xlsx":
            return Outcome(*workbook.convert(source.read(), target, asked, name))
    found = frames.read(source.read(), name, asked, encoding)
    frame, count, notes = frames.convert(
        found.frame, asked, name, continental=found.continental, unsafe=found.unsafe
    )
    frames.write(frame, wanted, target, name)
    return Outcome(count, (*found.notes, *notes))


def opened(path: str) -> Any:
    """The table as bytes; standard input for ``-``, and what a .gz holds."""
    if path == "-":
        held = getattr(sys.stdin, "buffer", None)
        return nullcontext(held or io.BytesIO(sys.stdin.read().encode("utf-8", "surrogatepass")))
    try:
        file = archives.as_opened(Path(path))
    except OSError as error:
        raise UnreadableInputError(
            f"{path}: cannot be opened ({error.strerror or error}); check the path", path
        ) from error
    if not path.lower().endswith(".gz"):
        return file
    packed: Any = gzip.open(file)  # noqa: SIM115
    return io.BufferedReader(archives.Bounded(packed, os.path.getsize(path), Path(path).name))  # noqa: PTH202


def _peek(source: Any) -> bytes:
    peek = getattr(source, "peek", None)
    found: bytes = peek(16)[:16] if peek is not None else b""
    return found


def kind_of(path: str, head: bytes) -> str:
    """The format of a table by its first bytes, else by the ending of its name.

    >>> kind_of("aid.csv.gz", b""), kind_of("-", b'{"amount": 1}'), kind_of("aid", b"PAR1")
    ('csv', 'jsonl', 'parquet')
    """
    suffix = Path(path.lower().removesuffix(".gz")).suffix
    if head.startswith(b"PAR1"):
        return "parquet"
    known = KINDS.get(suffix)
    if head.startswith(b"PK\x03\x04"):
        return known if known == "sheet" else "xlsx"
    if known is not None:
        return known
    start = head.lstrip(b" \t\r\n\xef\xbb\xbf")[:1]
    if start == b"<":
        return "sheet"
    return "json" if start == b"[" else "jsonl" if start == b"{" else "csv"


def _wanted(kind: str, output: str | None, form: str | None) -> str:
    """The format to write."""
    if form in ("csv", "json"):
        named = "jsonl" if form == "json" else "csv"
        return kind if kind in ("tsv", "json") and (form == "csv") == (kind == "tsv") else named
    if output not in (None, "-"):
        suffix = Path(str(output)).suffix.lower()
        known = KINDS.get(suffix)
        if known == "sheet":
            raise UsageError(f"{output}: old spreadsheets are not written; use .xlsx or .csv")
        if known is not None and {known, kind} != {"json", "jsonl"}:
            return known
        return kind if kind != "sheet" else "csv"
    return kind if kind in _OWN else "csv"


def _target(output: str | None) -> AbstractContextManager[BinaryIO]:
    shown: Any = None
    if output in (None, "-"):
        sys.stdout.flush()
        held = getattr(sys.stdout, "buffer", None)
        shown = _Text(sys.stdout.isatty())
        return nullcontext(shown if held is None or sys.stdout.isatty() else held)
    target = os.path.realpath(str(output))
    if os.path.exists(target) and not os.path.isfile(target):  # noqa: PTH110,PTH113
        if is_terminal(str(output)):
            stream = Path(target).open("w", encoding="utf-8", errors="replace")  # noqa: SIM115
            shown = _Text(True, stream)
            return closing(shown)
        return Path(target).open("wb")  # a device or pipe is written to as it is
    return writing(target)


class _Text(io.RawIOBase):
    """Bytes for a stdout that takes text alone, as in a notebook, or that is a terminal."""

    def __init__(self, terminal: bool = False, stream: Any = None) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._terminal, self._stream = terminal, stream

    def write(self, data: Any) -> int:
        """Print the letters that are complete; a terminal gets none that it would obey."""
        text = self._decoder.decode(bytes(data))
        (self._stream or sys.stdout).write(visible(text) if self._terminal else text)
        return len(data)

    def close(self) -> None:
        """Close the terminal that was opened for it."""
        if self._stream is not None:
            self._stream.close()
        super().close()


def _bar(progress: Callable[[int, int], None] | None, path: str) -> Callable[[int], None] | None:
    """Progress in megabytes of the file."""
    if progress is None or path == "-" or not path.lower().endswith((".csv", ".tsv", ".jsonl")):
        return None
    whole = max(Path(path).stat().st_size, 1)
    done = 0

    def show(size: int) -> None:
        nonlocal done
        done += size
        progress(done >> 20, whole >> 20)

    return show
