"""The rate of a policy for every calendar day: what the conversion of whole frames gathers from.

The values are those of ``legs.observe``, day by day (a test holds the two together); here they
are found in one pass over the published days.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from .currencies import currency as known_currency
from .errors import NoRateError
from .fixings import MAX_DAYS_BACK, Fixing, Fixings
from .legs import Irrevocable, home_of, irrevocable, remarks, within
from .picks import pick
from .policies import Asked, Given, Policy, parse_policy

_DAY = timedelta(days=1)
_WEEK = timedelta(days=MAX_DAYS_BACK)


class DailyRates(NamedTuple):
    """Units of one currency per 1 EUR for ``days`` calendar days; lists of that length.

    ``observed``: the (last) day of publication, None without one. ``notes``: the reason where
    there is no value, else what to say beside it, mostly nothing.
    """

    days: int
    values: list[float | None]
    observed: list[date | None]
    notes: list[str | None]


def daily_rates(
    policy: str | Policy, currency: str, table: Fixings, start: date, end: date
) -> DailyRates:
    """The rate of ``currency`` that ``policy`` picks for each day from ``start`` to ``end``.

    Irrevocable rates and life spans count as in ``convert``. Nothing is raised for a day without
    a rate: its note says why. Raises UsageError for a policy that cannot be understood.

    >>> table = Fixings("x", "", ["2024-11-01", "2024-11-04"], {"USD": "1.0885,1.0904"})
    >>> daily_rates("spot", "USD", table, date(2024, 11, 1), date(2024, 11, 4)).values
    [1.0885, 1.0885, 1.0885, 1.0904]
    """
    rule = parse_policy(policy)
    days = max((end - start).days + 1, 0)
    found = DailyRates(days, [None] * days, [None] * days, [None] * days)
    if currency == "EUR":
        return found._replace(values=[1.0] * days)
    if rule.name == "spot":
        _spot_days(currency, table, start, end, found)
    else:
        _runs(rule, currency, table, start, found)
    return found


def _runs(rule: Policy, code: str, table: Fixings, start: date, found: DailyRates) -> None:
    """Days that share a month, a year or one fixed rate share what is found for the first."""
    length = 4 if rule.name in ("year-avg", "hmrc-year") else 7 if rule.dated else 0
    last, cell = "", None
    for place in range(found.days):
        day = start + timedelta(days=place)
        key = f"~{day.isoformat()[:length]}"
        if cell is None or key != last:
            last, cell = key, _cell(rule, code, day, table)
        found.values[place], found.observed[place], found.notes[place] = cell


def _cell(
    rule: Policy, code: str, day: date, table: Fixings
) -> tuple[float | None, date | None, str | None]:
    try:
        used = within(rule, (code,), Asked(day, "day"), table)
    except NoRateError as error:
        return None, None, str(error)
    leg = used.legs[code]
    note = statutory(leg) if isinstance(leg, Irrevocable) else "; ".join(used.warnings)
    return float(leg.value), None if isinstance(leg, Given) else used.rate_date, note or None


def _spot_days(code: str, table: Fixings, start: date, end: date, found: DailyRates) -> None:
    """One pass over the published days of each table, the first table that has a day winning."""
    law = irrevocable(code, Policy("spot"), Asked(end, "day"), table)
    for home in table.tables:
        if not home.has(code):
            continue
        for fixing, place in _reaches(code, home, start, end):
            day = start + timedelta(days=place)
            if found.values[place] is not None or (law and fixing.date < law.date <= day):
                continue
            found.values[place], found.observed[place] = float(fixing.text), fixing.date
            if day > home.last:
                found.notes[place] = ends_of_data(code, day, home)
    if law:
        for place in range(max((law.date - start).days, 0), found.days):
            if found.values[place] is None:
                found.values[place], found.observed[place] = float(law.value), law.date
                found.notes[place] = statutory(law)
    lacking = [place for place, value in enumerate(found.values) if value is None]
    reasons(code, table, start, lacking, found.notes)


def ends_of_data(code: str, day: date, home: Fixings) -> str | None:
    """What to say of a day after the last one of its table."""
    spot, asked = Policy("spot"), Asked(day, "day")
    said = remarks((code,), home.as_of(code, day), pick(spot, asked, home), home)
    return "; ".join(said) or None


def _reaches(code: str, home: Fixings, start: date, end: date) -> Iterator[tuple[Fixing, int]]:
    """Each published rate with the places of the days it serves; the rule of ``as_of``."""
    through = end + _WEEK + _DAY
    fixings = home.between(code, start - _WEEK, through)
    published = home.cadence(code)
    for fixing, following in pairwise([*fixings, None]):
        assert fixing is not None  # only the last is
        last = min(end, fixing.date + _WEEK)
        if following:
            last = min(last, following.date - _DAY)
        if following is None or following.date - fixing.date > _WEEK:
            # A hole: not carried past the next day on which the source published others.
            after = bisect_right(published, fixing.date.isoformat())
            if after < len(published):
                last = min(last, date.fromisoformat(published[after]) - _DAY)
            if following is None and (turn := home.replaced_on(code)) < "9999":
                last = min(last, date.fromisoformat(turn) - _DAY)
        for place in range(max((fixing.date - start).days, 0), (last - start).days + 1):
            yield fixing, place


def reasons(
    code: str, table: Fixings, start: date, places: Sequence[int], notes: list[str | None]
) -> None:
    """Say why the days at ``places`` have no rate: once for days on end."""
    homes = [home for home in table.tables if home.has(code)] or table.tables[:1]
    turns = {known_currency(code).first} | {
        turn
        for home in homes
        for turn in (home.first, home.last + _DAY, *(_ends(code, home) if home.has(code) else ()))
    }
    reason, before = "", -2
    for place in places:
        day = start + timedelta(days=place)
        if place != before + 1 or day in turns:
            try:
                home_of(code, Policy("spot"), Asked(day, "day"), table)
            except NoRateError as error:
                reason = str(error).replace(f" for {day}", " for this day")
        notes[place], before = reason, place


def _ends(code: str, home: Fixings) -> tuple[date, date]:
    first, last = home.span(code)
    return first, last + _DAY


def statutory(leg: Irrevocable) -> str:
    """What to say of a day on which the law has the rate."""
    return f"irrevocable since {leg.date}"
