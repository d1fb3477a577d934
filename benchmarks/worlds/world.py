"""A made world: articles on true pledges as a claims table, with the truth beside every row."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from calc import schema
from calc.claims.purposes import purpose_of

from . import wording
from .history import Pair, Pledge, Total, history, poisson
from .parties_of import pairs_of
from .printing import GRAVITY, Outlet, Printed, at_home, converted, outlets
from .settings import Settings

_LOWER = {"over": "over", "about": "about", "nearly": "nearly"}
_OVER = ("over", "more than", "at least")
_ABOUT = ("about", "around", "some", "approximately")
_NORMAL = {"more than": "over", "around": "about", "at least": "at least", "some": "some"}


class World(NamedTuple):
    """``claims`` as ``read`` would give them, ``truth`` by claim_id, ``pledges`` as they were."""

    claims: pd.DataFrame
    truth: pd.DataFrame
    pledges: pd.DataFrame


@dataclass
class Article:
    """One article before it is printed: sentences with the places of their amounts."""

    outlet: Outlet
    day: int
    sentences: list[Sentence]


@dataclass
class Sentence:
    """A sentence whose amounts stand between marks, and what is true of them."""

    words: str  # with {0}, {1} where the amounts stand
    amounts: list[tuple[Printed, str, int | None]]  # printed, its text, the base's place
    role: str
    status: str
    donor: str | None
    recipient: str | None
    purpose: str | None
    value_day: int | None
    precision: str | None
    as_of: int | None
    truth: Pledge | Total | str  # str: the id of a target
    shown: tuple[str, str] = ("", "")


def make_world(
    settings: Settings, claims: int, density: float, seed: int, skewed: bool = True
) -> World:
    """``claims`` claims, ``density`` of them for a donor, recipient and month on average.

    ``skewed`` gives some pairs more and some fewer. The same arguments give the same world.
    """
    rng = Random(f"{settings.name}:{claims}:{float(density)}:{seed}")
    start = dt.date.fromisoformat(settings.first_day).toordinal()
    press = outlets(rng, settings)
    a_pledge = 1.75 * settings.reports  # claims on one pledge, found by counting
    count = max(1, round(claims / (density * settings.months)))
    rows: list[dict[str, Any]] = []
    truths: list[dict[str, Any]] = []
    pledges: list[Pledge] = []
    for pair in pairs_of(2 * count, rng):
        skew = min(max(rng.lognormvariate(-0.15, 0.55), 0.25), 4.0) if skewed else 1.0
        made = history(rng, pair, skew * density / a_pledge, start, settings)
        pledges += made.pledges
        for number, article in enumerate(_articles(rng, made, press, settings)):
            folder = article.outlet.name.lower().replace(" ", "-")
            source = f"{folder}/{made.donor}-{made.recipient}-{number}.txt"
            _print(source, article, rows, truths)
        if len(rows) >= claims:
            break
    order = sorted(range(len(rows)), key=lambda place: rows[place]["claim_id"])
    frame = schema.frame((rows[place] for place in order), schema.CLAIMS)
    truth = pd.DataFrame([truths[place] for place in order])
    known = pd.DataFrame([_record(one) for one in pledges])
    return World(frame, truth, known)


def _record(one: Pledge) -> dict[str, Any]:
    return {
        "object_id": one.id,
        "donor": one.donor,
        "recipient": one.recipient,
        "home": one.home,
        "amount": one.worth(10**7),
        "day": dt.date.fromordinal(one.day),
        "whole": one.whole.id if one.whole else None,
    }


def _articles(rng: Random, pair: Pair, press: list[Outlet], settings: Settings) -> list[Article]:
    found: list[Article] = []
    told = _lately(pair.pledges)
    for one in pair.pledges:
        mine: list[Article] = []
        for _ in range(1 + poisson(rng, max(settings.reports - 1, 0.1) * rng.expovariate(1.0))):
            if mine and rng.random() < settings.copies:
                mine.append(_copy(rng, rng.choice(mine), press, settings))
                continue
            day, mode = _occasion(rng, one, settings)
            outlet = rng.choice(press)
            article = Article(outlet, day, [_on_pledge(rng, one, mode, day, outlet, settings)])
            _add(rng, article, pair, one, told, settings)
            mine.append(article)
        found += mine
    return sorted(found, key=lambda a: a.day)


def _occasion(rng: Random, one: Pledge, settings: Settings) -> tuple[int, str]:
    if rng.random() < settings.recaps:
        return one.day + 10 + int(rng.random() ** 1.5 * 190), "recap"
    if one.whole is not None:
        return one.day + int(rng.expovariate(0.7)), "tranche"
    stages = [(one.day, "pledged")] * 3 + one.stages
    day, mode = rng.choice(stages)
    if one.revised and rng.random() < 0.4:
        day, mode = one.revised[0], "revised"
    return day + min(int(rng.expovariate(0.7)), 12), mode


_MODES = {
    "pledged": (wording.ANNOUNCED, "pledged"),
    "committed": (wording.COMMITTED, "committed"),
    "disbursed": (wording.DISBURSED, "disbursed"),
    "recap": (wording.RECAPS, "pledged"),
    "tranche": (wording.TRANCHES, "disbursed"),
    "revised": (wording.REVISED, "pledged"),
    "listed": (wording.LISTED, "pledged"),
}


def _on_pledge(
    rng: Random, one: Pledge, mode: str, day: int, outlet: Outlet, settings: Settings
) -> Sentence:
    templates, status = _MODES[mode]
    template = rng.choice(templates)
    told = one.worth(day)
    stale = (
        one.revised is not None
        and day >= one.revised[0]
        and rng.random() < 0.2
        and mode != "revised"
    )
    printed = at_home(rng, one.amount if stale else told, one.digits, one.home, outlet, settings)
    if stale and one.amount != told:
        printed = printed._replace(causes=(*printed.causes, "revision"))
    amounts, slot = _amounts(rng, printed, one.home, day, outlet, settings)
    when, value_day, precision = "", None, None
    if mode == "recap":
        when, value_day, precision = _when(rng, one.day, day, settings)
    purpose = _purpose(rng, one, settings)
    programme = (
        f" under the {one.programme} programme"
        if one.programme and rng.random() < settings.says_name
        else ""
    )
    whole = (
        wording.money(one.whole.amount, one.whole.digits, one.home, 1, False) if one.whole else ""
    )
    donor = None if rng.random() < settings.no_donor else one.donor
    recipient = None if rng.random() < settings.no_recipient else one.recipient
    words = template.format(
        donor=donor or "The government",
        recipient=recipient or "the country",
        amount=slot,
        purpose=purpose and f"for {purpose}",
        programme=programme,
        when=when,
        whole=f"{whole} package",
    )
    return Sentence(
        " ".join(words.split()).replace(" .", "."), amounts, "pledge", status, donor, recipient,
        _topics(f"{purpose}{programme}"), value_day, precision, None, one,
    )  # fmt: skip


def _amounts(
    rng: Random, printed: Printed, home: str, day: int, outlet: Outlet, settings: Settings
) -> tuple[list[tuple[Printed, str, int | None]], str]:
    """The amounts of a sentence and the words with their places: base, conversion, or both."""
    bare = home != "USD" and home in wording.DOLLARS and rng.random() < settings.bare_sign
    if bare:
        printed = printed._replace(causes=(*printed.causes, "bare-sign"))
    base = (printed, wording.money(printed.amount, printed.digits, home, outlet.style, bare), None)
    said = f"{_said(rng, printed.qualifier)}{{0}}"
    if outlet.house == home or bare:
        return [base], said
    draw = rng.random()
    if draw > settings.converts + settings.only_converted:
        return [base], said
    other = converted(rng, printed, home, day, outlet, settings)
    text = wording.money(other.amount, other.digits, other.currency, outlet.style, False)
    if draw > settings.converts:
        other = other._replace(causes=(*printed.causes, *other.causes))
        return [(other, text, None)], f"{_said(rng, other.qualifier)}{{0}}"
    return [base, (other, text, 0)], f"{said} ({_said(rng, other.qualifier)}{{1}})"


def _said(rng: Random, qualifier: str | None) -> str:
    if qualifier is None:
        return ""
    words = {"over": _OVER, "about": _ABOUT, "nearly": ("nearly", "almost")}[qualifier]
    return rng.choice(words) + " "


def _purpose(rng: Random, one: Pledge, settings: Settings) -> str:
    if rng.random() > settings.says_purpose:
        return ""
    return rng.choice(one.broad if rng.random() < settings.vague else one.line)


@cache
def _topics(words: str) -> str | None:
    """What the reader makes of the purpose: its own rule on these words."""
    return purpose_of(words, False, [], frozenset())


def _when(
    rng: Random, told: int, day: int, settings: Settings
) -> tuple[str, int | None, str | None]:
    """The recap phrase, and the value date that the reader takes from it."""
    if rng.random() > settings.recap_says_when:
        return rng.choice(wording.WHEN_OPEN), None, None
    then, now = dt.date.fromordinal(told), dt.date.fromordinal(day)
    month = wording.MONTHS[then.month - 1]
    apart = (now.year - then.year) * 12 + now.month - then.month
    if apart == 1 and rng.random() < 0.4:
        return rng.choice(wording.WHEN_LAST_MONTH), then.replace(day=1).toordinal(), "month"
    if now.year == then.year + 1 and rng.random() < 0.4:
        return rng.choice(wording.WHEN_YEAR), None, None
    if rng.random() < 0.3 or not 0 < apart < 11:
        said = rng.choice(wording.WHEN_DAY[:1] if not 0 < apart < 11 else wording.WHEN_DAY)
        return said.format(day=then.day, month=month, year=then.year), told, "day"
    said = rng.choice(wording.WHEN_MONTH).format(month=month, year=then.year)
    return said, then.replace(day=1).toordinal(), "month"


def _lately(pledges: list[Pledge]) -> Callable[[int], list[Pledge]]:
    """For a day the whole pledges of the forty days up to it, in their order.

    By day: a pair of a hundred thousand pledges would be gone through for each of its articles.
    """
    by_day: dict[int, list[int]] = {}
    for place, one in enumerate(pledges):
        if not one.whole:
            by_day.setdefault(one.day, []).append(place)

    @cache
    def told(day: int) -> list[Pledge]:
        places = (place for ago in range(40) for place in by_day.get(day - ago, ()))
        return [pledges[place] for place in sorted(places)]

    return told


def _add(
    rng: Random,
    article: Article,
    pair: Pair,
    one: Pledge,
    told: Callable[[int], list[Pledge]],
    settings: Settings,
) -> None:
    """Second sentences: another pledge listed beside, a running total, an appeal."""
    day = article.day
    if rng.random() < settings.second_items:
        others = [p for p in told(day) if p is not one and p is not one.whole]
        if others:
            other = rng.choice(others)
            article.sentences.append(
                _on_pledge(rng, other, "listed", day, article.outlet, settings)
            )
    if rng.random() < settings.totals:
        current = [t for t in pair.totals if t.first <= day < t.last]
        if current:
            article.sentences.append(_on_total(rng, rng.choice(current), pair, article, settings))
    if rng.random() < settings.targets:
        amount = rng.choice((1, 2, 3, 4, 5)) * 10.0 ** rng.choice((8, 9))
        text = wording.money(amount, 1, "USD", article.outlet.style, False)
        words = rng.choice(wording.TARGETS).format(recipient=pair.recipient, amount="{0}")
        printed = Printed(amount, 1, "USD", None, ())
        article.sentences.append(
            Sentence(words, [(printed, text, None)], "target", "unknown", None, pair.recipient,
                     None, None, None, None, f"target:{pair.recipient}:{amount:.0f}")
        )  # fmt: skip


def _on_total(
    rng: Random, total: Total, pair: Pair, article: Article, settings: Settings
) -> Sentence:
    told = total
    day = article.day
    causes: tuple[str, ...] = ()
    older = [t for t in pair.totals if t.scope == total.scope and t.last <= total.first]
    if older and rng.random() < settings.old_totals:
        told, causes = rng.choice(older), ("old-total",)
    printed = at_home(rng, float(f"{told.amount:.2e}"), 3, pair.home, article.outlet, settings)
    printed = printed._replace(causes=(*causes, *printed.causes))
    amounts, slot = _amounts(rng, printed, pair.home, day, article.outlet, settings)
    words = rng.choice(wording.TOTALS).format(
        donor=pair.donor, recipient=pair.recipient, amount=slot, scope=wording.SCOPES[total.scope]
    )
    as_of = None
    if rng.random() < 0.3:
        as_of = total.first
        date = dt.date.fromordinal(as_of)
        month = wording.MONTHS[date.month - 1]
        words = f"{words[:-1]} as of {date.day} {month} {date.year}."
    purpose = _topics(wording.SCOPES[total.scope])
    return Sentence(words, amounts, "total", "disbursed", pair.donor, pair.recipient, purpose,
                    None, None, as_of, told)  # fmt: skip


def _copy(rng: Random, original: Article, press: list[Outlet], settings: Settings) -> Article:
    first = original.sentences[0]
    if rng.random() < settings.edited_copies:
        words = first.words[:-1] + rng.choice(
            (", local media reported.", ", according to a statement.", ", it was reported.")
        )
        first = Sentence(**{**first.__dict__, "words": words})
    day = original.day + rng.choice((0, 0, 1, 1, 2, 3))
    return Article(rng.choice(press), day, [first])


def _print(
    source: str, article: Article, rows: list[dict[str, Any]], truths: list[dict[str, Any]]
) -> None:
    offset = 0
    published = dt.date.fromordinal(article.day)
    for one in article.sentences:
        sentence = one.words.format(*(text for _printed, text, _base in one.amounts))
        ids: list[str] = []
        for number, (printed, text, base) in enumerate(one.amounts):
            start = offset + one.words.split(f"{{{number}}}")[0].__len__()
            for earlier in range(number):
                start += len(one.amounts[earlier][1]) - 3
            key = f"{source}:{start}:{text}".encode()
            ids.append(hashlib.sha256(key).hexdigest()[:12])
            low = printed.amount
            before = sentence[max(0, start - offset - 14) : start - offset]
            qualifier = next(
                (w for w in (*_OVER, *_ABOUT, "nearly", "almost") if before.endswith(f"{w} ")), None
            )
            bare = text.startswith("$") and printed.currency != "USD"
            value_day = one.value_day if one.value_day is not None else article.day
            rows.append({
                "claim_id": ids[-1], "source": source, "publisher": article.outlet.name,
                "published": published, "zone": "body", "sentence": sentence, "text": text,
                "start": start, "end": start + len(text), "amount": printed.amount,
                "amount_low": low, "amount_high": np.nan if qualifier in _OVER else printed.amount,
                "currency": "USD" if bare else printed.currency,
                "currency_basis": "ambiguous" if bare else "name",
                "currency_candidates": "USD|CAD|AUD|NZD" if bare else None,
                "qualifier": _NORMAL.get(qualifier or "", qualifier),
                "role": one.role, "status": one.status, "donor": one.donor,
                "recipient": one.recipient, "purpose": one.purpose,
                "value_date": dt.date.fromordinal(value_day),
                "value_date_precision": one.precision or "day",
                "value_date_basis": "stated" if one.precision else "published",
                "as_of": dt.date.fromordinal(one.as_of) if one.as_of else None,
                "conversion_of": ids[base] if base is not None else None,
            })  # fmt: skip
            truths.append({"claim_id": ids[-1], **_truth(one, printed, base is not None, article)})
        offset += len(sentence) + 1


def _truth(
    one: Sentence, printed: Printed, is_conversion: bool, article: Article
) -> dict[str, Any]:
    told = one.truth
    causes = [name for name in GRAVITY if name in printed.causes]
    true = told.worth(article.day) if isinstance(told, Pledge) else getattr(told, "amount", np.nan)
    return {
        "object_id": told if isinstance(told, str) else told.id,
        "kind": one.role,
        "series": told.series if isinstance(told, Total) else None,
        "true_amount": true,
        "whole": told.whole.id if isinstance(told, Pledge) and told.whole else None,
        "cause": causes[0] if causes else "none",
        "causes": "|".join(causes),
        "conversion": is_conversion,
        "rate_day": dt.date.fromordinal(printed.rate_day) if printed.rate_day else None,
        "lag": printed.lag,
        "move": printed.move,
        "digits": printed.digits,
        "fair": printed.fair,
        "base_digits": one.amounts[0][0].digits if is_conversion else 0,
    }
