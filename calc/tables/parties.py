"""The parties in the cells of a table, by the names that registers use, and sums over parties."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..parties import canonical
from ..parties.gazetteer import party_of_code
from ..text import data_tables

# marks alone first: "Trinidad and Tobago, Norway" are two
_BETWEEN = (re.compile(r"[,;/]"), re.compile(r"\s*[,;/]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+"))
_OF_STATE = r"(?:the\s+)?government"
_GOVERNMENT = re.compile(
    rf"(?P<behind>.{{2,60}}?),?\s*\(?{_OF_STATE}(?:\s+of(?:\s+the)?)?\)?"
    rf"|{_OF_STATE}\s+of\s+(?:the\s+)?(?P<before>.{{2,60}})",
    re.IGNORECASE,
)
_STATES = r"(?:republic|kingdom|states?|federation|commonwealth|principality|union)"
# "Korea, Republic of", "Moldova (Republic of)", "Germany, Federal Republic of"
_KIND_OF_STATE = re.compile(
    rf"(?P<name>[^,(]{{2,40}})[,\s]*\(?(?:[\w'’]+\s){{0,3}}{_STATES}(?:\s+of(?:\s+the)?)?\)?",
    re.IGNORECASE,
)
# "Republic of Malawi"; not where two states share the name
_FORMAL = re.compile(
    rf"(?:the\s)?(?:[\w'’]+\s){{0,3}}{_STATES}\sof\s(?:the\s)?(?P<name>.{{2,40}})", re.IGNORECASE
)
_TWO_STATES = ("china", "congo", "korea", "ireland")
_CODED = re.compile(r"(?P<code>[A-Z]{2,3})\s?[:–-]\s?(?P<name>\S.{2,60})")  # "DEU: Germany"
_MARKS = re.compile(r"[\W_]+")
_TOTAL = re.compile(r"\W*\btotal\W*$", re.IGNORECASE)
# A firm or an association, whatever its name begins with: "Total Produce Ireland Ltd".
_LEGAL_WORDS = "|".join(
    (
        r"ltd|limited|inc|incorporated|llc|llp|plc|corp|corporation|company|gmbh|sarl|srl|s\.?r\.?l",
        r"sp\.?\s?z\s?o\.?\s?o|s\.?p\.?a|s\.r\.o|e\.\s?v|a/s|aps|kft|zrt|nyrt|d\.?o\.?o|o[üu]",
        r"uab|sia|eood|foundation|association|trust|charity|university|institute|society|energies",
        r"theatre|stiftung|verein|fondation|fundacja|fundación|school|church|hospital",
    )
)
_LEGAL_CAPITALS = r"AG|KG|SA|S\.A|SAS|BV|B\.V|NV|N\.V|AB|OY|Oy|Oyj|AS|ASA|OOD|EAD|CIC|CIO|Co|SE"
_LEGAL = re.compile(rf"(?<![^\s(,])(?:(?i:{_LEGAL_WORDS})|{_LEGAL_CAPITALS})\.?(?![^\s),.])")


@cache
def _written() -> dict[str, tuple[str, str]]:
    """Folded name -> kind and party, as the registers write them."""
    return {row["name"]: (row["kind"], row["party"]) for row in data_tables.table("table_parties")}


@cache
def codes() -> dict[str, str]:
    """ISO 3166 alpha-3 code -> the name of the country.

    >>> codes()["DEU"], codes()["UKR"]
    ('Germany', 'Ukraine')
    """
    found: dict[str, str] = {}
    for row in data_tables.table("country_codes"):
        who = party_of_code(row["code"])
        if who is not None:
            found.update(dict.fromkeys(row["alpha3"].split("|"), who.name))
    return found


@cache
def _abroad() -> dict[str, str]:
    """Folded name of a country in another language -> its name; names of two countries are none."""
    found: dict[str, set[str]] = {}
    for row in data_tables.table("country_names"):
        who = party_of_code(row["code"])
        for language, name in row.items():
            if language != "code" and name and who is not None:
                found.setdefault(_folded(name), set()).add(who.name)
    return {name: next(iter(who)) for name, who in found.items() if len(who) == 1}


@lru_cache(maxsize=100_000)
def read_parties(cell: str) -> str | None:
    """Read the parties of a cell under their usual names, joined by ``|``.

    ``|`` always parts them; a comma, semicolon, slash, "and" or "&" only when what stands on both
    sides is known. A name that is not known is kept as it is written.

    >>> read_parties("USA, Norway and Denmark"), read_parties("Korea, South")
    ('United States|Norway|Denmark', 'South Korea')
    >>> read_parties("Germany, Government of"), read_parties("DEU"), read_parties("EU Institutions")
    ('Germany', 'Germany', 'European Union')
    >>> read_parties("Acme, Norway")
    'Acme, Norway'
    """
    found = [name for part in cell.split("|") if part.strip() for name in _named(part.strip())]
    return "|".join(dict.fromkeys(found)) or None


@lru_cache(maxsize=100_000)
def one_party(name: str) -> str | None:
    """The one known party that a cell names, or None.

    >>> one_party("Iran (Islamic Republic of)"), one_party("Moldova, Republic of")
    ('Iran', 'Moldova')
    >>> one_party("Acme Ltd") is None
    True
    """
    written = _written().get(_folded(name))
    if written is not None:
        return written[1] or None
    known = canonical(name) or codes().get(name) or _abroad().get(_folded(name))
    if known is not None:
        return known
    government = _GOVERNMENT.fullmatch(name)
    if government is not None:
        return one_party((government["behind"] or government["before"]).strip(" ,"))
    state = None if "dem" in name.casefold() else _KIND_OF_STATE.fullmatch(name)
    if state is not None and (known := canonical(state["name"].strip())):
        return known
    formal = _FORMAL.fullmatch(name)
    if formal is not None and formal["name"].casefold() not in _TWO_STATES:
        return canonical(formal["name"])
    coded = _CODED.fullmatch(name)
    if coded is not None and codes().get(coded["code"]) == canonical(coded["name"]):
        return codes()[coded["code"]]
    return None


def _named(cell: str) -> list[str]:
    whole = one_party(cell)
    if whole is not None:
        return [whole]
    for between in _BETWEEN:
        parts = [part.strip() for part in between.split(cell) if part.strip()]
        known = [name for part in parts if (name := one_party(part)) is not None]
        if len(parts) > 1 and len(known) == len(parts):
            return known
    first, comma, rest = cell.partition(",")
    inverted = canonical(f"{rest.strip()} {first.strip()}") if comma else None
    return [inverted or cell]


@lru_cache(maxsize=10_000)
def is_aggregate(cell: str | None) -> bool:
    """Tell whether a cell names a sum over the other parties of its column.

    >>> is_aggregate("DAC countries"), is_aggregate("All Donors, Total"), is_aggregate("Germany")
    (True, True, False)
    """
    if cell is None:
        return False
    folded = _folded(cell)
    kind, _ = _written().get(folded) or _written().get(_folded(_TOTAL.sub("", cell))) or ("", "")
    return kind == "aggregate"


@lru_cache(maxsize=10_000)
def is_firm(cell: str) -> bool:
    """Tell whether a cell is the name of a firm or an association.

    >>> is_firm("Total Produce Ireland Ltd"), is_firm("Total aid")
    (True, False)
    """
    return _LEGAL.search(cell) is not None


def _folded(name: str) -> str:
    return " ".join(_MARKS.sub(" ", name.casefold()).split())
