"""The checks of blocks that are done again: a conversion that was checked before is as it was."""

from __future__ import annotations

import numpy as np
import pandas as pd

from rates.sources import Rates

from ..checks import Slips, check_part
from ..schema import among
from .split import Codes


def known_checks(checks: pd.DataFrame, again: set[str], added: set[str]) -> pd.DataFrame:
    """The ``checks`` of claims that are done ``again`` which nothing that was ``added`` changes.

    A check is of a claim and its base alone. Slips of scale also quote other claims: anew.
    """
    known = among(checks["claim_id"], again - added) & ~among(checks["base_id"], added)
    return checks[known & (checks["verdict"] != "scale").to_numpy()]


def checked(
    claims: pd.DataFrame, known: pd.DataFrame, policy: str, rates: Rates
) -> tuple[pd.DataFrame, Slips]:
    """``check_part`` of ``claims`` with an id each, some rows of which are ``known``."""
    if known.empty:
        return check_part(claims, policy, rates)
    done = among(claims["claim_id"], set(known["claim_id"]))
    rest = claims.assign(conversion_of=claims["conversion_of"].where(~done))
    made, slips = check_part(rest, policy, rates)
    both = pd.concat([known, made], ignore_index=True) if len(made) else known
    order = check_order(both, claims, pd.Index(claims["claim_id"]))
    return both.iloc[order].reset_index(drop=True), slips


def check_order(checks: pd.DataFrame, claims: pd.DataFrame, places: pd.Index) -> Codes:
    """The order of ``check``: by source, place and id; ``places`` has the ids of the claims."""
    starts = claims["start"].to_numpy()[places.get_indexer(pd.Index(checks["claim_id"]))]
    return np.lexsort(
        (
            sorted_codes(checks["claim_id"]),
            np.where(np.isnan(starts), np.inf, starts),
            sorted_codes(checks["source"].fillna("")),
        )
    )


def sorted_codes(column: pd.Series) -> Codes:
    """A number for each cell, in the order of the texts."""
    codes, _ = pd.factorize(column, sort=True)
    return np.asarray(codes, dtype=np.int64)
