"""Running totals, conferences and appeals: sums of what was pledged, at points in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from .history import Habits, Pair
from .money import cut, fixing
from .words import SCOPES


@dataclass
class Point:
    """The sum of one series up to a day."""

    id: str
    series: str
    donor: str | None
    amount: float
    home: str
    day: int
    begins: int
    words: tuple[str, ...]  # for what is counted


def _days(rng: Random, habits: Habits, start: int, end: int) -> list[int]:
    """Ends of quarters or other days, as many as a series has points."""
    count = round(habits["total_points"])
    ends = []
    for month in range(3, 60, 3):
        first = dt.date.fromordinal(start)
        months = first.month - 1 + month
        ends.append(dt.date(first.year + months // 12, months % 12 + 1, 1).toordinal() - 1)
    ends = [day for day in ends if start + 60 < day < end + 150]
    if rng.random() < 0.4:
        ends = [day + rng.randrange(-40, 40) for day in ends]
    return sorted(rng.sample(ends, min(count, len(ends))))


def _sum(pair: Pair, day: int, quote: str) -> float:
    """What a pair's true pledges come to up to a day, at the rates of their days."""
    return sum(
        one.worth(day) * fixing(one.home, quote, one.day)[0]
        for one in pair.facts
        if one.whole is None and one.day <= day and one.kind != "passed"
    )


def _points(
    rng: Random, habits: Habits, name: str, pairs: list[Pair], donor: str | None, home: str
) -> list[Point]:
    """A series or two of one giver, or of all givers, to one receiver."""
    start, end = pairs[0].start, pairs[0].end
    size = sum(_sum(pair, end, home) for pair in pairs)
    base = max(size * habits["base_sum"] * rng.random(), size * 0.05)
    begins = start - rng.randrange(30, 1500)
    days = _days(rng, habits, start, end)
    scopes: list[tuple[str, tuple[str, ...]]] = [SCOPES[0]]
    if rng.random() < habits["scopes"]:
        scopes.append(rng.choice(SCOPES[1:]))
    found = []
    for number, (scope, words) in enumerate(scopes):
        share = 1.0 if not number else rng.uniform(0.25, 0.8)
        for day in days:
            amount = base + sum(_sum(pair, day, home) for pair in pairs)
            series = f"t:{name}:{scope}"
            amount = cut(amount * share, rng.choice((2, 3, 3)))
            found.append(Point(f"{series}:{day}", series, donor, amount, home, day, begins, words))
    return found


def totals(rng: Random, habits: Habits, pairs: list[Pair]) -> dict[str, list[Point]]:
    """The points of all series by the key of the pair, or by ``*:receiver`` for all givers."""
    found = {}
    receivers: dict[str, list[Pair]] = {}
    for pair in pairs:
        receivers.setdefault(pair.receiver.name, []).append(pair)
        if rng.random() < 0.7:
            found[pair.key] = _points(rng, habits, pair.key, [pair], pair.giver.name, pair.home)
    for name, group in sorted(receivers.items()):
        if len(group) > 1:
            found[f"*:{name}"] = _points(rng, habits, f"*:{name}", group, None, "USD")
    return found


def latest(points: list[Point], day: int, rng: Random) -> Point | None:
    """The newest point before a day, of either scope; sometimes the one before it."""
    known = sorted({one.day for one in points if one.day <= day})
    if not known:
        return None
    at = known[-2] if len(known) > 1 and rng.random() < 0.1 else known[-1]
    return rng.choice([one for one in points if one.day == at])
