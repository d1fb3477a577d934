"""Rows of registers that may be one: equal in every cell, or of registers that hold the same money.

A row is an entry of its own unless it equals another one in every cell. Files with the same
columns are parts of one register; other files are other registers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from .. import schema
from ..decisions import Ruling

_ALIKE = 0.8  # of the columns that either file fills: parts of one register differ by a blank one
# What tells rows apart by their place alone.
_OF_THE_PLACE = {"claim_id", "source", "start", "end", "sentence_start", "signs"}
Numbers = npt.NDArray[np.int64]


def registers_of(frame: pd.DataFrame, ruling: Ruling | None = None) -> Numbers:
    """The number of the register that each row stands in, from nought on, in the order of names.

    A person who says that a row of one and a row of another are different says it of the registers:
    their money adds up, as that of one.
    """
    codes, _sources = pd.factorize(frame["source"], sort=True, use_na_sentinel=False)
    columns = [name for name in frame.columns if name not in _OF_THE_PLACE]
    filled = pd.DataFrame({name: frame[name].notna().to_numpy() for name in columns})
    by_source = filled.groupby(codes, sort=True).any()
    shapes = [frozenset(row.index[row]) for _code, row in by_source.iterrows()]
    heads: list[frozenset[str]] = []
    numbers = []
    for own in shapes:
        fits = [place for place, head in enumerate(heads) if _alike(own, head)]
        if not fits:
            heads.append(own)
        numbers.append(fits[0] if fits else len(heads) - 1)
    if not numbers:
        return np.zeros(0, dtype=np.int64)
    found: Numbers = np.array(numbers, dtype=np.int64)[codes]
    return found if ruling is None else _told_apart(frame, found, ruling)


def _told_apart(frame: pd.DataFrame, register: Numbers, ruling: Ruling) -> Numbers:
    position = {name: number for number, name in enumerate(frame["claim_id"].tolist())}
    for one, other in sorted(ruling.apart):
        if one in position and other in position:
            first, second = sorted((register[position[one]], register[position[other]]))
            register = np.where(register == second, first, register)
    return register


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    either = one | other
    return len(one & other) >= _ALIKE * len(either)


def twins_of(frame: pd.DataFrame, register: Numbers, ruling: Ruling | None = None) -> Numbers:
    """By position, the first row that each row equals in every cell, unless a person decided."""
    columns = [name for name in frame.columns if name not in _OF_THE_PLACE]
    kept = frame["role"] == "pledge"
    cells = frame.loc[kept, columns]
    for name in _of_objects(cells):
        cells[name] = cells[name].map(str)
    place = np.arange(len(frame), dtype=np.int64)
    told = cells.assign(register=register[kept.to_numpy()])
    if told.duplicated().any():
        first = told.groupby(list(told.columns), dropna=False, sort=False).ngroup().to_numpy()
        rows = place[kept.to_numpy()]
        _known, heads = np.unique(first, return_index=True)
        place[rows] = rows[heads][first]
    return place if ruling is None else _decided(frame, place, ruling)


def _of_objects(cells: pd.DataFrame) -> list[str]:
    """Columns that may hold lists and the like, which cannot be compared as they are."""
    own = [name for name in cells.columns if name not in schema.CLAIMS]
    return [name for name in own if cells[name].dtype == object]


def _decided(frame: pd.DataFrame, place: Numbers, ruling: Ruling) -> Numbers:
    """What a person said of rows: that they are entries of their own, or that they are one."""
    position = {name: number for number, name in enumerate(frame["claim_id"].tolist())}
    apart = {name for pair in ruling.apart for name in pair}
    for name in apart & position.keys():
        place[position[name]] = position[name]
    for name, head in ruling.head.items():
        if name in position and head in position:
            place[position[name]] = position[head]
    return place
