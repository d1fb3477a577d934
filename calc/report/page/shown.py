"""What the page shows of a reconciliation, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ... import schema
from ..results import Ranges, ReconciledTables, overview_of
from ..sections import records

if TYPE_CHECKING:
    import pandas as pd

# Beyond these a page is no page to read; the tables of the command line have every row.
MOST_CLAIMS = 20_000
MOST_PLEDGES = 5_000
MOST_FINDINGS = 2_000
MOST_CONVERSIONS = 2_000
MOST_NAMED = 300  # entries of registers that findings name
MOST_PAIRS = 60  # of donor and receiver, each with a sum of its own


class PairSum(Protocol):
    """A safe sum as the page tells it."""

    low: float
    high: float
    likely: float
    plausible_high: float
    currency: str
    note: str
    included: pd.DataFrame
    excluded: pd.DataFrame

    @property
    def range_text(self) -> str:
        """The range in words."""


class WithLines(Protocol):
    """An explanation."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that explain it."""


class ForPage(ReconciledTables, Protocol):
    """A reconciliation with all that its page tells of it."""

    currency: str
    policy: str
    checks: pd.DataFrame
    documents: list[dict[str, Any]]
    decision_notes: list[str]

    @property
    def decisions(self) -> Sequence[Any]: ...
    @property
    def rates(self) -> Any: ...
    @property
    def overview(self) -> Any: ...
    @property
    def printed_ranges(self) -> Ranges: ...
    def total(self, donor: str | None = None, recipient: str | None = None) -> PairSum: ...
    def explain(self, identifier: str) -> WithLines: ...


Record = Mapping[str, Any]
Claims = Mapping[str, dict[str, Any]]


def claims_of(result: ForPage) -> Claims:
    """The claims that the page shows, by id: all that were told, of very many those it speaks of.

    Rows of registers are counted in its tables and not repeated one by one.
    """
    frame = bare(result.claims)
    if overview_of(result) is not None:
        told = frame[frame["entry"] != "ledger"]
        return {str(row["claim_id"]): row for row in records(told)[:MOST_CLAIMS]} | {
            str(row["claim_id"]): row for row in records(named_entries(result))
        }
    if len(frame) > MOST_CLAIMS:
        named = {
            name
            for table, most in (
                (result.findings, MOST_FINDINGS),
                (largest(result.pledges, result.currency), MOST_PLEDGES),
                (result.totals, MOST_PLEDGES),
            )
            for cell in table["claim_ids"].head(most).tolist()
            for name in str(cell).split("|")
        }
        frame = frame[schema.among(frame["claim_id"], named)].head(MOST_CLAIMS)
    return {str(row["claim_id"]): row for row in records(frame)}


def named_entries(result: ForPage) -> pd.DataFrame:
    """The entries of registers that findings are about, so that their links lead somewhere."""
    frame = bare(result.claims)
    frame = frame[frame["entry"] == "ledger"]
    cells = result.findings["claim_ids"].head(MOST_FINDINGS).tolist()
    wanted = {name for cell in cells for name in str(cell).split("|")}
    return frame[schema.among(frame["claim_id"], wanted)].head(MOST_NAMED)


def bare(frame: pd.DataFrame) -> pd.DataFrame:
    """A table without what hangs on it, which pandas would copy with every column."""
    made = frame.copy(deep=False)
    made.attrs = {}
    return made


def largest(pledges: pd.DataFrame, currency: str) -> pd.DataFrame:
    """The pledges, those with most money first."""
    code = currency.lower()
    size = pledges[f"amount_{code}"].fillna(pledges[f"high_{code}"])
    size = size.fillna(pledges[f"low_{code}"]).fillna(0.0)
    order = size.sort_values(ascending=False, kind="stable").index
    return pledges.loc[order]
