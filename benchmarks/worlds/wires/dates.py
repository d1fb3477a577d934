"""How articles say when something happened, and what date the words give."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import NamedTuple

from .habits import Habits, Taste

MONTHS = (
    "January February March April May June July August September October November December"
).split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()


class When(NamedTuple):
    """Words for a day, and the date that they give: none where they only hint at it."""

    words: str
    day: int | None
    precision: str | None


SILENT = When("", None, None)


def day_and_month(day: int, style: str, year: bool = False) -> str:
    """A date as an outlet writes it.

    >>> day_and_month(dt.date(2023, 4, 12).toordinal(), "uk", True)
    '12 April 2023'
    """
    date = dt.date.fromordinal(day)
    month = MONTHS[date.month - 1]
    if style == "uk":
        return f"{date.day} {month}" + (f" {date.year}" if year else "")
    return f"{month} {date.day}" + (f", {date.year}" if year else "")


def when(rng: Random, act: int, published: int, style: str, taste: Taste, habits: Habits) -> When:
    """Words for the day of an act in an article of another day; they begin with a space."""
    ago = published - act
    if ago <= 6:
        return _this_week(rng, act, ago, style, taste)
    if rng.random() < habits["vague_dates"]:
        return When(f" {taste.pick(rng, _reach(ago), _vague(act, published))}", None, None)
    date, now = dt.date.fromordinal(act), dt.date.fromordinal(published)
    month = MONTHS[date.month - 1]
    far = date.year != now.year
    exact = day_and_month(act, style, far)
    first = date.replace(day=1).toordinal()
    third = ("early", "mid-", "late")[min(2, (date.day - 1) // 10)]
    part = f"{third}{month}" if third == "mid-" else f"{third} {month}"
    year = f" {date.year}" if far else ""
    choices = [
        When(f" on {exact}", act, "day"),
        When(f" in {month}{year}", first, "month"),
        When(f" in {part}{year}", first, "month"),
    ]
    if 0 < (now.year - date.year) * 12 + now.month - date.month < 11:
        choices.append(When(f" last {month}", first, "month"))
    if far:
        choices.append(When(f" in {date.year}", date.replace(month=1, day=1).toordinal(), "year"))
    return taste.pick(rng, f"exact {len(choices)} {far}", choices)


def _this_week(rng: Random, act: int, ago: int, style: str, taste: Taste) -> When:
    name = DAYS[(act - 1) % 7]
    choices = [When(f" on {name}", act, "day"), When(f" on {name}", act, "day"),
               When(f" on {day_and_month(act, style)}", act, "day")]  # fmt: skip
    if ago == 0:
        choices += [When(" today", act, "day"), When(f" {name}", act, "day")]
    elif ago == 1:
        choices += [When(" yesterday", act, "day"), When(" a day earlier", act, "day")]
    else:
        choices += [When(f" last {name}", act, "day"), When(" earlier this week", None, None),
                    When(f" {_NUMBERS[ago]} days ago", act, "day")]  # fmt: skip
    return taste.pick(rng, f"week {min(ago, 2)}", choices)


def _reach(ago: int) -> str:
    return next(str(most) for most in (20, 60, 300, 430, 10**6) if ago <= most)


def _vague(act: int, published: int) -> list[str]:
    """Words that only hint at the day, all of one length of time."""
    ago = published - act
    date, now = dt.date.fromordinal(act), dt.date.fromordinal(published)
    season = ("winter", "spring", "summer", "autumn")[date.month % 12 // 3]
    months = max(2, round(ago / 30.4))
    if ago <= 20:
        weeks = "a week ago" if ago < 11 else "two weeks ago"
        return [weeks, "recently", "earlier", "this month" if date.month == now.month else "lately"]
    if ago <= 60:
        return ["last month" if ago < 45 else "in recent weeks", "some weeks ago", "earlier"]
    counted = f"{_NUMBERS[months]} months ago" if months < 13 else "over a year ago"
    if ago <= 300:
        same = "earlier this year" if date.year == now.year else "last year"
        return [same, f"last {season}", counted, "months ago", "some time ago"]
    if ago <= 430:
        return ["a year ago", f"last {season}", "about a year ago", "the year before", counted]
    return ["more than a year ago", "the year before last" if ago > 600 else "over a year ago",
            f"in {season} {date.year}", "long ago"]  # fmt: skip
