"""Constant prices: we have exchange rates and no price indices, so the sums are handed over.

The table has the shape that pydeflate takes (id_column ``iso_code``, year_column ``year``,
value_column ``value``), whose deflators are those of the IMF, the World Bank and OECD DAC.
"""

from __future__ import annotations

import re

import pandas as pd

from .. import parties, schema
from ..pledges.pledge import Pledge, worth
from ..reconcile import Reconciliation
from ..text import data_tables
from ..values.valuation import CONSTANT

COLUMNS = {
    "iso_code": "text",
    "year": "count",
    "value": "number",
    "currency": "text",
    "pledge_id": "text",
    "donor": "text",
    "recipient": "text",
    "status": "text",
    "note": "text",
}
_YEAR = re.compile(r"(?:19|20)\d\d")


def to_pydeflate(result: Reconciliation) -> pd.DataFrame:
    """The pledges in current prices, as ``pydeflate`` takes them to make constant prices of them.

    ``iso_code`` is the ISO 3166 alpha-3 code of the donor, ``year`` that of the pledge's day,
    ``value`` the nominal amount in the currency of ``result``, at its policy: pass that currency as
    ``source_currency``. ``note`` has the rate. What cannot be handed over is missing in the table
    and stands in ``attrs["left_out"]``, each with ``unknown, because ...``: a donor that is no one
    country, no date, no amount, or a figure that is in constant prices already.

    >>> from calc.claims import read_text
    >>> from calc.reconcile import reconcile
    >>> text = "Norway will give Chad 90 million dollars, the ministry said."
    >>> table = to_pydeflate(reconcile(read_text(text, published="2023-04-04"), "USD"))
    >>> table[["iso_code", "year", "value", "currency"]].values.tolist()
    [['NOR', 2023, 90000000.0, 'USD']]
    """
    rows, left_out = [], []
    codes = {row["code"]: row["alpha3"].split("|")[0] for row in data_tables.table("country_codes")}
    for one in result.ledger.pledges:
        value = worth(one, result.currency, result.ledger.valuation)
        alpha2 = parties.country(one.donor[0]) if len(one.donor) == 1 else None
        why = _why_not(one, alpha2, value.amount, value.note)
        if why is not None:
            left_out.append({"pledge_id": one.id, "text": one.teller.text, "why": why})
            continue
        assert one.value_date is not None
        rows.append(
            {
                "iso_code": codes.get(alpha2 or ""),
                "year": one.value_date.year,
                "value": value.amount,
                "currency": result.currency,
                "pledge_id": one.id,
                "donor": one.donor[0],
                "recipient": "|".join(one.recipient) or None,
                "status": one.status,
                "note": value.note,
            }
        )
    table = schema.frame(sorted(rows, key=lambda row: (row["iso_code"], row["year"])), COLUMNS)
    table.attrs["left_out"] = left_out
    return table


def _why_not(one: Pledge, alpha2: str | None, amount: float | None, note: str) -> str | None:
    """Why a pledge cannot be handed over."""
    marked = next((claim for claim in one.claims if CONSTANT in claim.said.values), None)
    if marked is not None:
        year = _YEAR.search(marked.said.words(CONSTANT, marked.sentence) or "")
        of = f"of {year[0]}" if year else "of a year that the text does not name"
        return (
            f"it is in prices {of} already; with that base year pydeflate turns it into current "
            "prices (to_current=True)"
        )
    if alpha2 is None:
        who = ", ".join(one.donor) or "nobody that the text names"
        return f"unknown, because prices are those of one country, and the donor is {who}"
    if one.value_date is None:
        return "unknown, because no date is known"
    if len(one.readings) > 1:
        return f"unknown, because its sign may mean {' or '.join(one.readings)}"
    return None if amount is not None else f"unknown, because {note}"


def call(result_currency: str, base_year: int | None) -> str:
    """The call of pydeflate that takes the table.

    >>> call("USD", 2021).partition("(")[0]
    'imf_gdp_deflate'
    """
    year = "2021" if base_year is None else str(base_year)
    return (
        f'imf_gdp_deflate(data, base_year={year}, source_currency="{result_currency}", '
        f'target_currency="{result_currency}", id_column="iso_code", year_column="year", '
        'value_column="value", target_value_column="value_constant")'
    )
