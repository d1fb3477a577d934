"""Lines of heading form within an article: section headings, or cards for other stories."""

from __future__ import annotations

import re

from .mastheads import same_words
from .sorting import Page, keep, words

MOST_RUN = 50  # headline lines looked at together
CARD_SHARE = 0.40  # a card for another story knows fewer of the article's words
LONE_LINE_SHARE = 0.25  # a line without a summary must be more foreign still
ALIEN_SHARE = 0.10  # a summary that says nothing of its heading
LONE_LINE_WORDS = 8  # and longer than a section heading
CREDIT_WORDS = 6  # a card's credit: outlet and author

_TABLE_TITLE = re.compile(
    r"(?:table|figure|fig\.|chart|graph|box|annex|tabelle|tableau|tabela|таблиця|рис\.)\s*[\dA-Z]\b",
    re.IGNORECASE,
)
# A short label, then the amount at once ("Total: EUR 5"), and nothing or little after it.
_LABELLED = r"[^:.!?\n]{2,40}(?::|\s[–—-])\s+(?:[a-z]+\s+){0,2}(?:[A-Z]{1,3}\s?)?[$€£]?\d"
_SCALED = r"(?:thousand|million|billion|m|bn)\b\s?\w{0,12}$"
_ROW = re.compile(rf"{_LABELLED}|[^\W\d][^\d:.!?\n]{{1,30}}\s[$€£]?\d[\d.,]*\s{_SCALED}")

CARD_REASON = "a teaser for another story below the article"
INNER_CARD_REASON = "a teaser for another story within the article"


def sort_heading(page: Page, index: int) -> int:
    """A line of heading form within the article: section heading, or a card for another story."""
    if page.folded_title and same_words(page.items[index].text) == page.folded_title:
        page.mark([index], "headline")
        return index + 1
    is_entry = page.live is True or (page.says_live and page.name(index - 1) == "stamp")
    if (
        page.name(index) == "short"
        or not page.established
        or is_entry
        or _is_part_of_list(page, index)
    ):
        keep(page, index)
        return index + 1
    if page.name(index + 1) == "item" and page.items[index + 1].text[0] in "-–—":
        keep(page, index)  # a quotation, its speaker on the next line
        return index + 1
    page.learn(index)
    end = _card_end(page, index)
    if end is None:
        keep(page, index)
        return index + 1
    inner = end < page.count and page.name(end) == "sentence"
    page.mark(range(index, end), "teaser", INNER_CARD_REASON if inner else CARD_REASON)
    return end


def _in_table(page: Page, index: int) -> bool:
    """A line below "Table 2: …", with nothing but lines of its kind between."""
    for at in range(index, max(index - MOST_RUN, -1), -1):
        if at < index and page.kinds[at] != ("body", None):
            return False
        if _TABLE_TITLE.match(page.items[at].text):
            return True
        if page.name(at) not in ("headline", "short"):
            return False
    return False


def _in_rows(page: Page, index: int) -> bool:
    """A label with an amount beside another such line: "2023: 90 million euros"."""
    if not _ROW.match(page.items[index].text):
        return False
    beside = (at for at in (index - 1, index + 1) if 0 <= at < page.count)
    return any(_ROW.match(page.items[at].text) for at in beside)


def _is_part_of_list(page: Page, index: int) -> bool:
    before = page.items[index - 1].text
    return (
        _in_table(page, index)
        or _in_rows(page, index)
        or before.endswith(":")
        or page.name(index - 1) == "item"
        or (
            page.name(index - 1) == "headline"
            and page.kinds[index - 1] == ("body", None)
            and index >= 2
            and page.items[index - 2].text.endswith(":")
        )
    )


def _card_end(page: Page, index: int) -> int | None:
    """Return the index after the card that begins at ``index``, or None when there is no card."""
    after = index + 1
    while page.name(after) in ("headline", "link") and after - index < MOST_RUN:
        after += 1
    run = range(index, after)
    if page.name(after) == "cut":
        return _with_credit(page, after + 1)
    if page.name(after) == "sentence" and page.is_boundary(_with_credit(page, after + 1)):
        foreign = page.share(after - 1, after) < CARD_SHARE
        if foreign and is_summary(page, after - 1, after):
            return _with_credit(page, after + 1)
        return None if len(run) == 1 else _foreign_lines(page, index, after)
    if page.is_boundary(after):
        limit = CARD_SHARE if len(run) > 1 or after < page.count else LONE_LINE_SHARE
        return after if page.share(*run) < limit else None
    return _foreign_lines(page, index, after)


def _foreign_lines(page: Page, start: int, end: int) -> int | None:
    """Lines that share nothing with the article, nor with the paragraphs that follow them.

    All of them or none: one line of a list that is the article's own vouches for the others.
    """
    if page.name(start - 1) == "headline" and page.kinds[start - 1] == ("body", None):
        return None
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
            return None
        index += 1
    return end


def is_summary(page: Page, heading: int, index: int) -> bool:
    """Tell whether a paragraph summarises the story of its heading rather than this article.

    It takes up a word of the heading, best one that the article has not used, and shares little
    with the article; without such a word it must share next to nothing.
    """
    taken_up = words(page.items[heading].text) & words(page.items[index].text)
    if taken_up - page.known:
        return page.share(index) < CARD_SHARE
    return page.share(index) < (LONE_LINE_SHARE if taken_up else ALIEN_SHARE)


def _with_credit(page: Page, index: int) -> int:
    """Step over the credit line of a card: outlet and author, before a boundary."""
    if index < page.count and page.name(index) in ("short", "headline", "credit", "date"):
        few = len(page.items[index].text.split()) <= CREDIT_WORDS
        if few and (page.is_boundary(index + 1) or page.name(index) in ("credit", "date")):
            return index + 1
    return index
