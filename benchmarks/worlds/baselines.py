"""What simpler methods make of the same world."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from calc.links.roots import Roots
from calc.reconcile import Reconciliation

from . import scores, splinked
from .rates_of import rate
from .scores import best_clusters, clustering, partition
from .world import World


def compare(
    result: Reconciliation, world: World, seconds: float, splink: str | None = None
) -> pd.DataFrame:
    """Pair and B-cubed scores of the baselines and of our links, on the pledges of a world.

    ``seconds`` is what ours took; ``splink`` the Python of an environment that holds Splink.
    """
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
    methods: dict[str, Callable[[], pd.Series]] = {
        "exact key (parties, month, 2 digits of the base)": lambda: _exact_key(claims, base, euros),
        "within 2 % and 30 days, closed": lambda: _tolerance(claims, base, euros),
        "closure over our own links": lambda: _closure(result, base),
        "ours": lambda: partition(result).reindex(claims.index),
    }
    found: dict[str, dict[str, float]] = {}
    for name, method in methods.items():
        start = time.process_time()
        part = method()
        took = seconds if name == "ours" else time.process_time() - start
        found[name] = clustering(part, truth["object_id"]) | {"CPU seconds": took}
    found["closure over our own links"]["CPU seconds"] += seconds
    table = pd.DataFrame(found).T
    if splink is not None:
        table = pd.concat([table, splinked.compare(splink, world, base, euros)])
    keep = ["pair precision", "pair recall", "pair F1", "B-cubed F1", "largest cluster",
            "CPU seconds", "GB", "threshold"]  # fmt: skip
    return table.reindex(columns=keep)


def values(result: Reconciliation, world: World) -> pd.DataFrame:
    """The value of each true pledge by simpler rules, over the same clusters as ours.

    Each claim in the donor's money at the rate of its publication; a stated conversion has no
    vote. Majority: the amount in two digits that most claims give, the first of equals.
    """
    truth = world.truth[world.truth["kind"] == "pledge"].set_index("claim_id")
    part = partition(result).reindex(truth.index)
    best = best_clusters(part, truth["object_id"])
    known = world.pledges.set_index("object_id")
    claims = world.claims.set_index("claim_id").loc[truth.index]
    members = {name: list(group) for name, group in part.groupby(part).groups.items()}
    rows = result.pledges.set_index("pledge_id")
    errors: dict[str, list[float]] = {}
    for name, cluster in best.items():
        home, amount, day = (
            known.loc[name, "home"],
            known.loc[name, "amount"],
            known.loc[name, "day"],
        )
        told = claims.loc[members[cluster]].sort_values(["published", "source", "start"])
        own = told[told["conversion_of"].isna()]
        votes = [
            one.amount * rate(one.currency, home, one.published.toordinal())[0]
            for one in (own if len(own) else told).itertuples()
        ]
        ours = rows.loc[cluster]
        unit = rate(ours["currency"], home, day.toordinal())[0]
        short = [float(f"{vote:.1e}") for vote in votes]
        for method, value in (
            ("majority, 2 digits", max(short, key=lambda one: short.count(one))),
            ("median", float(np.median(votes))),
            ("first report", votes[0]),
            ("ours", ours["amount"] * unit),
        ):
            errors.setdefault(method, []).append(abs(value / amount - 1))
    return pd.DataFrame(
        {
            method: {
                "exact": np.mean(np.array(found) < 1e-9),
                "within 1 %": np.mean(np.array(found) <= 0.01),
                "within 5 %": np.mean(np.array(found) <= 0.05),
            }
            for method, found in errors.items()
        }
    ).T


def tolerance(checks: pd.DataFrame, world: World) -> pd.DataFrame:
    """Our check beside the usual one, that flags what is some percent off the rate of the day."""
    rows = scores.judged(checks, world)
    rows = rows[rows["verdict"] != "untestable"]
    found = {f"more than {share} % off": rows["gap_pct"].abs() > share for share in (1, 2, 5)}
    found["ours"] = rows["flag"]
    old = rows["cause"].eq("old-rate") & (rows["move"] >= 0.02) & rows["by_day"]
    slip = rows["cause"].isin(scores.SLIPS)
    return pd.DataFrame(
        {
            method: {
                "honest flagged of 10,000": 1e4 * flag[rows["honest"]].mean(),
                "stale found (2 %)": flag[old].mean(),
                "stale found (2 %, 3 digits printed)": flag[old & (rows["shown"] >= 3)].mean(),
                "slips found": flag[slip].mean(),
            }
            for method, flag in found.items()
        }
    ).T


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
