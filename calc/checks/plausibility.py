"""Which of two figures is a thousand times wrong: what the donor's other claims say."""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from .stated import Side
from .verdicts import Judgement

_ALIKE = Decimal("0.01")  # two claims of one amount may be rounded to two digits
_ROLES = ("pledge", "total")

_Said = tuple[str, str]  # words and source
_Codes = npt.NDArray[np.int64]


class Others:
    """The amounts that the claims of a table give for some donors, with where they stand."""

    def __init__(self, claims: pd.DataFrame, donors: Collection[str | None]) -> None:
        self._amounts: npt.NDArray[np.floating[Any]] = np.empty(0)
        self._of: dict[tuple[str, str], tuple[int, int]] = {}  # places among the amounts
        self._near: dict[tuple[str, str, Decimal], tuple[_Said, ...]] = {}
        if not {"donor", "currency", "amount", "claim_id"} <= set(claims.columns):
            return
        amounts = pd.to_numeric(claims["amount"]).astype("float64").to_numpy()
        wanted = {name for name in donors if name is not None}
        donor, names = _coded(claims["donor"], wanted.__contains__)
        currency, codes = _coded(claims["currency"], _is_text)
        told = (donor >= 0) & (currency >= 0) & (amounts > 0)
        if "role" in claims.columns:
            told &= _coded(claims["role"], _gives)[0] >= 0
        rows = np.nonzero(told)[0]
        # The texts stay where they are: of a million claims a slip asks for a handful.
        self._rows = rows = rows[np.lexsort((amounts[rows], currency[rows], donor[rows]))]
        self._amounts = amounts[rows]
        self._source = claims["source"] if "source" in claims.columns else None
        self._text = claims["text"] if "text" in claims.columns else None
        keys = donor[rows] * (len(codes) + 1) + currency[rows]
        unique, starts = np.unique(keys, return_index=True)
        ends = np.append(starts, len(rows))[1:]
        for key, start, end in zip(unique.tolist(), starts.tolist(), ends.tolist(), strict=True):
            name, code = divmod(key, len(codes) + 1)
            self._of[names[name], codes[code]] = (start, end)

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
    ) -> _Said | None:
        """Words and source of another document's claim of that amount."""
        if donor is None or side.currency is None or side.printed is None:
            return None
        wanted = side.printed.amount * factor
        key = (donor, side.currency, wanted)
        if key not in self._near:
            self._near[key] = _first_of_two(self._alike(donor, side.currency, wanted))
        return next((said for said in self._near[key] if said[1] != str(source)), None)

    def _alike(self, donor: str, currency: str, wanted: Decimal) -> list[_Said]:
        """Words and source of the claims of that amount, in order."""
        start, stop = self._of.get((donor, currency), (0, 0))
        amounts = self._amounts[start:stop]
        ends = (float(wanted) * (1 - 2 * float(_ALIKE)), float(wanted) * (1 + 2 * float(_ALIKE)))
        first, last = amounts.searchsorted(ends).tolist()
        found = set()
        for amount in np.unique(amounts[first:last]).tolist():
            if abs(Decimal(str(amount)) - wanted) <= _ALIKE * wanted:
                left, right = (amounts.searchsorted(amount, side) for side in ("left", "right"))
                rows = self._rows[start + int(left) : start + int(right)]
                found |= {self._said(row, amount) for row in rows.tolist()}
        return sorted(found)

    def _said(self, row: int, amount: float) -> _Said:
        words = None if self._text is None else self._text.iat[row]
        said = " ".join(words.split()) if isinstance(words, str) else f"{amount:,.0f}"
        return said, str(None if self._source is None else self._source.iat[row])


def _first_of_two(found: list[_Said]) -> tuple[_Said, ...]:
    """The first, and the first of another source: one of them is no document of the asker."""
    others = (said for said in found if said[1] != found[0][1])
    return (*found[:1], *islice(others, 1))


def _coded(column: pd.Series, wanted: Callable[[Any], bool]) -> tuple[_Codes, list[Any]]:
    """A number for each cell that is ``wanted``, -1 for others; and the cell of each number."""
    codes, cells = pd.factorize(column, use_na_sentinel=False)
    known = [place for place, cell in enumerate(cells) if wanted(cell)]
    number = np.full(len(cells), -1, dtype=np.int64)
    number[known] = np.arange(len(known))
    return number[codes], [cells[place] for place in known]


def _is_text(cell: object) -> bool:
    return isinstance(cell, str)


def _gives(role: object) -> bool:
    """Whether claims of that role, or of none, are of money that a donor gives."""
    return not isinstance(role, str) or role in _ROLES


def with_others(words: str, found: Judgement, others: Others) -> str:
    """The sentence of a judgement with what the donor's other claims add to it."""
    more = others.verdict(found)
    return f"{words.removesuffix('.')}{more}." if more else words
