"""Years in which the official and the market rate of a currency were far apart, as data."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from .tsv import DATA, rows

_TABLE = f"{DATA}/cautions.tsv"


class Caution(NamedTuple):
    """A stretch of ISO days, both included, and what to say of an official rate in it."""

    first: str
    last: str
    words: str


def cautions(code: str) -> tuple[Caution, ...]:
    """What the table says of a currency, by its days.

    >>> cautions("SYP")[0].words
    "SYP: the official rate was not the market's: war and sanctions; the market was up to four \
times the official rate"
    """
    return _by_code().get(code, ())


@cache
def _by_code() -> dict[str, tuple[Caution, ...]]:
    found: dict[str, list[Caution]] = {}
    for row in rows(_TABLE):
        code = row["currency"]
        words = f"{code}: the official rate was not the market's: {row['reason']}"
        found.setdefault(code, []).append(Caution(row["first"], row["last"], words))
    return {code: tuple(stretches) for code, stretches in found.items()}
