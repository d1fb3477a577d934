"""What may explain a stated conversion that its own date does not: alternatives priced in bits.

A view is one way to look at the two figures (another currency, another scale, divided instead of
multiplied); with the rate of the tested date it is an explanation, with the rate of another date
or with a second view it is a composition. Bits add and the fewest win; ties go to the simpler
explanation, then to the order in which they were tried. Costs: ``calc/data/check_costs.tsv``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from rates.currencies import currency
from rates.errors import PledgecalcError

from ..parties import currencies_of, find_parties
from ..text import data_tables
from ..text.days import day_words
from ..values.intervals import Interval
from .market import FixingBand, Market, Places, market
from .stated import Side, Stated

_WEEK = 5  # business days
_SCALES = (3, -3, 6, -6, 1, -1, 2, -2)  # powers of ten; + means that too much is printed


class View(NamedTuple):
    """The figures seen another way: the market and the rates that this would imply.

    ``terms`` are the slips it supposes (none for the figures as they stand), ``says`` the
    condition in words, to be read after "it fits …".
    """

    terms: tuple[str, ...]
    bits: float
    market: Market
    implied: Interval
    says: str


class Trial(NamedTuple):
    """A hypothesis that was tried: whether it fits, at what cost, and the words for it."""

    terms: tuple[str, ...]
    bits: float
    fits: bool
    says: str

    @property
    def verdict(self) -> str:
        """The word of the verdict that this explanation gives."""
        return "compound" if len(self.terms) > 1 else self.terms[0].partition(":")[0]

    @property
    def worth(self) -> bool:
        """Whether it fits and is likelier than that the two numbers just disagree."""
        limit = "inconsistent" if len(self.terms) == 1 else "unexplained"
        return self.fits and self.bits <= cost(limit)


def cost(hypothesis: str) -> float:
    """Return the bits of a hypothesis.

    >>> cost("inverted") < cost("inconsistent")
    True
    """
    return _costs()[hypothesis]


def lag_cost(business_days: int) -> float:
    """Return the bits of a rate that many business days away from the tested date.

    >>> lag_cost(5) - lag_cost(0)
    1.0
    """
    return cost("other-date") + math.log2(1 + business_days / _WEEK)


def cheapest(trials: Sequence[Trial]) -> Trial | None:
    """Return the likeliest explanation, if any is worth its bits."""
    worth = [trial for trial in trials if trial.worth]
    return min(worth, key=lambda trial: (round(trial.bits, 9), len(trial.terms)), default=None)


def explanations(
    stated: Stated, plain: Market, implied: Interval, bands: Sequence[FixingBand], end: int
) -> list[Trial]:
    """Try every alternative, in a fixed order; what does not fit is listed too.

    ``bands`` are the fixings of the tested dates, dearest last; ``end`` is the index of the last
    fixing that the writer can have known for another date.
    """
    as_printed = View((), 0.0, plain, implied, "")
    others = list(_currencies(stated, plain, implied))
    turned = list(_inverted(as_printed))
    scaled = list(_scales(as_printed))
    trials = [_at_another_date(as_printed, plain, bands, end)]
    trials += [_at_the_date(view, plain, bands) for view in (*others, *scaled, *turned)]
    trials.append(_copied(stated))
    # A text that names its currency wrongly and slips once more would explain anything.
    relabelled = cost("other-currency-relabelled")
    for view in (view for view in others if view.bits < relabelled):
        trials.append(_at_another_date(view, plain, bands, end))
        for both in (*_scales(view), *_inverted(view)):
            trials.append(_at_the_date(both, plain, bands))
    for view in scaled:
        trials.append(_at_another_date(view, plain, bands, end))
        trials += [_at_the_date(both, plain, bands) for both in _inverted(view)]
    trials += [_at_another_date(view, plain, bands, end) for view in turned]
    return trials


def _at_the_date(view: View, plain: Market, bands: Sequence[FixingBand]) -> Trial:
    for place, band in enumerate(bands):
        seen = _same_days(view.market, plain, band)
        if seen is not None and view.market.fits(view.implied, seen):
            bits = view.bits + place * cost("publication-date")
            return Trial(view.terms, bits, True, f"{view.says}, at the {band.name}")
    return Trial(view.terms, view.bits, False, view.says)


def _at_another_date(view: View, plain: Market, bands: Sequence[FixingBand], end: int) -> Trial:
    """The nearest day whose fixing gives the figure; failing that, one that does within slack."""
    terms = (*view.terms, "other-date")
    seen, days = view.market, plain.series.days
    last = seen.at(days[end])
    exact = seen.inside(view.implied, last)
    places = exact if len(exact) else seen.near(view.implied, last)
    extra = 0.0 if len(exact) else cost("other-date-near")
    condition = f"{view.says} and converted " if view.says else ""
    if not len(places):
        return Trial(terms, view.bits, False, f"{condition}at the rate of another day")
    lag, _, nearest = min(
        (
            max(first - place, place - last, 0),
            -place,
            place,
        )
        for first, last in ((seen.at(days[band.first]), seen.at(days[band.last])) for band in bands)
        for place in _around(places, last)
    )
    near = "such as" if len(exact) else "such as one near"
    day = day_words(seen.series.days[nearest])
    says = f"{condition}at the rate of another day, {near} {day}"
    return Trial(terms, view.bits + lag_cost(lag) + extra, True, says)


def _around(places: Places, last: int) -> list[int]:
    """Of ascending places those next to ``last``: the nearest of them is the nearest of all."""
    after = int(places.searchsorted(last, side="right"))
    found: list[int] = places[max(after - 1, 0) : after + 1].tolist()
    return found


def _same_days(seen: Market, plain: Market, band: FixingBand) -> FixingBand | None:
    """The band of the same days in another pair's market; ``None`` where that has a hole."""
    if seen is plain:
        return band
    days = plain.series.days
    last = seen.at(days[band.last])
    if last < 0 or (days[band.last] - seen.series.days[last]).days > _WEEK:
        return None
    first = max(seen.at(days[band.first]), 0)  # its rates may begin within those days
    used = seen.series.values[first : last + 1]
    return band._replace(first=first, last=last, low=min(used), high=max(used))


