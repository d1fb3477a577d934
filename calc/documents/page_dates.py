"""The day on which a web page was published, and how it was found."""

from __future__ import annotations

import datetime
import re
from copy import deepcopy
from typing import Any

from . import dates
from .linked_data import StatedByPage
from .markup import MOST_BLOCKS, library, shown
from .mastheads import same_words

FIRST_DAY, LAST_DAY = "1990-01-01", "2100-12-31"  # not "today": the same page, the same answer
_PUBLISHED_KEY = re.compile(
    r"(?:^|[.:_-])(?:date|created|issued|pubdate|ptime|pdate)$|publi|datecreated|dateposted"
)
_OTHER_KEY = re.compile(r"modif|updat|expir|valid|revis|event|start|end(?:date|time)|publisher")
_PUBLISHED_CLASS = re.compile(r"publi|posted|entry-date|pubdate|article[-_]{0,2}date|post[-_]date")
_PROSE = ("p", "li", "td", "dd", "blockquote", "figcaption")
_BLOCKS = ("p", "div", "span", "time", "li", "small", "em", "i", "b", "strong", "h6", "dd", "td")


def published_of(
    tree: Any, body: str, url: str | None, name: str, stated: StatedByPage | None
) -> tuple[datetime.date | None, str | None]:
    """The day of publication, from the strongest statement of the page to the weakest."""
    metadata = "".join(_metadata(tree, name, stated))
    found = _find_date(f"<html><head>{metadata}</head><body></body></html>", name)
    if found is not None:
        return found, "page metadata"
    found = _from_time_elements(tree, name)
    if found is not None:
        return found, "page markup"
    found = _from_date_line(tree, body)
    if found is not None:
        return found, "stated"
    if url is not None:
        page = "<html><head></head><body></body></html>"
        found = _find_date(page, name, url=url)
        if found is not None:
            return found, "page address"
    return None, None


def _find_date(markup: str, name: str, url: str | None = None) -> datetime.date | None:
    found = library("htmldate", name).find_date(
        markup,
        extensive_search=False,
        original_date=True,
        url=url,
        min_date=FIRST_DAY,
        max_date=LAST_DAY,
    )
    return datetime.date.fromisoformat(found) if found else None


def _metadata(tree: Any, name: str, stated: StatedByPage | None) -> list[str]:
    """What the page says of its own publication, for machines: meta elements and JSON-LD.

    JSON-LD that describes an article speaks for it, unless of several articles none is the page's
    own; JSON-LD that cannot be parsed, or describes no article, is searched as it stands.
    """
    etree = library("lxml.etree", name)
    kept: list[str] = []
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        key = key.lower()
        if _PUBLISHED_KEY.search(key) and not _OTHER_KEY.search(key):
            element = deepcopy(element)
            element.tail = None
            kept.append(etree.tostring(element, encoding="unicode", method="html"))
    if stated is not None:
        return kept + [_stamp(day, "meta") for day in stated.dates if len(stated.dates) == 1]
    kept.extend(
        f'<script type="application/ld+json">{element.text}</script>'
        for element in tree.iter("script")
        if element.get("type") == "application/ld+json" and "datePublished" in (element.text or "")
    )
    return kept


def _from_time_elements(tree: Any, name: str) -> datetime.date | None:
    """The day of the ``time`` elements: one that is marked as publication, or the only day."""
    marked = _from_marked_elements(tree, name)
    if marked is not None:
        return marked
    days: list[datetime.date] = []
    for element in tree.iter("time"):
        stamp = element.get("datetime") or ""
        day = _find_date(_stamp(stamp), name) if len(stamp) >= 8 else None
        if day is None or _within_prose(element):
            continue  # a day within a sentence is the day of an event
        marks = " ".join(element.get(key) or "" for key in ("class", "itemprop", "pubdate")).lower()
        if _PUBLISHED_CLASS.search(marks) and not _OTHER_KEY.search(marks):
            return day
        if not _OTHER_KEY.search(marks):
            days.append(day)
        if len(days) > MOST_BLOCKS:
            return None
    return days[0] if days and len(set(days)) == 1 else None


def _from_marked_elements(tree: Any, name: str) -> datetime.date | None:
    """The day that an element of the text is marked with: ``itemprop="datePublished"``."""
    for element in tree.iterfind(".//*[@content]"):
        key = (element.get("property") or element.get("itemprop") or "").lower()
        own = element.tag != "meta" and _PUBLISHED_KEY.search(key) and not _OTHER_KEY.search(key)
        if own and (day := _find_date(_stamp(element.get("content")), name)) is not None:
            return day
    return None


def _stamp(stamp: str, whole: str = "html") -> str:
    safe = re.sub(r"[^\w:+.-]", " ", stamp)[:40]
    meta = f'<meta name="date" content="{safe}">'
    return meta if whole == "meta" else f"<html><head>{meta}</head><body></body></html>"


def _from_date_line(tree: Any, body: str) -> datetime.date | None:
    """The date line between headline and article, as a reader sees it."""
    prose = next((line for line in body.split("\n") if len(line) > dates.LONGEST_LINE // 2), "")
    first = same_words(prose)[:40]
    heading = next(iter(tree.iter("h1")), None)
    below = False
    seen = 0
    for element in tree.iter() if heading is not None else ():
        below = below or element is heading
        if not below or element is heading or element.tag not in _BLOCKS:
            continue
        text = shown(element)
        seen += 1
        if seen > MOST_BLOCKS or (first and same_words(text).startswith(first)):
            return None
        is_line = text and len(text) <= dates.LONGEST_LINE and dates.is_date_line(text)
        if is_line and not _within_prose(element):
            found = dates.line_date(text)
            if found is not None:
                return found
    return None


def _within_prose(element: Any) -> bool:
    around = next(element.iterancestors(*_PROSE), None)
    return around is not None and len(shown(around)) > dates.LONGEST_LINE
