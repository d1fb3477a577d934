"""What matters of documents in a few lines: the sum, what needs a person, the largest pledges."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import pandas as pd

from .. import schema
from ..report.grids import Grid, of_frame
from ..report.results import ReconciledTables, SummedTables, printed_ranges
from ..report.sections import (
    Row,
    Section,
    documents,
    finding_section,
    pledge_section,
    records,
    sum_sections,
)
from ..report.tables import Column

FIRST = 5  # findings and pledges


class Totalled(ReconciledTables, Protocol):
    """A reconciliation that can be summed."""

    currency: str

    def total(self, *, currency: str | None = None) -> SummedTables:
        """The safe sum of all pledges."""


class Brief(NamedTuple):
    """Sentences and sections for a person, grids for programs."""

    sentences: tuple[str, ...]
    sections: tuple[Section, ...]
    grids: tuple[Grid, ...]


def brief(
    claims: pd.DataFrame,
    checks: pd.DataFrame,
    flags: Sequence[str | None],
    result: Totalled,
    files: Sequence[str],
    top: int = FIRST,
) -> Brief:
    """The ``top`` findings that need a person and the ``top`` largest pledges, with the safe sum.

    ``flags`` are the severities of ``checks``; ``files`` go into the commands to try next.
    """
    findings = result.findings[result.findings["severity"].isin(("error", "warning"))]
    amount = f"amount_{result.currency.lower()}"
    largest = result.pledges.sort_values(amount, ascending=False, kind="stable", na_position="last")
    sections = []
    if len(findings):
        told = finding_section(findings[:top])
        sections.append(told._replace(title="What needs a person", note=_more(findings, top)))
    if len(largest):
        told = pledge_section(largest[:top], "Pledges, largest first", printed_ranges(result))
        sections.append(told._replace(note=_more(largest, top)))
    if len(claims):
        sections.append(Section("Next", (Column(""),), _next(files, len(findings) > 0)))
    grids = (
        of_frame("check", schema.where(checks, (flag is not None for flag in flags))),
        of_frame("pledge", result.pledges),
        of_frame("total", result.totals),
        of_frame("finding", findings),
    )
    return Brief(_sentences(claims, flags, result, len(findings)), tuple(sections), grids)


def _sentences(
    claims: pd.DataFrame, flags: Sequence[str | None], result: Totalled, problems: int
) -> tuple[str, ...]:
    read = len(documents(claims))
    meant = sum(1 for row in records(claims[["role"]]) if row["role"] != "noise")
    first = f"{_count(read, 'document')}: {_count(meant, 'money claim')}"
    if not meant:
        return (f"{_count(read, 'document')}, no money claim.",)
    told = [f"{first}, {_count(len(result.pledges), 'pledge')}."]
    if len(result.pledges):
        told.append(f"{sum_sections(result.total())[0].title}.")
    if flags:
        bad = sum(1 for flag in flags if flag)
        needs = "needs" if bad == 1 else "need"
        state = f"{bad} of them {needs} a person" if bad else "all in order"
        told.append(f"{_count(len(flags), 'stated conversion')}: {state}.")
    if not problems:
        told.append("Nothing needs a person.")
    return tuple(told)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _more(table: pd.DataFrame, top: int) -> str:
    rest = len(table) - top
    return f"The first {top}; reconcile shows {rest:,} more." if rest > 0 else ""


def _next(files: Sequence[str], problems: bool) -> tuple[Row, ...]:
    named = shlex.join(files)
    verbs = ["reconcile", "review"] if problems else ["reconcile", "read"]
    return tuple(Row((f"pledgecalc {verb} {named}",)) for verb in verbs)
