"""What the money is for: topics from ``calc/data/topics.tsv`` and programmes named in the text."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cache

from ..text import data_tables
from ..text.months import ENGLISH as MONTHS
from .dates import WEEKDAYS
from .phrases import Topics
from .served import is_region, programme_names

# A run of capitalised words; a possessive or "-like" at its end is no part of the name.
_NAME = re.compile(r"(?<![\w.])[A-Z]\w*[a-z]\w*(?:(?:['’]s)?[\s-][A-Z]\w*[a-z]\w*)*")
_WORD = re.compile(r"[A-Z]\w*")
_TITLES = (
    r"minister president chancellor premier secretary ambassador general governor commissioner "
    r"chief speaker chair\w* director spokes\w+ advis[eo]r counterpart leader colleague"
).split()
_CAPITAL_TITLES = "FM PM Mr Mrs Ms Dr King Queen Prince".split()
_ANY_TITLE = "|".join([*(f"[{t[0].upper()}{t[0]}]{t[1:]}" for t in _TITLES), *_CAPITAL_TITLES])
_TITLED = re.compile(rf"\b(?:{_ANY_TITLE})\.?,?\s((?:[A-ZÀ-Þ][\w’'-]+\s?){{1,3}})")
_SAYING = (
    "said added wrote noted told announced reported stressed thanked emphasi[sz]ed recalled "
    "explained discussed"
).split()
_SAID = re.compile(rf"(?:{'|'.join(_SAYING)})\b")
# The letters that each of these surely holds, behind the first one of a title: they are found in
# a text much faster than a pattern.
_LETTERS = re.compile("[A-Za-z]+")
_IN_TITLES = [title[1:] for title in _LETTERS.findall(" ".join(_TITLES)) if len(title) > 2]
_IN_SAYING = [word for word in _LETTERS.findall(" ".join(_SAYING)) if len(word) > 2]
_SPEAKER = re.compile(r"\b((?:[A-ZÀ-Þ][\w’'-]+\s?){1,3}),?$")
_MOST_NAMES = 3  # in one clause
_LONGEST_NAME = 60  # characters before "said" that can be a name
# A capitalised word behind these is a place or a time: "in Dubai", "before Easter".
_WHERE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Oo]utside|[Bb]efore|[Aa]fter|[Aa]round|by)\s$"
)
# Words that say what kind of thing a name stands for: alone they name nothing.
_KINDS = frozenset(
    "fund funds facility programme program initiative package coalition conference bank society "
    "ministers alliance partners loan loans oblast province region district embassy allied trust "
    "aid support assistance plan act project request response list mission all official arms "
    "weapons investment".split()
)
# Parts of the world, and the first half of a word with a hyphen, are no names alone.
_PLACES = frozenset("south north east west pacific asia africa europe macro usaid".split())
# Capitalised words that name no programme.
_COMMON = frozenset(
    "the a an this that these those in on at by of for and but since according under it its he she "
    "they we his her their government ministry minister president parliament army forces defense "
    "defence foreign prime strategic industries armed states council commission union air force "
    "million billion thousand euro euros dollar dollars baltic nordic western eastern european "
    "national international central ministerial republic kingdom state press office federal "
    "cabinet finance economy interior senate house yonhap reuters "
    "congress bundestag commissioner correction update photo chancellor sir lord lady baroness "
    "development affairs cooperation trade one two first second third new plus danish dutch "
    "norwegian swedish german french british american canadian japanese".split()
)
# What a programme's name ends in, and what stands behind one: "the Palianytsia drones".
_MONEY = "fund|facility|programmes?|programs?|initiative|package|scheme|mechanism|instrument"
_EFFORT = "project|plan|coalition|mission|operation|partnership|compact|framework|window|corridor"
_GOODS = "drones?|loans?"  # "Patriot missiles" are a kind of weapon, whoever buys them
_ENDS = re.compile(
    rf"(?:{_MONEY}|{_EFFORT}|loans?|act|trust|lanes?|list|model|support|response|relief|request"
    r"|acceleration|assistance|appeal|deal|strategy)\Z",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"[”’\"»]?[\s-](?:{_MONEY}|{_EFFORT}|{_GOODS})\b")
_LEADS = re.compile(
    r"\b(?:under|through|via|within|as part of|called|named|dubbed|known as)\s(?:the\s|its\s)?"
    r"[\"“„«]?\Z"
)
# … of one word alone only where it is called a programme: not "under Hamas", "a storm named Odette"
_LEADS_TO_ONE = re.compile(
    rf"\b(?:{_MONEY}|{_EFFORT})\b,?\s(?:[\w-]+,?\s){{0,3}}?(?:called|named|dubbed|known as)\s"
    r"(?:the\s)?[\"“„«]?\Z"
)
# Behind these it is a body or a giver: "the Secretariat of the Pacific Environment Programme".
_OF_A_BODY = re.compile(
    r"\b(?:secretariat|board|director|office|donations?|gifts?|grants?)\s(?:of|by|from)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
# Capitalised words that begin no name alone, and belong to one of several words.
_FIRST_OF_SEVERAL = frozenset("foreign national international joint".split())
# A name with one of these is a body or a person, whatever stands around it.
_BODIES = frozenset(
    "foundation bank agency institute board directorate region provincial university department "
    "secretary group committee corporation trading service battalion presidency center centre "
    "chamber office council news association church museum hospital embassy chief director "
    "governor mayor king prince princess amir representative representatives reporter "
    "administration secretariat treasury society federation company holding university reserves "
    "authority community directors governors high representative mr mrs ms dr".split()
)
_NO_NAMES = _COMMON | frozenset(MONTHS) | frozenset(WEEKDAYS)
_NAMES_NOTHING = _KINDS | _PLACES
_WHOLE_KINDS = (frozenset("official development assistance".split()),)


_KIND_OF_AID = re.compile(
    r"[\w-]+ (?:aid|assistance|support|help|terms|equipment|supplies)\b|\b(?:arms|weapons)\b",
    re.IGNORECASE,
)


@cache
def _topics() -> Topics:
    return Topics((row["topic"], row["pattern"]) for row in data_tables.table("topics"))


def topics_in(text: str) -> list[str]:
    """The topics of ``calc/data/topics.tsv`` that ``text`` speaks of, in the order of the table.

    >>> topics_in("humanitarian aid for schools")
    ['humanitarian', 'education']
    """
    return _topics().find(text)


def person_words(text: str) -> frozenset[str]:
    """Words of ``text`` that are parts of persons' names: a title before, or "said" behind.

    >>> sorted(person_words("Prime Minister Ana Example said so. Example added more."))
    ['Ana', 'Example', 'Minister']
    """
    words: set[str] = set()
    done = 0
    titles = [at - 1 for letters in _IN_TITLES if letters in text for at in _places(letters, text)]
    titles = [at for at in titles if at >= 0]
    titles += [at for title in _CAPITAL_TITLES if title in text for at in _places(title, text)]
    for at in sorted(titles):
        match = _TITLED.match(text, at) if at >= done else None
        if match is not None:
            words.update(match.group(1).split())
            done = match.end()
    for letters in (letters for letters in _IN_SAYING if letters in text):
        for at in _places(letters, text):
            if text[at - 1 : at].isspace() and _SAID.match(text, at):
                name = _SPEAKER.search(text[max(0, at - 1 - _LONGEST_NAME) : at - 1])
                if name:
                    words.update(name.group(1).split())
    return frozenset(words)


def _places(letters: str, text: str) -> Iterator[int]:
    """Where ``letters`` stand in ``text``, in order."""
    at = text.find(letters)
    while at >= 0:
        yield at
        at = text.find(letters, at + 1)


# No name and no title stands on both sides of these: names are read between them.
_IN_NO_NAME = (" of ", " the ", " to ", " a ")
_BEHIND_A_NAME = 100  # characters in which "said" stands behind the first word of a name
_BEFORE_A_NAME = 1000  # … in which one of them is looked for: lists of thousands of lines have none


class Persons(Container[str]):
    """``person_words`` of a text, asked for one word: looked for where the word stands.

    >>> "Example" in Persons("Prime Minister Ana Example thanked the allies of the country.")
    True
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._asked: dict[str, bool] = {}

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        found = self._asked.get(word)
        if found is None:
            found = self._asked[word] = any(
                word in person_words(self._around(at)) for at in _places(word, self._text)
            )
        return found

    def _around(self, at: int) -> str:
        """The text around ``at`` that says whether a person's name stands there."""
        text = self._text
        first = max(0, at - _BEFORE_A_NAME)
        begin = max(text.rfind(mark, first, at) + len(mark) - 1 for mark in _IN_NO_NAME)
        end = at + _BEHIND_A_NAME
        while end < len(text) and not text[end].isspace():
            end += 1
        return text[max(begin, first) : end]


