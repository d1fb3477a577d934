"""The true events of a made world: pledges with their stages, tranches, revisions and totals."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random

from .parties_of import UNITS
from .settings import Settings
from .wording import FIRST, KINDS, SECOND


@dataclass
class Pledge:
    """One pledge as it really was; days are ordinals, amounts in the home currency."""

    id: str
    donor: str
    recipient: str
    home: str
    amount: float
    digits: int
    kind: str
    broad: tuple[str, ...]
    line: tuple[str, ...]
    programme: str | None
    day: int
    stages: list[tuple[int, str]] = field(default_factory=list)  # day, status after the first
    revised: tuple[int, float] | None = None
    whole: Pledge | None = None  # of a tranche

    def worth(self, day: int) -> float:
        """The amount in force on a day."""
        return self.revised[1] if self.revised and day >= self.revised[0] else self.amount


@dataclass
class Total:
    """One point of a running total: the sum at the end of a quarter, told until the next one."""

    id: str
    series: str
    scope: str
    amount: float
    first: int
    last: int


@dataclass
class Pair:
    """All that happened between one donor and one recipient."""

    donor: str
    recipient: str
    home: str
    pledges: list[Pledge]
    totals: list[Total]


def rounded(value: float, digits: int) -> float:
    """A number in so many significant digits.

    >>> rounded(1234567, 2)
    1200000.0
    """
    return float(f"{value:.{digits - 1}e}")


def poisson(rng: Random, mean: float) -> int:
    """A Poisson number, by counting exponential steps."""
    count, left = 0, mean
    while left > 0:
        left -= rng.expovariate(1.0)
        count += left > 0
    return count


def history(
    rng: Random, pair: tuple[str, str, str], rate: float, start: int, settings: Settings
) -> Pair:
    """What one donor did for one recipient: about ``rate`` pledges a month."""
    donor, home, recipient = pair
    unit = UNITS.get(home, 1)
    programmes = [f"{rng.choice(FIRST)} {rng.choice(SECOND)}" for _ in range(4)]
    usual = [rounded(unit * 10 ** rng.gauss(7.3, 0.5), 1) for _ in range(4)]
    taste = [rng.expovariate(1.0) for _ in KINDS]  # a donor gives some kinds more than others
    pledges: list[Pledge] = []
    for month in range(settings.months):
        for _ in range(poisson(rng, rate)):
            name = f"p:{donor}:{recipient}:{len(pledges)}"
            day = start + 30 * month + rng.randrange(30)
            pledges.append(
                _pledge(
                    rng, name, (donor, home, recipient), day, programmes, usual, taste, settings
                )
            )
    parts = [part for one in pledges for part in _tranches(rng, one, settings)]
    pledges.sort(key=lambda one: one.day)
    totals = _totals(rng, pair, pledges, start, settings)
    return Pair(donor, recipient, home, pledges + parts, totals)


def _pledge(
    rng: Random,
    name: str,
    pair: tuple[str, str, str],
    day: int,
    programmes: list[str],
    usual: list[float],
    taste: list[float],
    settings: Settings,
) -> Pledge:
    donor, home, recipient = pair
    kind, broad, lines = rng.choices(KINDS, taste)[0]
    draw = rng.random()
    digits = (
        1
        if draw < settings.one_digit
        else 2
        if draw < settings.one_digit + settings.two_digits
        else 3
    )
    amount = rounded(UNITS.get(home, 1) * 10 ** min(max(rng.gauss(7.4, 0.7), 5.8), 9.6), digits)
    if rng.random() < settings.usual_amounts:
        amount, digits = rng.choice(usual), 1
    one = Pledge(
        name, donor, recipient, home, amount, digits, kind, broad, rng.choice(lines),
        rng.choice(programmes) if rng.random() < settings.named else None, day,
    )  # fmt: skip
    later = day
    for status, share, wait in (
        ("committed", settings.committed, 60),
        ("disbursed", settings.disbursed, 120),
    ):
        later += 5 + int(rng.expovariate(1 / wait))
        if rng.random() < share and later < day + 400:
            one.stages.append((later, status))
    if rng.random() < settings.revisions:
        grown = rounded(amount * rng.choice((1.2, 1.25, 1.5, 2.0, 0.8)), max(digits, 2))
        one.revised = (day + 15 + int(rng.expovariate(1 / 60)), grown)
    return one


def _tranches(rng: Random, whole: Pledge, settings: Settings) -> list[Pledge]:
    if rng.random() >= settings.tranches:
        return []
    parts = []
    day = whole.day + 10
    for number in range(rng.choice((1, 2, 2, 3))):
        day += 5 + int(rng.expovariate(1 / 40))
        part = Pledge(
            f"{whole.id}:t{number}", whole.donor, whole.recipient, whole.home,
            rounded(whole.amount * rng.choice((0.1, 0.2, 0.25, 0.3, 0.4)), 2), 2, whole.kind,
            whole.broad, whole.line, whole.programme, day, whole=whole,
        )  # fmt: skip
        part.stages.append((day, "disbursed"))
        parts.append(part)
    return parts


def _totals(
    rng: Random, pair: tuple[str, str, str], pledges: list[Pledge], start: int, settings: Settings
) -> list[Total]:
    donor, home, recipient = pair
    found = []
    for scope in ("military", "all"):
        counted = [one for one in pledges if scope == "all" or one.kind == "military"]
        before = UNITS.get(home, 1) * 10 ** rng.gauss(8.5, 0.4)
        for quarter in range(math.ceil(settings.months / 3)):
            first = start + 90 * (quarter + 1)
            amount = before + sum(one.amount for one in counted if one.day < first)
            series = f"t:{donor}:{recipient}:{scope}"
            found.append(Total(f"{series}:{quarter}", series, scope, amount, first, first + 90))
    return found
