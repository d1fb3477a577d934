"""What stands at a figure that no table of parties knows: a name, a region, all aid of a state.

Each is a plain question about words; what it is worth stands in ``calc/data/party_points.tsv``.
"""

from __future__ import annotations

import re
from functools import cache

from ..text import data_tables
from ..text.guarded import Guarded
from ..text.months import ENGLISH as MONTHS
from .dates import WEEKDAYS

_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_WORD = rf"{_CAPITAL}[\w’'ʻ&.-]*\w"
_NAME = rf"(?P<who>{_WORD}(?:\s(?:&\s|of\s(?:the\s)?|for\s|and\s)?{_WORD}){{0,7}})"
_SAYS = (
    r"pledg\w+|promis\w+|committ?\w+|gave|giv\w+|donat\w+|contribut\w+|announc\w+|offer\w+|add\w+"
)
_HELPING = r"has|have|had|also|each|it"
_WHO_GAVE = (
    rf",?\s(?:(?:which|who)\s)?(?:(?:{_HELPING})\s)*(?:{_SAYS})"
    r"(?:\s(?:up to|that|about|some|over|another))?\s"
)
# "the Crook Foundation, which pledged up to", "the Food Council of America (", "MTN: "
_NAME_AT_SUM = re.compile(
    rf"{_NAME}(?:\s\([^()]{{2,12}}\))?(?:{_WHO_GAVE}|,?\swith\s|\s?[(:–—-]\s?|\s)$"
)
_LEADS = r"Africa|Asia|Eurasia|Europe|Latin America|the Americas|Caribbean|Middle East|Sahel"
_AND_LEADS = r"Western Balkans|Balkans|Horn of Africa|Pacific|Central Asia|Maghreb|Lake Chad Basin"
_SIDES = (
    r"(?:(?:South(?:ern|-East)?|North(?:ern)?|East(?:ern)?|West(?:ern)?|Central|sub-Saharan)\s)"
)
_PEOPLE = r"African|Asian|Eurasian|Latin American|Caribbean|Pacific|Balkan|Arab"
_LANDS = r"countries|nations|states|islands|island states|neighbours|neighbors|economies|region"
_REGION = Guarded(
    r"\b(?:[Tt]o|[Ff]or|[Ii]n|[Aa]cross|[Tt]hroughout|[Tt]owards?|[Oo]f)\s(?:the\s)?(?:[a-z-]+\s){0,2}?"
    rf"(?:{_SIDES}?(?:{_LEADS}|{_AND_LEADS})(?!\s[A-Z])|(?:{_PEOPLE})\s(?:\w+\s)?(?:{_LANDS}))\b"
)
_AID = r"(?:aid|assistance|ODA)"
_ALL_AID = Guarded(
    rf"\b(?:{_AID}\s(?:budget|spending|expenditure|outlay|overall|as a whole|worldwide)"
    rf"|spen(?:t|ds?|ding)\son\s(?:\w+\s){{0,2}}{_AID}|ODA|[Oo]fficial [Dd]evelopment [Aa]ssistance"
    rf"|(?:foreign|overseas|overall|total)\s(?:development\s)?{_AID})\b"
)
_TOKEN_BEFORE = re.compile(rf"(?:^|[\s(“\"])({_WORD})\s$")
_TITLES = r"President|Prime|Minister|Ministry|Republic|Kingdom|Government|Ambassador|Premier|Queen"
_MORE = (
    r"King|Chancellor|Secretary|Team|North|South|East|West|Northern|Southern|Eastern|Western|New"
)
_NO_NAME = re.compile(rf"(?:{_TITLES}|{_MORE}|Central|Greater|Chief|Mr|Ms|Mrs|Dr|General|Saint)$")


@cache
def no_names() -> frozenset[str]:
    """Words with a capital that are no names: months, days, titles, what begins a sentence."""
    listed = (row["words"].split("|") for row in data_tables.table("no_givers"))
    words = {word for row in listed for word in row}
    return frozenset((*words, *(word.lower() for word in (*MONTHS, *WEEKDAYS))))


def name_at_sum(sentence: str, after: int, start: int) -> int | None:
    """Where the name begins that stands right before a sum as a giver does, or None.

    >>> name_at_sum("and the Crook Fund, which gave 5 million", 0, 31)
    8
    >>> name_at_sum("On Monday it gave 5 million", 0, 18) is None
    True
    """
    found = _NAME_AT_SUM.search(sentence, max(after, start - 110), start)
    if found is None or found.group("who").split()[0].lower() in no_names():
        return None
    return found.start("who")


def to_a_region(words: str) -> bool:
    """Whether money is for a part of the world.

    >>> to_a_region("5 million to the Horn of Africa"), to_a_region("5 million to South Africa")
    (True, False)
    """
    return _REGION.search(words) is not None and "to South Africa" not in words


def all_aid(words: str) -> bool:
    """Whether a sum is all the aid that a state gives to whomever.

    >>> all_aid("Its aid budget is 5 million"), all_aid("Its aid to Kenya is 5 million")
    (True, False)
    """
    return _ALL_AID.search(words) is not None


_COUNT = (
    r"\d[\d,.]*|dozens of|hundreds of|scores of|several|many|most|all|twenty|thirty|forty|fifty"
)
_WORKS = r"countries|nations|states|projects|programmes|programs|operations|territories|emergencies"
_IN_MANY = Guarded(
    rf"\b(?:{_COUNT})\s(?:(?!of\b)[\w-]+\s){{0,2}}?(?:{_WORKS})\b|\b(?:worldwide|globally)\b"
    r"|\b(?:around|across|throughout|all over)\sthe\s(?:world|globe)\b"
)


def in_many_places(words: str) -> bool:
    """Whether money is spent in many countries or on many projects at once.

    >>> in_many_places("5 million for 120 projects in 40 countries")
    True
    >>> in_many_places("5 million for a project in Kenya")
    False
    """
    return _IN_MANY.search(words) is not None


def ends_a_name(sentence: str, start: int) -> bool:
    """Whether a country is the last word of another name: "MTN Uganda".

    >>> ends_a_name("Multichoice Kenya", 12), ends_a_name("And MTN Kenya", 8)
    (False, True)
    >>> ends_a_name("On Monday Kenya", 10)
    False
    """
    found = _TOKEN_BEFORE.search(sentence, max(0, start - 30), start)
    if found is None:
        return False
    word = found.group(1)
    if word.lower() in no_names() or _NO_NAME.match(word):
        return False
    return word.isupper() or found.start(1) > 0
