"""A reconciliation as a fragment for notebooks; the page is written in ``page/``.

Everything that came from a source is escaped; there are no scripts and no outside resources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from ..schema import SEVERITIES
from ..text.data_tables import DATA
from .cells import clean
from .ledgers import ledger_sections
from .results import overview_of, printed_ranges, reports_of
from .sections import (
    Section,
    besides,
    pledge_section,
    records,
    total_section,
    words,
)
from .tables import Column

if TYPE_CHECKING:
    import pandas as pd

_STYLE = DATA / "page.css"


class ForFragment(Protocol):
    """What a page shows: the tables of a reconciliation."""

    @property
    def claims(self) -> pd.DataFrame: ...
    @property
    def pledges(self) -> pd.DataFrame: ...
    @property
    def totals(self) -> pd.DataFrame: ...
    @property
    def findings(self) -> pd.DataFrame: ...


def fragment(result: ForFragment, sentences: Sequence[str] = ()) -> str:
    """Return the summary and the tables, with their style, for a notebook cell."""
    style = _STYLE.read_text(encoding="utf-8")
    return f'<style>\n{style}</style>\n<div class="pledgecalc">\n{_body(result, sentences)}</div>\n'


def _body(result: ForFragment, sentences: Sequence[str]) -> str:
    parts = []
    summary = besides(sentences, result.findings)
    if summary:
        items = "".join(f"<li>{escape(clean(one))}</li>\n" for one in summary)
        parts.append(f"<ul>\n{items}</ul>\n")
    overview = overview_of(result)
    pledges, title = result.pledges, "Pledges"
    if overview is not None:
        pledges, title = reports_of(result), "Pledges of reports"
        parts += map(_section, ledger_sections(overview, result.findings, every=True))
    if overview is None or len(pledges):
        parts.append(_section(pledge_section(pledges, title, printed_ranges(result))))
        parts.append(_section(total_section(result.totals)))
    parts.append(_findings(result))
    return "".join(parts)


def _section(section: Section) -> str:
    note = f'<p class="meta">{escape(section.note)}</p>\n' if section.note else ""
    return f"<h2>{escape(section.title)}</h2>\n{note}{table(section)}"


def table(section: Section) -> str:
    """Return the table of a section, each row's paragraphs in a row below it."""
    if not section.rows:
        return ""
    classes = [_css(column) for column in section.columns]
    head = "".join(
        f"<th{css}>{escape(column.name)}</th>"
        for css, column in zip(classes, section.columns, strict=True)
    )
    lines = [f"<tr>{head}</tr>\n"]
    for row in section.rows:
        cells = "".join(
            f"<td{css}>{escape(cell)}</td>" for css, cell in zip(classes, row.cells, strict=True)
        )
        opened = ' class="open"' if row.below else ""
        lines.append(f"<tr{opened}>{cells}</tr>\n")
        if row.below:
            paragraphs = "".join(f"<p>{escape(text)}</p>" for text in row.below)
            span = len(section.columns)
            lines.append(f'<tr class="below"><td colspan="{span}">{paragraphs}</td></tr>\n')
    return f'<div class="wide"><table>\n{"".join(lines)}</table></div>\n'


def _css(column: Column) -> str:
    names = ["right"] * column.right + ["figure"] * (not column.wrap)
    return f' class="{" ".join(names)}"' if names else ""


def _findings(result: ForFragment) -> str:
    claims = {str(claim["claim_id"]): claim for claim in records(result.claims)}
    parts = ["<h2>Findings</h2>\n"]
    for finding in records(result.findings):
        severity = clean(finding["severity"])
        known = severity if severity in SEVERITIES else "info"
        quoted = _quotes(str(finding["claim_ids"] or "").split("|"), claims)
        parts.append(
            f'<div class="finding {known}"><p><span class="severity">{escape(severity)}</span> '
            f"· {escape(clean(finding['cause']))}</p>\n"
            f"<p>{escape(clean(finding['message']).rstrip('.'))}.</p>\n"
            f'<p class="meta">{quoted}</p></div>\n'
        )
    if len(parts) == 1:
        parts.append('<p class="meta">None.</p>\n')
    return "".join(parts)


def _quotes(claim_ids: Iterable[str], claims: dict[str, dict[str, Any]]) -> str:
    found = [claims[claim_id] for claim_id in claim_ids if claim_id in claims]
    return " · ".join(
        f"<q>{escape(words(claim))}</q> {escape(clean(claim['source']))}" for claim in found
    )
