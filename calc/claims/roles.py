"""What a figure is: a pledge, a running total, a target, a relative amount, or noise.

The rules stand in ``calc/data/role_signs.tsv`` with the points of their signs; the strongest sign
decides. A rule is a pattern and the place where it must stand, or a condition of this module with
the name that the table gives it. Patterns meet text in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ..text.guarded import Guarded, Sieve
from ..text.words import lowered
from .acts import Act, told_behind
from .around import Surroundings
from .asides import without_asides
from .crowds import crowd_is_subject, given_at_event, given_by_many, many_give, promised_there
from .rules import Rule, named, rules
from .sentences import Span
from .signs import Sign, top

TABLE = "role_signs"
NOTHING_SAYS = "nothing says that it was given or promised"

# "has provided Ukraine with 5 million in military aid": no package, no day: all of it so far
_BROAD = (
    r"(?:military|humanitarian|financial|defen[cs]e|economic|macro-financial|bilateral|security"
    + r"|budget(?:ary)?|development|total|non-lethal|lethal)"
)
_BROAD_AID = Guarded(
    rf"\b{_BROAD}\s(?:and \w+ )?(?:support|aid|assistance|help)\b"
    + r"|\b(?:in|of|worth of) (?:aid|support(?! of\b)|assistance)\b"
)
_ONE_SUM = r"package|tranche|instal?lment|grant|loan|fund|contract|agreement|project|programme"
_ONE_DAY = r"today|yesterday|this week|on \w+day"
_ONE_ACT = Guarded(
    rf"\b(?:{_ONE_SUM}|program|initiative|purchas\w+|buy\w*|procure\w*|{_ONE_DAY})\b"
)
# a sum of many: "25 countries together promised", "pledged by 31 donors"
_COUNT = r"(?:some |about |more than |over )?(?:\d+|[a-z]+teen|[a-z]+ty(?:-\w+)?)"
_COUNTED = Guarded(
    r"\b(?:together|combined|collectively|jointly raised|in total|in all)\b"
    + rf"|\bby {_COUNT} (?:\w+ )?(?:donors|countries|nations|states|governments|partners)\b"
)
_ONE_TRANSFER = re.compile(
    r"(?:sent|transferred|donated|handed|paid|disbursed|shipped|granted|released|dispatched"
    r"|deposited|flown|wired)\b",
    re.IGNORECASE,
)
# "signed two agreements worth 5 million in total": no running sum
_ONE_DECISION = re.compile(
    r"sign|announc|unveil|award|approv|agree|provid|earmark|allocat", re.IGNORECASE
)
_EVENT = r"conference|summit|meeting|forum|event"
_AT_EVENT = Guarded(rf"\b(?:at|in|during|after|before) (?:[\w’'-]+ ){{0,4}}?(?:{_EVENT})\b")
_OFFICE = Guarded(
    r"\b(?:minister|president|premier|chancellor|king|emir|secretary|mayor|host)\b[^,;\d]{0,60}$"
)
# "cancelled 5 million of its debt" gives
_OF_DEBT = re.compile(r"\)? (?:of|in) [^,;]{0,30}\b(?:debts?|loans?)\b")
# a sum that was promised on a day of its own: "5 million pledged in January"
_ON_A_DAY = re.compile(r" (?:on|in|last|this|by) (?!total\b|all\b)")
_PROMISES = re.compile(r"(?:ha[sd] |have )?(?:pledge|promise|commit)", re.IGNORECASE)
# "only 1 of the 5 billion promised has arrived": who promised it has no name
_PROMISED = re.compile(r"(?:pledged|promised|committed)\b", re.IGNORECASE)
_MORE_THAN = Guarded(r"\b(?:more than|over|nearly|almost|some|in excess of)\b")
_TELLING_NEAR = 60
# "60 million euros would go to schools in Gaza"
_WILL = r"(?:will|would|is to|are to|has|have) (?:(?:now|then|also|\w+ly) )?"
_GO = r"(?:go|gone|be spent|be used|been spent|been used|flow)"
_GOES_TO = re.compile(
    rf"\W{{0,2}}(?:in \w+ )?(?:{_WILL}{_GO}|goes|went) (?:to|into|on|for|towards?)\b"
)
_BULLET = re.compile(r"\s*[•·*–—-]\s*(?:\w+ ){0,2}")
_FROM = (" from ", ") from ")
_POSSIBLE = Guarded(r"\b(?:could|may|might)\b", re.IGNORECASE)
# Verbs that give only when they name a receiver.
_BUYING = re.compile(r"(?:buy|bought|purchas|procur|order|spen[dt])", re.IGNORECASE)
_CAUSE = r"outbreak|response|relief|crisis|aid|assistance|refugees|reconstruction|recovery|support"
_SPENT_ON_AID = Guarded(rf"\s(?:\w+\s){{0,3}}(?:on|in|of) (?:\w+ ){{0,3}}?(?:{_CAUSE})\b")
_OBJECT_NEAR = 70  # characters between a verb of buying and the price of what is bought
# "… 5 million, so that its aid since the war exceeds 9": the plan before it is not its own
_ANOTHER_VERB = re.compile(r"\b(?:so that|so|thus|thereby|which|that)\b")
_SUBJECT_NEAR = 3  # characters between a giver and its verb
_NEAR_BEFORE, _NEAR_AFTER = 90, 50  # characters: three words and the longest pattern around them


_OF_MANY = frozenset(
    "crowd-gives together-they conference-brings raised".split()
    + "was-raised pledges-of-many in-pledges crowd-is-subject given-at-event given-by-many".split()
    + ["promised-by-nobody-named", "promised-at-conference"]
)


class Role(NamedTuple):
    """The role of a figure, with the reason when it is noise, and the signs that decided."""

    role: str
    noise_reason: str | None = None
    signs: Sequence[Sign] = ()

    @property
    def is_of_many(self) -> bool:
        """Whether it is what a crowd brings together: "The conference raised 5 million euros"."""
        return self.role == "total" and top(self.signs).name in _OF_MANY


def role_by(name: str, value: str | None = None, before: Sequence[Sign] = ()) -> Role:
    """The role that one named rule decides, whatever the signs ``before`` said.

    >>> role_by("relative").role
    'relative'
    """
    rule = named(TABLE)[name]
    sign = rule.sign(value=value)
    return Role(sign.value, rule.noise_reason or None, (*before, sign))


def _stretches(around: Surroundings) -> dict[str, str]:
    """The parts of the sentence that the table names, by name, in lower case."""
    lower = without_asides(lowered(around.text))
    begin, end = around.clause
    before, after = lower[begin : around.start], lower[around.end : end]
    return {
        "before": before,
        "near_before": before[-_NEAR_BEFORE:],
        "onto": lower[begin : max(around.start, around.number)],
        "after": after,
        "near_after": after[:_NEAR_AFTER],
        "own": lower[max(begin, around.after) : min(end, around.until)],
        # what belongs to other amounts is left out
        "sentence": lower[: around.first] + lower[_resumed(around) : around.until],
    }


def _resumed(around: Surroundings) -> int:
    """Where the words of the figure's own go on behind those before all amounts."""
    return around.after or around.first


