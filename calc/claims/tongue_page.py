"""A document in another language than English: its parties, and what it says of them as a whole."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import cached_property

from ..documents import Document
from ..figures import figures_of_prose
from ..text.words import lowered
from .context import Context, Sentence
from .served import served_by_programmes
from .signs import Sign
from .tongue_candidates import Around, Told
from .tongue_parties import Stand, stands
from .tongue_rules import by_code, of_facets

_BACK = 2  # sentences before a figure's own whose parties may be meant


class TonguePage:
    """The document: whom it makes giver and receiver where a sentence names nobody."""

    def __init__(self, document: Document, language: str) -> None:
        self.document = document
        self.language = language
        self.context = Context(document, figures_of_prose(document.text))

    def stands_of(self, text: str) -> list[Stand]:
        """The parties of a text without figures."""
        lower = lowered(text)
        return stands(text, lower, self.language, (), acts_in(lower, self.language))

    @cached_property
    def in_title(self) -> list[Stand]:
        """The parties of the title."""
        return self.stands_of(self.document.title or "")

    @cached_property
    def _by_sentence(self) -> dict[int, list[Stand]]:
        return {told.span.start: self.stands_of(told.text) for told in self.context.article}

    @cached_property
    def _named(self) -> list[Stand]:
        return [*self.in_title, *(one for told in self._by_sentence.values() for one in told)]

    @cached_property
    def givers(self) -> dict[str, int]:
        """How often the page names each party that may give."""
        return Counter(one.name for one in self._named if one.may_give)

    @cached_property
    def receivers(self) -> dict[str, int]:
        """How often the page names each party that may receive."""
        return Counter(one.name for one in self._named if one.may_receive)

    @cached_property
    def is_tracker(self) -> bool:
        """Whether it tells what somebody counted of all aid."""
        pattern = by_code()["tracker-told"].pattern
        document = self.document
        return pattern.search(lowered(f"{document.title or ''}\n{document.text}")) is not None

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(self._by_sentence)

    @cached_property
    def _article(self) -> dict[int, Sentence]:
        return {one.span.start: one for one in self.context.article}

    def above(self, sentence: Sentence) -> Sentence | None:
        """The sentence of the article before this one."""
        at = bisect_left(self._starts, sentence.span.start)
        return self._article[self._starts[at - 1]] if at else None

    def back(self, sentence: Sentence) -> list[list[Stand]]:
        """The parties of the sentences before this one, the nearest first."""
        at = bisect_left(self._starts, sentence.span.start)
        return [self._by_sentence[start] for start in self._starts[max(0, at - _BACK) : at][::-1]]

    def around(self, sentence: Sentence, last: Told | None) -> Around:
        """What the document says beside a sentence."""
        title = self.in_title
        return Around(
            title,
            frozenset(one.name for one in title if one.may_give),
            frozenset(one.name for one in title if one.may_receive),
            self.givers,
            self.receivers,
            self.back(sentence),
            self._home(sentence),
            last,
            frozenset(served_by_programmes(sentence.text)),
        )

    def _home(self, sentence: Sentence) -> str | None:
        """Whose own government a sentence names."""
        lower = lowered(sentence.text)
        rules = of_facets(self.language, "home")
        return next((rule.value for rule in rules if rule.pattern.search(lower)), None)


def acts_in(lower: str, language: str) -> list[Sign]:
    """The words of giving in a sentence, each with its place."""
    return [
        rule.sign(*fit.span())
        for rule in of_facets(language, "status")
        for fit in rule.pattern.finditer(lower)
    ]


def receiving_in(lower: str, language: str) -> list[Sign]:
    """The verbs of receiving in a sentence, each with its place."""
    return [
        rule.sign(*fit.span())
        for rule in of_facets(language, "receive")
        for fit in rule.pattern.finditer(lower)
    ]
