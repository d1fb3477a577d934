"""How an outlet prints an amount: its digits, its rate, its habits and its slips."""

from __future__ import annotations

import datetime as dt
import math
from random import Random
from typing import NamedTuple

from .history import rounded
from .rates_of import rate
from .settings import Settings
from .wording import CROWNS, DOLLARS


class Outlet(NamedTuple):
    """A newspaper: its money, its rates, how it writes amounts."""

    name: str
    house: str
    style: int
    truncates: float
    market: bool


class Printed(NamedTuple):
    """A printed amount with what made it: ``causes`` is empty when it is simply right."""

    amount: float
    digits: int
    currency: str
    qualifier: str | None
    causes: tuple[str, ...]
    rate_day: int | None = None  # of a conversion: the day of the rate that was used
    lag: int = 0
    move: float = 0.0  # how far that rate is from the one of the day, as a share
    fair: float | None = None  # the printed base at the rate of the day


# The gravest first: an amount with several causes is judged by the first of them.
GRAVITY = (
    "scale", "copied", "inverted", "other-dollar", "digit", "old-total", "revision", "old-rate",
    "market", "truncation", "rounding", "qualifier", "bare-sign",
)  # fmt: skip
HONEST = {"market", "truncation", "rounding", "qualifier", "bare-sign", "revision", "old-total"}


def outlets(rng: Random, settings: Settings) -> list[Outlet]:
    """The press of a world, with habits drawn for each."""
    found = []
    towns = "North South Harbour Valley Lake Coast Hill Forest River City".split()
    kinds = "Daily Times Post Wire Herald Observer".split()
    for number in range(settings.outlets):
        house = rng.choices(("USD", "EUR", "GBP", "PLN", "SEK"), (45, 35, 12, 4, 4))[0]
        name = f"{towns[number % 10]} {kinds[number // 10 % 6]}"
        low, high = settings.truncates
        found.append(
            Outlet(
                name, house, rng.randrange(3), rng.uniform(low, high),
                rng.random() < settings.market,
            )
        )  # fmt: skip
    return found


def shorter(
    rng: Random, amount: float, digits: int, outlet: Outlet
) -> tuple[float, int, str | None]:
    """The amount in fewer digits, now and then, rounded or cut off; with the cause."""
    if digits < 2 or rng.random() > 0.2:
        return amount, digits, None
    fewer = digits - 1
    if rng.random() < outlet.truncates * 3:
        cut = cut_off(amount, fewer)
        return cut, fewer, "truncation" if cut != amount else None
    near = rounded(amount, fewer)
    return near, fewer, "rounding" if near != amount else None


def cut_off(amount: float, digits: int) -> float:
    """An amount with the digits behind the first few dropped.

    >>> cut_off(763.9e6, 3)
    763000000.0
    """
    step = 10 ** (math.floor(math.log10(amount)) - digits + 1)
    return round(math.floor(round(amount / step, 6)) * step, 4)


def at_home(
    rng: Random, amount: float, digits: int, home: str, outlet: Outlet, settings: Settings
) -> Printed:
    """The amount as the outlet prints it in the money of the giver."""
    shown, count, cause = shorter(rng, amount, digits, outlet)
    causes = [cause] if cause else []
    qualifier = _qualifier(rng, shown, amount, settings)
    if qualifier and shown != amount:
        causes.append("qualifier")
    shown, slips = _slips(rng, shown, count, settings)
    return Printed(shown, count, home, qualifier, tuple(causes + slips))


def _qualifier(rng: Random, shown: float, amount: float, settings: Settings) -> str | None:
    over, about, nearly = settings.qualifiers
    draw = rng.random()
    if draw < over:
        return "over" if shown <= amount * 1.001 else "nearly"
    if draw < over + about:
        return "about"
    if draw < over + about + nearly and shown > amount:
        return "nearly"
    return None


def _slips(rng: Random, amount: float, digits: int, settings: Settings) -> tuple[float, list[str]]:
    if rng.random() < settings.scale_slips:
        return amount * (1e3 if amount < 1e9 and rng.random() < 0.6 else 1e-3), ["scale"]
    if rng.random() < settings.digit_slips:
        step = 10 ** (math.floor(math.log10(amount)) - rng.randrange(max(digits, 1)))
        place = math.floor(amount / step) % 10
        other = rng.choice([n for n in range(1, 10) if n != place])
        return amount + (other - place) * step, ["digit"]
    return amount, []


def converted(
    rng: Random, base: Printed, home: str, day: int, outlet: Outlet, settings: Settings
) -> Printed:
    """The printed amount in the outlet's own money, by its rate, with its errors."""
    quote = outlet.house
    causes: list[str] = []
    back = 0
    if rng.random() > settings.same_day:
        low, high = settings.lag
        back = int(math.exp(rng.uniform(math.log(low), math.log(high))))
        causes.append("old-rate")
    true, on = rate(home, quote, day)
    used, on = rate(home, quote, day, back) if back else (true, on)
    move = abs(used / true - 1)
    if outlet.market:
        used *= math.exp(rng.gauss(0, settings.market_deviation))
        causes.append("market")
    slip = rng.random()
    family = DOLLARS if quote in DOLLARS else CROWNS if quote in CROWNS else ()
    share = settings.dollar_slips if family else 0.0
    if slip < share:
        used = rate(home, rng.choice([c for c in family if c not in (quote, home)]), day, back)[0]
        causes.append("other-dollar")
    elif slip < share + settings.inverted:
        used = 1 / used
        causes.append("inverted")
    elif slip < share + settings.inverted + settings.copied:
        used = 1.0
        causes.append("copied")
    digits = rng.choices((1, 2, 3), settings.digits)[0]
    value = base.amount * used
    if rng.random() < outlet.truncates:
        shown = cut_off(value, digits)
        causes.append("truncation")
    else:
        shown = rounded(value, digits)
    shown, slips = _slips(rng, shown, digits, settings._replace(digit_slips=0.0))
    qualifier = "about" if rng.random() < 0.5 else None
    return Printed(
        shown, digits, quote, qualifier, tuple(causes + slips), on, back, move, base.amount * true
    )


def iso(day: int) -> str:
    """An ordinal as a date in figures."""
    return dt.date.fromordinal(day).isoformat()
