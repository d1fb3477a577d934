"""What each paragraph looks like, by its form alone: sentence, headline, stamp, cue, account …

The forms are judged without the place on the page; ``zones`` adds the place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..text import data_tables
from .dates import dateline, is_date_line
from .paragraphs import CLOSING, is_final
from .prices import is_price, is_promotion

LONGEST_HEADING = 220  # characters; longer lines are prose, whatever their last mark
SHORTEST_HEADLINE = 20
FEWEST_HEADLINE_WORDS = 4  # below, a line is a section heading or a name
LONGEST_CAPTION = 600  # characters
LONGEST_CUE_LINE = 25  # words of a line that a "start" cue may open
MOST_CUE_WORDS = {"rest": 9, "list": 9, "block": 6}  # and when it also takes what follows


class FurnitureCue(NamedTuple):
    """A line of furniture.tsv: the zone kind, how far it reaches, and the reason to tell."""

    kind: str
    extent: str
    reason: str


class Form(NamedTuple):
    """What a paragraph looks like; ``cue`` says which furniture a cue line opens.

    ``name`` is one of: cue, stamp, account, ticker, price (a few words and a small sum), date,
    credit (bylines and counters), caption, item (of a list, or a row of a table), link, cut (a
    sentence that breaks off), sentence, headline, short.
    """

    name: str
    cue: FurnitureCue | None = None


_WHOLE: dict[str, FurnitureCue] = {}
_START: dict[str, list[tuple[str, FurnitureCue]]] = {}
for _row in data_tables.table("furniture"):
    _cue = FurnitureCue(_row["kind"], _row["extent"], _row["reason"])
    if _row["match"] == "whole":
        _WHOLE[_row["cue"]] = _cue
    else:
        _START.setdefault(_row["cue"].split()[0].rstrip(":"), []).append((_row["cue"], _cue))

for _entries in _START.values():
    _entries.sort(key=lambda entry: -len(entry[0]))  # "read more about" before "read more"

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "ʼ": "'"})
_EDGES = " \t*#_-–—:.!…»›>→«|•·=()[]+0123456789"
_ZONE = r"CES?T|EES?T|GMT|UTC|BST|E[SD]T|MSK"
_STAMPS = (
    rf"\d{{1,2}}[:.]\d{{2}}(?:\s*[ap]\.?m\.?)?(?:\s*(?:{_ZONE}))?",  # "10:04 AM EST"
    r"\d{1,2}\s*[ap]\.?m\.?",
    r"(?:\d{1,2}|an?|one|two)\s+(?:second|minute|min|hour|day|week)s?\.?\s+ago",
    r"(?:yesterday|today),?(?:\s+(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?)?",
    r"\d{1,2}\s+(?:хвилин|годин|минут|часов)\w*\s+(?:тому|назад)",
    r"vor\s+\d{1,2}\s+(?:Minuten|Stunden)",
)
_STAMP = re.compile(rf"(?:{'|'.join(_STAMPS)})", re.IGNORECASE)
# "1.2k views", "5 min read"
_COUNTED = (
    r"views?|comments?|shares?|reads?|min(?:ute)?s?(?:\s+(?:to\s+)?read)?",
    r"min\.?\s+read(?:ing)?|переглядів|просмотров|хв\.?|min\.?\s+Lesezeit",
)
_COUNTER = re.compile(rf"\W*\d[\d.,k]*\s*(?:{'|'.join(_COUNTED)})\W*", re.IGNORECASE)
_BYLINES = (
    r"(?:(?:[Ww]ritten |[Rr]eported |[Ss]tory )?[Bb]y|BY|[Vv]on|[Pp]ar)\s+[“\"]?[A-ZÀ-ÞĀ-ŽЀ-Я]",
    r"(?:Author|Authors|Автор|Autor|Auteur|Reporter|Editor|Editing|Reporting|Writing)\b\s*(?:by|:)",
    r"(?:Source|Sources|Джерело|Источник|Quelle)\s*:\s\S",
    r"\((?:Reporting|Writing|Editing|Additional reporting) by\b",
)
_BYLINE = re.compile("|".join(_BYLINES))
_PLACE_AND_OUTLET = re.compile(r"[^\W\d_][\w .'’-]{1,30}\s+[•·]\s+[^\W\d_][\w .'’-]{1,40}")
_PICTURE = r"photo(?:s|graph)?|image|picture|pic|credit|illustration|file photo|courtesy"
_PICTURE_ABROAD = r"фото|зображення|foto|bild"
_MAKERS = (
    # "Photo: Ann Lind", "Image courtesy of …"
    rf"\b(?:{_PICTURE}|{_PICTURE_ABROAD})\s*(?::|by\b|©|/|courtesy)",
    r"getty images|shutterstock|©",
    r"[|/(][^|/()]{2,40}\b(?:photo|foto|nuotr)\.?\)?$",  # "(Baltic Wire photo)"
    r"\bvia\s?(?:facebook|telegram|ap|afp|reuters|x)\b",
)
_NAMES_MAKER = re.compile("|".join(_MAKERS), re.IGNORECASE)
_NAMES_AGENCY = re.compile(
    r"[(/\[](?:(?:(?<=[(/\[])(?:afp|ap|epa|reuters|unsplash)"
    r"|(?<=\w/)\s?(?:facebook|telegram|ap|afp|reuters|x))\b)",
    re.IGNORECASE,
)
# One of these is in every match: most prose is passed over in a tenth of the time.
_MAKER_MARKS = (
    *"© photo imag pic credit illustr courtesy фото зображ foto bild getty via".split(),
    *"shutterstock nuotr".split(),
)
_AGENCY_MARKS = ("(", "/", "[")
# "… signed it on Monday. (Ministry of Defense)": a finished sentence and a source in brackets.
_CREDIT_IN_BRACKETS = re.compile(r"[.!?][\"”’]?\s*\([^()]{2,60}\)$")
_CUT = ("…", "...", "[…]", "[...]", "… read more", "...read more", "… more")
_ITEM = re.compile(r"(?:[-–—*•·▪●◦‣►✓]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+\S")
_LINK = re.compile(r"(?:[-*•]\s+)?\[[^\]\n]{3,200}\]\(\S{1,300}\)")

_IBAN = re.compile(r"[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?")
_CARD = re.compile(r"(?:\d{4}[ -]?){3}\d{4}(?:[ -]?\d{3})?")
_WALLETS = (
    r"0x[0-9a-fA-F]{40}|bc1[0-9a-z]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34}",
    r"T[1-9A-HJ-NP-Za-km-z]{33}|ltc1[0-9a-z]{30,60}|[48][1-9A-HJ-NP-Za-km-z]{94}",
)
_WALLET = re.compile("|".join(_WALLETS))
# What is in every account number, card or wallet: much faster to look for, and hardly ever there.
_ACCOUNT_LIKE = re.compile(r"[A-Z]{2}\d{2}\s?[A-Z0-9]{4}|\d{4}[ -]?\d{4}|[0-9A-Za-z]{26}")
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}|(?:\+|\b00)\d{1,3}[\d ()/.-]{6,18}\d\b"
)
_RATE_WORDS = (
    "USD EUR GBP UAH PLN CHF JPY CNY RUB SEK NOK DKK CZK TRY BTC ETH USDT NBU ECB Brent WTI "
    "gold oil silver bitcoin ethereum date buy sell rate rates НБУ курс USD/UAH EUR/USD"
).split()
_RATE_WORD = re.compile(rf"\b(?:{'|'.join(_RATE_WORDS)})\b|[$€£¥₴₿/|▲▼↑↓△▽•·:%+–-]", re.IGNORECASE)
_PLAIN_RATE_WORDS = frozenset(word.lower() for word in _RATE_WORDS)
_TABS = re.compile(r"[,|/·•]")  # "Newest, Most read": two lists that a reader can switch between
_LONE_RATE = re.compile(r"([A-Z]{3}|[$€£¥₴₽])\s*[:=–-]?\s*\d{1,4}[.,]\d{2,4}")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d[\d.,]*")
# "($1 = 10.84 crowns)": the rate that an agency prints below a dispatch.
_RATE_NOTE = re.compile(
    r"\(?(?:(?:[A-Z]{0,3}[$€£¥]|[A-Z]{3}\s?)1|1\s[\w. ]{2,20})"
    r" ?= ?[$€£¥]?\d+[.,]\d+[\w $€£¥]{0,30}\)?"
)
_HOME = r"home|home page|start|startseite|accueil|головна|главная"
_BREADCRUMB = re.compile(
    r"[^.!?\d>»›→]{2,30}(?:\s[>»›→]\s[^.!?>»›→]{2,60}){1,5}"
    rf"|(?:{_HOME})(?:\s[/|]\s[^.!?/|]{{2,60}}){{1,5}}",
    re.IGNORECASE,
)
_PATH_MARK = re.compile(r"[>»›→/|]")  # one is in every breadcrumb
# "On 3 March 2025, Ann Lind <a@x.example> wrote:", "-----Original Message-----"
_WROTE = r"wrote|schrieb\b.{0,40}|a écrit|escribió|ha scritto|skrev|napisał\(?a?\)?"
_QUOTED = re.compile(
    rf"(?:>\s?)*(?:(?:On|Am|Le|El|Il|Den|W dniu)\b.{{5,150}}\b(?:{_WROTE})\s?:"
    r"|-{3,}\s?Original (?:Message|Nachricht)\s?-{3,})",
    re.IGNORECASE,
)
# "Privacy | Terms | Work for us": entries of a few words, and no figures.
_MENU = re.compile(r"(?:[^|.!?\d]{1,32}\|){2,}[^|.!?\d]{1,30}")
_GLUED = re.compile(r"\d+\.\d+\.\d{2,}|\d+,\d+,\d{1,2}(?!\d)")  # 41.220.00: a rate and its change
_RATE = re.compile(r"\d{1,5}[.,]\d{2,4}")
# "Kenya | €1,000,000 | Kenya", "No. 28 / May 3, 2023 / $300M", "Spain      $308 million    85%"
_CELL_END = r"(?:\s?\||\s/\s|\s{2,}|\t|$)"
_LARGE_SUM = (
    r"\d[\d,.]*\s?(?:thousand|million|billion|crore|lakh|mn|bn|[MmBbKk])\b"
    r"|\d{1,3}(?:[,.]\d{3}){2,4}\b"
)
_CELL_EDGE = re.compile(r"\||\s/|\s{2}|\t")  # one stands in every row of cells: asked first
_CELLS = re.compile(
    r"[^|\n]{0,80}[^\W\d][^|\n]{0,80}?(?:\||\s/|\s{2}|\t)\s*"
    rf"(?:[A-Z]{{1,3}}\s?)?[$€£¥]?\s?(?:{_LARGE_SUM})(?:\s[A-Z]{{3}})?{_CELL_END}"
)

# What a page tells screen readers of a list of links: "list of 3 items", "list 1 of 3Why …".
_SPOKEN_LIST = re.compile(
    r"list (?:of \d{1,2} items|\d{1,2} of \d{1,2})|end of list$", re.IGNORECASE
)
SPOKEN_CUE = FurnitureCue("related", "line", "a link to a related story")
LIST_END_CUE = FurnitureCue("related", "end", "the end of a list of links")
PROMOTION_CUE = FurnitureCue(
    "subscription", "line", "an offer or a price to the readers of the page"
)
BREADCRUMB_CUE = FurnitureCue("navigation", "line", "the path to the page within its site")
QUOTED_CUE = FurnitureCue("related", "quoted", "an earlier mail, quoted below the reply")
MENU_CUE = FurnitureCue("navigation", "line", "a menu of the page")
CONTACT_CUE = FurnitureCue("navigation", "line", "contact details for the press")


def form_of(text: str) -> Form:
    """Return the form of one paragraph.

    >>> [form_of(t).name for t in ("10:04 AM", "Details", "UK to lend Kyiv a further $2 billion")]
    ['stamp', 'short', 'headline']
    >>> form_of("Editors’ Picks").cue.kind
    'teaser'
    """
    return _prose(text) if len(text) > LONGEST_HEADING else _of_line(text)


@lru_cache(maxsize=4096)  # pages of one site repeat their menus and headings
def _of_line(text: str) -> Form:
    cue = cue_of(text)
    if cue is None and _PATH_MARK.search(text) and _BREADCRUMB.fullmatch(text):
        cue = BREADCRUMB_CUE
    if cue is None and text[:1] in "lLeE" and _SPOKEN_LIST.match(text):
        cue = LIST_END_CUE if text.casefold() == "end of list" else SPOKEN_CUE
    if cue is None and "|" in text and _MENU.fullmatch(text):
        cue = MENU_CUE
    if cue is None and text[-1] in ":-" and _QUOTED.fullmatch(text):
        cue = QUOTED_CUE
    if cue is not None:
        return Form("cue", cue)
    if _STAMP.fullmatch(text):
        return Form("stamp")
    special = _numeric(text) if _DIGIT.search(text) else None
    if special is not None:
        return special
    return _worded(text)


def cue_of(text: str) -> FurnitureCue | None:
    """Return the furniture that a line opens by its words, or None."""
    if "](" in text and _LINK.fullmatch(text):
        text = text[text.index("[") + 1 : text.index("](")]
    plain = (text if text.isascii() else text.translate(_STRAIGHT)).casefold()
    whole = _WHOLE.get(plain) or _WHOLE.get(plain.strip(_EDGES)) or _of_parts(plain)
    return whole or _opened(text, plain.lstrip(_EDGES))


def _of_parts(plain: str) -> FurnitureCue | None:
    """The furniture of a line of several, with tabs between them: the first one's."""
    tab = _TABS.search(plain)
    if tab is None or plain[: tab.start()].strip(_EDGES) not in _WHOLE:
        return None
    parts = [_WHOLE.get(part.strip(_EDGES)) for part in _TABS.split(plain)]
    return parts[0] if all(parts) else None


