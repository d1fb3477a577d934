"""A pair of currencies filled from the tables beyond: whole pairs, never one leg of each."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from ..fixings import Fixings
from ..legs import ECU, NO_ECU
from .daily import EPOCH, NEVER, Leg, Span, span

_EURO = date(1999, 1, 1).toordinal() - EPOCH
_FIRST_ECU = date(1984, 9, 24).toordinal() - EPOCH


def filled(found: Leg, other: Leg, codes: tuple[str, str], table: Fixings) -> Leg:
    """``found`` with the days of ``other``, which is from ``table.beyond``, where it has none.

    Where neither has a rate, the reason is that of the tables that have both currencies.
    """
    assert table.beyond is not None
    other = _aligned(other, span(table.beyond), span(table))
    empty = np.isnan(found.values)
    taken = empty & ~np.isnan(other.values)
    lacking = [code for code in codes if not any(one.has(code) for one in table.tables)]
    own = span(table)
    days = np.arange(own.first, own.last + 1)
    first, theirs = (one.first.toordinal() - EPOCH for one in (table, table.beyond))
    early = (days >= theirs) & (days < first)
    reasons = empty & (taken | (early & (other.notes >= 0)))
    if lacking and all(table.beyond.has(code) for code in lacking):
        reasons = empty & (taken | (other.notes >= 0))
    places = {text: place for place, text in enumerate(found.texts)}
    moved = [places.setdefault(text, len(places)) for text in other.texts]
    shifted = np.array([*moved, -1], np.int32)[other.notes]
    return Leg(
        np.where(taken, other.values, found.values),
        np.where(taken, other.observed, found.observed).astype(np.int32),
        np.where(reasons, shifted, found.notes).astype(np.int32),
        tuple(places),
    )


def in_ecu(found: Leg, code: str) -> Leg:
    """Rates against the euro of before the euro, marked as those of the ECU."""
    early = (found.observed != NEVER) & (found.observed < _EURO)
    if not early.any():
        return found
    marked = noted(found, early, ECU)
    none = early & (found.observed < _FIRST_ECU)
    values = np.where(none, np.nan, marked.values)
    observed = np.where(none, NEVER, marked.observed).astype(np.int32)
    notes = np.where(none, len(marked.texts), marked.notes).astype(np.int32)
    return Leg(values, observed, notes, (*marked.texts, NO_ECU.format(code)))


def noted(found: Leg, where: NDArray[np.bool_], text: str) -> Leg:
    """The same with ``text`` behind the notes of some days."""
    texts = list(found.texts)
    notes = found.notes.copy()
    for place in np.unique(found.notes[where]).tolist():
        words = f"{texts[place]}; {text}" if place >= 0 else text
        if words not in texts:
            texts.append(words)
        notes[where & (found.notes == place)] = texts.index(words)
    return found._replace(notes=notes, texts=tuple(texts))


def _aligned(found: Leg, own: Span, asked: Span) -> Leg:
    """The days of ``asked`` out of those of ``own``, empty where it has none."""
    if own == asked:
        return found
    first, last = max(own.first, asked.first), min(own.last, asked.last)
    values = np.full(asked.days, np.nan)
    observed = np.full(asked.days, NEVER, np.int32)
    notes = np.full(asked.days, -1, np.int32)
    there = slice(first - asked.first, last - asked.first + 1)
    here = slice(first - own.first, last - own.first + 1)
    values[there], observed[there] = found.values[here], found.observed[here]
    notes[there] = found.notes[here]
    return Leg(values, observed, notes, found.texts)
