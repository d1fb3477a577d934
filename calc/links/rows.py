"""The claims table, prepared for linking: one plain record per claim."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from .. import figures, parties, schema
from ..claims.programmes import programmes_in
from ..claims.purposes import topics_in
from ..claims.said import NOTHING_SAID, Said, said_in_row
from ..text import data_tables
from ..values import intervals
from ..values.slack import BEYOND_A_BOUND

_ABOUT = {"about", "approximately", "around", "some", "roughly", "circa", "estimated"}
_BELOW = {"nearly", "almost", "close to"}
SCOPES = {row["word"]: row["scope"] for row in data_tables.table("scope_words")}
_AID = re.compile(r"\b(?:aid|assistance|support|help|relief)\b")
BROAD = {
    row["word"]: row["scope"] for row in data_tables.table("scope_words") if row["kind"] == "broad"
}


class Band(NamedTuple):
    """What values a printed amount allows: ``low``..``high``, where an open end is infinite.

    ``near_low`` and ``near_high`` close an open end softly: how far such words usually reach.
    """

    low: float
    high: float
    near_low: float
    near_high: float


class Claim(NamedTuple):
    """One claim of the table, with parties as tuples, dates as dates, missing as None."""

    id: str
    source: str
    publisher: str | None
    sentence: str | None
    text: str
    start: float
    zone: str | None
    role: str
    noise_reason: str | None
    status: str
    status_text: str | None
    donor: tuple[str, ...]
    recipient: tuple[str, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    period: str | None
    amount: float | None
    low: float | None
    high: float | None
    currency: str | None
    currency_basis: str | None
    candidates: tuple[str, ...]
    qualifier: str | None
    band: Band | None
    usual: tuple[float, float] | None
    digits: str
    published: dt.date | None
    value_date: dt.date | None
    precision: str | None
    date_basis: str | None
    as_of: dt.date | None
    base: str | None
    echo: str | None
    part_of: str | None = None
    said: Said = NOTHING_SAID
    title: str | None = None

    @property
    def document(self) -> tuple[str, str, str]:
        """What counts as one document: a source, its publisher and its day."""
        return (self.source, self.publisher or "", str(self.published or ""))

    @property
    def act(self) -> tuple[dt.date, dt.date] | None:
        """First and last day on which the act may have happened, as far as the text says."""
        if self.value_date is None:
            return (self.published, self.published) if self.published else None
        return span_of(self.value_date, self.precision)


def span_of(day: dt.date, precision: str | None) -> tuple[dt.date, dt.date]:
    """First and last day of a date known to the day, the month or the year.

    >>> span_of(dt.date(2024, 9, 1), "month")[1].isoformat()
    '2024-09-30'
    """
    if precision == "month":
        last = calendar.monthrange(day.year, day.month)[1]
        return day.replace(day=1), day.replace(day=last)
    if precision == "year":
        return dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    return day, day


def scope_of(words: tuple[str, ...]) -> str:
    """The kinds of aid that purpose words name, the broad kind before its lines.

    >>> scope_of(("military", "drones")), scope_of(("drones",)), scope_of(())
    ('military', 'drones', 'unknown')
    """
    broad = sorted({BROAD[word] for word in words if word in BROAD})
    lines = sorted({word for word in words if word in SCOPES and SCOPES[word] not in broad})
    return "|".join(broad or lines) or "unknown"


@lru_cache(maxsize=65536)
def kinds_of(words: tuple[str, ...]) -> frozenset[str]:
    """The broad kinds of aid that purpose words belong to, lines counted to their kind."""
    return frozenset(SCOPES[word] for word in words if word in SCOPES)


def read_rows(frame: pd.DataFrame) -> list[Claim]:
    """The claims of a prepared table, sorted by source, place and id: the order of all output."""
    found: dict[str, Claim] = {}
    for claim in _claims(frame):
        found.setdefault(claim.id, claim)
    return sorted(found.values(), key=place)


def place(claim: Claim) -> tuple[dt.date, str, float, str]:
    """Sort key of a claim: its publication day (unknown ones last), source, position, id."""
    return (claim.published or dt.date.max, claim.source, claim.start, claim.id)


def _claims(frame: pd.DataFrame) -> Iterator[Claim]:
    """The claims row by row, made column by column."""
    cells = {name: schema.cells(frame[name]) for name in schema.CLAIMS}
    texts = [str(text or "") for text in cells["text"]]
    amounts, lows, highs = cells["amount"], cells["amount_low"], cells["amount_high"]
    printed = list(map(_printed, texts, amounts))
    purposes = [_purpose(cell or "") for cell in cells["purpose"]]
    usual = [reading for reading, _digits in printed]
    columns: dict[str, Iterable[Any]] = {
        "id": map(str, cells["claim_id"]),
        "source": map(str, cells["source"]),
        "text": texts,
        "start": [-1.0 if start is None else start for start in cells["start"]],
        "status": [status if status in schema.STAGES else "unknown" for status in cells["status"]],
        "donor": map(party, cells["donor"]),
        "recipient": map(party, cells["recipient"]),
        "words": [words for words, _names in purposes],
        "names": [
            names or programmes_in(sentence)
            for (_words, names), sentence in zip(purposes, cells["sentence"], strict=True)
        ],
        "low": lows,
        "high": highs,
        "currency": [code.upper() if code else None for code in cells["currency"]],
        "candidates": map(_parts, cells["currency_candidates"]),
        "band": map(_band, amounts, lows, highs, cells["qualifier"], usual),
        "usual": usual,
        "digits": [digits for _reading, digits in printed],
        "published": map(_day, cells["published"]),
        "value_date": map(_day, cells["value_date"]),
        "precision": cells["value_date_precision"],
        "date_basis": cells["value_date_basis"],
        "as_of": map(_day, cells["as_of"]),
        "base": cells["conversion_of"],
        "echo": cells["repeats"],
        "said": map(said_in_row, *(cells[name] for name in _TOLD_BY)),
    }
    every = (columns[name] if name in columns else cells[name] for name in Claim._fields)
    return map(Claim._make, zip(*every, strict=True))


_TOLD_BY = ("sentence", "sentence_start", "text", "start", "said", "signs")


def _parts(cell: str | None) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part) if cell else ()


def _day(cell: Any) -> dt.date | None:
    if cell is None or type(cell) is dt.date:
        return cell
    return pd.Timestamp(cell).date()


@lru_cache(maxsize=4096)
def party(cell: str | None) -> tuple[str, ...]:
    """The parties that a cell names, canonical and sorted; empty when unknown."""
    parts = [part.strip() for part in (cell or "").split("|")]
    return tuple(sorted({parties.canonical(part) or part for part in parts if part}))


@lru_cache(maxsize=4096)
def _purpose(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts = sorted({part.strip() for part in cell.split("|") if part.strip()})
    names = tuple(part for part in parts if _is_name(part))
    words = {word for part in parts if part not in names for word in _words_of(part.lower())}
    return tuple(sorted(words)), names


def _words_of(part: str) -> list[str]:
    """A purpose in a table's own words ("military aid") as topics, and what it says beyond them.

    >>> _words_of("military aid"), _words_of("mobile power plants"), _words_of("drones")
    (['military'], ['mobile power plants', 'energy'], ['drones'])
    """
    if part in SCOPES:
        return [part]
    topics = topics_in(part)
    plain = _AID.sub("", part).strip()
    return topics if topics and plain in topics else [part, *topics]


def _is_name(part: str) -> bool:
    # "Ukrainian producers" starts with a capital because of the country, not as a programme.
    first = parties.find_parties(part)[:1]
    return part[:1].isupper() and not (first and part.startswith(first[0].text))


@lru_cache(maxsize=65536)
def _printed(text: str, amount: float | None) -> tuple[tuple[float, float] | None, str]:
    if amount is None:
        return None, ""
    printed = figures.printed_of(text) if text else None
    if printed is None or not math.isclose(float(printed.amount), amount, rel_tol=1e-9):
        printed = intervals.printed_number(amount)
    usual = intervals.reading(printed, "usual")
    low = float(usual.low) if usual.low is not None else 0.0
    high = float(usual.high) if usual.high is not None else math.inf
    digits = "".join(char for char in f"{printed.amount:f}" if char.isdigit()).strip("0")
    return (low, high), digits


def _band(
    amount: float | None,
    low: float | None,
    high: float | None,
    qualifier: str | None,
    usual: tuple[float, float] | None,
) -> Band | None:
    if low is None and high is None:
        return None
    if low is None:
        assert high is not None
        return Band(0.0, high, high * (1 - BEYOND_A_BOUND), high)
    if high is None:
        return Band(low, math.inf, low, low * (1 + BEYOND_A_BOUND))
    if low != high or usual is None or amount is None:
        return Band(low, high, low, high)
    first, last = usual
    if qualifier in _ABOUT:
        first, last = 2 * first - amount, 2 * last - amount
    elif qualifier in _BELOW:
        first, last = 2 * first - amount, amount
    return Band(first, last, first, last)
