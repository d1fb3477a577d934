"""What the page stands on: rates with last day and digest, policy, versions, decisions."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rates import sources
from rates.errors import PledgecalcError

from ...text.data_tables import DATA
from ..cells import clean, missing
from .anchors import anchor, clipped
from .pledged import Quoted
from .shown import ForPage, bare

_NOTED = re.compile(r"\(([^()]{1,80}?) (?=\d{4}-\d\d-\d\d)")
_TESTED = re.compile(r"\bthe (\S{1,40}) (?:rate|average) of ")
_POLICIES = {
    "spot": "the last rate published on or before the day, at most 7 days back; "
    "where only the month or year is known, its average",
    "month-avg": "the average of the month",
    "year-avg": "the average of the year",
    "month-end": "the last rate of the month",
    "inforeuro": "the European Commission's accounting rate of the month",
    "fixed": "one rate for everything",
    "window-avg": "the average of one stretch of days for everything",
    "closing": "the newest rate for everything: a revaluation",
}


class RateSource(NamedTuple):
    """A source of rates: its last day or state, its digest, and how often it was used."""

    name: str
    state: str
    digest: str
    used: int


class UsedDecision(NamedTuple):
    """A decision of a person that was used."""

    shown: str
    why: str
    who: str
    place: str
    claims: tuple[Quoted, ...]


class Footing(NamedTuple):
    """The footer: sources of rates used and asked, policy, versions, decisions."""

    rates: tuple[RateSource, ...]
    beside: tuple[RateSource, ...]
    policy: str
    policy_words: str
    version: str
    rules: str
    decisions: tuple[UsedDecision, ...]


def footing(result: ForPage) -> Footing:
    """Gather what the numbers of the page stand on."""
    found = _rates(result)
    return Footing(
        tuple(one for one in found if one.used),
        tuple(one for one in found if not one.used),
        clean(result.policy),
        _POLICIES.get(result.policy.partition(":")[0], ""),
        version(),
        _rules(),
        tuple(_decided(one) for one in result.decisions),
    )


def _rates(result: ForPage) -> list[RateSource]:
    """Each table of rates, those with one version (official parities) together."""
    counts = _uses(result)
    grouped: dict[str, dict[str, None]] = {}
    for name, told in _tables(result.rates):
        grouped.setdefault(told, {})[name] = None
    return [_source(told, list(names), counts) for told, names in grouped.items()]


def _uses(result: ForPage) -> dict[str, int]:
    """How many amounts and stated conversions each source of rates stands behind."""
    counts: dict[str, int] = {}
    frame = bare(result.claims)
    noted = frame["rate_note"].tolist() if "rate_note" in frame else []
    checked = result.checks["explanation"].tolist()
    for note in [*noted, *result.pledges["explanation"].tolist(), *checked]:
        words = "" if missing(note) else str(note)
        for name in {*_NOTED.findall(words), *_TESTED.findall(words)}:
            counts[name] = counts.get(name, 0) + 1
    return counts


def _source(told: str, names: list[str], counts: Mapping[str, int]) -> RateSource:
    state, _, digest = told.rpartition(" sha256:")
    used = [name for name in names if counts.get(name)]
    words = ", ".join(used or names)
    if not used and len(names) > 2:
        words = f"{len(names)} authorities of fixed official rates and parities"
    return RateSource(
        clipped(words, 200), state or told, digest, sum(counts[name] for name in used)
    )


def _tables(rates: Any) -> list[tuple[str, str]]:
    """Names and versions of the tables in the order in which they are asked."""
    try:
        table = sources.tables(rates)
        parts = [*table.tables]
        beyond = getattr(table, "beyond", None)
        parts += list(beyond.tables) if beyond is not None else []
        return [(clean(part.source), clean(part.version)) for part in parts]
    except PledgecalcError:
        return []


def _decided(one: Any) -> UsedDecision:
    who = " ".join(part for part in (clean(one.who), clean(one.when)) if part)
    return UsedDecision(
        clipped(one.shown, 200),
        clipped(one.why, 400),
        who,
        clipped(one.place, 120),
        tuple(Quoted(clipped(name, 12), anchor("c", name), "") for name in one.claims[:8]),
    )


@cache
def version() -> str:
    """The version of the program, as its package says it, installed or not."""
    home = Path(__file__).resolve().parents[3] / "pledgecalc" / "__init__.py"
    text = home.read_text(encoding="utf-8") if home.is_file() else ""
    found = re.search(r'^__version__ = "([^"]+)"', text, re.MULTILINE)
    return found[1] if found else "unknown"


@cache
def _rules() -> str:
    """The digest of all tables of rules, which decide what is read and linked."""
    digest = hashlib.sha256()
    for path in sorted(DATA.glob("*.tsv")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]
