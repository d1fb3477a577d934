"""What a party's place around a figure says: beside it, "from" it, a noun of giving between them.

What holds whatever the figure is in ``calc.claims.standings``; ``calc.claims.agents`` adds up. A
place is said once: of the readings of one place the first that fits counts, as a level of a
comparison does, so that words are not counted twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..text.words import lowered
from .incomes import mostly_receives
from .rules import conditions, named
from .signs import Sign
from .standings import INSTITUTION, NOT_SUBJECT, OBJECT, Standing

_SIGNS, _IF = named("party_signs"), conditions("party_conditions")

_FROM_FIGURE, _GIFT_FROM = _SIGNS["from-behind-figure"], _SIGNS["gift-from"]
_FROM_ITS_PEOPLE = _SIGNS["from-its-people"]
_FROM, _PART_FROM = _IF["from"].pattern, _IF["part-from"].pattern
_MAKERS, _NEW_FUND = _IF["makers"].pattern, _IF["new-fund"].pattern
_BESIDE, _THANKED = _SIGNS["beside-figure"], _SIGNS["thanked"]
_GIVING_NOUN, _ITS_GIVING_NOUN = _SIGNS["giving-noun-behind"], _SIGNS["its-giving-noun"]
_GIVING = _GIVING_NOUN.pattern
_AID_AT_FIGURE, _AID_FOR_IT = _SIGNS["aid-behind-figure"], _SIGNS["aid-for-it-behind-figure"]
_IN_ITS_AID, _THAT_IT_GAVE = _SIGNS["in-its-aid"], _SIGNS["that-it-gave"]
_GAVE_NEXT = _IF["gave-next"].pattern
_PROGRAMME, _RESCUED = _SIGNS["its-programme"], _SIGNS["its-rescue"]
_PLEDGE_OF = _SIGNS["pledge-of-it"]
_STANDS_AT = re.compile(
    r"\s(?:is|was|stands|stood|amount(?:s|ed)|c[ao]mes?)\s(?:\w+\s){0,2}?(?:(?:at|to)\s)?"
)
_PUT_AT = re.compile(r"\b(?:put|estimated|valued|assessed|projected)\sat\s(?:\w+\s)?$")
_SUCH_AS = re.compile(
    r"\b(?:such as|including|among them|followed by|led by|headed by)\s(?:the\s)?$"
)
_WE, _ITS_PEOPLE = _SIGNS["speaks-as-we"], _SIGNS["its-people"]
_IN_BRACKETS, _AT_ITS_SUM = _SIGNS["sum-in-brackets"], _SIGNS["at-its-sum"]
_ITS_GRANT = _SIGNS["its-grant"]
_OWN_SUM, _OTHER_SUM, _LAST_SUM = (
    _SIGNS[name] for name in ("behind-own-sum", "behind-another-sum", "of-the-sum-before")
)


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


# "50 million to UNRWA and give the Palestinians a further 68 million": the next sum is theirs
_NEXT_SUM = re.compile(r"\s(?:[a-z]+\s){0,3}")


def _takes_the_next(sentence: str, party: Standing, figure: Stretch) -> bool:
    """Whether a receiver stands between a verb of giving and the amount behind this one."""
    return (
        party.receiving is not None
        and party.receiving.name == OBJECT
        and figure.until < len(sentence)
        and _NEXT_SUM.fullmatch(sentence, party.end, figure.until) is not None
    )


def _of_the_last(party: Standing, parties: Sequence[Standing], figure: Stretch) -> bool:
    """Whether a receiver is that of the amount before: "35 to UNRWA, after 32 for aid in Gaza"."""
    return party.end <= figure.after and any(
        one.receives and figure.end <= one.start < figure.until for one in parties
    )


def order_sign(
    sentence: str, party: Standing, parties: Sequence[Standing], figure: Stretch
) -> Sign | None:
    """Whether a receiver stands behind the sum that is asked for or behind another one."""
    if party.end >= figure.after and _AT_ITS_SUM.pattern.fullmatch(
        lowered(sentence), party.end, figure.start
    ):
        return _AT_ITS_SUM.sign(party.start, party.end, party.name)
    if party.start >= figure.first:
        # "61 billion for Ukraine, 26 billion for Israel"
        own = figure.end <= party.start < figure.until
        own = own and not _takes_the_next(sentence, party, figure)
        return (_OWN_SUM if own else _OTHER_SUM).sign(party.start, party.end, party.name)
    if _of_the_last(party, parties, figure):
        return _LAST_SUM.sign(party.start, party.end, party.name)
    return None


def place(sentence: str, party: Standing, figure: Stretch | None) -> tuple[Sign, ...]:
    """What the party's place in the sentence says of its side."""
    if party.form == "currency" or party.joint_effort or party.stands_for_another:
        return ()
    if party.receiving is not None:
        return _receiving(sentence, party, party.receiving, figure)
    if figure is None:
        # "Norway's contribution": of the whole document
        gives = party.behind(_ITS_GIVING_NOUN, _GIVING) if party.possessive else None
        ours = party.adjectival and not party.followed_by(_MAKERS)  # "frozen Russian assets"
        if gives is None and ours and not mostly_receives(party.name):
            gives = party.behind(_GIVING_NOUN, _GIVING)  # "American aid for Kyiv"
        return (gives,) if gives else ()
    # what stands beyond the next amount, or before the last one, belongs to those
    if not figure.after <= party.start < figure.until:
        return ()
    if _PART_FROM.search(party.before):
        return ()  # "4.5 billion, over half of it from Japan": Japan's is the half
    found = _from(sentence, party, figure)
    if found is None:
        side = _before_figure if party.end <= figure.start else _behind_figure
        found = side(sentence, party, figure)
    return (found,) if found else ()


