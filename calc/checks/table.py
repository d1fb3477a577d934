"""The table of checks: one row per stated conversion, with verdict, power and sentence."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from rates import sources
from rates.policies import parse_policy
from rates.sources import Rates

from .. import schema
from .plausibility import Others, with_others
from .sentences import sentence
from .stated import stated_conversions
from .verdicts import WEAK_POWER, Judgement, judge

_QUIET = (*schema.CONSISTENT, "untestable")


def check(claims: pd.DataFrame, policy: str = "spot", rates: Rates = None) -> pd.DataFrame:
    """Test every stated conversion of ``claims``: could an honest writer have printed it?

    Returns the columns of ``schema.CHECKS``, one row per claim with ``conversion_of``, ordered by
    source, place and claim_id. Rates are units of the stated currency per unit of the base,
    ``expected`` is in the stated currency, ``gap_pct`` in percent, ``power`` a share. What cannot
    be tested is a row ``untestable`` with the reason, never an error; ``UsageError`` for a table
    without claim_id and for an unknown policy.

    >>> claims = schema.frame(
    ...     [
    ...         {"claim_id": "a", "text": "683 million euros", "amount": 683e6, "currency": "EUR",
    ...          "published": "2024-11-04"},
    ...         {"claim_id": "b", "text": "$763 million", "amount": 763e6, "currency": "USD",
    ...          "published": "2024-11-04", "conversion_of": "a"},
    ...     ],
    ...     schema.CLAIMS,
    ... )
    >>> row = check(claims).iloc[0]
    >>> row["verdict"], float(row["expected"]), round(float(row["gap_pct"]), 2)
    ('other-date', 744743200.0, 2.45)
    """
    parse_policy(policy)
    found = _judged(claims, policy, rates)
    records = [_record(one) for one in found]
    if any(one.verdict == "scale" for one in found):
        others = Others(claims, {one.stated.donor for one in found if one.verdict == "scale"})
        for record, one in zip(records, found, strict=True):
            record["explanation"] = with_others(record["explanation"], one, others)
    return schema.frame(records, schema.CHECKS)


class Slip(NamedTuple):
    """A slip of scale: its sentence without what other claims say, and what was found of it."""

    words: str
    found: Judgement


Slips = dict[tuple[str, str], Slip]  # by claim and base


def check_part(claims: pd.DataFrame, policy: str, rates: Rates) -> tuple[pd.DataFrame, Slips]:
    """``check`` for a part of the claims, and its slips of scale, for ``slips_explained``.

    What a donor's other claims say of a slip stands in any part.
    """
    found = _judged(claims, policy, rates)
    records = [_record(one) for one in found]
    slips = {
        (row["claim_id"], row["base_id"]): Slip(
            row["explanation"], Judgement(one.stated, one.verdict, trial=one.trial)
        )
        for row, one in zip(records, found, strict=True)
        if one.verdict == "scale"
    }
    return schema.frame(records, schema.CHECKS), slips


def _judged(claims: pd.DataFrame, policy: str, rates: Rates) -> list[Judgement]:
    table = sources.tables(rates)
    return [judge(stated, policy, table) for stated in stated_conversions(claims)]


def slips_explained(claims: pd.DataFrame, slips: Slips) -> dict[tuple[str, str], str]:
    """The explanations of ``slips`` with what all ``claims`` say, by claim and base."""
    if not slips:
        return {}
    others = Others(claims, {one.found.stated.donor for one in slips.values()})
    return {pair: with_others(one.words, one.found, others) for pair, one in slips.items()}


def flagged(verdict: str, power: float) -> bool:
    """Whether a row is one to show to a person: a weak test never is.

    >>> flagged("other-date", 0.95), flagged("other-date", 0.05), flagged("consistent", 0.95)
    (True, False, False)
    """
    return verdict not in _QUIET and power >= WEAK_POWER


def _record(found: Judgement) -> dict[str, Any]:
    stated = found.stated
    record: dict[str, Any] = {
        "claim_id": stated.stated.claim_id,
        "base_id": stated.base.claim_id,
        "source": stated.source,
        "base_text": stated.base.text,
        "text": stated.stated.text,
        "verdict": found.verdict,
        "explanation": sentence(found),
    }
    if found.implied is not None:
        usual = found.implied["usual"]
        record["implied_low"] = None if usual.low is None else float(usual.low)
        record["implied_high"] = None if usual.high is None else float(usual.high)
    if found.market is None or found.expected is None or found.gap is None:
        return record
    # The fixings of the value date; both dates where only the second chance fitted.
    used = found.bands if found.chosen else found.bands[:1]
    record |= {
        "rate_low": float(min(band.low for band in used)),
        "rate_high": float(max(band.high for band in used)),
        "rate_date": found.market.series.days[found.band.anchor],
        "expected": float(found.expected),
        "gap_pct": float(found.gap),
        "power": found.power,
        "windows": str(found.windows),
    }
    return record
