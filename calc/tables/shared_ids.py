"""Ids that count the rows of one file, as 1, 2, 3 do: of several files they name different rows."""

from __future__ import annotations

import pandas as pd

MOST_NAMED = 3  # files in one sentence
_NAMED_BY_ID = ("conversion_of", "repeats", "part_of")  # columns that name a claim of their file


def tell_apart(claims: pd.DataFrame) -> list[str]:
    """Name ids that several sources use by their source too, in place; say what was done.

    >>> table = pd.DataFrame({"claim_id": ["1", "1", "2"], "source": ["a.csv", "b.csv", "b.csv"]})
    >>> tell_apart(table)
    ['claim_id: 1 id stands in several files (a.csv, b.csv); there it is named ID@FILE']
    >>> table["claim_id"].tolist()
    ['1@a.csv', '1@b.csv', '2']
    """
    again = claims["claim_id"].duplicated(keep=False)
    if not again.any():
        return []
    sources = claims[again].groupby("claim_id", sort=False)["source"].nunique()
    shared = {str(one) for one in sources.index[sources > 1]}
    if not shared:
        return []
    named = claims["claim_id"].isin(shared)
    files = [str(one) for one in claims.loc[named, "source"].unique()]
    inside = claims["source"].isin(files)
    for column in ("claim_id", *(name for name in _NAMED_BY_ID if name in claims.columns)):
        rows = inside & claims[column].isin(shared)
        claims.loc[rows, column] = claims.loc[rows, column] + "@" + claims.loc[rows, "source"]
    count = "1 id stands" if len(shared) == 1 else f"{len(shared):,} ids stand"
    more = f" and {len(files) - MOST_NAMED} more" if len(files) > MOST_NAMED else ""
    return [
        f"claim_id: {count} in several files ({', '.join(files[:MOST_NAMED])}{more}); "
        f"there {'it is' if len(shared) == 1 else 'they are'} named ID@FILE"
    ]
