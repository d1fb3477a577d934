"""For whom money is when only a programme or a place is named: PURL, Chernihiv, Sindh.

The tables ``programmes.tsv`` and ``regions.tsv`` hold what is known of the world for this.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from ..parties import party
from ..text import data_tables
from ..text.guarded import Guarded, Sieve
from .phrases import Phrases


class _Programme(NamedTuple):
    name: str | None
    pattern: Guarded
    recipient: str


@cache
def _programmes() -> Sieve[_Programme]:
    known = [
        _Programme(row["name"] or None, Guarded(row["pattern"]), row["recipient"])
        for row in data_tables.table("programmes")
    ]
    return Sieve((one.pattern.needs, one) for one in known)


@cache
def _regions() -> tuple[Phrases, dict[str, str]]:
    countries: dict[str, str] = {}
    for row in data_tables.table("regions"):
        found = party(row["code"])
        assert found is not None, f"regions.tsv: {row['code']} is no country"
        countries.update({word.lower(): found.name for word in row["words"].split("|")})
    return Phrases(countries), countries


def _in(text: str) -> list[_Programme]:
    return [one for one in _programmes().of_text(text) if one.pattern.compiled.search(text)]


def programme_names(text: str) -> list[str]:
    """The names of the programmes in ``text`` that serve one receiver.

    >>> programme_names("It puts 100 million dollars into PURL.")
    ['PURL']
    """
    return [one.name for one in _in(text) if one.name]


def served_by_programmes(text: str) -> set[str]:
    """Whom the programmes that ``text`` names serve.

    >>> served_by_programmes("It gives 10 million euros to the drone coalition.")
    {'Ukraine'}
    """
    return {one.recipient for one in _in(text)}


def countries_of_regions(text: str) -> set[str]:
    """The countries of the cities and regions that ``text`` names.

    >>> countries_of_regions("Schools in Sindh were washed away.")
    {'Pakistan'}
    """
    phrases, countries = _regions()
    return {countries[found.phrase] for found in phrases.find(text)}


def is_region(name: str) -> bool:
    """Whether ``name`` begins with a city or region of the table: "Chernihiv Oblast".

    >>> is_region("Chernihiv Oblast"), is_region("Nansen")
    (True, False)
    """
    return any(found.start == 0 for found in _regions()[0].find(name))
