"""The figures of a text for people at a notebook or a prompt: a list that shows itself."""

from __future__ import annotations

from . import reading
from .figure import Figures


def figures(text: str) -> Figures:
    """The amounts of money printed in ``text``, in order, without overlap: a list of ``Figure``.

    Positions are indices into ``text``. Never raises for any text; what is malformed or may be
    something else (a ticker, an account number, an exchange rate, a weight) gives no figure.

    >>> figures("worth over 683 million euros ($763m)")
    [<Figure '683 million euros' at 11..28: over 683 million EUR>,
     <Figure '$763m' at 30..35: 763 million USD>]
    """
    return Figures(reading.figures(text), text)
