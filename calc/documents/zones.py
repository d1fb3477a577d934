"""Zones of a page: what belongs to the article, and what stands around it, with the reason.

A page is read from the top: its head, the article, then what follows. Furniture is known by its
form and place (cue headings, lone time stamps, headline-like lines with a summary that breaks
off, account numbers, rates), never by one site's words. When the evidence does not decide, a
paragraph stays with the article: a lost claim is worse than a teaser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from .forms import Cue, Form
from .mastheads import is_masthead, same_words
from .paragraphs import Paragraph

CONTENT = ("headline", "byline", "caption", "body")
FURNITURE = ("teaser", "feed", "ticker", "donation", "subscription", "related", "navigation")

# How much of an article must stand before lines without a cue can be cards of other stories:
# two sentences, or a list of short notes, has no page around it.
FEWEST_BODY_PARAGRAPHS = 2
FEWEST_BODY_CHARACTERS = 250
RESUME_SHARE = 0.30  # share of its words known from the article: two paragraphs that go on
RESUME_ALONE_SHARE = 0.45  # the same for a single paragraph
CARD_SHARE = 0.40  # a card for another story knows fewer of the article's words
LONE_LINE_SHARE = 0.25  # a line without a summary must be more foreign still
LONE_LINE_WORDS = 8  # and longer than a section heading
CREDIT_WORDS = 6  # a card's credit: outlet and author
LONGEST_LABEL = 6  # words of a label between account numbers
LABEL_GAP = 2  # labels between two account numbers
MOST_APPEAL = 4  # sentences between the heading of an appeal and its account numbers
LONGEST_APPEAL = 300  # characters of one of them
MOST_RUN = 50  # headline lines looked at together
FEWEST_ENTRIES = 3
MOST_FEED = 0.6  # a page that is mostly time-stamped entries is a live report, not a feed

CARD_REASON = "a teaser for another story below the article"
INNER_CARD_REASON = "a teaser for another story within the article"
FEED_REASON = "an entry of the page's news feed, another story"
TICKER_REASON = "a line of exchange or market rates"
HEAD_TICKER_REASON = "an exchange-rate ticker in the page header"
DONATION_REASON = "bank, card or wallet details for donations"
HEAD_REASON = "the page's header above the headline"

_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*\d")
_STEM = 6  # letters: Lithuania, Lithuanian; provide, provided
_COMMON_WORDS = """
about after also been before being between could does during each first from have into
last more most much only other over said same should since some such than that their them
then there these they this those under until very were what when where which while will
with would year years your
"""
_COMMON = frozenset(_COMMON_WORDS.split())


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


class _Page:
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
        if form.name in ("stamp", "account"):
            return True
        return form.cue is not None and (form.cue.extent != "line" or form.cue.kind != "related")

    def is_live(self, index: int) -> bool:
        """Tell, at its first time stamp, whether the page is a live report.

        A page that is mostly entries with a time each, without a heading that says "News feed",
        is itself the report.
        """
        if self.live is None:
            ahead = sum(len(item.text) for item in self.items[index:])
            stamps = sum(form.name == "stamp" for form in self.forms[index:])
            mostly = ahead > MOST_FEED * (ahead + self.characters)
            headed = any(form.cue is not None for form in self.forms[index:])
            self.live = mostly and stamps >= FEWEST_ENTRIES and not headed
        return self.live

    def learn(self, end: int) -> None:
        """Add the words of the article's paragraphs before ``end`` to the known ones."""
        for index in range(self.counted, end):
            kind = self.kinds[index]
            if kind is not None and kind[0] in CONTENT:
                self.known.update(words(self.items[index].text))
        self.counted = max(self.counted, end)

    def share(self, *indexes: int) -> float:
        """Share of the distinct words of these paragraphs that the article has used before."""
        found: set[str] = set()
        for index in indexes:
            found |= words(self.items[index].text)
        if not found:
            return 0.0
        return len(found & self.known) / len(found)

    @property
    def established(self) -> bool:
        return (
            self.sentences >= FEWEST_BODY_PARAGRAPHS and self.characters >= FEWEST_BODY_CHARACTERS
        )


