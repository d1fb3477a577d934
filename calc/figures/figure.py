"""The figure: one printed amount of money, or one printed range."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple, SupportsIndex, overload

from rates import notebook

from ..text.amount_words import amount_words

_BESIDE = 90  # characters of text shown on either side of a figure


class Figure(NamedTuple):
    """A printed amount: ``document[start:end] == text`` (number, scale and currency only).

    ``low`` and ``high`` are the printed bounds in units of ``currency``, None = open; ``amount``
    is None for a range or a vague amount. ``currency`` is the first of ``currency_candidates``;
    ``currency_basis`` is code, sign, prefix, name or ambiguous. ``digits`` is the number as
    printed, ``scale`` its multiplier. ``other_amount`` is the second reading of a number such as
    1,250 whose separator leaves two, else None.
    """

    text: str
    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    amount: Decimal | None
    currency: str
    currency_candidates: tuple[str, ...]
    currency_basis: str
    qualifier: str | None
    scale: Decimal
    digits: str
    qualifier_span: tuple[int, int] | None = None
    other_amount: Decimal | None = None

    @property
    def range_text(self) -> str:
        """What is meant, in words: ``683 million EUR``, ``at least 5 million USD``.

        >>> from calc.figures import figures
        >>> [one.range_text for one in figures("over $5m or 20-30 million euros")]
        ['over 5 million USD', '20 million to 30 million EUR']
        """
        if self.amount is not None:
            words = f"{amount_words(self.amount)} {self.currency}"
            return f"{self.qualifier} {words}" if self.qualifier else words
        low, high = (None if end is None else amount_words(end) for end in (self.low, self.high))
        if low and high:
            return f"{low} to {high} {self.currency}"
        return f"at least {low} {self.currency}" if low else f"at most {high} {self.currency}"

    @property
    def currency_text(self) -> str:
        """The currency and by what it is known; of an open one what else it may be."""
        others = ", ".join(self.currency_candidates[1:])
        if self.currency_basis == "ambiguous" and others:
            return f"{self.currency}, not certain ({others})"
        return f"{self.currency} by {self.currency_basis}"

    def __repr__(self) -> str:
        return f"<Figure {self.text!r} at {self.start}..{self.end}: {self.range_text}>"

    def _repr_html_(self) -> str:
        return Figures([self])._repr_html_()


class Figures(list[Figure]):
    """The figures of a text, a list that shows itself; ``document`` is the text they stand in."""

    def __init__(self, found: Iterable[Figure] = (), document: str | None = None) -> None:
        super().__init__(found)
        self.document = document

    @overload
    def __getitem__(self, place: SupportsIndex) -> Figure: ...
    @overload
    def __getitem__(self, place: slice) -> Figures: ...
    def __getitem__(self, place: SupportsIndex | slice) -> Figure | Figures:
        if isinstance(place, slice):
            return Figures(super().__getitem__(place), self.document)
        return super().__getitem__(place)

    def __repr__(self) -> str:
        """One figure a line, as a list shows them."""
        if not self:
            return "<Figures: none>"
        return "[" + ",\n ".join(map(repr, self)) + "]"

    def _repr_html_(self) -> str:
        if not self:
            return notebook.shown(notebook.head("No figure."))
        names = ["figure", "meant", "currency", "at"]
        rows = [
            [
                *map(notebook.escaped, (one.text, one.range_text, one.currency_text)),
                f"{one.start}–{one.end}",
            ]
            for one in self
        ]
        below = [] if self.document is None else [[self._marked(one)] for one in self]
        kinds = ["whole", "whole", "", "whole"]
        return notebook.shown(notebook.table(names, rows, kinds, below))

    def _marked(self, figure: Figure) -> str:
        said = notebook.marked(self.document or "", figure.start, figure.end, _BESIDE)
        return f'<span class="pc-sentence">{said}</span>'
