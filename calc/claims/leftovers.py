"""Figures of which their own words say nothing: what stands around them says what they are.

A second sum of one need is a need ("2.9 billion is needed here, and 5.5 billion for refugees"); a
line of a list that holds nothing but gifts is a gift.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from . import roles, statuses
from .acts import first_act, speaks_of_giving
from .context import Context
from .record import Reading
from .rules import named
from .signs import signs_in, top

# words between two sums that only go on counting: "for food, 6 million for water and some"
_MORE = r"and|about|around|some|another|an? (?:further|additional)|roughly|the remaining"
_ABOUT = r"over|more than|nearly|almost|up to|only|just"
_GOES_ON = re.compile(
    rf"[^.;:]{{0,90}}?(?:,|\band\b|&|\bplus\b)(?:\s(?:{_MORE}|{_ABOUT}))*\s*\W?", re.IGNORECASE
)
_AUXILIARY = r"is|are|was|were|has|have|had|will|would"
_OTHER_WORDS = r"can|could|may|said|says|than|against|from|by|while|which|who|as"
_FINITE = re.compile(rf"\b(?:{_AUXILIARY}|{_OTHER_WORDS})\b", re.IGNORECASE)
_OWN_VERB = re.compile(
    r"[^,;.]{0,60}?\b(?:is|are|was|were|has|have|had|will|would)\b", re.IGNORECASE
)
_WEAK = frozenset({"nothing-says", "noun-of-giving", "verb-of-giving", "both-named"})
LEAST = 10_000  # of whatever currency: smaller sums are rations, prices, salaries
LEAST_GIVEN = 2
LEAST_LINES = 3  # lines of a list whose title alone says that they are gifts


def _role_sign(one: Reading) -> str:
    found = [sign for sign in signs_in(one.signs) if sign.facet == "role"]
    return top(found).name if found else ""


def _beside(one: Reading) -> bool:
    return any(sign.name == "party-beside" for sign in signs_in(one.signs))


def goes_on_as(told: Reading, before: Reading, between: str, behind: str) -> Reading:
    """A sum that only goes on counting is what the one before it is: "5 for food, 6 for water".

    A need stays a need and a running total one, where the words of the second say no more.
    """
    if before.role not in ("target", "total") or told.role == before.role:
        return told
    if _role_sign(told) not in _WEAK or _beside(told):
        return told
    if _OWN_VERB.match(behind):
        return told  # "and a further 5 million was proposed"
    if not _GOES_ON.fullmatch(between) or _FINITE.search(between) or first_act(between):
        return told
    if told.donor is not None and told.donor != before.donor:
        return told
    return told._replace(
        role=before.role,
        noise_reason=None,
        status=before.status,
        status_text=before.status_text,
        as_of=before.as_of,
    ).signed(
        named(roles.TABLE)["goes-on-as"].sign(value=before.role),
        named(statuses.TABLE)["status-goes-on"].sign(value=before.status),
    )


def _is_left(one: Reading) -> bool:
    says_nothing = one.noise_reason == roles.NOTHING_SAYS
    return says_nothing and one.amount is not None and one.amount >= LEAST


def among_pledges(readings: Sequence[Reading], context: Context) -> list[Reading]:
    """The readings, where those that say nothing stand among pledges: pledges as they are.

    Most sums of the document must be given or promised, or its title must speak of giving above a
    list of them.
    """
    left = [one for one in readings if _is_left(one)]
    others = [one for one in readings if not _is_left(one) and one.zone in ("body", "headline")]
    if not left or not _speaks_of_gifts(left, others, context):
        return list(readings)
    stages = Counter(one.status for one in others if one.role == "pledge")
    stage = stages.most_common(1)[0][0] if stages else "pledged"
    return [_as_given(one, context, stage) if _is_left(one) else one for one in readings]


def _speaks_of_gifts(left: Sequence[Reading], others: Sequence[Reading], context: Context) -> bool:
    """Whether what is left open stands among gifts, or in a list whose title names them."""
    given = sum(one.is_money_given for one in others)
    if given:
        return given >= LEAST_GIVEN and 2 * given > len(others)
    if others or len(left) < LEAST_LINES:
        return False
    first = context.article[0].text if context.article else ""
    return speaks_of_giving(context.document.title or first)


def _as_given(one: Reading, context: Context, stage: str) -> Reading:
    sentence = next((s for s in context.sentences if s.span.start == one.sentence_start), None)
    donor, recipient = one.donor, one.recipient
    if sentence is not None and not sentence.mentions:
        own = context.agents
        donor, recipient = donor or own.donor, recipient or own.recipient
        if donor == recipient:
            donor, recipient = one.donor, one.recipient
    return (
        one.with_parties("party-told-elsewhere", donor, recipient)
        ._replace(role="pledge", noise_reason=None, status=stage)
        .signed(
            named(roles.TABLE)["among-pledges"].sign(),
            named(statuses.TABLE)["status-among-pledges"].sign(value=stage),
        )
    )
