"""A running total that is told of again: "Donors have given 16 billion. … Of the 16 billion …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import roles
from .record import Reading
from .rules import named
from .signs import signs_in, top

_WEAK = frozenset({"verb-of-giving", "noun-of-giving", "both-named", "among-pledges"})
_STRONG = 20  # points of a sign of the role that leaves little doubt
_AGAIN = re.compile(r"\bthe\s\Z", re.IGNORECASE)
# "the 63 million package brings the total to": one act of its own
_ONE_ACT = re.compile(r"\s(?:package|grant|loan|tranche|contribution|gift|facility|deal)\b")

_Sum = tuple[float, str]


def totals_told_again(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, where a sum that is named with "the" is the total that it was before."""
    totals: dict[_Sum, Reading] = {}
    for one in readings:
        key = _sum_of(one)
        if key is not None and one.role == "total" and _role_points(one) >= _STRONG:
            totals.setdefault(key, one)
    if not totals:
        return list(readings)
    return [_again(one, totals) for one in readings]


def _sum_of(one: Reading) -> _Sum | None:
    if one.amount is None or one.currency is None:
        return None
    return one.amount, one.currency


def _role_points(one: Reading) -> int:
    return top([sign for sign in signs_in(one.signs) if sign.facet == "role"]).points


def _again(one: Reading, totals: dict[_Sum, Reading]) -> Reading:
    key = _sum_of(one)
    total = totals.get(key) if key is not None else None
    if total is None or one.role != "pledge" or one.sentence is None:
        return one
    if top([sign for sign in signs_in(one.signs) if sign.facet == "role"]).name not in _WEAK:
        return one
    begin, end = (at - (one.sentence_start or 0) for at in (one.start, one.end))
    if not _AGAIN.search(one.sentence, 0, begin) or _ONE_ACT.match(one.sentence, end):
        return one
    if one.donor is not None and one.donor != total.donor:
        return one
    sign = named(roles.TABLE)["total-elsewhere"].sign()
    return one._replace(role="total", as_of=total.as_of).signed(sign)
