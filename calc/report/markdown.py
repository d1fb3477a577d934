"""Sections as Markdown tables, with the text of sources made inert."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .cells import clean
from .sections import Section

# Everything that Markdown or the HTML inside it would give a meaning to.
_ACTIVE = re.compile(r"([\\`*_\[\]<>|~#&])")


def markdown(sections: Iterable[Section], sentences: Sequence[str] = ()) -> str:
    r"""Return ``sentences`` as a list, then every section as a heading and a table.

    >>> print(markdown([Section("Pledges", (), (), "None.")], ["One *document*."]), end="")
    - One \*document\*.
    <BLANKLINE>
    ## Pledges
    <BLANKLINE>
    None.
    """
    blocks = ["\n".join(f"- {inert(one)}" for one in sentences)] if sentences else []
    for section in sections:
        if section.title:
            blocks.append(f"## {inert(section.title)}")
        if section.note:
            blocks.append(inert(section.note))
        if section.rows:
            blocks.append(_table(section))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def inert(text: str) -> str:
    r"""Return ``text`` so that Markdown shows it as it is.

    >>> print(inert("a|b <script>"))
    a\|b \<script\>
    """
    return _ACTIVE.sub(r"\\\1", clean(text))


def _table(section: Section) -> str:
    lines = [
        _line(column.name for column in section.columns),
        _line("---:" if column.right else "---" for column in section.columns),
    ]
    for row in section.rows:
        cells = [inert(cell) for cell in row.cells]
        if row.below:
            cells[0] = "<br>".join([cells[0], *map(inert, row.below)])
        lines.append(_line(cells))
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
