"""Source, role, status and parties of the rows of a table, in the words of this project."""

from __future__ import annotations

from .. import schema
from ..text import data_tables
from ..values.valuation import CONSTANT
from . import cells
from .amounts import scale_word
from .columns import STATUSES
from .rows import PLACEHOLDERS, TableRows, distinct
from .texts import BLANKS
from .told import Told
from .vocabulary import Term, fold


def fill_fixed(table: TableRows, told: Told) -> None:
    """Fill what no cell says: with what the header of the amount says, and with what was set."""
    data, chosen = table.data, table.mapped.amount
    fixed = {key: value for key, value in told.fixed.items() if key in data and key != "currency"}
    for column, value in fixed.items():
        data[column] = [cell or value for cell in data[column]]
    if told.fixed or told.scale is not None:
        unit = {} if told.scale is None else {"unit": scale_word(told.scale) or "one"}
        shown = ", ".join(f"{key}={value}" for key, value in {**told.fixed, **unit}.items())
        table.notes.append(f"set for what the file does not say: {shown}")
    if chosen.kind == "asked" and not any(data["role"]):
        data["role"] = ["target"] * table.count
        table.notes.append(f"{chosen.name!r} is what is needed or asked for: the role is target")
    elif chosen.kind == "constant":
        table.notes.append(f"{chosen.name!r} is in the prices of another year, not as it was given")
        data["said"] = [f"{cell}|{CONSTANT}" if cell else CONSTANT for cell in data["said"]]
    if chosen.kind != "asked" and chosen.entry is not None:
        _fill_from_header(table, told, chosen.entry)


def hints(table: TableRows, told: Told) -> list[str]:
    """What the publisher of such a table says of its money only in its guides."""
    columns = {fold(str(column)) for column in table.frame.columns}
    known = {"currency": table.mapped.currency or table.names.get("currency")}
    known["unit"] = None if table.mapped.scale == 1 else "known"
    found = []
    for row in data_tables.table("table_hints"):
        pairs = dict(pair.split("=") for pair in row["set"].split(","))
        unsaid = {k: v for k, v in pairs.items() if not known[k] and k not in told.fixed}
        if unsaid and columns.issuperset(row["columns"].split("|")):
            shown = ",".join(f"{key}={value}" for key, value in unsaid.items())
            found.append(f"{row['reason']}, which the file does not say: --set {shown}")
    return found[:1]


def _fill_from_header(table: TableRows, told: Told, entry: Term) -> None:
    """The giver and the stage that the name of the amount says, where no column does."""
    data, name = table.data, table.mapped.amount.name
    if entry.gives and "donor" not in table.names and "donor" not in told.fixed:
        data["donor"] = [entry.gives] * table.count
        table.notes.append(f"donor {entry.gives}, as the header {name!r} says")
    known = {"status", "transaction"} & table.names.keys() or "status" in told.fixed
    if entry.status and not known:
        data["status"] = [cell or entry.status for cell in data["status"]]
        data["status_text"] = [cell or name for cell in data["status_text"]]


def fill_words(table: TableRows, publisher: str | None) -> None:
    """Source, publisher, role, status and parties in the words of this project."""
    data = table.data
    data["source"] = [cell or table.name for cell in data["source"]]
    data["publisher"] = [cell or publisher for cell in data["publisher"]]
    for column in ("donor", "recipient"):
        named = {cell: _parties(cell) for cell in distinct(data[column])}
        data[column] = [cell and named[cell] for cell in data[column]]
    _fill_roles(table)
    _fill_statuses(table)


def _parties(cell: str) -> str | None:
    return None if cell.strip().casefold() in _NOBODY else cells.read_parties(cell)


_NOBODY = (BLANKS | PLACEHOLDERS) - {"unknown"}


def _fill_roles(table: TableRows) -> None:
    data = table.data
    known = {cell: cell.strip().lower() for cell in distinct(data["role"])}
    wrong = {cell for cell, role in known.items() if role not in schema.ROLES}
    if wrong:
        for row, cell in enumerate(data["role"]):
            if cell in wrong:
                role = f"{known[cell]!r} is none of {', '.join(schema.ROLES)}; read as pledge"
                table.report(row, f"role: {role}")
    known.update(dict.fromkeys(wrong, "pledge"))
    data["role"] = [known[cell] if cell else "pledge" for cell in data["role"]]


def _fill_statuses(table: TableRows) -> None:
    """The stages in our words; the table's own words stand beside them."""
    data = table.data
    stage = fold(table.names.get("status", ""))  # IATI: transaction type 2
    found: dict[str, str | None] = {}
    for word in distinct(data["status"]):
        folded = word.strip().lower()
        found[word] = STATUSES.get(f"{stage} {folded}") or STATUSES.get(folded)
    unknown = {word for word, status in found.items() if status is None}
    if unknown:
        for row, word in enumerate(data["status"]):
            if word in unknown:
                table.report(row, f"status: {word!r} is not a known stage; left as unknown")
    pairs = zip(data["status"], data["status_text"], strict=True)
    data["status_text"] = [
        said or (word if word and found[word] != word else None) for word, said in pairs
    ]
    data["status"] = [(word and found[word]) or "unknown" for word in data["status"]]
