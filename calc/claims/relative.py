"""Amounts without money of their own: "0.25 % of its GDP". They need other data, never a rate."""

from __future__ import annotations

import re
from typing import NamedTuple

_RELATIVE = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[.,]\d{1,4})?\s?(?:%|percent\b|per\s?cent\b|pct\b)\s"
    r"of\s(?:(?:its|their|the|our|his|her|each|every|annual|national|country's|country’s|a)\s){0,3}"
    r"(?:GDP|GNI|GNP|gross\s(?:domestic|national)\s(?:product|income)|national\sincome)\b",
    re.IGNORECASE,
)

_SHARE = re.compile(r"per\s?cent")


class Relative(NamedTuple):
    """A share in a text: its span and its words."""

    start: int
    end: int
    text: str


def relative_amounts(text: str) -> list[Relative]:
    """The shares of national income in ``text``, in order.

    >>> relative_amounts("It will give 0.25% of its GDP each year.")[0].text
    '0.25% of its GDP'
    """
    lower = text.lower()
    spelled = "pct" in lower or ("cent" in lower and _SHARE.search(lower) is not None)
    if not spelled and "%" not in lower:
        return []  # nearly every text
    return [Relative(m.start(), m.end(), m.group()) for m in _RELATIVE.finditer(text)]
