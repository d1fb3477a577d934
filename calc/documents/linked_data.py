"""What a web page tells machines of its article in JSON-LD and in marked-up elements."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from .mastheads import same_words

MOST_CHARACTERS = 500_000  # of one script; longer ones are data of something else
DEEPEST = 8  # objects around the article
_ARTICLE = ("article", "blogposting", "report", "pressrelease", "socialmediaposting")


class StatedByPage(NamedTuple):
    """``dates`` as the page writes them, one per article that may be the page's own."""

    dates: tuple[str, ...]
    publisher: str | None


def stated_of(tree: Any, title: str | None) -> StatedByPage | None:
    """Return what JSON-LD says of the article itself; None when it describes no article.

    A page may also describe its site, its sections, other stories. Of several articles, the one
    with the page's title is meant.
    """
    articles: list[dict[str, Any]] = []
    for element in tree.iter("script"):
        text = element.text or ""
        if element.get("type") != "application/ld+json" or len(text) > MOST_CHARACTERS:
            continue
        try:
            articles.extend(_articles(json.loads(text, strict=False), 0))
        except (ValueError, RecursionError):
            continue
    if not articles:
        return None
    folded = same_words(title or "")
    own = [a for a in articles if folded and _words(a.get("headline")) == folded] or articles
    dates = dict.fromkeys(d for a in own if isinstance(d := a.get("datePublished"), str))
    names = dict.fromkeys(name for a in own if (name := _name(a.get("publisher"))) is not None)
    return StatedByPage(tuple(dates), next(iter(names)) if len(names) == 1 else None)


def publisher_in_markup(tree: Any) -> str | None:
    """Return the name in an element that microdata marks as the publisher, or None."""
    for element in tree.iterfind(".//*[@itemprop='publisher']"):
        for inner in (element, *element.iterfind(".//*[@itemprop='name']")):
            name = inner.get("content") or ("" if inner is element else inner.text_content())
            if name.strip():
                return " ".join(name.split())[:100]
    return None


def _articles(node: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(node, list):
        for item in node:
            yield from _articles(item, depth + 1)
    elif isinstance(node, dict):
        kinds = node.get("@type")
        named = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and kind.lower().endswith(_ARTICLE) for kind in named):
            yield node
            return
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _articles(node.get(key), depth + 1)


def _name(publisher: Any) -> str | None:
    if isinstance(publisher, list):
        publisher = publisher[0] if publisher else None
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return " ".join(name.split())[:100] or None if isinstance(name, str) else None


def _words(text: Any) -> str:
    return same_words(text) if isinstance(text, str) else ""
