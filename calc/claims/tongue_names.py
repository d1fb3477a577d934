"""Givers that no table has, in other languages than English: firms and foundations by their name.

A run of capitalised words is one beside a word for such a body ("die Rabobank-Stiftung", "фонд
«Повернись живим»"), or right before a verb of giving. Offices of a state and persons are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..figures.lexicon import CUES, SCALES
from ..parties import Mention
from .named_givers import KIND
from .signs import Sign
from .tongue_rules import TongueRule, of_facets

BODY = "-body"  # how the names of rules end that have the words for firms and foundations
_NEAR = 40
_VERB_NEAR = 4  # characters between a name and its verb
_LONGEST = 60
_LONE = 3  # letters of the shortest name of one word

_CAPITALS = "".join(c for c in map(chr, range(0x41, 0x530)) if c.isupper())
_WORD = rf"[{_CAPITALS}][\w’'&.-]*\w"
_JOINS = r"&\s|of\s|de\s|för\s|pour\s|per\s"
_RUN = re.compile(rf"(?<![\w-])[„“\"«]?({_WORD}(?:[\s„“\"«]{{1,2}}(?:{_JOINS})?{_WORD}){{0,4}})")
# articles with the capital of a sentence's beginning
_ARTICLES = r"Der|Die|Das|Ein|Eine|El|La|Los|Las|Le|Les|Un|Una|Une|Il|Lo|Gli|I|De|Het|Een|Den|Det"
_ARTICLE = re.compile(rf"(?:{_ARTICLES})\s")
_QUOTED = re.compile(r"[„“\"«]([^„“”\"«».]{2,50})[“”\"»]")
_QUOTES = re.compile(r"[„“”\"«»]")
# words of a name that make it a state's office, a gathering or a day
_STATE = r"minist|міністер|министер|pr[äe]s?id|prezid|президент|parlament|парламент|bundes|kanzler"
_GOVERN = r"regier|govern|gobiern|gouvern|уряд|правит|rząd|vyriaus|vald[īi]b|valits|reger|regjer"
_HOUSE = r"storting|folketing|riksdag|riigikog|seim|sejm|rada|рада|совет|kongres|congr|конгрес"
_GATHER = r"[kc]ommiss|комісі|комисси|komisj|conf[ée]r|konferen|конферен|summit|gipfel|саміт|саммит"
_UNION = r"union|sąjung|savienīb|союз|liit|staaten|états|stati|estados|banc?k?\b|банк|nation|націй"
_OFFICE = re.compile(rf"{_STATE}|{_GOVERN}|{_HOUSE}|{_GATHER}|{_UNION}")
# right before a person's name
_TITLE = r"minist|міністр|министр|presid|präsid|prezid|президент|premjer|premier|прем.?єр|премьер"
_HEADS = r"kanzler|chef|szef|глава|голова|head|direc|direk|директор|vadov|juht|leder|vadītāj"
_SPEAKS = r"sprecher|porte-parole|portavo[cz]|rzeczni|речни|talsm|woordvoerder|експерт|expert"
_PERSON = re.compile(rf"(?:{_TITLE}|{_HEADS}|{_SPEAKS}|sekret|secret|секрет|general)\w*[,\s]*$")


def named_abroad(text: str, lower: str, language: str, acts: Sequence[Sign]) -> list[Mention]:
    """The firms and foundations of a sentence, in order; ``acts`` are its verbs of giving.

    >>> text = "Der Konzern Allianz spendet 5 Millionen Euro."
    >>> [one.name for one in named_abroad(text, text.lower(), "de", [])]
    ['Allianz']
    """
    rules = [rule for rule in of_facets(language, "donor") if rule.name.endswith(BODY)]
    if not rules:
        return []
    quoted = [
        Mention(*match.span(1), match.group(1), match.group(1), KIND, "name", None)
        for match in _QUOTED.finditer(text)
        if _is_body(rules, lower, *match.span(1))
    ]
    runs = (_of_run(match, rules, lower, language, acts) for match in _RUN.finditer(text))
    return sorted([*quoted, *(one for one in runs if one and not _meets(one, quoted))])


def _meets(one: Mention, others: Sequence[Mention]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _of_run(
    match: re.Match[str],
    rules: Sequence[TongueRule],
    lower: str,
    language: str,
    acts: Sequence[Sign],
) -> Mention | None:
    """The name that a run of capitalised words is, if it is one."""
    text = match.string
    start, end = match.span(1)
    if (article := _ARTICLE.match(text, start, end)) is not None:
        start = article.end()
    name = _QUOTES.sub("", text[start:end]).strip()
    first = name.split()[0]
    if len(first) < _LONE and not first.isupper() and " " in name:
        return None  # "На PURL": a small word that begins a sentence
    if len(name) > _LONGEST or _OFFICE.search(lower, start, end) or _is_money(name):
        return None
    if _PERSON.search(lower[max(0, start - _NEAR) : start]):
        return None
    cut = _behind_body(rules, lower, start, end)
    if cut > start:  # "Virksomheden Danfoss": the first word says what it is
        start, name = cut, _QUOTES.sub("", text[cut:end]).strip()
    elif not (
        _is_body(rules, lower, start, end) or _gives_next(text, (start, end), language, acts)
    ):
        return None
    return Mention(start, end, text[start:end], name, KIND, "name", None)


def _behind_body(rules: Sequence[TongueRule], lower: str, start: int, end: int) -> int:
    """Where a name begins behind the word for its body that has a capital too, else ``start``."""
    for gap in range(start + 1, end):
        if lower[gap - 1].isspace() and any(
            rule.where.startswith("before") and rule.pattern.search(lower[start:gap])
            for rule in rules
        ):
            return gap
    return start


def _is_money(name: str) -> bool:
    """Whether a run is "Milliarden Euro"."""
    return any(word in SCALES or (word in CUES and not word.isupper()) for word in name.split())


def _is_body(rules: Sequence[TongueRule], lower: str, start: int, end: int) -> bool:
    """Whether a word for a firm or a foundation stands in the name, or right beside it."""
    before = lower[max(0, start - _NEAR) : start].rstrip('„“"«')
    behind = lower[end : end + _NEAR]
    return any(
        rule.pattern.search(before if rule.where.startswith("before") else behind) is not None
        for rule in rules
    )


def _gives_next(text: str, place: tuple[int, int], language: str, acts: Sequence[Sign]) -> bool:
    """Whether a verb of giving follows a name; one word may be any noun where a sentence begins."""
    start, end = place
    name = text[start:end]
    lone = " " not in name
    may_be_noun = language == "de" or start < 2 or text[start - 2] in ".!?:"
    if len(name) < _LONE or (lone and (may_be_noun or name.isupper())):
        return False
    return any(0 <= act.start - end <= _VERB_NEAR for act in acts)
