"""How much a year: pledges for several years, and whether the source itself says "a year"."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from .. import schema
from ..ledger.ledger import Ledger
from ..links.rows import Claim
from ..pledges.pledge import Pledge
from ..reconcile import Reconciliation
from ..text.amount_words import amount_words

COLUMNS = {
    "pledge_id": "text",
    "donor": "text",
    "recipient": "text",
    "text": "text",
    "source": "text",
    "currency": "text",
    "amount": "number",
    "period": "text",
    "years": "number",
    "per_year": "number",
    "whole": "number",
    "says_per_year": "flag",
    "answer": "text",
}
_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
}
_SPAN = re.compile(r"(20\d\d)-(20\d\d)")
_OVER = re.compile(r"\b(\w+)[- ](year|month)")
_TIMES = {"monthly": 12, "quarterly": 4, "weekly": 52, "daily": 365}


class _Length(NamedTuple):
    """How long a period is, in years, or why that is not known; ``words`` say how it is counted."""

    years: float | None
    words: str


def per_year(result: Reconciliation) -> pd.DataFrame:
    """How much a year each pledge comes to whose sources name a period.

    One row a pledge: ``amount`` as printed, in ``currency``; ``period`` as read, ``years`` its
    length; ``per_year`` and ``whole``, of which one is the amount itself. ``says_per_year`` says
    that the source gives the sum for each year; otherwise ``per_year`` is the whole divided by the
    years, evenly, which no source says. ``answer`` is that in words, or ``unknown, because ...``.

    >>> from calc.claims import read_text
    >>> from calc.reconcile import reconcile
    >>> text = "Norway will give Chad 90 million euros over three years, the ministry said."
    >>> table = per_year(reconcile(read_text(text, published="2025-04-04")))
    >>> table[["years", "per_year", "says_per_year"]].values.tolist()
    [[3.0, 30000000.0, False]]
    """
    return schema.frame(_rows(result.ledger), COLUMNS)


def _rows(ledger: Ledger) -> list[dict[str, object]]:
    found = []
    for one in ledger.pledges:
        told = next((claim for claim in one.claims if claim.period), None)
        if told is not None and told.period:
            found.append(_row(one, told, told.period.split("|")))
    return found


def _row(one: Pledge, told: Claim, period: list[str]) -> dict[str, object]:
    amount, currency = one.figure.amount, one.figure.currency
    length = _length(period, told)
    yearly = "annual" in period or "per-year" in told.said.values
    often = next((word for word in period if word in _TIMES), None)
    a_year = whole = None
    if amount is None:
        answer = "unknown, because the source prints a range or a bound, no amount"
    elif often is not None:
        a_year = None
        answer = f"unknown, because the sum is {often}: for how much of a year is not said"
    elif yearly:
        a_year = amount
        whole = None if length.years is None else amount * length.years
        answer = f"{amount_words(amount)} {currency} a year, as the source says"
        answer += f"; {_whole(whole, currency, length)}"
    elif length.years is None:
        whole = amount
        answer = f"unknown, because {length.words}"
    else:
        whole, a_year = amount, amount / length.years
        answer = (
            f"about {amount_words(a_year, 3)} {currency} a year if spread evenly over "
            f"{length.words}; the source does not say so"
        )
        if length.years <= 1:
            answer = f"the whole is for {length.words}"
    return {
        "pledge_id": one.id,
        "donor": "|".join(one.donor) or None,
        "recipient": "|".join(one.recipient) or None,
        "text": told.text,
        "source": told.source,
        "currency": currency,
        "amount": amount,
        "period": told.period,
        "years": length.years,
        "per_year": a_year,
        "whole": whole,
        "says_per_year": yearly,
        "answer": answer,
    }


def _whole(whole: float | None, currency: str | None, length: _Length) -> str:
    if whole is None:
        return f"in all unknown, because {length.words}"
    return f"{amount_words(whole)} {currency} in all, over {length.words}"


def _length(period: list[str], told: Claim) -> _Length:
    """The length of a period as ``claims`` read it.

    >>> from calc.claims import read_text
    >>> from calc.links.rows import read_rows
    >>> from calc.tables.prepared import prepare
    >>> said = "It gives 9 million euros in 2024-2026."
    >>> claim = read_rows(prepare(read_text(said, published="2024-01-01")))[0]
    >>> _length(["2024-2026"], claim)
    _Length(years=3, words='2024 to 2026 (3 calendar years)')
    """
    for part in period:
        span = _SPAN.fullmatch(part)
        if span is not None:
            return _between(int(span[1]), int(span[2]), told)
        if re.fullmatch(r"20\d\d", part):
            return _Length(1, part)
        if part.startswith(("over ", "in ", "for ")):
            return _over(part)
        until = re.search(r"20\d\d", part)
        if until is not None:
            return _Length(None, f"the source says until when ({until[0]}), not from when")
    return _Length(None, "the source names no first and last year")


def _between(first: int, last: int, told: Claim) -> _Length:
    if last < first:
        return _Length(None, f"{first} to {last} is no period")
    short = re.search(rf"{first}\s?[/]\s?(?:{last}|{last % 100:02d})\b", told.sentence or "")
    if last == first + 1 and short is not None:
        return _Length(1, f"{first}/{last % 100:02d} (one fiscal year)")
    count = last - first + 1
    return _Length(count, f"{first} to {last} ({count} calendar years)")


def _over(part: str) -> _Length:
    if "decade" in part:
        return _Length(10, "ten years")
    found = _OVER.search(part)
    number = None if found is None else _NUMBERS.get(found[1]) or _digits(found[1])
    if found is None or number is None:
        return _Length(None, f"the source says only {part!r}")
    if found[2] == "month":
        return _Length(number / 12, f"{number} months")
    return _Length(number, f"{number} year{'s' * (number != 1)}")


def _digits(word: str) -> int | None:
    return int(word) if word.isdecimal() and int(word) else None
