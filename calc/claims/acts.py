"""Words of giving: verbs and nouns that say money was pledged, committed, allocated or paid.

The words and the status each supports stand in ``calc/data/giving_verbs.tsv`` and
``giving_nouns.tsv``; this module finds them and reads tense and plan from the words around.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..text import data_tables
from ..text.guarded import Guarded
from ..text.words import lowered
from .phrases import PhraseFound, Phrases

_WORD = re.compile(r"[a-z]+")

# A verb behind one of these tells of something still to come, so it is pledged at most.
_MEANS_TO = r"plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|going|set|ready|about|agree[sd]?|decided?"
_SAYS = r"decides|pledge[sd]?|pledging|promise[sd]?|promising|vow(?:s|ed)?|want(?:s|ed)?|prepar\w+"
_HOPES = r"continue[sd]?|propose[sd]?|proposing|commit(?:s|ted|ting)?|hope[sd]?|expect(?:s|ed)?"
_PLANNING = rf"\b(?:{_MEANS_TO}|{_SAYS}|{_HOPES}|willing|announced|approved)"
_MODAL = r"\b(?:will have|will|would|shall|to|may|might|could|can|should|won't|’ll|'ll)"
_ALSO = r"also|now|soon|jointly|each|both|not|be|then|immediately|again|further|\w+ly|continue|to"
_ALSO += r"|moreover|thus|therefore|thereby|likewise|in\sturn"
_ALSO += r"|together|in\stotal|later|today|still|first|go\son|keep|start|begin|once\smore"
_PLAN = re.compile(rf"(?:{_PLANNING}\s(?:\w+\s){{0,2}})?{_MODAL}\s(?:(?:{_ALSO})\s)*$")
_PLAN_WORDS = frozenset("will would shall to may might could can should won ll".split())
_PERFECT = re.compile(
    r"\b(?:has|have|had|'ve|’ve)\s(?:(?:also|already|now|so|far|since|been|each|both|thus|\w+ly)\s){0,3}$"
)
_PERFECT_WORDS = frozenset("has have had ve".split())
_NOT = r"(?<!need )not(?!\s(?:long|only|least|far|just|yet)\b)|never"
_NOT += r"|refus\w+ to|declin\w+ to|rul\w+ out"
_STOPS = r"cancel\w*|withdr\w+|halt\w*|suspend\w*|block\w*|veto\w*|reject\w*"
_DENIED = re.compile(
    rf"\b(?:{_NOT}|{_STOPS})\s(?:\w+\s){{0,3}}$|\bwithout\s$"
    + r"|n['’]t\s(?:\w+\s){0,2}$"
    + r"|\bden(?:y|ie[ds]|ying)\s(?:\w+\s){0,6}$"
    + r"|\b(?:would|could|might|should) have\s(?!to\s)(?:\w+\s)?$"  # it did not come to it
)
_NOT_YET = re.compile(r"\b(?:not|never|n['’]t)\s(?:\w+\s)?yet\s(?:been\s|\w+ly\s)*$")
# one is in every denial
_DENYING = (
    *"not never n't n’t refus declin rul without cancel withdr halt suspend block".split(),
    *"veto reject den have".split(),
)
# "is sending", "delivers": announced or under way, not told as done
# ("said it was sending" tells the same)
_UNDER_WAY = re.compile(r"\b(?:is|are|was|were)\s(?:\w+\s)?$")
# A form that is also a noun is a verb behind these words …
_HELPING = r"to|will|would|shall|can|could|may|might|should|must"
_PRONOUN = r"also|already|and|they|we|it|which|who|that|now|jointly"
# "donors pledge", "40 countries promise"
_CROWDS = (
    r"donors|nations|countries|partners|allies|states|leaders|members|lenders|companies|summit"
)
_HAVING = r"has|have|had|is|are|not|never|did|does|do|each|both"
_SUBJECT_LIKE = re.compile(rf"(?:\b(?:{_HELPING}|{_PRONOUN}|{_HAVING}|{_CROWDS})|n['’]t|,)\s$")
# … or behind a name: "Norway pledges", "Germany, Spain pledge €5 million" (but "the ERA loan").
_NAME_BEFORE = re.compile(r"\b[A-Z][\w-]*\s$")
_AMOUNT_NEXT = re.compile(r"\s(?:(?:up to|over|about|some|another|an? \w+)\s)?[\d$€£¥]")
_TO_NEXT = re.compile(r"\sto\s[a-z]")
_WITH_INFINITIVE = frozenset({"pledge", "promise", "vow", "offer", "support", "back"})
# "was promised", "will be paid": the subject is what is given, or who receives
_BE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s(?:(?:also|already|now|jointly|first|all|\w+ly)\s){0,3}$"
)
_BE_WORDS = frozenset("is are was were be been being".split())
_BY_NEXT = Guarded(
    r"\s(?:\w+ly\s|jointly\s)?by\s(?!\d|the end|(?:mid|late|early|next)\b|[a-z]+ing\b)"
)
_COORDINATED = 80  # characters between two verbs under one "will"
_AND_VERB = re.compile(r"\band\s(?:\w+ly\s|also\s|then\s|to\s)?$")
_BOUND = re.compile(r"\b(?:agree[sd]?|decided?|decides|approved)\b")
_BINDING = frozenset({"committed", "allocated"})
_BOUND_NEAR = 40  # characters between a binding verb and the plan that it binds


class Act(NamedTuple):
    """A verb of giving in a text: its span and words, and what it supports."""

    start: int
    end: int
    text: str
    phrase: str  # with its auxiliaries: "plans to allocate"
    status: str
    direction: str  # out: the subject gives; in: the subject receives
    planned: bool
    perfect: bool
    denied: bool
    passive: bool = False


class GivingNoun(NamedTuple):
    """A noun of giving in a text: its span, the status and the modality it supports."""

    start: int
    end: int
    text: str
    status: str
    modality: str | None


@cache
def _verbs() -> tuple[Phrases, dict[str, tuple[str, str]], frozenset[str]]:
    meaning: dict[str, tuple[str, str]] = {}
    noun_like: set[str] = set()
    for row in data_tables.table("giving_verbs"):
        for form in row["forms"].split("|"):
            meaning[form] = (row["past"], row["direction"])
        noun_like.update(filter(None, row["noun_like"].split("|")))
    return Phrases(meaning), meaning, frozenset(noun_like)


@cache
def _nouns() -> tuple[Phrases, dict[str, tuple[str, str | None]]]:
    meaning = {
        form: (row["status"], row["modality"] or None)
        for row in data_tables.table("giving_nouns")
        for form in row["forms"].split("|")
    }
    return Phrases(meaning), meaning


def speaks_of_giving(text: str) -> bool:
    """Whether ``text`` has a word that verbs or nouns of giving begin with: else it has none.

    >>> speaks_of_giving("It pledged 5 million."), speaks_of_giving("It costs 5 million.")
    (True, False)
    """
    return _verbs()[0].may_be_in(text) or _nouns()[0].may_be_in(text)


def giving_nouns(text: str) -> list[GivingNoun]:
    """The nouns of giving in ``text``, in order.

    >>> [(n.text, n.modality) for n in giving_nouns("a loan and other support")]
    [('loan', 'loan'), ('support', None)]
    """
    phrases, meaning = _nouns()
    return [
        GivingNoun(f.start, f.end, text[f.start : f.end], *meaning[f.phrase])
        for f in phrases.find(text)
    ]


# "sums add up to 5 million", ", she added.", "an extended arrangement", "Extended Fund Facility"
_ADDS_UP = re.compile(
    r"add(?:s|ed)?(?:\sup\b|(?=[.,;:”\"]))|extended\s(?:arrangement|(?-i:Fund))", re.IGNORECASE
)
_AID_TO = re.compile(r"\s(?:to|for)\s")


# "grants of 5 million", "loans, grants and goods"
_NOUN_NEXT = re.compile(r"\s(?:of|worth|totall?ing)\b")
_PLURALS = frozenset({"grants", "funds", "loans"})
_PLURAL_NEXT = re.compile(r"\s?(?:[,;.()]|\s(?:and|or|from|for|in|with|to|that|which|by)\b)|\s?\Z")
# "a statement given to the press", "the figures given", "paid back"
_TELLING = r"statement|speech|interview|figures?|names?|answers?|details|reasons?|address|remarks"
_GIVEN = re.compile(
    rf"\b(?:{_TELLING}|share|number|reply|notice|evidence),?\s(?:(?:is|was|were|are)\s)?$"
)
_GIVEN_NOW = frozenset({"provided", "financed", "funded", "covered", "supplied", "given"})
_NOW = re.compile(r"\b(?:is|are)\s(?:(?:also|now|\w+ly)\s)?$")
_GIVES_BACK = re.compile(r"\sback\b")


def _gives_no_money(word: str, before: str, after: str) -> bool:
    """Whether a verb of giving is about words or about money that is returned."""
    if _GIVES_BACK.match(after):
        return True
    return word == "given" and _GIVEN.search(before) is not None


def _is_verb(word: str, before: str, after: str) -> bool:
    """Whether a form that may also be a noun ("pledges", "support") is a verb here."""
    if word == "support" and _AID_TO.match(after):
        return False  # "decided that support to Ukraine shall grow"
    if _NOUN_NEXT.match(after) or (word in _PLURALS and _PLURAL_NEXT.match(after)):
        return False
    if _SUBJECT_LIKE.search(before):
        return True
    if _NAME_BEFORE.search(before) is None:
        return False
    # "Norway pledges", "Spain pledge to", but "the G7 loan to Kyiv"
    to = word in _WITH_INFINITIVE and _TO_NEXT.match(after) is not None
    return word.endswith("s") or to or _AMOUNT_NEXT.match(after) is not None


def acts(sentence: str) -> list[Act]:
    """The verbs of giving in ``sentence``, in order, with the status that their tense supports.

    >>> [(a.phrase, a.status) for a in acts("Vilnius announced plans to allocate 10 million.")]
    [('announced', 'pledged'), ('announced plans to allocate', 'pledged')]
    >>> [(a.phrase, a.status) for a in acts("It has already invested 20 million.")]
    [('has already invested', 'disbursed')]
    """
    return list(_acts(sentence))


def first_act(sentence: str) -> Act | None:
    """The first verb of giving in ``sentence``, without looking for more."""
    return next(_acts(sentence), None)


def _acts(sentence: str) -> Iterator[Act]:
    phrases, meaning, noun_like = _verbs()
    last: Act | None = None
    for match in phrases.find(sentence):
        before = sentence[max(0, match.start - 70) : match.start]
        if sentence[match.start - 1 : match.start] == "-" or _ADDS_UP.match(sentence, match.start):
            continue  # "open-handed", "the sums add up to 5 million"
        after = sentence[match.end : match.end + 30]
        if match.phrase in noun_like and not _is_verb(match.phrase, before, after):
            continue
        if _gives_no_money(match.phrase, before, after):
            continue
        last = _act(sentence, match, meaning[match.phrase], lowered(before), last)
        yield last


def _act(
    sentence: str, match: PhraseFound, meant: tuple[str, str], before: str, last: Act | None
) -> Act:
    """The verb at ``match``, with what the words ``before`` it say; ``last`` is the verb before."""
    near = set(_WORD.findall(before))
    # each pattern holds one of its words
    plan = None if near.isdisjoint(_PLAN_WORDS) else _PLAN.search(before)
    perfect = None if near.isdisjoint(_PERFECT_WORDS) else _PERFECT.search(before)
    lead = plan or perfect
    first = match.start - (len(before) - lead.start() if lead else 0)
    word = match.phrase.split(" ")[0]
    coordinated = not plan and _goes_on_planning(word, match.start, before, last)
    status, direction = meant
    if plan:
        # "agreed to provide", "signed a deal to provide": bound, but not yet given
        behind = last is not None and _binds(sentence, last, first)
        status = "committed" if behind or _BOUND.search(plan.group()) else "pledged"
    elif coordinated or (status == "disbursed" and not perfect and _goes_on(word, before)):
        status = "pledged"
    elif "yet" in near and _NOT_YET.search(before):
        status = "pledged"  # "has not yet paid"
    return Act(
        match.start,
        match.end,
        sentence[match.start : match.end],
        " ".join(sentence[first : match.end].split()),
        status,
        direction,
        plan is not None or coordinated,
        perfect is not None,
        any(mark in before for mark in _DENYING) and _DENIED.search(before) is not None,
        not word.endswith("ing") and _is_passive(sentence, match.end, near, before),
    )


def _binds(sentence: str, last: Act, first: int) -> bool:
    """Whether the verb before binds the plan: "signed a deal to provide", no comma between."""
    near = last.status in _BINDING and first - last.end <= _BOUND_NEAR
    return near and "," not in sentence[last.end : first]


def _goes_on_planning(word: str, start: int, before: str, last: Act | None) -> bool:
    """Whether a verb stands under the "will" of the last: "will supply jets and provide 5"."""
    return (
        last is not None
        and last.planned
        and start - last.end <= _COORDINATED
        and not word.endswith(("s", "ed", "ing"))
        and _AND_VERB.search(before) is not None
    )


@cache
def _present() -> frozenset[str]:
    """Verbs in the present tense without an ending: "we support them with 5 million"."""
    rows = data_tables.table("giving_verbs")
    plain = {row["forms"].split("|")[0] for row in rows if row["past"] == "disbursed"}
    return frozenset(one for one in plain if one.isalpha() and not one.endswith(("ed", "put")))


def _goes_on(word: str, before: str) -> bool:
    """Whether a verb tells of what is done now, with or without an ending."""
    return word in _present() or _is_under_way(word, before) or _is_provided(word, before)


def _is_provided(word: str, before: str) -> bool:
    """Whether a passive tells of what is done now: "a further 5 million is provided"."""
    return word in _GIVEN_NOW and _NOW.search(before) is not None


def _is_under_way(word: str, before: str) -> bool:
    """Whether a verb tells of what goes on, not of what is done: "is sending", "delivers"."""
    return word.endswith("s") or (word.endswith("ing") and _UNDER_WAY.search(before) is not None)


def _is_passive(sentence: str, end: int, near: set[str], before: str) -> bool:
    """Whether the verb's subject is what is given: "was promised", "paid by Oslo"."""
    be = not near.isdisjoint(_BE_WORDS) and _BE.search(before)
    return bool(be) or _BY_NEXT.match(sentence, end) is not None


