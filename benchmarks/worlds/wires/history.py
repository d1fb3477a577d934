"""What truly happened in a world of the wires: pledges, their stages, and totals in time."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from random import Random

from ..rates_of import rate
from .habits import Habits
from .money import shortened
from .names import AIMS, Party, programme


@dataclass
class Pledge:
    """One promise: its sum in the giver's money, the day, what for, and what became of it."""

    id: str
    donor: Party
    recipient: Party
    home: str
    amount: float  # as it stands in the end
    digits: int
    day: int
    scope: str
    aim: tuple[str, ...]
    name: str | None = None
    kind: str = "plain"  # plain, tranche, part, yearly, twin, a-year, each
    whole: Pledge | None = None
    nth: int = 0
    of: int = 0
    before: float = 0.0  # the sum until it was changed
    changed: int = 0  # the day of the change
    stages: list[tuple[int, str]] = field(default_factory=list)
    later: bool = False  # the pair had pledges before
    quoted: bool = False
    sister: Pledge | None = None  # the twin that was announced with it

    def worth(self, day: int) -> float:
        """The sum as it stood on a day."""
        return self.before if self.changed and day < self.changed else self.amount


@dataclass
class Point:
    """A running total on a day."""

    series: str
    id: str
    donor: Party | None
    recipient: Party
    home: str
    scope: str
    day: int
    amount: float


@dataclass
class Pair:
    """All that one giver did for one receiver."""

    donor: Party
    recipient: Party
    pledges: list[Pledge]
    points: list[Point]


def history(
    rng: Random, donor: Party, recipient: Party, count: int, first: int, days: int, habits: Habits
) -> Pair:
    """About ``count`` pledges of a pair in the ``days`` from ``first``."""
    pair = Pair(donor, recipient, [], [])
    size = 10.0 ** rng.gauss(habits["size"], 0.35)
    usual = [_sum(rng, size, donor.home, habits)[0] for _ in range(2)]
    names: list[str] = []
    made = 0
    while made < count:
        day = first + int(rng.random() * days)
        made += len(_promise(rng, pair, day, size, usual, names, habits))
    pair.pledges.sort(key=lambda one: (one.day, one.id))
    seen = False
    for one in pair.pledges:
        one.later, seen = seen and one.whole is None, seen or one.whole is None
    _count_up(rng, pair, first, days, size)
    return pair


def _sum(rng: Random, size: float, home: str, habits: Habits) -> tuple[float, int]:
    draw = rng.random()
    digits = 1 if draw < habits["digits_1"] else 3 if draw > 1 - habits["digits_3"] else 2
    unit = rate("EUR", home, _REFERENCE)[0]
    amount = shortened(size * unit * math.exp(rng.gauss(0.0, habits["spread"])), digits)
    if digits == 2 and rng.random() < 0.5:  # people like 15, 25, 50 better than 37
        first = 10.0 ** (math.floor(math.log10(amount)) - 1)
        amount = round(amount / first / 5) * 5 * first
    return float(f"{amount:.6e}"), digits


_REFERENCE = 737_000  # a day of 2018: for the order of size of a money only


def _new(
    pair: Pair, day: int, amount: float, digits: int, scope: str, aim: tuple[str, ...]
) -> Pledge:
    number = len(pair.pledges) + 1
    key = f"{pair.donor.name}>{pair.recipient.name}:{number:04d}"
    one = Pledge(key, pair.donor, pair.recipient, pair.donor.home, amount, digits, day, scope, aim)
    pair.pledges.append(one)
    return one


def _promise(
    rng: Random, pair: Pair, day: int, size: float, usual: list[float], names: list[str],
    habits: Habits,
) -> list[Pledge]:  # fmt: skip
    """A pledge with all that belongs to it: instalments, sisters of other years or aims."""
    amount, digits = _sum(rng, size, pair.donor.home, habits)
    if rng.random() < habits["usual_amounts"]:
        amount = rng.choice(usual)
        digits = len(f"{amount:.5e}".split("e")[0].replace(".", "").rstrip("0"))
    scopes = [line for line in AIMS if line[0] != "military" or pair.recipient.kind == "state"]
    scope, aim = rng.choice(scopes)
    one = _new(pair, day, amount, digits, scope, aim)
    if rng.random() < habits["named"]:
        if names and rng.random() < habits["name_known"]:
            one.name = rng.choice(names)
        else:
            weights = [habits[f"name_{kind}"] + 0.01 for kind in ("coined", "word", "two")]
            one.name = programme(rng, (weights[0], weights[1], weights[2]))
            names.append(one.name)
        one.quoted = rng.random() < habits["quotes_name"]
    made = [one]
    draw = rng.random()
    for kind, add in (("yearly", _yearly), ("twins", _twin), ("tranches", _tranches),
                      ("parts", _parts)):  # fmt: skip
        draw -= habits[kind]
        if draw < 0:
            made += add(rng, pair, one, habits)
            break
    else:
        _alone(rng, one, habits)
    for each in made:
        if each.whole is None:
            _come_through(rng, each, habits)
    return made