def _opened(text: str, plain: str) -> FurnitureCue | None:
    """The furniture that the first words of a line open; ``plain`` is the line in small letters."""
    first = plain.split(None, 1)
    for cue, entry in _START.get(first[0].rstrip(":"), ()) if first else ():
        if not plain.startswith(cue):
            continue
        after = plain[len(cue) : len(cue) + 1]
        if after.isalnum() and cue[-1].isalnum():
            continue  # the cue ends within a word
        if entry.extent in MOST_CUE_WORDS and is_final(text) and text[-1] != ":":
            continue  # "More from the fund will follow.": a sentence
        if len(plain.split()) <= MOST_CUE_WORDS.get(entry.extent, LONGEST_CUE_LINE):
            if entry.kind == "related" and plain.endswith(":"):
                return entry._replace(extent="list")  # the links stand below
            return entry
    return None


def is_caption(text: str) -> bool:
    """Tell whether a line names the maker of a picture; a dispatch that names its agency does not.

    >>> is_caption("Ministers in Vilnius. (Photo: Baltic Wire)"), is_caption("OSLO (AP) - It pays.")
    (True, False)
    """
    folded = text.lower()
    in_brackets = any(mark in text for mark in _AGENCY_MARKS)
    named = (
        (any(mark in folded for mark in _MAKER_MARKS) and _NAMES_MAKER.search(text))
        or (in_brackets and _NAMES_AGENCY.search(text))
        or (text[-1:] == ")" and _CREDIT_IN_BRACKETS.search(text))
    )
    return bool(named) and not dateline(text)


