"""What a bare sign may stand for beside another amount: "$16 million" of New Zealand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..parties import currencies_of
from .rows import Claim


def one_sign(x: Claim, y: Claim) -> tuple[Claim, Claim]:
    """Both claims, a bare sign read as the currency of the other where it may mean that."""
    if x.currency != y.currency:
        if x.currency_basis == "ambiguous" and y.currency in x.candidates:
            return x._replace(currency=y.currency), y
        if y.currency_basis == "ambiguous" and x.currency in y.candidates:
            return x, y._replace(currency=x.currency)
    return x, y


def own_signs(
    mine: Iterable[Claim], others: Iterable[Claim], donor: tuple[str, ...]
) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of two sides with a bare sign read as the donor's own money beside other money.

    "$16 million" and "US$9.7 million": the rates of the dates tell whether they may be one sum.
    """
    others = tuple(others)
    for x in mine:
        for y in others:
            if (x.currency_basis == "ambiguous") == (y.currency_basis == "ambiguous"):
                continue
            first, second = own_reading(x, donor) or x, own_reading(y, donor) or y
            if (first is not x or second is not y) and first.currency != second.currency:
                yield first, second
            if x.currency != y.currency:
                yield x, y  # "C$16 million" and "$12 million": a bare sign as it is mostly meant


def own_reading(claim: Claim, donor: tuple[str, ...]) -> Claim | None:
    """The claim with its bare sign read as the money of its donor, where it may mean that."""
    if claim.currency_basis != "ambiguous":
        return None
    code = _own_sign(donor, claim.candidates)
    return None if code is None or code == claim.currency else claim._replace(currency=code)


@lru_cache(maxsize=4096)
def _own_sign(donor: tuple[str, ...], candidates: tuple[str, ...]) -> str | None:
    own = {code for name in donor for code in currencies_of(name)}
    return next((code for code in candidates if code in own), None)
