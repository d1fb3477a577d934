"""Which line of a page is its title, and what above it only looks like one."""

from __future__ import annotations

import re

from .forms import Form
from .mastheads import (
    MOST_MASTHEAD_WORDS,
    OUTLET_NAMES,
    OUTLET_WORD,
    TEXT_KIND,
    clean,
    is_capitalised,
    is_masthead,
    same_words,
)
from .paragraphs import Paragraph, is_final

PROMOTION_REACH = 5  # paragraphs within which a page's controls follow a promotion above them
HEAD_PARAGRAPHS = 25  # a title stands among the first paragraphs or nowhere
_STRIP = re.compile(r"\s*[|·•]\s*|\s{2,}|\t")
MOST_STRIP_WORDS = 5  # of one part of a strip
_BYLINED = re.compile(r"\b(?:by|von|par)\s", re.IGNORECASE)
_SUFFIX = re.compile(r"^(.{15,}?)\s+(?:[|–—-]|::|»|•)\s+([^|–—]{2,45})$")


def find_title(items: list[Paragraph], forms: list[Form]) -> int | None:
    """Return the index of the paragraph that is the page's title, or None.

    The first line of headline form before the first sentence; when controls of the page ("Edit
    post") stand between two such lines, the later one, for what stands above controls is a menu.
    """
    found: int | None = None
    controls_since = False
    for index, form in enumerate(forms[:HEAD_PARAGRAPHS]):
        if _is_markdown_title(items[index].text):
            return index
        if _is_passed_over(items, form, index):
            continue
        if form.name in ("headline", "link"):
            if found is None or _gives_way(items, forms, found, index, controls_since):
                found = index
                controls_since = False
        elif form.name == "cue":
            controls_since = True
        elif form.name == "short" and found is None and _is_short_title(items, forms, index):
            found = index
        elif form.name == "caption" and found is None:
            continue  # a picture above the headline
        elif form.name in ("sentence", "cut", "item", "caption") and (
            found is not None or not _is_promotion(forms, index)
        ):
            break
    return found


def _is_passed_over(items: list[Paragraph], form: Form, index: int) -> bool:
    """A line of headline form that names a kind of text or is a strip, and a page's tagline."""
    if form.name == "headline":
        text = items[index].text
        return TEXT_KIND.fullmatch(clean(text)) is not None or _is_strip(text)
    return form.name == "sentence" and _is_tagline(items, index)


def _gives_way(
    items: list[Paragraph], forms: list[Form], found: int, index: int, controls_since: bool
) -> bool:
    """Whether a line taken for the title is the page's name or menu, and a later one the title."""
    if is_masthead(items[found].text) or is_page_name(items, forms, found):
        return True
    return controls_since and not _byline_since(forms, found, index)


def _is_strip(text: str) -> bool:
    """A strip of data or links above an article: "Air alert: off | Kyiv +9 °C"."""
    parts = [part for part in _STRIP.split(text) if part]
    if len(parts) < 2 or any(len(part.split()) > MOST_STRIP_WORDS for part in parts):
        return False
    return len(parts) > 2 or all(any(map(str.isdigit, part)) for part in parts[1:])


def _is_tagline(items: list[Paragraph], index: int) -> bool:
    """What a page says of itself below its name: small letters, and no full stop."""
    text = items[index].text
    return index == 1 and text[:1].islower() and not is_final(text)


def is_page_name(items: list[Paragraph], forms: list[Form], index: int) -> bool:
    """The first line of a page, when a menu, a strip, a tagline or the day follows it at once."""
    text = clean(items[index].text)
    if index or len(items) < 2 or forms[0].name == "cue" or not _could_be_name(text):
        return False
    after = items[1].text
    if forms[1].name == "date":
        return is_capitalised(text) and not _BYLINED.search(after)
    return (
        forms[1].name == "ticker"
        or _is_strip(after)
        or _is_tagline(items, 1)
        or (forms[1].cue is not None and forms[1].cue.kind == "navigation")
    )


def _could_be_name(text: str) -> bool:
    words = text.split()
    return (
        len(words) <= MOST_MASTHEAD_WORDS
        and text[:1].isupper()
        and not TEXT_KIND.fullmatch(text)
        and text[-1:] not in "?!.:"
        and not any(map(str.isdigit, text))
    )


def _is_short_title(items: list[Paragraph], forms: list[Form], index: int) -> bool:
    """Two or three words are a title only when the byline or the date follows at once."""
    follows = forms[index + 1].name if index + 1 < len(forms) else ""
    text = items[index].text
    return (
        follows in ("date", "credit")
        and " " in text
        and not is_masthead(text)
        and ("headline" not in [form.name for form in forms[index : index + 6]])
    )


def _is_markdown_title(text: str) -> bool:
    return text.startswith("# ") and len(text) > 4


def _byline_since(forms: list[Form], start: int, end: int) -> bool:
    return any(form.name in ("date", "credit") for form in forms[start:end])


def _is_promotion(forms: list[Form], index: int) -> bool:
    """A sentence above the page's controls, with a headline still to come, is a promotion."""
    ahead = [form.name for form in forms[index + 1 : index + 1 + PROMOTION_REACH]]
    if "cue" not in ahead:
        return False
    after = ahead[ahead.index("cue") :] + [
        form.name for form in forms[index + 1 + PROMOTION_REACH : index + 10]
    ]
    return "headline" in after and "sentence" not in after[: after.index("headline")]


def title_and_suffix(items: list[Paragraph], title: int) -> tuple[str, str | None]:
    """Split "Title - Publisher" when the page itself, or the suffix, shows that it is one.

    >>> title_and_suffix([Paragraph(0, 40, "Vilnius funds drones | Baltic Daily")], 0)
    ('Vilnius funds drones', 'Baltic Daily')
    """
    text = clean(items[title].text)
    match = _SUFFIX.match(text)
    if match is None:
        return text, None
    head, suffix = match[1].strip(), match[2].strip()
    folded = same_words(head)
    repeated = any(same_words(item.text) == folded for item in items[: HEAD_PARAGRAPHS * 2])
    known = suffix.casefold() in OUTLET_NAMES
    if repeated or known or " | " in text or (OUTLET_WORD.search(suffix) and suffix[0].isupper()):
        return head, suffix
    return text, None
