"""What the days of two groups, and the steps told on them, say of their being one pledge."""

from __future__ import annotations

import math
from bisect import bisect_left

from ..schema import STAGES
from .bits import Piece, piece
from .group import Group

# Beyond this only a shared named programme can join two claims. Nearer ones have their price.
FAR_DAYS = 800
TWICE_TOLD_DAYS = 230  # an equal amount told so much later may be the same one still
# Evidence by days apart: of publication, and of a date that the words of one side or of both give.
LIMITS = (0, 3, 7, 30, 60, 120, 230, 400)
PRINTED, _FURTHER, _AGAIN, _LISTED, TOLD, _TOLD_STEP, _RETOLD, _BOTH, _BOTH_STEPS = (
    tuple(f"{kind}-{limit}" for limit in (*LIMITS, "later"))
    for kind in (
        *("date", "step", "again", "listed"),
        *("told", "told-step", "retold", "both", "both-steps"),
    )
)
_SAME_NEWS_DAYS = 7  # so far apart, two papers may still tell of one piece of news
_YEARLY_DAYS = 180
_NEWS_DAYS = 14  # one step of a pledge is seldom reported as news for longer


def too_far(a: Group, b: Group) -> bool:
    """Whether the acts lie further apart than any but a shared name could bridge."""
    if a.names and b.names and set(a.names) & set(b.names):
        return False
    days = distance(a, b)
    return days is not None and days > FAR_DAYS


def distance(a: Group, b: Group) -> int | None:
    """Days between two groups: of their acts or of their publication, whichever is less."""
    if len(a.acts) == len(b.acts) == len(a.published) == len(b.published) == 1:
        (x,), (y,) = a.acts, b.acts  # most groups are of one day
        between = max(y[0] - x[1], x[0] - y[1], 0)
        return min(between, abs(a.published[0] - b.published[0])) if between else 0
    gaps = [max(y[0] - x[1], x[0] - y[1], 0) for x in a.acts for y in b.acts]
    gaps += [abs(x - y) for x in a.published for y in b.published]
    return min(gaps, default=None)


def by_days(a: Group, b: Group) -> list[Piece]:
    found = []
    days = _apart_in_time(a, b)
    earlier, later = (b, a) if _first_day(b) < _first_day(a) else (a, b)
    if days is not None:
        words = f"{days} days apart" if days != 1 else "a day apart"
        found.append(piece(_apart_by(days, a, b, earlier, later), words))
        if days > _SAME_NEWS_DAYS and _without_words(a, b):
            found.append(piece("rows-apart", "a row of a table that no word says is the other"))
        if days > _YEARLY_DAYS and (a.yearly or b.yearly):
            found.append(piece("yearly-apart", "a sum of every year"))
        if days > _SAME_NEWS_DAYS:
            found += _told_later(earlier, later, days)
    if _first_day(earlier) < _first_day(later) and 0 < later.stage < earlier.stage:
        found.append(
            piece("stage-back", f"{STAGES[earlier.stage]} first, {STAGES[later.stage]} later")
        )
    return found


def _apart_by(days: int, a: Group, b: Group, earlier: Group, later: Group) -> str:
    """The evidence of two groups so many days apart, by what their dates are dates of."""
    one_act = earlier.stage == later.stage or not (earlier.stage and later.stage)
    if a.stated or b.stated:
        both = bool(a.stated and b.stated)
        if days == 0 and any(first == last for first, last in (*a.stated, *b.stated)):
            return "both-day" if both else "told-day"
        if not both and (a.again if b.stated else b.again):
            names = _RETOLD
        elif one_act:
            names = _BOTH if both else TOLD
        else:
            names = _BOTH_STEPS if both else _TOLD_STEP
    elif a.listed or b.listed:
        names = _LISTED
    elif later.again:
        names = _AGAIN
    else:
        names = PRINTED if one_act else _FURTHER
    return names[bisect_left(LIMITS, days)]


def _told_later(earlier: Group, later: Group, days: int) -> list[Piece]:
    """What the telling of a later day says: the same money again, more of it, or a further step."""
    found = []
    if later.again and not later.stated:
        found.append(piece("again", "the later one says that it is old news"))
    if later.additional and not (later.again or earlier.additional):
        found.append(piece("additional", "the later one reports one more"))
    if later.stage > max(earlier.stage, 1):
        found.append(piece("stage-on", f"later {STAGES[later.stage]}"))
    one_step = earlier.stage == later.stage > 1
    if days > _NEWS_DAYS and one_step and _is_news(earlier) and _is_news(later):
        found.append(piece("news-apart", f"both report as news that it was {STAGES[later.stage]}"))
    return found


def _without_words(a: Group, b: Group) -> bool:
    """Whether a row without words is told apart from the other by its day alone."""
    return not (a.sentences and b.sentences) and set(a.names).isdisjoint(b.names)


def _is_news(one: Group) -> bool:
    """Whether a group tells its money as news: neither again, nor of another day."""
    return not (one.again or one.stated)


def _apart_in_time(a: Group, b: Group) -> int | None:
    """Days between two groups, by the dates that their words give before those of publication."""
    if not (a.stated or b.stated) and len(a.published) == len(b.published) == 1:
        return abs(a.published[0] - b.published[0])  # most groups are of one day
    mine = a.stated or tuple((day, day) for day in a.published)
    other = b.stated or tuple((day, day) for day in b.published)
    gaps = [max(y[0] - x[1], x[0] - y[1], 0) for x in mine for y in other]
    return min(gaps, default=None)


def _first_day(one: Group) -> float:
    return one.published[0] if one.published else math.inf
