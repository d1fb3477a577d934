"""A document taken apart for reading: its sentences with their parties, and its own agents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ..documents import CONTENT, Document, Zone
from ..documents.paragraphs import Paragraph, paragraphs
from ..figures import Figure
from ..parties import Mention, Named
from ..text.lazy import cached_property
from ..text.words import lowered
from .acts import Act, GivingNoun, acts, first_act, giving_nouns, governing_act, speaks_of_giving
from .agents import Agents, agents_of
from .crowds import crowd_gives, tells_of_conference
from .named_givers import bodies, named_givers
from .purposes import Persons
from .relative import Relative
from .sentences import LONGEST_SENTENCE, Span, clause_around, sentences
from .standings import Standing, standings
from .voices import Voice, document_agents

# How much a sentence counts for the document's own giver and receiver.
HEADLINE_WEIGHT, LEAD_WEIGHT = 3.0, 2.0
LEAD_SENTENCES, HEAD_SENTENCES = 3, 12

# "the Union Budget for 2024-25", "its aid budget for 2022-23"
_WHOSE = r"[Uu]nion|[Ii]nterim|[Ff]ederal|[Nn]ational|[Aa]id|[Ss]tate|[Aa]nnual|[Gg]eneral"
_OF_A_STATE = rf"(?:{_WHOSE})\s[Bb]udget\b(?!\s(?:support|deficit|gap|assistance))"
_OF_A_YEAR = r"[Bb]udget\s(?:(?:for|of|in)\s(?:the\s)?(?:fiscal|20\d\d)|20\d\d)"
_IN_BUDGET = r"[Bb]udgetary\sallocations?\b|vote-on-account\b"
_BUDGET = re.compile(rf"\b(?:{_OF_A_STATE}|{_OF_A_YEAR}|{_IN_BUDGET})")
_EXPECTS = re.compile(r"\b(?:expect\w*|receiv\w+|revenues?|deficit)\b")  # a receiver's budget


class Sentence:
    """A sentence with its parties; offsets of mentions and acts count from its start.

    Parties, verbs and nouns of giving are looked up when first asked for: most sentences hold no
    figure.
    """

    def __init__(self, span: Span, text: str, zone: Zone, named: Named) -> None:
        self.span = span
        self.text = text
        self.zone = zone
        self._named = named
        self._governed: dict[tuple[int, int], tuple[Span, Act | None]] = {}

    @cached_property
    def mentions(self) -> list[Mention]:
        """The parties that it names, in order."""
        low, high = self.span
        return [
            # built anew: _replace takes eight times as long
            tuple.__new__(Mention, (found.start - low, found.end - low, *found[2:]))
            for found in self._named.between(low, high)
        ]

    @cached_property
    def acts(self) -> list[Act]:
        """The verbs of giving, in order."""
        return acts(self.text)

    @cached_property
    def lower(self) -> str:
        """Its words in lower case, letter for letter."""
        return lowered(self.text)

    def governed(self, start: int, end: int) -> tuple[Span, Act | None]:
        """The clause of the figure at ``start:end``, and the verb that it belongs to.

        First its role is asked for, then its stage, then its parties: found once for all three.
        """
        found = self._governed.get((start, end))
        if found is None:
            clause = clause_around(self.text, start, end)
            act = governing_act(self.acts, self.text, start, end, clause) if self.acts else None
            found = self._governed[start, end] = clause, act
        return found

    @cached_property
    def first_act(self) -> Act | None:
        """The first verb of giving, found without looking for more."""
        if "acts" in self.__dict__:
            return self.acts[0] if self.acts else None
        return first_act(self.text)

    @cached_property
    def nouns(self) -> list[GivingNoun]:
        """The nouns of giving, in order."""
        return giving_nouns(self.text)

    @cached_property
    def parties(self) -> list[Standing]:
        """The mentions with what the words beside them say."""
        return standings(self.text, self._with_givers)

    @cached_property
    def _with_givers(self) -> list[Mention]:
        named = named_givers(self.text, self.mentions, self._named.text)
        return sorted([*self.mentions, *named]) if named else self.mentions

    @cached_property
    def everybody(self) -> list[Standing]:
        """The parties with firms, charities and funds that only their name tells to be such."""
        more = bodies(self.text, self._with_givers)
        if not more:
            return self.parties
        return standings(self.text, sorted([*self._with_givers, *more]))


class Context:
    """What the document as a whole says, for sentences that leave it open; found when asked."""

    def __init__(
        self, document: Document, figures: list[Figure], shares: Sequence[Relative] = ()
    ) -> None:
        self.document = document
        self.figures = figures
        self._named = Named(document.text)
        self._money = [(figure.start, figure.end) for figure in figures]
        self._asked = sorted([*self._money, *((share.start, share.end) for share in shares)])
        self._cut: dict[int, list[Span]] = {}  # where a paragraph begins -> its sentences
        self._known: dict[Span, Sentence] = {}
        self.sentences = [self._sentence(*one) for one in self._spans(0)]

    def figures_by_sentence(self) -> Iterator[tuple[Sentence, list[Figure]]]:
        """The sentences in order, each with the figures that begin in it."""
        at = 0
        for sentence in self.sentences:
            while at < len(self.figures) and self.figures[at].start < sentence.span.start:
                at += 1
            first = at
            while at < len(self.figures) and self.figures[at].start < sentence.span.end:
                at += 1
            yield sentence, self.figures[first:at]

    @cached_property
    def printed(self) -> list[Figure]:
        """One figure for each currency and each way in which the document prints it."""
        return list({(one.currency, one.currency_basis): one for one in self.figures}.values())

    @cached_property
    def agents(self) -> Agents:
        """The one giver and receiver of the article, as far as its sentences agree."""
        heads = [self._sentence(*one) for one in self._spans(HEAD_SENTENCES)]
        return _agents(heads, self.figures, self.document)

    @cached_property
    def article(self) -> list[Sentence]:
        """All sentences of the headline and the body, in order."""
        self._named.look_through()
        everything = self._spans(len(self.document.text))
        return [self._sentence(*one) for one in everything if one[1].kind in CONTENT]

    def _sentence(self, span: Span, zone: Zone) -> Sentence:
        """The sentence at ``span``, the same one whoever asks: what it knows is found once."""
        found = self._known.get(span)
        if found is None:
            # a line that was wrapped inside a sentence ends in a space like any other
            text = self.document.text[span.start : span.end].replace("\n", " ")
            found = self._known[span] = Sentence(span, text, zone, self._named)
        return found

    def place(self, sentence: Sentence) -> int:
        """How many sentences of the article stand before ``sentence``."""
        return bisect_left(self.article, sentence.span.start, key=_start)

    @cached_property
    def title_parties(self) -> tuple[str, ...]:
        """The parties that the title and the publisher's name hold."""
        words = f"{self.document.publisher or ''}\n\n{self.document.title or ''}"
        named = Named(f"{words}\n\n{self.document.text}")  # which says what a short form means
        return tuple(mention.name for mention in named.between(0, len(words)))

    @cached_property
    def of_conference(self) -> bool:
        """Whether its title or its first sentences tell of a conference where many promise."""
        head = " ".join(one.text for one in self.article[:LEAD_SENTENCES])
        return tells_of_conference(f"{self.document.title or ''} {head}")

    @cached_property
    def of_budget(self) -> bool:
        """Whether its title or its first sentences tell of the budget of a state that gives."""
        head = " ".join(one.text for one in self.article[:LEAD_SENTENCES])
        head = f"{self.document.title or ''} {head}"
        return _BUDGET.search(head) is not None and _EXPECTS.search(head) is None

    @cached_property
    def persons(self) -> Persons:
        """Words that are parts of persons' names in the document."""
        return Persons(self.document.text)

    @cached_property
    def _paragraphs(self) -> list[tuple[Paragraph, Zone, bool]]:
        """The paragraphs, each with its zone and whether an amount stands in it; in order."""
        document, asked = self.document, self._asked
        zones = document.zones or [document.zone_at(0)]
        found = []
        zone = at = 0
        for one in paragraphs(document.text):
            while zone + 1 < len(zones) and zones[zone + 1].start <= one.start:
                zone += 1
            while at < len(asked) and asked[at][1] <= one.start:
                at += 1
            found.append((one, zones[zone], at < len(asked) and asked[at][0] < one.end))
        return found

    def _spans(self, head: int) -> list[tuple[Span, Zone]]:
        """The sentences with an amount, each with its zone; in order.

        With ``head`` also those of headlines and the first ``head`` ones of the article. Other
        paragraphs are not cut into sentences. A sentence that a line break cut inside a figure
        is made whole.
        """
        document, money = self.document, self._money
        found: list[tuple[Span, Zone]] = []
        at = bodies = 0
        for paragraph, zone, with_amount in self._paragraphs:
            if not with_amount:
                if not head:
                    continue
                if zone.kind != "headline" and not (zone.kind == "body" and bodies < head):
                    continue
            spans = self._cut.get(paragraph.start)
            if spans is None:
                spans = sentences(document.text, paragraph.start, paragraph.end)
                self._cut[paragraph.start] = spans
            if not with_amount:
                found += [(span, zone) for span in spans]
                bodies += len(spans) if zone.kind == "body" else 0
                continue
            for span in spans:
                while at < len(money) and money[at][1] <= span.start:
                    at += 1
                if found and at < len(money) and money[at][0] < found[-1][0].end:
                    found[-1:] = _made_whole(found[-1], span, money[at][0])
                else:
                    found.append((span, zone))
                    bodies += zone.kind == "body"
        return found


