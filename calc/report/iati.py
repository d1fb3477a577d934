"""Claims as a flat table in the words of IATI: a row each, a column for what the standard has.

What IATI has no word for (running totals, shares of GDP, other noise) is left out. A stage that no
type of transaction stands for leaves the type empty; ``status`` has it all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd

from ..parties.gazetteer import country, party
from ..schema import records
from ..tables import hierarchy
from ..text import data_tables
from .cells import day
from .delimited import delimited
from .grids import of_frame

_OF_ANOTHER_LEVEL = hierarchy.AGAIN.partition("{")[0]
COLUMNS = (
    "iati-identifier",
    "reporting-org",
    "title",
    "transaction-type",
    "transaction-type-name",
    "transaction-date",
    "value",
    "value-date",
    "currency",
    "provider-org",
    "receiver-org",
    "recipient-country-code",
    "recipient-country",
    "recipient-region",
    "period",
    "description",
    "status",
    "role",
    "source",
    "published",
    "claim-id",
)
_OF_STATUS = {"pledged": "pledge", "committed": "commitment", "disbursed": "disbursement"}
_PLANS = ("budget", "planned-disbursement")

Record = Mapping[str, object]


def to_iati(claims: pd.DataFrame) -> pd.DataFrame:
    """Return claims as a flat table in the words of IATI.

    Pledges become transactions (12 outgoing pledge, 2 outgoing commitment, 3 disbursement); what a
    register names as a type, its budgets and planned disbursements too, keeps it. Other rows are
    left out, targets of texts among them. Countries stand with their codes; the giver is the
    provider.

    >>> claims = pd.DataFrame({"role": ["pledge"], "status": ["committed"], "donor": ["Norway"],
    ...     "recipient": ["Kenya"], "amount": [5e6], "currency": ["NOK"]})
    >>> to_iati(claims)[["transaction-type", "value", "recipient-country-code"]].values.tolist()
    [['2', 5000000.0, 'KE']]
    """
    rows = [_row(record) for record in records(claims) if _is_told(record)]
    return pd.DataFrame(rows, columns=[*COLUMNS])


def iati_csv(claims: pd.DataFrame) -> tuple[str, int]:
    """Return claims as the text of a CSV file in the words of IATI, and how many it holds."""
    table = to_iati(claims)
    return delimited([of_frame("transaction", table)]), len(table)


def _is_told(record: Record) -> bool:
    role = record.get("role")
    known = record.get("transaction") in {*_codes(), *_PLANS}
    again = str(record.get("noise_reason") or "").startswith(_OF_ANOTHER_LEVEL)
    is_row = role in ("pledge", None) or (role in ("noise", "target") and known and not again)
    echo = record.get("repeats") or record.get("conversion_of")  # no money of its own
    return is_row and _value(record) is not None and not echo


@cache
def _codes() -> dict[str, str]:
    """The number of a type of transaction, by the name that our tables use."""
    rows = data_tables.table("transaction_types")
    return {row["transaction"]: row["name"] for row in rows if row["name"].isdigit()}


def _row(record: Record) -> Record:
    kind = record.get("transaction") or _OF_STATUS.get(str(record.get("status")))
    precision = record.get("value_date_precision")
    when = day(record.get("value_date"), None if precision is None else str(precision)) or None
    told = {
        "reporting-org": "publisher",
        "currency": "currency",
        "provider-org": "donor",
        "period": "period",
        "status": "status",
        "role": "role",
        "source": "source",
        "claim-id": "claim_id",
    }
    return {
        **{name: record.get(own) for name, own in told.items()},
        **_receivers(str(record.get("recipient") or ""), record.get("receiver-org")),
        "iati-identifier": record.get("iati-identifier") or record.get("activity"),
        "title": record.get("title") or record.get("purpose"),
        "transaction-type": kind if kind in _PLANS else _codes().get(str(kind)),
        "transaction-type-name": None if kind is None else str(kind).replace("-", " "),
        "transaction-date": record.get("transaction-date") or when,
        "value": _value(record),
        "value-date": when,
        "description": record.get("description") or record.get("sentence"),
        "published": day(record.get("published")) or None,
    }


def _value(record: Record) -> object:
    """The amount printed, else the least that it can be."""
    amount = record.get("amount")
    return record.get("amount_low") if amount is None else amount


def _receivers(cell: str, organisation: object) -> Record:
    """Who receives: countries with their codes, organisations, and regions."""
    names = [name for name in cell.split("|") if name]
    countries = [name for name in names if country(name)]
    known = [name for name in names if party(name) and name not in countries]
    regions = [name for name in names if name not in countries and name not in known]
    found = {
        "receiver-org": organisation or "|".join(known),
        "recipient-country-code": "|".join(str(country(name)) for name in countries),
        "recipient-country": "|".join(countries),
        "recipient-region": "|".join(regions),
    }
    return {name: words or None for name, words in found.items()}
