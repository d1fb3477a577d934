"""A register on one page: donor by stage by year, its largest entries, and what does not count."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from ..schema import TEXT
from ..text.amount_words import amount_words
from .entries import Entries, Flags, summed

LARGEST = 20


class Overview(NamedTuple):
    """The tables of the page, in the currency of the entries.

    ``sums``: donor, status, year, amount, entries; ``largest``: the entries with most money;
    ``left_out``: why rows do not count, and how many. ``sentences`` say it in words.
    """

    currency: str
    sums: pd.DataFrame
    largest: pd.DataFrame
    left_out: pd.DataFrame
    sentences: tuple[str, ...]


def overview(entries: Entries, asked: Flags | None = None, currency: str | None = None) -> Overview:
    """The page of all entries, or of those asked for: plain sums, as a group-by gives them."""
    code = currency or entries.currency
    chosen = np.ones(len(entries), dtype=bool) if asked is None else asked
    frame, worth = entries.frame, entries.worth(code)
    rows = np.flatnonzero(entries.counted_in(code) & chosen)
    year = entries.days.dt.year.astype("Int64")
    cells = pd.DataFrame(
        {
            "donor": frame["donor"].fillna("not said").to_numpy()[rows],
            "status": frame["status"].to_numpy()[rows],
            "year": year.to_numpy()[rows],
            "amount": worth["low"].to_numpy()[rows],
        }
    )
    grouped = cells.groupby(["donor", "status", "year"], dropna=False, sort=True)["amount"]
    exact = grouped.agg(lambda one: summed(one.to_numpy()))
    sums = pd.DataFrame({"amount": exact, "entries": grouped.size()})
    order = np.lexsort((rows, -worth["low"].to_numpy()[rows]))[:LARGEST]
    names = ["claim_id", "text", "currency", "donor", "recipient", "status", "activity"]
    largest = frame.iloc[rows[order]][names].reset_index(drop=True)
    largest.insert(2, "amount", worth["low"].to_numpy()[rows[order]])
    largest["home"] = frame["amount"].to_numpy()[rows[order]]
    largest["day"] = entries.days.iloc[rows[order]].to_numpy()
    left_out = _left_out(entries, chosen, code)
    return Overview(
        code,
        sums.reset_index(),
        largest,
        left_out,
        tuple(_sentences(frame[chosen], cells, left_out, code)),
    )


def _left_out(entries: Entries, chosen: Flags, currency: str) -> pd.DataFrame:
    """The rows that do not count, by reason, the commonest first."""
    frame, worth = entries.frame, entries.worth(currency)
    rows = np.flatnonzero(~entries.counted_in(currency) & chosen)
    reasons = []
    cells = zip(
        frame["role"].to_numpy()[rows],
        frame["noise_reason"].to_numpy()[rows],
        frame["amount"].to_numpy()[rows],
        frame["currency"].to_numpy()[rows],
        worth["rate_note"].to_numpy()[rows],
        strict=True,
    )
    for role, noise, amount, currency, note in cells:
        if role != "pledge":
            reasons.append(str(noise) if isinstance(noise, str) else f"no gift but a {role}")
        elif amount != amount:
            reasons.append("no amount that could be read")
        else:
            reasons.append(_without_day(str(note), currency))
    counts = pd.Series(reasons, dtype=TEXT).value_counts()
    found = pd.DataFrame({"reason": counts.index, "entries": counts.to_numpy()})
    return found.sort_values(["entries", "reason"], ascending=[False, True], ignore_index=True)


def _without_day(note: str, currency: object) -> str:
    """Why a row has no rate, in words that are the same for all of a currency."""
    if not isinstance(currency, str):
        return "no currency is known: --set currency=USD says one for all rows"
    if "no date is known" in note:
        return "no date is known: --set date=2024 says one for all rows"
    return f"no rate for {currency} on its day"


def _sentences(
    frame: pd.DataFrame, cells: pd.DataFrame, left_out: pd.DataFrame, currency: str
) -> list[str]:
    sources = list(dict.fromkeys(frame["source"].tolist()))
    name = sources[0] if len(sources) == 1 else f"{len(sources)} files"
    stages = [
        f"{status} {amount_words(summed(one.to_numpy()))} {currency}"
        for status, one in cells.groupby("status", sort=False)["amount"]
    ]
    years = cells["year"].dropna()
    when = ""
    if len(years):
        first, last = int(years.min()), int(years.max())
        when = f" of {first}" if first == last else f" of {first} to {last}"
    donors = cells["donor"].nunique()
    told = [
        f"Ledger {name}: {len(cells):,} of {len(frame):,} rows count{when}, from "
        f"{donors:,} {'donor' if donors == 1 else 'donors'}: {'; '.join(stages) or 'nothing'}."
    ]
    if cells["status"].nunique() > 1:
        told.append("Stages stand side by side, never added: paid money was promised before.")
    for reason, count in left_out.itertuples(index=False, name=None):
        told.append(f"{count:,} {'row is' if count == 1 else 'rows are'} left out: {reason}.")
    return told
