"""Characters that no text has, or that a terminal obeys: files and scripts may still hold them."""

from __future__ import annotations

import re

_HALF = re.compile(r"[\ud800-\udfff]")
# What a terminal obeys, or what turns the direction of text round or hides it; the codes for colour
# and weight that we write ourselves are left.
_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_MARKS = r"\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_OBEYED = re.compile(rf"(?!\x1b\[[\d;]{{0,9}}m)[{_CONTROLS}{_MARKS}\ud800-\udfff]")


def whole(text: str) -> str:
    r"""The text with a mark for each half of a character, as cut-off texts leave: places stay.

    >>> whole("Nor\ud800way"), whole("Norway")
    ('Nor\ufffdway', 'Norway')
    """
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def whole_or_none(text: str | None) -> str | None:
    """The same of a text that may be missing."""
    return None if text is None else whole(text)


def visible(text: str, ours: bool = False) -> str:
    r"""Text for a terminal: what it would obey stands there as its escape, line by line.

    ``ours`` leaves codes for colour and weight, of text whose cells are clean.

    >>> print(visible("a\x1b[31mb\u202ec\r\n\x00"), end="")
    a\x1b[31mb\u202ec
    \x00
    """
    if not ours:
        text = text.replace("\x1b", r"\x1b")
    return _OBEYED.sub(_escape, text.replace("\r\n", "\n"))


def _escape(found: re.Match[str]) -> str:
    return ascii(found[0])[1:-1]
