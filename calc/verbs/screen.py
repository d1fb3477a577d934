"""Where results are shown: how wide, in colour or not, in which encoding.

Nothing here loads more than ``os``, because every command asks.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

USUAL, NARROWEST, WIDEST = 80, 60, 200  # columns
# What an encoding without them shows instead.
_PLAIN = {
    "→": "->", "–": "-", "—": "-", "−": "-", "≈": "~", "…": "...", "×": "x", "·": "|", "⇒": "=>",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "«": '"', "»": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ",
}  # fmt: skip
SUBSTITUTED = "pledgecalc.substituted"  # the name of the handler, as codecs know it


class Screen(NamedTuple):
    """How wide lines may be, and whether colour is wanted."""

    width: int = USUAL
    colour: bool = False


class Stream(Protocol):
    """A stream that may be a terminal."""

    def isatty(self) -> bool:
        """Whether a person looks at it."""

    def fileno(self) -> int:
        """Its number."""


def screen(
    stream: Stream, when: str = "auto", environ: Mapping[str, str] = os.environ, file: bool = False
) -> Screen:
    """The screen that ``stream`` is; a ``file`` has the usual width and no colour.

    COLUMNS says the width where it is set, else the terminal does. Colour is for terminals, unless
    ``when`` is "always" or FORCE_COLOR is set, and never where ``when`` is "never" or, for
    "auto", NO_COLOR is set.

    >>> import io
    >>> screen(io.StringIO(), environ={"COLUMNS": "500"}), screen(io.StringIO(), "always", {})
    (Screen(width=200, colour=False), Screen(width=80, colour=True))
    """
    if file:
        return Screen()
    return Screen(_width(stream, environ), _coloured(stream, when, environ))


def _width(stream: Stream, environ: Mapping[str, str]) -> int:
    told = environ.get("COLUMNS", "")
    found = int(told) if told.isascii() and told.isdigit() else 0
    if not found and stream.isatty():
        try:
            found = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):
            found = 0
    return min(max(found, NARROWEST), WIDEST) if found else USUAL


def _coloured(stream: Stream, when: str, environ: Mapping[str, str]) -> bool:
    if when != "auto":
        return when == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR", "0") != "0":
        return True
    return stream.isatty() and environ.get("TERM") != "dumb"


def never_crash(stream: Any, data: bool = False) -> None:
    r"""Let a stream take any text: data as UTF-8 as it is, words with what the encoding has.

    >>> "683 → €".encode("cp1252", SUBSTITUTED), "→ €".encode("ascii", SUBSTITUTED)
    (b'683 -> \x80', b'-> \\u20ac')
    """
    if not hasattr(stream, "reconfigure"):
        return
    if data:
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    else:
        stream.reconfigure(errors=SUBSTITUTED)


def _substitute(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    char = error.object[error.start]
    shown = _PLAIN.get(char)
    if shown is None:
        shown = char.encode("ascii", "backslashreplace").decode("ascii")
    return shown, error.start + 1


codecs.register_error(SUBSTITUTED, _substitute)