def is_ticker(text: str) -> bool:
    """Tell whether a line holds nothing but rates: codes, signs, and small decimal numbers.

    >>> is_ticker("USD 41.22 ▲ EUR 44.95 ▼"), is_ticker("€683 million"), is_ticker("EUR 20,000,000")
    (True, False, False)
    """
    if len(text) > 200 or not _begins_with_rate_word(text):
        return False
    numbers = _NUMBER.findall(text)
    marks = _RATE_WORD.findall(text)
    if not numbers or not any(mark.isalpha() or mark in "$€£¥₴₿" for mark in marks):
        return False
    if _WORDS.search(_RATE_WORD.sub(" ", text)):
        return False
    rates = sum(_RATE.fullmatch(number.rstrip(".,")) is not None for number in numbers)
    return (
        rates >= 2 or bool(_GLUED.search(text)) or (rates == 1 and any(m in "▲▼↑↓%" for m in marks))
    )


_WORDS = re.compile(r"[^\W\d_]+")


def _begins_with_rate_word(text: str) -> bool:
    """Whether the first word is one that a ticker may hold; no word will do as well."""
    first = _WORDS.search(text)
    if first is None or not first.group().isascii():
        return True
    return first.group().lower() in _PLAIN_RATE_WORDS


def lone_rate(text: str) -> str | None:
    """Return the currency of a line that could be one rate of a table of rates, or None.

    >>> lone_rate("USD 41.36"), lone_rate("EUR 20 million")
    ('USD', None)
    """
    match = _LONE_RATE.fullmatch(text)
    return match[1] if match is not None else None


