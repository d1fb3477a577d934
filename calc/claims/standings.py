"""Parties where they stand in a sentence, and what the words right beside them say.

What is said here holds whatever the figure: who can be a subject, who receives, who gave ("by").
``calc.claims.agents`` weighs it for one figure. Patterns meet text in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from ..parties import Mention
from ..text.guarded import Guarded
from ..text.words import lowered
from .incomes import mostly_gives, mostly_receives

# Heads that make an adjective or possessive an actor: "the Danish government", "Spain's army".
INSTITUTION = Guarded(
    r"(?:['’]s?)?\s(?:(?:\w+|[a-z][\w-]+)\s){0,2}?(?:government|ministry|ministries|minister"
    r"|president|parliament|cabinet|chancellor|prime minister|premier|king|queen|army|military"
    r"|authorities|officials?|state|taxpayers|people|citizens|foundation|foreign office|treasury"
    r"|leader(?:ship)?|lawmakers|congress|senate|bundestag|riksdag|side|delegation|embassy"
    r"|ambassador|agency|council|commission|development bank|(?:executive )?board|shareholders"
    r"|administration|defen[cs]e chief|emir|crown prince|secretary|committee|chamber|house"
    r"|directorate|department|institutions|residents|treasury)\b"
)
# "the ministry of defence in Vilnius": the place is the institution's, which acts.
_SEATED_IN = Guarded(
    r"\b(?:government|ministry|parliament|authorities|officials|leaders)\s(?:of\s\w+\s)?in\s$"
)
# "the Government of Sweden", but not "aid to the government of Sweden"
_OFFICE_OF = Guarded(
    r"\b(?:governments?|parliament|kingdom|republic|state|people|cabinet|president|chancellor"
    r"|prime minister|premier|king|queen|emir|sultan|embassy|authorities|leaders|members)\sof\s"
    r"(?:the\s)?$"
    r"|\bboard(?:\sof\s[\w\s]{1,30})?\sof\s(?:the\s)?$"
    r"|\b(?:ministry|minister|department)\s(?:of|for)\s[\w\s,&-]{0,50}\sof\s(?:the\s)?$"
)
# "after Berlin said": the conjunction opens a clause of its own.
_CONJUNCTION = Guarded(r"\b(?:since|after|when|as|because|until|before|than)\s(?:the\s)?$")
_VERB_NEXT = re.compile(
    r"\s(?:\w+ly\s|also\s|had\s|has\s|have\s)?(?:has|have|had|will|would|is|are|was|were|said"
    r"|says|told|announc\w+|agree[sd]?|decid\w+|promis\w+|pledg\w+|plan(?:s|ned)|committed|gave"
    r"|sent|made|approved|allocated|donated|offered|signed|confirmed|unveiled|raised|increased)\b"
)
_ITS_OWN = Guarded(r"\b(?:its|their|his|her|our)\s$")
# "with Oslo contributing 5 million": a clause of its own
_WITH = Guarded(r"\bwith\s(?:the\s)?$")
_PARTICIPLE_NEXT = Guarded(
    r"\s(?:alone\s|also\s)?(?:secur|receiv|gett|obtain|contribut|provid|giv|pledg|pay|offer|mak|add|cover|send|commit|promis"
    r"|put|donat|supply|allocat)\w*ing\b"
)
# "the Commission's decision to disburse 5 million": it does
_DECISION_TO = Guarded(
    r"['’]s?\s(?:\w+\s)?(?:decision|plans?|pledge|promise|commitment|offer|proposal|intention|move)"
    r"\sto\b"
)
# "followed by Sweden, which gave 5 million"
_WHO_NEXT = Guarded(r",\s(?:which|who)\b")
_ITS_PERSON = re.compile(
    r"['’]s\s(?:[A-ZÀ-Þ][\w’'-]+\s){1,3}(?:\w+ly\s)?(?:has|had|will|would|said|says|told|announc"
    r"|agree|decid|promis|pledg|plan|add|give|provid|contribut|launch|committed|gave|sent|approved"
    r"|allocated|donated|offered|unveil)"
)
# "Ukraine's allies", "Kyiv's Western partners": those around a party, who are not named.
_COMPANIONS = Guarded(
    r"(?:['’]s?\s(?:\w+\s){0,2}?|\s)(?:allies|partners|donors|friends|backers|supporters|lenders"
    r"|creditors|neighbou?rs)\b"
)
# "for American weapons": what is bought there, not who receives
_GOODS = Guarded(
    r"\s(?:\w+\s)?(?:weapons?|arms|goods|equipment|companies|firms|makers|manufacturers|jets"
    r"|missiles|products|oil|gas|tanks|shells|rifles)\b"
)
_FOR_GOODS = re.compile(r"\b(?:for|on)\s$")
_POSSESSIVE = re.compile(r"^(?:['’]s|['’](?=\s))")
NOT_SUBJECT = Guarded(
    r"\b(?:to|for|with|in|of|from|against|at|on|near|about|between|towards?|alongside|than|over"
    r"|since|after|when|as|because|into|inside|across|via|through|under|by|until|before|like"
    r"|including|help|helps|helping|helped|support\w*|aid\w*|assist\w*|equip\w*|arm|arming"
    r"|visit(?:s|ed|ing)?|touring|thank\w*|inform\w*|told|notif\w+|assur\w+|remind\w*|urg\w+|ask\w*"
    r"|provid\w+|gave|give[ns]?|giving|sen[dt]\w*|lend\w*|lent|grant\w*|supply\w*|supplie[ds])"
    r"\s(?:(?:the|a|an|its|his|her|their|our|other|war-torn|neighbou?ring|embattled)\s)?$"
)
_ADJECTIVES = (
    r"(?:war-torn|neighbou?ring|embattled|\w+-(?:torn|hit|stricken|ravaged|affected|ridden))"
)
_TO = Guarded(
    r"\b(?:(?<!according )(?<!thanks )(?<!compared )(?<!addition )(?<!due )to|for|towards?"
    r"|in support of|benefit(?:ing|s)?|reach(?:es|ing)?"
    r"|(?:replenishment|capitali[sz]ation)\sof|(?:conference|summit|forum|event|marathon)\son"
    r"|(?:rebuild|reconstruct)(?:ing)?)"
    r"\s(?:(?:help|support|aid|assist|arm|equip|finance|fund|back|rebuild|reconstruct|defend"
    r"|strengthen|bolster|protect)\w*\s)?"
    rf"(?:(?:the|its|close|government of|people of|all|new|{_ADJECTIVES})\s){{0,2}}$"
)
# "for the vaccine alliance Gavi", "to the UN agency UNICEF": what the receiver is, before its name
_TO_A_BODY = Guarded(
    r"\b(?:to|for|into|giv(?:e|es|ing|en)|gave|pay|paid|lend|lent|promis\w+|award\w*|offer\w*)"
    r"\s(?:the|its|their|a)\s(?:[\w-]+\s){0,3}(?:alliance|agency|fund|facility"
    r"|partnership|programme|program|charity|foundation|initiative)\s$"
)
_OBJECT = Guarded(
    r"\b(?:provid\w+|gave|give[ns]?|giving|sen[dt]|sends|sending|lend|lends|lent|lending|grant\w*"
    r"|supply|supplie[ds]|supplying|support\w*|help\w*|assist\w*|aid(?:ed|ing|s)?|arm(?:ed|ing|s)?"
    r"|equip\w*|offer\w*|promis\w+|pledg\w+|pay|paid|pays|award\w*|allocat\w+|back(?:ed|ing|s)?"
    r"|fund(?:s|ed|ing)?|financ\w+|hand(?:s|ed|ing)?|strengthen\w*|bolster\w*|protect\w*)"
    rf"\s(?:(?:the|{_ADJECTIVES})\s)?$"
)
_FOR_THE_GOOD_OF = Guarded(
    r"\b(?:re\w*construction|recovery|rebuilding|restoration|defen[cs]e|demining|protection|people"
    r"|civilians|children|hospitals|schools|refugees|survivors|families|communities|projects?"
    r"|programmes?|programs?|operations?|activities|infrastructure|victims|efforts?|response"
    r"|(?:earth)?quakes?|floods?|flooding|cyclones?|hurricanes?|drought|famine|crisis|disasters?"
    r"|wildfires|conflict|emergency|repairs?|modernisation|modernization|stabili[sz]ation|benefit"
    r"|assistance|relief|needs|outbreak|fighting|war|violence|hunger|aggression|working|operating"
    r"|active)"
    rf"\s(?:of|in|across|inside)\s(?:(?:the|{_ADJECTIVES}|\w+ern)\s)?$"
    r"|\bto\s(?:expand|train|improve|moderni[sz]e|upgrade|restore|repair|stabili[sz]e)\s(?:the\s)?$"
)
_INVESTED_IN = Guarded(
    r"\b(?:invest\w*\b[^;]{0,60}\bin|(?:spen[dt]\w*|put\w*)\b[^;]{0,60}\b(?:on|into))\s(?:the\s)?$"
)
# "the payment due to UNRWA": owed to it ("due to Hungary's veto" says why)
_OWED_TO = Guarded(
    r"\b(?:payments?|contributions?|instal?ments?|dues|tranche|grant|money|sum|million|billion"
    r"|euros|dollars|kron\w+|pounds)\b[^,;.]{0,60}\bdue\sto\s(?:the\s)?$"
)
# "during a visit by the president to Berlin": where somebody went
_TRAVELS_TO = Guarded(
    r"\b(?:visit\w*|trips?|travel\w*|journey\w*|tour|flew|return\w*)\b[^;:]{0,70}\sto\s(?:the\s)?$"
)
# "signed a loan with Kyiv": the other side receives, unless it signs as a giver too
_DEAL_WITH = Guarded(
    r"\b(?:loan|credit|grant|financing|funding|guarantee|agreement|deal|memorandum|pact|accord"
    r"|contract|compact)s?\swith\s(?:the\s)?$"
)
_BY = Guarded(
    r"\b(?:pledged|promised|provided|given|donated|funded|financed|granted|contributed|allocated"
    r"|committed|announced|offered|paid|sent|delivered|supplied|supported|backed|approved|covered"
    r"|transferred|disbursed|made|raised|lent|loaned|earmarked|agreed|adopted|signed|extended)"
    r"\s(?:\w+\s){0,3}by\s(?:the\s)?(?:government of\s)?$"
    r"|\b(?:loans?|grants?|aid|funding|contributions?|pledges?|donations?|commitments?)"
    r"\sby\s(?:the\s)?(?:government of\s)?$"
)
_PLAIN_BY = re.compile(r"\bby\s(?:the\s)?(?:government of\s)?$")
BETWEEN = Guarded(r"\bbetween\s(?:the\s)?$")
# "the Czech ammunition initiative", "the UK-led coalition": a country's name for a joint effort.
_JOINT_EFFORT = Guarded(
    r"(?:-led)?\s(?:[\w-]+\s){0,2}?(?:initiative|coalition|plan|scheme|model|conference|proposal"
    r"|group|format|summit|mission)\b"
)
# "a UN conference collected": the event, not who called it
_EVENT = Guarded(
    r"\s(?:(?!(?:at|in|on|for|from|to|of|with|and|the|their|its|an?)\s)[\w-]+\s)?"
    r"(?:conference|summit|forum|meeting)\b"
)
# "to Germany's initiative": what Germany leads, not Germany
_ITS_EFFORT = Guarded(r"['’]s?\s(?:[\w-]+\s)?(?:initiative|coalition)\b")
# "the bloc's largest donor announced": one of its members
_ITS_LARGEST = Guarded(
    r"['’]s\s(?:second-|third-)?(?:largest|biggest|main|top)\s(?:\w+\s){0,3}?"
    r"(?:donor|supporter|contributor|backer|lender|giver)\b"
)
# "guarantees for World Bank lending": the lending is what the money backs
_ITS_LENDING = Guarded(
    r"(?:\s|['’]s?\s(?:[\w-]+\s){0,3}?)(?:lending|loans?|financing|(?:trust )?fund for)\b"
)
# "to the G7 Extraordinary Revenue Acceleration loans": those lend
_ITS_LOANS = Guarded(r"(?:['’]s?)?\s(?:[\w-]+\s){1,4}?loans?\b")
# "a policy for Iceland's support to Ukraine": it gives
_ITS_GIVING = Guarded(
    r"['’]s?\s(?:[\w-]+\s){0,2}?(?:support|aid|assistance|contributions?|pledges?|help)\s(?:to|for)\b"
)
# "its Ukraine fund", "Gaza aid": for whom, not from whom
_AID_NEXT = Guarded(
    r"\s(?:aid|assistance|support|relief|fund|funding|package|appeal|facility"
    r"|(?:\w+\s){1,4}?(?:response plan|humanitarian fund|trust fund|appeal|recovery plan))\b"
)
# "the annual UNRWA payment": to whom it is paid
_PAYMENT_NEXT = Guarded(r"\s(?:payments?|dues|(?:core|annual|voluntary)\scontributions?)\b")
_REGULAR = Guarded(r"\b(?:core|annual|voluntary|regular|assessed|yearly)\s$")
_CONTRIBUTION_NEXT = Guarded(r"\scontributions?\b")
# short names that stand as adjectives: "US aid", "a UK package"
_ADJECTIVAL = frozenset("US U.S. USA UK U.K. EU".split())
# "to the Palestinian refugee agency UNRWA": the agency receives
_BODY = re.compile(r"\s(?:[\w-]+\s){0,3}(?:agency|fund|alliance|charity|foundation|initiative)\s")
# a sum in brackets may stand between: "to UNICEF ($3 million) and the WFP ($7 million)"
_AND = re.compile(r"(?:\s\([^()]{1,40}\))?(?:,\sand|\sand|\s&)\s(?:the\s|to\s|for\s)?")
_COMMA = re.compile(r"(?:\s\([^()]{1,40}\))?,\s(?:the\s|to\s|for\s)?")
_AMOUNT_NEXT = re.compile(r"[:,]?\s(?:with |another |some |about |over )?[\d€$£¥]")

# Points: how strongly a place in the sentence says "recipient".
TO, OBJECT, INVESTED, FOR_THE_GOOD_OF, COMPANIONS, DEAL_WITH = 5, 6, 4, 3, 3, 2
# What stands right before the receiver; the first that fits counts.
_RECEIVING = (
    (_OBJECT, OBJECT),
    (_TO, TO),
    (_TO_A_BODY, TO),
    (_INVESTED_IN, INVESTED),
    (_FOR_THE_GOOD_OF, FOR_THE_GOOD_OF),
    (_DEAL_WITH, DEAL_WITH),
    (_OWED_TO, TO),
)

NEAR = 90  # characters before a mention that can say what it is
INSTITUTION_NEAR = 80  # characters behind an adjective that can name who acts


class Standing:
    """A party where it stands in its sentence; what the words beside it say is asked for once.

    The figures of a sentence all ask of its parties. ``before`` is in lower case;
    a party in a list ("from Norway, Sweden and Finland") has what stands before the list, whose
    place is ``lead``.
    """

    def __init__(self, sentence: str, lower: str, mention: Mention) -> None:
        self.start, self.end = mention.start, mention.end
        self.lead = mention.start
        self.name, self.kind, self.form = mention.name, mention.kind, mention.form
        self.text = mention.text
        self.before = lower[max(0, mention.start - NEAR) : mention.start]
        self._lower = lower
        self.possessive = _POSSESSIVE.match(sentence[mention.end : mention.end + 3]) is not None
        # "China's Xi pledged", "Poland's Donald Tusk said"
        self.speaks_through = (
            self.possessive and _ITS_PERSON.match(sentence, mention.end) is not None
        )
        # "the Czech ammunition initiative": only the name of a joint effort
        if self.possessive:
            self.joint_effort = self.followed_by(_ITS_EFFORT)
        else:
            effort = _JOINT_EFFORT if self.form == "adjective" else _EVENT
            self.joint_effort = self.followed_by(effort)
        self.stands_for_another = self.followed_by(_ITS_LARGEST)
        self._weigh()

    def followed_by(self, pattern: re.Pattern[str] | Guarded) -> bool:
        """Whether ``pattern`` fits right behind it."""
        return pattern.match(self._lower, self.end) is not None

    def _weigh(self) -> None:
        self.behind_by = "by" in self.before and _PLAIN_BY.search(self.before) is not None
        # "pledged by Norway", "as loans by the bank"
        self.giver_by = self.behind_by and _BY.search(self.before) is not None
        self.receives = self._receives()

    @property
    def names_receiver(self) -> bool:
        """Whether a noun of giving right behind it is for it: "its Ukraine fund", "Gaza aid"."""
        if self.kind == "organisation":
            paid = self.followed_by(_PAYMENT_NEXT) or (
                self.followed_by(_CONTRIBUTION_NEXT) and _REGULAR.search(self.before) is not None
            )
            return paid and not self.possessive and mostly_receives(self.name)
        return (
            self.kind == "country"
            and self.form == "name"
            and not self.possessive
            and self.text not in _ADJECTIVAL
            and self.followed_by(_AID_NEXT)
        )

    def join(self, leader: Standing) -> None:
        """Stand where ``leader`` stands, the first of the list that this party is in."""
        self.before, self.lead = leader.before, leader.lead
        self._weigh()

    def hand_over(self, owned: Standing) -> None:
        """Let ``owned`` receive instead: "for Brazil's Amazon Fund"."""
        owned.receives = max(owned.receives, self.receives)
        self.receives = 0

    @cached_property
    def acts(self) -> bool:
        """Whether it can act: a name, or an adjective with an institution behind it."""
        if self.form in ("currency", "place") or self.stands_for_another:
            return False
        if self.speaks_through or (self.possessive and self.followed_by(_DECISION_TO)):
            return True
        if self.form == "adjective" or self.possessive:
            return INSTITUTION.match(self._lower, self.end, self.end + INSTITUTION_NEAR) is not None
        return True

    @cached_property
    def may_be_subject(self) -> bool:
        """Whether no word before it makes it an object."""
        if _SEATED_IN.search(self.before):
            return True
        if _OFFICE_OF.search(self.before):
            return not self.receives
        if not self.acts:
            return False
        if _ITS_OWN.search(self.before):
            return False  # "Italy used its G7 presidency to announce"
        if not NOT_SUBJECT.search(self.before) or self.followed_by(_WHO_NEXT):
            return True
        if _WITH.search(self.before) and self.followed_by(_PARTICIPLE_NEXT):
            return True
        return bool(_CONJUNCTION.search(self.before) and self.followed_by(_VERB_NEXT))

    def _receives(self) -> int:
        """How strongly the words beside it say that it receives, whatever the figure."""
        if self.followed_by(_COMPANIONS):
            return COMPANIONS
        if not self.before[-1:].isspace():
            return 0  # each pattern ends in a space
        found = self._placed()
        if not found:
            return 0
        if self.form == "adjective" and self.followed_by(_GOODS) and _FOR_GOODS.search(self.before):
            return 0
        if _SEATED_IN.search(self.before) or self.followed_by(_ITS_LENDING):
            return 0
        if self.possessive and (self.followed_by(_ITS_GIVING) or _OWED_TO.search(self.before)):
            return 0
        if self._gives_loans() or self._is_visited():
            return 0
        if self.form == "person" and self.possessive:
            return 0  # "to the president's desk"
        return found

    def _gives_loans(self) -> bool:
        """Whether what follows "to" is its lending: "its share of the G7 revenue loans"."""
        return mostly_gives(self.name) and self.followed_by(_ITS_LOANS)

    def _is_visited(self) -> bool:
        """Whether somebody travels to a country that receives no aid."""
        rich = self.kind == "country" and not mostly_receives(self.name)
        return rich and _TRAVELS_TO.search(self.before) is not None

    def _placed(self) -> int:
        """How strongly the words before it say that it receives."""
        for pattern, points in _RECEIVING:
            # "spent on Russian oil" goes to the oil, "spent on Ukraine" to the country
            if pattern.search(self.before) and not (
                points == INVESTED and self.form == "adjective"
            ):
                return points
        return 0


def standings(sentence: str, mentions: Sequence[Mention]) -> list[Standing]:
    """The parties of ``sentence`` where they stand, in order."""
    lower = lowered(sentence)
    found = [Standing(sentence, lower, mention) for mention in mentions]
    for run in _lists(lower, found):
        for party in run[1:]:
            party.join(run[0])
    for owner, owned in pairwise(found):
        if owner.receives and (
            (owner.possessive and owned.start <= owner.end + 3)
            or (owner.form == "adjective" and _BODY.fullmatch(lower, owner.end, owned.start))
        ):
            owner.hand_over(owned)
    return found


def _lists(lower: str, found: Sequence[Standing]) -> list[list[Standing]]:
    """Runs of parties such as "Guinea, Liberia and Sierra Leone", each with an "and" in it.

    "for Ukraine, and Norway said", "to the fund and Austria 5 million": no list, for the next one
    has a verb or a sum of its own.
    """
    lists = []
    run: list[Standing] = []
    for before, party in pairwise(found):
        joined = _AND.fullmatch(lower, before.end, party.start)
        comma = joined is None and _COMMA.fullmatch(lower, before.end, party.start)
        own = party.followed_by(_VERB_NEXT) or party.followed_by(_AMOUNT_NEXT)
        if "place" in (before.form, party.form) or not (joined or comma) or own:
            run = []
            continue
        run = [*(run or [before]), party]
        if joined:
            lists.append(run)
            run = []
    return lists
