"""Text to figures: printed amounts of money with their span, bounds, currency and qualifier.

The parts, in the order in which they are used: ``lexicon`` loads the words and finds currencies,
``numerals`` and ``spelled`` read numbers in digits and in words, ``currencies`` says which currency
a sign or word means, ``behind`` and ``single`` put one amount together, ``refusals`` and
``exchange`` know what looks like money and is none, ``ranges`` and ``rows`` read amounts that share
a scale or a currency, ``qualifiers`` reads "over" and "up to", ``amount`` makes the figure,
``reading`` does all of it for a text, and ``bare`` finds the second numbers of prose.
"""

from __future__ import annotations

from ..documents.paragraphs import unwrapped
from .bare import with_bare
from .figure import Figure
from .reading import figures, printed_of

__all__ = ["Figure", "figures", "figures_of_prose", "printed_of"]


def figures_of_prose(text: str) -> list[Figure]:
    """The figures of running text, with numbers that share another one's currency.

    >>> [one.text for one in figures_of_prose("Of 5 billion euros some 2 billion is for arms.")]
    ['5 billion euros', '2 billion']
    """
    whole = unwrapped(text)
    return [
        one._replace(text=text[one.start : one.end]) for one in with_bare(whole, figures(whole))
    ]
