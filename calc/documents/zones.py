"""Zones of a page: what belongs to the article, and what stands around it, with the reason.

A page is read from the top: its head, the article, then what follows. Furniture is known by its
form and place (cue headings, lone time stamps, headline-like lines with a summary that breaks
off, account numbers, rates), never by one site's words. When the evidence does not decide, a
paragraph stays with the article: a lost claim is worse than a teaser.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .forms import Form
from .furniture import DONATION_REASON, close_gaps, sort_body
from .mastheads import is_masthead, same_words
from .paragraphs import Paragraph
from .sorting import FURNITURE, Page

HEAD_TICKER_REASON = "an exchange-rate ticker in the page header"
HEAD_REASON = "the page's header above the headline"


class Zone(NamedTuple):
    """A stretch of the text; ``reason`` says why it is no part of the article, else None."""

    start: int
    end: int
    kind: str
    reason: str | None


class Layout(NamedTuple):
    """The zones of a page, and where its article begins (an index of paragraphs)."""

    zones: tuple[Zone, ...]
    body: int
    furniture: frozenset[int]


def lay_out(
    text: str, items: list[Paragraph], forms: list[Form], title: int | None, front: int
) -> Layout:
    """Sort every paragraph into a zone; the first ``front`` ones are front matter."""
    page = Page(items, forms, title)
    if title is not None:
        page.folded_title = same_words(items[title].text)
    body = _sort_head(page, front)
    sort_body(page, body)
    close_gaps(page, body)
    furniture = frozenset(
        i for i, kind in enumerate(page.kinds) if kind is not None and kind[0] in FURNITURE
    )
    return Layout(_spans(text, page), body, furniture)


def _sort_head(page: Page, front: int) -> int:
    """Sort what stands above the article; return the index of its first paragraph."""
    page.mark(range(front), "byline")
    start = front
    if page.title is not None and page.title >= front:
        for index in range(front, page.title):
            page.kinds[index] = _above_title(page, index)
        page.mark([page.title], "headline")
        start = page.title + 1
    index = start
    while index < page.count:
        kind = _below_title(page, index)
        if kind is None:
            break
        page.kinds[index] = kind
        index += 1
    return _without_body(page, front) if index >= page.count else index


def _without_body(page: Page, front: int) -> int:
    """A page of headings only: nothing shows where an article would begin."""
    for index in range(front, page.count):
        kind = page.kinds[index]
        if kind is not None and kind[0] == "headline" and index != page.title:
            repeated = same_words(page.items[index].text) == page.folded_title
            page.kinds[index] = ("headline" if repeated else "body", None)
    return page.count


def _above_title(page: Page, index: int) -> tuple[str, str | None]:
    form = page.forms[index]
    text = page.items[index].text
    if form.name == "ticker":
        return "ticker", HEAD_TICKER_REASON
    if form.name == "account":
        return "donation", DONATION_REASON
    if form.cue is not None:
        return form.cue.kind, form.cue.reason
    if form.name == "caption":
        return "caption", None
    if form.name in ("date", "credit"):
        if re.search(r"[$€£¥₴]", text):
            return "ticker", HEAD_TICKER_REASON
        return "byline", None
    if page.folded_title and same_words(text).startswith(page.folded_title):
        return "headline", None
    if is_masthead(text):
        return "byline", None
    return "navigation", HEAD_REASON


def _below_title(page: Page, index: int) -> tuple[str, str | None] | None:
    """Return the zone of a paragraph between title and article, None where the article begins."""
    form = page.forms[index]
    if form.name == "cue" and form.cue is not None:
        return None if form.cue.extent != "line" else (form.cue.kind, form.cue.reason)
    if form.name == "ticker":
        return "ticker", HEAD_TICKER_REASON
    if form.name in ("date", "credit", "stamp"):
        return "byline", None
    if form.name == "caption":
        return "caption", None
    if form.name == "short":
        return "byline", None
    if form.name in ("headline", "link", "price") and page.title is not None:
        return "headline", None
    return None


def _spans(text: str, page: Page) -> tuple[Zone, ...]:
    """Join neighbours of one kind; the zones cover the text from its first character."""
    zones: list[Zone] = []
    start = end = 0
    current: tuple[str, str | None] | None = None
    for item, found in zip(page.items, page.kinds, strict=True):
        kind = found or ("body", None)
        if kind != current:
            if current is not None:
                zones.append(Zone(start, end, *current))
                start = end
            current = kind
        end = item.end
    if current is not None:
        zones.append(Zone(start, end, *current))
    elif text:
        zones.append(Zone(0, len(text), "body", None))
    return tuple(zones)
