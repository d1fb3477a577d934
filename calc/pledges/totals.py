"""Running totals to date: series of points, and what was added between two points.

Totals are never added to pledges or to each other.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from ..claims.purposes import kinds_of_aid
from ..links.group import Group
from ..links.rows import Claim, place, scope_of
from ..text.amount_words import range_words
from ..text.days import day_words
from ..values.slack import MARKET
from ..values.valuation import Valuation
from .agreed import Agreed, agreed

_ONE_POINT_DAYS = 10  # outlets print one announced total within this time
_ENOUGH = 100  # sums that print a total: more of them do not change with what it is compared
_CLOSED_PERIOD = re.compile(r"^(?:in |for )?(?:fy ?)?\d{4}(?:\s*[-–/]\s*\d{2,4})?$|annual|per year")

# "in humanitarian terms", "military help", "received arms worth"
_GROWTH = 1.5  # between two totals of one series; one of all aid is mostly further from a kind's

Differ = Callable[[tuple[Group, ...], tuple[Group, ...]], bool]


class Point(NamedTuple):
    """One total at its day: the groups of claims that print it and their figure."""

    groups: tuple[Group, ...]
    as_of: dt.date | None
    figure: Agreed
    usual: tuple[float, float] | None  # of the printed digits alone, qualifier aside

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims that print this point."""
        return tuple(claim for one in self.groups for claim in one.claims)


class Flow(NamedTuple):
    """What was added between two points, in the currency of the later one."""

    low: float
    high: float
    words: str


class Series(NamedTuple):
    """Totals of one donor, recipient and scope, by date; ``flows`` stand on the later point."""

    id: str
    donor: tuple[str, ...]
    recipient: tuple[str, ...]
    scope: str
    points: tuple[Point, ...]
    flows: tuple[Flow | None, ...]


def series_of(
    groups: list[Group], valuation: Valuation, differ: Differ | None = None
) -> list[Series]:
    """Gather totals to series. The order of ``groups`` does not matter.

    ``differ`` says of which groups a person knows that they are different totals.

    A total whose scope is not said joins the series of all aid of its donor and recipient, else
    the one series that has a scope, when there is only one and the totals grow in small steps; a
    total without a donor is a series of its own.
    """
    keyed: dict[tuple[object, ...], list[Group]] = defaultdict(list)
    for one in sorted(groups, key=lambda found: place(found.first)):
        alone = "" if one.donor else one.id
        period = next((c.period for c in one.claims if c.period), None) or ""
        closed = period if _CLOSED_PERIOD.search(period.lower()) else ""
        keyed[(one.donor, one.recipient, _scope(one), closed, alone)].append(one)
    for key in [key for key in keyed if key[2] == "unknown"]:
        known = [
            other
            for other in keyed
            if other[2] != "unknown" and (*other[:2], *other[3:]) == (*key[:2], *key[3:])
        ]
        known = [other for other in known if other[2] == "all"] or known
        if len(known) == 1 and _one_series(keyed[known[0]], keyed[key], valuation):
            keyed[known[0]] += keyed.pop(key)
    found = [_series(key, members, valuation, differ) for key, members in keyed.items()]
    return sorted(found, key=lambda one: (one.donor, one.recipient, one.scope, one.id))


def _scope(one: Group) -> str:
    """The kinds of aid that a total counts; "all" where its words say that it counts them all."""
    scope = scope_of(one.words)
    if scope == "unknown":
        scope = scope_of(kinds_of_aid(one.sentences))
    everything = any("all-kinds" in claim.said.values for claim in one.claims)
    return "all" if scope == "unknown" and everything else scope


def _one_series(a: list[Group], b: list[Group], valuation: Valuation) -> bool:
    """Whether totals whose scope is not said may continue a series: together they still grow."""
    if _side_by_side(a, b):
        return False
    points = _points(sorted([*a, *b], key=lambda one: place(one.first)), valuation)
    kind = {one.id for one in a}
    if _scope(a[0]) != "all" and any(
        _leaps(x, y, valuation)
        for x, y in pairwise(points)
        if {one.id in kind for one in x.groups} != {one.id in kind for one in y.groups}
    ):
        return False
    apart = sum(_breaks(_points(side, valuation)) for side in (a, b))
    return _breaks(points) <= apart


def _leaps(x: Point, y: Point, valuation: Valuation) -> bool:
    """Whether a total is further from the next than one series mostly grows."""
    if not x.figure.amount or not y.figure.amount or not x.figure.currency or not y.figure.currency:
        return False
    rate = valuation.unit(x.figure.currency, y.figure.currency, y.as_of).rate
    if rate is None:
        return False
    ratio = x.figure.amount * rate / y.figure.amount
    return not 1 / _GROWTH <= ratio <= _GROWTH


def _breaks(points: list[Point]) -> int:
    return sum(falls(earlier, later) for earlier, later in pairwise(points))


def _side_by_side(a: list[Group], b: list[Group]) -> bool:
    """Whether one document prints both: then they count different things."""
    mine = {document for one in a for document in one.documents}
    return any(document in mine for one in b for document in one.documents)


