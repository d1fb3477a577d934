"""The head of a page: which line is its title, and what names its publisher."""

from __future__ import annotations

import re
from pathlib import Path

from rates import tsv

from .dates import dateline
from .forms import Form
from .paragraphs import Paragraph

_DATA = Path(__file__).resolve().parents[1] / "data"

HEAD_PARAGRAPHS = 25  # a title stands among the first paragraphs or nowhere
PROMOTION_REACH = 5  # paragraphs within which a page's controls follow a promotion above them
MOST_MASTHEAD_WORDS = 7

_OUTLETS = {row["domain"]: row["name"] for row in tsv.rows(_DATA / "outlets.tsv")}
_OUTLET_NAMES = {name.casefold() for name in _OUTLETS.values()}
_TEAM = re.compile(
    r"by\s+((?:the\s+)?[^,|•·\d]{2,60}?)(?:['’]s)?\s+(?:news\s+desk|newsdesk|newsroom|news\s+team"
    r"|editorial\s+(?:team|board|staff)|staff|desk|editors)\b",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"\b(?:ministry|government|office|council|commission|embassy|parliament|presidency|fund|bank"
    r"|department|secretariat|chancellery|treasury|foundation|ministerium|bundesregierung"
    r"|auswärtiges amt|ministère|gouvernement|ministerstwo|ministerija|vyriausybė|regeringen"
    r"|міністерство|уряд|посольство|министерство|правительство)\b",
    re.IGNORECASE,
)
_AFTER_PLACE = re.compile(r"[^•·]{2,32}\s[•·]\s+([^•·]{2,42})")
_IN_DATELINE = re.compile(r"[(/]\s*([^\W\d_][\w .&-]{1,30}?)\s*[)/]")
_WRITES = re.compile(
    r"\b(?:writes|reports|informs)\s+([A-ZА-ЯҐЄІЇ][\w.-]*(?:\s+[A-ZА-ЯҐЄІЇ][\w.-]*){0,2})"
    r"(?:\s+with\s+reference|\s+citing|,\s+citing)"
)
_SUFFIX = re.compile(r"^(.{15,}?)\s+(?:[|–—-]|::|»|•)\s+([^|–—]{2,45})$")
_OUTLET_WORD = re.compile(
    r"\b(?:news|times|post|herald|tribune|independent|guardian|telegraph|gazette|journal|chronicle"
    r"|observer|mirror|agency|press|radio|media|online|today|daily|weekly|magazine|broadcasting"
    r"|zeitung|pravda)\b|\.(?:com|org|net|ua|lt|lv|ee|eu|de|uk|info|media)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[—–|•·,;]\s*|\s-\s")
# "The Daily NameJane Doe": a credit line whose two parts lost the space between them.
_GLUED_CREDIT = re.compile(
    r"((?:The\s)?(?:[A-Z][\w’'-]*\s)*[A-Z][a-z]+)([A-Z][a-zé]+(?:\s[A-Z][\w’'.-]+){1,2})"
)
_DOMAIN = re.compile(
    r"(?:source\s*:\s*)?(?:https?://)?(?:www\.)?((?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,10})(?:/\S*)?",
    re.IGNORECASE,
)


def same_words(text: str) -> str:
    """Return ``text`` with only its letters and digits, folded: equal for a repeated title."""
    return "".join(filter(str.isalnum, text.casefold()))


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
        if form.name in ("headline", "link"):
            if (
                found is None
                or is_masthead(items[found].text)
                or (controls_since and not _byline_since(forms, found, index))
            ):
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


def is_masthead(text: str) -> bool:
    """Tell whether a line could be the name of who publishes: short, an institution or outlet.

    >>> is_masthead("Ministry of National Defence"), is_masthead("Ministry pays 3 million")
    (True, False)
    """
    text = clean(text)
    few = len(text.split()) <= MOST_MASTHEAD_WORDS and not any(c.isdigit() for c in text)
    names = [word for word in text.split() if len(word) > 3]
    return (
        few
        and bool(_INSTITUTION.search(text) or _OUTLET_WORD.search(text))
        and all(not word[0].isalpha() or word[0].isupper() for word in names)
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
    known = suffix.casefold() in _OUTLET_NAMES
    if repeated or known or " | " in text or (_OUTLET_WORD.search(suffix) and suffix[0].isupper()):
        return head, suffix
    return text, None


def clean(text: str) -> str:
    """Return a heading without its Markdown marks.

    >>> clean("## **Vilnius pays** ##")
    'Vilnius pays'
    """
    text = text.strip().strip("#").strip()
    if text.startswith("[") and "](" in text:
        text = text[1 : text.index("](")]
    return text.strip("*_ ").strip()


def find_publisher(
    items: list[Paragraph],
    forms: list[Form],
    title: int | None,
    body: int,
    furniture: frozenset[int],
) -> str | None:
    """Return the publisher that the page itself names, or None.

    In order: an institution above the title, the desk in a byline, the agency beside the place,
    the agency in a dateline, an agency that names itself as the writer, a credit line, a line
    that is only a known domain.
    """
    for index in range(title or 0):
        above = clean(items[index].text)
        if index not in furniture and forms[index].name != "caption" and is_masthead(above):
            return above
    for index in range(min(body + 1, len(items))):
        text = items[index].text
        if forms[index].name in ("date", "credit") and index not in furniture:
            match = _TEAM.match(text) or _AFTER_PLACE.fullmatch(text)
            if match is not None and not match[1].strip()[0].isdigit():
                return match[1].strip().removeprefix("the ")
            for part in _PARTS.split(text.removeprefix("by ").removeprefix("By ")):
                if part.strip().casefold() in _OUTLET_NAMES:
                    return part.strip()
                outlet = outlet_of(part.strip())
                if outlet is not None:
                    return outlet
    for index in range(body, min(body + 3, len(items))):
        text = items[index].text
        match = _IN_DATELINE.search(dateline(text))
        if match is not None:
            return match[1].strip()
        match = _WRITES.search(text[:600])
        if match is not None:
            return match[1].strip()
    return _from_credit(items)


def _from_credit(items: list[Paragraph]) -> str | None:
    for item in items:
        if len(item.text) > 80:
            continue
        match = _GLUED_CREDIT.fullmatch(item.text)
        if match is not None and (match[1].startswith("The ") or _OUTLET_WORD.search(match[1])):
            return match[1]
        outlet = outlet_of(item.text) if "." in item.text else None
        if outlet is not None:
            return outlet
    return None


def outlet_of(address: str | None) -> str | None:
    """Return the outlet whose domain or web address ``address`` is, or None.

    >>> outlet_of("https://www.kyivindependent.com/a-page"), outlet_of("Kyiv")
    ('The Kyiv Independent', None)
    """
    match = _DOMAIN.fullmatch(address or "")
    domain = match[1].lower() if match is not None else ""
    while "." in domain:
        if domain in _OUTLETS:
            return _OUTLETS[domain]
        domain = domain.split(".", 1)[1]
    return None
