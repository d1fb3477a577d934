"""The tables of a ledger: claims with what became of them, pledges and totals."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pandas as pd

from .. import schema
from ..links.rows import Claim
from ..pledges.pledge import record
from ..pledges.totals import Point, Series, open_ended
from ..values.valuation import CONSTANT, CONSTANT_NOTE
from .ledger import Ledger


def claims_table(prepared: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The claims as given, with pledge or series and the amount converted at their own date."""
    code = ledger.currency.lower()
    rows = {claim.id: _valued(claim, ledger) for claim in ledger.claims}
    pledge_of = {claim.id: one.id for one in ledger.pledges for claim in one.claims}
    home = ledger.home()
    frame = prepared.copy()
    ids = frame["claim_id"].tolist()
    series = [None if name in pledge_of else home.get(name) for name in ids]
    frame["pledge_id"] = pd.Series(
        [pledge_of.get(i) for i in ids], index=frame.index, dtype=schema.TEXT
    )
    frame["series_id"] = pd.Series(series, index=frame.index, dtype=schema.TEXT)
    for number, (name, kind) in enumerate(
        {f"amount_{code}": "float64", "rate": "float64", "rate_note": schema.TEXT}.items()
    ):
        values = [rows[i][number] for i in ids]
        frame[name] = pd.Series(values, index=frame.index, dtype=kind)
    frame.attrs = dict(prepared.attrs)
    return frame


def _valued(claim: Claim, ledger: Ledger) -> tuple[float | None, float | None, str | None]:
    if claim.currency is None:
        return None, None, None
    if CONSTANT in claim.said.values:
        return None, None, CONSTANT_NOTE
    unit = ledger.valuation.unit(
        claim.currency, ledger.currency, claim.value_date or claim.published, claim.precision
    )
    amount = None if claim.amount is None or unit.rate is None else claim.amount * unit.rate
    return amount, unit.rate, unit.note


def pledges_table(ledger: Ledger) -> pd.DataFrame:
    """One row per pledge."""
    records = [record(one, ledger.currency, ledger.valuation) for one in ledger.pledges]
    for row, one in zip(records, ledger.pledges, strict=True):
        row["explanation"] = _with_decisions(row["explanation"], one.claims, ledger)
    return schema.frame(records, schema.pledges(ledger.currency))


def _with_decisions(words: str, claims: Iterable[Claim], ledger: Ledger) -> str:
    told = (line[:1].upper() + line[1:] for line in ledger.decided(claims))
    return ". ".join([words, *told]) if ledger.told else words


def totals_table(ledger: Ledger, stale: Collection[str]) -> pd.DataFrame:
    """One row per point of a series; conversions of the ``stale`` claims fit only older rates."""
    records = [
        _point(series, number, point, stale, ledger)
        for series in ledger.series
        for number, point in enumerate(series.points)
    ]
    return schema.frame(records, schema.TOTALS)


def _point(
    series: Series, number: int, point: Point, stale: Collection[str], ledger: Ledger
) -> dict[str, Any]:
    flow = series.flows[number]
    words = [point.figure.words]
    if open_ended(point):
        words.append("a lower bound: the upper end is open")
    if point.as_of is None:
        words.append("no date is known")
    if any(claim.id in stale for claim in point.claims):
        words.append("its conversion fits only older rates, so the sentence is probably older")
    if flow is not None:
        words.append(flow.words)
        if number and open_ended(series.points[number - 1]):
            words.append("the earlier total is a lower bound, so less may have been added")
    return {
        "series_id": series.id,
        "donor": "|".join(series.donor) or None,
        "recipient": "|".join(series.recipient) or None,
        "scope": series.scope,
        "as_of": point.as_of,
        "amount": point.figure.amount,
        "low": point.figure.low,
        "high": point.figure.high,
        "currency": point.figure.currency,
        "flow_low": flow.low if flow else None,
        "flow_high": flow.high if flow else None,
        "claim_ids": "|".join(claim.id for claim in point.claims),
        "explanation": _with_decisions(". ".join(words), point.claims, ledger),
    }
