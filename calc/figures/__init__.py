"""Text to figures: printed amounts of money with their span, bounds, currency and qualifier.

``lexicon`` loads the words, ``numerals`` reads numbers in digits and in words, ``currencies``
says which currency a sign or word means, ``qualifiers`` reads "over" and "up to", ``refusals``
knows what looks like money and is not, and ``reading`` puts them together.
"""

from __future__ import annotations

from .figure import Figure
from .reading import figures, printed_of

__all__ = ["Figure", "figures", "printed_of"]
