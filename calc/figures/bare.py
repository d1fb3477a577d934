"""Second numbers that leave their currency out: "200 million euros and 75 million in grants".

Such a number counts where an amount in the same sentence has a currency, and what stands around it
speaks of money. Billions hardly count anything else; millions may be people, doses or trees. In a
text of one currency the amount may stand in the sentence before, where the number is a sum by its
own words ("of donations of 251 million in total the 176 million disbursed"). In
French, Spanish, Italian and Portuguese whatever is counted stands behind "de": there "20 millones"
alone is money, as long as an amount shortly before it has a currency.
"""

from __future__ import annotations

import re
from decimal import Decimal

from .amount import Amount, figure_of
from .currencies import Meaning
from .figure import Figure
from .numerals import ELEMENT, NOT_GLUED, NOT_INSIDE, number_of

_FAR = 240  # characters between the number and the amount whose currency it shares
_CRORES = ("crore", "crores", " cr", "0cr")
_MILLION, _BILLION = Decimal(10) ** 6, Decimal(10) ** 9
_MAYBE = re.compile(r"\d[\s\xa0-]?(?:[mM]i|bi|bn|[mblB]n|[mbMBC]\b|cr|Cr|M[drl]|m[drl]|[мМ])")
_NUMBER = re.compile(rf"{NOT_INSIDE}{ELEMENT}{NOT_GLUED}")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+[\"“(]?[A-ZÀ-ÞА-ЯІЇЄҐ]|\n\s*\n|\n\s*[-•*·]")
_KINDS = r"grants?|loans?|credits?|guarantees?|aid|support|assistance|help|cash|kind|pledges"
_WHAT = rf"(?:(?:[\w-]+)\s)?(?:{_KINDS}|military|humanitarian|civilian|financial|20\d\d)"
_DONE = r"earmarked|disbursed|allocated|pledged|provided|promised|set\saside|donated|granted"
_EACH = r"annually|yearly|a\syear|per\syear|each\syear|a\smonth"
_OF_IT = r"of\s(?:it|that|this|which|them)\b"
# right behind a number of millions or of billions: it was money
_MONEY_BEHIND = re.compile(rf"\s(?:in\s{_WHAT}|(?:{_KINDS}|{_DONE}|{_EACH})\b|{_OF_IT})")
# right behind billions: whatever is not itself counted
_WORDS = (
    r"in|for|to|from|as|and|or|by|at|with|on|over|was|is|will|would|went|goes|had|has|under|were"
)
_GERMAN = r"auf|für|an|aus|davon|hinzu|von|bis"
_ROMANCE = r"pour|dont|sur|en|aux?|para|per|dal|dalla"
_SLAVIC = r"на|для|із|з|від|от|из|dla|na|z"
_NORTHERN = r"för|till|til|fra|från|voor|aan|van|skirta|uz|no"
_MORE = r"that|more|until|this|last|next"
_ANY_BEHIND = re.compile(
    rf"\s*(?:[.,;:!?)\]–—]|\Z|\n)|\s(?:{_WORDS}|{_MORE}"
    rf"|{_GERMAN}|{_ROMANCE}|{_SLAVIC}|{_NORTHERN})\b",
    re.IGNORECASE,
)
_PLACES = r"population|market|continent|world|region|home|among"
_NO_SUM_BEFORE = re.compile(
    rf"\b(?:{_PLACES})\s(?:of|to)?\s?(?:about\s|some\s|more\sthan\s|over\s)?\Z"
)
# right behind a number of the sentence before's currency: it was given, or is part of what was
_GIVEN_BEHIND = re.compile(
    rf"\s(?:in\s(?:{_KINDS})|(?:already\s)?(?:{_DONE})|(?:was|were|is|are|had\sbeen|has\sbeen)"
    rf"\s(?:already\s|then\s|meanwhile\s)?(?:{_DONE}|announced|approved|agreed))\b"
)
_SUM = r"loan|grant|package|fund|sum|total|tranche|donation|contribution|aid|support|pledge"
_ABOUT = r"(?:about|around|some|over|nearly|almost|more\sthan|up\sto|another|a\sfurther)"
# right before millions: a sum is named; "from 2 million dollars to 3.5 million"
_MONEY_BEFORE = re.compile(
    rf"\b(?:{_SUM}|commitment|credit|allocation|instal?lment|pledges|grants|loans|donations)\s"
    rf"(?:of|worth)\s(?:{_ABOUT}\s)?\Z|\bper\s(?:year|month)\sto\s\Z"
    rf"|\b(?:of\swhich|out\sof\sthe|half\sof\sthe)\s\Z"
    rf"|\b(?:{_SUM}|funds|money|remainder|balance)\s\(\Z",
    re.IGNORECASE,
)
_SUM_BEFORE = re.compile(
    rf"\b(?:{_SUM}|donations|pledges|grants|loans|fund)\s(?:of|worth)\s(?:{_ABOUT}\s)?\Z"
    r"|\b(?:funds|money|loan|grant|remainder|balance)\s\(\Z",
    re.IGNORECASE,
)
# "20 millones", "87 milioni", "900 millions": without "de" nothing else is counted
_ROMANCE = r"millones|millón|milion[ei]|milh(?:ões|ão)|miliard[io]|(?<=\d\s)(?:millions|milliards?)"
_ROMANCE_MILLION = re.compile(rf"(?:{_ROMANCE})\Z")
_COUNTS = r"d[ei]|des|d['’]\w+|degli|delle|personas|persone|personnes|[a-zà-ÿ]+(?:[ae]ntes|[ai]nti)"
_COUNTED_BEHIND = re.compile(rf"\s(?:{_COUNTS})\b|\sd['’]", re.IGNORECASE)
_PEOPLE = r"person[aei]s?|personnes|gente|habitantes|abitanti|refugi\w+|réfugi\w+|rifugiat[io]"
_CHILDREN = r"niñ[oa]s|enfants|bambini|déplacés|sfollati|desplazad[oa]s"
_PEOPLE_NEAR = re.compile(rf"\b(?:{_PEOPLE}|{_CHILDREN})\b", re.IGNORECASE)
# in other languages only what millions are for: "und 20 Millionen für Schulen"
_FOR_BEHIND = re.compile(r"\s(?:für|davon|för|till|til|voor|dla|для|skirta)\b")
_RISING = re.compile(rf"\)?(?:\s(?:a\syear|annually|now))?\sto\s(?:{_ABOUT}\s)?\Z")


