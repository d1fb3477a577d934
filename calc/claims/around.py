"""What stands around a figure in its sentence, as the rules of its role ask for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .acts import Act, GivingNoun
from .sentences import Span
from .standings import Standing


class Surroundings(NamedTuple):
    """What stands around a figure (or a figure with its conversions) in its sentence."""

    text: str  # the sentence
    start: int  # where the figure begins, with its qualifier
    end: int
    clause: Span
    after: int  # where the amount before it ends; 0 for the first
    until: int  # where the next amount begins
    first: int  # where the first amount of the sentence begins
    number: int = -1  # where the figure begins, without its qualifier
    act: Act | None = None  # the verb of giving that governs the figure
    nouns: Sequence[GivingNoun] = ()  # of giving, of its clause or else of its sentence
    dated: bool = False  # the sentence names a time for the act
    received: Callable[[], bool] = bool  # whether the sentence names who receives
    # the sign that a party right at the figure gives: "Norway 85 billion kroner"
    party_beside: str | None = None
    parties: Sequence[Standing] = ()  # those that its sentence names
    giver_named: bool = False  # its sentence names a giver
    giver_known: bool = False  # its sentence or its document does
    both_named: bool = False  # its places name a giver and a receiver: "Spain's 5 million for Kyiv"
    of_conference: bool = False  # its document tells of a conference where many promise
