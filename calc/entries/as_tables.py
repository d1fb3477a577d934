"""Entries as the tables of a reconciliation: claims with their worth, and a pledge for each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .. import schema
from .entries import Entries


def claims_table(entries: Entries) -> pd.DataFrame:
    """The rows as given, with the pledge that each is and its amount converted at its own day."""
    code = entries.currency.lower()
    worth = entries.worth()
    frame = entries.frame.copy()
    known = (entries.is_gift & frame["amount"].notna().to_numpy()).tolist()
    pledges = [
        f"p-{name}" if is_one else None for name, is_one in zip(entries.ids, known, strict=True)
    ]
    frame["pledge_id"] = pd.Series(pledges, index=frame.index, dtype=schema.TEXT)
    frame["series_id"] = pd.Series([None] * len(frame), index=frame.index, dtype=schema.TEXT)
    frame[f"amount_{code}"] = worth["amount"]
    frame["rate"] = worth["rate"]
    frame["rate_note"] = worth["rate_note"].astype(schema.TEXT)
    return frame


def pledges_table(entries: Entries) -> pd.DataFrame:
    """One row per gift: every entry is a pledge of its own."""
    code = entries.currency.lower()
    rows = np.flatnonzero(entries.is_gift & entries.frame["amount"].notna().to_numpy())
    frame, worth = entries.frame.iloc[rows], entries.worth().iloc[rows]
    ids = frame["claim_id"].tolist()
    one = np.ones(len(rows), dtype="int64")
    columns = {
        "pledge_id": [f"p-{name}" for name in ids],
        **{name: frame[name].tolist() for name in ("donor", "recipient", "purpose", "status")},
        "currency": frame["currency"].tolist(),
        "amount": frame["amount"].to_numpy(),
        "low": frame["amount_low"].to_numpy(),
        "high": frame["amount_high"].to_numpy(),
        "contested": np.zeros(len(rows), dtype=bool),
        **dict.fromkeys(("n_claims", "n_sources", "n_independent"), one),
        "first_published": frame["published"].to_numpy(),
        "value_date": frame["value_date"].fillna(frame["published"]).to_numpy(),
        "claim_ids": ids,
        f"amount_{code}": worth["amount"].to_numpy(),
        f"low_{code}": worth["low"].to_numpy(),
        f"high_{code}": worth["high"].to_numpy(),
        "explanation": [f"An entry of a ledger. {note}" for note in worth["rate_note"]],
    }
    kinds = schema.frame([], schema.pledges(entries.currency)).dtypes
    made = {name: pd.Series(columns[name], dtype=kinds[name]) for name in kinds.index}
    return pd.DataFrame(made)
