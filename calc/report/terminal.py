"""Sections as text for a terminal: as wide as it is, in colour where one is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .sections import Section
from .tables import WIDTH, aligned, paragraph

# How what needs a person looks, by column and word: red, yellow, green, dim.
_OF_VERDICTS = {"inconsistent": "31", "scale": "31", "inverted": "31", "untestable": "2"}
_COLOURS = {
    "severity": {"error": "1;31", "warning": "33", "info": "2"},
    "verdict": _OF_VERDICTS
    | dict.fromkeys(("other-date", "other-currency", "copied", "compound"), "33")
    | dict.fromkeys(("consistent", "consistent-if-rounded", "consistent-if-truncated"), "32"),
}
_BOLD, _HEADING, _OFF = "\x1b[1m", "\x1b[2m", "\x1b[0m"


def terminal(
    sections: Iterable[Section],
    sentences: Sequence[str] = (),
    total: int = WIDTH,
    colour: bool = False,
) -> str:
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
    blocks += [_block(section, total, colour) for section in sections]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def tinted(column: str, text: str) -> str:
    r"""A cell in the colour that its word has in this column.

    >>> tinted("severity", "warning"), tinted("donor", "warning")
    ('\x1b[33mwarning\x1b[0m', 'warning')
    """
    code = _COLOURS.get(column, {}).get(text.removeprefix(f"{column}: "))
    return f"\x1b[{code}m{text}{_OFF}" if code else text


def _block(section: Section, total: int, colour: bool) -> str:
    indent = 2 if section.title else 0
    title = paragraph(section.title, total, hang=2)
    lines = [f"{_BOLD}{title}{_OFF}" if colour else title] if section.title else []
    if section.note:
        lines.append(paragraph(section.note, total, indent=indent))
    if section.rows:
        cells = [row.cells for row in section.rows]
        heading, *rows = aligned(section.columns, cells, total, indent, tinted if colour else None)
        if heading.strip():
            lines.append(f"{_HEADING}{heading}{_OFF}" if colour else heading)
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
