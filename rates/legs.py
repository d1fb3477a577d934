"""The EUR legs of a conversion: which published rates a policy uses for a date.

Legs of one table come from the same days. Each leg comes from the first table that has it there.
Irrevocable euro rates (Council Regulation (EC) 1103/97, article 4) take the place of a leg from
the day the currency joined the euro, unless a table states a rate of its own after that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from . import hmrc
from .cautions import cautions
from .currencies import currencies, currency
from .errors import NoRateError, PledgecalcError, UnknownCurrencyError, UsageError
from .fixings import ARITHMETIC, Average, Fixing, Fixings
from .picks import Pick, cut, law_day, outdated, pick
from .policies import Asked, Given, Policy, for_precision
from .tsv import table as rows

STATUTE = "Council of the EU"  # the source of irrevocable rates
# As in data/currencies.tsv (a test holds them equal), which a cold conversion need not read.
JOINED_THE_EURO = frozenset(
    (
        "ATS BEF BGN CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LUF LVL MTL NLG PTE SIT SKK XEU"
    ).split()
)


class Irrevocable(NamedTuple):
    """The statutory rate of a currency that joined the euro: units per 1 EUR since ``date``."""

    currency: str
    date: date
    value: Decimal
    text: str


Leg = Fixing | Average | Irrevocable | Given

# The weakest leg names the whole.
_QUALITIES = (
    *("user", "online", "average", "official-cross", "fixed-official", "irrevocable", "official"),
)
NO_ECU = (
    "no rate of {} against the euro for this day: NBP printed none of the ECU before 1984-09-24"
)
ECU = "there was no euro before 1999: this is the rate of the ECU, which became it one to one"


def rounding_of(legs: Sequence[Leg]) -> float:
    """What half a unit of the last printed digits may change in the rate, as a share; 0 for most.

    Of two legs through one price of the euro that price is in both, and drops out.
    """
    coarse = [leg for leg in legs if isinstance(leg, Fixing) and leg.unit_rounding]
    shares = sum(leg.rounding for leg in coarse)
    if len(coarse) == 1:
        shares += coarse[0].unit_rounding
    pair = {leg.currency: leg.stated[2:5] for leg in coarse if leg.bridged}
    if any(base in {leg.currency for leg in legs} for base in pair.values()):
        return 0.0  # the rate of the pair is the one that was stated
    return shares


class Observed(NamedTuple):
    """What a policy found: one leg per currency but EUR, and how it came about."""

    legs: dict[str, Leg]
    rate_date: date | None  # the (last) day of publication; of an irrevocable rate, its first day
    days_back: int | None  # days from that day to the one asked for; None where no day was asked
    policy: str
    quality: str
    tables: tuple[Fixings, ...]  # those that the legs are from, in the order of the legs
    warnings: tuple[str, ...]
    partial: bool = False  # a mean of a period that its table does not fill


def observe(
    policy: Policy, codes: tuple[str, ...], asked: Asked | None, table: Fixings
) -> Observed:
    """Find the legs of ``codes`` (EUR not among them) at the date asked for.

    No date means the newest rates, labelled ``closing``. Raises NoRateError when a leg is not
    there, UsageError when a policy that needs a date has none.

    >>> table = Fixings("x", "", ["2024-11-01"], {"USD": "1.0885"})
    >>> observe(Policy("spot"), ("USD",), Asked(date(2024, 11, 3), "day"), table).days_back
    2
    """
    try:
        found = within(policy, codes, asked, table)
    except (NoRateError, UnknownCurrencyError) as error:
        if table.beyond is None or policy.given:
            raise
        return _observed_beyond(policy, codes, asked, table, error)
    if found.partial and found.quality != "user" and table.beyond is not None:
        with suppress(NoRateError, UnknownCurrencyError):
            other = within(policy, codes, asked, table.beyond)
            return found if other.partial or ECU in other.warnings else other
    return found


def _observed_beyond(
    policy: Policy,
    codes: tuple[str, ...],
    asked: Asked | None,
    table: Fixings,
    error: PledgecalcError,
) -> Observed:
    """The same in the tables beyond; where they have none either, the words of both."""
    beyond = table.beyond
    assert beyond is not None
    try:
        return within(policy, codes, asked, beyond)
    except (NoRateError, UnknownCurrencyError) as other:
        lacking = [code for code in codes if not any(one.has(code) for one in table.tables)]
        early = asked is not None and beyond.first <= asked.end < table.first
        if early or (all(beyond.has(code) for code in lacking) and lacking):
            raise NoRateError(str(other)) from None
        raise error from None


def within(policy: Policy, codes: tuple[str, ...], asked: Asked | None, table: Fixings) -> Observed:
    """The same from the tables of ``table`` alone, without those beyond it."""
    used, when, warnings = _applied(policy, asked, table)
    table = hmrc.of_policy(used.name) or table
    legs: dict[str, Leg] = {}
    homes: dict[str, Fixings] = {}
    for code in codes:
        given = _given(policy, code)
        home = None if given else home_of(code, used, when, table)
        if home is not None:
            homes[code] = home
        elif leg := given or irrevocable(code, used, when, table):
            legs[code] = leg
    asked_for: date | None = None
    partial = False
    for home in dict.fromkeys(homes.values()):
        here = [code for code in codes if homes.get(code) is home]
        picked = pick(used, when, home)
        found = _means(here, picked, home) if picked.mean else _spots(here, picked, home)
        legs.update(found)
        said = remarks(here, found[here[0]], picked, home)
        partial |= bool(said) and picked.mean
        warnings += said
        if not picked.mean:
            asked_for = max(asked_for or picked.end, picked.end)
    warnings += _brought_together(legs, homes)
    if len(codes) == 1:
        warnings += _in_ecu(legs[codes[0]])
    warnings += _far_from_the_market(legs, homes)
    rate_date, days_back = _published(legs, homes, asked_for)
    return Observed(
        legs={code: legs[code] for code in codes},
        rate_date=rate_date,
        days_back=days_back,
        policy=str(used),
        quality=_quality(legs, homes),
        tables=tuple(dict.fromkeys(homes[code] for code in codes if code in homes)),
        warnings=tuple(dict.fromkeys(warnings)),
        partial=partial,
    )


def _far_from_the_market(legs: dict[str, Leg], homes: dict[str, Fixings]) -> list[str]:
    """What is known of the official rates of those years, unless they are somebody's own."""
    found = []
    for code, home in homes.items():
        if home.quality not in ("fixed-official", "official-cross"):
            continue  # the ECB's are the market's; the table need not be read for them
        leg = legs[code]
        last = _dated(leg).isoformat()
        first = leg.start.isoformat() if isinstance(leg, Average) else last
        found += [one.words for one in cautions(code) if one.first <= last and first <= one.last]
    return found