def words(text: str) -> set[str]:
    """Return the content words of ``text`` as stems of equal length, with its numbers.

    >>> sorted(words("Lithuania and the Lithuanian army paid 20 million"))
    ['20', 'army', 'lithua', 'millio', 'paid']
    """
    return {word[:_STEM] for word in _WORD.findall(text[:4000].casefold()) if word not in _COMMON}


def lay_out(
    text: str, items: list[Paragraph], forms: list[Form], title: int | None, front: int
) -> Layout:
    """Sort every paragraph into a zone; the first ``front`` ones are front matter."""
    page = _Page(items, forms, title)
    if title is not None:
        page.folded_title = same_words(items[title].text)
    body = _sort_head(page, front)
    _sort_body(page, body)
    _close_gaps(page, body)
    furniture = frozenset(
        i for i, kind in enumerate(page.kinds) if kind is not None and kind[0] in FURNITURE
    )
    return Layout(_spans(text, page), body, furniture)


def _sort_head(page: _Page, front: int) -> int:
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


def _without_body(page: _Page, front: int) -> int:
    """A page of headings only: nothing shows where an article would begin."""
    for index in range(front, page.count):
        kind = page.kinds[index]
        if kind is not None and kind[0] == "headline" and index != page.title:
            repeated = same_words(page.items[index].text) == page.folded_title
            page.kinds[index] = ("headline" if repeated else "body", None)
    return page.count


def _above_title(page: _Page, index: int) -> tuple[str, str | None]:
    form = page.forms[index]
    text = page.items[index].text
    if form.name == "ticker":
        return "ticker", HEAD_TICKER_REASON
    if form.name == "account":
        return "donation", DONATION_REASON
    if form.cue is not None:
        return form.cue.kind, form.cue.reason
    if form.name in ("date", "credit"):
        if re.search(r"[$€£¥₴]", text):
            return "ticker", HEAD_TICKER_REASON
        return "byline", None
    if page.folded_title and same_words(text).startswith(page.folded_title):
        return "headline", None
    if is_masthead(text):
        return "byline", None
    return "navigation", HEAD_REASON


def _below_title(page: _Page, index: int) -> tuple[str, str | None] | None:
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
    if form.name in ("headline", "link") and page.title is not None:
        return "headline", None
    return None


def _sort_body(page: _Page, body: int) -> None:
    index = body
    while index < page.count:
        form = page.forms[index]
        if form.cue is not None:
            index = _sort_cue(page, index, form.cue)
        elif form.name == "stamp" and page.established and not page.is_live(index):
            index = _sort_rest(page, index, Cue("feed", "rest", FEED_REASON))
        elif form.name == "account":
            index = _sort_accounts(page, index)
        elif form.name == "ticker":
            page.mark([index], "ticker", TICKER_REASON)
            index += 1
        elif form.name in ("headline", "link", "short"):
            index = _sort_heading(page, index)
        else:
            _keep(page, index)
            index += 1


def _keep(page: _Page, index: int) -> None:
    """Leave a paragraph in the article."""
    name = page.name(index)
    kind = {"caption": "caption", "credit": "byline", "date": "byline"}.get(name, "body")
    page.mark([index], kind)
    if kind == "body" and name != "short":
        page.sentences += 1
        page.characters += len(page.items[index].text)


def _sort_cue(page: _Page, index: int, cue: Cue) -> int:
    page.mark([index], cue.kind, cue.reason)
    if cue.extent == "rest":
        return _sort_rest(page, index + 1, cue)
    if cue.extent == "list":
        return _sort_list(page, index + 1, cue)
    return index + 1


