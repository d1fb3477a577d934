"""Small readings of parsed markup that several questions to a web page share."""

from __future__ import annotations

import importlib
from typing import Any

from rates.errors import UnreadableInputError

from . import dates

MOST_BLOCKS = 200  # short texts between headline and article that may hold the date line


def library(module: str, name: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UnreadableInputError(
            f"{name}: reading web pages needs trafilatura; "
            'install it with: pip install "pledgecalc[html]"',
            name,
        ) from error


def one_line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def shown(element: Any, enough: int = dates.LONGEST_LINE) -> str:
    """The beginning of an element's text; a little more than is ``enough``."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece[: 2 * enough])
        length += len(piece.strip())
        if length > enough:
            break
    return " ".join(" ".join(pieces).split())
