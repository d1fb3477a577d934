"""Stated conversions, each with the history of its rate and the days whose rate fits."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from typing import Any, NamedTuple

from rates import sources
from rates.errors import PledgecalcError

from ...checks import flagged
from ...values.windows import PairSeries, series
from ..cells import clean, day
from ..sections import records
from .anchors import anchor, clipped, spoken
from .pledged import Quoted
from .running import dates
from .shapes import Box, Chart, Curve, Dot, Lettering, Stroke, points
from .shown import MOST_CONVERSIONS, Claims, ForPage, Record

_DRAWN = 600  # conversions with a picture; of more, the first
_YEARS = 3
_TOP, _PLOT, _FOOT = 18, 120, 24  # pixels
_LEFT, _RIGHT = 0.0, 88.0  # per cent: names of rates stand to the right
_STEPS = 120  # points of a curve
_SHOWN = 3  # windows before the fold
_GOOD = ("consistent", "consistent-if-rounded", "consistent-if-truncated")
_WRONG = ("inconsistent", "scale", "inverted")


class Conversion(NamedTuple):
    """A stated conversion: the two figures, its verdict, its windows and its picture."""

    at: str
    base: Quoted
    stated: Quoted
    verdict: str
    kind: str  # wrong, look, fits or open
    sentence: str
    gap: str
    windows: tuple[str, ...]
    more: tuple[str, ...]
    rest: int
    chart: Chart | None


class Conversions(NamedTuple):
    """The conversions to look at, those that fit, and how many are not shown."""

    flagged: tuple[Conversion, ...]
    fitting: tuple[Conversion, ...]
    every: int
    left: int


def stated(result: ForPage, claims: Claims) -> Conversions:
    """Tell every stated conversion, those that need a person first."""
    rows = records(result.checks)
    rows.sort(key=lambda row: not flagged(row["verdict"], row["power"] or 0.0))
    kept = rows[:MOST_CONVERSIONS]
    table = sources.tables(result.rates)
    made = [
        _conversion(row, claims, table if place < _DRAWN else None)
        for place, row in enumerate(kept)
    ]
    loud = sum(flagged(row["verdict"], row["power"] or 0.0) for row in kept)
    return Conversions(tuple(made[:loud]), tuple(made[loud:]), len(rows), len(rows) - len(kept))


def _conversion(row: Record, claims: Claims, table: Any) -> Conversion:
    windows = [_window(one) for one in clean(row["windows"]).split(";") if one]
    gap = row["gap_pct"]
    return Conversion(
        anchor("k", row["claim_id"]),
        _told(str(row["base_id"]), row["base_text"], row["source"]),
        _told(str(row["claim_id"]), row["text"], row["source"]),
        clean(row["verdict"]),
        _kind(row),
        clipped(row["explanation"], 1_200),
        "" if gap is None else f"{gap:+.1f} %".replace("-", "−"),
        tuple(windows[:_SHOWN]),
        tuple(windows[_SHOWN:60]),
        max(len(windows) - 60, 0),
        _chart(row, claims, table) if table is not None else None,
    )


def _kind(row: Record) -> str:
    verdict = row["verdict"]
    if flagged(verdict, row["power"] or 0.0):
        return "wrong" if verdict in _WRONG else "look"
    return "fits" if verdict in _GOOD else "open"


def _told(name: str, text: object, source: object) -> Quoted:
    return Quoted(clipped(text, 60), anchor("c", name), clipped(source))


def _window(text: str) -> str:
    """A run of days as people say it.

    >>> _window("2024-09-27"), _window("2024-09-19..2024-09-20")
    ('27 September 2024', '19 to 20 September 2024')
    """
    first, _, last = text.partition("..")
    if not last:
        return spoken(first)
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {spoken(last)}"
    begun = spoken(first).rpartition(" ")[0] if start.year == end.year else spoken(first)
    return f"{begun} to {spoken(last)}"


def _chart(row: Record, claims: Claims, table: Any) -> Chart | None:
    """The rate of the three years before, the rates that the two figures imply, the days."""
    base, quote = (claims.get(str(row[name])) for name in ("base_id", "claim_id"))
    if base is None or quote is None or row["rate_date"] is None or row["implied_low"] is None:
        return None
    pair = (str(base["currency"]), str(quote["currency"]))
    try:
        known = series(table.serving(*pair) if hasattr(table, "serving") else table, *pair)
    except PledgecalcError:
        return None
    on = dt.date.fromisoformat(day(row["rate_date"]))
    newest = clean(row["windows"]).partition(";")[0].partition("..")[0]
    start = on.replace(year=on.year - _YEARS, day=min(on.day, 28))
    if newest and dt.date.fromisoformat(newest) < start:
        start = max(dt.date.fromisoformat(newest) - dt.timedelta(60), dt.date(on.year - 12, 1, 1))
    shown = _between(known, start, on)
    return _drawn(row, shown, pair) if len(shown) > 1 else None


def _between(known: PairSeries, start: dt.date, end: dt.date) -> list[tuple[int, float]]:
    """Days and rates from one day to another, thinned to the points of a picture."""
    first, last = bisect_left(known.days, start), bisect_right(known.days, end)
    step = max(1, (last - first) // _STEPS)
    places = [*range(first, last, step)]
    if places and places[-1] != last - 1:
        places.append(last - 1)
    return [(known.days[place].toordinal(), float(known.values[place])) for place in places]


def _drawn(row: Record, shown: list[tuple[int, float]], pair: tuple[str, str]) -> Chart:
    first, last = shown[0][0], shown[-1][0]
    low, high = float(row["implied_low"]), float(row["implied_high"])
    rates = [rate for _, rate in shown]
    room = max(rates) - min(rates) or max(rates) * 0.02
    # the band of the implied rates, as far as it is near the rates; a slip of scale is not
    floor, ceiling = min(rates) - 0.8 * room, max(rates) + 0.8 * room
    bottom = max(min(*rates, low), floor) - 0.06 * room
    top = min(max(*rates, high), ceiling) + 0.06 * room

    def x(ordinal: int) -> float:
        return _LEFT + (ordinal - first) / max(last - first, 1) * (_RIGHT - _LEFT)

    def y(rate: float) -> float:
        return _TOP + _PLOT * (top - min(max(rate, bottom), top)) / (top - bottom)

    boxes = []
    if low < top and high > bottom:
        boxes.append(Box(0, y(high), _RIGHT, max(y(low) - y(high), 1.5), "implied"))
    boxes += [
        Box(x(start), _TOP, max(x(end) - x(start), 0.35), _PLOT, "fits")
        for start, end in _runs(clean(row["windows"]), first, last)
    ]
    curve = Curve(0, _TOP + _PLOT, points([(x(at), y(rate)) for at, rate in shown]), "rate")
    strokes = [Stroke(0, _TOP + _PLOT, _RIGHT, _TOP + _PLOT, "axis")]
    words = [
        Lettering(_RIGHT + 1.5, y(rates[-1]) + 4, f"{rates[-1]:.4g}", "label"),
        Lettering(0, 12, f"{pair[1]} for 1 {pair[0]}", "tick"),
    ]
    implied = f"{low:.4g} to {high:.4g}"
    middle = (y(low) + y(high)) / 2
    if boxes and boxes[0].css == "implied" and abs(middle - y(rates[-1])) > 11:
        words.append(Lettering(_RIGHT + 1.5, middle + 4, _short_range(low, high), "tick"))
    for at, text in dates(first, last):
        strokes.append(Stroke(x(at), _TOP + _PLOT, x(at), _TOP + _PLOT + 4, "axis"))
        words.append(Lettering(max(x(at), 4), _TOP + _PLOT + 18, text, "tick", "middle"))
    on = spoken(row["rate_date"])
    return Chart(
        anchor("g", row["claim_id"]),
        f"{pair[1]} for 1 {pair[0]} until {on}",
        f"The rate of {on} is {rates[-1]:.5g}. The two figures imply {implied}. "
        "The days whose own rate fits are listed beside the picture.",
        _TOP + _PLOT + _FOOT,
        tuple(boxes),
        tuple(strokes),
        (curve,),
        (Dot(x(last), y(rates[-1]), 4, "rate"),),
        tuple(words),
        (
            ("rate", f"the published rate; the dot is {on}"),
            ("implied", f"what the two figures imply, {implied}"),
            ("fits", "days whose rate fits"),
        ),
    )


def _short_range(low: float, high: float) -> str:
    return f"{(low + high) / 2:.4g}" if (high - low) / high < 0.01 else f"{low:.3g}–{high:.3g}"


def _runs(windows: str, first: int, last: int) -> list[tuple[int, int]]:
    """The windows inside a picture, as days."""
    found: list[tuple[int, int]] = []
    for one in windows.split(";"):
        if not one:
            continue
        start, _, end = one.partition("..")
        a = dt.date.fromisoformat(start).toordinal()
        b = dt.date.fromisoformat(end or start).toordinal()
        if b < first:
            break  # they come newest first
        if a > last:
            continue
        a, b = max(a, first), min(b, last)
        if found and found[-1][0] - b < (last - first) // 200:
            found[-1] = (a, found[-1][1])  # nearer than a picture can show
        else:
            found.append((a, b))
    return found