def _place(around: Surroundings, where: str, found: re.Match[str]) -> Span:
    """Where in the sentence a fit stands, without white space around it."""
    words = found.group()
    start = found.start() + len(words) - len(words.lstrip())
    last = found.start() + len(words.rstrip()) - 1
    if where == "sentence":
        gap = _resumed(around) - around.first
        start, last = (at + gap if at >= around.first else at for at in (start, last))
        return Span(start, last + 1)
    begin = around.clause.start
    if where in ("after", "near_after"):
        begin = around.end
    elif where == "near_before":
        begin = max(begin, around.start - _NEAR_BEFORE)
    elif where == "own":
        begin = max(begin, around.after)
    return Span(begin + start, begin + last + 1)


class _Cue(NamedTuple):
    """A rule of the table, ready to be asked."""

    rule: Rule
    where: str
    needs: int
    pattern: Guarded
    unless: tuple[str, ...]


@cache
def _cues() -> tuple[Sieve[_Cue], Sieve[_Cue]]:
    """The rules with patterns, strongest first, and those that tell one sum from a running total.

    Neither the lines' order in the table nor anything but points and names orders them.
    """
    ranked = sorted(rules(TABLE), key=lambda rule: (-rule.points, rule.name))
    found = [
        _Cue(
            rule,
            rule.where,
            rule.pattern.needs,
            rule.pattern,
            tuple(rule.unless.split()),
        )
        for rule in ranked
        if rule.where != "code"
    ]
    return (
        Sieve((c.needs, c) for c in found if c.where != "own"),
        Sieve((c.needs, c) for c in found if c.where == "own"),
    )


