"""What the page shows of a reconciliation, and how much of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from ..results import Ranges

if TYPE_CHECKING:
    import pandas as pd

# Beyond these a page is no page to read; the tables of the command line have every row.
MOST_CLAIMS = 20_000
MOST_PLEDGES = 5_000
MOST_FINDINGS = 2_000
MOST_CONVERSIONS = 2_000
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


class ForPage(Protocol):
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
    def claims(self) -> pd.DataFrame: ...
    @property
    def pledges(self) -> pd.DataFrame: ...
    @property
    def totals(self) -> pd.DataFrame: ...
    @property
    def findings(self) -> pd.DataFrame: ...
    @property
    def overview(self) -> Any: ...
    @property
    def printed_ranges(self) -> Ranges: ...
    def total(self, donor: str | None = None, recipient: str | None = None) -> PairSum: ...
    def explain(self, identifier: str) -> WithLines: ...


Record = Mapping[str, Any]
