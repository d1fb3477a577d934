"""The words for countries and organisations, and what the tables know of each.

The tables: ``calc/data/countries.tsv``, ``organisations.tsv``, ``not_parties.tsv`` (phrases that
name no party).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from rates.currencies import currency
from rates.errors import PledgecalcError

from ..text import data_tables

_FIRST_CAPITALISED = re.compile(r"\b[A-ZÀ-ÖØ-Þ]\w*")
_WORD = re.compile(r"\w+")


class Party(NamedTuple):
    """What the tables know of a party.

    ``currencies``: its own money, live codes first, then those that ended since 1999 (empty for
    organisations except the European Union). ``group``: "country" or the kind of organisation
    (union, alliance, group, bank, fund, agency). ``acts``: what an organisation mostly is in a
    pledge, likeliest first ("donor", "recipient", "channel"); empty for countries.
    """

    name: str
    kind: str
    code: str | None
    currencies: tuple[str, ...]
    group: str
    acts: tuple[str, ...]


class Entry(NamedTuple):
    """One way to print a name. ``lead``: characters before its anchor, the word it is found by."""

    word: str  # as the tables have it
    spelling: str
    anchor: str
    lead: int
    party: Party | None  # None: a phrase that names no party
    form: str


def canonical(name: str) -> str | None:
    """Return the one name of the party that a person calls ``name``, or None.

    Case, accents, dots and a leading "the" do not matter; ISO alpha-2 codes in capitals count. A
    word for two parties ("AU": the African Union, Australia) is None.

    >>> canonical("lithuania"), canonical("the U.K."), canonical("EU"), canonical("DE")
    ('Lithuania', 'United Kingdom', 'European Union', 'Germany')
    """
    found = party(name)
    return found.name if found else None


def party(name: str) -> Party | None:
    """Return what is known of the party that a person calls ``name``, or None.

    >>> party("Green Climate Fund").acts, party("Turkey").name
    (('recipient', 'channel'), 'Türkiye')
    """
    words, codes = _names()
    by_word = words.get(_folded(name))
    by_code = codes.get(name.strip())
    if by_word and by_code and by_word != by_code:
        return None
    return by_word or by_code


def country(name: str) -> str | None:
    """Return the ISO 3166 alpha-2 code of the country that a person calls ``name``, or None.

    >>> country("Czech Republic"), country("NATO")
    ('CZ', None)
    """
    found = party(name)
    return found.code if found else None


def party_of_code(code: str) -> Party | None:
    """Return the country or territory of an ISO 3166 alpha-2 code, or None.

    >>> party_of_code("AU").name
    'Australia'
    """
    return _names()[1].get(code)


def currencies_of(name: str, on: date | None = None) -> tuple[str, ...]:
    """Return the codes of the party's own money, its main one first; empty when not known.

    Without ``on``: live codes, then those that ended since 1999. With it: what was money there on
    that day, so a predecessor of the euro stands alone until the day the euro came.

    >>> currencies_of("Lithuania"), currencies_of("Lithuania", date(2014, 5, 1))
    (('EUR', 'LTL'), ('LTL',))
    """
    found = party(name)
    codes = found.currencies if found else ()
    if on is None:
        return codes
    facts = [currency(code) for code in codes]
    alive = [c for c in facts if (c.first or on) <= on <= (c.last or on)]
    replaced_later = {c.successor for c in alive}
    return tuple(c.code for c in alive if c.code not in replaced_later)


# The first letters of capitalised words. It may meet the end of a word ("iPhone"), where no name
# can stand; without a word boundary before them the letters are found much faster.
CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ]\w*")


def anchor(text: str) -> re.Pattern[str]:
    """The pattern of the words that names in ``text`` are found by: nearly always capitalised."""
    rare, pattern = _in_small_letters()
    return pattern if any(name in text for name in rare) else CAPITALISED


@cache
def _in_small_letters() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """The names found by a word in small letters ("the bloc"), and a pattern for all anchors."""
    names = [e for found in entries().values() for e in found if e.anchor.islower()]
    words = sorted({e.anchor for e in names})
    pattern = "|".join([CAPITALISED.pattern, *(rf"{word}\b" for word in words)])
    return tuple(sorted(e.spelling for e in names)), re.compile(pattern)


@cache
def _parties() -> list[tuple[Party, dict[str, str]]]:
    """Every party with its words -> form, in the order of the tables."""
    found = []
    for row in data_tables.table("countries"):
        own = tuple(_cells(row["currencies"]))
        who = Party(row["name"], "country", row["code"], own, "country", ())
        columns = ("aliases", "adjectives", "people", "metonyms")
        found.append((who, _forms(row, columns)))
    for row in data_tables.table("organisations"):
        own = ("EUR",) if row["name"] == "European Union" else ()
        acts = tuple(_cells(row["acts"]))
        who = Party(row["name"], "organisation", None, own, row["kind"], acts)
        found.append((who, _forms(row, ("aliases", "metonyms"))))
    for row in data_tables.table("leaders"):
        words = next((words for who, words in found if who.name == row["party"]), None)
        if words is None:
            raise PledgecalcError(f"leaders.tsv: {row['party']!r} is no party of the other tables")
        for word in _cells(row["words"]):
            words.setdefault(word, "person")
    return found


def _forms(row: dict[str, str], columns: tuple[str, ...]) -> dict[str, str]:
    form_of = {"aliases": "name", "adjectives": "adjective", "people": "people"}
    words = {row["name"]: "name"}
    for column in columns:
        for word in _cells(row[column]):
            words.setdefault(word, form_of.get(column, "metonym"))
    return words


def _cells(cell: str) -> list[str]:
    return cell.split("|") if cell else []


@cache
def entries() -> dict[str, tuple[Entry, ...]]:
    """Anchor word -> the names that are found by it, the longest first."""
    by_spelling: dict[str, Entry] = {}
    for row in data_tables.table("not_parties"):
        for spelling in _spellings(row["phrase"], "phrase"):
            by_spelling[spelling] = _entry(row["phrase"], spelling, None, "")
    for who, words in _parties():
        for word, form in words.items():
            for spelling in _spellings(word, form):
                if spelling not in by_spelling:
                    by_spelling[spelling] = _entry(word, spelling, who, form)
    found: dict[str, list[Entry]] = {}
    for entry in sorted(by_spelling.values(), key=lambda e: (-len(e.spelling), e.spelling)):
        found.setdefault(entry.anchor, []).append(entry)
    return {word: tuple(names) for word, names in found.items()}


def _entry(word: str, spelling: str, who: Party | None, form: str) -> Entry:
    """A name is found by its first capitalised word (behind "the"), else by its first word."""
    behind = 4 if spelling.lower().startswith("the ") else 0
    match = _FIRST_CAPITALISED.search(spelling, behind) or _WORD.search(spelling)
    if match is None:
        raise PledgecalcError(f"{spelling!r} has no word to find it by; correct its table")
    return Entry(word, spelling, match.group(), match.start(), who, form)


def _spellings(word: str, form: str) -> Iterator[str]:
    """The ways to print ``word``: without accents, "and" for "&", names in capitals."""
    base = word.replace("’", "'")
    plain = [base]
    if " & " in base:
        plain.append(base.replace(" & ", " and "))
    if base.startswith("St. "):
        plain += [f"{saint} {name[4:]}" for name in plain for saint in ("St", "Saint")]
    for spelling in plain:
        yield spelling
        bare = without_accents(spelling)
        if bare != spelling:
            yield bare
        if form == "name" and len(spelling) > 4 and spelling[0].isupper():
            yield spelling.upper()


def without_accents(text: str) -> str:
    """Return ``text`` with the accents taken off its letters.

    >>> without_accents("Türkiye")
    'Turkiye'
    """
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _folded(name: str) -> str:
    plain = without_accents(name.replace("’", "'")).casefold().replace(".", "")
    plain = " ".join(plain.replace("&", " and ").split())
    return plain.removeprefix("the ")


@cache
def _names() -> tuple[dict[str, Party], dict[str, Party]]:
    """Folded word -> party (names before adjectives before metonyms), and code -> party."""
    words: dict[str, Party] = {}
    for form in ("name", "adjective", "people", "metonym"):
        for who, forms in _parties():
            for word, its_form in forms.items():
                if its_form == form:
                    words.setdefault(_folded(word), who)
    codes = {who.code: who for who, _ in _parties() if who.code}
    return words, codes
