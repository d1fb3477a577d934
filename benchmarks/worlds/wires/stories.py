"""Sentences and articles of the wires, before they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random
from typing import Any, NamedTuple

from . import phrases
from .dates import SILENT, When, day_and_month, when
from .habits import Habits, Taste
from .history import Pledge, Point
from .money import Printed, at_home, equivalent, qualifier, reprinted, shortened
from .names import Party


class Outlet(NamedTuple):
    """An agency or paper: where it sits, its money, and its house style."""

    name: str
    seat: str
    money: str
    style: str
    short: str  # style of sums in headlines
    dates: str  # uk, us
    dateline: str
    market: bool


class Target(NamedTuple):
    """A need or an appeal."""

    id: str
    recipient: Party
    amount: float


@dataclass
class Mention:
    """A sum in a sentence and what is true of it."""

    printed: Printed
    told: Pledge | Point | Target
    role: str
    status: str | None
    relation: str  # whole, part, before, a-year, each, point, need
    donor: Party | None
    recipient: Party
    purpose: str | None
    act: str
    act_day: int | None
    base: int | None = None  # place of the sum that this one converts
    home: str = ""
    as_of: int | None = None
    qualifier: str = ""
    base_digits: int = 0  # of the sum that this one converts


@dataclass
class Sentence:
    """Words with {0}, {1} where the sums stand and {when} where the day does."""

    words: str
    mentions: list[Mention]
    when: When = SILENT
    act_day: int | None = None


@dataclass
class Story:
    """An article: headline and paragraphs of sentences."""

    outlet: Outlet
    day: int
    title: Sentence
    paragraphs: list[list[Sentence]]
    seat: str
    copy_of: Story | None = None
    source: str = ""

    @property
    def written(self) -> int:
        """The day on which its sentences were first printed."""
        return self.copy_of.written if self.copy_of else self.day

    @property
    def dateline(self) -> str:
        """What stands before the first sentence."""
        date = day_and_month(self.day, self.outlet.dates)
        words = self.outlet.dateline
        if not words and self.seat != self.outlet.seat:
            words = "{SEAT} — "  # only news from home goes without
        return words.format(
            seat=self.seat, SEAT=self.seat.upper(), date=date, paper=self.outlet.name
        )


_NOT_AFTER_THE = ("up to", "some", "at least", "in excess of", "close to")
_DEFINITE = r"(?i)(?:\b(?:the|these|promise of|instead of)|'s|\{its\}) \{"


def tidy(words: str, programme: str = "", pair: str = "") -> str:
    """A sentence put together, with its commas and genitives set right.

    >>> tidy("Spain paid {0}, or {1},, part of Delta for Laos's roads.", ", part of Delta")
    "Spain paid {0}, or {1}, part of Delta, for Laos' roads."
    """
    if pair:  # two donors: "announces" becomes "announce"
        words = re.sub(rf"({re.escape(pair)} [a-z]{{3,}})s\b", r"\1", words)
    if programme.startswith(","):
        words = words.replace(f"{programme} ", f"{programme}, ")
    return words.replace(",,", ",").replace(",.", ".").replace("s's ", "s' ")


class Writer:
    """Writes the sentences of one world by its habits and tastes."""

    def __init__(self, rng: Random, habits: Habits, taste: Taste) -> None:
        self.rng, self.habits, self.taste = rng, habits, taste

    def chance(self, name: str) -> bool:
        """Whether a habit shows this time."""
        return self.rng.random() < self.habits[name]

    def pick(self, name: str, wordings: Any) -> Any:
        """One of the wordings of a list, by the world's taste."""
        return self.taste.pick(self.rng, name, wordings)

    def sum_of(
        self, told: Pledge | Point | Target, true: float, digits: int, home: str, mention: Mention,
        outlet: Outlet, rate_day: int, at: int, title: bool = False, definite: bool = False,
    ) -> tuple[str, list[Mention]]:  # fmt: skip
        """The words of a sum with its places from ``at``, and its mentions."""
        style = outlet.short if title else outlet.style
        base = at_home(self.rng, true, digits, home, style, self.habits, title)
        said = "" if title else qualifier(self.rng, base.amount, true, self.habits)
        if definite and said in _NOT_AFTER_THE:
            said = ""
        first = replace(mention, printed=base, told=told, home=home, qualifier=said)
        foreign = outlet.money != home and not base.bare
        draw = self.rng.random()
        alone = self.habits["title_converts" if title else "only_converted"]
        lead = f"{said} " if said else ""
        if not foreign or (title and draw >= alone):
            return f"{lead}{{{at}}}", [first]
        if draw < alone:
            other = equivalent(self.rng, base, outlet.money, rate_day, style, outlet.market,
                               self.habits)  # fmt: skip
            other = other._replace(causes=(*base.causes, *other.causes))
            return f"{lead}{{{at}}}", [replace(first, printed=other)]
        if draw < alone + self.habits["converts"]:
            other = equivalent(self.rng, base, outlet.money, rate_day, style, outlet.market,
                               self.habits)  # fmt: skip
            about = self.pick("equivalent", ("", "", "", "about ", "around ", "approximately "))
            words = self.pick("pair", ("{a} ({q}{b})", "{a} ({q}{b})", "{a}, or {q}{b},"))
            second = replace(first, printed=other, base=at, qualifier=about.strip(),
                             base_digits=base.digits)  # fmt: skip
            text = words.format(a=f"{lead}{{{at}}}", q=about, b=f"{{{at + 1}}}")
            return text, [first, second]
        return f"{lead}{{{at}}}", [first]

    def _party(self, one: Party) -> str:
        if one.kind == "state" and self.chance("seats") and one.seat not in one.said:
            return one.seat
        return one.said

    def _source(self, one: Pledge | Point) -> str:
        donor = one.donor
        if donor is not None and donor.many:
            return str(self.pick("joint", phrases.JOINT))
        if donor is None or donor.kind != "state":
            return str(self.pick("officials", phrases.OFFICIALS))
        pool = phrases.SOURCES + (phrases.ARMED if one.scope == "military" else ())
        source = str(self.pick(f"sources {len(pool)}", pool))
        if source.startswith("the ") and self.rng.random() < 0.6:
            return f"the {donor.adjective} {source[4:]}"
        return source

    def programme(self, one: Pledge) -> str:
        """The words for the programme, with the house's quotation marks."""
        if one.name is None or not self.chance("says_name"):
            return ""
        marks = self.pick("marks", phrases.MARKS[2:]) if one.quoted else ("", "")
        return str(self.pick("named", phrases.NAMED)).format(n=f"{marks[0]}{one.name}{marks[1]}")

    def aims(self, one: Pledge, title: bool = False) -> dict[str, Any]:
        """The words for what the money is for, precise or broad, and the column's."""
        plain = self.rng.choice(one.aim)
        broad = str(self.pick(f"kinds {one.scope}", phrases.KINDS[one.scope] + phrases.GENERIC))
        found = {"aim": "", "noun": "", "kind": broad, "plain": plain, "aimed": "as agreed"}
        if not self.chance("says_aim"):
            return {**found, "kind": self.pick("kinds", phrases.GENERIC), "purpose": None}
        if self.chance("generic") and not title:
            return {**found, "noun": f" in {broad}", "purpose": one.scope}
        found |= {"aim": f" for {plain}", "aimed": f"for {plain}"}
        if self.rng.random() < 0.3 and not title:
            found["noun"] = f" in {broad}"
        return {**found, "purpose": plain}

    def on_pledge(
        self, one: Pledge, act: str, act_day: int, outlet: Outlet, day: int, later: bool,
        elsewhere: bool = False,
    ) -> Sentence:  # fmt: skip
        """A sentence on an act of a pledge in an article of ``day``."""
        wordings = phrases.ELSEWHERE if elsewhere else phrases.LEADS[act]
        template = str(self.pick(f"{act} {elsewhere}", wordings))
        said = SILENT
        if self.chance("dates_later" if later else "dates_news"):
            said = when(self.rng, act_day, day, outlet.dates, self.taste, self.habits)
        dated = said.day is not None and ("{when" in template)
        rate_day = act_day if later and dated and self.chance("act_rate") else day
        aims = self.aims(one)
        if act == "both" and one.sister:
            aims |= {"purpose": aims["plain"], "plain2": self.rng.choice(one.sister.aim)}
        mention = _mention(one, act, act_day, aims["purpose"])
        nobody = one.donor.kind == "state" and self.chance("no_donor") and not elsewhere
        nobody = nobody and act != "recap" and "{office}" not in template
        donor = "the government" if nobody else self._party(one.donor)
        wanted = [
            name for name in ("amount", "whole", "before", "second") if f"{{{name}}}" in template
        ]
        wanted.sort(key=lambda name: template.index(f"{{{name}}}"))
        sums: dict[str, str] = {}
        mentions: list[Mention] = []
        for name in wanted:
            definite = bool(re.search(_DEFINITE + name, template))
            if name == "second":
                mention = replace(mention, purpose=aims["plain2"])
            text, more = self._named_sum(name, one, mention, outlet, rate_day, day, len(mentions),
                                         definite)  # fmt: skip
            sums[name], mentions = text, mentions + more
        if act in ("pledged", "committed") and one.later and self.chance("extra"):
            sums["amount"] = f"{self.pick('extra', phrases.EXTRAS)}{sums['amount']}"
        prog = self.programme(one)
        words = template.format(
            donor=donor, source=self._source(one), to=one.recipient.said, **aims, **sums, prog=prog,
            office="officials" if one.donor.many else self.pick("offices", phrases.OFFICES),
            prog_end=prog, **_grammar(one),
            when="{when}",
            when_start="{when}" if said.words else "Earlier,",
        )  # fmt: skip
        return Sentence(tidy(words, prog, donor if one.donor.many else ""), mentions, said, act_day)

    def _named_sum(
        self, name: str, one: Pledge, mention: Mention, outlet: Outlet, rate_day: int, day: int,
        at: int, definite: bool,
    ) -> tuple[str, list[Mention]]:  # fmt: skip
        if name == "whole" and one.whole is not None:
            told = one.whole
            mention = replace(mention, relation="whole", status="pledged", purpose=None)
            sum_, digits = told.worth(day), told.digits
        elif name == "second" and one.sister is not None:
            told, digits, sum_ = one.sister, one.sister.digits, one.sister.worth(day)
        elif name == "before":
            told, digits = one, one.digits
            mention, sum_ = replace(mention, relation="before"), one.before
        else:
            told, digits = one, 3 if one.changed else one.digits
            sum_ = one.worth(day) / (one.of if one.kind in ("a-year", "each") else 1)
            if mention.act not in ("a-year", "each") and one.kind in ("a-year", "each"):
                sum_, digits = one.worth(day), 3
        return self.sum_of(told, sum_, digits, one.home, mention, outlet, rate_day, at,
                           definite=definite)  # fmt: skip

    def on_point(self, one: Point, outlet: Outlet, day: int, old: bool) -> Sentence:
        """A running total."""
        scope, name = self.pick(f"scope {one.scope}", phrases.SCOPES[one.scope])
        lists = phrases.ALL_DONORS if one.donor is None else phrases.TOTALS
        template = str(self.pick(f"totals {len(lists)}", lists))
        asof, as_of = "", None
        if self.chance("as_of") and "{asof}" in template:
            as_of = one.day
            date = day_and_month(one.day, outlet.dates, True)
            asof = str(self.pick("asof", (" as of {}", ", as of {}", " by {}", " until {}")))
            asof = asof.format(date)
        mention = Mention(Printed(0, 0, "", ""), one, "total", "disbursed", "point", one.donor,
                          one.recipient, None if one.scope == "all" else one.scope, "total",
                          None, as_of=as_of)  # fmt: skip
        text, mentions = self.sum_of(one, one.amount, 3, one.home, mention, outlet, day, 0,
                                     definite=" to {amount}" in template)  # fmt: skip
        if old:
            for each in mentions:
                each.printed = each.printed._replace(causes=("old-total", *each.printed.causes))
        donor = self._party(one.donor) if one.donor else "donors"
        words = template.format(
            donor=donor, source=self._source(one), to=one.recipient.said, amount=text, scope=scope,
            scope_name=name, asof=asof, has_total="has",
            has="have" if one.donor and one.donor.many else "has",
        )  # fmt: skip
        return Sentence(tidy(words), mentions)

    def on_target(self, recipient: Party, outlet: Outlet, day: int) -> Sentence:
        """A need of the receiver."""
        amount = shortened(self.rng.uniform(1, 9) * 10.0 ** self.rng.choice((7, 8, 9)), 2)
        told = Target(f"target:{recipient.name}:{amount:.0f}", recipient, amount)
        mention = Mention(Printed(0, 0, "", ""), told, "target", "unknown", "need", None,
                          recipient, None, "need", None)  # fmt: skip
        text, mentions = self.sum_of(told, amount, 2, "USD", mention, outlet, day, 0)
        lists = phrases.TARGETS if recipient.kind == "state" else phrases.APPEALS
        words = str(self.pick(f"targets {len(lists)}", lists))
        return Sentence(tidy(words.format(to=recipient.said, amount=text)), mentions)

    def headline(self, one: Pledge, act: str, act_day: int, outlet: Outlet, day: int) -> Sentence:
        """A headline on the act, with the sum or without."""
        names = {"donor": one.donor.said.removeprefix("the "),
                 "to": one.recipient.said.removeprefix("the ")}  # fmt: skip
        pair = names["donor"] if one.donor.many else ""
        if act in ("part", "both") or not self.chance("title_amount"):
            bare = str(self.pick("bare", phrases.BARE_TITLES)).format(**names)
            return Sentence(tidy(bare, pair=pair), [])
        template = str(self.pick(f"title {act}", phrases.TITLES[act]))
        aims = self.aims(one, True)
        purpose = aims["purpose"] if "{aim}" in template else None
        mention = _mention(one, act, act_day, purpose)
        many = one.kind in ("a-year", "each") and act == one.kind
        true = one.worth(day) / (one.of if many else 1)
        text, mentions = self.sum_of(one, true, 3 if one.changed else one.digits, one.home,
                                     mention, outlet, day, 0, True)  # fmt: skip
        words = template.format(**names, **aims, amount=text, prog=self.programme(one),
                                **_grammar(one))  # fmt: skip
        return Sentence(tidy(words, pair=pair), mentions)

    def quote(self, one: Pledge, act: str, act_day: int, outlet: Outlet, day: int) -> Sentence:
        """Something said, seldom with the sum again."""
        speaker = "a spokesperson"
        if one.donor.kind == "state":
            speaker = str(self.pick("speakers", phrases.SPEAKERS))
        if not self.chance("told_again") or one.kind in ("a-year", "each") or act == "both":
            return Sentence(str(self.pick("quotes", phrases.QUOTES)).format(speaker=speaker), [])
        aims = self.aims(one)
        template = str(self.pick("quoted", phrases.QUOTED_SUMS))
        mention = _mention(one, act, act_day, aims["purpose"] if "{aim}" in template else None)
        style = "wire" if outlet.style == "wire" else "words"
        digits = 3 if one.changed else one.digits
        base = at_home(self.rng, one.worth(day), digits, one.home, style, self.habits, False)
        mention = replace(mention, printed=base, home=one.home)
        words = template.format(amount="{0}", aim=aims["aim"], speaker=speaker)
        return Sentence(words, [mention])


