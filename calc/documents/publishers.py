"""Who published a page, as the page itself names it."""

from __future__ import annotations

import re

from .dates import dateline
from .forms import Form
from .mastheads import (
    MOST_MASTHEAD_WORDS,
    OUTLET_NAMES,
    OUTLET_WORD,
    bare_name,
    clean,
    in_title_case,
    is_masthead,
    outlet_of,
)
from .paragraphs import Paragraph
from .titles import HEAD_PARAGRAPHS, is_page_name

_DESKS = (
    r"news\s+desk|newsdesk|newsroom|news\s+team|editorial\s+(?:team|board|staff)|staff|desk|editors"
)
_TEAM = re.compile(
    rf"by\s+((?:the\s+)?[^,|•·\d]{{2,60}}?)(?:['’]s)?\s+(?:{_DESKS})\b", re.IGNORECASE
)
# "Copyright Baltic Monitor Ltd 2025", "© 2025 Baltic Monitor. All rights reserved."
_CLAIM = r"(?:©|\(c\)\s|copyright\b)\s*(?:©|\(c\))?\s*(?:by\s)?\s*"
_YEARS = r"(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s+)?"
_FIRM = r"ltd|limited|inc|llc|gmbh|ab|as|oy|oü|uab|sia|plc|s\.a"
_COPYRIGHT = re.compile(
    rf"{_CLAIM}{_YEARS}(?:by\s)?([^\W\d_][^.,|©•·\d]{{1,45}}?)(?:,?\s(?:{_FIRM})\b\.?)?"
    r"\s*(?:[.,|•·\d]|all rights|$)",
    re.IGNORECASE,
)
# Where a page speaks of itself.
_OWN = re.compile(
    r"\b(?:follow|subscribe|support|join|elsewhere on|more from|read us|download the|about"
    r"|donate to|newsletter|contact)\b",
    re.IGNORECASE,
)
LONGEST_FRAME = 120  # characters of a line of the page's frame
_PUBLISHER_LABEL = re.compile(
    r"(?:source|publisher|published by|organi[sz]ation|issued by)\s*:?", re.IGNORECASE
)
_AFTER_PLACE = re.compile(r"[^•·]{2,32}\s[•·]\s+([^•·]{2,42})")
_IN_DATELINE = re.compile(r"[(/]\s*([^\W\d_][\w .&-]{1,30}?)\s*[)/]")
_OUTLET = r"[A-ZА-ЯҐЄІЇ][\w.-]*(?:\s+[A-ZА-ЯҐЄІЇ][\w.-]*){0,2}"
_WRITES = re.compile(
    rf"\b(?:writes|reports|informs)\s+({_OUTLET})(?:\s+with\s+reference|\s+citing|,\s+citing)"
)
_PARTS = re.compile(r"\s*[—–|•·,;]\s*|\s-\s")
# "The Daily NameJane Doe": a credit line whose two parts lost the space between them.
_GLUED_CREDIT = re.compile(
    r"((?:The\s)?(?:[A-Z][\w’'-]*\s)*[A-Z][a-z]+)([A-Z][a-zé]+(?:\s[A-Z][\w’'.-]+){1,2})"
)


def find_publisher(
    items: list[Paragraph],
    forms: list[Form],
    title: int | None,
    body: int,
    furniture: frozenset[int],
) -> str | None:
    """Return the publisher that the page itself names, or None.

    In order: a name above the title, the line below a label such as "Source", the desk in a
    byline, the agency beside the place, the agency in a dateline, an agency that names itself as
    the writer, a credit line, a line that is only a known domain.
    """
    return (
        _above_title(items, forms, title or 0, furniture)
        or _below_label(items, forms, body)
        or _from_byline(items, forms, body, furniture)
        or _from_opening(items, body)
        or _from_credit(items)
    )


