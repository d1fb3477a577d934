"""A row of words as people type them: amounts, their currencies, the currency wanted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from .amounts import currency_words, parse_amount
from .conversion import SHARED_SIGNS, bare
from .currencies import currency, meant
from .errors import UsageError

_CONVERT = "write amount, currency, currency wanted, as in: pledgecalc convert 683m EUR USD"
# Endings of tables, those that are named and not read among them: an error then says so.
TABLES = frozenset(
    "csv tsv tab ssv txt json jsonl ndjson parquet pq feather xlsx xlsm xlsb xls ods xml".split()
)
_BETWEEN = ("to", "in", "into", "=", "and")
_WHEN = "write two amounts with their currencies, as in: pledgecalc when 683m EUR 763m USD"


class Wanted(NamedTuple):
    """An amount, its currency, the currencies wanted, and a warning about a bare sign, if any."""

    amount: str
    base: str
    quotes: tuple[str, ...]
    warning: str


def amount_and_targets(words: Sequence[str], into: Sequence[str] = ()) -> Wanted:
    """Read ``683m EUR USD``, ``10 million dollars to EUR``, ``€683m USD``, ``16bn SEK EUR USD``.

    ``into`` are currencies wanted that are named apart from the words. Raises UsageError.

    >>> amount_and_targets(["10", "million", "EUR", "to", "USD"])
    Wanted(amount='10 million EUR', base='EUR', quotes=('USD',), warning='')
    >>> amount_and_targets(["16bn", "SEK", "EUR", "USD"]).quotes
    ('EUR', 'USD')
    """
    if any("%" in word for word in words):
        raise UsageError(
            f"{' '.join(words)!r} is a share, no amount; what a share of GDP is in money: "
            "pledgecalc share 0.25% Lithuania 2024 --gdp FILE"
        )
    text, base, left = _amount(words)
    # "$10m CAD EUR": the code is read by itself, and convert judges whether the sign allows it
    narrowed = bool(left) and (len(left) + len(into) > 1) and _narrows(text, base, left[0])
    if base is None or narrowed:
        if not left:
            raise UsageError(f"{text} has no currency; {_CONVERT}")
        base, left = left[0], left[1:]
    quotes = _targets([*left, *into])
    if not quotes:
        raise UsageError(f"convert needs the currency wanted; {_CONVERT}")
    sign = next((sign for sign in SHARED_SIGNS if bare(text, sign)), None)
    if sign and not narrowed and base not in text.upper():
        return Wanted(
            text, base, quotes, f"a bare {sign} was read as {base}; a code would decide it"
        )
    named = currency_words(text)
    if len(others := meant(named)) > 1 and base == others[0]:
        told = (
            f"{named} was read as {base}; it may be {' or '.join(others[1:])}: a code would decide"
        )
        return Wanted(text, base, quotes, told)
    return Wanted(text, base, quotes, "")


def _amount(words: Sequence[str]) -> tuple[str, str | None, list[str]]:
    """The amount at the beginning, its currency if the words name one, and the words left over."""
    found: tuple[str, str | None, list[str]] | None = None
    error: UsageError | None = None
    for cut in range(1, len(words) + 1):
        text = " ".join(words[:cut]).strip()
        try:
            code = parse_amount(text).currency
        except UsageError as refused:
            error = error or refused
            continue
        if code is not None or found is None or found[1] is None:
            found = text, code, list(words[cut:])
    if found is None:
        raise error or UsageError(_CONVERT)
    return found


def _narrows(text: str, base: str | None, word: str) -> bool:
    """Whether a code behind an amount is its own currency: of the sign, or the same again."""
    if base is None or word.upper() == base:
        return base is not None
    sign = next((sign for sign in SHARED_SIGNS if bare(text, sign)), None)
    if sign is None or base in text.upper():
        return False
    try:
        name = currency(word).name
    except UsageError:
        return False
    return any(one in name for one in SHARED_SIGNS[sign])


def _targets(words: Sequence[str]) -> tuple[str, ...]:
    """Currencies wanted, each once; "to", "in" and commas between them say nothing."""
    parts = [part for word in words for part in word.split(",") if part]
    return tuple(dict.fromkeys(part for part in parts if part.lower() not in _BETWEEN))


def is_table(words: Sequence[str]) -> bool:
    """Whether the words of ``convert`` begin with a table: a file by its ending, or "-".

    >>> is_table(["aid.csv"]), is_table(["683m", "EUR", "USD"]), is_table(["-"])
    (True, False, True)
    """
    first = words[0].lower().removesuffix(".gz")
    return (
        first == "-"
        or first.rpartition(".")[2] in TABLES
        or (len(words) == 1 and os.path.isfile(words[0]))  # noqa: PTH113  (pathlib costs 5 ms)
    )


def two_amounts(words: Sequence[str]) -> tuple[str, str, str, str]:
    """Read two amounts, each with its currency: ``683m EUR 763m USD``, ``€910m $940m``.

    Raises UsageError.

    >>> two_amounts(["683", "million", "euros", "$763m"])
    ('683 million euros', 'EUR', '$763m', 'USD')
    """
    for cut in range(1, len(words)):
        texts = " ".join(words[:cut]).strip(), " ".join(words[cut:]).strip()
        try:
            first, second = map(parse_amount, texts)
        except UsageError:
            continue
        if first.currency and second.currency:
            return texts[0], first.currency, texts[1], second.currency
    raise UsageError(f"{' '.join(words)!r} is not a stated conversion; {_WHEN}")
