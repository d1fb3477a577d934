"""Parties where they stand in a sentence, and what the words right beside them say.

What is said here holds whatever the figure: who can be a subject, who receives, who gave ("by").
``calc.claims.agents`` adds it up for one figure. The patterns stand in ``party_signs.tsv`` and
``party_conditions.tsv``, and meet text in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from ..parties import Mention
from ..text.guarded import Guarded, Sieve
from ..text.lazy import cached_property
from ..text.words import lowered
from .incomes import mostly_gives, mostly_receives
from .rules import Condition, Rule, conditions, named
from .signs import Sign

_SIGNS, _IF = named("party_signs"), conditions("party_conditions")

# What stands right before the receiver: the first that fits counts.
_RECEIVING = Sieve(
    (rule.pattern.needs, rule)
    for rule in _SIGNS.values()
    if (rule.facet, rule.where) == ("recipient", "before-party")
)
_ITS_ALLIES, _AID_FOR_IT = _SIGNS["its-allies"], _SIGNS["aid-named-after-it"]
_PAYMENT, _CONTRIBUTION = _SIGNS["payment-to-it"], _SIGNS["contribution-to-it"]
_REGULAR = _IF["regular-contribution"].pattern
OBJECT = _SIGNS["object-of-verb"].name
BY_GIVER, BY_BEHIND_PASSIVE = _SIGNS["by-giver"], _SIGNS["by-behind-passive"]
_BY, _PLAIN_BY = BY_GIVER.pattern, BY_BEHIND_PASSIVE.pattern.compiled
BETWEEN = _SIGNS["between-two"]

# Who can be the subject of a verb.
INSTITUTION, NOT_SUBJECT = _IF["institution"].pattern, _IF["no-subject"].pattern
_SEATED_IN, _OFFICE_OF = _IF["seated-in"].pattern, _IF["office-of"].pattern
_CONJUNCTION, _VERB_NEXT = _IF["conjunction"].pattern, _IF["verb-next"].pattern.compiled
_ITS_OWN, _WHO_NEXT = _IF["its-own"].pattern, _IF["who-next"].pattern
_WITH, _PARTICIPLE_NEXT = _IF["with"].pattern, _IF["participle-next"].pattern
_DECISION_TO, _ITS_PERSON = _IF["decision-to"].pattern, _IF["its-person"].pattern.compiled
# Who only lends its name to what is meant.
_JOINT_EFFORT, _EVENT = _IF["joint-effort"].pattern, _IF["event"].pattern
_ITS_EFFORT, _ITS_LARGEST = _IF["its-effort"].pattern, _IF["its-largest"].pattern
# Who does not receive, whatever stands before it.
_NOT_RECEIVING = tuple(one for one in _IF.values() if one.where.startswith("receiver-"))
_FOR_GOODS = re.compile(r"\b(?:for|on)\s$")  # "for American weapons"

_DATELINE = re.compile(r"\s?(?:[–—-]{1,2}\s|:\s)")
# "by which NATO members can buy": some of them, not the alliance
_MEMBERS = re.compile(r"\s(?:members|agencies)\b(?!\sof)")

_POSSESSIVE = re.compile(r"^(?:['’]s|['’](?=\s))")
# short names that stand as adjectives: "US aid", "a UK package"
_ADJECTIVAL = frozenset("US U.S. USA UK U.K. EU".split())
# "to the Palestinian refugee agency UNRWA": the agency receives
_BODY = re.compile(r"\s(?:[\w-]+\s){0,3}(?:agency|fund|alliance|charity|foundation|initiative)\s")
_FUND_FOR = re.compile(
    r"(?:['’]s?)?\s(?:[\w-]+\s){0,2}?(?:package|fund|programme|program|initiative|plan)\s(?:for\s)?"
)
# a sum in brackets may stand between: "to UNICEF ($3 million) and the WFP ($7 million)"
_AND = re.compile(r"(?:\s\([^()]{1,40}\))?(?:,\sand|\sand|\s&)\s(?:the\s|to\s|for\s)?")
_COMMA = re.compile(r"(?:\s\([^()]{1,40}\))?,\s(?:the\s|to\s|for\s)?")
_AMOUNT_NEXT = re.compile(r"[:,]?\s(?:with |another |some |about |over )?[\d€$£¥]")

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

    def behind(self, rule: Rule, pattern: Guarded | None = None) -> Sign | None:
        """The sign of a rule when its pattern (or another one) fits right behind it."""
        found = (pattern or rule.pattern).match(self._lower, self.end)
        return rule.on(found, self.name) if found else None

    def ahead(self, rule: Rule) -> Sign | None:
        """The sign of a rule whose pattern fits right before it, or before its list."""
        found = rule.pattern.search(self.before)
        return rule.on(found, self.name, self.lead - len(self.before)) if found else None

    def _weigh(self) -> None:
        self.behind_by = "by" in self.before and _PLAIN_BY.search(self.before) is not None
        # "pledged by Norway", "as loans by the bank"
        self.giver_by = self.behind_by and _BY.search(self.before) is not None
        self._receive(self._said_to_receive())

    def _receive(self, sign: Sign | None) -> None:
        self.receiving = sign
        self.receives = sign.points if sign else 0

    @property
    def named_for(self) -> Sign | None:
        """That a noun of giving right behind it is for it: "its Ukraine fund", "Gaza aid"."""
        if self.possessive:
            return None
        if self.kind == "organisation":
            paid = self.behind(_PAYMENT)
            if paid is None and _REGULAR.search(self.before):
                paid = self.behind(_CONTRIBUTION)
            return paid if paid and mostly_receives(self.name) else None
        if self.kind == "country" and self.form == "name" and self.text not in _ADJECTIVAL:
            return self.behind(_AID_FOR_IT)
        return None

    def join(self, leader: Standing) -> None:
        """Stand where ``leader`` stands, the first of the list that this party is in."""
        self.before, self.lead = leader.before, leader.lead
        self._weigh()

    def hand_over(self, owned: Standing) -> None:
        """Let ``owned`` receive instead: "for Brazil's Amazon Fund"."""
        if self.receiving and self.receives > owned.receives:
            owned._receive(self.receiving._replace(value=owned.name))
        self._receive(None)

    @property
    def adjectival(self) -> bool:
        """Whether it stands as an adjective: "Danish aid", "US aid"."""
        return self.form == "adjective" or self.text in _ADJECTIVAL

    @cached_property
    def acts(self) -> bool:
        """Whether it can act: a name, or an adjective with an institution behind it."""
        if self.form in ("currency", "place") or self.stands_for_another:
            return False
        if self.form != "adjective" and not self.possessive and self.joint_effort:
            return False  # "The Berlin donor conference raised"
        if self.start == 0 and self.text.isupper() and self.followed_by(_DATELINE):
            return False  # "UNITED NATIONS – Donors met"
        if self.kind == "organisation" and self.followed_by(_MEMBERS):
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

    def _said_to_receive(self) -> Sign | None:
        """How strongly the words beside it say that it receives, whatever the figure."""
        allies = self.behind(_ITS_ALLIES)
        if allies is not None:
            return allies
        if not self.before[-1:].isspace():
            return None  # each pattern ends in a space
        found = self._placed()
        if found is None or (self.form == "person" and self.possessive):
            return None  # "to the president's desk"
        if _SEATED_IN.search(self.before) or any(map(self._meets, _NOT_RECEIVING)):
            return None
        return found

    def _meets(self, condition: Condition) -> bool:
        """Whether a condition that keeps it from receiving holds."""
        if condition.only and not _ONLY[condition.only](self):
            return False
        if condition.where == "receiver-before":
            return condition.pattern.search(self.before) is not None
        return self.followed_by(condition.pattern)

    def _placed(self) -> Sign | None:
        """What the words before it say of its receiving: the first that fits."""
        for rule in _RECEIVING.of_text(self.before):  # few of them
            if rule.unless and _ONLY[rule.unless](self):
                continue  # "spent on Russian oil" goes to the oil, "spent on Ukraine" to it
            found = rule.pattern.compiled.search(self.before)
            if found is not None:
                return rule.on(found, self.name, self.lead - len(self.before))
        return None


_ONLY: dict[str, Callable[[Standing], bool]] = {
    "adjective": lambda party: party.form == "adjective",
    "possessive": lambda party: party.possessive,
    "bought": lambda party: (
        party.form == "adjective" and _FOR_GOODS.search(party.before) is not None
    ),
    "lender": lambda party: mostly_gives(party.name),
    "rich country": lambda party: party.kind == "country" and not mostly_receives(party.name),
}


def standings(sentence: str, mentions: Sequence[Mention]) -> list[Standing]:
    """The parties of ``sentence`` where they stand, in order."""
    lower = lowered(sentence)
    found = [Standing(sentence, lower, mention) for mention in mentions]
    for run in _lists(lower, found):
        for party in run[1:]:
            party.join(run[0])
    for owner, owned in pairwise(found):
        both = owner.receives and owned.receives and owner.name.startswith("NATO")
        if both and _FUND_FOR.fullmatch(lower, owner.end, owned.start):
            owner._receive(None)  # "to NATO's assistance package for Ukraine"
        if owner.receives and (
            (owner.possessive and owned.start <= owner.end + 3)
            or (owner.form == "adjective" and _BODY.fullmatch(lower, owner.end, owned.start))
        ):
            owner.hand_over(owned)
    return found


# "Spain and Belgium (1 billion each)": at the start, behind a comma, behind a plain verb
_ITEM_BEFORE = re.compile(r"(?:^|[,;:–—]\s|\bcomes?\s|\bare\s|\bwere\s)(?:and\s)?(?:the\s)?$")


def _begins_item(lower: str, party: Standing) -> bool:
    """Whether a party begins an item of a list of givers and sums, and has no sum itself."""
    return not party.receives and (
        _ITEM_BEFORE.search(lower, max(0, party.start - 20), party.start) is not None
    )


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
        own = party.followed_by(_VERB_NEXT) or (
            party.followed_by(_AMOUNT_NEXT) and not (joined and _begins_item(lower, before))
        )
        if "place" in (before.form, party.form) or not (joined or comma) or own:
            run = []
            continue
        run = [*(run or [before]), party]
        if joined:
            lists.append(run)
            run = []
    return lists
