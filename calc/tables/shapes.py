"""Tables as people lay them out: titles above, two header rows, years as columns, sums below.

What is changed here is said in a note: the rows themselves stay as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from ..schema import TEXT
from ..text.months import ANY_LANGUAGE as MONTHS
from .columns import has_amount, is_other_column
from .layouts import Raw
from .parties import is_firm, one_party
from .texts import is_missing
from .units import Unit, unit_at_end, unit_of

YEAR_AMOUNT = "amount of the year"
YEAR_COLUMN = "year of the column"
_YEAR_NAME = re.compile(r"(?:fy\s?)?((?:19|20)\d{2})(?:\.0)?(?:\s*[(,]?\s*([^()]{1,25})\)?)?", re.I)
FEWEST_YEARS = 2
# A row that adds up the others: its first words, in small letters.
_SUM_WORDS = (
    r"(?:(?:grand|over-?all|sub-?|country|eu|world) ?)?totals?\b(?P<of>.{0,60})",
    r"sum(?:me)?(?: of .{1,40})?|sub-?sum",
    r"(?:all|other) (?:donors|countries).{0,20}total",
    r".{1,40}[,:(] ?total\)?",  # "EU countries, total"
    r"all donors|all countries",
    r"gesamt\w*|insgesamt|razem|suma|ogółem",
    r"totale|viso|kokku|yhteensä|sammanlagt|i alt|разом|усього|всього|итого|всего",
)
_WORDS = re.compile(r"[^\W_]+")
_SUM = re.compile("|".join(_SUM_WORDS), re.IGNORECASE)
# What a sum may be of; anything else behind "Total" is a name: "Total Insight Theatre".
_OF_SUMS = frozenset(
    """aid assistance support amount amounts value values funding funds finance financing sum sums
    contribution contributions donation donations pledge pledges pledged commitment commitments
    committed allocation allocations allocated disbursement disbursements disbursed paid payment
    payments grant grants loan loans expenditure cost costs budget oda oof flows flow resources
    million billion thousand mn bn m k all and of for in the by from to with without per as at up
    incl including inclusive excl excluding other others general given received requested needs
    donor donors country countries member members state states recipient recipients project projects
    programme programmes programs fund military humanitarian financial economic bilateral
    multilateral net gross public private eligible official dac non eu union year years annual month
    quarter period since until before after during regional region europe european africa african
    asia asian america americas latin middle east west north south central oceania world global
    institutions organisations organizations agencies column row rows
    général générale generale geral gesamt summe ogółem suma""".split()
)
SUM_REASON = "a row of sums: it adds up the rows above"
# A row that says again a part of the row above it.
_PART = re.compile(
    r"(?:of which|thereof|incl(?:uding|\.)?|davon|dont|w tym|у тому числі)\b.*", re.I
)
PART_REASON = "a part of the row above, not to be counted again"
NOTE_REASON = "a note in the table, without an amount"


class Shaped(NamedTuple):
    """A table with one header and one amount a row; ``unit`` is what its title or header says."""

    raw: Raw
    unit: Unit | None
    years: bool
    notes: list[str]
    donor: str | None = None  # a first column without a name of its own, beside years


def is_header(found: Iterable[str]) -> bool:
    """Tell whether a row could be the header: an amount beside something else, or years.

    >>> is_header(["Donor", "Amount"]), is_header(["Aid in EUR million", "", ""])
    (True, False)
    >>> is_header(["Country", "2022", "2023"])
    True
    """
    names = [name for name in found if not is_blank(name)]
    if len(names) < 2:
        return False
    return has_amount(names) or len(_years(names)) >= FEWEST_YEARS


def shape(raw: Raw, given: Mapping[str, str] | None) -> Shaped:
    """Join a second header row to the first, and turn columns of years into rows."""
    notes: list[str] = list(raw.notes)
    raw = _second_header(raw, notes)
    unit = _first_unit(raw.above)
    names = [str(column) for column in raw.frame.columns]
    years = _years(names)
    others = [name for name in names if name not in years]
    if "amount" in (given or {}) or len(years) < FEWEST_YEARS or has_amount(others):
        return Shaped(raw, unit, False, notes)
    inside = next((unit_of(text) for name in years if (text := _unit_in(name))), None)
    shown = ", ".join(years[:3]) + (" …" if len(years) > 3 else "")
    notes.append(
        f"columns {shown} read as amounts of those years, one row each; "
        "a table with a row per amount and a date says it better"
    )
    donor = _nameless_first(names, others)
    if donor is not None:
        notes.append("the first column, which has no name of its own, read as the donor")
    unit = inside or _first_unit(others) or unit
    return Shaped(_melted(raw, years), unit, True, notes, donor)


def _first_unit(texts: Iterable[str]) -> Unit | None:
    """The unit that the first text with one says: "Aid, EUR million"."""
    return next((u for text in texts if (u := unit_at_end(text) or unit_of(text))), None)


def _nameless_first(names: list[str], others: list[str]) -> str | None:
    """The first column where it has no name but a unit or none."""
    if not others or names[0] != others[0]:
        return None
    return others[0] if unit_of(others[0]) is not None or is_blank(others[0]) else None


@lru_cache(maxsize=10_000)
def is_sum(cell: str | None) -> bool:
    """Tell whether the first cell of a row says that the row adds up others.

    >>> is_sum("Total"), is_sum("EU countries, total"), is_sum("TotalEnergies")
    (True, True, False)
    >>> is_sum("Total military aid, 2022"), is_sum("Total Germany"), is_sum("Total Produce Ltd")
    (True, True, False)
    """
    if cell is None:
        return False
    match = _SUM.fullmatch(cell.strip())
    if match is None or is_firm(cell):
        return False
    of = (match["of"] or "").strip(" :,.-–—()")
    return not of or one_party(of) is not None or all(map(_may_be_summed, _WORDS.findall(of)))


def _may_be_summed(word: str) -> bool:
    folded = word.casefold()
    known = folded in _OF_SUMS or folded in MONTHS or folded.isdigit()
    return known or unit_of(word) is not None or one_party(word) is not None


@lru_cache(maxsize=10_000)
def is_part(cell: str | None) -> bool:
    """Tell whether the first cell of a row says that the row is a part of the one above.

    >>> is_part("of which grants"), is_part("Norway")
    (True, False)
    """
    return cell is not None and _PART.fullmatch(cell.strip(" -–—•\t")) is not None


def _years(names: Iterable[str]) -> list[str]:
    found = []
    for name in names:
        match = _YEAR_NAME.fullmatch(name.strip())
        if match is not None and (match[2] is None or unit_of(match[2]) is not None):
            found.append(name)
    return found if len(set(found)) == len(found) else []  # a year twice: of several kinds


def _unit_in(year: str) -> str | None:
    match = _YEAR_NAME.fullmatch(year.strip())
    return match[2] if match is not None else None


def is_blank(name: str) -> bool:
    """Tell whether a column has no name but the one that its reader gave it.

    >>> is_blank("column 3"), is_blank("Unnamed: 0"), is_blank("Donor")
    (True, True, False)
    """
    return not name or re.fullmatch(r"column \d+|Unnamed: \d+", name) is not None


def _melted(raw: Raw, years: list[str]) -> Raw:
    """One row per old row and year, in the order of the table; empty cells are no amounts."""
    kept = [column for column in raw.frame.columns if column not in years]
    parts = []
    for place, year in enumerate(years):
        part = raw.frame[kept].copy()
        part[YEAR_AMOUNT] = raw.frame[year]
        match = _YEAR_NAME.fullmatch(year.strip())
        part[YEAR_COLUMN] = match[1] if match else year
        part["__place"] = place
        part["__row"] = range(len(part))
        parts.append(part)
    melted = pd.concat(parts).sort_values(["__row", "__place"], kind="stable")
    filled = melted[YEAR_AMOUNT].notna() & (melted[YEAR_AMOUNT].astype(TEXT).str.strip() != "")
    melted = melted[filled]
    unsafe = frozenset(
        position for position, row in enumerate(melted["__row"].tolist()) if row in raw.unsafe
    )
    return raw._replace(frame=melted.drop(columns=["__place", "__row"]), unsafe=unsafe)


def _second_header(raw: Raw, notes: list[str]) -> Raw:
    """A first row of units or of tags ("#value") is part of the header."""
    frame = raw.frame
    if len(frame) < 2:
        return raw
    first = [_shown(cell) for cell in frame.iloc[0].tolist()]
    filled = [cell for cell in first if cell]
    if filled and all(cell.startswith("#") for cell in filled):
        notes.append(f"row {raw.first_row} holds tags (#…), no data")
        return raw._replace(frame=frame.iloc[1:])
    columns = [str(column) for column in frame.columns]
    corner = not first[0] or first[0].casefold() in ("unit", "units")
    if not corner or not (_are_units(columns, first) or _are_years(filled)):
        return raw
    names = []
    before = ""
    for own, cell in zip(columns, first, strict=True):
        before = name = before if is_blank(own) and before else own
        names.append(f"{name} ({cell})" if unit_of(cell) else f"{name} {cell}".strip())
    notes.append(f"row {raw.first_row} read as a second line of the header")
    renamed = frame.iloc[1:].set_axis(names, axis=1)
    return raw._replace(frame=renamed)


def _shown(cell: object) -> str:
    """A cell as text; a year of a spreadsheet without its fraction."""
    text = "" if is_missing(cell) else str(cell).strip()
    return re.sub(r"^((?:19|20)\d{2})\.0$", r"\1", text)


def _are_units(columns: list[str], cells: list[str]) -> bool:
    """Whether the cells of a row are units of the columns above them, and hold no data."""
    units = [name for name, cell in zip(columns, cells, strict=True) if unit_of(cell) is not None]
    return bool(units) and not any(map(_is_data, cells)) and not any(map(is_other_column, units))


def _are_years(filled: list[str]) -> bool:
    return len(filled) > 1 and all(re.fullmatch(r"(?:19|20)\d{2}", cell) for cell in filled)


def _is_data(cell: str) -> bool:
    return any(map(str.isdigit, cell)) and unit_of(cell) is None
