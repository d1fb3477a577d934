"""What stands around a figure in its sentence, gathered for the question what the figure is."""

from __future__ import annotations

import re
from functools import partial

from ..text.guarded import Guarded
from .acts import Act
from .agents import Agents
from .around import Surroundings
from .context import Context, Sentence
from .groups import StatedAmount
from .relative import per_head
from .roles import Role, role_by, role_of
from .sentences import Span


def _received(sentence: Sentence, act: Act | None, agents: Agents, context: Context) -> bool:
    """Whether a receiver is named: by its place, or as the one that the article is about.

    "It bought weapons from Ukraine's factories" names Ukraine, and the article gives to Ukraine.
    """
    if agents.recipient is not None:
        return True
    if act is None or not sentence.mentions:
        return False
    return any(mention.name == context.agents.recipient for mention in sentence.mentions)


# "The bill has 60 billion dollars for Ukraine": money that a law sets aside for somebody
_DECISION = r"bill|law|act|legislation|legislative package|supplemental|budget|budgets|decree|deal"
_LAW = Guarded(rf"\b(?:{_DECISION}|agreement|facility|mechanism)\b")
_FROM = ("from", "from the", "by", "by the")
# "Norway: 5 million", "Saudi Arabia with 1 billion"
_SHARE = r"(?:['’]s\s(?:own\s)?(?:share|part|contribution)\s(?:is|was|of|came to|amounts to))?"
_ABOUT = r"(?:(?:about|around|some|nearly|over|at least|up to|almost)\s)?"
_WITH = re.compile(rf"{_SHARE}[\s:–—('’s-]*(?:with\s)?{_ABOUT}")
_GIVER = r"\b(?:donors?|contributors?|supporters?|givers?|backers?)"
_GIVER_WITH = Guarded(
    rf"{_GIVER},? (?:with|at)\b[^,;]*$" + r"|\bthank(?:ed|s|ing)?\b[^,;]*\bfor\b[^,;]*$"
)
_GIVER_NEAR = 60  # characters before the figure in which such a word stands
_OBJECT_OF = (1, 5)  # characters between a verb and its object: a space, or one and "the"
_FOR = re.compile(r"\s(?:\w+\s){0,3}?(?:for|to)\s(?:the\s)?")


# "Then the United States, 420 million; Switzerland, 20 million": between ";" only
_THEN = re.compile(r"(?:\A|;|:)\s*(?:(?:and|then|followed by)\s)*(?:the\s)?\Z", re.IGNORECASE)
_LONGEST_THEN = 25


def _is_item(text: str, named: int, name_end: int, start: int) -> bool:
    """Whether a party and its sum are an item of a row whose items ";" parts."""
    if ";" not in text or text[name_end:start].strip() not in (",", "–", "-"):
        return False
    return _THEN.search(text, max(0, named - _LONGEST_THEN), named) is not None


def _party_beside(sentence: Sentence, act: Act | None, start: int, end: int) -> str | None:
    """The name of the sign that a party right at the figure gives it, or who else gives there.

    The object of the verb gives nothing: "has given Yemen more than 5 million".
    """
    if any(
        m.start >= end and _FOR.fullmatch(sentence.text, end, m.start) for m in sentence.mentions
    ) and _LAW.search(sentence.text, 0, start):
        return "set-aside-by-law"
    if _GIVER_WITH.search(sentence.text, max(0, start - _GIVER_NEAR), start):
        return "giver-with"
    beside = any(
        (
            m.end <= start
            and (act is None or m.start - act.end not in _OBJECT_OF)
            and (
                _WITH.fullmatch(sentence.text, m.end, start)
                or _is_item(sentence.text, m.start, m.end, start)
            )
        )
        or (m.start >= end and sentence.text[end : m.start].strip() in _FROM)
        for m in sentence.mentions
    )
    return "party-beside" if beside else None


# when the whole sentence was
_WHILE = r"Since|Over|During|Between|As of|To date|So far|Up to|By"
_OPENING = re.compile(rf"(?:{_WHILE}|(?:In|Within|For) the (?:last|past))\b")


def role_around(
    sentence: Sentence,
    amount: StatedAmount,
    clause: Span,
    act: Act | None,
    dated: bool,
    agents: Agents,
    context: Context,
) -> Role:
    """The role that the words around the amount give it."""
    text = sentence.text
    if not amount.members or per_head(text, amount.end):
        return role_by("relative")
    if amount.start == amount.first and _OPENING.match(text):
        clause = Span(0, clause.end)  # "In ten years it has, with consent of all, offered 5"
    near = [noun for noun in sentence.nouns if clause.start <= noun.start < clause.end]
    return role_of(
        Surroundings(
            text=text,
            start=amount.start,
            end=amount.end,
            clause=clause,
            after=amount.after,
            until=amount.until,
            first=amount.first,
            number=amount.members[0].start,
            act=act,
            nouns=near or sentence.nouns,
            dated=dated,
            received=partial(_received, sentence, act, agents, context),
            party_beside=_party_beside(sentence, act, amount.start, amount.end),
            parties=sentence.parties,
            giver_named=agents.donor is not None,
            giver_known=agents.donor is not None or context.agents.donor is not None,
            both_named=agents.donor is not None and agents.recipient is not None,
            of_conference=context.of_conference,
        )
    )