def _sort_list(page: _Page, index: int, cue: Cue) -> int:
    """A heading such as "Related": the headlines below it, with their summaries."""
    page.learn(index)
    while index < page.count and page.name(index) in ("headline", "link", "short", "stamp", "item"):
        if page.name(index) == "short" and not page.is_boundary(index + 1):
            break  # a section heading of the article that goes on
        page.mark([index], cue.kind, cue.reason)
        index += 1
        if page.name(index) == "cut" or (
            page.name(index) == "sentence" and _is_summary(page, index - 1, index)
        ):
            page.mark([index], cue.kind, cue.reason)
            index += 1
    return index


def _sort_rest(page: _Page, index: int, cue: Cue) -> int:
    """Everything below a heading such as "Most popular", until the article goes on."""
    page.learn(index)
    while index < page.count and not _goes_on(page, index):
        form = page.forms[index]
        if form.cue is not None:
            cue = form.cue if form.cue.extent != "line" else cue
            page.mark([index], form.cue.kind, form.cue.reason)
        elif form.name == "account":
            page.mark([index], "donation", DONATION_REASON)
        elif form.name == "ticker":
            page.mark([index], "ticker", TICKER_REASON)
        else:
            page.mark([index], cue.kind, cue.reason)
        index += 1
    return index


def _goes_on(page: _Page, index: int) -> bool:
    """Tell whether the article goes on at ``index``: full sentences in the article's words."""
    if page.name(index) != "sentence" or page.name(index - 1) == "stamp":
        return False
    if page.name(index + 1) == "sentence":
        return page.share(index) >= RESUME_SHARE and page.share(index, index + 1) >= RESUME_SHARE
    return page.share(index) >= RESUME_ALONE_SHARE


def _sort_accounts(page: _Page, index: int) -> int:
    """Account numbers with the labels between, above and below them."""
    above = index
    while above > 0 and _is_label(page, above - 1):
        above -= 1
        if index - above >= 3:
            break
    above = _appeal(page, above)
    end = last = index
    while end < page.count and end - last <= LABEL_GAP:
        if page.name(end) == "account" or (
            (cue := page.forms[end].cue) is not None and cue.kind == "donation"
        ):
            last = end
        elif not _is_label(page, end):
            break
        end += 1
    page.mark(range(above, last + 1), "donation", DONATION_REASON)
    return last + 1


def _appeal(page: _Page, index: int) -> int:
    """Return where the appeal for donations above an account number begins: at its heading."""
    begin = index
    for above in range(index - 1, max(index - 1 - MOST_APPEAL, -1), -1):
        kind = page.kinds[above]
        if kind is not None and kind[0] == "donation":
            begin = above
        if len(page.items[above].text) > LONGEST_APPEAL:
            break
    return begin


def _is_label(page: _Page, index: int) -> bool:
    kind = page.kinds[index]
    if kind is not None and kind[0] in FURNITURE and kind[0] not in ("donation", "teaser"):
        return False
    text = page.items[index].text
    named = page.name(index) in ("short", "headline")
    return named and len(text.split()) <= LONGEST_LABEL and not any(c.isdigit() for c in text)


def _sort_heading(page: _Page, index: int) -> int:
    """A line of heading form within the article: section heading, or a card for another story."""
    if page.folded_title and same_words(page.items[index].text) == page.folded_title:
        page.mark([index], "headline")
        return index + 1
    if page.name(index) == "short" or not page.established or _is_part_of_list(page, index):
        _keep(page, index)
        return index + 1
    if page.name(index + 1) == "item" and page.items[index + 1].text[0] in "-–—":
        _keep(page, index)  # a quotation, its speaker on the next line
        return index + 1
    page.learn(index)
    end = _card_end(page, index)
    if end is None:
        _keep(page, index)
        return index + 1
    inner = end < page.count and page.name(end) == "sentence"
    page.mark(range(index, end), "teaser", INNER_CARD_REASON if inner else CARD_REASON)
    return end


def _is_part_of_list(page: _Page, index: int) -> bool:
    before = page.items[index - 1].text
    return (
        before.endswith(":")
        or page.name(index - 1) == "item"
        or (
            page.name(index - 1) == "headline"
            and page.kinds[index - 1] == ("body", None)
            and index >= 2
            and page.items[index - 2].text.endswith(":")
        )
    )


