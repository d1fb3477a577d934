"""Who gives to whom: the donor and the recipient of a figure, from the parties in its sentence.

Every party in the sentence collects points for the places where it stands (subject of the verb of
giving, "by" or "from" behind it, right before the figure, "to" or "for" before it). When the
sentence names none, the document's own giver and receiver stand in, if its sentences agree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from ..parties import party as known_party
from ..text.guarded import Guarded
from ..text.words import lowered
from .acts import Act
from .crowds import crowd_before, event_brought, many_give
from .incomes import mostly_gives, mostly_receives
from .places import ADJECTIVE, BESIDE, SPEAKER, Stretch, place
from .standings import BETWEEN, NOT_SUBJECT, OBJECT, Standing

_PASSIVE_VERB = Guarded(r"\b(?:be|been|was|were|being)\b", re.IGNORECASE)
_JOINED = re.compile(
    r"^\s*(?:,|and|&|,\s*and|together with|as well as|along with)\s*(?:the\s)?$", re.IGNORECASE
)
_AIMS = Guarded(
    r"\b(?:aim|seek|sought|need|require|ask|appeal|call|request|hope|want|urge|look|target|lack|fac(?:e|ing))\w*",
    re.IGNORECASE,
)
# Points for the subject of a verb; see also places and standings.
BY, SUBJECT, RECEIVER, BEHIND_OWN = 6, 5, OBJECT, 2


class Agents(NamedTuple):
    """Donor and recipient: names joined by ``|``, or ``None`` when the text does not say."""

    donor: str | None
    recipient: str | None


NOBODY = Agents(None, None)


def _subjects(sentence: str, parties: Sequence[Standing], act: Act) -> list[Standing]:
    """The party or parties that the verb of ``act`` has as its subject, nearest first."""
    verb_start = act.end - len(act.text)
    nearest = next((p for p in reversed(parties) if p.end <= verb_start and p.may_be_subject), None)
    if nearest is None:
        return []
    first = next((p for p in parties if p.end <= nearest.start and p.may_be_subject), None)
    if (
        first is not None
        and sentence[first.end : first.end + 1] == ","
        and not _JOINED.match(sentence[first.end : nearest.start])
        and "," in sentence[nearest.end : verb_start]
    ):
        nearest = first  # "Colombia, host to many Venezuelans, is to get"
    subjects = [nearest]
    for party in reversed(parties):
        if party.end <= subjects[-1].start:
            if party.form in ("place", "currency") or party.receives:
                break  # "in Brussels, Belgium will give"
            between = sentence[party.end : subjects[-1].start]
            if not _JOINED.match(between):
                break
            one_list = "and" in between or party.lead == subjects[-1].lead
            if not (one_list or party.may_be_subject):
                break  # "at a summit in Egypt, Germany promised"
            subjects.append(party)
    return subjects


class _Points(NamedTuple):
    donor: Counter[str]
    recipient: Counter[str]


# "Pretoria said supplies had been flown to Malawi": who tells of it, when another receives
_TELLS = Guarded(r"\s(?:\w+ly\s)?(?:said|says|announced|confirmed|reported|wrote)\b")
# between a party and a crowd: "EU leaders" are its own, "Yemen: donors" and "Oslo said donors" not
_OTHERS = re.compile(
    r"[:;,]|\b(?:said|says|told|announced|added|wrote|confirmed|reported)\b|(?:\S+\s){4}"
)
_RAISED = re.compile(r"(?:rais|mobili[sz]|secur|collect|gather)")
# verbs whose passive has the receiver as its subject
_WITH_RECEIVER = re.compile(
    r"(?:paid|given|granted|promised|offered|lent|awarded|sent|allocated|pledged|loaned|handed)\b"
)
_RIGHT_BEHIND = 25  # characters between a verb and its object: "has been paid some €5 million"


def _subject_points(
    points: _Points,
    sentence: str,
    parties: Sequence[Standing],
    act: Act,
    figure: Stretch | None,
) -> None:
    passive = act.passive or _PASSIVE_VERB.search(act.phrase) is not None
    subjects = _subjects(sentence, parties, act)
    crowd = crowd_before(sentence, act)
    if subjects and crowd is not None and _OTHERS.search(sentence[subjects[0].end : crowd]):
        subjects = []  # "Berlin said donors had promised": the donors did
    given_by = [
        party
        for party in parties
        if (party.giver_by or (passive and party.behind_by)) and _by_whom(party, act, figure)
    ]
    if passive or not subjects:
        for party in given_by:
            points.donor[party.name] += BY
        if given_by:
            _passive_points(points, [], subjects, act, figure)
            return  # the subject is what was given, or who receives
    if act.passive and act.direction == "out":
        _passive_points(points, parties, subjects, act, figure)
        return
    if act.direction == "in" and subjects:
        _told_by_giver(points, parties, act, {party.name for party in subjects})
    for party in subjects:
        raised = _RAISED.match(act.text.lower()) and mostly_receives(party.name)
        if act.direction == "out" and not raised:  # a fund raises what it receives
            points.donor[party.name] += SUBJECT
        else:
            points.recipient[party.name] += RECEIVER


def _told_by_giver(
    points: _Points, parties: Sequence[Standing], act: Act, received: set[str]
) -> None:
    """Who tells of money received gives it when it is a giver: "…, the Commission said"."""
    for party in parties:
        tells = party.start > act.end and party.followed_by(_TELLS)
        if tells and party.name not in received and mostly_gives(party.name):
            points.donor[party.name] += SPEAKER


def _by_whom(party: Standing, act: Act, figure: Stretch | None) -> bool:
    """Whether "by" a party can belong to the verb of the figure: not to another one's."""
    if party.end <= act.start:
        return False  # "Under a deal signed by Kyiv, Belgium gives"
    return figure is None or party.start < figure.until


