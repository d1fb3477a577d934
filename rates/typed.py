"""A row of words as people type them: amounts, their currencies, the currency wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .amounts import parse_amount
from .conversion import SHARED_SIGNS, bare
from .errors import UsageError

_CONVERT = "write amount, currency, currency wanted, as in: pledgecalc convert 683m EUR USD"
_WHEN = "write two amounts with their currencies, as in: pledgecalc when 683m EUR 763m USD"


class Wanted(NamedTuple):
    """An amount, its currency, the currency wanted, and a warning about a bare sign, if any."""

    amount: str
    base: str
    quote: str
    warning: str


def amount_and_currencies(words: Sequence[str], into: str | None = None) -> Wanted:
    """Read ``683m EUR USD``, ``10 million dollars to EUR``, ``€683m USD``.

    ``into`` is the currency wanted when it is named apart from the words. Raises UsageError.

    >>> amount_and_currencies(["10", "million", "EUR", "to", "USD"])
    Wanted(amount='10 million EUR', base='EUR', quote='USD', warning='')
    """
    left = list(words)
    wanted = into if into is not None or len(left) < 2 else left.pop()
    if wanted is None or not left:
        raise UsageError(f"convert needs the currency wanted; {_CONVERT}")
    if len(left) > 1 and left[-1].lower() in ("to", "in", "into", "="):
        left.pop()
    text = " ".join(left).strip()
    try:
        base = parse_amount(text).currency
    except UsageError:
        # "$10m CAD": the code is read by itself, and convert judges whether the sign allows it
        if len(left) < 2:
            raise
        text = " ".join(left[:-1]).strip()
        if into is not None and parse_amount(text).currency:
            raise UsageError(f"two currencies wanted, {left[-1]} and {into}; give one") from None
        return Wanted(text, left[-1], wanted, "")
    if base is None:
        raise UsageError(f"{text} has no currency; {_CONVERT}")
    sign = next((sign for sign in SHARED_SIGNS if bare(text, sign)), None)
    if sign and base not in text.upper():
        warning = f"a bare {sign} was read as {base}; a code would decide it"
        return Wanted(text, base, wanted, warning)
    return Wanted(text, base, wanted, "")


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