_Look = tuple[Surroundings, Mapping[str, str]]


def _one_sum(look: _Look) -> list[Sign]:
    """The signs that the figure is one sum and no running total, each of no points of its own."""
    around, _ = look
    # "a total of 1 billion from Japan (450 million) and Italy (50 million)"
    if around.party_beside and around.after > 0:
        return [named(TABLE)["one-of-several"].sign()]
    return _one_sum_in("own", look)


def _one_sum_in(where: str, look: _Look) -> list[Sign]:
    around, stretches = look
    found = []
    for cue in _cues()[1].of_text(around.text):
        match = cue.pattern.compiled.search(stretches[where])
        if match is not None:
            found.append(cue.rule.sign(*_place(around, where, match)))
    return found


def _is_planned(look: _Look) -> bool:
    """Whether its verb is a plan; the plan of the amount before it is another one's.

    "Oslo plans to give 5 million, so that its aid since the war exceeds 9": only 5 are planned.
    """
    around, _ = look
    act = around.act
    if act is None or not act.planned or act.start < around.clause.start:
        return False
    return act.start >= around.after or not _ANOTHER_VERB.search(
        around.text, around.after, around.start
    )


def _is_given(look: _Look) -> bool:
    """Whether a verb before the figure gives it to somebody.

    "Which owes 7 billion, will get 5": a verb behind speaks of another sum.
    """
    around, _ = look
    act = around.act
    told = act is not None and not act.denied and act.end <= around.start
    return told and around.received()


def _is_told_behind(look: _Look) -> bool:
    """Whether a clause says who gave it: "cutting off the 2 billion that Berlin had promised"."""
    around, _ = look
    return around.act is not None and told_behind(around.act, around.text, around.end)


def _one_gives(look: _Look) -> bool:
    """Whether a party that can give stands right before the figure's verb.

    "At the conference of donors Norway pledged 5 million": no sum of the conference.
    """
    return _subject_of_its_verb(look, "country", "organisation")


def _state_gives(look: _Look) -> bool:
    """The same of a state: "The Global Fund announced pledges of 5 million" is a sum of many."""
    return _subject_of_its_verb(look, "country")


def _subject_of_its_verb(look: _Look, *kinds: str) -> bool:
    around, _ = look
    act = around.act
    if act is None or act.end > around.start:
        return False
    began = act.end - len(act.phrase)
    return any(
        party.kind in kinds and 0 <= began - party.end <= _SUBJECT_NEAR and party.may_be_subject
        for party in around.parties
    )


def _is_respective(look: _Look) -> bool:
    """Whether the sums behind it belong to one each: "come to 5 and 6 million, respectively"."""
    around, _ = look
    return "respectively" in around.text[around.end :]


