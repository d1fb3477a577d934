"""Who gives to whom: the donor and the recipient of a figure, from the parties in its sentence.

Every party in the sentence collects points for the places where it stands (subject of the verb of
giving, "by" or "from" behind it, right before the figure, "to" or "for" before it), each with the
sign that says why. When the sentence names none, the document's own giver and receiver stand in,
if its sentences agree. The points stand in ``calc/data/party_signs.tsv``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..parties import party as known_party
from ..text.words import lowered
from .acts import Act
from .crowds import all_together, crowd_before, many_give, pledges_of_many
from .incomes import mostly_gives, mostly_receives
from .listed import RECEIVES_NEXT, WITH_RECEIVER, goes_on_receiving, together
from .places import Stretch, order_sign, place
from .rules import Rule, conditions, named
from .signs import Sign, changed, weighed
from .standings import BETWEEN, BY_BEHIND_PASSIVE, BY_GIVER, NOT_SUBJECT, Standing

_SIGNS, _IF = named("party_signs"), conditions("party_conditions")

_SUBJECT, _RECEIVES = _SIGNS["subject-of-verb"], _SIGNS["receives-by-verb"]
_PAID = _SIGNS["is-paid"]
_SAYS_IT_PAID, _SAYS_IT_ARRIVED = _SIGNS["says-it-paid"], _SIGNS["says-it-arrived"]
_TELLS = _SAYS_IT_PAID.pattern
_LARGEST_GIVER, _GIVER_OF_NOUN = _SIGNS["largest-giver-with"], _SIGNS["noun-of-giving-ahead"]
_SUBJECT_OF_AID, _ANNOUNCES = _SIGNS["subject-before-aid"], _SIGNS["announces-it"]
_AIMS, _OTHER_OF_TWO = _SIGNS["asks-for-it"], _SIGNS["other-of-two"]
_RECEIVES_MORE, _GIVES_ITSELF = _SIGNS["receives-more"], _SIGNS["gives-itself"]
_GIVING_NOUN = _SIGNS["giving-noun-behind"].name
_FOR_ANOTHER, _ANOTHER_SUM = _SIGNS["for-another"], _SIGNS["behind-another-sum"].name
_GIVEN_TOGETHER = _SIGNS["given-together"]
_BESIDE = _SIGNS["beside-figure"].name
_SUM_NEXT = _IF["sum-next"].pattern

_JOINED = re.compile(
    r"^(?:['’]s\s(?:[\w-]+\s)?\w+|\s\([\w.]+\))?"
    r"\s*(?:,|and|&|,\s*and|together with|as well as|along with)\s*(?:the\s)?$",
    re.IGNORECASE,
)


_AMONG_THEM = re.compile(
    r"(?:,?\sand\s(?:the\s)?[A-Z][\w ]{2,30})?,?\s(?:\w+\s)?among (?:them|others)\b"
)


class Agents(NamedTuple):
    """Donor and recipient (names joined by ``|``, or ``None``), and the signs for them."""

    donor: str | None
    recipient: str | None
    signs: tuple[Sign, ...] = ()

    @property
    def named(self) -> bool:
        """Whether anybody gives or receives."""
        return self.donor is not None or self.recipient is not None

    def then(self, name: str, donor: str | None, recipient: str | None) -> Agents:
        """The same with whom the step ``name`` found, signed by it."""
        if donor == self.donor and recipient == self.recipient:
            return self
        signs = changed(self.signs, self[:2], (donor, recipient), name)
        return Agents(donor, recipient, (*self.signs, *signs))

    def taking(self, facet: str, other: Agents) -> Agents:
        """The same with the donor (or recipient) of ``other``, where it has none itself."""
        signs = (*self.signs, *(sign for sign in other.signs if sign.facet == facet))
        if facet == "donor":
            return Agents(other.donor, self.recipient, signs)
        return Agents(self.donor, other.recipient, signs)


NOBODY = Agents(None, None)


def _with_apposition(
    sentence: str, parties: Sequence[Standing], nearest: Standing, verb_start: int
) -> Standing:
    """The subject, where who stands nearest to the verb is only told of it."""
    first = next((p for p in parties if p.end <= nearest.start and p.may_be_subject), None)
    if (
        first is not None
        and sentence[first.end : first.end + 1] == ","
        and not _JOINED.match(sentence[first.end : nearest.start])
        and "," in sentence[nearest.end : verb_start]
        and not sentence[: nearest.start].endswith(", and ")
    ):
        return first  # "Colombia, host to many Venezuelans, is to get"
    return nearest


def _subjects(sentence: str, parties: Sequence[Standing], act: Act) -> list[Standing]:
    """The party or parties that the verb of ``act`` has as its subject, nearest first."""
    verb_start = act.end - len(act.text)
    nearest = next((p for p in reversed(parties) if p.end <= verb_start and p.may_be_subject), None)
    if nearest is None:
        return []
    nearest = _with_apposition(sentence, parties, nearest, verb_start)
    if _AMONG_THEM.match(sentence, nearest.end):
        return []  # "donors, India and China first among them, pledged"
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


# between a party and a crowd: "EU leaders" are its own, "Yemen: donors" and "Oslo said donors" not
_OTHERS = re.compile(
    r"[:;,]|\b(?:said|says|told|announced|added|wrote|confirmed|reported)\b|(?:\S+\s){4}"
)
_RAISED = re.compile(r"(?:rais|mobili[sz]|secur|collect|gather)")
_RIGHT_BEHIND = 25  # characters between a verb and its object: "has been paid some €5 million"


def _by_verb(
    sentence: str, parties: Sequence[Standing], act: Act, figure: Stretch | None
) -> list[Sign]:
    """What the verb says of its subject, and of whom it names behind "by"."""
    subjects = _subjects(sentence, parties, act)
    crowd = crowd_before(sentence, act)
    if subjects and crowd is not None and _OTHERS.search(sentence[subjects[0].end : crowd]):
        subjects = []  # "Berlin said donors had promised": the donors did
    if act.passive or not subjects:
        given_by = _given_by(parties, act, figure)
        if given_by:  # the subject is what was given, or who receives
            return given_by + _by_passive([], subjects, act, figure)
    if act.passive and act.direction == "out":
        return _by_passive(parties, subjects, act, figure)
    signs = _tellers(parties, act, subjects) if act.direction == "in" and subjects else []
    raising = _RAISED.match(act.text.lower()) is not None
    for party in subjects:
        # a fund raises what it receives
        gives = act.direction == "out" and not (raising and mostly_receives(party.name))
        rule = _SUBJECT if gives else _RECEIVES
        signs.append(rule.sign(act.start, act.end, party.name))
    return signs


def _given_by(parties: Sequence[Standing], act: Act, figure: Stretch | None) -> list[Sign]:
    """Who stands behind "by": "was promised by Norway", "a loan by the bank"."""
    signs = []
    for party in parties:
        if party.giver_by or (act.passive and party.behind_by):
            sign = party.ahead(BY_GIVER if party.giver_by else BY_BEHIND_PASSIVE)
            if sign is not None and _by_whom(party, act, figure):
                signs.append(sign)
    return signs


def _tellers(parties: Sequence[Standing], act: Act, subjects: Sequence[Standing]) -> list[Sign]:
    """Who tells of money received gives it when it is a giver: "…, the Commission said"."""
    received = {party.name for party in subjects}
    signs = []
    for party in parties:
        tells = party.behind(_SAYS_IT_PAID) if party.start > act.end else None
        if tells and party.name not in received and mostly_gives(party.name):
            signs.append(tells)
    return signs


def _by_whom(party: Standing, act: Act, figure: Stretch | None) -> bool:
    """Whether "by" a party can belong to the verb of the figure: not to another one's."""
    if party.end <= act.start:
        return False  # "Under a deal signed by Kyiv, Belgium gives"
    return figure is None or party.start < figure.until


