"""From the first paragraph of an article to the end of the page: article or furniture."""

from __future__ import annotations

import re

from .cards import is_summary, sort_heading
from .forms import PROMOTION_CUE, FurnitureCue, lone_rate
from .sorting import FURNITURE, Page, keep

_LARGE = re.compile(r"\b(?:thousand|million|billion|mn|bn|mln|mio|mrd)\b|000\b", re.IGNORECASE)
RESUME_SHARE = 0.30  # share of its words known from the article: two paragraphs that go on
RESUME_PLAIN_SHARE = 0.20  # the same below headlines that had no summaries
RESUME_ALONE_SHARE = 0.45  # the same for a single paragraph
LONGEST_LABEL = 6  # words of a label between account numbers
LABEL_GAP = 2  # labels between two account numbers
MOST_APPEAL = 4  # sentences between the heading of an appeal and its account numbers
LONGEST_APPEAL = 300  # characters of one of them

LISTED = ("headline", "link", "short", "stamp", "item")  # forms in a list of links
LONGEST_COMMENTER = 80  # characters of the line that names who comments, and when
COMMENT_REASON = "a comment by a reader"
# "Anna K.  5 July 2023 at 12:40"
_COMMENT_DAY = r"(?:\d{1,2}[./ ]|[A-Z][a-z]+\.?\s\d).{4,20}\d{4}"
_COMMENTER = re.compile(
    r"(?!(?:by|von|par|updated|published|posted)\b)[^\W\d][^|•]{1,40}?[\s,·-]+(?:on\s)?"
    rf"{_COMMENT_DAY},?\s+(?:at\s+|um\s+)?\d{{1,2}}[:.]\d{{2}}",
    re.IGNORECASE,
)
NEAR = 12  # paragraphs above a price in which a table would say its unit
PRICE_REASON = "the price of a thing, in a line of its own"
FEED_REASON = "an entry of the page's news feed, another story"
TICKER_REASON = "a line of exchange or market rates"
DONATION_REASON = "bank, card or wallet details for donations"


def sort_body(page: Page, body: int) -> None:
    index = body
    while index < page.count:
        form = page.forms[index]
        if form.cue is not None:
            index = _sort_cue(page, index, form.cue)
        elif form.name == "stamp" and page.established and not page.is_live(index):
            index = _sort_rest(page, index, FurnitureCue("feed", "rest", FEED_REASON))
        elif page.established and _is_dated_card(page, index):
            page.mark([index, index + 1], "feed", FEED_REASON)
            index += 2
        elif _in_rates(page, index):
            page.mark([index], "ticker", TICKER_REASON)
            index += 1
        elif form.name == "account":
            index = _sort_accounts(page, index)
        elif form.name == "ticker":
            page.mark([index], "ticker", TICKER_REASON)
            index += 1
        elif page.established and _is_comment(page, index):
            index = _sort_cue(page, index, FurnitureCue("navigation", "rest", COMMENT_REASON))
        elif form.name == "price" and page.established and not _has_large_sums(page, index):
            page.mark([index], "subscription", PRICE_REASON)
            index += 1
        elif form.name in ("headline", "link", "short"):
            index = sort_heading(page, index)
        else:
            keep(page, index)
            index += 1


def _is_dated_card(page: Page, index: int) -> bool:
    """A date line and a headline, and no text of their own: an entry of a list of news."""
    if page.name(index) != "date" or page.name(index + 1) not in ("headline", "link"):
        return False
    return page.name(index + 2) in ("date", "end") or page.is_boundary(index + 2)


def _in_rates(page: Page, index: int) -> bool:
    """A line with one rate, beside a line with the rate of another currency."""
    own = lone_rate(page.items[index].text)
    if own is None:
        return False
    beside = [page.items[at].text for at in (index - 1, index + 1) if 0 <= at < page.count]
    return any(other not in (None, own) for other in map(lone_rate, beside))


def _is_comment(page: Page, index: int) -> bool:
    """A name with a day and a time of day, as another has above or below: comments of readers."""
    if not _is_commenter(page, index):
        return False
    further = (index - 2, index - 1, *range(index + 2, min(index + 5, page.count)))
    return any(_is_commenter(page, at) for at in further if at >= 0)


def _is_commenter(page: Page, index: int) -> bool:
    text = page.items[index].text
    if len(text) > LONGEST_COMMENTER or not text[-1].isdigit():
        return False
    return _COMMENTER.fullmatch(text) is not None


def _has_large_sums(page: Page, index: int) -> bool:
    """A row of a table or list whose head, or whose other rows, count in thousands or more."""
    for at in range(index - 1, max(index - 1 - NEAR, -1), -1):
        text = page.items[at].text
        if page.name(at) == "sentence" and not text.endswith(":"):
            return False
        if _LARGE.search(text):
            return True
    return False


def _sort_cue(page: Page, index: int, cue: FurnitureCue) -> int:
    page.mark([index], cue.kind, cue.reason)
    if cue.extent == "rest":
        return _sort_rest(page, index + 1, cue)
    if cue.extent == "list":
        return _sort_list(page, index + 1, cue)
    if cue.extent == "block":
        return _sort_block(page, index, cue)
    if cue.extent == "quoted":
        return _sort_quoted(page, index + 1, cue)
    return index + 1


def _sort_quoted(page: Page, index: int, cue: FurnitureCue) -> int:
    """An earlier mail below a reply: its lines with ">", or all that follows when none has it."""
    end = index
    while end < page.count and page.items[end].text.startswith(">"):
        end += 1
    end = page.count if end == index else end
    page.mark(range(index, end), cue.kind, cue.reason)
    return end