_BY_GIVER = re.compile(
    r"\s(?:\w+ly\s)?by\s(?:the\s)?(?:[A-Z]|(?:some\s|about\s|over\s)?[\w-]+\s(?:donors|countries)\b)"
)
# "25 million dollars that Ottawa gave", "the 2 billion the Merkel government had promised"
_OF_A_STATE = r"(?:government\s|administration\s|presidency\s|cabinet\s)?"
_GIVER_BEFORE = re.compile(
    r"\)?\s(?:(?:that|which)\s)?(?:the\s)?(?:[A-ZÀ-Þ][\w.’'-]*\s){1,4}"
    + rf"{_OF_A_STATE}(?:(?:had|has|have)\s)?"
)
_PARTICIPLE_NEAR = 45
_AID_BETWEEN = re.compile(r"\)?\s(?:(?:in|of|worth of)\s(?:\w+\s){1,4})?(?:already\s|earlier\s)?")
_PASSIVE = re.compile(r"\b(?:has|have|had|was|were|is|are|been|be|being|will)\b")


def told_behind(act: Act, sentence: str, end: int) -> bool:
    """Whether a clause right behind a figure says who gave it: "25 million that Ottawa gave".

    >>> text = "It bought tents with 25 million euros that Ottawa gave in June."
    >>> told_behind(acts(text)[-1], text, text.index(" that"))
    True
    """
    near = act.direction == "out" and not act.passive and end <= act.start <= end + 60
    return near and _GIVER_BEFORE.fullmatch(sentence, end, act.start) is not None


