"""A rate of one's own: a round number that no publication gave, as budgets and plans use it.

"1.08" is a rate of few digits; that exactly this number comes out of a mean by accident is
unlikely, the more so the finer the rows are printed.
"""

from __future__ import annotations

import math
from typing import NamedTuple

OWN_BITS = 3.0  # for a number that no publication explains, before its digits
OWN_SPREAD = 0.05  # the relative range such a number could have had: budget rates follow markets
_MOST_DIGITS = 4  # of a round number: fixings have five and more
_LONGER = 3.0  # bits more for one of four digits: a fixing may end in a zero
_SHARP = 0.01  # of the last digit's unit: bounds no wider than that single the number out
_COARSEST, _FINEST = -3, 8  # decimals that are tried


class Own(NamedTuple):
    """A number between bounds: ``text`` as a person writes it, ``decimals`` behind the point.

    ``inverse`` says that it is units of the amount's currency per 1 of the result's.
    """

    text: str
    inverse: bool
    digits: int
    decimals: int

    @property
    def rate(self) -> float:
        """The result's currency per 1 of the amount's."""
        value = float(self.text)
        return 1 / value if self.inverse else value

    @property
    def bits(self) -> float:
        """What it costs to believe in this number."""
        choices = OWN_SPREAD * float(self.text) * 10.0**self.decimals
        longer = _LONGER if self.digits == _MOST_DIGITS else 0.0
        return OWN_BITS + longer + max(0.0, math.log2(max(choices, 1.0)))


def round_number(low: float, high: float) -> Own | None:
    """The round number that rates from ``low`` to ``high`` single out, upright or inverted.

    >>> round_number(1 / 1.0800000001, 1 / 1.0799999999)
    Own(text='1.08', inverse=True, digits=3, decimals=2)
    >>> round_number(0.9 - 1e-9, 0.9 + 1e-9).text, round_number(1.08681, 1.08683) is None
    ('0.9', True)
    """
    found = [
        one
        for inverse, bottom, top in ((True, 1 / high, 1 / low), (False, low, high))
        if (one := _shortest(bottom, top, inverse)) is not None
    ]
    # of 1.25 and 0.8, people quote the one above 1
    return max(found, key=lambda one: float(one.text), default=None)


def _shortest(low: float, high: float, inverse: bool) -> Own | None:
    for decimals in range(_COARSEST, _FINEST):
        step = 10.0**-decimals
        multiple = math.ceil(low / step)
        if multiple <= 0 or multiple * step > high:
            continue
        if high - low > _SHARP * step:
            return None
        digits = len(str(multiple).strip("0"))
        if digits > _MOST_DIGITS:
            return None
        text = f"{multiple * step:.{max(decimals, 0)}f}"
        return Own(text, inverse, digits, decimals)
    return None


def policy_of(base: str, quote: str, own: Own) -> str:
    """The number in the syntax of policies, where rates are units per 1 EUR or of each other.

    >>> policy_of("UAH", "USD", Own("40", True, 1, 0))
    'fixed:UAH=40,USD=1'
    >>> policy_of("USD", "EUR", Own("0.9", False, 1, 1))
    'fixed:USD=1.11111111111'
    """
    if own.inverse:
        return f"fixed:{base}={own.text}" + ("" if quote == "EUR" else f",{quote}=1")
    if base == "EUR":
        return f"fixed:{quote}={own.text}"
    if quote == "EUR":
        return f"fixed:{base}={1 / float(own.text):.12g}"
    return f"fixed:{quote}={own.text},{base}=1"


def rate_of(policy: str, base: str, quote: str) -> float:
    """``quote`` per 1 ``base`` under a policy of numbers.

    >>> rate_of("fixed:UAH=40,USD=1", "UAH", "USD")
    0.025
    """
    units = given(policy)
    return units.get(quote, 1.0) / units.get(base, 1.0)


def given(policy: str) -> dict[str, float]:
    """The numbers of a policy, by currency.

    >>> given("fixed:USD=1.08,SEK=11.5")
    {'USD': 1.08, 'SEK': 11.5}
    """
    pairs = (part.partition("=") for part in policy.partition(":")[2].split(","))
    return {code: float(number) for code, _, number in pairs}


def in_words(policy: str) -> str:
    """The number as a person would say it.

    >>> in_words("fixed:USD=1.08"), in_words("fixed:USD=1.11111111111")
    ('1.08 (USD per EUR)', '0.9 (EUR per USD)')
    """
    units = given(policy)
    codes = [code for code, number in units.items() if number != 1.0] or list(units)
    code = codes[0]
    other = next((one for one in units if one != code), "EUR")
    ratio = units[code] / units.get(other, 1.0)
    found = round_number(ratio * (1 - 1e-10), ratio * (1 + 1e-10))
    if found is None:
        return f"{ratio:.7g} ({code} per {other})"
    above, below = (other, code) if found.inverse else (code, other)
    return f"{found.text} ({above} per {below})"


def joined(policies: list[str]) -> str | None:
    """One policy of numbers for all currencies, where they do not contradict each other.

    >>> joined(["fixed:USD=1.08", "fixed:SEK=11.5"])
    'fixed:USD=1.08,SEK=11.5'
    """
    units: dict[str, str] = {}
    for policy in policies:
        for part in policy.partition(":")[2].split(","):
            code, _, number = part.partition("=")
            if units.setdefault(code, number) != number:
                return None
    return "fixed:" + ",".join(f"{code}={number}" for code, number in units.items())
