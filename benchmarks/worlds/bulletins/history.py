"""What truly happened in a world of bulletins: pledges, their parts, stages and changes."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from .parties import AGENCIES, GIVERS, SECTORS, Giver, Receiver, Sector, crowd, programme

ORDER = ("pledged", "committed", "allocated", "disbursed")


@dataclass
class Fact:
    """One pledge, or one part of a pledge; days are ordinals, the amount is in ``home``."""

    id: str
    giver: Giver
    receiver: Receiver
    amount: float
    home: str
    day: int
    sector: Sector
    donor: str
    programme: str | None = None
    kind: str = "plain"  # tranche, part, yearly, twin, topup, passed, share
    whole: Fact | None = None
    number: int = 0  # of a tranche, from 1
    of: int = 0  # how many tranches
    status: str = "pledged"  # of the first news
    later: bool = False  # not the first pledge of its pair
    through: str | None = None  # the agency that it goes by way of
    conference: bool = False
    revised: tuple[int, float] | None = None
    siblings: list[Fact] = field(default_factory=list)  # its parts or tranches

    def worth(self, day: int) -> float:
        """The amount in force on a day."""
        return self.revised[1] if self.revised and day >= self.revised[0] else self.amount


@dataclass
class Telling:
    """One time that a fact is told."""

    fact: Fact
    day: int
    status: str
    how: str  # first, stage, raised, topped, package, recap, year
    listed: bool
    since: int  # the day of what is told


@dataclass
class Pair:
    """A giver and a receiver with all that is between them."""

    giver: Giver
    receiver: Receiver
    key: str
    home: str
    start: int
    end: int
    facts: list[Fact]
    tellings: list[Telling]
    sectors: list[Sector]
    programmes: list[str] = field(default_factory=list)
    favourites: list[float] = field(default_factory=list)
    conference: int | None = None


Habits = Mapping[str, float]


def about(rng: Random, mean: float) -> int:
    """A whole number near a mean: the one below or the one above it.

    >>> about(Random(1), 2.0)
    2
    """
    return int(mean) + (rng.random() < mean - int(mean))


def amount_of(rng: Random, habits: Habits, home: str, size: float) -> float:
    """An amount with few digits, of the order of ``size`` dollars."""
    units = {"JPY": 120, "KRW": 1200, "HUF": 300, "INR": 70, "THB": 33, "CZK": 23, "MXN": 18,
             "ZAR": 15, "NOK": 9, "SEK": 9, "DKK": 7, "CNY": 7}.get(home, 1)  # fmt: skip
    raw = size * units * rng.lognormvariate(0, 1.1)
    first = rng.random()
    digits = 1 if first < habits["one_digit"] else 2
    digits += first >= habits["one_digit"] + habits["two_digits"]
    step = 10.0 ** (math.floor(math.log10(raw)) + 1 - digits)
    return max(round(raw / step), 1) * step


def _fitting(giver: Giver, receiver: Receiver) -> list[Sector]:
    """What a giver may pay for: no bank and no agency buys ammunition."""
    civil = giver.name.endswith("Bank") or giver.name in {one.name for one in AGENCIES}
    return [one for one in SECTORS[receiver.kind] if not (civil and one.label == "Military")]


def _pledge(rng: Random, habits: Habits, pair: Pair, kind: str = "plain") -> Fact:
    number = len(pair.facts)
    day = pair.start + rng.randrange(pair.end - pair.start)
    in_time = pair.conference is not None and rng.random() < 0.35
    if in_time and pair.conference is not None:
        day = pair.conference
    size = rng.choice((1e6, 5e6, 2e7, 2e7, 1e8))
    amount = amount_of(rng, habits, pair.home, size)
    if pair.favourites and rng.random() < habits["usual_amounts"]:
        amount = rng.choice(pair.favourites)
    pair.favourites.append(amount)
    fact = Fact(
        f"p:{pair.key}:{number}", pair.giver, pair.receiver, amount, pair.home, day,
        rng.choice(pair.sectors), pair.giver.name, kind=kind,
        status=rng.choice(("pledged", "pledged", "pledged", "committed", "allocated")),
        later=bool(pair.facts), conference=in_time,
    )  # fmt: skip
    if rng.random() >= habits["programme_none"]:
        if not pair.programmes or rng.random() >= habits["programme_shared"]:
            pair.programmes.append(programme(rng, habits["programme_one_word"]))
        fact.programme = rng.choice(pair.programmes[-2:])
    if pair.receiver.kind == "country" and rng.random() < habits["through_agency"]:
        fact.through = rng.choice(AGENCIES).name
    pair.facts.append(fact)
    return fact


def part(fact: Fact, suffix: str, amount: float, day: int, kind: str) -> Fact:
    """A fact that belongs to another one."""
    return Fact(
        f"{fact.id}:{suffix}", fact.giver, fact.receiver, amount, fact.home, day, fact.sector,
        fact.donor, fact.programme, kind=kind, whole=fact, status=fact.status,
    )  # fmt: skip


def _told(rng: Random, habits: Habits, pair: Pair, fact: Fact, times: float, how: str) -> None:
    for _ in range(max(1, about(rng, times))):
        day = fact.day + rng.choice((0, 0, 0, 1, 1, 2, 3))
        listed = rng.random() < habits["lists"]
        pair.tellings.append(Telling(fact, day, fact.status, how, listed, fact.day))


def _later(rng: Random, habits: Habits, pair: Pair, fact: Fact) -> None:
    """Stages up to hundreds of days later, and retellings in between."""
    day, place = fact.day, ORDER.index(fact.status)
    while place < 3 and rng.random() < habits["next_stage"]:
        place += 1 + (rng.random() < 0.3 and place < 2)
        day += 1 + int(rng.random() * habits["stage_days"])
        for _ in range(max(1, about(rng, habits["stage_reports"]))):
            told = day + rng.choice((0, 0, 1, 2))
            listed = rng.random() < habits["lists"]
            pair.tellings.append(Telling(fact, told, ORDER[place], "stage", listed, day))
    for _ in range(about(rng, habits["recaps"])):
        told = fact.day + 6 + int(rng.random() * habits["recap_days"])
        listed = rng.random() < habits["lists"]
        pair.tellings.append(Telling(fact, told, fact.status, "recap", listed, fact.day))
    if rng.random() < habits["year_lists"]:
        year = dt.date.fromordinal(fact.day).year
        told = dt.date(year, 12, 18).toordinal() + rng.randrange(20)
        if told > fact.day:
            pair.tellings.append(Telling(fact, told, fact.status, "year", True, fact.day))


def _plain(rng: Random, habits: Habits, pair: Pair) -> None:
    fact = _pledge(rng, habits, pair)
    if not fact.conference and rng.random() < habits["joint"]:
        others = [one.name for one in GIVERS if one.name not in (fact.donor, pair.receiver.name)]
        fact.donor = f"{fact.donor}|{rng.choice(others)}"
    _told(rng, habits, pair, fact, habits["reports"], "first")
    _later(rng, habits, pair, fact)
    if pair.receiver.kind == "agency" and rng.random() < habits["passed_on"]:
        _passed_on(rng, habits, pair, fact)


def _passed_on(rng: Random, habits: Habits, pair: Pair, fact: Fact) -> None:
    """An agency hands money on: of the donor's gift as a share, or in its own name."""
    countries = ("Sudan", "Yemen", "Haiti", "Chad", "Niger", "Lebanon", "Afghanistan")
    receiver = Receiver(rng.choice(countries), "country", ())
    amount = float(f"{fact.amount * rng.uniform(0.1, 0.6):.0e}")
    given = part(fact, "s", amount, fact.day + 10 + rng.randrange(200), "share")
    if rng.random() < 0.5:
        agency = Giver(pair.receiver.name, pair.receiver.name, "USD")
        given.id, given.kind, given.whole, given.giver = f"{fact.id}:g", "passed", None, agency
        given.amount = amount_of(rng, habits, "USD", 5e6)
        given.donor, given.home = agency.name, "USD"
    given.receiver, given.status = receiver, "allocated"
    given.sector = rng.choice(_fitting(given.giver, receiver))
    given.programme = None
    pair.facts.append(given)
    _told(rng, habits, pair, given, 1.4, "first")


