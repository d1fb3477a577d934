"""What a party's place around a figure says: beside it, "from" it, a noun of giving between them.

What holds whatever the figure is in ``calc.claims.standings``; ``calc.claims.agents`` adds up.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ..text.guarded import Guarded
from ..text.words import lowered
from .incomes import mostly_receives
from .standings import INSTITUTION, NOT_SUBJECT, Standing

_FIRST_PERSON = Guarded(r"\b(?:[Ww]e|[Oo]ur)\b")
# "€200 million came from Norway": the figure right before "from"
_FIGURE_FROM = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:(?:[a-z]+\s){0,3}from|by)\s(?:the\s)?(?:government of\s)?$"
)
_PART_FROM = Guarded(
    r"\b(?:half|third|quarter|part|most|share|majority|bulk)\s(?:\w+\s){0,3}from\s(?:the\s)?$"
)
_FROM = Guarded(
    r"\b(?:of (?:it|which|this|that|them)|half|third|quarter|part|most|share)\s(?:\w+\s){0,2}from\s"
    r"(?:the\s)?$"
)
_FROM = Guarded(r"\b(?:from|by)\s(?:the\s)?(?:government of\s|people of\s)?$")
_GIFT_FROM = Guarded(
    r"\b(?:receiv\w+|get|gets|got|getting|secur\w+|obtain\w*|loans?|grants?|credits?|donations?|aid"
    r"|assistance|support|contributions?|pledges?|funds?|funding|money|package|tranche|euros"
    r"|dollars"
    r"|million|billion)\b[^.;]{0,50}$"
)
_BESIDE = re.compile(
    r"^\s*(?:[:,(–—-]|['’]s?)?\s*(?:(?:with|about|some|over|nearly|almost|up to|around|gave"
    r"|another|the|an?|new|latest|additional|military|defen[cs]e|aid|package|pledge|contribution|commitment"
    r"|(?:stands?|stood) at|government|loans|grants|contributions"
    r"|donation|loan|grant|promise|share|allocation|support|assistance|worth|of|for|its|own"
    r"|humanitarian|financial|first|second|third|total|annual|initial|recent|planned|promised|proposed"
    r"|(?:countries|nations|member states) and institutions)\s)*$",
)
_GIVING_NOUN_NEXT = Guarded(
    r"(?:['’]s?)?\s(?:[\w-]+\s){0,3}?(?:aid|assistance|support|help|package|pledge|contribution"
    r"|commitment|donation|loan|grant|allocation|tranche|fund|funding|funds|facility|envelope|money|deal|credit"
    r"|offer|promise|gift|total (?:for|to))\b"
)
# An adjective names who gains when one of these follows: "Ukrainian hospitals".
_BENEFICIARY = Guarded(
    r"\s(?:[\w-]+\s){0,2}?(?:army|military|navy|air force|forces|troops|brigades?|units?|soldiers"
    r"|servicemen|veterans|police|hospitals?|schools?|refugees?|children|people|civilians|families"
    r"|citizens|cities|towns|regions|communities|farmers|energy|power|grid|budget|economy|industry"
    r"|producers?|manufacturers?|makers?|companies|firms|government|authorities|state|defen[cs]e"
    r"|demining|reconstruction|recovery|infrastructure|railways?|universit\w+|students|society)\b"
)
# "weapons from Ukraine's factories": where they were made, not who paid.
_MAKERS = Guarded(
    r"(?:['’]s?)?\s(?:\w+\s){0,2}?(?:factories|producers|manufacturers|companies|firms|makers"
    r"|industry|plants|suppliers|workshops|contractors)\b"
)
# "Ukraine's $15.6 billion programme", "Ukraine's bailout": for whom, not from whom
_PROGRAMME = Guarded(
    r"\s(?:\w+\s){0,2}?(?:programme|program|bailout|rescue|reconstruction|appeal|needs?|debt)\b"
)
_RESCUED = Guarded(
    r"['’]s?\s(?:\w+\s){0,2}?(?:bailout|rescue|reconstruction|recovery|appeal(?! for))\b"
)
# Points: how strongly a place says "donor" or "recipient"; see also standings and agents.
BESIDE, FROM, GIFT, GIFT_NAMED, POSSESSIVE, ADJECTIVE = 7, 6, 5, 8, 4, 2
SPEAKER, SPOKEN_OF, IN_BRACKETS = 3, 1, 4


class Stretch(NamedTuple):
    """A figure in its sentence, and the stretch between the amounts before and after it."""

    start: int
    end: int
    after: int
    until: int
    first: int = 0  # where the first amount of the sentence starts


_FOR_OR_TO = re.compile(r"\b(for|to|towards?)\s(?!\w+\s*$)")


def _of_a_later_amount(sentence: str, party: Standing, figure: Stretch) -> bool:
    """Whether a receiver behind the next amount has it alone, for this one has its own purpose.

    "5 million for demining and 2 million for Poland": Poland has the second alone.
    """
    if party.start < figure.until:
        return False
    own = _FOR_OR_TO.search(sentence[figure.end : figure.until].lower())
    its = re.search(r"\b(for|to|towards?)\s(?:\w+\s){0,2}$", party.before)
    return own is not None and its is not None and own.group(1) == its.group(1)


def place(sentence: str, party: Standing, figure: Stretch | None) -> tuple[str, int] | None:
    """The side that the party's place in the sentence speaks for, and how strongly."""
    if party.form == "currency" or party.joint_effort or party.stands_for_another:
        return None
    if party.receives and figure is not None and sentence[party.end : figure.start] == " (":
        return "recipient", party.receives + IN_BRACKETS
    if party.receives:
        if figure is not None and _of_a_later_amount(sentence, party, figure):
            return None
        return "recipient", party.receives
    if figure is None:
        if party.possessive and party.followed_by(_GIVING_NOUN_NEXT):
            return "donor", POSSESSIVE  # "Norway's contribution": of the whole document
        return None
    # what stands beyond the next amount, or before the last one, belongs to those
    if not figure.after <= party.start < figure.until:
        return None
    if _PART_FROM.search(party.before):
        return None  # "4.5 billion, over half of it from Japan": Japan's is the half
    # "4 million from Spain and 5 million from Italy": Spain's stands behind its own figure
    mine = party.start >= figure.end or not figure.after
    if mine and _FROM.search(party.before) and not party.followed_by(_MAKERS):
        near = _FIGURE_FROM.match(sentence[figure.end : party.lead]) is not None
        if near or ("from" in party.before and _GIFT_FROM.search(party.before)):
            return "donor", FROM if party.form != "adjective" else 1
    return _at_figure(sentence, party, figure)