# "16 lutego 2024 r.", "2024 m. vasario 16 d.": the full stop ends no sentence
_ENDS_AS_DATE = re.compile(r"\d\s?(?:г|р|r|d)\.$")


def _numeric(text: str) -> Form | None:
    """Forms that need a digit: counters, dates, account numbers, rates, contacts."""
    if _COUNTER.fullmatch(text):
        return Form("credit")
    words = len(text.split())
    if is_promotion(text):
        return Form("cue", PROMOTION_CUE)
    if words <= 12 and (_account(text)):
        return Form("account")
    if is_ticker(text) or ("=" in text and _RATE_NOTE.fullmatch(text)):
        return Form("ticker")
    if _CELL_EDGE.search(text) and _CELLS.match(text):
        return Form("item")  # a row of a table
    if (not is_final(text) or _ENDS_AS_DATE.search(text)) and is_date_line(text):
        return Form("date")
    if words <= 12 and _has_contact(text) and not (is_final(text) and words > 8):
        return Form("cue", CONTACT_CUE)
    if is_price(text):
        return Form("price")
    return None


def _has_contact(text: str) -> bool:
    marked = "@" in text or "+" in text or "00" in text  # one is in every address and number
    return marked and _CONTACT.search(text) is not None


def _account(text: str) -> bool:
    if _ACCOUNT_LIKE.search(text) is None:
        return False
    for pattern in (_IBAN, _CARD, _WALLET):
        match = pattern.search(text)
        if match is not None:
            before = text[match.start() - 1 : match.start()]
            after = text[match.end() : match.end() + 1]
            if not before.isalnum() and not after.isalnum():
                return True
    return False


