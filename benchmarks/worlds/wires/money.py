"""How outlets print money: styles, roundings, qualifiers, and equivalents with their errors."""

from __future__ import annotations

import datetime as dt
import math
from random import Random
from typing import NamedTuple

from ..rates_of import rate
from .habits import Habits

# Of several causes the gravest comes first.
GRAVITY = (
    "scale", "copied", "inverted", "other-dollar", "old-rate", "old-total", "revision",
    "bare-sign", "market", "truncation", "rounding",
)  # fmt: skip
DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD")
CROWNS = ("SEK", "NOK", "DKK", "CZK")
_NAMES = {
    "EUR": ("€", "euros"), "USD": ("$", "dollars"), "GBP": ("£", "pounds"),
    "CAD": ("C$", "Canadian dollars"), "AUD": ("A$", "Australian dollars"),
    "NZD": ("NZ$", "New Zealand dollars"), "SGD": ("S$", "Singapore dollars"),
    "JPY": ("¥", "yen"), "KRW": ("KRW ", "South Korean won"), "CNY": ("CNY ", "yuan"),
    "INR": ("INR ", "Indian rupees"), "CHF": ("CHF ", "Swiss francs"),
    "SEK": ("SEK ", "Swedish kronor"), "NOK": ("NOK ", "Norwegian kroner"),
    "DKK": ("DKK ", "Danish kroner"), "CZK": ("CZK ", "Czech crowns"),
    "PLN": ("PLN ", "Polish zlotys"), "HUF": ("HUF ", "Hungarian forints"),
    "RON": ("RON ", "Romanian lei"), "BRL": ("R$", "Brazilian reais"),
    "MXN": ("MXN ", "Mexican pesos"), "ZAR": ("ZAR ", "South African rand"),
}  # fmt: skip
STYLES = ("symbol", "symbol", "words", "words", "wire", "tight", "code", "behind", "full")
_SCALES = ((1e12, " trillion", "tn"), (1e9, " billion", "bn"), (1e6, " million", "m"))
_WIRE = {" trillion": " trln", " billion": " bln", " million": " mln"}


class Printed(NamedTuple):
    """An amount as one article prints it, and what went wrong with it."""

    amount: float
    digits: int
    currency: str
    text: str
    bare: bool = False
    causes: tuple[str, ...] = ()
    rate_day: int | None = None
    lag: int = 0
    move: float = 0.0
    fair: float = float("nan")


def shortened(amount: float, digits: int) -> float:
    """``amount`` rounded to significant digits.

    >>> shortened(683_000_000.0, 2)
    680000000.0
    """
    return float(f"{amount:.{digits - 1}e}")


def cut(amount: float, digits: int) -> float:
    """``amount`` with the digits behind the first few cut off.

    >>> cut(687_000_000.0, 2)
    680000000.0
    """
    ulp = 10.0 ** (math.floor(math.log10(amount) + 1e-12) - digits + 1)
    return shortened(math.floor(amount / ulp + 1e-9) * ulp, digits)


def spelled(amount: float, currency: str, style: str, bare: bool = False) -> str:
    """Money in the style of an outlet.

    >>> spelled(1_250_000_000.0, "SEK", "words"), spelled(62_000_000.0, "USD", "tight")
    ('1.25 billion Swedish kronor', '$62m')
    """
    sign, word = ("$", "dollars") if bare else _NAMES[currency]
    scale, name, short = next(
        (one for one in _SCALES if amount >= one[0] * 0.9999999), (1.0, "", "")
    )
    number = f"{amount / scale:,.6f}".rstrip("0").rstrip(".")
    if style == "full" and amount < 1e9:
        return f"{amount:,.0f} {word}"
    if style == "symbol":
        return f"{sign}{number}{name}"
    if style == "wire":
        return f"{number}{_WIRE.get(name, name)} {word}"
    if style == "tight":
        return f"{sign}{number}{short}"
    if style == "code":
        return f"{'$' if bare else currency + ' '}{number}{name}"
    if style == "behind" and not bare:
        return f"{number}{name} {currency}"
    return f"{number}{name} {word}"


def at_home(
    rng: Random, true: float, digits: int, home: str, style: str, habits: Habits, short: bool
) -> Printed:
    """The donor's own sum; ``short`` as a headline has it."""
    amount, causes = true, []
    wanted = digits
    if short and rng.random() < habits["title_rounds"]:
        wanted = min(digits, rng.choice((1, 2, 2)))
    elif rng.random() < habits["rounds"]:
        wanted = max(1, digits - 1)
    if wanted < digits:
        cutting = rng.random() < habits["truncates"]
        amount = cut(true, wanted) if cutting else shortened(true, wanted)
        if abs(amount / true - 1) > 0.12:  # nobody calls 15 million 20 million
            wanted, amount = 2, cut(true, 2) if cutting else shortened(true, 2)
        if amount != true:
            causes.append("truncation" if cutting else "rounding")
    if rng.random() < habits["scale_slip"]:
        amount *= 1000.0 if amount < 1e9 else 0.001
        causes.insert(0, "scale")
    bare = home in DOLLARS and home != "USD" and rng.random() < habits["bare"]
    if bare:
        causes.append("bare-sign")
    text = spelled(amount, home, style, bare)
    return Printed(amount, wanted, home, text, bare, tuple(causes))


