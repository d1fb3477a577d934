"""The unit that a header gives to the numbers below it: currency and scale."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from rates.amounts import scales
from rates.currencies import currency, known

_FILLERS = frozenset("in of original current the and nominal prices equivalent w en i".split())
_SIGNS = (("us$", " USD "), ("€", " EUR "), ("£", " GBP "), ("₴", " UAH "), ("$", " $ "))
_NAMES = {
    "euro": "EUR",
    "euros": "EUR",
    "sdr": "XDR",
    "sdrs": "XDR",
    "dollar": "$",
    "dollars": "$",
    "zł": "PLN",
    "złoty": "PLN",
    "kč": "CZK",
    "лв": "BGN",
    "грн": "UAH",
    "ft": "HUF",
    "kroner": "kroner",
    "us": "USD",  # "US dollars"
}
_WORD = re.compile(r"\$|[^\W_]+")
_GLUED = re.compile(r"([a-z]{3})(m|mn|mln|bn|k|mio|mrd)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]\s*$")
LONGEST_UNIT = 5  # words: "in millions of US dollars"


class Unit(NamedTuple):
    """``currency`` as a code or the sign "$"; ``scale`` is 1 when none is named."""

    currency: str | None
    scale: Decimal


def unit_of(text: str) -> Unit | None:
    """Read a text that is nothing but a unit; None when it is anything else.

    >>> unit_of("€ million")
    Unit(currency='EUR', scale=Decimal('1000000'))
    >>> unit_of("in millions of US dollars").currency, unit_of("USDbn").scale
    ('USD', Decimal('1000000000'))
    >>> unit_of("per capita") is None, unit_of("$m").currency
    (True, '$')
    """
    folded = text.casefold()
    for sign, spelled in _SIGNS:
        folded = folded.replace(sign, spelled)
    code: str | None = None
    scale = Decimal(1)
    for word in _WORD.findall(folded):
        if word in _FILLERS:
            continue
        multiplier = _multiplier(word)
        known = None if multiplier else _code(word)
        glued = None if multiplier or known else _GLUED.fullmatch(word)
        if multiplier:
            scale *= multiplier
        elif glued is not None and (known := _code(glued[1])):
            code = known
            scale *= scales()[glued[2]]
        elif known is not None and (code is None or known in (code, "$")):
            code = code or known
        else:
            return None
    return Unit(code, scale) if code is not None or scale != 1 else None


def unit_at_end(text: str) -> Unit | None:
    """Read the unit in brackets, or after the last words, of a header or title.

    >>> unit_at_end("Military aid (€m)").currency, unit_at_end("Aid to Ukraine, EUR billion").scale
    ('EUR', Decimal('1000000000'))
    >>> unit_at_end("Share of GDP (%)") is None
    True
    """
    match = _BRACKETS.search(text)
    if match is not None:
        return unit_of(match[1])
    words = text.replace("_", " ").split()
    for count in range(min(LONGEST_UNIT, len(words) - 1), 0, -1):
        found = unit_of(" ".join(words[-count:]))
        if found is not None and (count > 1 or found.currency not in (None, "$")):
            return found
    return None


def with_units(names: list[str], below: list[str]) -> list[str] | None:
    """Join the names of a header with the units in the row below it; None when it has none.

    >>> with_units(["Country", "Military"], ["", "EUR billion"])
    ['Country', 'Military (EUR billion)']
    """
    filled = [cell for cell in below if cell]
    if not filled or below[0] or not all(map(unit_of, filled)):
        return None
    return [f"{n} ({u})" if u else n for n, u in zip(names, below, strict=False)]


def _multiplier(word: str) -> Decimal | None:
    if word == "000":
        return Decimal(1000)
    table = scales()
    return table.get(word) or table.get(word.removesuffix("s")) or None


def _code(word: str) -> str | None:
    if word in _NAMES:
        return _NAMES[word]
    if word == "$":
        return word
    # a word that is none is looked for among all names: too long for every column of a wide table
    return currency(word).code if len(word) == 3 and known(word) else None