def _tranched(rng: Random, habits: Habits, pair: Pair) -> None:
    fact = _pledge(rng, habits, pair)
    _told(rng, habits, pair, fact, habits["reports"], "first")
    count = rng.choice((2, 2, 3, 3, 4, 5))
    day = fact.day
    equal = rng.random() < 0.6
    shares = [1.0] * count if equal else [rng.uniform(0.5, 1.5) for _ in range(count)]
    for number, share in enumerate(shares, 1):
        day += 15 + int(rng.random() * min(habits["stage_days"], 240))
        amount = fact.amount * share / sum(shares)
        amount = float(f"{amount:.2e}")
        one = part(fact, f"t{number}", amount, day, "tranche")
        one.number, one.of, one.status = number, count, "disbursed"
        fact.siblings.append(one)
        pair.facts.append(one)
        _told(rng, habits, pair, one, habits["stage_reports"], "first")


def _package(rng: Random, habits: Habits, pair: Pair) -> None:
    fact = _pledge(rng, habits, pair)
    kinds = rng.sample(_fitting(pair.giver, pair.receiver), rng.choice((2, 3, 4)))
    left = fact.amount
    for number, sector in enumerate(kinds):
        last = number == len(kinds) - 1
        amount = left if last else float(f"{left * rng.uniform(0.25, 0.6):.1e}")
        amount = float(f"{amount:.6g}")
        left -= amount
        one = part(fact, f"s{number}", amount, fact.day, "part")
        one.sector = sector
        fact.siblings.append(one)
    pair.facts += fact.siblings
    for _ in range(max(1, about(rng, habits["reports"] / 2))):
        day = fact.day + rng.choice((0, 0, 1, 2))
        pair.tellings.append(Telling(fact, day, fact.status, "package", False, fact.day))
    _later(rng, habits, pair, fact)
    if rng.random() < 0.5:
        _later(rng, habits, pair, rng.choice(fact.siblings))


