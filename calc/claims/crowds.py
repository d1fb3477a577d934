"""Sums that many give together: a conference, "some 70 countries", donors without names.

No single party stands for them, so their giver stays open.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ..text.guarded import Guarded
from ..text.words import lowered
from .acts import Act

# "An international conference raised", "some 70 countries pledged", "was promised by donors"
_EVENTS = r"conference|forum|summit|marathon|campaign|event|fundrais\w+|charity|drive|telethon"
_STATES = r"countries|nations|(?<!united )states|governments|institutions|community|coalition"
_STATES += r"|europe|the west"
_GIVERS = r"donors?|partners|allies|participants|leaders|members|companies"
_MANY = rf"(?:{_EVENTS}|{_STATES}|{_GIVERS})"
_MANY_BEFORE = Guarded(rf".*\b(?P<crowd>{_MANY})\b(?:\s[\w,'’-]+){{0,8}}\s?$", re.DOTALL)
_MANY_BEHIND = Guarded(rf"(?:\s[\w-]+){{0,3}}\sby\s(?:[\w-]+\s){{0,4}}{_MANY}\b")


_AT_AN_EVENT = Guarded(
    r"\s(?:[\w-]+\s){0,3}?at\s(?:the|a|an)\s[^.,;]{0,50}"
    r"\b(?:conference|summit|forum|meeting|event)\b"
)
_EVENT_BEFORE = Guarded(
    r"\bat\s(?:the|a|an|its|last|this)\s(?:[\w-]+\s){0,4}?(?:conference|summit|forum|meeting|event)\b"
)
# "A Paris conference brought pledges of": no verb of giving, but the pledges of many
_EVENT_BROUGHT = Guarded(
    rf"\b{_MANY}\b[^,;.]{{0,70}}"
    r"\b(?:(?:pledges|promises|commitments|offers)\s(?:of|worth|totall?ing)|(?:ended|closed|concluded)\swith)\b"
)
# "Pledges worth 9 billion were announced", "together we have found 800 million"
_ANY = r"(?:further|new|other|all|total|initial|concessional)"
_PLURAL = rf"(?:{_ANY}\s)*(?:pledges|loans|agreements|commitments)"
_IN_ALL = r"total|totall?ing|add up to|amount to"
_SO_FAR = r"(?:has|had)\s(?:so far\s)?been"
_PLEDGES_OF = Guarded(
    rf"^\W*{_PLURAL}\s(?:of|worth|totall?ing|signed|come|came|made)\b"
    rf"|\b(?:all|further|more|announced)\s{_PLURAL}\s(?:of|worth|come|came|totall?ing)\b"
    rf"|\b(?:pledges|agreements|loans)\s(?:[\w-]+\s){{0,6}}(?:{_IN_ALL})\b"
    r"|\btogether,?\s(?:we|they)\b"
    rf"|\bwhat\s(?:[\w-]+\s){{0,4}}{_SO_FAR}\s(?:pledged|promised|given|paid in)\b"
)
# "1 billion in pledges", "188 million in new pledges"
_IN_PLEDGES = Guarded(r"\)?\s(?:\([^()]*\)\s)?(?:in|of|worth of)\s(?:new\s)?(?:pledges|promises)\b")


def event_brought(sentence: str, until: int) -> bool:
    """Whether the words before ``until`` tell of the pledges that an event brought."""
    return _EVENT_BROUGHT.search(lowered(sentence), 0, until) is not None


def pledges_of_many(sentence: str, start: int, end: int) -> bool:
    """Whether the sum at ``start:end`` is told as the pledges of several who have no names.

    >>> pledges_of_many("Pledges worth 9 billion were made.", 14, 23)
    True
    """
    lower = lowered(sentence)
    return (
        _PLEDGES_OF.search(lower, 0, start) is not None
        or _IN_PLEDGES.match(lower, end) is not None
        or event_brought(sentence, start)
    )


@lru_cache(maxsize=8)  # the figures of one sentence ask one after the other
def crowd_before(sentence: str, act: Act) -> int | None:
    """Where a crowd without names begins that is the subject of the verb, or ``None``."""
    lower = lowered(sentence)
    begin = max(0, act.end - len(act.phrase))
    found = _MANY_BEFORE.match(lower, max(0, begin - 120), begin)
    if found is None or re.search(r"[,;:]", lower[found.start("crowd") : begin]):
        return None
    return found.start("crowd")


def many_give(sentence: str, act: Act) -> bool:
    """Whether the verb has a crowd without names as its giver: no single party stands for it.

    >>> from .acts import acts
    >>> text = "A conference for Lebanon raised 5 million euros"
    >>> many_give(text, acts(text)[0])
    True
    """
    if crowd_before(sentence, act) is not None:
        return True
    lower = lowered(sentence)
    if act.passive and (
        _AT_AN_EVENT.match(lower, act.end) or _EVENT_BEFORE.search(lower, 0, act.start)
    ):
        return True
    return _MANY_BEHIND.match(lower, act.end) is not None


# "Donors gathered in Brussels pledged", "More than 40 countries met in Rome and promised"
_PUBLIC = r"the public|the world|the west|the (?:\w+ )?community|europe(?:ans)?"
_COMMERCE = (
    r"companies|firms|businesses|corporations|foundations|charities|philanthrop(?:ists|ies)|banks"
)
_PEOPLE = r"individuals|citizens|residents|viewers|readers|well-wishers|capitals"
_LENDING = r"lenders|creditors|contributors|delegates|delegations|powers|economies|agencies"
_BODIES = r"institutions|organi[sz]ations|donors|partners|allies|participants|leaders|members"
_PLURAL_CROWD = rf"{_LENDING}|{_BODIES}|{_COMMERCE}|{_PEOPLE}|nations|countries|governments"
# "stores all over the world" are no crowd
_NO_PLACE = r"(?<!over )(?<!around )(?<!across )(?<!in )(?<!of )"
_HEAD = rf"\b(?P<crowd>{_NO_PLACE}(?:{_PUBLIC})|{_PLURAL_CROWD}|(?<!united )states)\b"
_THERE = r"meeting|met|gather(?:ed|ing)|attending|present|assembled|convened|came together|around"
_MORE_OF = r"at|in|from|of|on|across|who|which|led by|headed by|including|such as|and|as a whole"
_ADVERBS = (
    r"already|also|together|collectively|jointly|so far|now|then|on \w+day|(?!by\b)\w+ly|only"
)
_DOING = rf",? (?:{_THERE}|{_MORE_OF})\b[^;:]{{0,90}}?|[^;:]{{0,90}}? and"
_CROWD_ACTS = Guarded(rf"{_HEAD}(?:{_DOING})?,?(?: (?:{_ADVERBS}))*\s?$")
# who receives, and who is no subject: "for the poorest countries", "told partners"
_ASIDE = (
    r"to|for|with|by|among|told|between|against|from|which|other|(?:one|some) of|and (?:its|their)"
)
_POOR = r"developing|poor(?:er|est)?|affected|recipient|host|vulnerable|low-income"
# a capital begins another party: "In aid for Syrians countries pledged"
_NO_CROWD = re.compile(rf"\b(?i:{_ASIDE}|{_POOR})(?: (?!of\b)[a-z’'-]+){{0,3}}\s?$")
# "Countries adopted a goal of 300 billion": nothing is given by that
_RESOLVES = re.compile(r"adopt|endors|back|support|plan|propos", re.IGNORECASE)
# "China, Qatar, Switzerland and more pledged"
_AND_OTHERS = re.compile(
    r"\band (?:many |several |\w+ )?(?:more|others)(?: also| already| have)* ?\Z"
)
_LED_BY = Guarded(r",? (?:led|headed) by\b")


def crowd_is_subject(sentence: str, act: Act, giver_named: bool) -> bool:
    """Whether donors, nations, companies or the like without names are who the verb says gave.

    >>> from .acts import acts
    >>> text = "Donors gathered in Brussels pledged 7 billion euros for Syrians."
    >>> crowd_is_subject(text, acts(text)[0], giver_named=False)
    True
    """
    if act.direction != "out" or act.passive or act.denied or _RESOLVES.match(act.text):
        return False
    lower = lowered(sentence)
    begin = max(0, act.end - len(act.phrase))
    if _AND_OTHERS.search(lower, max(0, begin - 40), begin):
        return True
    found = _CROWD_ACTS.search(lower, max(0, begin - 160), begin)
    if found is None or _NO_CROWD.search(sentence, max(0, found.start() - 40), found.start()):
        return False
    return not giver_named or _LED_BY.match(lower, found.end("crowd")) is not None


_SORTS = (
    r"(?:the|some|all|many|several|rich|foreign|international|private|other|world|donor|over|\d+)"
)
_BY_MANY = Guarded(
    rf"(?: [\w-]+){{0,3}} by (?:{_SORTS} ){{0,4}}(?:[\w-]+ )?{_HEAD}(?! such as| like|,? among)"
)


def given_by_many(sentence: str, act: Act) -> bool:
    """Whether a passive tells that several without names gave: "was pledged by rich countries".

    >>> from .acts import acts
    >>> text = "Over 2 billion was pledged by donors for Sudan."
    >>> given_by_many(text, acts(text)[0])
    True
    """
    if not act.passive or act.denied or act.planned:
        return False
    return _BY_MANY.match(lowered(sentence), act.end) is not None


def given_at_event(sentence: str, act: Act) -> bool:
    """Whether a passive tells what was given at a conference: "was pledged at the meeting"."""
    if not act.passive or act.denied or act.planned:
        return False
    lower = lowered(sentence)
    behind = _AT_AN_EVENT.match(lower, act.end) is not None
    return behind or _EVENT_BEFORE.search(lower, 0, act.start) is not None


_ROUND = r"(?:donors?|pledging|replenishment|recovery|reconstruction|humanitarian|aid|solidarity)"
_GATHERING = r"(?:conference|summit|meeting|event|round|moot|roundtable|forum)"
_OF_CONFERENCE = Guarded(
    rf"\b{_ROUND}['’]?(?:\s[\w-]+)?\s{_GATHERING}\b|\b(?:conference|summit|replenishment|telethon)\b"
)


def tells_of_conference(head: str) -> bool:
    """Whether the head of a document tells of a conference where many promise.

    >>> tells_of_conference("Donors' conference for Nepal opens")
    True
    """
    return _OF_CONFERENCE.search(lowered(head)) is not None


_PROMISED_THERE = re.compile(
    r"pledged|promised|raised|announced|mobili[sz]ed|gathered|collected|committed", re.IGNORECASE
)
_BY_ONE = re.compile(r"[^,;.]{0,60}\bby (?!the end\b|20)")
_ONE_GIFT = re.compile(
    r"\b(?:package|commitment|loan|grant|contribution|gift|pledge) (?:of|worth)\b"
)


def promised_there(sentence: str, act: Act, begin: int, start: int) -> bool:
    """Whether a passive behind the sum at ``start`` tells of no giver: "50 million was pledged".

    >>> from .acts import acts
    >>> text = "In the end 50 million was pledged for schools."
    >>> promised_there(text, acts(text)[0], 0, 11)
    True
    """
    if act.start < start or not act.passive or act.denied or act.planned:
        return False
    if not _PROMISED_THERE.match(act.text) or _ONE_GIFT.search(sentence, begin, start):
        return False
    return _BY_ONE.match(sentence, act.end) is None


# what all gave is nobody's own: "so that all commitments come to 9 billion"
_GIFTS = r"(?:pledges|commitments|promises|contributions|donations)"
_POT_STANDS_AT = r"\b(?:fund|facility|appeal)\b[^,;.]{0,50}\b(?:stands|stood|is now)\sat\b"
_IN_TOGETHER = Guarded(
    rf"\b(?:all|overall|combined)\s{_GIFTS}\b|\btogether,?\s(?:we|they)\b|{_POT_STANDS_AT}"
)


def all_together(words: str) -> bool:
    """Whether the words before a sum say that it is what all gave, whoever is named before.

    >>> all_together(" by the bank, so that all commitments come to ")
    True
    """
    return _IN_TOGETHER.compiled.search(lowered(words)) is not None  # too few to ask what they lack


_NUMBERS = r"some|about|the|its|these|those|six|seven|eight|nine|ten|twelve|\d+|several|many|other"
_KINDS = r"poor|poorer|pacific|african|asian|arab|developing|low-income|vulnerable"
_LANDS = r"(?:states|countries|nations|partners|islands|organi[sz]ations|economies)"
_TO_MANY = Guarded(rf"\b(?:to|for)\s(?:(?:{_NUMBERS}|{_KINDS})\s){{1,4}}{_LANDS}\b")


def to_many(words: str) -> bool:
    """Whether money is for several who have no names.

    >>> to_many("100 million to ten Pacific states"), to_many("100 million to Fiji")
    (True, False)
    """
    return _TO_MANY.compiled.search(lowered(words)) is not None


def crowd_gives(sentence: str, act: Act | None) -> bool:
    """Whether a sentence tells of money that many give together, by its first verb or a noun."""
    if event_brought(sentence, len(sentence)):
        return True
    return act is not None and many_give(sentence, act)
