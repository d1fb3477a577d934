"""Which column of a table means which column of a claims table, by its name and its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from rates.errors import UnreadableInputError

from .. import schema
from ..text import data_tables
from .amount_choice import AmountColumn, choose_amount
from .contents import (
    Contents,
    gives,
    is_country,
    is_country_code,
    is_currency,
    is_day,
    is_party,
    receives,
)
from .told import Told
from .units import Unit, unit_at_end, unit_of
from .vocabulary import (
    PLACE,
    UNIT,
    Term,
    amount_name,
    entry_of,
    entry_within,
    fold,
    header_unit,
    names_of,
    speaks_of_origin,
)

STATUSES = {row["name"]: row["status"] for row in data_tables.table("status_names")}
_POWERS = (
    "unit mult",
    "unit multiplier",
    "powercode code",
    "powercode",
    "power code",
    "multiplier",
)
_SURE = 0.9  # the same where no name says it
_MOST = 0.6  # the share of cells that make a column one of currencies, days, parties
_FULL = 0.5  # of the fill of the fullest column of that meaning
# Columns that are chosen by their cells too; the others by name alone.
_TESTS: dict[str, Callable[[str], bool]] = {
    "currency": is_currency,
    "published": is_day,
    "value_date": is_day,
    "as_of": is_day,
}
_PARTIES = ("donor", "recipient")
# A table with one of these has the country as the place that receives.
_OF_RECEIVERS = frozenset(
    """plan project projects requirements appeal emergency borrower grant region fund accredited
    implementing entity component vaccine programme cluster""".split()
)
_DATE_WORDS = frozenset("date datum fecha data dato дата day".split())
# Days of other things: of works, of the record, of a person.
_OF_OTHER_DAYS = frozenset(
    """end closing completion update updated modified last created birth expiry expected planned
    start closed maturity repayment final due""".split()
)
_MONTHS = frozenset(
    "month monat mois mes mese miesiąc måned månad місяць месяц quarter".split()
) | {"calendar month", "calendar quarter"}
_NO_PARTY = frozenset(
    """type code id identifier ref region income group sector category url number types codes ids
    share gdp population address postcode""".split()
)


class Mapped(NamedTuple):
    """``names``: claims column → the table's own; ``guessed``: those that were not exact.

    ``currency`` and ``scale`` come from the header of the amount ("Value (million EUR)");
    ``power`` is the column that gives each row's own power of ten, as statistics offices do.
    ``fills``: own columns for the blanks of a column; ``month``: the months of a column of years.
    ``amount``: what the name of the amount says. ``left_open``: what could not be chosen.
    """

    names: dict[str, str]
    guessed: dict[str, str]
    currency: str | None
    scale: Decimal
    power: str | None = None
    fills: dict[str, tuple[str, ...]] = {}  # noqa: RUF012 (never changed)
    month: str | None = None
    amount: AmountColumn = AmountColumn(None)
    left_open: tuple[str, ...] = ()


def match_columns(table: pd.DataFrame | Contents, told: Told, source: str) -> Mapped:
    """Match the columns of a table; what was ``told`` wins.

    Raises UnreadableInputError for a mapping that names no column, and without an amount.

    >>> frame = pd.DataFrame({"Donor country": ["Norway"], "Value (million EUR)": ["5"]})
    >>> match_columns(frame, Told(), "a.csv").currency
    'EUR'
    """
    contents = table if isinstance(table, Contents) else Contents(table)
    columns = [str(column) for column in contents.frame.columns]
    check_given(columns, told, source)
    choosing = _Choosing(columns, told, contents)
    amount = choosing.amount()
    if amount.name is None and not {"amount_low", "amount_high"} <= choosing.names.keys():
        raise UnreadableInputError(f"{source}: {_which_amount(columns, amount)}", source)
    choosing.others(amount)
    unit = amount.unit
    if unit is None and not {"currency", "amount_low"} & choosing.names.keys():
        said = choosing.unit()
        if said is not None:
            unit = said[0]
            choosing.guessed["unit"] = said[1]
    code, scale = unit if unit is not None else (None, Decimal(1))
    power = next((c for c in choosing.free if fold(c) in _POWERS and contents.fill(c)), None)
    power = power or next((c for c in choosing.free if fold(c) in _POWERS), None)
    return Mapped(
        choosing.names,
        choosing.guessed,
        code,
        scale,
        power,
        choosing.fills,
        choosing.month(),
        amount,
        tuple(choosing.left_open),
    )


class _Choosing:
    """The columns while they are given their meanings: what is free, and what was chosen."""

    def __init__(self, columns: list[str], told: Told, contents: Contents) -> None:
        self.contents = contents
        self.names = dict(told.columns)
        self.guessed: dict[str, str] = {}
        self.fills: dict[str, tuple[str, ...]] = {}
        self.left_open: list[str] = []
        self.told = told
        taken = {*told.columns.values(), *told.alone}
        self.free = [column for column in columns if column not in taken]

    def amount(self) -> AmountColumn:
        if "amount" in self.names:
            return _of_given(self.names["amount"])
        chosen = choose_amount(self.free, self.contents)
        if chosen.name is not None:
            self._take("amount", chosen.name)
        return chosen

    def others(self, amount: AmountColumn) -> None:
        """The columns beside the amount: exact names first, then by vocabulary and cells."""
        for column in schema.CLAIMS:
            if column not in self.names and column in self.free:
                self._take(column, column)
        for column in schema.CLAIMS:
            if column not in self.names and not column.startswith("amount"):
                self._choose(column, amount)
        self._place()
        if "recipient" not in self.names:
            self._choose("recipient", amount, channels=True)
        self._by_cells(amount)

    def unit(self) -> tuple[Unit, str] | None:
        """The unit that every cell of a column says, and that column: "Current prices (USD m)"."""
        for own in self.free:
            cells = self.contents.sample(own) if entry_of(own, UNIT) else []
            unit = (unit_at_end(cells[0]) or unit_of(cells[0])) if len(cells) == 1 else None
            if unit is not None:
                return unit, own
        return None

    def month(self) -> str | None:
        """The column of months beside one of years: together they are a date."""
        for column in ("value_date", "published"):
            own = self.names.get(column)
            if own is None or not self.contents.are_years(own):
                continue
            found = [c for c in self.free if fold(c) in _MONTHS and self.contents.sample(c)]
            if found:
                self.free.remove(found[0])
                self.guessed["month"] = found[0]
                return found[0]
        return None

    def _take(self, column: str, own: str) -> None:
        self.names[column] = own
        if own != column:
            self.guessed[column] = own
        if own in self.free:
            self.free.remove(own)

    def _choose(self, column: str, amount: AmountColumn, *, channels: bool = False) -> None:
        kinds = self._by_kind(column, amount, channels)
        main = next((pairs for pairs in kinds.values() if pairs), [])
        chosen = self._fullest(main)
        if chosen is None or (not self.contents.sample(chosen) and chosen != column):
            return
        self._take(column, chosen)
        rest = [own for _, own in sorted(kinds["fills"])]
        left = [own for own in rest if own != chosen and self.contents.fill(own) > 0]
        if left:
            self.fills[column] = tuple(left)

    def _by_kind(
        self, column: str, amount: AmountColumn, channels: bool
    ) -> dict[str, list[tuple[Term, str]]]:
        """The columns that may be ``column``: itself, what fills its blanks, the start of works."""
        kinds: dict[str, list[tuple[Term, str]]] = {"": [], "fills": [], "start": []}
        for own in self.free:
            entry = self._entry(own, column, amount)
            if entry is not None and (entry.kind == "channel") == channels:
                kinds[entry.kind if entry.kind in kinds else ""].append((entry, own))
        if not any(kinds.values()) and _TESTS.get(column) is is_day:
            kinds[""] = [(e, c) for c in self.free if (e := self._day_by_name(c, column))]
        return kinds

    def _entry(self, own: str, column: str, amount: AmountColumn) -> Term | None:
        """What the vocabulary says of a free column, if its cells agree."""
        entry = entry_of(own, column)
        if entry is None and column in (*_PARTIES, *_TESTS) and not _is_of_something_else(own):
            entry = entry_within(own, column)
        if entry is None or not _fits(entry, own, amount) or not self._holds(entry, own):
            return None
        test = _TESTS.get(column)
        if test is None or not self.contents.sample(own):
            return entry
        if self.contents.share(own, test) < _MOST:
            return None
        return None if test is is_currency and self._are_countries(own) else entry

    def _day_by_name(self, own: str, column: str) -> Term | None:
        """A column of dates that cannot be read: its cells are to be named, not passed over."""
        entry = entry_of(own, column)
        dated = _DATE_WORDS & set(fold(own).split())
        return entry if dated and entry is not None and entry.kind != "start" else None

    def _holds(self, entry: Term, own: str) -> bool:
        """Whether the cells of ids and stages are such."""
        if entry.column == "claim_id":
            return entry.name == "claim id" or self.contents.is_unique(own)
        if entry.column == "activity" and entry.name in ("id", "identifier"):
            return not self.contents.is_unique(own)
        return entry.column != "status" or self._tells_stages(own)

    def _are_countries(self, own: str) -> bool:
        """Codes that are mostly countries' and less often currencies': ESP, CHE beside FRA."""
        countries = self.contents.share(own, is_country_code)
        money = self.contents.share(own, is_currency)
        by_name = countries == money and entry_of(own, PLACE) is not None
        return countries > _MOST and (countries > money or by_name)

    def _tells_stages(self, own: str) -> bool:
        """Some cell is a stage of money: "Completion" is one of works."""
        stage = fold(own)
        cells = [cell.lower() for cell in self.contents.sample(own)]
        return any(c in STATUSES or f"{stage} {c}" in STATUSES for c in cells) or not cells

    def _fullest(self, found: list[tuple[Term, str]]) -> str | None:
        """The first name of the vocabulary whose column is about as full as the fullest."""
        if len(found) < 2:
            return found[0][1] if found else None
        fill = {own: self.contents.fill(own) for _, own in found}
        most = max(fill.values())
        full = [(e, own) for e, own in found if fill[own] >= _FULL * most]
        # DONOR holds codes where Donor holds names; a text before numbers
        return min(
            full, key=lambda pair: (self._as_code(pair[1]), pair[0].order, pair[1].isupper())
        )[1]

    def _as_code(self, own: str) -> bool:
        column = self.contents.sample(own)
        return bool(column) and all(cell.isdigit() for cell in column)

    def _place(self) -> None:
        """A country is who gives or who receives: as the other columns and its cells say."""
        found = [
            (entry, own)
            for own in self.free
            if (entry := entry_of(own, PLACE)) is not None and self._is_place(own)
        ]
        names = [pair for pair in found if pair[0].kind != "code"]
        self._take_place(self._fullest(names or found))

    def _take_place(self, own: str | None) -> None:
        open_ = [column for column in _PARTIES if column not in self.names]
        open_ = [column for column in open_ if column not in self.told.fixed]
        if own is None or not open_:
            return
        column = self._giver_or_receiver(own, open_)
        if column is not None:
            self._take(column, own)
        else:
            self.left_open.append(
                f"{own!r} may be who gives or who receives: "
                f"--columns donor={own} or recipient={own} says it"
            )

    def _by_cells(self, amount: AmountColumn) -> None:
        """What no name says and the cells of one column alone do: a currency, a day, parties."""
        unit = amount.unit is not None and amount.unit.currency
        if not unit and not {"currency"} & {*self.names, *self.told.fixed}:
            self._take_only("currency", [own for own in self.free if self._is_money(own)])
        if not {"published", "value_date"} & self.names.keys():
            self._take_only("value_date", [own for own in self.free if self._is_dated(own)])
        if not {*_PARTIES} & self.names.keys() and not self.left_open:
            places = [own for own in self.free if self._holds_only(own, is_country, _SURE)]
            self._take_place(places[0] if len(places) == 1 else None)

    def _is_money(self, own: str) -> bool:
        return self._holds_only(own, _is_code, _SURE) and not self._are_countries(own)

    def _is_dated(self, own: str) -> bool:
        words = {*fold(own).split()}
        named = bool(_DATE_WORDS & words) and not _OF_OTHER_DAYS & words
        return named and self._holds_only(own, is_day, _MOST)

    def _holds_only(self, own: str, test: Callable[[str], bool], least: float) -> bool:
        return bool(self.contents.sample(own)) and self.contents.share(own, test) >= least

    def _take_only(self, column: str, found: list[str]) -> None:
        """Take the only candidate; several are named and left open."""
        if len(found) == 1:
            self._take(column, found[0])
        elif found:
            self.left_open.append(f"{column}: any of {', '.join(found)} could be it")

    def _is_place(self, own: str) -> bool:
        return self.contents.is_text(own) and not self.contents.share(own, is_currency) > max(
            _MOST, self.contents.share(own, is_country_code)
        )

    def _giver_or_receiver(self, own: str, open_: list[str]) -> str | None:
        if len(open_) == 1:
            return open_[0]
        rich, poor = self.contents.share(own, gives), self.contents.share(own, receives)
        words = {word for name in self.free for word in fold(name).split()}
        words |= set(fold(self.names.get("amount", "")).split())
        if rich + poor == 0:
            known = self.contents.share(own, is_party) > 0
            return "recipient" if words & _OF_RECEIVERS else None if known else "donor"
        if rich >= 2 * poor:
            return "donor"
        if poor >= 2 * rich:
            return "recipient"
        return "recipient" if words & _OF_RECEIVERS else None


def _is_code(cell: str) -> bool:
    """A currency as a code of three capitals."""
    return len(cell) == 3 and cell.isupper() and is_currency(cell)


def _fits(entry: Term, own: str, amount: AmountColumn) -> bool:
    """Whether a column is of the chosen amount: its day, its currency."""
    if entry.column == "value_date" and entry.kind in ("given", "paid"):
        # the day of a promise is not that of the payment
        return (entry.kind == "paid") == (amount.kind == "paid")
    stated = amount.unit is not None and amount.unit.currency not in (None, "$")
    return not (entry.column == "currency" and stated and speaks_of_origin(own))


def _is_of_something_else(own: str) -> bool:
    return bool(_NO_PARTY & set(fold(own).split()))


def _of_given(own: str) -> AmountColumn:
    """What the name of an amount column that a person named says of it."""
    named = amount_name(own)
    if named is None:
        return AmountColumn(own, header_unit(own))
    return AmountColumn(own, named.unit, named.entry, named.kind)


def with_amount(mapped: Mapped, column: str, columns: Iterable[str]) -> Mapped:
    """The same with another amount column, in the same unit, and with its own date if it has one.

    Among ``columns`` "Disbursement Date" is that of "Disbursement (EUR million)".
    """
    names, amount = {**mapped.names, "amount": column}, _of_given(column)
    day = entry_of(names.get("value_date", ""), "value_date")
    if day is not None and not _fits(day, names["value_date"], amount):
        del names["value_date"]  # the day of the promise
    roots = {word[:_ROOT] for word in fold(column).split() if len(word) >= _ROOT}
    for own in columns:
        words = fold(own).split()
        if "date" in words and roots & {word[:_ROOT] for word in words if word != "amount"}:
            names["value_date"] = own
    return mapped._replace(names=names, amount=amount)


_ROOT = 4  # letters: "paid" has no more, "disbursed" and "disbursement" have them in common


def _which_amount(columns: list[str], amount: AmountColumn) -> str:
    """What to tell a person whose table has no column of amounts, or several."""
    several = amount.rivals
    found_none = f"no amount column among {', '.join(columns[:30]) or 'no columns'}"
    open_choice = f"any of {', '.join(several)} could be the amount"
    example = several[0] if several else "Value"
    shown = f'"amount={example}"' if several else f"amount={example}"
    return (
        f"{open_choice if several else found_none}; "
        f"say which one it is: --columns {shown} on the command line, "
        f'columns={{"amount": "{example}"}} in Python'
    )


def has_amount(found: Iterable[str]) -> bool:
    """Tell whether a row of a spreadsheet could be its header.

    >>> has_amount(["Donor", "Amount"]), has_amount(["Aid to Ukraine", "column 2"])
    (True, False)
    """
    return any((one := amount_name(name)) and one.level < 3 and one.stem for name in found)


def is_other_column(name: str) -> bool:
    """Tell whether a name is that of a claims column, and not of an amount.

    >>> is_other_column("Date"), is_other_column("Amount"), is_other_column("Military aid")
    (True, False, False)
    """
    folded = fold(name)
    return any(
        folded == fold(column) or folded in names_of(column)
        for column in (*schema.CLAIMS, PLACE)
        if not column.startswith("amount")
    )


def check_given(columns: list[str], told: Told, source: str) -> None:
    """Raise UnreadableInputError for a column that was named and is not there."""
    for column, own in [*told.columns.items(), *(("none", own) for own in told.alone)]:
        if own not in columns:
            raise UnreadableInputError(
                f"{source}: no column {own!r} (for {column}); it has {', '.join(columns[:30])}",
                source,
            )


def unit_after_name(column: str) -> Unit | None:
    """The unit in the name of an amount: "Value (million EUR)", "amountUSD".

    >>> unit_after_name("amountUSD").currency, unit_after_name("Amount Paid") is None
    ('USD', True)
    """
    return header_unit(column)
