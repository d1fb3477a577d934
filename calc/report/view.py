"""Tables of ours as short tables for a person: ``view(claims)``, or ``claims.pc.view()``.

A claims table has forty columns, for programs. A person asks who gives what to whom, and wants to
see the sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from rates import notebook
from rates.errors import UsageError

from .cells import clean, day
from .marked import place_of
from .sections import (
    Row,
    Section,
    check_sections,
    finding_section,
    frame_section,
    parties,
    pledge_section,
    records,
    total_section,
    words,
)
from .tables import Column
from .terminal import terminal

TOP = 20  # rows of a view, unless more are asked for
_BESIDE = 160  # characters of a sentence on either side of its figure


class _Shown(NamedTuple):
    """A view as it is laid out: a section, and the cells that are more than text."""

    section: Section
    marked: tuple[str, ...] = ()  # the sentences below the rows, as HTML with marks
    rest: str = ""


class ShortTable:
    """A short table of claims, checks, pledges, totals or findings; ``str()`` is its text.

    A notebook shows it in its own colours. ``table`` is the whole table that was viewed.
    """

    def __init__(self, table: pd.DataFrame, shown: _Shown) -> None:
        self.table = table
        self._shown = shown

    def __str__(self) -> str:
        return terminal([self._shown.section]).rstrip("\n") + (
            f"\n\n{self._shown.rest}" if self._shown.rest else ""
        )

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return notebook.shown(self.inner_html())

    def inner_html(self) -> str:
        """The view as a piece of a larger one, without the style."""
        return part(self._shown.section, self._shown.marked) + notebook.note(self._shown.rest)


def view(table: pd.DataFrame, top: int | None = TOP, noise: bool = False) -> ShortTable:
    """Show a table of ours as a short one: claims with their sentences and the figure marked.

    ``table`` is one of claims (of ``read``), checks, or ``pledges``, ``totals``, ``findings`` of a
    reconciliation; any other shows its columns as they are. The first ``top`` rows, None for all;
    of claims those of role ``noise`` only if ``noise`` is true. What is left out is said.
    ``claims.pc.view()`` is the same. ``UsageError`` for what is no table.

    >>> import pledgecalc as pc
    >>> claims = pc.read_text("Vilnius gave Ukraine 5 million euros.", published="2024-11-04")
    >>> print(view(claims))
    figure           role               who → whom           date        source
    5 million euros  pledge, disbursed  Lithuania → Ukraine  2024-11-04  text
      Vilnius gave Ukraine [5 million euros].
    """
    if not isinstance(table, pd.DataFrame):
        raise UsageError(
            f"view takes a table, not {type(table).__name__}; a reconciliation has .claims, "
            ".pledges, .totals and .findings, and shows itself"
        )
    columns = set(table.columns)
    for wanted, make in _KINDS:
        if wanted <= columns:
            return ShortTable(table, make(table, top, noise))
    return ShortTable(table, _first(table, top, frame_section))


def _claims(table: pd.DataFrame, top: int | None, noise: bool) -> _Shown:
    left = 0 if noise else int((table["role"] == "noise").sum())
    kept = table if noise else table[table["role"] != "noise"]
    first = records(kept if top is None else kept.head(top))
    rows, marked = [], []
    for claim in first:
        figure = ("= " if claim.get("conversion_of") else "") + words(claim)
        role = _role(claim)
        said = sentence(claim)
        cells = (figure, role, parties(claim), _date(claim), clean(claim.get("source")))
        rows.append(Row(cells, (said,) if said else ()))
        marked.append(sentence_html(claim))
    section = Section("", _CLAIM_COLUMNS, tuple(rows), "" if rows else "No money claim.")
    told = [_more(len(kept), len(first))]
    told += (
        [f"{left:,} figure{'s' * (left > 1)} ignored as noise; noise=True shows"] if left else []
    )
    return _Shown(section, tuple(marked), "; ".join(filter(None, told)))


_CLAIM_COLUMNS = (
    Column("figure", wrap=True),
    Column("role", wrap=True),
    Column("who → whom", wrap=True),
    Column("date"),
    Column("source", wrap=True),
)


def _role(claim: dict[str, Any]) -> str:
    """The role, and how far the money has come where that says more."""
    more = claim.get("noise_reason" if claim["role"] == "noise" else "status")
    if more in (None, "unknown") or (claim["role"], more) == ("pledge", "pledged"):
        return clean(claim["role"])
    return f"{clean(claim['role'])}, {clean(more)}"


def _date(claim: dict[str, Any]) -> str:
    if claim["role"] == "total" and claim.get("as_of"):
        return day(claim["as_of"])
    return day(claim.get("value_date"), claim.get("value_date_precision"))


def sentence(claim: dict[str, Any]) -> str:
    """The sentence of a claim on one line, its figure in brackets."""
    place = place_of(claim)
    text = claim.get("sentence") or ""
    if place is None:
        return clean(text)
    start, end = place
    return clean(f"{text[:start]}[{text[start:end]}]{text[end:]}")


def sentence_html(claim: dict[str, Any], beside: int = _BESIDE) -> str:
    """The sentence of a claim, its figure marked, cut where it is long."""
    place = place_of(claim)
    text = claim.get("sentence") or ""
    return notebook.escaped(clean(text)) if place is None else notebook.marked(text, *place, beside)


def _checks(table: pd.DataFrame, top: int | None, _noise: bool) -> _Shown:
    return _first(table, top, lambda rows: check_sections(rows, {})[0]._replace(title=""))


def _untitled(make: Callable[[pd.DataFrame], Section]) -> Callable[[pd.DataFrame], Section]:
    return lambda rows: make(rows)._replace(title="")


def _of(
    make: Callable[[pd.DataFrame], Section],
) -> Callable[[pd.DataFrame, int | None, bool], _Shown]:
    return lambda table, top, _noise: _first(table, top, _untitled(make))


def _first(table: pd.DataFrame, top: int | None, make: Callable[[pd.DataFrame], Section]) -> _Shown:
    first = table if top is None else table.head(top)
    return _Shown(make(first), (), _more(len(table), len(first)))


def _more(whole: int, shown: int) -> str:
    return f"{whole - shown:,} more; top=None shows all" if whole > shown else ""


_KINDS: tuple[
    tuple[set[str], Callable[[pd.DataFrame, int | None, bool], _Shown]], ...
] = (
    ({"verdict", "base_text", "explanation"}, _checks),
    ({"pledge_id", "contested", "n_claims", "claim_ids"}, _of(pledge_section)),
    ({"series_id", "flow_low", "scope"}, _of(total_section)),
    ({"finding_id", "severity", "cause", "message"}, _of(finding_section)),
    ({"claim_id", "role", "text", "donor"}, _claims),
)  # fmt: skip


def part(section: Section, marked: Sequence[str] = ()) -> str:
    """A section as a piece of a notebook; ``marked`` are HTML sentences to stand below its rows."""
    head = notebook.title(section.title) if section.title else ""
    head += notebook.note(section.note)
    if not section.rows:
        return head
    names = [column.name for column in section.columns]
    kinds = ["right" if column.right else "" if column.wrap else "whole"
             for column in section.columns]  # fmt: skip
    rows = [[notebook.escaped(cell) for cell in row.cells] for row in section.rows]
    if marked:
        below = [[f'<span class="pc-sentence">{said}</span>'] if said else [] for said in marked]
        return head + notebook.table(names, rows, kinds, below)
    below = [[notebook.escaped(text) for text in row.below] for row in section.rows]
    return head + notebook.table(names, rows, kinds, below)


class PledgeTables:
    """``frame.pc``: what people do with a table of ours, behind the name of the package.

    A column that is called ``pc`` stays what ``frame.pc`` means.
    """

    _table: pd.DataFrame

    def __new__(cls, table: pd.DataFrame) -> Any:
        """The accessor, or the column of that name."""
        if "pc" in table.columns:
            return table["pc"]
        made = super().__new__(cls)
        made._table = table
        return made

    def view(self, top: int | None = TOP, noise: bool = False) -> ShortTable:
        """The table as a short one; see ``pledgecalc.view``."""
        return view(self._table, top, noise)


pd.api.extensions.register_dataframe_accessor("pc")(PledgeTables)