def _in_ecu(leg: Leg) -> list[str]:
    """What to say of a rate against the euro of before the euro; raises where there was no ECU."""
    if isinstance(leg, Given | Irrevocable):
        return []
    if (leg.start if isinstance(leg, Average) else leg.date) >= date(1999, 1, 1):
        return []
    if isinstance(leg, Fixing) and "(NBP" in leg.stated and "1 XEU =" not in leg.stated:
        raise NoRateError(NO_ECU.format(leg.currency))
    return [ECU]


def _published(
    legs: dict[str, Leg], homes: dict[str, Fixings], asked_for: date | None
) -> tuple[date | None, int | None]:
    """The day of the oldest published leg, else of the newest statutory one; how long before."""
    if not homes:
        statutory = [leg.date for leg in legs.values() if isinstance(leg, Irrevocable)]
        return max(statutory, default=None), None
    oldest = min(_dated(legs[code]) for code in homes)
    return oldest, (asked_for - oldest).days if asked_for else None


def _brought_together(legs: dict[str, Leg], homes: dict[str, Fixings]) -> list[str]:
    """Take the legs of several tables from the day of the oldest; what to say where that fails.

    The day of a bridged rate is that of the euro rate in it: against its own base it then gives
    back the rate that was stated.
    """
    spots = {code: leg for code in homes if isinstance(leg := legs[code], Fixing)}
    days = {code: leg.bridged or leg.date for code, leg in spots.items()}
    if len(set(days.values())) < 2:
        return []
    oldest = min(days.values())
    for code, day in days.items():
        if day != oldest and (then := homes[code].on(code, oldest)):
            legs[code] = spots[code] = then
    if len({leg.bridged or leg.date for leg in spots.values()}) < 2:
        return []
    shown = ", ".join(f"{code} {leg.date} ({homes[code].source})" for code, leg in spots.items())
    return [f"the rates are of different days: {shown}"]


