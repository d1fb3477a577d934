"""Dates that a sentence gives for an act: "on Nov. 23", "in September", "last month".

A date is only taken as the date of an act when nothing marks it as a limit ("since", "until",
"by"); a date later than the publication is a plan, never a value date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, Protocol

from ..text.months import ENGLISH as MONTHS
from ..text.words import lowered, words_of

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
_NTH = r"(?:st|nd|rd|th)?"
_ANY_YEAR = r"(?:19|20)\d\d"
# "in November last year"
_OF_YEAR = rf"(?:,?\s(?P<y%s>{_ANY_YEAR})|\s(?:of\s)?(?P<said%s>last|this)\syear\b)?"
_ISO = r"(?P<iso>(?P<iy>20\d\d|19\d\d)-(?P<im>\d\d)-(?P<id>\d\d))"
_DAY_FIRST = rf"(?P<d1>\d{{1,2}}){_NTH}\s(?:of\s)?(?P<m1>{_MONTH})\b\.?" + _OF_YEAR % (1, 1)
_NO_AMOUNT = r"(?!\d)(?!\s(?:million|billion))"  # "March 5 million"
_MONTH_FIRST = rf"(?P<m2>{_MONTH})\b\.?\s(?P<d2>\d{{1,2}}){_NTH}{_NO_AMOUNT}" + _OF_YEAR % (2, 2)
_MONTH_OF_YEAR = rf"(?P<m3>{_MONTH})\b\.?,?\s(?:of\s)?(?P<y3>{_ANY_YEAR})"
_LEAD = r"(?P<lead>in|last|this|early|late|mid|earlier\sin|back\sin)[\s-]"
_MONTH_ALONE = rf"{_LEAD}(?P<m4>{_MONTH})\b(?!\s\d)(?:\s(?:of\s)?(?P<said4>last|this)\syear\b)?"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})\b"
_THIS_OR_LAST = r"yesterday|today|last\smonth|this\smonth|earlier\sthis\smonth|last\syear"
_AGO = r"(?:a|one|two|three|four|five|six|\d{1,2})\s(?:month|year)s?\sago"
# "in 2021 prices", "in 2015 US dollars": the year of the prices, in which nothing was given
_NATION = r"(?:us\s|u\.s\.\s|canadian\s|australian\s)?"
_MONEY = rf"{_NATION}(?:dollars?|euros?|pounds?|kron\w+|yen|francs?)|usd|eur|gbp|us(?=\$)"
# but "in 2021 EUR 10 million" has the year of the act
_PRICED = rf"[\s-](?:constant\s)?(?:prices|terms|money|values?|currency|{_MONEY})\b(?!\$?\s?\d)"
_YEAR_ALONE = (
    rf"(?P<lead5>in|during|throughout|for\sall\sof)\s(?P<y5>{_ANY_YEAR})\b(?![-–/]\d|{_PRICED})"
)
_EXPRESSION = re.compile(
    rf"\b(?:{_ISO}|{_DAY_FIRST}|{_MONTH_FIRST}|{_MONTH_OF_YEAR}|{_MONTH_ALONE}|{_WEEKDAY}"
    rf"|(?P<relative>{_THIS_OR_LAST}|{_AGO})\b|{_YEAR_ALONE})"
)

# One of these, or a year, is in every date.
_DATE_WORDS = frozenset(
    [*MONTHS, *WEEKDAYS, *"yesterday today month months year years".split()],
)
_YEAR_NUMBER = re.compile(r"(?:19|20)\d\d")

# Words before a date that make it a limit, a plan or another event's date, not the date of the act.
_UNTIL_OR_FROM = (
    r"since|until|till|by|through|from|before|between|ahead of|up to|starting|beginning"
)
_AS_PLANNED = r"as of|as at|scheduled for|planned for|for|after"
_LIMIT = re.compile(rf"\b(?:{_UNTIL_OR_FROM}|{_AS_PLANNED})\b[\w\s,.'’-]{{0,40}}$")
_HAPPENED = r"war|invasion|attack|crisis|conflict|elections?|summit|born|founded"
_STOPPED = r"paused?|suspended|fro[zs]en?|halted|pause decided"
_OTHER_EVENT = re.compile(rf"\b(?:{_HAPPENED}|{_STOPPED})\b[\w\s'’-]{{0,12}}$")
_LIMIT_NEAR = 60  # characters before a date that these two can reach over
_AS_OF = re.compile(r"\b(?:as of|as at|by the end of|by)\s(?:the\s)?(?:end\sof\s)?$")


class ActDate(NamedTuple):
    """A day, or the first day of a month or year, with how much of it is known."""

    date: date
    precision: str  # day, month or year


class DateExpression(NamedTuple):
    """A date in a text: its span in the text that was searched, and what it means."""

    start: int
    end: int
    act: ActDate


def _most_recent(year: int | None, month: int, day: int, published: date | None) -> date | None:
    if year is None and published is None:
        return None
    try:
        if year is not None:
            return date(year, month, day)
        assert published is not None
        found = date(published.year, month, day)
        return found if found <= published else date(published.year - 1, month, day)
    except ValueError:  # "30 February", or a number that is no day
        return None


def _year_said(word: str | None, published: date | None) -> int | None:
    """The year of "last year" and "this year"; None where neither is said."""
    if word is None or published is None:
        return None
    return published.year - (word == "last")


_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def _relative(word: str, published: date) -> ActDate | None:
    words = word.split()
    if words[-1] == "today":
        return ActDate(published, "day")
    if words[-1] == "yesterday":
        return ActDate(published - timedelta(days=1), "day")
    count = 0 if "this" in words else 1
    if words[-1] == "ago":
        count = _COUNTS.get(words[0]) or int(words[0])
    if any(word.startswith("month") for word in words):
        months = published.year * 12 + published.month - 1 - count
        return ActDate(date(months // 12, months % 12 + 1, 1), "month")
    return ActDate(date(published.year - count, 1, 1), "year")


def _meaning(match: re.Match[str], published: date | None) -> ActDate | None:
    group = match.groupdict()
    if group["iso"]:
        day = _most_recent(int(group["iy"]), int(group["im"]), int(group["id"]), published)
        return ActDate(day, "day") if day else None
    for m, d, y, said in (("m1", "d1", "y1", "said1"), ("m2", "d2", "y2", "said2")):
        if group[m]:
            year = int(group[y]) if group[y] else _year_said(group[said], published)
            day = _most_recent(year, MONTHS[group[m]], int(group[d]), published)
            return ActDate(day, "day") if day else None
    if group["m3"]:
        return ActDate(date(int(group["y3"]), MONTHS[group["m3"]], 1), "month")
    if group["m4"]:
        year = _year_said(group["said4"], published)
        first = _most_recent(year, MONTHS[group["m4"]], 1, published)
        return ActDate(first, "month") if first else None
    if group["y5"]:
        return ActDate(date(int(group["y5"]), 1, 1), "year")
    if published is None:
        return None
    if group["weekday"]:
        back = (published.weekday() - WEEKDAYS.index(group["weekday"])) % 7
        return ActDate(published - timedelta(days=back), "day")
    return _relative(group["relative"], published)


def date_expressions(text: str, published: date | None) -> list[DateExpression]:
    """All dates in ``text``, in order; one without a year is the last such day up to ``published``.

    >>> date_expressions("In September, Vilnius announced plans", date(2024, 11, 4))[0].act
    ActDate(date=datetime.date(2024, 9, 1), precision='month')
    """
    found: list[DateExpression] = []
    if words_of(text).isdisjoint(_DATE_WORDS) and _YEAR_NUMBER.search(text) is None:
        return found
    for match in _EXPRESSION.finditer(lowered(text)):
        act = _meaning(match, published)
        if act is not None:
            found.append(DateExpression(match.start(), match.end(), act))
    return found


@lru_cache(maxsize=8)  # the figures of one sentence ask one after the other
def _dates_of_acts(sentence: str, published: date | None) -> list[DateExpression]:
    """The dates in ``sentence`` that can be the date of an act: no limit, no plan."""
    lower = lowered(sentence)
    return [
        found
        for found in date_expressions(sentence, published)
        if (published is None or found.act.date <= published)
        and not _LIMIT.search(lower, max(0, found.start - _LIMIT_NEAR), found.start)
        and not _OTHER_EVENT.search(lower, max(0, found.start - _LIMIT_NEAR), found.start)
    ]


# "Germany, which last year gave 7 billion, …": the date of the aside alone
_ASIDE = re.compile(r",\s(?:which|who|that|where|having)\b[^,]*$", re.IGNORECASE)


class AmountPlace(Protocol):
    """Where an amount stands in its sentence, between the amounts before and after it."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def after(self) -> int: ...
    @property
    def until(self) -> int: ...
    @property
    def first(self) -> int: ...


