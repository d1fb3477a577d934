"""The publications of a world: releases, wires, bulletins, trackers, round-ups, fact sheets."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from .history import Fact, Habits, Pair, Telling
from .lines import SHAPES, Writer
from .money import Outlet, cut, fixing, outlet
from .parties import ADJECTIVES, Giver, Receiver, the
from .slots import About, Line, Scene, Slot
from .totals import Point, latest, totals
from .words import EDITS, Voice

_FIRST = "Aid Relief Donor Development Humanitarian Budget Pledge Field".split()
_SECOND = "Bulletin Weekly Wire Digest Tracker Monitor Notes Update Record".split()
_COLUMNS = {
    "when": ("Date", "When", "Day"), "d": ("Donor", "From", "Contributor"),
    "r": ("Recipient", "For", "Beneficiary"), "m": ("Amount", "Sum", "Pledge"),
    "p": ("Purpose", "Sector", "Use"), "s": ("Status", "Stage"), "note": ("Remarks", "Note"),
}  # fmt: skip
_LIST_TITLES = {
    "receiver": ("{n}: pledges in brief", "Support for {n}", "{n} tracker", "Who gives to {n}",
                 "Aid to {n}, latest entries"),
    "donor": ("Aid of {n} in brief", "{n}: recent decisions", "What {n} gives",
              "{n}, contributions"),
    "mixed": ("Aid in brief", "Pledges of the week", "Donor news", "Latest contributions"),
    "year receiver": ("{y} in review: {n}", "A year of aid for {n}", "{n}, the pledges of {y}"),
    "year donor": ("{y} in review: aid of {n}", "What {n} gave in {y}", "{n}: the year {y}"),
    "conference": ("Donors' conference for {n}: who promised what", "Round-up: pledges for {n}",
                   "{n} conference, list of pledges"),
}  # fmt: skip
_OWN_TITLES = ("{s} supports {r}", "New help for {r}", "{s} and {r}", "Aid for {r}",
               "{adj} funds for {r}")  # fmt: skip
_HEADINGS = ("Pledges", "Contributions", "New entries", "In figures", "Announcements", "List")


@dataclass
class Article:
    """One publication: lines with what stands before each of them."""

    source: str
    title: str
    publisher: str
    day: int
    items: list[tuple[str, Line]]


@dataclass(frozen=True)
class _Bucket:
    kind: str
    name: str
    number: int


_WE = re.compile(r"\b[Ww]e \b|\b[Oo]ur government")
_MIXED = _Bucket("mixed", "", 0)


class Press:
    """All outlets of a world and what they have published."""

    def __init__(self, rng: Random, habits: Habits, pairs: list[Pair]) -> None:
        self.rng, self.habits, self.pairs = rng, habits, pairs
        self.voice = Voice(rng, habits["wordings"])
        names = [f"{one} {two}" for one in _FIRST for two in _SECOND]
        currencies = ("USD", "USD", "USD", "EUR", "EUR", "GBP")
        rows = rng.sample(range(len(SHAPES)), rng.choice((2, 3, 5, len(SHAPES))))
        self.outlets = [
            outlet(rng, habits, name, rng.choice(currencies), len(SHAPES))
            ._replace(row=rng.choice(rows))
            for name in rng.sample(names, round(habits["outlets"]))
        ]  # fmt: skip
        self.ministries: dict[str, Outlet] = {}
        self.articles: list[Article] = []
        self.totals = totals(rng, habits, pairs)
        self.window = rng.choice((7, 14, 30, 60))
        self.by_receiver = rng.uniform(0.2, 0.7)
        self.end = pairs[0].end + 500

    def publish(
        self, by: Outlet, day: int, title: str, items: list[tuple[str, Line]]
    ) -> Article | None:
        """Add an article that has at least one amount, if the world still goes on."""
        if day > self.end or not any(line.slots for _gap, line in items):
            return None
        folder = by.name.lower().replace(" ", "-").replace(",", "")
        source = f"{folder}/{len(self.articles):06}.txt"
        article = Article(source, title[:1].upper() + title[1:], by.name, day, items)
        self.articles.append(article)
        return article

    def writer(self, by: Outlet, day: int) -> Writer:
        """A writer of one article."""
        return Writer(self.rng, self.habits, self.voice, by, day)

    def ministry(self, giver: Giver, home: str) -> Outlet:
        """The giver's own press office, which thinks in its own money."""
        if giver.name not in self.ministries:
            bank = giver.name.endswith("Bank") or giver.name == "European Union"
            of = the(giver.name)
            offices = (
                f"Ministry of Foreign Affairs of {of}",
                f"Government of {of}",
                f"{giver.adjective} Ministry of Finance",
                f"Embassy of {of}",
            )
            name = giver.name if bank else self.rng.choice(offices)
            by = outlet(self.rng, self.habits, name, home, len(SHAPES))
            self.ministries[giver.name] = by
        return self.ministries[giver.name]

    # -- one pledge

    def own(self, tell: Telling) -> None:
        """An article on one pledge, and its copies."""
        fact = tell.fact
        alone = "|" not in fact.donor and fact.kind not in ("passed", "share")
        official = alone and tell.how != "recap" and self.rng.random() < self.habits["ministry"]
        by = self.ministry(fact.giver, fact.home) if official else self.rng.choice(self.outlets)
        writer = self.writer(by, tell.day)
        giver, receiver = the(fact.giver.name), the(fact.receiver.name)
        title = self.rng.choice(_OWN_TITLES).replace("{s}", giver).replace("{r}", receiver)
        title = title.replace("{adj}", ADJECTIVES.get(fact.giver.name, fact.giver.name))
        we = official and writer.has("says_we")
        scene = Scene(donor=we, recipient=True, we=we)
        if tell.how == "package":
            items = [("\n", line) for line in writer.package(tell, scene)]
        else:
            items = [(" ", line) for line in writer.prose(tell, scene)]
        total = self._total(f"{fact.giver.name}:{fact.receiver.name}", fact.receiver, writer)
        items += [("\n" if tell.how == "package" else " ", line) for line in total]
        article = self.publish(by, tell.day, title, items)
        if article and writer.has("copies"):
            self.copy(article)

    def copy(self, article: Article) -> None:
        """The same words in another outlet, days later, some of them changed."""
        later = self.rng.choice((0, 0, 1, 2, round(self.rng.random() * self.habits["copy_days"])))
        by = self.rng.choice([one for one in self.outlets if one.name != article.publisher])
        items = []
        edited = self.rng.random() < self.habits["edited"]
        for gap, line in article.items:
            words = line.words
            for old, new in self.rng.sample(EDITS, 5) if edited else ():
                words = words.replace(old, new)
            slots = [_copied(slot, article.day, later) for slot in line.slots]
            items.append((gap, Line(words, slots)))
        prose = all(gap == " " for gap, _line in items)
        if edited and prose and self.rng.random() < 0.4:
            items = items[:1]
        title = article.title if self.rng.random() < 0.6 else "In other news: " + article.title
        if any(_WE.search(line.words) for _gap, line in items):  # who speaks must be known
            title = f"{article.publisher}: {article.title}"
        self.publish(by, article.day + later, title, items)

    def _total(self, key: str, receiver: Receiver, writer: Writer) -> list[Line]:
        chance = min(0.9, 1.3 * self.habits["totals"])
        if key not in self.totals or self.rng.random() >= chance:
            return []
        point = latest(self.totals[key], writer.day, self.rng)
        return [writer.total(point, receiver)] if point else []

    # -- lists

    def streams(self, tells: list[Telling]) -> dict[_Bucket, list[Telling]]:
        """Which tellings go to lists on the same receiver, giver, year or conference."""
        found: dict[_Bucket, list[Telling]] = {}
        for tell in tells:
            fact = tell.fact
            receiver = self.rng.random() < self.by_receiver
            if fact.conference and tell.how == "first":
                bucket = _Bucket("conference", fact.receiver.name, self.rng.randrange(2))
            elif tell.how == "year":
                year = dt.date.fromordinal(tell.since).year
                kind = "year receiver" if receiver else "year donor"
                name = fact.receiver.name if receiver else fact.donor
                bucket = _Bucket(kind, name, year)
            elif receiver:
                bucket = _Bucket("receiver", fact.receiver.name, 0)
            elif self.rng.random() < 0.5:
                bucket = _Bucket("donor", fact.donor, 0)
            else:
                bucket = _MIXED
            found.setdefault(bucket, []).append(tell)
        return found

    def lists(self, tells: list[Telling]) -> None:
        """All lists: no pledge stands twice in one, and none is longer than a page."""
        streams = self.streams(tells)
        mixed = streams.pop(_MIXED, [])
        for bucket, stream in streams.items():
            for group in self.groups(stream, self.window):
                if len(group) == 1 and bucket.kind in ("receiver", "donor"):
                    mixed += group
                else:
                    self.page(bucket, group)
        mixed.sort(key=lambda tell: (tell.day, tell.fact.id, tell.how))
        for group in self.groups(mixed, max(self.window, 14)):
            self.page(_MIXED, group)

    def groups(self, stream: list[Telling], window: int) -> Iterator[list[Telling]]:
        """Cut what one list may hold into issues."""
        group: list[Telling] = []
        most = self.rng.randint(3, 12)
        for tell in stream:
            told = any(one.fact.id == tell.fact.id for one in group)
            late = group and tell.how != "year" and tell.day - group[0].day > window
            if told or late or len(group) == most:
                yield group
                group, most = [], self.rng.randint(3, 12)
            group.append(tell)
        if group:
            yield group

    def page(self, bucket: _Bucket, tells: list[Telling]) -> None:
        """One list in one of its shapes."""
        kind, name = bucket.kind, bucket.name
        home = tells[0].fact
        of_donor = kind.endswith("donor") and "|" not in name and home.kind != "passed"
        if of_donor and self.rng.random() < self.habits["ministry"]:
            by = self.ministry(home.giver, home.home)
        else:
            by = self.rng.choice(self.outlets)
        day = max(tell.day for tell in tells) + self.rng.choice((0, 0, 1, 2))
        writer = self.writer(by, day)
        shown = the(name.replace("|", " and ")) if name else ""
        title = self.rng.choice(_LIST_TITLES[kind]).replace("{n}", shown)
        title = title.replace("{y}", str(bucket.number))
        told_donor = kind.endswith("donor")
        scene = Scene(
            donor=told_donor and self.rng.random() < 0.6,
            recipient=kind.endswith("receiver") or kind == "conference",
            dollars=writer.has("only_converted"),
        )
        if scene.recipient and not writer.has("omits_recipient"):
            scene = replace(scene, recipient=False)
        items = self._sum(bucket, tells, writer)
        items += self._body(writer, tells, scene)
        if kind in ("receiver", "year receiver"):
            total = self._total(f"*:{name}", home.receiver, writer)
            total = total or self._total(home.id[2:].rsplit(":", 1)[0], home.receiver, writer)
            items += [("\n\n", line) for line in total]
        article = self.publish(by, day, title, items)
        if article and writer.has("list_copies"):
            self.copy(article)

    def _sum(self, bucket: _Bucket, tells: list[Telling], writer: Writer) -> list[tuple[str, Line]]:
        """What a conference brought together; not every list has it."""
        if bucket.kind != "conference" or self.rng.random() < 0.2:
            return []
        name = bucket.name
        facts = [
            fact for pair in self.pairs if pair.receiver.name == name
            for fact in pair.facts if fact.conference and fact.whole is None
        ]  # fmt: skip
        amount = sum(fact.amount * fixing(fact.home, "USD", fact.day)[0] for fact in facts)
        day = tells[0].fact.day
        series = f"t:conference:{name}"
        point = Point(f"{series}:{day}", series, None, cut(amount, 3), "USD", day, day, ())
        about = About("total", "conference", "pledged", None, name, None, as_of=day)
        line = Line(self.voice.say(self.rng, "conference").replace("{r}", the(name)))
        money = writer.put(line.slots, point, point.amount, "USD", about)
        line.words = line.words.replace("{m}", money)
        return [("\n", line.tidy())]

    def _body(self, writer: Writer, tells: list[Telling], scene: Scene) -> list[tuple[str, Line]]:
        heading = [("\n", Line(self.rng.choice(_HEADINGS)))] if self.rng.random() < 0.5 else []
        if writer.has("tables"):
            return heading + self._table(writer, tells, scene)
        lines = [writer.item(tell, scene) for tell in tells]
        if writer.has("run_on"):
            slots = [
                replace(slot, base=slot.base if slot.base is None else slot.base + before)
                for before, line in _numbered(lines)
                for slot in line.slots
            ]
            words = "; ".join(_shifted(line.words, before) for before, line in _numbered(lines))
            start = self.rng.choice(("Pledges: ", "On the list: ", "Announced: ", ""))
            return [*heading, ("\n", Line(f"{start}{words}.", slots))]
        items = heading
        for number, line in enumerate(lines, 1):
            mark = f"{number}. " if writer.by.mark == "1. " else writer.by.mark
            items.append(("\n", Line(mark + line.words, line.slots)))
        return items

    def _table(self, writer: Writer, tells: list[Telling], scene: Scene) -> list[tuple[str, Line]]:
        slots: list[list[Slot]] = [[] for _ in tells]
        rows = [writer.cells(tell, scene, mine) for tell, mine in zip(tells, slots, strict=True)]
        columns = [name for name in _COLUMNS if any(row[name] for row in rows)]
        self.rng.shuffle(columns)
        head = [self.rng.choice(_COLUMNS[name]) for name in columns]
        items = [("\n\n", Line(f"| {' | '.join(head)} |")), ("\n", Line("|---" * len(head) + "|"))]
        for row, mine in zip(rows, slots, strict=True):
            words = " | ".join(row[name] for name in columns)
            items.append(("\n", Line(f"| {words} |", mine)))
        return items

    # -- fact sheets and appeals

    def fact_sheet(self, key: str, points: list[Point], told: list[Fact]) -> None:
        """Questions and answers on one giver and receiver, or on all givers of a receiver."""
        by = self.rng.choice(self.outlets)
        day = points[0].day + 3 + self.rng.randrange(60)
        receiver = next(p.receiver for p in self.pairs if p.receiver.name == key.split(":")[1])
        writer = self.writer(by, day)
        items = []
        asks = self.rng.random() < 0.5
        who = the(points[0].donor) if points[0].donor else "donors"
        for point in points:
            if asks:
                question = f"Q: How much has come from {who} so far?"
                items.append(("\n", Line(question)))
            line = writer.total(point, receiver)
            items.append(("\n", Line("A: " + line.words if asks else line.words, line.slots)))
        known = [fact for fact in told if fact.day <= day and fact.kind in ("plain", "twin")]
        if known and self.rng.random() < 0.5:
            items.append(("\n\n", Line(f"Gifts to {the(receiver.name)}, a selection:")))
            chosen = self.rng.sample(known, min(len(known), 3))
            tells = [Telling(one, day, one.status, "recap", True, one.day) for one in chosen]
            items += self._body(writer, tells, Scene(recipient=False))
        self.publish(by, day, f"Fact sheet: {the(receiver.name)}", items)

    def appeal(self, receiver: Receiver, year: int, facts: list[Fact]) -> None:
        """The UN's appeal for a year, and how it fills."""
        asked = cut(10 ** self.rng.uniform(7.5, 9.6), self.rng.choice((2, 3)))
        share, series = 0.0, f"t:appeal:{receiver.name}:{year}"
        target = f"a:{receiver.name}:{year}"
        name = the(receiver.name)
        for month in sorted(self.rng.sample(range(2, 13), self.rng.choice((1, 2, 3)))):
            day = dt.date(year, month, self.rng.randrange(1, 28)).toordinal()
            if day > self.end:
                return
            share += self.rng.uniform(0.05, 0.3)
            by = self.rng.choice(self.outlets)
            writer = self.writer(by, day)
            point = Point(
                f"{series}:{day}", series, None, cut(asked * share, 3), "USD", day, day, ()
            )
            need = About("target", "appeal", "unknown", None, receiver.name)
            have = About("total", "funded", "disbursed", None, receiver.name, as_of=day)
            items = []
            for family, about, truth, amount in (
                ("appeal", need, target, asked), ("funded", have, point, point.amount),
            ):  # fmt: skip
                line = Line(self.voice.say(self.rng, family))
                money = writer.put(line.slots, truth, amount, "USD", about)
                parts = {
                    "t": money,
                    "m": money,
                    "r": name,
                    "y": str(year),
                    "share": f"{share * 100:.0f}",
                    "d": f"{dt.date.fromordinal(day):%d %B}",
                }
                for letter, words in parts.items():
                    line.words = line.words.replace(f"{{{letter}}}", words)
                items.append(("\n", line.tidy()))
            known = [one for one in facts if day - 300 < one.day <= day and one.kind == "plain"]
            if known and self.rng.random() < 0.6:
                items.append(("\n\n", Line("Largest gifts")))
                chosen = sorted(known, key=lambda one: (-one.amount, one.id))[:4]
                tells = [Telling(one, day, one.status, "recap", True, one.day) for one in chosen]
                items += self._body(writer, tells, Scene(recipient=False))
            self.publish(by, day, f"Appeal for {name}", items)


