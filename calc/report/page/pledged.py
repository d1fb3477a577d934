"""The pledges by donor, each with its day, status, sources, and its rate in a fold."""

from __future__ import annotations

from typing import Any, NamedTuple

from ..cells import clean, day, missing, short, span
from ..results import Ranges, overview_of, reports_of
from ..sections import records, show_digits
from .anchors import anchor, clipped, listed, plural, spoken
from .shown import MOST_PLEDGES, Claims, ForPage, largest

_MOST_FIGURES = 12  # links of one pledge
_MOST_SOURCES = 4


class Quoted(NamedTuple):
    """A claim where it is linked: its words, its anchor and its source."""

    words: str
    at: str
    source: str


class PledgeRow(NamedTuple):
    """One pledge as a row; ``size`` and ``day`` are what it is sorted by."""

    at: str
    id: str
    amount: str
    reach: str
    converted: str
    size: float
    day: str
    spoken: str
    status: str
    recipient: str
    purpose: str
    contested: bool
    sources: tuple[Quoted, ...]
    further: int
    told: tuple[Quoted, ...]
    more: int
    tally: str
    rate: str
    why: str


class Giver(NamedTuple):
    """The pledges of one donor."""

    name: str
    rows: tuple[PledgeRow, ...]


class Pledged(NamedTuple):
    """The donors, the one with most money first, and how many pledges are not shown."""

    givers: tuple[Giver, ...]
    every: int
    left: int


def pledged(result: ForPage, claims: Claims, ranges: Ranges) -> Pledged:
    """Group the pledges by donor; entries of registers are told by the register's own tables."""
    code = result.currency.lower()
    every = result.pledges if overview_of(result) is None else reports_of(result)
    rows = records(largest(every, result.currency).head(MOST_PLEDGES))
    kept = [(str(row["donor"] or ""), _row(row, code, ranges, claims)) for row in rows]
    kept.sort(key=lambda one: (-one[1].size, one[1].id))
    groups: dict[str, list[PledgeRow]] = {}
    for donor, row in kept:
        groups.setdefault(donor, []).append(row)
    givers = tuple(
        Giver(clipped(listed(donor), 120) or "Donor not named", tuple(groups[donor]))
        for donor in sorted(groups, key=lambda one: (one == "", -groups[one][0].size, one))
    )
    return Pledged(givers, len(every), len(every) - len(kept))


def _row(row: dict[str, Any], code: str, ranges: Ranges, claims: Claims) -> PledgeRow:
    names = [name for name in str(row["claim_ids"] or "").split("|") if name in claims]
    told = [
        Quoted(
            clipped(claims[name]["text"], 60), anchor("c", name), clipped(claims[name]["source"])
        )
        for name in names[:_MOST_FIGURES]
    ]
    first: dict[str, Quoted] = {}
    for name in names:
        source = clipped(claims[name]["source"], 60)
        first.setdefault(source, Quoted(source, anchor("c", name), ""))
    show_digits(row, ranges.get(row["pledge_id"]), code)
    low, high = row["low"], row["high"]
    precision = next(
        (
            claims[name]["value_date_precision"]
            for name in names
            if claims[name]["value_date"] == row["value_date"]
        ),
        None,
    )
    rate, why = _parted(clean(row["explanation"]))
    size = row[f"amount_{code}"] or row[f"high_{code}"] or row[f"low_{code}"] or 0.0
    return PledgeRow(
        anchor("p", row["pledge_id"]),
        clean(row["pledge_id"]),
        _amount(row, low, high),
        _range(row["amount"], low, high),
        _converted(row, code),
        float(size),
        day(row["value_date"]),
        spoken(row["value_date"], precision) or "no day known",
        clean(row["status"]),
        clipped(listed(row["recipient"]), 120) or "not named",
        clipped(listed(row["purpose"]), 160),
        bool(row["contested"]),
        tuple(first.values())[:_MOST_SOURCES],
        max(len(first) - _MOST_SOURCES, 0),
        tuple(told),
        len(names) - len(told),
        f"{plural(int(row['n_claims']), 'figure')} in {plural(int(row['n_sources']), 'source')}",
        rate,
        why,
    )


def _amount(row: dict[str, Any], low: object, high: object) -> str:
    if missing(row["amount"]):
        return span(low, high, row["currency"]) or "no amount"
    figure = short(row["amount"], row["currency"])
    if missing(high) and not missing(low) and short(low) == short(row["amount"]):
        return f"over {figure}"
    return figure


def _range(amount: object, low: object, high: object) -> str:
    """The range of the printed digits, where it says more than the amount."""
    reach = span(low, high)
    if missing(amount) or missing(low) or missing(high) or reach == short(amount):
        return ""
    return reach


def _converted(row: dict[str, Any], code: str) -> str:
    """The amount in the currency of the page; its whole range where the sign is open."""
    amount, low, high = (row[f"{end}_{code}"] for end in ("amount", "low", "high"))
    if missing(amount):
        return span(low, high)
    if row["currency"] != code.upper() or missing(low) or missing(row["low"]):
        return short(amount)
    return span(low, high) if low < row["low"] * 0.99 else short(amount)


def _parted(explanation: str) -> tuple[str, str]:
    """The sentence with the rate, which stands on the fold, and the others, which are in it."""
    sentences = explanation.split(". ")
    at = next((at for at, one in enumerate(sentences) if _has_rate(one)), len(sentences) - 1)
    rate = sentences.pop(at).rstrip(".")
    said = ". ".join(one.rstrip(".") for one in sentences if one)
    return rate, f"{said}." if said else ""


def _has_rate(sentence: str) -> bool:
    return sentence.startswith(("1 ", "Already in", "already in", "Not converted", "As "))