def _state_named(look: _Look) -> bool:
    """Whether a state that can give stands before the figure: "The UK, too, made pledges of"."""
    around, _ = look
    return around.giver_named and any(
        party.kind == "country" and party.end <= around.start and party.may_be_subject
        for party in around.parties
    )


def _is_one_act(look: _Look) -> bool:
    """Whether a verb tells of one act: "signed two agreements worth 5 million in total"."""
    act = look[0].act
    return act is not None and not act.perfect and _ONE_DECISION.match(act.text) is not None


def _one_at_event(look: _Look) -> bool:
    """Whether one gives while others meet: "At the summit Japan's prime minister pledged 5"."""
    around, stretches = look
    one = around.giver_named or _OFFICE.search(stretches["before"]) is not None
    return one and _AT_EVENT.search(stretches["before"]) is not None


def _in_its_bracket(look: _Look) -> bool:
    """Whether a party has it in a bracket: "the largest were pledged by the UK (1.85 billion)"."""
    around, _ = look
    return around.party_beside is not None and around.text[: around.start].endswith("(")


def _compares(look: _Look) -> list[Sign]:
    """The signs of one sum anywhere in the sentence: "the largest package so far"."""
    return _one_sum_in("sentence", look)


_UNLESS: Mapping[str, Callable[[_Look], bool | list[Sign]]] = {
    "given": _is_given,
    "told-behind": _is_told_behind,
    "one-sum": _one_sum,
    "planned": _is_planned,
    "one-gives": _one_gives,
    "state-gives": _state_gives,
    "respectively": _is_respective,
    "party-beside": lambda look: look[0].party_beside is not None,
    "one-act": _is_one_act,
    "one-at-event": _one_at_event,
    "of-debt": lambda look: _OF_DEBT.match(look[1]["after"]) is not None,
    "giver-named": lambda look: look[0].giver_named,
    "in-its-bracket": _in_its_bracket,
    "state-named": _state_named,
    "one-sum-in-sentence": _compares,
}


def _set_aside(cue: _Cue, look: _Look) -> bool | list[Sign]:
    """Whether one of the conditions holds under which a cue does not count, or what says so."""
    for name in cue.unless:
        found = _UNLESS[name](look)
        if found:
            return found
    return False


def _cue_signs(look: _Look) -> list[Sign]:
    """The signs of the patterns of the table."""
    around, stretches = look
    signs: list[Sign] = []
    for cue in _cues()[0].of_text(around.text):  # few of them
        match = cue.pattern.compiled.search(stretches[cue.where])
        if match is None:
            continue
        aside = _set_aside(cue, look) if cue.unless else False
        if not aside:
            signs.append(cue.rule.sign(*_place(around, cue.where, match)))
        elif isinstance(aside, list):
            signs += [one for one in aside if one not in signs]
    return signs


def _buys(act: Act, before: str, after: str) -> bool:
    """Whether a verb of buying has the figure as its price: it stands close before it."""
    word = act.text.lower()
    if _BUYING.match(word) is None or word not in before[-_OBJECT_NEAR - len(word) :]:
        return False
    aim = (
        act.phrase.startswith("to ")
        or _PROMISES.match(act.phrase)
        or before.endswith(f" for {word} ")
    )
    # "loans to buy weapons": what the money is for
    return not (aim or _SPENT_ON_AID.match(after))


def _all_so_far(act: Act, look: _Look) -> str | None:
    """The sign that a verb in the perfect tense tells of all aid: "has provided 5 billion in aid".

    Broad words and no package, no day, no word of one act near. A verb of one transfer needs
    "more than" or the like: "has sent 10 million in aid" tells of one act.
    """
    around, stretches = look
    if not act.perfect or act.planned or act.status != "disbursed" or around.dated:
        return None
    near = stretches["before"] + " ~ " + stretches["after"][:_TELLING_NEAR]
    received = act.direction == "in" and not around.both_named
    if not (_BROAD_AID.search(near) or received) or _ONE_ACT.search(near) or _one_sum(look):
        return None
    if not _ONE_TRANSFER.match(act.text):
        return "all-so-far"
    said = stretches["onto"] + " ~ " + stretches["sentence"]
    return "more-than-so-far" if _MORE_THAN.search(said) else None


