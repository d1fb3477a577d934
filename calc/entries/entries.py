"""The entries of registers as columns: what each is worth, of which register, equal to which one.

A register may have a million rows, so nothing here looks at them one by one: rates are looked up
once for each currency and day, parties once for each cell that differs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..decisions import Ruling
from ..links.rows import party
from ..sums.plausible import BOUNDS
from ..values.many_days import rates_of
from ..values.slack import BEYOND_A_BOUND
from ..values.valuation import Valuation
from .twins import registers_of, twins_of

Flags = npt.NDArray[np.bool_]
# Every gift counts; what is no gift, no amount or no money of its own keeps its role.
COUNTED = "pledge"


class Entries:
    """Rows of registers with their worth in ``currency``.

    ``frame`` has the columns of ``schema.CLAIMS`` and those that the tables brought, its rows by
    day, source, activity, parties and id, in whatever order they were given; ``twin`` names
    by position the first row that a row equals in every cell (itself, where it equals none).
    ``register`` numbers the registers that the rows stand in: files with the same columns are one.
    ``accepted`` are the claims whose amount a person accepted.
    """

    def __init__(
        self,
        frame: pd.DataFrame,
        currency: str,
        valuation: Valuation,
        ruling: Ruling | None = None,
    ) -> None:
        self.frame = frame = in_order(frame)
        self.currency = currency
        self.valuation = valuation
        self.ids: list[str] = frame["claim_id"].tolist()
        self.is_gift: Flags = (frame["role"] == COUNTED).to_numpy(dtype=bool)
        self.register = registers_of(frame, ruling)
        told = () if ruling is None else ruling.accepted
        self.accepted = frozenset(name for one in told for name in one.claims)
        self.twin = twins_of(frame, self.register, ruling)
        self._worths: dict[str, pd.DataFrame] = {}

    def __len__(self) -> int:
        return len(self.frame)

    @cached_property
    def parties(self) -> Mapping[str, list[tuple[str, ...]]]:
        """Donor and recipient of each row, canonical and sorted."""
        found = {}
        for name in ("donor", "recipient"):
            codes, cells = pd.factorize(self.frame[name], use_na_sentinel=False)
            named = [party(cell if isinstance(cell, str) else None) for cell in cells]
            found[name] = [named[code] for code in codes]
        return MappingProxyType(found)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Where the entry of an id stands."""
        return {name: row for row, name in enumerate(self.ids)}

    @cached_property
    def equal_rows(self) -> list[list[int]]:
        """The rows that are equal in every cell, group by group, the first of each ahead."""
        groups: dict[int, list[int]] = {}
        for row in np.flatnonzero(self.twin != np.arange(len(self))).tolist():
            head = int(self.twin[row])
            groups.setdefault(head, [head]).append(row)
        return list(groups.values())

    @cached_property
    def days(self) -> pd.Series:
        """The day whose rate counts: of the act, else of publication."""
        return self.frame["value_date"].fillna(self.frame["published"])

    def worth(self, currency: str | None = None) -> pd.DataFrame:
        """``rate`` and ``rate_note`` of each row, and its ``amount``, ``low``, ``high`` converted.

        A row without a currency, a day or a rate has none, and the note says why.
        """
        code = currency or self.currency
        if code not in self._worths:
            self._worths[code] = self._valued(code)
        return self._worths[code]

    def _valued(self, currency: str) -> pd.DataFrame:
        found = rates_of(self.frame, currency, self.valuation)
        rate = found["rate"].to_numpy()
        low, high = self._bounds()
        amounts = {"amount": self.frame["amount"].to_numpy(), "low": low, "high": high}
        worth = {name: amount * rate for name, amount in amounts.items()}
        return pd.DataFrame(
            {**worth, "rate": rate, "rate_note": found["rate_note"]}, index=self.frame.index
        )

    def _bounds(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """What each row counts for at least and at most: a cell is exact unless its words say so.

        A lower bound takes a tenth more, as far as such words reach; an upper one takes nothing.
        """
        frame = self.frame
        amount = frame["amount"].to_numpy()
        low, high = frame["amount_low"].to_numpy(), frame["amount_high"].to_numpy()
        no_low, no_high = np.isnan(low), np.isnan(high)
        bare = no_low & no_high
        least = np.where(bare, amount, np.where(no_low, 0.0, low))
        most = np.where(bare, amount, np.where(no_high, low * (1 + BEYOND_A_BOUND), high))
        return least, most

    @cached_property
    def is_outsized(self) -> Flags:
        """Which rows hold more than the world's aid of a year, which nobody accepted."""
        size = self.worth("EUR")["low"].to_numpy()
        found: Flags = size > BOUNDS["world-year"]
        for row in np.flatnonzero(found).tolist():
            found[row] = self.ids[row] not in self.accepted
        return found

    @property
    def is_counted(self) -> Flags:
        """Which rows are gifts with an amount that a sum can count."""
        return self.counted_in(self.currency)

    def counted_in(self, currency: str) -> Flags:
        """The same for a sum in another currency."""
        found: Flags = self.is_gift & ~np.isnan(self.worth(currency)["low"].to_numpy())
        return found


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows by day, source, activity, parties and id, which no order of the input changes.

    >>> from calc import schema
    >>> rows = pd.DataFrame({"claim_id": ["b", "a"]}).reindex(columns=list(schema.CLAIMS))
    >>> in_order(rows)["claim_id"].tolist()
    ['a', 'b']
    """
    names = ("claim_id", "recipient", "donor", "transaction", "activity", "source")
    keys = [pd.factorize(frame[name], sort=True)[0] for name in names]
    days = frame["value_date"].fillna(frame["published"])
    return frame.iloc[np.lexsort([*keys, days.to_numpy()])]


def summed(amounts: npt.NDArray[np.float64]) -> float:
    """The sum of amounts, exact to the last unit whatever their order.

    >>> summed(np.array([1e16, 1.0, -1e16]))
    1.0
    """
    return math.fsum(amounts.tolist())
