"""What the name of a publisher looks like: institutions, outlets, their domains."""

from __future__ import annotations

import re

from ..text import data_tables

MOST_MASTHEAD_WORDS = 7
_OUTLETS = {row["domain"]: row["name"] for row in data_tables.table("outlets")}
OUTLET_NAMES = {name.casefold() for name in _OUTLETS.values()}
_BODIES = (
    r"ministry|government|office|council|commission|embassy|parliament|presidency|fund|bank",
    r"department|secretariat|chancellery|treasury|foundation|institute|centre|center|university",
    r"association|federation|red cross|agency|senate|assembly",
    r"house of (?:commons|lords|representatives)",
    # as they call themselves in English texts as well
    r"kommune|municipality|bundestag|riksdag|storting|sejm|seimas|saeima|riigikogu",
    r"ministerium|bundesregierung|auswärtiges amt|ministère|gouvernement",
    r"ministerstwo|ministerija|vyriausybė|regeringen",
    r"міністерство|уряд|посольство|министерство|правительство",
)
_INSTITUTION = re.compile(rf"\b(?:{'|'.join(_BODIES)})\b", re.IGNORECASE)
# "Press release no. 44/2025": what kind of text this is, not what it is about.
_TEXT_KINDS = (
    r"(?:press|news|media) (?:release|statement|item|note)|statement|communiqu[eé]|commentary",
    r"analysis|opinion|policy brief|briefing|blog(?: post)?|speech|situation report|newsletter",
    r"bulletin|pressemitteilung|for immediate release|прес-реліз|пресс-релиз",
)
TEXT_KIND = re.compile(
    rf"(?:{'|'.join(_TEXT_KINDS)})s?(?:,?\s*(?:no|nr|n|№)?[.°:]?\s?[\d/.-]+)?", re.IGNORECASE
)
# "The Ledger | LIVE", "Horn Monitor — independent since 2009", "The Aid Brief #214"
_SUBTITLE = r"(?:(?-i:[a-z])|english|international|online).{1,50}"
_NAME_AND_MORE = re.compile(
    rf"(.{{4,40}}?)(?:\s+\|\s+.{{1,30}}|\s+[–—-]\s+{_SUBTITLE}"
    r"|,?\s+(?:#|no\.?\s?|issue\s)\d+.{0,30})$",
    re.IGNORECASE,
)
_OUTLET_WORDS = (
    r"news|times|post|herald|tribune|independent|guardian|telegraph|gazette|journal|chronicle",
    r"observer|mirror|agency|press|radio|media|online|today|daily|weekly|magazine|broadcasting",
    r"monitor|dispatch|courier|ledger|standard|examiner|sentinel|register|insider|globe|echo|argus",
    r"express|bulletin|digest|advertiser|recorder|inquirer|argus|newswire|newsroom|podcast|notes",
    # German, French
    r"zeitung|kurier|rundschau|anzeiger|tagblatt|blatt|nachrichten",
    r"quotidien|observateur|gazette|dépêche",
    # Polish, Spanish, Italian, of the north, Ukrainian and Russian
    r"gazeta|dziennik|rzeczpospolita|diario|correo|corriere|giornale|dagblad|avisen|tidning",
    r"вісник|газета|кур.єр|вестник|pravda",
)
_ENDING = r"\.(?:com|org|net|ua|lt|lv|ee|eu|de|uk|info|media)"
OUTLET_WORD = re.compile(rf"\b(?:{'|'.join(_OUTLET_WORDS)})\b|{_ENDING}\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\s{3,}\d{1,4}$")  # at the end of a printed page's head
_ELIDED = re.compile(r"\b[ld]['’]")
_DOMAIN = re.compile(
    r"(?:source\s*:\s*)?(?:https?://)?(?:www\.)?((?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,10})(?:/\S*)?",
    re.IGNORECASE,
)


def same_words(text: str) -> str:
    """Return ``text`` with only its letters and digits, folded: equal for a repeated title."""
    return "".join(filter(str.isalnum, text.casefold()))


def is_masthead(text: str) -> bool:
    """Tell whether a line could be the name of who publishes: short, an institution or outlet.

    >>> is_masthead("Ministry of National Defence"), is_masthead("Ministry pays 3 million")
    (True, False)
    """
    text = bare_name(text)
    few = len(text.split()) <= MOST_MASTHEAD_WORDS and not any(c.isdigit() for c in text)
    return (
        few
        and not TEXT_KIND.fullmatch(text)
        and bool(_INSTITUTION.search(text) or OUTLET_WORD.search(text))
        and is_capitalised(text)
    )


def bare_name(text: str) -> str:
    """Return the name of an outlet without what stands beside it in the same line.

    >>> bare_name("The Ledger | LIVE"), bare_name("Horn Monitor — independent since 2009")
    ('The Ledger', 'Horn Monitor')
    """
    text = clean(text)
    match = _NAME_AND_MORE.fullmatch(text)
    if match is not None and OUTLET_WORD.search(match[1]) and is_capitalised(match[1]):
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


def is_capitalised(text: str) -> bool:
    bare = _ELIDED.sub("", text)  # l'Est
    return all(word[0].isupper() or not word[0].isalpha() for word in bare.split() if len(word) > 3)


def clean(text: str) -> str:
    """Return a heading without its Markdown marks.

    >>> clean("## **Vilnius pays** ##")
    'Vilnius pays'
    """
    text = _PAGE_NUMBER.sub("", text.strip()).strip("#").strip()
    if text.startswith("[") and "](" in text:
        text = text[1 : text.index("](")]
    return text.strip("*_ ").strip()


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
