"""The arithmetic behind a verdict, line by line: for whoever wants to recompute it by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd

from rates import sources
from rates.errors import UsageError
from rates.sources import Rates

from ..values.intervals import Interval, reading
from ..values.windows import Windows, changeover
from .hypotheses import Trial
from .market import FixingBand, Market
from .stated import Side, stated_conversions
from .verdicts import READING_VERDICTS, Judgement, judge

_MOST_WINDOWS = 12  # the column "windows" of the checks has them all
_MOST_FIXINGS = 3  # a band of one date has no more; a month is shown by its ends


def arithmetic(
    check: object, claims: pd.DataFrame, policy: str = "spot", rates: Rates = None
) -> str:
    """Return the calculation for one stated conversion of ``claims``, several lines of text.

    ``check`` is a claim_id or a row of the table of checks. The lines give the printed numbers
    with their readings, the implied intervals, the fixings used as published, the slack, every
    hypothesis tried with its bits, and the power. ``UsageError`` when the claim is no stated
    conversion.
    """
    claim_id = check if isinstance(check, str) else _claim_id(check)
    claims = claims.copy(deep=False)
    claims.attrs = {}  # pandas would copy the list of documents with every cell
    for stated in stated_conversions(claims):
        if stated.stated.claim_id == claim_id:
            table = sources.tables(rates)
            return "\n".join(_lines(judge(stated, policy, table, every_alternative=True)))
    raise UsageError(f"{claim_id} is not a stated conversion of this table")


def _claim_id(check: Any) -> str:
    try:
        return str(check["claim_id"])
    except (TypeError, KeyError, IndexError):
        return str(getattr(check, "claim_id", check))


def _lines(found: Judgement) -> list[str]:
    stated = found.stated
    lines = [f"{stated.base.words} → {stated.stated.words}: {found.verdict}"]
    for name, side in (("base", stated.base), ("stated", stated.stated)):
        lines.append(f"  {name}: {_side(side)}")
    if found.implied:
        lines += _implied(found.implied, stated.base, stated.stated)
    if found.market is None:
        return [*lines, f"  not tested: {found.problem}"]
    for band in found.bands:
        lines += _fixings(found.market, band)
    lines.append(f"  market slack: ± {_percent(found.market.slack)}")
    coarse = found.market.widest(found.band) - found.market.slack
    if coarse > 0:
        lines.append(f"  half a unit of the last digits of the rates: ± {_percent(coarse)}")
    lines.append(
        f"  expected: {_number(found.expected)} {stated.stated.currency}; "
        f"stated ÷ expected − 1 = {_signed(found.gap)}"
    )
    lines += _readings(found)
    lines.append("  alternatives:")
    lines += [f"    {line}" for line in _alternatives(found)]
    lines.append(
        f"  power: {found.power:.2f} of the fixings of the three years up to "
        f"{found.market.series.days[found.band.anchor]} would be refused"
    )
    lines.append(f"  days whose own fixing fits: {_windows(found.windows)}")
    return lines


def _side(side: Side) -> str:
    if side.printed is None:
        return f"{side.words}, no single printed number"
    spans = ", ".join(f"{name} {_span(reading(side.printed, name))}" for name in READING_VERDICTS)
    said = f" (“{side.qualifier}” is reported, not counted)" if side.qualifier else ""
    return f"{side.words} = {_number(side.printed.amount)} {side.currency}{said}: {spans}"


def _implied(intervals: dict[str, Interval], base: Side, stated: Side) -> list[str]:
    return [
        f"  implied rate, {name}: {_rate(span.low)}–{_rate(span.high)} "
        f"{stated.currency} per {base.currency}"
        for name, span in intervals.items()
    ]


def _fixings(market: Market, band: FixingBand) -> list[str]:
    days = market.series.days
    places = list(range(band.first, band.last + 1))
    if len(places) > _MOST_FIXINGS:
        places = [places[0], places[-1]]
    lines = [
        f"  {band.name}: {_rate(band.rate)} "
        f"(tested against {_rate(band.low)}–{_rate(band.high)}, {days[band.first]} to "
        f"{days[band.last]})"
    ]
    for place in places:
        legs = [_leg(market, code, days[place]) for code in (market.base, market.quote)]
        published = ", ".join(leg for leg in legs if leg)
        lines.append(f"    {days[place]}: {published}")
    return lines


def _leg(market: Market, code: str, day: dt.date) -> str | None:
    """The euro leg of a currency as published, or as the law has it."""
    fixing = market.rates.on(code, day) if code != "EUR" and market.rates.has(code) else None
    if fixing is not None:
        return fixing.stated or f"1 EUR = {fixing.text} {code}"
    joined = changeover(code)
    return f"1 EUR = {joined[1]} {code} (irrevocable)" if joined else None


def _readings(found: Judgement) -> list[str]:
    assert found.market is not None
    assert found.implied is not None
    lines = []
    for place, band in enumerate(found.bands):
        for name, span in found.implied.items():
            fits = found.market.fits(span, band)
            word = "fits" if fits else "does not fit"
            chosen = " ← the verdict" if (name, place) == (found.reading, found.chosen) else ""
            lines.append(f"  {name} reading, {band.name}: {word}{chosen}")
    return lines


def _alternatives(found: Judgement) -> list[str]:
    """Single explanations with the reason for each; compositions only where they fit."""
    lines = []
    for trial in found.trials:
        single = len(trial.terms) == 1
        name = " + ".join(trial.terms)
        if trial is found.trial:
            lines.append(f"{name}, {trial.bits:.1f} bits: {trial.says} ← the verdict")
        elif trial.fits and found.reading is not None:
            lines.append(
                f"{name}, {trial.bits:.1f} bits: fits {trial.says}; ruled out because the "
                f"{found.reading} reading fits for less"
            )
        elif trial.fits:
            lines.append(f"{name}, {trial.bits:.1f} bits: {trial.says}; {_why_not(trial, found)}")
        elif single:
            lines.append(f"{name}: ruled out because it does not fit {trial.says}")
    tried = sum(1 for trial in found.trials if len(trial.terms) > 1)
    lines.append(f"{tried} compositions of two tried; those not listed do not fit")
    return lines


def _why_not(trial: Trial, found: Judgement) -> str:
    """Why an explanation that fits is not the verdict."""
    if not trial.worth:
        return "ruled out because that is dearer than that the numbers just disagree"
    assert found.trial is not None
    if trial.bits == found.trial.bits and len(trial.terms) == len(found.trial.terms):
        return "as likely as the verdict: the test does not decide between them"
    return "ruled out because a likelier explanation fits"


def _windows(windows: Windows) -> str:
    newest = Windows(windows[:_MOST_WINDOWS])
    more = len(windows) - len(newest)
    return f"{newest or 'none'}{f' and {more} earlier' if more else ''}"


def _number(amount: Decimal | None) -> str:
    if amount is None:
        return "?"
    shown = f"{amount:,.2f}"
    return shown.removesuffix(".00")


def _span(span: Interval) -> str:
    return f"{_number(span.low)}–{_number(span.high)}"


def _rate(rate: Decimal | None) -> str:
    return "?" if rate is None else f"{rate:.6g}"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _signed(gap: Decimal | None) -> str:
    return "?" if gap is None else f"{gap:+.2f} %"
