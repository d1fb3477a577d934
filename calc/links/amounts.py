"""What the amounts of two groups say of their being one pledge, in bits."""

from __future__ import annotations

import math

from ..values.slack import MARKET, VERSIONS, WITHIN_MONTHS
from ..values.valuation import Valuation, Value
from .bare_symbols import one_sign, own_signs
from .bits import Piece, piece
from .group import Group
from .rarity import Rarity
from .rows import Band, Claim
from .shortened import shortens, shorter

_FAR_RATE = 1.12  # two currencies of one sum at the rate of some other year


def by_amounts(a: Group, b: Group, rarity: Rarity, valuation: Valuation) -> list[Piece]:
    best: Piece | None = None
    donor = a.donor or b.donor
    for x, y in _decisive(a, b):
        if x.currency == y.currency:
            one = _same_currency(x, y, rarity, donor)
        else:
            one = _other_currency(x, y, valuation)
        if one and (best is None or one.bits > best.bits):
            best = one
    for x, y in own_signs(a.amounts, b.amounts, donor):
        one = _other_currency(x, y, valuation)
        if one and one.bits > 0 and (best is None or one.bits > best.bits):
            best = one
    found = [best] if best else []
    if best and best.evidence.startswith("amount-same"):
        times = max(rarity.usual(one, one.amounts[0]) for one in (a, b))
        if times:
            words = "a number that this donor is often reported to give"
            found.append(piece("usual-number", words, share=times))
    return found


def _decisive(a: Group, b: Group) -> list[tuple[Claim, Claim]]:
    """The amounts of two groups that are compared, a bare sign read as the other's currency.

    A stated conversion says less than the sum it was made from: the bases decide where they can.
    """
    pairs = [
        (x, y) if x.currency == y.currency else one_sign(x, y) for x in a.amounts for y in b.amounts
    ]
    bases = [(x, y) for x, y in pairs if x.currency == y.currency and not (x.base or y.base)]
    return bases or pairs


def _same_currency(x: Claim, y: Claim, rarity: Rarity, donor: tuple[str, ...]) -> Piece | None:
    assert x.band is not None
    assert y.band is not None
    both = f"{x.text} and {y.text}"
    if x.amount is not None and x.amount == y.amount:
        digits = min(max(len(x.digits), 1), 3)
        return piece(f"amount-same-{digits}", both, share=rarity.of_amount(donor, x, digits))
    bounded = math.isinf(x.band.high) or math.isinf(y.band.high) or not x.low or not y.low
    if bounded and _meet(x.band, y.band):
        return piece("amount-bound", both)
    if not bounded and _rounds(x, y):
        single = min(len(x.digits), len(y.digits)) < 2
        return piece("amount-overlap-1" if single else "amount-overlap", both)
    if truncates(x, y) or truncates(y, x):
        return piece("amount-truncation", both)
    if shortens(x, y) or shortens(y, x):
        return piece("amount-shortened", both)
    if x.amount and y.amount:
        return _apart(x, y, both)
    return piece("amount-different", both)


def _apart(x: Claim, y: Claim, both: str) -> Piece:
    assert x.amount
    assert y.amount
    ratio = max(x.amount / y.amount, y.amount / x.amount)
    if ratio <= 1 + VERSIONS:
        return piece("amount-near", both)
    if x.digits == y.digits and is_power(ratio):
        return piece("amount-scale" if len(x.digits) > 1 else "amount-scale-1", both)
    if "changed" in x.said.values or "changed" in y.said.values:
        return piece("amount-revised", both)
    return piece("amount-different", both)


def is_power(ratio: float) -> bool:
    """Whether a ratio is a thousand, a million or a billion.

    >>> is_power(1000.0), is_power(10.0)
    (True, False)
    """
    return any(math.isclose(ratio, step, rel_tol=1e-6) for step in (1e3, 1e6, 1e9))


