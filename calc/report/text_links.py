"""Links that lead to the words: a page's address with a text fragment (``#:~:text=``).

The browser finds the words and marks them. Words that stand in the page more than once get those
before and behind them, as many as make the place the only one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit

import pandas as pd

from rates.errors import UsageError

from .marked import place_of
from .sections import records

_DIRECTIVE = ":~:"


def text_link(
    claim: Mapping[str, Any] | pd.Series, claims: pd.DataFrame, address: str | None = None
) -> str | None:
    """The address of the claim's source with the place of its figure in it, None without address.

    ``claim`` is a row of ``claims``; the other rows of its source say which words stand in the page
    more than once. The address is what the page gives itself (``attrs["documents"]`` of
    ``claims``), unless ``address`` is given. ``UsageError`` for what is no web address.

    >>> import pledgecalc as pc
    >>> told = pc.read_text("Norway gave 5 million kroner. Kenya got 5 million kroner, too.")
    >>> text_link(told.iloc[1], told, "https://news.example/aid")
    'https://news.example/aid#:~:text=got-,5%20million%20kroner,-%2C%20too.'
    """
    row = record_of(claim)
    found = web_address(address) if address else address_of(row, claims)
    if found is None:
        return None
    fragment = text_fragment(row, _sentences(row, claims))
    whole, _, _ = found.partition(_DIRECTIVE)
    mark = "" if "#" in whole else "#"
    return f"{whole}{mark}{_DIRECTIVE}text={fragment}" if fragment else found


def text_fragment(claim: Mapping[str, Any], page: Iterable[str]) -> str:
    """The value of ``text=``: the figure, with the words around it that make it the only one.

    ``page`` are the sentences of the page, each once; an empty text where the place is not known.

    >>> claim = {"sentence": "It gave $5-6 million.", "text": "$5-6 million"}
    >>> text_fragment(claim, ["It gave $5-6 million."])
    '%245%2D6%20million'
    """
    place = place_of(claim)
    if place is None:
        return ""
    sentence: str = claim["sentence"]
    start, end = place
    before, figure, after = (
        part.split() for part in (sentence[:start], sentence[start:end], sentence[end:])
    )
    whole = " \n ".join(" ".join(one.split()) for one in page).casefold()
    glued = (_glue(sentence, start), _glue(sentence, end))
    for count in range(max(len(before), len(after)) + 1):
        first, last = _reached(before[::-1], count)[::-1], _reached(after, count)
        words = _joined(first, figure, last, glued)
        if whole.count(words.casefold()) <= 1:
            break
    parts = [f"{encoded(' '.join(first))}-"] if first else []
    parts.append(encoded(" ".join(figure)))
    parts += [f"-{encoded(' '.join(last))}"] if last else []
    return ",".join(parts)


def encoded(text: str) -> str:
    """Text as a text fragment wants it: dash, comma and ampersand mean something else there.

    >>> encoded("€5-6 million, R&D")
    '%E2%82%AC5%2D6%20million%2C%20R%26D'
    """
    return quote(text, safe="").replace("-", "%2D")


def web_address(text: str) -> str:
    """A web address as it is; ``UsageError`` for anything else.

    >>> web_address("https://news.example/a?b=1")
    'https://news.example/a?b=1'
    """
    try:
        parts = urlsplit(text.strip())
        known = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        known = None
    if not known or any(char.isspace() or not char.isprintable() for char in text.strip()):
        raise UsageError(f"{text!r} is not a web address; write it as https://news.example/article")
    return text.strip()


def address_of(claim: Mapping[str, Any], claims: pd.DataFrame) -> str | None:
    """The address that the claim's document gives itself, where it is one of the web."""
    for document in claims.attrs.get("documents", ()):
        if document["source"] == claim.get("source") and document.get("url"):
            try:
                return web_address(str(document["url"]))
            except UsageError:
                return None  # a page may call itself anything
    return None


def record_of(row: Mapping[str, Any] | pd.Series) -> dict[str, Any]:
    """One row as a record, missing cells as None."""
    if isinstance(row, pd.Series):
        return records(row.to_frame().T)[0]
    return dict(row)


def _sentences(claim: Mapping[str, Any], claims: pd.DataFrame) -> list[str]:
    """The sentences of the claim's source, each place once."""
    own = claims[claims["source"] == claim.get("source")]
    found = {
        (row["sentence_start"], row["sentence"]): row["sentence"]
        for row in records(own[["sentence_start", "sentence"]])
        if row["sentence"]
    }
    return list(found.values()) or [str(claim.get("sentence") or "")]


def _reached(words: list[str], count: int) -> list[str]:
    """The first ``count`` words and those up to a real one: browsers search whole words.

    >>> _reached(["(", "about", "half"], 1)
    ['(', 'about']
    """
    if not count:
        return []
    real = [place for place, word in enumerate(words, 1) if any(map(str.isalnum, word))]
    reach = next((place for place in real if place >= count), max(real, default=0))
    return words[:reach]


def _glue(sentence: str, at: int) -> str:
    beside = sentence[max(at - 1, 0) : at + 1]
    return " " if any(char.isspace() for char in beside) else ""


def _joined(before: list[str], figure: list[str], after: list[str], glued: tuple[str, str]) -> str:
    first = f"{' '.join(before)}{glued[0]}" if before else ""
    last = f"{glued[1]}{' '.join(after)}" if after else ""
    return f"{first}{' '.join(figure)}{last}"
