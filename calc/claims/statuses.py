"""How far the money has come: the status of an amount, and the source's own words for it.

The rules stand in ``calc/data/status_signs.tsv``; which verb and which noun supports which status
stands with their words, in ``giving_verbs.tsv`` and ``giving_nouns.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ..text.guarded import Sieve
from .acts import Act
from .context import Sentence
from .groups import StatedAmount
from .leaning import Lean, is_of_that
from .roles import Role
from .rules import Rule, named, rules
from .sentences import Span
from .signs import Sign, top

TABLE = "status_signs"
_NEAR = 400  # characters before an amount in which its noun of giving stands
_GIFTS = re.compile(r"\b(?:donations|gifts|contributions|deliveries)\b[^;\d]*\Z", re.IGNORECASE)
_COLLECTS = re.compile(r"rais|collect|gather|amass|bring|brought|put", re.IGNORECASE)
_GIVERS = r"public|people|citizens|donations|listeners|viewers|volunteers|community"
_DRIVES = r"drive|campaign|account|charity|charities|crowdfund\w*|GoFundMe|days"
_BY_PUBLIC = re.compile(rf"\b(?:{_GIVERS}|{_DRIVES})\b")
_AT_CONFERENCE = re.compile(r"\b(?:[Cc]onference|[Ss]ummit|[Ff]orum|[Pp]ledg\w+|[Rr]eplenish\w+)\b")
_LEVELS = r"came to|amounted to|totall?ed|(?<!has )(?<!have )reached|stood at|was|were|went from"
_WAS_GIVEN = re.compile(
    rf"\b(?:aid|support|assistance|help|funding)\b[^;]*\b(?:{_LEVELS})\b[^;]*\Z"
)
_NO_PLEDGE = ("noise", "target")  # roles of what nobody has promised


class Stage(NamedTuple):
    """How far the money has come, in our word and in the source's own, with the signs of it."""

    status: str = "unknown"
    text: str | None = None
    signs: Sequence[Sign] = ()


class _Told(NamedTuple):
    sign: Sign
    words: str


@cache
def _patterns() -> Sieve[Rule]:
    ranked = sorted(rules(TABLE), key=lambda rule: (-rule.points, rule.name))
    return Sieve((rule.pattern.needs, rule) for rule in ranked if rule.where != "code")


def _of_kind(text: str, amount: StatedAmount) -> Iterator[_Told]:
    """Words that say what kind of thing the sum is: "received 5 million in pledges"."""
    for rule in _patterns().of_text(text):  # few of them
        pattern = rule.pattern.compiled
        if rule.where == "behind":
            found = pattern.match(text, amount.end, amount.until)
        else:
            near = max(amount.after, amount.start - _NEAR)
            found = pattern.search(text, near, amount.start)
        if found is not None:
            yield _Told(rule.sign(*found.span(1)), found.group(1))


def _of_act(act: Act) -> _Told:
    start = max(0, act.end - len(act.phrase))
    return _Told(named(TABLE)["status-of-verb"].sign(start, act.end, act.status), act.phrase)


_OF_SUM = re.compile(r"\sof\s(?:[a-z]+\s){0,3}\Z")


def _of_the_sum(sentence: Sentence, act: Act | None, amount: StatedAmount) -> _Told | None:
    """The noun whose sum it is, where the verb stands behind it and tells of another one.

    "A first payment of 285 million out of the 500 that Washington pledged".
    """
    if act is not None and act.start < amount.end:
        return None
    for noun in sentence.nouns:
        if noun.status != "unknown" and _OF_SUM.fullmatch(sentence.text, noun.end, amount.start):
            sign = named(TABLE)["noun-of-the-sum"].sign(noun.start, noun.end, noun.status)
            return _Told(sign, noun.text)
    return None


def _of_part(
    sentence: Sentence, act: Act | None, amount: StatedAmount, before: Lean
) -> _Told | None:
    """What was said of the whole, where the verb behind a part only says what it is for.

    "The bank approved 430 million. 300 million of this pays for imports."
    """
    behind = act is not None and act.start >= amount.end
    if not behind or before.status == "unknown" or not is_of_that(sentence.text, amount.end):
        return None
    return _Told(named(TABLE)["status-of-part"].sign(value=before.status), before.status_text or "")


def _of_total(text: str, act: Act | None, amount: StatedAmount, told: bool) -> Iterator[Sign]:
    """What a running sum says of itself: gifts of the public, or the aid of a time past."""
    collected = act is not None and _COLLECTS.match(act.text) is not None
    if collected and _BY_PUBLIC.search(text) and not _AT_CONFERENCE.search(text):
        yield named(TABLE)["raised-from-gifts"].sign()
    if _GIFTS.search(text, amount.after, amount.start):
        yield named(TABLE)["gifts-in-all"].sign()
    if not told and _WAS_GIVEN.search(text, amount.after, amount.start):
        yield named(TABLE)["aid-of-the-past"].sign()


def _of_noun(sentence: Sentence, clause: Span) -> _Told | None:
    for noun in sentence.nouns:
        if noun.status != "unknown" and clause.start <= noun.start < clause.end:
            sign = named(TABLE)["status-of-noun"].sign(noun.start, noun.end, noun.status)
            return _Told(sign, noun.text)
    return None


def status_of(
    sentence: Sentence,
    act: Act | None,
    clause: Span,
    amount: StatedAmount,
    role: Role,
    before: Lean,
    of_budget: bool = False,
) -> Stage:
    """The status and the source's own words for it; a verb counts before a noun.

    But "received 5 million in pledges" are pledges. A sum that is only needed, or no aid at all,
    has no status, though its words are kept. ``before`` is what a sentence leans on that says
    nothing itself, ``of_budget`` whether the document tells of a state's budget.
    """
    told = list(_of_kind(sentence.text, amount))
    others = (
        _of_the_sum(sentence, act, amount),
        _of_part(sentence, act, amount, before),
        None if act is None else _of_act(act),
        _of_noun(sentence, clause),
    )
    told += [one for one in others if one is not None]
    signs = [one.sign for one in told]
    if not told and before.status != "unknown":
        signs.append(named(TABLE)["status-before"].sign(value=before.status))
    elif not told and (role.role == "pledge" or role.is_of_many):
        if of_budget:
            signs.append(named(TABLE)["budget-of-the-page"].sign())
        signs.append(named(TABLE)["promise-itself"].sign())
    if role.role == "total":
        signs += _of_total(sentence.text, act, amount, bool(told))
    if role.role in _NO_PLEDGE:
        signs.append(named(TABLE)["no-pledge"].sign())
    words = told[0].words if told else before.status_text
    return Stage(top(signs).value if signs else "unknown", words, signs)