# "will pay 5 million, the ministry said in May": the date of what was said
_TOLD = re.compile(
    r"\b(?:said|says|told|announced|wrote|reported|decided|agreed|approved|unveiled|pledged|promised)\b"
)
_LIMIT_BESIDE = re.compile(
    rf"\b(?:{_UNTIL_OR_FROM}|for|after)\s(?:(?:the|end|start|of|early|late|mid)\s){{0,3}}\Z"
)
_SOON = timedelta(days=270)  # what lies farther ahead was rather some weeks ago
_FROM_NOW = re.compile(r"(?:will|shall|is|are|plans?|intends?|expects?|aims?|wants?|hopes?)\b")


def _to_come(sentence: str, published: date) -> Iterator[DateExpression]:
    """The months and days of a sentence as those that come next: "will be paid in May"."""
    for match in _EXPRESSION.finditer(lowered(sentence)):
        group = match.groupdict()
        month = group["m1"] or group["m2"] or group["m4"]
        if month is None or group["y1"] or group["y2"]:
            continue  # one with its year says itself what is past
        if group["lead"] in ("last", "earlier in", "back in"):
            continue
        number = MONTHS[month]
        day = int(group["d1"] or group["d2"] or 0)
        here = (number, day or published.day) >= (published.month, published.day)
        try:
            found = date(published.year + (not here), number, day or 1)
        except ValueError:  # "30 February"
            continue
        act = ActDate(found, "day" if day else "month")
        if found <= published + _SOON:
            yield DateExpression(match.start(), match.end(), act)


