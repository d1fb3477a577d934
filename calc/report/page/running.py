"""Totals to date: a picture over time for each currency, and the table behind it."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from ...text.amount_words import amount_words
from ..cells import clean, day, missing, short, span
from ..sections import records
from .anchors import anchor, clipped, listed, spoken
from .pledged import Quoted
from .shapes import Box, Chart, Curve, Dot, Lettering, Stroke, points
from .shown import Claims, ForPage, Record

_LINES = 5  # series in one picture: the classes a to e
_CURRENCIES = 3  # pictures: those with most points
_TOP, _PLOT, _FOOT = 16, 190, 26  # pixels
_LEFT, _RIGHT = 3.0, 90.0  # per cent
_MOST_WORDS = 4  # points of one series that all get their amount; of more, the first and the last
_SPACE = 15.0  # pixels between words
_NEAR = 28.0  # per cent: on a telephone an amount is that wide


class TotalRow(NamedTuple):
    """A total to date as a row."""

    at: str
    id: str
    amount: str
    reach: str
    size: float
    day: str
    spoken: str
    flow: str
    who: str
    scope: str
    told: tuple[Quoted, ...]
    why: str


def totals(result: ForPage, claims: Claims) -> tuple[TotalRow, ...]:
    """The totals of every series, by series and day."""
    return tuple(_row(row, place, claims) for place, row in enumerate(records(result.totals)))


def _row(row: dict[str, Any], place: int, claims: Claims) -> TotalRow:
    names = [name for name in str(row["claim_ids"] or "").split("|") if name in claims]
    amount = row["amount"]
    figure = short(amount, row["currency"]) if not missing(amount) else ""
    reach = span(row["low"], row["high"])
    if figure and missing(row["high"]) and not missing(row["low"]):
        figure, reach = f"over {figure}", ""
    donor, recipient = listed(row["donor"]), listed(row["recipient"])
    who = f"{donor or 'donors not named'} to {recipient or 'receiver not named'}"
    return TotalRow(
        anchor("t", f"{clean(row['series_id'])}-{place}"),
        clean(row["series_id"]),
        figure or span(row["low"], row["high"], row["currency"]),
        reach if reach != short(amount) else "",
        float(amount or row["low"] or row["high"] or 0.0),
        day(row["as_of"]),
        spoken(row["as_of"]) or "no day known",
        span(row["flow_low"], row["flow_high"], row["currency"]),
        clipped(who, 120),
        "" if row["scope"] in (None, "unknown") else clipped(listed(row["scope"]), 80),
        tuple(
            Quoted(
                clipped(claims[name]["text"], 60),
                anchor("c", name),
                clipped(claims[name]["source"]),
            )
            for name in names[:8]
        ),
        clipped(row["explanation"], 800),
    )


def total_charts(result: ForPage) -> tuple[Chart, ...]:
    """One picture for each currency of which a series has a day and an amount."""
    found: dict[str, dict[str, list[Record]]] = {}
    for row in records(result.totals):
        value = row["amount"] or row["low"] or row["high"]
        if row["as_of"] is not None and value and row["currency"]:
            series = found.setdefault(str(row["currency"]), {})
            series.setdefault(str(row["series_id"]), []).append(row)
    charts: list[tuple[bool, int, Chart]] = []
    for code, series in sorted(found.items()):
        ordered = sorted(
            series.values(), key=lambda rows: (-len(rows), -max(map(_value, rows)), _name(rows[0]))
        )
        for rows in ordered:
            rows.sort(key=lambda row: str(row["as_of"]))
        moving = [rows for rows in ordered if len(rows) > 1]
        drawn = (moving if len(ordered) > _LINES and moving else ordered)[:_LINES]
        chart = _chart(code, drawn, len(ordered) - len(drawn))
        charts.append((bool(moving), sum(map(len, drawn)), chart))
    charts.sort(key=lambda one: (not one[0], -one[1]))
    kept = [one for one in charts if one[0]] or charts[:1]  # single points make no line
    return tuple(chart for _, _, chart in kept[:_CURRENCIES])


def _value(row: Record) -> float:
    return float(row["amount"] or row["low"] or row["high"])


def _name(row: Record) -> str:
    scope = "" if row["scope"] in (None, "unknown") else f" ({listed(row['scope'])})"
    donor, recipient = listed(row["donor"]), listed(row["recipient"])
    return clipped(
        f"{donor or 'Donors not named'} to {recipient or 'receiver not named'}{scope}", 90
    )


def _ordinal(row: Record) -> int:
    return dt.date.fromisoformat(day(row["as_of"])).toordinal()


class _Frame(NamedTuple):
    """Where days and amounts stand in a picture."""

    first: int
    room: int
    top: float

    def x(self, row: Record) -> float:
        """The place of the day of a total, in per cent."""
        return _LEFT + (_ordinal(row) - self.first) / self.room * (_RIGHT - _LEFT)

    def y(self, value: float) -> float:
        """The place of an amount, in pixels."""
        return _TOP + _PLOT * (1 - value / self.top)


def _framed(series: list[list[Record]]) -> _Frame:
    every = [row for rows in series for row in rows]
    first, last = min(map(_ordinal, every)), max(map(_ordinal, every))
    room = max(last - first, 200)
    top = max(float(row["high"] or _value(row) * 1.05) for row in every) * 1.1
    return _Frame(first - (room - (last - first)) // 2, room, top)


def _chart(code: str, series: list[list[Record]], left: int) -> Chart:
    frame = _framed(series)
    boxes, dots, curves, words = [], [], [], []
    for number, rows in enumerate(series):
        css = f"line-{'abcde'[number]}"
        places = [(frame.x(row), frame.y(_value(row))) for row in rows]
        curves.append(Curve(0, _TOP + _PLOT, points(places), css))
        boxes += [_range(row, frame, css) for row in rows]
        dots += [Dot(x, y, 4, css) for x, y in places]
        words += _amounts(rows, frame)
    strokes, ticks = _axes(frame)
    about = "; ".join(
        f"{_name(rows[0])}: "
        + ", ".join(f"{amount_words(_value(row))} on {spoken(row['as_of'])}" for row in rows[:8])
        for rows in series
    )
    rest = f" {left} more series are in the table." if left else ""
    return Chart(
        f"g-totals-{code.lower()}",
        f"Totals to date in {code}",
        f"{len(series)} series over time. {about}.{rest}",
        _TOP + _PLOT + _FOOT,
        tuple(boxes),
        tuple(strokes),
        tuple(curves),
        tuple(dots),
        (*_spread(words), *ticks),
        tuple((f"line-{'abcde'[number]}", _name(rows[0])) for number, rows in enumerate(series)),
    )


def _range(row: Record, frame: _Frame, css: str) -> Box:
    """What the digits of a total leave open, on its day."""
    low, high = float(row["low"] or _value(row)), float(row["high"] or _value(row) * 1.06)
    up = frame.y(high)
    tall = max(frame.y(low) - up, 2)
    return Box(frame.x(row) - 0.4, up, 0.8, tall, css if row["high"] else f"{css} open")


def _amounts(rows: list[Record], frame: _Frame) -> list[Lettering]:
    """The amounts of a series beside its points; of many the first and the last."""
    words = []
    for place, row in enumerate(rows):
        if len(rows) > _MOST_WORDS and 0 < place < len(rows) - 1:
            continue
        x, value = frame.x(row), _value(row)
        if place and value == _value(rows[place - 1]):
            continue
        text = f"{'' if row['high'] else 'over '}{amount_words(value)}"
        if x > 55:
            words.append(Lettering(x - 1.5, frame.y(value) - 8, text, "label", "end"))
            continue
        rises = place + 1 < len(rows) and _value(rows[place + 1]) > value
        words.append(Lettering(x + 1.5, frame.y(value) + (16 if rises else -8), text, "label"))
    return words


def _axes(frame: _Frame) -> tuple[list[Stroke], list[Lettering]]:
    """The zero line, a line for each step of amounts, and the years or months below."""
    first, room, top = frame.first, frame.room, frame.top
    step = 10.0 ** (len(str(int(top))) - 1)
    step = next(one for one in (step / 5, step / 2, step, step * 2) if top / one <= 5)
    strokes, words, value = [], [], 0.0
    while value < top:
        strokes.append(Stroke(0, frame.y(value), 100, frame.y(value), "grid" if value else "axis"))
        if value:
            words.append(Lettering(100, frame.y(value) - 4, amount_words(value, 3), "tick", "end"))
        value += step
    for at, text in dates(first, first + room):
        place = _LEFT + (at - first) / room * (_RIGHT - _LEFT)
        strokes.append(Stroke(place, _TOP + _PLOT, place, _TOP + _PLOT + 5, "axis"))
        words.append(Lettering(place, _TOP + _PLOT + 19, text, "tick", "middle"))
    return strokes, words


def dates(first: int, last: int) -> list[tuple[int, str]]:
    """Days with a name on an axis from one day to another, at most five.

    >>> dates(dt.date(2020, 6, 1).toordinal(), dt.date(2023, 2, 1).toordinal())[0]
    (737791, '2021')
    """
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    months = 12 if last - first > 900 else 6 if last - first > 400 else 2
    found = []
    for year in range(start.year, end.year + 1):
        for month in range(1, 13, months):
            one = dt.date(year, month, 1)
            if start <= one <= end:
                name = str(year) if months == 12 else f"{one:%b} {year}"
                found.append((one.toordinal(), name))
    return found[:: max(1, -(-len(found) // 5))]


def _spread(words: list[Lettering]) -> list[Lettering]:
    """Words moved up until none stands on another, the lowest first."""
    placed: list[Lettering] = []
    for one in sorted(words, key=lambda word: (-word.y, word.x)):
        y = min(one.y, _TOP + _PLOT - 4)
        for other in sorted(placed, key=lambda word: -word.y):
            if abs(other.x - one.x) < _NEAR and abs(other.y - y) < _SPACE:
                y = other.y - _SPACE
        placed.append(one._replace(y=y))
    return placed
