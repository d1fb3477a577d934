"""Text to figures: printed amounts of money with their span, bounds, currency and qualifier.

The parts, in the order in which they are used: ``lexicon`` loads the words and finds currencies,
``numerals`` and ``spelled`` read numbers in digits and in words, ``currencies`` says which currency
a sign or word means, ``behind`` and ``single`` put one amount together, ``refusals`` and
``exchange`` know what looks like money and is none, ``ranges`` and ``rows`` read amounts that share
a scale or a currency, ``qualifiers`` reads "over" and "up to", ``amount`` makes the figure, and
``reading`` does all of it for a text.
"""

from __future__ import annotations

from .figure import Figure
from .reading import figures, printed_of

__all__ = ["Figure", "figures", "printed_of"]
