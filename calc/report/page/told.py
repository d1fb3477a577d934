"""The sources: every figure marked by its role where it stands, and where it went."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ..cells import clean, day, missing
from ..sections import documents, records
from .anchors import anchor, clipped, listed, plural, spoken
from .shown import MOST_CLAIMS, Claims, ForPage, bare

_SPACE = re.compile(r"\s+")
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_LONG = 700  # characters between two figures of one sentence; of more, both ends
_TAGS = {"relative": "share", "noise": "ignored"}  # what people call a role
_MOST_LINKS = 6


class Snippet(NamedTuple):
    """Words of a source; those of a figure have its role, its anchor and where it counts."""

    text: str
    role: str = ""
    tag: str = ""
    at: str = ""
    to: str = ""


class Jump(NamedTuple):
    """A link with its words."""

    words: str
    at: str


class FigureNote(NamedTuple):
    """What was read of a figure: role, parties, day, and the places that speak of it."""

    text: str
    role: str
    tag: str
    id: str
    at: str  # only where the figure could not be marked in its sentence
    facts: tuple[str, ...]
    links: tuple[Jump, ...]


class MarkedSentence(NamedTuple):
    """A sentence in pieces, and what was read of its figures."""

    pieces: tuple[Snippet, ...]
    figures: tuple[FigureNote, ...]
    zone: str


class SourceText(NamedTuple):
    """A document: where it is from, its sentences, those with ignored figures alone apart."""

    at: str
    name: str
    title: str
    facts: tuple[str, ...]
    url: str
    sentences: tuple[MarkedSentence, ...]
    ignored: tuple[MarkedSentence, ...]
    note: str


class Sources(NamedTuple):
    """The documents, and how many figures of them are not shown."""

    documents: tuple[SourceText, ...]
    left: int


def told_sources(result: ForPage, claims: Claims, homes: Homes) -> Sources:
    """Every document, oldest first; the rows of registers are not repeated.

    A document's sentences stand in their order. Documents without a day come last, by name.
    """
    frame = result.claims
    by_source: dict[str, list[dict[str, Any]]] = {}
    for row in claims.values():
        if row["entry"] != "ledger":
            by_source.setdefault(str(row["source"]), []).append(row)
    is_entry = frame["entry"] == "ledger"
    entries = bare(frame)["source"][is_entry].value_counts().to_dict()
    read = sorted(documents(frame), key=_by_day)[:MOST_CLAIMS]
    return Sources(
        tuple(_source(one, by_source.get(str(one["source"]), []), homes, entries) for one in read),
        len(frame) - int(is_entry.sum()) - sum(map(len, by_source.values())),
    )


def _by_day(document: Mapping[str, Any]) -> tuple[bool, str, str]:
    day = document.get("published")
    return not day, str(day or ""), str(document["source"])


class Homes(NamedTuple):
    """Where the page speaks of a claim: links by claim id, and the place where it counts."""

    links: Mapping[str, Sequence[Jump]]
    home: Mapping[str, str]


def homes(result: ForPage, claims: Claims) -> Homes:
    """The links from each claim to its pledge, total, stated conversion and findings."""
    links: dict[str, list[Jump]] = {}
    home: dict[str, str] = {}
    for name, row in claims.items():
        if row.get("pledge_id"):
            home[name] = anchor("p", row["pledge_id"])
            links[name] = [Jump("its pledge", home[name])]
    for place, row in enumerate(records(result.totals)):
        at = anchor("t", f"{clean(row['series_id'])}-{place}")
        for name in str(row["claim_ids"] or "").split("|"):
            links.setdefault(name, []).append(Jump("its total", at))
            home.setdefault(name, at)
    for row in records(result.checks):
        at = anchor("k", row["claim_id"])
        for name in (str(row["claim_id"]), str(row["base_id"])):
            links.setdefault(name, []).append(Jump(f"conversion {clean(row['verdict'])}", at))
    for row in records(result.findings):
        at = anchor("f", row["finding_id"])
        for name in str(row["claim_ids"] or "").split("|"):
            links.setdefault(name, []).append(Jump(clean(row["cause"]), at))
            home.setdefault(name, at)
    return Homes(links, home)


def _source(
    document: Mapping[str, Any],
    claims: list[dict[str, Any]],
    homes: Homes,
    entries: Mapping[Any, int],
) -> SourceText:
    groups: dict[tuple[Any, str], list[dict[str, Any]]] = {}
    for place, claim in enumerate(claims):
        sentence = str(claim["sentence"] or "")
        first = claim["sentence_start"]
        key = (first if first is not None else f"row {place}", sentence)
        groups.setdefault(key, []).append(claim)
    ordered = sorted(groups.items(), key=lambda one: _order(one[0][0]))
    kept: list[MarkedSentence] = []
    ignored: list[MarkedSentence] = []
    for (_, sentence), own in ordered:
        quiet = all(claim["role"] == "noise" for claim in own)
        (ignored if quiet else kept).append(_sentence(sentence, own, homes))
    return SourceText(
        anchor("s", document["source"]),
        clipped(document["source"], 200),
        clipped(document.get("title"), 300),
        _facts(document),
        _address(document.get("url")),
        tuple(kept),
        tuple(ignored),
        _note(document, claims, entries),
    )


def _order(start: Any) -> float:
    return float(start) if isinstance(start, int | float) else float("inf")


def _note(
    document: Mapping[str, Any], claims: list[dict[str, Any]], entries: Mapping[Any, int]
) -> str:
    rows = entries.get(document["source"], 0)
    if rows:
        many = plural(rows, "entry").replace("entrys", "entries")
        return f"{many} of a register: counted above, not repeated here."
    return "" if claims else "No money claim."


def _facts(document: Mapping[str, Any]) -> tuple[str, ...]:
    parts = [clipped(document.get("publisher"), 120)]
    if document.get("kind") == "table":
        parts.append("table")
    elif "published" in document:
        told = spoken(document["published"])
        basis = clean(document.get("published_basis"))
        if told:
            parts.append(f"{told} ({basis})" if basis and basis != "stated" else told)
        else:
            parts.append("no date found")
    return tuple(part for part in parts if part)


def _address(url: object) -> str:
    """The address of a document, if it is one of the web; no other kind is ever a link."""
    text = clean(url)
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc and len(text) < 2000 else ""


def _sentence(sentence: str, claims: list[dict[str, Any]], homes: Homes) -> MarkedSentence:
    """The sentence with each figure marked in its own place."""
    places: list[tuple[int, int, dict[str, Any]]] = []
    lost: list[dict[str, Any]] = []
    end = 0
    for claim in sorted(claims, key=lambda one: (_order(one["start"]), str(one["claim_id"]))):
        text = str(claim["text"] or "")
        at = _place(sentence, text, claim, end)
        if at < end or not text:
            lost.append(claim)
            continue
        end = at + len(text)
        places.append((at, end, claim))
    pieces: list[Snippet] = []
    done = 0
    for start, stop, claim in places:
        pieces.append(Snippet(_shortened(sentence[done:start], bool(done))))
        pieces.append(_marked(sentence[start:stop], claim, homes))
        done = stop
    pieces.append(Snippet(_shortened(sentence[done:], bool(done), last=True)))
    zones = {str(claim["zone"]) for claim in claims if claim["zone"] in ("headline", "caption")}
    missed = {id(claim) for claim in lost}
    return MarkedSentence(
        tuple(piece for piece in pieces if piece.text),
        tuple(_figure(claim, homes, id(claim) in missed) for claim in claims),
        next(iter(sorted(zones)), ""),
    )


def _place(sentence: str, text: str, claim: Mapping[str, Any], end: int) -> int:
    start, first = claim["start"], claim["sentence_start"]
    at = -1 if start is None or first is None else int(start - first)
    if at < 0 or not sentence.startswith(text, at):
        at = sentence.find(text, end)  # a table brings the words and not their place
    return at


def _marked(text: str, claim: Mapping[str, Any], homes: Homes) -> Snippet:
    name, role = str(claim["claim_id"]), _role(claim)
    return Snippet(
        flat(text), role, _TAGS.get(role, role), anchor("c", name), homes.home.get(name, "")
    )


def _role(claim: Mapping[str, Any]) -> str:
    role = clean(claim["role"])
    return role if role in ("pledge", "total", "target", "relative", "noise") else "pledge"


def flat(words: str) -> str:
    r"""Words of a source on one line, their outer spaces kept, without hidden characters.

    >>> flat("gave\n 5\u202e million ")
    'gave 5 million '
    """
    spaced = _SPACE.sub(" ", words)
    return "".join(ch for ch in spaced if ch == " " or unicodedata.category(ch) not in _HIDDEN)


def _shortened(words: str, begun: bool, last: bool = False) -> str:
    """Words beside a figure; of very many the ends that stand next to figures."""
    said = flat(words)
    if len(said) <= _LONG:
        return said
    head = f"{said[: _LONG // 2]}…" if begun or not last else "…"
    tail = "" if last and begun else f"…{said[-_LONG // 2 :]}"
    return f"{head}{tail}" if begun else (said[:_LONG] + "…" if last else tail)


def _figure(claim: Mapping[str, Any], homes: Homes, lost: bool) -> FigureNote:
    name, role = str(claim["claim_id"]), _role(claim)
    qualified = " ".join(str(one) for one in (claim["qualifier"], claim["text"]) if one)
    seen = dict.fromkeys(homes.links.get(name, ()))
    return FigureNote(
        clipped(qualified, 80) or "no words",
        role,
        _TAGS.get(role, role),
        clipped(name, 40),
        anchor("c", name) if lost else "",
        tuple(fact for fact in _read(claim, role) if fact),
        tuple(list(seen)[:_MOST_LINKS]),
    )


def _read(claim: Mapping[str, Any], role: str) -> Iterable[str]:
    """Parties, stage and day of a figure; why it is ignored."""
    if role == "noise":
        yield clipped(claim["noise_reason"], 80)
        return
    donor, recipient = clipped(listed(claim["donor"]), 90), clipped(listed(claim["recipient"]), 90)
    if donor or recipient:
        yield f"{donor or 'donor not named'} to {recipient or 'receiver not named'}"
    if claim["status"] and claim["status"] != "unknown" and role == "pledge":
        yield clean(claim["status"])
    if not missing(claim["as_of"]) and role == "total":
        yield f"as of {spoken(claim['as_of'])}"
    elif day(claim["value_date"]):
        yield spoken(claim["value_date"], claim["value_date_precision"])
    if claim["conversion_of"]:
        yield "the source's own conversion"
    elif claim["repeats"]:
        yield "said again"
    if claim.get("page"):
        yield f"page {clipped(claim['page'], 12)}"
