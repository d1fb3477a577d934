"""What a sentence says that the money is for, as stems: the phrase behind "for" or "to buy"."""

from __future__ import annotations

import re
from functools import lru_cache

from ..text import data_tables

_STEM = 6  # letters that "repair" and "repairs", "cloth" and "clothing" mostly share
_TO_DO = r"to (?:buy|fund|finance|purchase|repair|rebuild|restore|train|supply|build)"
_AMOUNT_OF = r"(?:worth|shipments?|deliver(?:y|ies)|purchases?) of"
_IN_AID = r"in (?=[\w\s-]*?\b(?:aid|support|assistance|help)\b)"  # "in winter aid"
_FOR = re.compile(rf"\b(?:for|towards|{_TO_DO}|{_AMOUNT_OF}|{_IN_AID})\s+")
# Where such a phrase ends: a clause that tells who, when or how.
_WHEN_OR_HOW = (
    r"under|from|by|to|at|on|during|after|before|since|through(?:out)?|until|amid|within|as"
)
_CLAUSE_OF_ITS_OWN = r"that|which|who|whose|was|were|is|are|has|have|had|will|would|worth"
_TOLD = r"reach\w*|arriv\w*|announc\w*|unveil\w*|pledg\w*|promis\w*|present\w*"
_EARLIER = r"first|already|earlier|previous\w*|last|this|next|so|said|went|goes?"
_END = re.compile(
    r"[.;:()]|,(?! (?:\w+ ){0,2}and )"
    rf"|\s(?:{_WHEN_OR_HOW}|{_CLAUSE_OF_ITS_OWN}|{_TOLD}|{_EARLIER})\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_KINDS = {row["word"][:_STEM]: row["kind"] for row in data_tables.table("aim_words")}  # by stem


@lru_cache(maxsize=65536)
def aims_of(sentence: str | None) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of what the money is for: those that tell one line, and those of a whole kind.

    Capitalised words are names of parties and programmes; those have evidence of their own.

    >>> [sorted(stems) for stems in aims_of("It gives 5 million for the repair of bridges.")]
    [['bridge', 'repair'], []]
    >>> [sorted(stems) for stems in aims_of("Norway sent Ukraine 5 million for military aid.")]
    [[], ['milita']]
    """
    line: set[str] = set()
    broad: set[str] = set()
    text = sentence or ""
    for match in _FOR.finditer(text):
        end = _END.search(text, match.end())
        phrase = text[match.end() : end.start() if end else len(text)]
        start = 0 if not match.group().startswith("to ") else -1
        words = _WORD.findall(phrase)
        if start:
            words += _WORD.findall(match.group())[1:]
        for word in words:
            stem = word.lower().removesuffix("s")[:_STEM]
            if len(word) < 3 or word[0].isupper():
                continue
            kind = _KINDS.get(stem)
            if kind is None:
                line.add(stem)
            elif kind == "broad":
                broad.add(stem)
    return frozenset(line), frozenset(broad)