def date_to_come(
    sentence: str,
    amount: AmountPlace,
    clause: tuple[int, int],
    plan: tuple[int, int],
    phrase: str,
    published: date | None,
) -> ActDate | None:
    """The month or day for which ``sentence`` plans an act, whose verb stands at ``plan``.

    The date stands behind the verb and nobody tells anything between them, or it begins the clause
    of a verb of the present: "In May the EU will pay 5 million".
    """
    if published is None or words_of(sentence).isdisjoint(_DATE_WORDS):
        return None
    lower = lowered(sentence)
    for found in _to_come(sentence, published):
        if not clause[0] <= found.start < clause[1] or found.start >= amount.until:
            continue
        if amount.after and found.start < amount.end:
            continue  # of the amount before
        if found.start < plan[0] and not _FROM_NOW.match(phrase):
            continue
        between = sorted((found.start, plan[1]))
        if _TOLD.search(lower, *between) or _LIMIT_BESIDE.search(lower, 0, found.start):
            continue
        return found.act
    return None


def act_date(
    sentence: str, amount: AmountPlace, clause: tuple[int, int], published: date | None
) -> ActDate | None:
    """The date that ``sentence`` gives for the act whose amount stands at ``amount``.

    Limits ("since", "until") and days after ``published`` do not count. A date in the amount's
    own stretch of its ``clause`` goes first, then one that stands before all amounts, then a day
    elsewhere. Else the more precise date wins, then the closer one. ``None``: there is none.
    """
    ranks = {"day": 0, "month": 1, "year": 2}
    several = amount.after > 0 or amount.until < len(sentence)
    candidates = []
    for found in _dates_of_acts(sentence, published):
        inside = clause[0] <= found.start < clause[1]
        if inside and amount.after <= found.start < amount.until:
            # between two amounts a date belongs to the one before it
            place = 0 if found.start >= amount.end or not amount.after else 2
        elif found.start < amount.first and not _ASIDE.search(sentence[: found.start]):
            place = 1
        elif not several or (inside and found.act.precision == "day"):
            place = 2  # "5 million and 6 million on Monday", but not "… pledged in 2020"
        else:
            continue
        distance = abs(found.start - amount.start)
        candidates.append((place, ranks[found.act.precision], distance, found.start, found.act))
    return min(candidates)[4] if candidates else None


