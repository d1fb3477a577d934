"""Words that say how an amount stands to others: the cues of ``link_cues.tsv``."""

from __future__ import annotations

import re
from functools import lru_cache

from ..text import data_tables
from ..text.guarded import Guarded, lacks

_CUES = {
    row["cue"]: Guarded(row["pattern"], re.IGNORECASE) for row in data_tables.table("link_cues")
}


def cue(name: str, sentence: str | None) -> str | None:
    """The words in ``sentence`` that give the cue ``name`` of link_cues.tsv, or None.

    >>> cue("part", "an initial tranche of 10 million euros")
    'initial'
    """
    if not sentence or _lacking(sentence) & _CUES[name].needs:
        return None
    return _cue(name, sentence)


@lru_cache(maxsize=262144)
def _cue(name: str, sentence: str) -> str | None:
    found = _CUES[name].compiled.search(sentence)
    return found.group() if found else None


@lru_cache(maxsize=262144)
def _lacking(sentence: str) -> int:
    """The words of cues that a sentence has not, as bits: asked once for all cues."""
    return lacks(sentence)


def forget_cues() -> None:
    """Let go of what was remembered of sentences."""
    _cue.cache_clear()
    _lacking.cache_clear()