def with_bare(text: str, found: list[Figure]) -> list[Figure]:
    """The figures of a text with the numbers that share a currency with one of them.

    >>> from .reading import figures
    >>> text = "It lends 220 million euros and gives 75 million in grants to 2 million people."
    >>> [figure.text for figure in with_bare(text, figures(text))]
    ['220 million euros', '75 million']
    """
    bare: list[Figure] = []
    one_currency = len({one.currency_candidates for one in found}) == 1
    edges = [(0, 0), *((one.start, one.end) for one in found), (len(text), len(text))]
    for place in range(len(edges) - 1):
        low, high = edges[place][1], edges[place + 1][0]
        before = found[place - 1] if place else None
        after = found[place] if place < len(found) else None
        for start, stop in _windows(low, high, before is not None, after is not None):
            bare += _in_window(text, (start, stop), before, after, one_currency)
    return sorted([*found, *bare], key=_start) if bare else found


def _start(figure: Figure) -> int:
    return figure.start


def _windows(low: int, high: int, before: bool, after: bool) -> list[tuple[int, int]]:
    """The parts of the stretch between two figures that are near one of them."""
    if high - low <= 2 * _FAR:
        return [(low, high)]
    near = [(low, low + _FAR)] if before else []
    return [*near, (high - _FAR, high)] if after else near


def _in_window(
    text: str,
    window: tuple[int, int],
    before: Figure | None,
    after: Figure | None,
    one_currency: bool,
) -> list[Figure]:
    if _MAYBE.search(text, *window) is None:
        return []  # nearly everywhere
    found = []
    for match in _NUMBER.finditer(text, *window):
        number = number_of(match)
        if number is None or number.scale < _MILLION or number.low is not None:
            continue
        if text[number.end - 4 : number.end].lower() == "arab":
            continue  # "16 Arab, 40 African" countries
        model = _model(text, number.start, number.end, before, after)
        if model is None and one_currency and _is_sum(text, number.start, number.end):
            model = before
        elif not _is_money(text, number.start, number.end, number.scale, before):
            continue
        if model is None:
            continue
        basis = "ambiguous" if model.currency_basis == "ambiguous" else "document"
        meaning = Meaning(model.currency_candidates, basis, number.start, number.end)
        found.append(figure_of(text, Amount(number, meaning, number.start, number.end)))
    return found


def _model(
    text: str, start: int, end: int, before: Figure | None, after: Figure | None
) -> Figure | None:
    """The amount of the same sentence whose currency the number shares: the one before it."""
    if before is not None and start - before.end <= _FAR and _is_romance(text, start, end):
        return before
    if before is not None and _SENTENCE_END.search(text, before.end, start) is None:
        return before
    if after is not None and _SENTENCE_END.search(text, end, after.start) is None:
        # "to 4 billion (US$2.5 billion)": what converts it is another currency
        between = text[end : after.start]
        return None if between.count("(") > between.count(")") else after
    return None


def _is_sum(text: str, start: int, end: int) -> bool:
    """Whether a number is money by its own words, whatever the sentence before speaks of."""
    if _SUM_BEFORE.search(text[max(0, start - 60) : start]):
        return _ANY_BEHIND.match(text, end) is not None
    return _GIVEN_BEHIND.match(text, end) is not None


def _is_romance(text: str, start: int, end: int) -> bool:
    """Whether it is a number of millions of a language that puts "de" before what is counted.

    >>> text = "Alemania dará 20 millones a Perú, que acogió a 20 millones de venezolanos."
    >>> _is_romance(text, 14, 25), _is_romance(text, 47, 58)
    (True, False)
    """
    if _ROMANCE_MILLION.search(text, max(0, end - 12), end) is None:
        return False
    near = text[max(0, start - 30) : end + 20]
    return _COUNTED_BEHIND.match(text, end) is None and _PEOPLE_NEAR.search(near) is None


def _is_money(text: str, start: int, end: int, scale: Decimal, before: Figure | None) -> bool:
    if _NO_SUM_BEFORE.search(text[max(0, start - 60) : start]):
        return False
    if _MONEY_BEHIND.match(text, end) or _is_romance(text, start, end):
        return True
    if before is not None and _FOR_BEHIND.match(text, end):
        return True
    behind = _ANY_BEHIND.match(text, end) is not None
    if scale >= _BILLION or text.endswith(_CRORES, 0, end):
        return behind
    rising = before is not None and _RISING.match(text[before.end : start]) is not None
    return behind and (rising or _MONEY_BEFORE.search(text[max(0, start - 60) : start]) is not None)
