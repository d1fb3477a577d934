"""How far the money has come: the status of an amount, and the source's own words for it.

The rules stand in ``calc/data/status_signs.tsv``; which verb and which noun supports which status
stands with their words, in ``giving_verbs.tsv`` and ``giving_nouns.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from .acts import Act
from .context import Sentence
from .groups import StatedAmount
from .rules import Rule, named, rules
from .sentences import Span
from .signs import Sign, top

TABLE = "status_signs"
_NEAR = 400  # characters before an amount in which its noun of giving stands
_NO_PLEDGE = ("noise", "target")  # roles of what nobody has promised


class Stage(NamedTuple):
    """How far the money has come, in our word and in the source's own, with the signs of it."""

    status: str = "unknown"
    text: str | None = None
    signs: tuple[Sign, ...] = ()


class SaidBefore(NamedTuple):
    """What the sentence before says of how far the money has come."""

    status: str = "unknown"
    text: str | None = None


class _Told(NamedTuple):
    sign: Sign
    words: str


@cache
def _patterns() -> tuple[Rule, ...]:
    ranked = sorted(rules(TABLE), key=lambda rule: (-rule.points, rule.name))
    return tuple(rule for rule in ranked if rule.where != "code")


def _of_kind(text: str, amount: StatedAmount) -> Iterator[_Told]:
    """Words that say what kind of thing the sum is: "received 5 million in pledges"."""
    for rule in _patterns():
        if rule.where == "behind":
            found = rule.pattern.match(text, amount.end, amount.until)
        else:
            near = max(amount.after, amount.start - _NEAR)
            found = rule.pattern.search(text, near, amount.start)
        if found is not None:
            yield _Told(rule.sign(*found.span(1)), found.group(1))


def _of_act(act: Act | None) -> Iterator[_Told]:
    if act is not None:
        start = max(0, act.end - len(act.phrase))
        rule = named(TABLE)["status-of-verb"]
        yield _Told(rule.sign(start, act.end, act.status), act.phrase)


def _of_noun(sentence: Sentence, clause: Span) -> Iterator[_Told]:
    for noun in sentence.nouns:
        if noun.status != "unknown" and clause.start <= noun.start < clause.end:
            rule = named(TABLE)["status-of-noun"]
            yield _Told(rule.sign(noun.start, noun.end, noun.status), noun.text)
            return


def status_of(
    sentence: Sentence,
    act: Act | None,
    clause: Span,
    amount: StatedAmount,
    role: str = "pledge",
    before: SaidBefore = SaidBefore(),  # noqa: B008 (a tuple does not change)
) -> Stage:
    """The status and the source's own words for it; a verb counts before a noun.

    But "received 5 million in pledges" are pledges. A sum that is only needed, or no aid at all,
    has no status, though its words are kept.
    """
    told = [*_of_kind(sentence.text, amount), *_of_act(act), *_of_noun(sentence, clause)]
    signs = [one.sign for one in told]
    if not told and before.status != "unknown":
        signs.append(named(TABLE)["status-before"].sign(value=before.status))
    if role in _NO_PLEDGE:
        signs.append(named(TABLE)["no-pledge"].sign())
    words = told[0].words if told else before.text
    return Stage(top(signs).value if signs else "unknown", words, tuple(signs))