def _copied(slot: Slot, day: int, later: int) -> Slot:
    """An amount as a copy prints it: what was converted at the rate of the day now is old."""
    copy = replace(slot, told_as=f"copy {slot.told_as}")
    if not later or not (slot.day is None or slot.moves):
        return copy
    if slot.day is not None:
        copy.day = slot.day + later
    printed = slot.printed
    if printed.rate_day is not None:
        pair = ("USD" if isinstance(slot.truth, str) else slot.truth.home, printed.currency)
        then, now = (fixing(*pair, on)[0] for on in (day, day + later))
        causes = tuple(dict.fromkeys((*printed.causes, "old-rate")))
        copy.printed = printed._replace(
            causes=causes, lag=printed.lag + later, fair=printed.fair * now / then,
            move=abs(then / now * (1 + printed.move) - 1),
        )  # fmt: skip
    return copy


def _numbered(lines: list[Line]) -> list[tuple[int, Line]]:
    """Each line with the number of slots before it."""
    found, before = [], 0
    for line in lines:
        found.append((before, line))
        before += len(line.slots)
    return found


def _shifted(words: str, before: int) -> str:
    parts = words.split("\x00")
    parts[1::2] = [str(int(number) + before) for number in parts[1::2]]
    return "\x00".join(parts)


