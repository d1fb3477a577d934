"""Who receives when no sentence says so: the one country that the document is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from rates import tsv

from ..documents import CONTENT
from ..parties import find_parties
from .acts import DATA
from .context import Sentence

# "at COP29 in Azerbaijan": where it was said
_WHERE = re.compile(r"\b(?:in|at|near|from|outside)\s(?:the\s)?$")
_ROLES = ("pledge", "total", "target")


@cache
def _high_income() -> frozenset[str]:
    return frozenset(
        code for row in tsv.rows(DATA / "high_income.tsv") for code in row["codes"].split("|")
    )


@cache
def _country_in(name: str) -> tuple[str, str] | None:
    """Name and code of the one country in an organisation's name: the "Ukraine Facility"."""
    inside = [m for m in find_parties(name) if m.kind == "country" and m.form == "name"]
    found = {(mention.name, mention.code or "") for mention in inside}
    return found.pop() if len(found) == 1 else None


def _named(sentences: Sequence[Sentence]) -> dict[str, str]:
    """The countries that the article names, but for places where something was said, by name."""
    named: dict[str, str] = {}
    for sentence in sentences:
        if sentence.zone.kind not in CONTENT:
            continue
        for mention in sentence.mentions:
            if mention.form in ("place", "currency"):
                continue
            before = sentence.text[max(0, mention.start - 12) : mention.start].lower()
            if mention.kind == "country" and mention.code and not _WHERE.search(before):
                named[mention.name] = mention.code
            elif mention.kind == "organisation":
                country = _country_in(mention.text)
                if country is not None:
                    named[country[0]] = country[1]
    return named


def fill_receiver(records: Sequence[dict[str, Any]], sentences: Sequence[Sentence]) -> None:
    """Let the only country receive that the article names and that may receive aid.

    It must give nothing itself there. Where two such countries are named nothing is filled.
    """
    open_ones = [r for r in records if r["role"] in _ROLES and r["recipient"] is None]
    if not open_ones:
        return
    givers = {name for r in records for name in str(r["donor"] or "").split("|")}
    left = [
        name
        for name, code in _named(sentences).items()
        if code not in _high_income() and name not in givers
    ]
    if len(left) != 1:
        return
    for record in open_ones:
        if record["donor"] is not None or record["role"] != "pledge":
            record["recipient"] = left[0]
