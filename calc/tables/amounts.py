"""The amounts of a table: number, bounds, currency and printed form of every row."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from ..text import data_tables
from . import cells
from .columns import Mapped
from .numbers import Marks, decimal_mark, plain
from .rows import TableRows, distinct, float_of
from .told import Told
from .vocabulary import speaks_of_origin

_PHRASES = [
    (row["phrase"].casefold(), row["qualifier"], row["bound"])
    for row in data_tables.table("qualifiers")
    if row["qualifier"]
]
QUALIFIERS = {phrase: qualifier for phrase, qualifier, _ in _PHRASES}
BOUNDS = {qualifier: bound for _, qualifier, bound in _PHRASES if bound in ("low", "high")}
# "100 CR" counts in crore where the money is South Asian, and says nothing elsewhere.
_CRORE = re.compile(r"\d\s?(?:cr|crores?|lakhs?|lacs?|arab)\b", re.IGNORECASE)
_OF_CRORE = ("INR", "PKR", "BDT", "NPR", "LKR", "BTN", "MVR")
POWERS = {str(power): Decimal(10) ** power for power in (0, 3, 6, 9, 12)}
POWERS |= {"units": Decimal(1), "unit": Decimal(1), "ones": Decimal(1)}
POWERS |= {"thousands": Decimal(10**3), "millions": Decimal(10**6), "billions": Decimal(10**9)}


def _number(table: TableRows, column: str) -> list[Decimal | None]:
    if column not in table.names:
        return [None] * table.count
    found = table.each(column, cells.read_amount, lambda amount: amount.problem)
    return [None if item is None else item.amount for item in found]


class _Money(NamedTuple):
    """What a row says of its money: the printed number and what it counts in."""

    amount: float | None = None
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    basis: str | None = None
    candidates: str | None = None
    text: str | None = None
    qualifier: str | None = None
    problem: str | None = None


def fill_amounts(table: TableRows, told: Told) -> None:
    """Amounts, their bounds, currency and printed form; rows of equal cells are read once."""
    data = table.data
    amounts = _amounts(table, told)
    set_code = told.fixed.get("currency")
    money = table.each("currency", cells.read_currency, lambda found: found.problem)
    lows, highs = _number(table, "amount_low"), _number(table, "amount_high")
    for column in ("sentence_start", "start", "end"):
        data[column] = [float_of(value) for value in _number(table, column)]
    scales = _row_scales(table)
    qualifiers = _qualifiers(table)
    known: dict[tuple[Any, ...], _Money] = {}
    found: list[_Money] = []
    for row in table.raw.unsafe:
        amounts[row] = None
    rows = zip(amounts, money, lows, highs, scales, qualifiers, data["text"], strict=True)
    for row, said in enumerate(rows):
        key = (id(said[0]), id(said[1]), *said[2:])  # a cell is read once: the same object
        made = known.get(key)
        if made is None:
            made = known[key] = _money(table, said, set_code)
        if made.problem is not None and row not in table.raw.unsafe:
            table.report(row, made.problem)
        found.append(made)
    for at, column in enumerate(("amount", "amount_low", "amount_high", "currency")):
        data[column] = [one[at] for one in found]
    own = zip(found, data["currency_basis"], strict=True)
    data["currency_basis"] = [basis or one.basis for one, basis in own]
    own = zip(found, data["currency_candidates"], strict=True)
    data["currency_candidates"] = [candidates or one.candidates for one, candidates in own]
    data["text"] = [one.text for one in found]
    data["qualifier"] = [one.qualifier for one in found]


def _amounts(table: TableRows, told: Told) -> list[cells.AmountCell | None]:
    """The cells of the amount column; what one shows of the decimal mark counts for all."""
    column = table.cells("amount")
    decimal = told.decimal
    if decimal is None:
        marks = decimal_mark(distinct(column))
        decimal = marks.decimal
        if table.raw.continental and marks.example and _is_open(marks):
            decimal = None
        if decimal is not None and _matters(column, decimal):
            mark = "comma" if decimal == "," else "point"
            table.notes.append(
                f"amount: cells such as {marks.example} show that a {mark} begins the decimals; "
                "--decimal says otherwise"
            )
    read = partial(cells.read_amount, decimal=decimal, continental=table.raw.continental)
    return table.each_of(column, "amount", read, lambda amount: amount.problem)


def _is_open(marks: Marks) -> bool:
    """Only cells of one comma before three digits, which a file with semicolons may mean so."""
    return marks.decimal == "." and "." not in marks.example and marks.example.count(",") == 1


def _matters(column: list[str | None], decimal: str) -> bool:
    """Whether some cell would be read otherwise, or not at all, by itself."""
    found = [cell for cell in distinct(column) if ("," if decimal == "." else ".") in cell]
    return any(plain(cell, decimal) != cell for cell in found)


def _money(table: TableRows, key: tuple[Any, ...], set_code: str | None) -> _Money:
    """The money of rows that say the same; a problem is reported for each of them."""
    amount, money, low, high, scale, qualifier, text = key
    problem: str | None = None
    said = amount or cells.AmountCell()
    if said.currency is None and said.basis is None and said.amount is not None:
        said = cells.AmountCell() if scale is None else _scaled(said, scale)
    elif amount is None and not (low or high or text):
        problem = "amount: the cell is empty"
    if money is not None and money.is_minor and said.currency is None:
        said = _scaled(said, Decimal("0.01"))
    qualifier = qualifier or said.qualifier
    least, most = _bounds(said, qualifier, low, high)
    settled, contrary = _currency(table, said, money, set_code)
    if said.text and settled.code not in (None, *_OF_CRORE) and _CRORE.search(said.text):
        contrary = f"amount: {said.text!r} counts in crore or lakh, which {settled.code} does not"
        said, least, most = cells.AmountCell(text=said.text), None, None
    return _of_row(said, (least, most), settled, text, qualifier, contrary or problem)


def _of_row(
    said: cells.AmountCell,
    bounds: tuple[Decimal | None, Decimal | None],
    settled: cells.Money,
    text: str | None,
    qualifier: str | None,
    problem: str | None,
) -> _Money:
    shown = "|".join(settled.candidates or ((settled.code,) if settled.code else ()))
    return _Money(
        float_of(said.amount),
        float_of(bounds[0]),
        float_of(bounds[1]),
        settled.code,
        settled.basis,
        shown or None,
        text or _printed(said, settled.code),
        qualifier,
        problem,
    )


def unit_note(mapped: Mapped) -> str:
    words = {Decimal(1000): "thousand", Decimal(10**6): "million", Decimal(10**9): "billion"}
    scale = "" if mapped.scale == 1 else words.get(mapped.scale, f"× {mapped.scale:f}")
    unit = f"{mapped.currency or ''} {scale}".strip()
    return f"amounts read in {unit}, as the header or title says"


def _row_scales(table: TableRows) -> list[Decimal | None]:
    """The scale of every row: of the header, times the row's own power of ten; None = unknown."""
    common = table.mapped.scale
    if table.mapped.power is None:
        return [common] * table.count
    found: list[Decimal | None] = []
    for row, cell in enumerate(table.own(table.mapped.power)):
        scale = POWERS.get((cell or "0").strip().casefold())
        if scale is None:
            table.report(
                row, f"{table.mapped.power}: {cell!r} is no power of ten; the amount is left out"
            )
        found.append(None if scale is None else common * scale)
    return found


