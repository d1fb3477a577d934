"""Seeded conversions: honest ones in several worlds, and slips of each kind, with their truth."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from bisect import bisect_right
from functools import cache
from random import Random
from typing import Any, NamedTuple

import pandas as pd

from calc import schema
from rates import ecb

FIRST, LAST = dt.date(2014, 1, 2), dt.date(2026, 9, 30)
# Pairs of the news on aid, with how often each is drawn.
PAIRS = {
    ("EUR", "USD"): 24, ("USD", "EUR"): 8, ("SEK", "USD"): 6, ("SEK", "EUR"): 5, ("NOK", "USD"): 6,
    ("NOK", "EUR"): 5, ("GBP", "USD"): 6, ("GBP", "EUR"): 4, ("JPY", "USD"): 5, ("JPY", "EUR"): 2,
    ("PLN", "USD"): 4, ("PLN", "EUR"): 3, ("CZK", "USD"): 4, ("CZK", "EUR"): 3, ("CHF", "USD"): 3,
    ("CHF", "EUR"): 2, ("CAD", "USD"): 5, ("CAD", "EUR"): 2, ("DKK", "USD"): 4, ("DKK", "EUR"): 3,
    ("BGN", "EUR"): 1, ("BGN", "USD"): 1, ("TRY", "USD"): 2, ("TRY", "EUR"): 1, ("HUF", "EUR"): 2,
    ("HUF", "USD"): 1, ("AUD", "USD"): 3, ("USD", "GBP"): 3, ("USD", "SEK"): 1, ("USD", "NOK"): 1,
}  # fmt: skip
DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD")
CROWNS = ("SEK", "NOK", "DKK", "CZK")
_VOLATILITY_DAYS = 60


class Made(NamedTuple):
    """A printed conversion and how it was made; ``days`` are places in the pair's series."""

    base: str
    quote: str
    amount: float
    stated: float
    digits: tuple[int, int]
    published: dt.date
    rate_day: dt.date
    move: float = 0.0  # of the rate that was used against that of the day, as a share
    other: float = 0.0  # of an other dollar: its value against the printed one's, as a share


@cache
def _series(base: str, quote: str) -> tuple[tuple[dt.date, ...], tuple[float, ...]]:
    days, values = ecb.fixings().cross_series(base, quote)
    return tuple(days), tuple(map(float, values))


@cache
def _place(base: str, quote: str, day: dt.date) -> int:
    return bisect_right(_series(base, quote)[0], day) - 1


@cache
def _volatility(base: str, quote: str, place: int) -> float:
    """The standard deviation of one day's move in the weeks before."""
    values = _series(base, quote)[1][max(place - _VOLATILITY_DAYS, 0) : place + 1]
    moves = [math.log(b / a) for a, b in itertools.pairwise(values)]
    return math.sqrt(math.fsum(move * move for move in moves) / max(len(moves), 1))


def rounded(amount: float, digits: int) -> float:
    """An amount to so many significant digits."""
    return float(f"{amount:.{digits - 1}e}")


def cut_off(amount: float, digits: int) -> float:
    """An amount with the digits behind the first few dropped.

    >>> cut_off(763.9e6, 3)
    763000000.0
    """
    step = 10.0 ** (math.floor(math.log10(amount)) - digits + 1)
    return round(math.floor(round(amount / step, 6)) * step, 4)


def _drawn(rng: Random, pair: tuple[str, str] | None = None) -> tuple[str, str, dt.date, float]:
    base, quote = pair or rng.choices(list(PAIRS), list(PAIRS.values()))[0]
    last = min(LAST, _series(base, quote)[0][-1])
    day = FIRST + dt.timedelta(days=rng.randrange((last - FIRST).days))
    unit = _series("EUR", base)[1][_place("EUR", base, day)] if base != "EUR" else 1.0
    return base, quote, day, unit * 10 ** rng.uniform(6, 9.7)