def _sort_block(page: Page, index: int, cue: FurnitureCue) -> int:
    """A line such as "A message from our sponsor": the headings and the paragraph below it."""
    heading = page.items[index].text
    after = index + 1
    while page.name(after) in ("headline", "link"):
        after += 1
    if _is_offer(page, after):
        page.mark(range(index + 1, after), cue.kind, cue.reason)
        return after
    end = _sort_list(page, index + 1, cue)
    if ":" in heading or end > after or not (page.established or heading.isupper()):
        return end
    if page.name(end) not in ("sentence", "cut") or page.share(end) >= RESUME_SHARE:
        return end
    page.mark([end], cue.kind, cue.reason)
    return end + 1


def _sort_list(page: Page, index: int, cue: FurnitureCue) -> int:
    """A heading such as "Related": the headlines below it, with their summaries."""
    page.learn(index)
    start = index
    entries = summaries = 0
    while index < page.count and (page.name(index) in LISTED or _is_offer(page, index)):
        if page.name(index) == "short" and not page.is_boundary(index + 1):
            further = page.name(index + 1) in ("headline", "link")
            if not further or (
                page.name(index + 2) in ("sentence", "item")
                and not _is_next_label(page, start, index)
                and not _is_credited_card(page, index + 1)
            ):
                break  # a section heading of the article that goes on
        entries += page.name(index) in ("headline", "link")
        page.mark([index], cue.kind, cue.reason)
        index += 1
        if page.name(index) == "cut" or (
            page.name(index) == "sentence"
            and page.name(index + 1) != "sentence"
            and (entries < 2 or summaries)  # entries without one: the last has none either
            and is_summary(page, index - 1, index)
        ):
            page.mark([index], cue.kind, cue.reason)
            summaries += 1
            index += 1
            if _is_credited_card(page, index - 2):
                while page.name(index) in ("credit", "date"):
                    page.mark([index], cue.kind, cue.reason)
                    index += 1
    return index


def _is_offer(page: Page, index: int) -> bool:
    if index >= page.count:
        return False
    return page.forms[index].cue is PROMOTION_CUE or page.name(index) == "price"


def _is_next_label(page: Page, start: int, index: int) -> bool:
    """A label in capitals above a headline, as the entry of the list before it has one."""
    return (
        index - 2 >= start
        and page.name(index - 2) == "short"
        and page.items[index].text.isupper()
        and page.items[index - 2].text.isupper()
    )


def _is_credited_card(page: Page, index: int) -> bool:
    """A headline, its summary, and whose it is."""
    return page.name(index) in ("headline", "link") and page.name(index + 2) in ("credit", "date")


def _sort_rest(page: Page, index: int, cue: FurnitureCue) -> int:
    """Everything below a heading such as "Most popular", until the article goes on."""
    page.learn(index)
    plain = True  # so far headlines without summaries
    while index < page.count and not _goes_on(page, index, plain):
        form = page.forms[index]
        plain = plain and form.name not in ("sentence", "cut", "stamp")
        if form.cue is not None and form.cue.extent == "end":
            page.mark([index], form.cue.kind, form.cue.reason)
            return index + 1
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


def _goes_on(page: Page, index: int, plain: bool) -> bool:
    """Tell whether the article goes on at ``index``: full sentences in the article's words.

    Below headlines that had no summaries (``plain``), two sentences are no summary either: they
    need fewer of its words.
    """
    if page.name(index) != "sentence" or page.name(index - 1) == "stamp":
        return False
    if page.name(index + 1) == "sentence":
        least = RESUME_PLAIN_SHARE if plain else RESUME_SHARE
        return page.share(index) >= least and page.share(index, index + 1) >= least
    return page.share(index) >= RESUME_ALONE_SHARE


def _sort_accounts(page: Page, index: int) -> int:
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


def _appeal(page: Page, index: int) -> int:
    """Return where the appeal for donations above an account number begins: at its heading."""
    begin = index
    for above in range(index - 1, max(index - 1 - MOST_APPEAL, -1), -1):
        kind = page.kinds[above]
        if kind is not None and kind[0] == "donation":
            begin = above
        if len(page.items[above].text) > LONGEST_APPEAL:
            break
    return begin


def _is_label(page: Page, index: int) -> bool:
    kind = page.kinds[index]
    if kind is not None and kind[0] in FURNITURE and kind[0] not in ("donation", "teaser"):
        return False
    text = page.items[index].text
    named = page.name(index) in ("short", "headline")
    return named and len(text.split()) <= LONGEST_LABEL and not any(c.isdigit() for c in text)


def close_gaps(page: Page, body: int) -> None:
    """Short lines between two furniture paragraphs, or after the last, belong to them."""
    index = body
    while index < page.count:
        if not _is_loose(page, index) or index == 0 or not is_furniture(page, index - 1):
            index += 1
            continue
        end = index
        while end < page.count and _is_loose(page, end):
            end += 1
        if end == page.count or (is_furniture(page, end) and end - index <= LABEL_GAP):
            kind, reason = page.kinds[index - 1] or ("navigation", None)
            page.mark(range(index, end), kind, reason)
        index = end


def _is_loose(page: Page, index: int) -> bool:
    return page.name(index) == "short" and page.kinds[index] == ("body", None)


def is_furniture(page: Page, index: int) -> bool:
    kind = page.kinds[index]
    return kind is not None and kind[0] in FURNITURE