def _above_title(
    items: list[Paragraph], forms: list[Form], title: int, furniture: frozenset[int]
) -> str | None:
    """An institution or outlet above the title; of a government and its ministry, the ministry."""
    above = [
        text
        for index in range(title)
        if index not in furniture
        and forms[index].name != "caption"
        and is_masthead(text := bare_name(items[index].text))
    ]
    if above:
        named = next((text for text in above if not text.startswith("Government ")), above[0])
        return in_title_case(named)
    if title and is_page_name(items, forms, 0) and " " in items[0].text:
        return in_title_case(clean(items[0].text))
    return None


def _below_label(items: list[Paragraph], forms: list[Form], body: int) -> str | None:
    for index in range(min(body, len(items)) - 1):
        is_name = forms[index + 1].name in ("short", "headline")
        if is_name and _PUBLISHER_LABEL.fullmatch(items[index].text):
            return clean(items[index + 1].text)
    return None


def _from_byline(
    items: list[Paragraph], forms: list[Form], body: int, furniture: frozenset[int]
) -> str | None:
    for index in range(min(body + 1, len(items))):
        text = items[index].text
        if forms[index].name in ("date", "credit") and index not in furniture:
            match = _TEAM.match(text) or _AFTER_PLACE.fullmatch(text)
            if match is not None and not match[1].strip()[0].isdigit():
                return match[1].strip().removeprefix("the ")
            for part in _PARTS.split(text.removeprefix("by ").removeprefix("By ")):
                if part.strip().casefold() in OUTLET_NAMES:
                    return part.strip()
                outlet = outlet_of(part.strip())
                if outlet is not None:
                    return outlet
    return None


def _from_opening(items: list[Paragraph], body: int) -> str | None:
    for index in range(body, min(body + 3, len(items))):
        text = items[index].text
        match = _IN_DATELINE.search(dateline(text))
        if match is not None:
            return match[1].strip()
        match = _WRITES.search(text[:600])
        if match is not None:
            return match[1].strip()
    return None


def name_around(items: list[Paragraph], title: int | None, body: int) -> str | None:
    """Return the name that the page's own frame gives: above the title and again below, or after ©.

    A short line above the title may be a menu entry; it is a name when the page asks to follow,
    join or support it, or claims its rights under it.
    """
    frame = [item.text for item in items[body:] if len(item.text) <= LONGEST_FRAME]
    claimed = [text for text in frame if "©" in text or "(c)" in text or "opyright" in text]
    rights = [match[1].strip() for text in claimed if (match := _COPYRIGHT.search(text))]
    for item in items[: min(title or 0, HEAD_PARAGRAPHS)] if frame else ():
        name = clean(item.text)
        if _could_be_name(name) and _is_own_name(name, frame, rights):
            return name
    return rights[-1] if rights else None


def _could_be_name(line: str) -> bool:
    """Whether a line above the title has the form of a name: few words, a capital, no digit."""
    few = len(line.split()) <= MOST_MASTHEAD_WORDS and line[:1].isupper()
    return few and not any(map(str.isdigit, line))


def _is_own_name(name: str, frame: list[str], rights: list[str]) -> bool:
    """Whether the page claims its rights under ``name``, or asks to follow, join or support it."""
    if any(_names(text, name) for text in rights):
        return True
    return any(_OWN.search(text) for text in frame if name in text and _names(text, name))


def _names(text: str, name: str) -> bool:
    """Tell whether ``name`` stands in ``text`` as whole words."""
    start = text.find(name)
    if start < 0:
        return False
    end = start + len(name)
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _from_credit(items: list[Paragraph]) -> str | None:
    for item in items:
        if len(item.text) > 80:
            continue
        match = _GLUED_CREDIT.fullmatch(item.text)
        if match is not None and (match[1].startswith("The ") or OUTLET_WORD.search(match[1])):
            return match[1]
        outlet = outlet_of(item.text) if "." in item.text else None
        if outlet is not None:
            return outlet
    return None