def purpose_of(
    clause: str, at_start: bool, taken: list[tuple[int, int]], persons: Container[str]
) -> str | None:
    """Topics and named programmes in ``clause``, joined by ``|``; ``None`` when there are none.

    ``taken`` are spans that are parties or figures; ``at_start`` says that the first word has
    its capital only from beginning a sentence.

    >>> purpose_of("to buy Ukrainian-made Palianytsia drones", False, [(7, 16)], frozenset())
    'drones|production|Palianytsia'
    """
    topics = topics_in(clause)
    taken = [(start, end) for start, end in taken if start < len(clause) and end > 0]
    names = programme_names(clause)
    for match in _NAME.finditer(clause):
        if len(names) == _MOST_NAMES:
            break
        low, high = match.span()
        near = _overlapping(taken, low, high)
        found = list(_WORD.finditer(clause, low, high))
        told = [
            ""
            if (at_start and word.start() == 0)
            or (near and _overlapping(near, *word.span()))
            or word.group() in persons
            else word.group()
            for word in found
        ]
        words = _without_ends(told)
        if not words or not _is_programme(clause, match, [word for word in words if word]):
            continue
        first = next(at for at in range(len(told)) if told[at : at + len(words)] == words)
        name = clause[found[first].start() : found[first + len(words) - 1].end()]
        if not _WHERE.search(clause[max(0, low - 8) : low]) and not is_region(name):
            names.append(" ".join(name.split()))
    return "|".join(dict.fromkeys(topics + names)) or None