def _by_passive(
    parties: Sequence[Standing],
    subjects: Sequence[Standing],
    act: Act,
    figure: Stretch | None,
) -> list[Sign]:
    """What a passive says: its subject was paid, or two agreed, or a giver tells of it."""
    right_behind = figure is not None and act.end <= figure.start <= act.end + _RIGHT_BEHIND
    if right_behind and WITH_RECEIVER.match(act.text.lower()):
        # "Moldova has been paid 250 million": its object tells that the subject receives
        return [_PAID.sign(act.start, act.end, party.name) for party in subjects]
    if len(subjects) == 2:
        # which of the two gives is for the document to say
        between = subjects[-1].ahead(BETWEEN)
        if between is not None:
            return [between._replace(value=party.name) for party in subjects]
    # "Pretoria said supplies had been flown to Malawi": who tells of it, when another receives
    received = {party.name for party in parties if party.receives}
    signs = []
    for party in parties:
        tells = party.behind(_SAYS_IT_ARRIVED, _TELLS) if party.end <= act.start else None
        if tells and received - {party.name} and party.may_be_subject:
            signs.append(tells)
    return signs


def _first_subject(sentence: str, parties: Sequence[Standing], figure: Stretch) -> Standing | None:
    found = next((p for p in parties if p.end <= figure.start and p.may_be_subject), None)
    return None if found and _AMONG_THEM.match(sentence, found.end) else found