def _made_whole(last: tuple[Span, Zone], span: Span, figure: int) -> list[tuple[Span, Zone]]:
    """Two spans that a figure reaches across, as one; too long for a sentence, cut before it."""
    (start, _), zone = last
    if span.end - start <= 2 * LONGEST_SENTENCE or figure <= start:
        return [(Span(start, span.end), zone)]
    return [(Span(start, figure), zone), (Span(figure, span.end), zone)]


def _start(sentence: Sentence) -> int:
    return sentence.span.start


def _agents(found: Sequence[Sentence], money: Sequence[Figure], document: Document) -> Agents:
    """Whom the article makes giver and receiver: its headline, its head, and where money stands."""
    voices: list[Voice] = []
    crowd = False
    bodies = 0
    starts = [figure.start for figure in money]
    if document.title and not any(one.zone.kind == "headline" for one in found):
        title = document.title  # given with the text, no part of it
        headline = Zone(0, 0, "headline", None)
        named = Named(f"{title}\n\n{document.text}")
        found = [Sentence(Span(0, len(title)), title, headline, named), *found]
    for sentence in found:
        kind = sentence.zone.kind
        bodies += kind == "body"
        head = kind == "headline" or (kind == "body" and bodies <= HEAD_SENTENCES)
        with_money = kind == "body" and (
            bisect_left(starts, sentence.span.start) < bisect_left(starts, sentence.span.end)
        )
        if not (head or with_money) or not speaks_of_giving(sentence.text):
            continue  # most sentences
        crowd = crowd or crowd_gives(sentence.text, sentence.first_act)
        if not sentence.mentions:
            continue
        lead = LEAD_WEIGHT if bodies <= LEAD_SENTENCES else 1.0
        weight = HEADLINE_WEIGHT if kind == "headline" else lead
        act = sentence.first_act
        if act is not None or sentence.nouns:
            agents = agents_of(sentence.text, sentence.parties, act, None)
            if agents.named:
                voices.append(Voice(agents, weight, kind == "headline"))
    return document_agents(voices, crowd)
