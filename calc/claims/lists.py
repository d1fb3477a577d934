"""Amounts of one sentence that lean on each other: parts of a whole, sums told "respectively"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..text.guarded import Guarded
from . import roles, statuses
from .groups import StatedAmount
from .incomes import mostly_receives
from .record import Reading
from .rules import named
from .standings import Standing

_ABOUT = r"(?:\s(?:about|around|nearly|over|almost|some|up to|at least|more than|roughly|an?))?\s*$"
_OF_WHICH_PARTS = r"(?:out )?of which|of that|of this|of these|of it|including|comprising"
_HOLDS = r"consist(?:s|ed|ing) of|comprises|comprised|made up of|divided into|split between"
_PART = re.compile(rf"(?:^|[\s(–—-])(?:{_OF_WHICH_PARTS}|{_HOLDS})" + _ABOUT, re.IGNORECASE)
_AND = re.compile(r"(?:\band\b|,|\bplus\b)[^.;]*$")
# "including 15 million announced last month": one act of its own
_OWN_ACT = re.compile(
    r"\W*(?:(?:that|which) (?:was|were) )?(?:announced|pledged|promised|unveiled|approved)\b"
)
# "including 7 million from Spain": the share of one giver
_SHARE_OF_ONE = re.compile(r"\W*(?:(?:that |which )?(?:came|comes?|will come|is|was) )?from\b")
_OF_IT = r"(?:of|from) (?:the|its|their|that|this)"
_PART_OF_IT = r"(?:part of|out of|under) (?:the|its|their|an?|that|this)"
_OF_THE_WHOLE = re.compile(rf"[\w\s-]{{0,40}}?\b(?:{_OF_IT}|{_PART_OF_IT})\b[^,;.]*$")
_OF_WHICH = re.compile(r"of which" + _ABOUT, re.IGNORECASE)
_RESPECTIVELY = Guarded(r"[\s,)]*respectively\b", re.IGNORECASE)
# "190 and 80 million was released by China and India respectively"
_LATER = Guarded(r"[^;.]{0,120}?\brespectively\b", re.IGNORECASE)
_NEXT = re.compile(
    r"\s*(?:,|and|,\s*and|&)\s*(?:the\s)?(?:about\s|around\s|some\s)?", re.IGNORECASE
)


def begins_parts(between: str) -> bool:
    """Whether the words between two amounts make the second a part of the first.

    >>> begins_parts(" package consists of "), begins_parts(" and ")
    (True, False)
    """
    return _PART.search(between) is not None


def names_whole(between: str) -> bool:
    """Whether the words between two amounts make the second the whole of the first.

    >>> names_whole(" tranche of the EU's "), names_whole(" for clinics and ")
    (True, False)
    """
    return _OF_THE_WHOLE.match(between) is not None


def goes_on(between: str) -> bool:
    """Whether the words between two amounts go on counting: "15 million for schools and 5".

    >>> goes_on(" for schools and "), goes_on(" of the ")
    (True, False)
    """
    return _AND.search(between) is not None


def take_over_whole(told: Reading, whole: Reading, between: str, behind: str = "") -> Reading:
    """A part of which nothing is said is what its whole is: "411 billion, of which 14 this year".

    The part of a running total is one too: "has given 12 billion, of which 7 for the army".
    ``behind`` are the words that follow the part.
    """
    if whole.role == "noise" or not begins_parts(between):
        return told
    if told.noise_reason == roles.NOTHING_SAYS:
        told = told._replace(
            role=whole.role,
            noise_reason=whole.noise_reason,
            status=whole.status,
            status_text=whole.status_text,
        ).signed(
            named(roles.TABLE)["part-of-whole"].sign(value=whole.role),
            named(statuses.TABLE)["status-of-whole"].sign(value=whole.status),
        )
    elif (
        whole.role == "total"
        and told.role == "pledge"
        and not _OWN_ACT.match(behind)
        and not _SHARE_OF_ONE.match(behind)
        and (_OF_WHICH.search(between) or told.status_text == whole.status_text)
    ):
        told = told._replace(role="total").signed(named(roles.TABLE)["part-of-total"].sign())
    else:
        return told
    told = told.with_parties(
        "whole-and-part", told.donor or whole.donor, told.recipient or whole.recipient
    )
    return told._replace(as_of=whole.as_of if told.role == "total" else told.as_of)


def share_parties(part: Reading, whole: Reading) -> tuple[Reading, Reading]:
    """A part and its whole, each with what the other says of giver and receiver."""
    if part.donor is None and whole.donor != part.recipient:
        part = part.with_parties("whole-and-part", whole.donor, part.recipient)
    if whole.donor is None and part.donor != whole.recipient:
        whole = whole.with_parties("whole-and-part", part.donor, whole.recipient)
    if part.recipient is None and whole.recipient != part.donor:
        part = part.with_parties("whole-and-part", part.donor, whole.recipient)
    if whole.recipient is None and part.recipient != whole.donor:
        whole = whole.with_parties("whole-and-part", whole.donor, part.recipient)
    return part, whole


def share_respectively(
    sentence: str,
    amounts: Sequence[StatedAmount],
    parties: Sequence[Standing],
    told: Sequence[Reading],
) -> list[Reading]:
    """Give each of several sums told "respectively" its own giver or receiver.

    "France and Germany committed 110 and 244 million euros respectively": the last run of as many
    parties before the sums is dealt out in order, on the side on which they stand.
    """
    found = list(told)
    for last in range(1, len(amounts)):
        until = amounts[last].until if last + 1 < len(amounts) else len(sentence)
        if not (
            _RESPECTIVELY.match(sentence, amounts[last].end)
            or _LATER.match(sentence, amounts[last].end, until)
        ):
            continue
        first = last
        while first > 0 and _NEXT.fullmatch(sentence, amounts[first - 1].end, amounts[first].start):
            first -= 1
        count = last - first + 1
        names = _run_before(sentence, parties, amounts[first].start, count)
        names = names or _run_behind(sentence, parties, amounts[last].end, count)
        if names is None:
            continue
        dealt = range(first, last + 1)
        if any(set(str(found[k].donor).split("|")) & set(names) for k in dealt):
            for name, k in zip(names, dealt, strict=True):
                found[k] = found[k].with_parties("respectively", name, found[k].recipient)
        elif any(set(str(found[k].recipient).split("|")) & set(names) for k in dealt):
            for name, k in zip(names, dealt, strict=True):
                found[k] = found[k].with_parties("respectively", found[k].donor, name)
        elif all(found[k].donor is None for k in dealt) and not any(map(mostly_receives, names)):
            # "next come the IMF and Canada with promises of 2 and 3 million, respectively"
            for name, k in zip(names, dealt, strict=True):
                found[k] = found[k].with_parties("respectively", name, found[k].recipient)
    return found


def _run_behind(
    sentence: str, parties: Sequence[Standing], start: int, count: int
) -> list[str] | None:
    """The names of the first ``count`` parties behind ``start``, where they are one whole list."""
    behind = [party for party in parties if party.start >= start and party.form != "currency"]
    run = behind[:count]
    joined = len(run) == count and all(
        _NEXT.fullmatch(sentence, a.end, b.start) for a, b in pairwise(run)
    )
    if not joined or not _RESPECTIVELY.match(sentence, run[-1].end):
        return None
    return [party.name for party in run]


def _run_before(
    sentence: str, parties: Sequence[Standing], end: int, count: int
) -> list[str] | None:
    """The names of the last ``count`` parties before ``end`` that stand in one list."""
    before = [party for party in parties if party.end <= end and party.form != "currency"]
    for stop in range(len(before), count - 1, -1):
        run = before[stop - count : stop]
        if all(_NEXT.fullmatch(sentence, a.end, b.start) for a, b in pairwise(run)):
            return [party.name for party in run]
    return None
