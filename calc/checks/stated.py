"""The stated conversions of a claims table: what each says, or why it cannot be tested."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd

from rates.amounts import scales
from rates.errors import PledgecalcError, UsageError

from ..figures import printed_of
from ..schema import TEXT, among, cells
from ..values.intervals import Printed, printed_number
from ..values.valuation import CONSTANT

_COLUMNS = (
    "claim_id", "source", "start", "text", "conversion_of", "published", "value_date",
    "value_date_precision", "donor", "recipient", "publisher", "amount", "currency",
    "currency_candidates", "currency_basis", "qualifier", "repeats", "said",
)  # fmt: skip
_SIGNS = "$€£¥₴₹₩₺₽₪฿₱₦₫"  # money signs, which are no letters


class Side(NamedTuple):
    """One of the two figures: its words, its number and the currencies it may be in.

    ``text`` is the cell of the table, ``words`` how a sentence quotes it.
    """

    claim_id: str
    text: str | None
    words: str
    printed: Printed | None
    currency: str | None
    candidates: tuple[str, ...]
    basis: str | None
    qualifier: str | None

    @property
    def ambiguous(self) -> bool:
        """Whether the currency is only the first of several candidates."""
        return self.basis == "ambiguous"


class Stated(NamedTuple):
    """A stated conversion; ``problem`` says why it cannot be tested, else it is ``None``."""

    source: str | None
    base: Side
    stated: Side
    published: dt.date | None
    value_date: dt.date | None
    precision: str
    dated_by_publication: bool
    donor: str | None
    recipient: str | None
    publisher: str | None
    problem: str | None

    @property
    def is_early(self) -> bool:
        """Whether it may be of a time before the euro and its fixings."""
        return any(day is not None and day < _EARLY for day in (self.published, self.value_date))


_EARLY = dt.date(2000, 1, 1)  # a year after the first fixing: an older rate may still be used then
Row = Mapping[Hashable, Any]  # of plain cells: what is missing is None


def stated_conversions(claims: pd.DataFrame) -> list[Stated]:
    """Return the stated conversions of the table, ordered by source, place and claim_id.

    The order does not depend on the order of the rows. Columns that a table lacks count as
    empty; without ``conversion_of`` there is no stated conversion. ``UsageError`` for anything
    that is no table of claims.
    """
    if not isinstance(claims, pd.DataFrame) or "claim_id" not in claims.columns:
        raise UsageError(
            "check takes a table of claims with a column claim_id, as read() returns it"
        )
    if "conversion_of" not in claims.columns:
        return []
    stated = claims["conversion_of"].map(lambda cell: isinstance(cell, str) and bool(cell.strip()))
    stated = stated.astype(bool)
    names = set(claims["conversion_of"][stated])
    if "repeats" in claims.columns:
        names |= set(claims["repeats"][stated].dropna())
    concerned = claims[stated | among(claims["claim_id"].astype(TEXT), names)]
    own = [name for name in _COLUMNS if name in claims.columns]
    columns = (cells(concerned[name]) for name in own)
    rows: list[Row] = [dict(zip(own, row, strict=True)) for row in zip(*columns, strict=True)]
    rows.sort(key=_place)
    bases: dict[str, Row] = {}
    for row in rows:
        bases.setdefault(str(row["claim_id"]), row)
    return [
        _stated(row, bases)
        for row in rows
        if _text(row, "conversion_of") and not _told_again(row, bases)
    ]


def _told_again(row: Row, bases: Mapping[str, Row]) -> bool:
    """Whether a headline only tells again, and may round, what the body converts."""
    again = bases.get(_text(row, "repeats") or "")
    return again is not None and again.get("conversion_of") == row["conversion_of"]


def _place(row: Row) -> tuple[str, float, str, str]:
    start = row.get("start")
    return (
        _text(row, "source") or "",
        float("inf") if start is None else float(start),
        str(row["claim_id"]),
        _text(row, "text") or "",
    )


def _stated(row: Row, bases: Mapping[str, Row]) -> Stated:
    base_id = _text(row, "conversion_of") or ""
    base_row = bases.get(base_id)
    base = _side({"claim_id": base_id} if base_row is None else base_row)
    stated = _side(row)
    either: Row = {} if base_row is None else base_row
    published = _date(row, "published") or _date(either, "published")
    dated = row if _date(row, "value_date") else either
    value_date = _date(dated, "value_date")
    problem = None
    if base_row is None:
        problem = f"the figure that it converts ({base_id}) is not in the table"
    elif value_date is None and published is None:
        problem = "neither the source nor the act has a date; a publication date would help"
    elif any(CONSTANT in (_text(one, "said") or "").split("|") for one in (row, base_row)):
        problem = "a figure in constant prices is converted by no rate of a day"
    return Stated(
        source=_text(row, "source"),
        base=base,
        stated=stated,
        published=published,
        value_date=value_date or published,
        precision=(_text(dated, "value_date_precision") if value_date else None) or "day",
        dated_by_publication=value_date is None or value_date == published,
        donor=_text(row, "donor") or _text(either, "donor"),
        recipient=_text(row, "recipient") or _text(either, "recipient"),
        publisher=_text(row, "publisher") or _text(either, "publisher"),
        problem=problem or _untestable(base, stated),
    )


def _untestable(base: Side, stated: Side) -> str | None:
    for side, name in ((base, "converted figure"), (stated, "stated equivalent")):
        if side.printed is None:
            return f"the {name} is not one printed number: a range or a vague amount has no rate"
        if side.printed.amount <= 0:
            return f"the {name} is not a positive amount"
        if side.currency is None:
            return f"the currency of the {name} is not known"
    if base.currency == stated.currency:
        return (
            f"both figures are in {base.currency}, so no exchange rate is involved; "
            f"one of the currencies may be misread"
        )
    return None


def _side(row: Row) -> Side:
    currency = (_text(row, "currency") or "").strip().upper() or None
    printed = _printed(row)
    return Side(
        claim_id=str(row["claim_id"]),
        text=_text(row, "text"),
        words=_words(row, printed, currency),
        printed=printed,
        currency=currency,
        candidates=tuple(
            code for code in (_text(row, "currency_candidates") or "").split("|") if code
        ),
        basis=_text(row, "currency_basis"),
        qualifier=_text(row, "qualifier"),
    )


def _printed(row: Row) -> Printed | None:
    """The number with its digits: those of the text, scaled when the table says so.

    The amount of the table decides: a text whose number differs from it by a power of ten stands
    in a column with a unit ("EUR million"), and any other difference means that the digits of
    the text are not those of the amount.
    """
    amount = row.get("amount")
    if amount is None:
        return None
    try:
        plain = printed_number(_plain(amount))
    except PledgecalcError:
        return None
    text = _text(row, "text")
    written = printed_of(text) if text else None
    if written is None or not written.amount or not plain.amount:
        return plain
    factor = plain.amount / written.amount
    if abs(factor - 1) < Decimal("1e-9"):
        return written
    if factor > 0 and factor == Decimal(10) ** factor.adjusted():
        return Printed(plain.amount, written.ulp * factor)
    return plain


def _plain(amount: Any) -> Decimal | str:
    """A float prints as ``683000000.0``: its last digit is no printed digit."""
    if isinstance(amount, str):
        return amount
    value = Decimal(str(amount))
    if not value.is_finite():
        return str(amount)
    return Decimal(int(value)) if value == value.to_integral_value() else value


def _words(row: Row, printed: Printed | None, currency: str | None) -> str:
    """The words of the source; a bare number of a table gets its currency."""
    text = " ".join((_text(row, "text") or "").split())
    if not text:
        text = f"{printed.amount.normalize():,f}" if printed else "an amount"
    bare = all(
        word in scales() or not any(char.isalpha() or char in _SIGNS for char in word)
        for word in text.split()
    )
    return f"{text} {currency}" if currency and bare else text


def _text(row: Row, column: str) -> str | None:
    value = row.get(column)
    if value is None or not isinstance(value, str) or not value.strip():
        return None
    return value


def _date(row: Row, column: str) -> dt.date | None:
    value = row.get(column)
    if value is None:
        return None
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value.strip()[:10])
        except ValueError:
            return None
    if isinstance(value, dt.datetime):  # a Timestamp is one
        return value.date()
    return value if isinstance(value, dt.date) else None