def _told_right_behind(found: list[Act], sentence: str, lower: str, end: int) -> Act | None:
    """The verb of the words right behind a figure: "the 212 million announced by Washington"."""
    for act in found:
        near = end <= act.start <= end + _PARTICIPLE_NEAR
        by = near and _BY_GIVER.match(sentence, act.end)
        if by and _AID_BETWEEN.fullmatch(lower, end, act.start):
            return act
        if told_behind(act, sentence, end):
            return act
    return None


_FOR_DOING = re.compile(r"\b(?:for|on|of)\s\Z")  # "and 5 million for buying drones"
_PURPOSE = re.compile(r"to\s")
_DIGIT = re.compile(r"\d")


def _is_purpose(act: Act, found: list[Act], sentence: str) -> bool:
    """Whether a verb says what money is for: "gave 7 million to back a loan and 5 in grants"."""
    if not _PURPOSE.match(act.phrase):
        return False
    at = found.index(act)
    if at == 0:
        return False
    between = sentence[found[at - 1].end : act.end - len(act.phrase)]
    return _DIGIT.search(between) is not None


# "announced that an agreement worth 5 million was signed": it is signed
_TELLS_THAT = re.compile(r"(?:announc|unveil|confirm)\w*\s(?:\w+\s){0,3}?that\s")


