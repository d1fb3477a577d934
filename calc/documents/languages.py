"""The language of a document, told by its commonest small words.

Each language is read with its own rules; a document in one that has none must say so instead of
giving roles by chance. A page counts as a whole: an English article with a caption in another
language stays English.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import data_tables
from ..text.words import letter_runs
from .sorting import CONTENT
from .zones import Zone

ENOUGH_TEXT = 4_000  # characters of the article looked at: some hundred words settle it
SURE_TEXT = 600  # characters that settle it for most English pages
SURE_HITS = 12  # small words of English in these, and half as many of any other language
FEWEST_HITS = 3  # small words, below which a text is too short to tell
ENOUGH_ACCENTS = 2  # letters with accents, with which one small word less will do
LEAD = 1.5  # times as many hits as the second language …
OVER_ENGLISH = 2.0  # … and as English: a wrong "not English" would cost an article its roles
SCRIPT_SHARE = 0.6  # of the letters: most of the text is written in that script
FEWEST_LETTERS = 20
PLAIN_SHARE = 0.7  # of the characters are ASCII: a Latin script, whatever its accents

_ROWS = list(data_tables.table("stop_words"))
LANGUAGES = {row["code"]: row["language"] for row in _ROWS}
WITH_ROLES = frozenset(row["code"] for row in _ROWS if row["roles"] == "yes")
_FAMILIES = (frozenset(["sv", "no", "da"]), frozenset(["cs", "sk"]))
_IBERIAN = frozenset(["es", "pt"])  # nearly alike, but only one of them is read
OTHER = "und"  # ISO 639: undetermined
_WORDS: dict[str, tuple[str, ...]] = {}
for _row in _ROWS:
    for _word in dict.fromkeys(_row["words"].split()):
        _WORDS[_word] = (*_WORDS.get(_word, ()), _row["code"])
# Words for a million that no English text has, and the languages that have them.
_SCALES: dict[str, tuple[str, ...]] = {}
for _row in data_tables.table("scale_languages"):
    for _word in dict.fromkeys(_row["words"].casefold().split()):
        _SCALES[_word] = (*_SCALES.get(_word, ()), _row["language"])
for _word in ("million", "millions"):
    _SCALES.pop(_word, None)
_WORD = re.compile(r"[^\W\d_]+")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_ACCENTED = re.compile(r"[À-ɏ]")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
# letters that no other of these languages has
_OWN_LETTERS = {"pl": re.compile("[łŁ]"), "es": re.compile("[ñ¿¡]"), "lt": re.compile("[ėųĖŲ]")}
_OWN_LETTERS |= {"lv": re.compile("[ļķņģĻĶŅĢ]"), "de": re.compile("ß")}
_RUSSIAN = re.compile(r"[ыэЫЭ]")  # an ъ is Bulgarian too


def language_of(text: str, zones: Sequence[Zone] = ()) -> str | None:
    """Return the code of the language of a text's article, None when it cannot be told.

    "und" stands for a language that is none of ours, told by its script.

    >>> language_of("Lithuania will pay for the drones, the ministry said on Monday.")
    'en'
    >>> language_of("Litauen will der Ukraine weitere zehn Millionen Euro für Drohnen geben.")
    'de'
    >>> language_of("10 million euros")
    """
    article = _article(text, zones)
    if len(article.encode("ascii", "ignore")) < PLAIN_SHARE * len(article):
        letters = len(_LETTER.findall(article))
        latin = len(_LATIN.findall(article))
        if letters >= FEWEST_LETTERS and latin < (1 - SCRIPT_SHARE) * letters:
            is_cyrillic = len(_CYRILLIC.findall(article)) >= SCRIPT_SHARE * letters
            return _cyrillic(article) if is_cyrillic else OTHER
    hits = _hits(article[:SURE_TEXT])
    if hits["en"] >= SURE_HITS and hits["en"] >= OVER_ENGLISH * max(
        hits[code] for code in hits if code != "en"
    ):
        return "en"
    accents = len(_ACCENTED.findall(article))
    found = _likeliest(_hits(article), accents)
    return _told_apart(article) if found == OTHER else found or _by_scale(article)


def _hits(text: str) -> dict[str, int]:
    """How many words of the text are small words of each language."""
    hits = dict.fromkeys(LANGUAGES, 0)
    for word in filter(_WORDS.__contains__, letter_runs(text.casefold(), _WORD)):
        for code in _WORDS[word]:
            hits[code] += 1
    return hits


def _likeliest(hits: dict[str, int], accents: int) -> str | None:
    order = {code: place for place, code in enumerate(LANGUAGES)}
    best, second, *_ = sorted(hits, key=lambda code: (-hits[code], order[code]))
    if hits[best] < FEWEST_HITS - (hits["en"] == 0 and accents >= ENOUGH_ACCENTS):
        return None
    if best == "en":
        return best
    if hits[best] < OVER_ENGLISH * hits["en"]:
        return None
    # of two that share most small words the better one is near enough
    near = any({best, second} <= family for family in _FAMILIES)
    near = near or ({best, second} == _IBERIAN and hits[best] > hits[second])
    return best if near or hits[best] >= LEAD * hits[second] else OTHER


def _told_apart(article: str) -> str:
    """The language with the most small words where a letter or a scale word is its alone.

    >>> _told_apart("Pomoc jest dla Mołdawii i na Ukrainie"), _told_apart("da na do za i ne")
    ('pl', 'und')
    """
    hits = _hits(article)
    best = max(hits, key=lambda code: hits[code])
    own = _OWN_LETTERS.get(best)
    if own is not None and own.search(article):
        return best
    return best if _by_scale(article) == best else OTHER


def _by_scale(article: str) -> str | None:
    """The language of a text with too few small words, by its words for a million.

    It is never English, so no rules of English may read it.

    >>> _by_scale("Dänemark stellt der Ukraine 140 Millionen Euro bereit")
    'de'
    >>> _by_scale("Norway gives Ukraine 140 million euros")
    """
    words = letter_runs(article.casefold(), _WORD)
    meant = [_SCALES[word] for word in words if word in _SCALES]
    if not meant:
        return None
    hits = _hits(article)
    found = sorted({code for codes in meant for code in codes}, key=lambda code: -hits[code])
    if hits["en"] > hits[found[0]]:
        return None
    tied = len(found) > 1 and hits[found[0]] == hits[found[1]]
    return OTHER if tied else found[0]


def name_of(code: str) -> str:
    """The name of a language for a reader.

    >>> name_of("uk"), name_of("und")
    ('Ukrainian', 'this language')
    """
    return LANGUAGES.get(code, "this language")


def has_roles(code: str | None) -> bool:
    """Whether roles can be given; a text whose language is open is read as English.

    >>> has_roles("en"), has_roles(None), has_roles("uk"), has_roles("tr")
    (True, True, True, False)
    """
    return code is None or code in WITH_ROLES


def _article(text: str, zones: Sequence[Zone]) -> str:
    """The beginning of the article's own text."""
    if not zones:
        return text[:ENOUGH_TEXT]
    pieces: list[str] = []
    left = ENOUGH_TEXT
    for zone in zones:
        if left <= 0:
            break
        if zone.kind in CONTENT and zone.kind != "caption":
            pieces.append(text[zone.start : min(zone.end, zone.start + left)])
            left -= zone.end - zone.start
    return " ".join(pieces)


def _cyrillic(article: str) -> str:
    """Ukrainian or Russian by the letters that only one of them has."""
    ukrainian = len(_UKRAINIAN.findall(article))
    russian = len(_RUSSIAN.findall(article))
    if ukrainian > russian:
        return "uk"
    return "ru" if russian > ukrainian else OTHER
