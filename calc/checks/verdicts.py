"""One stated conversion judged: the readings against the fixings, then the alternatives."""

from __future__ import annotations

import calendar
import datetime as dt
from contextlib import suppress
from decimal import Decimal
from typing import NamedTuple

from rates.currencies import currency
from rates.errors import NoRateError, PledgecalcError
from rates.fixings import Fixings

from ..text.months import NAMES
from ..values.intervals import Interval, Printed, reading
from ..values.windows import Windows
from .hypotheses import Trial, cheapest, cost, explanations
from .market import FixingBand, Market, market
from .stated import Stated

READING_VERDICTS = {
    "core": "consistent",
    "usual": "consistent-if-rounded",
    "extreme": "consistent-if-truncated",
}
READING_COSTS = {"core": None, "usual": "usual", "extreme": "extreme"}
WEAK_POWER = 0.2  # a test that refuses fewer of the random rates than this shows almost nothing


class Judgement(NamedTuple):
    """All that the test of one stated conversion found; amounts in the stated currency.

    ``bands`` are the fixings of the tested dates (value date first), ``chosen`` the place of the
    one that fitted, ``reading`` the reading that fitted, ``trials`` the alternatives tried.
    """

    stated: Stated
    verdict: str
    problem: str | None = None
    market: Market | None = None
    bands: tuple[FixingBand, ...] = ()
    chosen: int | None = None
    reading: str | None = None
    expected: Decimal | None = None
    gap: Decimal | None = None
    power: float | None = None
    windows: Windows = Windows()
    implied: dict[str, Interval] | None = None
    trials: tuple[Trial, ...] = ()
    trial: Trial | None = None

    @property
    def band(self) -> FixingBand:
        """The fixings of the value date."""
        return self.bands[0]

    @property
    def weak(self) -> bool:
        """Whether almost any rate of the last years would have passed."""
        return self.power is not None and self.power < WEAK_POWER


def judge(
    stated: Stated, policy: str, rates: Fixings, every_alternative: bool = False
) -> Judgement:
    """Judge one stated conversion; what cannot be tested is ``untestable`` with its reason.

    Alternatives are tried when no reading fits, or always with ``every_alternative``.
    """
    if stated.problem is not None:
        return Judgement(stated, "untestable", stated.problem)
    base, quote = stated.base.printed, stated.stated.printed
    assert base is not None  # else there is a problem
    assert quote is not None
    intervals = {
        "core": reading(quote, "core").divided_by(reading(base, "core")),
        "usual": reading(quote, "usual").divided_by(reading(base, "usual")),
    }
    if every_alternative:
        intervals["extreme"] = cut_or_raised(quote, base)
    try:
        pair = _known(stated.base.currency), _known(stated.stated.currency)
        seen = market(rates, *pair, stated.is_early)
        bands = _bands(stated, seen, policy)
    except PledgecalcError as error:
        return Judgement(stated, "untestable", _next_step(error), implied=intervals)

    band = bands[0]
    expected = base.amount * band.rate
    end = _newest(stated, seen)
    found = Judgement(
        stated,
        "inconsistent",
        market=seen,
        bands=bands,
        expected=expected,
        gap=100 * (quote.amount / expected - 1),
        power=seen.power(intervals["usual"], band.anchor),
        windows=seen.windows(intervals["usual"], end),
        implied=intervals,
    )
    for _, chosen, place in sorted(_chances(bands)):
        name = tuple(READING_VERDICTS)[place]
        if name not in intervals:  # seldom needed, and the dearest of the three
            intervals[name] = cut_or_raised(quote, base)
        if seen.fits(intervals[name], bands[chosen]):
            found = found._replace(verdict=READING_VERDICTS[name], chosen=chosen, reading=name)
            break
    if found.reading is not None and not every_alternative:
        return found
    trials = tuple(explanations(stated, seen, intervals["usual"], bands, end))
    found = found._replace(trials=trials)
    best = cheapest(trials)
    if found.reading is None and best is not None:
        found = found._replace(verdict=best.verdict, trial=best)
    return found