def _passive_behind(found: list[Act], lower: str, end: int) -> Act | None:
    """The passive right behind a figure, before another sum's verb: "10 million was given"."""
    for act in found:
        if end <= act.start <= end + 110 and _PASSIVE.search(lower, end, act.start):
            return None if ";" in lower[end : act.start] else act
    return None


def governing_act(
    found: list[Act], sentence: str, start: int, end: int, clause: tuple[int, int]
) -> Act | None:
    """The verb that the figure at ``start:end`` belongs to, or ``None``.

    The nearest one before it in its clause, else a passive right behind it ("10 million euros
    has been allocated"), else the nearest before it in the sentence.
    """
    lower = lowered(sentence)
    told = _told_right_behind(found, sentence, lower, end)
    if told is not None:
        return told
    before = [act for act in found if act.end <= start and not _is_purpose(act, found, sentence)]
    inside = [act for act in before if act.start >= clause[0]]
    told_of = inside[-1] if inside and _TELLS_THAT.match(lower, inside[-1].start) else None
    if inside and told_of is None:
        return inside[-1]
    behind = _passive_behind(found, lower, end)
    if behind or told_of:
        return behind or told_of
    if before:
        return before[-1]
    after = [
        act
        for act in found
        if end <= act.start < clause[1] and not _FOR_DOING.search(lower, end, act.start)
    ]
    return after[0] if after else None
