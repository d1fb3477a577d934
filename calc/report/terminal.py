"""Sections as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .sections import Section
from .tables import WIDTH, aligned, paragraph


def terminal(sections: Iterable[Section], sentences: Sequence[str] = (), total: int = WIDTH) -> str:
    """Return ``sentences`` as a list, then every section with its table, ending in a newline.

    >>> print(terminal([Section("Pledges", (), (), "None.")], ["One document was read."]), end="")
    - One document was read.
    <BLANKLINE>
    Pledges
      None.
    """
    blocks = []
    if sentences:
        blocks.append("\n".join(paragraph(f"- {one}", total, hang=2) for one in sentences))
    blocks += [_block(section, total) for section in sections]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _block(section: Section, total: int) -> str:
    indent = 2 if section.title else 0
    lines = [paragraph(section.title, total, hang=2)] if section.title else []
    if section.note:
        lines.append(paragraph(section.note, total, indent=indent))
    if section.rows:
        cells = [row.cells for row in section.rows]
        heading, *rows = aligned(section.columns, cells, total, indent)
        lines.append(heading)
        for line, row in zip(rows, section.rows, strict=True):
            lines.append(line)
            if row.below:
                lines += [inset(text, total, indent + 2) for text in row.below]
                lines.append("")
    return "\n".join(lines).rstrip("\n")


def inset(text: str, total: int = WIDTH, indent: int = 0) -> str:
    """Wrap one line that may begin with spaces; they set all of it further in.

    >>> print(inset("  one two three", total=11))
      one two
        three
    """
    deeper = len(text) - len(text.lstrip(" "))
    return paragraph(text.strip(" "), total, indent + deeper, hang=2 if deeper else 0)