def _series(
    key: tuple[object, ...], members: list[Group], valuation: Valuation, differ: Differ | None
) -> Series:
    digest = hashlib.sha256(repr(key).encode("utf-8")).hexdigest()[:10]
    points = _points(members, valuation, differ)
    flows: list[Flow | None] = [None]
    for earlier, later in pairwise(points):
        flows.append(flow(earlier, later, valuation))
    scope = str(key[2]) if not key[3] else f"{key[2]}, {key[3]}"
    head = members[0]
    return Series(f"t-{digest}", head.donor, head.recipient, scope, tuple(points), tuple(flows))


def as_of(one: Group) -> dt.date | None:
    """The day of a total: as of, else the day that its text gives, else its publication."""
    for claim in one.claims:
        if claim.as_of:
            return claim.as_of
    for claim in one.claims:
        if claim.value_date and claim.date_basis == "stated" and claim.precision in (None, "day"):
            return claim.value_date
    return next((claim.published for claim in one.claims if claim.published), None)


def _points(
    members: list[Group], valuation: Valuation, differ: Differ | None = None
) -> list[Point]:
    dated = sorted(members, key=lambda one: (as_of(one) or dt.date.max, place(one.first)))
    points: list[Point] = []
    for one in dated:
        made = _point((one,), valuation)
        for number in range(len(points) - 1, -1, -1):
            p = points[number]
            if _long_before(p, made):
                points.append(made)
                break
            if _one_point(p, made, valuation) and not (differ and differ(p.groups, (one,))):
                groups = (*p.groups, one)
                known = len(groups) > _ENOUGH
                points[number] = p._replace(groups=groups) if known else _point(groups, valuation)
                break
        else:
            points.append(made)
    return [_point(p.groups, valuation) if len(p.groups) > _ENOUGH else p for p in points]


def _long_before(earlier: Point, later: Point) -> bool:
    """Whether a point is too old to be told again; those before it, by date, are older still."""
    if earlier.as_of is None or later.as_of is None:
        return earlier.as_of is not None
    return (later.as_of - earlier.as_of).days > _ONE_POINT_DAYS


def _point(groups: tuple[Group, ...], valuation: Valuation) -> Point:
    found = agreed(groups, valuation)
    usual = next(
        (
            claim.usual
            for one in groups
            for claim in one.claims
            if claim.currency == found.currency and claim.usual and claim.amount == found.amount
        ),
        None,
    )
    if usual is None and found.low is not None and found.high is not None:
        usual = (found.low, found.high)
    return Point(groups, as_of(groups[0]), found, usual)


def _one_point(a: Point, b: Point, valuation: Valuation) -> bool:
    x, y = a.figure, b.figure
    if a.usual is None or b.usual is None or x.currency is None or y.currency is None:
        return False
    if a.as_of is None or b.as_of is None:
        return (x.amount, x.currency, a.as_of) == (y.amount, y.currency, b.as_of)
    rate = valuation.unit(x.currency, y.currency, a.as_of).rate
    if rate is None or abs((a.as_of - b.as_of).days) > _ONE_POINT_DAYS:
        return False
    slack = 0.0 if x.currency == y.currency else MARKET
    low, high = a.usual[0] * rate * (1 - slack), a.usual[1] * rate * (1 + slack)
    return max(low, b.usual[0]) <= min(high, b.usual[1])


def flow(earlier: Point, later: Point, valuation: Valuation) -> Flow | None:
    """What was added between two points, from the usual readings of their printed digits.

    Points in two currencies are compared at the rate of the later day, and say so.
    """
    if earlier.usual is None or later.usual is None or earlier.as_of is None or later.as_of is None:
        return None
    if earlier.as_of == later.as_of:
        return None  # two totals of one day count different things
    currency = later.figure.currency or ""
    value = valuation.unit(earlier.figure.currency, currency, later.as_of)
    if value.rate is None:
        return None
    low = later.usual[0] - earlier.usual[1] * value.rate
    high = later.usual[1] - earlier.usual[0] * value.rate
    since = day_words(earlier.as_of)
    said = f"{range_words(low, high)} {currency} more than on {since}"
    if low < 0 < high:
        said = f"no change since {since} that the printed digits would show"
    elif high <= 0:
        said = f"{range_words(-high, -low)} {currency} less than on {since}"
    if value.rate != 1.0:
        said += f" ({value.note})"
    return Flow(low, high, said)


def falls(earlier: Point, later: Point) -> bool:
    """Whether a later total is smaller than an earlier one, however their digits are read."""
    if earlier.usual is None or later.usual is None or earlier.as_of == later.as_of:
        return False
    return earlier.figure.currency == later.figure.currency and later.usual[1] < earlier.usual[0]


def reprints(earlier: Point, later: Point) -> bool:
    """Whether a later total repeats the number of an earlier day."""
    same = earlier.figure.amount is not None and earlier.figure.amount == later.figure.amount
    return same and earlier.figure.currency == later.figure.currency


def open_ended(point: Point) -> bool:
    """Whether a total is printed as a bound ("over")."""
    return point.figure.low is not None and (point.figure.high or math.inf) == math.inf
