"""Tables with a known rate policy, for the tests and the benchmark of the audit; seeded.

The rates come from ``rates.calendar``, the same that ``convert_frame`` uses, not from the audit's
own arrays: a difference between the two would show as an error of the audit.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from rates import ecb
from rates.calendar import daily_rates

FIFTEEN = tuple("USD GBP JPY CHF SEK NOK DKK PLN CZK HUF RON CAD AUD NZD KRW".split())
FIRST, LAST = date(2015, 1, 1), date(2026, 10, 30)


class Made(NamedTuple):
    """A table, what made it, and the rows that were spoiled on purpose."""

    frame: pd.DataFrame
    policy: str
    to: str
    spoiled: dict[int, str]


@cache
def daily(policy: str, code: str) -> np.ndarray[Any, Any]:
    """Units per 1 EUR on each day from FIRST to LAST."""
    if code == "EUR":
        return np.ones((LAST - FIRST).days + 1)
    found = daily_rates(policy, code, ecb.fixings(), FIRST, LAST).values
    return np.array([np.nan if value is None else value for value in found])


@cache
def mean(code: str, start: date, end: date) -> float:
    """The mean of the published rates of a currency from one day to another, both included."""
    if code == "EUR":
        return 1.0
    found = [float(one.value) for one in ecb.fixings().between(code, start, end)]
    return float(np.mean(found)) if found else float("nan")


def period(rule: str, day: date) -> tuple[date, date]:
    """The first and last day of the period of a rule: "quarter-avg", "fiscal-avg:07"."""
    name, _, begins = rule.partition(":")
    kind = name.partition("-")[0]
    length = {"month": 1, "quarter": 3, "fiscal": 12, "year": 12}[kind]
    month = 12 * day.year + day.month - 1
    first = month - (month - (int(begins or 1) - 1)) % length
    last = first + length
    return (
        date(first // 12, first % 12 + 1, 1),
        date(last // 12, last % 12 + 1, 1) - timedelta(days=1),
    )


def of_period(rule: str, code: str, day: date) -> float:
    """Units per 1 EUR of a policy that ``convert`` does not have."""
    start, end = period(rule, day)
    if rule.partition(":")[0].endswith("-avg"):
        return mean(code, start, end)
    if rule.endswith("-first"):
        while ecb.fixings().on("USD", start) is None:
            start += timedelta(days=1)
        return float(daily("spot", code)[(start - FIRST).days])
    at = start if rule.endswith("-start") else end
    return float(daily("spot", code)[(at - FIRST).days])


OF_PERIODS = ("month-start", "month-first", "quarter-", "fiscal-", "year-start", "year-end")


def rate_of(policy: str, codes: Any, to: str, days: Any) -> Any:
    """``to`` per 1 unit for each row; ``days`` count from FIRST."""
    if policy.startswith(OF_PERIODS):
        when = [FIRST + timedelta(days=int(day)) for day in days]
        return np.array(
            [
                of_period(policy, to, day) / of_period(policy, code, day)
                for code, day in zip(codes, when, strict=True)
            ]
        )
    below = np.array([daily(policy, code)[day] for code, day in zip(codes, days, strict=True)])
    above = daily(policy, to)[days]
    return above / below


def made(
    policy: str = "spot",
    *,
    seed: int = 0,
    rows: int = 200,
    currencies: tuple[str, ...] = ("USD", "GBP", "CHF", "SEK", "PLN"),
    to: str = "EUR",
    start: str = "2022-01-03",
    end: str = "2023-04-28",
    dates: str = "days",  # days, months (first of the month), one
    decimals: int = 2,  # of the converted column; negative for thousands and so on
    rate_decimals: int | None = None,  # of rates rounded before use
    spoil: int = 0,
    missing: int = 0,
    jitter_bp: float = 0.0,
    shifted: float = 0.0,  # share of the rows that are one month off
    odd: dict[str, str | float] | None = None,  # currency → another policy, or a factor
    as_text: bool = False,
    rate_column: bool = False,
    upside_down: bool = False,
    unit: int = 1,
) -> Made:
    """Make a table of which everything is known."""
    random = np.random.default_rng(seed)
    codes = np.array(currencies)[np.arange(rows) % len(currencies)]
    first = (date.fromisoformat(start) - FIRST).days
    last = (date.fromisoformat(end) - FIRST).days
    days = random.integers(first, last + 1, rows)
    if dates == "one":
        days[:] = days[0]
    if dates == "months":
        days = np.array(
            [((FIRST + timedelta(days=int(d))).replace(day=1) - FIRST).days for d in days]
        )
    amounts = np.round(10 ** random.uniform(4, 9, rows), 0)
    amounts = np.where(random.random(rows) < 0.5, np.round(amounts, -4) + 10_000, amounts)
    used = days.copy()
    off = random.random(rows) < shifted
    used[off] = [_next_month(day) for day in days[off]]
    rate = rate_of(policy, codes, to, used)
    for code, other in (odd or {}).items():
        mine = codes == code
        if isinstance(other, str):
            rate[mine] = rate_of(other, codes[mine], to, days[mine])
        else:
            rate[mine] *= other
    rate = rate * (1 + random.normal(0, jitter_bp / 1e4, rows))
    if rate_decimals is not None:
        # as tables do it: units per 1 of the target currency, to so many decimals
        rate = 1 / np.round(1 / rate, rate_decimals)
    factor = 1 / rate if upside_down else rate
    converted = np.round(amounts * factor / unit, decimals)
    frame = pd.DataFrame(
        {
            "donor": [f"donor {row % 7}" for row in range(rows)],
            "date": [FIRST + timedelta(days=int(day)) for day in days],
            "amount": amounts,
            "currency": codes,
            "converted": converted,
        }
    )
    frame["date"] = pd.to_datetime(frame["date"])
    if rate_column:
        frame["rate used"] = rate
    spoiled = _spoil(frame, rate, spoil, random)
    for row in random.choice(rows, missing, replace=False):
        if int(row) not in spoiled:
            frame.loc[row, ["amount", "converted"][int(row) % 2]] = np.nan
    if as_text:
        places = max(0, decimals)
        shown = [None if v != v else f"{v:,.{places}f}" for v in frame["converted"]]
        frame["converted"] = shown
        frame["amount"] = [None if v != v else f"{v:,.0f}" for v in frame["amount"]]
        frame["date"] = frame["date"].dt.strftime("%Y-%m-%d")
    return Made(frame, policy, to, spoiled)


def _next_month(day: int) -> int:
    here = FIRST + timedelta(days=int(day))
    there = (here.replace(day=1) + timedelta(days=32)).replace(day=min(here.day, 28))
    return (there - FIRST).days


def _spoil(frame: pd.DataFrame, rate: Any, count: int, random: Any) -> dict[int, str]:
    """Spoil ``count`` rows, each in one of the ways that people spoil rows."""
    kinds = ("times", "inverted", "rate 1", "sign", "typo")
    spoiled: dict[int, str] = {}
    chosen = random.choice(len(frame), count, replace=False)
    for at, row in enumerate(sorted(int(one) for one in chosen)):
        kind = kinds[at % len(kinds)]
        amount, value = (float(frame[name].to_numpy()[row]) for name in ("amount", "converted"))
        if abs(np.log(rate[row])) < 0.02 and kind in ("inverted", "rate 1"):
            kind = "times"
        if kind == "times":
            value *= 1000
        elif kind == "inverted":
            value = round(amount / float(rate[row]), 2)
        elif kind == "rate 1":
            value = amount
        elif kind == "sign":
            value = -value
        else:
            digits = list(f"{value:.2f}")
            place = 1 if len(digits) > 4 else 0
            digits[place] = str((int(digits[place]) + 3) % 10)
            value = float("".join(digits))
        frame.loc[row, "converted"] = value
        spoiled[row] = kind
    return spoiled


def random_policy(kind: str, seed: int, options: dict[str, Any]) -> dict[str, Any]:
    """The arguments of ``made`` for one kind of policy, its day or period drawn by the seed."""
    random = np.random.default_rng(seed + 77)
    day = date(2019, 1, 1) + timedelta(days=int(random.integers(0, 1700)))
    found = {**options}
    if kind == "fixed day":
        while ecb.fixings().on("USD", day) is None:
            day += timedelta(days=1)
        found["policy"] = f"fixed:{day}"
    elif kind == "fixed month":
        found["policy"] = f"fixed:{day.isoformat()[:7]}"
    elif kind == "fixed year":
        found["policy"] = f"fixed:{day.year}"
    elif kind == "window":
        while ecb.fixings().on("USD", day) is None:
            day += timedelta(days=1)
        end = day + timedelta(days=7 * int(random.integers(3, 60)))  # the same weekday
        while ecb.fixings().on("USD", end) is None:
            end += timedelta(days=1)
        found["policy"] = f"window-avg:{day}..{end}"
    elif kind == "column":
        found |= {"policy": "spot", "rate_column": True}
        found["jitter_bp"] = 80.0
    elif kind == "round rates":
        usual = {"USD": 1.08, "GBP": 0.86, "CHF": 0.95, "SEK": 11.5, "PLN": 4.5, "DKK": 7.5}
        codes = [*found.get("currencies", ("USD", "GBP", "CHF", "SEK", "PLN")), found.get("to")]
        seen = {code: daily("fixed:2022-05", code)[2000] for code in codes if code}
        rates = [
            f"{code}={usual.get(code) or float(f'{seen[code]:.2g}'):g}"
            for code in dict.fromkeys(codes)
            if code not in (None, "EUR")
        ]
        found["policy"] = f"fixed:{','.join(rates)}"
    elif kind in ("fiscal-avg", "quarter-avg:"):
        month = (4, 7, 10, 3)[seed % 4] if kind == "fiscal-avg" else (2, 3)[seed % 2]
        found["policy"] = f"{kind.rstrip(':')}:{month:02}"
    elif kind == "own rates":
        codes = [*found.get("currencies", ("USD", "GBP", "CHF", "SEK", "PLN")), found.get("to")]
        near = "fixed:2022-05"
        rates = [
            f"{code}={daily(near, code)[2000] * (1 + random.uniform(-0.04, 0.04)):.4f}"
            for code in codes
            if code not in (None, "EUR")
        ]
        found["policy"] = f"fixed:{','.join(rates)}"
    else:
        found["policy"] = kind
    return found
