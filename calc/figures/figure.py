"""The figure: one printed amount of money, or one printed range."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Figure(NamedTuple):
    """A printed amount: ``document[start:end] == text`` (number, scale and currency only).

    ``low`` and ``high`` are the printed bounds in units of ``currency``, None = open; ``amount``
    is None for a range or a vague amount. ``currency`` is the first of ``currency_candidates``;
    ``currency_basis`` is code, sign, prefix, name or ambiguous. ``digits`` is the number as
    printed, ``scale`` its multiplier. ``other_amount`` is the second reading of a number such as
    1,250 whose separator leaves two, else None.
    """

    text: str
    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    amount: Decimal | None
    currency: str
    currency_candidates: tuple[str, ...]
    currency_basis: str
    qualifier: str | None
    scale: Decimal
    digits: str
    qualifier_span: tuple[int, int] | None = None
    other_amount: Decimal | None = None