def _without_ends(words: Iterable[str]) -> list[str]:
    """The words of a name, without those at its ends that name nothing; "" is a party.

    >>> _without_ends(["The", "African", "Development", "Fund", "Monday"])
    ['African', 'Development', 'Fund']
    >>> _without_ends(["", "Foreign", "Disaster", "Fund"])
    ['Foreign', 'Disaster', 'Fund']
    """
    kept = list(words)
    first = 0
    while first < len(kept) and (not kept[first] or kept[first].lower() in _NO_NAMES):
        first += 1
    while kept[first:] and (not kept[-1] or kept[-1].lower() in _NO_NAMES):
        kept.pop()
    if first and len(kept) > first + 1 and kept[first - 1].lower() in _FIRST_OF_SEVERAL:
        first -= 1
    return kept[first:]


def _overlapping(spans: list[tuple[int, int]], low: int, high: int) -> list[tuple[int, int]]:
    return [span for span in spans if span[0] < high and low < span[1]]


def _is_programme(clause: str, found: re.Match[str], words: list[str]) -> bool:
    """Whether a run of capitalised words names a programme: by its end, or by what is beside it.

    A speaker, an agency, a weekday and the first word of a sentence are none.

    >>> [purpose_of(text, True, [], frozenset()) for text in
    ...  ("It is under the Poplar Line package.", "Now Kyodo News says so.", "A Grain Initiative.")]
    ['Poplar Line', None, 'Grain Initiative']
    """
    lower = {word.lower() for word in words}
    if lower <= _NAMES_NOTHING or lower in _WHOLE_KINDS or not _BODIES.isdisjoint(lower):
        return False
    ahead = clause[max(0, found.start() - 80) : found.start()]
    if _OF_A_BODY.search(ahead) or found.group().endswith(" Union"):
        return False
    quoted = clause[found.start() - 1 : found.start()] in ("“", "„", "«", '"')
    closed = clause[found.end() : found.end() + 1] in ("”", "»", '"')
    return (
        (len(words) > 1 and _ENDS.match(words[-1]) is not None)
        or _BEHIND.match(clause, found.end()) is not None
        or (quoted and closed)
        or (_LEADS if len(words) > 1 else _LEADS_TO_ONE).search(ahead) is not None
    )


def kinds_of_aid(sentences: Iterable[str]) -> tuple[str, ...]:
    """The topics of the kinds of aid that sentences name: "military aid", "in humanitarian terms".

    >>> kinds_of_aid(["Norway has given 2 billion in military aid for the children of war."])
    ('military',)
    """
    named = (found.group() for text in sentences for found in _KIND_OF_AID.finditer(text))
    return tuple(topics_in(" ".join(named)))