def equivalent(
    rng: Random, base: Printed, quote: str, day: int, style: str, market: bool, habits: Habits
) -> Printed:
    """``base`` in the money of ``quote`` at the rate of ``day``, or what an outlet makes of it."""
    causes: list[str] = []
    fair, on = rate(base.currency, quote, day)
    used, used_on, lag = fair, on, 0
    draw = rng.random()
    if draw < habits["old_rate"]:
        lag = 5 + int(rng.random() ** 2 * habits["old_days"])
        used, used_on = rate(base.currency, quote, day, lag)
        causes.append("old-rate")
    elif market:
        used *= 1 + rng.gauss(0.0, habits["deviation"])
        causes.append("market")
    amount = base.amount * used
    draw = rng.random()
    for name, slip in (("dollar", "other-dollar"), ("inverted", "inverted"), ("copied", "copied")):
        draw -= habits[f"{name}_slip"]
        if draw < 0:
            if name == "dollar" and quote not in DOLLARS and base.currency not in DOLLARS + CROWNS:
                break
            amount = _slipped(rng, slip, base, quote, day, used)
            causes = [slip]
            break
    digits = 3 if rng.random() < habits["three_digits"] else 2
    cutting = rng.random() < 0.4 * habits["truncates"]
    shown = cut(amount, digits) if cutting else shortened(amount, digits)
    if abs(shown / amount - 1) > 1e-9:
        causes.append("truncation" if cutting else "rounding")
    if rng.random() < habits["scale_slip"]:
        shown *= 1000.0 if shown < 1e9 else 0.001
        causes.insert(0, "scale")
    return Printed(
        shown, digits, quote, spelled(shown, quote, style), False, tuple(causes), used_on, lag,
        abs(used / fair - 1), base.amount * fair,
    )  # fmt: skip


def _slipped(rng: Random, slip: str, base: Printed, quote: str, day: int, used: float) -> float:
    """The number after a slip of the rate; crowns and dollars are taken for their sisters."""
    if slip == "copied":
        return base.amount
    if slip == "inverted":
        return base.amount / used
    group = next((group for group in (DOLLARS, CROWNS) if base.currency in group), DOLLARS)
    other = rng.choice([code for code in group if code not in (quote, base.currency)])
    if base.currency in group:
        return base.amount * rate(other, quote, day)[0]
    return base.amount * rate(base.currency, other, day)[0]


def reprinted(base: Printed, from_home: str, day: int) -> Printed:
    """An equivalent in a late copy: its rate is as old as the copy is late."""
    if base.rate_day is None or day - base.rate_day < 6 or "old-rate" in base.causes:
        return base
    then = rate(from_home, base.currency, base.rate_day)[0]
    now = rate(from_home, base.currency, day)[0]
    lag = sum(dt.date.fromordinal(one).weekday() < 5 for one in range(base.rate_day + 1, day + 1))
    causes = ("old-rate", *(cause for cause in base.causes if cause != "market"))
    return base._replace(
        causes=causes, lag=lag, move=abs(then / now - 1), fair=base.fair * now / then
    )


# A qualifier, and what the column calls it.
_OVER = {"over": "over", "more than": "over", "at least": "at least", "in excess of": "over"}
_ABOUT = {"about": "about", "around": "about", "some": "some", "roughly": "about",
          "approximately": "about"}  # fmt: skip
_NEARLY = {"nearly": "nearly", "almost": "nearly", "close to": "about"}
QUALIFIERS = {**_OVER, **_ABOUT, **_NEARLY, "up to": "up to"}


def qualifier(rng: Random, shown: float, true: float, habits: Habits) -> str:
    """The word before a sum, true to the way it was rounded; "" for none."""
    ratio = shown / true
    if ratio != 1 and 0.5 < ratio < 2 and rng.random() < 0.3 + habits["qualified"]:
        pool = _OVER if ratio < 1 else _NEARLY
        return rng.choice(sorted(pool) if rng.random() < 0.7 else sorted(_ABOUT))
    if rng.random() < habits["qualified"]:
        if rng.random() < 0.12:
            return "up to"
        return rng.choice(sorted(_ABOUT) if rng.random() < 0.6 else sorted(_OVER))
    return ""