def _receiving(
    sentence: str, party: Standing, sign: Sign, figure: Stretch | None
) -> tuple[Sign, ...]:
    """What a receiver's place at the figure adds to the words that say that it receives."""
    if figure is None:
        return (sign,)
    if sentence[party.end : figure.start] == " (":  # "to UNICEF ($3 million)"
        return sign, _IN_BRACKETS.sign(party.start, party.end, party.name)
    return () if _of_a_later_amount(sentence, party, figure) else (sign,)


def _from(sentence: str, party: Standing, figure: Stretch) -> Sign | None:
    """Whether the money comes from the party: "€200 million came from Norway"."""
    # "4 million from Spain and 5 million from Italy": Spain's stands behind its own figure
    if _PUT_AT.search(sentence, max(0, figure.start - 40), figure.start):
        return None  # "needs that were put at 426 million by the United Nations"
    mine = party.start >= figure.end or not figure.after
    if not mine or not _FROM.search(party.before) or party.followed_by(_MAKERS):
        return None
    if _FROM_FIGURE.pattern.match(sentence[figure.end : party.lead]):
        rule = _FROM_FIGURE
    elif "from" in party.before and _GIFT_FROM.pattern.search(party.before):
        rule = _GIFT_FROM
    else:
        return None
    rule = _FROM_ITS_PEOPLE if party.form == "adjective" else rule
    return rule.sign(party.lead, party.end, party.name)


def _before_figure(sentence: str, party: Standing, figure: Stretch) -> Sign | None:
    """What a party before the figure says without "to" or "from"."""
    thanked = party.ahead(_THANKED)
    if thanked is not None:
        return thanked
    between = sentence[party.end : figure.start]
    rescued = None
    if party.kind == "organisation":
        if between in (" of ", " worth ") and _NEW_FUND.search(party.before):
            return None  # "a Ukraine Facility of up to 50 billion euros": the size of a fund
        rescued = party.named_for  # "its core UNHCR contribution of 6 million euros"
    elif party.kind == "country" and party.possessive:
        needed = _PROGRAMME.pattern.match(sentence, figure.end)
        if needed is not None:  # "Ukraine's $15.6 billion programme"
            rescued = _PROGRAMME.on(needed, party.name)
    if rescued is not None:
        return rescued
    if _is_beside(between, party):
        return _BESIDE.sign(party.start, party.end, party.name)
    if _STANDS_AT.fullmatch(lowered(between)) and party.ahead(_PLEDGE_OF):
        return party.ahead(_PLEDGE_OF)
    return party.behind(_RESCUED) or party.named_for or _with_giving_noun(party)


def _is_beside(between: str, party: Standing) -> bool:
    """Whether nothing but small words stands between a party and the figure behind it."""
    if not _BESIDE.pattern.compiled.match(lowered(between)):
        return False
    alone = between.strip()
    if alone == "with" and mostly_receives(party.name):
        return False  # "joins the fund with"
    if _SUCH_AS.search(party.before):
        return True  # "others, such as France (3 million euros)"
    # "France, 3 million euros" gives, "in France, 3 million euros" is spent there
    loose = between[:1] in (",", " ") and alone not in ("", "with")
    return not (loose and NOT_SUBJECT.search(party.before))


def _with_giving_noun(party: Standing) -> Sign | None:
    if party.form == "place":
        return None
    if party.possessive and party.kind == "country" and mostly_receives(party.name):
        got = party.behind(_ITS_GRANT)
        if got is not None:
            return got
    return party.behind(_ITS_GIVING_NOUN if party.possessive else _GIVING_NOUN, _GIVING)


def _behind_figure(sentence: str, party: Standing, figure: Stretch) -> Sign | None:
    """What a party behind the figure says without a preposition."""
    found = _in_its_aid(sentence, party, figure)
    if found is not None:
        return found
    # "the 50 billion for Ukraine that the G7 agreed on"
    if party.followed_by(_GAVE_NEXT) and _THAT_IT_GAVE.pattern.fullmatch(
        sentence, figure.end, party.start
    ):
        return _THAT_IT_GAVE.sign(party.start, party.end, party.name)
    if party.followed_by(INSTITUTION) or party.form == "person":
        # "We have set aside 25 million euros," the Croatian prime minister said
        spoken = _WE.pattern.search(sentence[: party.start])
        return _WE.on(spoken, party.name) if spoken else None
    # "will buy generators for Ukrainian hospitals"
    return party.behind(_ITS_PEOPLE) if party.form == "adjective" else None


def _in_its_aid(sentence: str, party: Standing, figure: Stretch) -> Sign | None:
    """Whose aid the figure is: "5 million in Belgian military aid", "a $5 million US loan"."""
    noun = party.behind(_AID_AT_FIGURE, _GIVING)
    if noun is None:
        return None
    receives = mostly_receives(party.name)
    in_aid = party.adjectival and not receives
    if in_aid and _IN_ITS_AID.pattern.fullmatch(sentence, figure.end, party.start):
        return _IN_ITS_AID.sign(party.start, noun.end, party.name)
    if sentence[figure.end : party.start].strip(" -"):
        return None
    named = party.kind == "country" and party.form == "name" and not party.possessive
    if named and receives:  # "his $2.3 billion Ukraine package"
        return _AID_FOR_IT.sign(noun.start, noun.end, party.name)
    return noun
