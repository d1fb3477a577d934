"""Where a result goes: what the ending of a file says of its format, or what would do instead."""

from __future__ import annotations

import os

from rates.errors import UsageError

ENDINGS = {
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "table",
    ".xlsx": "xlsx",
}
_ALSO = (("iati-csv", ".csv"), ("claimreview", ".json"), ("claimreview", ".jsonld"))
PAGES = (".html", ".htm")
DATA = (
    "json",
    "csv",
    "iati-csv",
    "claimreview",
    "xlsx",
)  # for programs: UTF-8 whatever the terminal speaks
_SHOWN = ".csv, .json, .xlsx, .md or .txt"


def format_of(verb: str, form: str | None, output: str | None) -> str:
    """The format to write: what was asked for, else what the ending says, else a table.

    Raises UsageError where the two disagree, and for an ending that nothing here writes.

    >>> format_of("check", None, "out.csv"), format_of("check", "json", None)
    ('csv', 'json')
    """
    if output in (None, "-"):
        if form == "xlsx":
            raise UsageError("a workbook is written to a file: -o NAME.xlsx")
        return form or "table"
    name = os.path.basename(str(output)).lower()  # noqa: PTH119 (pathlib costs 5 ms)
    ending = os.path.splitext(name)[1]  # noqa: PTH122
    if verb == "read" and form in (None, "iati-csv") and name.endswith(".iati.csv"):
        return "iati-csv"
    if (form, ending) in _ALSO:
        return str(form)
    if ending in PAGES:
        raise UsageError(f"-o {output}: only reconcile makes a page; choose {_SHOWN}")
    found = ENDINGS.get(ending)
    if found is None and ending and form is None:
        raise UsageError(f"-o {output}: {ending} is not written here; choose {_SHOWN}")
    if found and form and found != form:
        raise UsageError(
            f"-o {output}: the ending says {found}, but the format asked for is {form}; "
            "change one of the two"
        )
    return form or found or "table"


def with_mark(text: str, form: str, bom: bool) -> str:
    r"""``text`` with a byte-order mark in front where one is wanted, which is of CSV alone.

    >>> with_mark("a,b", "csv", True)
    '\ufeffa,b'
    """
    if not bom:
        return text
    if form not in ("csv", "iati-csv"):
        raise UsageError(f"--bom is of csv, not of {form}; add --format csv")
    return f"\ufeff{text}"
