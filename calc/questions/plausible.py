"""Is this figure plausible? A pledge as a share of the GDP of its donor, by a table of the user's.

States give about one per cent of their GDP to others in a year, or less, so one pledge beyond
``MOST`` per cent is a slip of the scale until somebody has looked.
"""

from __future__ import annotations

import os

import pandas as pd

from .. import schema
from ..pledges.pledge import Pledge, worth
from ..reconcile import Reconciliation
from ..text.amount_words import amount_words
from .gdp import GDP, read_gdp

COLUMNS = {
    "pledge_id": "text",
    "donor": "text",
    "recipient": "text",
    "text": "text",
    "source": "text",
    "year": "number",
    "share_pct": "number",
    "plausible": "text",
    "answer": "text",
}
MOST = 3.0  # per cent of GDP in one pledge: more than states give to all others in a year
_SLIPS = ((1e3, "a thousandth"), (1e6, "a millionth"))


def plausible(
    result: Reconciliation, gdp: GDP | str | os.PathLike[str], year: int | None = None
) -> pd.DataFrame:
    """Each pledge as a share of its donor's GDP of the year of its day, or of ``year``.

    ``plausible`` is ``yes``, ``no`` (more than three per cent: the scale may have slipped, and
    ``answer`` says what a thousandth of it would be) or ``unknown``, with the reason: no one
    donor, no GDP of that country and year in the file, no amount or no rate.
    """
    table = gdp if isinstance(gdp, GDP) else read_gdp(gdp)
    return schema.frame([_row(one, result, table, year) for one in result.ledger.pledges], COLUMNS)


def _row(one: Pledge, result: Reconciliation, gdp: GDP, year: int | None) -> dict[str, object]:
    of = year if year is not None else (one.value_date.year if one.value_date else None)
    row: dict[str, object] = {
        "pledge_id": one.id,
        "donor": "|".join(one.donor) or None,
        "recipient": "|".join(one.recipient) or None,
        "text": one.teller.text,
        "source": one.teller.source,
        "year": of,
    }
    if len(one.donor) != 1:
        return row | _unknown("it has no one donor that the text names")
    found = gdp.values.get((one.donor[0], of)) if of is not None else None
    if found is None:
        return row | _unknown(f"{gdp.name} has no GDP of {one.donor[0]} in {of or 'its year'}")
    whole, currency = float(found[0]), found[1]
    value = worth(one, currency, result.ledger.valuation)
    amount = value.amount if value.amount is not None else value.low
    if amount is None:
        return row | _unknown(value.note)
    share = 100 * amount / whole
    of_gdp = f"{share:.2g} % of the GDP of {one.donor[0]} in {of} ({gdp.source})"
    if share <= MOST:
        return row | {"share_pct": share, "plausible": "yes", "answer": of_gdp}
    words = f"{share:,.3g} % of the GDP of {one.donor[0]} in {of}"
    slip = next(
        (f"; {name} of it, {amount_words(amount / by)} {currency}, would be {share / by:.2g} %"
         for by, name in _SLIPS if share / by <= MOST),
        "",
    )  # fmt: skip
    answer = f"hardly: it is {words}{slip} ({gdp.source})"
    return row | {"share_pct": share, "plausible": "no", "answer": answer}


def _unknown(why: str) -> dict[str, object]:
    return {"plausible": "unknown", "answer": f"unknown, because {why}"}