_STATUS = {"pledged": "pledged", "committed": "committed", "allocated": "allocated",
           "disbursed": "disbursed", "tranche": "disbursed", "part": "pledged", "both": "pledged",
           "changed": "pledged", "recap": "pledged", "yearly": "pledged", "a-year": "pledged",
           "each": "pledged"}  # fmt: skip


def _mention(one: Pledge, act: str, act_day: int, purpose: str | None) -> Mention:
    relation = act if act in ("a-year", "each") else "part" if one.whole else "whole"
    return Mention(Printed(0, 0, "", ""), one, "pledge", _STATUS[act], relation, one.donor,
                   one.recipient, purpose, act, act_day)  # fmt: skip


def _grammar(one: Pledge) -> dict[str, str]:
    """Words that agree with the donor, and the numbers of instalments and years."""
    many = one.donor.many
    rises = one.amount >= one.before
    numbers = "no one two three four five six".split()
    return {
        "has": "have" if many else "has", "it": "they" if many else "it",
        "its": "their" if many else "its", "got": "received",
        "raised": "raised" if rises else "cut",
        "lifts": "lifts" if rises else "cuts",
        "nth": phrases.NTH[max(one.nth - 1, 0)], "count": numbers[min(one.of, 6)],
        "year": str(1 + int(one.day / 365.2425)),
    }  # fmt: skip


