"""The data tables of this project: tab-separated text that a person can read and correct.

A line that starts with ``#`` is a comment (origin, terms, the reason for a choice); the first
other line names the columns. Every cell is text; an empty cell is the empty string.
"""

from __future__ import annotations

import os

from .errors import PledgecalcError
from .seals import DATA, checked

__all__ = ["DATA", "rows", "table"]


def table(name: str) -> list[dict[str, str]]:
    """The rows of ``rates/data/<name>.tsv``.

    >>> table("currencies")[0]["code"]
    'ADP'
    """
    return rows(f"{DATA}/{name}.tsv")


def rows(path: str | os.PathLike[str]) -> list[dict[str, str]]:
    """Return one dict per data line of the table at ``path``, keyed by column name.

    A line with another number of cells than the header is an error: a shifted cell in a
    gazetteer or a rate table would give wrong answers without a sound.

    >>> rows(f"{DATA}/currencies.tsv")[0]["code"]
    'ADP'
    """
    header: list[str] | None = None
    found: list[dict[str, str]] = []
    with open(path, "rb", buffering=0) as table:  # noqa: PTH123 (pathlib costs a cold start 5 ms)
        lines = checked(os.fspath(path), table.read()).decode("utf-8").split("\n")
    for number, line in enumerate(lines, start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
        elif len(cells) != len(header):
            raise PledgecalcError(
                f"{os.fspath(path)}, line {number}: {len(cells)} cells where the header has "
                f"{len(header)}; separate cells by one tab each"
            )
        else:
            found.append(dict(zip(header, cells, strict=True)))
    return found