def _yearly(rng: Random, habits: Habits, pair: Pair) -> None:
    first = _pledge(rng, habits, pair, "yearly")
    day, number = first.day, 0
    one = first
    while day < pair.end + 200 and number < 6:
        _told(rng, habits, pair, one, max(1.0, habits["reports"] / 1.6), "first")
        if rng.random() < 0.5:
            _later(rng, habits, pair, one)
        day += 365 + rng.randrange(-25, 26)
        number += 1
        one = Fact(
            f"{first.id}:y{number}", first.giver, first.receiver, first.amount, first.home, day,
            first.sector, first.donor, first.programme, "yearly", status=first.status, later=True,
        )  # fmt: skip
        if day < pair.end + 200 and number < 6:
            pair.facts.append(one)


def _twins(rng: Random, habits: Habits, pair: Pair) -> None:
    first = _pledge(rng, habits, pair, "twin")
    other = _pledge(rng, habits, pair, "twin")
    other.amount, other.day = first.amount, first.day + rng.choice((0, 0, 1, 3, 14, 40))
    others = [one for one in pair.sectors if one is not first.sector] or pair.sectors
    other.sector, other.programme = rng.choice(others), None
    if abs(other.day - first.day) < 3:
        first.siblings.append(other)
    for one in (first, other):
        _told(rng, habits, pair, one, habits["reports"], "first")
        _later(rng, habits, pair, one)


def _changed(rng: Random, habits: Habits, pair: Pair, topped: bool) -> None:
    fact = _pledge(rng, habits, pair)
    _told(rng, habits, pair, fact, habits["reports"], "first")
    day = fact.day + 20 + rng.randrange(240)
    more = float(f"{fact.amount * rng.choice((0.2, 0.25, 0.5, 0.5, 1.0, 1.0)):.2g}")
    fact.revised = (day, float(f"{fact.amount + more:.6g}"))
    if topped:
        one = part(fact, "u", more, day, "topup")
        pair.facts.append(one)
        _told(rng, habits, pair, one, habits["stage_reports"], "topped")
    else:
        for _ in range(max(1, about(rng, habits["stage_reports"]))):
            told = day + rng.choice((0, 0, 1, 2))
            pair.tellings.append(Telling(fact, told, fact.status, "raised", False, day))
    _later(rng, habits, pair, fact)


def _weight(tell: Telling) -> float:
    """How many amounts a telling prints, about."""
    if tell.how == "package":
        return 1.0 + len(tell.fact.siblings)
    return 1.9 if tell.how in ("raised", "topped") else 1.3 if tell.fact.kind == "tranche" else 1.0


def _fill(rng: Random, habits: Habits, pair: Pair, claims: float, cost: float) -> None:
    """Pledges until the pair has about as many claims as it should."""
    # The last pledge runs over by half of what a pledge brings: about two claims.
    while not pair.facts or cost * sum(_weight(tell) for tell in pair.tellings) < claims - 2:
        drawn = rng.random()
        for name, make in (
            ("tranched", _tranched), ("packages", _package), ("yearly", _yearly), ("twins", _twins),
        ):  # fmt: skip
            drawn -= habits[name]
            if drawn < 0:
                make(rng, habits, pair)
                break
        else:
            changed = drawn < habits["raised"] + habits["topped_up"]
            if changed:
                _changed(rng, habits, pair, drawn >= habits["raised"])
            else:
                _plain(rng, habits, pair)


def happened(rng: Random, habits: Habits, claims: int, density: float) -> list[Pair]:
    """All pairs of a world with their pledges, for about ``claims`` claims in all."""
    months = round(habits["months"])
    start = dt.date(int(habits["first_year"]), 1, 1).toordinal() + rng.randrange(365)
    count = max(2, round(claims / (density * months)))
    chosen = crowd(rng, count, habits["donors_each"])
    homes = {
        giver.name: "USD" if rng.random() < habits["in_dollars"] else giver.home
        for giver in sorted({giver for giver, _ in chosen})
    }
    meets = {
        receiver.name: start + rng.randrange(months * 30)
        for receiver in sorted({receiver for _, receiver in chosen})
        if rng.random() < habits["conferences"]
    }
    skews = [min(max(rng.lognormvariate(-0.15, 0.55), 0.25), 4.0) for _ in chosen]
    each = claims / sum(skews)
    copied = habits["copies"] * (1 - habits["lists"]) + habits["list_copies"] * habits["lists"]
    lists = 0.55 * habits["converts"] * (1 - habits["lists"])
    cost = 1.08 * (1 + lists) * (1 + copied)
    cost /= 1 - habits["totals"]
    pairs = []
    for (giver, receiver), skew in zip(chosen, skews, strict=True):
        pair = Pair(
            giver, receiver, f"{giver.name}:{receiver.name}", homes[giver.name],
            start, start + months * 30, [], [],
            rng.sample(_fitting(giver, receiver), min(round(habits["sectors"]), 7)),
            conference=meets.get(receiver.name),
        )  # fmt: skip
        _fill(rng, habits, pair, skew * each, cost)
        pairs.append(pair)
    return pairs
