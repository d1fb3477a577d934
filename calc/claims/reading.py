"""From a document to its claims: every figure with who gives what to whom, and when.

One pass per document: parties, figures and sentences are found once; each sentence then gives its
figures a role, a verb, parties, a purpose and dates. What a sentence leaves open may come from the
document (its one giver, its publication date), never from a guess.
"""

from __future__ import annotations

import datetime
import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from ..documents import CONTENT, Document, Zone
from ..documents.paragraphs import paragraphs
from ..figures import Figure, figures
from ..parties import Mention, currencies_of, find_parties
from .acts import Act, GivingNoun, acts, giving_nouns, governing_act
from .agents import NOBODY, Agents, agents_of, document_agents
from .dates import ActDate, act_date, as_of_date, period_of
from .evidence import Decision, from_document, from_giver, from_pair
from .pairs import base_of, conversion_groups
from .purposes import person_words, purpose_of
from .relative import relative_amounts
from .repeats import mark_repeats
from .roles import Role, Surroundings, role_of
from .sentences import Span, clause_around, sentences

# Cards, feeds and lists of links all tell of another story: one reason for a reader.
FURNITURE_REASONS = {"feed": "teaser", "related": "teaser"}
# How much a sentence counts for the document's own giver and receiver.
HEADLINE_WEIGHT, LEAD_WEIGHT = 3.0, 2.0
LEAD_SENTENCES, HEAD_SENTENCES = 3, 12


class Sentence:
    """A sentence with its parties; offsets of mentions and acts count from its start.

    Verbs and nouns of giving are looked up when first asked for: most sentences hold no figure.
    """

    def __init__(self, span: Span, text: str, zone: Zone, mentions: list[Mention]) -> None:
        self.span = span
        self.text = text
        self.zone = zone
        self.mentions = mentions

    @cached_property
    def acts(self) -> list[Act]:
        """The verbs of giving, in order."""
        return acts(self.text)

    @cached_property
    def nouns(self) -> list[GivingNoun]:
        """The nouns of giving, in order."""
        return giving_nouns(self.text)


class Context(NamedTuple):
    """What the document as a whole says, for sentences that leave it open."""

    document: Document
    agents: Agents
    persons: frozenset[str]
    figures: list[Figure]


def _shifted(mention: Mention, start: int) -> Mention:
    return mention._replace(start=mention.start - start, end=mention.end - start)


def _spans(document: Document, money: Sequence[Figure]) -> list[tuple[Span, Zone]]:
    """Sentences with their zones; one that a line break cut inside a figure is made whole."""
    found: list[tuple[Span, Zone]] = []
    at = 0
    for paragraph in paragraphs(document.text):
        zone = document.zone_at(paragraph.start)
        for span in sentences(document.text, paragraph.start, paragraph.end):
            while at < len(money) and money[at].end <= span.start:
                at += 1
            if found and at < len(money) and money[at].start < found[-1][0].end:
                found[-1] = (Span(found[-1][0].start, span.end), found[-1][1])
            else:
                found.append((span, zone))
    return found


def _sentences(document: Document, money: Sequence[Figure]) -> list[Sentence]:
    mentions = find_parties(document.text)
    found = []
    at = 0
    for span, zone in _spans(document, money):
        while at < len(mentions) and mentions[at].start < span.start:
            at += 1
        inside = []
        while at < len(mentions) and mentions[at].end <= span.end:
            inside.append(_shifted(mentions[at], span.start))
            at += 1
        text = document.text[span.start : span.end]
        found.append(Sentence(span, text, zone, inside))
    return found


def _document_agents(found: Sequence[Sentence], money: Sequence[Figure]) -> Agents:
    """Whom the article makes giver and receiver: its headline, its head, and where money stands."""
    seen: list[tuple[Agents, float]] = []
    bodies = 0
    starts = [figure.start for figure in money]
    for sentence in found:
        kind = sentence.zone.kind
        bodies += kind == "body"
        head = kind == "headline" or (kind == "body" and bodies <= HEAD_SENTENCES)
        with_money = kind == "body" and (
            bisect_left(starts, sentence.span.start) < bisect_left(starts, sentence.span.end)
        )
        if not (head or with_money) or not sentence.mentions:
            continue
        lead = LEAD_WEIGHT if bodies <= LEAD_SENTENCES else 1.0
        weight = HEADLINE_WEIGHT if kind == "headline" else lead
        for act in sentence.acts[:1]:
            agents = agents_of(sentence.text, sentence.mentions, act, None)
            if agents != NOBODY:
                seen.append((agents, weight))
    return document_agents(seen)


