"""Figures that a person settled on, in place of what the sources support."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from ..pledges.agreed import Agreed
from ..pledges.pledge import Pledge
from ..pledges.totals import Point, Series, flow
from ..values.valuation import Valuation
from .blocks import Accepted, Decision
from .ruling import Ruling, contradiction

if TYPE_CHECKING:
    from ..links.rows import Claim


def accept_pledges(pledges: tuple[Pledge, ...], ruling: Ruling) -> tuple[Pledge, ...]:
    """The pledges, with the accepted figure where a decision names one of their claims."""
    if not ruling.accepted:
        return pledges
    return tuple(_pledge(one, _of(one.claims, ruling)) for one in pledges)


def accept_totals(
    series: tuple[Series, ...], ruling: Ruling, valuation: Valuation
) -> tuple[Series, ...]:
    """The series, with accepted figures at their points and the flows between them anew."""
    if not ruling.accepted:
        return series
    return tuple(_series(one, ruling, valuation) for one in series)


def _of(claims: Iterable[Claim], ruling: Ruling) -> Decision | None:
    ids = {claim.id for claim in claims}
    found = [one for one in ruling.accepted if ids & set(one.claims)]
    for one in found[1:]:
        if one.value != found[0].value:
            raise contradiction("two figures for what is one pledge or total", [found[0], one])
    return found[0] if found else None


def _pledge(one: Pledge, decision: Decision | None) -> Pledge:
    if decision is None:
        return one
    figure = _figure(one.figure, decision)
    readings = one.readings if figure.currency == one.figure.currency else ()
    if _named(decision):
        readings = readings[:1]
    if not readings and figure.currency:
        readings = (figure.currency,)
    return one._replace(figure=figure, readings=readings)


def _named(decision: Decision) -> bool:
    return isinstance(decision.value, Accepted) and decision.value.currency is not None


def _figure(figure: Agreed, decision: Decision) -> Agreed:
    value = decision.value
    assert isinstance(value, Accepted)
    low, high = float(value.low), float(value.high)
    return figure._replace(
        currency=value.currency or figure.currency,
        amount=float(value.amount),
        low=low,
        high=high,
        contested=False,
        counted=(low, high),
    )


def _series(one: Series, ruling: Ruling, valuation: Valuation) -> Series:
    points = tuple(_point(point, _of(point.claims, ruling)) for point in one.points)
    if points == one.points:
        return one
    flows = [None, *(flow(earlier, later, valuation) for earlier, later in pairwise(points))]
    return one._replace(points=points, flows=tuple(flows))


def _point(point: Point, decision: Decision | None) -> Point:
    if decision is None:
        return point
    figure = _figure(point.figure, decision)
    assert figure.counted is not None
    low, high = figure.counted
    return point._replace(figure=figure, usual=(low, low if high is None else high))
