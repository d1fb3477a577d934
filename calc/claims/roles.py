"""What a figure is: a pledge, a running total, a target, a relative amount, or noise.

The cues stand in ``calc/data/role_cues.tsv``, in lower case as the text that they are searched in;
the first line that fits decides. What no cue decides is a pledge when words of giving stand near
it, else noise that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from ..text import data_tables
from ..text.guarded import Guarded
from ..text.words import lowered
from .acts import Act, GivingNoun

_BLOCKED = "blocked or withdrawn"
NOTHING_SAYS = "nothing says that it was given or promised"


class Role(NamedTuple):
    """The role of a figure, with the reason when it is noise."""

    role: str
    noise_reason: str | None = None


class _Cue(NamedTuple):
    role: str
    where: str
    needs: int
    search: Callable[[str], object]
    noise_reason: str | None
    unless_given: bool


@cache
def _cues() -> tuple[_Cue, ...]:
    found = []
    for row in data_tables.table("role_cues"):
        pattern = Guarded(row["pattern"])
        found.append(
            _Cue(
                row["role"],
                row["where"],
                pattern.needs,
                pattern.compiled.search,
                row["noise_reason"] or None,
                row["unless_given"] == "yes",
            )
        )
    return tuple(found)


@cache
def _not_totals() -> Guarded:
    return Guarded("|".join(row["pattern"] for row in data_tables.table("not_totals")))


# "has provided Ukraine with 5 million in military aid": no package, no day: all of it so far
_BROAD_AID = Guarded(
    r"\b(?:military|humanitarian|financial|defen[cs]e|economic|macro-financial|bilateral|security"
    r"|budget(?:ary)?|development|total|non-lethal|lethal)\s(?:and \w+ )?"
    r"(?:support|aid|assistance|help)\b|\b(?:in|of|worth of) (?:aid|support|assistance)\b"
)
_ONE_ACT = Guarded(
    r"\b(?:package|tranche|instal?lment|grant|loan|fund|contract|agreement|project|programme"
    r"|program|initiative|purchas\w+|buy\w*|procure\w*|today|yesterday|this week|on \w+day)\b"
)
# a sum of many: "25 countries together promised", "pledged by 31 donors"
_COUNTED = Guarded(
    r"\b(?:together|combined|collectively|jointly raised|in total|in all)\b"
    r"|\bby (?:some |about |more than |over )?(?:\d+|[a-z]+teen|[a-z]+ty(?:-\w+)?) (?:\w+ )?"
    r"(?:donors|countries|nations|states|governments|partners)\b"
)
# "has sent 10 million in aid" tells of one act, "has sent more than 50 billion" of all of them
_ONE_TRANSFER = re.compile(
    r"(?:sent|transferred|donated|handed|paid|disbursed|shipped|granted|released|dispatched"
    r"|deposited|flown|wired)\b",
    re.IGNORECASE,
)
_MORE_THAN = Guarded(r"\b(?:more than|over|nearly|almost|some|in excess of)\b")
_TELLING_NEAR = 60
# "60 million euros would go to schools in Gaza"
_GOES_TO = re.compile(
    r"\W{0,2}(?:in \w+ )?(?:will|would|is to|are to|has|have) (?:(?:now|then|also|\w+ly) )?"
    r"(?:go|gone|be spent|be used|been spent|been used|flow) (?:to|into|on|for|towards?)\b"
)
_POSSIBLE = Guarded(r"\b(?:could|may|might)\b", re.IGNORECASE)
# Verbs that give only when they name a receiver.
_BUYING = re.compile(r"(?:buy|bought|purchas|procur|order|spen[dt])", re.IGNORECASE)


_SPENT_ON_AID = Guarded(
    r"\s(?:\w+\s){0,3}(?:on|in|of) (?:\w+ ){0,3}?(?:outbreak"
    r"|response|relief|crisis|aid|assistance|refugees"
    r"|reconstruction|recovery|support)\b"
)
_OBJECT_NEAR = 70  # characters between a verb of buying and the price of what is bought


def _buys(act: Act, before: str, after: str) -> bool:
    """Whether a verb of buying has the figure as its price: it stands close before it."""
    word = act.text.lower()
    if _SPENT_ON_AID.match(after):
        return False
    return _BUYING.match(word) is not None and word in before[-_OBJECT_NEAR - len(word) :]


class Surroundings(NamedTuple):
    """What stands around a figure (or a figure with its conversions), all as text."""

    shared: str  # of its sentence what is said of it: without what belongs to other amounts
    own: str  # its clause, between the amounts before and after it
    before: str  # in its clause, without the qualifier
    after: str  # in its clause
    dated: bool  # the sentence names a time for the act
    in_clause: bool  # the verb that governs the figure stands in its clause
    received: Callable[[], bool]  # whether the sentence names who receives
    party_beside: bool  # a party stands right at the figure: "Norway 85 billion kroner"
    later: bool  # another amount stands before it in the sentence
    verb_first: bool  # the verb that governs the figure stands before it
    many: bool  # a crowd without names gives: "pledged by 31 donors"
    both_named: bool  # its places name a giver and a receiver: "Spain's 5 million for Kyiv"
    told_behind: bool = False  # who gave it stands right behind: "25 million that Ottawa gave"
    missing: int = 0  # what its sentence lacks, as ``calc.needed.lacks`` says it


def _outweighed(cue: _Cue, around: Surroundings, may_be_given: bool) -> bool:
    """Whether what the sentence says of giving goes before a cue."""
    if around.told_behind and cue.noise_reason == _BLOCKED:
        return True  # "cutting off the 2 billion that Berlin had promised": it was promised
    return cue.unless_given and may_be_given and around.received()


def role_of(around: Surroundings, act: Act | None, nouns: list[GivingNoun]) -> Role:
    """The role of the figure between ``around.before`` and ``around.after``.

    >>> words = ("", "", "Ukraine said it aims to raise ", " this year")
    >>> role_of(Surroundings(*words, *[False] * 8), None, []).role  # no verb: nobody is asked
    'target'
    """
    before, after = lowered(around.before), lowered(around.after)
    text_of = {
        "before": before,
        "near_before": before[-90:],
        "after": after,
        "near_after": after[:50],
        "sentence": lowered(around.shared),
    }
    missing = around.missing
    # "a total of 1 billion from Japan (450 million) and Italy (50 million)"
    one_of_several = around.party_beside and around.later
    no_totals = _not_totals()
    one_sum = one_of_several or (
        not missing & no_totals.needs and no_totals.compiled.search(lowered(around.own)) is not None
    )
    planned = act is not None and act.planned and around.in_clause
    # "which owes 7 billion, will get 5": the verb behind speaks of another sum
    may_be_given = act is not None and not act.denied and around.verb_first
    for cue in _cues():
        if missing & cue.needs:
            continue  # nearly all of them
        if cue.search(text_of[cue.where]):
            if _outweighed(cue, around, may_be_given):
                continue
            largest = cue.where == "sentence" and no_totals.search(text_of["sentence"])
            if cue.role == "total" and (one_sum or planned or largest):
                continue
            return Role(cue.role, cue.noise_reason)
    if act is not None and act.denied:
        return Role("noise", "denied or refused")
    if act is not None and _buys(act, before, after) and not around.received():
        return Role("noise", "a purchase of one's own")
    if act is not None and act.planned and around.in_clause and _POSSIBLE.search(act.phrase):
        return Role("noise", "only possible")
    near = before + " ~ " + after[:_TELLING_NEAR]
    if (
        act is not None
        and act.perfect
        and not act.planned
        and act.status == "disbursed"
        and not around.dated
        and not one_sum
        and (_BROAD_AID.search(near) or (act.direction == "in" and not around.both_named))
        and not _ONE_ACT.search(near)
        and (_MORE_THAN.search(text_of["sentence"]) or not _ONE_TRANSFER.match(act.text))
    ):
        return Role("total")
    if act is not None and around.many and _COUNTED.search(text_of["sentence"]):
        return Role("total")
    told = act is not None or nouns or around.party_beside or around.both_named
    if told or (_GOES_TO.match(after) and around.received()):
        return Role("pledge")
    return Role("noise", NOTHING_SAYS)