def honest(
    rng: Random,
    *,
    hidden: bool = False,
    market: bool = False,
    cut: bool = False,
    cut_base: bool = False,
    digits: tuple[int, int] | None = None,
) -> Made:
    """A conversion that a careful writer may print.

    ``hidden``: of the exact figure behind the printed one; ``market``: at a rate between two
    fixings; ``cut``: digits of the result cut off instead of rounded, ``cut_base``: of the base.
    """
    base, quote, day, exact = _drawn(rng)
    many, few = digits or (rng.choice((2, 3)), rng.choice((2, 3)))
    printed = cut_off(exact, many) if cut_base else rounded(exact, many)
    days, values = _series(base, quote)
    place = _place(base, quote, day)
    if market:
        start = max(place - rng.choice((0, 1)), 0)
        end, part = min(start + 1, len(values) - 1), rng.random()
        spread = _volatility(base, quote, place) * math.sqrt(part * (1 - part))
        used = math.log(values[start]) * (1 - part) + math.log(values[end]) * part
        rate, on = math.exp(used + rng.gauss(0, spread)), days[start]
    else:
        on_place = min(max(place + rng.choice((-1, 0, 0, 1)), 0), len(values) - 1)
        rate, on = values[on_place], days[on_place]
    value = (exact if hidden else printed) * rate
    stated = cut_off(value, few) if cut else rounded(value, few)
    return Made(base, quote, printed, stated, (many, few), day, on)


def stale(rng: Random, lag: int, digits: tuple[int, int], pair: tuple[str, str] | None) -> Made:
    """A conversion at the rate of so many business days before."""
    base, quote, day, exact = _drawn(rng, pair)
    printed = rounded(exact, digits[0])
    days, values = _series(base, quote)
    place = _place(base, quote, day)
    old = max(place - lag, 0)
    stated = rounded(printed * values[old], digits[1])
    move = abs(values[old] / values[place] - 1)
    return Made(base, quote, printed, stated, digits, day, days[old], move)


def slip(rng: Random, kind: str, digits: tuple[int, int]) -> Made:
    """A conversion with one slip: scale, other-currency, inverted, copied, or scale and stale."""
    if kind == "other-currency":
        quote = rng.choice((*DOLLARS[:1] * 4, *CROWNS[:2]))
        family = DOLLARS if quote == "USD" else CROWNS
        base = rng.choice([one for one in ("EUR", "GBP", "JPY", "PLN") if one not in family])
        made = honest(rng, digits=digits)
        base, _, day, exact = _drawn(rng, (base, quote))
        other = rng.choice([one for one in family if one != quote])
        place = _place(base, other, day)
        rate = _series(base, other)[1][place]
        printed = rounded(exact, digits[0])
        worth = rate / _series(base, quote)[1][_place(base, quote, day)] - 1
        stated = rounded(printed * rate, digits[1])
        on = _series(base, other)[0][place]
        return Made(base, quote, printed, stated, digits, day, on, 0.0, worth)
    if kind == "scale and stale":
        made = stale(rng, rng.randrange(60, 250), digits, None)
        return made._replace(stated=made.stated * rng.choice((1e3, 1e-3)))
    made = honest(rng, digits=digits)
    days, values = _series(made.base, made.quote)
    place = _place(made.base, made.quote, made.published)
    if kind == "scale":
        made = made._replace(stated=made.stated * rng.choice((1e3, 1e-3, 1e3, 1e-3, 10.0, 0.1)))
    elif kind == "inverted":
        made = made._replace(stated=rounded(made.amount / values[place], digits[1]))
    elif kind == "copied":
        made = made._replace(stated=made.amount)
    else:
        raise ValueError(f"{kind!r} is no kind of slip")
    apart = made.stated / (made.amount * values[place]) - 1
    return made._replace(rate_day=days[place], other=apart)


def table(made: list[Made]) -> pd.DataFrame:
    """The claims of made conversions: rows ``aN`` and ``bN`` for the conversion N."""
    rows: list[dict[str, Any]] = []
    for number, one in enumerate(made):
        shared = {
            "source": f"{number}.txt", "published": one.published, "role": "pledge",
            "currency_basis": "name",
        }  # fmt: skip
        for letter, amount, digits, code in (
            ("a", one.amount, one.digits[0], one.base),
            ("b", one.stated, one.digits[1], one.quote),
        ):
            rows.append(
                {
                    "claim_id": f"{letter}{number}", "amount": amount, "currency": code,
                    "text": words(amount, digits, code), "start": float(letter == "b"),
                    "conversion_of": f"a{number}" if letter == "b" else None, **shared,
                }
            )  # fmt: skip
    return schema.frame(rows, schema.CLAIMS)


def words(amount: float, digits: int, code: str) -> str:
    """An amount as news prints it, with just its significant digits and a scale word.

    >>> words(1.2e9, 3, "SEK"), words(683e6, 3, "EUR")
    ('1.20 billion SEK', '683 million EUR')
    """
    scale, name = next(
        (size, word)
        for size, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"), (1.0, ""))
        if amount >= size or size == 1.0
    )
    number = amount / scale
    whole = math.floor(math.log10(number)) + 1 if number >= 1 else 1
    return f"{number:,.{max(digits - whole, 0)}f}{name} {code}"
