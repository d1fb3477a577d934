"""The date on which a page was published, from its own date line.

Only lines that are about the page itself count: a byline, a line with nothing but a date, the
dateline of a dispatch. A date inside a sentence is the date of an event. A date that could be
read in two ways is left open.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from ..text.months import ANY_LANGUAGE as MONTHS

LONGEST_LINE = 160  # a byline with two names, a date, a time and the reading time
FIRST_YEAR, LAST_YEAR = 1990, 2100

_MONTH = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
# "2024-11-04"
_ISO = (
    r"(?P<iso_y>\d{4})[-/.](?P<iso_m>\d{1,2})[-/.](?P<iso_d>\d{1,2})"
    r"(?=$|[\sT,;)|•·]|\.(?:\s|$))"
)
# "25.08.2025"
_DOTTED = r"(?P<dot_d>\d{1,2})\.\s?(?P<dot_m>\d{1,2})\.\s?(?P<dot_y>\d{4})(?!\d)"
# "03/04/2025": the order is open
_SLASHED = r"(?P<a>\d{1,2})(?P<sep>[/-])(?P<b>\d{1,2})(?P=sep)(?P<slash_y>\d{4})(?!\d)"
# "Nov. 4th, 2024"
_MONTH_FIRST = rf"(?P<m1>{_MONTH})\.?\s+(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y1>\d{{4}})(?!\d)"
# "4 November 2024", "1er mars 2025", "5 de mayo de 2025"
_DAY_FIRST = (
    rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.|-го)?\s+(?:of\s+|de\s+)?(?P<m2>{_MONTH})\.?,?"
    rf"(?:\s+de)?\s+(?P<y2>\d{{4}})(?!\d)"
)
# "2025 m. kovo 3 d."
_YEAR_FIRST = rf"(?P<y3>\d{{4}})\s+m\.\s+(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})\s*d?\.?"
# "2024. gada 16. februārī"
_LATVIAN = rf"(?P<y4>\d{{4}})\.\s+gada\s+(?P<d4>\d{{1,2}})\.\s+(?P<m4>{_MONTH})"
_WITH_NAMES = rf"{_MONTH_FIRST}|{_DAY_FIRST}|{_YEAR_FIRST}|{_LATVIAN}"
DATE = re.compile(rf"(?<![\w.,/-])(?:{_ISO}|{_DOTTED}|{_SLASHED}|{_WITH_NAMES})", re.IGNORECASE)
# "Updated" dates are not the day of publication: the figures were printed before.
_UPDATED = (
    r"updated?|modified|edited|changed|revised|corrected|оновлено|обновлено|aktualisiert",
    r"mis à jour|actualizado|aggiornato|zaktualizowano|atnaujinta|uppdaterad|opdateret",
)
UPDATED = re.compile(rf"\b(?:{'|'.join(_UPDATED)})\b", re.IGNORECASE)
_LABELS = (
    r"date of publication|publication date|release date|date published|published|posted",
    r"issued|released|date|datum|опубліковано|опубликовано|дата|veröffentlicht|publié|publicado",
    r"pubblicato|opublikowano|paskelbta|publicerad|udgivet|publisert|offentliggjort|gepubliceerd",
    r"publicēts|avaldatud|publikuota|data publikacji|data|fecha|kuupäev|datums|dato",
)
LABEL = re.compile(rf"^\W*(?:{'|'.join(_LABELS)})\b", re.IGNORECASE)
# What may stand beside the date on a line of its own: times, reading times, labels, week days.
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[ap]\.?m\.?)?"
_READING_TIME = (
    r"\d+\s*(?:min(?:ute)?s?|хв|мин)\.?(?:\s+(?:read|to\s+read|de\s+lecture|читання|чтения))?"
)
_READERS = r"\d+\s+(?:views|comments|shares|переглядів)"
_OF_A_DATE = r"г|года|р|року|r|roku|dnia|m|d|gada|plkst|kell|kl|klokken|den|ore|alle|il|a las|horas"
_ZONES = r"utc|gmt|cet|cest|eet|eest|est|edt|bst|am|pm|uhr|at|on|in|the|of|um|о|в|le|de|à"
_SMALL_WORDS = rf"\b(?:{_ZONES}|{_OF_A_DATE}|om)\b"
_WEEKDAYS = (
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    r"\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)\b",
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b",
    r"\b(?:понеділок|вівторок|середа|четвер|п.ятниця|субота|неділя)\b",
    r"\b(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье)\b",
    r"\b(?:poniedziałek|wtorek|środa|czwartek|piątek|sobota|niedziela)\b",
    r"\b(?:(?:pirm|antr|treči|ketvirt|penkt|šešt|sekm)adienis|\w{4,7}diena)\b",
    r"\b(?:esmaspäev|teisipäev|kolmapäev|neljapäev|reede|laupäev|pühapäev)\b",
    r"\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b",
    r"\b(?:luned|marted|mercoled|gioved|venerd)ì\b|\b(?:sabato|domenica)\b",
    r"\b(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag|mandag|tirsdag|lørdag|søndag)\b",
    r"\b(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b",
)
_KINDS = (
    r"published|posted|issued|released|date|datum|publication|releases?|press|media|news",
    r"debated?|motion|answered|asked|tabled|sitting|volume|column|written|question",
    r"item|article|story|statement|speech|bulletin|business|world|politics",
    r"updated|last|modified|опубліковано|опубликовано|дата|veröffentlicht|am|publié|publicado",
    r"pubblicato|opublikowano|paskelbta|publicerad|udgivet|publisert|offentliggjort|gepubliceerd|op",
    r"publicēts|avaldatud|publikuota|el|data|fecha|dato|pressemitteilung|communiqué|pressmeddelande",
)
_RATES = r"[$€£¥₴]\s*[\d.,]+|[+-]?\d+(?:[.,]\d+)+%?"
_BESIDE = re.compile(
    rf"{_TIME}|{_READING_TIME}|{_READERS}|{_SMALL_WORDS}|{'|'.join(_WEEKDAYS)}"
    rf"|\b(?:first\s+)?(?:{'|'.join(_KINDS)})\b|{_RATES}",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(r"\W*(?:originally|first)\s+published\b", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")  # every date has its year
_WORD = re.compile(r"[^\W\d_]+")
_BY = re.compile(r"(?:written )?by\s+(?=[A-ZÀ-ÞĀ-ž“\"])|von\s+(?=[A-ZÄÖÜ])|par\s+(?=[A-Z])", re.I)
_PARTS = re.compile(r"[|•·]")
MOST_NAMES = 5  # "Vilnius, Ministry of National Defence, 4 November 2024"
# A dateline ends in a dash, within the first words of the dispatch.
DATELINE = re.compile(r"^(.{3,100}?)\s*(?:\s[-–—]+\s|—|–\s|\s--\s)", re.DOTALL)
# "ISLAMABAD (APP - Islamabad - 13th Dec, 2023)": the whole dateline in a bracket
_BRACKETED = re.compile(r"(?:[A-ZÀ-Þ][\w.'’-]*[ ,/]*){0,4}\([^()]{6,60}\)")
_IN_NAME = re.compile(r"(?<![0-9A-Za-z])(\d{4})([-_.]?)(\d{2})\2(\d{2})(?![0-9A-Za-z])")


class DateFound(NamedTuple):
    """A date in a line; ``date`` is None when its order of day and month is open."""

    start: int
    end: int
    date: datetime.date | None


def dates(text: str) -> list[DateFound]:
    """Find the full dates (day, month, year) in ``text``.

    >>> [str(f.date) for f in dates("Nov. 4, 2024; 25.08.2025; 03/04/2025; 13/04/2025")]
    ['2024-11-04', '2025-08-25', 'None', '2025-04-13']
    """
    found: list[DateFound] = []
    if _YEAR.search(text) is None:
        return found
    for match in DATE.finditer(text):
        is_valid, date = _read(match)
        if is_valid:
            found.append(DateFound(match.start(), match.end(), date))
    return found


def _read(match: re.Match[str]) -> tuple[bool, datetime.date | None]:
    part = match.groupdict()
    if part["sep"]:
        a, b, year = int(part["a"]), int(part["b"]), int(part["slash_y"])
        if a <= 12 and b <= 12 and a != b:
            return FIRST_YEAR <= year <= LAST_YEAR and a > 0 and b > 0, None
        day, month = (b, a) if b > 12 else (a, b)
    elif part["iso_y"] or part["dot_y"]:
        year = int(part["iso_y"] or part["dot_y"])
        month = int(part["iso_m"] or part["dot_m"])
        day = int(part["iso_d"] or part["dot_d"])
    else:
        form = next(form for form in "1234" if part[f"y{form}"])
        year, day = int(part[f"y{form}"]), int(part[f"d{form}"])
        month = MONTHS[part[f"m{form}"].lower()]
    date = _date(year, month, day)
    return date is not None, date


def _date(year: int, month: int, day: int) -> datetime.date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def is_date_line(text: str) -> bool:
    """Tell whether a line is about the page's own date: a date with a name or label, no more.

    >>> is_date_line("by Ona Petraitė November 4, 2024 9:50 PM 1 min read")
    True
    >>> is_date_line("Ministers signed a plan for joint production of drones on 4 November 2024")
    False
    """
    if len(text) > LONGEST_LINE or not _YEAR.search(text):
        return False
    found = dates(text)
    if not found:
        return False
    rest = text
    for item in reversed(found):
        rest = f"{rest[: item.start]} {rest[item.end :]}"
    if _BY.match(text) or LABEL.match(text):
        return len(rest.split()) <= 20
    words = _WORD.findall(_BESIDE.sub(" ", rest))
    parts = [part.strip() for part in _PARTS.split(text)]
    alone = any(item.start == 0 and item.end == len(p) for p in parts for item in dates(p))
    if len(parts) > 1 and alone and len(words) < MOST_NAMES:
        return True  # "For the media | 10 December 2024"
    return len(words) <= MOST_NAMES and all(
        word[0].isupper() or not word[0].isalpha() or len(word) <= 3 for word in words
    )


def line_date(text: str) -> datetime.date | None:
    """Return the publication date that a date line states, or None when it leaves it open.

    >>> line_date("Published 4 Nov 2024, updated 6 Nov 2024")
    datetime.date(2024, 11, 4)
    >>> line_date("Updated: 6 Nov 2024") is None
    True
    """
    candidates: list[datetime.date | None] = []
    before = 0
    for found in dates(text):
        if not UPDATED.search(text, before, found.start):
            candidates.append(found.date)
        before = found.end
    if not candidates:
        return None
    if LABEL.match(text) or all(date == candidates[0] for date in candidates):
        return candidates[0]
    return None  # two dates and no label: a range, not a day of publication


def is_original(label: str, line: str) -> bool:
    """Tell whether a date line, or the label above it, speaks of the first publication.

    >>> is_original("Originally published", "19 Feb 2025"), is_original("Posted", "21 Feb 2025")
    (True, False)
    """
    return bool(_ORIGINAL.match(label) or _ORIGINAL.match(line))


def dateline(text: str) -> str:
    """Return the dateline that opens a dispatch ("KYIV, Nov. 4, 2024 (Agency)"), or "".

    >>> dateline("VILNIUS, Nov. 4, 2024 (Wire) — Lithuania will pay, the ministry said.")
    'VILNIUS, Nov. 4, 2024 (Wire)'
    """
    head = text[:110]
    bracket = _BRACKETED.match(head)
    if bracket is not None and dates(bracket.group()):
        return bracket.group()
    if "-" not in head and "—" not in head and "–" not in head:
        return ""
    match = DATELINE.match(head)
    if match is None:
        return ""
    head = match.group(1)
    rest = head
    for item in reversed(dates(head)):
        rest = f"{rest[: item.start]} {rest[item.end :]}"
    words = [w for w in _WORD.findall(rest) if w.lower().rstrip(".") not in MONTHS]
    named = sum(word[0].isupper() or not word[0].isalpha() for word in words)
    is_head = len(words) <= 7 and named == len(words) and bool(words)
    if is_head and (words[0].isupper() or "(" in head or "/" in head or dates(head)):
        return head
    return ""


def name_date(source: str) -> datetime.date | None:
    """Return the date in a file's name (2024-11-04, 20241104), or None.

    >>> name_date("lithuania/2024-11-04_drones.txt"), name_date("000_20241399.txt")
    (datetime.date(2024, 11, 4), None)
    """
    found = {
        date
        for match in _IN_NAME.finditer(source.rsplit("/", 1)[-1])
        if (date := _date(int(match[1]), int(match[3]), int(match[4])))
    }
    return found.pop() if len(found) == 1 else None