def _by_noun(
    sentence: str, parties: Sequence[Standing], act: Act | None, figure: Stretch
) -> Sign | None:
    """Who is called a giver right before the figure, or comes with a pledge of it."""
    begin = max(0, figure.start - 60)
    with_it = _LARGEST_GIVER.pattern.search(sentence, begin, figure.start)
    if with_it is not None:
        # "Britain remains the biggest donor with 1.65 billion"
        subject = next(
            (p for p in reversed(parties) if p.end <= figure.start and p.may_be_subject), None
        )
        return _LARGEST_GIVER.on(with_it, subject.name) if subject else None
    if act is not None:
        return None
    noun = _GIVER_OF_NOUN.pattern.search(sentence, max(0, figure.start - 40), figure.start)
    # "the emir opened the meeting with a pledge of 500 million"
    subject = _first_subject(sentence, parties, figure) if noun else None
    return _GIVER_OF_NOUN.on(noun, subject.name) if noun and subject else None


def _collect(
    sentence: str, parties: Sequence[Standing], act: Act | None, figure: Stretch | None
) -> list[Sign]:
    """What the verb and each party's place say, in the order in which they were asked."""
    signs = _by_verb(sentence, parties, act, figure) if act is not None else []
    of_noun = _by_noun(sentence, parties, act, figure) if figure is not None else None
    signs += [of_noun] if of_noun is not None else []
    for party in parties:
        found = place(sentence, party, figure)
        if found and figure is not None and found[0].name == _BESIDE:
            # "Albania is to get 180 million, Georgia 150 million": the list goes on
            received = goes_on_receiving(sentence, party, parties, act, figure)
            if received is not None:
                signs = [one for one in signs if one.name not in (_RECEIVES.name, _PAID.name)]
                found = (received,)
        if not found:
            continue
        if _is_its_verb(found[0], party, act, figure, signs):
            continue
        signs += found
        if figure is not None and found[0].name in (_BESIDE, RECEIVES_NEXT.name):
            signs += together(found[0], party, parties, figure)
        elif figure is not None and found[0].facet == "recipient":
            order = order_sign(sentence, party, parties, figure)
            signs += [order] if order is not None else []
    return signs


def _is_its_verb(
    sign: Sign, party: Standing, act: Act | None, figure: Stretch | None, signs: Sequence[Sign]
) -> bool:
    """Whether a place is only that of a subject before its verb: "Sweden are funding"."""
    if sign.name == _GIVING_NOUN:
        return _is_subject(signs, party)
    # "Norway and Denmark pledge 5 million": a verb stands between
    return sign.name == _BESIDE and _acts_between(party, act, figure, signs)


def _acts_between(
    party: Standing, act: Act | None, figure: Stretch | None, signs: Sequence[Sign]
) -> bool:
    """Whether the verb of a subject stands between it and the figure."""
    between = act is not None and figure is not None and party.end <= act.start < figure.start
    return between and _is_subject(signs, party)


def _is_subject(signs: Sequence[Sign], party: Standing) -> bool:
    points = sum(s.points for s in signs if s.facet == "donor" and s.value == party.name)
    return points >= _SUBJECT.points


def _best(
    points: dict[str, int], parties: Sequence[Standing], without: Collection[str]
) -> str | None:
    """The names with the most points, joined in the order of the sentence."""
    left = {name: score for name, score in points.items() if name not in without and score > 0}
    if not left:
        return None
    if len(left) == 1:
        return next(iter(left))
    top = max(left.values())
    order = {party.name: party.start for party in reversed(parties)}
    return "|".join(sorted((n for n, s in left.items() if s == top), key=lambda n: order[n]))


# "The $300 million package includes drones, the White House said": it tells of its own
_THE_SUM = re.compile(r"\b[Tt]he \W?$")


def _announcer(
    sentence: str, parties: Sequence[Standing], act: Act | None, figure: Stretch
) -> Sign | None:
    """Without a better giver, who announces it behind the figure."""
    if act is not None and act.direction == "in":
        return None
    able = [p for p in parties if not (p.receives or mostly_receives(p.name))]
    known = len({p.name for p in able}) == 1 and _THE_SUM.search(sentence[: figure.start])
    of_its_own = known and _SUM_NEXT.match(sentence, figure.end) is not None
    for party in able:
        if party.start >= figure.end and party.acts:
            # "the package includes drones, Christopher Luxon announced today": whose it is
            tells = party.behind(_ANNOUNCES)
            if tells is None and of_its_own:
                tells = party.behind(_ANNOUNCES, _TELLS)
            if tells is not None:
                return tells
    return None