def _passive_points(
    points: _Points,
    parties: Sequence[Standing],
    subjects: Sequence[Standing],
    act: Act,
    figure: Stretch | None,
) -> None:
    right_behind = figure is not None and act.end <= figure.start <= act.end + _RIGHT_BEHIND
    if right_behind and _WITH_RECEIVER.match(act.text.lower()):
        # "Moldova has been paid 250 million": its object tells that the subject receives
        for party in subjects:
            points.recipient[party.name] += RECEIVER
        return
    if len(subjects) == 2 and BETWEEN.search(subjects[-1].before):
        for party in subjects:  # which of the two gives is for the document to say
            points.donor[party.name] += SUBJECT
        return
    received = {party.name for party in parties if party.receives}
    for party in parties:
        telling = party.end <= act.start and party.followed_by(_TELLS)
        if telling and received - {party.name} and party.may_be_subject:
            points.donor[party.name] += SPEAKER


_LARGEST_GIVER = Guarded(
    r"\b(?:donor|contributor|supporter|giver|backer|lender)s?(?: to [\w ]{1,30}?)?,?"
    r" (?:with|at)\b[^,;]*$"
)
_NOUN_OF = Guarded(
    r"\b(?:pledge|contribution|donation|commitment|grant|loan|offer|promise|package)\s(?:of|worth)"
    r"\s(?:[a-z]+\s){0,2}$"
)


# "50 million to UNRWA and give the Palestinians a further 68 million": the next sum is theirs
_NEXT_SUM = re.compile(r"\s(?:[a-z]+\s){0,3}")


def _takes_the_next(sentence: str, party: Standing, figure: Stretch) -> bool:
    """Whether a receiver stands between a verb of giving and the amount behind this one."""
    return (
        party.receives == OBJECT
        and figure.until < len(sentence)
        and _NEXT_SUM.fullmatch(sentence, party.end, figure.until) is not None
    )


def _of_the_last(party: Standing, parties: Sequence[Standing], figure: Stretch) -> bool:
    """Whether a receiver is that of the amount before: "35 to UNRWA, after 32 for aid in Gaza"."""
    return party.end <= figure.after and any(
        one.receives and figure.end <= one.start < figure.until for one in parties
    )


