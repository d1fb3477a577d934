"""Words between commas that only say who says so: they cut no phrase in two."""

from __future__ import annotations

import re

_SAID = r"(?:he|she|they|it|who) (?:said|says|added|wrote)|sa(?:id|ys) [^,;]{1,40}"
_BY_THE_WAY = r"too|however|besides|meanwhile|in turn|by estimate|among others|for example"
_SAID_SO = re.compile(
    rf", (?:it (?:is|was) \w+|{_SAID}|{_BY_THE_WAY}|according to [^,;]{{1,60}})(?=, ),"
)


def without_asides(lower: str) -> str:
    """A sentence in lower case with blanks for what only says who says so.

    >>> without_asides("support grows, it is noted, to 5 million")
    'support grows               to 5 million'
    """
    if ", " not in lower:
        return lower
    return _SAID_SO.sub(lambda found: " " * len(found.group()), lower)
