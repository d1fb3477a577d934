"""Who publishes a document, as far as that says who gives: a ministry, or an outlet and its home.

A ministry tells of its own money. In a paper "the government" without a name is that of its own
country, as long as the text names no other one that could be meant.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ..parties import find_parties
from ..text import data_tables
from ..text.guarded import Guarded
from .incomes import mostly_gives, mostly_receives

_STATE = r"Governments?|Government Offices|Cabinet|Presidency|Parliament|Prime Minister|Chancellery"
_DEPARTMENT = r"Ministry|Ministries|Department|Treasury|Embassy|Affairs"
_AGENCY = r"Agency for (?:International )?Development"
_OFFICE = re.compile(rf"\b(?:{_STATE}|{_DEPARTMENT}|{_AGENCY})\b")
# "the government", "our finance minister": whose is not said
_LEADERS = r"government|cabinet|parliament|prime minister|premier|president|chancellor|lawmakers"
_FIELD = r"foreign|defen[cs]e|finance|development|interior|economy|climate|aid|energy"
_MINISTRY = rf"(?:deputy\s)?(?:(?:{_FIELD})\s)?(?:ministry|minister)"
_COUNCIL = r"(?:state\s)?(?:defen[cs]e|security) council"
_UNNAMED = Guarded(
    rf"\b(?:the|its|our)\s(?:{_LEADERS}|{_MINISTRY}|{_COUNCIL})"
    r"(?:['’]s)?\b(?!\s(?:of|in|for)\b)",
    re.IGNORECASE,
)


class Home(NamedTuple):
    """The country of a publisher, or the organisation that it is."""

    name: str
    official: bool  # it is an office of that party


@cache
def _words(table: str) -> list[tuple[re.Pattern[str], str]]:
    found = [
        (word, row["country"])
        for row in data_tables.table(table)
        for word in row["words"].split("|")
    ]
    found.sort(key=lambda one: (-len(one[0]), one))  # "Guardian Australia" before "The Guardian"
    return [(re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"), country) for word, country in found]


def _in_table(publisher: str, table: str) -> str | None:
    return next((name for word, name in _words(table) if word.search(publisher)), None)


@lru_cache(maxsize=1024)
def home_of(publisher: str | None) -> Home | None:
    """Whose office a publisher is, or where it is at home.

    >>> home_of("Dutch Ministry of Defence"), home_of("Radio Sweden")
    (Home(name='Netherlands', official=True), Home(name='Sweden', official=False))
    """
    if not publisher:
        return None
    office = _in_table(publisher, "offices")
    if office is not None:
        return Home(office, True)
    named = {(one.name, one.kind) for one in find_parties(publisher)}
    if len(named) == 1:
        name, kind = named.pop()
        whole = find_parties(publisher)[0].text == publisher.removeprefix("The ")
        if kind == "country" and _OFFICE.search(publisher):
            return Home(name, True)
        if kind == "organisation" and whole and mostly_gives(name) and name != "NATO":
            return Home(name, True)
    home = _in_table(publisher, "outlet_homes")
    return Home(home, False) if home is not None else None


def is_office(publisher: str | None) -> bool:
    """Whether a state's office or a giving organisation publishes.

    >>> is_office("Global Affairs Canada"), is_office("Reuters")
    (True, False)
    """
    home = home_of(publisher)
    return home is not None and home.official


def gives_at_home(publisher: str | None, sentence: str) -> str | None:
    """Who gives where ``sentence`` names no giver: the publisher's own state or organisation.

    >>> gives_at_home("Radio Sweden", "The government has presented a package of 5 billion kronor.")
    'Sweden'
    >>> gives_at_home("Radio Sweden", "Some 5 billion kronor were sent.")
    """
    home = home_of(publisher)
    if home is None or mostly_receives(home.name):
        return None
    return home.name if home.official or _UNNAMED.search(sentence) else None


def receives_at_home(publisher: str | None) -> str | None:
    """Who receives where nobody is named, in an outlet of a country that receives aid.

    >>> receives_at_home("Ukrinform"), receives_at_home("Yonhap")
    ('Ukraine', None)
    """
    home = home_of(publisher)
    if home is None or home.official or not mostly_receives(home.name):
        return None
    return home.name