_IN_AID = re.compile(r"\)?\s(?:in|of|worth of)\s(?:the\s)?")
# "the 50 billion for Ukraine that the G7 agreed on"
_THAT_ITS_GIVER = re.compile(r"[^,;.]{0,50}\b(?:that|which)\s(?:the\s)?")
_GAVE_NEXT = Guarded(
    r"\s(?:had\s|has\s|have\s)?(?:agreed|pledged|promised|announced|offered|committed|approved|gave|sent)\b"
)
_THANKED = Guarded(r"\bthank(?:ed|s|ing|ful to)?\s(?:the\s)?$")


_NEW_FUND = Guarded(r"\b(?:an?|new)\s$")


def _at_figure(sentence: str, party: Standing, figure: Stretch) -> tuple[str, int] | None:
    """What a party says without a preposition: beside the figure, or with a noun of giving."""
    if party.end <= figure.start:
        if _THANKED.search(party.before):
            return "donor", GIFT
        sized = sentence[party.end : figure.start] in (" of ", " worth ")
        if party.kind == "organisation" and sized and _NEW_FUND.search(party.before):
            return None  # "a Ukraine Facility of up to 50 billion euros": the size of a fund
        if party.kind == "organisation" and party.names_receiver:
            return "recipient", BESIDE  # "its core UNHCR contribution of 6 million euros"
        rescued = party.possessive and party.kind == "country"
        if rescued and _PROGRAMME.match(sentence, figure.end):
            return "recipient", BESIDE  # "Ukraine's $15.6 billion programme"
        # "France, 3 million euros" gives, "in France, 3 million euros" is spent there
        between = sentence[party.end : figure.start]
        into = between.strip() == "with" and mostly_receives(party.name)  # "joins the fund with"
        if (
            _BESIDE.match(lowered(between))
            and not into
            and not (
                between[:1] in (",", " ")
                and between.strip() not in ("", "with")
                and NOT_SUBJECT.search(party.before)
            )
        ):
            return "donor", BESIDE
        if party.followed_by(_RESCUED):
            return "recipient", BESIDE
        if party.names_receiver:
            return "recipient", ADJECTIVE
        if party.form != "place" and party.followed_by(_GIVING_NOUN_NEXT):
            return "donor", POSSESSIVE if party.possessive else ADJECTIVE
        return None
    return _behind_figure(sentence, party, figure)


def _behind_figure(sentence: str, party: Standing, figure: Stretch) -> tuple[str, int] | None:
    """What a party behind the figure says without a preposition."""
    aid_next = party.followed_by(_GIVING_NOUN_NEXT)
    in_aid = party.form == "adjective" and _IN_AID.fullmatch(sentence, figure.end, party.start)
    if aid_next and in_aid and not mostly_receives(party.name):
        return "donor", GIFT_NAMED  # "977 million euros in Belgian military aid"
    if aid_next and not sentence[figure.end : party.start].strip(" -"):
        named = party.kind == "country" and party.form == "name" and not party.possessive
        if named and mostly_receives(party.name):
            return "recipient", GIFT_NAMED  # "his $2.3 billion Ukraine package"
        return "donor", GIFT_NAMED  # "a $1.5 billion World Bank loan"
    if party.followed_by(_GAVE_NEXT) and _THAT_ITS_GIVER.fullmatch(
        sentence, figure.end, party.start
    ):
        return "donor", GIFT_NAMED
    if party.followed_by(INSTITUTION) or party.form == "person":
        # "We have set aside 25 million euros," the Croatian prime minister said
        first_person = _FIRST_PERSON.search(sentence[: party.start])
        return ("donor", SPEAKER) if first_person else None
    if party.form == "adjective" and party.followed_by(_BENEFICIARY):
        # "will buy generators for Ukrainian hospitals"
        return "recipient", SPOKEN_OF
    return None
