"""The claims table, prepared for linking: one plain record per claim."""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from rates import tsv
from rates.errors import UsageError

from .. import figures, intervals, parties, schema
from ..claims.purposes import topics_in
from ..needed import Guarded, lacks
from .programmes import programmes_in

_DATA = Path(__file__).resolve().parents[1] / "data"
STAGES = ("unknown", "pledged", "committed", "allocated", "disbursed")
_TEXT = pd.StringDtype(na_value=math.nan)  # that of every text column
_SOFT = 0.10  # "over 10 million" is seldom used of more than a tenth above the number
_ABOUT = {"about", "approximately", "around", "some", "roughly", "circa", "estimated"}
_BELOW = {"nearly", "almost", "close to"}
_LOWER = ("over", "more than", "at least", "exceeding", "above")
_UPPER = ("up to", "at most", "less than", "under", "below")
_CUES = {
    row["cue"]: Guarded(row["pattern"], re.IGNORECASE) for row in tsv.rows(_DATA / "link_cues.tsv")
}
SCOPES = {row["word"]: row["scope"] for row in tsv.rows(_DATA / "scope_words.tsv")}
_AID = re.compile(r"\b(?:aid|assistance|support|help|relief)\b")
BROAD = {
    row["word"]: row["scope"]
    for row in tsv.rows(_DATA / "scope_words.tsv")
    if row["kind"] == "broad"
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


def cue(name: str, sentence: str | None) -> str | None:
    """The words in ``sentence`` that give the cue ``name`` of link_cues.tsv, or None.

    >>> cue("part", "an initial tranche of 10 million euros")
    'initial'
    """
    if not sentence or _lacking(sentence) & _CUES[name].needs:
        return None
    return _cue(name, sentence)


@lru_cache(maxsize=262144)
def _cue(name: str, sentence: str) -> str | None:
    found = _CUES[name].compiled.search(sentence)
    return found.group() if found else None


@lru_cache(maxsize=262144)
def _lacking(sentence: str) -> int:
    """The words of cues that a sentence has not, as bits: asked once for all cues."""
    return lacks(sentence)


def forget_cues() -> None:
    """Let go of what was remembered of sentences."""
    _cue.cache_clear()
    _lacking.cache_clear()


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


def prepare(table: pd.DataFrame) -> pd.DataFrame:
    """A copy of ``table`` with every column of schema.CLAIMS and a unique id for each claim.

    Columns that are missing are filled: role ``pledge``, status ``unknown``, bounds and text
    from the amount, an id from the row's content. Rows that are equal in everything share
    their id (they are one claim, read twice); different rows under one id are an error.
    """
    if not isinstance(table, pd.DataFrame):
        raise UsageError(
            f"reconcile takes a table of claims, not {type(table).__name__}; "
            "read documents first: pc.reconcile(pc.read(...))"
        )
    if len(table) and not {"amount", "amount_low", "amount_high", "text"} & set(table.columns):
        raise UsageError(
            f"no amounts among the columns {', '.join(map(str, table.columns[:12]))}; "
            "a table of claims has at least amount and currency, and donor, recipient, published"
        )
    frame = table.copy()
    frame.attrs = {}
    for name, kind in schema.CLAIMS.items():
        if name not in frame.columns:
            empty = {"date": pd.NaT, "number": math.nan}.get(kind)
            frame[name] = pd.Series([empty] * len(frame), index=frame.index, dtype="object")
    _fill_kinds(frame)
    defaults = {"role": "pledge", "status": "unknown", "source": "table", "text": ""}
    for name, default in defaults.items():
        frame[name] = frame[name].where(frame[name].notna(), default)
    _fill_bounds(frame)
    _fill_text(frame)
    for name in ("amount", "amount_low", "amount_high"):
        # a pledge is a positive sum of money: what is no such number is an amount not known,
        # while the text keeps what was printed
        frame[name] = frame[name].where((frame[name] > 0) & (frame[name] < math.inf))
    _fill_ids(frame)
    for name, kind in schema.CLAIMS.items():
        if kind == "text":
            frame[name] = frame[name].astype(_TEXT)
    front = list(schema.CLAIMS)
    return frame[front + [name for name in frame.columns if name not in schema.CLAIMS]]


def _fill_kinds(frame: pd.DataFrame) -> None:
    """Dates and numbers as such; texts as plain cells, unless their column is of texts already."""
    for name, kind in schema.CLAIMS.items():
        if kind == "date":
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
        elif kind == "number":
            frame[name] = pd.to_numeric(frame[name]).astype("float64")
        elif frame[name].dtype != _TEXT:  # of a million claims, copies as objects take gigabytes
            frame[name] = frame[name].astype("object").where(frame[name].notna(), None)


def _fill_bounds(frame: pd.DataFrame) -> None:
    """An amount without any bound is a point, or the bound that its qualifier says."""
    bare = frame["amount"].notna() & frame["amount_low"].isna() & frame["amount_high"].isna()
    for name, open_words in (("amount_low", _UPPER), ("amount_high", _LOWER)):
        closed = bare & ~frame["qualifier"].isin(open_words)
        frame[name] = frame[name].where(~closed, frame["amount"])


def _fill_text(frame: pd.DataFrame) -> None:
    """A table without words: the amount stands for what was printed."""
    bare = (frame["text"] == "") & frame["amount"].notna()
    if not bare.any():
        return
    made = [
        f"{amount:,.15g} {'' if _missing(code) else code}".strip() if wanted else ""
        for wanted, amount, code in zip(bare, frame["amount"], frame["currency"], strict=True)
    ]
    frame["text"] = frame["text"].where(~bare, pd.Series(made, index=frame.index))


def _fill_ids(frame: pd.DataFrame) -> None:
    if frame["claim_id"].notna().all():
        names = frame["claim_id"]
        if names.dtype != _TEXT:
            names = names.map(str).astype("object")
        if names.is_unique:
            frame["claim_id"] = names
            return
    columns = [name for name in schema.CLAIMS if name != "claim_id"]
    contents = [
        "\x1f".join("" if _missing(cell) else str(cell) for cell in row)
        for row in frame[columns].itertuples(index=False, name=None)
    ]
    seen: dict[str, str] = {}
    counts: dict[str, int] = {}
    ids: list[str] = []
    for given, content in zip(frame["claim_id"].tolist(), contents, strict=True):
        if _missing(given):
            digest = hashlib.sha256(content.encode("utf-8")).hexdigest()[:12]
            counts[digest] = counts.get(digest, 0) + 1
            ids.append(digest if counts[digest] == 1 else f"{digest}-{counts[digest]}")
            continue
        name = str(given)
        if seen.setdefault(name, content) != content:
            raise UsageError(
                f"claim_id {name!r} stands on two rows that differ; give every claim an id of "
                "its own, or leave the column out"
            )
        ids.append(name)
    frame["claim_id"] = pd.Series(ids, index=frame.index, dtype="object")


def _missing(cell: object) -> bool:
    return cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell))


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
        "status": [status if status in STAGES else "unknown" for status in cells["status"]],
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
    }
    every = (columns[name] if name in columns else cells[name] for name in Claim._fields)
    return map(Claim._make, zip(*every, strict=True))


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
        return Band(0.0, high, high * (1 - _SOFT), high)
    if high is None:
        return Band(low, math.inf, low, low * (1 + _SOFT))
    if low != high or usual is None or amount is None:
        return Band(low, high, low, high)
    first, last = usual
    if qualifier in _ABOUT:
        first, last = 2 * first - amount, 2 * last - amount
    elif qualifier in _BELOW:
        first, last = 2 * first - amount, amount
    return Band(first, last, first, last)
