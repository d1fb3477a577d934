"""The pledges as ranges on one logarithmic scale, by donor."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ...text.amount_words import amount_words
from ..cells import clean
from ..results import Ranges, overview_of
from ..sections import records, show_digits
from .anchors import clipped, listed, plural
from .shapes import Box, Chart, Dot, Lettering, Stroke
from .shown import MOST_PLEDGES, ForPage, Record, largest

_MOST = 24  # pledges of one picture: the largest
_DONOR, _PLEDGE, _TOP = 26, 34, 24  # pixels
_OPEN = 1.35  # an open end is drawn as far as this factor
_LEFT, _RIGHT = 1.0, 98.0  # per cent of the width


def range_chart(result: ForPage, printed: Ranges) -> Chart | None:
    """Draw the largest pledges; None where none has an amount in the currency of the page."""
    code = result.currency.lower()
    many = result.pledges if overview_of(result) is None else result.pledges.iloc[:0]
    rows = records(largest(many, result.currency).head(MOST_PLEDGES))
    for row in rows:
        show_digits(row, printed.get(row["pledge_id"]), code)
    known = [row for row in rows if _ends(row, code)]
    known.sort(key=lambda row: (-_size(row, code), str(row["pledge_id"])))
    kept = known[:_MOST]
    if not kept:
        return None
    most: dict[str, float] = {}
    for row in kept:
        most.setdefault(str(row["donor"] or ""), _size(row, code))
    kept.sort(
        key=lambda row: (
            -most[str(row["donor"] or "")],
            str(row["donor"] or ""),
            -_size(row, code),
            str(row["pledge_id"]),
        )
    )
    every = [end for row in kept for end in _ends(row, code)]
    scale = _Scale(min(every) / 1.5, max(every) * 1.5)
    return _drawn(kept, code, scale, len(known) - len(kept))


def _drawn(kept: Sequence[Record], code: str, scale: _Scale, left: int) -> Chart:
    boxes, strokes, dots, words = [], [], [], []
    y, donor = float(_TOP), None
    for row in kept:
        who = clipped(listed(row["donor"]), 44) or "Donor not named"
        if who != donor:
            y += _DONOR
            words.append(Lettering(0, y - 6, who, "giver"))
            donor = who
        words.append(Lettering(_LEFT, y + 12, _label(row), "label"))
        low, high = _drawn_ends(row, code)
        x, wide = scale.at(low), max(scale.at(high) - scale.at(low), 0.4)
        closed = _value(row, f"high_{code}") and _value(row, f"low_{code}")
        boxes.append(Box(x, y + 18, wide, 8, "range" if closed else "range open"))
        amount = _value(row, f"amount_{code}")
        if amount:
            dots.append(Dot(scale.at(amount), y + 22, 4, "amount"))
        y += _PLEDGE
    for value in scale.ticks():
        x = scale.at(value)
        strokes.append(Stroke(x, _TOP, x, y, "grid"))
        words.append(Lettering(x, 14, amount_words(value, 3), "tick", "middle"))
    told = f"{plural(len(kept), 'pledge')} on a logarithmic scale in {code.upper()}, by donor."
    rest = f" {plural(left, 'smaller pledge')} not drawn." if left else ""
    return Chart(
        "g-pledges",
        f"Pledges in {code.upper()}, from the least to the most that each may be",
        f"{told}{rest} The table of pledges has the same numbers.",
        y + 4,
        boxes=tuple(boxes),
        strokes=tuple(strokes),
        dots=tuple(dots),
        words=tuple(words),
        legend=(
            ("range", "what the printed digits and words allow"),
            ("range open", "one end is open"),
            ("amount", "the figure itself"),
        ),
    )


class _Scale:
    """A logarithmic scale from ``low`` to ``high`` across the picture."""

    def __init__(self, low: float, high: float) -> None:
        self.low, self.high = math.log10(low), math.log10(high)

    def at(self, value: float) -> float:
        """The place of a value in per cent."""
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return _LEFT + min(max(share, 0.0), 1.0) * (_RIGHT - _LEFT)

    def ticks(self) -> list[float]:
        """Powers of ten, of many every other one."""
        powers = range(math.ceil(self.low), math.floor(self.high) + 1)
        step = max(1, math.ceil(len(powers) / 4))
        every = [10.0**power for power in powers[::step]]
        if len(every) > 1:
            return every
        steps = [
            factor * 10.0**power
            for power in range(math.floor(self.low), math.ceil(self.high) + 1)
            for factor in (1, 2, 5)
        ]
        inside = [one for one in steps if self.low <= math.log10(one) <= self.high]
        return inside[:: max(1, math.ceil(len(inside) / 4))]


def _value(row: Record, name: str) -> float | None:
    value = row[name]
    return float(value) if value is not None and value > 0 and math.isfinite(value) else None


def _ends(row: Record, code: str) -> list[float]:
    names = (f"{part}_{code}" for part in ("amount", "low", "high"))
    return [value for name in names if (value := _value(row, name)) is not None]


def _size(row: Record, code: str) -> float:
    return _value(row, f"amount_{code}") or max(_ends(row, code))


def _drawn_ends(row: Record, code: str) -> tuple[float, float]:
    size = _size(row, code)
    low, high = _value(row, f"low_{code}"), _value(row, f"high_{code}")
    return low or min(size, high or size) / _OPEN, high or max(size, low or size) * _OPEN


def _label(row: Record) -> str:
    amount = row["amount"]
    figure = f"{amount_words(amount)} {row['currency']}" if amount is not None else "a range"
    whom = listed(row["recipient"])
    parts = [figure, f"to {whom}" if whom else "", clean(row["purpose"]).replace("|", ", ")]
    return clipped(", ".join(part for part in parts if part), 52)
