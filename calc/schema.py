"""The columns of our tables, in order, with their kinds: one place that all rooms share.

Kinds: ``text`` (str or missing), ``number`` (float64, missing NaN), ``date`` (datetime64, missing
NaT), ``count`` (int64), ``flag`` (bool). Lists are one string joined by ``|``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

CLAIMS = {
    "claim_id": "text",
    "source": "text",
    "publisher": "text",
    "title": "text",
    "published": "date",
    "zone": "text",
    "sentence": "text",
    "text": "text",
    "start": "number",
    "end": "number",
    "amount": "number",
    "amount_low": "number",
    "amount_high": "number",
    "currency": "text",
    "currency_basis": "text",
    "currency_candidates": "text",
    "qualifier": "text",
    "role": "text",
    "noise_reason": "text",
    "status": "text",
    "status_text": "text",
    "donor": "text",
    "recipient": "text",
    "purpose": "text",
    "modality": "text",
    "period": "text",
    "value_date": "date",
    "value_date_precision": "text",
    "value_date_basis": "text",
    "as_of": "date",
    "conversion_of": "text",
    "repeats": "text",
}

CHECKS = {
    "claim_id": "text",
    "base_id": "text",
    "source": "text",
    "base_text": "text",
    "text": "text",
    "implied_low": "number",
    "implied_high": "number",
    "rate_low": "number",
    "rate_high": "number",
    "rate_date": "date",
    "expected": "number",
    "gap_pct": "number",
    "verdict": "text",
    "power": "number",
    "windows": "text",
    "explanation": "text",
}

FINDINGS = {
    "finding_id": "text",
    "severity": "text",
    "cause": "text",
    "claim_ids": "text",
    "message": "text",
    "bits": "number",
    "alternatives": "text",
}


def pledges(currency: str) -> dict[str, str]:
    """The columns of ``Reconciliation.pledges`` when amounts are also given in ``currency``."""
    code = currency.lower()
    return {
        "pledge_id": "text",
        "donor": "text",
        "recipient": "text",
        "purpose": "text",
        "status": "text",
        "currency": "text",
        "amount": "number",
        "low": "number",
        "high": "number",
        "contested": "flag",
        "n_claims": "count",
        "n_sources": "count",
        "n_independent": "count",
        "first_published": "date",
        "value_date": "date",
        "claim_ids": "text",
        f"amount_{code}": "number",
        f"low_{code}": "number",
        f"high_{code}": "number",
        "explanation": "text",
    }


TOTALS = {
    "series_id": "text",
    "donor": "text",
    "recipient": "text",
    "scope": "text",
    "as_of": "date",
    "amount": "number",
    "low": "number",
    "high": "number",
    "currency": "text",
    "flow_low": "number",
    "flow_high": "number",
    "claim_ids": "text",
    "explanation": "text",
}

_DTYPES = {
    "text": "str",
    "number": "float64",
    "date": "datetime64[us]",
    "count": "int64",
    "flag": "bool",
}


def frame(records: Iterable[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    """Build a table with exactly ``columns`` (in order, of their kinds) from ``records``.

    A key that a record lacks is missing in its row; the text of a missing cell is null.

    >>> table = frame([{"claim_id": "a1", "amount": 5}], CLAIMS)
    >>> table.shape, table["amount"].dtype, bool(table["donor"].isna().all())
    ((1, 32), dtype('float64'), True)
    """
    items = list(records)
    count = len(items)
    data = {}
    # One array per kind, then cut into columns: a column costs pandas more than its cells do.
    for kind in dict.fromkeys(columns.values()):
        names = [name for name, its_kind in columns.items() if its_kind == kind]
        cells = [item.get(name) for name in names for item in items]
        array = pd.Series(cells, dtype=_DTYPES[kind]).array
        for place, name in enumerate(names):
            data[name] = array[place * count : (place + 1) * count]
    return pd.DataFrame(data, columns=list(columns))