def _applied(
    policy: Policy, asked: Asked | None, table: Fixings
) -> tuple[Policy, Asked, list[str]]:
    """The policy that is left when the date is known this well, and what to say about that."""
    if not policy.dated:
        return policy, policy.asked or asked or Asked(table.last, "day"), []
    if asked is None and policy.name == "spot":
        words = f"no date was given: these are the newest rates, of {table.last}"
        return Policy("closing"), Asked(table.last, "day"), [words]
    if asked is None:
        raise UsageError(f"the policy {policy} needs a date; give one such as 2024-11-04")
    used = for_precision(policy, asked)
    if used == policy:
        return used, asked, []
    when = asked.known_to(asked.precision)
    return (
        used,
        asked,
        [f"the date is known only to the {asked.precision}: {used} of {when} in place of {policy}"],
    )


def home_of(code: str, used: Policy, when: Asked, table: Fixings) -> Fixings | None:
    """The first table that has a rate of ``code`` under the policy; None for a statutory rate.

    A table that states a rate of its own from after the day the euro came is preferred to the
    statute, one that merely ends before that day is not. Raises NoRateError when there is neither.
    """
    if used.given:
        if irrevocable(code, used, when, table):
            return None
        raise NoRateError(
            f"the policy {used} gives no rate for {code}; add it, as in {used},{code}=…"
        )
    law = irrevocable(code, used, when, table)
    home, errors = _first_home(code, used, when, table, law)
    if home is not None:
        return home
    if law is not None:
        return None
    if errors and table.tables[0].has(code):
        raise errors[0]
    beyond = table.tables[0].quality == "fixed-official"  # what a chain is asked for at last
    lacking = [] if errors and beyond else [_without(code, table)]
    words = "; ".join([*lacking, *map(str, errors)])
    raise NoRateError(words if words.endswith(_own(code)) else f"{words}; {_own(code)}")


def _first_home(
    code: str, used: Policy, when: Asked, table: Fixings, law: Irrevocable | None
) -> tuple[Fixings | None, list[PledgecalcError]]:
    """The first table that has all that the policy asks for, else a part; why the others do not."""
    errors: list[PledgecalcError] = []
    found: list[tuple[date, Fixings]] = []
    for home in table.tables:
        if not home.has(code) or (law is not None and not home.whole):
            continue  # no need to ask: the statute decides
        try:
            newest = _newest(code, used, when, home)
        except (NoRateError, UnknownCurrencyError) as error:
            errors.append(error)
            continue
        if law is None or newest >= law.date:
            found.append((newest, home))
            if used.name != "closing" and (
                home.quality == "user" or _whole(code, used, when, home)
            ):
                return home, errors
    if found and used.name != "closing":
        return found[0][1], errors  # of a mean that no table has in full, the first that has any
    if found:  # the newest rate there is
        return max(found, key=lambda pair: pair[0])[1], errors
    return None, errors


def _whole(code: str, used: Policy, when: Asked, home: Fixings) -> bool:
    """Whether a table has all that a policy asks for: one rate, or all of a mean."""
    picked = pick(used, when, home)
    if not picked.mean:
        return True
    count, _ = home.published(code, picked.start, picked.end)
    return count >= home.expected(code, picked.start, picked.end) and not cut(picked, home)


def irrevocable(code: str, used: Policy, when: Asked, table: Fixings) -> Irrevocable | None:
    """The statutory rate of a currency that had joined the euro by the day that counts.

    >>> table = Fixings("x", "", ["2024-11-01"], {"USD": "1.0885"})
    >>> irrevocable("LTL", Policy("spot"), Asked(date(2014, 12, 31), "day"), table) is None
    True
    """
    if code not in JOINED_THE_EURO:
        return None
    known = currency(code)
    day = law_day(used, when, table.last if used.name == "closing" else date.min)
    if known.euro_rate is None or known.last is None or day <= known.last:
        return None
    since = known.last + timedelta(days=1)
    return Irrevocable(code, since, known.euro_rate, str(known.euro_rate))


def remarks(codes: Sequence[str], leg: Leg, picked: Pick, home: Fixings) -> list[str]:
    """What to say beside legs of ``codes``: a period that is not whole, data that end too soon."""
    if isinstance(leg, Average):
        whole = min(home.expected(code, picked.start, picked.end) for code in codes)
        if leg.days >= whole and not cut(picked, home):
            return []
        return [f"{picked.name} is partial: the mean of {leg.days} rates, {leg.start} to {leg.end}"]
    if picked.partial:
        return [picked.partial]
    if home.expected(codes[0], _dated(leg), picked.end) == 1 and outdated(home, picked.end):
        return [f"the rates here run to {home.last}: newer ones may have been published since"]
    return []


