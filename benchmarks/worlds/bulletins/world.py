"""A world of bulletins as a claims table with its truth, and the same world as full texts."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from random import Random
from typing import Any, NamedTuple

import pandas as pd

from calc import schema

from ..world import World
from .editions import Article, published
from .history import Fact, Habits, happened
from .settings import Settings, draw
from .slots import Line, Slot
from .totals import Point

# The cause that is named first where an amount has several.
GRAVITY = ("scale", "other-dollar", "inverted", "copied", "old-rate", "truncation", "rounding",
           "market")  # fmt: skip
_BLANKS = {
    "role": ("role",), "donor": ("donor",), "recipient": ("recipient",), "purpose": ("purpose",),
    "status": ("status",),
    "value_date": ("value_date", "value_date_precision", "value_date_basis"),
}  # fmt: skip


class Place(NamedTuple):
    """Where the amount of a claim stands in the text of its article."""

    claim_id: str
    start: int
    end: int


class Text(NamedTuple):
    """An article as people read it: ``text[start:end]`` of each place is the claim's text."""

    source: str
    title: str
    publisher: str
    published: dt.date
    text: str
    places: tuple[Place, ...]


class Bulletins(NamedTuple):
    """One world twice: as a table with its truth, and as texts; and the habits drawn for it."""

    world: World
    articles: list[Text]
    habits: dict[str, float]


def make(settings: Settings, claims: int, density: float, seed: int) -> Bulletins:
    """About ``claims`` claims, ``density`` for a donor, recipient and month; table and texts."""
    rng = Random(f"bulletins:{settings.name}:{claims}:{float(density)}:{seed}")
    habits = draw(settings, rng)
    pairs = happened(rng, habits, claims, density)
    rows: list[dict[str, Any]] = []
    truths: list[dict[str, Any]] = []
    texts = []
    for article in published(rng, habits, pairs):
        text, mine, true = _printed(article)
        _blank(rng, habits, mine)
        texts.append(text)
        rows += mine
        truths += true
        if len(rows) >= 1.25 * claims:
            break
    order = sorted(range(len(rows)), key=lambda place: rows[place]["claim_id"])
    facts = [fact for pair in pairs for fact in pair.facts]
    world = World(
        schema.frame((rows[place] for place in order), schema.CLAIMS),
        pd.DataFrame([truths[place] for place in order]),
        pd.DataFrame([_record(fact) for fact in facts]),
    )
    return Bulletins(world, texts, habits)


def make_world(settings: Settings, claims: int, density: float, seed: int) -> World:
    """The table, the truth and the pledges of a world; the same arguments give the same world."""
    return make(settings, claims, density, seed).world


def articles(settings: Settings, claims: int, density: float, seed: int) -> list[Text]:
    """The same world as texts, the oldest first."""
    return make(settings, claims, density, seed).articles


def _record(fact: Fact) -> dict[str, Any]:
    return {
        "object_id": fact.id,
        "donor": fact.donor,
        "recipient": fact.receiver.name,
        "home": fact.home,
        "amount": fact.worth(10**7),
        "day": dt.date.fromordinal(fact.day),
        "whole": fact.whole.id if fact.whole else None,
    }


def _printed(article: Article) -> tuple[Text, list[dict[str, Any]], list[dict[str, Any]]]:
    """The text of an article, and a row and its truth for each amount in it."""
    text, places = "", list[Place]()
    rows: list[dict[str, Any]] = []
    truths: list[dict[str, Any]] = []
    for gap, line in article.items:
        text += gap if text else ""
        sentence, spans = _set(line)
        ids: list[str] = []
        for slot, (start, end) in zip(line.slots, spans, strict=True):
            begin = len(text) + start
            key = f"{article.source}:{begin}:{slot.printed.text}"
            ids.append(hashlib.sha256(key.encode()).hexdigest()[:12])
            places.append(Place(ids[-1], begin, len(text) + end))
        for number, slot in enumerate(line.slots):
            place = places[len(places) - len(ids) + number]
            base = None if slot.base is None else line.slots[slot.base]
            row = _row(article, slot, place)
            row |= {"sentence": sentence, "sentence_start": len(text)}
            row["conversion_of"] = None if slot.base is None else ids[slot.base]
            rows.append(row)
            truths.append({"claim_id": ids[number], **_truth(slot, base)})
        text += sentence
    day = dt.date.fromordinal(article.day)
    made = Text(article.source, article.title, article.publisher, day, text, tuple(places))
    return made, rows, truths


def _set(line: Line) -> tuple[str, list[tuple[int, int]]]:
    """A line as printed, and where the amount of each slot stands in it."""
    sentence, spans = "", dict[int, tuple[int, int]]()
    for number, piece in enumerate(line.words.split("\x00")):
        if number % 2:
            text = line.slots[int(piece)].printed.text
            spans[int(piece)] = (len(sentence), len(sentence) + len(text))
            sentence += text
        else:
            sentence += piece
    return sentence, [spans[number] for number in range(len(line.slots))]


def _row(article: Article, slot: Slot, place: Place) -> dict[str, Any]:
    printed = slot.printed
    stated = slot.day is not None
    return {
        "claim_id": place.claim_id, "source": article.source, "publisher": article.publisher,
        "title": article.title, "published": dt.date.fromordinal(article.day), "zone": "body",
        "text": printed.text, "start": place.start, "end": place.end, "amount": printed.amount,
        "amount_low": printed.low, "amount_high": printed.high, "currency": printed.currency,
        "currency_basis": printed.basis, "currency_candidates": printed.candidates,
        "qualifier": printed.qualifier, "role": slot.role, "status": slot.status,
        "donor": slot.donor, "recipient": slot.recipient, "purpose": slot.purpose,
        "value_date": dt.date.fromordinal(article.day if slot.day is None else slot.day),
        "value_date_precision": slot.precision or "day",
        "value_date_basis": "stated" if stated else "published",
        "as_of": dt.date.fromordinal(slot.as_of) if slot.as_of else None,
    }  # fmt: skip


def _truth(slot: Slot, base: Slot | None) -> dict[str, Any]:
    told, printed = slot.truth, slot.printed
    causes = [name for name in GRAVITY if name in printed.causes]
    whole = told.whole.id if isinstance(told, Fact) and told.whole else None
    return {
        "object_id": told if isinstance(told, str) else told.id,
        "kind": slot.role,
        "series": told.series if isinstance(told, Point) else None,
        "true_amount": math.nan if isinstance(told, str) else slot.true,
        "whole": whole,
        "cause": causes[0] if causes else "none",
        "causes": "|".join(causes),
        "conversion": base is not None,
        "rate_day": dt.date.fromordinal(printed.rate_day) if printed.rate_day else None,
        "lag": printed.lag,
        "move": printed.move,
        "digits": printed.digits,
        "fair": printed.fair,
        "base_digits": base.printed.digits if base else 0,
        "told_as": slot.told_as,
    }


def _blank(rng: Random, habits: Habits, rows: list[dict[str, Any]]) -> None:
    """Cells that a table lacks: a whole column of a source, or here and there."""
    for column, cells in sorted(_BLANKS.items()):
        share = habits[f"blank_{column}"]
        by_source = rng.random() < habits["blank_by_source"]
        all_of_it = rng.random() < share
        for row in rows:
            if all_of_it if by_source else rng.random() < share:
                row |= dict.fromkeys(cells)
