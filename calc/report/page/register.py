"""A register on the page: its sums by donor, stage and year, its picture, its largest entries."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from ...text.amount_words import amount_words
from ..cells import clean, day, short
from ..ledgers import ledger_sections
from ..results import overview_of
from ..sections import Section, records
from .anchors import anchor, clipped, listed, plural, spoken
from .shapes import Box, Chart, Lettering, Stroke
from .shown import ForPage, named_entries

_YEARS = 16  # of the picture: the last ones
_STAGES = ("committed", "disbursed", "pledged", "allocated", "unknown")
_TOP, _PLOT, _FOOT = 18, 170, 26  # pixels


class EntryRow(NamedTuple):
    """One entry of a register; ``at`` is where findings lead."""

    at: str
    id: str
    amount: str
    converted: str
    size: float
    who: str
    status: str
    day: str
    spoken: str
    activity: str
    source: str


class Register(NamedTuple):
    """What a register comes to."""

    sentences: tuple[str, ...]
    by_donor: Section
    left_out: Section | None
    largest: tuple[EntryRow, ...]
    named: tuple[EntryRow, ...]
    charts: tuple[Chart, ...]


def register(result: ForPage) -> Register | None:
    """Tell the registers of a result; None where it has none."""
    page = overview_of(result)
    if page is None:
        return None
    found = ledger_sections(page, result.findings.iloc[:0], every=True)
    largest = tuple(_largest(row) for row in records(page.largest))
    told = {row.at for row in largest}
    chart = _by_year(page)
    return Register(
        tuple(clean(one) for one in page.sentences),
        found[0],
        found[2] if len(found) > 2 else None,
        largest,
        tuple(row for row in _named(result) if row.at not in told),
        (chart,) if chart else (),
    )


def _largest(row: dict[str, Any]) -> EntryRow:
    home = clipped(row["text"], 60)
    if row["home"] is not None:
        home = short(row["home"], row["currency"]).removeprefix("≈")
    return EntryRow(
        anchor("c", row["claim_id"]),
        clipped(row["claim_id"], 40),
        home,
        short(row["amount"]).removeprefix("≈"),
        float(row["amount"]),
        _who(row),
        clean(row["status"]),
        day(row["day"]),
        spoken(row["day"]) or "no day",
        clipped(row["activity"], 60),
        "",
    )


def _named(result: ForPage) -> list[EntryRow]:
    """The entries that findings are about, so that their links lead somewhere."""
    amount = f"amount_{result.currency.lower()}"
    return [
        EntryRow(
            anchor("c", row["claim_id"]),
            clipped(row["claim_id"], 40),
            clipped(row["text"], 60),
            "" if row.get(amount) is None else short(row[amount]).removeprefix("≈"),
            float(row.get(amount) or 0.0),
            _who(row),
            clean(row["status"]),
            day(row["value_date"]),
            spoken(row["value_date"], row["value_date_precision"]) or "no day",
            clipped(row["activity"], 60),
            clipped(row["source"], 80),
        )
        for row in records(named_entries(result))
    ]


def _who(row: dict[str, Any]) -> str:
    donor, recipient = clipped(listed(row["donor"]), 90), clipped(listed(row["recipient"]), 90)
    return f"{donor or 'donor not named'} to {recipient or 'receiver not named'}"


def _by_year(page: Any) -> Chart | None:
    """A bar for every stage in every year."""
    sums: dict[tuple[int, str], float] = {}
    for row in records(page.sums):
        if row["year"] is not None and row["amount"] and math.isfinite(row["amount"]):
            key = (int(row["year"]), str(row["status"]))
            sums[key] = sums.get(key, 0.0) + row["amount"]
    years = sorted({year for year, _ in sums})[-_YEARS:]
    stages = [one for one in _STAGES if any(stage == one for _, stage in sums)]
    shown = {key: value for key, value in sums.items() if key[0] in years}
    if not shown:
        return None
    top = max(*shown.values(), 0.0) * 1.12 or 1.0
    bottom = min(*shown.values(), 0.0) * 1.12
    years = list(range(years[0], years[-1] + 1)) if years[-1] - years[0] < 2 * _YEARS else years
    slot = 92.0 / len(years)
    wide = min(slot * 0.8, 30.0) / len(stages)

    def y(value: float) -> float:
        return _TOP + _PLOT * (top - value) / (top - bottom)

    boxes, words = [], []
    strokes = [Stroke(0, y(0), 100, y(0), "axis")]
    every = max(1, math.ceil(len(years) / 6))
    for place, year in enumerate(years):
        middle = (place + 0.5) * slot
        for number, stage in enumerate(stages):
            value = shown.get((year, stage), 0.0)
            if value:
                x = middle + (number - len(stages) / 2) * wide
                ends = sorted((y(value), y(0)))
                css = f"bar-{stage}"
                boxes.append(Box(x, ends[0], wide * 0.92, max(ends[1] - ends[0], 1), css))
        if place % every == 0:
            words.append(Lettering(middle, _TOP + _PLOT + 18, str(year), "tick", "middle"))
    largest = max(shown.values())
    strokes.append(Stroke(0, y(largest), 100, y(largest), "grid"))
    words.append(Lettering(100, y(largest) - 4, amount_words(largest, 3), "tick", "end"))
    told = "; ".join(
        f"{year} {stage} {amount_words(value, 3)}" for (year, stage), value in sorted(shown.items())
    )
    return Chart(
        "g-years",
        f"Entries by year and status, in {page.currency}",
        f"{plural(len(years), 'year')}: {told}. The table by donor has the same sums.",
        _TOP + _PLOT + _FOOT,
        tuple(boxes),
        tuple(strokes),
        words=tuple(words),
        legend=tuple((f"bar-{one}", one) for one in stages),
    )
