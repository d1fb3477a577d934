"""Which of two figures is a thousand times wrong: what the donor's other claims say."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

import pandas as pd

from .stated import Side
from .verdicts import Judgement

_ALIKE = Decimal("0.01")  # two claims of one amount may be rounded to two digits
_ROLES = ("pledge", "total")


class Others:
    """The amounts that the claims of a table give for some donors, with where they stand."""

    def __init__(self, claims: pd.DataFrame, donors: Collection[str | None]) -> None:
        self._of: dict[tuple[str, str], list[tuple[float, str, str]]] = defaultdict(list)
        self._sorted: set[tuple[str, str]] = set()
        if not {"donor", "currency", "amount", "claim_id"} <= set(claims.columns):
            return
        claims = claims[claims["donor"].isin([name for name in donors if name is not None])]
        role = claims["role"] if "role" in claims.columns else ["pledge"] * len(claims)
        source = claims["source"] if "source" in claims.columns else [None] * len(claims)
        text = claims["text"] if "text" in claims.columns else [None] * len(claims)
        columns = (claims["donor"], claims["currency"], claims["amount"], role, source, text)
        for donor, currency, amount, kind, where, words in zip(*columns, strict=True):
            if not isinstance(donor, str) or not isinstance(currency, str) or pd.isna(amount):
                continue
            if amount > 0 and (kind in _ROLES or not isinstance(kind, str)):
                said = " ".join(words.split()) if isinstance(words, str) else f"{amount:,.0f}"
                self._of[donor, currency].append((float(amount), str(where), said))

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

    def _between(self, key: tuple[str, str], wanted: float) -> list[tuple[float, str, str]]:
        """The claims of about that amount, and some more."""
        told = self._of.get(key, [])
        if key not in self._sorted:
            told.sort()
            self._sorted.add(key)
        first, last = wanted * (1 - 2 * float(_ALIKE)), wanted * (1 + 2 * float(_ALIKE))
        return told[bisect_left(told, (first,)) : bisect_left(told, (last,))]


def with_others(words: str, found: Judgement, others: Others) -> str:
    """The sentence of a judgement with what the donor's other claims add to it."""
    more = others.verdict(found)
    return f"{words.removesuffix('.')}{more}." if more else words
