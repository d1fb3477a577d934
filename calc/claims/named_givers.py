"""Givers that no table has: firms, foundations, families and persons, by their own name.

A run of capitalised words is one where it stands as a giver does: before a verb of giving, behind
"from" and a sum, or as an item of a list right before its sum. Who speaks for a state, an office
or an organisation gives nothing in their own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from ..parties import Mention
from ..text import data_tables
from ..text.guarded import Guarded
from ..text.months import ENGLISH as MONTHS
from .dates import WEEKDAYS
from .incomes import mostly_receives

KIND = "named"  # of a mention: neither a country nor an organisation of the tables

# capitals of all Latin alphabets: "Şişecam"
_CAPITAL = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, map(chr, range(0x100, 0x180))))
_WORD = rf"[{_CAPITAL}][\w’'ʻ.-]*\w"
_RUN = rf"{_WORD}(?:\s(?:&\s|of\s(?=[A-Z])|de\s)?{_WORD}){{0,5}}"
_AND_RUN = rf"(?P<one>{_RUN})(?:(?:,|,?\sand)\s(?:the\s)?(?P<two>{_RUN}))?"
_HELPING = r"(?:has|have|had|will|would|is|are|was|to|also|already|now|then|both|together"
_HELPING += r"|by now|so far|in turn|be|going|\w+ly)"
_GAVE = r"donat(?:es?|ed|ing)|contribut(?:es?|ed|ing)|pledg(?:es?|ed|ing)|giv(?:es?|en|ing)|gave"
_MEANT = r"commit(?:s|ted|ting)?|promis(?:es?|ed|ing)|offer(?:s|ed|ing)?|put(?:s|ting)? up"
_SENT = (
    r"given away|releas(?:es?|ed|ing)|sen(?:ds?|t|ding)|set(?:s|ting)? aside|earmark(?:s|ed|ing)?"
)
_GRANTED = r"provid(?:es?|ed|ing)|allocat(?:es?|ed|ing)|approv(?:es?|ed|ing)|match(?:es|ed|ing)?"
_GIVES = rf"(?:{_GAVE}|{_MEANT}|{_SENT}|{_GRANTED})"
_WHO = r"(?:\s\([\w.:-]{2,12}\)|,\s[^,;.]{3,60},|,\s(?:who|which))?"
_TELLS = r"said|says|announce[sd]|confirmed|stated|disclosed|let it be known"
_SAID_IT = rf"\s(?:{_TELLS})\s[^.;]{{0,90}}?\b(?:it|they)"
# "Allianz gave", "Gates, who has donated", "JCDecaux said it will contribute"
_BEFORE_VERB = Guarded(rf"\b{_AND_RUN}(?:{_WHO}|{_SAID_IT})\s(?:{_HELPING}\s){{0,3}}{_GIVES}\b")
_MONEY = r"(?:\d|\d ?(?:[mk]|[mb]n)|[mb]illion|euros|dollars|pounds|crore|\))"
_PROGRAMME = r"(?:program\w*|initiative|package|facility|plan|scheme|budget)"
# "$30 million from the Dalio Foundation", "€200m from the cosmetics group L'Oréal"
_BEHIND_FROM = Guarded(
    rf"{_MONEY}\s(?:came\s|comes\s)?from\s(?:the\s)?(?P<what>(?:[\w-]+\s){{0,6}}?){_AND_RUN}"
    rf"(?![\w’'-]|\s{_PROGRAMME}\b)"
)
# "$3 million was pledged by the Dangote Foundation"
_DONATED = r"donated|contributed|pledged|given|committed|promised|offered|provided|put up"
_BEHIND_BY = Guarded(
    rf"\b(?:{_DONATED})\s(?:\w+\s){{0,4}}?by\s(?:the\s|The\s)?{_AND_RUN}(?![\w’'-])"
)
# "Twilio USD 10 million and Visa Foundation USD 3 million"
_BEFORE_SUM = Guarded(
    rf"(?:,|;|\band|\bas)\s(?P<one>{_WORD}(?:\s(?!(?:[A-Z]{{3}}|Rs)\b){_WORD}){{0,4}})"
    r"\s(?=(?:(?:[A-Z]{3}|US)\s?)?[$€£]?\d[\d.,]*\s?(?:[mb]illion|[mb]n?\b))"
)
# Words of a name that make it a state's office or a title: it speaks for somebody else
_TITLES = r"Ministers?|President|Prime|Secretary|Ambassador|Commissioner|King|Chancellor|Queen|Emir"
_MORE_TITLES = r"Sheikh|Prince(?:ss)?|Mr|Mrs|Ms|Dr|General|Chair\w*|Governor|Senator|PM|FM|Premier"
_BODIES = (
    r"Ministry|Commission|Parliament|Congress|Government|Council|Department|Senate|House|State"
)
_MORE_BODIES = r"Cabinet|Board|Treasury|Embassy|Army|Administration|Agency|Bundestag|Committee"
_CROWDS = r"Conference|Summit|Lawmakers|Donors|Leaders|Director\w*|Countries|Members|States|Nations"
_OFFICE = re.compile(
    rf"\b(?:{_TITLES}|{_MORE_TITLES}|{_BODIES}|{_MORE_BODIES}|{_CROWDS}|Sir|Lord)\b"
)
_LEADS = r"[Mm]inister|[Pp]resident|[Pp]remier|[Cc]hancellor|[Ss]ecretary|[Aa]mbassador|[Kk]ing|PM"
_HEADS = r"[Cc]ommissioner|[Cc]hief|[Dd]irector|[Ee]nvoy|[Gg]overnor|[Cc]oordinator|[Hh]ead|FM"
_SPEAKS = r"[Ll]eader|[Ss]pokes\w+|[Oo]fficial|[Ll]awmaker|[Ss]enator|[Rr]epresentative|[Ee]xpert"
_TITLE = rf"{_LEADS}|{_HEADS}|{_SPEAKS}"
_PERSON = r"[A-ZÀ-Þ][\w’'.-]+"
# "Mark Lowcock, the UN's humanitarian chief", "minister Gerd Mueller"
_SPEAKS_FOR = re.compile(
    rf"\b(?:{_TITLE})(?:\sof\s[\w\s]{{3,40}}?)?,?\s((?:{_PERSON}\s?){{1,4}})"
    rf"|((?:{_PERSON}\s){{0,3}}{_PERSON}),\s[^,.;]{{0,60}}\b(?:{_TITLE})\b"
)
_GIVEN_NAMES = re.compile(rf"\b((?:{_PERSON}\s){{1,2}})\Z")
_LONGEST_GIVEN = 80  # characters
_OWNED = re.compile(r"['’]s\s(?:CEO\s|[Cc]hairman\s)?")  # "Fimalac's CEO Marc Ladreit"
_OF_ANOTHER = re.compile(r"['’]s\s$")
_OWNER = re.compile(
    rf"{_OF_ANOTHER.pattern}"
    r"|\b(?:[Ww]ithin|[Ii]n|[Aa]t|[Oo]f|[Ff]or|[Tt]o|[Ww]ith|[Uu]nder|[Bb]y|[Tt]hrough)\s(?:the\s)?$"
)
_FORM = re.compile(r"\s(?:SA|SE|AG|Inc|Ltd|plc|PLC|Corp|NV|Co)\.?$")
_CODE = re.compile(r"[A-Z]{3}")
# what a body is, said again without its name: "a further sum is given by the City"
_ALONE = frozenset(("City", "Foundation", "Charity", "Group", "Company", "Society", "Network"))
_NEVER = frozenset(MONTHS) | frozenset(WEEKDAYS)


@cache
def _no_names() -> frozenset[str]:
    return frozenset(
        word for row in data_tables.table("no_givers") for word in row["words"].split("|")
    )


def named_givers(sentence: str, mentions: Sequence[Mention], document: str) -> list[Mention]:
    """The givers in ``sentence`` that no table has, as mentions, in order.

    ``mentions`` are the known parties of the sentence, ``document`` the text in which a title may
    say for whom a person speaks.

    >>> [m.name for m in named_givers("Allianz gave 6 million euros to Norway.", [], "")]
    ['Allianz']
    >>> named_givers("Allianz, the minister said, gave 6 million.", [], "Minister Allianz spoke")
    []
    """
    found: dict[int, Mention] = {}
    told = _told_in(document)
    rich = min((one.start for one in mentions if _may_give(one)), default=len(sentence))
    for pattern in (_BEHIND_FROM, _BEHIND_BY, _BEFORE_SUM, _BEFORE_VERB):
        for match in _all(pattern, sentence):
            if pattern is _BEFORE_VERB and rich < match.start():
                break  # "For the United States Clinton promised": whose money is not said
            for one in _names(match, sentence, mentions):
                if not told.speaks_for_another(one.name):
                    found.setdefault(one.start, one._replace(name=told.in_full(one.name)))
    last = 0
    kept = []
    for start in sorted(found):
        if start >= last:
            kept.append(found[start])
            last = found[start].end
    return kept


# what a firm, a charity or a fund is called: "Çalık Holding", "Vibrant Community Services"
_FIRM = r"Group|Holdings?|Bank|Corporation|Company|Companies|Industries|Energy|Airlines|Motors"
_CHARITY = r"Foundation|Charity|Association|Society|Church|Trust|Initiative|Network|Club|Federation"
_FUND = r"Fund|Facility|Coalition|Alliance|Community|Services|Institute|University|Hospital|Centre"
_AND_MORE_FUND = r"Center|Relief|Red Cross|Red Crescent|Mission|Programme|Program|Partnership"
_BODY = Guarded(
    rf"(?P<one>{_WORD}(?:\s(?:&\s|of\s(?=[A-Z])|for\s(?=[A-Z])|and\s(?=[A-Z]))?{_WORD}){{0,6}}?"
    rf"\s(?:{_FIRM}|{_CHARITY}|{_FUND}|{_AND_MORE_FUND}))(?![\w’'-]*\w|\s[A-Z])"
)


def bodies(sentence: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The firms, charities and funds of ``sentence`` that no table has, by what they are called.

    Unlike a giver by its own name they may stand anywhere; ``mentions`` are the parties known.

    >>> [m.name for m in bodies("It gave 5 million to the Vibrant Food Trust.", [])]
    ['Vibrant Food Trust']
    """
    return [one for match in _all(_BODY, sentence) for one in _names(match, sentence, mentions)]


