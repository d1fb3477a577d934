"""The paragraphs of a page while they are sorted into zones, and the words of its article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .forms import LONGEST_HEADING, Form
from .paragraphs import Paragraph

CONTENT = ("headline", "byline", "caption", "body")
FURNITURE = ("teaser", "feed", "ticker", "donation", "subscription", "related", "navigation")

# How much of an article must stand before lines without a cue can be cards of other stories:
# three sentences, or a list of short notes, has no page around it.
FEWEST_BODY_PARAGRAPHS = 3
FEWEST_BODY_CHARACTERS = 250
FEWEST_ENTRIES = 3
MOST_FEED = 0.6  # a page that is mostly time-stamped entries is a live report, not a feed

_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*\d")
_ASCII_WORD = re.compile(r"[a-z]{4,}|[0-9][0-9.,]*[0-9]")  # the same in ASCII, in half the time
_LIVE = re.compile(r"\b(?:live|liveblog|live-?ticker|as it happened|en direct)\b", re.IGNORECASE)
_STEM = 6  # letters: Lithuania, Lithuanian; provide, provided
_COMMON_WORDS = """
about after also been before being between could does during each first from have into
last more most much only other over said same should since some such than that their them
then there these they this those under until very were what when where which while will
with would year years your
million billion trillion thousand euro euros dollar dollars pound pounds percent worth
"""
_COMMON = frozenset(_COMMON_WORDS.split())


class Page:
    """The paragraphs while they are sorted: ``kinds[i]`` is (kind, reason), None = not yet."""

    def __init__(self, items: list[Paragraph], forms: list[Form], title: int | None) -> None:
        self.items = items
        self.forms = forms
        self.title = title
        self.count = len(items)
        self.kinds: list[tuple[str, str | None] | None] = [None] * self.count
        self.known: set[str] = set()  # words of the article so far
        self.counted = 0  # body paragraphs before this index are in ``known``
        self.sentences = 0
        self.characters = 0
        self.folded_title = ""
        self.live: bool | None = None  # not yet asked

    def name(self, index: int) -> str:
        return self.forms[index].name if index < self.count else "end"

    def mark(self, indexes: Iterable[int], kind: str, reason: str | None = None) -> None:
        for index in indexes:
            self.kinds[index] = (kind, reason)

    def is_boundary(self, index: int) -> bool:
        """The end of the page, or a line after which no article text follows directly."""
        if index >= self.count:
            return True
        form = self.forms[index]
        if form.name in ("stamp", "account", "price"):
            return True
        return form.cue is not None and (form.cue.extent != "line" or form.cue.kind != "related")

    def is_live(self, index: int) -> bool:
        """Tell, at its first time stamp, whether the page is a live report.

        A page that is mostly entries with a time each, above any heading that says "News feed",
        is itself the report; so is one whose title says so.
        """
        if self.live is None:
            end = index
            while end < self.count and not self._ends_article(end):
                end += 1
            ahead = sum(len(item.text) for item in self.items[index:end])
            stamps = sum(form.name == "stamp" for form in self.forms[:end])
            mostly = ahead > MOST_FEED * (ahead + self.characters)
            self.live = (mostly or self.says_live) and stamps >= FEWEST_ENTRIES
        return self.live

    def _ends_article(self, index: int) -> bool:
        cue = self.forms[index].cue
        return cue is not None and cue.extent != "line"

    @property
    def says_live(self) -> bool:
        """Whether the page's title says that it is a live report."""
        return self.title is not None and bool(_LIVE.search(self.items[self.title].text))

    def learn(self, end: int) -> None:
        """Add the words of the article's paragraphs before ``end`` to the known ones."""
        for index in range(self.counted, end):
            kind = self.kinds[index]
            if kind is not None and kind[0] in CONTENT:
                self.known.update(words(self.items[index].text))
        self.counted = max(self.counted, end)

    def share(self, *indexes: int) -> float:
        """Share of the distinct words of these paragraphs that the article has used before."""
        if len(indexes) == 1:
            found = words(self.items[indexes[0]].text)
        else:
            found = frozenset().union(*(words(self.items[index].text) for index in indexes))
        if not found:
            return 0.0
        return len(found & self.known) / len(found)

    @property
    def established(self) -> bool:
        return (
            self.sentences >= FEWEST_BODY_PARAGRAPHS and self.characters >= FEWEST_BODY_CHARACTERS
        )


def words(text: str) -> frozenset[str]:
    """Return the content words of ``text`` as stems of equal length, with its numbers.

    >>> sorted(words("Lithuania and the Lithuanian army paid 20 million"))
    ['20', 'army', 'lithua', 'paid']
    """
    return _words(text[:4000]) if len(text) > LONGEST_HEADING else _words_of_line(text)


def _words(text: str) -> frozenset[str]:
    found = (_ASCII_WORD if text.isascii() else _WORD).findall(text.casefold())
    return frozenset([word[:_STEM].rstrip("s") for word in found if word not in _COMMON])


_words_of_line = lru_cache(maxsize=2048)(_words)  # a line is asked for its words again and again


def keep(page: Page, index: int) -> None:
    """Leave a paragraph in the article."""
    name = page.name(index)
    kind = {"caption": "caption", "credit": "byline", "date": "byline"}.get(name, "body")
    page.mark([index], kind)
    if kind == "body" and name != "short":
        page.sentences += 1
        page.characters += len(page.items[index].text)
