"""Mentions of one figure in one document: a headline echoes the body, a later mention the first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from .roles import NOTHING_SAYS

_NO_SUMS = ("noise", "relative")
_OTHER_SUM = re.compile(
    r"\b(?:another|additional(?:ly)?|further|extra|separate(?:ly)?|a second|second|third|also|each"
    r"|as well|in addition|on top|more)\b[^,;.]{0,40}$",
    re.IGNORECASE,
)
_REACH = 80  # characters before an amount, more than such words and what follows them take


def _same(a: str | None, b: str | None) -> bool:
    """Whether two parties can be one: equal, or one of them not named."""
    return a is None or b is None or a == b


def _echoes(record: Mapping[str, Any], earlier: Mapping[str, Any]) -> bool:
    if record["role"] != earlier["role"] or record["role"] in _NO_SUMS:
        return False
    if record["amount"] is None or record["amount"] != earlier["amount"]:
        return False
    if record["currency"] != earlier["currency"]:
        return False
    if not (
        _same(record["donor"], earlier["donor"])
        and _same(record["recipient"], earlier["recipient"])
    ):
        return False
    sentence = str(record["sentence"])
    at = max(0, int(record["start"]) - int(record["_sentence_start"]))
    return _OTHER_SUM.search(sentence, max(0, at - _REACH), at) is None


def _sum_of(record: Mapping[str, Any]) -> tuple[Any, ...]:
    return record["role"], record["amount"], record["currency"]


_TAKEN_OVER = ("role", "noise_reason", "donor", "recipient", "purpose", "as_of")


def _take_over(records: Sequence[dict[str, Any]]) -> None:
    """Give a mention that says nothing itself the role of the same amount told elsewhere.

    "This 20 million is only the beginning": the article has said before what it is.
    """
    told: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for record in records:
        if record["role"] in ("pledge", "total", "target"):
            told.setdefault((record["amount"], record["currency"]), record)
    for record in records:
        if record["noise_reason"] != NOTHING_SAYS or record["amount"] is None:
            continue
        match = told.get((record["amount"], record["currency"]))
        if match is not None:
            record.update({name: match.get(name) for name in _TAKEN_OVER})


def mark_repeats(records: Sequence[dict[str, Any]]) -> None:
    """Set ``repeats`` in the records of one document, which are in order of position.

    A mention in the headline points at the first such figure of the body; any other at the first
    one before it. Words such as "another" or "additional" right before a figure forbid it. A sign
    that the echoed mention decides ("$21 million" beside euros) is decided for its echo too.
    """
    _take_over(records)
    # only mentions of one sum can echo each other: a table has thousands of others
    alike: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {}
    for record in records:
        if record["zone"] != "headline" and record["role"] not in _NO_SUMS:
            alike.setdefault(_sum_of(record), []).append(record)
    for record in records:
        if record["role"] in _NO_SUMS or record["amount"] is None:
            continue
        body = alike.get(_sum_of(record), [])
        if record["zone"] == "headline":
            match = next((other for other in body if _echoes(record, other)), None)
        else:
            match = next(
                (
                    other
                    for other in body
                    if other["start"] < record["start"]
                    and other.get("repeats") is None
                    and _echoes(record, other)
                ),
                None,
            )
        if match is not None:
            record["repeats"] = match["claim_id"]
            if record["currency_basis"] == "ambiguous" != match["currency_basis"]:
                record["currency_basis"] = match["currency_basis"]
