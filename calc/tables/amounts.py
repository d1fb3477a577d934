"""The amounts of a table: number, bounds, currency and printed form of every row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..text import data_tables
from . import cells
from .columns import Mapped, fold
from .rows import TableRows, float_of

_PHRASES = [
    (row["phrase"].casefold(), row["qualifier"], row["bound"])
    for row in data_tables.table("qualifiers")
    if row["qualifier"]
]
QUALIFIERS = {phrase: qualifier for phrase, qualifier, _ in _PHRASES}
BOUNDS = {qualifier: bound for _, qualifier, bound in _PHRASES if bound in ("low", "high")}
POWERS = {str(power): Decimal(10) ** power for power in (0, 3, 6, 9, 12)}
POWERS |= {"units": Decimal(1), "unit": Decimal(1), "ones": Decimal(1)}
POWERS |= {"thousands": Decimal(10**3), "millions": Decimal(10**6), "billions": Decimal(10**9)}


def _number(table: TableRows, column: str) -> list[Decimal | None]:
    def read(cell: str) -> cells.AmountCell:
        return cells.read_amount(cell, continental=table.raw.continental)

    found = table.each(column, read, lambda amount: amount.problem)
    return [None if item is None else item.amount for item in found]


def fill_amounts(table: TableRows) -> None:
    """Amounts, their bounds, currency and printed form."""

    def read(cell: str) -> cells.AmountCell:
        return cells.read_amount(cell, continental=table.raw.continental)

    amounts = table.each("amount", read, lambda amount: amount.problem)
    money = table.each("currency", cells.read_currency, lambda found: found.problem)
    lows = _number(table, "amount_low")
    highs = _number(table, "amount_high")
    for column in ("sentence_start", "start", "end"):
        table.data[column] = [float_of(value) for value in _number(table, column)]
    filled: dict[str, list[Any]] = {
        c: [] for c in ("amount", "amount_low", "amount_high", "currency", "text", "qualifier")
    }
    scales = _row_scales(table)
    for row in range(table.count):
        amount = amounts[row] or cells.AmountCell()
        if row in table.raw.unsafe:
            amount = cells.AmountCell()
        if amount.currency is None and amount.basis is None and amount.amount is not None:
            scale = scales[row]
            amount = cells.AmountCell() if scale is None else _scaled(amount, scale)
        elif amounts[row] is None and not (lows[row] or highs[row] or table.data["text"][row]):
            table.report(row, "amount: the cell is empty")
        qualifier = _qualifier(table, row) or amount.qualifier
        filled["qualifier"].append(qualifier)
        low, high = _bounds(amount, qualifier, lows[row], highs[row])
        filled["amount"].append(float_of(amount.amount))
        filled["amount_low"].append(float_of(low))
        filled["amount_high"].append(float_of(high))
        code = _currency(table, row, amount, money[row])
        filled["currency"].append(code)
        filled["text"].append(table.data["text"][row] or _printed(amount, code))
    table.data.update(filled)


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


def _qualifier(table: TableRows, row: int) -> str | None:
    word = table.data["qualifier"][row]
    if word is None:
        return None
    folded = " ".join(str(word).casefold().split())
    known = QUALIFIERS.get(folded)
    if known is None and folded not in QUALIFIERS.values():
        table.report(row, f"qualifier: {word!r} is kept, but its meaning is not known")
    return known or str(word)


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
    table: TableRows, row: int, amount: cells.AmountCell, money: cells.Money | None
) -> str | None:
    """Settle the currency of a row between its own column, the amount's text and the header."""
    money = _with_header(table, row, amount, money)
    found = _settled(table, row, amount, money)
    if found.code is not None or found.candidates:
        data = table.data
        data["currency_basis"][row] = data["currency_basis"][row] or found.basis
        shown = "|".join(found.candidates or ((found.code,) if found.code else ()))
        data["currency_candidates"][row] = data["currency_candidates"][row] or shown
    return found.code


def _with_header(
    table: TableRows, row: int, amount: cells.AmountCell, money: cells.Money | None
) -> cells.Money | None:
    """What the currency column says, or the header of the amounts where that speaks of them."""
    header = table.mapped.currency
    if header is None or (amount.currency is not None and "currency" in table.names):
        return money
    named = cells.read_currency(header)
    if money is None or money.code is None or _speaks_of_origin(table.names.get("currency")):
        return named
    if named.code in (money.code, *money.candidates):
        return money
    table.report(
        row,
        f"currency: the header says {named.code}, the column says {money.code}; "
        "the currency is left open",
    )
    return cells.Money(candidates=(named.code or header, money.code))


def _settled(
    table: TableRows, row: int, amount: cells.AmountCell, money: cells.Money | None
) -> cells.Money:
    """The currency of a row between what stands at the amount and what the column says."""
    stated = money.code if money is not None else None
    if money is not None and stated is not None:
        if amount.currency is None:
            return money
        if stated == amount.currency or stated in amount.candidates:
            return cells.Money(stated, money.basis)
        table.report(
            row,
            f"currency: the amount says {amount.currency}, the column says {stated}; "
            "the currency is left open",
        )
        return cells.Money(candidates=(stated, amount.currency))
    code = amount.currency if money is None else None
    return cells.Money(code, amount.basis, amount.candidates)


def _speaks_of_origin(column: str | None) -> bool:
    """A column "Original currency" is not about an amount that says its own currency."""
    return column is not None and fold(column).startswith(("original", "source", "reporting"))


def _printed(amount: cells.AmountCell, code: str | None) -> str | None:
    if not amount.text:
        return None
    if amount.currency is not None or code is None or amount.problem:
        return amount.text
    return f"{amount.text} {code}"
