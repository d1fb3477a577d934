"""The amounts of a table: number, bounds, currency and printed form of every row."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

from ..text import data_tables
from . import cells
from .columns import Mapped
from .numbers import MOST_DIGITS, Marks, decimal_mark, grouped, is_money, plain, plain_numbers
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

EMPTY_AMOUNT = "amount: the cell is empty"


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


class _Said(NamedTuple):
    """What the cells of every row say of its money, column by column."""

    cells: list[str | None]
    numbers: dict[str, str]  # the cells that are plain numbers, and those numbers
    amounts: list[cells.AmountCell | None]  # the other ones
    money: list[cells.Money | None]
    lows: list[Decimal | None]
    highs: list[Decimal | None]
    scales: list[Decimal | None]
    qualifiers: list[str | None]
    texts: list[str | None]


def fill_amounts(table: TableRows, told: Told) -> None:
    """Amounts, their bounds, currency and printed form; rows of equal cells are read once."""
    said = _said(table, told)
    for place in ("sentence_start", "start", "end"):
        table.data[place] = [None if v is None else float(v) for v in _number(table, place)]
    set_code = told.fixed.get("currency")
    if _all_plain(table, said):
        _fill_plain(table, said, set_code)
    else:
        _fill_rows(table, said, set_code)


def _said(table: TableRows, told: Told) -> _Said:
    column = table.cells("amount")
    for row in table.raw.unsafe:
        column[row] = None
    decimal = told.decimal or _decimal(table, column)
    is_open = decimal is None and table.raw.continental
    numbers = {} if is_open else plain_numbers(distinct(column), decimal)
    return _Said(
        column,
        numbers,
        _other_amounts(table, column, numbers, decimal),
        table.each("currency", cells.read_currency, lambda found: found.problem),
        _number(table, "amount_low"),
        _number(table, "amount_high"),
        _row_scales(table),
        _qualifiers(table),
        table.data["text"],
    )


def _fill_rows(table: TableRows, said: _Said, set_code: str | None) -> None:
    """Rows of which some say more than a number: a qualifier, bounds, a sign, a scale."""
    data = table.data
    known: dict[tuple[Any, ...], _Money] = {}
    found: list[_Money] = []
    rows = zip(*said[2:], strict=True)
    for row, (cell, parts) in enumerate(zip(said.cells, rows, strict=True)):
        key = (cell, id(parts[1]), *parts[2:])  # a cell is read once: the same object
        made = known.get(key)
        if made is None:
            number = said.numbers.get(cell or "")
            amount = parts[0] if number is None else cells.read_amount(number)
            made = known[key] = _money(table, (amount, *parts[1:]), set_code)
        if made.problem is not None and row not in table.raw.unsafe:
            table.report(row, made.problem)
        found.append(made)
    for at, name in enumerate(("amount", "amount_low", "amount_high", "currency")):
        data[name] = [one[at] for one in found]
    _fill_currencies(table, found)
    data["text"] = [one.text for one in found]
    data["qualifier"] = [one.qualifier for one in found]


def _fill_currencies(table: TableRows, found: list[_Money]) -> None:
    """What the currency is known by; what the table says itself stays."""
    for column, at in (("currency_basis", 4), ("currency_candidates", 5)):
        said = table.data[column]
        if _has_some(said):
            table.data[column] = [own or one[at] for own, one in zip(said, found, strict=True)]
        else:
            table.data[column] = [one[at] for one in found]


_ONE = cells.read_amount("1")


def _has_some(column: list[Any]) -> bool:
    return column.count(None) < len(column)


def _all_plain(table: TableRows, said: _Said) -> bool:
    """Every row has a plain number in one unit, and a currency or none: as registers are kept."""
    scale = said.scales[0] if said.scales else None
    if scale is None or said.scales.count(scale) < len(said.scales) or table.raw.unsafe:
        return False
    more: list[list[Any]] = [said.lows, said.highs, said.qualifiers, said.texts]
    if any(_has_some(column) for column in more):
        return False
    minor = any(one is not None and one.is_minor for one in said.money)
    if minor or not said.numbers.keys() >= {*said.cells}:
        return False
    return scale == 1 or max(map(len, said.numbers.values())) + scale.adjusted() <= MOST_DIGITS


def _fill_plain(table: TableRows, said: _Said, set_code: str | None) -> None:
    """Plain numbers at once, column by column."""
    data = table.data
    of: dict[int, _Money] = {}
    for one in said.money:
        if id(one) not in of:
            of[id(one)] = _money(table, (_ONE, one, None, None, Decimal(1), None, None), set_code)
    rows = [of[id(one)] for one in said.money]
    numbers = [said.numbers[cell or ""] for cell in said.cells]
    scale = said.scales[0] or Decimal(1)
    if scale == 1:
        values = [float(number) for number in numbers]
        printed = [grouped(number) for number in numbers]
    else:
        values = [float(Decimal(number) * scale) for number in numbers]
        printed = [_scaled_text(number, scale) for number in numbers]
    data["amount"], data["amount_low"], data["amount_high"] = values, values[:], values[:]
    data["currency"] = [row.currency for row in rows]
    data["text"] = [
        number if row.currency is None else f"{number} {row.currency}"
        for number, row in zip(printed, rows, strict=True)
    ]
    _fill_currencies(table, rows)
    if any(one.problem for one in of.values()):
        for place, row in enumerate(rows):
            if row.problem is not None:
                table.report(place, row.problem)


def _scaled_text(number: str, scale: Decimal) -> str:
    """A number that counts in ``scale``, as it is printed: "12.5 million"."""
    word = scale_word(scale)
    return f"{grouped(number)} {word}" if word.isalpha() else f"{Decimal(number) * scale:,f}"


def _decimal(table: TableRows, column: list[str | None]) -> str | None:
    """The decimal mark that some cell of the column shows: it counts for all."""
    marks = decimal_mark(distinct(column))
    decimal = marks.decimal
    if decimal is None or (table.raw.continental and _is_open(marks)):
        return None
    if _matters(column, decimal):
        mark = "comma" if decimal == "," else "point"
        table.notes.append(
            f"amount: cells such as {marks.example} show that a {mark} begins the decimals; "
            "--decimal says otherwise"
        )
    return decimal


def _other_amounts(
    table: TableRows,
    column: list[str | None],
    numbers: dict[str, str],
    decimal: str | None,
) -> list[cells.AmountCell | None]:
    """The cells that are no plain numbers."""
    if len(numbers) == len(set(column)):
        return [None] * table.count
    others = [None if cell in numbers else cell for cell in column]
    read = partial(cells.read_amount, decimal=decimal, continental=table.raw.continental)
    return table.each_of(others, "amount", read, lambda amount: amount.problem)


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
        problem = EMPTY_AMOUNT
    if money is not None and money.is_minor and said.currency is None:
        said = _scaled(said, Decimal("0.01"))
    qualifier = qualifier or said.qualifier
    least, most = _bounds(said, qualifier, low, high)
    settled, contrary = _currency(table, said, money, set_code)
    least, most = _counted_alike(said.amount, least, most, scale)
    if impossible := _impossible(said, least, most):
        contrary = impossible
        said, least, most = cells.AmountCell(text=said.text), None, None
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


def unit_note(mapped: Mapped, told: Told) -> str:
    unit = f"{mapped.currency or ''} {scale_word(mapped.scale)}".strip()
    by = (
        "was set"
        if told.scale == mapped.scale and not mapped.currency
        else "the header or title says"
    )
    return f"amounts read in {unit}, as {by}"


def scale_word(scale: Decimal) -> str:
    """The word for a scale.

    >>> scale_word(Decimal(10**6)), scale_word(Decimal(1)), scale_word(Decimal(100))
    ('million', '', '× 100')
    """
    words = {Decimal(1000): "thousand", Decimal(10**6): "million", Decimal(10**9): "billion"}
    return "" if scale == 1 else words.get(scale, f"× {scale:f}")


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
    if not _has_some(table.data["qualifier"]):
        return table.data["qualifier"]
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


def _counted_alike(
    amount: Decimal | None, low: Decimal | None, high: Decimal | None, scale: Decimal | None
) -> tuple[Decimal | None, Decimal | None]:
    """The bounds, in millions as the amount is where only so they hold it."""
    if scale is None or scale == 1 or _contradiction(amount, low, high) is None:
        return low, high
    scaled = tuple(None if one is None else one * scale for one in (low, high))
    return (low, high) if _contradiction(amount, *scaled) else (scaled[0], scaled[1])


def _impossible(said: cells.AmountCell, low: Decimal | None, high: Decimal | None) -> str | None:
    """Why an amount with its bounds can be none."""
    if said.amount is not None and not is_money(said.amount):
        return f"amount: {said.text!r} {cells.outsized(said.amount)}"
    return _contradiction(said.amount, low, high)


def _contradiction(amount: Decimal | None, low: Decimal | None, high: Decimal | None) -> str | None:
    """What is wrong with an amount that lies outside of its own bounds."""
    bounds = (("amount_low", low), ("amount", amount), ("amount_high", high))
    known = [(name, one) for name, one in bounds if one is not None]
    for (name, one), (other, following) in pairwise(known):
        if one > following:
            return f"{other} {following:f} is less than {name} {one:f}; the amount is left open"
    return None


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
