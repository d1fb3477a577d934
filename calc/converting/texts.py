"""Columns of numbers, days and notes as text, without exponents or idle zeros."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rates.frames.daily import EPOCH, NEVER

from .added import Added

DIGITS = 12  # significant digits of a result: more would be the noise of floating point
CENTS = 2  # decimals that are kept however large the amount is
_POWERS = 10.0 ** np.arange(23)  # exact
_EXACT = 9e15  # whole numbers up to here are exact
_PLAIN = (1e-4, 1e9)  # within them Arrow writes no exponent
_HUNDREDTHS = ["", *(f".{cents:02}".rstrip("0") for cents in range(1, 100))]


def rounded(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values to twelve significant digits, but never fewer than two decimals.

    >>> rounded(np.array([744743200.0000001, 1 / 3])).tolist()
    [744743200.0, 0.333333333333]
    """
    with np.errstate(all="ignore"):
        place = np.floor(np.log10(np.abs(values)))
        place = np.where(np.isfinite(place), place, 0)
        power = _POWERS[np.clip(DIGITS - 1 - place, CENTS, 22).astype(np.int64)]
        moved = np.rint(values * power)
        return np.where(np.abs(moved) < _EXACT, moved / power, values)


def plain(value: float) -> str:
    """One number without an exponent.

    >>> plain(1.5e22), plain(0.00001), plain(-2.0)
    ('15000000000000000000000', '0.00001', '-2')
    """
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def numbers(values: NDArray[np.float64]) -> list[str]:
    """Numbers as text, empty where there is none."""
    return ["" if value != value else plain(value) for value in rounded(values).tolist()]


def days(observed: NDArray[np.integer[Any]]) -> list[str]:
    """Days since 1970 as ISO text, empty where there is none."""
    known: dict[int, str] = {NEVER: ""}
    found = []
    for day in observed.tolist():
        text = known.get(day)
        if text is None:
            known[day] = text = date.fromordinal(day + EPOCH).isoformat()
        found.append(text)
    return found


def arrow_numbers(values: NDArray[np.float64]) -> Any:
    """Numbers as an Arrow column of text, null where there is none."""
    import pyarrow as pa
    from pyarrow import compute

    exact = rounded(values)
    size = np.abs(exact)
    written = pa.array(exact, from_pandas=True).cast(pa.string())
    with np.errstate(invalid="ignore"):
        odd = (size >= _PLAIN[1]) | ((size < _PLAIN[0]) & (size > 0))
    places = np.flatnonzero(odd)
    if len(places):
        mask = pa.array(odd)
        written = compute.replace_with_mask(written, mask, _unusual(exact[places], size[places]))
    return written


def _unusual(exact: NDArray[np.float64], size: NDArray[np.float64]) -> Any:
    """Large numbers to the cent, and the rest one by one."""
    import pyarrow as pa
    from pyarrow import compute

    if not bool(((size >= _PLAIN[1]) & (size < _EXACT / 100)).all()):
        return pa.array([plain(value) for value in exact.tolist()], pa.string())
    cents = np.rint(size * 100).astype(np.int64)
    whole = pa.array(cents // 100).cast(pa.string())
    ends = pa.DictionaryArray.from_arrays(
        pa.array((cents % 100).astype(np.int8)), pa.array(_HUNDREDTHS)
    ).cast(pa.string())
    signs = pa.array(np.where(exact < 0, "-", ""), pa.string())
    return compute.binary_join_element_wise(signs, whole, ends, "")


def arrow_texts(one: Added, notes: list[str]) -> list[Any]:
    """The four columns as Arrow text; ``notes`` are the texts of ``one`` as they are written."""
    import pyarrow as pa

    coded = pa.array(one.rates, from_pandas=True).dictionary_encode()
    distinct = np.asarray(coded.dictionary, dtype=np.float64)
    rates = pa.DictionaryArray.from_arrays(coded.indices, arrow_numbers(distinct))
    return [
        arrow_numbers(one.amounts),
        rates.cast(pa.string()),
        _arrow_days(one.observed),
        arrow_words(one.notes, notes),
    ]


def _arrow_days(observed: NDArray[np.integer[Any]]) -> Any:
    import pyarrow as pa

    there = observed != NEVER
    if not there.any():
        return pa.nulls(len(observed), pa.string())
    first, last = int(observed[there].min()), int(observed[there].max())
    texts = days(np.arange(first, last + 1))
    places = np.where(there, observed - first, 0).astype(np.int32)
    return pa.DictionaryArray.from_arrays(
        pa.array(places, mask=~there), pa.array(texts, pa.string())
    ).cast(pa.string())


def arrow_words(places: NDArray[np.integer[Any]], texts: list[str]) -> Any:
    """Notes as a column of text, null where there is none."""
    import pyarrow as pa

    indices = pa.array(places.astype(np.int32, copy=False), mask=places < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(texts, pa.string())).cast(pa.string())
