"""The data tables of ``calc/data``: rules and names that a person can read and correct."""

from __future__ import annotations

from pathlib import Path

from rates import tsv

DATA = Path(__file__).resolve().parents[1] / "data"


def table(name: str) -> list[dict[str, str]]:
    """The rows of ``calc/data/<name>.tsv``, keyed by column.

    >>> table("months")[0]["month"]
    '1'
    """
    return tsv.rows(DATA / f"{name}.tsv")
