"""Named programmes in the sentence of a claim, for tables whose purposes leave them out."""

from __future__ import annotations

import re
from functools import lru_cache

from .. import parties

_OF_MONEY = r"funds?|facility|programmes?|programs?|initiative|mechanism|package|partnership"
_OF_EFFORT = r"coalition|instrument|scheme|plan|project|operation|platform|compact|drive|mission"
_NOUN = rf"(?:{_OF_MONEY}|{_OF_EFFORT}|line|window|pool)"
_CAPITALS = r"(?:[A-Z][\w’'-]*[a-z][\w’'-]*)"
# "under Granite Furrow", "the Poplar Line package", "[Juniper Ember partnership]", “Anchor Wall”
_BEHIND = re.compile(
    r"\b(?:under|within|through|via|as part of|from) (?:the |its )?"
    rf"({_CAPITALS}(?: {_CAPITALS}){{1,2}})"
)
_BEFORE = re.compile(rf"({_CAPITALS}(?: {_CAPITALS}){{1,2}}) {_NOUN}\b")
_QUOTED = re.compile(rf"[\"“„«]({_CAPITALS}(?: [\w’'-]+){{0,3}})[\"”“»]")


@lru_cache(maxsize=65536)
def programmes_in(sentence: str | None) -> tuple[str, ...]:
    """Names in ``sentence`` that stand where programmes do, parties aside.

    >>> programmes_in("Oslo gives 5 million via the Poplar Line package, it said.")
    ('Poplar Line',)
    >>> programmes_in("It gives 5 million through the European Union.")
    ()
    """
    text = sentence or ""
    found = [
        (match.start(1), match.end(1))
        for pattern in (_QUOTED, _BEHIND, _BEFORE)
        for match in pattern.finditer(text)
    ]
    if not found:
        return ()
    taken = [(party.start, party.end) for party in parties.find_parties(text)]
    names = {
        text[start:end]
        for start, end in found
        if not any(first < end and start < last for first, last in taken)
    }
    return tuple(sorted(names))
