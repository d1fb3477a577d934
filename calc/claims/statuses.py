"""How far the money has come: the status of an amount, and the source's own words for it."""

from __future__ import annotations

from ..text.guarded import Guarded
from .acts import Act
from .context import Sentence
from .groups import StatedAmount
from .sentences import Span

_NEAR = 400  # characters before an amount in which its noun of giving stands
_IN_PLEDGES = Guarded(r"\s(?:in|of|worth of)\s(?:\w+\s){0,2}?(pledges|promises|commitments)\b")


_PLEDGES_OF = Guarded(r"\b(pledges|promises|commitments)\s(?:of|worth|totall?ing)\s(?:\w+\s){0,3}$")


def status_of(
    sentence: Sentence, act: Act | None, clause: Span, amount: StatedAmount
) -> tuple[str, str | None]:
    """The status and the source's own words for it; a verb counts before a noun.

    But "received 5 million in pledges" are pledges.
    """
    text, near = sentence.text, max(amount.after, amount.start - _NEAR)
    in_kind = _IN_PLEDGES.match(text, amount.end, amount.until) or _PLEDGES_OF.search(
        text, near, amount.start
    )
    if in_kind is not None:
        return "pledged" if in_kind.group(1)[0] == "p" else "committed", in_kind.group(1)
    if act is not None:
        return act.status, act.phrase
    for noun in sentence.nouns:
        if noun.status != "unknown" and clause.start <= noun.start < clause.end:
            return noun.status, noun.text
    return "unknown", None
