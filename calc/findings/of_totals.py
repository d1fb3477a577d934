"""What running totals find: falls, reprints, and what the known pledges do not explain."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from ..ledger.ledger import Ledger
from ..links.bits import CAUSES
from ..links.rows import Claim, kinds_of
from ..pledges.pledge import Pledge, readings, worth
from ..pledges.totals import Point, Series, falls, reprints
from ..text.amount_words import amount_words
from ..text.days import day_words, on_day
from .finding import Finding, finding
from .of_pledges import difference, values_of, whose_money


def ambiguous_totals(series: Series, ledger: Ledger) -> Iterable[Finding]:
    for point in series.points:
        currency = point.figure.currency
        codes = readings(list(point.claims), currency, series.donor, series.recipient)
        amount = point.figure.amount or point.figure.low
        undecided = [c for c in point.claims if c.currency_basis == "ambiguous"]
        if len(codes) > 1 and amount and undecided:
            values = values_of(codes, amount, point.as_of, None, ledger)
            yield whose_money(undecided, values)


def of_series(series: Series) -> Iterable[Finding]:
    for number, later in enumerate(series.points):
        before = series.points[:number]
        old = next((point for point in before if reprints(point, later)), None)
        highest = next((point for point in reversed(before) if falls(point, later)), None)
        if old is not None and later.as_of is not None:
            yield _told_again(old, highest, later)
        elif highest is not None:
            yield _fallen(highest, later)
        elif before and _is_later(before[-1], later):
            yield _grown(before[-1], later)
        same_day = next((p for p in before if p.as_of == later.as_of is not None), None)
        if same_day is not None:
            yield _two_of_a_day(same_day, later)
        yield from _differences_of_point(later.claims)


def _is_later(earlier: Point, later: Point) -> bool:
    """Whether both days are known and the points stand in their order."""
    return bool(earlier.as_of and later.as_of and earlier.as_of < later.as_of)


def _told_again(old: Point, highest: Point | None, later: Point) -> Finding:
    claim = later.groups[0].first
    though = ""
    if highest is not None:
        though = f", though {highest.groups[0].first.text!r} was printed {on_day(highest.as_of)}"
    return finding(
        "stale-figure",
        (old.groups[0].first, claim),
        f"{claim.text!r} ({claim.source}, {_on(later)}) repeats the total of {_on(old)}{though}",
        severity="info" if highest is None else "warning",
        alternatives=("as-of-date", "rounding"),
    )


def _on(point: Point) -> str:
    return day_words(point.as_of) if point.as_of else "an unknown day"


def _fallen(highest: Point, later: Point) -> Finding:
    told, claim = highest.groups[0].first, later.groups[0].first
    counted = _recounted(claim) or _recounted(told)
    why = "A running total should not fall"
    if counted:
        why = f"{counted!r} says that the way of counting changed"
    return finding(
        "basis-change" if counted else "revision",
        (told, claim),
        f"The total falls: {told.text!r} on {_on(highest)} ({told.source}), "
        f"{claim.text!r} on {_on(later)} ({claim.source}). {why}",
        alternatives=("scope", "revision" if counted else "basis-change", "stale-figure", "typo"),
    )


def _grown(earlier: Point, later: Point) -> Finding:
    told, claim = earlier.groups[0].first, later.groups[0].first
    return finding(
        "as-of-date",
        (told, claim),
        f"{told.text!r} is the total of {_on(earlier)} ({told.source}), "
        f"{claim.text!r} that of {_on(later)} ({claim.source}): later total, larger amount",
        alternatives=("scope", "stale-figure"),
    )


def _two_of_a_day(one: Point, later: Point) -> Finding:
    other, claim = one.groups[0].first, later.groups[0].first
    return finding(
        "scope",
        (other, claim),
        f"Two totals of {_on(later)}, {other.text!r} ({other.source}) and {claim.text!r} "
        f"({claim.source}): they count different things",
        alternatives=("as-of-date", "basis-change", "unresolved"),
    )


def _differences_of_point(claims: tuple[Claim, ...]) -> Iterable[Finding]:
    voices = [claim for claim in claims if claim.base is None and claim.amount is not None]
    for number, a in enumerate(voices):
        for b in voices[number + 1 : number + 5]:
            cause = difference(a, b) if a.currency == b.currency else None
            if cause:
                yield finding(
                    cause,
                    (a, b),
                    f"The same total is given as {a.text!r} ({a.source}) and as {b.text!r} "
                    f"({b.source}): {CAUSES[cause].meaning}",
                )


def of_series_against_pledges(ledger: Ledger) -> Iterable[Finding]:
    """Pledges between two totals cannot exceed what the total grew by: a difference of scope."""
    dated = _Dated(ledger)
    inner = _inner_by_outer(ledger)
    for series in ledger.series:
        for number, flow in enumerate(series.flows):
            if flow is None or flow.high <= 0:
                continue
            earlier, later = series.points[number - 1], series.points[number]
            inside = dated.within(series, number)
            currency = later.figure.currency or ""
            least = _least_of(inside, currency, ledger, inner)
            if least > flow.high:
                yield finding(
                    "scope",
                    (
                        earlier.groups[0].first,
                        later.groups[0].first,
                        *(one.teller for one in inside),
                    ),
                    f"The pledges from {_on(earlier)} to {_on(later)} add up to at least "
                    f"{amount_words(least)} {currency}. The total grew by at most "
                    f"{amount_words(flow.high)} {currency}: they count different things",
                    alternatives=("double-count", "stage-wording", "basis-change"),
                )


def within(series: Series, number: int, ledger: Ledger) -> list[Pledge]:
    """The pledges of a series' donor and recipient between its point ``number`` and the last."""
    return _Dated(ledger).within(series, number)


