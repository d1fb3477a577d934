"""Characters that no text has: halves of a pair, which files and scripts may still hold."""

from __future__ import annotations

import re

_HALF = re.compile(r"[\ud800-\udfff]")


def whole(text: str) -> str:
    r"""The text with a mark for each half of a character, as cut-off texts leave: places stay.

    >>> whole("Nor\ud800way"), whole("Norway")
    ('Nor\ufffdway', 'Norway')
    """
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def whole_or_none(text: str | None) -> str | None:
    """The same of a text that may be missing."""
    return None if text is None else whole(text)