def _names_of_act(act: Act, look: _Look) -> Iterator[str]:
    """The names of the signs that the verb which governs the figure gives."""
    around, stretches = look
    yield "verb-of-giving"
    if act.denied:
        yield "denied"
    if _buys(act, stretches["before"], stretches["after"]) and not around.received():
        yield "own-purchase"
    if _is_planned(look) and _POSSIBLE.search(act.phrase) and _BUYING.match(act.text):
        yield "only-possible"
    all_aid = _all_so_far(act, look)
    if all_aid is not None:
        yield all_aid
    yield from _names_of_crowd(act, look)


def _one_stands_between(act: Act, around: Surroundings) -> bool:
    """Whether another gives: "donors pledged 9 billion; Germany stood out with 5"."""
    if set(":;") & set(around.text[act.end : around.start]):
        return True
    return any(
        party.kind == "country"
        and act.end <= party.start
        and party.end <= around.start
        and party.acts
        and not party.receives
        for party in around.parties
    )


def _names_of_crowd(act: Act, look: _Look) -> Iterator[str]:
    """The names of the signs that many without names give together."""
    around, stretches = look
    if _COUNTED.search(stretches["sentence"]) and many_give(around.text, act):
        yield "sum-of-many"
    if around.party_beside or (act.planned and not _PROMISES.match(act.phrase)):
        return
    own = _one_stands_between(act, around)
    if (
        act.start <= around.start
        and not own
        and crowd_is_subject(around.text, act, around.giver_named)
    ):
        yield "crowd-is-subject"
    if not around.giver_named and given_by_many(around.text, act):
        yield "given-by-many"
    there = around.of_conference and not around.giver_named
    if there and promised_there(around.text, act, around.clause.start, around.start):
        yield "promised-at-conference"
    if around.giver_known:
        return
    if given_at_event(around.text, act):
        yield "given-at-event"
    behind = around.end <= act.start <= around.end + 2
    dated = _ON_A_DAY.match(around.text, act.end) is not None
    if behind and not dated and _PROMISED.match(act.text):
        yield "promised-by-nobody-named"


def _other_signs(look: _Look) -> list[Sign]:
    """The signs of giving that stand in no verb."""
    around, stretches = look
    rule = named(TABLE)
    found = []
    if around.nouns:
        found.append(rule["noun-of-giving"].sign(around.nouns[0].start, around.nouns[0].end))
    if around.party_beside:
        found.append(rule[around.party_beside].sign())
    if around.both_named:
        found.append(rule["both-named"].sign())
    if _BULLET.fullmatch(around.text, 0, around.start) and stretches["after"].startswith(_FROM):
        found.append(rule["item-from"].sign())
    goes = _GOES_TO.match(stretches["after"])
    if goes and around.received():
        found.append(rule["goes-to"].sign(*_place(around, "after", goes)))
    return found


def role_of(around: Surroundings) -> Role:
    """The role of the figure at ``around.start``: what its strongest sign says.

    >>> text = "Ukraine said it aims to raise 5 million this year"
    >>> role_of(Surroundings(text, 30, 39, Span(0, 49), 0, 49, 30)).role  # nobody gives
    'target'
    """
    look = (around, _stretches(around))
    rule = named(TABLE)
    signs = _cue_signs(look)
    act = around.act
    if act is not None:
        start = max(0, act.end - len(act.phrase))
        signs += [rule[name].sign(start, act.end) for name in _names_of_act(act, look)]
    signs += _other_signs(look)
    best = top(signs) if signs else None
    if best is None or not best.points:
        best = rule["nothing-says"].sign()
        signs.append(best)
    return Role(best.value, rule[best.name].noise_reason or None, signs)
