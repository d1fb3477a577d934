"""The head of a page: which line is its title, and what names its publisher."""

from __future__ import annotations

import re
from pathlib import Path

from rates import tsv

from .dates import dateline
from .forms import Form
from .paragraphs import Paragraph, is_final

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
    r"|department|secretariat|chancellery|treasury|foundation|institute|centre|center|university"
    r"|association|federation|red cross|agency|ministerium|bundesregierung"
    r"|auswärtiges amt|ministère|gouvernement|ministerstwo|ministerija|vyriausybė|regeringen"
    r"|міністерство|уряд|посольство|министерство|правительство)\b",
    re.IGNORECASE,
)
# "Press release no. 44/2025": what kind of text this is, not what it is about.
_KIND = re.compile(
    r"(?:(?:press|news|media) (?:release|statement|item|note)|statement|communiqu[eé]|commentary"
    r"|analysis|opinion|policy brief|briefing|blog(?: post)?|speech|situation report|newsletter"
    r"|bulletin|pressemitteilung|for immediate release|прес-реліз|пресс-релиз)s?"
    r"(?:,?\s*(?:no|nr|n|№)?[.°:]?\s?[\d/.-]+)?",
    re.IGNORECASE,
)
# "Copyright Baltic Monitor Ltd 2025", "© 2025 Baltic Monitor. All rights reserved."
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)\s|copyright\b)\s*(?:©|\(c\))?\s*(?:by\s)?\s*(?:\d{4}(?:\s?[-–]\s?\d{4})?,?\s+)?(?:by\s)?"
    r"([^\W\d_][^.,|©•·\d]{1,45}?)"
    r"(?:,?\s(?:ltd|limited|inc|llc|gmbh|ab|as|oy|oü|uab|sia|plc|s\.a)\b\.?)?"
    r"\s*(?:[.,|•·\d]|all rights|$)",
    re.IGNORECASE,
)
_STRIP = re.compile(r"\s*[|·•]\s*|\s{2,}|\t")
MOST_STRIP_WORDS = 5  # of one part of a strip
_BYLINED = re.compile(r"\b(?:by|von|par)\s", re.IGNORECASE)
# "The Ledger | LIVE", "Horn Monitor — independent since 2009", "The Aid Brief #214"
_NAME_AND_MORE = re.compile(
    r"(.{4,40}?)(?:\s+\|\s+.{1,30}|\s+[–—-]\s+[a-z].{1,50}|,?\s+(?:#|no\.?\s?|issue\s)\d+.{0,30})$",
    re.IGNORECASE,
)
# Where a page speaks of itself.
_OWN = re.compile(
    r"\b(?:follow|subscribe|support|join|elsewhere on|more from|read us|download the|about|donate to"
    r"|newsletter|contact)\b",
    re.IGNORECASE,
)
LONGEST_FRAME = 120  # characters of a line of the page's frame
_PUBLISHER_LABEL = re.compile(
    r"(?:source|publisher|published by|organi[sz]ation|issued by)\s*:?", re.IGNORECASE
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
    r"|monitor|dispatch|courier|ledger|standard|examiner|sentinel|register|insider|globe|echo|argus"
    r"|express|bulletin|digest|advertiser|recorder|inquirer|argus|newswire|newsroom|podcast|notes"
    r"|zeitung|kurier|rundschau|anzeiger|tagblatt|blatt|nachrichten|quotidien|gazette|dépêche"
    r"|gazeta|dziennik|rzeczpospolita|diario|correo|corriere|giornale|dagblad|avisen|tidning"
    r"|вісник|газета|кур.єр|вестник|pravda)\b|\.(?:com|org|net|ua|lt|lv|ee|eu|de|uk|info|media)\b",
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
        if form.name == "headline" and (
            _KIND.fullmatch(clean(items[index].text)) or _is_strip(items[index].text)
        ):
            continue
        if form.name == "sentence" and _is_tagline(items, index):
            continue
        if form.name in ("headline", "link"):
            if (
                found is None
                or is_masthead(items[found].text)
                or _is_page_name(items, forms, found)
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


def _is_page_name(items: list[Paragraph], forms: list[Form], index: int) -> bool:
    """The first line of a page, when a menu, a strip, a tagline or the day follows it at once."""
    text = clean(items[index].text)
    if index or len(items) < 2 or forms[0].name == "cue" or not _could_be_name(text):
        return False
    after = items[1].text
    if forms[1].name == "date":
        return _is_capitalised(text) and not _BYLINED.search(after)
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
        and not _KIND.fullmatch(text)
        and text[-1:] not in "?!.:"
        and not any(map(str.isdigit, text))
    )


def _is_capitalised(text: str) -> bool:
    return all(word[0].isupper() or not word[0].isalpha() for word in text.split() if len(word) > 3)


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
    text = bare_name(text)
    few = len(text.split()) <= MOST_MASTHEAD_WORDS and not any(c.isdigit() for c in text)
    names = [word for word in text.split() if len(word) > 3]
    return (
        few
        and bool(_INSTITUTION.search(text) or _OUTLET_WORD.search(text))
        and all(not word[0].isalpha() or word[0].isupper() for word in names)
    )


def bare_name(text: str) -> str:
    """Return the name of an outlet without what stands beside it in the same line.

    >>> bare_name("The Ledger | LIVE"), bare_name("Horn Monitor — independent since 2009")
    ('The Ledger', 'Horn Monitor')
    """
    text = clean(text)
    match = _NAME_AND_MORE.fullmatch(text)
    if match is not None and _OUTLET_WORD.search(match[1]) and _is_capitalised(match[1]):
        return match[1].strip()
    return text


def in_title_case(name: str) -> str:
    """Return a name that is printed in capitals as it is usually written.

    >>> in_title_case("THE LAGOON TIMES"), in_title_case("BBC NEWS"), in_title_case("UNHCR")
    ('The Lagoon Times', 'BBC News', 'UNHCR')
    """
    parts = name.split()
    if len(parts) < 2 or not name.isupper():
        return name
    small = {"THE": "The", "OF": "of", "AND": "and", "FOR": "for", "IN": "in"}
    return " ".join(small.get(p, p.title() if len(p) > 3 else p) for p in parts)


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
    above = [
        text
        for index in range(title or 0)
        if index not in furniture
        and forms[index].name != "caption"
        and is_masthead(text := bare_name(items[index].text))
    ]
    if above:
        named = next((text for text in above if not text.startswith("Government ")), above[0])
        return in_title_case(named)
    if title and _is_page_name(items, forms, 0) and " " in items[0].text:
        return in_title_case(clean(items[0].text))
    for index in range(min(body, len(items)) - 1):
        if _PUBLISHER_LABEL.fullmatch(items[index].text) and forms[index + 1].name in (
            "short",
            "headline",
        ):
            return clean(items[index + 1].text)
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


def name_around(items: list[Paragraph], title: int | None, body: int) -> str | None:
    """Return the name that the page's own frame gives: above the title and again below, or after ©.

    A short line above the title may be a menu entry; it is a name when the page asks to follow,
    join or support it, or claims its rights under it.
    """
    frame = [item.text for item in items[body:] if len(item.text) <= LONGEST_FRAME]
    rights = [match[1].strip() for text in frame if (match := _COPYRIGHT.search(text))]
    for item in items[: min(title or 0, HEAD_PARAGRAPHS)]:
        name = clean(item.text)
        few = len(name.split()) <= MOST_MASTHEAD_WORDS and name[:1].isupper()
        if not few or any(c.isdigit() for c in name):
            continue
        again = re.compile(rf"\b{re.escape(name)}\b")
        if any(again.search(holder) for holder in rights) or any(
            _OWN.search(text) and again.search(text) for text in frame
        ):
            return name
    return rights[-1] if rights else None


def _from_credit(items: list[Paragraph]) -> str | None:
    for item in items:
        if len(item.text) > 80:
            continue
        match = _GLUED_CREDIT.fullmatch(item.text)
        if match is not None and (match[1].startswith("The ") or _OUTLET_WORD.search(match[1])):
            return match[1]
        outlet = outlet_of(item.text)
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
