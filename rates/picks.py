"""Which published days a policy takes for a date: the one rule behind scalars and frames."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from .errors import NoRateError
from .fixings import Fixings
from .policies import Asked, Policy


class Pick(NamedTuple):
    """The rate as of ``end``, or the mean of the rates from ``start`` to ``end``."""

    start: date
    end: date
    mean: bool
    name: str  # what was meant, for messages: "2024-11-04", "2024-11", "2022-01..2022-03"
    partial: str = ""  # what to say when the table does not yet hold all that was meant


def pick(policy: Policy, asked: Asked, table: Fixings) -> Pick:
    """The days of ``table`` that ``policy`` takes for the date asked for.

    Raises NoRateError when the table cannot say which day is meant.

    >>> table = Fixings("x", "", ["2024-10-29", "2024-10-30", "2024-10-31"], {"USD": "1,2,3"})
    >>> pick(Policy("inforeuro"), Asked(date(2024, 11, 4), "day"), table).end
    datetime.date(2024, 10, 30)
    """
    if policy.asked and policy.until:
        start, end = policy.asked.day, policy.until.end
        return Pick(start, end, True, f"{policy.asked}..{policy.until}")
    if policy.name == "month-end":
        return _month_end(asked.known_to("month"), table)
    if policy.name == "inforeuro":
        return _inforeuro(asked.known_to("month"), table)
    if policy.name in ("hmrc-month", "hmrc-year"):
        when = asked.known_to(policy.name.removeprefix("hmrc-"))
        return Pick(when.day, when.day, False, str(when))
    when = policy.asked or asked.known_to(policy.averages or "day")
    if policy.name == "closing":
        when = Asked(table.last, "day")
    return Pick(when.day, when.end, when.precision != "day", str(when))


def law_day(policy: Policy, asked: Asked, newest: date) -> date:
    """The day that decides whether a currency had joined the euro; ``newest`` is that of closing.

    >>> law_day(Policy("inforeuro"), Asked(date(2023, 1, 9), "day"), date(2024, 1, 2))
    datetime.date(2023, 1, 1)
    """
    if policy.name == "closing":
        return newest
    if policy.name == "month-end":
        return asked.known_to("month").end
    if policy.name in ("inforeuro", "hmrc-month"):
        return asked.known_to("month").day
    return (policy.asked or asked.known_to(policy.averages or "day")).day


def _month_end(month: Asked, table: Fixings) -> Pick:
    if not _weekdays(table.last, month.end):
        return Pick(month.day, month.end, False, str(month))
    if table.last < month.day:
        raise NoRateError(
            f"no {table.source} rate of {month}: the newest here is of {table.last}, "
            f"the first of {table.first}"
        )
    # The month is not over in the table: its newest rate stands in, and that is said.
    note = f"{month} is partial: its newest rate here is of {table.last}"
    return Pick(month.day, table.last, False, str(month), note)


def _inforeuro(month: Asked, table: Fixings) -> Pick:
    """The European Commission's accounting rate: of the second-last day of the month before."""
    if month.day == date.min:
        raise NoRateError(
            f"inforeuro of {month} needs the month before; the rates begin on {table.first}"
        )
    last = month.day - timedelta(days=1)
    before = Asked(last, "day").known_to("month")
    if last > table.last and _weekdays(table.last, last):
        raise NoRateError(
            f"inforeuro of {month} needs the {table.source} rates of {before} to its end; "
            f"those here run to {table.last}"
        )
    days = table.days_between(before.day, last)
    if len(days) < 2:
        raise NoRateError(
            f"inforeuro of {month} needs two fixing days in {before}; {table.source} has "
            f"{len(days)}, its rates begin on {table.first}"
        )
    return Pick(days[-2], days[-2], False, str(days[-2]))


def cut(when: Pick, table: Fixings) -> bool:
    """Whether the table begins or ends within the days of a mean."""
    return _weekdays(table.last, when.end) or _weekdays(
        _eve(when.start), min(table.first - timedelta(days=1), when.end)
    )


def _eve(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day


def outdated(table: Fixings, day: date) -> bool:
    """Whether rates newer than the table's last may have been published by ``day``."""
    return _weekdays(table.last, day)


def _weekdays(after: date, through: date) -> bool:
    """Whether a day on which the ECB may publish lies after ``after``, up to ``through``."""
    return any(
        day.weekday() < 5 and (day.month, day.day) != (1, 1)
        for day in (
            after + timedelta(days=step) for step in range(1, min((through - after).days, 5) + 1)
        )
    )