def _copied(stated: Stated) -> Trial:
    base, quote = stated.base.printed, stated.stated.printed
    same = base is not None and quote is not None and base.amount == quote.amount
    return Trial(("copied",), cost("copied"), same, "if the number was copied without converting")


def _scales(view: View) -> Iterator[View]:
    for step in _SCALES:
        factor = Decimal(10) ** -step
        size = "large" if step > 0 else "small"
        condition = f"if the stated figure is {10 ** abs(step):,} times too {size}"
        yield view._replace(
            terms=(*view.terms, f"scale:{step:+d}"),
            bits=view.bits + cost(f"scale-{abs(step)}"),
            implied=view.implied.times(Interval(factor, factor)),
            says=_joined(view.says, condition),
        )


def _inverted(view: View) -> Iterator[View]:
    one = Interval(Decimal(1), Decimal(1))
    yield view._replace(
        terms=(*view.terms, "inverted"),
        bits=view.bits + cost("inverted"),
        implied=one.divided_by(view.implied),
        says=_joined(view.says, "if the amount was divided by the rate instead of multiplied"),
    )


def _currencies(stated: Stated, plain: Market, implied: Interval) -> Iterator[View]:
    """One view for each other currency that one of the two figures may really be in."""
    for side, is_base in ((stated.stated, False), (stated.base, True)):
        for code, bits in _others(side, stated):
            pair = (code, plain.quote) if is_base else (plain.base, code)
            try:
                seen = market(plain.rates, *pair, plain.early)
                name = currency(code).name
            except PledgecalcError:  # no series, or a code of a user's table that does not exist
                continue
            condition = f"if “{side.words}” is in {code} ({name})"
            yield View((f"other-currency:{code}",), bits, seen, implied, condition)


def _others(side: Side, stated: Stated) -> Iterator[tuple[str, float]]:
    """The other currencies of a figure with their bits: its candidates, then its families."""
    taken = [stated.base.currency, stated.stated.currency]
    own = _money((stated.donor or "").split("|"))
    outlet = [mention.name for mention in find_parties(stated.publisher or "")]
    around = _money([*(stated.recipient or "").split("|"), *outlet])
    for code in side.candidates:
        if code not in taken:
            taken.append(code)
            evidence = "-donor" if code in own else "-outlet" if code in around else ""
            yield code, cost(f"other-currency{evidence}")
    for family in _families():
        if side.currency in family:
            for code in family:
                if code not in taken:
                    taken.append(code)
                    yield code, cost("other-currency-relabelled")


def _money(parties: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for name in parties for code in currencies_of(name))


def _joined(first: str, second: str) -> str:
    return f"{first} and {second.removeprefix('if ')}" if first else second


@lru_cache(maxsize=1)
def _costs() -> dict[str, float]:
    return {row["hypothesis"]: float(row["bits"]) for row in data_tables.table("check_costs")}


@lru_cache(maxsize=1)
def _families() -> tuple[tuple[str, ...], ...]:
    found = data_tables.table("currency_families")
    return tuple(tuple(row["currencies"].split("|")) for row in found)
