"""What a sentence takes from those before it: "It", "the package", the items of a list.

Only a sentence that begins with such a word leans; what it says itself always goes first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..text.guarded import Guarded
from .agents import NOBODY, Agents, agents_of
from .context import Context, Sentence
from .record import Reading

_PRONOUN = r"It|Its|This|That|These|Those|He|She|They|Their|Another"
_ONE_MORE = (
    r"An? (?:additional|further|second|third|separate)|In addition to (?:this|that|it|these)"
)
_ALL_OF_IT = r"(?:Of|With) (?:this|that|it|these)|Out of (?:this|that|it|the)"
_AND_MORE = r"[$€£]?[\d.,]+ (?:\w+ ){0,3}(?:more|of (?:it|that|this))"
_OF_THE_SUM = r"Of the [$€£]?\d(?!.{0,25}\breceived)"
_OF_IT = rf"Part of|Half of|Some of|What is left|{_ALL_OF_IT}|{_OF_THE_SUM}|{_AND_MORE}"
_MONEY = (
    r"package|money|funds?|funding|sum|amount|grant|loan|aid|assistance|donation|contribution"
    r"|tranche"
)
_PLAN = r"instal?ment|commitment|pledge|support|facility|programme|program|initiative|figure"
_WHO = r"country|kingdom|[Gg]overnment|[Mm]inistry|agency|bank|bloc"
_WHICH = (
    r"first|second|rest|remainder|remaining|overall|total|(?:previous|last|latest|new|earlier) one"
)
_THE = rf"The (?:[\w-]+ ){{0,2}}?(?:{_MONEY}|{_PLAN}|{_WHO}|{_WHICH})"
_ITS_VALUE = r"The (?:value|cost|size|amount|worth) of (?:the|this|that)"
_LEANS = re.compile(
    rf"[\"“‘']?(?:(?:{_PRONOUN}|{_ONE_MORE}|{_OF_IT}|{_THE}|{_ITS_VALUE})\b|(?:of|with) which\b)"
)
# "5.8 billion of that was for this year"
# (from the first digit of a number only, and words of some length: a long row stays cheap)
_OF_THAT = Guarded(
    r"(?<!\d)(?<!\d[.,])\d[\d.,]*+\s?(?:[\w.]{1,40}\s){0,3}(?:out )?of (?:that|this|it)\b"
)
_OF_IT_BEHIND = re.compile(r"\)?\s(?:out )?of (?:that|this|it|these|them)\b")
_FROM_ONE = re.compile(
    _OF_IT_BEHIND.pattern + r"(?:,? which)?\s(?:comes?|came|will come|would come|is|was)\sfrom\b"
)
_SAME_ONE = re.compile(
    r"[\"“‘']?(?:He|She|They|It|The (?:country|kingdom|[Gg]overnment|[Mm]inistry))\b"
)
_ITEM = re.compile(r"(?:[•·▪*–—-]|\d{1,2}[.)])\s*")
FAR = 2  # sentences back


class Lean(NamedTuple):
    """What was said just before: parties, and what became of the money there."""

    agents: Agents
    role: str | None
    status: str
    status_text: str | None
    sign: str = (
        "party-of-sentence-before"  # what the parties that are taken from it are signed with
    )


NOTHING = Lean(NOBODY, None, "unknown", None)


def leans(text: str) -> bool:
    """Whether ``text`` begins with a word that points back.

    >>> leans("The package, worth 5 million, holds shells."), leans("Norway gave 5 million.")
    (True, False)
    """
    return _LEANS.match(text) is not None


def is_of_that(text: str, end: int) -> bool:
    """Whether the amount that ends at ``end`` is a part of one told before: "5 million of it".

    >>> is_of_that("About 5 million of it was food.", 15)
    True
    """
    return _OF_IT_BEHIND.match(text, end) is not None


def is_share_of_one(text: str, end: int) -> bool:
    """Whether a part is what one giver brings: "About 900 million of that will come from the EU".

    >>> is_share_of_one("About 5 million of it is from Norway.", 15)
    True
    """
    return _FROM_ONE.match(text, end) is not None


def _of_sentence(sentence: Sentence) -> Lean:
    act = sentence.first_act
    agents = agents_of(sentence.text, sentence.parties, act, None)
    if act is not None:
        return Lean(agents, "pledge", act.status, act.phrase)
    role = "pledge" if sentence.nouns else None
    noun = next((one for one in sentence.nouns if one.status != "unknown"), None)
    if noun is not None:
        return Lean(agents, role, noun.status, noun.text)
    return Lean(agents, role, "unknown", None)


def _of_reading(told: Reading) -> Lean:
    return Lean(Agents(told.donor, told.recipient), told.role, told.status, told.status_text)


class ToldSoFar:
    """The claims of a document as they are read, for the sentences that lean on earlier ones."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._last: Reading | None = None  # the last money that was given or promised
        self._of: Sentence | None = None  # the sentence that told of it
        self._item = -1  # the last item of a list whose heading was asked for, by its place
        self._heading: Sentence | None = None

    def add(self, sentence: Sentence, readings: Sequence[Reading]) -> None:
        """Remember the claims that were read in ``sentence``."""
        for told in readings:
            if told.is_money_given:
                self._last, self._of = told, sentence

    def before(self, sentence: Sentence) -> Lean:
        """What ``sentence`` may take from before it; nothing when it does not lean."""
        if _ITEM.match(sentence.text):
            heading = self._heading_of(sentence)
            if heading is not None and heading.text.endswith(":"):
                return _of_sentence(heading)._replace(sign="party-of-list-above")
        if not leans(sentence.text) and not _OF_THAT.search(sentence.text):
            return NOTHING
        at = self._context.place(sentence)
        earlier = self._context.article[max(0, at - FAR) : at]
        if not earlier:
            return NOTHING
        lean = self._leaned_on(earlier)
        if lean.agents.donor is None and _SAME_ONE.match(sentence.text):
            # "He also announced": the one of whom the last sentence spoke
            spoken_of = next((p for p in earlier[-1].parties if p.may_be_subject), None)
            if spoken_of is not None and spoken_of.name != lean.agents.recipient:
                lean = lean._replace(agents=Agents(spoken_of.name, lean.agents.recipient))
        return lean

    def _heading_of(self, item: Sentence) -> Sentence | None:
        """The last sentence before a list; the way back ends at the item asked for last."""
        article = self._context.article
        place = self._context.place(item)
        at = place - 1
        while at >= 0 and at != self._item and _ITEM.match(article[at].text):
            at -= 1
        if at < 0 or at != self._item:
            self._heading = article[at] if at >= 0 else None
        self._item = place
        return self._heading

    def _leaned_on(self, earlier: Sequence[Sentence]) -> Lean:
        near = any(self._of is not None and one.span == self._of.span for one in earlier)
        return _of_reading(self._last) if near and self._last else _of_sentence(earlier[-1])
