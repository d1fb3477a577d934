"""Results in a notebook: small pieces of HTML in the notebook's own colours and fonts.

Every piece of text is escaped here; what was read is never trusted. A notebook that is not trusted
drops the style and stays readable. Nothing is loaded to be ready for it: the style is read when a
result is shown, so that the command line does not pay for notebooks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

_STYLE = f"{os.path.dirname(os.path.abspath(__file__))}/data/notebook.css"  # noqa: PTH100,PTH120
# "$2 billion and $3 billion" is no formula: both names keep MathJax, of any version, away.
_CLASSES = "pledgecalc-shown tex2jax_ignore mathjax_ignore"
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;"))


def shown(*parts: str) -> str:
    """A whole result: the style, and ``parts`` (HTML already) in a frame of our own."""
    with open(_STYLE, encoding="utf-8") as file:  # noqa: PTH123
        style = file.read()
    return f'<style>\n{style}</style>\n<div class="{_CLASSES}">\n{"".join(parts)}</div>\n'


def escaped(text: object) -> str:
    """Text as HTML shows it, safe between tags and in quotes; its line ends are spaces.

    >>> escaped("<b>5 & 6</b>")
    '&lt;b&gt;5 &amp; 6&lt;/b&gt;'
    """
    found = "".join(char if char.isprintable() else " " for char in str(text))
    for char, name in _ESCAPES:
        found = found.replace(char, name)
    return found


def head(text: object, beside: object = "") -> str:
    """The line that says what was found, and what stands beside it."""
    more = f' <span class="pc-quiet">{escaped(beside)}</span>' if beside else ""
    return f'<p class="pc-head">{escaped(text)}{more}</p>\n'


def title(text: object) -> str:
    """The title of a part."""
    return f'<p class="pc-title">{escaped(text)}</p>\n'


def note(text: object) -> str:
    """A quiet line."""
    return f'<p class="pc-quiet">{escaped(text)}</p>\n' if text else ""


def line(text: object) -> str:
    """A plain line."""
    return f"<p>{escaped(text)}</p>\n"


def lines(texts: Iterable[str]) -> str:
    """Lines whose spaces mean something, as they are."""
    return f"<pre>{'&#10;'.join(map(escaped, texts))}</pre>\n"


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Words and what they say, one pair a row.

    >>> print(facts([("rate", "1 EUR = 1.0904 USD")]), end="")
    <table class="pc pc-facts">
    <tr><th scope="row">rate</th><td>1 EUR = 1.0904 USD</td></tr>
    </table>
    """
    rows = "".join(
        f'<tr><th scope="row">{escaped(a)}</th><td>{escaped(b)}</td></tr>\n' for a, b in pairs
    )
    return f'<table class="pc pc-facts">\n{rows}</table>\n' if rows else ""


def table(
    names: Sequence[str],
    rows: Iterable[Sequence[str]],
    kinds: Sequence[str] = (),
    below: Sequence[Sequence[str]] = (),
) -> str:
    """A table; its cells are HTML already (``escaped``), its names are text.

    ``kinds`` has a word for each column: "whole" is never broken, "right" stands to the right,
    "said" is a sentence. ``below`` has the paragraphs under each row, HTML too.

    >>> "<td>10 M</td>" in table(["amount"], [["10 M"]])
    True
    """
    marks = [f' class="pc-{kind}"' if kind else "" for kind in kinds] or [""] * len(names)
    cells = zip(names, marks, strict=True)
    head_row = "".join(f'<th scope="col"{mark}>{escaped(name)}</th>' for name, mark in cells)
    lines = [f"<thead><tr>{head_row}</tr></thead>\n<tbody>\n"]
    for place, row in enumerate(rows):
        under = below[place] if below else ()
        told = "".join(f"<td{mark}>{cell}</td>" for cell, mark in zip(row, marks, strict=True))
        opened = ' class="pc-open"' if under else ""
        lines.append(f"<tr{opened}>{told}</tr>\n")
        if under:
            words = "".join(f"<p>{text}</p>" for text in under)
            lines.append(f'<tr class="pc-below"><td colspan="{len(names)}">{words}</td></tr>\n')
    return f'<div class="pc-wide"><table class="pc">\n{"".join(lines)}</tbody></table></div>\n'


def marked(text: str, start: int, end: int, beside: int) -> str:
    """``text[start:end]`` marked, with about ``beside`` characters on either side, cut at words.

    >>> marked("Norway gave Kenya 5 million euros for clinics.", 18, 33, 12)
    '… gave Kenya <mark>5 million euros</mark> for clinics.'
    """
    before, after = " ".join(text[:start].split()), " ".join(text[end:].split())
    if len(before) > beside:
        before = "… " + before[-beside:].partition(" ")[2]
    if len(after) > beside:
        after = after[:beside].rpartition(" ")[0] + " …"
    first = " " if text[:start][-1:].isspace() else ""
    last = " " if text[end : end + 1].isspace() else ""
    figure = " ".join(text[start:end].split())
    return f"{escaped(before)}{first}<mark>{escaped(figure)}</mark>{last}{escaped(after)}"
