"""A page about a reconciliation that needs nothing but itself, and a fragment for notebooks.

Everything that came from a source is escaped; there are no scripts and no outside resources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, Protocol

from ..schema import SEVERITIES
from ..text.data_tables import DATA
from .cells import clean, day
from .ledgers import ledger_sections
from .results import overview_of, printed_ranges, reports_of
from .sections import (
    Section,
    besides,
    document_name,
    documents,
    parties,
    pledge_section,
    records,
    total_section,
    words,
)
from .tables import Column

if TYPE_CHECKING:
    import pandas as pd

_STYLE = DATA / "page.css"


class ForPage(Protocol):
    """What a page shows: the tables of a reconciliation."""

    @property
    def claims(self) -> pd.DataFrame: ...
    @property
    def pledges(self) -> pd.DataFrame: ...
    @property
    def totals(self) -> pd.DataFrame: ...
    @property
    def findings(self) -> pd.DataFrame: ...


def page(result: ForPage, sentences: Sequence[str] = ()) -> str:
    """Return a whole HTML page: ``sentences`` first, then the tables, then every claim."""
    read = documents(result.claims)
    title = f"{len(read)} document{'s' * (len(read) != 1)}, reconciled"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Nothing may be loaded, whatever a source manages to put on this page.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>\n{_STYLE.read_text(encoding='utf-8')}"
        "html, body { margin: 0; }\n"
        "main { max-width: 56rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; }\n"
        "</style>\n</head>\n"
        f'<body class="pledgecalc">\n<main>\n<h1>{escape(title)}</h1>\n'
        f'<p class="meta">{escape(_dates(read))}</p>\n'
        f"{_body(result, sentences)}{_claims(result.claims)}</main>\n</body>\n</html>\n"
    )


def fragment(result: ForPage, sentences: Sequence[str] = ()) -> str:
    """Return the part of the page above the claims, with its style, for a notebook cell."""
    style = _STYLE.read_text(encoding="utf-8")
    return f'<style>\n{style}</style>\n<div class="pledgecalc">\n{_body(result, sentences)}</div>\n'


def _dates(read: Sequence[dict[str, Any]]) -> str:
    days = sorted(day(item.get("published")) for item in read if item.get("published"))
    if not days:
        return "No date of publication found." if any("published" in item for item in read) else ""
    undated = sum("published" in item and not item["published"] for item in read)
    rest = f"; {undated} without a date" if undated else ""
    return f"Published {days[0]} to {days[-1]}{rest}."


def _body(result: ForPage, sentences: Sequence[str]) -> str:
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


def _findings(result: ForPage) -> str:
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


def _claims(claims: pd.DataFrame) -> str:
    """Every claim in its sentence, by document; what was ignored is folded away."""
    by_source: dict[str, list[dict[str, Any]]] = {}
    told = claims[claims["entry"] != "ledger"]  # the rows of a register are on file, and many
    told.attrs = dict(claims.attrs)
    for claim in records(told):
        by_source.setdefault(str(claim["source"]), []).append(claim)
    if not by_source:
        return ""
    parts = ["<h2>What the sources say</h2>\n"]
    for document in documents(told):
        found = by_source.get(str(document["source"]), [])
        kept = [claim for claim in found if claim["role"] != "noise"]
        ignored = [claim for claim in found if claim["role"] == "noise"]
        parts.append(f"<h3>{escape(document_name(document))}</h3>\n")
        parts.append(_sentences(kept) if kept else '<p class="meta">No money claim.</p>\n')
        if ignored:
            label = f"{len(ignored)} figure{'s' * (len(ignored) != 1)} ignored"
            parts.append(f"<details><summary>{label}</summary>\n{_sentences(ignored)}</details>\n")
    return "".join(parts)


def _sentences(claims: Iterable[dict[str, Any]]) -> str:
    lines = ["<tr><th>figure</th><th>role</th><th>who → whom</th><th>in its sentence</th></tr>\n"]
    for claim in claims:
        converted = "= " if claim["conversion_of"] else ""
        who = clean(claim["noise_reason"]) if claim["role"] == "noise" else parties(claim)
        lines.append(
            f'<tr><td class="figure">{converted}{escape(words(claim))}</td>'
            f"<td>{escape(clean(claim['role']))}</td><td>{escape(who)}</td>"
            f'<td class="sentence">{_marked(claim)}</td></tr>\n'
        )
    return f'<div class="wide said"><table>\n{"".join(lines)}</table></div>\n'


def _marked(claim: dict[str, Any]) -> str:
    """The sentence with the figure marked where it stands."""
    sentence, text = claim["sentence"] or "", claim["text"] or ""
    start, first = claim["start"], claim["sentence_start"]
    at = -1 if start is None or first is None else int(start - first)
    if at < 0 or not sentence.startswith(text, at):
        at = sentence.find(text)  # a table brings the words and not their place
    if at < 0 or not text:
        return escape(clean(sentence))
    before, after = _beside(sentence[:at]), _beside(sentence[at + len(text) :])
    return f"{escape(before)}<mark>{escape(clean(text))}</mark>{escape(after)}"


def _beside(words: str) -> str:
    """Words on one line, with the space that parts them from the figure."""
    first, last = (" " if space.isspace() else "" for space in (words[:1], words[-1:]))
    said = clean(words).strip()
    return f"{first}{said}{last}" if said else first
