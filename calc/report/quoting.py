"""A line to quote: what a source says and where, what a check found, what an amount was worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from rates.conversion import Conversion
from rates.errors import UsageError

from ..text.days import day_words
from .cells import clean
from .text_links import record_of, text_link


def quote(
    result: Conversion | Mapping[str, Any] | pd.Series,
    claims: pd.DataFrame | None = None,
    address: str | None = None,
) -> str:
    """One line for a footnote: a conversion, or a row of claims or checks with its ``claims``.

    A claim is quoted in its sentence, with publisher, title, day and the place in the file, or the
    link to the words where the source has an address (``address`` gives one). A verdict is its
    sentence, then the quotation. How a whole result was made is another question: see ``cite``.
    ``UsageError`` for anything else.

    >>> from rates.conversion import convert
    >>> print(quote(convert("683m", "EUR", "USD", on="2024-11-04")).partition(" sha256")[0])
    683,000,000 EUR = 744,743,200 USD (ECB 2024-11-04, spot, 1.0904; data 2026-10-30
    """
    if isinstance(result, Conversion):
        data = f"; data {result.source_version}" if result.legs else ""
        return f"{str(result).removesuffix(')')}{data})."
    row = record_of(result)
    if "claim_id" not in row:
        raise UsageError(
            "quote takes a conversion, or a row of claims or checks, as in checks.iloc[0]"
        )
    claim = row if "sentence" in row else claim_of(row, claims)
    said = _said(claim, claims, address)
    if "verdict" not in row:
        return said
    return f"{clean(row['explanation']).rstrip('.')} ({row['verdict']}). {said}"


def claim_of(row: Mapping[str, Any], claims: pd.DataFrame | None) -> dict[str, Any]:
    """The claim that a row of checks is about; ``UsageError`` where the table lacks it."""
    if claims is None:
        raise UsageError("a verdict is quoted with its claims: give the table that was checked")
    found = claims[claims["claim_id"] == row["claim_id"]]
    if not len(found):
        raise UsageError(f"{row['claim_id']}: no such claim in the table; give the one checked")
    return record_of(found.iloc[0])


def _said(claim: Mapping[str, Any], claims: pd.DataFrame | None, address: str | None) -> str:
    words = clean(claim.get("sentence") or claim.get("text"))
    where = [clean(claim.get("publisher")), _titled(claim), _day(claim)]
    link = None if claims is None else text_link(claim, claims, address)
    where.append(link or _place(claim))
    return f"“{words}” ({', '.join(filter(None, where))})"


def _titled(claim: Mapping[str, Any]) -> str:
    title = clean(claim.get("title"))
    return f"“{title}”" if title and title != clean(claim.get("sentence")) else ""


def _day(claim: Mapping[str, Any]) -> str:
    return day_words(claim["published"]) if claim.get("published") is not None else ""


def _place(claim: Mapping[str, Any]) -> str:
    start, end = claim.get("start"), claim.get("end")
    at = "" if start is None or end is None else f", characters {int(start)}–{int(end)}"
    return f"{clean(claim.get('source'))}{at}"
