"""What a command without a verb means: documents to look at, or a slip that has a name."""

from __future__ import annotations

import os
from collections.abc import Sequence

from rates.errors import UsageError


def without_verb(words: Sequence[str], verbs: Sequence[str]) -> str:
    """The verb that ``words`` mean: ``brief`` where one of them is an input.

    Raises UsageError that says what was probably meant.

    >>> without_verb(["-", "--in", "USD"], ["brief"])
    'brief'
    """
    if any(word == "-" or os.path.exists(word) for word in words):  # noqa: PTH110 (starts faster)
        return "brief"
    first = words[0]
    if first.startswith("-"):
        raise UsageError(f"{first} is not an option here; the verb comes first: {', '.join(verbs)}")
    raise UsageError(_slip(first, words, verbs))


def _slip(first: str, words: Sequence[str], verbs: Sequence[str]) -> str:
    import difflib  # here: no other command needs it

    near = difflib.get_close_matches(first, verbs, 1)
    if near:
        return f"{first!r} is not a verb; did you mean {near[0]}?"
    if "/" in first or os.path.splitext(first)[1][1:].isalpha():  # noqa: PTH122
        return f"{first}: no such file or folder"
    if any(char.isdigit() for char in first):
        return f"{first!r} is not a verb; did you mean pledgecalc convert {' '.join(words)}?"
    return f"{first!r} is neither a verb nor a file; there are {', '.join(verbs)}"
