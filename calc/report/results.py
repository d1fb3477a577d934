"""What kinds of results there are, told by what they have: none is imported to be shown.

A result is a table, a reconciliation, a safe sum, one record, a list of records with the same
keys, or a tuple of windows of fixing days.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

if TYPE_CHECKING:
    import pandas as pd


class WithPledges(Protocol):
    """A result whose pledges are told by claims."""

    @property
    def claims(self) -> pd.DataFrame:
        """The claims."""

    @property
    def pledges(self) -> pd.DataFrame:
        """The pledges."""


class ReconciledTables(Protocol):
    """The tables of a reconciliation that a report shows."""

    @property
    def claims(self) -> pd.DataFrame: ...
    @property
    def pledges(self) -> pd.DataFrame: ...
    @property
    def totals(self) -> pd.DataFrame: ...
    @property
    def findings(self) -> pd.DataFrame: ...


class SummedTables(Protocol):
    """A safe sum: its ends, what it includes and what it left out."""

    low: float
    high: float
    currency: str
    note: str
    open_end: bool
    likely: float
    plausible_high: float
    questions: tuple[str, ...]
    included: pd.DataFrame
    excluded: pd.DataFrame


class OneRecord(Protocol):
    """What is one record, such as a conversion."""

    def to_dict(self) -> Mapping[str, object]:
        """The record."""


Ranges = Mapping[str, tuple[float, float]]


def printed_ranges(result: object) -> Ranges:
    """The ranges of the printed digits by pledge, where the result knows them."""
    found: Ranges = getattr(result, "printed_ranges", {})
    return found


def overview_of(result: object) -> Any:
    """The page of the registers of a result, where it has any."""
    return getattr(result, "overview", None)


def reports_of(result: WithPledges) -> pd.DataFrame:
    """The pledges that reports tell of: those that are no entries of a register."""
    claims = result.claims
    entries = set(claims.loc[claims["entry"] == "ledger", "claim_id"])
    # Places: a list of no truths is one of no columns. `schema.where` knows that, but needs pandas,
    # and a single conversion loads this file.
    own = [at for at, cell in enumerate(result.pledges["claim_ids"]) if cell not in entries]
    return result.pledges.iloc[own]


def is_table(result: object) -> TypeGuard[pd.DataFrame]:
    """Whether a result is a table."""
    return hasattr(result, "itertuples")


def is_reconciliation(result: object) -> TypeGuard[ReconciledTables]:
    """Whether a result is a reconciliation; a table with such columns is none."""
    return not is_table(result) and hasattr(result, "pledges") and hasattr(result, "findings")


def is_sum(result: object) -> TypeGuard[SummedTables]:
    """Whether a result is a safe sum."""
    return not is_table(result) and hasattr(result, "included") and hasattr(result, "excluded")


def is_record(result: object) -> TypeGuard[OneRecord]:
    """Whether a result is one record."""
    return not is_table(result) and hasattr(result, "to_dict")


def unknown(result: object) -> TypeError:
    """The error for what is no result of ours.

    >>> unknown(5)
    TypeError('no report for int')
    """
    return TypeError(f"no report for {type(result).__name__}")
