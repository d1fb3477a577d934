"""A reconciliation by blocks: its tables, what stands behind any row, and claims added later."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..finding import Finding
from ..ledger import Ledger
from ..links.rows import party
from ..schema import CHECKS, FINDINGS, TOTALS, among, pledges
from .across import compared
from .phases import TELLERS, Asked, Counts, Tables, ledger_of
from .run import findings_in_order, in_order, joined_table, run_blocks
from .split import Codes, blocks_of


class Blockwise:
    """The ``tables`` of blocks for ``prepared`` claims, compared with each other.

    Ledgers of single blocks are made when they are asked for. ``counts`` tell how rare words and
    amounts were among all claims when they were counted.
    """

    def __init__(
        self, prepared: pd.DataFrame, codes: Codes, tables: Tables, counts: Counts, asked: Asked
    ) -> None:
        self.prepared = prepared
        self.codes = codes
        found = compared(in_order(tables, prepared), prepared, asked)
        self.across = found.finding_ids  # findings that are made anew when claims are added
        self.tables = found.tables._replace(findings=findings_in_order(found.tables.findings))
        self.counts = counts
        self.asked = asked

    @property
    def claims(self) -> pd.DataFrame:
        """The claims with pledge, series and converted amount."""
        homes = self.tables.homes.set_index(self.prepared.index)
        claims = pd.concat([self.prepared, homes], axis=1)
        claims.attrs = dict(self.prepared.attrs)
        return claims

    @property
    def found(self) -> list[Finding]:
        """The findings as records."""
        return findings_of(self.tables.findings)

    @cached_property
    def block_of(self) -> pd.Series:
        """The block of every claim, by its id."""
        first = ~self.prepared["claim_id"].duplicated().to_numpy()
        names = pd.Index(self.prepared["claim_id"][first])
        return pd.Series(self.codes[first], index=names)

    def ledger(self, chosen: npt.NDArray[np.bool_] | None = None) -> Ledger:
        """Pledges, series, links and overlaps of the blocks of the ``chosen`` rows, else of all."""
        codes = self.codes
        rows = slice(None) if chosen is None else np.isin(codes, np.unique(codes[chosen]))
        return ledger_of(self.prepared[rows], codes[rows].tolist(), self.counts, self.asked)

    def concerned(self, donor: str | None, recipient: str | None) -> npt.NDArray[np.bool_]:
        """The rows that a sum for a donor and recipient may take, or list as left out."""
        chosen = np.ones(len(self.prepared), dtype=bool)
        for name, asked in (("donor", donor), ("recipient", recipient)):
            if asked is not None:
                wanted = {one.casefold() for one in party(asked)}
                codes, cells = pd.factorize(self.prepared[name], use_na_sentinel=False)
                fits = [
                    not own or bool(wanted & {one.casefold() for one in own})
                    for own in (party(cell if isinstance(cell, str) else None) for cell in cells)
                ]
                chosen &= np.array(fits, dtype=bool)[codes]
        return chosen

    def of_claims(self, claim_ids: list[str]) -> npt.NDArray[np.bool_]:
        """The rows of the blocks of some claims."""
        return np.isin(self.codes, self.block_of.loc[claim_ids].unique())

    def part(self, rows: npt.NDArray[np.bool_]) -> tuple[pd.DataFrame, pd.DataFrame, list[Finding]]:
        """Claims, checks and findings of whole blocks."""
        claims = self.claims[rows]
        ids = set(claims["claim_id"])
        checks = self.tables.checks
        found = self.tables.findings
        named = found["claim_ids"].str.split("|").explode().isin(ids)
        return (
            claims,
            checks[checks["claim_id"].isin(ids)],
            findings_of(found[named.groupby(level=0).any()]),
        )


def by_blocks(prepared: pd.DataFrame, asked: Asked, jobs: int) -> Blockwise:
    """Reconcile a prepared table by blocks."""
    codes = blocks_of(prepared)
    run = run_blocks(prepared, codes, asked, jobs)
    return Blockwise(prepared, codes, run.tables, run.counts, asked)


def with_more(before: Blockwise, prepared: pd.DataFrame, jobs: int) -> Blockwise:
    """``before`` with more claims: ``prepared`` has those of before as its first rows.

    Only blocks whose rows changed are done again, with the counts of before.
    """
    codes = blocks_of(prepared)
    known = _signatures(before.prepared, before.codes)
    now = _signatures(prepared, codes)
    same = pd.Index(now).isin(pd.Index(known))[codes]
    rows = np.nonzero(~same)[0]
    if not len(rows):
        return before
    fresh = prepared.iloc[rows].reset_index(drop=True)
    run = run_blocks(fresh, codes[rows], before.asked, jobs, before.counts)
    old = before.tables
    findings = old.findings[~among(old.findings["finding_id"], before.across)]
    kept = np.nonzero(same[: len(before.codes)])[0]
    order = np.empty(len(prepared), dtype=np.int64)
    order[kept] = np.arange(len(kept))
    order[rows] = len(kept) + np.arange(len(rows))
    homes = pd.concat([old.homes.iloc[kept], run.tables.homes], ignore_index=True).iloc[order]
    ids = set(fresh["claim_id"])
    made = run.tables
    tables = Tables(
        homes.reset_index(drop=True),
        joined_table([_outside(old.checks, "claim_id", ids), made.checks], CHECKS),
        joined_table(
            [_outside(old.pledges, "claim_ids", ids), made.pledges], pledges(before.asked.currency)
        ),
        joined_table([_outside(old.totals, "claim_ids", ids), made.totals], TOTALS),
        joined_table([_outside(findings, "claim_ids", ids), made.findings], FINDINGS),
        joined_table([_outside(old.tellers, "claim_id", ids), made.tellers], TELLERS),
    )
    return Blockwise(prepared, codes, tables, before.counts, before.asked)


def _signatures(prepared: pd.DataFrame, codes: Codes) -> npt.NDArray[np.uint64]:
    """A number for each block that changes with its set of claims."""
    hashes = pd.util.hash_array(prepared["claim_id"].to_numpy(dtype=object))
    found = np.zeros(int(codes.max()) + 1 if len(codes) else 0, dtype=np.uint64)
    np.add.at(found, codes, hashes)
    return found


def _outside(table: pd.DataFrame, column: str, ids: set[str]) -> pd.DataFrame:
    first = [cell.partition("|")[0] for cell in table[column].tolist()]
    return table[np.fromiter((name not in ids for name in first), bool, len(first))]


def findings_of(table: pd.DataFrame) -> list[Finding]:
    """The rows of a table of findings as records."""
    return [
        Finding(
            cause,
            severity,
            tuple(claim_ids.split("|")),
            message,
            bits,
            tuple(others.split("|")) if isinstance(others, str) else (),
        )
        for cause, severity, claim_ids, message, bits, others in zip(
            table["cause"],
            table["severity"],
            table["claim_ids"],
            table["message"],
            table["bits"].tolist(),
            table["alternatives"],
            strict=True,
        )
    ]