def published(rng: Random, habits: Habits, pairs: list[Pair]) -> list[Article]:
    """Every article of a world, the oldest first."""
    press = Press(rng, habits, pairs)
    tells = [tell for pair in pairs for tell in pair.tellings if tell.day <= press.end]
    tells.sort(key=lambda tell: (tell.day, tell.fact.id, tell.how, tell.status))
    for tell in tells:
        if not tell.listed:
            press.own(tell)
    press.lists([tell for tell in tells if tell.listed])
    told: dict[str, list[Fact]] = {}
    for tell in tells:
        if tell.how == "first":
            told.setdefault(tell.fact.receiver.name, []).append(tell.fact)
    for key, points in sorted(press.totals.items()):
        for day in sorted({point.day for point in points}):
            if rng.random() < min(1.0, 4 * habits["totals"]):
                here = [point for point in points if point.day == day]
                press.fact_sheet(key, here, _of(told, key))
    years = range(*(dt.date.fromordinal(day).year for day in (pairs[0].start, press.end)))
    receivers = {pair.receiver.name: pair.receiver for pair in pairs}
    for name, receiver in sorted(receivers.items()):
        for year in years:
            if rng.random() < habits["appeals"] * 0.6:
                press.appeal(receiver, year, _of(told, f"*:{name}"))
    return sorted(press.articles, key=lambda one: (one.day, one.source))


def _of(told: dict[str, list[Fact]], key: str) -> list[Fact]:
    donor, receiver = key.split(":")
    facts = {one.id: one for one in told.get(receiver, []) if donor in ("*", one.giver.name)}
    return [facts[name] for name in sorted(facts)]