def _collect(
    sentence: str, parties: Sequence[Standing], act: Act | None, figure: Stretch | None
) -> _Points:
    points = _Points(Counter(), Counter())
    if act is not None:
        _subject_points(points, sentence, parties, act, figure)
    if figure is not None and _LARGEST_GIVER.search(
        sentence, max(0, figure.start - 60), figure.start
    ):
        # "Britain remains the biggest donor with 1.65 billion"
        subject = next(
            (p for p in reversed(parties) if p.end <= figure.start and p.may_be_subject), None
        )
        if subject is not None:
            points.donor[subject.name] += BESIDE
    elif (
        act is None
        and figure is not None
        and _NOUN_OF.search(sentence, max(0, figure.start - 40), figure.start)
    ):
        # "the emir opened the meeting with a pledge of 500 million"
        subject = next((p for p in parties if p.end <= figure.start and p.may_be_subject), None)
        if subject is not None:
            points.donor[subject.name] += SUBJECT - 1
    for party in parties:
        found = place(sentence, party, figure)
        if found is None:
            continue
        side, strength = found
        if side == "recipient" and figure and party.start >= figure.first:
            # "61 billion for Ukraine, 26 billion for Israel"
            own = figure.end <= party.start < figure.until
            own = own and not _takes_the_next(sentence, party, figure)
            strength += BEHIND_OWN if own else -BEHIND_OWN
        elif side == "recipient" and figure and _of_the_last(party, parties, figure):
            strength -= BEHIND_OWN
        if (side, strength) == ("donor", ADJECTIVE) and points.donor[party.name] >= SUBJECT:
            continue  # "Sweden are funding": a verb, no noun beside it
        getattr(points, side)[party.name] += strength
    return points


def _best(points: Counter[str], parties: Sequence[Standing], without: set[str]) -> str | None:
    """The names with the most points, joined in the order of the sentence."""
    left = {name: score for name, score in points.items() if name not in without and score > 0}
    if not left:
        return None
    if len(left) == 1:
        return next(iter(left))
    top = max(left.values())
    order = {party.name: party.start for party in reversed(parties)}
    return "|".join(sorted((n for n, s in left.items() if s == top), key=lambda n: order[n]))


# "the package includes drones, Christopher Luxon announced today": whose it is
_ANNOUNCED = Guarded(r"(?:['’]s\s\w+)?\s(?:\w+ly\s)?(?:(?:has|had)\s)?(?:announced|unveiled)\b")


# "The $300 million package includes drones, the White House said": it tells of its own
_THE_SUM = re.compile(r"\b[Tt]he \W?$")
_SUM_NEXT = Guarded(
    r"\s(?:[\w-]+\s){0,2}?(?:package|tranche|loan|grant|pledge|donation|contribution)\b"
)


def _announcer_points(
    points: _Points, sentence: str, parties: Sequence[Standing], act: Act | None, figure: Stretch
) -> None:
    """Without a better giver, who announces it behind the figure."""
    if act is not None and act.direction == "in":
        return
    givers = {p.name for p in parties if not (p.receives or mostly_receives(p.name))}
    known = len(givers) == 1 and _THE_SUM.search(sentence[: figure.start]) is not None
    known = known and _SUM_NEXT.match(sentence, figure.end) is not None
    for party in parties:
        tells = party.followed_by(_ANNOUNCED) or (known and party.followed_by(_TELLS))
        behind = party.start >= figure.end and party.acts and tells
        if behind and not (party.receives or mostly_receives(party.name)):
            points.donor[party.name] += WEAK
            return


_AID = Guarded(
    r"\b(?:aid|assistance|support|help|loans?|grants?|guarantees?|package|programme|program|facility"
    r"|tranche|pledges?|donations?|contributions?|financing|funding|disbursements?)\b"
)
WEAK = 1