def _worded(text: str) -> Form:
    words = len(text.split())
    if not is_final(text) or text.startswith("("):
        if words <= 20 and _BYLINE.match(text):
            return Form("credit")
        if words <= 8 and ("•" in text or "·" in text) and _PLACE_AND_OUTLET.fullmatch(text):
            return Form("credit")
    if is_caption(text):
        return Form("caption")
    if "](" in text and _LINK.fullmatch(text):
        return Form("link")
    if _ITEM.match(text):
        return Form("item")
    if text.lower().endswith(_CUT):
        return Form("cut")
    return Form(_heading_or_sentence(text, words))


def _heading_or_sentence(text: str, words: int) -> str:
    last = text.rstrip(CLOSING)[-1:]
    if (last and last in ".:;。…") or (last in "!?" and words > 25):
        return "sentence"
    if words < FEWEST_HEADLINE_WORDS or len(text) < SHORTEST_HEADLINE:
        return "short"
    first = next((c for c in text if c.isalnum()), "")
    if first.islower():
        return "sentence"  # the middle of a sentence, broken across lines
    return "headline"


def _prose(text: str) -> Form:
    tail = text[-200:]
    if tail.lower().endswith(_CUT):
        return Form("cut")
    if len(text) < LONGEST_CAPTION and is_caption(text):
        return Form("caption")
    return Form("item" if _ITEM.match(text) else "sentence")
