"""A world of the wires: the same articles as full texts and as a table of claims, with the truth.

The table is what a person would keep of the articles: columns left blank in shares of their own,
though the sentence or the title still tells what they would have said.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from random import Random
from typing import Any, NamedTuple

import pandas as pd

from calc import schema
from rates import ecb

from ..rates_of import rate
from ..world import World
from . import names, phrases
from .habits import Habits, Taste, Wires, habits_of
from .history import Pledge, history
from .money import DOLLARS, GRAVITY, QUALIFIERS, STYLES
from .newsroom import Newsroom
from .stories import Mention, Outlet, Sentence, Story


class Article(NamedTuple):
    """One article as a reader gets it, and where the sums of the table stand in its text."""

    source: str
    title: str
    published: dt.date
    publisher: str
    text: str  # the headline, a blank line, the paragraphs
    places: tuple[tuple[str, int, int], ...]  # claim_id, start, end


class Made(NamedTuple):
    """The table with its truth, and the articles that it was taken from."""

    world: World
    articles: list[Article]


def make_world(settings: Wires, claims: int, density: float, seed: int) -> World:
    """About ``claims`` claims, ``density`` for a donor, receiver and month on average.

    The same arguments give the same world; ``seed`` alone decides its habits.
    """
    return make(settings, claims, density, seed).world


def articles(settings: Wires, claims: int, density: float, seed: int) -> list[Article]:
    """The articles of the world that ``make_world`` makes of the same arguments."""
    return make(settings, claims, density, seed).articles


def make(settings: Wires, claims: int, density: float, seed: int) -> Made:
    """A world as a table and as articles. ValueError when its parties are too few."""
    habits = habits_of(settings, seed)
    key = f"{settings.name}:{claims}:{float(density)}:{seed}"
    rng = Random(key)
    first = dt.date(2000, 1, 1).toordinal() + int((habits["first_year"] - 2000) * 365.2425)
    months = round(habits["months"])
    taste = Taste(f"{settings.name}:taste:{seed}", habits["taste"])
    last = ecb.fixings().days[-1].toordinal()
    room = Newsroom(rng, habits, taste, outlets(rng, habits), first, round(months * 30.4), last)
    wanted = max(1, round(claims / (density * months)))
    shelf = _Shelf(habits, Random(f"{key}:blanks"))
    pledges: list[Pledge] = []
    parties = names.pairs(rng, 2 * wanted + 4, habits["funds"], habits["joint"])
    if wanted > len(parties):
        raise ValueError(
            f"{claims} claims at density {density} need {wanted} pairs of parties, "
            f"there are {len(parties)}: ask for fewer claims or a higher density"
        )
    while len(shelf.rows) < claims and parties:
        donor, recipient = parties.pop()
        budget = density * months * min(max(rng.lognormvariate(-0.12, 0.5), 0.3), 3.5)
        # So many claims came of a pledge until now; before the first, about so many.
        of_one = (len(shelf.rows) + 60 * habits["reports"]) / (len(pledges) + 20)
        count = max(1, round(budget / of_one))
        pair = history(rng, donor, recipient, count, first, room.days, habits)
        pledges += pair.pledges
        for story in room.stories(pair):
            shelf.add(story)
    return Made(shelf.world(pledges), shelf.articles)


def true_sums(world: World, currency: str = "EUR") -> pd.Series:
    """What each donor truly gave of all that was told: parts and instalments in their wholes.

    Each pledge as it stands in the end, at the rate of its day.
    """
    told = set(world.truth["object_id"]) | set(world.truth["whole"].dropna())
    known = world.pledges[world.pledges["object_id"].isin(told) & world.pledges["whole"].isna()]
    worth = [
        amount * rate(home, currency, day.toordinal())[0]
        for amount, home, day in zip(known["amount"], known["home"], known["day"], strict=True)
    ]
    return pd.Series(worth, index=known["donor"], dtype="float64").groupby(level=0).sum()


def outlets(rng: Random, habits: Habits) -> list[Outlet]:
    """The agencies and papers of the world, each with a house style."""
    seats = names.states() + rng.sample(names.countries(), 15)
    found: dict[str, Outlet] = {}
    for _ in range(round(habits["outlets"])):
        seat = rng.choice(seats)
        name = f"{seat.seat} {rng.choice(phrases.PAPERS.split('|'))}"
        style = rng.choice(STYLES)
        short = rng.choice(("tight", "tight", "symbol", "wire", style))
        found[name] = Outlet(
            name, seat.seat, seat.home, style, short, rng.choice(("uk", "us")),
            rng.choice(phrases.DATELINES), rng.random() < habits["market"],
        )  # fmt: skip
    return list(found.values())


class _Place(NamedTuple):
    """A sum of a printed sentence: its mention, and where its text stands in the sentence."""

    mention: Mention
    start: int


_SLOT = re.compile(r"\{(\d|when)\}")


def set_in_type(one: Sentence) -> tuple[str, list[_Place]]:
    """A sentence as printed, with the places of its sums in their order of mention."""
    text, starts, end = "", [0] * len(one.mentions), 0
    for slot in _SLOT.finditer(one.words):
        text += one.words[end : slot.start()]
        end = slot.end()
        if slot[1] == "when":
            text += one.when.words if text else one.when.words.lstrip()
            if text.endswith(",") and one.words[end : end + 1] in (",", "."):
                text = text[:-1]
            continue
        place = int(slot[1])
        starts[place] = len(text)
        text += one.mentions[place].printed.text
    text += one.words[end:]
    blank = len(text) - len(text.lstrip())
    text = text[blank].upper() + text[blank + 1 :]
    return text, [
        _Place(mention, start - blank) for mention, start in zip(one.mentions, starts, strict=True)
    ]


class _Shelf:
    """Prints articles and keeps the rows of the table and of the truth."""

    def __init__(self, habits: Habits, rng: Random) -> None:
        self.habits, self.rng = habits, rng
        self.rows: list[dict[str, Any]] = []
        self.truths: list[dict[str, Any]] = []
        self.articles: list[Article] = []

    def add(self, story: Story) -> None:
        """Print one article."""
        paper = story.outlet.name.lower().replace(" ", "-").replace("'", "")
        published = dt.date.fromordinal(story.day)
        story.source = f"{paper}/{published}-{len(self.articles) + 1}.txt"
        title, _ = set_in_type(story.title)
        text = ""
        before = len(self.rows)
        for zone, lead, one in _in_order(story):
            text += lead
            sentence, places = set_in_type(one)
            self._keep(story, zone, title, sentence, len(text), one, places)
            text += sentence
        mine = self.rows[before:]
        self._link(mine, self.truths[before:])
        places_ = tuple((row["claim_id"], row["start"], row["end"]) for row in mine)
        self.articles.append(
            Article(story.source, title, published, story.outlet.name, text, places_)
        )

    def _keep(
        self, story: Story, zone: str, title: str, sentence: str, offset: int, one: Sentence,
        places: list[_Place],
    ) -> None:  # fmt: skip
        ids: list[str] = []
        shown = None if self._blank("title") else title
        for mention, start in places:
            key = f"{story.source}:{offset + start}:{mention.printed.text}".encode()
            ids.append(hashlib.sha256(key).hexdigest()[:12])
            base = ids[mention.base] if mention.base is not None else None
            row = {
                "claim_id": ids[-1], "source": story.source, "publisher": story.outlet.name,
                "title": shown, "published": dt.date.fromordinal(story.day), "zone": zone,
                "sentence": sentence, "sentence_start": offset, "text": mention.printed.text,
                "start": offset + start, "end": offset + start + len(mention.printed.text),
                **_figures(mention), **self._context(mention, one, story.day, sentence, shown),
                "conversion_of": None if self._blank("conversion") else base,
            }  # fmt: skip
            self.rows.append(row)
            self.truths.append({"claim_id": ids[-1], **_truth(mention, story)})

    def _blank(self, name: str) -> bool:
        return self.rng.random() < self.habits[f"blank_{name}"]

    def _context(
        self, mention: Mention, one: Sentence, day: int, sentence: str, title: str | None
    ) -> dict[str, Any]:
        """The columns on what the sum is; blank ones stay told by sentence or title."""
        donor = mention.donor.name if mention.donor else None
        recipient: str | None = mention.recipient.name
        if self._blank("donor") and mention.donor and _tells(mention.donor, sentence, title):
            donor = None
        if self._blank("recipient") and _tells(mention.recipient, sentence, title):
            recipient = None
        dates: dict[str, Any] = dict.fromkeys(
            ("value_date", "value_date_precision", "value_date_basis")
        )
        if not self._blank("value_date"):
            dated = one.when.day is not None and self.rng.random() < self.habits["date_read"]
            value = one.when.day if dated and one.when.day is not None else day
            dates = {
                "value_date": dt.date.fromordinal(value),
                "value_date_precision": one.when.precision if dated else "day",
                "value_date_basis": "stated" if dated else "published",
            }
        as_of = mention.as_of if mention.as_of and not self._blank("value_date") else None
        return {
            "role": None if self._blank("role") else mention.role,
            "status": None if self._blank("status") else mention.status,
            "donor": donor, "recipient": recipient,
            "purpose": None if self._blank("purpose") else mention.purpose,
            **dates, "as_of": dt.date.fromordinal(as_of) if as_of else None,
        }  # fmt: skip

    def _link(self, rows: list[dict[str, Any]], truths: list[dict[str, Any]]) -> None:
        """The headline echoes the body, a later mention the first."""
        firsts: dict[tuple[str, str], str] = {}
        pairs = list(zip(rows, truths, strict=True))
        for row, truth in sorted(pairs, key=lambda pair: pair[0]["zone"] == "headline"):
            about = (truth["object_id"], truth["relation"])
            known = firsts.setdefault(about, row["claim_id"])
            row["repeats"] = None
            converts = truth["conversion"] and row["zone"] == "body"
            if known != row["claim_id"] and not converts and not self._blank("repeats"):
                row["repeats"] = known

    def world(self, pledges: list[Pledge]) -> World:
        """The tables, in the order of the claims' ids."""
        order = sorted(range(len(self.rows)), key=lambda place: self.rows[place]["claim_id"])
        frame = schema.frame((self.rows[place] for place in order), schema.CLAIMS)
        truth = pd.DataFrame([self.truths[place] for place in order])
        return World(frame, truth, pd.DataFrame([_record(one) for one in pledges]))


