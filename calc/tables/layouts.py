"""Table files as plain frames, every cell as it was written: which reader a file needs.

Nothing is interpreted here. A row that does not fit its table is kept and reported, for a cell
that slipped into the next column would be a wrong amount.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterable

from rates.errors import UnreadableInputError

from ..documents import decode
from ..documents.kinds import HOW_TO_TABLE, is_page, suffix_of
from . import iati
from .columnar import feather, parquet
from .delimited import delimited
from .json_rows import json_rows
from .markup import table_of_page
from .raw import Raw
from .workbooks import workbook

__all__ = ["Raw", "load"]

_SEPARATORS = {".tsv": "\t", ".tab": "\t"}
_JSON_START = re.compile(r"\s*(?:\{|\[\s*[\[{\]])")


def load(
    data: bytes,
    name: str,
    is_header: Callable[[Iterable[str]], bool],
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    named: Collection[str] = (),
) -> Raw:
    """Read the bytes of a table by the ending of its ``name``, or by what they look like.

    ``is_header`` recognises a header that has notes above it, as do the columns ``named`` that a
    person says it has; they choose the sheet of a workbook too, unless ``sheet`` does, by name or
    number. Raises UnreadableInputError for files that are damaged, too large, no table, or need
    an extra.
    """
    wanted = {*named}

    def fits(found: Iterable[str]) -> bool:
        names = list(found)
        return bool(wanted and wanted <= {*names}) or is_header(names)

    suffix = suffix_of(name)
    if data.startswith(b"PAR1") or suffix == ".parquet":
        return parquet(data, name)
    if data.startswith((b"ARROW1", b"FEA1")) or suffix in (".feather", ".arrow"):
        return feather(data, name)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or suffix in (".xlsx", ".xlsb"):
        return workbook(data, name, fits, sheet, wanted)
    if is_page(data):  # many an .xls of a ministry is a page
        return table_of_page(data, name, fits)
    if iati.is_xml(data):
        return iati.load(io.BytesIO(data), name, encoding)
    text = decode(data, name, encoding)
    if suffix in (".json", ".jsonl", ".ndjson") or _JSON_START.match(text):
        return json_rows(text, name)
    if suffix in (".ods", ".xlsm") or "\n" not in text.strip():
        _refuse_one_line(text, name, fits)
    return delimited(text, name, _separator(suffix, text), fits)


def _separator(suffix: str, text: str) -> str | None:
    """The mark that a file's ending names; ``.ssv`` says semicolons to some, spaces to others."""
    if suffix == ".ssv":
        return ";" if ";" in text.split("\n", 1)[0] else " "
    return _SEPARATORS.get(suffix)


def _refuse_one_line(text: str, name: str, fits: Callable[[Iterable[str]], bool]) -> None:
    """A single line that is no header either is no table."""
    if not any(fits([cell.strip() for cell in text.split(mark)]) for mark in ",;\t|"):
        shown = text.strip()[:40]
        raise UnreadableInputError(
            f"{name}: no table ({shown!r} is all that it holds); {HOW_TO_TABLE}", name
        )
