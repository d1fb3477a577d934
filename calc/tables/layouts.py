"""Table files as plain frames, every cell as it was written: which reader a file needs.

Nothing is interpreted here. A row that does not fit its table is kept and reported, for a cell
that slipped into the next column would be a wrong amount.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..documents import decode
from .columnar import parquet
from .delimited import delimited
from .json_rows import json_rows
from .raw import Raw
from .workbooks import workbook

__all__ = ["Raw", "load"]


def load(data: bytes, name: str, is_header: Callable[[Iterable[str]], bool]) -> Raw:
    """Read the bytes of a table by the ending of its ``name``, or by what they look like.

    ``is_header`` recognises the header of a spreadsheet that has notes above it. Raises
    UnreadableInputError for files that are damaged, too large or need an extra.
    """
    suffix = name.lower().rpartition(".")[2]
    if suffix == "parquet" or data.startswith(b"PAR1"):
        return parquet(data, name)
    if suffix == "xlsx" or data.startswith(b"PK\x03\x04"):
        return workbook(data, name, is_header)
    text = decode(data, name)
    head = text.lstrip()[:2]
    if suffix in ("json", "jsonl", "ndjson") or head[:1] == "{" or head in ("[{", "[\n"):
        return json_rows(text, name)
    return delimited(text, name, "\t" if suffix == "tsv" else None, is_header)
