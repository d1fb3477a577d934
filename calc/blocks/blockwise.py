"""A reconciliation by blocks: its tables, what stands behind any row, and claims added later."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from rates.notebook_progress import Progress

from ..findings.finding import Finding
from ..ledger.ledger import Ledger
from ..links.rows import party
from ..schema import CHECKS, FINDINGS, TOTALS, among, pledges, records
from ..telling.explain import Subject, one_id
from .across import Across, compared
from .checked import known_checks
from .grounds import Shown
from .order import Kept, findings_in_order, in_order, taken
from .phases import TELLERS, Counts, Tables, Terms, ledger_of
from .run import joined_table, run_blocks, run_with_counts
from .split import Codes, blocks_of


class Blockwise:
    """The ``tables`` of blocks for ``prepared`` claims, compared with each other.

    Ledgers are made when they are asked for. ``across`` are the ids of findings
    that compare blocks. ``counts`` tell how rare words and amounts were among all claims when they
    were counted.
    """

    def __init__(
        self,
        prepared: pd.DataFrame,
        codes: Codes,
        tables: Tables,
        across: frozenset[str],
        counts: Counts,
        terms: Terms,
    ) -> None:
        self.prepared = prepared
        self.codes = codes
        self.across = across  # findings that are made anew when claims are added
        self.tables = tables
        self.counts = counts
        self.terms = terms
        self.ruled = False  # decisions may be about any claims: they are never settled by blocks
        self.decision_notes: tuple[str, ...] = ()
        self._ledger: Ledger | None = None

    @cached_property
    def shown(self) -> Shown:
        """The tables of all blocks."""
        homes = self.tables.homes.set_index(self.prepared.index)
        claims = pd.concat([self.prepared, homes], axis=1)
        claims.attrs = dict(self.prepared.attrs)
        tables = self.tables
        return Shown(claims, tables.checks, tables.pledges, tables.totals, tables.findings)

    @cached_property
    def found(self) -> list[Finding]:
        """The findings as records."""
        return findings_of(self.tables.findings)

    @property
    def ledger(self) -> Ledger:
        """The ledger of all blocks, made when it is asked for."""
        if self._ledger is None:
            self._ledger = self._of_rows(np.ones(len(self.prepared), dtype=bool))
        return self._ledger

    def concerning(self, donor: str | None, recipient: str | None) -> Ledger:
        """The ledger of all blocks when it was made, else of those that a sum is about."""
        if self._ledger is not None:
            return self._ledger
        return self._of_rows(self._concerned(donor, recipient))

    def subject(self, identifier: str) -> Subject:
        """The one block that has the id."""
        claim_ids = self._claims_behind(identifier)
        rows = np.isin(self.codes, self._block_of.loc[claim_ids].unique())
        claims = self.shown.claims[rows]
        ids = set(claims["claim_id"])
        checks, found = self.tables.checks, self.tables.findings
        named = found["claim_ids"].str.split("|").explode().isin(ids)
        return Subject(
            self._of_rows(rows),
            claims,
            records(checks[checks["claim_id"].isin(ids)]),
            findings_of(found[named.groupby(level=0).any()]),
            self.terms.policy,
            self.terms.rates,
        )

    def _claims_behind(self, identifier: str) -> list[str]:
        """The claims of a pledge, series or finding, or the one claim, that an id names."""
        ids = {
            "claim_id": self.prepared,
            "pledge_id": self.tables.pledges,
            "series_id": self.tables.totals,
            "finding_id": self.tables.findings,
        }
        known = [one for column, table in ids.items() for one in table[column].unique()]
        name = one_id(identifier, known)
        for column in ("series_id", "finding_id"):
            table = ids[column]
            cells: list[str] = table.loc[table[column] == name, "claim_ids"].tolist()
            if cells:
                return cells[0].split("|")
        return [name.removeprefix("p-")]

    @cached_property
    def _block_of(self) -> pd.Series:
        """The block of every claim, by its id."""
        first = ~self.prepared["claim_id"].duplicated().to_numpy()
        names = pd.Index(self.prepared["claim_id"][first])
        return pd.Series(self.codes[first], index=names)

    def _of_rows(self, chosen: npt.NDArray[np.bool_]) -> Ledger:
        """Pledges, series, links and overlaps of the blocks of the ``chosen`` rows."""
        codes = self.codes
        rows = np.isin(codes, np.unique(codes[chosen]))
        return ledger_of(self.prepared[rows], codes[rows].tolist(), self.counts, self.terms)

    def _concerned(self, donor: str | None, recipient: str | None) -> npt.NDArray[np.bool_]:
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

    def grown(self, prepared: pd.DataFrame, jobs: int) -> Blockwise:
        """The grounds with more claims: only the blocks that get one are done again."""
        return with_more(self, prepared, jobs)


def by_blocks(
    prepared: pd.DataFrame, terms: Terms, jobs: int, progress: Progress | None = None
) -> Blockwise:
    """Reconcile a prepared table by blocks."""
    codes = blocks_of(prepared)
    run = run_blocks(prepared, codes, terms, jobs, progress)
    found = _finished(run.tables, prepared)
    return Blockwise(prepared, codes, found.tables, found.finding_ids, run.counts, terms)


def with_more(before: Blockwise, prepared: pd.DataFrame, jobs: int) -> Blockwise:
    """``before`` with more claims: ``prepared`` has those of before as its first rows.

    Only blocks whose rows changed are done again, with the counts of before.
    """
    terms, counts = before.terms, before.counts
    codes = blocks_of(prepared)
    same = _same_rows(before.codes, codes)
    rows = np.nonzero(~same)[0]
    if not len(rows):
        return before
    fresh = prepared.iloc[rows].reset_index(drop=True)
    again, added = set(fresh["claim_id"]), set(prepared["claim_id"].iloc[len(before.codes) :])
    checks = known_checks(before.tables.checks, again, added)
    made = run_with_counts(fresh, codes[rows], terms, jobs, counts, checks)
    both, kept = _both(before, made, rows, again)
    found = _finished(both, prepared, kept)
    return Blockwise(prepared, codes, found.tables, found.finding_ids, counts, terms)


def _same_rows(before: Codes, now: Codes) -> npt.NDArray[np.bool_]:
    """Which rows stand in a block that has the rows that it had ``before``, and no others."""
    count = int(now.max()) + 1 if len(now) else 0
    old, new = now[: len(before)], now[len(before) :]
    then = np.full(count, -1, dtype=np.int64)  # for each block that one of its rows stood in
    then[old] = before
    sizes = np.append(np.bincount(before), 0)  # a block of new rows alone finds the nought
    same = np.bincount(now, minlength=count) == sizes[then]
    same[old[before != then[old]]] = False
    same[new] = False
    found: npt.NDArray[np.bool_] = same[now]
    return found


def _both(before: Blockwise, made: Tables, rows: Codes, ids: set[str]) -> tuple[Tables, Kept]:
    """The tables of before with those ``made`` for ``rows``, and which of their rows to keep."""
    old = before.tables
    kept = Kept(
        *(
            np.append(_outside(table, column, ids), np.ones(len(more), dtype=bool))
            for table, column, more in (
                (old.checks, "claim_id", made.checks),
                (old.pledges, "claim_ids", made.pledges),
                (old.totals, "claim_ids", made.totals),
            )
        )
    )
    order = np.arange(len(before.codes) + len(rows) - int((rows < len(before.codes)).sum()))
    order[rows] = len(before.codes) + np.arange(len(rows))
    within = ~among(old.findings["finding_id"], before.across)
    within &= _outside(old.findings, "claim_ids", ids)
    tellers = old.tellers[_outside(old.tellers, "claim_id", ids)]
    return (
        Tables(
            taken(pd.concat([old.homes, made.homes], ignore_index=True), order),
            joined_table([old.checks, made.checks], CHECKS),
            joined_table([old.pledges, made.pledges], pledges(before.terms.currency)),
            joined_table([old.totals, made.totals], TOTALS),
            joined_table([old.findings[within], made.findings], FINDINGS),
            joined_table([tellers, made.tellers], TELLERS),
            {pair: slip for pair, slip in old.slips.items() if pair[0] not in ids} | made.slips,
        ),
        kept,
    )


def _finished(tables: Tables, prepared: pd.DataFrame, kept: Kept | None = None) -> Across:
    """The tables in their order, with what blocks say of each other."""
    known = prepared["claim_id"].is_unique
    claims = prepared if known else prepared.drop_duplicates("claim_id")
    found = compared(in_order(tables, claims, kept), claims)
    findings = findings_in_order(found.tables.findings)
    return found._replace(tables=found.tables._replace(findings=findings))


def _outside(table: pd.DataFrame, column: str, ids: set[str]) -> npt.NDArray[np.bool_]:
    """Which rows are of no claim with one of the ``ids``: a block has all claims of a row."""
    first = (cell.partition("|")[0] for cell in table[column].tolist())
    return np.fromiter((name not in ids for name in first), bool, len(table))


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
