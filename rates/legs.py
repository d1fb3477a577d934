"""The EUR legs of a conversion: which published rates a policy uses for a date.

Both legs of a cross rate come from the same days. Irrevocable euro rates (Council Regulation (EC)
1103/97, article 4) take the place of a leg from the day the currency joined the euro.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .currencies import currencies, currency
from .errors import NoRateError, UsageError
from .fixings import ARITHMETIC, Average, Fixing, Fixings
from .policies import Asked, Given, Policy, for_precision


class Irrevocable(NamedTuple):
    """The statutory rate of a currency that joined the euro: units per 1 EUR since ``date``."""

    currency: str
    date: date
    value: Decimal
    text: str


Leg = Fixing | Average | Irrevocable | Given


class Observed(NamedTuple):
    """What a policy found: one leg per currency but EUR, and how it came about."""

    legs: dict[str, Leg]
    rate_date: date | None  # the (last) day of publication; of an irrevocable rate, its first day
    days_back: int | None  # days from that day to the one asked for; None where no day was asked
    policy: str
    quality: str
    warnings: tuple[str, ...]


def observe(
    policy: Policy, codes: tuple[str, ...], asked: Asked | None, table: Fixings
) -> Observed:
    """Find the legs of ``codes`` (EUR not among them) at the date asked for.

    No date means the newest rates, labelled ``closing``. Raises NoRateError when a leg is not
    there, UsageError when an average has no date.

    >>> table = Fixings("x", "", ["2024-11-01"], {"USD": "1.0885"})
    >>> observe(Policy("spot"), ("USD",), Asked(date(2024, 11, 3), "day"), table).days_back
    2
    """
    warnings: list[str] = []
    if policy.name == "fixed":
        label, when = str(policy), policy.asked or asked or Asked(table.last, "day")
    elif policy.name == "closing" or (asked is None and policy.name == "spot"):
        label, when = "closing", Asked(table.last, "day")
        if policy.name != "closing":
            warnings.append(f"no date was given: these are the newest rates, of {table.last}")
    elif asked is None:
        raise UsageError(f"the policy {policy} needs a date; give one such as 2024-11-04")
    else:
        used = for_precision(policy, asked)
        label, when = str(used), asked.known_to(used.averages or "day")
        if used != policy:
            warnings.append(
                f"the date is known only to the {asked.precision}: "
                f"{label} of {when} in place of {policy}"
            )
    legs: dict[str, Leg] = {}
    for code in codes:
        leg = _given(policy, code) or _irrevocable(code, when.day, table)
        if leg is not None:
            legs[code] = leg
        elif policy.given:
            raise NoRateError(
                f"the policy {policy} gives no rate for {code}; add it, as in {policy},{code}=…"
            )
    from_table = [code for code in codes if code not in legs]
    rate_date, days_back = None, None
    if from_table and when.precision == "day":
        spot = _spot(from_table, when.day, table)
        legs.update(spot)
        rate_date = spot[from_table[0]].date
        days_back = (when.day - rate_date).days
        if table.count(rate_date, when.day) == 1 and _weekdays(table.last, when.day):
            warnings.append(
                f"the rates here run to {table.last}: newer ones may have been published since"
            )
    elif from_table:
        means = _averages(from_table, when, table)
        legs.update(means)
        rate_date = means[from_table[0]].end
        warnings.extend(_partial(means[from_table[0]], when, table))
    else:
        rate_date = max(
            (leg.date for leg in legs.values() if isinstance(leg, Irrevocable)), default=None
        )
    ordered = {code: legs[code] for code in codes}
    return Observed(ordered, rate_date, days_back, label, _quality(ordered), tuple(warnings))


def _given(policy: Policy, code: str) -> Given | None:
    return next((rate for rate in policy.given if rate.currency == code), None)


def _irrevocable(code: str, day: date, table: Fixings) -> Irrevocable | None:
    """The statutory rate, once the euro came; looked up only for series that do not live."""
    if table.has(code) and not table.ended(code):
        return None
    known = currency(code)
    if known.euro_rate is None or known.last is None or day <= known.last:
        return None
    since = known.last + timedelta(days=1)
    return Irrevocable(code, since, known.euro_rate, str(known.euro_rate))


def _spot(codes: list[str], day: date, table: Fixings) -> dict[str, Fixing]:
    found = {code: _as_of(code, day, table) for code in codes}
    earliest = min(fixing.date for fixing in found.values())
    together: dict[str, Fixing] = {}
    for code in codes:
        fixing = table.on(code, earliest)
        if fixing is None:
            raise NoRateError(
                f"no day near {day} has both {' and '.join(codes)}: {table.source} published "
                + ", ".join(f"{one.currency} on {one.date}" for one in found.values())
            )
        together[code] = fixing
    return together


def _as_of(code: str, day: date, table: Fixings) -> Fixing:
    try:
        return table.as_of(code, day)
    except NoRateError as error:
        raise NoRateError(_absence(code, error, day, table)) from None


def _absence(code: str, error: NoRateError, day: date, table: Fixings) -> str:
    """The table's words, and the next step: the currency of that day, or a rate of one's own."""
    known = currency(code)
    own = f"give your own, units per 1 EUR: fixed:{code}=…"
    if not table.has(code):
        words = f"{table.no_column(code)} ({known.name})"
        if known.euro_rate is not None:
            words += f" before it joined the euro, after {known.last}"
        return f"{words}; {own}"
    if known.successor and known.successor != "EUR" and day > table.span(code)[1]:
        return f"{error}; {known.successor} replaced {code}"
    if day < table.first or day > table.last:
        return str(error)
    if known.first and day < known.first:
        former = [one.code for one in currencies() if one.successor == code and one.code != code]
        return f"{error}; {code} began on {known.first}" + (
            f", before it there was {' and '.join(former)}" if former else ""
        )
    return f"{error}; {own}"


def _averages(codes: list[str], when: Asked, table: Fixings) -> dict[str, Average]:
    """The mean of each leg over the days on which all of them were published."""
    series: dict[str, dict[date, Decimal]] = {}
    for code in codes:
        if not table.has(code):
            raise NoRateError(_absence(code, NoRateError(), when.day, table))
        found = table.between(code, when.day, when.end)
        if not found:
            error = NoRateError(table.absence(code, when.day, str(when)))
            raise NoRateError(_absence(code, error, when.day, table))
        series[code] = {fixing.date: fixing.value for fixing in found}
    days = [day for day in series[codes[0]] if all(day in one for one in series.values())]
    if not days:
        raise NoRateError(f"no day of {when} has both {' and '.join(codes)}")
    return {
        code: Average(code, days[0], days[-1], len(days), _mean([one[day] for day in days]))
        for code, one in series.items()
    }


def _mean(values: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = ARITHMETIC.add(total, value)
    return ARITHMETIC.divide(total, Decimal(len(values)))


def _partial(mean: Average, when: Asked, table: Fixings) -> list[str]:
    published = table.count(when.day, when.end)
    cut = _weekdays(table.last, when.end) or _weekdays(
        when.day - timedelta(days=1), min(table.first - timedelta(days=1), when.end)
    )
    if mean.days == published and not cut:
        return []
    return [f"{when} is partial: the mean of {mean.days} rates, {mean.start} to {mean.end}"]


def _weekdays(after: date, through: date) -> bool:
    """Whether a day on which the ECB may publish lies after ``after``, up to ``through``."""
    return any(
        day.weekday() < 5 and (day.month, day.day) != (1, 1)
        for day in (
            after + timedelta(days=step) for step in range(1, min((through - after).days, 5) + 1)
        )
    )


def _quality(legs: dict[str, Leg]) -> str:
    """The weakest leg names the whole."""
    kinds = {type(leg) for leg in legs.values()}
    for kind, word in ((Given, "user"), (Average, "average"), (Irrevocable, "irrevocable")):
        if kind in kinds:
            return word
    return "official"
