"""Which articles the outlets print on a pair, and what stands in each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from random import Random

from . import phrases
from .habits import Habits, Taste
from .history import Pair, Pledge, Point, of_all_donors
from .stories import Outlet, Sentence, Story, Writer, copied


class Newsroom:
    """The outlets of a world over its months."""

    def __init__(
        self, rng: Random, habits: Habits, taste: Taste, outlets: list[Outlet], first: int,
        days: int, last: int,
    ) -> None:  # fmt: skip
        self.rng, self.habits, self.outlets = rng, habits, outlets
        self.first, self.days, self.last = first, days, last
        self.writer = Writer(rng, habits, taste)
        self._given: dict[str, list[Pledge]] = {}  # of each receiver, by earlier pairs
        self._together: dict[str, list[Point]] = {}

    def stories(self, pair: Pair) -> list[Story]:
        """The articles on a pair, in the order of their days."""
        found: list[Story] = []
        for one in pair.pledges:
            mine: list[Story] = []
            for act_day, act in self._occasions(one):
                mine += self._reports(pair, one, act_day, act, mine)
            found += mine
        whole = [one for one in pair.pledges if one.whole is None]
        self._given.setdefault(pair.recipient.name, []).extend(whole)
        return sorted((one for one in found if one.day <= self.last), key=lambda story: story.day)

    def _occasions(self, one: Pledge) -> Iterator[tuple[int, str]]:
        """The acts of a pledge that are told, an act of several articles several times."""
        reports = self.habits["reports"]
        first = one.kind if one.kind in phrases.LEADS else "pledged"
        many = 0.35 if one.whole else 1.0
        for _ in range(1 + self._some((reports - 1) * many * self.rng.expovariate(1.0))):
            both = one.sister is not None and self.rng.random() < 0.4
            yield one.day, "both" if both else first
        acts = [*one.stages, *([(one.changed, "changed")] if one.changed else [])]
        for day, act in acts:
            for _ in range(self._some(0.6 * reports)):
                yield day, act

    def _some(self, mean: float) -> int:
        """A number of events when ``mean`` are expected."""
        count, left = 0, self.rng.random()
        chance = step = math.exp(-min(mean, 30.0))
        while left > chance and count < 60:
            count += 1
            step *= mean / count
            chance += step
        return count

    def _reports(
        self, pair: Pair, one: Pledge, act_day: int, act: str, told: list[Story]
    ) -> Iterator[Story]:
        if told and self.writer.chance("copies"):
            original = self.rng.choice(told)
            day = original.day + int(self.rng.random() ** 2 * (self.habits["copy_days"] + 1))
            yield copied(self.rng, original, self.rng.choice(self.outlets), day, self.habits)
            return
        day, later = (
            act_day + int(self.rng.expovariate(1 / (self.habits["late_news"] + 0.1))),
            False,
        )
        day = min(day, act_day + 21)
        if self.writer.chance("recaps") and act not in ("a-year", "each", "both"):
            act, later, act_day = "recap", True, one.day
            day = one.day + 10 + int(self.rng.random() * self.habits["recap_days"])
        elif act not in ("pledged", "both", one.kind):
            later = True
        yield self._article(pair, one, act, act_day, day, later)

    def _article(
        self, pair: Pair, one: Pledge, act: str, act_day: int, day: int, later: bool
    ) -> Story:
        rng, writer = self.rng, self.writer
        outlet = rng.choice(self.outlets)
        lead = writer.on_pledge(one, act, act_day, outlet, day, later)
        paragraphs = [[lead]]
        if writer.chance("quotes"):
            paragraphs.append([writer.quote(one, act, act_day, outlet, day)])
        if rng.random() < 0.4:
            background = Sentence(str(writer.pick("background", phrases.BACKGROUND)), [])
            paragraphs[rng.randrange(len(paragraphs))].append(background)
        rest = [*self._recalled(pair, one, outlet, day), *self._neighbour(one, outlet, day)]
        if writer.chance("totals"):
            rest += self._total(pair, outlet, day)
        if writer.chance("targets"):
            rest.append(writer.on_target(one.recipient, outlet, day))
        if rest:
            paragraphs.append(rest) if rng.random() < 0.7 else paragraphs[-1].extend(rest)
        title = writer.headline(one, act, act_day, outlet, day)
        return Story(outlet, day, title, paragraphs, self._seat(one, outlet, lead))

    def _seat(self, one: Pledge, outlet: Outlet, lead: Sentence) -> str:
        """Where an article is written: "the government" is that of the dateline."""
        donor = one.donor
        named = donor.said in lead.words or (donor.adjective and donor.adjective in lead.words)
        draw = self.rng.random()
        if (donor.kind == "state" and not named) or draw < 0.5:
            return donor.seat
        return one.recipient.seat if draw < 0.65 else outlet.seat

    def _recalled(self, pair: Pair, one: Pledge, outlet: Outlet, day: int) -> Iterator[Sentence]:
        """An earlier pledge of the pair, in the background paragraph."""
        if not self.writer.chance("backgrounds"):
            return
        far = day - 10 - self.habits["recap_days"]
        earlier = [
            each for each in pair.pledges
            if each is not one and each is not one.whole and each.whole is None
            and far <= each.day < day - 5 and each.kind not in ("a-year", "each")
        ]  # fmt: skip
        if earlier:
            each = self.rng.choice(earlier)
            yield self.writer.on_pledge(each, "recap", each.day, outlet, day, True)

    def _neighbour(self, one: Pledge, outlet: Outlet, day: int) -> Iterator[Sentence]:
        """What another donor gives the same receiver."""
        if not self.writer.chance("neighbours"):
            return
        others = [
            each for each in self._given.get(one.recipient.name, ())
            if day - 60 <= each.day <= day and each.donor is not one.donor
            and each.kind not in ("a-year", "each")
        ]  # fmt: skip
        if others:
            each = self.rng.choice(others)
            yield self.writer.on_pledge(each, "pledged", each.day, outlet, day, True, True)

    def _total(self, pair: Pair, outlet: Outlet, day: int) -> Iterator[Sentence]:
        """A running total as it stands, seldom an old one."""
        points = pair.points
        if self.writer.chance("all_donors"):
            name = pair.recipient.name
            if name not in self._together:
                size = 10.0 ** self.habits["size"]
                self._together[name] = of_all_donors(
                    self.rng, pair.recipient, self.first, self.days, size
                )
            points = self._together[name]
        known = [one for one in points if one.day <= day]
        if not known:
            return
        scope = self.rng.choice(sorted({one.scope for one in known}))
        known = [one for one in known if one.scope == scope]
        old = len(known) > 1 and self.writer.chance("old_totals")
        yield self.writer.on_point(known[-2 if old else -1], outlet, day, old)