class _Dated:
    """Pledges by donor and recipient, each in the order of value dates."""

    def __init__(self, ledger: Ledger) -> None:
        places: dict[tuple[object, ...], list[tuple[dt.date, int]]] = {}
        for place, one in enumerate(ledger.pledges):
            if one.value_date is not None:
                places.setdefault((one.donor, one.recipient), []).append((one.value_date, place))
        self._places = {parties: sorted(found) for parties, found in places.items()}
        self._pledges = ledger.pledges

    def within(self, series: Series, number: int) -> list[Pledge]:
        first, last = series.points[number - 1].as_of, series.points[number].as_of
        if first is None or last is None or not series.donor:
            return []
        places = self._places.get((series.donor, series.recipient), [])
        chosen = places[
            bisect_left(places, (first, math.inf)) : bisect_left(places, (last, math.inf))
        ]
        pledges = (self._pledges[place] for place in sorted(place for _day, place in chosen))
        return [pledge for pledge in pledges if not _other_kind(series.scope, pledge)]


def _other_kind(scope: str, pledge: Pledge) -> bool:
    asked, own = kinds_of(tuple(scope.split(", ")[0].split("|"))), kinds_of(pledge.purpose)
    return bool(asked and own and not asked & own)


def _inner_by_outer(ledger: Ledger) -> dict[str, set[str]]:
    """The pledges that each pledge may hold, by id."""
    found: dict[str, set[str]] = {}
    for one in ledger.overlaps:
        outer, inner = ledger.pledges[one.outer], ledger.pledges[one.inner]
        found.setdefault(outer.id, set()).add(inner.id)
    return found


def _least_of(
    pledges: list[Pledge], currency: str, ledger: Ledger, inner_by_outer: Mapping[str, set[str]]
) -> float:
    """The least that pledges come to, each possible overlap counted once."""
    inner = {name for pledge in pledges for name in inner_by_outer.get(pledge.id, ())}
    amounts = [
        value.counted[0]
        for pledge in pledges
        if pledge.id not in inner
        and (value := worth(pledge, currency, ledger.valuation)).counted is not None
    ]
    return math.fsum(amounts)


def _recounted(claim: Claim) -> str | None:
    """The words that say that the way of counting changed."""
    return claim.said.words("recounted", claim.sentence)