def _subject_before_aid(
    sentence: str,
    parties: Sequence[Standing],
    act: Act | None,
    figure: Stretch,
    signs: Sequence[Sign],
) -> Sign | None:
    """Without a better giver, the first subject of a sentence that speaks of aid."""
    if act is not None and (act.direction == "in" or act.passive or many_give(sentence, act)):
        return None
    if pledges_of_many(sentence, figure.start, figure.end):
        return None
    aid = _SUBJECT_OF_AID.pattern.search(lowered(sentence))
    subject = _first_subject(sentence, parties, figure) if aid else None
    if aid is None or subject is None or subject.receives or mostly_receives(subject.name):
        return None
    if any(sign.facet == "recipient" and sign.value == subject.name for sign in signs):
        return None
    return _SUBJECT_OF_AID.on(aid, subject.name)


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
    signs = _collect(sentence, parties, act, figure)
    if role == "target":
        return _asked_for(sentence, parties, figure, signs)
    if figure is not None and all_together(sentence[figure.after : figure.start]):
        given = weighed(signs, "donor")
        signs += _vetoes(_GIVEN_TOGETHER, given, given)
    donors = {name: points for name, points in weighed(signs, "donor").items() if points > 0}
    if figure is not None and not donors:
        weak = _subject_before_aid(sentence, parties, act, figure, signs)
        weak = weak or _announcer(sentence, parties, act, figure)
        if weak is not None:
            signs.append(weak)
            donors[weak.value] = weak.points
    recipients = weighed(signs, "recipient")
    donor = _best(donors, parties, ())
    givers = donor.split("|") if donor else []
    if any(recipients.get(name, 0) > donors[name] for name in givers):
        # a party at both ends: the stronger place wins
        signs += _vetoes(_RECEIVES_MORE, donors, recipients)
        donor = _best(donors, parties, recipients)
        givers = donor.split("|") if donor else []
    signs += _vetoes(_GIVES_ITSELF, recipients, givers)
    recipient = _best(recipients, parties, givers)
    if recipient is not None and figure is not None and _for_another(sentence, signs, figure):
        signs += _vetoes(_FOR_ANOTHER, recipients, recipient.split("|"))
        recipient = None
    if recipient is None:
        other = other_party(sentence, parties, givers)
        if other is not None:
            signs.append(other)
            recipient = other.value
    return Agents(donor, recipient, tuple(signs))


# "350 million for Indonesia, 200 million for the Forest Coalition": it has a receiver of its own
_OWN_RECEIVER = re.compile(
    r"\)?\s\(?(?:for|to|into)\s(?:the\s|an?\s|its\s)?(?:new\s)?"
    r"(?:[A-Z]\w|[$€£]|\d+\sof\s)"
)


def _for_another(sentence: str, signs: Sequence[Sign], figure: Stretch) -> bool:
    """Whether only another sum's receiver is known, and this one has one that no table knows."""
    if all(sign.name != _ANOTHER_SUM for sign in signs if sign.facet == "recipient"):
        return False
    own = any(
        sign.facet == "recipient" and figure.end <= sign.start < figure.until for sign in signs
    )
    return not own and _OWN_RECEIVER.match(sentence, figure.end, figure.until) is not None


def _vetoes(rule: Rule, points: dict[str, int], names: Collection[str]) -> list[Sign]:
    """Signs that take all points of ``names`` away."""
    found = [(name, points.get(name, 0)) for name in names]
    return [rule.sign(value=name)._replace(points=-had) for name, had in found if had > 0]


def _asked_for(
    sentence: str, parties: Sequence[Standing], figure: Stretch | None, signs: Sequence[Sign]
) -> Agents:
    """Who receives what nobody gives yet: by its place, or because it asks for it."""
    signs = [sign for sign in signs if sign.facet == "recipient"]
    recipient = _best(weighed(signs, "recipient"), parties, ())
    if recipient is not None:
        return Agents(None, recipient, tuple(signs))
    asking: list[tuple[Standing, re.Match[str]]] = []
    for party in _nearest_before(parties, figure):
        if party.kind == "country" or "recipient" in _mostly(party.name):
            behind = lowered(sentence[party.end : figure.start if figure else None])
            aims = _AIMS.pattern.search(behind)
            if aims is not None:
                asking.append((party, aims))
    if not asking:
        return Agents(None, None, tuple(signs))
    last, aims = asking[-1]
    together = dict.fromkeys(p.name for p in parties if p.lead == last.lead)
    signs += [_AIMS.on(aims, name, last.end) for name in together]
    return Agents(None, "|".join(together), tuple(signs))


def other_party(sentence: str, parties: Sequence[Standing], givers: Collection[str]) -> Sign | None:
    """The receiver of "the deal between Lithuania and Ukraine" when the other one gives."""
    for one, other in pairwise(parties):
        joined = sentence[one.end : other.start].strip() == "and"
        if joined and one.ahead(BETWEEN):
            names = [party.name for party in (one, other) if party.name not in givers]
            return _OTHER_OF_TWO.sign(one.start, other.end, names[0]) if len(names) == 1 else None
    return None
