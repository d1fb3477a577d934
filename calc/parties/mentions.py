"""Text -> the countries and organisations that it names, each with the place where it stands.

One regex finds the words that names are found by (nearly all of them capitalised); each looks up
the few names of the gazetteer that it may belong to, the longest first. So the time is linear in
the text, whatever the number of names. ``calc/data/cautions.tsv`` has the words that often mean
something else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from rates.currencies import currencies

from ..text import data_tables
from ..text.months import NAMES
from .gazetteer import Entry, anchor, entries, party, without_accents

# "US-led", "London-based": no party acts here, its name is an adjective.
_PARTICIPLE = re.compile(r"-(?:based|led|backed|born|brokered|built|made|run|style|trained)\b")

# "pro-Ukrainian", "non-EU": the group beside or against the party, not the party.
_NOT_ITSELF = ("non-", "pro-", "anti-", "ex-", "un-")

# "a summit in Washington": the city, not the government.
_PLACE_BEFORE = re.compile(r"\b(?:in|near|outside|around)\s+$", re.IGNORECASE)

# "a summit in Lyon, France,": where the city is
_IN_CITY = re.compile(r"\b(?:in|at|near|outside) [A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)?, $")
_PLACE_ENDS = re.compile(r"(?:,(?! (?:which|who|and|the))|[.;)]|$| (?:on|last|this|yesterday)\b)")

# "Kyiv • UNN", "Paris (AFP)" at the head of a line: where the report was written.
_DATELINE = re.compile(r" ?(?:[•—–]|\((?:AP|AFP|DPA|dpa|Reuters|Xinhua)\))")

# "FASANO, Italy (AP) —", "GENEVA, Switzerland, March 3 -": the city before, the rest behind
_CITY = re.compile(r"[A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){0,2}, ")
_LONGEST_CITY = 40
_DATELINE_TAIL = re.compile(
    r"(?:, [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)? ?(?:\([^()]{2,20}\) ?[-–—:]|[-–—]{1,2} )"
)

# "The Swedish Red Cross": the society, not the state.
_SOCIETY = re.compile(r" Red (?:Cross|Crescent)\b")

# What may follow a name that is also a given name when the country is meant.
_OFFICE = (
    r"Prime|Foreign|Defen[cs]e|Finance|Interior|Deputy|Vice|President|Minist\w+|Government",
    r"Parliament|Ambassador|Embassy|King|Queen|Army|Navy|Compact|Humanitarian|Response|Red",
)
_DAY_OR_MONTH = (  # "Jordan Monday": when, not who
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    *NAMES,
)
_OFFICES = re.compile(rf" (?:{'|'.join((*_OFFICE, *_DAY_OR_MONTH))}|[A-Z]{{2,}}\b)")
_PERSON_BEFORE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Sir|Rep|Sen|Gov|Gen|Col|Lt|Congressman|Congresswoman)\.? $"
)
_CAPITALISED_AFTER = re.compile(r" [A-ZÀ-ÖØ-Þ]\w*[a-z]")

# "US$5", "US dollars". After a name no other noun: "Ukraine won", and no space before a sign:
# "gave Ukraine $5".
_SIGN = re.compile(r"[$£€¥]")
# "a loan of US $5 billion" is dollars, "gave the US $5 billion" is not
_DOLLARS = re.compile(r" \$ ?\d")
_TELLING_AFTER = " -$£€¥"  # what a participle, a sign or a word of money begins with
_MONEY_AFTER_NAME = re.compile(r"[ -](?:dollar|pound)s?\b")

# Nouns of money that the English names of currencies.tsv do not end in.
_MORE_MONEY = (
    *("crown", "kronor", "kroner", "kronur", "krone", "koruny", "rouble", "renminbi"),
    *("hryvnya", "lei", "leva", "lire", "reais", "zloty", "guilder"),
)
_NO_MONEY = ("account", "code", "gold", "mark", "unit")  # ordinary words that end a name


class Mention(NamedTuple):
    """A party at ``text[start:end]``; a possessive ``'s`` is not part of it.

    ``name``: the one name of the party in every result. ``kind``: "country" or "organisation".
    ``form``: "name"; "adjective" ("Danish", "US-led"); "people" ("Danes"); "metonym" (a capital or
    an institution that speaks for the party); "person" (a leader or minister); "place" (a capital
    after "in" or in a dateline); "currency" (part of "Swedish kronor", "US$": no party at all,
    kept so that a caller sees why).
    ``code``: ISO 3166 alpha-2 of a country, else None.
    """

    start: int
    end: int
    text: str
    name: str
    kind: str
    form: str
    code: str | None


# What may stand between two names and in none. Looked for before a sentence, at most so far back.
_BETWEEN_NAMES = (" to ", " a ", " has ", "  ", " will ", " said ", '"', ":", ";")
_FAR_BACK = 200


class _Caution(NamedTuple):
    given_name: bool
    capitals: bool
    unless: re.Pattern[str] | None
    instead: str  # whom the word means where one of the words of "unless" stands
    confirmed_by: re.Pattern[str] | None


def find_parties(text: str) -> list[Mention]:
    """Return the parties that ``text`` names, in order, none overlapping another.

    >>> [(m.text, m.name, m.form) for m in find_parties("The U.S. and Danish aid to Kyiv")]
    [('U.S.', 'United States', 'name'), ('Danish', 'Denmark', 'adjective'), ('Kyiv', 'Ukraine', 'metonym')]
    """  # noqa: E501
    return Named(text).between(0, len(text))


class Named:
    """The parties that a text names, looked for where they are asked for."""

    def __init__(self, text: str) -> None:
        self.text = self._text = text
        flat = text.replace("’", "'").replace("\n", " ").replace("\xa0", " ").replace("\t", " ")
        self._flat = flat
        self._excluded = _Excluded(flat)
        self._anchor = anchor(flat)
        # how far the last stretch went, and where the last name in it ended
        self._reached = self._done = 0
        self._every: list[Mention] | None = None  # where all of the text was looked through

    def look_through(self) -> None:
        """Find all mentions at once, where nearly all of the text will be asked for."""
        if self._every is None:
            self._every = self._looked_for(0, len(self.text))

    def between(self, low: int, high: int) -> list[Mention]:
        """The mentions that lie in ``text[low:high]``, the same ones as among those of all of it.

        Both ends stand between two words. A name that goes on beyond them does not count.
        """
        if self._every is None:
            return self._looked_for(low, high)
        first = bisect_left(self._every, low, key=_start)
        last = bisect_left(self._every, high, first, key=_start)
        if last > first and self._every[last - 1].end > high:
            last -= 1
        return self._every[first:last]

    def _looked_for(self, low: int, high: int) -> list[Mention]:
        names = entries()
        text, flat = self._text, self._flat
        found: list[Mention] = []
        first, done = self._fresh_start(low)
        for word in self._anchor.finditer(flat, first, high):
            candidates = names.get(word.group())
            if candidates is None or word.start() < done:
                continue  # nearly every word is no name: asked first
            for entry in candidates:
                start = word.start() - entry.lead
                end = start + len(entry.spelling)
                if start < done or not flat.startswith(entry.spelling, start):
                    continue
                if not _bounded(flat, start, end):
                    continue
                done = end
                who = entry.party
                if who is not None and self._excluded[entry.word]:
                    who = party(_cautions()[entry.word].instead)
                if who is None or start < low or end > high:
                    break
                if _meant(entry, text, flat, start):
                    form = _form(entry, text, flat, start, end)
                    found.append(
                        Mention(start, end, text[start:end], who.name, who.kind, form, who.code)
                    )
                break
        self._reached, self._done = high, done
        return found

    def _fresh_start(self, low: int) -> tuple[int, int]:
        """A place up to ``low`` to look from, and where the last name before it ends.

        No name can stand across the place; else it is where the last stretch ended, so that
        stretches in order never look at the text twice.
        """
        back = max(0, low - _FAR_BACK)
        for mark in _in_no_name():
            place = self._flat.rfind(mark, back, low)
            if place >= 0:
                return place + len(mark), 0
        return (self._reached, self._done) if self._reached <= low else (0, 0)


def _start(mention: Mention) -> int:
    return mention.start


@cache
def _in_no_name() -> tuple[str, ...]:
    """Those of ``_BETWEEN_NAMES`` that no name of the tables holds or begins with."""
    spellings = [entry.spelling for found in entries().values() for entry in found]
    return tuple(
        mark
        for mark in _BETWEEN_NAMES
        if not any(mark in one or f" {one}".startswith(mark) for one in spellings)
    )


class _Excluded(dict[str, bool]):
    """Word -> whether the rest of the text says that it means something else: asked once each."""

    def __init__(self, flat: str) -> None:
        super().__init__()
        self._flat = flat

    def __missing__(self, word: str) -> bool:
        caution = _cautions().get(word)
        excluded = False
        if caution is not None and caution.unless and caution.unless.search(self._flat):
            excluded = not (caution.confirmed_by and caution.confirmed_by.search(self._flat))
        self[word] = excluded
        return excluded


def _bounded(flat: str, start: int, end: int) -> bool:
    if start and (flat[start - 1].isalnum() or flat[start - 1] in "_@"):
        return False
    after = flat[end : end + 2]
    if not after:
        return True
    if after[0].isalnum() or after[0] == "_":
        return False
    return not (after[0] == "." and after[1:].islower())  # a web address


def _meant(entry: Entry, text: str, flat: str, start: int) -> bool:
    """Say whether the word stands for the party here, as far as its neighbours can tell."""
    end = start + len(entry.spelling)
    if flat[start - 1 : start] == "-" and flat[max(0, start - 5) : start].lower().endswith(
        _NOT_ITSELF
    ):
        return False
    if entry.form == "adjective" and _SOCIETY.match(flat, end):
        return False
    caution = _cautions().get(entry.word)
    if caution is None:
        return True
    if caution.given_name and text[end : end + 1] != "\n":
        if _CAPITALISED_AFTER.match(flat, end) and not _OFFICES.match(flat, end):
            return False
        if _PERSON_BEFORE.search(flat[max(0, start - 16) : start]):
            return False
    return not (caution.capitals and _line_around(text, start, end).isupper())


def _line_around(text: str, start: int, end: int) -> str:
    """The line, at most 100 characters to either side."""
    before = text[max(0, start - 100) : start].rsplit("\n", 1)[-1]
    return before + text[end : end + 100].split("\n", 1)[0]


def _form(entry: Entry, text: str, flat: str, start: int, end: int) -> str:
    behind_comma = entry.form == "name" and flat[start - 2 : start] == ", "
    if behind_comma and (_in_dateline(text, flat, start, end) or _is_of_city(flat, start, end)):
        return "place"
    return _form_here(entry, text, flat, start, end)


def _form_here(entry: Entry, text: str, flat: str, start: int, end: int) -> str:
    if flat[end : end + 1] not in _TELLING_AFTER and entry.form != "metonym":
        return entry.form
    if entry.form in ("name", "adjective"):
        money = _money() if entry.form == "adjective" else _MONEY_AFTER_NAME
        if _SIGN.match(flat, end) or money.match(flat, end):
            return "currency"
        if entry.spelling in ("US", "U.S.") and _DOLLARS.match(flat, end):
            return "name" if flat.endswith(("the ", "The "), 0, start) else "currency"
        if _PARTICIPLE.match(flat, end):
            return "adjective"
    elif entry.form == "metonym":
        if _PARTICIPLE.match(flat, end):
            return "adjective"
        if _PLACE_BEFORE.search(flat[max(0, start - 12) : start]):
            return "place"
        if entry.party and flat.startswith(f", {entry.party.name}", end):
            return "place"
        if text[start - 1 : start] in ("", "\n") and _DATELINE.match(flat, end):
            return "place"
    return entry.form


def _is_of_city(flat: str, start: int, end: int) -> bool:
    """Whether a country only says where a city is: "in Lyon, France, donors pledged"."""
    city = _IN_CITY.search(flat, max(0, start - 50), start)
    if city is None or city.group().split()[1].rstrip(",") in NAMES:
        return False  # "in March, Norway, …"
    return _PLACE_ENDS.match(flat, end) is not None


def _in_dateline(text: str, flat: str, start: int, end: int) -> bool:
    """Whether the name is the country of a dateline at the head of a line."""
    if not _DATELINE_TAIL.match(flat, end):
        return False
    line = text.rfind("\n", 0, start) + 1
    return start - line <= _LONGEST_CITY and _CITY.fullmatch(flat, line, start) is not None


@cache
def _cautions() -> dict[str, _Caution]:
    found: dict[str, _Caution] = {}
    for row in data_tables.table("cautions"):
        old = found.get(row["word"], _Caution(False, False, None, "", None))
        if row["rule"] in ("unless", "instead"):
            words, confirming = _any_of(row["words"]), _any_of(row["confirmed_by"])
            instead = row["words"].split("|")[0] if row["rule"] == "instead" else ""
            found[row["word"]] = old._replace(
                unless=words, instead=instead, confirmed_by=confirming
            )
        else:
            given_name = old.given_name or row["rule"] == "given_name"
            capitals = old.capitals or row["rule"] == "capitals"
            found[row["word"]] = old._replace(given_name=given_name, capitals=capitals)
    return found


def _any_of(words: str) -> re.Pattern[str] | None:
    if not words:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words.split("|"))) + r")(?!\w)")


@cache
def _money() -> re.Pattern[str]:
    """What follows the adjective of a country when the two together name a currency."""
    nouns = set(_MORE_MONEY)
    for fact in currencies():
        noun = without_accents(fact.name.split(" (")[0].split()[-1].lower())
        if fact.minor_units is not None and noun.isalpha() and noun not in _NO_MONEY:
            nouns.add(noun)
    words = "|".join(sorted(nouns))
    return re.compile(rf"[ -](?:new |convertible )?(?:{words})s?\b(?! (?:estate|prince))")