def _given(policy: Policy, code: str) -> Given | None:
    return next((rate for rate in policy.given if rate.currency == code), None)


def _newest(code: str, used: Policy, when: Asked, home: Fixings) -> date:
    """The day of the (last) rate of ``code`` that the policy finds in one table."""
    picked = pick(used, when, home)
    if not picked.mean:
        return _as_of(code, picked, home).date
    _, newest = home.published(code, picked.start, picked.end)
    if newest is None:
        error = NoRateError(home.absence(code, picked.start, picked.name))
        raise NoRateError(_absence(code, error, picked.start, home))
    return newest


def _spots(codes: list[str], picked: Pick, home: Fixings) -> dict[str, Fixing]:
    found = {code: _as_of(code, picked, home) for code in codes}
    earliest = min(fixing.date for fixing in found.values())
    together: dict[str, Fixing] = {}
    for code in codes:
        same_day = found[code].date == earliest
        fixing = found[code] if same_day else home.on(code, earliest)
        if fixing is None:
            raise NoRateError(
                f"no day near {picked.end} has both {' and '.join(codes)}: {home.source} published "
                + ", ".join(f"{one.currency} on {one.date}" for one in found.values())
            )
        together[code] = fixing
    return together


def _as_of(code: str, picked: Pick, home: Fixings) -> Fixing:
    try:
        return home.as_of(code, picked.end)
    except NoRateError as error:
        if not home.whole:
            raise
        raise NoRateError(_absence(code, error, picked.end, home)) from None


def _absence(code: str, error: NoRateError, day: date, home: Fixings) -> str:
    """The table's words, and the next step: the currency of that day, or a rate of one's own."""
    known = currency(code)
    if not home.has(code):
        return f"{_without(code, home)}; {_own(code)}"
    if known.successor and known.successor != "EUR" and day > home.span(code)[1]:
        return f"{error}; {known.successor} replaced {code}"
    if known.first and day < known.first:
        former = [one.code for one in currencies() if one.successor == code and one.code != code]
        return f"{error}; {code} began on {known.first}" + (
            f", before it there was {' and '.join(former)}" if former else ""
        )
    if day < home.first or day > home.last:
        return str(error)
    return f"{error}; {_own(code)}"


def _own(code: str) -> str:
    why = next((f"{row['reason']}; " for row in rows("no_rates") if row["currency"] == code), "")
    return f"{why}bring a table that has it (--rates FILE), or units per 1 EUR: fixed:{code}=…"


def _without(code: str, table: Fixings) -> str:
    known = currency(code)
    words = f"{table.tables[0].no_column(code)} ({known.name})"
    if known.euro_rate is not None:
        words += f" before it joined the euro, after {known.last}"
    return words


def _means(codes: list[str], picked: Pick, home: Fixings) -> dict[str, Average]:
    """The mean of each leg over the days on which all of them were published."""
    series = {
        code: {one.date: one.value for one in home.between(code, picked.start, picked.end)}
        for code in codes
    }
    days = [day for day in series[codes[0]] if all(day in one for one in series.values())]
    if not days:
        raise NoRateError(f"no day of {picked.name} has both {' and '.join(codes)}")
    return {
        code: Average(code, days[0], days[-1], len(days), _mean([one[day] for day in days]))
        for code, one in series.items()
    }


def _mean(values: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = ARITHMETIC.add(total, value)
    return ARITHMETIC.divide(total, Decimal(len(values)))


def _dated(leg: Leg) -> date:
    if isinstance(leg, Given):
        raise TypeError("a rate that the user gave has no day")
    return leg.end if isinstance(leg, Average) else leg.date


def _quality(legs: dict[str, Leg], homes: dict[str, Fixings]) -> str:
    for code, leg in legs.items():
        stated = leg.stated[2:5] if isinstance(leg, Fixing) and leg.bridged else ""
        if stated in legs and stated != code:
            return homes[code].quality  # the pair as it was stated: nothing else is in it
    found = {"official"}
    for code, leg in legs.items():
        if isinstance(leg, Given):
            found.add("user")
        elif isinstance(leg, Irrevocable):
            found.add("irrevocable")
        else:
            found.add(homes[code].quality)
            if isinstance(leg, Average):
                found.add("average")
    return next(word for word in _QUALITIES if word in found)