def _card_end(page: _Page, index: int) -> int | None:
    """Return the index after the card that begins at ``index``, or None when there is no card."""
    after = index + 1
    while page.name(after) in ("headline", "link") and after - index < MOST_RUN:
        after += 1
    run = range(index, after)
    if page.name(after) == "cut":
        return _with_credit(page, after + 1)
    if page.name(after) == "sentence" and page.is_boundary(_with_credit(page, after + 1)):
        foreign = page.share(after - 1, after) < CARD_SHARE
        if foreign and _is_summary(page, after - 1, after):
            return _with_credit(page, after + 1)
        return None if len(run) == 1 else _foreign_lines(page, index, after)
    if page.is_boundary(after):
        limit = CARD_SHARE if len(run) > 1 or after < page.count else LONE_LINE_SHARE
        return after if page.share(*run) < limit else None
    return _foreign_lines(page, index, after)


def _foreign_lines(page: _Page, start: int, end: int) -> int | None:
    """Lines that share nothing with the article, nor with the paragraphs that follow them."""
    ahead: set[str] = set()
    for follower in range(end, min(end + 2, page.count)):
        ahead |= words(page.items[follower].text)
    index = start
    while index < end:
        text = page.items[index].text
        own = words(text)
        is_long = len(text.split()) >= LONE_LINE_WORDS or page.name(index) == "link"
        taken_up = (own - page.known) & ahead
        if not is_long or text.endswith("?") or taken_up or page.share(index) >= LONE_LINE_SHARE:
            break
        index += 1
    return index if index > start else None


def _is_summary(page: _Page, heading: int, index: int) -> bool:
    """Tell whether a paragraph summarises the story of its heading rather than this article.

    It takes up a word of the heading that the article has not used, or shares little with the
    article at all.
    """
    new = words(page.items[heading].text) - page.known
    if new & words(page.items[index].text):
        return page.share(index) < CARD_SHARE
    return page.share(index) < LONE_LINE_SHARE


def _with_credit(page: _Page, index: int) -> int:
    """Step over the credit line of a card: outlet and author, before a boundary."""
    if index < page.count and page.name(index) in ("short", "headline", "credit", "date"):
        few = len(page.items[index].text.split()) <= CREDIT_WORDS
        if few and (page.is_boundary(index + 1) or page.name(index) in ("credit", "date")):
            return index + 1
    return index


def _close_gaps(page: _Page, body: int) -> None:
    """Short lines between two furniture paragraphs, or after the last, belong to them."""
    index = body
    while index < page.count:
        if not _is_loose(page, index) or index == 0 or not _is_furniture(page, index - 1):
            index += 1
            continue
        end = index
        while end < page.count and _is_loose(page, end):
            end += 1
        if end == page.count or (_is_furniture(page, end) and end - index <= LABEL_GAP):
            kind, reason = page.kinds[index - 1] or ("navigation", None)
            page.mark(range(index, end), kind, reason)
        index = end


def _is_loose(page: _Page, index: int) -> bool:
    return page.name(index) == "short" and page.kinds[index] == ("body", None)


def _is_furniture(page: _Page, index: int) -> bool:
    kind = page.kinds[index]
    return kind is not None and kind[0] in FURNITURE


def _spans(text: str, page: _Page) -> tuple[Zone, ...]:
    """Join neighbours of one kind; the zones cover the text from its first character."""
    zones: list[Zone] = []
    for item, found in zip(page.items, page.kinds, strict=True):
        kind, reason = found or ("body", None)
        if zones and zones[-1].kind == kind and zones[-1].reason == reason:
            zones[-1] = zones[-1]._replace(end=item.end)
        else:
            start = zones[-1].end if zones else 0
            zones.append(Zone(start, item.end, kind, reason))
    if not zones and text:
        zones.append(Zone(0, len(text), "body", None))
    return tuple(zones)