def _alone(rng: Random, one: Pledge, habits: Habits) -> None:
    """What may befall a pledge without sisters: told by the year, for each donor, changed."""
    if rng.random() < habits["a_year"]:
        one.kind, one.of = "a-year", rng.choice((2, 3, 4, 5))
        one.amount *= one.of
    elif one.donor.many and rng.random() < habits["each"]:
        one.kind, one.of, one.amount = "each", 2, 2 * one.amount
    elif rng.random() < habits["revised"]:
        one.before = one.amount
        factor = rng.choice((1.25, 1.5, 1.5, 2.0, 2.0, 3.0, 0.8))
        one.amount = shortened(one.amount * factor, 3)
        one.changed = one.day + 10 + int(rng.random() * 240)
        if one.amount == one.before:
            one.changed, one.before = 0, 0.0


def _yearly(rng: Random, pair: Pair, one: Pledge, _: Habits) -> list[Pledge]:
    """The same contribution again in the years that follow: other money each time."""
    one.kind = "yearly"
    found = []
    for year in range(1, rng.choice((2, 2, 3, 4))):
        day = one.day + 365 * year + rng.randint(-20, 20)
        again = _new(pair, day, one.amount, one.digits, one.scope, one.aim)
        again.kind, again.name, again.quoted, again.nth = "yearly", one.name, one.quoted, year
        found.append(again)
    return found


def _twin(rng: Random, pair: Pair, one: Pledge, _: Habits) -> list[Pledge]:
    """The same sum to the same receiver for another aim, on the day or soon after."""
    scope, aim = rng.choice([line for line in AIMS if line[1] != one.aim and (
        line[0] != "military" or pair.recipient.kind == "state")])  # fmt: skip
    day = one.day + rng.choice((0, 0, 1, 7, rng.randint(2, 60)))
    other = _new(pair, day, one.amount, one.digits, scope, aim)
    one.kind = other.kind = "twin"
    if day <= one.day + 1:
        one.sister = other
    return [other]


def _tranches(rng: Random, pair: Pair, one: Pledge, habits: Habits) -> list[Pledge]:
    """Instalments of a pledge, often of one size."""
    count = rng.choice((2, 2, 3, 3, 4, 5))
    even = rng.random() < 0.6
    day, found = one.day, []
    for nth in range(1, count + 1):
        day += 5 + int(rng.random() * habits["stage_days"] / count)
        share = 1 / count if even else rng.choice((0.1, 0.15, 0.2, 0.25))
        part = _new(pair, day, shortened(one.amount * min(share, 1 / count), 3), 3, one.scope,
                    one.aim)  # fmt: skip
        part.kind, part.whole, part.nth, part.of = "tranche", one, nth, count
        part.name, part.quoted = one.name, one.quoted
        found.append(part)
    return found


def _parts(rng: Random, pair: Pair, one: Pledge, _: Habits) -> list[Pledge]:
    """What of a package goes where: a share or two for aims of their own."""
    found = []
    for share in rng.sample((0.1, 0.2, 0.25, 0.3, 0.4), rng.choice((1, 2))):
        scope, aim = rng.choice([line for line in AIMS if line[0] == one.scope])
        part = _new(pair, one.day, shortened(one.amount * share, 2), 2, scope, aim)
        part.kind, part.whole, part.name, part.quoted = "part", one, one.name, one.quoted
        found.append(part)
    return found


def _come_through(rng: Random, one: Pledge, habits: Habits) -> None:
    """The later stages of a pledge and their days."""
    far = habits["stage_days"]
    day = one.day
    for stage, share in (("committed", 0.35), ("allocated", 0.3), ("disbursed", 1.0)):
        if rng.random() < habits[stage]:
            day = max(day + 2, one.day + int(rng.random() ** 0.6 * far * share))
            one.stages.append((day, stage))


def _count_up(rng: Random, pair: Pair, first: int, days: int, size: float) -> None:
    """Five points of two running totals: of all aid, and of its military or humanitarian part."""
    home = pair.donor.home
    military = pair.recipient.kind == "state" and rng.random() < 0.5
    base = size * rate("EUR", home, _REFERENCE)[0] * rng.uniform(0.5, 6.0)
    for scope in ("all", "military" if military else "humanitarian"):
        earlier = base * (1.0 if scope == "all" else rng.uniform(0.15, 0.6))
        series = f"{pair.donor.name}>{pair.recipient.name}:{scope}"
        for nth in range(5):
            day = first + int(days * (nth + rng.random()) / 5)
            told = sum(
                one.amount for one in pair.pledges
                if one.whole is None and one.day <= day and scope in ("all", one.scope)
            )  # fmt: skip
            amount = shortened(earlier + told, 3)
            pair.points.append(
                Point(series, f"{series}:{nth}", pair.donor, pair.recipient, home, scope, day,
                      amount)
            )  # fmt: skip


def of_all_donors(rng: Random, recipient: Party, first: int, days: int, size: float) -> list[Point]:
    """Five points of what all donors together gave a receiver."""
    home = rng.choice(("USD", "USD", "EUR"))
    series, amount, points = f"all>{recipient.name}:all", size * rng.uniform(8, 60), []
    for nth in range(5):
        amount *= rng.uniform(1.02, 1.5)
        day = first + int(days * (nth + rng.random()) / 5)
        points.append(Point(series, f"{series}:{nth}", None, recipient, home, "all", day,
                            shortened(amount, 2)))  # fmt: skip
    return points