def claim_id(source: str, start: int, end: int, text: str) -> str:
    """Twelve hexadecimal digits of the source, the span and the words: stable over re-reading.

    >>> claim_id("a.txt", 10, 26, "10 million euros")
    '550f520a3077'
    """
    key = f"{source}\n{start}:{end}\n{text}"
    return hashlib.sha256(key.encode()).hexdigest()[:12]


class _Group(NamedTuple):
    """Figures that state one amount: an original and its conversions, or one figure alone."""

    members: list[Figure]
    base: int
    currencies: list[Decision]


def _start(figure: Figure) -> int:
    return figure.qualifier_span[0] if figure.qualifier_span else figure.start


def _groups(
    text: str, inside: list[Figure], home: Sequence[str], published: datetime.date | None
) -> list[_Group]:
    grouped = conversion_groups(text, inside)
    alone = set(range(len(inside))) - {index for group in grouped for index in group}
    found = []
    for indices in sorted(grouped + [[index] for index in alone]):
        members = [inside[index] for index in indices]
        decisions = [Decision(f.currency, f.currency_basis) for f in members]
        for k in range(1, len(members)):
            first, decisions[k] = from_pair(members[0], members[k], published, home)
            if decisions[0].basis == "ambiguous":
                decisions[0] = first
        resolved = [
            figure._replace(
                currency=decision.currency or figure.currency, currency_basis=decision.basis
            )
            for figure, decision in zip(members, decisions, strict=True)
        ]
        found.append(_Group(members, base_of(resolved, home) if len(members) > 1 else 0, decisions))
    return found


