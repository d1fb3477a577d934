"""A reconciliation in a notebook: its sentences, pledges, totals and findings, the claims folded.

It says what the page says, in the notebook's own colours and fonts, and keeps to what one reads in
a cell: the first rows of each table, with the name of the table that has them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rates import notebook

from ..schema import SEVERITIES, WORST_FIRST
from .cells import clean
from .ledgers import ledger_sections
from .results import ReconciledTables, overview_of, printed_ranges, reports_of
from .sections import Section, besides, pledge_section, records, total_section, words
from .view import TOP, part, view

if TYPE_CHECKING:
    import pandas as pd


def fragment(result: ReconciledTables, sentences: Sequence[str] = ()) -> str:
    """The reconciliation as HTML for a cell; everything from a source is escaped."""
    summary = besides(sentences, result.findings)
    items = "".join(f"<li>{notebook.escaped(clean(one))}</li>\n" for one in summary[:TOP])
    parts = [f"<ul>\n{items}</ul>\n"] if items else []
    overview = overview_of(result)
    pledges, title = result.pledges, "Pledges"
    if overview is not None:
        pledges, title = reports_of(result), "Pledges of reports"
        parts += map(part, ledger_sections(overview, result.findings, every=False))
    if overview is None or len(pledges):
        parts.append(_first(pledge_section(pledges, title, printed_ranges(result)), ".pledges"))
        if len(result.totals):
            parts.append(_first(total_section(result.totals), ".totals"))
    parts.append(_findings(result))
    parts.append(_said(result.claims))
    return notebook.shown(*parts)


def _first(section: Section, where: str) -> str:
    """The first rows of a section, and where the others are."""
    rest = len(section.rows) - TOP
    shown = part(section._replace(rows=section.rows[:TOP]))
    return shown + (notebook.note(f"{rest:,} more in {where}") if rest > 0 else "")


def _findings(result: ReconciledTables) -> str:
    """The findings, the worst first, each with the figures that it is about."""
    found = sorted(records(result.findings), key=_severity)
    if not found:
        return notebook.title("Findings") + notebook.note("None.")
    claims = {str(claim["claim_id"]): claim for claim in records(result.claims)}
    parts = [notebook.title("Findings")]
    for finding in found[:TOP]:
        severity = clean(finding["severity"])
        kind = severity if severity in SEVERITIES else "info"
        quoted = _quoted(finding, claims)
        parts.append(
            f'<div class="pc-finding pc-{kind}"><p><span class="pc-severity">'
            f"{notebook.escaped(severity)}</span> · {notebook.escaped(clean(finding['cause']))}: "
            f"{notebook.escaped(clean(finding['message']).rstrip('.'))}.</p>\n{quoted}</div>\n"
        )
    if len(found) > TOP:
        parts.append(notebook.note(f"{len(found) - TOP:,} more in .findings"))
    return "".join(parts)


def _severity(finding: Mapping[str, Any]) -> int:
    return WORST_FIRST.get(str(finding["severity"]), len(WORST_FIRST))


_MOST_QUOTED = 6


def _quoted(finding: Mapping[str, Any], claims: Mapping[str, dict[str, Any]]) -> str:
    ids = [one for one in str(finding["claim_ids"] or "").split("|") if one in claims]
    told = [f"“{words(claims[one])}” {clean(claims[one]['source'])}" for one in ids[:_MOST_QUOTED]]
    more = [f"and {len(ids) - _MOST_QUOTED} more"] if len(ids) > _MOST_QUOTED else []
    return notebook.note(" · ".join([*told, *more]))


def _said(claims: pd.DataFrame) -> str:
    """The sentences of the reports, folded away; the rows of a register are on file."""
    told = claims[claims["entry"] != "ledger"]
    if not len(told):
        return ""
    shown = view(told).inner_html()
    count = int((told["role"] != "noise").sum())
    label = f"What the sources say: {count:,} claim{'s' * (count != 1)}"
    return f"<details><summary>{label}</summary>\n{shown}</details>\n"