def copied(rng: Random, one: Story, outlet: Outlet, day: int, habits: Habits) -> Story:
    """A reprint: the same sums, perhaps other words around them; days that no longer fit go."""
    edited = rng.random() < habits["edited"]
    late = day - one.day > 5
    paragraphs = [
        [_reprinted(rng, each, one.day, day, edited, late) for each in paragraph]
        for paragraph in one.paragraphs
    ]
    if edited and len(paragraphs) > 1 and rng.random() < 0.5:
        paragraphs = paragraphs[:-1]
    title = _reprinted(rng, one.title, one.day, day, False, late)
    moved = edited and rng.random() < 0.3 and one.outlet.seat == one.seat
    seat = outlet.seat if moved else one.seat
    return Story(outlet, day, title, paragraphs, seat, one)


def _reprinted(
    rng: Random, one: Sentence, then: int, day: int, edited: bool, late: bool
) -> Sentence:
    words, said = one.words, one.when
    if day != then:
        lasting = said.precision in ("month", "year") or any(ch.isdigit() for ch in said.words)
        if said.words in (" today", " yesterday", " a day earlier") or (
            late and not lasting and rng.random() < 0.9
        ):
            said = SILENT
        elif late and not lasting:  # words that were true of another day: nobody can date them
            said = said._replace(day=None, precision=None)
    if edited and one.mentions:
        fitting = [edit for edit in phrases.EDITS if f" {edit[0]} " in words]
        if fitting and rng.random() < 0.7:
            old, new = rng.choice(fitting)
            words = words.replace(f" {old} ", f" {new} ", 1)
        elif words.endswith(".") and rng.random() < 0.5:
            words = words[:-1] + rng.choice(phrases.TAILS)
    mentions = [replace(each, printed=reprinted(each.printed, each.home, day))
                for each in one.mentions]  # fmt: skip
    return Sentence(words, mentions, said, one.act_day)
