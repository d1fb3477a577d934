"""One printed number as another with fewer digits: rounded, or cut off."""

from __future__ import annotations

import math

from .rows import Claim

_CUT = 0.05  # a number cut off further, or of two digits less and further, says another thing


def shortens(long: Claim, short: Claim) -> bool:
    """Whether dropping digits of ``long`` gives ``short``, in one currency."""
    if not long.amount or not short.amount or long.currency != short.currency:
        return False
    dropped = len(long.digits) - len(short.digits)
    if dropped < 1 or (dropped > 1 and abs(short.amount / long.amount - 1) > _CUT):
        return False
    return shorter(long.amount, len(short.digits), short.amount)


def shorter(amount: float, digits: int, printed: float) -> bool:
    """Whether ``amount`` in so many digits is ``printed``: rounded, or cut off by a little.

    >>> shorter(48e6, 1, 50e6), shorter(48e6, 1, 40e6), shorter(12.7e6, 2, 12e6)
    (True, False, False)
    >>> shorter(763.9e6, 3, 763e6)
    True
    """
    step = 10.0 ** (math.floor(math.log10(amount)) - digits + 1)
    down = math.floor(amount / step + 1e-9)
    up = amount / step - down >= 0.4999
    if up and math.isclose(printed, (down + 1) * step, rel_tol=1e-9):
        return True
    near = not up or amount <= printed * (1 + _CUT)
    return near and math.isclose(printed, down * step, rel_tol=1e-9)
