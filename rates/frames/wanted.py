"""What is asked of a frame: its columns, checked against those that it has."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NamedTuple

from ..errors import UsageError
from ..fixings import Fixings
from .grid import code_of, quote_code


class Wanted(NamedTuple):
    """The columns to read, the currency of the result, and what to add.

    ``currency`` is a column, or None when ``code`` is the currency of all rows.
    """

    amount: str
    currency: str | None
    code: str | None
    date: str | None
    quote: str
    provenance: bool

    @property
    def result(self) -> str:
        """The name of the column with the converted amounts."""
        return f"amount_{self.quote.lower()}"

    @property
    def added(self) -> tuple[str, ...]:
        """The names of all columns that are added, in order."""
        provenance = ("rate", "rate_date", "rate_note") if self.provenance else ()
        return (self.result, *provenance)


def wanted(
    columns: Sequence[str],
    *,
    amount: str,
    currency: str,
    date: str | None,
    to: str,
    provenance: bool,
    table: Fixings,
) -> Wanted:
    """Check the names; raises UsageError for one that is not there, twice there or in the way."""
    code = None
    if currency not in columns:
        found = code_of(currency, table)
        if isinstance(found, UsageError):
            raise UsageError(
                f"{currency!r} is neither a column nor a currency ({found}); {_has(columns)}"
            )
        code = found
    for name in (amount, None if code else currency, date):
        if name is not None and (count := list(columns).count(name)) != 1:
            if count:
                raise UsageError(
                    f"the frame has {count} columns named {name!r}; rename all but one"
                )
            near = get_close_matches(str(name), [str(one) for one in columns], 1)
            hint = f"did you mean {near[0]!r}? " if near else ""
            raise UsageError(f"the frame has no column {name!r}; {hint}{_has(columns)}")
    asked = Wanted(
        amount, None if code else currency, code, date, quote_code(to, table), provenance
    )
    taken = [name for name in asked.added if name in columns]
    if taken:
        raise UsageError(
            f"the frame already has a column {' and '.join(map(repr, taken))}; rename or drop it"
            + ("" if asked.result in taken else ", or pass provenance=False")
        )
    return asked


def _has(columns: Sequence[str]) -> str:
    return f"it has {', '.join(map(repr, columns)) or 'no columns'}"