def as_of_date(sentence: str, published: date | None) -> ActDate | None:
    """The day to which ``sentence`` itself counts a total: "as of 31 October".

    >>> as_of_date("As of 31 October, aid stood at 5 million euros.", date(2024, 11, 4)).date
    datetime.date(2024, 10, 31)
    """
    lower = lowered(sentence)
    for found in date_expressions(sentence, published):
        said = _AS_OF.search(lower, 0, found.start)
        if said is None:
            continue
        act = _last_day(found.act) if "end" in said.group().split() else found.act
        if published is None or act.date <= published:
            return act
    return None


def _last_day(of: ActDate) -> ActDate:
    """The last day of a month or a year: "by the end of January 2022"."""
    if of.precision == "day":
        return of
    month = 12 if of.precision == "year" else of.date.month
    return ActDate(of.date.replace(month=month, day=monthrange(of.date.year, month)[1]), "day")


_YEAR = r"20\d\d"
# one is in every period
_PERIOD_MARKS = (
    *("20", "year", "month", "annual", "annum", "quarter", "week", "daily", " day", "each"),
    *("apiece", "decade"),
)
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|several|\d{1,2})"
_SUM = r"(?:\d|illion|thousand|euros?|dollars?|pounds?|[a-z]kr|kron\w+|francs?)"
_EACH_YEAR = r"annual(?:ly)?|per year|a year|each year|every year|per annum|yearly"
_PERIODS = (
    (re.compile(rf"\b(?:{_EACH_YEAR}|on an annual basis)\b"), "annual"),
    (
        re.compile(r"\b(?:monthly|per month|a month|each month|every month)\b(?!\s+ago)"),
        "monthly",
    ),
    (
        re.compile(
            r"\b(?:quarterly|per quarter|a quarter|each quarter|every quarter)\b(?! (?:of|ago))"
        ),
        "quarterly",
    ),
    (
        re.compile(r"\b(?:weekly|per week|a week|each week|every week)\b(?! (?:ago|later))"),
        "weekly",
    ),
    (
        re.compile(r"\b(?:daily|per day|a day|each day|every day)\b(?! (?:ago|later|after))"),
        "daily",
    ),
    (
        # for each of several givers or receivers, not in all
        re.compile(rf"{_SUM}[ \u00a0](?:each|apiece)\b(?! (?:year|month|quarter|week|day))"),
        "each",
    ),
)
_SPANS = re.compile(
    rf"\b(?:(?P<until>(?:until|till|through|by)\s(?:the\send\sof\s)?(?P<end>{_YEAR}))"
    rf"|(?P<a>{_YEAR})\s?[-–/]\s?(?P<b>{_YEAR}|\d\d)\b"
    rf"|(?:from|between|in)\s(?P<c>{_YEAR})\s(?:to|and|until|through)\s(?P<d>{_YEAR})"
    rf"|(?P<over>(?:over|in|for)\s(?:the\s)?(?:next|coming|following)?\s?"
    rf"(?:{_COUNT}(?:-|\s)(?:years?|months?)|a\sdecade|decade|an?\s{_COUNT}-year\speriod))"
    rf"|(?:for|in|during)\s(?P<year>{_YEAR})(?!\s?[-–/]\d))"
)


def period_of(clause: str, published: date | None) -> str | None:
    """The period that ``clause`` spreads the money over, such as ``annual|until 2027``.

    >>> period_of("0.25% of its GDP each year until 2027", None)
    'annual|until 2027'
    >>> period_of("85 billion kroner in 2023-2030", None)
    '2023-2030'
    >>> period_of("5 million euros each over a decade", None)
    'each|over a decade'
    """
    lower = lowered(clause)
    if not any(mark in lower for mark in _PERIOD_MARKS):
        return None
    parts = [word for pattern, word in _PERIODS if pattern.search(lower)]
    for match in _SPANS.finditer(lower):
        group = match.groupdict()
        if group["until"]:
            if published is None or int(group["end"]) >= published.year:
                parts.append(f"until {group['end']}")
        elif group["a"]:
            last = group["b"] if len(group["b"]) == 4 else group["a"][:2] + group["b"]
            parts.append(f"{group['a']}-{last}")
        elif group["c"]:
            parts.append(f"{group['c']}-{group['d']}")
        elif group["over"]:
            parts.append(" ".join(group["over"].split()))
        elif published is None or int(group["year"]) >= published.year:
            parts.append(group["year"])
    return "|".join(dict.fromkeys(parts)) or None
