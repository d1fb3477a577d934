"""Which of two figures is a thousand times wrong: what the donor's other claims say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

import numpy as np
import pandas as pd

from .stated import Side
from .verdicts import Judgement

_ALIKE = Decimal("0.01")  # two claims of one amount may be rounded to two digits
_ROLES = ("pledge", "total")


class Others:
    """The amounts that the claims of a table give for some donors, with where they stand."""

    def __init__(self, claims: pd.DataFrame, donors: Collection[str | None]) -> None:
        self._amounts = np.empty(0)
        self._of: dict[tuple[str, str], tuple[int, int]] = {}  # places among the amounts
        if not {"donor", "currency", "amount", "claim_id"} <= set(claims.columns):
            return
        amounts = pd.to_numeric(claims["amount"]).astype("float64")
        told = claims["donor"].isin([name for name in donors if name is not None])
        told &= _is_text(claims["currency"]) & (amounts > 0)
        if "role" in claims.columns:
            told &= claims["role"].isin(_ROLES) | ~_is_text(claims["role"])
        names = [name for name in ("source", "text") if name in claims.columns]
        concerned = claims.loc[told, ["donor", "currency", *names]].assign(amount=amounts[told])
        concerned = concerned.sort_values(["donor", "currency", "amount"], ignore_index=True)
        self._amounts = concerned["amount"].to_numpy()
        self._source = concerned["source"] if "source" in names else None
        self._text = concerned["text"] if "text" in names else None
        sizes = concerned.groupby(["donor", "currency"], sort=False).size()
        ends = sizes.cumsum()
        self._of = dict(zip(sizes.index, zip(ends - sizes, ends, strict=True), strict=True))

    def verdict(self, found: Judgement) -> str | None:
        """What other documents of the donor say about a slip of scale, or None."""
        if found.trial is None or len(found.trial.terms) != 1 or found.verdict != "scale":
            return None
        stated = found.stated
        step = Decimal(10) ** int(found.trial.terms[0].partition(":")[2])
        for wrong, right, factor in (
            (stated.stated, stated.base, 1 / step),
            (stated.base, stated.stated, step),
        ):
            told = self._told(stated.donor, wrong, factor, stated.source) or self._told(
                stated.donor, right, Decimal(1), stated.source
            )
            if told:
                return (
                    f"; {told[1]} has {told[0]} of the same donor, so it is {wrong.words} that is "
                    "wrong"
                )
        return None

    def _told(
        self, donor: str | None, side: Side, factor: Decimal, source: str | None
    ) -> tuple[str, str] | None:
        """Words and source of another document's claim of that amount."""
        if donor is None or side.currency is None or side.printed is None:
            return None
        wanted = side.printed.amount * factor
        near = [
            (words, where)
            for amount, where, words in self._between((donor, side.currency), float(wanted))
            if where != str(source) and abs(Decimal(str(amount)) - wanted) <= _ALIKE * wanted
        ]
        return min(near, default=None)

    def _between(self, key: tuple[str, str], wanted: float) -> Iterator[tuple[float, str, str]]:
        """Amount, source and words of the claims of about that amount, and of some more."""
        start, stop = self._of.get(key, (0, 0))
        ends = (wanted * (1 - 2 * float(_ALIKE)), wanted * (1 + 2 * float(_ALIKE)))
        first, last = self._amounts[start:stop].searchsorted(ends).tolist()
        for place in range(start + first, start + last):
            amount = float(self._amounts[place])
            words = None if self._text is None else self._text.iat[place]
            said = " ".join(words.split()) if isinstance(words, str) else f"{amount:,.0f}"
            yield amount, str(None if self._source is None else self._source.iat[place]), said


def _is_text(column: pd.Series) -> pd.Series:
    if isinstance(column.dtype, pd.StringDtype):
        return column.notna()
    return column.map(lambda cell: isinstance(cell, str)).astype(bool)


def with_others(words: str, found: Judgement, others: Others) -> str:
    """The sentence of a judgement with what the donor's other claims add to it."""
    more = others.verdict(found)
    return f"{words.removesuffix('.')}{more}." if more else words
