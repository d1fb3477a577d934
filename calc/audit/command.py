"""``pledgecalc audit TABLE``: read a table file, audit it, and lay the result out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from ..documents import find_sources, read_bytes
from ..report.delimited import delimited
from ..report.grids import Grid, of_frame, of_record
from ..report.json_lines import json_lines
from ..report.markdown import markdown
from ..report.sections import Row, Section
from ..report.spreadsheet import spreadsheet
from ..report.tables import WIDTH, Column
from ..schema import TEXT
from ..tables.layouts import load
from .auditing import Audit, audit
from .columns import ROLES
from .report import COLUMNS, cells, records_of
from .report import text as in_text

if TYPE_CHECKING:
    from rates.fixings import Fixings

_CONTINENTAL = r"[+-]?\d{1,3}(?:\.\d{3})*(?:,\d+)?|[+-]?\d+(?:,\d+)?"
_HEADER_WORDS = ("currency", "amount", "date", "value", "converted")


class AuditAnswer(NamedTuple):
    """The answer as text, or of a workbook as ``content``; notes; how bad what was found is."""

    text: str
    notes: tuple[str, ...]
    severity: str
    content: bytes = b""


def audited(options: Mapping[str, Any]) -> AuditAnswer:
    """Audit the table that the options of the command line name."""
    given = {role: options.get(role) for role in (*ROLES, "rate", "rates")}
    to = options.get("to") or options.get("into") or "EUR"
    wanted = {key: options.get(key) for key in ("only", "top", "width")}
    return audit_file(options["table"], **given, to=to, form=options["format"], **wanted)


def audit_file(
    path: str,
    *,
    amount: str | None = None,
    currency: str | None = None,
    date: str | None = None,
    converted: str | None = None,
    to: str = "EUR",
    rate: str | None = None,
    rates: Fixings | None = None,
    form: str = "table",
    only: str | None = None,
    top: int | None = None,
    width: int | None = None,
) -> AuditAnswer:
    """Audit the table in a file (CSV, TSV, JSON, Excel, Parquet, or ``-``).

    ``row`` in the result is the row as a person counts it in the file: the header of a CSV file
    is row 1. Column names that were guessed are shown in a note. ``only`` leaves the policies out,
    ``top`` all but the first outliers.
    """
    source = find_sources(path)[0]
    raw = load(read_bytes(source), source.name, _is_header)
    frame = raw.frame.set_axis(raw.frame.index + raw.first_row, axis=0)
    if raw.continental:
        frame = frame.apply(_decimal_points)
    given = {"amount": amount, "currency": currency, "date": date, "converted": converted}
    found = audit(frame, **given, to=to, rate=rate, rates=rates)
    guessed = [f"{role} = {name!r}" for role, name in found.columns.items() if _open(given, role)]
    notes = [f"columns by their names: {', '.join(guessed)}"] if guessed else []
    if form != "table":
        notes += found.notes
    told = (*notes, *raw.notes, *raw.problems)
    if form == "xlsx":
        return AuditAnswer("", told, found.severity, spreadsheet(_grids(found, only, top)))
    text = _laid_out(found, form, only, top, width or WIDTH)
    return AuditAnswer(text, told, found.severity)


def _open(given: dict[str, str | None], role: str) -> bool:
    return role in given and given[role] is None


def _is_header(names: Iterable[str]) -> bool:
    folded = [str(name).casefold() for name in names]
    return sum(any(word in name for name in folded) for word in _HEADER_WORDS) >= 2


def _decimal_points(column: pd.Series) -> pd.Series:
    """A column of "1.234,50" with points, when every number in it is written so."""
    text = column.dropna().astype(TEXT)
    if not len(text) or not text.str.fullmatch(_CONTINENTAL).all():
        return column
    plain = text.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
    return plain.reindex(column.index)


def _laid_out(found: Audit, form: str, only: str | None, top: int | None, width: int) -> str:
    if form == "table":
        return in_text(found, width, only, top)
    if form == "markdown":
        policies = tuple(Row(tuple(cells(one))) for one in records_of(found.policies))
        outliers = found.outliers[:top]
        rows = tuple(Row((str(row), why)) for row, why in outliers.itertuples(index=False))
        sections = [] if only else [Section("Policies", COLUMNS, policies)]
        if rows:
            sections.append(Section("Outliers", (Column("row"), Column("reason")), rows))
        return markdown(sections, [found.summary, *found.notes])
    grids = _grids(found, only, top)
    return json_lines(grids) if form == "json" else delimited(grids)


def _grids(found: Audit, only: str | None, top: int | None) -> list[Grid]:
    outliers = of_frame("outliers", found.outliers[:top])
    if only:
        return [outliers]
    return [
        of_record("summary", {"summary": found.summary, "policy": found.policy}),
        of_frame("policies", found.policies),
        outliers,
    ]
