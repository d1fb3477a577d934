"""What a sum is and how far it has come: role and status weighed by fitted points over facts.

The first look decides by the strongest sign. It is right where a sign was written for the words;
where none was, many small things tell: the tense, a word of asking behind the sum, the title, what
the sums beside it are. So all facts of a sum (``calc.claims.sum_facts``), the first look among
them, add up their points for each role and each status (``calc/data/sum_points.tsv``). Another
value than that of the first look must be ahead of it by a margin; a status that is hardly ahead of
the next one stays open. The points are fitted to labelled sentences by
``scripts/fit_sum_points.py``: ten of them make a value about three times as likely.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ..documents import CONTENT
from ..text import data_tables
from . import roles, statuses
from .context import Context
from .dates import as_of_date
from .record import Reading
from .rules import named
from .signs import Sign, signs_in, top
from .spots import Fact
from .sum_facts import ALWAYS, NOWHERE, ASum, OtherSums, Place, SumsTold, facts_of

TABLE = "sum_points"
ROLES = ("pledge", "total", "target", "noise")
STAGES = ("pledged", "committed", "allocated", "disbursed", "unknown")
OTHER_ROLE, OTHER_STAGE, OPEN_BELOW = "ahead-for-role", "ahead-for-status", "open-below"
TOGETHER = {"role": "facts-together", "status": "facts-of-the-stage"}  # the signs that decide
AT_ONCE = 500  # sums that know of each other: a document of many thousands takes no more memory
SHOWN, MOST_SHOWN = 4, 5  # points from which on a fact is a sign of its own, and how many are
_NO_MONEY = ("target", "noise")  # roles of what nobody has promised

Points = tuple[int, ...]


@cache
def points() -> dict[str, dict[Fact, Points]]:
    """For roles and for stages the points of each fact for each of them, where it has any."""
    rows = data_tables.table(TABLE)
    found: dict[str, dict[Fact, Points]] = {}
    for facet, values in (("role", ROLES), ("status", STAGES)):
        told = {row["fact"]: tuple(int(row[value] or 0) for value in values) for row in rows}
        found[facet] = {fact: own for fact, own in told.items() if any(own)}
    return found


@cache
def margins() -> Mapping[str, int]:
    """By how many points a value must be ahead."""
    return {row["fact"]: int(row["margin"]) for row in data_tables.table(TABLE) if row["margin"]}


def added_up(facts: Iterable[Fact], facet: str) -> list[int]:
    """The points of all facts for each value of a facet, in the order of ``ROLES``, ``STAGES``."""
    return _added((ALWAYS, *facts), facet)


def _added(facts: Iterable[Fact], facet: str) -> list[int]:
    worth = points()[facet]
    told = list(map(worth.__getitem__, filter(worth.__contains__, facts)))
    if not told:
        return [0] * len(ROLES if facet == "role" else STAGES)
    return [sum(column) for column in zip(*told, strict=True)]


def weigh(readings: Sequence[Reading], context: Context) -> list[Reading]:
    """The readings of a document with the roles and the stages to which their facts come.

    Each sum is weighed twice: by itself, and knowing what the others came to.
    """
    page = SumsTold(readings, context, CONTENT)
    found = list(readings)
    for start in range(0, len(page.told), AT_ONCE):
        sums = page.told[start : start + AT_ONCE]
        facts = [facts_of(told, page) for told in sums]
        counts = [{facet: added_up(own, facet) for facet in TOGETHER} for own in facts]
        alone = [_weighed(*one) for one in zip(sums, facts, counts, strict=True)]
        others = OtherSums(alone)
        for at, told in enumerate(sums):
            if told.one.noise_reason == roles.NOTHING_SAYS and page.elsewhere(told):
                continue  # it is what it is there (``calc.claims.repeats``)
            more = dict.fromkeys(others.facts(at), NOWHERE)
            own = {**facts[at], **more}
            both = {facet: _sums(counts[at][facet], _added(more, facet)) for facet in TOGETHER}
            role, stage = _weighed(told, own, both)
            if (role, stage) == (told.one.role, told.one.status):
                continue
            for place in told.at:
                found[place] = _with_role(found[place], role, own)
                if found[place].status != stage:
                    found[place] = _with_stage(found[place], stage, own)
    return found


def _sums(one: Sequence[int], other: Sequence[int]) -> list[int]:
    return [count + more for count, more in zip(one, other, strict=True)]


def _weighed(
    told: ASum, facts: Mapping[Fact, Place], counts: Mapping[str, Sequence[int]]
) -> tuple[str, str]:
    role = _role(told, facts, counts["role"])
    return role, _stage(told, role, counts["status"])


def _role(told: ASum, facts: Mapping[Fact, Place], added: Sequence[int]) -> str:
    """The role with the most points, where it is ahead of that of the first look by enough."""
    counts = dict(zip(ROLES, added, strict=True))
    best = max(ROLES, key=lambda role: counts[role])
    ahead = counts[best] - counts[told.one.role]
    if best == "total" and told.one.role == "pledge" and "elsewhere-pledge" in facts:
        return told.one.role  # a sum that the document gives once is no running total the next time
    return best if ahead >= margins()[OTHER_ROLE] else told.one.role


def _stage(told: ASum, role: str, added: Sequence[int]) -> str:
    """The stage with the most points; none of what nobody promised, and none that is hardly ahead.

    A stage of the first look stays where another one is little ahead of it.
    """
    if role in _NO_MONEY:
        return told.one.status if role == told.one.role else "unknown"
    counts = dict(zip(STAGES, added, strict=True))
    best = max(STAGES, key=lambda stage: counts[stage])
    if role == told.one.role and counts[best] - counts[told.one.status] < margins()[OTHER_STAGE]:
        best = told.one.status
    second = max(count for stage, count in counts.items() if stage != best)
    return best if counts[best] - second >= margins()[OPEN_BELOW] else "unknown"


def _with_role(one: Reading, role: str, facts: Mapping[Fact, Place]) -> Reading:
    """The reading with another role; a running total is counted to a day."""
    if role == one.role:
        return one
    as_of = None
    if role == "total":
        said = as_of_date(one.sentence, one.published)
        as_of = said.date if said else one.published
    reason = roles.NOTHING_SAYS if role == "noise" else None
    kept = _decided("role", one, one.role, role, facts)
    return one._replace(role=role, noise_reason=reason, as_of=as_of).signed(*kept)


def _with_stage(one: Reading, stage: str, facts: Mapping[Fact, Place]) -> Reading:
    if one.role in _NO_MONEY:
        signs = [sign for sign in signs_in(one.signs) if sign.facet == "status"]
        most = max((sign.points for sign in signs), default=0)
        none = named(statuses.TABLE)["no-pledge"].sign()
        return one._replace(status=stage).signed(none._replace(points=max(none.points, most + 1)))
    kept = _decided("status", one, one.status, stage, facts)
    return one._replace(status=stage).signed(*kept)


def _decided(
    facet: str, one: Reading, was: str, now: str, facts: Mapping[Fact, Place]
) -> list[Sign]:
    """The signs of another value: the facts that speak most for it, and all of them together."""
    worth = points()[facet]
    values = ROLES if facet == "role" else STAGES
    at, before = values.index(now), values.index(was)
    speaking = {fact: worth[fact][at] - worth[fact][before] for fact in facts if fact in worth}
    shown = sorted(speaking, key=lambda fact: -speaking[fact])[:MOST_SHOWN]
    signs = [
        Sign(facet, fact, now, speaking[fact], *facts[fact])
        for fact in shown
        if speaking[fact] >= SHOWN
    ]
    counts = added_up(facts, facet)
    second = max(count for value, count in zip(values, counts, strict=True) if value != now)
    own = [sign for sign in signs_in(one.signs) if sign.facet == facet]
    most = top([*own, *signs]).points if own or signs else 0
    ahead = max(1, counts[at] - second)
    return [*signs, Sign(facet, TOGETHER[facet], now, most + ahead, *NOWHERE)]
