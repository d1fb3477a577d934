"""What is found by comparing blocks: slips of scale, outlets, sums put down to two donors."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from ..checks import flagged, slips_explained
from ..conversions_compared import Converter, outlets
from ..finding import Finding
from ..schema import FINDINGS, among
from ..schema import frame as table_of
from ..slips import Teller, Told, misattributed
from .phases import Asked, Tables

_SHOWN = ["claim_id", "text", "source"]


class Across(NamedTuple):
    """The tables with what blocks say of each other, and the ids of findings made of several."""

    tables: Tables
    finding_ids: frozenset[str]


def compared(tables: Tables, prepared: pd.DataFrame, asked: Asked) -> Across:
    """Add to the tables of all blocks, in their final order but for the new findings."""
    known = prepared["claim_id"].is_unique
    claims = prepared if known else prepared.drop_duplicates("claim_id")
    tables = _slips(tables, claims, asked)
    made = [*_outlets(tables.checks, claims), *_misattributed(tables, claims)]
    unique = {one.id: one for one in reversed(made)}
    fresh = table_of([one.record() for one in unique.values()], FINDINGS)
    found = pd.concat([tables.findings, fresh], ignore_index=True) if unique else tables.findings
    return Across(tables._replace(findings=found), frozenset(unique))


def _slips(tables: Tables, claims: pd.DataFrame, asked: Asked) -> Tables:
    """Slips of scale, explained with the donor's claims for any recipient."""
    explained = slips_explained(claims, tables.checks, asked.policy, asked.rates)
    if not explained:
        return tables
    checks, found = tables.checks.copy(), tables.findings.copy()
    rows = checks.index[checks["verdict"] == "scale"]
    slips = checks.loc[rows]
    before = slips["explanation"].tolist()
    pairs = list(zip(slips["claim_id"], slips["base_id"], strict=True))
    after = [explained[pair] for pair in pairs]
    checks.loc[rows, "explanation"] = after
    told = {
        (f"{base}|{claim}", old): new
        for (claim, base), old, new in zip(pairs, before, after, strict=True)
    }
    rows = found.index[found["cause"] == "scale-slip"]
    slips = found.loc[rows]
    found.loc[rows, "message"] = [
        told.get((ids, message), message)
        for ids, message in zip(slips["claim_ids"], slips["message"], strict=True)
    ]
    return tables._replace(checks=checks, findings=found)


def _outlets(checks: pd.DataFrame, claims: pd.DataFrame) -> list[Finding]:
    tested = checks[checks["power"].notna()]
    flags = [
        flagged(verdict, power)
        for verdict, power in zip(tested["verdict"], tested["power"], strict=True)
    ]
    by_id = claims.set_index("claim_id")[["publisher", "role"]]
    publishers = by_id["publisher"].reindex(tested["claim_id"]).to_numpy()
    named = pd.unique(publishers[flags])
    tested = tested[pd.Index(publishers).isin(named)]
    own = by_id.loc[tested["claim_id"]]
    converters = [
        Converter(name, publisher if isinstance(publisher, str) else None, role)
        for name, publisher, role in zip(own.index, own["publisher"], own["role"], strict=True)
    ]
    columns = ["claim_id", "base_text", "text", "verdict", "power"]
    return list(outlets(converters, _rows(tested, columns)))


def _rows(table: pd.DataFrame, columns: list[str]) -> list[dict[str, Any]]:
    plain = table[columns].astype(object)
    plain = plain.where(plain.notna(), None)
    return [dict(zip(columns, row, strict=True)) for row in plain.itertuples(index=False)]


def _misattributed(tables: Tables, claims: pd.DataFrame) -> list[Finding]:
    pledges = tables.pledges
    known = pledges["donor"].notna() & pledges["recipient"].notna() & pledges["amount"].notna()
    pledges = pledges[known & pledges["first_published"].notna()]
    donors = pledges.groupby(["recipient", "currency", "amount"])["donor"].transform("nunique")
    pledges = pledges[donors > 1]
    names = tables.tellers.set_index("pledge_id")["claim_id"].loc[pledges["pledge_id"]].tolist()
    shown = claims[among(claims["claim_id"], set(names))][_SHOWN]
    tellers = {row[0]: Teller(*row) for row in shown.itertuples(index=False, name=None)}
    told = [
        Told(
            tuple(donor.split("|")),
            tuple(recipient.split("|")),
            currency,
            amount,
            day.date(),
            tellers[name],
        )
        for donor, recipient, currency, amount, day, name in zip(
            pledges["donor"],
            pledges["recipient"],
            pledges["currency"],
            pledges["amount"].tolist(),
            pledges["first_published"],
            names,
            strict=True,
        )
    ]
    return list(misattributed(told))
