"""What simpler methods make of the same world."""

from __future__ import annotations

import numpy as np
import pandas as pd

from calc.links.roots import Roots
from calc.reconcile import Reconciliation

from .rates_of import rate
from .scores import clustering, partition
from .world import World


def compare(result: Reconciliation, world: World) -> pd.DataFrame:
    """Pair and B-cubed scores of the baselines and of our links, on the pledges of a world."""
    truth = world.truth.set_index("claim_id")
    truth = truth[truth["kind"] == "pledge"]
    claims = world.claims.set_index("claim_id").loc[truth.index]
    base = claims["conversion_of"].astype("object").fillna(pd.Series(claims.index, claims.index))
    euros = pd.Series(
        [
            amount * rate(code, "EUR", day.toordinal())[0]
            for amount, code, day in zip(
                claims["amount"], claims["currency"], claims["published"], strict=True
            )
        ],
        index=claims.index,
    )
    found = {
        "exact key (parties, month, 2 digits of the base)": _exact_key(claims, base, euros),
        "within 2 % and 30 days, closed": _tolerance(claims, base, euros),
        "closure over our own links": _closure(result, base),
        "ours": partition(result).reindex(claims.index),
    }
    keep = ["pair precision", "pair recall", "pair F1", "B-cubed F1", "largest cluster"]
    return pd.DataFrame(
        {name: clustering(part, truth["object_id"]) for name, part in found.items()}
    ).T[keep]


def _exact_key(claims: pd.DataFrame, base: pd.Series, euros: pd.Series) -> pd.Series:
    step = 10.0 ** (np.floor(np.log10(euros)) - 1)
    month = claims["published"].dt.strftime("%Y-%m")
    number = ((euros / step).round() * step).round().astype("int64").astype(str)
    key = claims["donor"].fillna("") + "|" + claims["recipient"].fillna("") + "|" + month + number
    return pd.Series(key.reindex(base.to_numpy()).to_numpy(), index=claims.index).fillna(base)


def _tolerance(claims: pd.DataFrame, base: pd.Series, euros: pd.Series) -> pd.Series:
    sets = Roots()
    table = pd.DataFrame(
        {
            "id": claims.index,
            "party": claims["donor"].fillna("") + "|" + claims["recipient"].fillna(""),
            "euros": euros.to_numpy(),
            "day": claims["published"].to_numpy().astype("datetime64[D]").astype(int),
        }
    )
    for _party, block in table.sort_values(["euros", "id"]).groupby("party", sort=True):
        rows = list(block[["id", "euros", "day"]].itertuples(index=False, name=None))
        for place, (name, amount, day) in enumerate(rows):
            for other, more, then in rows[place + 1 :]:
                if more > amount * 1.02:
                    break
                if abs(then - day) <= 30:
                    sets.join(name, other)
    for name, of in base.items():
        sets.join(str(of), str(name))
    return pd.Series([sets.root(name) for name in claims.index], index=claims.index)


def _closure(result: Reconciliation, base: pd.Series) -> pd.Series:
    sets = Roots()
    for link in result.ledger.links:
        if link.refused is None and link.bits > 0:
            sets.join(link.a, link.b)
    for name, of in base.items():
        sets.join(str(of), str(name))
    return pd.Series([sets.root(name) for name in base.index], index=base.index)
