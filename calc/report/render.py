"""One way out for every result: ``render(result, format)``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from rates.errors import UsageError

from .delimited import delimited
from .grids import grids
from .json_lines import json_lines
from .ledgers import ledger_sections
from .markdown import markdown
from .results import (
    ReconciledTables,
    is_reconciliation,
    is_record,
    is_sum,
    is_table,
    overview_of,
    printed_ranges,
    reports_of,
    unknown,
)
from .sections import (
    Section,
    check_sections,
    claim_sections,
    finding_section,
    frame_section,
    newest,
    pledge_section,
    record_section,
    sum_sections,
    total_section,
)
from .tables import WIDTH, Column
from .terminal import terminal

if TYPE_CHECKING:
    import pandas as pd

FORMATS = ("table", "json", "csv", "markdown")


def render(
    result: object,
    format: str = "table",  # noqa: A002  (the word that the command line uses)
    *,
    sentences: Sequence[str] = (),
    arithmetic: Mapping[str, str] = MappingProxyType({}),
    every: bool = False,
    width: int = WIDTH,
    colour: bool = False,
) -> str:
    """Return any result of ours as text that ends in a newline, or as empty text.

    ``sentences`` come before the tables that a person reads; ``arithmetic`` has the
    lines behind each verdict, by claim_id; ``every`` shows all windows, not the newest three, and
    all entries of a register. ``width`` and ``colour`` are those of a terminal.
    Raises UsageError for an unknown format.

    >>> import pandas as pd
    >>> print(render(pd.DataFrame({"donor": ["Lithuania"], "amount": [1e7]})), end="")
    donor      amount
    Lithuania  10 M
    """
    if format == "json":
        return json_lines(grids(result))
    if format == "csv":
        return delimited(grids(result))
    if format not in FORMATS:
        raise UsageError(f"unknown format '{format}'; choose one of {', '.join(FORMATS)}")
    parts = sections(result, arithmetic=arithmetic, every=every)
    if format == "markdown":
        return markdown(parts, sentences)
    return terminal(parts, sentences, width, colour)


def sections(
    result: object, *, arithmetic: Mapping[str, str], every: bool = False
) -> list[Section]:
    """Return what a person sees of ``result``."""
    if is_table(result):
        return _of_table(result, arithmetic)
    if is_reconciliation(result):
        return _of_reconciliation(result, every)
    if is_sum(result):
        page = overview_of(result)
        told = sum_sections(result, every)
        if page is None:
            return told
        first = [told[0], *ledger_sections(page, result.excluded.iloc[:0], every)]
        return [*first, *told[1:]] if every else first
    if is_record(result):
        return [_line(str(result))]
    if isinstance(result, list):
        return [record_section(result)]
    if isinstance(result, tuple):
        return [_windows([str(item) for item in result], every)]
    raise unknown(result)


def _of_table(table: pd.DataFrame, arithmetic: Mapping[str, str]) -> list[Section]:
    """Checks and claims have sections of their own, told by their columns."""
    columns = set(table.columns)
    if {"verdict", "base_text"} <= columns:
        return check_sections(table, arithmetic)
    if {"claim_id", "role", "text"} <= columns:
        return claim_sections(table)
    return [frame_section(table)]


def _of_reconciliation(result: ReconciledTables, every: bool) -> list[Section]:
    """What needs a person, pledges, totals; of a register its page first, all entries if wanted."""
    page = overview_of(result)
    told = pledge_section(result.pledges, printed=printed_ranges(result))
    if page is None:
        return _problems_first(result.findings, [told, total_section(result.totals)])
    first = ledger_sections(page, result.findings, every)
    if every:
        return [*first, told, total_section(result.totals), finding_section(result.findings)]
    reports = reports_of(result)
    if not len(reports):
        return first
    told = pledge_section(reports, "Pledges of reports", printed_ranges(result))
    return [*first, told, total_section(result.totals)]


def _problems_first(findings: pd.DataFrame, others: list[Section]) -> list[Section]:
    """What needs a person, the other sections, then what is only worth knowing."""
    if not len(findings):
        return [*others, finding_section(findings)]
    need = findings["severity"].isin(("error", "warning"))
    found = [*others]
    if need.any():
        found.insert(0, finding_section(findings[need])._replace(title="What needs a person"))
    if not need.all():
        found.append(finding_section(findings[~need])._replace(title="Also found"))
    return found


def _windows(windows: list[str], every: bool) -> Section:
    if not windows:
        return _line("No fixing day fits.")
    return _line(newest(windows, None if every else 3))


def _line(text: str) -> Section:
    return Section("", (Column(""),), (), text)
