"""Why a row does not follow the policy: signs, powers of ten, inverted or foreign rates, typos."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .evidence import Rows
from .series import Floats

MOST_DIGIT_TESTS = 5_000  # rows whose digits are compared one by one
_NARROW = 0.01  # relative: wider bounds hold too many currencies' rates to name one


def reasons(
    rows: Rows,
    rate: Floats,
    low: Floats,
    high: Floats,
    scale: int,
    second: tuple[str, Floats] | None,
    others: Mapping[str, Callable[[], Floats]],
) -> list[str]:
    """One reason for each of ``rows``, none of which fits ``rate`` (converted per amount).

    ``low`` and ``high`` bound the rate of each row; ``second`` is another policy with its rates;
    ``others`` give the rates of other currencies under the same policy, likeliest first.
    """
    found: NDArray[Any] = np.full(len(rate), "", dtype=object)

    def mark(matches: NDArray[np.bool_], text: str) -> None:
        found[matches & (found == "")] = text

    def holds(value: Floats) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = (value >= low) & (value <= high)
        return inside

    mark((rows.amount * rows.converted < 0) & holds(rate), "sign: the rest fits")
    mark(holds(np.full(len(rate), 10.0**-scale)), "rate 1: not converted")
    if second is not None:
        mark(holds(second[1]), f"fits {second[0]}")
    mark(holds(1 / rate), "inverted rate")
    with np.errstate(invalid="ignore", divide="ignore"):
        power = np.round(np.log10(rows.implied / rate))
    for k in np.unique(power[np.isfinite(power) & (power != 0)]).astype(int):
        # multiplied after rounding: the last printed unit was multiplied as well
        slack = (high - low) / rows.implied * max(1.0, 10.0**k)
        near = np.abs(rows.implied / rate / 10.0**k - 1) <= np.minimum(slack, _NARROW)
        mark((power == k) & (near | holds(rate * 10.0**k)), _times(int(k)))
    open_rows = found == ""
    if open_rows.any():
        narrow = (high - low) / rows.implied < _NARROW
        for code, rates in others.items():
            mark(narrow & holds(rates()), f"rate of {code}")
    for at in np.flatnonzero(found == "")[:MOST_DIGIT_TESTS]:
        slack = (high[at] - low[at]) / rows.implied[at] / 2
        place = int(at)
        found[place] = _typo(rows, place, float(rate[place]), float(slack))
    gap = 100 * (rows.implied / rate - 1)
    for at in np.flatnonzero(found == ""):
        found[at] = _off(float(gap[at]))
    return [str(one) for one in found]


def _off(percent: float) -> str:
    if np.isnan(percent):
        return "the policy has no rate for this row"
    way = "high" if percent > 0 else "low"
    return f"{abs(percent):.3g} % too {way}"


def _times(power: int) -> str:
    return f"{10 ** abs(power):,} times too {'large' if power > 0 else 'small'}"


def _typo(rows: Rows, at: int, rate: float, slack: float) -> str:
    """A digit that explains the gap, in the converted number or in the amount."""
    amount, converted = abs(float(rows.amount[at])), abs(float(rows.converted[at]))
    for name, seen, meant, ulp in (
        ("converted", converted, amount * rate, float(rows.converted_ulp[at])),
        ("amount", amount, converted / rate, float(rows.amount_ulp[at])),
    ):
        unit = max(ulp, seen * 1e-12)
        if not np.isfinite(meant) or max(seen, meant) / unit > 1e15:
            unit = max(seen, 1e-300) * 1e-9
        if np.isfinite(meant):
            kind = digit_slip(round(seen / unit), round(meant / unit), meant / unit * slack + 1)
            if kind:
                return f"typo in {name}: {kind}"
    return ""


def digit_slip(seen: int, meant: int, tolerance: float) -> str | None:
    """Name the one slip of the hand that makes ``seen`` out of ``meant``, give or take.

    >>> digit_slip(1274567, 1234567, 1), digit_slip(1243567, 1234567, 1)
    ('one digit', 'two digits swapped')
    >>> digit_slip(124567, 1234567, 1), digit_slip(1555555, 1234567, 1) is None
    ('a digit missing', True)
    """
    text = str(seen)
    length = len(text)
    for at in range(length):
        weight = 10 ** (length - 1 - at)
        if weight <= 4 * tolerance:
            break
        digit = int(text[at])
        step = round((meant - seen) / weight)
        possible = step != 0 and 0 <= digit + step <= 9
        if possible and abs(seen + step * weight - meant) <= tolerance:
            return "one digit"
        if at + 1 < length and weight > 40 * tolerance and text[at] != text[at + 1]:
            swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            if abs(int(swapped) - meant) <= tolerance:
                return "two digits swapped"
    if _without_one(text, meant, tolerance):
        return "a digit too many"
    if _without_one(str(meant), seen, tolerance / 10 + 1):
        return "a digit missing"
    return None


def _without_one(long: str, short: int, tolerance: float) -> bool:
    if len(long) != len(str(short)) + 1 or short < 1000 * tolerance:
        return False
    return any(abs(int(long[:at] + long[at + 1 :]) - short) <= tolerance for at in range(len(long)))
