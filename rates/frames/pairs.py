"""The rate from one currency to another for every calendar day: what a frame gathers from.

Built from the daily EUR legs of ``rates.calendar``. Where both legs must come from one day and a
source published only one of them, the cell is asked of ``rates.legs`` itself.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .. import ecb
from ..cautions import cautions
from ..errors import NoRateError
from ..fixings import ARITHMETIC, Fixings
from ..legs import observe
from ..policies import Asked, Policy, for_precision
from .beyond import filled, in_ecu, noted
from .daily import EPOCH, NEVER, Leg, leg, span

_STATUTORY = "irrevocable"
_PERIODS = {
    "year-avg": "year",
    "hmrc-year": "year",
    **dict.fromkeys(("month-avg", "month-end", "inforeuro", "hmrc-month"), "month"),
}
_CLOSING = "closing: the newest rate there is"


@lru_cache(maxsize=256)
def pair(policy: Policy, base: str, quote: str, table: Fixings) -> Leg:
    """``quote`` per 1 ``base`` for each day of ``span(table)``; one day when no date is asked.

    The value of a day is that of ``convert``, its note the reason where there is none, else what
    to say beside it. ``observed`` is the day of publication, of a mean the last one.

    >>> from rates import ecb
    >>> found = pair(Policy("spot"), "EUR", "USD", ecb.fixings())
    >>> float(found.values[date(2024, 11, 3).toordinal() - EPOCH - 10227])
    1.0885
    """
    if not policy.dated:
        return _single(policy, base, quote, table)
    days = span(table).days
    if base == quote:
        never = np.full(days, NEVER, np.int32)
        return Leg(np.ones(days), never, np.full(days, -1, np.int32), ())
    found = _within(policy, base, quote, table)
    if table.beyond is not None:
        found = filled(found, _within(policy, base, quote, table.beyond), (base, quote), table)
        if policy.averages:
            partial = np.array([" is partial" in text for text in found.texts] + [False])
            asked = np.flatnonzero(partial[found.notes] & ~np.isnan(found.values))
            found = _asked_again(found, asked, policy, base, quote, table)
    if "EUR" in (base, quote):
        found = in_ecu(found, quote if base == "EUR" else base)
    return _cautioned(found, (base, quote), table) if policy.name == "spot" else found


def _cautioned(found: Leg, codes: tuple[str, str], table: Fixings) -> Leg:
    """What is known of the official rates of those years beside each, as ``legs`` has it."""
    for code in codes:
        if ecb.fixings().has(code) and not cautions(code):
            continue
        own = [one for one in table.tables if one.quality == "user" and one.has(code)]
        used = np.isin(found.observed, [day for one in own for day in _published(code, one)])
        for one in cautions(code):
            first, last = (date.fromisoformat(day).toordinal() - EPOCH for day in one[:2])
            there = (found.observed >= first) & (found.observed <= last) & ~used
            if (there := there & ~np.isnan(found.values)).any():
                found = noted(found, there, one.words)
    return found


def _within(policy: Policy, base: str, quote: str, table: Fixings) -> Leg:
    """The same from the tables of ``table`` alone, without those beyond it."""
    below, above = leg(policy, base, table), leg(policy, quote, table)
    with np.errstate(invalid="ignore"):
        values = above.values / below.values
    fixed = _statutory(below), _statutory(above)
    notes, texts = _together(base, quote, below, above)
    found = Leg(values, _observed(below, above, *fixed), notes, texts)
    if "EUR" in (base, quote):
        return found
    asked = _uneven(policy, base, quote, below, above, fixed, table)
    if policy.name == "spot" and len(asked):
        found, asked = _same_day(found, asked, below, above, table)
    return _asked_again(found, asked, policy, base, quote, table)


def _single(policy: Policy, base: str, quote: str, table: Fixings) -> Leg:
    """One cell for every date: the policy does not look at it."""
    never, silent = np.array([NEVER], np.int32), np.array([-1], np.int32)
    if base == quote:
        return Leg(np.ones(1), never, silent, ())
    value, seen, note = _cell(policy, base, quote, None, table)
    if note is None and policy.name == "closing":
        note = _CLOSING
    if note is not None:
        silent = np.zeros(1, np.int32)
    return Leg(np.array([value]), np.array([seen], np.int32), silent, (note,) if note else ())


def known_to(
    policy: Policy, base: str, quote: str, asked: Asked, table: Fixings
) -> tuple[float, int, str | None]:
    """Rate (NaN: none), day of publication (``NEVER``: none) and note of a date in ``span``.

    A date known to the month or year gets what ``for_precision`` leaves of the policy, and says so.
    """
    used = for_precision(policy, asked)
    found = pair(used, base, quote, table)
    place = asked.day.toordinal() - EPOCH - span(table).first if used.dated else 0
    value, note = float(found.values[place]), found.notes[place]
    words = [found.texts[note]] if note >= 0 else []
    if used != policy and base != quote and value == value:
        when = asked.known_to(used.averages or "day")
        words.insert(
            0,
            f"the date is known only to the {asked.precision}: {used} of {when} "
            f"in place of {policy}",
        )
    return value, int(found.observed[place]), "; ".join(words) or None


def _cell(
    policy: Policy, base: str, quote: str, asked: Asked | None, table: Fixings
) -> tuple[float, int, str | None]:
    codes = tuple(code for code in (base, quote) if code != "EUR")
    try:
        used = observe(policy, codes, asked, table.serving(base, quote))
    except NoRateError as error:
        return float("nan"), NEVER, str(error)
    one = ARITHMETIC.create_decimal(1)
    below = used.legs[base].value if base in used.legs else one
    above = used.legs[quote].value if quote in used.legs else one
    seen = used.rate_date.toordinal() - EPOCH if used.rate_date else NEVER
    return float(ARITHMETIC.divide(above, below)), seen, "; ".join(used.warnings) or None


def _statutory(found: Leg) -> NDArray[np.bool_]:
    """On which days the leg is an irrevocable rate."""
    by_text = np.array([text.startswith(_STATUTORY) for text in found.texts] + [False])
    return np.asarray(by_text[found.notes])


def _observed(
    below: Leg, above: Leg, below_fixed: NDArray[np.bool_], above_fixed: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """The earlier day of publication; of two irrevocable rates the day of the later."""
    latest = np.int32(2**31 - 1)
    one = np.where(below_fixed | (below.observed == NEVER), latest, below.observed)
    two = np.where(above_fixed | (above.observed == NEVER), latest, above.observed)
    earlier = np.minimum(one, two)
    law = np.maximum(below.observed, above.observed)
    seen = np.where(earlier == latest, law, earlier)
    return np.where(np.isnan(below.values) | np.isnan(above.values), NEVER, seen).astype(np.int32)


def _together(base: str, quote: str, below: Leg, above: Leg) -> tuple[NDArray[np.int32], Any]:
    """Notes of the pair: the first reason for no rate, else what stands beside both legs."""
    one, two = np.isnan(below.values), np.isnan(above.values)
    width = len(above.texts) + 1
    state = np.where(one, 1, np.where(two, 2, 0))
    keys = (state * (len(below.texts) + 1) + below.notes + 1) * width + above.notes + 1
    distinct, inverse = np.unique(keys, return_inverse=True)
    places: dict[str, int] = {}
    by_key = []
    for key in distinct.tolist():
        rest, second = divmod(key, width)
        which, first = divmod(rest, len(below.texts) + 1)
        words = []
        if which != 2 and first:
            words.append(_named(base, below.texts[first - 1]))
        if which != 1 and second:
            words.append(_named(quote, above.texts[second - 1]))
        note = "; ".join(dict.fromkeys(words))
        by_key.append(places.setdefault(note, len(places)) if note else -1)
    return np.array(by_key, np.int32)[inverse], tuple(places)


def _named(code: str, note: str) -> str:
    return f"{code} {note}" if note.startswith(_STATUTORY) else note


def _uneven(
    policy: Policy,
    base: str,
    quote: str,
    below: Leg,
    above: Leg,
    fixed: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    table: Fixings,
) -> NDArray[np.intp]:
    """The days on which the two legs may not be of the same days of publication."""
    homes = [[home for home in table.tables if home.has(code)] for code in (base, quote)]
    users = any(home.quality == "user" for home in homes[0] + homes[1])
    if users and not set(homes[0]) & set(homes[1]):
        return np.empty(0, np.intp)  # each stands for itself
    if not homes[0] + homes[1]:
        return np.empty(0, np.intp)
    both = ~(np.isnan(below.values) | np.isnan(above.values) | fixed[0] | fixed[1])
    if not policy.averages:
        return np.flatnonzero(both & (below.observed != above.observed))
    length = "datetime64[M]" if policy.averages == "month" else "datetime64[Y]"
    only_one = [
        np.setxor1d(_published(base, home), _published(quote, home))
        for home in dict.fromkeys(homes[0] + homes[1])
    ]
    periods = np.concatenate(only_one).astype("datetime64[D]").astype(length)
    calendar = np.arange(span(table).first, span(table).last + 1).astype("datetime64[D]")
    return np.flatnonzero(both & np.isin(calendar.astype(length), periods))


def _same_day(
    found: Leg, uneven: NDArray[np.intp], below: Leg, above: Leg, table: Fixings
) -> tuple[Leg, NDArray[np.intp]]:
    """The pair with both rates of the older of the two days; and the days left to be asked."""
    first = span(table).first
    oldest = np.minimum(below.observed[uneven], above.observed[uneven])
    at = np.maximum(oldest - first, 0)
    good = (below.notes[uneven] < 0) & (above.notes[uneven] < 0)
    good &= (below.observed[at] == oldest) & (above.observed[at] == oldest)
    values, observed = found.values.copy(), found.observed.copy()
    done, of = uneven[good], at[good]
    values[done] = above.values[of] / below.values[of]
    observed[done] = oldest[good]
    return found._replace(values=values, observed=observed), uneven[~good]


def _published(code: str, home: Fixings) -> NDArray[np.int32]:
    """The days on which a table has a rate of its own, as days since 1970."""
    if not home.has(code):
        return np.empty(0, np.int32)
    spot = leg(Policy("spot"), code, home)
    return np.unique(spot.observed[~_statutory(spot) & (spot.observed != NEVER)])


def _asked_again(
    found: Leg, places: NDArray[np.intp], policy: Policy, base: str, quote: str, table: Fixings
) -> Leg:
    """The pair with the cells at ``places`` as ``legs.observe`` has them."""
    if not len(places):
        return found
    first = span(table).first
    values, observed, notes = found.values.copy(), found.observed.copy(), found.notes.copy()
    texts = {text: place for place, text in enumerate(found.texts)}
    cells: dict[Asked, tuple[float, int, str | None]] = {}
    for place in places.tolist():
        day = Asked(date.fromordinal(first + place + EPOCH), "day")
        asked = day.known_to(_PERIODS.get(policy.name, "day"))  # one rate for all of its days
        if asked not in cells:
            cells[asked] = _cell(policy, base, quote, day, table)
        values[place], observed[place], note = cells[asked]
        notes[place] = -1 if note is None else texts.setdefault(note, len(texts))
    return Leg(values, observed, notes, tuple(texts))