def _money(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _status(act: Act | None, nouns: Sequence[GivingNoun], clause: Span) -> tuple[str, str | None]:
    """The status and the source's own words for it; a verb counts before a noun."""
    if act is not None:
        return act.status, act.phrase
    for noun in nouns:
        if noun.status != "unknown" and clause.start <= noun.start < clause.end:
            return noun.status, noun.text
    return "unknown", None


def _value_date(act: ActDate | None, published: datetime.date | None) -> dict[str, Any]:
    if act is not None:
        return {
            "value_date": act.date,
            "value_date_precision": act.precision,
            "value_date_basis": "stated",
        }
    if published is not None:
        return {
            "value_date": published,
            "value_date_precision": "day",
            "value_date_basis": "published",
        }
    return {}


class _Reading(NamedTuple):
    """What a sentence says of the figures of one group."""

    role: Role
    shared: dict[str, Any]


def _names(sentence: Sentence, party: str | None) -> bool:
    """Whether the sentence names ``party`` in any form: "weapons from Ukraine's factories"."""
    return any(mention.name == party for mention in sentence.mentions)


def _party_beside(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a party stands right at the figure: "Norway: 5 million", "5 million from Norway"."""
    return any(
        (m.end <= start and not sentence.text[m.end : start].strip(" :–—-("))
        or (m.start >= end and sentence.text[end : m.start].strip() in ("from", "from the"))
        for m in sentence.mentions
    )


def _read_group(
    sentence: Sentence,
    start: int,
    end: int,
    taken: list[tuple[int, int]],
    context: Context,
    fixed_role: str | None = None,
) -> _Reading:
    """Role, status, parties, purpose and dates for the amount at ``start:end`` of ``sentence``."""
    text, document = sentence.text, context.document
    clause = clause_around(text, start, end)
    act = governing_act(sentence.acts, text, start, end, clause)
    dated = act_date(text, start, document.published)
    agents = agents_of(text, sentence.mentions, act, (start, end))
    if sentence.zone.kind not in CONTENT:
        kind = sentence.zone.kind
        role = Role("noise", FURNITURE_REASONS.get(kind, kind))
    elif fixed_role is not None:
        role = Role(fixed_role)
    else:
        beside = _party_beside(sentence, start, end)
        near = [n for n in sentence.nouns if clause.start <= n.start < clause.end]
        role = role_of(
            Surroundings(
                text,
                text[clause.start : start],
                text[end : clause.end],
                dated is not None,
                act is not None and act.start >= clause.start,
                agents.recipient is not None or _names(sentence, context.agents.recipient),
                beside,
            ),
            act,
            near or sentence.nouns,
        )
    if role.role == "target":
        agents = agents_of(text, sentence.mentions, act, (start, end), role.role)
    if role.role in ("pledge", "total", "relative"):
        donor, recipient = agents
        if donor is None and context.agents.donor not in (None, recipient):
            donor = context.agents.donor
        if recipient is None and context.agents.recipient != donor:
            recipient = context.agents.recipient
        agents = Agents(donor, recipient)
    status, status_text = _status(act, sentence.nouns, clause)
    modality = next(
        (n.modality for n in sentence.nouns if n.modality and clause.start <= n.start < clause.end),
        None,
    )
    spans = taken + [(m.start, m.end) for m in sentence.mentions]
    relative_spans = [(a - clause.start, b - clause.start) for a, b in spans]
    shared: dict[str, Any] = {
        "role": role.role,
        "noise_reason": role.noise_reason,
        "status": "unknown" if role.role in ("noise", "target") else status,
        "status_text": status_text,
        "donor": agents.donor,
        "recipient": agents.recipient,
        "purpose": purpose_of(
            text[clause.start : clause.end], clause.start == 0, relative_spans, context.persons
        ),
        "modality": modality,
        "period": period_of(text[clause.start : clause.end], document.published),
        **_value_date(None if role.role == "total" else dated, document.published),
    }
    if role.role == "total":
        as_of = as_of_date(text, document.published)
        shared["as_of"] = as_of.date if as_of else document.published
    return _Reading(role, shared)


def _head(document: Document, sentence: Sentence, start: int, end: int) -> dict[str, Any]:
    text = document.text[start:end]
    return {
        "claim_id": claim_id(document.source, start, end, text),
        "source": document.source,
        "publisher": document.publisher,
        "title": document.title,
        "published": document.published,
        "zone": sentence.zone.kind,
        "sentence": sentence.text,
        "_sentence_start": sentence.span.start,
        "text": text,
        "start": start,
        "end": end,
    }


def _figure_records(
    sentence: Sentence, inside: list[Figure], context: Context
) -> list[dict[str, Any]]:
    document, offset = context.document, sentence.span.start
    local = [_local(figure, offset) for figure in inside]
    taken = [(f.start, f.end) for f in local]
    first_act = sentence.acts[0] if sentence.acts else None
    giver = agents_of(sentence.text, sentence.mentions, first_act, None).donor
    home = [
        code
        for name in (giver or context.agents.donor or "").split("|")
        if name
        for code in currencies_of(name)
    ]
    records: list[dict[str, Any]] = []
    for group in _groups(sentence.text, local, home, document.published):
        start, end = _start(group.members[0]), group.members[-1].end
        if len(group.members) > 1 and sentence.text[end : end + 1] in (")", "]"):
            end += 1
        reading = _read_group(sentence, start, end, taken, context)
        own = [c for n in (reading.shared["donor"] or "").split("|") if n for c in currencies_of(n)]
        base = group.members[group.base]
        base_record_id = claim_id(
            document.source, base.start + offset, base.end + offset, base.text
        )
        for index, figure in enumerate(group.members):
            decision = group.currencies[index]
            if decision.basis == "ambiguous":
                decision = from_document(figure, context.figures)
            if decision.basis == "ambiguous":
                decision = from_giver(figure, own)
            records.append(
                {
                    **_head(document, sentence, figure.start + offset, figure.end + offset),
                    "amount": _money(figure.amount),
                    "amount_low": _money(figure.low),
                    "amount_high": _money(figure.high),
                    "currency": decision.currency,
                    "currency_basis": decision.basis,
                    "currency_candidates": "|".join(figure.currency_candidates) or None,
                    "qualifier": figure.qualifier,
                    "conversion_of": None if index == group.base else base_record_id,
                    **reading.shared,
                }
            )
    return records


def _local(figure: Figure, offset: int) -> Figure:
    span = figure.qualifier_span
    return figure._replace(
        start=figure.start - offset,
        end=figure.end - offset,
        qualifier_span=(span[0] - offset, span[1] - offset) if span else None,
    )


def _relative_records(sentence: Sentence, context: Context) -> list[dict[str, Any]]:
    records = []
    for share in relative_amounts(sentence.text):
        taken = [(share.start, share.end)]
        reading = _read_group(sentence, share.start, share.end, taken, context, "relative")
        head = _head(
            context.document,
            sentence,
            share.start + sentence.span.start,
            share.end + sentence.span.start,
        )
        records.append({**head, **reading.shared})
    return records


def claims_of(document: Document) -> list[dict[str, Any]]:
    """The claims of one document as records with the columns of ``schema.CLAIMS``, by position."""
    money = figures(document.text)
    shares = relative_amounts(document.text)
    if not money and not shares:
        return []
    found = _sentences(document, money)
    context = Context(document, _document_agents(found, money), person_words(document.text), money)
    records: list[dict[str, Any]] = []
    at = 0
    for sentence in found:
        while at < len(money) and money[at].start < sentence.span.start:
            at += 1
        inside = []
        while at < len(money) and money[at].start < sentence.span.end:
            inside.append(money[at])
            at += 1
        if inside:
            records.extend(_figure_records(sentence, inside, context))
        if shares:
            records.extend(_relative_records(sentence, context))
    records.sort(key=lambda record: (record["start"], record["end"]))
    mark_repeats(records)
    for record in records:
        del record["_sentence_start"]
    return records
