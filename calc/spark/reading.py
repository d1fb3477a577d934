"""Documents in Spark: their claims as a Spark DataFrame.

Each document is read by the same code as on one machine, so the rows are the same, whatever the
partitions. Start a session with ``rates.frames.local_spark``, or use a cluster on whose workers
pledgecalc is installed.
"""

from __future__ import annotations

import datetime
import importlib
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from rates.errors import UsageError

from .. import schema
from ..claims.sources import read_each
from ..documents import Source, given_date, source_of

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

BATCH = 200  # documents whose claims are held together: memory stays flat

# Days without a time zone: a session's zone must not move them.
TYPES = {"text": "string", "number": "double", "date": "timestamp_ntz"}
_DOCUMENTS = {
    **dict.fromkeys("source title publisher published published_basis kind".split(), "string"),
    "figures": "bigint",
    **dict.fromkeys("url language notes problem".split(), "string"),
}


def read_documents(
    frame: DataFrame,
    text: str = "text",
    path: str = "path",
    *,
    html: str | None = None,
    root: str | None = None,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
) -> DataFrame:
    """Read documents into one Spark DataFrame of claims, with the columns of ``schema.CLAIMS``.

    ``frame`` has a row per document: the column ``path`` names it, the column ``text`` holds its
    text, or its bytes as ``spark.read.format("binaryFile")`` gives them in ``content``; ``html``
    names a column of web pages instead. ``root`` is the folder that was read: what lies below it
    is the source, as in ``read(root)``. Dates are ``timestamp_ntz``, at midnight.

    Rows come in no order of their own; sort by source and start. A document that cannot be read
    gives no row here; ``describe_documents`` says why. Raises UsageError for a missing column.
    """

    def claims_of(sources: list[Source]) -> dict[str, list[Any]]:
        claims = read_each(sources, published=day, publisher=publisher)
        return {name: _plain(claims[name]) for name in schema.CLAIMS}

    day = given_date(published)
    asked = _Asked(html or text, path, html is not None, root)
    return _mapped(frame, asked, claims_of, {c: TYPES[k] for c, k in schema.CLAIMS.items()})


def describe_documents(
    frame: DataFrame,
    text: str = "text",
    path: str = "path",
    *,
    html: str | None = None,
    root: str | None = None,
    published: datetime.date | str | None = None,
    publisher: str | None = None,
) -> DataFrame:
    """Say what each document is, as ``attrs["documents"]`` and ``attrs["problems"]`` do.

    One row per document that was read (source, title, publisher, published as ISO text,
    published_basis, kind, figures, url, language, notes as a JSON list), and one per problem, in
    ``problem``. Takes the same arguments as ``read_documents``.
    """

    def described(sources: list[Source]) -> dict[str, list[Any]]:
        attrs = read_each(sources, published=day, publisher=publisher).attrs
        rows = [
            {**entry, "notes": json.dumps(entry["notes"], ensure_ascii=False)}
            for entry in attrs["documents"]
        ]
        rows += [
            {"source": problem["source"], "problem": problem["message"]}
            for problem in attrs["problems"]
        ]
        return {name: [row.get(name) for row in rows] for name in _DOCUMENTS}

    day = given_date(published)
    asked = _Asked(html or text, path, html is not None, root)
    return _mapped(frame, asked, described, _DOCUMENTS)


class _Asked(NamedTuple):
    """The columns to read and how: text or page, and the folder that names start below."""

    text: str
    path: str
    is_page: bool
    root: str | None


def _mapped(
    frame: DataFrame,
    asked: _Asked,
    read: Callable[[list[Source]], dict[str, list[Any]]],
    columns: dict[str, str],
) -> DataFrame:
    for name in (asked.text, asked.path):
        if name not in frame.columns:
            raise UsageError(f"the frame has no column {name!r}; it has {', '.join(frame.columns)}")

    def each(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        arrow = importlib.import_module("pyarrow")
        types = {
            "string": arrow.string(),
            "double": arrow.float64(),
            "bigint": arrow.int64(),
            "timestamp_ntz": arrow.timestamp("us"),
        }
        fields = arrow.schema([(name, types[kind]) for name, kind in columns.items()])
        for batch in batches:
            for start in range(0, batch.num_rows, BATCH):
                rows = batch.slice(start, BATCH).to_pylist()
                found = read([_source(row[asked.path], row[asked.text], asked) for row in rows])
                yield arrow.RecordBatch.from_pydict(found, schema=fields)

    shape = ", ".join(f"`{name}` {kind}" for name, kind in columns.items())
    return frame.select(asked.path, asked.text).mapInArrow(each, shape)


def _plain(column: pd.Series[Any]) -> list[Any]:
    """Cells without pandas' own missing values."""
    return column.astype(object).where(column.notna(), None).tolist()


def _source(name: Any, content: Any, asked: _Asked) -> Source:
    """One row as a source, named by its path below the folder that was read.

    >>> _source("file:/data/2024/a.txt", "Vilnius pays.", _Asked("", "", False, "/data")).name
    '2024/a.txt'
    """
    shown = "document" if name is None else str(name)
    if asked.root is not None:
        bare = shown.partition(":")[2] if shown.split("/", 1)[0].endswith(":") else shown
        shown = f"/{bare.lstrip('/')}".removeprefix(f"/{asked.root.strip('/')}/").lstrip("/")
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogatepass")
    if not isinstance(content, bytes | bytearray):
        return Source(shown, "text", problem="the row holds no text")
    return source_of(shown, bytes(content), "page" if asked.is_page else None)