def _scaled(amount: cells.AmountCell, scale: Decimal) -> cells.AmountCell:
    if scale == 1 or amount.amount is None:
        return amount
    value = amount.amount * scale
    words = {Decimal(1000): "thousand", Decimal(10**6): "million", Decimal(10**9): "billion"}
    text = f"{amount.text} {words[scale]}" if scale in words else f"{value:,f}"
    return amount._replace(amount=value, low=value, high=value, text=text)


def _qualifiers(table: TableRows) -> list[str | None]:
    found: list[str | None] = []
    for row, word in enumerate(table.data["qualifier"]):
        if word is None:
            found.append(None)
            continue
        folded = " ".join(str(word).casefold().split())
        known = QUALIFIERS.get(folded)
        if known is None and folded not in QUALIFIERS.values():
            table.report(row, f"qualifier: {word!r} is kept, but its meaning is not known")
        found.append(known or str(word))
    return found


def _bounds(
    amount: cells.AmountCell, qualifier: str | None, low: Decimal | None, high: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    if low is not None or high is not None:
        return low, high
    if amount.amount is None:
        return amount.low, amount.high
    bound = BOUNDS.get(qualifier or "")
    return (
        None if bound == "high" else amount.amount,
        None if bound == "low" else amount.amount,
    )


def _currency(
    table: TableRows, amount: cells.AmountCell, money: cells.Money | None, set_code: str | None
) -> tuple[cells.Money, str | None]:
    """Settle the currency of rows between their column, the amount's text and the header.

    What was set counts where none of them says it, or leaves it open; the second is a problem.
    """
    money, problem = _with_header(table, amount, money)
    found, contrary = _settled(amount, money)
    is_open = found.code is None or found.basis == "ambiguous"
    fits = set_code is not None and (not found.candidates or set_code in found.candidates)
    if set_code is not None and fits and is_open and not contrary:
        found = cells.Money(set_code, "given", (set_code,))
    return found, problem or contrary


def _with_header(
    table: TableRows, amount: cells.AmountCell, money: cells.Money | None
) -> tuple[cells.Money | None, str | None]:
    """What the currency column says, or the header of the amounts where that speaks of them."""
    header = table.mapped.currency
    if header is None or (amount.currency is not None and "currency" in table.names):
        return money, None
    named = cells.read_currency(header)
    if money is None or money.code is None or speaks_of_origin(table.names.get("currency") or ""):
        return named, None
    if named.code in (money.code, *money.candidates):
        return money, None
    problem = (
        f"currency: the header says {named.code}, the column says {money.code}; "
        "the currency is left open"
    )
    return cells.Money(candidates=(named.code or header, money.code)), problem


def _settled(amount: cells.AmountCell, money: cells.Money | None) -> tuple[cells.Money, str | None]:
    """The currency of a row between what stands at the amount and what the column says."""
    stated = money.code if money is not None else None
    if money is not None and stated is not None:
        if amount.currency is None:
            return money, None
        if stated == amount.currency or stated in amount.candidates:
            return cells.Money(stated, money.basis), None
        problem = (
            f"currency: the amount says {amount.currency}, the column says {stated}; "
            "the currency is left open"
        )
        return cells.Money(candidates=(stated, amount.currency)), problem
    code = amount.currency if money is None else None
    return cells.Money(code, amount.basis, amount.candidates), None


def _printed(amount: cells.AmountCell, code: str | None) -> str | None:
    if not amount.text:
        return None
    if amount.currency is not None or code is None or amount.problem:
        return amount.text
    return f"{amount.text} {code}"
