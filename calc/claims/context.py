"""A document taken apart for reading: its sentences with their parties, and its own agents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from ..documents import Document, Zone
from ..documents.paragraphs import paragraphs
from ..figures import Figure
from ..parties import Mention, find_parties
from .acts import Act, GivingNoun, acts, first_act, giving_nouns
from .agents import NOBODY, Agents, agents_of, document_agents
from .purposes import person_words
from .sentences import Span, sentences
from .standings import Standing, standings

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

    @cached_property
    def parties(self) -> list[Standing]:
        """The mentions with what the words beside them say."""
        return standings(self.text, self.mentions)


class Context:
    """What the document as a whole says, for sentences that leave it open; found when asked."""

    def __init__(
        self, document: Document, figures: list[Figure], sentences: Sequence[Sentence]
    ) -> None:
        self.document = document
        self.figures = figures
        self._sentences = sentences

    @cached_property
    def agents(self) -> Agents:
        """The one giver and receiver of the article, as far as its sentences agree."""
        return _agents(self._sentences, self.figures, self.document)

    @cached_property
    def persons(self) -> frozenset[str]:
        """Words that are parts of persons' names in the document."""
        return person_words(self.document.text)


def _shifted(mention: Mention, start: int) -> Mention:
    # built anew: every party of a document passes here, and _replace takes four times as long
    return Mention(mention.start - start, mention.end - start, *mention[2:])


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


def sentences_of(document: Document, money: Sequence[Figure]) -> list[Sentence]:
    """The sentences of ``document``, in order; ``money`` are its figures."""
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


def _agents(found: Sequence[Sentence], money: Sequence[Figure], document: Document) -> Agents:
    """Whom the article makes giver and receiver: its headline, its head, and where money stands."""
    seen: list[tuple[Agents, float]] = []
    bodies = 0
    starts = [figure.start for figure in money]
    if document.title and not any(one.zone.kind == "headline" for one in found):
        title = document.title  # given with the text, no part of it
        headline = Zone(0, 0, "headline", None)
        found = [Sentence(Span(0, 0), title, headline, find_parties(title)), *found]
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
        act = first_act(sentence.text)
        if act is not None or sentence.nouns:
            agents = agents_of(sentence.text, sentence.parties, act, None)
            if agents != NOBODY:
                seen.append((agents, weight))
    return document_agents(seen)
