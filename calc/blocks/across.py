"""What is found by comparing blocks: slips of scale, outlets, sums put down to two donors."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..checks import WEAK_POWER, flagged, slips_explained
from ..findings.conversions import Converter, outlets
from ..findings.finding import Finding
from ..findings.slips import SumTold, Teller, misattributed
from ..schema import FINDINGS, among, cells, records
from ..schema import frame as table_of
from .phases import Tables
from .split import Codes

_SHOWN = ["claim_id", "text", "source"]


class Across(NamedTuple):
    """The tables with what blocks say of each other, and the ids of findings made of several."""

    tables: Tables
    finding_ids: frozenset[str]


def compared(tables: Tables, claims: pd.DataFrame) -> Across:
    """Add to the tables of all blocks, in their final order but for the new findings.

    ``claims`` have an id each.
    """
    tables = _slips(tables, claims)
    made = [*_outlets(tables.checks, claims), *_misattributed(tables, claims)]
    unique = {one.id: one for one in reversed(made)}
    fresh = table_of([one.record() for one in unique.values()], FINDINGS)
    found = pd.concat([tables.findings, fresh], ignore_index=True) if unique else tables.findings
    return Across(tables._replace(findings=found), frozenset(unique))


def _slips(tables: Tables, claims: pd.DataFrame) -> Tables:
    """Slips of scale, explained with the donor's claims for any recipient."""
    explained = slips_explained(claims, tables.slips)
    if not explained:
        return tables
    checks, found = tables.checks, tables.findings
    rows = np.nonzero((checks["verdict"] == "scale").to_numpy())[0]
    slips = checks.iloc[rows]
    before = slips["explanation"].tolist()
    pairs = list(zip(slips["claim_id"], slips["base_id"], strict=True))
    after = [explained[pair] for pair in pairs]
    told = {
        (f"{base}|{claim}", old): new
        for (claim, base), old, new in zip(pairs, before, after, strict=True)
    }
    checks = _with_cells(checks, "explanation", rows, after)
    rows = np.nonzero((found["cause"] == "scale-slip").to_numpy())[0]
    slips = found.iloc[rows]
    messages = [
        told.get((ids, message), message)
        for ids, message in zip(slips["claim_ids"], slips["message"], strict=True)
    ]
    return tables._replace(checks=checks, findings=_with_cells(found, "message", rows, messages))


def _with_cells(table: pd.DataFrame, name: str, rows: Codes, cells: list[str]) -> pd.DataFrame:
    """The table with other texts in some rows of one column; the others are shared."""
    column = table[name].copy()
    column.iloc[rows] = cells
    return table.assign(**{name: column})


def _outlets(checks: pd.DataFrame, claims: pd.DataFrame) -> list[Finding]:
    tested = checks[(checks["power"] >= WEAK_POWER).to_numpy()]  # a weak test is never counted
    flags = np.array(
        [
            flagged(verdict, power)
            for verdict, power in zip(tested["verdict"], tested["power"], strict=True)
        ],
        dtype=bool,
    )
    told = among(claims["claim_id"], set(tested["claim_id"]))
    claims = claims.loc[told, ["claim_id", "publisher", "role"]]
    rows = pd.Index(claims["claim_id"]).get_indexer(pd.Index(tested["claim_id"]))
    publishers, _ = pd.factorize(claims["publisher"].iloc[rows])
    named = np.isin(publishers, np.unique(publishers[flags])) & (publishers >= 0)
    tested, rows = tested[named], rows[named]
    said = zip(
        tested["claim_id"].tolist(),
        cells(claims["publisher"].iloc[rows]),
        cells(claims["role"].iloc[rows]),
        strict=True,
    )
    columns = ["claim_id", "base_text", "text", "verdict", "power"]
    return list(outlets(itertools.starmap(Converter, said), records(tested[columns])))


def _misattributed(tables: Tables, claims: pd.DataFrame) -> list[Finding]:
    pledges = tables.pledges
    pledges = pledges.iloc[_of_two_donors(pledges)]
    names = tables.tellers.set_index("pledge_id")["claim_id"].loc[pledges["pledge_id"]].tolist()
    shown = claims[among(claims["claim_id"], set(names))][_SHOWN]
    tellers = {row[0]: Teller(*row) for row in shown.itertuples(index=False, name=None)}
    told = [
        SumTold(
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


def _of_two_donors(pledges: pd.DataFrame) -> Codes:
    """The dated pledges of an amount that two donors have for one recipient."""
    keys = pd.DataFrame(
        {name: pd.factorize(pledges[name])[0] for name in ("donor", "recipient", "currency")}
        | {"amount": pledges["amount"].to_numpy()}
    )
    known = (keys["donor"] >= 0) & (keys["recipient"] >= 0) & keys["amount"].notna()
    keys = keys[known & (keys["currency"] >= 0) & pledges["first_published"].notna()]
    donors = keys.groupby(["recipient", "currency", "amount"])["donor"].transform("nunique")
    return keys.index[donors > 1].to_numpy(dtype=np.int64)
