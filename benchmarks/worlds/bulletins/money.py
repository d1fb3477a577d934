"""How the outlets of a world of bulletins print money, and how they convert it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from random import Random
from typing import NamedTuple

from rates import conversion

from .history import Habits

SIGNS = {"EUR": "€", "GBP": "£", "JPY": "¥", "USD": "$"}
DOLLARS = {"USD": "US$", "CAD": "C$", "AUD": "A$", "NZD": "NZ$", "SGD": "S$"}
BARE = "USD|CAD|AUD|NZD|SGD|HKD|TWD"
NAMES = {
    "EUR": "euros", "USD": "US dollars", "GBP": "pounds", "NOK": "Norwegian kroner",
    "SEK": "Swedish kronor", "DKK": "Danish kroner", "CHF": "Swiss francs", "JPY": "yen",
    "CAD": "Canadian dollars", "AUD": "Australian dollars", "NZD": "New Zealand dollars",
    "KRW": "won", "PLN": "zlotys", "CZK": "Czech koruna", "HUF": "forints", "RON": "Romanian lei",
    "CNY": "yuan", "INR": "Indian rupees", "SGD": "Singapore dollars", "THB": "baht",
    "MXN": "Mexican pesos", "BRL": "reais", "ZAR": "rand",
}  # fmt: skip
# The words before a number, by what they do to it.
QUALIFIERS = {
    "over": ("over", "more than", "at least", "upwards of"),
    "about": ("about", "around", "some", "roughly", "approximately"),
    "nearly": ("nearly", "almost", "close to"),
    "up to": ("up to", "as much as"),
}


class Outlet(NamedTuple):
    """Who prints, in which money it thinks, and how it writes numbers."""

    name: str
    currency: str
    style: str  # code, code-after, sign, name
    million: str
    billion: str
    dollar: str  # for US dollars
    bare: bool  # other dollars with a bare sign too
    market: bool
    converts: float
    row: int  # which of the world's shapes of a list line
    mark: str  # before a list line


class Printed(NamedTuple):
    """One printed amount and what is true of it."""

    text: str
    amount: float
    low: float
    high: float
    currency: str
    basis: str
    candidates: str | None
    qualifier: str | None
    before: str  # the qualifier as printed
    digits: int
    causes: tuple[str, ...] = ()
    rate_day: int | None = None
    lag: int = 0
    move: float = 0.0
    fair: float = math.nan


_SCALES = ((("m", "bn"), 4), (("mn", "bn"), 1), ((" million", " billion"), 5), (("M", "B"), 2),
           ((" mln", " bln"), 1), (("", ""), 1))  # fmt: skip


def outlet(rng: Random, habits: Habits, name: str, currency: str, rows: int) -> Outlet:
    """An outlet with habits of its own."""
    million, billion = rng.choices([one for one, _ in _SCALES], [n for _, n in _SCALES])[0]
    code = rng.random() < habits["own_code"]
    style = rng.choice(("code", "code", "code-after") if code else ("sign", "sign", "name"))
    if style in ("name", "code-after") and million in ("m", "M"):
        million, billion = " million", " billion"
    return Outlet(
        name, currency, style, million, billion, rng.choice(("$", "$", "US$", "USD ")),
        rng.random() < habits["bare_sign"], rng.random() < habits["market"],
        habits["converts"] * rng.uniform(0.3, 1.6), rng.randrange(rows),
        rng.choice(("- ", "- ", "• ", "* ", "– ", "", "1. ")),
    )  # fmt: skip


@cache
def fixing(base: str, quote: str, day: int) -> tuple[float, int]:
    """Units of ``quote`` for one ``base`` on a day, and the day of the fixing."""
    found = conversion.rate(base, quote, dt.date.fromordinal(day))
    return float(found.rate), (found.rate_date or dt.date.fromordinal(day)).toordinal()


def cut(amount: float, digits: int, down: bool = False) -> float:
    """An amount in so many significant digits.

    >>> cut(763_456_000, 3), cut(768_000_000, 2, down=True)
    (763000000.0, 760000000.0)
    """
    step = Decimal(10) ** (math.floor(math.log10(amount)) + 1 - digits)
    exact = Decimal(repr(amount)) / step
    whole = exact.to_integral_value("ROUND_DOWN" if down else "ROUND_HALF_UP")
    return float(whole * step)


def digits_of(amount: float) -> int:
    """The significant digits of an amount, trailing zeros left out."""
    return max(len(f"{amount:.8e}".split("e")[0].replace(".", "").rstrip("0")), 1)


def _number(amount: float, by: Outlet, slip: bool) -> tuple[str, float, str]:
    """Digits, amount and scale as printed; a slip takes the wrong scale."""
    exact = Decimal(repr(amount))
    if not by.million or amount < 1e6:
        value = exact.quantize(Decimal(1))
        return f"{value:,}", float(value), ""
    big = amount >= 1e9
    scale = Decimal(10**9 if big else 10**6)
    mantissa = (exact / scale).quantize(Decimal("0.001")).normalize()
    text = f"{mantissa:,f}"
    if slip and amount < 1e11:
        return text, float(mantissa * 10 ** (6 if big else 9)), by.million if big else by.billion
    return text, float(mantissa * scale), by.billion if big else by.million


def write(
    rng: Random, habits: Habits, by: Outlet, amount: float, currency: str, second: bool = False
) -> Printed:
    """An amount as an outlet prints it; the ``second`` of two gets no word before it."""
    slip = rng.random() < habits["scale_slip"]
    number, value, scale = _number(amount, by, slip)
    # A "US$" would say that the dollars are others: the bare sign hides just that.
    bare = currency in DOLLARS and currency != "USD" and by.bare
    text, basis = _unit(by, currency, f"{number}{scale}", bare)
    doubt = text.startswith("$")
    causes = ("scale",) if slip and value != amount else ()
    qualifier = before = None
    if not second and rng.random() < habits["qualifiers"] * 0.6:
        qualifier = rng.choice(("over", "over", "about", "about", "nearly", "up to"))
        before = rng.choice(QUALIFIERS[qualifier]) + " "
    return Printed(
        text, value, math.nan if qualifier == "up to" else value,
        math.nan if qualifier == "over" else value, "USD" if doubt else currency,
        "ambiguous" if doubt else basis, BARE if doubt else None, qualifier, before or "",
        digits_of(value), causes,
    )  # fmt: skip


def _unit(by: Outlet, currency: str, number: str, bare: bool) -> tuple[str, str]:
    if by.style == "name" and not bare:
        return f"{number} {NAMES[currency]}", "name"
    if by.style == "code-after" and not bare:
        return f"{number} {currency}", "code"
    if bare:
        return f"${number}", "sign"
    if currency == "USD" and by.style != "code":
        return f"{by.dollar}{number}", "sign"
    if by.style == "sign" and currency in DOLLARS:
        return f"{DOLLARS[currency]}{number}", "sign"
    if by.style == "sign" and currency in SIGNS:
        return f"{SIGNS[currency]}{number}", "sign"
    return f"{currency} {number}", "code"


class _Rate(NamedTuple):
    """The rate a writer took, the right one, and why they differ."""

    used: float
    fair: float
    day: int
    lag: int
    causes: tuple[str, ...]


def _rate(
    rng: Random, habits: Mapping[str, float], by: Outlet, pair: tuple[str, str], day: int
) -> _Rate:
    base, quote = pair
    fair, on = fixing(base, quote, day)
    used, lag, causes = fair, 0, []
    if rng.random() < habits["old_rate"]:
        lag = int(math.exp(rng.uniform(math.log(4), math.log(380))))
        used, on = fixing(base, quote, day - lag)
        causes.append("old-rate")
    if by.market:
        used *= 1 + rng.gauss(0, 0.0025)
        causes.append("market")
    slips = rng.random()
    others = [one for one in ("USD", "CAD", "AUD", "NZD") if one not in pair]
    if slips < habits["dollar_slip"] and (base in DOLLARS or quote in DOLLARS):
        wrong = rng.choice(others)
        used = fixing(wrong, quote, day)[0] if base in DOLLARS else fixing(base, wrong, day)[0]
        causes.append("other-dollar")
    elif slips > 1 - habits["inverted_slip"] and 0.2 < used < 5:
        used = 1 / used
        causes.append("inverted")
    elif slips > 1 - habits["inverted_slip"] - habits["copied_slip"]:
        used = 1.0
        causes.append("copied")
    return _Rate(used, fair, on, lag, tuple(causes))


def convert(
    rng: Random, habits: Mapping[str, float], by: Outlet, base: float, pair: tuple[str, str],
    day: int,
) -> Printed:  # fmt: skip
    """The equivalent of ``base``, as printed, in the second currency of ``pair`` on ``day``."""
    rate = _rate(rng, habits, by, pair, day)
    digits = rng.choice((2, 2, 3, 3, 4))
    amount = base * rate.used
    down = rng.random() < 0.06
    shown = cut(amount, digits_of(base) if "copied" in rate.causes else digits, down)
    printed = write(rng, {**habits, "qualifiers": 0.0}, by, shown, pair[1], second=True)
    causes = [*rate.causes, *printed.causes]
    if down and shown != cut(amount, digits):
        causes.append("truncation")
    return printed._replace(
        causes=tuple(causes), rate_day=rate.day, lag=rate.lag, fair=base * rate.fair,
        move=abs(rate.used / rate.fair - 1) if "old-rate" in causes else 0.0,
    )  # fmt: skip
