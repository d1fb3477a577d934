"""Lists of parties each with its sum: who receives in them, and who shares a sum.

"Albania is to get 180 million, Georgia 150 million"; "the Netherlands and Canada (2 billion each)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .acts import Act
from .places import Stretch
from .rules import named
from .signs import Sign
from .standings import OBJECT, Standing

RECEIVES_NEXT = named("party_signs")["receives-next-of-list"]
_SMALL_WORDS = re.compile(r"\s(?:[a-z]+\s){0,3}")
# verbs whose passive has the receiver as its subject
WITH_RECEIVER = re.compile(
    r"(?:paid|given|granted|promised|offered|lent|awarded|sent|allocated|pledged|loaned|handed)\b"
)
_BETWEEN_ITEMS = re.compile(r"(?:\s\([^()]*\))?(?:,|;|,?\sand)\s(?:the\s)?$")


def goes_on_receiving(
    sentence: str,
    party: Standing,
    parties: Sequence[Standing],
    act: Act | None,
    figure: Stretch,
) -> Sign | None:
    """Whether a party right before its sum receives it, as the one before it in the list did.

    "Albania is to get 180 million, Georgia 150 million"; "will lend Kosovo 100 million and
    Moldova 100 million".
    """
    if act is None or not figure.after or act.end > figure.after or party.start < figure.after:
        return None
    lead = min(p.start for p in parties if p.lead == party.lead and p.start >= figure.after)
    if not _BETWEEN_ITEMS.match(sentence, figure.after, lead):
        return None
    if act.direction == "in" or _paid_to_subject(sentence, act):
        return RECEIVES_NEXT.sign(party.start, party.end, party.name)
    object_of_verb = any(
        p.receiving is not None
        and p.receiving.name == OBJECT
        and act.start <= p.start < figure.after
        and _SMALL_WORDS.fullmatch(sentence, p.end, figure.first) is not None
        for p in parties
    )
    return RECEIVES_NEXT.sign(party.start, party.end, party.name) if object_of_verb else None


def _paid_to_subject(sentence: str, act: Act) -> bool:
    """Whether a passive has its receiver as subject: "Bangladesh is to be given 120 crore"."""
    right_behind = re.match(r"\s(?:[a-z]+\s){0,2}[\dA-Z$€£¥]", sentence[act.end : act.end + 30])
    return act.passive and right_behind is not None and bool(WITH_RECEIVER.match(act.text.lower()))


def together(
    sign: Sign, party: Standing, parties: Sequence[Standing], figure: Stretch
) -> list[Sign]:
    """The same sign for those who share the sum with ``party``, named before it in its item."""
    return [
        sign._replace(value=one.name)
        for one in parties
        if one.lead == party.lead and figure.after <= one.start and one.end < party.start
    ]