def _all(pattern: Guarded, sentence: str) -> Iterator[re.Match[str]]:
    if pattern.search(sentence) is None:
        return iter(())
    return pattern.compiled.finditer(sentence)


def _may_give(mention: Mention) -> bool:
    """Whether a known party may be meant by who is named beside it."""
    if mention.form in ("place", "currency", "adjective"):
        return False
    return mention.kind == "country" and not mostly_receives(mention.name)


def _names(match: re.Match[str], sentence: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    groups = match.re.groupindex
    for group in ("one", "two"):
        if group not in groups or match.group(group) is None:
            continue
        start, end = match.span(group)
        words = sentence[start:end].split(" ")
        while words and words[0].lower() in _no_names():
            start += len(words.pop(0)) + 1
        name = _OWNED.split(" ".join(words))[-1]
        start = end - len(name)
        name = _FORM.sub("", name.removesuffix("’s").removesuffix("'s"))
        end = start + len(name)
        owner = _OF_ANOTHER if match.re in (_BEHIND_BY.compiled, _BODY.compiled) else _OWNER
        if owner.search(sentence, max(0, start - 24), start):
            continue  # "Scotland's Nicola Sturgeon", "Within the JETP, the UK gives"
        taken = any(one.start < end and start < one.end for one in mentions)
        if not name or taken or not _is_name(name, start == 0):
            continue
        if group == "one" and "what" in groups:
            start = match.start("what")  # "the cosmetics group L'Oréal": what it is, and its name
            start = max([start, *(one.end + 1 for one in mentions if start <= one.start < end)])
        yield Mention(start, end, name, name, KIND, "name", None)


def _is_name(name: str, first: bool) -> bool:
    if _OFFICE.search(name) or not {word.lower() for word in name.split()}.isdisjoint(_NEVER):
        return False
    if _CODE.fullmatch(name) or len(name) < 3 or name in _ALONE:
        return False  # "SEK 9.2 billion will go", "and Rs 5 million"
    if " " in name or not first:
        return True
    return not name.endswith("s") and len(name) > 3  # "Governments gave"


class _Told:
    """What a document tells of the names in it: each is asked once, however often it stands."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._speaks: dict[str, bool] = {}
        self._whole: dict[str, str] = {}

    def speaks_for_another(self, name: str) -> bool:
        """Whether it gives a person of the name a title."""
        found = self._speaks.get(name)
        if found is None:
            found = self._speaks[name] = _speaks_for_another(name, self._document)
        return found

    def in_full(self, name: str) -> str:
        """The name with the given names that stand before it elsewhere."""
        found = self._whole.get(name)
        if found is None:
            found = self._whole[name] = _in_full(name, self._document)
        return found


@lru_cache(maxsize=4)  # a document is asked with and without its title
def _told_in(document: str) -> _Told:
    return _Told(document)


def _in_full(name: str, document: str) -> str:
    """A surname with the given names that stand before it elsewhere: "Scott", "MacKenzie Scott"."""
    if " " in name or name not in document:
        return name
    whole = _first_in_full(name, document)
    if whole is None:
        return name
    given = [
        word
        for word in whole.group(1).split()
        if word.lower() not in _no_names() and not word.endswith(("'s", "’s"))
    ]
    return " ".join([*given, name]) if "." not in whole.group(1) else name


def _first_in_full(name: str, document: str) -> re.Match[str] | None:
    """The first given names right before the name: looked for where it stands, not everywhere."""
    at = document.find(name)
    while at >= 0:
        behind = document[at + len(name) : at + len(name) + 1]
        if not (behind.isalnum() or behind == "_"):
            whole = _GIVEN_NAMES.search(document, max(0, at - _LONGEST_GIVEN), at)
            if whole is not None:
                return whole
        at = document.find(name, at + 1)
    return None


def _speaks_for_another(name: str, document: str) -> bool:
    """Whether the document gives a person of the name a title: "Prime Minister Justin Trudeau"."""
    last = name.rsplit(" ", 1)[-1]
    at = document.find(last)
    while at >= 0:
        around = document[max(0, at - 90) : at + 110]
        for found in _SPEAKS_FOR.finditer(around):
            if last in (found.group(1) or found.group(2)).split():
                return True
        at = document.find(last, at + len(last))
    return False
