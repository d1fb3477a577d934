"""How far the money has come: the status of an amount, and the source's own words for it.

The rules stand in ``calc/data/status_signs.tsv``; which verb and which noun supports which status
stands with their words, in ``giving_verbs.tsv`` and ``giving_nouns.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ..text.guarded import lacks
from .acts import Act
from .context import Sentence
from .groups import Amount
from .leaning import Lean
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
    signs: Sequence[Sign] = ()


class _Told(NamedTuple):
    sign: Sign
    words: str


@cache
def _patterns() -> tuple[Rule, ...]:
    ranked = sorted(rules(TABLE), key=lambda rule: (-rule.points, rule.name))
    return tuple(rule for rule in ranked if rule.where != "code")


def _of_kind(text: str, amount: Amount) -> Iterator[_Told]:
    """Words that say what kind of thing the sum is: "received 5 million in pledges"."""
    missing = lacks(text)
    for rule in _patterns():
        pattern = rule.pattern
        if missing & pattern.needs:
            continue  # nearly all of them
        if rule.where == "behind":
            found = pattern.compiled.match(text, amount.end, amount.until)
        else:
            near = max(amount.after, amount.start - _NEAR)
            found = pattern.compiled.search(text, near, amount.start)
        if found is not None:
            yield _Told(rule.sign(*found.span(1)), found.group(1))


def _of_act(act: Act) -> _Told:
    start = max(0, act.end - len(act.phrase))
    return _Told(named(TABLE)["status-of-verb"].sign(start, act.end, act.status), act.phrase)


def _of_noun(sentence: Sentence, clause: Span) -> _Told | None:
    for noun in sentence.nouns:
        if noun.status != "unknown" and clause.start <= noun.start < clause.end:
            sign = named(TABLE)["status-of-noun"].sign(noun.start, noun.end, noun.status)
            return _Told(sign, noun.text)
    return None


def status_of(
    sentence: Sentence, act: Act | None, clause: Span, amount: Amount, role: str, before: Lean
) -> Stage:
    """The status and the source's own words for it; a verb counts before a noun.

    But "received 5 million in pledges" are pledges. A sum that is only needed, or no aid at all,
    has no status, though its words are kept. ``before`` is what a sentence leans on that says
    nothing itself.
    """
    told = list(_of_kind(sentence.text, amount))
    if act is not None:
        told.append(_of_act(act))
    noun = _of_noun(sentence, clause)
    if noun is not None:
        told.append(noun)
    signs = [one.sign for one in told]
    if not told and before.status != "unknown":
        signs.append(named(TABLE)["status-before"].sign(value=before.status))
    if role in _NO_PLEDGE:
        signs.append(named(TABLE)["no-pledge"].sign())
    words = told[0].words if told else before.status_text
    return Stage(top(signs).value if signs else "unknown", words, signs)
