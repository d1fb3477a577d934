"""A figure in its sentence: where it stands, for pages, notebooks, links and quotations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def place_of(claim: Mapping[str, Any]) -> tuple[int, int] | None:
    """Where the figure of a claim begins and ends in its sentence; None where it is not in it.

    The place that was read counts; a table brings the words and not their place.

    >>> place_of({"sentence": "It gave 5 million.", "text": "5 million", "start": None,
    ...           "sentence_start": None})
    (8, 17)
    """
    sentence, text = claim.get("sentence") or "", claim.get("text") or ""
    start, first = claim.get("start"), claim.get("sentence_start")
    at = -1 if start is None or first is None else int(start - first)
    if not text:
        return None
    if at < 0 or not sentence.startswith(text, at):
        at = sentence.find(text)
    return None if at < 0 else (at, at + len(text))