def _in_order(story: Story) -> Iterator[tuple[str, str, Sentence]]:
    """The sentences of an article: zone, what stands before, the sentence."""
    yield "headline", "", story.title
    for number, paragraph in enumerate(story.paragraphs):
        for place, one in enumerate(paragraph):
            lead = " " if place else "\n\n" + ("" if number else story.dateline)
            yield "body", lead, one


def _tells(party: names.Party, sentence: str, title: str | None) -> bool:
    """Whether sentence or title name the party by name or adjective."""
    said = f"{sentence} {title or ''}"
    return all(
        name in said or (bool(party.adjective) and party.adjective in said)
        for name in party.name.split("|")
    )


def _figures(mention: Mention) -> dict[str, Any]:
    printed = mention.printed
    said = QUALIFIERS.get(mention.qualifier)
    over, most = said in ("over", "at least"), said == "up to"
    return {
        "amount": printed.amount,
        "amount_low": float("nan") if most else printed.amount,
        "amount_high": float("nan") if over else printed.amount,
        "currency": "USD" if printed.bare else printed.currency,
        "currency_basis": "ambiguous" if printed.bare else "name",
        "currency_candidates": "|".join(DOLLARS[:4]) if printed.bare else None,
        "qualifier": said,
    }


def _truth(mention: Mention, story: Story) -> dict[str, Any]:
    told, printed = mention.told, mention.printed
    found = set(printed.causes)
    if isinstance(told, Pledge) and told.worth(story.written) != told.worth(story.day):
        found.add("revision")  # a copy later than the change
    causes = [name for name in GRAVITY if name in found]
    true = told.worth(story.day) if isinstance(told, Pledge) else told.amount
    if isinstance(told, Pledge):
        if mention.relation == "before":
            true = told.before
        elif mention.relation in ("a-year", "each"):
            true /= told.of
    whole = told.whole if isinstance(told, Pledge) else None
    return {
        "object_id": told.id,
        "kind": mention.role,
        "series": getattr(told, "series", None),
        "true_amount": true,
        "whole": whole.id if whole else None,
        "cause": causes[0] if causes else "none",
        "causes": "|".join(causes),
        "conversion": mention.base is not None,
        "rate_day": dt.date.fromordinal(printed.rate_day) if printed.rate_day else None,
        "lag": printed.lag,
        "move": printed.move,
        "digits": printed.digits,
        "fair": printed.fair,
        "base_digits": mention.base_digits,
        "relation": mention.relation,
        "act": mention.act,
        "act_day": dt.date.fromordinal(mention.act_day) if mention.act_day else None,
        "status": mention.status,
        "donor": mention.donor.name if mention.donor else None,
        "recipient": mention.recipient.name,
        "home": mention.home,
        "currency": printed.currency,
        "copy_of": story.copy_of.source if story.copy_of else None,
    }


def _record(one: Pledge) -> dict[str, Any]:
    return {
        "object_id": one.id,
        "donor": one.donor.name,
        "recipient": one.recipient.name,
        "home": one.home,
        "amount": one.amount,
        "day": dt.date.fromordinal(one.day),
        "whole": one.whole.id if one.whole else None,
        "kind": one.kind,
        "scope": one.scope,
        "aim": "|".join(one.aim),
        "programme": one.name,
        "before": one.before if one.changed else float("nan"),
        "changed": dt.date.fromordinal(one.changed) if one.changed else None,
    }