def _weak_points(
    points: _Points,
    sentence: str,
    parties: Sequence[Standing],
    act: Act | None,
    figure: Stretch,
) -> None:
    """Without a better giver, the first subject of a sentence that speaks of aid."""
    if act is not None and (act.direction == "in" or act.passive or many_give(sentence, act)):
        return
    if event_brought(sentence, figure.start) or not _AID.search(lowered(sentence)):
        return
    taken = set(points.recipient)
    subject = next((p for p in parties if p.end <= figure.start and p.may_be_subject), None)
    if subject is None or mostly_receives(subject.name):
        return
    if subject.name not in taken and not subject.receives:
        points.donor[subject.name] += WEAK


def _nearest_before(parties: Sequence[Standing], figure: Stretch | None) -> list[Standing]:
    """Of the parties before ``figure`` that can act, the last one; all without a figure."""
    able = [p for p in parties if (p.acts or p.possessive) and not NOT_SUBJECT.search(p.before)]
    return able if figure is None else [p for p in able if p.end <= figure.start][-1:]


def _mostly(name: str) -> tuple[str, ...]:
    """What an organisation mostly is in a pledge: a UN agency that needs money receives it."""
    found = known_party(name)
    return found.acts if found else ()


def agents_of(
    sentence: str,
    parties: Sequence[Standing],
    act: Act | None,
    figure: Stretch | None,
    role: str = "pledge",
) -> Agents:
    """The donor and recipient that ``sentence`` itself names for the figure at ``figure``.

    Offsets of ``parties``, ``act`` and ``figure`` count from the start of the sentence; without
    a figure the sentence as a whole is meant.
    """
    if not parties:
        return NOBODY
    points = _collect(sentence, parties, act, figure)
    if role == "target":
        asking = [
            p
            for p in _nearest_before(parties, figure)
            if (p.kind == "country" or "recipient" in _mostly(p.name))
            and _AIMS.search(sentence[p.end : figure.start if figure else None])
        ]
        recipient = _best(points.recipient, parties, set())
        if recipient is None and asking:
            together = [p.name for p in parties if p.lead == asking[-1].lead]
            recipient = "|".join(dict.fromkeys(together))
        return Agents(None, recipient)
    if figure is not None and not points.donor:
        _weak_points(points, sentence, parties, act, figure)
        if not points.donor:
            _announcer_points(points, sentence, parties, act, figure)
    donor = _best(points.donor, parties, set())
    givers = set(donor.split("|")) if donor else set()
    for name in sorted(givers & set(points.recipient)):
        # a party at both ends: the stronger place wins
        if points.recipient[name] > points.donor[name]:
            donor = _best(points.donor, parties, {name} | set(points.recipient))
            givers = set(donor.split("|")) if donor else set()
    recipient = _best(points.recipient, parties, givers)
    return Agents(donor, recipient or other_party(sentence, parties, givers))


def other_party(sentence: str, parties: Sequence[Standing], givers: set[str]) -> str | None:
    """The receiver of "the deal between Lithuania and Ukraine" when the other one gives."""
    for one, other in pairwise(parties):
        joined = sentence[one.end : other.start].strip() == "and"
        if joined and BETWEEN.search(one.before):
            names = [party.name for party in (one, other) if party.name not in givers]
            return names[0] if len(names) == 1 else None
    return None


def document_agents(seen: Sequence[tuple[Agents, float]]) -> Agents:
    """The giver and receiver that stand for the whole document, when its sentences agree.

    ``seen`` holds what single sentences name, each with a weight (the headline counts most).
    A name needs six tenths of all weight: a document about several donors has no default.
    """

    def winner(votes: dict[str, float]) -> str | None:
        if not votes:
            return None
        total = sum(votes.values())
        name, weight = min(votes.items(), key=lambda item: (-item[1], item[0]))
        return name if weight >= 0.6 * total else None

    donors: dict[str, float] = {}
    recipients: dict[str, float] = {}
    for agents, weight in seen:
        if agents.donor:
            donors[agents.donor] = donors.get(agents.donor, 0.0) + weight
        if agents.recipient:
            recipients[agents.recipient] = recipients.get(agents.recipient, 0.0) + weight
    return Agents(winner(donors), winner(recipients))