def truncates(long: Claim, short: Claim) -> bool:
    """Whether cutting digits off ``long`` gives ``short`` ("12.7 million", "12 million")."""
    if not long.amount or not short.amount or len(long.digits) <= len(short.digits):
        return False
    return long.digits.startswith(short.digits) and 1 <= long.amount / short.amount < 1.1


def _other_currency(x: Claim, y: Claim, valuation: Valuation) -> Piece | None:
    assert y.currency is not None
    both = f"{x.text} and {y.text}"
    rates = [
        value.rate
        for claim in (x, y)
        if (value := rate_of(x.currency, y.currency, claim, valuation)) and value.rate
    ]
    met = _met_at(rates, x, y) if rates else None
    if met:
        return piece(met, f"{both}, at the rates of the dates")
    if x.digits == y.digits and x.amount == y.amount and len(x.digits) > 1:
        return piece("amount-relabelled", both)
    if not rates:
        return None
    if x.amount and y.amount:
        if any(_shortened_at(rate, x, y) for rate in rates):
            return piece("amount-fx-short", both)
        if any(1 / _FAR_RATE <= x.amount * rate / y.amount <= _FAR_RATE for rate in rates):
            return piece("amount-fx-far", f"{both}, at the rates of the dates")
        if max(len(x.digits), len(y.digits)) > 1 and _slipped(x.amount * rates[0] / y.amount):
            return piece("amount-scale-1", both)
    return piece("amount-different", both)


def _met_at(rates: list[float], x: Claim, y: Claim) -> str | None:
    """The evidence where two amounts meet at the rates, or at those of the months around."""
    assert x.band is not None
    assert y.band is not None
    low, high = min(rates), max(rates)
    if _meet(_converted(x.band, low, high, MARKET), y.band):
        digits = min(len(x.digits), len(y.digits))
        return "amount-fx-3" if digits > 2 else "amount-fx" if digits == 2 else "amount-fx-1"
    if _meet(_converted(x.band, low, high, WITHIN_MONTHS), y.band):
        return "amount-fx-near"
    return None


def _converted(band: Band, low: float, high: float, slack: float) -> Band:
    """A band at any rate from ``low`` to ``high``, either of which may be off by ``slack``."""
    return Band(
        band.low * low * (1 - slack),
        band.high * high * (1 + slack),
        band.near_low * low * (1 - slack),
        band.near_high * high * (1 + slack),
    )


def _shortened_at(rate: float, x: Claim, y: Claim) -> bool:
    """Whether one amount is the other at ``rate``, cut down to one digit."""
    assert x.amount
    assert y.amount
    if len(x.digits) == 1 and shorter(y.amount / rate, 1, x.amount):
        return True
    return len(y.digits) == 1 and shorter(x.amount * rate, 1, y.amount)


def _slipped(ratio: float) -> bool:
    """Whether two amounts at the rates of the dates are a thousand apart: a slip of scale."""
    return any(abs(ratio * step - 1) <= WITHIN_MONTHS for step in (1e3, 1e-3))


def rate_of(base: str | None, quote: str, claim: Claim, valuation: Valuation) -> Value:
    """The rate from ``base`` to ``quote`` on the claim's value date (or publication).

    By way of the euro: the legs of a day serve all pairs of currencies.
    """
    if base is None or base == quote:
        return valuation.unit(base, quote, claim.value_date)
    if claim.value_date is not None:
        return valuation.crossed(base, quote, claim.value_date, claim.precision)
    return valuation.crossed(base, quote, claim.published, None)


def _rounds(x: Claim, y: Claim) -> bool:
    """Whether one printed number lies in what the other may stand for: 8.4 and 8, not 9 and 10."""
    assert x.band is not None
    assert y.band is not None
    if x.amount is None or y.amount is None:
        return _meet(x.band, y.band)
    return x.band.low <= y.amount <= x.band.high or y.band.low <= x.amount <= y.band.high


def _meet(x: Band, y: Band) -> bool:
    inside = max(x.low, y.low) <= min(x.high, y.high)
    return inside and max(x.near_low, y.near_low) <= min(x.near_high, y.near_high)
