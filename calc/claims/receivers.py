"""Who receives when no sentence says so: the one country or fund that the document is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ..parties import party
from ..text.guarded import Guarded
from .context import Context, Sentence
from .crowds import to_many
from .incomes import may_receive, mostly_receives
from .publishers import receives_at_home
from .record import Reading
from .served import countries_of_regions, served_by_programmes

# "at COP29 in Azerbaijan": where it was said
_WHERE = re.compile(r"\b(?:in|at|near|from|outside|according to)\s(?:the\s)?$")
_TELLS = Guarded(r"\s(?:said|says|estimates?|warned|reported|reports|added)\b")
# "at the Ukraine recovery conference": what it was about
_ABOUT_IT = Guarded(r"\s(?:[\w-]+\s){0,2}?(?:[Cc]onference|[Ss]ummit|[Aa]ppeal|[Ff]orum)\b")
# "at COP27 in Egypt", "said in Kenya": no place where the money goes
_MEETINGS = r"summit|conference|talks|meeting|COP\d*|forum|visit\w*|speech|workshop|ceremony"
_HELD = r"said|told|signed|announced|from|held|hosted"
_MET = Guarded(rf"\b(?:{_MEETINGS}|{_HELD})\b[^.;]{{0,60}}$")


@cache
def _country_in(name: str) -> str | None:
    """The one country in the name of a fund: the "Ukraine Facility"."""
    found = {
        place.name
        for word in name.split()
        if (place := party(word)) is not None
        and place.kind == "country"
        and may_receive(place.code)
    }
    return found.pop() if len(found) == 1 else None


def _named(sentences: Sequence[Sentence]) -> tuple[set[str], set[str]]:
    """Whom the article names that may receive, and the countries in which something is done."""
    named: set[str] = set()
    places: set[str] = set()
    for sentence in sentences:
        named |= served_by_programmes(sentence.text)
        places |= countries_of_regions(sentence.text)
        for mention in sentence.mentions:
            if mention.form in ("place", "currency"):
                continue
            before = sentence.text[max(0, mention.start - 20) : mention.start].lower()
            about = _ABOUT_IT.match(sentence.text, mention.end) is not None
            if _TELLS.match(sentence.text, mention.end) and mention.kind == "organisation":
                continue
            if mention.kind == "country":
                if may_receive(mention.code) and (about or not _WHERE.search(before)):
                    named.add(mention.name)
                elif may_receive(mention.code) and not _MET.search(
                    sentence.text, max(0, mention.start - 70), mention.start
                ):
                    places.add(mention.name)
            elif (country := _country_in(mention.text)) is not None:
                named.add(country)
            elif mostly_receives(mention.name) and not _WHERE.search(before):
                named.add(mention.name)
    return named, places - named


def _is_open(one: Reading) -> bool:
    return one.is_money_given and one.recipient is None


def _by_programme(one: Reading, others: Sequence[Reading]) -> Reading:
    """Let a programme named beside a figure say for whom it is: "5 million for PURL".

    ``others`` are those of its sentence.
    """
    begin = one.sentence_start
    after = max((other.end for other in others if other.end <= one.start), default=begin)
    until = min((other.start for other in others if other.start >= one.end), default=None)
    text = one.sentence[after - begin : until and until - begin]
    served = served_by_programmes(text) - {one.donor}
    if len(served) == 1 and one.donor is not None:
        return one.with_parties("programme-serves", one.donor, served.pop())
    return one


def fill_receiver(readings: Sequence[Reading], context: Context) -> list[Reading]:
    """Let the only country or fund receive that the article names and that may receive aid.

    It must give nothing itself there. Where two such parties are named nothing is filled.
    """
    if not any(map(_is_open, readings)):
        return list(readings)
    beside: dict[int, list[Reading]] = {}
    for one in readings:
        beside.setdefault(one.sentence_start, []).append(one)
    found = [
        _by_programme(one, beside[one.sentence_start]) if _is_open(one) else one for one in readings
    ]
    if not any(map(_is_open, found)):
        return found
    only = _only_receiver(found, context)
    if only is None:
        return found
    receiver, sign = only
    at_home = sign == "outlet-at-home"
    # else the sentence says which of its sums goes there
    served = {one.sentence for one in found if one.recipient == receiver}
    return [
        one.with_parties(sign, one.donor, receiver)
        if _is_open(one)
        and one.sentence not in served
        and not to_many(one.sentence)
        and (one.donor is not None or (one.role != "pledge" and not at_home))
        else one
        for one in found
    ]


def _only_receiver(readings: Sequence[Reading], context: Context) -> tuple[str, str] | None:
    """The one party that may receive what is left open, and the sign that says why."""
    givers = {name for one in readings for name in (one.donor or "").split("|")}
    named, places = _named(context.article)
    left = (named - givers) or (places - givers)
    if left:
        return (left.pop(), "only-receiver-of-page") if len(left) == 1 else None
    at_home = receives_at_home(context.document.publisher)
    return (at_home, "outlet-at-home") if at_home is not None and at_home not in givers else None
