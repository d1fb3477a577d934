"""Statutory parities and official pegs, as data.

``data/official.tsv`` has one line per stretch of days, with its authority, source and reason.
"""

from __future__ import annotations

from functools import cache

from .bridge import Bridged, Quote
from .currencies import currency
from .errors import PledgecalcError
from .fixings import Fixings
from .tsv import DATA, rows

_TABLE = f"{DATA}/official.tsv"
QUALITY = "fixed-official"
NAME = "parities and pegs"
_IN_FORCE = "9999-12-31"


def tables(through: Fixings, path: str = _TABLE) -> tuple[Fixings, ...]:
    """One table per authority, in the order of the file; ``through`` has the rates of the bases.

    A rate counts as published on the days of ``through``; what is stated against a currency that
    it lacks is left aside. Raises PledgecalcError for stretches
    of one currency that overlap or run backwards.

    >>> from datetime import date
    >>> usd = Fixings("ECB", "", ["2022-05-04"], {"USD": "1.0531"})
    >>> bank = next(one for one in tables(usd) if one.has("UAH"))
    >>> bank.source, bank.on("UAH", date(2022, 5, 4)).value
    ('National Bank of Ukraine', Decimal('30.80833519'))
    """
    found: dict[str, dict[str, list[Quote]]] = {}
    newest: dict[str, str] = {}
    for row in rows(path):
        code, first, last = row["currency"], row["first"], row["last"]
        if not newest.get(code, "") < first <= last:
            raise PledgecalcError(f"{path}: {code} of {first} to {last} overlaps or runs backwards")
        newest[code] = last
        if last < through.iso_days[0] or not through.has(row["base"]):
            continue  # stated against what ``through`` does not have
        quotes = found.setdefault(row["authority"], {}).setdefault(code, [])
        quotes.append(Quote(first, last, row["rate"], row["base"]))
    return tuple(
        Bridged(name, lambda: _version(path), through.iso_days, quotes, through, quality=QUALITY)
        for name, quotes in found.items()
    )


def laws(authority: str, code: str, day: str, path: str = _TABLE) -> list[str]:
    """What an authority's rate of ``code`` on an ISO day stands on.

    >>> laws("BCEAO", "XOF", "2024-06-03")
    ['Council Decision 98/683/EC']
    """
    return [
        row["source"]
        for row in rows(path)
        if (row["authority"], row["currency"]) == (authority, code)
        and row["first"] <= day <= row["last"]
    ]


def inventory(path: str = _TABLE) -> list[dict[str, str]]:
    """Each stretch of a fixed rate, with the keys of ``ecb.inventory``.

    >>> inventory()[0]["state"]
    '3.6725 per USD'
    """
    return [
        {
            "code": row["currency"],
            "name": currency(row["currency"]).name,
            "first": row["first"],
            "last": row["last"] if row["last"] < _IN_FORCE else "in force",
            "source": "official",
            "state": f"{row['rate']} per {row['base']}",
        }
        for row in rows(path)
    ]


@cache
def _version(path: str) -> str:
    import hashlib  # 3 ms that a conversion of other currencies does not need

    with open(path, "rb") as file:  # noqa: PTH123
        return f"in force sha256:{hashlib.sha256(file.read()).hexdigest()[:12]}"