def _next_step(error: PledgecalcError) -> str:
    """Why there is no rate, and what would help where the error does not say."""
    if isinstance(error, NoRateError) and "--rates" not in str(error):
        return f"{error}; a table of rates that has it would help (--rates FILE)"
    return str(error)


def cut_or_raised(quote: Printed, base: Printed) -> Interval:
    """The rates that are possible when digits were cut off or rounded up, the extreme reading.

    Not every combination of it: whoever cuts digits off cuts both figures, or converts the printed
    one; whoever rounds up converts the printed one. Their combinations would let pass rates that
    no single habit gives.
    """
    usual = [reading(side, "usual") for side in (quote, base)]
    cut, raised = zip(*(_one_way(side) for side in (quote, base)), strict=True)
    return (
        usual[0]
        .divided_by(usual[1])
        .hull(cut[0].divided_by(usual[1]))
        .hull(usual[0].divided_by(cut[1]))
        .hull(cut[0].divided_by(cut[1]))
        .hull(raised[0].divided_by(reading(base, "core")))
    )


def _one_way(number: Printed) -> tuple[Interval, Interval]:
    """What a number stands for if digits were cut off, and if they were rounded up.

    A single printed digit that was cut off could stand for anything up to its double, and a test
    that accepts so much would excuse another currency: it is never read further than usual.
    """
    if number.amount < 10 * number.ulp:
        usual = reading(number, "usual")
        return usual, usual
    whole = reading(number, "extreme")
    return Interval(number.amount, whole.high), Interval(whole.low, number.amount)


def _chances(bands: tuple[FixingBand, ...]) -> list[tuple[float, int, int]]:
    """Bits, place of the band and place of the reading for each way to be consistent."""
    return [
        (
            place * cost("publication-date") + (0.0 if paid is None else cost(paid)),
            place,
            reading,
        )
        for place in range(len(bands))
        for reading, paid in enumerate(READING_COSTS.values())
    ]


def _known(code: str | None) -> str:
    """The code as ISO 4217 writes it; an error names what comes close."""
    return currency(code or "").code


def _bands(stated: Stated, seen: Market, policy: str) -> tuple[FixingBand, ...]:
    """The fixings of the value date and, where it lies elsewhere, of the publication date."""
    day, published, precision = stated.value_date, stated.published, stated.precision
    assert day is not None  # else there is a problem
    if published is not None and _span(day, precision)[0] > published:
        day, precision = published, "day"  # an act to come: the writer knew only today's rate
    bands = [_band(seen, day, precision, policy, published)]
    start, end = _span(day, precision)
    if published is not None and not start <= published <= end:
        # Without a rate for it the publication date just gives no second chance.
        with suppress(NoRateError):
            bands.append(_band(seen, published, "day", policy, published))
    same = (bands[0].first, bands[0].last) == (bands[-1].first, bands[-1].last)
    return tuple(bands[:1] if same else bands)


def _band(
    seen: Market, day: dt.date, precision: str, policy: str, published: dt.date | None
) -> FixingBand:
    if policy != "spot":
        return seen.under(policy, day, precision)
    if precision == "day":
        return seen.spot(day, published)
    start, end = _span(day, precision)
    name = str(day.year) if precision == "year" else f"{NAMES[day.month - 1]} {day.year}"
    return seen.period(start, end, name, published)


def _span(day: dt.date, precision: str) -> tuple[dt.date, dt.date]:
    if precision == "year":
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    if precision == "month":
        last = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=last)
    return day, day


def _newest(stated: Stated, seen: Market) -> int:
    """The index of the last fixing on or before publication (else the value date)."""
    day = stated.published
    if day is None:
        assert stated.value_date is not None
        day = _span(stated.value_date, stated.precision)[1]
    return max(seen.at(day), 0)
